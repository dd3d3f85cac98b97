package explore

import (
	"math"
	"math/rand/v2"
	"slices"
	"sync"
)

// Arm is what is known of an item: how many took to it, and how many passed it by.
type Arm struct{ Taken, Passed float64 }

// Thompson is [Tail] with another policy for the explored places: an item of the pool comes with the probability that it
// is the best of them as far as is known, when the chance to be taken to is Beta(1+Taken, 1+Passed) for each, and with
// probability Rate by the even chance that keeps propensities away from 0. What is little known is tried; what is known
// to be passed by is not. Arms are in the order of the ranking; more than a thousand observations of one count as a
// thousand, in their proportion, since what people like changes.
//
// The probabilities are integrals over a grid, no samples, and items are drawn by these very numbers: the propensities
// are exact. It takes about 10 µs for each item of the pool and place.
func Thompson(arms []Arm, limit int, options Options, chance *rand.Rand) []Pick {
	limit = max(0, min(limit, len(arms)))
	o := options.WithDefaults(limit)
	picks := make([]Pick, 0, limit)
	for i := range limit - o.Slots {
		picks = append(picks, Pick{i, 1})
	}
	var pool []*belief
	next := len(picks)
	for len(picks) < limit {
		for ; len(pool) < o.Pool && next < len(arms); next++ {
			pool = append(pool, believe(next, arms[next]))
		}
		likely := best(pool)
		for i := range likely {
			likely[i] = o.Rate/float64(len(pool)) + (1-o.Rate)*likely[i]
		}
		at := draw(likely, chance.Float64())
		picks = append(picks, Pick{pool[at].rank, likely[at]})
		pool = slices.Delete(pool, at, at+1)
	}
	return picks
}

// draw returns the place in which a number from 0 to 1 falls.
func draw(shares []float64, x float64) int {
	for i, share := range shares {
		if x -= share; x < 0 {
			return i
		}
	}
	return len(shares) - 1 // rounding
}

const (
	gridPoints   = 512
	mostObserved = 1000
)

// belief is what the chance of an item to be taken to may be: masses on a grid that is even in arcsin √chance, where all
// of them are about as wide as their number of observations tells.
type belief struct {
	rank  int
	mass  [gridPoints]float64
	below [gridPoints]float64 // logarithm of the mass before the middle of a point
}

func believe(rank int, arm Arm) *belief {
	taken, passed := max(arm.Taken, 0), max(arm.Passed, 0)
	if all := taken + passed; all > mostObserved {
		taken, passed = taken*mostObserved/all, passed*mostObserved/all
	}
	b := &belief{rank: rank}
	most, whole := math.Inf(-1), 0.0
	g := grid()
	for k := range b.mass {
		b.mass[k] = (2*taken+1)*g[k].sin + (2*passed+1)*g[k].cos
		most = max(most, b.mass[k])
	}
	for k, log := range b.mass {
		if b.mass[k] = 0; log > most-30 {
			b.mass[k] = math.Exp(log - most)
			whole += b.mass[k]
		}
	}
	before := 0.0
	for k := range b.mass {
		b.mass[k] /= whole
		if k == 0 || b.mass[k] > 0 {
			b.below[k] = math.Log(before + b.mass[k]/2 + math.SmallestNonzeroFloat64)
		} else {
			b.below[k] = b.below[k-1]
		}
		before += b.mass[k]
	}
	return b
}

// logs are the logarithms of the sine and the cosine of a point of the grid.
type logs struct{ sin, cos float64 }

var grid = sync.OnceValue(func() *[gridPoints]logs {
	var g [gridPoints]logs
	for k := range g {
		sin, cos := math.Sincos((float64(k) + 0.5) / gridPoints * math.Pi / 2)
		g[k] = logs{math.Log(sin), math.Log(cos)}
	}
	return &g
})

// best returns how likely each is to be the greatest; all together are 1.
func best(pool []*belief) []float64 {
	var all [gridPoints]float64 // logarithm of the chance that all are below
	for _, b := range pool {
		for k, log := range b.below {
			all[k] += log
		}
	}
	likely, whole := make([]float64, len(pool)), 0.0
	for i, b := range pool {
		for k, mass := range b.mass {
			if mass > 1e-12 {
				likely[i] += mass * math.Exp(all[k]-b.below[k])
			}
		}
		whole += likely[i]
	}
	for i := range likely {
		likely[i] /= whole
	}
	return likely
}
