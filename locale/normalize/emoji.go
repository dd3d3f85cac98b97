package normalize

import (
	_ "embed"
	"fmt"
	"strings"
	"unicode/utf8"
)

// emoji has a line for each range of characters that can begin an emoji: the first, the last, and picture if they are
// shown as pictures by themselves.
//
//go:embed emoji.txt
var emoji string

// eachEmoji calls f with each character that can begin an emoji.
func eachEmoji(f func(r rune, picture bool)) {
	for line := range strings.Lines(emoji) {
		if line[0] == '#' {
			continue
		}
		var first, last rune
		var kind string
		if _, err := fmt.Sscanf(line, "%X %X %s", &first, &last, &kind); err != nil {
			panic("emoji.txt: " + err.Error()) // the file is in the program
		}
		for r := first; r <= last; r++ {
			f(r, kind == "picture")
		}
	}
}

const (
	joiner      = '\u200D'
	textStyle   = '\uFE0E'
	pictureFace = '\uFE0F'
	keycap      = '\u20E3'
	tagFirst    = '\U000E0020'
	tagLast     = '\U000E007E'
	tagEnd      = '\U000E007F'
)

// What an emoji may be made of, at most. Longer ones are several.
const (
	maxJoined = 16
	maxTags   = 32
)

func isRegional(r rune) bool { return '\U0001F1E6' <= r && r <= '\U0001F1FF' }
func isModifier(r rune) bool { return '\U0001F3FB' <= r && r <= '\U0001F3FF' }

// emojiAt returns the length of the emoji that begins at s[i:] with r, of the given size; 0 if it is none.
func (t *table) emojiAt(s string, i int, r rune, size int) int {
	if isRegional(r) {
		if next, n := utf8.DecodeRuneInString(s[i+size:]); isRegional(next) {
			return size + n
		}
		return 0
	}
	end, picture := t.emojiElement(s, i+size, t.at(r)&isPicture != 0)
	for range maxJoined {
		n := follows(s, end, joiner)
		if n == 0 {
			break
		}
		next, size := utf8.DecodeRuneInString(s[end+n:])
		if e := t.at(next); e&startsEmoji == 0 || isRegional(next) {
			break
		}
		end, _ = t.emojiElement(s, end+n+size, false)
		picture = true
	}
	if !picture {
		return 0
	}
	return end - i
}

// emojiElement returns the end of what belongs to the character that ends at s[i:], and whether both are a picture.
func (t *table) emojiElement(s string, i int, picture bool) (int, bool) {
	if r, n := utf8.DecodeRuneInString(s[i:]); isModifier(r) {
		i, picture = i+n, true
	} else if r == pictureFace {
		i, picture = i+n, true
		i += follows(s, i, keycap)
	} else if r == textStyle {
		return i, false
	}
	for end, count := i, 0; picture && count < maxTags; count++ {
		r, n := utf8.DecodeRuneInString(s[end:])
		end += n
		if r == tagEnd {
			return end, true
		}
		if r < tagFirst || tagLast < r {
			break
		}
	}
	return i, picture
}

// keycapAt returns the length of the keycap that begins at s[i:], such as 1️⃣; 0 if there is none.
func keycapAt(s string, i int) int {
	if b := s[i]; b != '#' && b != '*' && (b < '0' || '9' < b) {
		return 0
	}
	end := i + 1
	end += follows(s, end, pictureFace)
	if n := follows(s, end, keycap); n > 0 {
		return end + n - i
	}
	return 0
}

// follows returns the length of r at s[i:], 0 if something else is there.
func follows(s string, i int, r rune) int {
	if next, n := utf8.DecodeRuneInString(s[i:]); next == r {
		return n
	}
	return 0
}
