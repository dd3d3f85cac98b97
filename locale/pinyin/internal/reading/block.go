package reading

import (
	"sync"
	"unicode/utf8"

	"github.com/zhushou-ai/zhushou/locale/segment"
)

const blockSize = 256

// A block is as much text as is read at a time. It ends with a clause, if one ends in time: the words before and after
// its end do not see each other.
type block struct {
	units [blockSize + 1]Unit // after the last is one that opens a word
	by    [blockSize]uint8    // length of the phrase that has settled the sound, 0 if none
	n     int
	end   int // of the last unit

	words  [blockSize + 1]word // after the last is one from n on
	nWords int

	begun  [blockSize]uint16 // units at which a phrase may begin
	nBegun int
	last   uint16 // the key of the last unit, as the number of a character

	asked  [blockSize]spot // where the sound may be another than the commonest, if no phrase settles it
	nAsked int

	rare  []rareGlyph // see glyph
	place func(Place) // if not nil, called with every place
}

// A word is a word of the text, or text without reading. It ends where the next one begins.
type word struct {
	from   uint16 // the first unit
	tag    uint8  // see tagOf
	endTag uint8  // of the last word, if it is text without reading
	key    uint16 // what the first word is to models, if it is text without reading; see markOf
	endKey uint16 // what the last word is
}

// A spot is a unit and its word.
type spot struct{ unit, word uint16 }

var blocks = sync.Pool{New: func() any { return new(block) }}

// tagOf numbers what models know of a word: its part of speech, or its class if it is no word.
func tagOf(t segment.Token) uint8 {
	if t.Class == segment.Word {
		return uint8(t.Tag)
	}
	return 128 + uint8(t.Class)
}

// Read reads s, and calls emit with its units, some at a time, and where the last of them ends, until emit returns
// false. The units follow each other and are the whole text. They are valid until emit returns, which may change them.
func (t *Table) Read(g *segment.Segmenter, s string, emit func(units []Unit, end int) bool) {
	b := blocks.Get().(*block)
	defer blocks.Put(b)
	t.read(g, s, b, emit)
}

func (t *Table) read(g *segment.Segmenter, s string, b *block, emit func([]Unit, int) bool) {
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
	b.n, b.nWords, b.nBegun, b.nAsked, b.last, b.rare = 0, 0, 0, 0, noGlyph, b.rare[:0]
}

// add adds the characters of a token.
func (b *block) add(t *Table, token segment.Token, emit func([]Unit, int) bool) bool {
	tag := tagOf(token)
	flags := uint64(begins | opens) // of the next character
	n, last := b.n, b.last          // of the block, in registers
	for i := 0; i < len(token.Text); {
		r, size := three(token.Text[i:]), 3
		if r < 0 {
			r, size = utf8.DecodeRuneInString(token.Text[i:])
		}
		start := token.Start + i
		i += size
		if n == blockSize {
			b.n, b.end = n, start
			if !b.flush(t, emit) {
				return false
			}
			n, last = 0, noGlyph
			flags |= opens
		}
		id, known := uint32(r)-firstGlyph, uint16(0)
		if id < keptGlyphs {
			known = t.bits[id]
		} else {
			id, known = b.addRare(t, r)
		}
		if known == 0 {
			b.n = n
			if !b.addOther(t, start, start+size, markOf(token.Class, r), tag, emit) {
				return false
			}
			n, last, flags = b.n, noGlyph, opens
			continue
		}
		key := uint16(id)
		if known&elsewhere != 0 {
			flags |= foreign
			key = uint16(t.key(r) - firstGlyph)
		}
		b.units[n&(blockSize-1)] = Unit{start, uint64(known&soundMask) | uint64(id)<<glyphShift | flags}
		if flags&opens != 0 {
			b.words[b.nWords&(blockSize-1)] = word{from: uint16(n), tag: tag, endTag: tag}
			b.nWords++
		}
		if t.begins(last, key) && n > 0 {
			b.begun[b.nBegun&(blockSize-1)] = uint16(n - 1)
			b.nBegun++
		}
		if known&modelled != 0 || tag == uint8(segment.Person) && flags&begins != 0 {
			b.asked[b.nAsked&(blockSize-1)] = spot{uint16(n), uint16(b.nWords - 1)}
			b.nAsked++
		}
		last, flags = key, 0
		n++
	}
	b.n, b.last, b.end = n, last, token.End()
	return true
}

// decode is utf8.DecodeRuneInString, the faster for most of Chinese text.
func decode(s string) (rune, int) {
	if r := three(s); r >= 0 {
		return r, 3
	}
	return utf8.DecodeRuneInString(s)
}

// three returns the character of three bytes that s begins with, -1 if it does not, or if telling takes longer.
func three(s string) rune {
	if len(s) < 3 || s[0] < 0xe1 || s[0] > 0xec {
		return -1
	}
	b, c := s[1]^0x80, s[2]^0x80
	if b|c >= 0x40 {
		return -1
	}
	return rune(s[0]&0xf)<<12 | rune(b)<<6 | rune(c)
}

// addOther adds text without reading.
func (b *block) addOther(t *Table, start, end int, mark uint16, tag uint8, emit func([]Unit, int) bool) bool {
	if n := b.n - 1; n >= 0 && b.units[n].glyph() == noGlyph {
		w := &b.words[b.nWords-1]
		b.end, w.endKey, w.endTag = end, mark, tag
		return true
	}
	if b.n == blockSize && !b.flush(t, emit) {
		return false
	}
	b.units[b.n] = Unit{start, begins | opens | noGlyph<<glyphShift}
	b.words[b.nWords] = word{uint16(b.n), tag, tag, mark, mark}
	b.nWords++
	b.n++
	b.end, b.last = end, noGlyph
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
func (b *block) flush(t *Table, emit func([]Unit, int) bool) bool {
	if b.n == 0 {
		return true
	}
	b.units[b.n] = Unit{bits: opens | noGlyph<<glyphShift}
	b.words[b.nWords] = word{from: uint16(b.n)}
	b.settle(t)
	ok := emit(b.units[:b.n], b.end)
	b.reset()
	return ok
}

func (b *block) settle(t *Table) {
	for _, i := range b.begun[:b.nBegun] {
		b.phrase(t, int(i))
	}
	if b.place != nil {
		b.visit(t)
		return
	}
	for _, at := range b.asked[:b.nAsked] {
		i := int(at.unit)
		if b.by[i] != 0 {
			continue
		}
		sound := b.surname(t, at)
		if choices := b.glyph(t, b.units[i].glyph()).model; sound == 0 && choices != 0 {
			features := b.features(t, at)
			sound = t.models.choose(choices, &features)
		}
		b.set(t, i, sound)
	}
}

// set gives units[i] a sound, if its character has it: a traditional one may share its simplified form with others,
// and not their readings.
func (b *block) set(t *Table, i int, sound uint16) {
	u := &b.units[i]
	if sound != 0 && (!u.foreign() || t.has(t.entry(b.char(u.glyph())), sound)) {
		u.SetSound(sound)
	}
}

// key returns the character that units[i] is to phrases and models.
func (b *block) key(t *Table, i int) rune {
	u := &b.units[i]
	r := b.char(u.glyph())
	if u.foreign() {
		r = t.key(r)
	}
	return r
}

// span returns the units of the word with a number.
func (b *block) span(id uint16) (from, to int) {
	return int(b.words[id].from), int(b.words[id+1].from)
}
