package significance

import (
	"context"
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"
)

// Config is how to compare. The zero value is usable.
type Config struct {
	// Samples is how many times to draw. If zero, 10,000.
	Samples int
	// Confidence is the share of samples in an interval, between 0 and 1. If zero, 0.95.
	Confidence float64
	// Seed makes another draw. The outcome depends on nothing else, not on the number of processors.
	Seed uint64
}

func (c Config) withDefaults() (Config, error) {
	if c.Samples == 0 {
		c.Samples = 10_000
	}
	if c.Confidence == 0 {
		c.Confidence = 0.95
	}
	if c.Samples < 0 || c.Samples > maxSamples {
		return c, fmt.Errorf("significance: %d samples: use 1 to %d", c.Samples, maxSamples)
	}
	if !(c.Confidence > 0 && c.Confidence < 1) {
		return c, fmt.Errorf("significance: confidence %v: use a number between 0 and 1, such as 0.95", c.Confidence)
	}
	return c, nil
}

const maxSamples = 10_000_000

// Interval is a mean and what it could have been with other users.
type Interval struct {
	Mean float64 `json:"mean"`
	Low  float64 `json:"low"`
	High float64 `json:"high"`
}

// Mean returns the mean of the values with its percentile bootstrap interval. It returns an error if
// there are no values, one is not finite, the settings make no sense, or ctx ends.
func Mean(ctx context.Context, values []float64, config Config) (Interval, error) {
	config, err := config.withDefaults()
	if err != nil {
		return Interval{}, err
	}
	if err := check(values); err != nil {
		return Interval{}, err
	}
	means, err := redraw(ctx, values, config)
	if err != nil {
		return Interval{}, err
	}
	return interval(mean(values), means, config), nil
}

// Comparison is how a differs from b.
type Comparison struct {
	N int `json:"n"` // pairs
	// A and B are the means.
	A float64 `json:"a"`
	B float64 `json:"b"`
	// Difference is A-B with its interval.
	Difference Interval `json:"difference"`
	// Bootstrap and Permutation are the two-sided p-values: small means that equal recommenders would
	// rarely differ so much.
	Bootstrap   float64 `json:"p_bootstrap"`
	Permutation float64 `json:"p_permutation"`
	// Wins and Losses are how many pairs have a above and below b.
	Wins   int `json:"wins"`
	Losses int `json:"losses"`
}

// Significant reports whether the difference is beyond luck at the level, such as 0.05, by both tests.
func (c Comparison) Significant(level float64) bool {
	return max(c.Bootstrap, c.Permutation) < level
}

// String says the comparison in one line of Chinese.
func (c Comparison) String() string {
	return fmt.Sprintf("差 %+.4f [%+.4f, %+.4f]，p 自助 %.4f、置换 %.4f，胜 %d 负 %d，共 %d 人",
		c.Difference.Mean, c.Difference.Low, c.Difference.High, c.Bootstrap, c.Permutation, c.Wins, c.Losses, c.N)
}

// Compare compares a and b, of which the values at the same place belong together. It returns an
// error if they are not of the same length, are empty or not finite, if the settings make no sense,
// or if ctx ends.
func Compare(ctx context.Context, a, b []float64, config Config) (Comparison, error) {
	config, err := config.withDefaults()
	if err != nil {
		return Comparison{}, err
	}
	if len(a) != len(b) {
		return Comparison{}, fmt.Errorf("significance: %d values against %d: give pairs of the same users", len(a), len(b))
	}
	if err := errors.Join(check(a), check(b)); err != nil {
		return Comparison{}, err
	}
	c := Comparison{N: len(a), A: mean(a), B: mean(b)}
	differences := make([]float64, len(a))
	for i := range a {
		differences[i] = a[i] - b[i]
		if a[i] > b[i] {
			c.Wins++
		} else if a[i] < b[i] {
			c.Losses++
		}
	}
	observed := mean(differences)
	means, err := redraw(ctx, differences, config)
	if err != nil {
		return Comparison{}, err
	}
	extreme := 0
	for _, m := range means {
		if math.Abs(m-observed) >= math.Abs(observed)-slack(differences) {
			extreme++
		}
	}
	c.Bootstrap = float64(extreme+1) / float64(config.Samples+1)
	c.Difference = interval(observed, means, config)
	c.Permutation, err = permute(ctx, differences, config)
	return c, err
}

