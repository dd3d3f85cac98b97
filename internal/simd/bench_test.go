package simd

import (
	"fmt"
	"math/rand/v2"
	"testing"
)

// The limits of the machine are measured in the same run: what one core can read is BenchmarkRead, what it can
// multiply and add is what Gram comes near.

// everyLevelBench measures a kernel at each level; flops and bytes are those of one call.
func everyLevelBench(b *testing.B, name string, flops, bytes float64, call func(l level)) {
	b.Helper()
	for l := best; l >= portable; l-- {
		b.Run(name+"/"+names[l], func(b *testing.B) {
			for b.Loop() {
				call(l)
			}
			s := b.Elapsed().Seconds()
			b.ReportMetric(flops*float64(b.N)/s/1e9, "GFLOP/s")
			b.ReportMetric(bytes*float64(b.N)/s/1e9, "GB/s")
		})
	}
}

func random(n int) []float32 {
	r := rand.New(rand.NewPCG(3, 3))
	s := make([]float32, n)
	for i := range s {
		s[i] = float32(r.NormFloat64())
	}
	return s
}

// BenchmarkRead reads arrays of several sizes and does almost nothing with them: the limit of every scan.
func BenchmarkRead(b *testing.B) {
	for _, mb := range []int{1, 25, 100, 256} {
		s, out := random(mb<<18), make([]int32, 0, 16)
		everyLevelBench(b, fmt.Sprintf("%dMB", mb), 0, float64(mb<<20), func(l level) {
			// No score is above: one comparison for each register that is read.
			aboveAt(l, s, 1e9, out)
		})
	}
}

func BenchmarkDot(b *testing.B) {
	for _, n := range []int{16, 64, 128, 256, 4096} {
		x, y := random(n), random(n)
		everyLevelBench(b, fmt.Sprint(n), float64(2*n), float64(8*n), func(l level) { dotAt(l, x, y) })
	}
}

func BenchmarkAxpy(b *testing.B) {
	for _, n := range []int{64, 256} {
		x, y := random(n), random(n)
		everyLevelBench(b, fmt.Sprint(n), float64(2*n), float64(8*n), func(l level) { axpyAt(l, 1e-9, x, y) })
	}
}

func BenchmarkScan(b *testing.B) {
	for _, shape := range [][2]int{{100, 64}, {100_000, 64}, {100_000, 100}, {50_000, 128}, {25_000, 256}, {1_000_000, 64}} {
		n, dims := shape[0], shape[1]
		rows, q, out := random(n*dims), random(dims), make([]float32, 1024)
		everyLevelBench(b, fmt.Sprintf("%dx%d", n, dims), float64(2*n*dims), float64(4*n*dims), func(l level) {
			for i := 0; i < n; i += len(out) {
				to := min(i+len(out), n)
				scanAt(l, out[:to-i], rows[i*dims:to*dims], dims, q)
			}
		})
	}
}

func BenchmarkScanMany(b *testing.B) {
	const n = 100_000
	for _, shape := range [][2]int{{4, 64}, {32, 64}, {32, 256}} {
		m, dims := shape[0], shape[1]
		rows, qs, out := random(n*dims), random(m*dims), make([]float32, 1024*m)
		everyLevelBench(b, fmt.Sprintf("%dqueries/%d", m, dims), float64(2*n*dims*m), float64(4*n*dims), func(l level) {
			for i := 0; i < n; i += 1024 {
				to := min(i+1024, n)
				scanManyAt(l, out[:(to-i)*m], rows[i*dims:to*dims], dims, qs)
			}
		})
	}
}

func BenchmarkGram(b *testing.B) {
	for _, shape := range [][2]int{{40_000, 256}, {40_000, 128}, {40_000, 64}, {40_000, 100}, {500, 256}} {
		n, dims := shape[0], shape[1]
		rows, dst := random(n*dims), make([]float32, dims*dims)
		everyLevelBench(b, fmt.Sprintf("%dx%d", n, dims), float64(n*dims*(dims+1)), float64(4*n*dims), func(l level) {
			gramAt(l, dst, rows, dims)
		})
	}
}

func BenchmarkSymMulVec(b *testing.B) {
	for _, dims := range []int{64, 128, 256} {
		m, x, dst := random(dims*dims), random(dims), make([]float32, dims)
		everyLevelBench(b, fmt.Sprint(dims), float64(2*dims*dims), float64(4*dims*dims), func(l level) {
			symMulVecAt(l, dst, m, x)
		})
	}
}
