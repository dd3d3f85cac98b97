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

	"github.com/zhushou-ai/zhushou/recommend/journal"
	"github.com/zhushou-ai/zhushou/recommend/learn"
	"github.com/zhushou-ai/zhushou/recommend/vector"
)

// snapshotVersion is written into every snapshot. A change of the sections makes it rise.
const snapshotVersion = 1

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
	trends         []int64 // long and short as the bits of a float64, and at
	wishes         [][]byte
	vectorIDs      []int32
	vectors        []float32
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
		var text []byte
		if entry := &e.catalogue.entries[n]; entry.listed {
			var err error
			if text, err = json.Marshal(entry.item); err != nil {
				return nil, fmt.Errorf("item %q: %w", entry.item.ID, err)
			}
		}
		c.items = append(c.items, text)
		for _, who := range e.graph.takers[n] {
			c.takers = append(c.takers, places[who])
		}
		c.takerStarts = append(c.takerStarts, int64(len(c.takers)))
		t := e.trends[n]
		c.trends = append(c.trends, int64(math.Float64bits(t.long)), int64(math.Float64bits(t.short)), t.at)
	}
	for i, item := range c.deedItems {
		c.deedItems[i] = renumber[item]
	}
	for user, w := range e.wishes {
		b, err := encodeWish(user, w)
		if err != nil {
			return nil, err
		}
		c.wishes = append(c.wishes, b[1:])
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
	w.Int64s("trend", c.trends)
	w.Blobs("wish", slices.Values(c.wishes))
	w.Int32s("vector.item", c.vectorIDs)
	w.Float32s("vector", c.vectors)
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
	s := stored{
		users:   read(r, "user.id", (*journal.Section).Blobs),
		starts:  read(r, "history.start", (*journal.Section).Int64s),
		items:   read(r, "history.item", (*journal.Section).Int32s),
		weights: read(r, "history.weight", (*journal.Section).Float32s),
		whens:   read(r, "history.when", (*journal.Section).Int64s),
	}
	names := read(r, "item.id", (*journal.Section).Blobs)
	items := read(r, "item", (*journal.Section).Blobs)
	takerStarts := read(r, "taker.start", (*journal.Section).Int64s)
	takers := read(r, "taker", (*journal.Section).Int32s)
	trends := read(r, "trend", (*journal.Section).Int64s)
	wishes := read(r, "wish", (*journal.Section).Blobs)
	vectorIDs := read(r, "vector.item", (*journal.Section).Int32s)
	vectors := read(r, "vector", (*journal.Section).Float32s)
	if r.err != nil {
		return r.err
	}
	n := names.Len()
	fit := s.users.Len() == s.size() && len(s.weights) == len(s.items) && len(s.whens) == len(s.items) &&
		rising(s.starts, len(s.items)) && within(s.items, n) && items.Len() == n && len(trends) == 3*n &&
		len(takerStarts) == n+1 && rising(takerStarts, len(takers)) && within(takers, s.size()) &&
		within(vectorIDs, n) && len(vectors) == len(vectorIDs)*a.Dims
	if !fit {
		return errSnapshot
	}
	e.recorded, e.settings = a.Recorded, a.Settings
	e.graph = newGraph(e.config, s)
	e.reserve(n)
	listed, terms, err := decodeItems(ctx, items)
	if err != nil {
		return fmt.Errorf("snapshot: %w", err)
	}
	for i := range n {
		if e.intern(string(names.At(i))) != int32(i) {
			return fmt.Errorf("%w: item %q is there twice", errSnapshot, names.At(i))
		}
		if terms[i] != nil {
			e.catalogue.put(int32(i), listed[i], terms[i])
		}
		from, to := takerStarts[i], takerStarts[i+1]
		e.graph.setTakers(int32(i), takers[from:to:to])
		e.trends[i].restore(trends[3*i:][:3], e.config.TrendHalfLife.Seconds())
	}
	for i := range wishes.Len() {
		u, err := decodeWish(wishes.At(i))
		if err != nil {
			return fmt.Errorf("snapshot: %w", err)
		}
		e.setWish(u.User, &u.Wish)
	}
	return e.meaning.restore(a.Dims, slices.Clone(vectorIDs), slices.Clone(vectors))
}

// reserve makes room for n items, so that tables need not grow one by one.
func (e *Engine) reserve(n int) {
	e.catalogue.ids = make(map[string]int32, n)
	e.catalogue.names = make([]string, 0, n)
	e.catalogue.entries = make([]entry, 0, n)
	e.trends = make([]trend, 0, n)
	e.graph.grow(n)
}

// decodeItems reads items and cuts their texts, on all processors. Those that are not listed have no terms.
func decodeItems(ctx context.Context, texts journal.Blobs) ([]Item, []*itemTerms, error) {
	items, terms := make([]Item, texts.Len()), make([]*itemTerms, texts.Len())
	workers := runtime.GOMAXPROCS(0)
	errs := make([]error, workers)
	var group sync.WaitGroup
	for worker := range workers {
		group.Go(func() {
			for i := worker; i < len(items); i += workers {
				if text := texts.At(i); len(text) > 0 {
					if items[i], errs[worker] = decodeItem(text); errs[worker] != nil {
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
