package reading

import (
	"unicode/utf8"

	"github.com/zhushou-ai/zhushou/internal/doublearray"
	"github.com/zhushou-ai/zhushou/locale/segment"
)

// nameMark begins the keys of characters that are read differently as the first of a person's name.
const nameMark = '^'

// The value of a phrase is two overrides, or, if the lower is 0, the place in overrides of a list of them that ends
// with 0. An override is the sound of the character at a place in the phrase.
const (
	overrideBits = 15
	overrideMask = 1<<overrideBits - 1
	soundBits    = 12
	soundMask    = 1<<soundBits - 1
	maxPhrase    = 1 << (overrideBits - soundBits) // runes
)

// pairBits is the size of a filter of the pairs of characters that phrases begin with. A pair sets two bits of a word, so that
// few of those that no phrase begins with pass.
const pairBits = 18

func pairOf(a, b uint16) (at, first, second uint64) {
	hash := (uint64(a)<<16 | uint64(b)) * 0x9e3779b97f4a7c15
	return hash >> (64 - pairBits + 6), hash >> 32 & 63, hash >> 26 & 63
}

// begins returns 1 if a phrase may begin with two characters, else 0.
func (t *Table) begins(a, b uint16) uint {
	at, first, second := pairOf(a, b)
	return uint(t.pairs[at]>>first&(t.pairs[at]>>second)) & 1
}

// addPairs adds the pairs that the keys of phrases begin with to the filter.
func (t *Table) addPairs() {
	for key := range t.phrases.All() {
		r, size := utf8.DecodeRuneInString(key)
		next, _ := utf8.DecodeRuneInString(key[size:])
		at, first, second := pairOf(uint16(r), uint16(next))
		t.pairs[at] |= 1<<first | 1<<second
	}
}

// phrase settles what the phrases that begin at place i say, which lie within a word or consist of whole words. Longer
// phrases outweigh shorter ones. After two characters they are in state s.
func (b *block) phrase(i int, s doublearray.State) {
	t := b.table
	within, opens := !b.opens(i+1), b.opens(i)
	for last := i + 1; s != 0; {
		if within || opens && b.opens(last+1) {
			if value, ok := t.phrases.Value(s); ok {
				b.override(i, uint8(last-i), value)
			}
		}
		if last++; last >= min(i+maxPhrase, b.n) || s.Final() {
			return
		}
		s = t.phrases.StepCode(s, b.glyph(last).code)
		within = within && !b.opens(last)
	}
}

// override gives the characters from place i on the sounds of a phrase, unless a longer one has.
func (b *block) override(i int, length uint8, value uint32) {
	set := func(o uint16) {
		if at := i + int(o>>soundBits); b.by[at] <= length {
			b.by[at] = length
			b.set(at, o&soundMask)
		}
	}
	if low := uint16(value & overrideMask); low != 0 {
		set(low)
		if high := uint16(value >> overrideBits); high != 0 {
			set(high)
		}
		return
	}
	for at := int(value >> overrideBits); ; at++ {
		o := b.table.overrides[at]
		if o == 0 {
			return
		}
		set(o)
	}
}

// surname settles how the first character of a word that is a person's name is read.
func (b *block) surname(first int) {
	if b.by[first] == 0 {
		if sound := b.surnameOf(first); sound != 0 {
			b.by[first] = 1
			b.set(first, sound)
		}
	}
}

// surnameOf returns how the first character of a word is read if that is a person's name, or 0 if nothing is special.
func (b *block) surnameOf(first int) uint16 {
	if b.tag(first) != uint8(segment.Person) || b.opens(first+1) {
		return 0
	}
	t := b.table
	if value, ok := t.phrases.Value(t.phrases.StepCode(t.name, b.glyph(first).code)); ok {
		return uint16(value & soundMask)
	}
	return 0
}
