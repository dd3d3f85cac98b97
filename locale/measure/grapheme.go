package measure

import (
	"iter"
	"unicode/utf8"
)

// Graphemes yields the graphemes of s, each with its offset.
func Graphemes(s string) iter.Seq2[int, string] {
	return func(yield func(int, string) bool) {
		t := classes()
		for i := 0; i < len(s); {
			end, _ := t.grapheme(s, i)
			if !yield(i, s[i:end]) {
				return
			}
			i = end
		}
	}
}

// GraphemeCount returns the number of graphemes in s.
func GraphemeCount(s string) int {
	_, count := graphemes(s, len(s))
	return count
}

// CutGraphemes cuts s after n graphemes, or at its end if it has fewer.
func CutGraphemes(s string, n int) (before, after string) {
	end, _ := graphemes(s, n)
	return s[:end], s[end:]
}

// TruncateGraphemes returns s, or as much of its beginning as leaves room for the ellipsis if it has more than n
// graphemes. Of an ellipsis that is itself longer than n, it takes n graphemes.
func TruncateGraphemes(s string, n int, ellipsis string) string {
	ellipsis, _ = CutGraphemes(ellipsis, n)
	room, count := graphemes(s, n-GraphemeCount(ellipsis))
	if more, _ := graphemes(s[room:], n-count); room+more == len(s) {
		return s
	}
	return s[:room] + ellipsis
}

// graphemes returns where the first n graphemes of s end, and how many there are.
func graphemes(s string, n int) (end, count int) {
	p := classes().scan(s, place{}, n, &widths{zeroWide: 1, oneWide: 1, twoWide: 1, ambiguousWide: 1})
	return p.at, p.column
}

// grapheme returns the end of the grapheme that begins at s[i:], which is not empty, and how wide it is shown.
func (t *table) grapheme(s string, i int) (end int, width class) {
	start := i
	c, size := t.at(s, i)
	i += size
	width = c.width()
	if c.plain() && (i == len(s) || s[i] < utf8.RuneSelf) { // nothing of ASCII extends
		return i, width
	}
	last := c.join()
	picture := last == pictograph // and what extends it, so that a joiner may add another one
	for ; i < len(s); i += size {
		c, size = t.at(s, i)
		next := c.join()
		switch {
		case last == regionalIndicator && next == regionalIndicator:
			return t.flagEnd(s, i+size), twoWide
		case next == pictograph && last == zeroWidthJoiner && picture:
			width = twoWide
		case !joins(last, next):
			return i, width
		case next == extend || next == zeroWidthJoiner:
			picture = picture && last != zeroWidthJoiner
		default:
			picture = next == pictograph
		}
		if width == zeroWide {
			width, start = c.width(), i
		}
		if width == oneWide && isVoicing(s[i:i+size]) {
			width = twoWide
		}
		skin := picture && next == extend && c.width() == twoWide
		if skin || s[i:i+size] == emojiStyle && t.hasEmojiStyle(s, start) {
			width = twoWide
		}
		last = next
	}
	return i, width
}

// isVoicing reports whether s is a half-width mark of kana, which has a column of its own behind its letter: ｶﾞ.
func isVoicing(s string) bool { return s == "\uFF9E" || s == "\uFF9F" }

// flagEnd returns the end of the grapheme whose first two characters, the halves of a flag, end at i.
func (t *table) flagEnd(s string, i int) int {
	for i < len(s) {
		c, size := t.at(s, i)
		if !c.extends() {
			break
		}
		i += size
	}
	return i
}

// joins tells whether no boundary is between a character that joins as last and one that joins as next, by the rules
// of UAX #29 that look no further.
func joins(last, next class) bool {
	switch last {
	case carriageReturn:
		return next == lineFeed
	case lineFeed, control:
		return false
	}
	switch next {
	case carriageReturn, lineFeed, control:
		return false
	case extend, zeroWidthJoiner, spacingMark:
		return true
	case hangulL, hangulLV, hangulLVT:
		return last == hangulL || last == prepend
	case hangulV:
		return last == hangulL || last == hangulV || last == hangulLV || last == prepend
	case hangulT:
		return last >= hangulV && last <= hangulLVT || last == prepend
	}
	return last == prepend
}

// emojiStyle asks for the emoji of a character that also has a plain form.
const emojiStyle = "\uFE0F"

// hasEmojiStyle tells whether the character at s[i:] has an emoji form.
func (t *table) hasEmojiStyle(s string, i int) bool {
	b := s[i]
	if b < utf8.RuneSelf {
		return '0' <= b && b <= '9' || b == '#' || b == '*'
	}
	c, _ := t.at(s, i)
	return c.join() == pictograph
}
