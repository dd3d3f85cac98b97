package tune

import (
	"fmt"
	"math"
	"slices"
)

// Parameter is one number to choose.
type Parameter struct {
	Name string
	// Low and High bound the number, both included.
	Low, High float64
	// Log spreads trials evenly over the logarithm: for numbers such as 0.001, 0.01, 0.1. Low must then
	// be positive.
	Log bool
	// Integer allows whole numbers only.
	Integer bool
	// Values, if not nil, are the only ones allowed, in an order that makes sense, and the other fields
	// are ignored.
	Values []float64
}

// Space is the parameters to choose together.
type Space []Parameter

// Params is one choice: numbers by the names of the parameters.
type Params map[string]float64

const (
	maxParameters = 32
	maxTrials     = 1000
)

func (s Space) check() error {
	if len(s) == 0 || len(s) > maxParameters {
		return fmt.Errorf("tune: %d parameters: give 1 to %d", len(s), maxParameters)
	}
	names := map[string]bool{}
	for i, p := range s {
		switch {
		case p.Name == "" || names[p.Name]:
			return fmt.Errorf("tune: parameter %d has the name %q: give every one a name of its own", i, p.Name)
		case p.Values != nil:
			if len(p.Values) == 0 || slices.ContainsFunc(p.Values, unusable) {
				return fmt.Errorf("tune: parameter %q has the values %v: give at least one, all finite", p.Name, p.Values)
			}
		case unusable(p.Low) || unusable(p.High) || p.Low > p.High || unusable(p.High-p.Low):
			return fmt.Errorf("tune: parameter %q is from %v to %v: give finite bounds in order", p.Name, p.Low, p.High)
		case p.Log && p.Low <= 0:
			return fmt.Errorf("tune: parameter %q is logarithmic from %v: give a positive bound", p.Name, p.Low)
		case p.Integer && math.Floor(p.High) < math.Ceil(p.Low):
			return fmt.Errorf("tune: parameter %q has no whole number from %v to %v: widen the bounds", p.Name, p.Low, p.High)
		}
		names[p.Name] = true
	}
	return nil
}

func unusable(v float64) bool { return math.IsNaN(v) || math.IsInf(v, 0) }

// at returns the value at a place from 0 to 1.
func (p Parameter) at(place float64) float64 {
	place = min(max(place, 0), 1)
	if p.Values != nil {
		return p.Values[min(int(place*float64(len(p.Values))), len(p.Values)-1)]
	}
	v := p.Low + place*(p.High-p.Low)
	if p.Log {
		v = math.Exp(math.Log(p.Low) + place*(math.Log(p.High)-math.Log(p.Low)))
	}
	if p.Integer {
		return min(max(math.Round(v), math.Ceil(p.Low)), math.Floor(p.High))
	}
	return min(max(v, p.Low), p.High)
}

// place is the inverse of at: the middle of the places with that value.
func (p Parameter) place(v float64) float64 {
	if p.Values != nil {
		return (float64(slices.Index(p.Values, v)) + 0.5) / float64(len(p.Values))
	}
	low, high := p.Low, p.High
	if p.Log {
		low, high, v = math.Log(low), math.Log(high), math.Log(v)
	}
	if low == high {
		return 0.5
	}
	return (v - low) / (high - low)
}

// steps returns the values of a grid of at most n steps, without repetition.
func (p Parameter) steps(n int) []float64 {
	if p.Values != nil {
		return dedupe(slices.Clone(p.Values))
	}
	if n == 1 {
		return []float64{p.at(0.5)}
	}
	values := make([]float64, n)
	for i := range values {
		values[i] = p.at(float64(i) / float64(n-1))
	}
	return slices.Compact(values)
}

// dedupe keeps the first of equal values.
func dedupe(values []float64) []float64 {
	kept := values[:0]
	for _, v := range values {
		if !slices.Contains(kept, v) {
			kept = append(kept, v)
		}
	}
	return kept
}

// at returns the values at a point of the unit cube.
func (s Space) at(point []float64) []float64 {
	values := make([]float64, len(s))
	for i, p := range s {
		values[i] = p.at(point[i])
	}
	return values
}

// places returns the point of the unit cube for values.
func (s Space) places(values []float64) []float64 {
	point := make([]float64, len(s))
	for i, p := range s {
		point[i] = p.place(values[i])
	}
	return point
}
