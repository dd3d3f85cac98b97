package segment

import "math/bits"

// A set has places of a block.
type set [(blockSize + 1 + 63) / 64]uint64

// addIf adds place k if ok, without a branch.
func (s *set) addIf(k int, ok bool) {
	bit := uint64(0)
	if ok {
		bit = 1
	}
	s[k/64] |= bit << (k % 64)
}

func (s *set) remove(k int) { s[k/64] &^= 1 << (k % 64) }

// next returns the first place from k on that is in the set, and end if there is none before that.
func (s *set) next(k, end int) int {
	for word := k / 64; word*64 < end; word++ {
		if rest := s[word] >> (k % 64); rest != 0 {
			return min(k+bits.TrailingZeros64(rest), end)
		}
		k = word*64 + 64
	}
	return end
}

// clear takes away the places before end.
func (s *set) clear(end int) { clear(s[:(end+63)/64]) }
