package reading

import (
	"sync"
	"unicode/utf8"

	"github.com/zhushou-ai/zhushou/internal/decode"
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

	words  [2 * blockSize]word // after the last is one from n on
	nWords int

	begun  [blockSize]uint16 // second units of what may begin a phrase
	nBegun int

	asked  [blockSize]spot // where the sound may be another than the commonest, if no phrase settles it
	nAsked int

	people []uint16 // words that are people's names

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
	for tokens := range g.Batches(s) {
		for i := 0; i < len(tokens); i++ {
			if i += b.addKept(tokens[i:]); i < len(tokens) && !b.add(&tokens[i], emit) {
				return
			}
		}
	}
	b.flush(emit)
}

// mayBeRead has a bit for every class of tokens whose characters may have readings.
const mayBeRead = 1<<segment.Word | 1<<segment.Number | 1<<segment.Symbol

func (b *block) reset() {
	clear(b.by[:b.n])
	b.n, b.nWords, b.nBegun, b.nAsked, b.last = 0, 0, 0, 0, noGlyph
	b.people, b.rare = b.people[:0], b.rare[:0]
}

// tagOf numbers what models know of a word: its part of speech, or its class if it is no word.
func tagOf(t *segment.Token) uint8 {
	if t.Class == segment.Word {
		return uint8(t.Tag)
	}
	return 128 + uint8(t.Class)
}

// addKept adds the first tokens, as many as consist of characters of three bytes that are kept and their own keys, and
// find room. It returns how many these are.
//
// What may have to be noted of a character is stored, and counted only if it has: whether it has is hard to foresee, and
// a branch foreseen wrongly costs more.
func (b *block) addKept(tokens []segment.Token) int {
	t := b.table
	n, last, nWords, nBegun, nAsked := b.n, b.last, b.nWords, b.nBegun, b.nAsked
	done := 0
next:
	for ; done < len(tokens); done++ {
		token := &tokens[done]
		end := token.End()
		if token.Class != segment.Word || token.Tag == segment.Person || n+len(token.Text)/3 > blockSize || end >= len(b.text) {
			break
		}
		i, at, key, begun, asked := token.Start, n, last, nBegun, nAsked
		for i < end {
			id := uint32(decode.Three(b.text, i)) - firstGlyph
			if id >= keptGlyphs {
				break next
			}
			known := t.bits[id]
			if known-1 >= elsewhere-1 {
				break next
			}
			b.units[at&(blockSize-1)] = Unit{i, uint64(known&soundMask) | uint64(id)<<glyphShift}
			b.begun[begun&(blockSize-1)] = uint16(at)
			begun += t.begins(key, uint16(id))
			b.asked[asked&(blockSize-1)] = newSpot(at, nWords)
			asked += int(known / modelled & 1)
			key = uint16(id)
			i += 3
			at++
		}
		b.units[n&(blockSize-1)].bits |= begins | opens
		b.words[nWords&(2*blockSize-1)] = newWord(n, uint8(token.Tag))
		nWords++
		n, last, nBegun, nAsked = at, key, begun, asked
	}
	if done > 0 {
		b.n, b.last, b.nWords, b.nBegun, b.nAsked, b.end = n, last, nWords, nBegun, nAsked, tokens[done-1].End()
	}
	return done
}

// add adds the characters of any token. It returns false if no more are wanted, as do the others that may emit.
func (b *block) add(token *segment.Token, emit emitter) bool {
	if mayBeRead>>token.Class&1 == 0 {
		return b.addSilent(token, emit)
	}
	if b.n == blockSize && !b.flush(emit) {
		return false
	}
	tag, end := tagOf(token), token.End()
	if tag == uint8(segment.Person) {
		b.people = append(b.people, uint16(b.nWords))
	}
	flags := uint64(begins | opens) // of the next character
	for i := token.Start; i < end; {
		if b.n == blockSize {
			if !b.flush(emit) {
				return false
			}
			flags |= opens
		}
		r, size := utf8.DecodeRuneInString(b.text[i:end])
		if b.addOne(r, i, i+size, tag, flags) {
			flags = 0
		} else {
			if !b.addOther(i, i+size, markOf(token.Class, r), tag, emit) {
				return false
			}
			flags = opens
		}
		i += size
	}
	return true
}

// addOne adds any character, which stands between two offsets, if it has a reading, and reports whether it has.
func (b *block) addOne(r rune, start, end int, tag uint8, flags uint64) bool {
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
	if flags&opens != 0 {
		b.words[b.nWords] = newWord(b.n, tag)
		b.nWords++
	}
	b.begun[b.nBegun] = uint16(b.n)
	b.nBegun += t.begins(b.last, key)
	if known&modelled != 0 {
		b.asked[b.nAsked] = newSpot(b.n, b.nWords-1)
		b.nAsked++
	}
	b.n, b.last, b.end = b.n+1, key, end
	return true
}

// addSilent adds a token that has no reading.
func (b *block) addSilent(token *segment.Token, emit emitter) bool {
	first := rune(0)
	if token.Class == segment.Punctuation {
		first, _ = decode.Rune(b.text, token.Start)
	}
	if !b.addOther(token.Start, token.End(), markOf(token.Class, first), tagOf(token), emit) {
		return false
	}
	return token.Class != segment.Punctuation || b.n <= blockSize/2 || b.flush(emit)
}

// addOther adds text without reading.
func (b *block) addOther(start, end int, mark uint16, tag uint8, emit emitter) bool {
	if n := b.n - 1; n >= 0 && b.units[n].glyph() == noGlyph {
		w := &b.words[b.nWords-1]
		b.end, *w = end, w.withEnd(tag, mark)
		return true
	}
	if b.n == blockSize && !b.flush(emit) {
		return false
	}
	b.units[b.n] = Unit{start, begins | opens | noGlyph<<glyphShift}
	b.words[b.nWords] = newSilentWord(b.n, tag, mark)
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
func (b *block) flush(emit emitter) bool {
	if b.n == 0 {
		return true
	}
	b.units[b.n] = Unit{bits: opens | noGlyph<<glyphShift}
	b.words[b.nWords] = newWord(b.n, 0)
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
	for _, w := range b.people {
		b.surname(int(w))
	}
	for _, at := range b.asked[:b.nAsked] {
		i := at.unit()
		if b.by[i] != 0 {
			continue
		}
		if choices := b.glyph(b.units[i].glyph()).model; choices != 0 {
			features := b.features(at)
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

// span returns the units of the word with a number.
func (b *block) span(id int) (from, to int) { return b.words[id].from(), b.words[id+1].from() }
