package reading

import (
	"cmp"
	_ "embed"
	"runtime"
	"slices"

	"github.com/zhushou-ai/zhushou/internal/offheap"
)

//go:embed model.bin
var modelData string

// A model is the models of all characters that have one: for each, log-linear in the features of the place where the
// character stands. The parts of model.bin: after the lengths of the three, in uint32, come
//
//	characters  uint32  hash table: low 16 bits of the rune << 16 | place in choices
//	choices     uint16  number of sounds, these, and of each but the first: the bias, signed; the largest weight of each
//	                    kind of feature; the place of its hash table in weights, and the size of that
//	weights     uint32  hash tables: check << 8 | weight, signed; each ends with an empty place, so that looking ends
type model struct {
	characters string
	places     []uint16 // place in choices → place in choosers
	choosers   []chooser
	memory     *offheap.Memory // of the weights, for as long as the model
}

// A chooser is the model of a character: its commonest sound, and the others.
type chooser struct {
	sound  uint16
	rivals []rival
}

// A rival is a sound that may be chosen instead of the commonest. Features are weighed in the order of kinds, the kind
// with the largest weight first, so that it is soon clear which sounds cannot win any more.
type rival struct {
	sound uint16
	bias  int16
	kinds [kinds]uint8
	most  [kinds]int16 // that the kinds from a place on can add
	table []uint32
}

const (
	modelHeader    = 3 * 4
	characterShift = 32 - 11 // characters has 2048 places
	characterHash  = 0x9e3779b1
)

func openModel(data string) model {
	characters, choices := int(u32(data, 0)), int(u32(data, 4))/2
	rest := data[modelHeader:]
	m := model{characters: rest[:characters], places: make([]uint16, choices)}
	rest = rest[characters:]
	weights := make([]uint32, (len(rest)-2*choices)/4)
	for i := range weights {
		weights[i] = u32(rest, 2*choices+4*i)
	}
	m.memory = offheap.Reserve(offheap.Size(weights))
	weights = offheap.Move(m.memory, weights)
	for at := 1; at < choices; { // after a place where no character is
		m.places[at] = uint16(len(m.choosers))
		n := int(u16(rest, at))
		c := chooser{u16(rest, at+1), make([]rival, n-1)}
		for i := range c.rivals {
			about := make([]uint16, aboutEnd)
			for j := range about {
				about[j] = u16(rest, at+1+n+i*aboutEnd+j)
			}
			c.rivals[i] = newRival(u16(rest, at+2+i), about, weights)
		}
		m.choosers = append(m.choosers, c)
		at += 1 + n + (n-1)*aboutEnd
	}
	return m
}

// newRival returns a sound with what choices has about it.
func newRival(sound uint16, about []uint16, weights []uint32) rival {
	x := rival{sound: sound, bias: int16(about[aboutBias]), table: weights[about[aboutTable]:][:about[aboutSize]]}
	largest := about[aboutLargest:][:kinds]
	for kind := range x.kinds {
		x.kinds[kind] = uint8(kind)
	}
	slices.SortStableFunc(x.kinds[:], func(a, b uint8) int { return cmp.Compare(largest[b], largest[a]) })
	sum := int16(0)
	for i := kinds - 1; i >= 0; i-- {
		sum += int16(largest[x.kinds[i]])
		x.most[i] = sum
	}
	return x
}

// The places in what choices has about a sound.
const (
	aboutBias = iota
	aboutLargest
	aboutTable = aboutLargest + kinds
	aboutSize  = aboutTable + 1
	aboutEnd   = aboutSize + 1
)

// find returns the place of the character's choices, or 0 if it has no model.
func (m *model) find(key rune) uint16 {
	mask := uint32(len(m.characters)/4 - 1)
	for at := uint32(key) * characterHash >> characterShift; ; at++ {
		switch word := u32(m.characters, int(at&mask)*4); {
		case word == 0:
			return 0
		case word>>16 == uint32(key):
			return uint16(word)
		}
	}
}

// choose returns the likeliest sound of a character whose choices are at a place.
func (m *model) choose(place uint16, features *Features) uint16 {
	c := &m.choosers[m.places[place]]
	best, highest := c.sound, int32(0)
	for i := range c.rivals {
		x := &c.rivals[i]
		score := int32(x.bias)
		for j, kind := range x.kinds {
			if score+int32(x.most[j]) <= highest {
				break
			}
			if value := features[kind%kinds]; value != 0 {
				score += weight(x.table, hash(int(kind), value))
			}
		}
		if score > highest {
			best, highest = x.sound, score
		}
	}
	runtime.KeepAlive(m) // of the weights
	return best
}

// weight returns the weight at a hash in a table, 0 if it has none.
func weight(table []uint32, hash uint32) int32 {
	check := checkOf(hash)
	for at := placeOf(check, uint32(len(table))); ; at++ {
		if at >= uint32(len(table)) {
			at = 0
		}
		switch word := table[at]; {
		case word == 0:
			return 0
		case word>>8 == check:
			return int32(int8(word))
		}
	}
}

// hash numbers a feature.
func hash(kind int, value uint32) uint32 {
	x := uint64(value)<<3 | uint64(kind)
	return uint32(x * 0x9e3779b97f4a7c15 >> 32)
}

// checkOf returns the bits of a hash by which a weight knows its feature. They are not 0.
func checkOf(hash uint32) uint32 { return hash&(1<<checkBits-1) | 1 }

const checkBits = 24

// placeOf returns where looking for a check begins in a table of a size.
func placeOf(check, size uint32) uint32 { return uint32(uint64(check) * uint64(size) >> checkBits) }

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

// features returns what the model of the character at place i sees.
func (b *block) features(i int) Features {
	from, to := b.word(i)
	f := Features{before: outside, after: outside}
	f[shape] = uint32(min(to-from, 4)<<4 | min(i-from, 3)<<2 | min(to-1-i, 3))
	f[ownTag] = 2 + uint32(b.tag(from))<<1 | uint32(min(to-from, 2)-1)
	switch {
	case from < i:
		f[before] = uint32(b.key(i - 1))
	case from == 0:
		f[tagBefore] = outsideTag
	default:
		f[before], f[tagBefore] = b.seen(from-1), 1+uint32(b.tag(from-1))
	}
	switch {
	case to > i+1:
		f[after] = uint32(b.key(i + 1))
	case to == b.n:
		f[tagAfter] = outsideTag
	default:
		f[after], f[tagAfter] = b.seen(to), 1+uint32(b.tag(to))
	}
	return f
}

// seen returns what the models of other characters see of place i.
func (b *block) seen(i int) uint32 {
	if b.sound[i] == 0 {
		return uint32(b.mark(i))
	}
	return uint32(b.key(i))
}
