package recommend

import (
	"context"
	"errors"
	"fmt"
	"math"
	"sync"

	"github.com/zhushou-ai/zhushou/internal/journal"
	"github.com/zhushou-ai/zhushou/recommend/learn"
)

// Engine is a [Recommender] and [Recorder] in the process. It is safe for concurrent use: queries run side
// by side, changes one at a time. Make one with [New], or with [Open] to keep it on disk.
type Engine struct {
	// order is held for reading while a change is logged and made, and for writing where the state has to
	// be that of the log.
	order      sync.RWMutex
	store      *journal.Store // nil for an engine in memory
	mapped     func()         // releases the snapshot that histories are read from
	learning   chan struct{}  // holds a token while something is learned
	compacting chan struct{}  // and while a snapshot is written
	deciding   sync.Mutex     // held while choices are changed

	mu        sync.RWMutex // of all that follows
	config    Config
	catalogue *catalogue
	graph     *graph
	trends    []trend             // by item number
	choices   map[string]*choices // by user
	meaning   *meaning            // nil without an embedder
	model     *model              // nil until something was learned
	tainted   bool                // the model knows somebody who was forgotten
	unusable  error               // why the model of the folder cannot be read
	fresh     []int32             // items that people took to and the model does not know, newest last
	settings  *learn.Settings     // of the last Learn that chose, for the next to reuse
	recorded  uint64              // events so far
	forgets   uint64              // calls of Forget so far
	closed    bool
	scratches sync.Pool
}

var (
	_ Recommender = (*Engine)(nil)
	_ Recorder    = (*Engine)(nil)
)

// ErrClosed is returned by every call on an [Engine] after its Close.
var ErrClosed = errors.New("recommend: the engine is closed")

// New returns an empty engine in memory. It owns no goroutine and nothing to close. A malformed
// [Config.Rules] comes to light with the first query.
func New(config Config) *Engine {
	config = config.withDefaults()
	return &Engine{
		config: config, catalogue: newCatalogue(config), graph: newGraph(config, stored{}), choices: map[string]*choices{},
		meaning: newMeaning(config.Embedder), learning: make(chan struct{}, 1),
	}
}

const (
	logBatch  = 4096 // changes that are written to the log at once
	lockBatch = 256  // changes that are made before waiting queries get a turn
)

// change makes n changes in order. Each is written to the log, if there is one, as encode tells, and then
// made by apply, under the lock. It stops when ctx ends.
func (e *Engine) change(ctx context.Context, what string, n int, encode func(i int) ([]byte, error), apply func(i int)) error {
	for from := 0; from < n; from += logBatch {
		if err := e.changeSome(ctx, from, min(from+logBatch, n), encode, apply); err != nil {
			return fmt.Errorf("recommend: %s: stopped after %d of %d: %w", what, from, n, err)
		}
	}
	return nil
}

func (e *Engine) changeSome(ctx context.Context, from, to int, encode func(i int) ([]byte, error), apply func(i int)) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	e.order.RLock()
	defer e.order.RUnlock()
	if e.closed { // written under both locks
		return ErrClosed
	}
	if e.store != nil {
		records := make([][]byte, 0, to-from)
		for i := from; i < to; i++ {
			record, err := encode(i)
			if err != nil {
				return err
			}
			records = append(records, record)
		}
		if _, err := e.store.Append(ctx, records...); err != nil {
			return err
		}
	}
	for ; from < to; from += lockBatch {
		e.mu.Lock()
		for i := from; i < min(from+lockBatch, to); i++ {
			apply(i)
		}
		e.mu.Unlock()
	}
	return nil
}

// Put adds items to the catalogue or replaces those with the same id; it keeps a copy. If one item is
// malformed, or the embedder fails, nothing is put; an error about an item names it and wraps
// [ErrInvalid]. If ctx ends midway some items stay put, and the error says how many.
func (e *Engine) Put(ctx context.Context, items ...Item) error {
	for i := range items {
		if err := items[i].Validate(); err != nil {
			return wrapIndex("put item", i, err)
		}
	}
	vectors, err := e.embedItems(ctx, items)
	if err != nil {
		return fmt.Errorf("recommend: put: %w", err)
	}
	vector := func(i int) []float32 {
		if vectors == nil {
			return nil
		}
		return vectors[i]
	}
	terms := e.cut(items)
	return e.change(ctx, "put", len(items),
		func(i int) ([]byte, error) { return encodePut(items[i], vector(i)) },
		func(i int) { e.put(items[i], vector(i), terms[i]) })
}

func (e *Engine) put(it Item, vector []float32, terms *itemTerms) {
	n := e.intern(it.ID)
	e.catalogue.put(n, it, terms)
	e.meaning.put(n, vector)
}

// cut works out the terms of the items whose words are new, so that queries need not wait for it.
func (e *Engine) cut(items []Item) []*itemTerms {
	out := make([]*itemTerms, len(items))
	for i := range items {
		if !e.hasWords(&items[i]) {
			out[i] = termsOf(&items[i])
		}
	}
	return out
}

