package match

import (
	"fmt"
	"unicode/utf8"

	"github.com/zhushou-ai/zhushou/internal/doublearray"
)

const (
	pageBits = 6
	pageSize = 1 << pageBits
	bmpPages = 1 << 16 >> pageBits
)

// invisible is the code of a rune that is passed over.
const invisible = 1<<16 - 1

// A special rune needs more than its code.
type special struct {
	code      uint16 // for the automaton
	separator bool   // can stand between the characters of a word
	letter    bool   // a word that begins or ends with it must not touch another one
}

// A table has one number for every rune, so that folding and everything else there is to know of it is one access: 0
// for a rune in no word, the automaton's code, invisible, or codes+1+i for specials[i].
type table struct {
	bmp      [bmpPages]uint16 // page of 64 runes → its place in pages; the first is the page of runes in no word
	astral   []uint16         // the pages after those
	pages    []uint16
	codes    int
	specials []special
	gap      uint16 // number of a separator in no word; 0 if there are no gaps
}

func newTable(c *Config, a *doublearray.Automaton, words []doublearray.Entry) (*table, error) {
	t := &table{pages: make([]uint16, 3*pageSize), codes: a.Codes()}
	t.bmp[0], t.bmp[1] = 1, 2 // ASCII lies together
	view := c.view()
	for _, w := range words {
		for _, r := range w.Key {
			t.set(r, a.Code(r))
		}
	}
	for r := range view.sources() {
		if code := a.Code(view.rune(r)); code != 0 {
			t.set(r, code)
		}
	}
	if !view.invisible {
		for r := range invisibles() {
			t.set(r, invisible)
		}
	}
	known := make(map[special]uint16)
	if c.MaxGap > 0 {
		for r := range separators() {
			t.mark(known, r, special{separator: true})
		}
		t.gap = known[special{separator: true}]
	}
	if c.WholeWords {
		for r := range letters() {
			t.mark(known, r, special{letter: true})
		}
	}
	if t.codes+len(t.specials) >= invisible {
		return nil, fmt.Errorf("match: the words have %d different characters, which is too many", t.codes)
	}
	return t, nil
}

// mark makes r special. Known has the numbers of all specials.
func (t *table) mark(known map[special]uint16, r rune, s special) {
	switch n := t.at(r); {
	case n == invisible:
		return
	case int(n) > t.codes:
		before := t.specials[int(n)-t.codes-1]
		s = special{before.code, before.separator || s.separator, before.letter || s.letter}
	default:
		s.code = n
	}
	n, ok := known[s]
	if !ok {
		n = uint16(min(t.codes+1+len(t.specials), invisible))
		known[s] = n
		t.specials = append(t.specials, s)
	}
	t.set(r, n)
}

func (t *table) at(r rune) uint16 {
	page := int(r) >> pageBits
	switch {
	case page < bmpPages:
		return t.pages[int(t.bmp[page])<<pageBits|int(r&(pageSize-1))]
	case page-bmpPages < len(t.astral):
		return t.pages[int(t.astral[page-bmpPages])<<pageBits|int(r&(pageSize-1))]
	}
	return 0
}

func (t *table) set(r rune, n uint16) {
	place := t.page(int(r) >> pageBits)
	if *place == 0 {
		*place = uint16(len(t.pages) >> pageBits)
		t.pages = append(t.pages, make([]uint16, pageSize)...)
	}
	t.pages[int(*place)<<pageBits|int(r&(pageSize-1))] = n
}

func (t *table) page(n int) *uint16 {
	if n < bmpPages {
		return &t.bmp[n]
	}
	for len(t.astral) <= n-bmpPages {
		t.astral = append(t.astral, 0)
	}
	return &t.astral[n-bmpPages]
}

// A mark is where a rune stands: its offset shifted by markBits, its size, and insideBit where it is a letter after a
// letter.
type mark int64

const (
	markBits  = 4
	insideBit = 1 << 3
	sizeMask  = insideBit - 1
)

func (m mark) start() int   { return int(m >> markBits) }
func (m mark) end() int     { return int(m>>markBits) + int(m&sizeMask) }
func (m mark) inside() bool { return m&insideBit != 0 }

// read takes runes from s until it ends or codes is full, and returns how many bytes it has taken and how many codes
// there are. Invisible runes have none, and a run of runes in no word has one, together with the separators in it.
// Marks count from base. Unless s is the last there is, the beginning of a rune at its end is left. A byte that is not
// UTF-8 is a rune in no word.
func (t *table) read(codes []uint16, marks []mark, s string, base int, last bool) (taken, n int) {
	pages, ascii := t.pages, t.pages[pageSize:][:utf8.RuneSelf]
	marks = marks[:min(len(marks), len(codes))]
	codes = codes[:len(marks)]
	i, before := 0, uint16(1)
	for i < len(s) && n < len(marks) {
		if i+longRun <= len(s) && s[i] >= 0xe0 {
			taken, end := t.run(codes, marks, n, s[i:], base+i, before)
			if i, n = i+taken, end; n > 0 {
				before = codes[n-1]
			}
			if n == len(marks) {
				break
			}
		}
		var (
			code uint16
			size = 1
		)
		if b := s[i]; b < utf8.RuneSelf {
			code = ascii[b]
		} else if b-0xe1 < 0xed-0xe1 && i+2 < len(s) && (s[i+1]^0x80)|(s[i+2]^0x80) < 0x40 {
			page := int(b&0xf)<<6 | int(s[i+1]&0x3f)
			code, size = pages[int(t.bmp[page])<<pageBits|int(s[i+2]&0x3f)], 3
		} else {
			var r rune
			if r, size = utf8.DecodeRuneInString(s[i:]); r != utf8.RuneError || size > 1 {
				code = t.at(r)
			} else if !last && !utf8.FullRuneInString(s[i:]) {
				break
			}
		}
		codes[n] = code
		marks[n] = mark(base+i)<<markBits | mark(size)
		i += size
		if code == invisible || before == 0 && (code == 0 || code == t.gap) {
			continue
		}
		before = code
		n++
	}
	return i, n
}

// longRun is how many bytes are worth a call of run.
const longRun = 24

// run takes runes of three bytes from s as read does, whose n-th code is the next and which read before last. It stops
// at other runes, and before the last one, whose bytes it cannot read at once.
func (t *table) run(codes []uint16, marks []mark, n int, s string, base int, before uint16) (taken, end int) {
	const (
		known = 0xc0c0f0        // the bits that are known of three bytes, of which the first is the lowest
		three = 0x8080e0        // what they are
		odd   = 1<<0x0 | 1<<0xd // the first bytes, by their other bits, after which not all are a rune
		step  = 3 << markBits
	)
	codes = codes[:len(marks)]
	first := mark(base)<<markBits | 3
	at := first
	for ; len(s) > 3 && n < len(marks); at += step {
		w := uint32(s[0]) | uint32(s[1])<<8 | uint32(s[2])<<16 | uint32(s[3])<<24 // one read
		if w&known != three || odd>>(w&0xf)&1 != 0 {
			break
		}
		s = s[3:]
		code := t.pages[int(t.bmp[w<<6&0x3c0|w>>8&0x3f])<<pageBits|int(w>>16&0x3f)]
		codes[n], marks[n] = code, at
		if code == invisible || before == 0 && (code == 0 || code == t.gap) {
			continue
		}
		before = code
		n++
	}
	return int(at-first) >> markBits, n
}
