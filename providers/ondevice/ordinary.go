package ondevice

import (
	"unicode"
	"unicode/utf8"

	"github.com/zhushou-ai/zhushou/locale/segment"
)

// ordinary reports whether a text is one word of the dictionary that is no name. It is then hardly a name that
// was misheard: 出门 is not 厦门.
func ordinary(said string) bool {
	if utf8.RuneCountInString(said) < 2 {
		return false
	}
	for t := range segmenter.Cut(said) {
		switch t.Tag {
		case segment.NoTag, segment.Place, segment.Person, segment.Transliterated, segment.Organization, segment.ProperNoun:
			return false
		}
		return t.Text == said
	}
	return false
}

// isNumber reports whether a text is a number that one calls: digits, however they are grouped.
func isNumber(said string) bool {
	digits := 0
	for _, r := range said {
		switch {
		case unicode.IsDigit(r):
			digits++
		case r != ' ' && r != '-' && r != '+':
			return false
		}
	}
	return digits >= leastDigits
}

// leastDigits is that of numbers such as 110.
const leastDigits = 3