// permute returns the p-value of random signs.
func permute(ctx context.Context, differences []float64, config Config) (float64, error) {
	// A difference of 0 has no sign.
	differences = slices.DeleteFunc(slices.Clone(differences), func(d float64) bool { return d == 0 })
	n := len(differences)
	observed := math.Abs(sum(differences)) - slack(differences)*float64(n)
	var extreme atomic.Int64
	if n < 30 && 1<<n <= config.Samples {
		for signs := range uint64(1) << n {
			if math.Abs(signed(differences, func(int) uint64 { return signs })) >= observed {
				extreme.Add(1)
			}
		}
		return float64(extreme.Load()) / float64(uint64(1)<<n), ctx.Err()
	}
	err := sample(ctx, config.Samples, func(i int) {
		random := rand.NewPCG(config.Seed^0x9e3779b97f4a7c15, uint64(i))
		if math.Abs(signed(differences, func(int) uint64 { return random.Uint64() })) >= observed {
			extreme.Add(1)
		}
	})
	return float64(extreme.Load()+1) / float64(config.Samples+1), err
}

// signed adds the values with signs from the bits of words, 64 values a word. Two sums at a time do
// not wait for each other.
func signed(values []float64, word func(block int) uint64) float64 {
	var even, odd float64
	for from := 0; from < len(values); from += 64 {
		signs := word(from / 64)
		block := values[from:min(from+64, len(values))]
		for ; len(block) >= 2; block = block[2:] {
			even += flip(block[0], signs)
			odd += flip(block[1], signs>>1)
			signs >>= 2
		}
		if len(block) == 1 {
			even += flip(block[0], signs)
		}
	}
	return even + odd
}

// flip changes the sign of the value if the lowest bit is set.
func flip(v float64, signs uint64) float64 {
	return math.Float64frombits(math.Float64bits(v) ^ signs<<63)
}

// redraw returns the means of values drawn with replacement.
func redraw(ctx context.Context, values []float64, config Config) ([]float64, error) {
	means := make([]float64, config.Samples)
	n := uint64(len(values))
	err := sample(ctx, config.Samples, func(i int) {
		random := rand.NewPCG(config.Seed, uint64(i))
		var even, odd float64
		// Two draws a word. Taking the high half of a product favours some values by at most n/2³²,
		// which is far below what the samples can tell.
		for left := len(values); left > 0; left -= 2 {
			word := random.Uint64()
			even += values[(word>>32)*n>>32]
			if left > 1 {
				odd += values[(word&math.MaxUint32)*n>>32]
			}
		}
		means[i] = (even + odd) / float64(n)
	})
	return means, err
}

// sample calls draw for 0 to n-1 on all processors and waits for them.
func sample(ctx context.Context, n int, draw func(i int)) error {
	var next atomic.Int64
	var workers sync.WaitGroup
	for range min(runtime.GOMAXPROCS(0), n) {
		workers.Go(func() {
			for i := int(next.Add(1)) - 1; i < n && ctx.Err() == nil; i = int(next.Add(1)) - 1 {
				draw(i)
			}
		})
	}
	workers.Wait()
	if err := ctx.Err(); err != nil {
		return fmt.Errorf("significance: stopped: %w", err)
	}
	return nil
}

// interval returns the middle of the means, which it sorts.
func interval(observed float64, means []float64, config Config) Interval {
	slices.Sort(means)
	tail := (1 - config.Confidence) / 2
	last := float64(len(means) - 1)
	return Interval{observed, means[int(math.Floor(tail*last))], means[int(math.Ceil((1-tail)*last))]}
}

// slack is how much a mean may differ by the order of addition.
func slack(values []float64) float64 {
	var most float64
	for _, v := range values {
		most = max(most, math.Abs(v))
	}
	return most * 1e-12
}

func check(values []float64) error {
	if len(values) == 0 {
		return errors.New("significance: no values")
	}
	for i, v := range values {
		if math.IsNaN(v) || math.IsInf(v, 0) {
			return fmt.Errorf("significance: value %d is %v: leave such pairs out", i, v)
		}
	}
	return nil
}

func mean(values []float64) float64 { return sum(values) / float64(len(values)) }

func sum(values []float64) float64 {
	var total float64
	for _, v := range values {
		total += v
	}
	return total
}
