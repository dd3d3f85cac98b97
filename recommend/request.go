package recommend

import (
	"context"
	"fmt"
	"math"
	"slices"

	"github.com/zhushou-ai/zhushou/recommend/learn"
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
	maxFresh        = 128  // items that came after the learning and are asked about, newest first
	scanAtOnce      = 2048 // scores that are compared with one threshold
	maxRebuilt      = 4    // lists of neighbours that are brought up to date
)

// anchor is an item that speaks for its neighbours.
type anchor struct {
	item   int32
	weight float64
}

// request is the state of one query. Its methods run under the engine's lock.
type request struct {
	*scratch
	e       *Engine
	q       *Query
	now     int64
	rules   Rules
	lift    float64 // the most that rules make of a score, as a factor
	model   *model  // nil where nothing learned speaks
	visit   bool    // nothing that was learned of speaks for the person but Query.Recent
	anchors []anchor
	refused map[int32]float64 // by category: what is left of its items' scores
	hidden  []int32           // features the person hid
	meant   []float32         // the vector of the query's text
	text    string            // of the query, folded
	terms   []term
	peak    signals // the highest of each signal in this answer
	best    int32   // the item that the model finds best
	hottest float64 // the highest trend key
	rebuilt int     // lists of neighbours that were built
}

// Recommend answers a query; see [Query] and [Recommender]. An error wraps [ErrInvalid] if the query
// or [Config.Rules] are malformed, or is that of ctx or of the embedder.
func (e *Engine) Recommend(ctx context.Context, q Query) ([]Suggestion, error) {
	list, err := e.recommend(ctx, &q)
	if err != nil {
		return nil, fmt.Errorf("recommend: query: %w", err)
	}
	return list, nil
}

func (e *Engine) recommend(ctx context.Context, q *Query) ([]Suggestion, error) {
	if err := q.Validate(); err != nil {
		return nil, err
	}
	if err := e.config.Rules.Validate(); err != nil {
		return nil, fmt.Errorf("config: %w", err)
	}
	if q.Limit == 0 {
		q.Limit = DefaultLimit
	}
	if q.Now.IsZero() {
		q.Now = e.config.Now()
	}
	meant, err := e.embedText(ctx, q.Text)
	if err != nil {
		return nil, err
	}
	e.mu.RLock()
	defer e.mu.RUnlock()
	if e.closed {
		return nil, ErrClosed
	}
	if w := e.choices[q.User]; q.NonPersonal || w != nil && w.Off {
		q.User, q.Recent, q.Context = "", nil, nil
	}
	r := e.begin(q)
	defer e.giveBack(r.scratch)
	r.meant = meant
	r.readLists()
	r.readHistory()
	r.readRecent()
	if err := r.followTaste(ctx); err != nil {
		return nil, err
	}
	r.followLikes()
	if err := r.followContent(ctx); err != nil {
		return nil, err
	}
	if err := r.search(ctx); err != nil {
		return nil, err
	}
	return r.answer(), nil
}

// begin starts a query. giveBack has to be called with its scratch.
func (e *Engine) begin(q *Query) *request {
	r := &request{scratch: e.borrow(), e: e, q: q, now: q.Now.Unix(), hottest: math.Inf(-1)}
	r.rules = e.config.Rules.both(q.Rules)
	r.lift = r.rules.mostLift()
	return r
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
	who := int32(-1)
	if r.q.User != "" {
		who = r.e.graph.number(r.q.User)
	}
	if who < 0 {
		return
	}
	p := r.e.graph.at(who)
	for i := len(p.marks) - 1; i >= 0; i-- {
		r.settleMark(&p.marks[i])
	}
	if w := r.e.choices[r.q.User]; w != nil {
		for _, h := range w.Hidden {
			if f := r.e.catalogue.features.lookup(h.feature()); f >= 0 {
				r.hidden = append(r.hidden, f)
			}
		}
		if w.Frozen != 0 {
			p = p.until(w.Frozen)
		}
	}
	newest := int64(math.MinInt64)
	for i := len(p.marks) - 1; i >= 0; i-- {
		m := &p.marks[i]
		c := r.touch(m.item)
		c.mute = c.mute || m.strength == 0 || r.isHidden(m.item)
		if c.mute || len(r.anchors) >= maxAnchors {
			continue
		}
		newest = max(newest, m.time) // marks come newest first
		r.anchors = append(r.anchors, anchor{m.item, float64(m.strength) * r.e.graph.decay.exact(newest-m.time)})
	}
	for _, a := range p.deeds {
		number := r.e.model.number(a.item)
		if number < 0 || r.items[a.item].mute {
			continue
		}
		if t, ok := a.taken(); ok {
			t.Item = number
			r.profile = append(r.profile, t)
		}
	}
}

// readRecent adds Recent to what learners are asked about, as the newest views.
func (r *request) readRecent() {
	r.visit = len(r.profile) == 0
	for _, id := range r.q.Recent {
		if n, ok := r.e.catalogue.ids[id]; ok {
			if number := r.e.model.number(n); number >= 0 {
				r.profile = append(r.profile, learn.Taken{Item: number, Kind: viewKind, Weight: 1, Time: r.now})
			}
		}
	}
}

// isHidden reports whether an item has an interest that the person hid.
func (r *request) isHidden(item int32) bool {
	if len(r.hidden) == 0 {
		return false
	}
	return slices.ContainsFunc(r.e.catalogue.entries[item].features, func(f int32) bool { return slices.Contains(r.hidden, f) })
}

// settleMark decides whether an item of the history may come again.
func (r *request) settleMark(m *mark) {
	cell := r.touch(m.item)
	entry := &r.e.catalogue.entries[m.item]
	switch {
	case m.refused:
		cell.blocked, cell.mute = true, true
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

// search credits the items that contain terms of the query's text, rare terms most.
func (r *request) search(ctx context.Context) error {
	if r.q.Text == "" {
		return nil
	}
	r.text, r.terms = queryTerms(r.q.Text)
	c := r.e.catalogue
	for _, t := range r.terms {
		c.head.search(t.text, maxPerTerm, func(n int32, score float32) { r.meet(n).text += score })
		c.body.search(t.text, maxPerTerm, func(n int32, score float32) { r.meet(n).text += bodyWeight * score })
	}
	return r.followMeaning(ctx)
}
