package pinyin

import (
	"slices"
	"unicode"
	"unicode/utf8"

	"github.com/zhushou-ai/zhushou/internal/decode"
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
	c.read(s, func(p *reading.Passage) bool {
		dst = w.append(dst, s, p)
		return true
	})
	return w.end(dst)
}

// A writer writes passages one after the other. It writes a separator after every syllable, which is taken back if none
// belongs there.
type writer struct {
	forms       *[maxSyllables]form
	separator   string
	skip        bool
	words       bool
	apostrophes bool

	after after
}

// after is what a place follows.
type after uint8

const (
	afterOther    after = iota
	afterLetter         // with a separator after it
	afterSyllable       // the same
)

// append appends a passage of s to dst.
func (w *writer) append(dst []byte, s string, p *reading.Passage) []byte {
	// Of each place there is at most a separator, or an apostrophe, and a form or its text.
	places := len(p.Sounds)
	room := places*(len(w.separator)+1+maxForm+1) + p.At[places] - p.At[0]
	n := len(dst)
	dst = slices.Grow(dst, room)[:n+room]
	for k := 0; k < places; {
		switch {
		case p.Sounds[k] == 0:
			end := p.End(k)
			if !w.skip {
				n = w.other(dst, n, s, p.At[k], p.At[end])
			}
			k = end
		case w.words || len(w.separator) > 1:
			n = w.syllable(dst, n, p, k)
			k++
		default:
			var written int
			n, written = w.syllables(dst, n, p.Sounds[k:])
			k += written
		}
	}
	return dst[:n]
}

// syllables writes the syllables that sounds begin with at dst[n:], and returns where they end and how many there are. They
// do not follow each other in words, and the separator has at most a byte.
func (w *writer) syllables(dst []byte, n int, sounds []uint16) (int, int) {
	forms, separator := w.forms, byte(0)
	if w.separator != "" {
		separator = w.separator[0]
	}
	written := 0
	for _, sound := range sounds {
		if sound == 0 {
			break
		}
		f := &forms[sound%maxSyllables]
		*(*form)(dst[n : n+maxForm+1 : n+maxForm+1]) = *f // of this length and no more: that takes the least arithmetic
		n += f.size()
		dst[n] = separator
		n += len(w.separator)
		written++
	}
	w.after = afterSyllable
	return n, written
}

// syllable writes the syllable of place k at dst[n:], and returns where it ends.
func (w *writer) syllable(dst []byte, n int, p *reading.Passage, k int) int {
	f := &w.forms[p.Sounds[k]%maxSyllables]
	if w.words && w.after == afterSyllable && !p.Begins(k) {
		n -= len(w.separator)
		if w.apostrophes && needsApostrophe(f) {
			dst[n] = '\''
			n++
		}
	}
	n += copy(dst[n:], f[:f.size()])
	n += copy(dst[n:], w.separator)
	w.after = afterSyllable
	return n
}

// end takes back the separator after the last unit.
func (w *writer) end(dst []byte) []byte {
	if w.after != afterOther {
		dst = dst[:len(dst)-len(w.separator)]
	}
	return dst
}

// other writes the text of s between two offsets, which has no reading, at dst[n:], and returns where it ends.
func (w *writer) other(dst []byte, n int, s string, from, to int) int {
	r, size := decode.Rune(s, from)
	letter := isLetter(r)
	if w.after == afterLetter || w.after == afterSyllable && !letter {
		n -= len(w.separator)
	}
	if size == 3 {
		d := dst[n : n+3]
		d[0], d[1], d[2] = s[from], s[from+1], s[from+2]
	} else {
		copy(dst[n:], s[from:from+size])
	}
	n += size
	if from += size; from < to {
		n += copy(dst[n:], s[from:to])
		r, _ = utf8.DecodeLastRuneInString(s[from:to])
		letter = isLetter(r)
	}
	if !letter {
		w.after = afterOther
		return n
	}
	w.after = afterLetter
	return n + copy(dst[n:], w.separator)
}

// isLetter reports whether r is a letter or a digit, which a separator keeps from syllables.
func isLetter(r rune) bool {
	if uint32(r) < utf8.RuneSelf {
		return asciiLetters[r/64]>>(r%64)&1 != 0
	}
	// Punctuation of Chinese text and others, no letter among them; one comparison, of signs, for both ranges.
	if (('〇'-1-r)|(r-'\u2000'))&(('０'-1-r)|(r-'\uff00')) >= 0 {
		return false
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
