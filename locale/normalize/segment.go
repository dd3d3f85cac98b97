package normalize

import (
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"github.com/zhushou-ai/zhushou/internal/fold"
)

func (f Form) norm() (form norm.Form, ok bool) {
	switch f {
	case NFC:
		return norm.NFC, true
	case NFKC:
		return norm.NFKC, true
	}
	return 0, false
}

// normal appends the normal form of a segment, a character and those that combine with it, to dst, which is empty. What
// the foldings leave may combine anew, as h and U+0331 do where H and U+0331 did not, so it goes on until nothing
// changes.
func (t *table) normal(dst []byte, segment string) []byte {
	form, composes := t.form.norm()
	if composes && t.fold == 0 {
		return form.AppendString(dst, segment)
	}
	kana := !composes && startsWithKana(segment)
	var room [3][96]byte
	current, next, scratch := append(room[0][:0], segment...), room[1][:0], room[2][:0]
	for range 4 {
		next = next[:0]
		if composes {
			next = form.Append(next, current...)
		} else {
			next = append(next, current...)
		}
		if t.fold != 0 {
			scratch = t.folded(scratch[:0], next)
			next, scratch = scratch, next
			if composes && string(next) == string(scratch) {
				break // a form is its own
			}
		}
		if kana {
			next = append(next[:0], norm.NFC.Bytes(next)...)
		}
		if string(next) == string(current) {
			break
		}
		current, next = next, current
	}
	return append(dst, next...)
}

// folded appends text with every character folded.
func (t *table) folded(dst, text []byte) []byte {
	for i := 0; i < len(text); {
		r, size := utf8.DecodeRune(text[i:])
		if to := t.fold.Rune(r); to != r {
			dst = utf8.AppendRune(dst, to)
		} else {
			dst = append(dst, text[i:i+size]...)
		}
		i += size
	}
	return dst
}

// startsWithKana reports whether a segment is kana with half-width marks, which become one even where no form is
// asked for.
func startsWithKana(segment string) bool {
	r, size := utf8.DecodeRuneInString(segment)
	next, _ := utf8.DecodeRuneInString(segment[size:])
	r = fold.Width.Rune(r)
	return '\u3041' <= r && r <= '\u30FF' && (next == halfVoiced || next == halfSemiVoiced)
}
