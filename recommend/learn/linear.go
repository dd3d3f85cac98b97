package learn

import (
	"context"
	"errors"
	"fmt"

	"github.com/zhushou-ai/zhushou/internal/simd"
)

// LinearSettings say how each item is predicted from all others.
type LinearSettings struct {
	Weights
	Regularisation float64 // added to the diagonal of the Gram matrix
	// MostItems is the size of catalogue from which on it is not worth its memory.
	MostItems int
}

// DefaultLinear are good settings where nothing is known.
func DefaultLinear() LinearSettings { return LinearSettings{Regularisation: 300, MostItems: 6000} }

// ErrManyItems says that a catalogue is too large for a learner.
var ErrManyItems = errors.New("too many items")

// Linear predicts each item from all others, by the linear model whose weights have a closed form (EASE): with P the
// inverse of the items' Gram matrix plus Regularisation, the weight of i for j is -P(i,j)/P(j,j). It is the best single
// learner for small catalogues with much history. It needs 4 bytes for each pair of items (144 MB for 6,000) and time
// that grows with the third power of their number.
type Linear struct {
	settings LinearSettings
	items    int
	weights  []float32
}

// NewLinear learns the weights on as many goroutines as asked for; zero means as many as there are processors. A
// catalogue of more than settings.MostItems is an error that wraps [ErrManyItems].
func NewLinear(ctx context.Context, h *Histories, settings LinearSettings, workers int) (*Linear, error) {
	if err := h.check(); err != nil {
		return nil, err
	}
	return newLinear(ctx, newTable(h, settings.Weights), settings, workers)
}

func newLinear(ctx context.Context, t *table, settings LinearSettings, workers int) (*Linear, error) {
	n := t.items.count()
	if n > settings.MostItems {
		return nil, fmt.Errorf("learn: a linear model of %d items, at most %d are set: %w", n, settings.MostItems, ErrManyItems)
	}
	if !(settings.Regularisation > 0) {
		return nil, fmt.Errorf("learn: a linear model needs a regularisation above zero, not %v", settings.Regularisation)
	}
	l := &Linear{settings: settings, items: n, weights: make([]float32, n*n)}
	if err := parallel(ctx, workers, n, 16, func(_, from, to int) {
		for i := from; i < to; i++ {
			row := l.weights[i*n : (i+1)*n]
			for _, p := range t.items.row(i) {
				for _, e := range t.people.row(int(p.id)) {
					row[e.id] += p.weight * e.weight
				}
			}
			row[i] += float32(settings.Regularisation)
		}
	}); err != nil {
		return nil, err
	}
	if err := invert(ctx, l.weights, n, workers); err != nil {
		return nil, err
	}
	inverse := make([]float32, n)
	for j := range inverse {
		inverse[j] = -1 / l.weights[j*n+j]
	}
	for i := range n {
		row := l.weights[i*n : (i+1)*n]
		for j := range row {
			row[j] *= inverse[j]
		}
		row[i] = 0
	}
	return l, nil
}

// Score implements [Learner].
func (l *Linear) Score(dst []float32, profile []Taken, s *Scratch) {
	clear(dst)
	for _, b := range s.gather(profile, l.items, &l.settings.Weights) {
		simd.Axpy(b.weight, l.weights[int(b.id)*l.items:][:l.items], dst)
	}
}

// Explain implements [Learner].
func (l *Linear) Explain(profile []Taken, item int32, s *Scratch) []Share {
	if item < 0 || int(item) >= l.items {
		return nil
	}
	var shares []Share
	for _, b := range s.gather(profile, l.items, &l.settings.Weights) {
		shares = append(shares, Share{b.id, b.weight * l.weights[int(b.id)*l.items+int(item)]})
	}
	return sortShares(shares)
}
