package reading

import _ "embed"

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
	choices    []uint16
	weights    []uint32
}

const (
	modelHeader    = 3 * 4
	characterShift = 32 - 11 // characters has 2048 places
	characterHash  = 0x9e3779b1
)

func openModel(data string) model {
	characters, choices := int(u32(data, 0)), int(u32(data, 4))
	rest := data[modelHeader:]
	m := model{characters: rest[:characters], choices: make([]uint16, choices/2)}
	rest = rest[characters:]
	for i := range m.choices {
		m.choices[i] = u16(rest, i)
	}
	rest = rest[choices:]
	m.weights = make([]uint32, len(rest)/4)
	for i := range m.weights {
		m.weights[i] = u32(rest, 4*i)
	}
	return m
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
	n := int(m.choices[place])
	sounds, rest := m.choices[place+1:][:n], m.choices[int(place)+1+n:]
	best, most := sounds[0], int32(0)
	for _, sound := range sounds[1:] {
		about := (*[aboutEnd]uint16)(rest)
		rest = rest[aboutEnd:]
		score, possible := int32(int16(about[aboutBias])), int32(0)
		for _, largest := range about[aboutLargest : aboutLargest+kinds] {
			possible += int32(largest)
		}
		table := m.weights[about[aboutTable]:][:about[aboutSize]]
		for kind, value := range features {
			if score+possible <= most {
				break
			}
			possible -= int32(about[aboutLargest+kind])
			if value != 0 {
				score += weight(table, hash(kind, value))
			}
		}
		if score > most {
			best, most = sound, score
		}
	}
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
	edge    = 2
	edgeTag = 256
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

// features returns what the model of the character at a spot sees.
func (b *block) features(at spot) Features {
	i, id := at.unit(), at.word()
	w := b.words[id]
	from, to := b.span(id)
	f := Features{before: edge, after: edge}
	f[shape] = uint32(min(to-from, 4)<<4 | min(i-from, 3)<<2 | min(to-1-i, 3))
	f[ownTag] = 2 + uint32(w.tag())<<1 | uint32(min(to-from, 2)-1)
	switch {
	case from < i:
		f[before] = uint32(b.key(i - 1))
	case id == 0:
		f[tagBefore] = edgeTag
	default:
		previous := b.words[id-1]
		f[tagBefore] = 1 + uint32(previous.endTag())
		if f[before] = uint32(previous.endKey()); b.units[i-1].glyph() != noGlyph {
			f[before] = uint32(b.key(i - 1))
		}
	}
	switch {
	case to > i+1:
		f[after] = uint32(b.key(i + 1))
	case id+1 == b.nWords:
		f[tagAfter] = edgeTag
	default:
		next := b.words[id+1]
		f[tagAfter] = 1 + uint32(next.tag())
		if f[after] = uint32(next.key()); b.units[i+1].glyph() != noGlyph {
			f[after] = uint32(b.key(i + 1))
		}
	}
	return f
}
