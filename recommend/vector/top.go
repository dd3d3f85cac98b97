package vector

import (
	"cmp"
	"math"
	"slices"
)

// A Hit is a vector that was found.
type Hit struct {
	ID int32 `json:"id"`
	// Score is the cosine or the inner product, by the index's [Metric].
	Score float32 `json:"score"`
}

// compare orders the better hit first: by score, and of two with the same score, the one with the smaller id.
func compare(a, b Hit) int {
	if c := cmp.Compare(b.Score, a.Score); c != 0 {
		return c
	}
	return cmp.Compare(a.ID, b.ID)
}

// best keeps the best of the hits it is offered, as many as hits has room for: a heap with the worst at its root.
type best struct {
	hits []Hit
	keep func(id int32) bool
}

// bar returns what a score must be above to be of interest. An equal score is of interest too, for its id may be smaller.
func (b *best) bar() float32 {
	if !b.full() {
		return float32(math.Inf(-1))
	}
	return math.Nextafter32(b.hits[0].Score, float32(math.Inf(-1)))
}

func (b *best) full() bool { return len(b.hits) == cap(b.hits) }

// offer takes a hit in, unless there are enough better ones or the filter drops it.
func (b *best) offer(hit Hit) {
	full := b.full()
	if full && compare(hit, b.hits[0]) > 0 || b.keep != nil && !b.keep(hit.ID) {
		return
	}
	if full {
		b.hits[0] = hit
		b.sink()
		return
	}
	b.hits = append(b.hits, hit)
	h := b.hits
	for i := len(h) - 1; i > 0; {
		up := (i - 1) / 2
		if compare(h[i], h[up]) < 0 {
			return
		}
		h[i], h[up] = h[up], h[i]
		i = up
	}
}

// sink moves the root to where it belongs.
func (b *best) sink() {
	h := b.hits
	for i := 0; ; {
		worst := 2*i + 1
		if worst >= len(h) {
			return
		}
		if other := worst + 1; other < len(h) && compare(h[other], h[worst]) > 0 {
			worst = other
		}
		if compare(h[i], h[worst]) > 0 {
			return
		}
		h[i], h[worst] = h[worst], h[i]
		i = worst
	}
}

// sorted returns the hits, best first. Nothing can be offered afterwards.
func (b *best) sorted() []Hit {
	slices.SortFunc(b.hits, compare)
	return b.hits
}
