package tune

import (
	"math"
	"testing"

	"github.com/stretchr/testify/require"
)

// With one observation the process can be written down: at a point whose kernel with it is k, the mean
// is k·y/(1+noise) and the variance 1 − k²/(1+noise).
func TestGaussianOfOnePoint(t *testing.T) {
	t.Parallel()
	const noise, y = 0.1, 0.7
	g := &gaussian{points: [][]float64{{0.5, 0.5}}, length: 0.4}
	likelihood, ok := g.solve([]float64{y}, noise)
	require.True(t, ok)
	require.InDelta(t, -y*y/(1+noise)/2-math.Log(1+noise)/2, likelihood, 1e-12)
	for _, point := range [][]float64{{0.5, 0.5}, {0.6, 0.4}, {0, 1}, {0.5, 0.9}} {
		k := matern(g.points[0], point, g.length)
		want := integral(k*y/(1+noise), math.Sqrt(1-k*k/(1+noise)), y)
		require.InDelta(t, want, g.improvement(point), 1e-6, "%v", point)
	}
}

// integral returns the mean of max(x−best, 0) for a normal x, by adding up slices.
func integral(mean, deviation, best float64) float64 {
	const slices = 200_000
	var total float64
	for i := range slices {
		z := -10 + 20*(float64(i)+0.5)/slices
		total += max(mean+deviation*z-best, 0) * math.Exp(-z*z/2) / math.Sqrt(2*math.Pi) * 20 / slices
	}
	return total
}

// Without noise the process goes through what was observed: nothing is to be gained there.
func TestGaussianInterpolates(t *testing.T) {
	t.Parallel()
	points, scores := [][]float64{{0.1}, {0.35}, {0.5}, {0.9}}, []float64{-1, 0.5, 1.5, -1}
	g := &gaussian{points: points, length: 0.3}
	_, ok := g.solve(scores, 1e-9)
	require.True(t, ok)
	for i, point := range points {
		require.InDelta(t, 0, g.improvement(point), 1e-4)
		// Factor and weights solve the system: kernel · weights = scores.
		var back float64
		for j, other := range points {
			back += matern(point, other, g.length) * g.weights[j]
		}
		require.InDelta(t, scores[i], back, 1e-6)
	}
	require.Greater(t, g.improvement([]float64{0.55}), g.improvement([]float64{0.15}), "beside the best, not beside the worst")
}

func TestMatern(t *testing.T) {
	t.Parallel()
	require.InDelta(t, 1, matern([]float64{0.3, 0.3}, []float64{0.3, 0.3}, 0.5), 1e-12)
	// At a distance of one length: (1 + √5 + 5/3)·e^−√5.
	require.InDelta(t, (1+math.Sqrt(5)+5./3)*math.Exp(-math.Sqrt(5)), matern([]float64{0, 0}, []float64{0.3, 0.4}, 0.5), 1e-12)
}
