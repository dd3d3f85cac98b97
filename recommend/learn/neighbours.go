package learn

import (
	"context"
	"math"
	"slices"
)

// NeighbourSettings say which people are alike and what follows from it. The likeness of a profile and a person is
//
//	Σ over items both took: weight · weight · deg(item)^-ItemPower, divided by |person|^(2·PersonPower)
//
// and an item's score is the sum of likeness^Power · weight over the most alike people who took it, times
// deg(item)^-Novelty.
type NeighbourSettings struct {
	Weights
	ItemPower   float64 // how much less a common item says that many took
	PersonPower float64 // how much less somebody is alike who took much; 0.5 makes the likeness a cosine
	Power       float64 // above one, the most alike count more
	Novelty     float64 // how much less an item scores that many took
	People      int     // how many people are asked
	// Nearness is how much less something counts that a person took one step further from the latest thing in common;
	// zero means 1: where it stands does not matter. Backward is how much what they took before it counts, against what
	// they took after it.
	Nearness float64
	Backward float64
	// Reach is how many takers of one item are looked at; of an item that more took, every so-many-th is.
	Reach int
}

// DefaultNeighbours are good settings where nothing is known.
func DefaultNeighbours() NeighbourSettings {
	return NeighbourSettings{ItemPower: 0.5, PersonPower: 0.5, Power: 1.5, Novelty: 0.1, People: 200, Nearness: 1, Backward: 1, Reach: 5000}
}

// Neighbours looks for people who took the same and suggests what else they took. It keeps the table of who took
// what, 16 bytes for each pair, and does its work when it is asked.
type Neighbours struct {
	settings NeighbourSettings
	table    *table
	item     []float32 // what taking the item says
	person   []float32
	novelty  []float32
	nearness []float32 // by steps; empty if it does not matter
}

// NewNeighbours prepares the search.
func NewNeighbours(ctx context.Context, h *Histories, settings NeighbourSettings) (*Neighbours, error) {
	if err := h.check(); err != nil {
		return nil, err
	}
	return newNeighbours(newTable(h, settings.Weights), settings), ctx.Err()
}

func newNeighbours(t *table, settings NeighbourSettings) *Neighbours {
	n := &Neighbours{settings: settings, table: t, item: make([]float32, t.items.count()), person: make([]float32, t.people.count()),
		novelty: make([]float32, t.items.count())}
	for i := range n.item {
		takers := len(t.items.row(i))
		n.item[i], n.novelty[i] = raised(takers, -settings.ItemPower), raised(takers, -settings.Novelty)
	}
	n.nearness = settings.nearness()
	for u := range n.person {
		var square float64
		for _, e := range t.people.row(u) {
			square += float64(e.weight) * float64(e.weight)
		}
		n.person[u] = float32(math.Pow(square, -settings.PersonPower))
	}
	return n
}

// nearness is what something counts by how many steps away it stands, or nothing if it does not matter.
func (s *NeighbourSettings) nearness() (list []float32) {
	if s.Nearness > 0 && s.Nearness != 1 {
		for steps := range 100 {
			list = append(list, float32(math.Pow(s.Nearness, float64(steps))))
		}
	}
	return list
}

// nearest returns the people most like a profile. Their likeness by what they took lies in s.alike, in full, and
// must be wiped by calling forget.
func (n *Neighbours) nearest(bag []entry, s *Scratch) []entry {
	if len(s.alike) < len(n.person) {
		s.alike = make([]float32, len(n.person))
	}
	alike, met := s.alike, s.met[:0]
	for _, b := range bag {
		w := b.weight * n.item[b.id]
		takers := n.table.items.row(int(b.id))
		step := 1
		if n.settings.Reach > 0 {
			step += (len(takers) - 1) / n.settings.Reach
		}
		for i := 0; i < len(takers); i += step {
			e := takers[i]
			if alike[e.id] == 0 {
				met = append(met, e.id)
			}
			alike[e.id] += w * e.weight
		}
	}
	near := s.near[:0]
	for _, u := range met {
		near = append(near, entry{u, alike[u] * n.person[u]})
	}
	s.met, s.near = met, near
	return s.strongest(near, n.settings.People, nil)
}

// forget wipes what nearest left.
func (n *Neighbours) forget(s *Scratch) {
	for _, u := range s.met {
		s.alike[u] = 0
	}
}

