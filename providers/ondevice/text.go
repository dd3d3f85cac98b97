package ondevice

import (
	"sort"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/zhushou-ai/zhushou/internal/fold"
)

// maxRunes bounds what is taken for a command; longer text is prose.
const maxRunes = 160

// A text is one sentence prepared for understanding: folded characters that still know where they
// stood in the sentence. Spaces are dropped, except between two Latin words.
type text struct {
	raw    string
	runes  []rune
	offset []int   // byte offset of each rune in raw, and one more for the end
	tokens []token // the longest word that starts at each rune

	said *text // what was really said, if this is a gloss of it
	back []int // for each rune, and the end, where it stands in said

	listening *listening // what lists of names have in common with it
	found     *found     // the times and numbers in it, as of an instant
}

func newText(raw string) *text {
	t := &text{raw: raw}
	for i, r := range raw {
		r = foldRune(r)
		if unicode.IsSpace(r) {
			if !t.betweenWords(i) {
				continue
			}
			r = ' '
		}
		t.runes = append(t.runes, r)
		t.offset = append(t.offset, i)
		if len(t.runes) > maxRunes {
			break
		}
	}
	t.offset = append(t.offset, len(raw))
	t.tokens = tokenize(t.runes)
	return t
}

// betweenWords reports whether the space at byte i parts two Latin words.
func (t *text) betweenWords(i int) bool {
	if n := len(t.runes); n == 0 || !isLatin(t.runes[n-1]) {
		return false
	}
	next, _ := utf8.DecodeRuneInString(strings.TrimLeftFunc(t.raw[i:], unicode.IsSpace))
	return isLatin(foldRune(next))
}

// at returns the index of the first rune at or after byte offset b.
func (t *text) at(b int) int { return sort.SearchInts(t.offset[:len(t.runes)], b) }

// start returns the byte offset of a rune in what was said.
func (t *text) start(i int) int {
	if t.said != nil {
		return t.said.start(t.back[i])
	}
	return t.offset[i]
}

// slice returns the original words of the runes [from, to), and their byte offsets without the space
// around them.
func (t *text) slice(from, to int) (s string, start, end int) {
	if t.said != nil {
		return t.said.slice(t.back[from], t.back[to])
	}
	if from >= to {
		return "", t.offset[from], t.offset[from]
	}
	start = t.offset[from]
	_, size := utf8.DecodeRuneInString(t.raw[t.offset[to-1]:])
	end = t.offset[to-1] + size
	return t.raw[start:end], start, end
}

// foldRune maps forms of a character that mean the same in a command to one. It serves comparison only:
// what is handed to a tool keeps the user's own script.
func foldRune(r rune) rune { return fold.All.Rune(r) }

func foldString(s string) []rune {
	out := make([]rune, 0, utf8.RuneCountInString(s))
	for _, r := range s {
		if r = foldRune(r); !unicode.IsSpace(r) {
			out = append(out, r)
		}
	}
	return out
}

func isLatin(r rune) bool {
	return r < utf8.RuneSelf && (unicode.IsLetter(r) || unicode.IsDigit(r))
}
