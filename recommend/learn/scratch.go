package learn

import "math"

// history is how many different things of a profile count, the newest ones. It bounds what a person who takes to
// everything, or a machine that pretends to be one, adds to the work: the item graph's grows with the square.
const history = 1000

// Scratch is the memory that a query works in. It grows to what is needed and is reused, so that queries allocate
// nothing after the first. The zero value is ready. It serves one query at a time and any number of learners.
type Scratch struct {
	place  []int32   // of an item in bag, plus one; zero between queries
	bag    []entry   // the profile as a learner weighs it
	part   []float32 // the scores of one part of a blend
	alike  []float32 // by person; zero between queries
	met    []int32
	near   []entry
	fold   solver
	vector []float32
	rank   []Hit

	few      []float32 // by item: the scores of one part; zero between learners
	sum      []float32 // by item: those of a blend; zero between queries
	found    []int32
	proposed []int32
	selector
}

// Weights says what an event counts for.
type Weights struct {
	// Kinds is the weight of each kind of event, by its number; kinds beyond it count 1. An event of a kind that weighs
	// nothing is not looked at.
	Kinds []float32
	// Recency is by how much a thing in a profile counts less than the one the person took next: 0.8 makes the last one
	// count 1, the one before 0.8, then 0.64. Zero means 1: all count alike. It is heeded where a profile is scored, not
	// where it is learned from.
	Recency float32
}

// of returns the weight of an event by itself.
func (w *Weights) of(t Taken) float32 {
	if int(t.Kind) < len(w.Kinds) {
		return t.Weight * w.Kinds[t.Kind]
	}
	return t.Weight
}

// gather returns what a profile holds, the newest first, each item once, with the greatest weight of its events and
// less for its age. The list is valid until the next call.
func (s *Scratch) gather(profile []Taken, items int, w *Weights) []entry {
	if len(s.place) < items {
		s.place = make([]int32, items)
	}
	bag := s.bag[:0]
	for i := len(profile) - 1; i >= 0; i-- {
		t := profile[i]
		weight := w.of(t)
		if !(weight > 0) || t.Item < 0 || int(t.Item) >= items {
			continue
		}
		if k := s.place[t.Item]; k > 0 {
			bag[k-1].weight = max(bag[k-1].weight, weight)
			continue
		}
		if len(bag) == history {
			break
		}
		bag = append(bag, entry{t.Item, weight})
		s.place[t.Item] = int32(len(bag))
	}
	age := float32(1)
	for i := range bag {
		s.place[bag[i].id] = 0
		bag[i].weight *= age
		if w.Recency > 0 {
			age *= w.Recency
		}
	}
	s.bag = bag
	return bag
}

// mark notes where each item stands in a bag, for place to tell; unmark wipes it out.
func (s *Scratch) mark(bag []entry) {
	for i, b := range bag {
		s.place[b.id] = int32(i + 1)
	}
}

func (s *Scratch) unmark(bag []entry) {
	for _, b := range bag {
		s.place[b.id] = 0
	}
}

// list returns room for the scores of one part of a blend.
func (s *Scratch) list(items int) []float32 {
	if cap(s.part) < items {
		s.part = make([]float32, items)
	}
	return s.part[:items]
}

// grow makes room for the sums of so many items.
func (s *Scratch) grow(items int) {
	if len(s.sum) < items {
		s.few, s.sum = make([]float32, items), make([]float32, items)
	}
}

// zeros returns n numbers, all zero, in what memory there is.
func zeros(to []float32, n int) []float32 {
	if cap(to) < n {
		return make([]float32, n)
	}
	to = to[:n]
	clear(to)
	return to
}

// raised returns n to a power, one for none.
func raised(n int, power float64) float32 {
	if n < 1 {
		return 1
	}
	return float32(math.Pow(float64(n), power))
}
