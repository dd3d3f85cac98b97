package segment

import (
	"sync"
	"unicode/utf8"

	"github.com/zhushou-ai/zhushou/internal/doublearray"
	"github.com/zhushou-ai/zhushou/internal/fold"
)

const (
	blockSize = 512
	roomy     = 64      // a block this long ends at the next character that parts words
	longRun   = MaxWord // a longer run is one place without characters
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
	dots  bool // there is a dot as in names

	at     [blockSize + 1]int
	first  [blockSize + 1]doublearray.State
	second [blockSize]doublearray.State // after the character at the next place
	alone  [blockSize + 1]value
	code   [blockSize + 1]uint16
	kind   [blockSize + 1]kind
	rune   [blockSize + 1]rune   // folded, -1 for several; only if there are words of the caller's
	unit   [blockSize + 1]uint16 // places up to the next one at which a token may start, 0 inside a run
	cost   [blockSize + 1]uint32 // of the best path from here
	next   [blockSize + 1]uint16 // the next place on it
	value  [blockSize + 1]value  // of its first word

	matches [longRun]doublearray.Match // of one place
	pieces  pieces
}

// blocks are the work space of cutting, which is too large to be made for every text.
var blocks = sync.Pool{New: func() any { return new(block) }}

// newBlock returns a block for cutting s.
func newBlock(s string, g *Segmenter) *block {
	b := blocks.Get().(*block)
	b.lexicon, b.text, b.mode, b.plain, b.user = loaded(), s, g.Mode, g.DictionaryOnly, g.Dictionary.table()
	return b
}

// release makes the block free for another text.
func (b *block) release() {
	b.text, b.user = "", nil
	blocks.Put(b)
}

// fill reads the text from offset i on into the block.
func (b *block) fill(i int) {
	s, n := b.text, 0
	b.open, b.dots = false, false
	basic := b.basic
	for i < len(s) {
		r, ok := three(s, i)
		size := 3
		if !ok {
			r, size = decode(s, i)
		}
		g := &basic[uint16(r)]
		if r != rune(uint16(r)) {
			x := b.glyph(r)
			g = &x
		}
		b.at[n], b.first[n], b.alone[n], b.code[n], b.kind[n], b.unit[n] = i, g.first, g.alone, g.code, g.kind, 1
		if g.kind == han {
			n++
			i += size
		} else {
			places, end := b.run(n, i, size)
			if end == i {
				b.open = true
				break
			}
			n += places
			i = end
		}
		if n >= roomy && b.user == nil && g.parts() && !b.marked(i) {
			break
		}
		if n == blockSize {
			b.open = i < len(s)
			break
		}
	}
	b.n, b.at[n], b.code[n], b.unit[n] = n, i, 0, 1
	if b.user != nil {
		b.readRunes()
	}
}

// marked reports whether a mark follows at offset i, which belongs to the character before it.
func (b *block) marked(i int) bool {
	if i >= len(b.text) {
		return false
	}
	r, _ := decode(b.text, i)
	return b.glyph(r).kind == mark
}

// three is decode, in line, for most characters of three bytes, which is most of a text.
func three(s string, i int) (r rune, ok bool) {
	if i+2 < len(s) {
		c, d, e := s[i], s[i+1]^0x80, s[i+2]^0x80
		return rune(c&0xf)<<12 | rune(d)<<6 | rune(e), d|e < 0x40 && c-0xe1 < 0xed-0xe1
	}
	return 0, false
}

// decode is utf8.DecodeRuneInString(s[i:]) with the common cases in line, and -1 for a byte that is not UTF-8.
func decode(s string, i int) (rune, int) {
	c := s[i]
	if c < utf8.RuneSelf {
		return rune(c), 1
	}
	if c-0xe1 < 0xed-0xe1 && i+2 < len(s) {
		if d, e := s[i+1]^0x80, s[i+2]^0x80; d|e < 0x40 {
			return rune(c&0xf)<<12 | rune(d)<<6 | rune(e), 3
		}
	}
	r, size := utf8.DecodeRuneInString(s[i:])
	if r == utf8.RuneError && size == 1 {
		return -1, 1
	}
	return r, size
}

