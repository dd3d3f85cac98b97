package learn

import (
	"math"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestTransitionsAreTheFormula(t *testing.T) {
	t.Parallel()
	h := crowd(14, 100, 30, true)
	s := DefaultTransitions()
	s.Limit, s.Window, s.Recency = 0, 3, 0.5
	tr, err := NewTransitions(t.Context(), h, s, 2)
	require.NoError(t, err)

	degree := make([]float64, h.Items)
	sums := make([][]float64, h.Items)
	for i := range sums {
		sums[i] = make([]float64, h.Items)
	}
	for u := range h.People() {
		seen := map[int32]bool{}
		profile := h.Profile(u)
		for a, from := range profile {
			if !seen[from.Item] {
				seen[from.Item] = true
				degree[from.Item]++
			}
			count := func(b, gap int, factor float64) int {
				to := profile[b]
				if to.Item == from.Item || gap == s.Window {
					return gap
				}
				sums[from.Item][to.Item] += factor * float64(from.Weight*to.Weight) * math.Pow(s.Decay, float64(gap)) * math.Pow(float64(len(profile)), -s.PersonPower)
				return gap + 1
			}
			for b, gap := a+1, 0; b < len(profile); b++ {
				gap = count(b, gap, 1)
			}
			for b, gap := a-1, 0; b >= 0; b-- {
				gap = count(b, gap, s.Backward)
			}
		}
	}
	want := make([]float32, h.Items)
	profile := []Taken{{Item: 4, Weight: 1, Time: 1}, {Item: 8, Weight: 1, Time: 2}}
	for j := range want {
		for k, i := range []int{8, 4} {
			if x := sums[i][j]; x > 0 {
				want[j] += float32(math.Pow(0.5, float64(k)) * math.Pow(x*math.Pow(degree[i]*degree[j], -s.ItemPower), s.Power))
			}
		}
	}
	near(t, want, scores(tr, h.Items, profile), 1e-4)
	explained(t, tr, h.Items, profile, 1e-4)
}

func TestPopularity(t *testing.T) {
	t.Parallel()
	h := &Histories{Items: 3}
	h.Add([]Taken{{Item: 0, Weight: 1, Time: 0}, {Item: 1, Weight: 2, Time: 100}})
	h.Add([]Taken{{Item: 0, Weight: 4, Time: 50}})
	all, err := NewPopularity(t.Context(), h, PopularitySettings{})
	require.NoError(t, err)
	require.Equal(t, []float32{5, 2, 0}, scores(all, 3, nil))
	trend, err := NewPopularity(t.Context(), h, PopularitySettings{HalfLife: 50})
	require.NoError(t, err)
	require.Equal(t, []float32{2.25, 2, 0}, scores(trend, 3, nil))
	require.Empty(t, trend.Explain(h.Profile(0), 0, &Scratch{}))
}

func TestHabit(t *testing.T) {
	t.Parallel()
	habit := NewHabit(3, HabitSettings{Decay: 0.5})
	profile := []Taken{{Item: 0, Weight: 1}, {Item: 2, Weight: 1}, {Item: 0, Weight: 2}, {Item: 7, Weight: 1}}
	require.Equal(t, []float32{2.25, 0, 0.5}, scores(habit, 3, profile))
	explained(t, habit, 3, profile[:3], 1e-6)
}
