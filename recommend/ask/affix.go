package ask

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

func endsAny(s string, suffixes ...string) bool {
	for _, x := range suffixes {
		if strings.HasSuffix(s, x) {
			return true
		}
	}
	return false
}

func startsAny(s string, prefixes ...string) bool {
	for _, x := range prefixes {
		if strings.HasPrefix(s, x) {
			return true
		}
	}
	return false
}

// trimAny takes the words off the end of s, as often as they are there.
func trimAny(s string, words ...string) string {
	for again := true; again; {
		again = false
		for _, w := range words {
			if rest, ok := strings.CutSuffix(s, w); ok {
				s, again = rest, true
			}
		}
	}
	return s
}

// endsClause reports whether s goes on with the end of a clause, after a particle at most.
func endsClause(s string) bool {
	s = strings.TrimLeft(s, "了啊呀哦吧呢啦哈 ")
	r, _ := utf8.DecodeRuneInString(s)
	return s == "" || unicode.IsPunct(r)
}

func startsLatin(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.IsLetter(r) && !unicode.Is(unicode.Han, r)
}

func endsLatin(s string) bool {
	r, _ := utf8.DecodeLastRuneInString(strings.TrimRight(s, " "))
	return unicode.IsLetter(r) && !unicode.Is(unicode.Han, r)
}
