package pinyin

import (
	"slices"
	"unicode"
	"unicode/utf8"

	"github.com/zhushou-ai/zhushou/locale/pinyin/internal/reading"
)

// Append appends s in pinyin to dst. It allocates only where dst is too small.
func (c *Converter) Append(dst []byte, s string) []byte {
	if c.Style >= styles || c.Umlaut >= umlauts {
		return dst
	}
	w := writer{forms: formsOf(c.Style, c.Umlaut), separator: c.Separator, skip: c.Skip, words: c.Words,
		apostrophes: c.Words && c.Style <= Plain}
	switch {
	case c.Together:
		w.separator = ""
	case w.separator == "":
		w.separator = " "
	}
	c.read(s, func(units []reading.Unit, end int) bool {
		dst = w.append(dst, s, units, end)
		return true
	})
	return dst
}

// A writer writes units one after the other.
type writer struct {
	forms       []form
	separator   string
	skip        bool
	words       bool
	apostrophes bool

	after after
}

// after is what a unit follows.
type after uint8

const (
	afterOther after = iota
	afterLetter
	afterSyllable
)

// append appends units of s, the last of which ends at end, to dst.
func (w *writer) append(dst []byte, s string, units []reading.Unit, end int) []byte {
	// Of each unit there is at most a separator, or an apostrophe, and a form or its text.
	room := len(units)*(len(w.separator)+1+maxForm+1) + end - units[0].Start
	n := len(dst)
	dst = slices.Grow(dst, room)[:n+room]
	forms, separator, last := w.forms, w.separator, w.after
	single := len(separator) == 1
	for i := range units {
		u := &units[i]
		if u.Sound() == 0 {
			if w.skip {
				continue
			}
			if i+1 < len(units) {
				n, last = w.other(dst, n, last, s[u.Start:units[i+1].Start])
			} else {
				n, last = w.other(dst, n, last, s[u.Start:end])
			}
			continue
		}
		f := &forms[u.Sound()]
		switch {
		case w.words && last == afterSyllable && !u.Begins():
			if w.apostrophes && needsApostrophe(f) {
				dst[n] = '\''
				n++
			}
		case last == afterOther:
		case single:
			dst[n] = separator[0]
			n++
		default:
			n += copy(dst[n:], separator)
		}
		*(*form)(dst[n:]) = *f
		n += f.size()
		last = afterSyllable
	}
	w.after = last
	return dst[:n]
}

// other writes text without reading at dst[n:], and returns where it ends, and what it is to the next unit.
func (w *writer) other(dst []byte, n int, last after, text string) (int, after) {
	r, size := utf8.DecodeRuneInString(text)
	letter := isLetter(r)
	if letter && last == afterSyllable {
		n += copy(dst[n:], w.separator)
	}
	n += copy(dst[n:], text)
	if size < len(text) {
		r, _ = utf8.DecodeLastRuneInString(text)
		letter = isLetter(r)
	}
	if letter {
		return n, afterLetter
	}
	return n, afterOther
}

// isLetter reports whether r is a letter or a digit, which a separator keeps from syllables.
func isLetter(r rune) bool {
	if r < utf8.RuneSelf {
		return asciiLetters[r/64]>>(r%64)&1 != 0
	}
	if r >= '\u2000' && r < '〇' || r >= '\uff00' && r < '０' {
		return false // punctuation of Chinese text and others, no letter among them
	}
	return r != utf8.RuneError && (unicode.IsLetter(r) || unicode.IsDigit(r))
}

// asciiLetters has a bit for each character of ASCII that is a letter or a digit.
var asciiLetters = [2]uint64{0x3ff << '0', 0x3ffffff<<('A'-64) | 0x3ffffff<<('a'-64)}

// needsApostrophe reports whether a syllable after another one of its word is kept apart from it by an apostrophe,
// as those are that begin with a, e or o.
func needsApostrophe(f *form) bool {
	switch r, _ := utf8.DecodeRune(f[:f.size()]); r {
	case 'a', 'e', 'o', 'ā', 'á', 'ǎ', 'à', 'ē', 'é', 'ě', 'è', 'ō', 'ó', 'ǒ', 'ò', 'ê', 'ế', 'ề':
		return true
	}
	return false
}
