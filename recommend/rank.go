package recommend

import (
	"math"

	"github.com/zhushou-ai/zhushou/internal/simd"
)

// Weights of the signals, each of which is at most 1 after division by its peak.
const (
	togetherWeight = 1
	alikeWeight    = 0.3
	textWeight     = 1.5
	meantWeight    = 1
	akinWeight     = 0.3
	dueWeight      = 0.6
	popularWeight  = 0.05

	// popularRange is how many halvings of the hottest item's popularity count as none.
	popularRange = 24

	// familiar is how many people an item has to have for what they do to count as much as what it is.
	familiar = 10
	// freshWeight is what an item that came after the learning counts, against one that was learned of; few
	// is how many people halve it.
	freshWeight = 0.9
	few         = 3
)

// rank returns the best items that fit the query, best first: keep of them, or fewer if no more fit. Where
// the signals do not yield enough, popularity fills up.
func (r *request) rank(keep int) []scored {
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
	best := top{keep: keep, ids: e.catalogue.names, heap: r.heapRoom[:0]}
	for _, n := range r.touched {
		s := scored{n, r.score(n)}
		if best.takes(s) && r.fits(n) {
			best.push(s)
		}
	}
	r.rankLearnt(&best)
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

// rankLearnt offers the items for which the model alone speaks.
func (r *request) rankLearnt(best *top) {
	if r.model == nil {
		return
	}
	if len(r.hits) > 0 {
		for _, hit := range r.hits {
			if score := r.few[hit.Item]; score > 0 {
				r.offer(best, hit.Item, score)
			}
		}
		return
	}
	scores := r.learnt[:len(r.model.items)]
	for from := 0; from < len(scores); from += scanAtOnce {
		chunk := scores[from:min(from+scanAtOnce, len(scores))]
		var least float32 // what is not above it cannot enter
		if len(best.heap) == best.keep && best.keep > 0 {
			least = max(0, float32(best.heap[0].score/r.lift)*r.peak.together*(1-1e-6))
		}
		r.above = simd.Above(chunk, least, r.above[:0])
		for _, i := range r.above {
			r.offer(best, int32(from)+i, chunk[i])
		}
	}
}

// offer ranks an item, by the model's number, for which the model alone speaks.
func (r *request) offer(best *top, number int32, score float32) {
	s := scored{item: r.model.items[number]}
	s.score = togetherWeight * part(score, r.peak.together)
	if r.changes() {
		s.score *= r.damping(s.item)
	}
	if best.takes(s) && r.fits(s.item) {
		best.push(s)
	}
}

// changes reports whether damping can be other than 1.
func (r *request) changes() bool {
	return r.refused != nil || len(r.rules.Boosts) > 0 || r.rules.Freshness > 0
}

// popular returns the most popular items that no signal speaks for, in no order.
func (r *request) popular(keep int, room []scored) []scored {
	best := top{keep: keep, ids: r.e.catalogue.names, heap: room}
	if len(r.q.Candidates) > 0 {
		return nil // every candidate is touched, and so ranked already
	}
	for i := range r.e.trends {
		n := int32(i)
		if r.items[n].touched || r.learntOf(n) > 0 {
			continue
		}
		s := scored{n, r.e.trends[n].key}
		if r.changes() {
			s.score += math.Log2(r.damping(n))
		}
		if best.takes(s) && r.fits(n) {
			best.push(s)
		}
	}
	return best.heap
}

// fits reports whether an item may be in the answer.
func (r *request) fits(n int32) bool {
	c := &r.items[n]
	e := &r.e.catalogue.entries[n]
	return !c.blocked && !c.pinned && (c.wanted || len(r.q.Candidates) == 0) && r.q.Filter.allows(e) &&
		(r.rules.Block.isZero() || !r.rules.Block.has(&e.item))
}

// parts are the weighted signals of an item, whose sum, dampened, is its score.
type parts struct{ together, alike, text, meant, akin, due, popular float64 }

func (p *parts) sum() float64 {
	return p.together + p.alike + p.text + p.meant + p.akin + p.due + p.popular
}

// parts returns those of an item.
func (r *request) parts(n int32) (p parts) {
	c := &r.items[n]
	learnt := c.together
	if !c.touched {
		learnt = max(0, r.learntOf(n))
	}
	p.together = togetherWeight * part(learnt, r.peak.together)
	p.alike = alikeWeight * part(c.alike, r.peak.alike)
	p.akin = akinWeight * float64(c.akin)
	people := float64(len(r.e.graph.takers[n]))
	if r.model.number(n) >= 0 {
		p.alike *= familiar / (familiar + people)
		p.akin *= familiar / (familiar + people)
	} else if r.model != nil {
		p.together = freshWeight * part(c.fresh, r.peak.fresh) * people / (few + people)
	}
	if !math.IsInf(r.hottest, -1) && (r.model == nil || p.together == 0) {
		p.popular = popularWeight * max(0, 1+(r.e.trends[n].key-r.hottest)/popularRange)
	}
	p.text = textWeight * part(c.text, r.peak.text)
	p.meant = meantWeight * float64(c.meant)
	p.due = dueWeight * float64(c.due)
	return p
}

func part(value, peak float32) float64 {
	if peak == 0 {
		return 0
	}
	return float64(value / peak)
}

// score is what an item is ordered by.
func (r *request) score(n int32) float64 {
	p := r.parts(n)
	score := p.sum() * r.damping(n)
	if r.matches(n) {
		score += r.lead()
	}
	return score
}

// matches reports whether an item has words of the query's text or means something like it.
func (r *request) matches(n int32) bool {
	c := &r.items[n]
	return c.text > 0 || c.meant > 0
}

// lead is what brings the items that match the query's text before all others: no less than these can have.
func (r *request) lead() float64 {
	return (togetherWeight + alikeWeight + akinWeight + dueWeight + popularWeight) * r.lift
}

// damping returns what refusals leave of an item's score and what rules make of it, as a factor.
func (r *request) damping(n int32) float64 {
	if !r.changes() {
		return 1
	}
	left := 1.0
	for _, f := range r.e.catalogue.entries[n].features {
		if factor, ok := r.refused[f]; ok {
			left = min(left, factor)
		}
	}
	return left * r.rules.lift(&r.e.catalogue.entries[n].item, r.now)
}
