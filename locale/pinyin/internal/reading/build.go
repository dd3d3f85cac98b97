package reading

import (
	"cmp"
	"encoding/binary"
	"errors"
	"fmt"
	"maps"
	"slices"
)

const (
	Scale      = 16 // what a weight of 1 is stored as
	MaxChoices = 4  // readings that a model chooses among

	maxRivals = 1 << 13 // see hashOf
)

// A Builder makes model.bin. The zero Builder is empty.
type Builder struct {
	characters map[rune]int // place in choices
	choices    []uint16
	rivals     int
	weights    map[weighed]int8
}

// A weighed is a feature of a rival of the commonest sound of a character.
type weighed struct {
	rival uint16
	kind  int
	value uint32
}

// AddCharacter adds a character with its sounds, the commonest first, and their biases, which is 0 for the first.
func (b *Builder) AddCharacter(key rune, sounds []uint16, bias []int16) error {
	if key >= basic {
		return errors.New("the character is not in the basic multilingual plane")
	}
	if len(sounds) < 2 || len(sounds) > MaxChoices || len(sounds) != len(bias) {
		return fmt.Errorf("%d sounds and %d biases", len(sounds), len(bias))
	}
	if b.characters == nil {
		b.characters, b.weights = make(map[rune]int), make(map[weighed]int8)
		b.choices = []uint16{0} // so that no character is at 0
	}
	b.characters[key] = len(b.choices)
	b.choices = append(append(b.choices, uint16(len(sounds))), sounds...)
	b.choices = append(b.choices, uint16(b.rivals))
	for _, n := range bias[1:] {
		b.choices = append(b.choices, uint16(n))
	}
	b.rivals += len(sounds) - 1
	return nil
}

// AddWeight adds the weight of a feature for one of the sounds of a character.
func (b *Builder) AddWeight(key rune, choice, kind int, value uint32, weight int8) {
	if weight == 0 {
		return
	}
	at := b.characters[key]
	first := b.choices[at+1+int(b.choices[at])]
	b.weights[weighed{first + uint16(choice-1), kind, value}] = weight
}

// Bytes returns the model.
func (b *Builder) Bytes() ([]byte, error) {
	characters := make([]uint32, 1<<(32-characterShift))
	if len(b.characters) > len(characters)/2 {
		return nil, fmt.Errorf("%d characters have models, there is room for %d", len(b.characters), len(characters)/2)
	}
	if b.rivals > maxRivals {
		return nil, fmt.Errorf("%d sounds are not the commonest of their characters, there is room for %d", b.rivals, maxRivals)
	}
	for _, key := range slices.Sorted(maps.Keys(b.characters)) {
		place := uint32(key) * characterHash >> characterShift
		for characters[place] != 0 {
			place = (place + 1) % uint32(len(characters))
		}
		characters[place] = uint32(key)<<16 | uint32(b.characters[key])
	}
	number, shifts, slots, err := spread(b.weights)
	if err != nil {
		return nil, err
	}
	var data []byte
	for _, n := range []int{4 * len(characters), 2 * len(b.choices), 2 * len(shifts), 4 * len(slots), number} {
		data = binary.LittleEndian.AppendUint32(data, uint32(n))
	}
	for _, part := range []any{characters, b.choices, shifts, slots} {
		if data, err = binary.Append(data, binary.LittleEndian, part); err != nil {
			return nil, err
		}
	}
	return data, nil
}

// spread finds a hash function and the shifts that give every weight a slot of its own.
func spread(weights map[weighed]int8) (number int, shifts []uint16, slots []uint32, err error) {
	if len(weights) > 1<<slotBits/5*4 {
		return 0, nil, nil, fmt.Errorf("%d weights, there is room for %d", len(weights), 1<<slotBits/5*4)
	}
	for number := range 1000 {
		if shifts, slots := spreadBy(factorOf(uint32(number)), weights); slots != nil {
			return number, shifts, slots, nil
		}
	}
	return 0, nil, nil, fmt.Errorf("no hash function gives %d weights slots of their own", len(weights))
}

// spreadBy is spread with a hash function; slots are nil if it will not do.
func spreadBy(factor uint64, weights map[weighed]int8) (shifts []uint16, slots []uint32) {
	groups := make([][]featureHash, 1<<shiftBits) // by what their shift is
	weightOf := make(map[featureHash]int8, len(weights))
	for w, weight := range weights {
		h := hashOf(w.rival, w.kind, w.value, factor)
		groups[h.shift()] = append(groups[h.shift()], h)
		weightOf[h] = weight
	}
	order := make([]int, len(groups))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(i, j int) int { return cmp.Compare(len(groups[j]), len(groups[i])) })
	shifts, slots = make([]uint16, len(groups)), make([]uint32, 1<<slotBits)
	taken := make([]bool, len(slots))
	for _, i := range order {
		group := groups[i]
		slices.Sort(group)
		shift := shiftOf(group, taken)
		if shift < 0 {
			return nil, nil
		}
		shifts[i] = uint16(shift)
		for _, h := range group {
			slot := h.slotAfter(uint16(shift))
			taken[slot], slots[slot] = true, h.check()<<8|uint32(uint8(weightOf[h]))
		}
	}
	return shifts, slots
}

// shiftOf returns a shift by which all of a group find slots that are not taken, -1 if there is none.
func shiftOf(group []featureHash, taken []bool) int {
	for i := range group {
		for j := range i {
			if group[i].slot() == group[j].slot() {
				return -1
			}
		}
	}
	for shift := range len(taken) {
		free := true
		for _, h := range group {
			free = free && !taken[h.slotAfter(uint16(shift))]
		}
		if free {
			return shift
		}
	}
	return -1
}
