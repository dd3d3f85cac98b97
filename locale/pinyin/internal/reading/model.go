package reading

import (
	_ "embed"
	"errors"

	"github.com/zhushou-ai/zhushou/internal/view"
)

//go:embed model.bin
var modelData string

// A model is the models of all characters that have one: for each, log-linear in the features of the place where the
// character stands. The parts of model.bin: after the lengths of the four, and the number of the hash function, in uint32, come
//
//	characters  uint32  hash table: low 16 bits of the rune << 16 | place in choices
//	choices     uint16  number of sounds, these, the number of the first but the commonest among all such, and of each of
//	                    those the bias, signed
//	shifts      uint16  by the first bits of the hash of a feature: what is added to the next bits to find its slot
//	slots       uint32  check << 8 | weight, signed
//
// The shifts are such that no two features have the same slot. So a weight is found, or found missing, without a branch,
// which would be foreseen wrongly as often as not.
type model struct {
	characters []uint32
	choices    []uint16
	shifts     *[1 << shiftBits]uint16
	slots      *[1 << slotBits]uint32
	factor     uint64
}

const (
	modelHeader    = 5 * 4
	characterShift = 32 - 11 // characters has 2048 places
	characterHash  = 0x9e3779b1

	shiftBits, slotBits, checkBits = 12, 15, 24
)

func openModel(data string) (m model, err error) {
	header, rest := view.Uint32s(data[:modelHeader]), data[modelHeader:]
	var parts [4]string
	for i := range parts {
		size := min(int(header[i]), len(rest))
		parts[i], rest = rest[:size], rest[size:]
	}
	shifts, slots := view.Uint16s(parts[2]), view.Uint32s(parts[3])
	if len(shifts) != len(m.shifts) || len(slots) != len(m.slots) {
		return m, errors.New("model: the tables of weights are of another size")
	}
	return model{view.Uint32s(parts[0]), view.Uint16s(parts[1]), (*[1 << shiftBits]uint16)(shifts), (*[1 << slotBits]uint32)(slots),
		factorOf(header[4])}, nil
}

// find returns the place of the character's choices, or 0 if it has no model.
func (m *model) find(key rune) uint16 {
	mask := uint32(len(m.characters) - 1)
	for at := uint32(key) * characterHash >> characterShift; ; at++ {
		switch word := m.characters[at&mask]; {
		case word == 0:
			return 0
		case word>>16 == uint32(key):
			return uint16(word)
		}
	}
}

// choose returns the likeliest sound of a character whose choices are at a place.
func (m *model) choose(place uint16, features *Features) uint16 {
	at := int(place)
	n := int(m.choices[at])
	sounds, rivals := at+1, at+1+n
	best, highest := m.choices[sounds], int32(0)
	for i := 1; i < n; i++ {
		score := int32(int16(m.choices[rivals+i]))
		score += m.weigh(m.choices[rivals]+uint16(i-1), features)
		if score > highest {
			best, highest = m.choices[sounds+i], score
		}
	}
	return best
}

// weigh returns the sum of the weights that features have for a rival of the commonest sound of a character, which is
// given by its number.
func (m *model) weigh(rival uint16, features *Features) (sum int32) {
	for kind, value := range features {
		h := hashOf(rival, kind, value, m.factor)
		slot := m.slots[h.slotAfter(m.shifts[h.shift()])]
		found := int32(slot>>8^h.check()-1) >> 31 // all bits or none
		sum += int32(int8(slot)) & found
	}
	return sum
}

// A featureHash numbers a feature of a rival: from the highest bit its shift, its slot before that, and its check.
type featureHash uint64

// factorOf returns the factor of one of many hash functions.
func factorOf(number uint32) uint64 { return 0x9e3779b97f4a7c15 * (2*uint64(number) + 1) }

func hashOf(rival uint16, kind int, value uint32, factor uint64) featureHash {
	return featureHash((uint64(value)<<16 | uint64(rival)<<3 | uint64(kind)) * factor)
}

func (h featureHash) shift() int { return int(h >> (64 - shiftBits)) }

// slotAfter returns the slot after a shift.
func (h featureHash) slotAfter(shift uint16) uint32 {
	return (h.slot() + uint32(shift)) % (1 << slotBits)
}

func (h featureHash) slot() uint32 { return uint32(h>>(64-shiftBits-slotBits)) % (1 << slotBits) }
func (h featureHash) check() uint32 {
	return uint32(h>>(64-shiftBits-slotBits-checkBits)) % (1 << checkBits)
}

// Features are what a model sees of the place of a character, each kind at its own index. A feature of 0 is not there.
type Features [kinds]uint32

// What stands before and after the text.
const (
	outside    = 2
	outsideTag = 256
)

const (
	before    = iota // the rune before
	after            // the rune after
	shape            // length of the word and the place in it
	ownTag           // of a word of one character
	tagBefore        // of the word before, if the character begins its word
	tagAfter         // of the word after, if the character ends its word
	kinds
)

// note sets the features to what the model of the character at place i sees.
func (b *block) note(i int, f *Features) {
	from, to := b.word(i)
	*f = Features{before: outside, after: outside}
	f[shape] = uint32(min(to-from, 4)<<4 | min(i-from, 3)<<2 | min(to-1-i, 3))
	f[ownTag] = 2 + uint32(b.tag(from))<<1 | uint32(min(to-from, 2)-1)
	switch {
	case from < i:
		f[before] = uint32(b.keyRune(i - 1))
	case from == 0:
		f[tagBefore] = outsideTag
	default:
		f[before], f[tagBefore] = b.seen(from-1), 1+uint32(b.tag(from-1))
	}
	switch {
	case to > i+1:
		f[after] = uint32(b.keyRune(i + 1))
	case to == b.n:
		f[tagAfter] = outsideTag
	default:
		f[after], f[tagAfter] = b.seen(to), 1+uint32(b.tag(to))
	}
}

// seen returns what the models of other characters see of place i.
func (b *block) seen(i int) uint32 {
	if b.sound[i] == 0 {
		return uint32(b.mark(i))
	}
	return uint32(b.keyRune(i))
}
