package learn

import (
	"context"
	"errors"
	"fmt"
	"math"
	"slices"

	"github.com/zhushou-ai/zhushou/internal/simd"
)

// Blend is a [Learner] that adds up the lists of several, each divided by the standard deviation of its scores.
type Blend struct {
	settings Settings
	items    int
	parts    [parts]Learner // nil where the mix has none
	popular  *Popularity
	spread   float64 // the standard deviation of what is popular
	whole    int     // how many numbers the items' vectors may have that all are always looked at
}

// Learn learns from what people took. Unless config has settings, it first chooses them: it holds back a part of what
// some people took, tries settings and weights on what is left, and then learns from everything with the best ones. The
// report says what was tried.
//
// The same histories, config and seed give the same blend, whatever the number of goroutines; a profile that is empty
// leaves no trace. No goroutine outlives the call, and it ends soon after ctx does, with its error. h must not change
// meanwhile; Blend keeps nothing of it.
func Learn(ctx context.Context, h *Histories, config Config) (*Blend, *Report, error) {
	if err := h.check(); err != nil {
		return nil, nil, err
	}
	c := config.withDefaults()
	report := &Report{}
	settings := DefaultSettings()
	settings.Factors.Seed = c.Seed
	if c.Settings != nil {
		settings = *c.Settings
	} else if err := choose(ctx, h, c, &settings, report); err != nil {
		return nil, nil, err
	}
	report.Settings = settings
	b, err := newBlend(ctx, h, settings, c)
	if err != nil {
		return nil, nil, err
	}
	return b, report, nil
}

func newBlend(ctx context.Context, h *Histories, settings Settings, c *Config) (*Blend, error) {
	b := &Blend{settings: settings, items: h.Items, popular: newPopularity(h, settings.Popularity), whole: wholeFactors}
	b.spread = deviation(b.popular.scores)
	tables := &tables{h: h}
	for i, weight := range settings.Mix {
		if weight == 0 {
			continue
		}
		c.Progress("learn " + partNames[i])
		learner, err := newPart(ctx, i, h, tables, &settings, c.Workers)
		if errors.Is(err, ErrManyItems) {
			continue
		}
		if err != nil {
			return nil, err
		}
		b.parts[i] = learner
	}
	return b, ctx.Err()
}

// popularWeight is what popularity is multiplied by, zero if it does not count.
func (b *Blend) popularWeight() float32 {
	if b.parts[PartPopularity] == nil || b.spread == 0 {
		return 0
	}
	return float32(b.settings.Mix[PartPopularity] / b.spread)
}

// newPart learns one part of a blend.
func newPart(ctx context.Context, part int, h *Histories, tables *tables, s *Settings, workers int) (Learner, error) {
	switch part {
	case PartGraph:
		return newGraph(ctx, tables.of(s.Graph.Weights), s.Graph, workers)
	case PartNeighbours:
		return newNeighbours(tables.of(s.Neighbours.Weights), s.Neighbours), nil
	case PartFactors:
		return newFactors(ctx, tables.of(s.Factors.Weights), s.Factors, workers)
	case PartLinear:
		return newLinear(ctx, tables.of(s.Linear.Weights), s.Linear, workers)
	case PartTransitions:
		return newTransitions(ctx, h, tables.of(s.Transitions.Weights), s.Transitions, workers)
	case PartPopularity:
		return newPopularity(h, s.Popularity), nil
	case PartHabit:
		return NewHabit(h.Items, s.Habit), nil
	}
	return nil, fmt.Errorf("learn: there is no part %d", part)
}

// tables shares a table among the learners that weigh events alike. It keeps the newest ones.
type tables struct {
	h     *Histories
	kinds [][]float32
	made  []*table
}

const fewTables = 3

func (t *tables) of(w Weights) *table {
	for i, kinds := range t.kinds {
		if slices.Equal(kinds, w.Kinds) {
			return t.made[i]
		}
	}
	if len(t.made) == fewTables {
		t.kinds, t.made = slices.Delete(t.kinds, 0, 1), slices.Delete(t.made, 0, 1)
	}
	t.kinds = append(t.kinds, slices.Clone(w.Kinds))
	t.made = append(t.made, newTable(t.h, w))
	return t.made[len(t.made)-1]
}

// Settings returns what the blend was made with.
func (b *Blend) Settings() Settings { return b.settings }

