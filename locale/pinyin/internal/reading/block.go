package reading

import (
	"sync"
	"unicode/utf8"

	"github.com/zhushou-ai/zhushou/internal/decode"
	"github.com/zhushou-ai/zhushou/locale/internal/cut"
	"github.com/zhushou-ai/zhushou/locale/segment"
)

const blockSize = 256

// A block is as much text as is read at a time. It ends with a clause, if one ends in time: the words before and after
// its end do not see each other.
type block struct {
	table *Table
	text  string // of which it is a part

	units [blockSize + 1]Unit // after the last is one that opens a word
	by    [blockSize]uint8    // length of the phrase that has settled the sound, 0 if none
	n     int
	end   int    // of the last unit
	last  uint16 // the key of the last unit, as the number of a character

	silent [blockSize]silence // of the units that have no reading

	begun  [blockSize]uint16 // second units of what may begin a phrase
	nBegun int

	asked  [blockSize]uint16 // where the sound may be another than the commonest, if no phrase settles it
	nAsked int

	people []uint16 // first units of people's names

	rare  []rareGlyph // see glyph
	place func(Place) // if not nil, called with every place
}

var blocks = sync.Pool{New: func() any { return new(block) }}

// Read reads s, and calls emit with its units, some at a time, and where the last of them ends, until emit returns
// false. The units follow each other and are the whole text. They are valid until emit returns, which may change them.
func (t *Table) Read(g *segment.Segmenter, s string, emit func(units []Unit, end int) bool) {
	b := blocks.Get().(*block)
	b.read(t, g, s, emit)
	b.text = ""
	blocks.Put(b)
}

// An emitter is what [Table.Read] calls. It is handed on and not kept, so that it need not be on the heap.
type emitter func(units []Unit, end int) bool

func (b *block) read(t *Table, g *segment.Segmenter, s string, emit emitter) {
	b.table, b.text = t, s
	b.reset()
	for p := range g.Parts(s) {
		for k := 0; k < len(p.Words); {
			if k = b.addCommon(p, k); k < len(p.Words) {
				end := p.End(k)
				if !b.add(p, k, end, emit) {
					return
				}
				k = end
			}
		}
	}
	b.flush(emit)
}

// mayBeRead has a bit for every class of words whose characters may have readings.
const mayBeRead = 1<<segment.Word | 1<<segment.Number | 1<<segment.Symbol

func (b *block) reset() {
	clear(b.by[:b.n])
	b.n, b.nBegun, b.nAsked, b.last = 0, 0, 0, noGlyph
	b.people, b.rare = b.people[:0], b.rare[:0]
}

// person is a word that is a person's name.
const person = cut.Begins | cut.Word(segment.Person)

// tagOf numbers what models know of a word: its part of speech, or its class if it is no word.
func tagOf(w cut.Word) uint8 {
	if segment.Class(w.Class()) == segment.Word {
		return w.Tag()
	}
	return 128 + w.Class()
}

// addCommon adds what is at the places of a part from k on: characters that are kept and their own keys, and text without
// reading. It returns the first place, which may be inside a word, where there is something else, or no room, or where a
// clause comes to its end late in the block.
//
// What may have to be noted of a character is stored, and counted only if it has: whether it has is hard to foresee, and
// a branch foreseen wrongly costs more. So it is with where words begin.
func (b *block) addCommon(p *cut.Part, k int) int {
	t := b.table
	n, last, nBegun, nAsked := b.n, b.last, b.nBegun, b.nAsked
	from, words := k, p.Words
	at, runes := p.At[:len(words)], p.Runes[:len(words)]
	for k < len(words) && n < blockSize {
		word := words[k]
		if class := segment.Class(word.Class()); class != segment.Word {
			mark := marks[class%(1<<3)]
			if class == segment.Punctuation {
				mark = runes[k]
			}
			if mark == 0 || class == segment.Punctuation && n >= blockSize/2 {
				break
			}
			n = b.addSilence(n, at[k], edge{tagOf(word), mark})
			last = noGlyph
			k = p.End(k)
			continue
		}
		id := uint32(runes[k]) - firstGlyph
		if id >= keptGlyphs || word == person {
			break
		}
		known := t.bits[id]
		if known-1 >= elsewhere-1 {
			break
		}
		b.units[uint8(n)] = Unit{at[k], uint64(known&soundMask) | uint64(id)<<glyphShift | uint64(word)<<wordShift}
		b.begun[uint8(nBegun)] = uint16(n)
		nBegun += t.begins(last, uint16(id))
		b.asked[uint8(nAsked)] = uint16(n)
		nAsked += int(known / modelled & 1)
		last = uint16(id)
		n++
		k++
	}
	if k > from {
		b.n, b.last, b.nBegun, b.nAsked, b.end = n, last, nBegun, nAsked, p.At[k]
	}
	return k
}

// addSilence adds a word without reading to the n units there are, the last of which is longer now if it is silent too,
// and returns how many there are then.
func (b *block) addSilence(n, start int, e edge) int {
	if n > 0 && b.units[n-1].silent() {
		b.silent[n-1].last = e
		return n
	}
	b.units[n] = Unit{start, opens | uint64(e.tag)<<wordShift | noGlyph<<glyphShift}
	b.silent[n] = silence{e, e}
	return n + 1
}

