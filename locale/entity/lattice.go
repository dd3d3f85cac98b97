package entity

import (
	"cmp"
	"sort"
	"time"
)

// Find returns the best reading of s as entities, in order and without overlaps: those that [Times], [Quantities] and
// [Numbers] find, and those of more finders. The reference instant ref is when s was said, and its location is the time
// zone of the times in it. Find takes time in proportion to the length of s.
func Find(s string, ref time.Time, more ...Finder) []Entity {
	return read(s, ref, append([]Finder{Times{}, Quantities{}, Numbers{}}, more...)).Best()
}

// Read returns all readings of s as entities that the finders find. Without finders it finds nothing. See [Find] for ref
// and for how long it takes.
func Read(s string, ref time.Time, finders ...Finder) *Lattice { return read(s, ref, finders) }

// usual is how many readings a request has at most, as a rule.
const usual = 16

func read(s string, ref time.Time, finders []Finder) *Lattice {
	t := newText(s)
	l := &Lattice{all: make([]Entity, 0, min(len(s)/8, usual))}
	add := func(e Entity) {
		if e.from < e.to {
			l.all = append(l.all, e)
		}
	}
	for _, f := range finders {
		f.Find(t, ref, add)
	}
	sort.Sort(byPlace(l.all))
	yieldToTimes(l.all, t.view)
	best, cuts := choose(l.all)
	l.best = best
	if len(cuts) > 0 {
		again := rereader{text: t, ref: ref, finders: finders, best: best}
		found := again.read(cuts)
		l.all, l.best = append(l.all, found...), append(l.best, found...)
		sort.Sort(byPlace(l.all))
		sort.Sort(byPlace(l.best))
	}
	return l
}

// A Lattice holds all readings of a text as entities, which may share text. It never changes, and neither must the
// slices that its methods return.
type Lattice struct{ all, best []Entity }

// All returns all readings by where they begin, the longer ones first. Those of one Finder do not share text, but for
// what was read again.
func (l *Lattice) All() []Entity { return l.all }

// Best returns the most telling reading of every stretch, in order and without overlaps.
func (l *Lattice) Best() []Entity { return l.best }

// At returns the readings that begin at the byte offset, the longest first.
func (l *Lattice) At(offset int) []Entity {
	from := sort.Search(len(l.all), func(i int) bool { return l.all[i].Start >= offset })
	to := from
	for to < len(l.all) && l.all[to].Start == offset {
		to++
	}
	return l.all[from:to]
}

// byPlace sorts readings by where they begin, the longer ones first.
type byPlace []Entity

func (p byPlace) Len() int      { return len(p) }
func (p byPlace) Swap(i, k int) { p[i], p[k] = p[k], p[i] }
func (p byPlace) Less(i, k int) bool {
	a, b := &p[i], &p[k]
	return cmp.Or(cmp.Compare(a.from, b.from), cmp.Compare(b.to, a.to), cmp.Compare(a.Kind, b.Kind)) < 0
}
