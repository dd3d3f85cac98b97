package measure

import (
	"iter"
	"strings"
)

// Sentences yields the sentences of s, each with its offset. Together they are s: the space after a sentence belongs
// to it, as do closing quotes and repeated marks. A quotation or a bracket of up to 30 characters is not parted.
func Sentences(s string) iter.Seq2[int, string] {
	return func(yield func(int, string) bool) {
		var c cutter
		for i := 0; i < len(s); {
			end, _ := c.next(s[i:], true)
			if !yield(i, s[i:i+end]) {
				return
			}
			i += end
		}
	}
}

// A Sentence is a sentence that a [Splitter] found.
type Sentence struct {
	Text  string
	Start int // offset in all that has been added
}

// End is the offset after the sentence.
func (s Sentence) End() int { return s.Start + len(s.Text) }

// A Splitter finds the sentences of a text that arrives in pieces, such as the answer of a language model. They are
// the same however the text is cut up, even inside a character, as long as Flush is not called before its end. The
// zero Splitter is ready; it must not be copied after first use, and is for one goroutine.
//
// A sentence is finished when what follows shows that it is. So it comes with the first character of the next one,
// and inside an open quotation up to 30 characters later; who has waited long enough calls Flush.
type Splitter struct {
	// MaxRunes bounds the characters of a sentence, and with them what the Splitter keeps. A longer one is cut after
	// the last comma, colon or dash, else at the last space, else after the last 的, 了 or 吗 of its second half, else
	// between any characters; not inside a Latin word or a number that is itself short enough. A mark after the last
	// character stays with it. If zero, sentences have no bound.
	MaxRunes int

	text  strings.Builder
	from  int // where in text the current sentence begins
	start int // its offset in all that has been added
	cutter
}

// Add adds the next piece of the text, and returns the sentences that are now finished.
func (p *Splitter) Add(piece string) []Sentence {
	p.text.WriteString(piece)
	return p.take(false)
}

// Flush ends the text, and returns what has not been returned yet. What is added afterwards is another text, whose
// offsets go on.
func (p *Splitter) Flush() []Sentence {
	all := p.take(true)
	p.cutter = cutter{}
	return all
}

func (p *Splitter) take(final bool) []Sentence {
	p.max = p.MaxRunes
	var all []Sentence
	for {
		rest := p.text.String()[p.from:]
		end, ok := p.next(rest, final)
		if !ok {
			break
		}
		all = append(all, Sentence{rest[:end], p.start})
		p.from, p.start = p.from+end, p.start+end
	}
	if p.from > p.text.Len()/2 { // the rest is copied less often than text is added
		rest := p.text.String()[p.from:]
		p.text.Reset()
		p.text.WriteString(rest)
		p.from = 0
	}
	return all
}