// add adds what is at the places of a part from k to to, all of it in one word. It returns false if no more is wanted, as
// do the others that may emit.
func (b *block) add(p *cut.Part, k, to int, emit emitter) bool {
	word, start, end := p.Word(k), p.At[k], p.At[to]
	tag, class := tagOf(word), segment.Class(word.Class())
	if mayBeRead>>class&1 == 0 {
		return b.addSilent(start, end, class, tag, emit)
	}
	const inside = 0
	opening := opens | uint64(tag)<<wordShift
	flags := uint64(inside) // of the next character
	if p.Words[k] != 0 {
		flags = opening
	}
	if b.n == blockSize && !b.flush(emit) {
		return false
	}
	if word == person {
		b.people = append(b.people, uint16(b.n))
	}
	for i := start; i < end; {
		if b.n == blockSize && !b.flush(emit) {
			return false
		}
		if b.n == 0 && flags == inside {
			flags = opening | resumes
		}
		r, size := utf8.DecodeRuneInString(b.text[i:end])
		if b.addOne(r, i, i+size, flags) {
			flags = inside
		} else {
			if !b.addOther(i, i+size, edge{tag, markOf(class, r)}, emit) {
				return false
			}
			flags = opening | resumes
		}
		i += size
	}
	return true
}

// addOne adds any character, which stands between two offsets, if it has a reading, and reports whether it has.
func (b *block) addOne(r rune, start, end int, flags uint64) bool {
	t := b.table
	id, known := uint32(r)-firstGlyph, uint16(0)
	if id < keptGlyphs {
		known = t.bits[id]
	} else {
		id, known = b.addRare(r)
	}
	if known == 0 {
		return false
	}
	key := uint16(id)
	if known&elsewhere != 0 {
		flags |= foreign
		key = uint16(t.key(r) - firstGlyph)
	}
	b.units[b.n] = Unit{start, uint64(known&soundMask) | uint64(id)<<glyphShift | flags}
	b.begun[b.nBegun] = uint16(b.n)
	b.nBegun += t.begins(b.last, key)
	if known&modelled != 0 {
		b.asked[b.nAsked] = uint16(b.n)
		b.nAsked++
	}
	b.n, b.last, b.end = b.n+1, key, end
	return true
}

// addSilent adds a word that has no reading.
func (b *block) addSilent(start, end int, class segment.Class, tag uint8, emit emitter) bool {
	first := rune(0)
	if class == segment.Punctuation {
		first, _ = decode.Rune(b.text, start)
	}
	if !b.addOther(start, end, edge{tag, markOf(class, first)}, emit) {
		return false
	}
	return class != segment.Punctuation || b.n <= blockSize/2 || b.flush(emit)
}

// addOther adds text without reading.
func (b *block) addOther(start, end int, e edge, emit emitter) bool {
	if b.n == blockSize && !b.units[b.n-1].silent() && !b.flush(emit) {
		return false
	}
	b.n = b.addSilence(b.n, start, e)
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

// marks has what markOf returns of the classes that never have a reading, and are all the same to models.
var marks = [1 << 3]uint16{segment.Latin: 'a', segment.Space: ' ', segment.Emoji: 1}

// flush settles the sounds of the block and emits it.
func (b *block) flush(emit emitter) bool {
	if b.n == 0 {
		return true
	}
	b.units[b.n] = Unit{bits: opens | noGlyph<<glyphShift}
	b.settle()
	ok := emit(b.units[:b.n], b.end)
	b.reset()
	return ok
}

func (b *block) settle() {
	for _, second := range b.begun[:b.nBegun] {
		if second > 0 {
			b.phrase(int(second) - 1)
		}
	}
	if b.place != nil {
		b.visit()
		return
	}
	for _, first := range b.people {
		b.surname(int(first))
	}
	for _, asked := range b.asked[:b.nAsked] {
		i := int(asked)
		if b.by[i] != 0 {
			continue
		}
		if choices := b.glyph(b.units[i].glyph()).model; choices != 0 {
			features := b.features(i)
			b.set(i, b.table.models.choose(choices, &features))
		}
	}
}

// set gives units[i] a sound, if its character has it: a traditional one may share its simplified form with others,
// and not their readings.
func (b *block) set(i int, sound uint16) {
	u := &b.units[i]
	if sound != 0 && (!u.foreign() || b.table.has(b.table.entry(b.char(u.glyph())), sound)) {
		u.SetSound(sound)
	}
}

// key returns the character that units[i] is to phrases and models.
func (b *block) key(i int) rune {
	u := &b.units[i]
	r := b.char(u.glyph())
	if u.foreign() {
		r = b.table.key(r)
	}
	return r
}

// word returns the first unit of the word that units[i] is in, and the one after its last.
func (b *block) word(i int) (from, to int) {
	for from = i; !b.units[from].opens(); from-- {
	}
	for to = i + 1; !b.units[to].opens(); to++ {
	}
	return from, to
}
