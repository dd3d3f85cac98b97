package main

import (
	"math"
	"slices"
)

// A descent minimises the logarithmic loss of a model with decay, by gradient descent with a rate of its own for each
// weight. It is deterministic: examples and features are taken in their order.
type descent struct {
	sounds int
	decay  float64
	rows   []row
	cells  []cell // of each feature one for each sound but the first, the biases before all
	likely []float64
}

// A row is an example.
type row struct {
	cells  []int // the first cell of each feature
	sound  int
	weight float64
}

// A cell is the weight of a feature for a sound.
type cell struct {
	of    feature
	sound int
	value float64
	slope float64
	steep float64 // sum of the squares of all slopes
}

// bias is the feature that all examples have. Its decay is weak.
var bias = feature{kind: -1}

const (
	biasDecay = 0.1
	rate      = 0.5
)

func newDescent(sounds []uint16, examples []example, o options) *descent {
	d := &descent{sounds: len(sounds), decay: o.decay, likely: make([]float64, len(sounds))}
	index := make(map[feature]int)
	cellOf := func(f feature) int {
		at, ok := index[f]
		if !ok {
			at = len(d.cells)
			index[f] = at
			for c := 1; c < d.sounds; c++ {
				d.cells = append(d.cells, cell{of: f, sound: c})
			}
		}
		return at
	}
	cellOf(bias)
	for _, e := range examples {
		w := row{cells: []int{cellOf(bias)}, sound: slices.Index(sounds, e.sound), weight: e.weight}
		if !e.word && e.place.Settled {
			w.weight *= o.settled
		}
		if w.sound < 0 || w.weight == 0 {
			continue
		}
		for kind, value := range e.place.Features {
			if value != 0 {
				w.cells = append(w.cells, cellOf(feature{kind, value}))
			}
		}
		d.rows = append(d.rows, w)
	}
	return d
}

// step goes one step down.
func (d *descent) step() {
	for i := range d.cells {
		c := &d.cells[i]
		c.slope = d.decay * c.value
		if c.of == bias {
			c.slope *= biasDecay
		}
	}
	for _, w := range d.rows {
		total := 1.0
		for c := 1; c < d.sounds; c++ {
			score := 0.0
			for _, at := range w.cells {
				score += d.cells[at+c-1].value
			}
			d.likely[c] = math.Exp(score)
			total += d.likely[c]
		}
		for c := 1; c < d.sounds; c++ {
			off := d.likely[c] / total
			if c == w.sound {
				off--
			}
			for _, at := range w.cells {
				d.cells[at+c-1].slope += off * w.weight
			}
		}
	}
	for i := range d.cells {
		c := &d.cells[i]
		if c.steep += c.slope * c.slope; c.steep > 0 {
			c.value -= rate * c.slope / math.Sqrt(c.steep)
		}
	}
}
