package recommend

import (
	"context"

	"github.com/zhushou-ai/zhushou/internal/simd"
	"github.com/zhushou-ai/zhushou/recommend/learn"
)

// followTaste credits what fits the person's taste, as far as it is known from what people do: by what was
// learned, or by the incremental graph where nothing was.
func (r *request) followTaste(ctx context.Context) error {
	if r.followModel() {
		return r.followFresh(ctx)
	}
	r.model = nil
	return r.followNeighbours(ctx)
}

// longestVisit is how many items of a visit are answered by what is proposed for them, without a look at all others.
const longestVisit = 50

// proposer is a learner that can tell what fits a profile without a look at everything.
type proposer interface {
	Propose(to []learn.Hit, profile []learn.Taken, s *learn.Scratch) []learn.Hit
}

// followModel asks the model, and reports whether it had anything to say.
func (r *request) followModel() bool {
	r.model = r.e.model
	if len(r.profile) == 0 || !r.model.ready() {
		return false
	}
	if p, ok := r.model.learner.(proposer); ok && r.visit && len(r.profile) <= longestVisit {
		if r.hits = p.Propose(r.hits[:0], r.profile, &r.learner); len(r.hits) > 0 {
			return r.followProposals()
		}
	}
	scores := r.learnt[:len(r.model.items)]
	r.model.learner.Score(scores, r.profile, &r.learner)
	r.takeOver(scores, learn.Bar)
	for from := 0; from < len(scores); from += scanAtOnce {
		chunk := scores[from:min(from+scanAtOnce, len(scores))]
		r.above = simd.Above(chunk, r.peak.together, r.above[:0])
		for _, i := range r.above {
			r.peakAt(chunk[i], r.model.items[from+int(i)])
		}
	}
	return r.peak.together > 0
}

// followProposals is followModel for what was proposed.
func (r *request) followProposals() bool {
	for _, hit := range r.hits {
		r.few[hit.Item] = hit.Score
	}
	r.takeOver(r.few, 0)
	for _, hit := range r.hits {
		r.peakAt(r.few[hit.Item], r.model.items[hit.Item])
	}
	return r.peak.together > 0
}

// takeOver moves the scores of items that are touched to their cells.
func (r *request) takeOver(scores []float32, gone float32) {
	for _, n := range r.touched {
		if number := r.model.number(n); number >= 0 {
			if c := &r.items[n]; c.open() {
				c.together = max(0, scores[number])
				r.peakAt(c.together, n)
			}
			scores[number] = gone
		}
	}
}

func (r *request) peakAt(score float32, item int32) {
	if score > r.peak.together {
		r.peak.together, r.best = score, item
	}
}

// learntOf returns what the model says of an item that is not touched, at most zero if that is nothing.
func (r *request) learntOf(n int32) float32 {
	number := r.model.number(n)
	switch {
	case number < 0:
		return 0
	case len(r.hits) > 0:
		return r.few[number]
	}
	return r.learnt[number]
}

// followFresh credits items that the model does not know, through the incremental graph. What the graph
// says of the item that the model finds best is the measure for them.
func (r *request) followFresh(ctx context.Context) error {
	g := r.e.graph
	for _, n := range r.e.fresh[max(0, len(r.e.fresh)-maxFresh):] {
		c := r.touch(n)
		if !c.open() || len(g.takers[n]) == 0 {
			continue
		}
		if !g.fresh(n) {
			if err := ctx.Err(); err != nil {
				return err
			}
		}
		c.fresh = r.nearness(n)
		r.peak.fresh = max(r.peak.fresh, c.fresh)
	}
	if r.peak.fresh > 0 {
		r.peak.fresh = max(r.peak.fresh, r.nearness(r.best))
	}
	return ctx.Err()
}

// nearness is what the incremental graph says of an item, by its own list.
func (r *request) nearness(n int32) (sum float32) {
	list := r.e.graph.list(n, &r.tally)
	for _, a := range r.anchors {
		if near, ok := list.of(a.item); ok {
			sum += near.score * float32(a.weight)
		}
	}
	return sum
}

// meet is touch once the model was asked.
func (r *request) meet(n int32) *signals {
	if c := &r.items[n]; c.touched {
		return c
	}
	c := r.touch(n)
	if number := r.model.number(n); number >= 0 {
		c.together = max(0, r.learntOf(n))
		if len(r.hits) > 0 {
			r.few[number] = 0
		} else {
			r.learnt[number] = learn.Bar
		}
	}
	return c
}

// neighbours returns the list of an anchor. Of lists that are out of date only some are built anew by one query, those
// of the newest anchors first, so that it does not take long; the others serve as they are until a later one.
func (r *request) neighbours(item int32) *neighbourList {
	g := r.e.graph
	if !g.fresh(item) {
		if l := g.lists[item].Load(); l != nil && r.rebuilt >= maxRebuilt {
			return l
		}
		r.rebuilt++
	}
	return g.list(item, &r.tally)
}

// followNeighbours credits the items that go with the anchors.
func (r *request) followNeighbours(ctx context.Context) error {
	for _, a := range r.anchors {
		if !r.e.graph.fresh(a.item) {
			if err := ctx.Err(); err != nil { // building may take a while
				return err
			}
		}
		for _, n := range r.neighbours(a.item).items {
			if c := r.touch(n.item); c.open() {
				c.together += n.score * float32(a.weight)
			}
		}
	}
	return ctx.Err()
}

// likeWeight is what a shared feature of a sort says.
func likeWeight(feature string) float64 {
	switch feature[:2] {
	case sortCategory:
		return 1
	case sortTag:
		return 0.8
	case sortBrand:
		return 0.6
	default:
		return 0.3
	}
}

// like works out which features the person likes, from the anchors.
func (r *request) like() {
	c := r.e.catalogue
	for _, a := range r.anchors {
		for _, f := range c.entries[a.item].features {
			if r.likes[f] == 0 {
				r.liked = append(r.liked, f)
			}
			r.likes[f] += float32(a.weight)
		}
	}
	for _, f := range r.liked {
		r.likes[f] *= float32(likeWeight(c.features.names[f]) * c.features.rarity(f, c.listed))
	}
}

// followLikes credits the items that share features with the anchors.
func (r *request) followLikes() {
	r.like()
	c := r.e.catalogue
	best := top{keep: maxLikes, ids: c.features.names}
	for _, f := range r.liked {
		best.push(scored{f, float64(r.likes[f])})
	}
	for _, like := range best.heap {
		for _, n := range c.features.newest(like.item, maxPerFeature) {
			if c := r.meet(n); c.open() {
				c.alike += float32(like.score)
			}
		}
	}
}
