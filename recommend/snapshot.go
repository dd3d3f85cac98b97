package recommend

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"math"
	"runtime"
	"slices"
	"sync"

	"github.com/zhushou-ai/zhushou/internal/journal"
	"github.com/zhushou-ai/zhushou/recommend/learn"
	"github.com/zhushou-ai/zhushou/recommend/vector"
)

// snapshotVersion is written into every snapshot. A change of the sections makes it rise.
const snapshotVersion = 2

// about is the section that says what the others hold.
type about struct {
	Version  int             `json:"version"`
	Recorded uint64          `json:"recorded"`
	Dims     int             `json:"dims,omitempty"` // numbers of a vector
	Settings *learn.Settings `json:"settings,omitempty"`
}

// columns are the state of an engine as a snapshot holds it. Items are numbered anew, without those that
// are neither in the catalogue nor in any history, and people by their ids.
type columns struct {
	about          []byte
	itemIDs, items [][]byte // an item that is not listed is empty
	users          []resident
	starts         []int64
	deedItems      []int32
	deedWeights    []float32
	deedWhens      []int64
	takerStarts    []int64
	takers         []int32
	passed         []int32
	trends         []int64 // long and short as the bits of a float64, and at
	choices        [][]byte
	vectorIDs      []int32
	vectors        []float32
	model          *model // nil if nothing was learned; it does not change
	modelItems     []int32
}

// capture copies the state. It runs under the engine's locks.
func (e *Engine) capture() (*columns, error) {
	c := &columns{users: e.graph.all(), starts: []int64{0}, takerStarts: []int64{0}}
	sortResidents(c.users)
	renumber := make([]int32, len(e.catalogue.names)) // items
	for n := range renumber {
		renumber[n] = -1
		if e.catalogue.entries[n].listed {
			renumber[n] = 0
		}
	}
	if !e.tainted && e.model.ready() {
		c.model = e.model
		for _, item := range e.model.items {
			renumber[item] = 0
		}
	}
	places := make([]int32, e.graph.count) // people
	for i, who := range c.users {
		places[who.number] = int32(i)
		for _, d := range e.graph.look(who.number).deeds {
			renumber[d.item] = 0
			c.deedItems = append(c.deedItems, d.item)
			c.deedWeights = append(c.deedWeights, d.weight)
			c.deedWhens = append(c.deedWhens, d.when)
		}
		c.starts = append(c.starts, int64(len(c.deedItems)))
	}
	for n := range renumber {
		if renumber[n] < 0 {
			continue
		}
		renumber[n] = int32(len(c.itemIDs))
		c.itemIDs = append(c.itemIDs, []byte(e.catalogue.names[n]))
		var described []byte
		if entry := &e.catalogue.entries[n]; entry.listed {
			described = encodeItem(&entry.item)
		}
		c.items = append(c.items, described)
		for _, who := range e.graph.takers[n] {
			c.takers = append(c.takers, places[who])
		}
		c.takerStarts = append(c.takerStarts, int64(len(c.takers)))
		c.passed = append(c.passed, e.graph.passed[n])
		t := e.trends[n]
		c.trends = append(c.trends, int64(math.Float64bits(t.long)), int64(math.Float64bits(t.short)), t.at)
	}
	for i, item := range c.deedItems {
		c.deedItems[i] = renumber[item]
	}
	if c.model != nil {
		for _, item := range c.model.items {
			c.modelItems = append(c.modelItems, renumber[item])
		}
	}
	for user, made := range e.choices {
		b, err := encodeChoices(user, made)
		if err != nil {
			return nil, err
		}
		c.choices = append(c.choices, b[1:])
	}
	a := about{Version: snapshotVersion, Recorded: e.recorded, Settings: e.settings}
	if m := e.meaning; m != nil && m.index != nil {
		a.Dims = m.dims
		c.vectorIDs, c.vectors = m.index.Snapshot()
		for i, n := range c.vectorIDs {
			c.vectorIDs[i] = renumber[n]
		}
	}
	var err error
	c.about, err = json.Marshal(a)
	return c, err
}

