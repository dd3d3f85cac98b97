package linear

import (
	"cmp"
	"context"
	"slices"

	"github.com/zhushou-ai/zhushou/providers/ondevice/internal/learn/exact"
)

// A Feature is something that is true of an input, by a hash of its name, and how much.
type Feature struct {
	Key   uint32
	Value float32
}

// A Row is an input and its class. The keys of a row differ.
type Row struct {
	Features []Feature
	Class    int
	Weight   float32 // how often it counts

	// Offset is what the scores of the classes begin with. If nil, zero.
	Offset []float64
}

// Options say how to train. There is no useful zero value.
type Options struct {
	Epochs int
	Rate   float64 // of learning
	Decay  float64 // by how much weights shrink, per epoch and row
}

// Weights are what is learned: a number for each pair of a feature and a class.
type Weights struct {
	classes int
	keys    []uint32 // ascending
	w       []float32
	index   *index
}

// Train fits a multinomial logistic regression by stochastic gradient descent with a rate of its own for
// each weight (AdaGrad). The same rows give the same weights.
func Train(ctx context.Context, rows []Row, classes int, opt Options) (*Weights, error) {
	t := newTraining(rows, classes)
	order := make([]int32, len(rows))
	for i := range order {
		order[i] = int32(i)
	}
	var random exact.Source
	for epoch := range opt.Epochs {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		random.Shuffle(order)
		for _, i := range order {
			if t.easy[i] && epoch%3 != 0 { // it has nothing to teach just now
				continue
			}
			t.easy[i] = t.step(int(i), &rows[i], float32(opt.Rate)) < easy
		}
		shrink := float32(1 / (1 + float64(opt.Decay*float64(len(rows)))))
		for i := range t.w {
			t.w[i] *= shrink
		}
	}
	return &t.Weights, nil
}

// A training holds the weights while they are learned.
type training struct {
	Weights
	places  [][]int32 // of each row, where the weights of its features begin
	squares []float32 // of the gradients of each weight so far
	scores  []float64
	sums    []float32
	wrong   []mistake
	easy    []bool // which rows were right the last time
}

// A mistake is how far off the score of a class is.
type mistake struct {
	class int32
	by    float32
}

func newTraining(rows []Row, classes int) *training {
	n := 0
	for _, r := range rows {
		n += len(r.Features)
	}
	keys := make([]uint32, 0, n)
	for _, r := range rows {
		for _, f := range r.Features {
			keys = append(keys, f.Key)
		}
	}
	slices.Sort(keys)
	keys = slices.Clone(slices.Compact(keys))
	t := &training{Weights: Weights{classes, keys, make([]float32, len(keys)*classes), newIndex(keys)}}
	t.squares = make([]float32, len(t.w))
	t.scores, t.sums, t.easy = make([]float64, classes), make([]float32, classes), make([]bool, len(rows))
	t.places = make([][]int32, len(rows))
	flat := make([]int32, n)
	for i, r := range rows {
		t.places[i], flat = flat[:len(r.Features):len(r.Features)], flat[len(r.Features):]
		for k, f := range r.Features {
			t.places[i][k] = int32(t.index.find(f.Key) * classes)
		}
	}
	return t
}

// least is the smallest error of a class that is learned from, and easy the error below which a row is looked at more
// rarely.
const (
	least = 2e-3
	easy  = 2e-2
)

// step learns from a row. It returns how wrong the scores were.
func (t *training) step(i int, r *Row, rate float32) float64 {
	clear(t.sums)
	for k, f := range r.Features {
		w := t.w[t.places[i][k]:][:len(t.sums)]
		for c := range w {
			t.sums[c] += float32(w[c] * f.Value)
		}
	}
	clear(t.scores)
	copy(t.scores, r.Offset)
	for c, s := range t.sums {
		t.scores[c] += float64(s)
	}
	exact.Softmax(t.scores)
	wrong := 1 - t.scores[r.Class]
	t.scores[r.Class]--
	t.wrong = t.wrong[:0]
	for c, s := range t.scores {
		if s >= least || s <= -least {
			t.wrong = append(t.wrong, mistake{int32(c), float32(s) * r.Weight})
		}
	}
	for k, f := range r.Features {
		for _, m := range t.wrong {
			at := t.places[i][k] + m.class
			d := m.by * f.Value
			t.squares[at] += float32(d * d)
			t.w[at] -= float32(rate*d) / sqrt(t.squares[at]+1e-6)
		}
	}
	return wrong
}

// Score adds to scores, one for each class, what the features say. It returns which part of the features, by
// their squares, there are weights for.
func (w *Weights) Score(features []Feature, scores []float64) (known float64) {
	sum := tiny
	for _, f := range features {
		square := float64(f.Value) * float64(f.Value)
		sum += float64(square)
		i := w.index.find(f.Key)
		if i < 0 {
			continue
		}
		known += float64(square)
		for c, v := range w.w[i*w.classes:][:w.classes] {
			scores[c] += float64(v * f.Value)
		}
	}
	return known / sum
}

const tiny = 1e-30

// Merge sorts features by key and adds up those of the same key.
func Merge(features []Feature) []Feature {
	slices.SortFunc(features, func(a, b Feature) int { return cmp.Compare(a.Key, b.Key) })
	out := features[:0]
	for _, f := range features {
		if n := len(out); n > 0 && out[n-1].Key == f.Key {
			out[n-1].Value += f.Value
		} else {
			out = append(out, f)
		}
	}
	return out
}
