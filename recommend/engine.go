package recommend

import (
	"context"
	"fmt"
	"math"
	"sync"
	"time"
)

// Engine is a [Recommender] and [Recorder] in memory. It is safe for concurrent use: queries run side
// by side, changes one at a time. Make one with [New].
type Engine struct {
	mu        sync.RWMutex
	config    Config
	catalogue *catalogue
	graph     *graph
	trends    []trend // by item number
	scratches sync.Pool
}

var (
	_ Recommender = (*Engine)(nil)
	_ Recorder    = (*Engine)(nil)
)

// New returns an empty engine. It owns no goroutine and nothing to close.
func New(config Config) *Engine {
	config = config.withDefaults()
	return &Engine{config: config, catalogue: newCatalogue(), graph: newGraph(config)}
}

// batch is how many changes are made before waiting queries get a turn.
const batch = 256

// inBatches calls change for 0 to n-1 under the lock, letting queries in between and stopping when
// ctx ends.
func (e *Engine) inBatches(ctx context.Context, what string, n int, change func(i int)) error {
	for from := 0; from < n; from += batch {
		if err := ctx.Err(); err != nil {
			return fmt.Errorf("recommend: %s: stopped after %d of %d: %w", what, from, n, err)
		}
		e.mu.Lock()
		for i := from; i < min(from+batch, n); i++ {
			change(i)
		}
		e.mu.Unlock()
	}
	return nil
}

// Put adds items to the catalogue or replaces those with the same id; it keeps a copy. If one item is
// malformed nothing is put, and the error names it and wraps [ErrInvalid]. If ctx ends midway the
// items before that stay put, and the error says how many.
func (e *Engine) Put(ctx context.Context, items ...Item) error {
	for i := range items {
		if err := items[i].Validate(); err != nil {
			return wrapIndex("put item", i, err)
		}
	}
	return e.inBatches(ctx, "put", len(items), func(i int) {
		e.catalogue.put(e.intern(items[i].ID), items[i])
	})
}

// Remove takes items out of the catalogue: they are not suggested any more. What people did to them
// still counts, and they come back when put again. Unknown ids are ignored.
func (e *Engine) Remove(ctx context.Context, ids ...string) error {
	return e.inBatches(ctx, "remove", len(ids), func(i int) {
		if n, ok := e.catalogue.ids[ids[i]]; ok {
			e.catalogue.remove(n)
		}
	})
}

// Record learns from events, which count from the next query on and may come in any order of time.
// If one event is malformed nothing is recorded, and the error names it and wraps [ErrInvalid]. If
// ctx ends midway the events before that stay recorded, and the error says how many.
//
// An event on an unknown item is learned from; see [Event].
func (e *Engine) Record(ctx context.Context, events ...Event) error {
	for i := range events {
		if err := events[i].Validate(); err != nil {
			return wrapIndex("record event", i, err)
		}
	}
	now := time.Now().Unix()
	return e.inBatches(ctx, "record", len(events), func(i int) {
		t := now
		if !events[i].Time.IsZero() {
			t = events[i].Time.Unix()
		}
		e.learn(events[i], t)
	})
}

// Forget erases users: their histories, and what these contributed to co-occurrence and popularity.
// Unknown users are ignored. All lists of neighbours are built anew afterwards, as they are asked for.
func (e *Engine) Forget(ctx context.Context, users ...string) error {
	return e.inBatches(ctx, "forget", len(users), func(i int) { e.forget(users[i]) })
}

// Title returns the title of an item in the catalogue, or "". It fits [Reason.Text].
func (e *Engine) Title(id string) string {
	e.mu.RLock()
	defer e.mu.RUnlock()
	if n, ok := e.catalogue.ids[id]; ok {
		return e.catalogue.entries[n].item.Title
	}
	return ""
}

// intern returns the number of an item, with room for it everywhere.
func (e *Engine) intern(id string) int32 {
	n := e.catalogue.intern(id)
	e.graph.grow(int(n) + 1)
	for len(e.trends) <= int(n) {
		e.trends = append(e.trends, trend{key: math.Inf(-1)})
	}
	return n
}

// learn merges an event dated t into its user's history and into all that is derived from it.
func (e *Engine) learn(ev Event, t int64) {
	g := e.graph
	item, who := e.intern(ev.Item), g.intern(ev.User)
	p := &g.persons[who]
	at := p.find(item)
	if at < 0 {
		if len(p.marks) >= e.config.History {
			if t < p.marks[0].time {
				return // older than all that is remembered
			}
			e.drop(who, p, 0)
		}
		at = p.open(item, t)
	}
	m := &p.marks[at]
	before := *m
	m.note(ev, t)
	e.weigh(item, before, -1)
	e.weigh(item, *m, 1)
	if (before.strength > 0) != (m.strength > 0) {
		g.link(item, who, m.strength > 0)
	}
	p.settle(at)
	g.changed(p)
}

// weigh adds a mark to its item's popularity (sign 1), or takes it back (sign -1).
func (e *Engine) weigh(item int32, m mark, sign float64) {
	if m.strength > 0 {
		e.trends[item].add(m.time, sign*float64(m.strength), e.config.TrendHalfLife.Seconds())
	}
}

// drop takes the mark at a place out of a history and out of all that is derived from it.
func (e *Engine) drop(who int32, p *person, at int) {
	m := p.marks[at]
	e.graph.versions[m.item]++
	e.weigh(m.item, m, -1)
	if m.strength > 0 {
		e.graph.link(m.item, who, false)
	}
	p.marks = append(p.marks[:at], p.marks[at+1:]...)
}

func (e *Engine) forget(user string) {
	g := e.graph
	who, ok := g.ids[user]
	if !ok {
		return
	}
	p := &g.persons[who]
	for len(p.marks) > 0 {
		e.drop(who, p, len(p.marks)-1)
	}
	for i := range g.lists { // any may have weighed an item by how many people it had
		g.lists[i].Store(nil)
	}
	*p = person{}
	delete(g.ids, user)
	g.free = append(g.free, who)
}
