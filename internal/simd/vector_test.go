package simd

import (
	"math"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"
)

var (
	nan = float32(math.NaN())
	inf = float32(math.Inf(1))
)

var names = []string{"portable", "AVX2", "AVX-512"}

// everyLevel runs a test once for each set of kernels that this machine has.
func everyLevel(t *testing.T, test func(t *testing.T, l level)) {
	t.Helper()
	for l := portable; l <= best; l++ {
		t.Run(names[l], func(t *testing.T) {
			t.Parallel()
			test(t, l)
		})
	}
}

// numbers returns n random numbers that begin at an address of no particular alignment, with nothing after them that
// may be looked at: what follows is not a number.
func numbers(r *rand.Rand, n int) []float32 {
	offset := r.IntN(16)
	s := make([]float32, offset+n+16)
	for i := range s {
		s[i] = nan
	}
	s = s[offset : offset+n : offset+n]
	for i := range s {
		s[i] = float32(r.NormFloat64())
	}
	return s
}

// guarded returns room for n numbers and a check that nothing around it was written.
func guarded(t *testing.T, r *rand.Rand, n int) (room []float32, check func()) {
	const mark = 12345
	offset := 1 + r.IntN(16)
	s := make([]float32, offset+n+16)
	for i := range s {
		s[i] = mark
	}
	return s[offset : offset+n : offset+n], func() {
		for i, v := range s {
			if i < offset || i >= offset+n {
				require.EqualValues(t, mark, v, "written outside, at %d of %d", i-offset, n)
			}
		}
	}
}

// dot64 returns the inner product and the sum of the sizes of its terms, which bounds the error of any order.
func dot64(a, b []float32) (sum, size float64) {
	for i := range a {
		p := float64(a[i]) * float64(b[i])
		sum += p
		size += math.Abs(p)
	}
	return sum, size
}

// near fails if a float32 sum of terms is farther from the truth than rounding explains.
func near(t *testing.T, want, size float64, got float32, at ...any) {
	t.Helper()
	const epsilon = 1.0 / (1 << 24)
	if bound := size*epsilon*40 + 1e-30; !(math.Abs(want-float64(got)) <= bound) {
		require.Failf(t, "too far", "want %v, got %v, %v", want, got, at)
	}
}

func TestDot(t *testing.T) {
	t.Parallel()
	everyLevel(t, func(t *testing.T, l level) {
		r := rand.New(rand.NewPCG(1, 1))
		for n := range 300 {
			a, b := numbers(r, n), numbers(r, n)
			want, size := dot64(a, b)
			near(t, want, size, dotAt(l, a, b), n)
		}
	})
}

func TestDotOfWhatIsNotFinite(t *testing.T) {
	t.Parallel()
	everyLevel(t, func(t *testing.T, l level) {
		for n := 1; n < 140; n++ {
			for at := range n {
				a, b := make([]float32, n), make([]float32, n)
				b[at] = 2
				a[at] = nan
				require.True(t, math.IsNaN(float64(dotAt(l, a, b))), "nan at %d of %d", at, n)
				a[at] = inf
				require.Equal(t, inf, dotAt(l, a, b), "inf at %d of %d", at, n)
				a[at], b[at] = math.MaxFloat32, -math.MaxFloat32
				require.Equal(t, -inf, dotAt(l, a, b), "overflow at %d of %d", at, n)
				a[at], b[at] = inf, 0
				require.True(t, math.IsNaN(float64(dotAt(l, a, b))), "inf times zero at %d of %d", at, n)
			}
		}
	})
}

func TestShorterLengthCounts(t *testing.T) {
	t.Parallel()
	long, short := []float32{1, 2, 3, 4, 5}, []float32{10, 20, 30}
	require.EqualValues(t, 140, Dot(long, short))
	require.EqualValues(t, 140, Dot(short, long))
	require.Zero(t, Dot(nil, long))
	y := []float32{1, 1, 1, 1}
	Axpy(2, short, y)
	require.Equal(t, []float32{21, 41, 61, 1}, y)
	Axpy(1, long, y)
	require.Equal(t, []float32{22, 43, 64, 5}, y)
	Axpy(1, nil, y)
	require.Equal(t, []float32{22, 43, 64, 5}, y)
	Scale(0.5, y)
	require.Equal(t, []float32{11, 21.5, 32, 2.5}, y)
	Scale(0.5, nil)
}

func TestAxpyAndScale(t *testing.T) {
	t.Parallel()
	everyLevel(t, func(t *testing.T, l level) {
		r := rand.New(rand.NewPCG(1, 2))
		for n := range 300 {
			x, alpha := numbers(r, n), float32(r.NormFloat64())
			y, check := guarded(t, r, n)
			copy(y, numbers(r, n))
			before := append([]float32(nil), y...)
			axpyAt(l, alpha, x, y)
			check()
			for i := range y {
				want, size := dot64([]float32{alpha, 1}, []float32{x[i], before[i]})
				near(t, want, size, y[i], n, i)
			}
			copy(before, y)
			scaleAt(l, alpha, y)
			check()
			for i := range y {
				require.Equal(t, alpha*before[i], y[i])
			}
		}
	})
}

func TestAbove(t *testing.T) {
	t.Parallel()
	everyLevel(t, func(t *testing.T, l level) {
		r := rand.New(rand.NewPCG(1, 3))
		for n := range 300 {
			for _, threshold := range []float32{-inf, -10, -1, 0, 1, 2, 10, inf, nan} {
				scores := numbers(r, n)
				for range n / 10 {
					scores[r.IntN(n)] = []float32{nan, inf, -inf, threshold}[r.IntN(4)]
				}
				want := []int32{-7}
				for i, s := range scores {
					if s > threshold {
						want = append(want, int32(i))
					}
				}
				for _, room := range []int{1, len(want), len(want) + 15, 1 + n, 1 + n + 16} {
					out := append(make([]int32, 0, room), -7)
					require.Equal(t, want, aboveAt(l, scores, threshold, out), "%d above %v, room %d", n, threshold, room)
				}
			}
		}
	})
}

func TestAboveAllocatesNothingWithRoom(t *testing.T) {
	scores := make([]float32, 100)
	out := make([]int32, 0, len(scores))
	require.Zero(t, testing.AllocsPerRun(10, func() { out = Above(scores, -1, out[:0]) }))
	require.Len(t, out, len(scores))
}
