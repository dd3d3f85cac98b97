package reading

import (
	"github.com/zhushou-ai/zhushou/internal/decode"
	"github.com/zhushou-ai/zhushou/internal/doublearray"
	"github.com/zhushou-ai/zhushou/locale/internal/cut"
	"github.com/zhushou-ai/zhushou/locale/segment"
)

// A block is as much text as is read at a time: a part, as the segmenter hands it over. The words before and after its
// end do not see each other.
type block struct {
	table *Table
	text  string // of which it is a part
	part  cut.Part
	n     int // of places

	sound [cut.Most + 1]uint16 // of each place, 0 if it has no reading
	key   [cut.Most]uint16     // what the character of each place is to phrases and models, 0 if that is rare
	by    [cut.Most]uint8      // length of the phrase that has settled the sound, 0 if none

	begun  [cut.Most]uint16 // second places of what may begin a phrase
	nBegun uint
	after  [cut.Most]doublearray.State // of phrases, after these places and the ones before them

	asked  [cut.Most]uint16 // where the sound may be another than the commonest, if no phrase settles it
	nAsked uint

	people []uint16 // first places of people's names

	place func(Place) // if not nil, called with every place

	passage Passage // that is handed on
}

// Read reads s, and calls emit with one passage after the other, which together are the whole text, until emit returns
// false. A passage is valid until emit returns, which may change its sounds.
func (t *Table) Read(g *segment.Segmenter, s string, emit func(*Passage) bool) {
	t.read(g, s, nil, emit)
}

// read is Read; it calls visit, if that is not nil, with every place that has a reading, and settles less.
func (t *Table) read(g *segment.Segmenter, s string, visit func(Place), emit func(*Passage) bool) {
	for p := range g.Parts(s) {
		b, ok := p.Room.(*block)
		if !ok {
			b = new(block)
			p.Room = b
		}
		b.table, b.text, b.part, b.n, b.place = t, s, *p, len(p.Runes), visit
		b.look()
		b.settle()
		b.text = ""
		b.passage = Passage{p.At, p.Words, b.sound[:b.n]}
		if !emit(&b.passage) {
			break
		}
	}
}

// person is a word that is a person's name.
const person = cut.Begins | cut.Word(segment.Person)

// look gives the characters of the block their commonest sounds, and notes where they may have others.
func (b *block) look() {
	t, n := b.table, b.n
	runes, words := b.part.Runes[:n], b.part.Words[:n]
	clear(b.by[:n])
	b.people = b.people[:0]
	// What may have to be noted is stored, and counted only if it has: whether it has is hard to foresee, and a branch
	// foreseen wrongly costs more.
	asked := uint(0)
	for k, r := range runes {
		known := t.bits[r]
		if known >= elsewhere {
			r, known = b.lookElsewhere(k)
		}
		b.sound[k], b.key[k] = known&soundMask, r
		b.asked[asked%uint(len(b.asked))] = uint16(k)
		asked += uint(known / modelled & 1)
		if words[k] == person {
			b.people = append(b.people, uint16(k))
		}
	}
	begun := uint(0)
	for k := 1; k < n; k++ {
		b.begun[begun%uint(len(b.begun))] = uint16(k)
		begun += t.begins(b.key[k-1], b.key[k])
	}
	b.nBegun, b.nAsked = begun, asked
}

// lookElsewhere returns what look has to know of a place whose character has another for a key, or is rare.
func (b *block) lookElsewhere(k int) (key, known uint16) {
	t := b.table
	if r := b.part.Runes[k]; r != 0 {
		return t.glyphs[r].key, t.bits[r]
	}
	bits, g := t.newGlyph(b.char(k))
	return g.key, bits
}

// opens reports whether place k is where a word begins, for phrases and models, to which text without reading is one.
func (b *block) opens(k int) bool {
	return b.part.Words[k] != 0 || b.sound[k] == 0 || b.sound[k-1] == 0
}

func (b *block) settle() {
	b.sound[b.n] = 0
	begun, phrases := b.begun[:b.nBegun], b.table.phrases
	for n, second := range begun {
		b.after[n] = phrases.StepCode(b.glyph(int(second)-1).first, b.glyph(int(second)).code)
	}
	for n, second := range begun {
		if s := b.after[n]; s != 0 {
			b.phrase(int(second)-1, s)
		}
	}
	if b.place != nil {
		b.visit()
		return
	}
	for _, first := range b.people {
		b.surname(int(first))
	}
	var features Features
	for _, asked := range b.asked[:b.nAsked] {
		i := int(asked)
		if b.by[i] != 0 {
			continue
		}
		if choices := b.glyph(i).model; choices != 0 {
			b.note(i, &features)
			b.set(i, b.table.models.choose(choices, &features))
		}
	}
}

// set gives the character at place i a sound, if it has that: a traditional one may share its simplified form with others,
// and not their readings.
func (b *block) set(i int, sound uint16) {
	if sound != 0 && (!b.foreign(i) || b.table.has(b.table.entry(b.char(i)), sound)) {
		b.sound[i] = sound
	}
}

// char returns the character at place i.
func (b *block) char(i int) rune {
	if r := b.part.Runes[i]; r != 0 {
		return rune(r)
	}
	r, _ := decode.Rune(b.text, b.part.At[i])
	return r
}

// foreign reports whether the key of the character at place i may be another character.
func (b *block) foreign(i int) bool { return b.table.bits[b.part.Runes[i]]&elsewhere != 0 }

// glyph returns that of the key of place i.
func (b *block) glyph(i int) *glyph { return &b.table.glyphs[b.key[i]] }

// keyRune returns the key of the character at place i.
func (b *block) keyRune(i int) rune {
	if key := b.key[i]; key != 0 {
		return rune(key)
	}
	return b.table.key(b.char(i))
}

// word returns the first place of the word that place i is in, and the one after its last. It has a reading.
func (b *block) word(i int) (from, to int) {
	for from = i; !b.opens(from); from-- {
	}
	for to = i + 1; !b.opens(to); to++ {
	}
	return from, to
}

// tag numbers what models know of the word that place i belongs to: its part of speech, or its class if it is no word.
func (b *block) tag(i int) uint8 {
	start := b.part.Start(i)
	if class := b.part.Class(start); segment.Class(class) != segment.Word {
		return 128 + class
	}
	return b.part.Words[start].Tag()
}

// mark returns what models see of text without reading at place i.
func (b *block) mark(i int) uint16 {
	start := b.part.Start(i)
	switch segment.Class(b.part.Class(start)) {
	case segment.Number:
		return '0'
	case segment.Latin, segment.Word:
		return 'a'
	case segment.Punctuation:
		return max(b.part.Runes[start], 1)
	case segment.Space:
		return ' '
	}
	return 1
}
