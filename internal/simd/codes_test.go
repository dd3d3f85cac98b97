package simd

import (
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestScanCodes(t *testing.T) {
	t.Parallel()
	everyLevel(t, func(t *testing.T, l level) {
		r := rand.New(rand.NewPCG(4, 1))
		for columns := 16; columns <= 2048; columns += 16 * (1 + columns/100) {
			for _, n := range []int{0, 1, 7, 8, 9, 31} {
				codes, q := make([]int8, n*columns), make([]int16, columns)
				for i := range codes {
					codes[i] = int8(r.IntN(255) - 127)
				}
				for i := range q {
					q[i] = int16(r.IntN(16383) - 8191)
				}
				if n == 9 { // as large as a sum may be
					for i := range q {
						q[i] = 8191
					}
					for i := range codes {
						codes[i] = -128
					}
					q = q[:min(columns, 2032)]
					q = append(q, make([]int16, columns-len(q))...)
				}
				scales := numbers(r, n)
				out, check := guarded(t, r, n)
				scanCodesAt(l, out, codes, columns, q, scales, 0.25, 3, -5)
				check()
				for i := range out {
					var sum int64
					for j := range q {
						sum += int64(codes[i*columns+j]) * int64(q[j])
					}
					product := 0.25*float64(sum) + 3
					want, size := dot64([]float32{scales[i], -5}, []float32{float32(product), 1})
					near(t, want, size+1, out[i], columns, n, i)
				}
			}
		}
	})
}

func TestScanCodesRefusesOddShapes(t *testing.T) {
	t.Parallel()
	codes, q, scales := make([]int8, 64), make([]int16, 32), []float32{1, 1, 1}
	for columns, want := range map[int][]float32{
		0: {7, 7, 7, 7}, -16: {7, 7, 7, 7}, 15: {7, 7, 7, 7}, 48: {7, 7, 7, 7},
		16: {2, 2, 2, 7}, 32: {2, 2, 7, 7},
	} {
		out := []float32{7, 7, 7, 7}
		ScanCodes(out, codes, columns, q, scales, 1, 2, 0)
		require.Equal(t, want, out, "columns %d", columns)
	}
}
