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
	characters, choices, weights string
}

const (
	modelHeader    = 3 * 4
	characterShift = 32 - 11 // characters has 2048 places
	characterHash  = 0x9e3779b1
)

func openModel(data string) model {
	var m model
	rest := data[modelHeader:]
	for i, part := range []*string{&m.characters, &m.choices, &m.weights} {
		size := u32(data, 4*i)
		*part, rest = rest[:size], rest[size:]
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
func (m *model) choose(place uint16, features Features) uint16 {
	at := int(place)
	choices := int(u16(m.choices, at))
	best, most := 0, int32(0)
	for c := 1; c < choices; c++ {
		about := at + 1 + choices + (c-1)*aboutEnd
		score, possible := int32(int16(u16(m.choices, about+aboutBias))), int32(0)
		for kind := range kinds {
			possible += int32(u16(m.choices, about+aboutLargest+kind))
		}
		table, size := int(u16(m.choices, about+aboutTable)), uint32(u16(m.choices, about+aboutSize))
		for kind, value := range features {
			if score+possible <= most {
				break
			}
			possible -= int32(u16(m.choices, about+aboutLargest+kind))
			if value != 0 {
				score += m.weight(table, size, hash(kind, value))
			}
		}
		if score > most {
			best, most = c, score
		}
	}
	return u16(m.choices, at+1+best)
}

// weight returns the weight at a hash in a table, 0 if it has none.
func (m *model) weight(table int, size, hash uint32) int32 {
	for at := placeOf(hash, size); ; at++ {
		if at == size {
			at = 0
		}
		switch word := u32(m.weights, (table+int(at))*4); {
		case word == 0:
			return 0
		case word>>8 == checkOf(hash):
			return int32(int8(word))
		}
	}
}

// hash numbers a feature.
func hash(kind int, value uint32) uint32 {
	x := uint64(value)<<3 | uint64(kind)
	return uint32(x * 0x9e3779b97f4a7c15 >> 32)
}

// placeOf returns where looking for a hash begins in a table of a size.
func placeOf(hash, size uint32) uint32 { return uint32(uint64(hash) * uint64(size) >> 32) }

// checkOf returns the bits of a hash by which a weight knows its feature. They are not 0.
func checkOf(hash uint32) uint32 { return hash&0xffffff | 1 }

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

func (b *block) features(t *Table, i int) Features {
	id := int(b.word[i])
	w := &b.words[id]
	from, to := int(w.from), int(w.to)
	f := Features{before: edge, after: edge}
	if i > 0 {
		f[before] = b.keyAt(t, i-1, true)
	}
	if i+1 < b.n {
		f[after] = b.keyAt(t, i+1, false)
	}
	f[shape] = uint32(min(to-from, 4)<<4 | min(i-from, 3)<<2 | min(to-1-i, 3))
	f[ownTag] = 2 + uint32(w.tag)<<1 | uint32(min(to-from, 2)-1)
	if from == i {
		f[tagBefore] = edgeTag
		if id > 0 {
			f[tagBefore] = 1 + uint32(b.words[id-1].endTag)
		}
	}
	if to == i+1 {
		f[tagAfter] = edgeTag
		if id+1 < b.nWords {
			f[tagAfter] = 1 + uint32(b.words[id+1].tag)
		}
	}
	return f
}

// keyAt returns what models see of units[i], of its end or its beginning.
func (b *block) keyAt(t *Table, i int, end bool) uint32 {
	switch w := &b.words[b.word[i]]; {
	case b.glyphs[i] != noGlyph:
		return uint32(b.key(t, i))
	case end:
		return uint32(w.endKey)
	default:
		return uint32(w.key)
	}
}
