package segment

import (
	"slices"
	"sync"
	"unicode/utf8"

	"github.com/zhushou-ai/zhushou/internal/decode"
	"github.com/zhushou-ai/zhushou/internal/doublearray"
	"github.com/zhushou-ai/zhushou/internal/fold"
	"github.com/zhushou-ai/zhushou/locale/internal/cut"
)

const (
	blockSize = cut.Most
	roomy     = 256     // a block this long ends at the next character that parts words
	longRun   = MaxWord // a longer run is one place without characters

	firstHan, lastHan = '\u4e00', '\u9fff' // nothing but Chinese characters

	longestLatin = 5 // characters of a run of letters that is part of a word of the built-in dictionary, 江南style
)

// A block is a part of a text while it is cut. Its places are the characters, from 0 to n; place n is its end.
//
// The best path is the one of least cost, found from the end backwards; of equal paths the one that starts with the
// longer word, as in jieba.
type block struct {
	*lexicon
	text  string
	mode  Mode
	plain bool       // no rules
	user  *wordTable // nil if there are no words of the caller's
	n     int
	open  bool // more text follows, and words may reach into it

	at     [blockSize + 1]int // the offset
	char   [blockSize]uint16  // what it begins with, as [cut.Part] has it
	places [blockSize + 2]place
	code   [blockSize + 2]uint16
	first  [blockSize + 1]doublearray.Fork // after the character
	second [blockSize]doublearray.State    // after it and the one at the next place
	rune   [blockSize + 1]rune             // folded, -1 for several; only if there are words of the caller's

	pair    [blockSize]doublearray.Ending // of the words of two characters
	room    [blockSize]uint16             // for finding pairs
	third   [blockSize]doublearray.State  // after three places, where longer words begin
	matches [longRun]doublearray.Match    // of one place
	hidden  uint64                        // bit n says that the built-in word of n + 1 places from one place on does not count
	cost    [blockSize + 2]uint32         // of the best path from here
	path    [blockSize + 1]step           // its first word

	tokens []Token
	batch  [blockSize]Token // room for tokens, enough but for the modes in which words overlap
	most   int              // of tokens in a batch of the text
	out    cut.Part
	cut    [blockSize + 1]cut.Word // the words of the path, once rules have looked at it

	end        int                   // of the path that becomes tokens
	previous   [blockSize + 1]uint16 // where the piece before a piece starts, for the rules
	candidates candidates            // pieces at which rules may begin
}

// blocks are the work space of cutting, which is too large to be made for every text.
var blocks = sync.Pool{New: func() any {
	b := new(block)
	b.tokens = b.batch[:0]
	b.out.Class = b.class
	return b
}}

// newBlock returns a block for cutting s.
func newBlock(s string, g *Segmenter, mode Mode) *block {
	b := blocks.Get().(*block)
	b.lexicon, b.text, b.mode, b.plain, b.user = loaded(), s, mode, g.DictionaryOnly, g.Dictionary.table()
	return b
}

// release makes the block free for another text.
func (b *block) release() {
	clear(b.tokens[:b.most]) // they hold the text
	b.text, b.user, b.most, b.hidden = "", nil, 0, 0
	blocks.Put(b)
}

// next cuts the text from offset i on, and returns up to where.
func (b *block) next(i int) int {
	b.fill(i)
	b.route()
	b.settle(b.commit())
	return b.at[b.end]
}

// fill reads the text from offset i on into the block.
func (b *block) fill(i int) {
	s, n := b.text, 0
	b.open = false
	basic := b.basic
	for i < len(s) {
		if uint(n) >= blockSize {
			b.open = true
			break
		}
		// Most characters are known by their numbers, before their glyphs have come.
		if r := uint16(decode.Three(s, i)); r-firstHan <= lastHan-firstHan {
			g := &basic[r]
			b.at[n], b.char[n], b.places[n], b.code[n], b.first[n] = i, r, g.place, g.code, g.first
			n++
			i += 3
			continue
		}
		full, size := rune(s[i]), 1
		if full >= utf8.RuneSelf {
			full, size = decode.Rune(s, i)
		}
		x := b.glyph(full)
		b.store(n, i, full, x)
		if x.kind() == han {
			n++
			i += size
			continue
		}
		places, end := b.run(n, i, size)
		if end == i {
			b.open = true
			break
		}
		n += places
		i = end
		if n >= roomy && b.user == nil && x.parts() && !b.marked(i) {
			break
		}
	}
	b.n, b.at[n], b.places[n], b.code[n] = n, i, place(0).withUnit(1), 0
	if b.user != nil {
		b.readRunes()
	}
}

