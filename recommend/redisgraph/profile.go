package redisgraph

import (
	"github.com/redis/go-redis/v9"
	"maps"
	"slices"

	"github.com/zhushou-ai/zhushou/recommend"
)

// taken is an item of a profile and how much it counts.
type taken struct {
	item    string
	weight  float64
	blocked bool // must not be suggested
}

// mark is what a history says of one item.
type mark struct {
	place   int  // in the profile, plus one
	settled bool // the newest event that is for or against it was met
	refused bool // that one was against it
	bought  bool
	liked   bool // there is an event for it, if only a view
}

// profile is what speaks for an answer and what must not be in it.
type profile struct {
	bag     []taken  // newest first, each item once
	blocked []string // what else must not be suggested
}

// amount returns what an event counts for in itself, before the weight of its kind; and whether it is against the item.
func amount(e *recommend.Event) (amount float64, against bool) {
	switch e.Kind {
	case recommend.Skip:
		return 0, false
	case recommend.NotInterested:
		return 0, true
	case recommend.Rate:
		return max(0, (e.Weight-3)/2), e.Weight < 3
	}
	if e.Weight == 0 {
		return 1, false
	}
	return e.Weight, false
}

// newProfile weighs what was looked at lately and a history, both the way recommend/learn does it in process: each item
// once, by the greatest weight of its events, less by recency for every item after it.
func newProfile(m *manifest, q *recommend.Query, history []redis.Z, most int) profile {
	var p profile
	marks := make(map[string]*mark, len(history)+len(q.Recent))
	blocked := make(map[string]bool, len(history)+len(q.Recent)+len(q.Exclude))
	for _, item := range q.Exclude {
		blocked[item] = true
	}
	add := func(e *recommend.Event) {
		k := marks[e.Item]
		if k == nil {
			k = &mark{}
			marks[e.Item] = k
		}
		amount, against := amount(e)
		switch e.Kind {
		case recommend.Cart, recommend.Buy, recommend.Like, recommend.Rate, recommend.NotInterested:
			k.refused = k.refused || against && !k.settled
			k.settled = true
		}
		k.bought = k.bought || e.Kind == recommend.Buy
		k.liked = k.liked || amount > 0
		weight := amount * m.weight(e.Kind)
		switch {
		case !(weight > 0):
		case k.place > 0:
			p.bag[k.place-1].weight = max(p.bag[k.place-1].weight, weight)
		case len(p.bag) < most:
			p.bag = append(p.bag, taken{item: e.Item, weight: weight})
			k.place = len(p.bag)
		}
	}
	for i := len(q.Recent) - 1; i >= 0; i-- {
		add(&recommend.Event{Item: q.Recent[i], Kind: recommend.View})
		blocked[q.Recent[i]] = true
	}
	for _, z := range history {
		if e, ok := eventOf(z); ok && !(!q.Now.IsZero() && e.Time.After(q.Now)) {
			add(&e)
		}
	}
	for item, k := range marks {
		if !q.Seen || k.bought || k.refused || !k.liked {
			blocked[item] = true
		}
	}
	age := 1.0
	kept := p.bag[:0]
	for _, t := range p.bag {
		if marks[t.item].refused {
			continue
		}
		t.weight *= age
		t.blocked = blocked[t.item]
		delete(blocked, t.item)
		kept = append(kept, t)
		if m.Recency > 0 {
			age *= m.Recency
		}
	}
	p.bag = kept
	p.blocked = slices.Collect(maps.Keys(blocked))
	return p
}

// weight returns what an event of a kind counts for.
func (m *manifest) weight(kind recommend.Kind) float64 {
	if w, ok := m.Kinds[kind]; ok {
		return w
	}
	return 1
}
