package learn

import (
	"math"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
)

// neighboursByHand works the formula out as it is written, for a profile of different things of weight one.
func neighboursByHand(h *Histories, s NeighbourSettings, profile []int32) []float32 {
	type person struct {
		taken map[int32]float64
		place map[int32]int
		like  float64
		at    int
	}
	degree := make([]float64, h.Items)
	var people []*person
	for u := range h.People() {
		p := &person{taken: map[int32]float64{}, place: map[int32]int{}}
		for _, t := range slices.Backward(h.Profile(u)) {
			if _, seen := p.taken[t.Item]; !seen {
				p.place[t.Item] = -len(p.place)
			}
			p.taken[t.Item] = max(p.taken[t.Item], float64(t.Weight))
		}
		for i := range p.taken {
			degree[i]++
		}
		people = append(people, p)
	}
	for _, p := range people {
		var square float64
		for _, w := range p.taken {
			square += w * w
		}
		for _, i := range profile { // the newest comes last
			if w := p.taken[i]; w > 0 {
				p.like += w * math.Pow(degree[i], -s.ItemPower)
				p.at = p.place[i]
			}
		}
		p.like *= math.Pow(square, -s.PersonPower)
	}
	people = slices.DeleteFunc(people, func(p *person) bool { return !(p.like > 0) })
	slices.SortStableFunc(people, func(a, b *person) int {
		switch {
		case a.like > b.like:
			return -1
		case a.like < b.like:
			return 1
		}
		return 0
	})
	scores := make([]float32, h.Items)
	for _, p := range people[:min(s.People, len(people))] {
		for i, w := range p.taken {
			steps := p.place[i] - p.at
			x := math.Pow(p.like, s.Power) * w * math.Pow(degree[i], -s.Novelty) * math.Pow(s.Nearness, math.Abs(float64(steps)))
			if steps < 0 {
				x *= s.Backward
			}
			scores[i] += float32(x)
		}
	}
	return scores
}

func TestNeighboursAreTheFormula(t *testing.T) {
	t.Parallel()
	h := crowd(6, 150, 50, true)
	ordered := DefaultNeighbours()
	ordered.Nearness, ordered.Backward = 0.7, 0.25
	few := DefaultNeighbours()
	few.People = 10
	for name, s := range map[string]NeighbourSettings{"default": DefaultNeighbours(), "ordered": ordered, "ten people": few} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			n, err := NewNeighbours(t.Context(), h, s)
			require.NoError(t, err)
			items := []int32{2, 13, 31, 5}
			var profile []Taken
			for _, i := range items {
				profile = append(profile, Taken{Item: i, Weight: 1})
			}
			near(t, neighboursByHand(h, s, items), scores(n, h.Items, profile), 1e-4)
			explained(t, n, h.Items, profile, 1e-4)
		})
	}
}

// An item that very many took does not make a query slow: only so many of them are looked at.
func TestReachBoundsTheWork(t *testing.T) {
	t.Parallel()
	h := &Histories{}
	for u := range 1000 {
		h.Add([]Taken{{Item: 0, Weight: 1}, {Item: int32(1 + u%10), Weight: 1}})
	}
	s := DefaultNeighbours()
	s.Reach = 50
	n, err := NewNeighbours(t.Context(), h, s)
	require.NoError(t, err)
	var scratch Scratch
	near := n.nearest(scratch.gather([]Taken{{Item: 0, Weight: 1}}, h.Items, &n.settings.Weights), &scratch)
	require.LessOrEqual(t, len(near), 50)
	require.NotEmpty(t, near)
}
