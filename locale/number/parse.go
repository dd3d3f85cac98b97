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
func Parse(s string) (Number, error) { return Options{}.Parse(s) }

// Parse is [Parse] under these options. Of the options that concern Find only, it looks at none.
func (o Options) Parse(s string) (Number, error) {
	v, _, err := o.parse(s)
	return v, err
}

// ParseRange is Parse for a number that may be a range: 三到五百, 5-8, 七八百, 十几. It returns the lowest
// and the highest number that may be meant, which are equal if the text means exactly one.
func (o Options) ParseRange(s string) (low, high Number, err error) {
	low, high, err = o.parse(s)
	if err == nil {
		return low, high, nil
	}
	text := strings.TrimSpace(s)
	if utf8.RuneCountInString(text) > maxRunes {
		return low, high, err
	}
	m, ok := o.joinedAt(text, 0)
	if !ok || m.End != len(text) {
		return low, high, err
	}
	return m.Number, m.High, nil
}

func (o Options) parse(s string) (low, high Number, err error) {
	if len(s) > maxRunes && utf8.RuneCountInString(s) > maxRunes {
		return Number{}, Number{}, parseError(s, 0, fmt.Sprintf("longer than %d characters", maxRunes))
	}
	p := o.scanner(strings.TrimRight(s, " \t\r\n\u00a0\u3000"), false)
	start := p.spaces(0)
	if start == len(p.s) {
		return Number{}, Number{}, parseError(s, 0, "no number in an empty text")
	}
	if o.Han {
		for i := start; i < len(p.s); {
			t := next(p.s, i)
			if t.kind == arabic {
				return Number{}, Number{}, parseError(s, i, "an Arabic digit among Chinese numerals")
			}
			i += max(t.width, 1)
		}
	}
	v, end, ok := p.number(start)
	if ok && p.kind == Fraction && p.bareParts(p.unsigned(start)) {
		p.kind = Percent
	}
	switch {
	case ok && end == len(p.s) && p.kind&p.kinds != 0:
		low, high = p.ends(v)
		return low, high, nil
	case ok && end == len(p.s):
		return Number{}, Number{}, parseError(s, start, "a number of another kind")
	case p.reason != "" && (!ok || p.off >= end):
		return Number{}, Number{}, parseError(s, p.off, p.reason)
	case !ok:
		end = start
	}
	r, _ := utf8.DecodeRuneInString(p.s[end:])
	return Number{}, Number{}, parseError(s, end, fmt.Sprintf("%q cannot stand here in a number", r))
}

// unsigned returns the offset behind a sign and words of approximation at i.
func (p *scanner) unsigned(i int) int {
	return p.spaces(skip(p.s, p.before(i), "负", "負", "-", "－", "−", "﹣", "+", "＋"))
}

// DigitByDigit reads s, a run of digits in Chinese characters, as it is written: 零一 is 01 and 一二点三零 is
// 12.30. It is for what only looks like a number, as the numbers of rooms, telephones and versions.
// An error is a [*ParseError].
func DigitByDigit(s string) (string, error) {
	var b strings.Builder
	for i := 0; i < len(s); {
		t := next(s, i)
		switch {
		case t.kind == arabic || t.kind == digit || t.kind == zero || t.kind == spoken:
			b.WriteByte(byte('0' + t.value))
		case t.r == '点' || t.r == '點' || t.r == '.' || t.r == '．':
			b.WriteByte('.')
		case (t.r == '负' || t.r == '負' || t.r == '-') && i == 0:
			b.WriteByte('-')
		default:
			return "", parseError(s, i, fmt.Sprintf("%q is not a digit", t.r))
		}
		i += t.width
	}
	if b.Len() == 0 {
		return "", parseError(s, 0, "no digits in an empty text")
	}
	return b.String(), nil
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
