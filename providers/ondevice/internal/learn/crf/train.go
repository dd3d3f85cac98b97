package crf

import (
	"context"
	"math"
	"slices"

	"github.com/zhushou-ai/zhushou/providers/ondevice/internal/learn/exact"
	"github.com/zhushou-ai/zhushou/providers/ondevice/internal/learn/linear"
)

// A Sequence is one sentence with its labels.
type Sequence struct {
	Features [][]uint32 // of each place, what is true of it; no key twice at one place
	Labels   []int      // of each place
	Set      int        // which labels are possible: the index of the set
}

// Options say how to train. There is no useful zero value.
type Options struct {
	Epochs int
	Rate   float64
	Decay  float64
	Least  int // how often a feature must occur to be learned from
}

// Train fits the weights of features and of neighbouring labels. There are so many labels; label 0
// is that of what is nothing. The sets say which labels may occur together, and follows which may follow
// which. The same sequences give the same weights.
func Train(ctx context.Context, seqs []Sequence, space *Space, opt Options) ([]linear.Cell, error) {
	t := newTraining(seqs, space, opt.Least)
	order := make([]int32, len(seqs))
	for i := range order {
		order[i] = int32(i)
	}
	var random exact.Source
	for range opt.Epochs {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		random.Shuffle(order)
		for _, i := range order {
			t.step(&t.seqs[i], float32(opt.Rate))
		}
		shrink := float32(1 / (1 + float64(opt.Decay*float64(len(seqs)))))
		for i := range t.w {
			t.w[i] *= shrink
		}
	}
	return t.cells(), nil
}

// A row holds the weights of one feature: for the labels of one set if the feature occurs only there, and for
// all of them otherwise.
type row struct {
	at  int32 // in the weights
	set int32 // -1 for all labels
}

type sequence struct {
	rows   [][]row
	labels []int // indices in the set
	set    int
}

type training struct {
	space   *Space
	parts   []parts // by set
	seqs    []sequence
	keys    []uint32
	rows    []row
	w       []float32
	squares []float32

	// work space of one step: scores and messages by place and label of the set
	node, forward, backward []float64
	edge, error             []float64 // by pair of labels
	part                    []float64 // by part
	sums                    []float64 // that the backward messages of each place were divided by
}

func newTraining(seqs []Sequence, space *Space, least int) *training {
	t := &training{space: space}
	for _, set := range space.Sets {
		t.parts = append(t.parts, newParts(space, set))
	}
	count := make(map[uint32]int32)
	home := make(map[uint32]int32)
	for _, s := range seqs {
		for _, fs := range s.Features {
			for _, f := range fs {
				count[f]++
				if count[f] == 1 {
					home[f] = int32(s.Set)
				} else if home[f] != int32(s.Set) {
					home[f] = -1
				}
			}
		}
	}
	for f, n := range count {
		if int(n) >= least {
			t.keys = append(t.keys, f)
		}
	}
	// Pairs of labels are features as well, of all sets.
	for from := range space.Parts() + 1 {
		k := transition(from)
		t.keys = append(t.keys, k)
		home[k] = -1
	}
	slices.Sort(t.keys)
	t.keys = slices.Compact(t.keys)
	t.rows = make([]row, len(t.keys))
	place := make(map[uint32]row, len(t.keys))
	at := 0
	for i, k := range t.keys {
		t.rows[i] = row{int32(at), home[k]}
		place[k] = t.rows[i]
		if home[k] < 0 {
			at += space.Parts()
		} else {
			at += len(t.parts[home[k]].all)
		}
	}
	t.w, t.squares = make([]float32, at), make([]float32, at)
	for _, s := range seqs {
		q := sequence{set: s.Set, rows: make([][]row, len(s.Features)), labels: make([]int, len(s.Labels))}
		for i, fs := range s.Features {
			for _, f := range fs {
				if r, ok := place[f]; ok {
					q.rows[i] = append(q.rows[i], r)
				}
			}
			q.labels[i] = slices.Index(space.Sets[s.Set], s.Labels[i])
		}
		if len(q.rows) > 0 && !slices.Contains(q.labels, -1) {
			t.seqs = append(t.seqs, q)
		}
	}
	return t
}

// transitions returns the rows of what follows a label: those of the label and of its kind.
func (t *training) transitions(from int) [2]row {
	i, _ := slices.BinarySearch(t.keys, transition(from))
	j, _ := slices.BinarySearch(t.keys, transition(t.space.kindOf(from)))
	return [2]row{t.rows[i], t.rows[j]}
}

// sum adds to the scores of the labels of a set what the rows say.
func (t *training) sum(set int, rows []row, scores []float64) {
	p := &t.parts[set]
	t.part = grow(t.part, len(p.all))
	clear(t.part)
	for _, r := range rows {
		if r.set < 0 {
			for j, part := range p.all {
				t.part[j] += float64(t.w[r.at+int32(part)])
			}
		} else {
			for j, w := range t.w[r.at:][:len(p.all)] {
				t.part[j] += float64(w)
			}
		}
	}
	for y := range scores {
		scores[y] = t.part[y] + t.part[p.kind[y]]
		if y > 0 {
			scores[y] += t.part[p.slot[y]]
		}
	}
}

// learn corrects the rows by the errors of the labels of a set.
func (t *training) learn(set int, rows []row, errors []float64, rate float32) {
	p := &t.parts[set]
	t.part = grow(t.part, len(p.all))
	clear(t.part)
	for y, g := range errors {
		t.part[y] += g
		t.part[p.kind[y]] += g
		if y > 0 {
			t.part[p.slot[y]] += g
		}
	}
	for j, g := range t.part {
		if g < least && g > -least {
			continue
		}
		for _, r := range rows {
			at := r.at + int32(j)
			if r.set < 0 {
				at = r.at + int32(p.all[j])
			}
			t.update(at, float32(g), rate)
		}
	}
}

