package script

import "unicode/utf8"

// openings are the pairs of characters that keys begin with, as a Bloom filter. Nine in ten characters that begin some
// key begin none where they stand; a look at the filter, which stays in the nearest caches, spares the walk through the
// trie that would tell. The zero openings may be any pair.
type openings struct {
	bits *[openingBits / 64]uint64
}

const openingBits = 1 << 19 // for some 35,000 pairs

func (o *openings) add(first, second rune) {
	if o.bits == nil {
		o.bits = new([openingBits / 64]uint64)
	}
	var b [utf8.UTFMax]byte
	utf8.EncodeRune(b[:], second)
	place := openingPlace(first, b[0], b[1], b[2])
	o.bits[place/64] |= 1 << (place % 64)
}

// may reports whether a key may begin with r and what is at s[i]. For what has not three bytes, and for compatibility
// characters, which stand for others, it always may.
func (o *openings) may(r rune, s string, i int) bool {
	if i+2 >= len(s) || o.bits == nil {
		return true
	}
	a, b, c := s[i], s[i+1], s[i+2]
	if a < 0xe0 || a >= 0xef && (a > 0xef || b < 0xbc) {
		return true
	}
	place := openingPlace(r, a, b, c)
	return o.bits[place/64]>>(place%64)&1 != 0
}

func openingPlace(r rune, a, b, c byte) uint {
	pair := uint64(r)<<24 | uint64(a)<<16 | uint64(b)<<8 | uint64(c)
	return uint(pair * 0x9e3779b97f4a7c15 >> (64 - 19))
}
