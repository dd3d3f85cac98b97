package learn

import (
	"context"
	"math"
)

// PopularitySettings say what popular means.
type PopularitySettings struct {
	Weights
	// HalfLife is after how many seconds an event counts half as much; zero means that all count alike. It makes what
	// is popular into what is trending.
	HalfLife float64
}

// DefaultPopularity are good settings where nothing is known.
func DefaultPopularity() PopularitySettings { return PopularitySettings{} }

// Popularity scores items by how many people took them, whatever the profile. It answers for who has no profile.
type Popularity struct{ scores []float32 }

// NewPopularity counts.
func NewPopularity(ctx context.Context, h *Histories, settings PopularitySettings) (*Popularity, error) {
	if err := h.check(); err != nil {
		return nil, err
	}
	return newPopularity(h, settings), ctx.Err()
}

func newPopularity(h *Histories, settings PopularitySettings) *Popularity {
	latest := int64(math.MinInt64)
	for _, t := range h.Taken {
		latest = max(latest, t.Time)
	}
	sums := make([]float64, h.Items)
	for _, t := range h.Taken {
		w := float64(settings.of(t))
		if settings.HalfLife > 0 {
			w *= math.Exp2(float64(t.Time-latest) / settings.HalfLife)
		}
		sums[t.Item] += w
	}
	p := &Popularity{scores: make([]float32, h.Items)}
	for i, s := range sums {
		p.scores[i] = float32(s)
	}
	return p
}

// Score implements [Learner].
func (p *Popularity) Score(dst []float32, _ []Taken, _ *Scratch) { copy(dst, p.scores) }

// Explain implements [Learner]: nothing in a profile carries the score.
func (p *Popularity) Explain([]Taken, int32, *Scratch) []Share { return nil }
