package script

import "github.com/zhushou-ai/zhushou/internal/decode"

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
	place := openingPlace(first, second)
	o.bits[place/64] |= 1 << (place % 64)
}

// may reports whether a key may begin with r and what is at s[i]. For what has not three bytes, and for compatibility
// characters, which stand for others, it always may.
func (o *openings) may(r rune, s string, i int) bool {
	next := decode.Three(s, i)
	if o.bits == nil || next < 0x800 || next&^0xfff == 0xf000 && next < 0xff00 {
		return true
	}
	place := openingPlace(r, next)
	return o.bits[place/64]>>(place%64)&1 != 0
}

func openingPlace(first, second rune) uint {
	pair := uint64(first)<<32 | uint64(second)
	return uint(pair * 0x9e3779b97f4a7c15 >> (64 - 19))
}
