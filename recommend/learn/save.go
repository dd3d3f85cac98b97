package learn

import (
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"unsafe"
)

// Sink takes what was learned as columns of numbers with names.
type Sink interface {
	Bytes(name string, parts ...[]byte)
	Uint16s(name string, parts ...[]uint16)
	Int64s(name string, parts ...[]int64)
	Float32s(name string, parts ...[]float32)
}

// Source gives back what a [Sink] took.
type Source interface {
	Bytes(name string) ([]byte, error)
	Uint16s(name string) ([]uint16, error)
	Int64s(name string) ([]int64, error)
	Float32s(name string) ([]float32, error)
}

// ErrUnreadable is wrapped by the error of [Load] where the columns are of another version of this package, or do not
// go together. To learn anew is the way out.
var ErrUnreadable = errors.New("not what this version saves")

// savedVersion rises when the columns change, or what they mean.
const savedVersion = 1

// saved says what the columns hold.
type saved struct {
	Version  int
	Items    int
	Settings Settings
	Graph    bool // a graph alone, and no blend
	Scale    float32
}

// Save writes a [Blend] or a [Graph]; others are an error.
func Save(to Sink, l Learner) error {
	about := saved{Version: savedVersion}
	switch l := l.(type) {
	case *Graph:
		about.Items, about.Graph, about.Settings.Graph = len(l.rows), true, l.settings
		l.links.save(to, "graph")
	case *Blend:
		about.Items, about.Settings = l.items, l.settings
		to.Float32s("popular", l.popular.scores)
		for i, part := range l.parts {
			switch part := part.(type) {
			case nil:
				about.Settings.Mix[i] = 0
			case *Graph:
				part.links.save(to, "graph")
			case *Transitions:
				part.links.save(to, "transitions")
			case *Neighbours:
				part.save(to)
			case *Linear:
				to.Float32s("linear", part.weights)
			case *Factors:
				about.Scale = part.scale
				to.Float32s("factors", part.vectors)
				to.Float32s("factors.gram", part.gram)
				to.Float32s("factors.mean", part.mean)
				to.Float32s("factors.item", part.item)
			}
		}
	default:
		return fmt.Errorf("learn: save: a %T cannot be saved", l)
	}
	text, err := json.Marshal(about)
	if err != nil {
		return fmt.Errorf("learn: save: %w", err)
	}
	to.Bytes("about", text)
	return nil
}

// Load returns what was saved of so many items, which answers as it did then. It reads the columns where they lie: they
// must stay as they are for as long as the learner is used.
func Load(from Source, items int) (Learner, error) {
	text, err := from.Bytes("about")
	if err != nil {
		return nil, fmt.Errorf("learn: load: %w", err)
	}
	var about saved
	if err := json.Unmarshal(text, &about); err != nil {
		return nil, fmt.Errorf("learn: load: %w: %w", ErrUnreadable, err)
	}
	if about.Version != savedVersion {
		return nil, fmt.Errorf("learn: load: %w: version %d, this is version %d", ErrUnreadable, about.Version, savedVersion)
	}
	if about.Items != items {
		return nil, fmt.Errorf("learn: load: %w: of %d items, there are %d", ErrUnreadable, about.Items, items)
	}
	l := &loader{from: from, saved: about}
	learner := l.learner()
	if l.err != nil {
		return nil, fmt.Errorf("learn: load: %w", l.err)
	}
	return learner, nil
}

// loader reads columns and keeps the first error.
type loader struct {
	saved
	from Source
	err  error
}

func (l *loader) learner() Learner {
	s := &l.Settings
	if l.Graph {
		return &Graph{settings: s.Graph, links: l.links("graph")}
	}
	b := &Blend{settings: *s, items: l.Items, whole: wholeFactors, popular: &Popularity{l.floats("popular", l.Items)}}
	b.spread = deviation(b.popular.scores)
	for i, weight := range s.Mix {
		if weight == 0 || l.err != nil {
			continue
		}
		switch i {
		case PartGraph:
			b.parts[i] = &Graph{settings: s.Graph, links: l.links("graph")}
		case PartTransitions:
			b.parts[i] = &Transitions{settings: s.Transitions, links: l.links("transitions")}
		case PartNeighbours:
			b.parts[i] = l.neighbours()
		case PartFactors:
			b.parts[i] = l.factors()
		case PartLinear:
			b.parts[i] = &Linear{settings: s.Linear, items: l.Items, weights: l.floats("linear", l.Items*l.Items)}
		case PartPopularity:
			b.parts[i] = b.popular
		case PartHabit:
			b.parts[i] = NewHabit(l.Items, s.Habit)
		}
	}
	return b
}

func (l *links) save(to Sink, name string) {
	start, parts := make([]int64, 1, len(l.rows)+1), make([][]int64, len(l.rows))
	for i, row := range l.rows {
		start, parts[i] = append(start, start[i]+int64(len(row))), packed(row)
	}
	to.Int64s(name+".start", start)
	to.Int64s(name+".row", parts...)
	to.Float32s(name+".factor", l.factor)
}

