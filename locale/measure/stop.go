package measure

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// stops tells whether the full stop before s[after:] ends a sentence: not in a number or an address, and not after an
// initial, an abbreviation or the number of a list.
func (c *cutter) stops(s string, after int, final bool) verdict {
	if v := parts(s, after, final); v != yes {
		return v
	}
	r, size, known := peek(s, after, final)
	if r == ' ' {
		r, _, known = peek(s, after+size, final)
	}
	if known == wait {
		return wait
	}
	before := strings.TrimSuffix(strings.TrimSuffix(s[:after], "．"), ".")
	if unicode.IsLower(r) || c.numbersList(before, r) || abbreviates(before[c.first:], r) {
		return no
	}
	return yes
}

// numbersList tells whether text ends with a number that counts the items of a list: one that begins the sentence, or
// that has a space or a comma before it and Chinese after it.
func (c *cutter) numbersList(text string, next rune) bool {
	digits := strings.TrimRight(text, "0123456789０１２３４５６７８９")
	number := text[len(digits):]
	if number == "" || len(number) > 9 || number[0] < 0x80 && len(number) > 3 {
		return false
	}
	last, _ := utf8.DecodeLastRuneInString(digits)
	return len(digits) == c.first || unicode.Is(unicode.Han, next) && (isSpace(last) || isComma(last))
}

// Abbreviations that end with a full stop and do not end a sentence.
const (
	titles   = " mr mrs ms dr prof sr jr st mt gen col capt lt sgt rev hon gov sen rep vs cf eg ie e.g i.e approx dept "
	numbered = " no nos fig figs vol p pp sec ch art eq tab ed jan feb mar apr jun jul aug sep sept oct nov dec "
)

// abbreviates tells whether text ends with an abbreviation, when next follows the full stop.
func abbreviates(text string, next rune) bool {
	start := len(text)
	for start > 0 && len(text)-start < 8 && (isLetter(text[start-1]) || text[start-1] == '.') {
		start--
	}
	word := strings.ToLower(text[start:])
	last := word[strings.LastIndexByte(word, '.')+1:]
	if len(last) == 1 || word == "" {
		return len(last) == 1
	}
	return strings.Contains(titles, " "+word+" ") || unicode.IsDigit(next) && strings.Contains(numbered, " "+word+" ")
}

func isLetter(b byte) bool { return 'a' <= b|0x20 && b|0x20 <= 'z' }