// route finds the best path from every place to the end.
func (b *block) route() {
	words, costs := b.words, &b.costs
	excluded := b.excluded()
	n := min(b.n, blockSize) // it is; so the compiler need not check
	words.StepCodes(b.second[:n], b.first[:n], b.code[1:n+1])
	b.cost[n] = 0
	for k := n - 1; k >= 0; k-- {
		unit := int(b.unit[k])
		if unit == 0 {
			continue
		}
		best, next, word := b.unknown+b.cost[k+unit], k+unit, value(0)
		hidden := uint64(0)
		if b.user != nil {
			best, next, word, hidden = b.routeUser(k, best, next)
		}
		if v := b.alone[k]; v != 0 && unit == 1 && hidden&1 == 0 {
			if c := costs[v.frequency()] + b.cost[k+1]; c <= best {
				best, word = c, v
			}
		}
		switch second := b.second[k]; {
		case second == 0:
		case second.Final(): // no longer word goes on from here
			w, _ := words.Value(second)
			v := value(w)
			if c := costs[v.frequency()] + b.cost[k+2]; c <= best && b.unit[k+2] != 0 && v.split() != excluded && hidden&2 == 0 {
				best, next, word = c, k+2, v
			}
		default:
			for _, m := range b.matches[:words.Matches(b.matches[:], second, b.code[k+2:n+1])] {
				v, j := value(m.Value), k+2+int(m.Codes)
				if c := costs[v.frequency()] + b.cost[j]; c <= best && b.unit[j] != 0 && v.split() != excluded && hidden>>(m.Codes+1)&1 == 0 {
					best, next, word = c, j, v
				}
			}
		}
		b.cost[k], b.next[k], b.value[k] = best, uint16(next), word
	}
}

// excluded returns how the words are marked that do not count.
func (b *block) excluded() uint32 {
	if b.plain {
		return onlyRules
	}
	return dropped
}

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
		if k > 0 && reach <= k && b.unit[k] != 0 {
			settled = k
			if b.kind[k-1] == space || b.kind[k-1] == punctuation {
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
	for k := 0; k <= limit; k = int(b.next[k]) {
		settled = k
	}
	return settled
}

// longest returns the places that the longest word at place k takes.
func (b *block) longest(k int) int {
	longest := int(b.unit[k])
	for _, m := range b.matches[:b.words.Matches(b.matches[:], b.first[k], b.code[k+1:b.n+1])] {
		longest = max(longest, 1+int(m.Codes))
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
		r, size := decode(b.text, b.at[k])
		if b.kind[k] != space && b.at[k]+size < b.at[k+1] && !b.marked(b.at[k]+size) {
			r = -1 // a place of several characters
		}
		b.rune[k] = fold.All.Rune(r)
	}
}

// routeUser is what route does with the caller's words at place k, where best and next are the path so far. Bit n of
// hidden says that the built-in word of n + 1 places does not count.
func (b *block) routeUser(k int, cost uint32, to int) (best uint32, next int, v value, hidden uint64) {
	best, next = cost, to
	node := uint32(0)
	for j := k; j < b.n && j-k < MaxWord; j++ {
		var word userWord
		if node, word = b.user.step(node, b.rune[j]); node == 0 {
			break
		}
		if word&(isWord|isHidden) == 0 {
			continue
		}
		hidden |= 1 << (j - k)
		if c := word.cost() + b.cost[j+1]; word&isWord != 0 && c <= best && b.unit[j+1] != 0 {
			best, next, v = c, j+1, word.value()
		}
	}
	return best, next, v, hidden
}

// emit yields the tokens up to place end.
func (b *block) emit(end int, yield func(Token) bool) bool {
	if b.mode == Full {
		return b.emitAll(end, yield)
	}
	list := b.refine(end)
	for i := range list.n {
		p := list.list[i]
		if b.mode == Search && !b.emitInside(p, yield) {
			return false
		}
		if !yield(b.token(p)) {
			return false
		}
	}
	return true
}

func (b *block) token(p piece) Token {
	from, to := b.at[p.from], b.at[p.to]
	if p.class == fixed {
		p.class = Word
	}
	return Token{b.text[from:to], from, p.class, p.tag}
}
