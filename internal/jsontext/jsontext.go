// Package jsontext writes JSON for models to read: like encoding/json, but without the escapes that
// only HTML needs, and piece by piece where a whole value would have to be built first.
package jsontext

import (
	"bytes"
	"encoding/json"
	"sync"
	"unicode/utf8"
)

const hexDigits = "0123456789abcdef"

// AppendString appends s as a JSON string. Bytes that are not UTF-8 become U+FFFD. It is kept out of
// line: it has many callers, and would weigh in every program.
//
//go:noinline
func AppendString(b []byte, s string) []byte {
	return append(AppendEscaped(append(b, '"'), s), '"')
}

// AppendEscaped appends what stands between the quotes of a JSON string.
func AppendEscaped(b []byte, s string) []byte {
	start := 0
	for i := 0; i < len(s); {
		c := s[i]
		if c >= utf8.RuneSelf {
			r, size := utf8.DecodeRuneInString(s[i:])
			if r == utf8.RuneError && size == 1 {
				b = append(append(b, s[start:i]...), "\ufffd"...)
				start = i + 1
			}
			i += size
			continue
		}
		if c >= ' ' && c != '"' && c != '\\' {
			i++
			continue
		}
		b = append(b, s[start:i]...)
		switch c {
		case '"', '\\':
			b = append(b, '\\', c)
		case '\n':
			b = append(b, '\\', 'n')
		case '\r':
			b = append(b, '\\', 'r')
		case '\t':
			b = append(b, '\\', 't')
		default:
			b = append(b, '\\', 'u', '0', '0', hexDigits[c>>4], hexDigits[c&15])
		}
		i++
		start = i
	}
	return append(b, s[start:]...)
}

// Marshal is json.Marshal, except that it leaves <, > and & as they are.
func Marshal(v any) ([]byte, error) {
	w := writers.Get().(*writer)
	defer w.release()
	b, err := w.encode(v)
	return bytes.Clone(b), err
}

// MarshalString is Marshal for callers that want a string.
func MarshalString(v any) (string, error) {
	w := writers.Get().(*writer)
	defer w.release()
	b, err := w.encode(v)
	return string(b), err
}

type writer struct {
	buf bytes.Buffer
	enc *json.Encoder
}

var writers = sync.Pool{New: func() any {
	w := new(writer)
	w.enc = json.NewEncoder(&w.buf)
	w.enc.SetEscapeHTML(false)
	return w
}}

// encode returns what is valid until release.
func (w *writer) encode(v any) ([]byte, error) {
	err := w.enc.Encode(v)
	return bytes.TrimSuffix(w.buf.Bytes(), []byte("\n")), err
}

// maxPooled keeps one large value from occupying memory for ever.
const maxPooled = 64 << 10

func (w *writer) release() {
	if w.buf.Cap() <= maxPooled {
		w.buf.Reset()
		writers.Put(w)
	}
}