// write fills a snapshot.
func (c *columns) write(w *journal.SnapshotWriter) error {
	w.Bytes("about", c.about)
	w.Blobs("item.id", slices.Values(c.itemIDs))
	w.Blobs("item", slices.Values(c.items))
	w.Blobs("user.id", userIDs(c.users))
	w.Int64s("history.start", c.starts)
	w.Int32s("history.item", c.deedItems)
	w.Float32s("history.weight", c.deedWeights)
	w.Int64s("history.when", c.deedWhens)
	w.Int64s("taker.start", c.takerStarts)
	w.Int32s("taker", c.takers)
	w.Int32s("passed", c.passed)
	w.Int64s("trend", c.trends)
	w.Blobs("choice", slices.Values(c.choices))
	w.Int32s("vector.item", c.vectorIDs)
	w.Float32s("vector", c.vectors)
	if c.model != nil {
		if err := c.model.save(w, c.modelItems); err != nil {
			return err
		}
	}
	return w.Err()
}

func userIDs(users []resident) iter.Seq[[]byte] {
	return func(yield func([]byte) bool) {
		for _, u := range users {
			if !yield([]byte(u.id)) {
				return
			}
		}
	}
}

// errSnapshot says that the sections of a snapshot do not go together.
var errSnapshot = errors.New("snapshot: its sections do not go together")

// reader reads sections and keeps the first error.
type reader struct {
	*journal.Snapshot
	err error
}

func read[T any](r *reader, name string, as func(*journal.Section) (T, error)) (column T) {
	if r.err != nil {
		return column
	}
	s, err := r.Section(name)
	if err == nil {
		column, err = as(s)
	}
	if err != nil {
		r.err = fmt.Errorf("snapshot: section %s: %w", name, err)
	}
	return column
}

// load brings back the state of a snapshot, whose sections have to stay readable.
func (e *Engine) load(ctx context.Context, snapshot *journal.Snapshot) error {
	r := &reader{Snapshot: snapshot}
	var a about
	if text := read(r, "about", (*journal.Section).Bytes); r.err == nil {
		if err := json.Unmarshal(text, &a); err != nil {
			return fmt.Errorf("snapshot: section about: %w", err)
		}
		if a.Version != snapshotVersion {
			return fmt.Errorf("snapshot: version %d: this release reads version %d: %w", a.Version, snapshotVersion, journal.ErrVersion)
		}
	}
	var history histories
	var group sync.WaitGroup
	group.Go(func() { history.read(snapshot) })
	goods, err := readGoods(ctx, r)
	if err == nil {
		err = e.catalogue.fill(goods)
	}
	group.Wait()
	if err = errors.Join(err, history.err); err != nil {
		return err
	}
	n := goods.names.Len()
	fit := history.fits(n) && len(goods.trends) == 3*n && len(goods.passed) == n && within(goods.vectorIDs, n) &&
		len(goods.vectors) == len(goods.vectorIDs)*a.Dims
	if !fit {
		return errSnapshot
	}
	e.recorded, e.settings = a.Recorded, a.Settings
	e.graph = newGraph(e.config, history.stored)
	e.graph.grow(n)
	copy(e.graph.passed, goods.passed)
	e.trends = make([]trend, n)
	for i := range n {
		from, to := history.takerStarts[i], history.takerStarts[i+1]
		e.graph.setTakers(int32(i), history.takers[from:to:to])
		e.trends[i].restore(goods.trends[3*i:][:3], e.config.TrendHalfLife.Seconds())
	}
	m, err := loadModel(snapshot, n)
	e.adopt(m)
	e.unusable = err
	for i := range goods.choices.Len() {
		u, err := decodeChoices(goods.choices.At(i))
		if err != nil {
			return fmt.Errorf("snapshot: %w", err)
		}
		e.setChoices(u.User, &u.Choices)
	}
	return e.meaning.restore(a.Dims, slices.Clone(goods.vectorIDs), slices.Clone(goods.vectors))
}

// histories are the columns of a snapshot that say who did what.
type histories struct {
	stored
	takerStarts []int64
	takers      []int32
	items       int // one more than the greatest item in them
	people      int // and the greatest person
	err         error
}

func (h *histories) read(snapshot *journal.Snapshot) {
	r := &reader{Snapshot: snapshot}
	h.stored = stored{
		users:   read(r, "user.id", (*journal.Section).Blobs),
		starts:  read(r, "history.start", (*journal.Section).Int64s),
		items:   read(r, "history.item", (*journal.Section).Int32s),
		weights: read(r, "history.weight", (*journal.Section).Float32s),
		whens:   read(r, "history.when", (*journal.Section).Int64s),
	}
	h.takerStarts = read(r, "taker.start", (*journal.Section).Int64s)
	h.takers = read(r, "taker", (*journal.Section).Int32s)
	h.items, h.people, h.err = bound(h.stored.items), bound(h.takers), r.err
}

