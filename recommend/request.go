package recommend

import (
	"context"
	"fmt"
	"math"
	"time"
)

// Bounds on what one query reads.
const (
	maxAnchors      = 100  // newest items of a person that speak for others
	maxLikes        = 32   // features of these that are followed
	maxPerFeature   = 1000 // newest items of a feature
	maxPerTerm      = 5000 // newest items with a term
	bodyWeight      = 0.4  // a term in the text counts less than in the title
	recentStrength  = 3    // of the newest of Query.Recent; about a purchase of today
	recentFade      = 0.85 // from each of Query.Recent to the one before it
	refusalFactor   = 0.5  // what a refusal leaves of its categories' scores, while it is new
	refusalFloor    = 0.1  // what any number of refusals leave
	rebuyEarliest   = 0.8  // of the usual interval: when a consumable is due again
	rebuyFull       = 2    // intervals until interest in buying again starts to wane
	secondsPerDay   = 24 * 60 * 60
	newArrivalsDays = 30
)

// anchor is an item that speaks for its neighbours.
type anchor struct {
	item   int32
	weight float64
}

// request is the state of one query.
type request struct {
	*scratch
	e       *Engine
	q       *Query
	now     int64
	anchors []anchor
	refused map[int32]float64 // by category: what is left of its items' scores
	runes   []rune            // of the query's text
	terms   []term
	peak    signals // the highest of each signal in this answer
	hottest float64 // the highest trend key
}

// Recommend answers a query; see [Query] and [Recommender]. An error wraps [ErrInvalid] if the query
// is malformed, or is that of ctx.
func (e *Engine) Recommend(ctx context.Context, q Query) ([]Suggestion, error) {
	if err := q.Validate(); err != nil {
		return nil, fmt.Errorf("recommend: query: %w", err)
	}
	if q.Limit == 0 {
		q.Limit = DefaultLimit
	}
	if q.Now.IsZero() {
		q.Now = time.Now()
	}
	if q.NonPersonal {
		q.User, q.Recent, q.Context = "", nil, nil
	}
	e.mu.RLock()
	defer e.mu.RUnlock()
	r := &request{scratch: e.borrow(), e: e, q: &q, now: q.Now.Unix(), hottest: math.Inf(-1)}
	defer e.giveBack(r.scratch)

	r.readLists()
	r.readHistory()
	if err := r.followNeighbours(ctx); err != nil {
		return nil, fmt.Errorf("recommend: query: %w", err)
	}
	r.followLikes()
	r.search()
	picks := r.diversify(r.rank())
	out := make([]Suggestion, len(picks))
	for i, p := range picks {
		out[i] = Suggestion{Item: e.catalogue.names[p.item], Score: p.score, Reasons: r.explain(p)}
	}
	return out, nil
}

// readLists takes in Recent, Exclude and Candidates.
func (r *request) readLists() {
	ids := r.e.catalogue.ids
	weight := float64(recentStrength)
	for i := len(r.q.Recent) - 1; i >= 0; i-- {
		n, ok := ids[r.q.Recent[i]]
		if !ok {
			continue
		}
		r.touch(n).blocked = true
		if len(r.anchors) < maxAnchors {
			r.anchors = append(r.anchors, anchor{n, weight})
			weight *= recentFade
		}
	}
	for _, id := range r.q.Exclude {
		if n, ok := ids[id]; ok {
			r.touch(n).blocked = true
		}
	}
	for _, id := range r.q.Candidates {
		if n, ok := ids[id]; ok {
			r.touch(n).wanted = true
		}
	}
}

// readHistory takes in the user's profile: what to build on, what to leave out, what to buy again.
func (r *request) readHistory() {
	p := r.e.graph.person(r.q.User)
	if r.q.User == "" || p == nil {
		return
	}
	newest := int64(math.MinInt64)
	for i := len(p.marks) - 1; i >= 0; i-- {
		m := &p.marks[i]
		r.settleMark(m)
		if m.strength == 0 || len(r.anchors) >= maxAnchors {
			continue
		}
		newest = max(newest, m.time) // marks come newest first
		r.anchors = append(r.anchors, anchor{m.item, float64(m.strength) * r.e.graph.decay.exact(newest-m.time)})
	}
}

