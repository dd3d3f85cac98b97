package recommend

import (
	"strings"
	"unicode"
)

// Bounds on what is read of a text, in characters and in terms.
const (
	maxIndexed    = 2000
	maxQueryTerms = 64
)

// term is a unit of search: two neighbouring Chinese characters, or a word or number in another
// script. Chinese needs no segmenter this way: a word of two characters is one term, a longer one
// is a chain of them.
type term struct {
	text     string
	from, to int // place in the folded runes
}

// fold brings a text to the form that is compared: lower case, full-width forms as half-width, and at
// most maxIndexed characters.
func fold(s string) []rune {
	runes := make([]rune, 0, min(len(s), maxIndexed))
	for _, r := range s {
		if len(runes) == maxIndexed {
			break
		}
		switch {
		case r == '\u3000':
			r = ' '
		case r >= '！' && r <= '～':
			r -= '！' - '!'
		}
		runes = append(runes, unicode.ToLower(r))
	}
	return runes
}

// terms cuts folded text into its terms, in order, repeats included. A lone Chinese character is a
// term of its own; with singles set every one is, so that an index answers a query of one character.
func terms(runes []rune, singles bool) []term {
	var out []term
	add := func(from, to int) {
		out = append(out, term{string(runes[from:to]), from, to})
	}
	for i := 0; i < len(runes); {
		from := i
		switch r := runes[i]; {
		case unicode.Is(unicode.Han, r):
			for i < len(runes) && unicode.Is(unicode.Han, runes[i]) {
				i++
			}
			for k := from; k < i; k++ {
				if singles || i-from == 1 {
					add(k, k+1)
				}
				if k+1 < i {
					add(k, k+2)
				}
			}
		case wordRune(r):
			for i < len(runes) && wordRune(runes[i]) {
				i++
			}
			add(from, i)
		default:
			i++
		}
	}
	return out
}

func wordRune(r rune) bool {
	return (unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.Is(unicode.Mn, r)) && !unicode.Is(unicode.Han, r)
}

// queryTerms returns the different terms of a query, at most maxQueryTerms.
func queryTerms(text string) (runes []rune, distinct []term) {
	runes = fold(text)
	seen := map[string]bool{}
	for _, t := range terms(runes, false) {
		if !seen[t.text] && len(distinct) < maxQueryTerms {
			seen[t.text] = true
			distinct = append(distinct, t)
		}
	}
	return runes, distinct
}

// matched joins those terms of a query that has reports into the words they cover, such as 保温杯 for
// 保温 and 温杯, and returns the first two words.
func matched(runes []rune, all []term, has func(string) bool) string {
	covered := make([]bool, len(runes)+1)
	for _, t := range all {
		if has(t.text) {
			for i := t.from; i < t.to; i++ {
				covered[i] = true
			}
		}
	}
	var words []string
	for from, i := -1, 0; i < len(covered) && len(words) < 2; i++ {
		switch {
		case covered[i] && from < 0:
			from = i
		case !covered[i] && from >= 0:
			words = append(words, string(runes[from:i]))
			from = -1
		}
	}
	return strings.Join(words, " ")
}
