package explore

import (
	"math"
	"testing"

	"github.com/stretchr/testify/require"
)

func likely(arms ...Arm) []float64 {
	var pool []*belief
	for i, arm := range arms {
		pool = append(pool, believe(i, arm))
	}
	return best(pool)
}

// closed is the chance that one Beta variable is above another, which for whole numbers is a finite sum.
func closed(a, b Arm) float64 {
	lbeta := func(x, y float64) float64 {
		lx, _ := math.Lgamma(x)
		ly, _ := math.Lgamma(y)
		lxy, _ := math.Lgamma(x + y)
		return lx + ly - lxy
	}
	var sum float64
	for i := range int(a.Taken) + 1 {
		n := float64(i)
		sum += math.Exp(lbeta(1+b.Taken+n, 2+a.Passed+b.Passed) - math.Log(1+a.Passed+n) - lbeta(1+n, 1+a.Passed) - lbeta(1+b.Taken, 1+b.Passed))
	}
	return sum
}

func TestTheChanceToBeTheBest(t *testing.T) {
	t.Parallel()
	for _, pair := range [][2]Arm{
		{{}, {}}, {{3, 5}, {4, 4}}, {{0, 0}, {10, 90}}, {{0, 30}, {0, 40}}, {{500, 500}, {480, 520}}, {{5, 995}, {8, 992}}, {{990, 10}, {980, 20}},
	} {
		got := likely(pair[0], pair[1])
		require.InDelta(t, closed(pair[0], pair[1]), got[0], 2e-3, "%v", pair)
		require.InDelta(t, 1, got[0]+got[1], 1e-12)
	}
	got := likely(Arm{}, Arm{}, Arm{}, Arm{})
	for _, p := range got {
		require.InDelta(t, 0.25, p, 1e-9, "alike")
	}
	many := likely(Arm{300_000, 700_000}, Arm{310_000, 690_000})
	require.Greater(t, many[0], 0.05, "a thousand observations at most")
	require.Less(t, likely(Arm{0, 900}, Arm{900, 0})[0], 1e-9)
	require.NotPanics(t, func() { likely(Arm{math.Inf(-1), -3}) })
}

func TestThompson(t *testing.T) {
	t.Parallel()
	arms := []Arm{{900, 100}, {50, 950}, {50, 950}, {1, 3}, {0, 0}, {2, 200}}
	counts, said := map[int]int{}, map[int]float64{}
	r := chance(5)
	const draws = 4000
	for range draws {
		picks := Thompson(arms, 3, Options{Rate: 0.1, Slots: 1, Pool: 4}, r)
		require.Equal(t, []int{0, 1}, indexes(picks)[:2])
		counts[picks[2].Index]++
		said[picks[2].Index] = picks[2].Propensity
	}
	var whole float64
	for index, propensity := range said {
		require.InDelta(t, propensity, float64(counts[index])/draws, 0.03, "rank %d", index)
		require.GreaterOrEqual(t, propensity, 0.1/4)
		whole += propensity
	}
	require.InDelta(t, 1, whole, 1e-9)
	require.Greater(t, said[4], said[2], "what nobody knows is tried")
	require.Greater(t, said[4], said[5])

	require.Empty(t, Thompson(nil, 5, Options{}, r))
	all := Thompson(arms, 9, Options{Slots: 9}, r)
	require.ElementsMatch(t, []int{0, 1, 2, 3, 4, 5}, indexes(all), "each once")
	require.InDelta(t, 1, all[5].Propensity, 1e-12, "nothing else is left")
}

func BenchmarkThompson(b *testing.B) {
	arms := make([]Arm, 60)
	for i := range arms {
		arms[i] = Arm{float64(i % 7 * 10), float64(i % 11 * 30)}
	}
	r := chance(1)
	for b.Loop() {
		Thompson(arms, 10, Options{}, r)
	}
}