// fits reports whether the columns go together, with n items.
func (h *histories) fits(n int) bool {
	s := &h.stored
	return s.users.Len() == s.size() && len(s.weights) == len(s.items) && len(s.whens) == len(s.items) &&
		rising(s.starts, len(s.items)) && h.items <= n && len(h.takerStarts) == n+1 && rising(h.takerStarts, len(h.takers)) && h.people <= s.size()
}

// goods are the columns of a snapshot that say what there is, and the items, which are read already.
type goods struct {
	names, items, choices journal.Blobs
	trends                []int64
	passed                []int32
	vectorIDs             []int32
	vectors               []float32
	listed                []Item
	terms                 []*itemTerms // nil for items that are not listed
}

func readGoods(ctx context.Context, r *reader) (*goods, error) {
	g := &goods{
		names:     read(r, "item.id", (*journal.Section).Blobs),
		items:     read(r, "item", (*journal.Section).Blobs),
		trends:    read(r, "trend", (*journal.Section).Int64s),
		passed:    read(r, "passed", (*journal.Section).Int32s),
		choices:   read(r, "choice", (*journal.Section).Blobs),
		vectorIDs: read(r, "vector.item", (*journal.Section).Int32s),
		vectors:   read(r, "vector", (*journal.Section).Float32s),
	}
	if r.err != nil {
		return g, r.err
	}
	if g.names.Len() != g.items.Len() {
		return g, errSnapshot
	}
	var err error
	if g.listed, g.terms, err = decodeItems(ctx, g.names, g.items); err != nil {
		return g, fmt.Errorf("snapshot: %w", err)
	}
	return g, nil
}

// fill lists the items of a snapshot in a catalogue that is empty.
func (c *catalogue) fill(g *goods) error {
	n := g.names.Len()
	c.ids, c.names, c.entries = make(map[string]int32, n), make([]string, 0, n), make([]entry, 0, n)
	for i := range n {
		if c.intern(string(g.names.At(i))); len(c.names) != i+1 {
			return fmt.Errorf("%w: item %q is there twice", errSnapshot, g.names.At(i))
		}
		if g.terms[i] != nil {
			c.put(int32(i), g.listed[i], g.terms[i])
		}
	}
	return nil
}

// decodeItems reads items and cuts their texts, on all processors. Those that are not listed have no terms.
func decodeItems(ctx context.Context, names, described journal.Blobs) ([]Item, []*itemTerms, error) {
	items, terms := make([]Item, described.Len()), make([]*itemTerms, described.Len())
	workers := runtime.GOMAXPROCS(0)
	errs := make([]error, workers)
	var group sync.WaitGroup
	for worker := range workers {
		group.Go(func() {
			for i := worker; i < len(items); i += workers {
				if b := described.At(i); len(b) > 0 {
					if items[i], errs[worker] = decodeItem(names.At(i), b); errs[worker] != nil {
						return
					}
					terms[i] = termsOf(&items[i])
				}
				if i%1024 == worker && ctx.Err() != nil {
					errs[worker] = ctx.Err()
					return
				}
			}
		})
	}
	group.Wait()
	return items, terms, errors.Join(errs...)
}

// restore brings back the vectors. Without an embedder they are of no use.
func (m *meaning) restore(dims int, ids []int32, rows []float32) error {
	if m == nil || len(ids) == 0 {
		return nil
	}
	index, err := vector.Restore(vector.Config{Dims: dims, Workers: 1}, ids, rows)
	if err != nil {
		return fmt.Errorf("snapshot: %w", err)
	}
	m.index, m.dims = index, dims
	return nil
}

// bound returns a number that is above all of these: 0 if there are none, and the greatest int32 if one is negative.
func bound(numbers []int32) int {
	var most uint32
	for _, x := range numbers {
		most = max(most, uint32(x)+1)
	}
	return int(most)
}

// rising reports whether starts begin at 0, never fall, and end at n.
func rising(starts []int64, n int) bool {
	last := int64(0)
	for i, s := range starts {
		if s < last || i == 0 && s != 0 {
			return false
		}
		last = s
	}
	return len(starts) > 0 && last == int64(n)
}

// within reports whether all numbers are from 0 to n-1.
func within(numbers []int32, n int) bool {
	for _, x := range numbers {
		if uint32(x) >= uint32(n) {
			return false
		}
	}
	return true
}
