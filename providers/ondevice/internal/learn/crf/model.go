package crf

import (
	"math"

	"github.com/zhushou-ai/zhushou/providers/ondevice/internal/learn/linear"
)

// A Model marks slots. It never changes.
type Model struct {
	space *Space
	table *linear.Table
	parts []parts   // by set
	edges [][]int64 // by set: by label of the set, the start last, and by what follows it
}

// NewModel keeps the heaviest of the weights that [Train] returned.
func NewModel(space *Space, cells []linear.Cell, most int) *Model {
	return newModel(space, linear.NewTable(space.Parts(), cells, most))
}

func newModel(space *Space, table *linear.Table) *Model {
	m := &Model{space: space, table: table}
	sums := make([]int64, space.Parts())
	for _, set := range space.Sets {
		p := newParts(space, set)
		l := len(set)
		edges := make([]int64, (l+1)*l)
		for x := range l + 1 {
			from := space.Start()
			if x < l {
				from = set[x]
			}
			clear(sums)
			table.Add(transition(from), linear.One, sums)
			table.Add(transition(space.kindOf(from)), linear.One, sums)
			p.combine(sums, edges[x*l:][:l])
			for y, label := range set {
				if !space.Follows(from, label) {
					edges[x*l+y] = never
				}
			}
		}
		m.parts, m.edges = append(m.parts, p), append(m.edges, edges)
	}
	return m
}

// never is the score of what cannot be.
const never = math.MinInt64 / 4

// combine sets the scores of the labels of a set by the sums of their parts.
func (p *parts) combine(sums, scores []int64) {
	for y := range scores {
		scores[y] = sums[p.all[y]] + sums[p.all[p.kind[y]]]
		if y > 0 {
			scores[y] += sums[p.all[p.slot[y]]]
		}
	}
}

// A Work is the room that a model needs. The zero Work is ready for use, by one goroutine.
type Work struct {
	sums   []int64 // by place and part
	here   []int64 // by label of the set
	best   []int64 // of the place before
	next   []int64
	back   []int32
	labels []int
}

// Places begins a sentence of n places, of which nothing is known yet.
func (m *Model) Places(w *Work, n int) {
	w.sums = resize(w.sums, n*m.space.Parts())
	clear(w.sums)
}

// Add adds what a feature says about place i.
func (m *Model) Add(w *Work, i int, key uint32) {
	m.table.Add(key, linear.One, w.sums[i*m.space.Parts():][:m.space.Parts()])
}

// Save keeps what has been added so far in a copy, and Restore returns to it.
func (w *Work) Save(to []int64) []int64 { return append(to[:0], w.sums...) }
func (w *Work) Restore(from []int64)    { copy(w.sums, from) }

// Label returns the likeliest label of each place, of those in the set. It is valid until the next call.
func (m *Model) Label(w *Work, set int) []int {
	labels, edges, total := m.space.Sets[set], m.edges[set], m.space.Parts()
	n, l := len(w.sums)/total, len(labels)
	w.best, w.next, w.here = resize(w.best, l), resize(w.next, l), resize(w.here, l)
	w.back = resize(w.back, n*l)
	w.labels = resize(w.labels, n)
	if n == 0 {
		return w.labels
	}
	for i := range n {
		m.parts[set].combine(w.sums[i*total:][:total], w.here)
		for y, label := range labels {
			score, from := edges[l*l+y], 0
			if i > 0 {
				score = never
				first, last := 0, l-1
				if label > 0 && label%2 == 0 { // it goes on with the label before it in the set, or with itself
					first, last = y-1, y
				}
				for x := first; x <= last; x++ {
					if s := w.best[x] + edges[x*l+y]; s > score {
						score, from = s, x
					}
				}
			}
			w.next[y], w.back[i*l+y] = max(never, score+w.here[y]), int32(from)
		}
		w.best, w.next = w.next, w.best
	}
	y := 0
	for k := range l {
		if w.best[k] > w.best[y] {
			y = k
		}
	}
	for i := n - 1; i >= 0; i-- {
		w.labels[i] = labels[y]
		y = int(w.back[i*l+y])
	}
	return w.labels
}

func resize[T any](x []T, n int) []T {
	if cap(x) < n {
		return make([]T, n, n+n/2)
	}
	return x[:n]
}

// Empty reports whether the labels of a set mark nothing.
func (m *Model) Empty(set int) bool { return len(m.space.Sets[set]) < 2 }
