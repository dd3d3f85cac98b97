// Package view gives the view of a sentence in which it is compared with phrases and names: characters are folded, so
// that script, width, case and the small words of Cantonese make no difference, and what is only written and not said (spaces, sentence marks,
// quotes, emoji, the dot in 马克·吐温) is not there. Marks in numbers stay: 3.5, 8:00, 3~5, -5度.
//
// Of words in Latin letters and of numbers the view knows where they begin and end, though the spaces between them are
// gone.
package view

import (
	"slices"
	"sort"
	"strings"
	"unicode"

	"github.com/zhushou-ai/zhushou/internal/fold"
)

// A Text is a sentence in this view. The zero Text is empty.
type Text struct {
	// Runes are the characters.
	Runes []rune

	at []int // for each of Runes its index in what was read, and the length of that at the end
}

// Of returns the view of a sentence.
func Of(sentence []rune) *Text {
	t := new(Text)
	t.Read(sentence)
	return t
}

// OfString returns the view of a sentence, whose indices are those of its characters and not of its bytes.
func OfString(sentence string) *Text { return Of([]rune(sentence)) }

// Read makes t the view of a sentence. It uses the room that t has.
func (t *Text) Read(sentence []rune) {
	t.Runes, t.at = slices.Grow(t.Runes[:0], len(sentence)), slices.Grow(t.at[:0], len(sentence)+1)
	for i, r := range sentence {
		r = Rune(r)
		if silent(r) && !spoken(r, sentence, i) {
			continue
		}
		t.Runes = append(t.Runes, r)
		t.at = append(t.at, i)
	}
	t.at = append(t.at, len(sentence))
}

// Rune returns a character as it is compared: folded, and a word that only Cantonese writes as the one that means the
// same in Mandarin, so that 取消七点嘅闹钟 fits 取消{time}的闹钟. (係 is not among them: Mandarin has it in 關係.)
func Rune(r rune) rune {
	r = fold.All.Rune(r)
	switch r {
	case '嘅':
		return '的'
	case '咗':
		return '了'
	case '喺':
		return '在'
	case '唔':
		return '不'
	case '嗰', '𠮶':
		return '那'
	case '佢':
		return '它'
	case '冇':
		return '没'
	case '嚟':
		return '来'
	case '啲':
		return '些'
	case '睇':
		return '看'
	case '畀', '俾':
		return '给'
	}
	return r
}

// Index returns the index in t.Runes of the first character that stands at or after index i of the sentence.
func (t *Text) Index(i int) int { return sort.SearchInts(t.at[:len(t.Runes)], i) }

// Within reports whether the sentence has n characters or more.
func (t *Text) Within(n int) bool { return len(t.at) > 0 && n <= t.at[len(t.at)-1] }

// Span returns where in the sentence the characters from i to j of t.Runes stand, without the marks around them. If
// there are none, it is an empty span before the next character.
func (t *Text) Span(i, j int) (start, end int) {
	if i >= j {
		return t.at[i], t.at[i]
	}
	return t.at[i], t.at[j-1] + 1
}

// Parted reports whether a word can end before the character at index i of t.Runes and another one begin with it. Only
// inside a word of Latin letters and inside a number it cannot.
func (t *Text) Parted(i int) bool {
	if i <= 0 || i >= len(t.Runes) || t.at[i] != t.at[i-1]+1 {
		return true
	}
	a, b := t.Runes[i-1], t.Runes[i]
	class := classOf(a)
	return class == other || class != classOf(b) || strings.ContainsRune(dashes, a) || b == '-' || strings.ContainsRune(dashes, b)
}

// dashes stand between two numbers, unlike the sign before one.
const dashes = "~–—"

// String returns a phrase or a name in this view.
func String(s string) string {
	return string(Of([]rune(s)).Runes)
}

// What a character can be part of.
type class uint8

const (
	other class = iota
	letter
	digit
)

func classOf(r rune) class {
	switch {
	case isDigit(r) || strings.ContainsRune(marks, r): // which are here only in numbers
		return digit
	case r < 0x2E80 && unicode.IsLetter(r):
		return letter
	}
	return other
}

func isDigit(r rune) bool { return '0' <= r && r <= '9' }

// marks are the characters that are written and not said, beside spaces and emoji.
const marks = ",.!?;:'\"()[]、。，！？；：·•・…~—–-_“”‘’「」『』《》〈〉（）【】〔〕"

// firstEmoji is where symbols are emoji.
const firstEmoji = 0x1F000

func silent(r rune) bool {
	if r < 0x80 && (isDigit(r) || unicode.IsLetter(r)) || 0x4E00 <= r && r <= 0x9FFF {
		return false
	}
	return strings.ContainsRune(marks, r) || unicode.IsSpace(r) || unicode.Is(unicode.Cf, r) ||
		r >= firstEmoji && unicode.Is(unicode.So, r) || unicode.Is(unicode.Variation_Selector, r)
}

// spoken reports whether a mark is part of a number: between two digits, or the sign before one.
func spoken(mark rune, sentence []rune, i int) bool {
	if i+1 == len(sentence) || !isDigit(fold.All.Rune(sentence[i+1])) {
		return false
	}
	before := ' '
	if i > 0 {
		before = fold.All.Rune(sentence[i-1])
	}
	switch mark {
	case '.', ':', '~', '–', '—', '·':
		return isDigit(before)
	case ',':
		return isDigit(before) && digits(sentence[i+1:]) == 3
	case '-':
		return classOf(before) != letter
	}
	return false
}

// digits returns how many digits text begins with.
func digits(text []rune) int {
	n := 0
	for n < len(text) && isDigit(fold.All.Rune(text[n])) {
		n++
	}
	return n
}
