package language

import (
	"unicode"
	"unicode/utf8"
)

// Scripts, as far as they are told apart.
const (
	none = iota // no letter
	han
	hiragana
	katakana
	bopomofo
	hangul
	latin
	cyrillic
	arabic
	thai
	unknown
	scripts
)

var scriptNames = [scripts]string{
	han: "Hani", hiragana: "Hira", katakana: "Kana", bopomofo: "Bopo", hangul: "Hang", latin: "Latn", cyrillic: "Cyrl",
	arabic: "Arab", thai: "Thai", unknown: "Zzzz",
}

// A tally is what was counted in a text.
type tally struct {
	letters [scripts]int
	kana    int // letters of kana; の is not one, which Chinese shop signs like too

	chinese, cantonese, japanese int // ideographs that only the one uses

	words            int // in Latin letters
	accented         int // of them, with letters that English has not
	english, foreign int // of them, that are used in every English text, and in that of other languages
}

// count adds what is in s.
func (t *tally) count(s string) {
	marks, words := characters(), commonWords()
	var word [maxWord]byte
	length := 0       // of the word
	accented := false // it
	before := rune(0) // the character before
	end := func() {
		if length == 0 {
			return
		}
		t.words++
		if accented {
			t.accented++
			accented = false
		}
		if length <= maxWord {
			switch words[string(word[:length])] {
			case english:
				t.english++
			case foreign:
				t.foreign++
			}
		}
		length = 0
	}
	for i := 0; i < len(s); {
		r, size := rune(s[i]), 1
		if r >= utf8.RuneSelf {
			r, size = utf8.DecodeRuneInString(s[i:])
		}
		i += size
		script, last := scriptOf(r), before
		t.letters[script]++
		before = r
		switch {
		case script == latin:
			if r >= 0xFF00 {
				r -= 0xFF00 - ' '
			}
			r = unicode.ToLower(r)
			if r >= utf8.RuneSelf {
				if vietnamese(r) {
					t.foreign++
				}
				accented = true
				length += maxWord // is not in the lists
			} else {
				if length < maxWord {
					word[length] = byte(r)
				}
				length++
			}
			continue
		case r == '\'' && length > 0:
			if length < maxWord {
				word[length] = '\''
			}
			length++
			continue
		}
		end()
		switch script {
		case han:
			switch marks.of(r) {
			case onlyChinese:
				t.chinese++
			case onlyCantonese:
				t.cantonese++
			case onlyJapanese:
				t.japanese++
			default:
				if r == '係' && isBeforeCopula(last) {
					t.cantonese++
				}
			}
		case hiragana, katakana:
			if r != 'の' {
				t.kana++
			}
		}
	}
	end()
	t.letters[none] = 0
}

// isBeforeCopula tells whether 係 after r is the Cantonese “is”, and not that of 關係 and 係數.
func isBeforeCopula(r rune) bool {
	switch r {
	case '我', '你', '都', '就', '真', '即', '仲', '邊':
		return true
	}
	return false
}

// vietnamese tells whether r is a letter that only Vietnamese uses much.
func vietnamese(r rune) bool {
	return r == 'ă' || r == 'đ' || r == 'ơ' || r == 'ư' || 0x1EA0 <= r && r <= 0x1EF9
}

// scriptOf returns the script of a letter, and none for what is no letter.
func scriptOf(r rune) int {
	switch {
	case r < utf8.RuneSelf:
		if 'a' <= r|0x20 && r|0x20 <= 'z' {
			return latin
		}
		return none
	case 0x4E00 <= r && r <= 0x9FFF || 0x3400 <= r && r <= 0x4DBF || 0x20000 <= r && r <= 0x3FFFD || r == '〇' || r == '々':
		return han
	case 0x3041 <= r && r <= 0x309F && r != '゛' && r != '゜':
		return hiragana
	case 0x30A1 <= r && r <= 0x30FF && r != '・' || 0x31F0 <= r && r <= 0x31FF || 0xFF66 <= r && r <= 0xFF9D:
		return katakana
	case 0xAC00 <= r && r <= 0xD7A3 || 0x1100 <= r && r <= 0x11FF || 0x3131 <= r && r <= 0x318E:
		return hangul
	case 0x3105 <= r && r <= 0x312F || 0x31A0 <= r && r <= 0x31BF:
		return bopomofo
	case 0xF900 <= r && r <= 0xFAFF:
		return han
	case !unicode.IsLetter(r):
		return none
	case r < 0x250 || 0x1E00 <= r && r <= 0x1EFF || 0xFF21 <= r && r <= 0xFF5A:
		return latin
	case 0x400 <= r && r <= 0x52F:
		return cyrillic
	case 0x600 <= r && r <= 0x6FF || 0x750 <= r && r <= 0x77F:
		return arabic
	case 0xE00 <= r && r <= 0xE7F:
		return thai
	}
	return unknown
}
