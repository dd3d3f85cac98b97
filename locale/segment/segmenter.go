package segment

import (
	"iter"

	"github.com/zhushou-ai/zhushou/locale/internal/cut"
)

// A Segmenter cuts texts into words. The zero Segmenter cuts precisely, with the rules. It is safe for concurrent use
// as long as its fields do not change.
type Segmenter struct {
	// Mode says which words Cut yields.
	Mode Mode

	// Dictionary has words of the caller's. If nil, there are none.
	Dictionary *Dictionary

	// DictionaryOnly switches off the rules for numbers, times, names and suffixes, so that words are those of the
	// dictionary: on text in simplified characters the same as jieba's without its hidden Markov model.
	DictionaryOnly bool
}

// A Mode says which words are wanted.
type Mode uint8

// The modes.
const (
	// Precise yields tokens that follow each other and are the whole text.
	Precise Mode = iota

	// Search yields, before each word of the precise mode, the words of two and three characters that lie in it.
	Search

	// Full yields every word that the dictionary has in the text, however they overlap.
	Full
)

// Words returns the words of s, and what is between them, in their order: s cut into pieces.
func Words(s string) []string {
	words := make([]string, 0, len(s)/5+1)
	for token := range (&Segmenter{}).Cut(s) {
		words = append(words, token.Text)
	}
	return words
}

// Cut yields the tokens of s in their order. Yielding does not allocate.
func (g *Segmenter) Cut(s string) iter.Seq[Token] {
	return func(yield func(Token) bool) {
		g.cut(s, func(tokens []Token) bool {
			for i := range tokens {
				if !yield(tokens[i]) {
					return false
				}
			}
			return true
		})
	}
}

// Batches yields what [Segmenter.Cut] does, some hundreds of tokens at a time, which takes less time than one by one. A
// batch is valid until the next one.
func (g *Segmenter) Batches(s string) iter.Seq[[]Token] {
	return func(yield func([]Token) bool) { g.cut(s, yield) }
}

// Parts yields what [Segmenter.Cut] does in the precise mode, for packages of this module; others cannot import the form
// that it has. A part is valid until the next one.
func (g *Segmenter) Parts(s string) iter.Seq[*cut.Part] {
	return func(yield func(*cut.Part) bool) {
		b := newBlock(s, g, Precise)
		for i := 0; i < len(s); {
			i = b.next(i)
			if !yield(b.emitPart()) {
				break
			}
		}
		b.release()
	}
}

func (g *Segmenter) cut(s string, yield func([]Token) bool) {
	b := newBlock(s, g, g.Mode)
	for i := 0; i < len(s); {
		i = b.next(i)
		if !yield(b.emit()) {
			break
		}
	}
	b.release()
}
