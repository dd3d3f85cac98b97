package learn

import "slices"

// entry is a cell of a table or a link: an item or a person, and a weight.
type entry struct {
	id     int32
	weight float32
}

// rows are lists of entries, one after the other.
type rows struct {
	start   []int
	entries []entry
}

func (r *rows) row(i int) []entry { return r.entries[r.start[i]:r.start[i+1]] }
func (r *rows) count() int        { return len(r.start) - 1 }

// table is who took what, each pair once, by person and by item.
type table struct {
	people rows     // items in rising order
	items  rows     // people in rising order
	places []uint16 // beside people.entries: the how-many-th thing of the person's it was
}

// placed is an entry and its place in the profile.
type placed struct {
	entry
	place uint16
}

// newTable makes a table of the newest things that people took. What somebody took several times counts once, with its
// greatest weight; what weighs nothing does not count; who took nothing gets no row, so that a profile that was emptied
// leaves no trace.
func newTable(h *Histories, weights Weights) *table {
	t := &table{people: rows{start: []int{0}}, items: rows{start: make([]int, h.Items+1)}}
	t.people.entries = make([]entry, 0, len(h.Taken))
	t.places = make([]uint16, 0, len(h.Taken))
	weights.Recency = 0
	var s Scratch
	var row []placed
	for person := range h.People() {
		bag := s.gather(h.Profile(person), h.Items, &weights)
		if len(bag) == 0 {
			continue
		}
		row = row[:0]
		for i, e := range bag {
			row = append(row, placed{e, uint16(len(bag) - 1 - i)})
		}
		slices.SortFunc(row, func(a, b placed) int { return int(a.id) - int(b.id) })
		for _, e := range row {
			t.people.entries = append(t.people.entries, e.entry)
			t.places = append(t.places, e.place)
			t.items.start[e.id+1]++
		}
		t.people.start = append(t.people.start, len(t.people.entries))
	}
	t.transpose()
	return t
}

// transpose fills in the rows by item, whose lengths are counted.
func (t *table) transpose() {
	items := t.items.count()
	for i := range items {
		t.items.start[i+1] += t.items.start[i]
	}
	t.items.entries = make([]entry, len(t.people.entries))
	next := slices.Clone(t.items.start[:items])
	for person := range t.people.count() {
		for _, e := range t.people.row(person) {
			t.items.entries[next[e.id]] = entry{int32(person), e.weight}
			next[e.id]++
		}
	}
}
