package simd

import (
	"encoding/binary"
	"math"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestScan(t *testing.T) {
	t.Parallel()
	everyLevel(t, func(t *testing.T, l level) {
		r := rand.New(rand.NewPCG(2, 1))
		for dims := 1; dims < 270; dims++ {
			n := r.IntN(20)
			rows, q := numbers(r, n*dims), numbers(r, dims)
			if dims%3 == 0 {
				q = q[:r.IntN(dims)]
			}
			out, check := guarded(t, r, n)
			scanAt(l, out, rows, dims, q)
			check()
			for i := range n {
				want, size := dot64(q, rows[i*dims:])
				near(t, want, size, out[i], "row", i, "of", n, "dims", dims)
			}
		}
	})
}

// A row's product is the same to the bit wherever the row lies and however many queries there are, so that work may
// be split anywhere.
func TestScanDoesNotDependOnPlace(t *testing.T) {
	t.Parallel()
	everyLevel(t, func(t *testing.T, l level) {
		r := rand.New(rand.NewPCG(2, 2))
		for _, dims := range []int{1, 7, 16, 40, 64, 100, 256} {
			const n, queries = 103, 9
			rows, qs := numbers(r, n*dims), numbers(r, queries*dims)
			many, check := guarded(t, r, n*queries)
			scanManyAt(l, many, rows, dims, qs)
			check()
			for j := range queries {
				q, whole := qs[j*dims:(j+1)*dims], many[j*n:(j+1)*n]
				for from := 0; from < n; {
					to := min(n, from+1+r.IntN(30))
					part := make([]float32, to-from)
					scanAt(l, part, rows[from*dims:to*dims], dims, q)
					require.Equal(t, whole[from:to], part, "dims %d, rows %d to %d", dims, from, to)
					from = to
				}
			}
		}
	})
}

func TestScanOfWhatIsNotFinite(t *testing.T) {
	t.Parallel()
	everyLevel(t, func(t *testing.T, l level) {
		const n = 11
		for _, dims := range []int{1, 3, 8, 9, 16, 17, 31, 40} {
			for row := range n {
				for column := range dims {
					rows, q, out := make([]float32, n*dims), make([]float32, dims), make([]float32, n)
					q[column] = 1
					rows[row*dims+column] = nan
					scanAt(l, out, rows, dims, q)
					for i := range out {
						require.Equal(t, i == row, math.IsNaN(float64(out[i])), "row %d", i)
					}
					rows[row*dims+column] = -inf
					scanAt(l, out, rows, dims, q)
					for i := range out {
						require.Equal(t, i == row, out[i] == -inf, "row %d", i)
					}
				}
			}
		}
	})
}

func TestShorterMatrixCounts(t *testing.T) {
	t.Parallel()
	rows := []float32{1, 2, 3, 4, 5} // two rows of two, and a half
	out := []float32{-1, -1, -1}
	Scan(out, rows, 2, []float32{10, 1, 7})
	require.Equal(t, []float32{12, 34, -1}, out)
	Scan(out[:1], rows, 2, []float32{1})
	require.Equal(t, []float32{1, 34, -1}, out)
	Scan(out, rows, 2, nil)
	require.Equal(t, []float32{0, 0, -1}, out)
	for _, dims := range []int{6, 0, -1} {
		out := []float32{-1}
		Scan(out, rows, dims, rows)
		ScanMany(out, rows, dims, rows)
		Gram(out, rows, dims)
		require.Equal(t, []float32{-1}, out)
	}
	many := []float32{-1, -1, -1, -1, -1}
	ScanMany(many, rows, 2, []float32{1, 0, 0, 1, 5, 5})
	require.Equal(t, []float32{1, 3, 2, 4, -1}, many, "the third query has no room")
	ScanMany(many, rows, 2, nil)
	SymMulVec(many, []float32{1, 2, 2, 1, 9}, []float32{1, 10})
	require.Equal(t, []float32{21, 12, 2, 4, -1}, many)
	SymMulVec(many[:1], []float32{1, 2, 2, 1}, []float32{2, 20})
	SymMulVec(many, []float32{1, 2, 2}, []float32{2, 20})
	require.Equal(t, []float32{21, 12, 2, 4, -1}, many, "too short")
	SymMulVec(many, rows, nil)
	require.Equal(t, []float32{21, 12, 2, 4, -1}, many)
	Gram(many[:3], rows, 2)
	require.Equal(t, []float32{21, 12, 2, 4, -1}, many, "too short")
	Gram(many, rows, 2)
	require.Equal(t, []float32{31, 26, 16, 24, -1}, many)
	Gram(many, rows, math.MaxInt)
	require.Equal(t, []float32{31, 26, 16, 24, -1}, many)
}

func TestSymMulVec(t *testing.T) {
	t.Parallel()
	everyLevel(t, func(t *testing.T, l level) {
		r := rand.New(rand.NewPCG(2, 4))
		for _, dims := range []int{1, 2, 17, 64, 95, 96, 100, 112, 128, 240, 256} {
			m, x := numbers(r, dims*dims), numbers(r, dims)
			for i := range dims {
				for j := range i {
					m[i*dims+j] = m[j*dims+i]
				}
			}
			dst, check := guarded(t, r, dims)
			symMulVecAt(l, dst, m, x)
			check()
			for i := range dst {
				want, size := dot64(x, m[i*dims:])
				near(t, want, size, dst[i], "row", i, "dims", dims)
			}
		}
	})
}

func TestGram(t *testing.T) {
	t.Parallel()
	everyLevel(t, func(t *testing.T, l level) {
		r := rand.New(rand.NewPCG(2, 3))
		for _, dims := range []int{1, 2, 5, 8, 15, 16, 17, 31, 32, 33, 48, 63, 64, 65, 96, 100, 128, 130} {
			for _, n := range []int{0, 1, 3, 4, 5, 130, 600} {
				rows := numbers(r, n*dims)
				dst, check := guarded(t, r, dims*dims)
				clear(dst)
				gramAt(l, dst, rows, dims)
				check()
				column := func(j int) []float32 {
					c := make([]float32, n)
					for i := range c {
						c[i] = rows[i*dims+j]
					}
					return c
				}
				for i := range dims {
					a := column(i)
					for j := i; j < dims; j += 1 + r.IntN(9) {
						want, size := dot64(a, column(j))
						near(t, want, 2*size, dst[i*dims+j], dims, n, i, j)
						require.Equal(t, dst[i*dims+j], dst[j*dims+i])
					}
				}
				before := append([]float32(nil), dst...)
				gramAt(l, dst, rows, dims)
				for i := range dst {
					require.Equal(t, 2*before[i], dst[i], "adds")
				}
			}
		}
	})
}

func FuzzKernelsAgree(f *testing.F) {
	f.Add([]byte("一二三四五六七八九十"), uint8(3), float32(0.5))
	f.Fuzz(func(t *testing.T, data []byte, width uint8, alpha float32) {
		s := make([]float32, len(data)/2)
		for i := range s { // small whole numbers: every order of summation is exact
			s[i] = float32(int16(binary.LittleEndian.Uint16(data[2*i:])) % 64)
		}
		dims := int(width)%100 + 1
		n, half := len(s)/dims, len(s)/2
		for l := portable + 1; l <= best; l++ {
			require.Equal(t, dotPortable(s[:half], s[half:2*half]), dotAt(l, s[:half], s[half:2*half]))
			require.Equal(t, abovePortable(s, 0, alpha, nil), aboveAt(l, s, alpha, nil))
			if n > 0 {
				want, got := make([]float32, n), make([]float32, n)
				scanPortable(want, s, dims, s[:dims])
				scanAt(l, got, s, dims, s[:dims])
				require.Equal(t, want, got)
				want, got = make([]float32, dims*dims), make([]float32, dims*dims)
				gramPortable(want, s[:n*dims], dims)
				gramAt(l, got, s[:n*dims], dims)
				require.Equal(t, want, got)
			}
		}
	})
}
