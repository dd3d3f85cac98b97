package charset

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/transform"
)

// A decodeFunc turns src into UTF-8 in dst until one of them ends or until bytes follow that are no
// character: then malformed is their number, one or more.
type decodeFunc func(dst, src []byte, atEOF bool) (nDst, nSrc, malformed int, err error)

// An encodeFunc turns UTF-8 into bytes until one of them ends or, with errNoCode, until src[nSrc:] begins
// with a character that has no code.
type encodeFunc func(dst, src []byte, atEOF bool) (nDst, nSrc int, err error)

var errNoCode = errors.New("no code")

const replacement = string(utf8.RuneError)

// A decoder is the transformer around a decodeFunc.
type decoder struct {
	charset Charset
	decode  decodeFunc
	strict  bool  // stop at the first malformed bytes
	begun   bool  // for UTF16: the mark has been looked at
	start   int64 // of the text in the stream, for errors
	offset  int64 // bytes read since
	lost    int   // malformed sequences replaced
}

// Reset makes d ready for another text.
func (d *decoder) Reset() {
	*d = decoder{charset: d.charset, decode: d.charset.codec().decode, strict: d.strict, start: d.start}
}

// Transform is described in [transform.Transformer].
func (d *decoder) Transform(dst, src []byte, atEOF bool) (nDst, nSrc int, err error) {
	if d.charset == UTF16 && !d.begun {
		if len(src) < 2 && !atEOF {
			return 0, 0, transform.ErrShortSrc
		}
		d.begun = true
		switch {
		case hasMark(src, UTF16LE):
			nSrc = 2
		case hasMark(src, UTF16BE):
			nSrc, d.decode = 2, decodeUTF16BE
		}
	}
	for {
		n, m, malformed, err := d.decode(dst[nDst:], src[nSrc:], atEOF)
		nDst, nSrc = nDst+n, nSrc+m
		if malformed > 0 && d.strict {
			at := d.start + d.offset + int64(nSrc)
			return nDst, nSrc, &DecodeError{Charset: d.charset, Offset: at, Bytes: bytes.Clone(src[nSrc : nSrc+malformed])}
		}
		if malformed > 0 && len(dst)-nDst < len(replacement) {
			err = transform.ErrShortDst
		}
		if malformed == 0 || err != nil {
			d.offset += int64(nSrc)
			return nDst, nSrc, err
		}
		nDst += copy(dst[nDst:], replacement)
		nSrc += malformed
		d.lost++
	}
}

func hasMark(b []byte, c Charset) bool {
	mark := codecs[c].bom
	return mark != "" && len(b) >= len(mark) && string(b[:len(mark)]) == mark
}

// An encoder is the transformer around an encodeFunc.
type encoder struct {
	charset Charset
	encode  encodeFunc
	begun   bool // for UTF16: the mark has been written
}

// Reset makes e ready for another text.
func (e *encoder) Reset() { e.begun = false }

// Transform is described in [transform.Transformer].
func (e *encoder) Transform(dst, src []byte, atEOF bool) (nDst, nSrc int, err error) {
	if e.charset == UTF16 && !e.begun {
		if len(dst) < 2 {
			return 0, 0, transform.ErrShortDst
		}
		e.begun = true
		nDst = copy(dst, codecs[UTF16LE].bom)
	}
	n, nSrc, err := e.encode(dst[nDst:], src, atEOF)
	if err == errNoCode {
		r, _ := utf8.DecodeRune(src[nSrc:])
		err = &noCodeError{e.charset, r}
	}
	return nDst + n, nSrc, err
}

// noCodeError is what the wrappers of package encoding know how to replace.
type noCodeError struct {
	charset Charset
	r       rune
}

func (e *noCodeError) Error() string {
	return fmt.Sprintf("charset: %v has no code for %q (%U)", e.charset, e.r, e.r)
}

// Replacement is looked for by [encoding.ReplaceUnsupported] and [encoding.HTMLEscapeUnsupported].
func (e *noCodeError) Replacement() byte { return encoding.ASCIISub }

// copyASCII copies the ASCII that src begins with, as far as dst has room.
func copyASCII(dst, src []byte) int {
	n := min(len(dst), len(src))
	i := 0
	for ; i+8 <= n; i += 8 {
		v := binary.LittleEndian.Uint64(src[i:])
		if v&0x8080808080808080 != 0 {
			break
		}
		binary.LittleEndian.PutUint64(dst[i:], v)
	}
	for ; i < n && src[i] < utf8.RuneSelf; i++ {
		dst[i] = src[i]
	}
	return i
}

// nextRune reads a character that is not ASCII. Its size is 0 when src ends within it and more may come.
func nextRune(src []byte, atEOF bool) (r rune, size int) {
	r, size = utf8.DecodeRune(src)
	if size == 1 && !atEOF && !utf8.FullRune(src) {
		return 0, 0
	}
	return r, size
}

// threeBytes reads a character of three bytes of UTF-8, as nearly all of Chinese text is, or returns 0.
func threeBytes(src []byte) rune {
	if len(src) < 3 || src[0]&0xF0 != 0xE0 || src[1]&0xC0 != 0x80 || src[2]&0xC0 != 0x80 {
		return 0
	}
	r := rune(src[0]&0x0F)<<12 | rune(src[1]&0x3F)<<6 | rune(src[2]&0x3F)
	if r < 0x800 || r&0xF800 == 0xD800 {
		return 0
	}
	return r
}