func (l *loader) links(name string) links {
	r := l.rows(name+".start", name+".row", l.Items)
	out := links{rows: make([][]entry, l.Items), factor: l.floats(name+".factor", l.Items)}
	if l.err == nil {
		for i := range out.rows {
			out.rows[i] = r.row(i)
		}
	}
	return out
}

func (n *Neighbours) save(to Sink) {
	n.table.people.save(to, "people")
	n.table.items.save(to, "items")
	to.Uint16s("people.place", n.table.places)
	to.Float32s("neighbours.item", n.item)
	to.Float32s("neighbours.person", n.person)
	to.Float32s("neighbours.novelty", n.novelty)
}

func (r *rows) save(to Sink, name string) {
	start := make([]int64, len(r.start))
	for i, at := range r.start {
		start[i] = int64(at)
	}
	to.Int64s(name+".start", start)
	to.Int64s(name+".row", packed(r.entries))
}

func (l *loader) neighbours() *Neighbours {
	t := &table{people: l.rows("people.start", "people.row", l.Items)}
	people := t.people.count()
	t.items = l.rows("items.start", "items.row", people)
	if l.err == nil && (t.items.count() != l.Items || len(t.items.entries) != len(t.people.entries)) {
		l.err = fmt.Errorf("%w: tables of different size", ErrUnreadable)
	}
	places, err := l.from.Uint16s("people.place")
	if l.err == nil && err == nil && len(places) != len(t.people.entries) {
		err = fmt.Errorf("%w: %d places", ErrUnreadable, len(places))
	}
	if t.places = places; l.err == nil {
		l.err = err
	}
	n := &Neighbours{settings: l.Settings.Neighbours, table: t, item: l.floats("neighbours.item", l.Items),
		person: l.floats("neighbours.person", people), novelty: l.floats("neighbours.novelty", l.Items)}
	n.nearness = n.settings.nearness()
	return n
}

func (l *loader) factors() *Factors {
	s := l.Settings.Factors
	if l.err == nil && (s.Dims < 1 || !(s.Unseen > 0)) {
		l.err = fmt.Errorf("%w: %d dimensions", ErrUnreadable, s.Dims)
	}
	return &Factors{settings: s, scale: l.Scale, vectors: l.floats("factors", l.Items*s.Dims), gram: l.floats("factors.gram", s.Dims*s.Dims),
		mean: l.floats("factors.mean", s.Dims), item: l.floats("factors.item", l.Items)}
}

// floats returns a column of n numbers.
func (l *loader) floats(name string, n int) []float32 {
	if l.err != nil {
		return nil
	}
	column, err := l.from.Float32s(name)
	if err == nil && len(column) != n {
		err = fmt.Errorf("%w: column %s has %d numbers, not %d", ErrUnreadable, name, len(column), n)
	}
	l.err = err
	return column
}

// rows returns lists whose numbers are all below n.
func (l *loader) rows(start, row string, n int) (r rows) {
	if l.err != nil {
		return r
	}
	starts, err := l.from.Int64s(start)
	if err != nil {
		l.err = err
		return r
	}
	cells, err := l.from.Int64s(row)
	if err != nil {
		l.err = err
		return r
	}
	r = rows{start: make([]int, len(starts)), entries: unpacked(cells)}
	at := int64(0)
	fit := len(starts) > 0 && starts[0] == 0 && starts[len(starts)-1] == int64(len(cells))
	for i, s := range starts {
		fit = fit && s >= at && s <= int64(len(cells))
		at, r.start[i] = s, int(s)
	}
	var most uint32
	for _, e := range r.entries {
		most = max(most, uint32(e.id))
	}
	if !fit || len(cells) > 0 && int64(most) >= int64(n) {
		l.err = fmt.Errorf("%w: column %s does not fit", ErrUnreadable, row)
	}
	return r
}

// littleEndian says whether an entry lies in memory as a number with the item in its lower half.
var littleEndian = binary.NativeEndian.Uint16([]byte{1, 0}) == 1

// packed returns entries as numbers, the item in the lower half and the weight in the upper one. Where it can it
// copies nothing.
func packed(entries []entry) []int64 {
	if len(entries) == 0 {
		return nil
	}
	if littleEndian {
		return unsafe.Slice((*int64)(unsafe.Pointer(unsafe.SliceData(entries))), len(entries))
	}
	out := make([]int64, len(entries))
	for i, e := range entries {
		out[i] = int64(uint32(e.id)) | int64(math.Float32bits(e.weight))<<32
	}
	return out
}

// unpacked takes packed back.
func unpacked(numbers []int64) []entry {
	if len(numbers) == 0 {
		return nil
	}
	if littleEndian {
		return unsafe.Slice((*entry)(unsafe.Pointer(unsafe.SliceData(numbers))), len(numbers))
	}
	out := make([]entry, len(numbers))
	for i, x := range numbers {
		out[i] = entry{int32(x), math.Float32frombits(uint32(x >> 32))}
	}
	return out
}