// settleMark decides whether an item of the history may come again.
func (r *request) settleMark(m *mark) {
	cell := r.touch(m.item)
	entry := &r.e.catalogue.entries[m.item]
	switch {
	case m.refused:
		cell.blocked = true
		r.refuse(entry, m)
	case m.buys > 0:
		cell.due = float32(due(m, entry.item.RebuyDays, r.now))
		cell.blocked = cell.blocked || cell.due == 0
	case !r.q.Seen || m.interest < 0:
		cell.blocked = true
	}
}

// due returns how ripe a consumable is to be bought again, 0 to 1. A person's own interval between
// purchases comes before the item's.
func due(m *mark, rebuyDays int, now int64) float64 {
	if rebuyDays == 0 {
		return 0
	}
	interval := float64(rebuyDays) * secondsPerDay
	if m.buys > 1 {
		interval = max(float64(m.lastBuy-m.firstBuy)/float64(m.buys-1), secondsPerDay)
	}
	passed := float64(now-m.lastBuy) / interval
	if passed < rebuyEarliest {
		return 0
	}
	return min(1, rebuyFull/passed)
}

// refuse dampens the categories of a refused item.
func (r *request) refuse(entry *entry, m *mark) {
	left := 1 - (1-refusalFactor)*r.e.graph.decay.exact(r.now-m.time)
	for _, f := range entry.features {
		if !r.e.isCategory(f) {
			continue
		}
		if r.refused == nil {
			r.refused = map[int32]float64{}
		}
		if before, ok := r.refused[f]; ok {
			left *= before
		}
		r.refused[f] = max(left, refusalFloor)
	}
}

// isCategory reports whether a feature is a category.
func (e *Engine) isCategory(feature int32) bool {
	return e.catalogue.features.names[feature][0] == sortCategory[0]
}

// followNeighbours credits the items that go with the anchors.
func (r *request) followNeighbours(ctx context.Context) error {
	for _, a := range r.anchors {
		if !r.e.graph.fresh(a.item) {
			if err := ctx.Err(); err != nil { // building may take a while
				return err
			}
		}
		for _, n := range r.e.graph.list(a.item, &r.tally).items {
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

// followLikes credits the items that share features with the anchors.
func (r *request) followLikes() {
	c := r.e.catalogue
	for _, a := range r.anchors {
		for _, f := range c.entries[a.item].features {
			if r.likes[f] == 0 {
				r.liked = append(r.liked, f)
			}
			r.likes[f] += float32(a.weight)
		}
	}
	best := top{keep: maxLikes, ids: c.features.names}
	for _, f := range r.liked {
		r.likes[f] *= float32(likeWeight(c.features.names[f]) * c.features.rarity(f, c.listed))
		best.push(scored{f, float64(r.likes[f])})
	}
	for _, like := range best.heap {
		for _, n := range c.features.newest(like.item, maxPerFeature) {
			if c := r.touch(n); c.open() {
				c.alike += float32(like.score)
			}
		}
	}
}

// search credits the items that contain terms of the query's text, rare terms most.
func (r *request) search() {
	if r.q.Text == "" {
		return
	}
	r.runes, r.terms = queryTerms(r.q.Text)
	c := r.e.catalogue
	for _, t := range r.terms {
		if f := c.head.lookup(t.text); f >= 0 {
			weight := float32(c.head.rarity(f, c.listed))
			for _, n := range c.head.newest(f, maxPerTerm) {
				r.touch(n).text += weight
			}
		}
		if f := c.body.lookup(t.text); f >= 0 {
			weight := float32(bodyWeight * c.body.rarity(f, c.listed))
			for _, n := range c.body.newest(f, maxPerTerm) {
				r.touch(n).text += weight
			}
		}
	}
}
