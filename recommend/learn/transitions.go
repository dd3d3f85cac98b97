package learn

import (
	"context"
	"math"
)

// TransitionSettings say how what was taken before speaks for what is taken next: the link from i to j is
//
//	(Σ over i and j in the profile of u, at most Window apart: weight(i) · weight(j) · Decay^(steps between) · deg(u)^-PersonPower · deg(i)^-ItemPower · deg(j)^-ItemPower) ^ Power
//
// where a j that came before i counts Backward times as much as one that came after it.
type TransitionSettings struct {
	Weights
	Window      int     // how many things later still count
	Decay       float64 // how much less each step further counts
	Backward    float64 // 0: only what came after counts; 1: the order does not matter, only how near
	PersonPower float64
	ItemPower   float64
	Power       float64
	Limit       int // how many next items an item keeps, the strongest ones; zero keeps all
}

// DefaultTransitions are good settings where nothing is known.
func DefaultTransitions() TransitionSettings {
	return TransitionSettings{Weights: Weights{Recency: 0.8}, Window: 10, Decay: 0.7, Backward: 0.3, PersonPower: 0.25, ItemPower: 0.15, Power: 0.7, Limit: 1000}
}

// Transitions tie an item to those that people took after it. It learns from the order of profiles and is worth
// nothing without one.
type Transitions struct {
	settings TransitionSettings
	links
}

// NewTransitions learns the links on as many goroutines as asked for; zero means as many as there are processors.
func NewTransitions(ctx context.Context, h *Histories, settings TransitionSettings, workers int) (*Transitions, error) {
	if err := h.check(); err != nil {
		return nil, err
	}
	return newTransitions(ctx, h, newTable(h, settings.Weights), settings, workers)
}

// step is a place in a profile.
type step struct{ person, at int32 }

func newTransitions(ctx context.Context, h *Histories, t *table, settings TransitionSettings, workers int) (*Transitions, error) {
	tr := &Transitions{settings: settings, links: links{rows: make([][]entry, h.Items), factor: make([]float32, h.Items)}}
	for i := range tr.factor {
		tr.factor[i] = raised(len(t.items.row(i)), -settings.ItemPower*settings.Power)
	}
	decay := make([]float32, max(settings.Window, 0))
	for k := range decay {
		decay[k] = float32(math.Pow(settings.Decay, float64(k)))
	}
	back := float32(settings.Backward)
	places, start := placesOf(h, settings.Weights)
	all := make([]int32, h.Items)
	for i := range all {
		all[i] = int32(i)
	}
	return tr, tr.link(ctx, all, workers, settings.Limit, settings.Power, func(item int32, to *linker) {
		for _, p := range places[start[item]:start[item+1]] {
			profile := h.Profile(int(p.person))
			w := settings.of(profile[p.at]) * raised(len(profile), -settings.PersonPower)
			gap := 0
			for _, next := range profile[p.at+1:] {
				if gap == len(decay) {
					break
				}
				if x := settings.of(next); x > 0 && next.Item != item {
					to.add(next.Item, w*x*decay[gap])
					gap++
				}
			}
			gap = 0
			for at := int(p.at) - 1; at >= 0 && gap < len(decay) && back > 0; at-- {
				if x := settings.of(profile[at]); x > 0 && profile[at].Item != item {
					to.add(profile[at].Item, w*x*decay[gap]*back)
					gap++
				}
			}
		}
	})
}

// placesOf lists, item by item, where it stands in profiles.
func placesOf(h *Histories, weights Weights) (places []step, start []int) {
	start = make([]int, h.Items+1)
	for _, t := range h.Taken {
		if weights.of(t) > 0 {
			start[t.Item+1]++
		}
	}
	for i := range h.Items {
		start[i+1] += start[i]
	}
	places = make([]step, start[h.Items])
	next := append([]int(nil), start[:h.Items]...)
	for person := range h.People() {
		for at, t := range h.Profile(person) {
			if weights.of(t) > 0 {
				places[next[t.Item]] = step{int32(person), int32(at)}
				next[t.Item]++
			}
		}
	}
	return places, start
}

// Score implements [Learner].
func (t *Transitions) Score(dst []float32, profile []Taken, s *Scratch) {
	t.score(dst, s.gather(profile, len(t.rows), &t.settings.Weights))
}

func (t *Transitions) meet(dst []float32, profile []Taken, met []int32, s *Scratch) []int32 {
	return t.links.meet(dst, s.gather(profile, len(t.rows), &t.settings.Weights), met)
}

// Explain implements [Learner].
func (t *Transitions) Explain(profile []Taken, item int32, s *Scratch) []Share {
	if item < 0 || int(item) >= len(t.rows) {
		return nil
	}
	return t.explain(s.gather(profile, len(t.rows), &t.settings.Weights), item)
}