func (t *training) step(q *sequence, rate float32) {
	set := t.space.Sets[q.set]
	n, l := len(q.rows), len(set)
	t.node = grow(t.node, n*l)
	t.forward, t.backward = grow(t.forward, n*l), grow(t.backward, n*l)
	t.edge, t.error = grow(t.edge, (l+1)*l), grow(t.error, (l+1)*l)
	t.sums = grow(t.sums, n)
	// Scores of labels, and of pairs of them; row l of edge is that of the start.
	for i, rows := range q.rows {
		node := t.node[i*l:][:l]
		t.sum(q.set, rows, node)
		top := slices.Max(node)
		for y := range node {
			node[y] = exact.Exp(node[y] - top)
		}
	}
	for x := range l + 1 {
		from := t.from(set, x)
		rows := t.transitions(from)
		edge := t.edge[x*l:][:l]
		t.sum(q.set, rows[:], edge)
		for y := range edge {
			if t.space.Follows(from, set[y]) {
				edge[y] = exact.Exp(min(edge[y], 50))
			} else {
				edge[y] = 0
			}
		}
	}
	for i := range n {
		f := t.forward[i*l:][:l]
		if i == 0 {
			copy(f, t.edge[l*l:])
		} else {
			clear(f)
			for x, p := range t.forward[(i-1)*l:][:l] {
				if p == 0 {
					continue
				}
				for y, e := range t.edge[x*l:][:l] {
					f[y] += float64(p * e)
				}
			}
		}
		sum := tiny
		for y := range f {
			f[y] = float64(f[y] * t.node[i*l+y])
			sum += f[y]
		}
		for y := range f {
			f[y] /= sum
		}
	}
	for i := n - 1; i >= 0; i-- {
		b := t.backward[i*l:][:l]
		if i == n-1 {
			for y := range b {
				b[y] = 1
			}
			continue
		}
		sum := tiny
		for x := range b {
			s := 0.0
			for y, e := range t.edge[x*l:][:l] {
				s += float64(float64(e*t.node[(i+1)*l+y]) * t.backward[(i+1)*l+y])
			}
			b[x] = s
			sum += s
		}
		for x := range b {
			b[x] /= sum
		}
		t.sums[i] = sum
	}
	t.learnEdges(q, set, rate)
	t.learnNodes(q, len(set), rate)
}

const tiny = 1e-290

func (t *training) learnNodes(q *sequence, l int, rate float32) {
	for i, rows := range q.rows {
		p := t.forward[i*l:][:l] // becomes the probability of each label
		sum := tiny
		for y := range p {
			p[y] = float64(p[y] * t.backward[i*l+y])
			sum += p[y]
		}
		for y := range p {
			p[y] /= sum
		}
		p[q.labels[i]]--
		t.learn(q.set, rows, p, rate)
	}
}

func (t *training) learnEdges(q *sequence, set []int, rate float32) {
	n, l := len(q.rows), len(set)
	clear(t.error)
	for i := range n {
		if i == 0 {
			sum := t.meeting(0, l)
			for y := range l {
				t.error[l*l+y] = float64(t.forward[y]*t.backward[y]) / sum
			}
			t.error[l*l+q.labels[0]]--
			continue
		}
		by := 1 / float64(t.sums[i-1]*t.meeting(i-1, l))
		for x, p := range t.forward[(i-1)*l:][:l] {
			p = float64(p * by)
			if p < 1e-9 {
				continue
			}
			for y, e := range t.edge[x*l:][:l] {
				if e != 0 {
					t.error[x*l+y] += float64(float64(p*e) * float64(t.node[i*l+y]*t.backward[i*l+y]))
				}
			}
		}
		t.error[q.labels[i-1]*l+q.labels[i]]--
	}
	for x := range l + 1 {
		rows := t.transitions(t.from(set, x))
		for y := range l { // what cannot be is not learned from
			if t.edge[x*l+y] == 0 {
				t.error[x*l+y] = 0
			}
		}
		t.learn(q.set, rows[:], t.error[x*l:][:l], rate)
	}
}

// from returns the label x of a set; behind the last one is the start.
func (t *training) from(set []int, x int) int {
	if x == len(set) {
		return t.space.Start()
	}
	return set[x]
}

// meeting returns the sum over the labels of a place of what comes from both sides.
func (t *training) meeting(i, l int) float64 {
	sum := tiny
	for k := range l {
		sum += float64(t.forward[i*l+k] * t.backward[i*l+k])
	}
	return sum
}

// least is the smallest error that is learned from.
const least = 1e-3

func (t *training) update(at int32, g, rate float32) {
	t.squares[at] += float32(g * g)
	t.w[at] -= float32(rate*g) / float32(math.Sqrt(float64(t.squares[at]+1e-6)))
}

func grow(x []float64, n int) []float64 {
	if cap(x) < n {
		return make([]float64, n, 2*n)
	}
	return x[:n]
}

// cells returns the weights.
func (t *training) cells() []linear.Cell {
	var out []linear.Cell
	add := func(key uint32, part int, w float32) {
		if w != 0 {
			out = append(out, linear.Cell{Key: key, Class: uint16(part), Weight: w})
		}
	}
	for i, r := range t.rows {
		if r.set < 0 {
			for part := range t.space.Parts() {
				add(t.keys[i], part, t.w[r.at+int32(part)])
			}
			continue
		}
		for j, part := range t.parts[r.set].all {
			add(t.keys[i], part, t.w[r.at+int32(j)])
		}
	}
	return out
}
