package learn

import (
	"cmp"
	"math"
	"slices"

	"github.com/zhushou-ai/zhushou/internal/simd"
)

// Learner scores items for a profile. Learners do not change and may be used by any number of goroutines, each with
// a [Scratch] of its own. What a profile holds that cannot be (items out of range) is passed over.
type Learner interface {
	// Score sets dst[i] to how well item i fits the profile, zero where nothing speaks for it. dst has one number for
	// each item.
	Score(dst []float32, profile []Taken, s *Scratch)
	// Explain returns what carried the score of an item: how much each item of the profile added, the most first. The
	// sum is the score, less what did not come from the profile.
	Explain(profile []Taken, item int32, s *Scratch) []Share
}

// Share is what one item of a profile adds to a score.
type Share struct {
	Item  int32
	Value float32
}

// sortShares puts the greatest share first and drops the empty ones.
func sortShares(shares []Share) []Share {
	shares = slices.DeleteFunc(shares, func(s Share) bool { return s.Value == 0 })
	slices.SortFunc(shares, func(a, b Share) int {
		return cmp.Or(cmp.Compare(b.Value, a.Value), cmp.Compare(a.Item, b.Item))
	})
	return shares
}

// Hit is an item of an answer.
type Hit struct {
	Item  int32
	Score float32
}

// Bar is the score of an item that must not be in the answer.
var Bar = float32(math.Inf(-1))

// Top appends to to the k items with the greatest scores, the best first; of equal scores the item with the lower
// number comes first. Items whose score is [Bar] are left out. It allocates nothing if to has room for k more.
func Top(to []Hit, scores []float32, k int, s *Scratch) []Hit {
	if s.top(scores, k, 0); len(s.rank) < k { // mostly there are enough for which something speaks
		s.top(scores, k, Bar)
	}
	return append(to, s.rank...)
}

// top sets s.rank to the k items with the greatest scores above a bar, the best first.
func (s *Scratch) top(scores []float32, k int, bar float32) {
	const block = 4096
	best := s.rank[:0]
	for from := 0; from < len(scores) && k > 0; from += block {
		part := scores[from:min(from+block, len(scores))]
		if cap(s.met) < block {
			s.met = make([]int32, 0, block)
		}
		for _, i := range simd.Above(part, bar, s.met[:0]) {
			if part[i] <= bar {
				continue
			}
			best = append(best, Hit{int32(from) + i, part[i]})
			if len(best) >= 2*k+64 {
				best = cut(best, k)
				bar = best[k-1].Score
			}
		}
	}
	s.rank = cut(best, k)
}

// cut sorts and keeps the first k.
func cut(best []Hit, k int) []Hit {
	slices.SortFunc(best, func(a, b Hit) int {
		switch {
		case a.Score > b.Score:
			return -1
		case a.Score < b.Score:
			return 1
		}
		return int(a.Item) - int(b.Item)
	})
	return best[:min(k, len(best))]
}
