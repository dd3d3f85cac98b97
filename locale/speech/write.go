package speech

import (
	"strings"
	"sync"
	"unicode/utf8"

	"github.com/zhushou-ai/zhushou/internal/fold"
)

// Written returns the text that a reader expects for what was said: 百分之三十 becomes 30%. Words that merely hold
// a numeral (一起, 万一, 星期三) stay. If nothing is to be rewritten, it returns s itself and does not allocate. Bytes
// that are not UTF-8 stay as they are. It is safe for concurrent use.
func Written(s string, p Profile) string {
	text, _ := write(s, p.Writing, false)
	return text
}

// WrittenSpans is [Written] that also returns every part that was rewritten. The spans are ordered, and what is
// outside of them is the same in both texts.
func WrittenSpans(s string, p Profile) (string, []Span) { return write(s, p.Writing, true) }

// writer rewrites one text. Offsets are in the folded text unless they are said to be in the one given.
type writer struct {
	style Writing
	lex   *lexicon
	given string
	text  string // given in simplified script and half width, rune by rune
	back  fold.Map

	out   []byte // nil until something is rewritten
	piece []byte // what is being written
	done  int    // where text that is not in out yet begins
	floor int    // where text begins that has not been taken for anything yet
	cut   int    // where a number was cut short, see numeral.split
	last  Kind   // of the piece that ends at done, 0 if none does
	keep  bool   // spans are wanted
	spans []Span
}

func write(s string, style Writing, spans bool) (string, []Span) {
	lex := writtenWords()
	start := lex.firstTrigger(s, &style)
	if start == len(s) {
		return s, nil
	}
	w := writer{style: style, lex: lex, given: s, keep: spans, cut: -1}
	if wide(s) {
		w.text, w.back = (fold.Script | fold.Width).String(s)
	} else {
		w.text, w.back = folding.String(s)
	}
	room := rooms.Get().(*[]byte)
	w.piece = (*room)[:0]
	w.run(start)
	*room = w.piece
	rooms.Put(room)
	if w.out == nil {
		return s, nil
	}
	w.out = append(w.out, s[w.origin(w.done):]...)
	return string(w.out), w.spans
}

// rooms are for pieces, which are also written where in the end a word stays.
var rooms = sync.Pool{New: func() any {
	room := make([]byte, 0, 128)
	return &room
}}

// folding leaves case, as codes keep theirs, and width, as nearly every text has marks of full width.
const folding = fold.Script

// wide reports whether a letter or digit of full width is in s.
func wide(s string) bool {
	for {
		i := strings.IndexByte(s, 0xef)
		if i < 0 || i+2 >= len(s) {
			return false
		}
		if lead, c := s[i+1], s[i+2]; lead == 0xbc && (0x90 <= c && c <= 0x99 || 0xa1 <= c && c <= 0xba) || lead == 0xbd && 0x81 <= c && c <= 0x9a {
			return true
		}
		s = s[i+1:]
	}
}

// run goes through the text once. What is read ahead is bounded, or passed over if it is not rewritten.
func (w *writer) run(start int) {
	if w.back != nil {
		start = 0 // the offset was one in the text given
	}
	for i := start; i < len(w.text); {
		c := w.text[i]
		if c < utf8.RuneSelf {
			i++
			continue
		}
		r, size := utf8.DecodeRuneInString(w.text[i:])
		end := i
		if w.style.Acronyms && w.lex.initials.has(r) {
			end = w.acronym(i)
		}
		if end == i && w.lex.triggers.has(r) {
			end = w.at(i, r)
		}
		if end == i && w.style.Fillers != "" && strings.ContainsRune(w.style.Fillers, r) {
			end = i + size
			w.replace(i, end, Phrase)
		}
		if end > i {
			w.floor = end
			i = end
			continue
		}
		i += size
	}
}

// at rewrites what begins at i, or around it, with the character r, and returns where to go on: i if it is nothing.
func (w *writer) at(i int, r rune) int {
	if figure(r) == figureNone {
		return w.link(i)
	}
	switch before, _ := w.before(i); {
	case isDigit(before) && i > w.done, // 3万五: half of it is written already
		before == '几', (before == '数' || before == '百') && figure(r) >= figureTen: // 几十, 百十
		return w.passFigures(i)
	}
	kept, keptEnd, loose := w.kept(i)
	m := w.match(i)
	reach := max(m.end, m.reach)
	if kept < i && !(loose && reach > keptEnd) && !(m.sure && m.start <= kept && m.end >= keptEnd) {
		return keptEnd
	}
	if m.end == 0 {
		return max(keptEnd, w.pass(i))
	}
	if keptEnd > i && keptEnd >= reach && !(m.sure && keptEnd == reach) {
		return keptEnd
	}
	if m.kind != 0 {
		w.replace(m.start, m.end, m.kind)
	}
	return max(m.end, m.next)
}

