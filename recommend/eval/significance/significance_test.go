package significance_test

import (
	"context"
	"math"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"

	"github.com/zhushou-ai/zhushou/recommend/eval/significance"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// With few pairs every swap is tried: the p-value can be counted by hand.
func TestExactPermutation(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		a, b []float64
		want float64
	}{
		// Of eight ways to sign 1 2 3, only +++ and −−− reach 6.
		"all better": {[]float64{1, 2, 3}, []float64{0, 0, 0}, 2. / 8},
		// −1+2+3 = 4; at least 4: +++ 6, −++ 4, and their mirrors.
		"one worse": {[]float64{0, 2, 3}, []float64{1, 0, 0}, 4. / 8},
		"equal":     {[]float64{1, 2}, []float64{1, 2}, 1},
		// Pairs without a difference do not count: two pairs of sign + reach 2 in 2 of 4 ways.
		"ties":                 {[]float64{1, 5, 1}, []float64{0, 5, 0}, 2. / 4},
		"a difference of ints": {[]float64{0.1, 0.2, 0.3}, []float64{0, 0, 0}, 2. / 8},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, err := significance.Compare(t.Context(), c.a, c.b, significance.Config{})
			require.NoError(t, err)
			require.InDelta(t, c.want, got.Permutation, 1e-12)
		})
	}
}

func TestCompareByHand(t *testing.T) {
	t.Parallel()
	c, err := significance.Compare(t.Context(), []float64{1, 0, 1, 1}, []float64{0, 1, 1, 0}, significance.Config{})
	require.NoError(t, err)
	require.Equal(t, 4, c.N)
	require.InDelta(t, 0.75, c.A, 1e-12)
	require.InDelta(t, 0.5, c.B, 1e-12)
	require.InDelta(t, 0.25, c.Difference.Mean, 1e-12)
	require.Equal(t, 2, c.Wins)
	require.Equal(t, 1, c.Losses)
}

// The bootstrap of one value knows nothing, that of equal values is certain.
func TestMeanOfEqualValues(t *testing.T) {
	t.Parallel()
	for _, values := range [][]float64{{3}, {3, 3, 3, 3, 3}} {
		got, err := significance.Mean(t.Context(), values, significance.Config{})
		require.NoError(t, err)
		require.Equal(t, significance.Interval{Mean: 3, Low: 3, High: 3}, got)
	}
}

// For many values the percentile interval is close to the normal one, mean ± 1.96 σ/√n.
func TestMeanAgreesWithNormalTheory(t *testing.T) {
	t.Parallel()
	random := rand.New(rand.NewPCG(1, 2))
	values, mean, squares := make([]float64, 4000), 0.0, 0.0
	for i := range values {
		values[i] = random.NormFloat64()
		mean += values[i] / float64(len(values))
	}
	for _, v := range values {
		squares += (v - mean) * (v - mean)
	}
	half := 1.959964 * math.Sqrt(squares) / float64(len(values))
	got, err := significance.Mean(t.Context(), values, significance.Config{Seed: 3})
	require.NoError(t, err)
	require.InDelta(t, mean, got.Mean, 1e-12)
	require.InDelta(t, mean-half, got.Low, 0.1*half)
	require.InDelta(t, mean+half, got.High, 0.1*half)
}

// Among equals, p-values are spread evenly, so one in ten is below 0.1; and the interval of 90% holds
// the true difference in nine of ten.
func TestCalibratedAmongEquals(t *testing.T) {
	t.Parallel()
	random := rand.New(rand.NewPCG(5, 6))
	const rounds = 400
	var bootstrap, permutation, held int
	for seed := range uint64(rounds) {
		a, b := make([]float64, 60), make([]float64, 60)
		for i := range a {
			user := random.ExpFloat64() // users differ much more than recommenders
			a[i], b[i] = user+random.Float64(), user+random.Float64()
		}
		c, err := significance.Compare(t.Context(), a, b, significance.Config{Samples: 500, Confidence: 0.9, Seed: seed})
		require.NoError(t, err)
		if c.Bootstrap < 0.1 {
			bootstrap++
		}
		if c.Permutation < 0.1 {
			permutation++
		}
		if c.Difference.Low <= 0 && c.Difference.High >= 0 {
			held++
		}
	}
	// Three standard deviations of a binomial of 400 and 0.1 are 18.
	require.InDelta(t, rounds/10, bootstrap, 18)
	require.InDelta(t, rounds/10, permutation, 18)
	require.InDelta(t, rounds*9/10, held, 18)
}

func TestFindsWhatIsThere(t *testing.T) {
	t.Parallel()
	random := rand.New(rand.NewPCG(7, 8))
	a, b := make([]float64, 500), make([]float64, 500)
	for i := range a {
		b[i] = random.Float64()
		a[i] = b[i] + 0.05 + 0.2*(random.Float64()-0.5)
	}
	c, err := significance.Compare(t.Context(), a, b, significance.Config{Samples: 2000})
	require.NoError(t, err)
	require.True(t, c.Significant(0.01))
	require.InDelta(t, 1./2001, c.Permutation, 1e-12, "never 0")
	require.InDelta(t, 1./2001, c.Bootstrap, 1e-12, "never 0")
	require.Positive(t, c.Difference.Low)
	back, err := significance.Compare(t.Context(), b, a, significance.Config{Samples: 2000})
	require.NoError(t, err)
	require.InDelta(t, -c.Difference.Mean, back.Difference.Mean, 1e-12)
	require.Equal(t, c.Permutation, back.Permutation, "two-sided")
	require.Equal(t, c.Wins, back.Losses)
}

func TestSeed(t *testing.T) {
	t.Parallel()
	random := rand.New(rand.NewPCG(9, 9))
	values := make([]float64, 101)
	for i := range values {
		values[i] = random.Float64()
	}
	with := func(seed uint64) significance.Interval {
		got, err := significance.Mean(t.Context(), values, significance.Config{Seed: seed})
		require.NoError(t, err)
		return got
	}
	require.Equal(t, with(1), with(1))
	require.NotEqual(t, with(1), with(2))
}

func TestErrors(t *testing.T) {
	t.Parallel()
	one := []float64{1}
	for want, call := range map[string]func() error{
		"no values": func() error {
			_, err := significance.Mean(t.Context(), nil, significance.Config{})
			return err
		},
		"value 1 is NaN": func() error {
			_, err := significance.Mean(t.Context(), []float64{1, math.NaN()}, significance.Config{})
			return err
		},
		"1 values against 2": func() error {
			_, err := significance.Compare(t.Context(), one, []float64{1, 2}, significance.Config{})
			return err
		},
		"-1 samples": func() error {
			_, err := significance.Compare(t.Context(), one, one, significance.Config{Samples: -1})
			return err
		},
		"confidence 95": func() error {
			_, err := significance.Mean(t.Context(), one, significance.Config{Confidence: 95})
			return err
		},
	} {
		require.ErrorContains(t, call(), want)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, err := significance.Compare(ctx, one, one, significance.Config{})
	require.ErrorIs(t, err, context.Canceled)
}

// BenchmarkCompare compares two results of 30,000 users.
func BenchmarkCompare(b *testing.B) {
	random := rand.New(rand.NewPCG(1, 1))
	left, right := make([]float64, 30_000), make([]float64, 30_000)
	for i := range left {
		left[i], right[i] = random.Float64(), random.Float64()
	}
	for b.Loop() {
		_, err := significance.Compare(b.Context(), left, right, significance.Config{})
		require.NoError(b, err)
	}
}
