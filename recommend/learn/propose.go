package learn

import (
	"math"

	"github.com/zhushou-ai/zhushou/internal/simd"
)

// sparse is a learner that can say what fits a profile without a look at the items that it has nothing to say about.
type sparse interface {
	// meet sets dst, which is zero, to what Score would, and appends to met the items that are not zero any more.
	meet(dst []float32, profile []Taken, met []int32, s *Scratch) []int32
}

// asked is how many of the items that others propose the factors are asked about.
const asked = 250

// Propose appends to to the items for which something in a profile speaks, each once and in no order, with about the
// scores that [Blend.Score] gives: the learners that follow links propose items, and the factors are asked about the
// foremost few hundred of these. It looks at nothing else, so that it takes as long in a large catalogue as in a small
// one; it is meant for short profiles, such as a visit. For who has a long history Score is as fast and finds more.
//
// It appends nothing where nobody proposes anything, and where the blend has a [Linear] part: such a catalogue is
// small, and Score is the way.
func (b *Blend) Propose(to []Hit, profile []Taken, s *Scratch) []Hit {
	if b.parts[PartLinear] != nil {
		return to
	}
	s.grow(b.items)
	found := s.found[:0]
	for i, learner := range b.parts {
		l, ok := learner.(sparse)
		if !ok {
			continue
		}
		s.proposed = l.meet(s.few, profile, s.proposed[:0], s)
		var x float32
		if spread := spreadOf(s.few, s.proposed, b.items); spread > 0 {
			x = float32(b.settings.Mix[i] / spread)
		}
		for _, item := range s.proposed {
			v := x * s.few[item]
			if s.few[item] = 0; s.sum[item] == 0 && v > 0 {
				found = append(found, item)
			}
			s.sum[item] += v
		}
	}
	s.found = found
	if x := b.popularWeight(); x > 0 {
		for _, item := range found {
			s.sum[item] += x * b.popular.scores[item]
		}
	}
	b.askFactors(profile, s)
	for _, item := range found {
		if v := s.sum[item]; v != 0 {
			to = append(to, Hit{item, v})
			s.sum[item] = 0
		}
	}
	return to
}

// askFactors adds what the factors say of the foremost of what was found.
func (b *Blend) askFactors(profile []Taken, s *Scratch) {
	f, ok := b.parts[PartFactors].(*Factors)
	if !ok || len(s.found) == 0 {
		return
	}
	person := f.personOf(profile, s)
	if person == nil {
		return
	}
	spread := f.deviation(person, s)
	if spread == 0 {
		return
	}
	near := s.near[:0]
	for _, item := range s.found {
		near = append(near, entry{item, s.sum[item]})
	}
	s.near = near
	x := float32(b.settings.Mix[PartFactors] / spread)
	for _, e := range s.strongest(near, asked, nil) {
		s.sum[e.id] += x * simd.Dot(f.vector(e.id), person)
	}
}

// spreadOf returns the standard deviation of scores of which only those of the items met are not zero.
func spreadOf(scores []float32, met []int32, items int) float64 {
	var sum, square float64
	for _, item := range met {
		v := float64(scores[item])
		sum += v
		square += v * v
	}
	n := float64(max(items, 1))
	mean := sum / n
	return math.Sqrt(max(square/n-mean*mean, 0))
}
