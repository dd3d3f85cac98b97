package script

import (
	"unicode/utf8"

	"github.com/zhushou-ai/zhushou/internal/decode"
)

// openings are the pairs of characters that have to be looked at closely, because a key begins with them, as a Bloom
// filter. Nine in ten characters that begin some key begin none where they stand; a look at the filter, which stays in
// the nearest caches, spares the walk through the trie that would tell.
//
// A pair is known by its bytes: a character of three bytes, and one of three or one.
type openings struct {
	bits *[1 << openingBits]uint64
}

const openingBits = 13 // two of 64 bits in one of so many words, for some 40,000 pairs

func newOpenings() openings { return openings{new([1 << openingBits]uint64)} }

func (o openings) clone() openings {
	bits := *o.bits
	return openings{&bits}
}

// add adds a pair. Compatibility characters are read like the common ones that they duplicate.
func (o openings) add(first, second rune) {
	o.addBytes(first, second)
	for _, same := range duplicates()[second] {
		o.addBytes(first, same)
	}
}

func (o openings) addBytes(first, second rune) {
	var room [2 * utf8.UTFMax]byte
	utf8.AppendRune(utf8.AppendRune(room[:0], first), second)
	if pair, ok := pairOf(decode.Eight(string(room[:]), 0)); ok {
		word, a, b := openingPlace(pair)
		o.bits[word] |= 1<<a | 1<<b
	}
}

// may reports whether a key may begin with the character of three bytes at s[i] and the one after it.
func (o openings) may(s string, i int) bool {
	if i+8 > len(s) {
		return true
	}
	pair, ok := pairOf(decode.Eight(s, i))
	return !ok || o.has(pair)
}

func (o openings) has(pair uint64) bool {
	word, a, b := openingPlace(pair)
	return o.bits[word]>>a&(o.bits[word]>>b)&1 != 0
}

// pairOf returns the bytes of the character of three bytes with which bytes begins and of the next one. It returns false
// if that has two bytes or four.
func pairOf(bytes uint64) (uint64, bool) {
	if bytes>>24&threeMask == threeForm {
		return bytes & (1<<48 - 1), true
	}
	return bytes & (1<<32 - 1), bytes>>24&0x80 == 0
}

// openingPlace returns the word of a pair and its bits there.
func openingPlace(pair uint64) (word, a, b uint64) {
	hash := pair * 0x9e3779b97f4a7c15
	return hash >> (64 - openingBits), hash >> (64 - openingBits - 6) & 63, hash >> (64 - openingBits - 12) & 63
}
