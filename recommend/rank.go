package recommend

import "math"

// Weights of the signals, each of which is at most 1 after division by its peak.
const (
	togetherWeight = 1
	alikeWeight    = 0.3
	textWeight     = 1.5
	dueWeight      = 0.6
	popularWeight  = 0.05

	// popularRange is how many halvings of the hottest item's popularity count as none.
	popularRange = 24
)

// rank returns the best items that fit the query, best first: Limit of them, or more to choose from
// if the answer is to be diverse. Where the signals do not yield enough, popularity fills up.
func (r *request) rank() []scored {
	e := r.e
	for _, n := range r.touched {
		c := &r.items[n]
		r.peak.together = max(r.peak.together, c.together)
		r.peak.alike = max(r.peak.alike, c.alike)
		if !c.blocked {
			r.peak.text = max(r.peak.text, c.text)
		}
		r.hottest = max(r.hottest, e.trends[n].key)
	}
	keep := r.q.Limit
	if r.q.Diversity > 0 {
		keep = 4*keep + 50
	}
	best := top{keep: keep, ids: e.catalogue.names, heap: r.heapRoom[:0]}
	for _, n := range r.touched {
		s := scored{n, r.score(n)}
		if best.takes(s) && r.fits(n) {
			best.push(s)
		}
	}
	pool := append(r.pool[:0], best.heap...)
	if missing := keep - len(pool); missing > 0 {
		pool = append(pool, r.popular(missing, best.heap[:0])...)
		best.heap = best.heap[:0]
		for _, s := range pool {
			r.hottest = max(r.hottest, e.trends[s.item].key)
		}
		for _, s := range pool {
			best.push(scored{s.item, r.score(s.item)})
		}
	}
	r.pool, r.heapRoom = pool, best.heap
	return best.sorted()
}

// popular returns the most popular items that no signal speaks for, in no order.
func (r *request) popular(keep int, room []scored) []scored {
	best := top{keep: keep, ids: r.e.catalogue.names, heap: room}
	offer := func(n int32) {
		s := scored{n, r.e.trends[n].key}
		if r.refused != nil {
			s.score += math.Log2(r.damping(n))
		}
		if best.takes(s) && r.fits(n) {
			best.push(s)
		}
	}
	if len(r.q.Candidates) > 0 {
		return nil // every candidate is touched, and so ranked already
	}
	for n := range r.e.trends {
		if !r.items[n].touched {
			offer(int32(n))
		}
	}
	return best.heap
}

// fits reports whether an item may be in the answer.
func (r *request) fits(n int32) bool {
	c := &r.items[n]
	return !c.blocked && (c.wanted || len(r.q.Candidates) == 0) && r.q.Filter.allows(&r.e.catalogue.entries[n])
}

// parts returns the weighted signals of an item, whose sum, dampened, is its score.
func (r *request) parts(n int32) (together, alike, text, due, popular float64) {
	c := &r.items[n]
	popular = popularWeight * max(0, 1+(r.e.trends[n].key-r.hottest)/popularRange)
	if math.IsInf(r.hottest, -1) {
		popular = 0
	}
	return togetherWeight * part(c.together, r.peak.together), alikeWeight * part(c.alike, r.peak.alike),
		textWeight * part(c.text, r.peak.text), dueWeight * float64(c.due), popular
}

func part(value, peak float32) float64 {
	if peak == 0 {
		return 0
	}
	return float64(value / peak)
}

func (r *request) score(n int32) float64 {
	together, alike, text, due, popular := r.parts(n)
	return (together + alike + text + due + popular) * r.damping(n)
}

// damping returns what refusals leave of an item's score.
func (r *request) damping(n int32) float64 {
	left := 1.0
	if r.refused == nil {
		return left
	}
	for _, f := range r.e.catalogue.entries[n].features {
		if factor, ok := r.refused[f]; ok {
			left = min(left, factor)
		}
	}
	return left
}

// diversify chooses the answer from the ranked items. With diversity, every item chosen lowers those
// that share a category with it, as maximal marginal relevance does.
func (r *request) diversify(ranked []scored) []scored {
	limit := min(r.q.Limit, len(ranked))
	if r.q.Diversity == 0 {
		return ranked[:limit]
	}
	type option struct {
		value  float64
		shared int // categories that were suggested before, -1 once chosen
	}
	options := make([]option, len(ranked))
	byCategory := map[int32][]int{}
	for i, s := range ranked {
		options[i].value = s.score
		for _, f := range r.e.catalogue.entries[s.item].features {
			if r.e.isCategory(f) {
				byCategory[f] = append(byCategory[f], i)
			}
		}
	}
	chosen := make([]scored, 0, limit)
	for len(chosen) < limit {
		best := -1
		for i, o := range options {
			if o.shared < 0 {
				continue
			}
			if best < 0 || o.value > options[best].value ||
				o.value == options[best].value && o.shared < options[best].shared {
				best = i
			}
		}
		options[best].shared = -1
		chosen = append(chosen, ranked[best])
		for _, f := range r.e.catalogue.entries[ranked[best].item].features {
			for _, i := range byCategory[f] {
				if options[i].shared >= 0 {
					options[i].shared++
					options[i].value *= 1 - r.q.Diversity
				}
			}
		}
	}
	return chosen
}
