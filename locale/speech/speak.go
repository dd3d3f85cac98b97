package speech

import (
	"unicode/utf8"

	"github.com/zhushou-ai/zhushou/internal/fold"
)

// Spoken returns the text as it is said: what is written in digits, signs and symbols in words. Words that are added
// are in the script of the text. Bytes that are not UTF-8 stay as they are. A text without anything to say otherwise
// is returned as it is.
func Spoken(s string, p Profile) string {
	if p.Speaking.leaves(s) {
		return s
	}
	out, _ := speak(s, p.Speaking, false)
	return out
}

// SpokenSpans returns the text as it is said, and every part that was rewritten. The spans are ordered, and what is
// between them is the same in both texts.
func SpokenSpans(s string, p Profile) (string, []Span) {
	if p.Speaking.leaves(s) {
		return s, nil
	}
	return speak(s, p.Speaking, true)
}

// leaves reports whether nothing in s can be said otherwise.
func (o *Speaking) leaves(s string) bool { return !o.rewritesText() && firstTrigger(s) == len(s) }

// speaker rewrites one text.
type speaker struct {
	o     Speaking
	words *vocabulary

	given string
	text  string // the folded view, which everything is found in
	back  fold.Map

	out   []byte
	done  int // offset in text up to which out is written
	spans []Span
	want  bool // spans are wanted

	traditional bool // words are added in traditional script
	end         int  // where the last number ended, as far as it may be the left side of a sign
	last        Kind // what the last part was taken for
	negative    bool // the last number was
	toDate      int  // behind a dash that follows a date
	noAddress   int  // up to where no address begins
	formula     int  // up to where a formula goes on
}

func speak(s string, o Speaking, spans bool) (string, []Span) {
	p := speaker{o: o, words: spokenWords(), given: s, want: spans, end: -1}
	p.text, p.back = (fold.Width | fold.Script).String(s)
	p.traditional = !o.Simplify && isTraditional(s)
	p.run()
	if p.out == nil && !o.rewritesText() {
		return s, nil
	}
	p.copyTo(len(p.text))
	return string(p.out), p.spans
}

// run rewrites the text from left to right. Every step moves on and looks only a bounded distance around, but for
// what it then takes.
func (p *speaker) run() {
	for i := 0; i < len(p.text); {
		c := p.text[i]
		switch {
		case isArabic(c):
			i = p.digit(i)
		case isLetter(c):
			i = p.letter(i)
		case wakes[c] == silent && c < utf8.RuneSelf:
			i++
		default:
			i = p.symbol(i)
		}
	}
}

// begin starts to write what the text from i is said as, and returns where in out.
func (p *speaker) begin(i int) {
	if p.out == nil {
		p.out = make([]byte, 0, len(p.given)*2+32)
	}
	p.copyTo(i)
	if p.want {
		p.spans = append(p.spans, Span{Start: p.back.Original(i), OutStart: len(p.out)})
	}
}

// finish ends what begin began: the text up to j has been said.
func (p *speaker) finish(j int, kind Kind) int {
	p.done = j
	p.last = kind
	if p.want {
		s := &p.spans[len(p.spans)-1]
		s.End, s.OutEnd, s.Kind = p.back.Original(j), len(p.out), kind
	}
	return j
}

// replace says the text from i to j as s.
func (p *speaker) replace(i, j int, kind Kind, s string) int {
	p.begin(i)
	p.say(s)
	return p.finish(j, kind)
}

// copyTo writes what is not rewritten before i.
func (p *speaker) copyTo(i int) {
	if i > p.done {
		if p.o.Marks != MarksKeep || p.o.Simplify {
			p.copyChanged(i)
			return
		}
		p.out = append(p.out, p.given[p.back.Original(p.done):p.back.Original(i)]...)
		p.done = i
	}
}

// say writes words of our own, in the script of the text.
func (p *speaker) say(s string) {
	if !p.traditional {
		p.out = append(p.out, s...)
		return
	}
	for _, r := range s {
		p.out = utf8.AppendRune(p.out, traditionalOf(r))
	}
}

func (p *speaker) sayCardinal(ds string) {
	n := len(p.out)
	p.out = appendCardinal(p.out, ds, p.o.Two)
	p.rewrite(n)
}

func (p *speaker) sayDigits(ds string) { p.out = appendDigits(p.out, ds, "一") }

// sayDialled says digits as they are dialled.
func (p *speaker) sayDialled(ds string) {
	one := "幺"
	if p.o.One == Yi {
		one = "一"
	}
	p.out = appendDigits(p.out, ds, one)
}

// rewrite brings what was written from n on into the script of the text.
func (p *speaker) rewrite(n int) {
	if p.traditional {
		said := string(p.out[n:])
		p.out = p.out[:n]
		p.say(said)
	}
}

// at returns the character at i, or 0 outside the text.
func (p *speaker) at(i int) rune {
	if i < 0 || i >= len(p.text) {
		return 0
	}
	if c := p.text[i]; c < utf8.RuneSelf {
		return rune(c)
	}
	r, _ := utf8.DecodeRuneInString(p.text[i:])
	return r
}

// prev returns the character that ends at i, or 0.
func (p *speaker) prev(i int) rune {
	if i <= 0 {
		return 0
	}
	if c := p.text[i-1]; c < utf8.RuneSelf {
		return rune(c)
	}
	r, _ := utf8.DecodeLastRuneInString(p.text[:i])
	return r
}

// byteAt returns the byte at i, or 0 outside the text.
func (p *speaker) byteAt(i int) byte {
	if i < 0 || i >= len(p.text) {
		return 0
	}
	return p.text[i]
}

// digitsFrom returns where the digits that begin at i end.
func (p *speaker) digitsFrom(i int) int {
	for i < len(p.text) && isArabic(p.text[i]) {
		i++
	}
	return i
}

// space returns the offset behind one space at i, or i.
func (p *speaker) space(i int) int {
	if p.byteAt(i) == ' ' {
		return i + 1
	}
	return i
}

func isLetter(c byte) bool { return 'a' <= c|0x20 && c|0x20 <= 'z' }
