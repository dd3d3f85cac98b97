package reading

import (
	"sync"
	"unicode/utf8"

	"github.com/zhushou-ai/zhushou/locale/segment"
)

// A Unit is a character with its sound, or text that has none, as much as there is in one place.
type Unit struct {
	Start, End int    // in the text, in bytes
	Sound      uint16 // 0 if the text has no reading
	Begins     bool   // a word begins here
}

const blockSize = 256

// A block is as much text as is read at a time. It ends with a clause, if one ends in time: the words before and after
// its end do not see each other.
type block struct {
	units  [blockSize]Unit
	codes  [blockSize]uint16 // of the characters in phrases
	glyphs [blockSize]uint16 // of the characters, see glyph
	word   [blockSize]uint16 // number of the word
	by     [blockSize]uint8  // length of the phrase that has settled the sound, 0 if none
	n      int

	words  [blockSize]word
	nWords int

	asked  [blockSize]uint16 // units that may have another sound than the commonest, if no phrase settles it
	nAsked int

	rare  []rareGlyph // see glyph
	place func(Place) // if not nil, called with every place
}

// A word is a word of the text, or text without reading.
type word struct {
	from, to int16 // units
	tag      uint8 // see tagOf
	endTag   uint8 // of the last word, if it is text without reading
	key      uint16
	endKey   uint16 // what the last word is to models, if it is text without reading; see markOf
}

var blocks = sync.Pool{New: func() any { return new(block) }}

// tagOf numbers what models know of a word: its part of speech, or its class if it is no word.
func tagOf(t segment.Token) uint8 {
	if t.Class == segment.Word {
		return uint8(t.Tag)
	}
	return 128 + uint8(t.Class)
}

// Read reads s, and calls emit with its units, some at a time, until it returns false. The units follow each other and
// are the whole text. They are valid until emit returns; emit may change them.
func (t *Table) Read(g *segment.Segmenter, s string, emit func([]Unit) bool) {
	b := blocks.Get().(*block)
	defer blocks.Put(b)
	t.read(g, s, b, emit)
}

func (t *Table) read(g *segment.Segmenter, s string, b *block, emit func([]Unit) bool) {
	b.reset()
	for token := range g.Cut(s) {
		switch token.Class {
		case segment.Word, segment.Number, segment.Symbol:
			if !b.add(t, token, emit) {
				return
			}
		default:
			first := rune(0)
			if token.Class == segment.Punctuation {
				first, _ = decode(token.Text)
			}
			if !b.addOther(t, token.Start, token.End(), markOf(token.Class, first), tagOf(token), emit) {
				return
			}
			if token.Class == segment.Punctuation && b.n > blockSize/2 && !b.flush(t, emit) {
				return
			}
		}
	}
	b.flush(t, emit)
}

func (b *block) reset() {
	clear(b.by[:b.n])
	b.n, b.nWords, b.nAsked, b.rare = 0, 0, 0, b.rare[:0]
}

// add adds the characters of a token.
func (b *block) add(t *Table, token segment.Token, emit func([]Unit) bool) bool {
	tag := tagOf(token)
	open := false // b.words has the word
	for at := 0; at < len(token.Text); {
		r, size := decode(token.Text[at:])
		start := token.Start + at
		at += size
		if b.n == blockSize {
			if !b.flush(t, emit) {
				return false
			}
			open = false
		}
		id := uint16(uint32(r) - firstGlyph)
		if uint32(r)-firstGlyph >= keptGlyphs {
			id = b.addRare(t, r)
		}
		g := b.glyph(t, id)
		if g.sound == 0 {
			if !b.addOther(t, start, start+size, markOf(token.Class, r), tag, emit) {
				return false
			}
			open = false
			continue
		}
		n := b.n & (blockSize - 1)
		if !open {
			b.words[b.nWords&(blockSize-1)] = word{from: int16(n), tag: tag, endTag: tag}
			b.nWords++
			open = true
		}
		b.words[(b.nWords-1)&(blockSize-1)].to = int16(n + 1)
		b.units[n] = Unit{start, start + size, g.sound &^ foreign, at == size}
		b.codes[n], b.glyphs[n], b.word[n] = g.code, id, uint16(b.nWords-1)
		if g.model != 0 || tag == uint8(segment.Person) && at == size {
			b.asked[b.nAsked&(blockSize-1)] = uint16(n)
			b.nAsked++
		}
		b.n++
	}
	return true
}

