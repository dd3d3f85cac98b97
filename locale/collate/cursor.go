package collate

import "unicode/utf8"

// A cursor reads the weights of a text. A weight is a primary, which decides first, and a variant, which decides among
// texts whose primaries are all the same.
//
// The bytes of a primary in a key are the upper ones, as many as its first byte says, so that no primary begins with
// another one.
type cursor struct {
	*table
	of     Order
	s      string
	at     int
	around bool   // the order looks around
	end    int    // of the number that is being read, if after at
	as     string // what is still to be read in place of what was at at
	loses  bool   // the weights did not show all that was read
}

func (o Order) cursor(t *table, s string, at int) cursor {
	return cursor{table: t, of: o, s: s, at: at, around: o.looksAround()}
}

// looksAround tells whether the weights of a character depend on others.
func (o Order) looksAround() bool { return o.numeric || o.names || o.readings != nil }

// next returns the next weight. At the end the primary is 0, which is less than any.
func (c *cursor) next() (primary uint32, variant uint8, ok bool) {
	for c.at < len(c.s) || c.as != "" {
		if c.around && c.as == "" && c.at >= c.end {
			if digits := c.lookAround(); digits > 0 {
				return numberLead<<24 | uint32(digits), standard, true
			}
		}
		var r rune
		if c.as != "" {
			r, c.as = first(c.as)
		} else if b := c.s[c.at]; b < utf8.RuneSelf {
			r, c.at = rune(b), c.at+1
		} else {
			var size int
			r, size = utf8.DecodeRuneInString(c.s[c.at:])
			c.at += size
			c.loses = c.loses || r == utf8.RuneError
		}
		if w := c.weight(r); w != 0 {
			primary, variant = uint32(w)&^0xFF, uint8(w)
		} else {
			primary, variant = computed(r)
			c.loses = c.loses || primary == 0 || variant != standard
			if primary == 0 {
				continue
			}
		}
		if primary >= hanLead<<24 && primary < otherLead<<24 {
			primary -= c.of.hanShift << 24
		}
		return primary, variant, true
	}
	return 0, 0, false
}

// first returns the first rune of s and the rest.
func first(s string) (r rune, rest string) {
	r, size := utf8.DecodeRuneInString(s)
	return r, s[size:]
}

// lookAround prepares the reading of a number or of a text that has a reading of its own, if one begins here. Of a
// number it returns the digits that count, which come next.
func (c *cursor) lookAround() (digits int) {
	rest := c.s[c.at:]
	if c.of.numeric {
		if zeros, digits, size := number(rest); size > 0 {
			c.loses = c.loses || zeros > 0
			c.at, c.end = c.at+zeros, c.at+size
			return min(digits, maxDigits)
		}
	}
	size, as := c.of.readings.longest(rest)
	if size == 0 && c.of.names && c.at == 0 {
		size, as = names().longest(rest)
	}
	if size > 0 {
		c.at, c.as, c.loses = c.at+size, as, true
	}
	return 0
}

const maxDigits = 1<<24 - 1

// number returns the size of the number that s begins with, the size of the zeros before the digits that count, and
// how many these are.
func number(s string) (zeros, digits, size int) {
	leading := true
	for size < len(s) {
		n := 1
		b := s[size]
		if b == 0xEF && size+2 < len(s) && s[size+1] == 0xBC { // full-width
			b, n = s[size+2]-0x90+'0', 3
		}
		if b < '0' || b > '9' {
			break
		}
		if leading && b == '0' {
			zeros = size + n
		} else {
			leading = false
			digits++
		}
		size += n
	}
	if digits == 0 && size > 0 { // zero itself
		last := 1
		if s[size-1] != '0' {
			last = 3
		}
		return size - last, 1, size
	}
	return zeros, digits, size
}
