package measure

import (
	"math/bits"
	"unicode/utf8"
)

// A place is a boundary of graphemes in a text, and what has been measured up to it.
type place struct {
	at     int // offset
	column int // columns before it
	line   int // columns before its line
}

// Widths are the columns of a grapheme by its width, and the distance of tab stops or zero.
type widths [tab + 1]int

const tab = ambiguousWide + 1

// scan moves p as far as its column stays within the limit.
func (t *table) scan(s string, p place, limit int, of *widths) place {
	for start := p.at; p.at < len(s); {
		if p = t.run(s, p, limit, of); p.at == len(s) {
			break
		}
		// A character that extends the one before it makes a grapheme with it, of another width perhaps.
		if k, _ := t.at(s, p.at); k.extends() && p.at > start {
			last, size := utf8.DecodeLastRuneInString(s[:p.at])
			if k := t.of(last); k.plain() {
				p.at, p.column = p.at-size, p.column-of[k.width()]
			}
		}
		end, k := t.grapheme(s, p.at)
		w := of[k]
		if s[p.at] == '\t' && of[tab] > 0 {
			w = of[tab] - (p.column-p.line)%of[tab]
		}
		if w > limit-p.column {
			break
		}
		p.at, p.column = end, p.column+w
		if s[end-1] == '\n' {
			p.line = p.column
		}
	}
	return p
}

// run moves p over line feeds and plain characters of one or three bytes, eight bytes at a glance, till something else
// comes, the limit or the end.
func (t *table) run(s string, p place, limit int, of *widths) place {
	i, column := p.at, p.column
	for i < len(s) && column < limit {
		var b uint64
		if i+8 <= len(s) {
			b = eight(s[i:])
		} else {
			b = rest(s, i)
		}
		if byte(b) < utf8.RuneSelf {
			if n := min(visible(b), limit-column); n > 0 {
				i, column = i+n, column+n
				continue
			}
			if byte(b) != '\n' {
				break
			}
			i, column = i+1, column+of[zeroWide]
			p.line = column
			continue
		}
		r, ok := three(b)
		k := t.below(r)
		w := of[k.width()]
		if !ok || !k.plain() || w > limit-column {
			break
		}
		i, column = i+3, column+w
		r, ok = three(b >> 24)
		k = t.below(r)
		if w = of[k.width()]; ok && k.plain() && w <= limit-column {
			i, column = i+3, column+w
		}
	}
	p.at, p.column = i, column
	return p
}

// three returns the character of three bytes that b begins with, and whether there is one. It lets surrogates pass,
// whose class is not plain.
func three(b uint64) (r rune, ok bool) {
	r = rune(b&0xF<<12 | b>>2&0xFC0 | b>>16&0x3F)
	return r, b&0xC0C0F0 == 0x8080E0 && r >= 0x800
}

// visible returns how many of the first of 8 bytes are visible characters of ASCII. Of the sums and differences of all,
// the first that overflows comes from a byte that is not.
func visible(b uint64) int {
	const each = 0x0101010101010101
	return bits.TrailingZeros64((b|(b+each)|(b-' '*each))&(0x80*each)) / 8
}

// eight returns the first 8 bytes of s.
func eight(s string) uint64 {
	s = s[:8]
	return uint64(s[0]) | uint64(s[1])<<8 | uint64(s[2])<<16 | uint64(s[3])<<24 |
		uint64(s[4])<<32 | uint64(s[5])<<40 | uint64(s[6])<<48 | uint64(s[7])<<56
}

// rest returns the less than 8 bytes of s from i on, with zeros after them.
func rest(s string, i int) uint64 {
	if len(s) >= 8 {
		return eight(s[len(s)-8:]) >> (8 * (i + 8 - len(s)) & 63)
	}
	var b uint64
	for j := len(s) - 1; j >= i; j-- {
		b = b<<8 | uint64(s[j])
	}
	return b
}