// decode is utf8.DecodeRuneInString, the faster for most of Chinese text.
func decode(s string) (rune, int) {
	if len(s) >= 3 && s[0] > 0xe0 && s[0] < 0xf0 && s[0] != 0xed && s[1]&0xc0 == 0x80 && s[2]&0xc0 == 0x80 {
		return rune(s[0]&0xf)<<12 | rune(s[1]&0x3f)<<6 | rune(s[2]&0x3f), 3
	}
	return utf8.DecodeRuneInString(s)
}

// addOther adds text without reading.
func (b *block) addOther(t *Table, start, end int, mark uint16, tag uint8, emit func([]Unit) bool) bool {
	if n := b.n - 1; n >= 0 && b.glyphs[n] == noGlyph {
		w := &b.words[b.word[n]]
		b.units[n].End, w.endKey, w.endTag = end, mark, tag
		return true
	}
	if b.n == blockSize && !b.flush(t, emit) {
		return false
	}
	n := b.n
	b.words[b.nWords] = word{int16(n), int16(n + 1), tag, tag, mark, mark}
	b.units[n] = Unit{Start: start, End: end, Begins: true}
	b.codes[n], b.glyphs[n], b.word[n] = 0, noGlyph, uint16(b.nWords)
	b.nWords++
	b.n++
	return true
}

// markOf returns what models see of text without reading.
func markOf(class segment.Class, first rune) uint16 {
	switch class {
	case segment.Number:
		return '0'
	case segment.Latin, segment.Word:
		return 'a'
	case segment.Punctuation:
		if first < 0x10000 {
			return uint16(first)
		}
	case segment.Space:
		return ' '
	}
	return 1
}

// flush settles the sounds of the block and emits it.
func (b *block) flush(t *Table, emit func([]Unit) bool) bool {
	if b.n == 0 {
		return true
	}
	b.settle(t)
	ok := emit(b.units[:b.n])
	b.reset()
	return ok
}

func (b *block) settle(t *Table) {
	codes := b.codes[:b.n]
	for i := range len(codes) - 1 {
		if t.begins(codes[i], codes[i+1]) {
			b.phrase(t, i)
		}
	}
	if b.place != nil {
		b.visit(t)
		return
	}
	for _, at := range b.asked[:b.nAsked] {
		i := int(at)
		if b.by[i] != 0 {
			continue
		}
		sound := b.surname(t, i)
		if at := b.glyph(t, b.glyphs[i]).model; sound == 0 && at != 0 {
			sound = t.models.choose(at, b.features(t, i))
		}
		b.set(t, i, sound)
	}
}

// set gives units[i] a sound, if its character has it: a traditional one may share its simplified form with others,
// and not their readings.
func (b *block) set(t *Table, i int, sound uint16) {
	id := b.glyphs[i]
	if sound != 0 && (b.glyph(t, id).sound&foreign == 0 || t.has(t.entry(b.char(id)), sound)) {
		b.units[i].Sound = sound
	}
}

// key returns the character that units[i] is to phrases and models.
func (b *block) key(t *Table, i int) rune {
	r := b.char(b.glyphs[i])
	if b.glyph(t, b.glyphs[i]).sound&foreign != 0 {
		r = t.key(r)
	}
	return r
}

// inWord reports whether units[i] and units[j] are of the same word.
func (b *block) inWord(i, j int) bool { return j >= 0 && j < b.n && b.word[i] == b.word[j] }
