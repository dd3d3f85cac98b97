package ondevice

import (
	"maps"
	"slices"
)

// A concordance says which tools speak of a word, in their phrases or their descriptions.
type concordance struct {
	words []symbol // ascending
	owned []bool   // for each word whether it is in an example phrase
	tools []uint64 // for each word the set of tools, in so many numbers
	size  int
}

func newConcordance(tools []*tool) concordance {
	s := concordance{size: (len(tools) + 63) / 64}
	all := make(map[symbol]bool) // whether it is in an example phrase
	for _, t := range tools {
		for _, w := range t.known {
			if _, ok := all[w]; !ok {
				all[w] = false
			}
		}
		for i := range t.sample {
			for _, w := range t.sample[i].words {
				all[w] = true
			}
		}
	}
	s.words = slices.Sorted(maps.Keys(all))
	s.owned, s.tools = make([]bool, len(s.words)), make([]uint64, len(s.words)*s.size)
	for i, w := range s.words {
		s.owned[i] = all[w]
	}
	for k, t := range tools {
		for _, w := range t.known {
			s.tools[s.place(w)*s.size+k/64] |= 1 << (k % 64)
		}
	}
	return s
}

// place returns the index of a word, or -1.
func (s *concordance) place(w symbol) int {
	if i, ok := slices.BinarySearch(s.words, w); ok {
		return i
	}
	return -1
}

// by reports whether a tool speaks of the word at an index.
func (s *concordance) by(tool, place int) bool {
	return place >= 0 && s.tools[place*s.size+tool/64]&(1<<(tool%64)) != 0
}