// hasWords reports whether the item is in the catalogue with the same words.
func (e *Engine) hasWords(it *Item) bool {
	e.mu.RLock()
	defer e.mu.RUnlock()
	n, ok := e.catalogue.ids[it.ID]
	return ok && e.catalogue.entries[n].listed && indexedAlike(&e.catalogue.entries[n].item, it)
}

// Remove takes items out of the catalogue: they are not suggested any more. What people did to them
// still counts, and they come back when put again. Unknown ids are ignored.
func (e *Engine) Remove(ctx context.Context, ids ...string) error {
	if err := checkIDs("remove", ids, math.MaxInt); err != nil {
		return fmt.Errorf("recommend: %w", err)
	}
	return e.change(ctx, "remove", len(ids),
		func(i int) ([]byte, error) { return encodeRemove(ids[i]), nil },
		func(i int) { e.remove(ids[i]) })
}

func (e *Engine) remove(id string) {
	if n, ok := e.catalogue.ids[id]; ok {
		e.catalogue.remove(n)
		e.meaning.remove(n)
	}
}

// Record learns from events, which count from the next query on and may come in any order of time.
// If one event is malformed nothing is recorded, and the error names it and wraps [ErrInvalid]. If
// ctx ends midway some events stay recorded, and the error says how many.
//
// An event on an unknown item is learned from; see [Event].
func (e *Engine) Record(ctx context.Context, events ...Event) error {
	for i := range events {
		if err := events[i].Validate(); err != nil {
			return wrapIndex("record event", i, err)
		}
	}
	now := e.config.Now().Unix()
	at := func(i int) int64 {
		if events[i].Time.IsZero() {
			return now
		}
		return events[i].Time.Unix()
	}
	return e.change(ctx, "record", len(events),
		func(i int) ([]byte, error) { return encodeEvent(events[i], at(i)), nil },
		func(i int) { e.note(events[i], at(i)) })
}

// Item returns an item of the catalogue, and whether it is there. What it holds is shared: it must not be changed.
func (e *Engine) Item(id string) (Item, bool) {
	e.mu.RLock()
	defer e.mu.RUnlock()
	if n, ok := e.catalogue.ids[id]; ok && e.catalogue.entries[n].listed {
		return e.catalogue.entries[n].item, true
	}
	return Item{}, false
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

// note merges an event dated t into its user's history and into all that is derived from it.
func (e *Engine) note(ev Event, t int64) {
	g := e.graph
	e.recorded++
	item, who := e.intern(ev.Item), g.intern(ev.User, e.recorded)
	p := g.at(who)
	if p.find(item) < 0 && len(p.marks) >= e.config.History {
		if t < p.marks[0].time {
			return // older than all that is remembered
		}
		e.drop(who, p, p.marks[0].item)
	}
	p.insert(newDeed(item, ev.Kind, ev.Weight, t))
	if len(p.deeds) > deedsPerItem*e.config.History {
		oldest := p.deeds[0].item
		p.deeds = p.deeds[1:]
		e.revise(who, p, oldest)
	}
	e.revise(who, p, item)
	g.changed(p)
}

// deedsPerItem bounds the deeds of a history, as a multiple of Config.History.
const deedsPerItem = 4

// revise works out the mark of an item anew and carries the change into all that is derived from it.
func (e *Engine) revise(who int32, p *person, item int32) {
	var before mark
	at := p.find(item)
	if at >= 0 {
		before = p.marks[at]
		e.graph.passed[item] -= bit(before.strength == 0)
		p.marks = append(p.marks[:at], p.marks[at+1:]...)
	}
	after := p.fold(item)
	if after.item == item {
		at = p.open(item, after.time)
		p.marks[at] = after
		p.settle(at)
		e.graph.passed[item] += bit(after.strength == 0)
	} else {
		after = mark{}
	}
	e.weigh(item, before, -1)
	e.weigh(item, after, 1)
	if (before.strength > 0) != (after.strength > 0) {
		e.graph.link(item, who, after.strength > 0)
		if e.model != nil && after.strength > 0 && len(e.graph.takers[item]) == 1 && e.model.number(item) < 0 {
			e.fresh = append(e.fresh, item)
		}
	}
	e.graph.versions[item]++
}

// weigh adds a mark to its item's popularity (sign 1), or takes it back (sign -1).
func (e *Engine) weigh(item int32, m mark, sign float64) {
	if m.strength > 0 {
		e.trends[item].add(m.time, sign*float64(m.strength), e.config.TrendHalfLife.Seconds())
	}
}

// drop takes an item out of a history and out of all that is derived from it.
func (e *Engine) drop(who int32, p *person, item int32) {
	kept := p.deeds[:0]
	for _, a := range p.deeds {
		if a.item != item {
			kept = append(kept, a)
		}
	}
	p.deeds = kept
	e.revise(who, p, item)
}