// say returns what a person's word is worth.
func (n *Neighbours) say(likeness float32) float32 {
	switch n.settings.Power {
	case 1:
		return likeness
	case 1.5:
		return likeness * float32(math.Sqrt(float64(likeness)))
	case 2:
		return likeness * likeness
	}
	return float32(math.Pow(float64(likeness), n.settings.Power))
}

// Score implements [Learner].
func (n *Neighbours) Score(dst []float32, profile []Taken, s *Scratch) {
	clear(dst)
	n.ask(dst, profile, nil, s)
	for i, f := range n.novelty {
		dst[i] *= f
	}
}

func (n *Neighbours) meet(dst []float32, profile []Taken, met []int32, s *Scratch) []int32 {
	n.ask(dst, profile, &met, s)
	for _, i := range met {
		dst[i] *= n.novelty[i]
	}
	return met
}

// ask adds up what the nearest people took, and appends to met, if there is one, what is not zero any more.
func (n *Neighbours) ask(dst []float32, profile []Taken, met *[]int32, s *Scratch) {
	dst = dst[:len(n.item)]
	bag := s.gather(profile, len(n.item), &n.settings.Weights)
	near := n.nearest(bag, s)
	n.forget(s)
	ordered := n.ordered()
	if ordered {
		s.mark(bag)
		defer s.unmark(bag)
	}
	for _, p := range near {
		x := n.say(p.weight)
		row := n.table.people.row(int(p.id))
		if met != nil {
			for _, e := range row {
				if dst[e.id] == 0 {
					*met = append(*met, e.id)
					dst[e.id] = math.SmallestNonzeroFloat32 // in case that what follows is too small to tell
				}
			}
		}
		if !ordered {
			for _, e := range row {
				dst[e.id] += x * e.weight
			}
			continue
		}
		places := n.table.places[n.table.people.start[p.id]:][:len(row)]
		common := n.common(row, places, s)
		for i, e := range row {
			dst[e.id] += x * e.weight * n.near(int(places[i])-common)
		}
	}
}

// ordered reports whether it matters where something stands in a person's profile.
func (n *Neighbours) ordered() bool { return n.settings.Backward != 1 || len(n.nearness) > 0 }

// common returns where in a person's profile the thing stands that is the newest of those they have in common with the
// marked ones.
func (n *Neighbours) common(row []entry, places []uint16, s *Scratch) int {
	newest, at := int32(math.MaxInt32), 0
	for i, e := range row {
		if k := s.place[e.id]; k > 0 && k < newest {
			newest, at = k, int(places[i])
		}
	}
	return at
}

// near returns what something counts that stands so many steps after the thing in common.
func (n *Neighbours) near(steps int) float32 {
	f := float32(1)
	if steps < 0 {
		f, steps = float32(n.settings.Backward), -steps
	}
	if len(n.nearness) > 0 {
		f *= n.nearness[min(steps, len(n.nearness)-1)]
	}
	return f
}

// Explain implements [Learner]. What a person's word is worth is shared out among the items that made them alike.
func (n *Neighbours) Explain(profile []Taken, item int32, s *Scratch) []Share {
	if item < 0 || int(item) >= len(n.item) {
		return nil
	}
	bag := s.gather(profile, len(n.item), &n.settings.Weights)
	near := n.nearest(bag, s)
	defer n.forget(s)
	s.mark(bag)
	defer s.unmark(bag)
	shares := make([]Share, len(bag))
	for _, p := range near {
		row := n.table.people.row(int(p.id))
		said, place := find(row, item)
		if said == 0 {
			continue
		}
		if n.ordered() {
			places := n.table.places[n.table.people.start[p.id]:][:len(row)]
			said *= n.near(int(places[place]) - n.common(row, places, s))
		}
		x := n.say(p.weight) * said * n.novelty[item] / s.alike[p.id]
		for i, b := range bag {
			shares[i].Item = b.id
			w, _ := find(row, b.id)
			shares[i].Value += x * b.weight * n.item[b.id] * w
		}
	}
	return sortShares(shares)
}

// find returns the weight of an item in a row in rising order, zero if it is not there, and its place.
func find(row []entry, item int32) (weight float32, place int) {
	place, found := slices.BinarySearchFunc(row, item, func(e entry, item int32) int { return int(e.id) - int(item) })
	if !found {
		return 0, 0
	}
	return row[place].weight, place
}
