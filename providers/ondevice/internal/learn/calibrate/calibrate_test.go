package calibrate_test

import (
	"math"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/zhushou-ai/zhushou/providers/ondevice/internal/learn/calibrate"
)

func outcomes(ps []float64, right ...bool) []calibrate.Outcome {
	var out []calibrate.Outcome
	for i, p := range ps {
		out = append(out, calibrate.Outcome{Probability: p, Right: right[i]})
	}
	return out
}

func TestError(t *testing.T) {
	t.Parallel()
	require.InDelta(t, 0, calibrate.Error(outcomes([]float64{1, 0}, true, false), 10), 1e-12)
	require.InDelta(t, 0.5, calibrate.Error(outcomes([]float64{1, 1}, true, false), 10), 1e-12)
	require.InDelta(t, 0.1, calibrate.Error(outcomes([]float64{0.9, 0.9}, true, true), 10), 1e-12)
	require.Zero(t, calibrate.Error(nil, 10))
}

func TestRanking(t *testing.T) {
	t.Parallel()
	require.Equal(t, 1.0, calibrate.Ranking(outcomes([]float64{0.9, 0.8, 0.1}, true, true, false)))
	require.Equal(t, 0.0, calibrate.Ranking(outcomes([]float64{0.1, 0.9}, true, false)))
	require.Equal(t, 0.5, calibrate.Ranking(outcomes([]float64{0.3, 0.3}, true, false)))
	require.Equal(t, 0.5, calibrate.Ranking(nil))
}

func TestCoveredAndThreshold(t *testing.T) {
	t.Parallel()
	cases := outcomes([]float64{0.9, 0.8, 0.7, 0.6, 0.5}, true, true, false, true, false)
	require.Equal(t, 1.0, calibrate.Covered(cases, 0.4))
	require.Equal(t, 0.75, calibrate.Covered(cases, 0.8))
	require.Equal(t, 0.8, calibrate.Threshold(cases, 1))
	require.Equal(t, 0.6, calibrate.Threshold(cases, 0.75))
	require.Equal(t, 0.5, calibrate.Threshold(cases, 0.5))
	require.Greater(t, calibrate.Threshold(outcomes([]float64{0.9}, false), 0.5), 1.0)
	require.Greater(t, calibrate.Threshold(nil, 0.5), 1.0)
}

// Scores that are twice as large as they should be are halved.
func TestTemperature(t *testing.T) {
	t.Parallel()
	var scores [][]float64
	var right []int
	for i := range 400 {
		scores = append(scores, []float64{4, 0})
		k := 0
		if i%25 < 3 { // 12 in 100, which is the softmax of 2 and 0
			k = 1
		}
		right = append(right, k)
	}
	require.InDelta(t, 2, calibrate.Temperature(scores, right), 0.3)
	require.Equal(t, 1.0, calibrate.Temperature(nil, nil))
}

func TestFit(t *testing.T) {
	t.Parallel()
	prior := calibrate.Regression{Weights: []float64{0}}
	var inputs [][]float64
	var right []bool
	var weight []float64
	for i := range 1000 {
		x := float64(i%10) - 4.5
		inputs, weight = append(inputs, []float64{x}), append(weight, 1)
		right = append(right, float64(i/10%100)/100 < 1/(1+math.Exp(-x)))
	}
	fitted := prior.Fit(inputs, right, weight, 0.01)
	require.InDelta(t, 1, fitted.Weights[0], 0.1)
	require.InDelta(t, 0, fitted.Bias, 0.1)
	firm := prior.Fit(inputs, right, weight, 1e6)
	require.InDelta(t, 0, firm.Weights[0], 0.01)
	require.Equal(t, prior, prior.Fit(nil, nil, nil, 1))
	require.InDelta(t, 0.5, prior.Probability([]float64{3}), 1e-12)
}
