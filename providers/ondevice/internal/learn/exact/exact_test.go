package exact_test

import (
	"math"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/zhushou-ai/zhushou/providers/ondevice/internal/learn/exact"
)

func TestExp(t *testing.T) {
	t.Parallel()
	for x := -60.0; x < 60; x += 0.0625 {
		require.InEpsilon(t, math.Exp(x), exact.Exp(x), 1e-13, "%g", x)
	}
	require.Zero(t, exact.Exp(math.Inf(-1)))
	require.Zero(t, exact.Exp(math.NaN()))
	require.False(t, math.IsInf(exact.Exp(math.Inf(1)), 0))
}

func TestLog(t *testing.T) {
	t.Parallel()
	for x := 1e-9; x < 1e9; x *= 1.37 {
		require.InDelta(t, math.Log(x), exact.Log(x), 1e-12, "%g", x)
	}
	require.Equal(t, -745.0, exact.Log(0))
	require.Equal(t, -745.0, exact.Log(math.NaN()))
	require.Zero(t, exact.Log(1))
}

// The bits are those that any other machine must give too.
func TestSameBitsEverywhere(t *testing.T) {
	t.Parallel()
	h := uint64(14695981039346656037)
	for x := -20.0; x < 20; x += 0.03125 {
		for _, y := range []float64{exact.Exp(x), exact.Log(x + 21), exact.Sigmoid(x)} {
			h = (h ^ math.Float64bits(y)) * 1099511628211
		}
	}
	require.Equal(t, uint64(0x8dc083024b34404a), h)
}

func TestSoftmax(t *testing.T) {
	t.Parallel()
	p := []float64{1000, 1000, 0}
	exact.Softmax(p)
	require.Equal(t, []float64{0.5, 0.5, 0}, p)
	exact.Softmax(nil)
}

func TestShuffleKeepsAll(t *testing.T) {
	t.Parallel()
	var s exact.Source
	x := []int32{0, 1, 2, 3, 4, 5, 6, 7}
	s.Shuffle(x)
	require.ElementsMatch(t, []int32{0, 1, 2, 3, 4, 5, 6, 7}, x)
	require.NotEqual(t, []int32{0, 1, 2, 3, 4, 5, 6, 7}, x)
}
