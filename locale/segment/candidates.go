package segment

import "math/bits"

// Candidates are the places of a block at which each rule may begin, a bit for each in words that lie together.
type candidates [(blockSize + 1 + 63) / 64][rules]uint64

// add adds place k for those rules that may begin with one of the traits, without a branch.
func (c *candidates) add(k int, t trait) {
	word := &c[uint(k)/64]
	for rule, traits := range beginning {
		bit := uint64(0)
		if t&traits != 0 {
			bit = 1
		}
		word[rule] |= bit << (uint(k) % 64)
	}
}

// remove takes place k away, for all rules.
func (c *candidates) remove(k int) {
	word := &c[uint(k)/64]
	for rule := range word {
		word[rule] &^= 1 << (uint(k) % 64)
	}
}

// next returns the first place from k on at which the rule may begin, and end if there is none before that.
func (c *candidates) next(r rule, k, end int) int {
	for word := k / 64; word*64 < end; word++ {
		if rest := c[word][r] >> (k % 64); rest != 0 {
			return min(k+bits.TrailingZeros64(rest), end)
		}
		k = word*64 + 64
	}
	return end
}

// clear takes away the places before end.
func (c *candidates) clear(end int) { clear(c[:(end+63)/64]) }
