package openaiwire

import (
	"encoding/binary"
	"math/bits"
	"unicode/utf8"
)

// A scanner walks over JSON text once. It accepts exactly what encoding/json accepts, or gives up:
// after anything unexpected bad is set, and the results mean nothing.
type scanner struct {
	b   []byte
	i   int
	bad bool
}

// maxSkipDepth bounds the nesting of values that are skipped; deeper ones are left to encoding/json.
const maxSkipDepth = 100

func (s *scanner) give() { s.bad = true }

// peek skips white space and returns the next byte, zero at the end.
func (s *scanner) peek() byte {
	for s.i < len(s.b) {
		c := s.b[s.i]
		if c > ' ' || c != ' ' && c != '\n' && c != '\t' && c != '\r' {
			return c
		}
		s.i++
	}
	return 0
}

// first enters an object and returns its first key; nil if there is none.
func (s *scanner) first() []byte {
	if s.peek() != '{' {
		s.give()
		return nil
	}
	s.i++
	if s.peek() == '}' {
		s.i++
		return nil
	}
	return s.key()
}

// more returns the next key of the object, nil at its end.
func (s *scanner) more() []byte {
	if s.bad {
		return nil
	}
	switch s.peek() {
	case ',':
		s.i++
		return s.key()
	case '}':
		s.i++
		return nil
	}
	s.give()
	return nil
}

// key reads a key and its colon. Keys with escapes are left to encoding/json.
func (s *scanner) key() []byte {
	if s.peek() != '"' {
		s.give()
		return nil
	}
	raw, escaped := s.raw()
	if escaped || s.peek() != ':' {
		s.give()
		return nil
	}
	s.i++
	return raw
}

// enter enters an array and reports whether it has an element.
func (s *scanner) enter() bool {
	if s.peek() != '[' {
		s.give()
		return false
	}
	s.i++
	if s.peek() == ']' {
		s.i++
		return false
	}
	return true
}

// again reports whether the array has another element.
func (s *scanner) again() bool {
	if s.bad {
		return false
	}
	switch s.peek() {
	case ',':
		s.i++
		return true
	case ']':
		s.i++
		return false
	}
	s.give()
	return false
}

// null reads a null if there is one.
func (s *scanner) null() bool {
	if s.peek() != 'n' {
		return false
	}
	s.literal("null")
	return true
}

func (s *scanner) literal(word string) {
	if len(s.b)-s.i < len(word) || string(s.b[s.i:s.i+len(word)]) != word {
		s.give()
		return
	}
	s.i += len(word)
}

const (
	lows  = 0x0101010101010101
	highs = 0x8080808080808080
)

// raw reads a string and returns what stands between its quotes; if escaped, it holds escapes that
// have not been checked. Text that is not UTF-8 is left to encoding/json.
func (s *scanner) raw() (text []byte, escaped bool) {
	b, j := s.b, s.i+1
	start := j
	var high uint64
	for {
		// Eight bytes at a time, up to the first that is a quote, a backslash or a control character.
		// The lowest bit that is set is exact; those above may not be.
		for j+8 <= len(b) {
			w := binary.LittleEndian.Uint64(b[j:])
			quote, slash := w^('"'*lows), w^('\\'*lows)
			hit := ((quote-lows)&^quote | (slash-lows)&^slash | (w-' '*lows)&^w) & highs
			if hit != 0 {
				n := bits.TrailingZeros64(hit) >> 3
				high |= w & (1<<(n*8) - 1)
				j += n
				break
			}
			high |= w
			j += 8
		}
		if j >= len(b) {
			s.give()
			return nil, false
		}
		switch c := b[j]; {
		case c == '"':
			s.i = j + 1
			text = b[start:j]
			if high&highs != 0 && !utf8.Valid(text) {
				s.give()
			}
			return text, escaped
		case c == '\\':
			escaped = true
			j += 2
		case c < ' ':
			s.give()
			return nil, false
		default:
			high |= uint64(c)
			j++
		}
	}
}

// integer reads a whole number; others are left to encoding/json.
func (s *scanner) integer() int {
	neg := s.peek() == '-'
	if neg {
		s.i++
	}
	start, n := s.i, 0
	for s.i < len(s.b) && '0' <= s.b[s.i] && s.b[s.i] <= '9' {
		n = n*10 + int(s.b[s.i]-'0')
		s.i++
	}
	digits := s.i - start
	if digits == 0 || digits > 9 || s.b[start] == '0' && digits > 1 ||
		s.i < len(s.b) && (s.b[s.i] == '.' || s.b[s.i]|0x20 == 'e') {
		s.give()
	}
	if neg {
		return -n
	}
	return n
}

// skip passes over any value.
func (s *scanner) skip(depth int) {
	switch c := s.peek(); {
	case s.bad || depth > maxSkipDepth:
		s.give()
	case c == '"':
		s.skipString()
	case c == 'n':
		s.literal("null")
	case c == 't':
		s.literal("true")
	case c == 'f':
		s.literal("false")
	case c == '-' || '0' <= c && c <= '9':
		s.skipNumber()
	case c == '{':
		for key := s.first(); key != nil; key = s.more() {
			s.skip(depth + 1)
		}
	case c == '[':
		for ok := s.enter(); ok; ok = s.again() {
			s.skip(depth + 1)
		}
	default:
		s.give()
	}
}

func (s *scanner) skipString() {
	raw, escaped := s.raw()
	if !escaped {
		return
	}
	if _, ok := appendUnescaped(nil, raw); !ok {
		s.give()
	}
}

func (s *scanner) skipNumber() {
	if s.b[s.i] == '-' {
		s.i++
	}
	if s.i < len(s.b) && s.b[s.i] == '0' {
		s.i++
	} else if !s.digits() {
		return
	}
	if s.i < len(s.b) && s.b[s.i] == '.' {
		s.i++
		if !s.digits() {
			return
		}
	}
	if s.i < len(s.b) && s.b[s.i]|0x20 == 'e' {
		s.i++
		if s.i < len(s.b) && (s.b[s.i] == '+' || s.b[s.i] == '-') {
			s.i++
		}
		s.digits()
	}
}

// digits passes over one or more digits.
func (s *scanner) digits() bool {
	start := s.i
	for s.i < len(s.b) && '0' <= s.b[s.i] && s.b[s.i] <= '9' {
		s.i++
	}
	if s.i == start {
		s.give()
	}
	return !s.bad
}
