package explore

import (
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"
)

func chance(seed uint64) *rand.Rand { return rand.New(rand.NewPCG(seed, 0)) }

func indexes(picks []Pick) []int {
	out := []int{}
	for _, p := range picks {
		out = append(out, p.Index)
	}
	return out
}

func TestWithoutChanceTheListIsTheRanking(t *testing.T) {
	t.Parallel()
	picks := Tail(30, 5, Options{}, chance(1))
	require.Equal(t, []int{0, 1, 2, 3, 4}, indexes(picks))
	for _, p := range picks {
		require.Equal(t, 1.0, p.Propensity)
	}
}

func TestBounds(t *testing.T) {
	t.Parallel()
	require.Empty(t, Tail(0, 5, Options{Rate: 1}, chance(1)))
	require.Empty(t, Tail(5, 0, Options{Rate: 1}, chance(1)))
	require.ElementsMatch(t, []int{0, 1, 2}, indexes(Tail(3, 9, Options{Rate: 1, Slots: 99}, chance(1))))
	require.Equal(t, []Pick{{0, 1}}, Tail(1, 1, Options{Rate: 1}, chance(1)), "nothing else to choose")
}

func TestOnlyTheTailIsExplored(t *testing.T) {
	t.Parallel()
	for seed := range uint64(200) {
		picks := Tail(100, 10, Options{Rate: 1, Slots: 3, Pool: 20}, chance(seed))
		require.Equal(t, []int{0, 1, 2, 3, 4, 5, 6}, indexes(picks)[:7])
		seen := map[int]bool{}
		for _, p := range picks {
			require.False(t, seen[p.Index])
			require.Less(t, p.Index, 7+3+20)
			seen[p.Index] = true
		}
	}
}

// TestPropensitiesAreFrequencies draws many lists and compares how often what came with what was said.
func TestPropensitiesAreFrequencies(t *testing.T) {
	t.Parallel()
	const draws = 40000
	counts, said := map[int]int{}, map[int]float64{}
	r := chance(7)
	for range draws {
		p := Tail(8, 3, Options{Rate: 0.4, Slots: 1, Pool: 5}, r)[2]
		counts[p.Index]++
		said[p.Index] = p.Propensity
	}
	require.Len(t, counts, 5)
	var whole float64
	for index, propensity := range said {
		require.InDelta(t, propensity, float64(counts[index])/draws, 0.01, "rank %d", index)
		whole += propensity
	}
	require.InDelta(t, 1, whole, 1e-9)
}
