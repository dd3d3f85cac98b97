package dataset

import (
	"cmp"
	"errors"
	"fmt"
	"math"
	"slices"
	"time"
)

// Data is a set of events in columns: event i is what User[i] did to Item[i]. Users, items and kinds
// are numbers of the [Catalogue]. Columns that a source does not have are nil. It may be read by many
// goroutines. At most math.MaxInt32 events fit.
type Data struct {
	Catalogue *Catalogue

	User, Item []int32
	// Kind is what the user did, such as buy or view. If nil, all events are of one kind.
	Kind []uint8
	// Weight is how much the event counts, or a rating. If nil, every event weighs 1.
	Weight []float32
	// Time is in milliseconds since 1970, or, in ordered [Lists], the place in the user's list. If
	// nil, the order of the events is the order of time.
	Time []int64
}

// Event is one event with names instead of numbers.
type Event struct {
	User, Item string
	Kind       string    // "" if there is only one kind
	Weight     float32   // 0 counts as 1
	Time       time.Time // zero if unknown
	Categories []string  // of the item
}

// MaxKinds is how many kinds of event one catalogue can tell apart.
const MaxKinds = 1 << 8

// New returns an empty set with a catalogue of its own, to append to.
func New() *Data { return &Data{Catalogue: &Catalogue{}} }

// Append adds events to the set and their names to its catalogue. It returns an error, and adds
// nothing of that event and those after it, if a user or item has no name, if a weight is not finite,
// or if there are more than [MaxKinds] kinds or math.MaxInt32 events.
func (d *Data) Append(events ...Event) error {
	for i := range events {
		if err := d.append(&events[i]); err != nil {
			return fmt.Errorf("dataset: append event %d: %w", i, err)
		}
	}
	return nil
}

func (d *Data) append(e *Event) error {
	c, n := d.Catalogue, len(d.User)
	switch {
	case e.User == "":
		return errors.New("the user has no name: set User")
	case e.Item == "":
		return errors.New("the item has no name: set Item")
	case !finite(float64(e.Weight)):
		return fmt.Errorf("weight %v is not finite", e.Weight)
	case n == math.MaxInt32:
		return errors.New("the set is full: split it by time or take a sample of users")
	}
	if _, known := c.Kinds.Number(e.Kind); !known && c.Kinds.Len() == MaxKinds {
		return fmt.Errorf("kind %q is one more than %d kinds: map kinds to fewer names", e.Kind, MaxKinds)
	}
	item := c.Items.Add(e.Item)
	d.User, d.Item = append(d.User, c.Users.Add(e.User)), append(d.Item, item)
	// A column begins with the first event that needs it.
	if kind := uint8(c.Kinds.Add(e.Kind)); d.Kind != nil || kind != 0 {
		d.Kind = append(grown(d.Kind, n, 0), kind)
	}
	weight := cmp.Or(e.Weight, 1)
	if d.Weight != nil || weight != 1 {
		d.Weight = append(grown(d.Weight, n, 1), weight)
	}
	if d.Time != nil || !e.Time.IsZero() {
		var at int64
		if !e.Time.IsZero() {
			at = e.Time.UnixMilli()
		}
		d.Time = append(grown(d.Time, n, 0), at)
	}
	for _, category := range e.Categories {
		c.AddCategory(item, c.Categories.Add(category))
	}
	return nil
}

// grown returns the column filled up to n with value.
func grown[T any](column []T, n int, value T) []T {
	for len(column) < n {
		column = append(column, value)
	}
	return column
}

// Len returns the number of events.
func (d *Data) Len() int { return len(d.User) }

// KindOf returns the kind of the event as a number of the catalogue.
func (d *Data) KindOf(event int) uint8 {
	if d.Kind == nil {
		return 0
	}
	return d.Kind[event]
}

// WeightOf returns the weight of the event.
func (d *Data) WeightOf(event int) float32 {
	if d.Weight == nil {
		return 1
	}
	return d.Weight[event]
}

// Check reports whether the columns fit each other and the catalogue. Sets from this package do; one
// that was made by hand may not.
func (d *Data) Check() error {
	switch n := len(d.User); {
	case d.Catalogue == nil:
		return errors.New("dataset: the set has no catalogue: begin with New or a Loader")
	case n > math.MaxInt32:
		return fmt.Errorf("dataset: %d events are more than %d", n, math.MaxInt32)
	case len(d.Item) != n, d.Kind != nil && len(d.Kind) != n, d.Weight != nil && len(d.Weight) != n, d.Time != nil && len(d.Time) != n:
		return fmt.Errorf("dataset: columns of unequal length: %d users, %d items, %d kinds, %d weights, %d times",
			n, len(d.Item), len(d.Kind), len(d.Weight), len(d.Time))
	}
	users, items := int32(d.Catalogue.Users.Len()), int32(d.Catalogue.Items.Len())
	for i, user := range d.User {
		if user < 0 || user >= users {
			return fmt.Errorf("dataset: event %d: user %d has no name, there are %d", i, user, users)
		}
		if item := d.Item[i]; item < 0 || item >= items {
			return fmt.Errorf("dataset: event %d: item %d has no name, there are %d", i, item, items)
		}
	}
	return nil
}

