package normalize

import "unicode"

// isCJK reports whether r is written without spaces around it: Han, kana, bopomofo and what belongs to them, but not
// punctuation.
func isCJK(r rune) bool {
	switch {
	case r < 0x2E80:
		return false
	case r <= 0x2FDF, 0x3041 <= r && r <= 0x30FF && r != '・' && r != 0x3099 && r != 0x309A, 0x3100 <= r && r <= 0x312F, 0x31A0 <= r && r <= 0x31BF,
		0x31F0 <= r && r <= 0x32FF, 0x3400 <= r && r <= 0x9FFF, 0xF900 <= r && r <= 0xFAFF, 0x20000 <= r && r <= 0x323AF:
		return true
	}
	return r == '々' || r == '〇' || r == '〆'
}

func isLetter(r rune) bool { return 'a' <= r|0x20 && r|0x20 <= 'z' && r < 0x80 }
func isDigit(r rune) bool  { return '0' <= r && r <= '9' }

// isWord reports whether r is an ASCII letter or digit.
func isWord(r rune) bool { return isLetter(r) || isDigit(r) }

// isBlank reports whether r is a space or the end of a line or of the block.
func isBlank(r rune) bool { return r <= ' ' && r >= 0 || r >= 0x80 && unicode.IsSpace(r) }
