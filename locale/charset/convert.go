package charset

import (
	"slices"
	"unicode/utf8"

	"golang.org/x/text/transform"
)

// Encode returns s in c. The error is an [*EncodeError] that names the first character that has no code,
// or the first place that is not UTF-8.
func (c Charset) Encode(s string) ([]byte, error) {
	valid := s
	if !utf8.ValidString(s) {
		valid = s[:invalidAt(s)]
	}
	out, n := encode(c, []byte(valid), func(r rune) []byte { return nil })
	if n < len(s) {
		r, _ := utf8.DecodeRuneInString(s[n:])
		return nil, &EncodeError{Charset: c, Offset: n, Rune: r}
	}
	return out, nil
}

// EncodeLossy returns s in c with a question mark for every character that has no code, and their number.
// Where s is not UTF-8, U+FFFD is written in the charsets that have it.
func (c Charset) EncodeLossy(s string) (b []byte, lost int) {
	b, _ = encode(c, []byte(s), func(rune) []byte {
		lost++
		return []byte{'?'}
	})
	return b, lost
}

// encode converts src until substitute returns nothing for a character without a code.
func encode(c Charset, src []byte, substitute func(rune) []byte) (out []byte, n int) {
	e := encoder{charset: c, encode: c.codec().encode}
	out = make([]byte, 0, len(src)+4)
	for {
		nDst, nSrc, err := e.Transform(out[len(out):cap(out)], src[n:], true)
		out, n = out[:len(out)+nDst], n+nSrc
		switch err := err.(type) {
		case nil:
			return out, n
		case *noCodeError:
			instead := substitute(err.r)
			if instead == nil {
				return out, n
			}
			_, size := utf8.DecodeRune(src[n:])
			out, n = append(out, instead...), n+size
		default: // ErrShortDst
			out = slices.Grow(out, len(src)-n+4)
		}
	}
}

// invalidAt returns where s stops being UTF-8.
func invalidAt(s string) int {
	for i, r := range s {
		if r == utf8.RuneError {
			if _, size := utf8.DecodeRuneInString(s[i:]); size == 1 {
				return i
			}
		}
	}
	return len(s)
}

// Decode returns the text that b holds in c. The error is a [*DecodeError] that names the first bytes that
// are no character.
func (c Charset) Decode(b []byte) (string, error) {
	d := decoder{charset: c, decode: c.codec().decode, strict: true}
	return d.all(b)
}

// DecodeLossy returns the text that b holds in c, with U+FFFD for bytes that are no character, and how often
// it was written.
func (c Charset) DecodeLossy(b []byte) (text string, lost int) {
	d := decoder{charset: c, decode: c.codec().decode}
	text, _ = d.all(b) // only strict decoders fail
	return text, d.lost
}

func (d *decoder) all(src []byte) (string, error) {
	out := make([]byte, 0, len(src)+len(src)/2+4)
	for {
		nDst, nSrc, err := d.Transform(out[len(out):cap(out)], src, true)
		out, src = out[:len(out)+nDst], src[nSrc:]
		switch err {
		case nil:
			return string(out), nil
		case transform.ErrShortDst:
			out = slices.Grow(out, len(src)+len(src)/2+4)
		default:
			return "", err
		}
	}
}