// Pick returns a set of those events, in that order, with the same catalogue.
func (d *Data) Pick(events []int32) *Data {
	return &Data{
		Catalogue: d.Catalogue,
		User:      pick(d.User, events), Item: pick(d.Item, events),
		Kind: pick(d.Kind, events), Weight: pick(d.Weight, events), Time: pick(d.Time, events),
	}
}

func pick[T any](column []T, events []int32) []T {
	if column == nil {
		return nil
	}
	out := make([]T, len(events))
	for i, event := range events {
		out[i] = column[event]
	}
	return out
}

// Where returns a set of the events for which keep is true, in the same order.
func (d *Data) Where(keep func(event int) bool) *Data {
	var events []int32
	for i := range d.User {
		if keep(i) {
			events = append(events, int32(i))
		}
	}
	return d.Pick(events)
}

// Join returns a set of the events of all sets, one after the other. The sets must share a catalogue,
// and all of them must have times or none.
func Join(sets ...*Data) (*Data, error) {
	if len(sets) == 0 {
		return New(), nil
	}
	out := &Data{Catalogue: sets[0].Catalogue}
	timed := false
	for _, d := range sets {
		if d.Catalogue != out.Catalogue {
			return nil, errors.New("dataset: join: the sets have different catalogues: load them with one Loader")
		}
		timed = timed || d.Time != nil
	}
	for _, d := range sets {
		n := len(out.User)
		if timed && d.Time == nil && d.Len() > 0 {
			return nil, errors.New("dataset: join: some sets have times and some have none")
		}
		out.User, out.Item = append(out.User, d.User...), append(out.Item, d.Item...)
		out.Time = append(out.Time, d.Time...)
		if out.Kind != nil || d.Kind != nil {
			out.Kind = grown(append(grown(out.Kind, n, 0), d.Kind...), len(out.User), 0)
		}
		if out.Weight != nil || d.Weight != nil {
			out.Weight = grown(append(grown(out.Weight, n, 1), d.Weight...), len(out.User), 1)
		}
	}
	if len(out.User) > math.MaxInt32 {
		return nil, fmt.Errorf("dataset: join: %d events are more than %d", len(out.User), math.MaxInt32)
	}
	return out, nil
}

// Compact returns the same events with a catalogue of only the users and items in them, numbered in
// order of first sight. Do it before a split, so that the parts share the new numbers.
func (d *Data) Compact() *Data {
	old, c := d.Catalogue, &Catalogue{Kinds: d.Catalogue.Kinds, Categories: d.Catalogue.Categories}
	out := &Data{Catalogue: c, Kind: d.Kind, Weight: d.Weight, Time: d.Time,
		User: make([]int32, len(d.User)), Item: make([]int32, len(d.Item))}
	for i := range d.User {
		out.User[i] = c.Users.Add(old.Users.Name(d.User[i]))
		known := c.Items.Len()
		out.Item[i] = c.Items.Add(old.Items.Name(d.Item[i]))
		if c.Items.Len() > known {
			for _, category := range old.CategoriesOf(d.Item[i]) {
				c.AddCategory(out.Item[i], category)
			}
		}
	}
	return out
}

// ByUser returns for every user of the catalogue the numbers of the events, oldest first. Events of
// the same time keep their order.
func (d *Data) ByUser() Rows {
	rows := group(d.User, d.Catalogue.Users.Len())
	if d.Time != nil {
		older := func(a, b int32) int { return cmp.Compare(d.Time[a], d.Time[b]) }
		for user := range rows.Len() {
			if row := rows.Row(int32(user)); !slices.IsSortedFunc(row, older) {
				slices.SortStableFunc(row, older)
			}
		}
	}
	return rows
}

// ItemsByUser returns for every user of the catalogue the distinct items, ascending.
func (d *Data) ItemsByUser() Rows {
	rows := group(d.User, d.Catalogue.Users.Len())
	start, ids := make([]int32, 1, len(rows.start)), rows.ids[:0]
	for user := range rows.Len() {
		// The distinct items are written over event numbers that have been read.
		row := rows.ids[rows.start[user]:rows.start[user+1]]
		for i, event := range row {
			row[i] = d.Item[event]
		}
		slices.Sort(row)
		ids = append(ids, slices.Compact(row)...)
		start = append(start, int32(len(ids)))
	}
	return Rows{start, ids}
}

func finite(v float64) bool { return !math.IsNaN(v) && !math.IsInf(v, 0) }
