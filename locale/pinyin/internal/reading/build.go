package reading

import (
	"encoding/binary"
	"errors"
	"fmt"
	"maps"
	"slices"
)

const (
	Scale      = 16 // what a weight of 1 is stored as
	MaxChoices = 4  // readings that a model chooses among
)

// A Builder makes model.bin. The zero Builder is empty.
type Builder struct {
	characters map[rune]int // place in choices
	choices    []uint16
	weights    map[[2]int]map[uint32]int8 // of a place and a choice
}

// AddCharacter adds a character with its sounds, the commonest first, and their biases, which is 0 for the first.
func (b *Builder) AddCharacter(key rune, sounds []uint16, bias []int16) error {
	if key > 0xffff {
		return errors.New("the character is not in the basic multilingual plane")
	}
	if len(sounds) < 2 || len(sounds) > MaxChoices || len(sounds) != len(bias) {
		return fmt.Errorf("%d sounds and %d biases", len(sounds), len(bias))
	}
	if b.characters == nil {
		b.characters, b.weights = make(map[rune]int), make(map[[2]int]map[uint32]int8)
		b.choices = []uint16{0} // so that no character is at 0
	}
	b.characters[key] = len(b.choices)
	b.choices = append(append(b.choices, uint16(len(sounds))), sounds...)
	for _, n := range bias[1:] {
		about := make([]uint16, aboutEnd)
		about[aboutBias] = uint16(n)
		b.choices = append(b.choices, about...)
	}
	return nil
}

// AddWeight adds the weight of a feature for one of the sounds of a character.
func (b *Builder) AddWeight(key rune, choice, kind int, value uint32, weight int8) error {
	if weight == 0 {
		return nil
	}
	at := [2]int{b.characters[key], choice}
	if b.weights[at] == nil {
		b.weights[at] = make(map[uint32]int8)
	}
	h := hash(kind, value)
	for other := range b.weights[at] {
		if checkOf(h) == checkOf(other) {
			return errors.New("two features have one check: change the hash")
		}
	}
	b.weights[at][h] = weight
	largest := &b.about(at)[aboutLargest+kind]
	*largest = max(*largest, uint16(max(weight, 0)))
	return nil
}

// about returns what choices has about a choice of a character, which begins at a place.
func (b *Builder) about(at [2]int) []uint16 {
	return b.choices[at[0]+1+int(b.choices[at[0]])+(at[1]-1)*aboutEnd:][:aboutEnd]
}

// Bytes returns the model.
func (b *Builder) Bytes() ([]byte, error) {
	characters := make([]uint32, 1<<(32-characterShift))
	if len(b.characters) > len(characters)/2 {
		return nil, fmt.Errorf("%d characters have models, there is room for %d", len(b.characters), len(characters)/2)
	}
	weights := []uint32{0} // the table of those that have none
	for _, key := range slices.Sorted(maps.Keys(b.characters)) {
		place := uint32(key) * characterHash >> characterShift
		for characters[place] != 0 {
			place = (place + 1) % uint32(len(characters))
		}
		characters[place] = uint32(key)<<16 | uint32(b.characters[key])
		for choice := 1; choice < int(b.choices[b.characters[key]]); choice++ {
			at := [2]int{b.characters[key], choice}
			about := b.about(at)
			about[aboutSize] = 1
			if len(b.weights[at]) > 0 {
				table := tableOf(b.weights[at])
				about[aboutTable], about[aboutSize] = uint16(len(weights)), uint16(len(table))
				weights = append(weights, table...)
			}
		}
	}
	if len(weights) > 1<<16 {
		return nil, fmt.Errorf("the tables of weights have %d places, there is room for %d", len(weights), 1<<16)
	}
	var data []byte
	for _, size := range []int{4 * len(characters), 2 * len(b.choices), 4 * len(weights)} {
		data = binary.LittleEndian.AppendUint32(data, uint32(size))
	}
	for _, n := range characters {
		data = binary.LittleEndian.AppendUint32(data, n)
	}
	for _, n := range b.choices {
		data = binary.LittleEndian.AppendUint16(data, n)
	}
	for _, n := range weights {
		data = binary.LittleEndian.AppendUint32(data, n)
	}
	return data, nil
}

// tableOf returns the hash table of weights, half of it empty, as most features that are looked for are not there.
func tableOf(weights map[uint32]int8) []uint32 {
	words := make([]uint32, 0, len(weights))
	for h, w := range weights {
		words = append(words, checkOf(h)<<8|uint32(uint8(w)))
	}
	slices.Sort(words)
	table := make([]uint32, 2*len(words)+1)
	for _, word := range words {
		place := placeOf(word>>8, uint32(len(table)))
		for table[place] != 0 {
			place = (place + 1) % uint32(len(table))
		}
		table[place] = word
	}
	return table
}