// Part returns a learner of the blend by its place in the [Mix], or nil if the blend does without.
func (b *Blend) Part(part int) Learner {
	if part < 0 || part >= parts {
		return nil
	}
	return b.parts[part]
}

// Score implements [Learner]. A profile that says nothing gets what is popular. In a large catalogue the factors, whose
// vectors are more than a processor's cache holds, are asked only about the items that the other learners put
// foremost, a tenth of all; for the rest they count as indifferent.
func (b *Blend) Score(dst []float32, profile []Taken, s *Scratch) {
	dst = dst[:b.items]
	clear(dst)
	said := false
	for i, learner := range b.parts {
		if learner == nil || i == PartFactors || i == PartPopularity {
			continue
		}
		part := s.list(b.items)
		learner.Score(part, profile, s)
		if spread := deviation(part); spread > 0 {
			simd.Axpy(float32(b.settings.Mix[i]/spread), part, dst)
			said = true
		}
	}
	if x := b.popularWeight(); x != 0 {
		simd.Axpy(x, b.popular.scores, dst)
	}
	if f, ok := b.parts[PartFactors].(*Factors); ok {
		said = b.addFactors(dst, f, profile, said, s) || said
	}
	if !said {
		b.popular.Score(dst, profile, s)
	}
}

// addFactors adds what the factors say to dst and reports whether they say something.
func (b *Blend) addFactors(dst []float32, f *Factors, profile []Taken, led bool, s *Scratch) bool {
	person := f.personOf(profile, s)
	if person == nil {
		return false
	}
	spread := f.deviation(person, s)
	if spread == 0 {
		return false
	}
	x := float32(b.settings.Mix[PartFactors] / spread)
	if len(f.vectors) <= b.whole || !led {
		part := s.list(b.items)
		simd.Scan(part, f.vectors, f.settings.Dims, person)
		simd.Axpy(x, part, dst)
		return true
	}
	for _, i := range foremost(dst, b.items/10, s) {
		dst[i] += x * simd.Dot(f.vector(i), person)
	}
	return true
}

// wholeFactors is about what a processor's cache holds.
const wholeFactors = 4 << 20

// foremost returns about n items with the greatest scores above zero. Where to draw the line is told from a sample.
func foremost(scores []float32, n int, s *Scratch) []int32 {
	const every = 13
	sample := s.near[:0]
	for i := 0; i < len(scores); i += every {
		if scores[i] > 0 {
			sample = append(sample, entry{int32(i), scores[i]})
		}
	}
	s.near = sample
	var bar float32
	if k := n/every + 1; k < len(sample) {
		head := s.strongest(sample, k, nil)
		bar = head[0].weight
		for _, e := range head {
			bar = min(bar, e.weight)
		}
	}
	s.met = simd.Above(scores, bar, s.met[:0])
	return s.met
}

// Explain implements [Learner]: the shares of all parts, in the blend's proportions.
func (b *Blend) Explain(profile []Taken, item int32, s *Scratch) []Share {
	if item < 0 || int(item) >= b.items {
		return nil
	}
	sums := map[int32]float32{}
	for i, learner := range b.parts {
		if learner == nil {
			continue
		}
		var spread float64
		if f, ok := learner.(*Factors); !ok {
			part := s.list(b.items)
			learner.Score(part, profile, s)
			spread = deviation(part)
		} else if person := f.personOf(profile, s); person != nil {
			spread = f.deviation(person, s)
		}
		if spread > 0 {
			for _, share := range learner.Explain(profile, item, s) {
				sums[share.Item] += share.Value * float32(b.settings.Mix[i]/spread)
			}
		}
	}
	shares := make([]Share, 0, len(sums))
	for i, v := range sums {
		shares = append(shares, Share{i, v})
	}
	return sortShares(shares)
}

// ones is what a sum is an inner product with.
var ones = func() []float32 {
	v := make([]float32, 4096)
	for i := range v {
		v[i] = 1
	}
	return v
}()

// deviation returns the standard deviation of scores.
func deviation(scores []float32) float64 {
	var sum, square float64
	for from := 0; from < len(scores); from += len(ones) {
		part := scores[from:min(from+len(ones), len(scores))]
		sum += float64(simd.Dot(part, ones))
		square += float64(simd.Dot(part, part))
	}
	n := float64(max(len(scores), 1))
	mean := sum / n
	return math.Sqrt(max(square/n-mean*mean, 0))
}
