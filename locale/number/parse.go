package number

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

const maxRunes = 256 // of a text given to Parse

// ParseError tells why a text is not a number.
type ParseError struct {
	Input  string // at most 64 characters of the text
	Offset int    // of the first byte that does not fit
	Reason string
}

// Error names the text, the place and the reason.
func (e *ParseError) Error() string {
	return fmt.Sprintf("parse number %q: byte %d: %s", e.Input, e.Offset, e.Reason)
}

// Parse reads s, which must be one number from end to end; white space around it is ignored. See the
// package comment for what is read. The text may have at most 256 characters and an exponent at most
// 1000. An error is always a [*ParseError].
func Parse(s string) (Number, error) {
	if utf8.RuneCountInString(s) > maxRunes {
		return Number{}, parseError(s, 0, fmt.Sprintf("longer than %d characters", maxRunes))
	}
	p := scanner{s: strings.TrimRight(s, " \t\r\n\u00a0\u3000")}
	start := p.spaces(0)
	if start == len(p.s) {
		return Number{}, parseError(s, 0, "no number in an empty text")
	}
	v, end, ok := p.number(start)
	switch {
	case ok && end == len(p.s):
		return v, nil
	case p.reason != "" && (!ok || p.off >= end):
		return Number{}, parseError(s, p.off, p.reason)
	case !ok:
		end = start
	}
	r, _ := utf8.DecodeRuneInString(p.s[end:])
	return Number{}, parseError(s, end, fmt.Sprintf("%q cannot stand here in a number", r))
}

func parseError(s string, off int, reason string) error {
	const keep = 64
	n := 0
	for i := range s {
		if n++; n > keep {
			s = s[:i] + "…"
			break
		}
	}
	return &ParseError{Input: strings.ToValidUTF8(s, "\uFFFD"), Offset: off, Reason: reason}
}