// store notes at a place what begins at offset i.
func (b *block) store(n, i int, r rune, g glyph) {
	b.at[n], b.char[n], b.places[n], b.code[n], b.first[n] = i, uint16(r), g.place, g.code, g.first
	if r != rune(uint16(r)) {
		b.char[n] = 0
	}
}

// marked reports whether a mark follows at offset i, which belongs to the character before it.
func (b *block) marked(i int) bool {
	if i >= len(b.text) || solid(b.text[i]) {
		return false
	}
	r, _ := decode.Rune(b.text, i)
	return b.glyph(r).kind() == mark
}

// solid reports, of most characters, by the first byte whether they are neither marks nor white space.
func solid(c byte) bool { return c > ' ' && c < '\x7f' || c >= 0xe4 && c <= 0xe9 }

// commit returns the place up to which the best path is settled, whatever text follows: the end of the block, if
// nothing reaches over it; else the last place that no word crosses, if possible after a character that parts words;
// and if there is none, some place of the path.
func (b *block) commit() int {
	if !b.open {
		return b.n
	}
	limit := b.n - longRun
	settled, clean, reach := 0, 0, 0
	for k := 0; k <= limit; k++ {
		if k > 0 && reach <= k && b.places[k].unit() != 0 {
			settled = k
			if before := b.places[k-1].kind(); before == space || before == punctuation {
				clean = k
			}
		}
		reach = max(reach, k+b.longest(k))
	}
	switch {
	case clean > 0:
		return clean
	case settled > 0:
		return settled
	}
	for k := 0; k <= limit; k = b.path[k].next() {
		settled = k
	}
	return settled
}

// longest returns the places that the longest word at place k takes.
func (b *block) longest(k int) int {
	longest := b.places[k].unit()
	for _, m := range b.matches[:b.words.Matches(b.matches[:], b.second[k], b.code[k+2:b.n+1])] {
		longest = max(longest, 2+int(m.Codes))
	}
	if b.user != nil {
		node := uint32(0)
		for j := k; j < b.n; j++ {
			var word userWord
			if node, word = b.user.step(node, b.rune[j]); node == 0 {
				break
			}
			if word&isWord != 0 {
				longest = max(longest, j+1-k)
			}
		}
	}
	return longest
}

// readRunes notes the rune of every place.
func (b *block) readRunes() {
	for k := range b.n {
		r, size := decode.Rune(b.text, b.at[k])
		if b.places[k].kind() != space && b.at[k]+size < b.at[k+1] && !b.marked(b.at[k]+size) {
			r = -1 // a place of several characters
		}
		b.rune[k] = fold.All.Rune(r)
	}
}

// settle makes the best path up to place end what it will be.
func (b *block) settle(end int) {
	b.end = end
	if b.mode != Full && !b.plain {
		b.refine()
	}
}

// emit returns the tokens of the path.
func (b *block) emit() []Token {
	b.tokens = b.tokens[:0]
	switch b.mode {
	case Full:
		b.emitAll()
	case Search:
		b.emitSearch()
	default:
		b.emitPath()
	}
	b.most = max(b.most, len(b.tokens))
	return b.tokens
}

// emitPart returns the words of the path.
func (b *block) emitPart() *cut.Part {
	if b.plain {
		clear(b.cut[:b.end])
		for k := 0; k < b.end; k = b.path[k].next() {
			b.cut[k] = b.path[k].value().word()
		}
	}
	b.cut[b.end] = cut.Begins
	b.out.At, b.out.Runes, b.out.Words = b.at[:b.end+1], b.char[:b.end], b.cut[:b.end+1]
	return &b.out
}

// class returns the class of the token that starts at place k of the path.
func (b *block) class(k int) uint8 { return uint8(b.path[k].value().class(b.places[k].kind())) }

// emitPath emits the words of the path.
func (b *block) emitPath() {
	end, n := b.end, 0
	tokens := slices.Grow(b.tokens, end)[:end]
	for k := 0; k < end && n < len(tokens); n++ {
		s := b.path[k]
		tokens[n] = b.token(k, s.next(), s.value())
		k = s.next()
	}
	b.tokens = tokens[:n]
}

// token returns the token of the places from k to to, which are the word v.
func (b *block) token(k, to int, v value) Token {
	from := b.at[k]
	return Token{b.text[from:b.at[to]], from, v.class(b.places[k].kind()), v.tag()}
}
