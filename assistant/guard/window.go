package guard

import (
	"strings"
	"unicode/utf8"
)

// A window is text that is added at its end and taken at its beginning. What was taken stays valid. It allocates once in
// some thousand bytes, and not at all while everything is taken at once.
type window struct {
	whole string // the text, while it is one piece that was added
	b     strings.Builder
	from  int // of the text in b
}

const windowSize = 2048

func (w *window) text() string {
	if w.whole != "" {
		return w.whole
	}
	return w.b.String()[w.from:]
}

func (w *window) add(piece string) {
	if w.whole == "" && w.from == w.b.Len() {
		w.whole = piece
		return
	}
	old := w.text()
	if w.whole != "" || w.b.Cap()-w.b.Len() < len(piece) {
		if w.whole == "" || w.b.Cap()-w.b.Len() < len(old)+len(piece) {
			w.b.Reset()
			w.b.Grow(max(windowSize, 2*(len(old)+len(piece))))
		}
		w.from = w.b.Len()
		w.b.WriteString(old)
		w.whole = ""
	}
	w.b.WriteString(piece)
}

// head returns the first n bytes.
func (w *window) head(n int) string { return w.text()[:n] }

// take removes the first n bytes and returns them.
func (w *window) take(n int) string {
	s := w.text()[:n]
	if w.whole != "" {
		w.whole = w.whole[n:]
	} else {
		w.from += n
	}
	return s
}

// unfinished returns how many bytes at the end of s are the beginning of a character.
func unfinished(s string) int {
	for n := 1; n <= min(len(s), utf8.UTFMax-1); n++ {
		if b := s[len(s)-n]; utf8.RuneStart(b) {
			if !utf8.FullRuneInString(s[len(s)-n:]) {
				return n
			}
			return 0
		}
	}
	return 0
}
