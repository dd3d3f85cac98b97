package charset

import (
	"fmt"
	"unicode/utf8"
)

// A DecodeError tells which bytes are no character of a charset.
type DecodeError struct {
	Charset Charset
	Offset  int64  // of the first of Bytes, from the start of the text
	Bytes   []byte // one to four
}

func (e *DecodeError) Error() string {
	return fmt.Sprintf("charset: bytes % X at offset %d are no character of %v", e.Bytes, e.Offset, e.Charset)
}

// An EncodeError tells which character of a string cannot be written.
type EncodeError struct {
	Charset Charset
	Offset  int  // in bytes of the string
	Rune    rune // U+FFFD where the string is not UTF-8
}

func (e *EncodeError) Error() string {
	if e.Rune == utf8.RuneError {
		return fmt.Sprintf("charset: text at offset %d is not UTF-8, or is U+FFFD, and cannot be written in %v", e.Offset, e.Charset)
	}
	return fmt.Sprintf("charset: %v has no code for %q (%U) at offset %d", e.Charset, e.Rune, e.Rune, e.Offset)
}