// match is something that was recognised. Its kind is 0 if it stays as it is; otherwise writer.piece is what it
// becomes.
type match struct {
	start, end int
	reach      int // the end of what makes it one, such as a unit that stays, if that is beyond the end
	next       int // where to go on, if that is beyond the end
	kind       Kind
	sure       bool // even against a word of the same length that usually stays
}

// match tries what a number at i can be.
func (w *writer) match(i int) match {
	w.piece = w.piece[:0]
	if m := w.percent(i); m.end > 0 {
		return m
	}
	n := w.number(i)
	if n.form == noNumber {
		return match{}
	}
	m := w.readings(&n)
	if m.end > 0 && m.kind != 0 {
		w.parted(m.start, &n)
	}
	return m
}

// readings tries what a number can be, the more particular first.
func (w *writer) readings(n *numeral) match {
	if m := w.fraction(n); m.end > 0 {
		return m
	}
	w.piece = w.piece[:0]
	if m := w.date(n); m.end > 0 {
		return m
	}
	w.piece = w.piece[:0]
	if m := w.clock(n); m.end > 0 {
		return m
	}
	w.piece = w.piece[:0]
	if m := w.code(n); m.end > 0 {
		return m
	}
	w.piece = w.piece[:0]
	if m := w.sum(n); m.end > 0 {
		return m
	}
	w.piece = w.piece[:0]
	return w.quantity(n)
}

// parted puts a space between a number and one that was written right before it.
func (w *writer) parted(start int, n *numeral) {
	if start == w.done && w.last != 0 && len(w.out) > 0 && len(w.piece) > 0 && isDigit(rune(w.out[len(w.out)-1])) &&
		isDigit(rune(w.piece[0])) && (!w.style.RunTogether || w.cut == start || w.last == Money) {
		w.piece = append(w.piece, 0)
		copy(w.piece[1:], w.piece)
		w.piece[0] = ' '
	}
	w.cut = -1
	if n.split {
		w.cut = n.end
	}
}

// pass returns the end of the number at i, or i.
func (w *writer) pass(i int) int { return max(w.number(i).end, i) }

// passFigures returns the end of the characters of numbers at i.
func (w *writer) passFigures(i int) int {
	for {
		r, size := w.rune(i)
		if figure(r) == figureNone {
			return i
		}
		i += size
	}
}

// kept returns where the word begins and ends that stays as it is and holds the numeral at i, or i and i.
func (w *writer) kept(i int) (start, end int, loose bool) {
	k := i
	for range keptBefore {
		_, size := w.before(k)
		if size == 0 || k-size < w.floor {
			break
		}
		k -= size
	}
	for ; k <= i; k++ {
		if !utf8.RuneStart(w.text[k]) {
			continue
		}
		if value, size := w.lex.kept.Longest(w.text[k:]); k+size > i {
			return k, k + size, value == keptLoose
		}
	}
	return i, i, false
}

// replace puts the piece in place of text from i to j.
func (w *writer) replace(i, j int, kind Kind) {
	from, to := w.origin(i), w.origin(j)
	if string(w.piece) == w.given[from:to] {
		return
	}
	if w.out == nil {
		w.out = make([]byte, 0, len(w.given))
	}
	w.out = append(w.out, w.given[w.origin(w.done):from]...)
	start := len(w.out)
	w.out = append(w.out, w.piece...)
	w.piece = w.piece[:0]
	w.done, w.last = j, kind
	if w.keep {
		w.spans = append(w.spans, Span{Start: from, End: to, OutStart: start, OutEnd: len(w.out), Kind: kind})
	}
}

// origin returns the offset in the text given.
func (w *writer) origin(i int) int { return w.back.Original(i) }

// source appends the text from i to j to the piece as it was given.
func (w *writer) source(i, j int) { w.piece = append(w.piece, w.given[w.origin(i):w.origin(j)]...) }

// follows reports whether the word ends at i and has not been written yet.
func (w *writer) follows(i int, word string) bool {
	return i-len(word) >= w.done && strings.HasSuffix(w.text[:i], word)
}

// has reports whether the word stands at i.
func (w *writer) has(i int, word string) bool {
	return i <= len(w.text) && strings.HasPrefix(w.text[i:], word)
}

func isDigit(r rune) bool { return '0' <= r && r <= '9' }
func isLatin(r rune) bool { return 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' }
func isHan(r rune) bool {
	return '\u4e00' <= r && r <= '\u9fff' || '\u3400' <= r && r <= '\u4dbf' || r >= 0x20000 && r < utf8.MaxRune
}
