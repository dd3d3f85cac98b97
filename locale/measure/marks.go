package measure

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// isMark tells whether r ends a sentence wherever it is.
func isMark(r rune) bool {
	switch r {
	case '。', '！', '？', '；', '…', '‥', '｡', '‼', '⁇', '⁈', '⁉':
		return true
	}
	return false
}

// isLatinMark tells whether r can end a sentence, but is also used in Latin words, numbers and addresses.
func isLatinMark(r rune) bool {
	return r == '.' || r == '!' || r == '?' || r == ';' || r == '．'
}

// isComma tells whether r parts a sentence without ending it.
func isComma(r rune) bool {
	switch r {
	case '，', '、', '：', '､', '—', ',', ':', '﹐', '﹑':
		return true
	}
	return false
}

func isLineEnd(r rune) bool {
	return r == '\n' || r == '\r' || r == '\u2028' || r == '\u2029' || r == '\u0085'
}

func isSpace(r rune) bool { return unicode.IsSpace(r) || r == '\u200B' || r == '\uFEFF' }

// pairs are marks that open, each before the one that closes it.
const pairs = "“”‘’「」『』﹁﹂﹃﹄｢｣《》〈〉（）()【】[]〔〕〖〗\"\"＂＂"

// closing returns what closes that which r opens, or 0.
func closing(r rune) rune {
	if r < utf8.RuneSelf && r != '"' && r != '(' && r != '[' || 0x3400 <= r && r < 0xFE00 {
		return 0
	}
	opens, found := true, false
	for _, mark := range pairs {
		if found {
			return mark
		}
		found = opens && mark == r
		opens = !opens
	}
	return 0
}

// isClosing tells whether r closes, and can do nothing else.
func isClosing(r rune) bool {
	return strings.ContainsRune("”’」』﹂﹄｣》〉）)】]〕〗", r)
}

// quotes tells whether what r opens is speech, so that a mark in it can end the sentence around it.
func quotes(r rune) bool { return strings.ContainsRune("“‘「『﹁﹃｢\"＂", r) }

// isWord tells whether r is part of Latin words, numbers or addresses.
func isWord(r rune) bool {
	switch {
	case r < utf8.RuneSelf:
		return r > ' ' && !strings.ContainsRune(",;!?\"()[]", r)
	case r < 0x250:
		return unicode.IsLetter(r)
	}
	return 0xFF10 <= r && r <= 0xFF5A && (unicode.IsLetter(r) || unicode.IsDigit(r)) // full-width
}

// stays tells whether r must not begin a sentence that is only cut because the one before it is too long.
func stays(r rune) bool {
	return isSpace(r) || isMark(r) || isLatinMark(r) || isComma(r) || isClosing(r) || classes().of(r).extends()
}

// places are where a sentence that is too long can be cut, 0 for nowhere.
type places struct{ comma, space, particle, any int }

// best returns the best place, or pos if there is none.
func (p places) best(pos int) int {
	for _, at := range []int{p.comma, p.space, p.particle, p.any} {
		if at > 0 {
			return at
		}
	}
	return pos
}

// before remembers the place before r, at c.pos.
func (c *cutter) before(s string, r rune) {
	last, _ := utf8.DecodeLastRuneInString(s[:c.pos])
	comma := last == ',' || last == ':'
	if stays(r) || last == '\u200D' || closing(last) != 0 || isWord(last) && isWord(r) || comma && '0' <= r && r <= '9' {
		return
	}
	c.any = c.pos
	if comma && c.late() {
		c.comma = c.pos
	}
}

// after remembers the place after r, at c.pos.
func (c *cutter) after(s string, r rune, size int) {
	last, _ := utf8.DecodeLastRuneInString(s[:c.pos])
	switch at := c.pos + size; {
	case !c.late():
	case isComma(r) && r >= utf8.RuneSelf, isSpace(r) && isComma(last):
		c.comma = at
	case isSpace(r):
		c.space = at
	case r == '的' || r == '了' || r == '吗' || r == '嗎':
		c.particle = at
	}
}

// late tells whether c is in the second half of a sentence of the greatest length.
func (c *cutter) late() bool { return c.runes >= c.max/2 }
