package recommend

import (
	"iter"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/zhushou-ai/zhushou/internal/fold"
	"github.com/zhushou-ai/zhushou/locale/segment"
)

// Bounds on what is read of a text, in bytes and in terms.
const (
	maxIndexed    = 6000
	maxQueryTerms = 64
)

// term is a unit of search: a word of a text. What is indexed has also each Chinese character and each part of
// a name such as usb-c.
type term struct {
	text     string
	from, to int // place in the folded text, in bytes
}

// folded brings a text to the form that is compared: simplified characters, lower case, full-width forms as
// half-width, and at most maxIndexed bytes.
func folded(s string) string {
	if s == "" {
		return ""
	}
	if len(s) > maxIndexed {
		s = s[:maxIndexed]
		for len(s) > 0 && !utf8.RuneStart(s[len(s)-1]) {
			s = s[:len(s)-1]
		}
		if r, _ := utf8.DecodeLastRuneInString(s); r == utf8.RuneError && len(s) > 0 {
			s = s[:len(s)-1]
		}
	}
	s, _ = fold.All.String(s)
	return s
}

// searching cuts a text into its words and the shorter words in them.
var searching = &segment.Segmenter{Mode: segment.Search}

// functionWords are parts of speech that say nothing of what is wanted, as the dictionary writes them.
const functionWords = " c d e f k m o p q r u ud ug uj ul uv uz y "

// indexTerms returns the terms of a text under which it is found, repeats included: its words, and each of
// its Chinese characters.
func indexTerms(text string) []string {
	if text == "" {
		return nil
	}
	var out []string
	for token := range searching.Cut(text) {
		if !telling(token) {
			continue
		}
		out = append(out, token.Text)
		switch {
		case token.Class == segment.Word && utf8.RuneCountInString(token.Text) > 1:
			for _, r := range token.Text {
				out = append(out, string(r))
			}
		case token.Class == segment.Latin:
			for part := range latinParts(token.Text) {
				out = append(out, part)
			}
		}
	}
	return out
}

// latinParts yields the parts of a token such as usb-c, if there are several.
func latinParts(token string) iter.Seq[string] {
	return func(yield func(string) bool) {
		for part := range strings.FieldsFuncSeq(token, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }) {
			if len(part) < len(token) && !yield(part) {
				return
			}
		}
	}
}

func telling(t segment.Token) bool {
	return t.Class == segment.Word || t.Class == segment.Number || t.Class == segment.Latin || t.Class == segment.Emoji
}

// queryTerms returns the different terms of a query, at most maxQueryTerms. Function words are left out
// unless there is nothing else.
func queryTerms(text string) (whole string, distinct []term) {
	whole = folded(text)
	seen := map[string]bool{}
	add := func(t segment.Token) {
		if !seen[t.Text] && len(distinct) < maxQueryTerms {
			seen[t.Text] = true
			distinct = append(distinct, term{t.Text, t.Start, t.End()})
		}
	}
	for t := range searching.Cut(whole) {
		if telling(t) && !(t.Class == segment.Word && strings.Contains(functionWords, " "+t.Tag.String()+" ")) {
			add(t)
		}
	}
	if len(distinct) > 0 {
		return whole, distinct
	}
	for t := range searching.Cut(whole) {
		if telling(t) {
			add(t)
		}
	}
	return whole, distinct
}

// matched joins those terms of a query that has reports into the words they cover, such as 保温杯 for
// 保温 and 杯, and returns the first two words.
func matched(whole string, all []term, has func(string) bool) string {
	covered := make([]bool, len(whole)+1)
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
			words = append(words, whole[from:i])
			from = -1
		}
	}
	return strings.Join(words, " ")
}
