package vector_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/zhushou-ai/zhushou/internal/simd"
	"github.com/zhushou-ai/zhushou/recommend/vector"
)

// BenchmarkSearch measures one search on one core, and in turn with it what it has to be compared with. The metrics are
// medians of turns, or the best turn, which a busy machine disturbs least.
//
//	search-µs      one exact search for the best 20; best-µs is the best turn
//	plain-µs       the same in plain Go: four sums, and a sorted list of the best
//	×plain         how many searches one in plain Go costs
//	scan-µs        all scores and no more, from the full vectors
//	read-µs        reading the full vectors and comparing each number with one: the limit of the memory
//	scan/read      the part of the memory's rate that a scan reaches: best scan to best read
//	search/read    the same for a search, above 1 because it reads a quarter and then a few
func BenchmarkSearch(b *testing.B) {
	for _, shape := range [][2]int{{10_000, 64}, {100_000, 64}, {100_000, 128}, {300_000, 64}, {1_000_000, 64}, {100_000, 768}} {
		n, dims := shape[0], shape[1]
		b.Run(fmt.Sprintf("%dx%d", n, dims), func(b *testing.B) {
			index, rows := filled(b, vector.Config{Dims: dims, Workers: 1}, n)
			queries := random(64, dims)
			dst := make([]vector.Hit, 0, 20)
			found, scores := make([]int32, 0, 16), make([]float32, 1024)
			var search, plain, scan, read []time.Duration
			timed := func(to *[]time.Duration, f func()) {
				start := time.Now()
				f()
				*to = append(*to, time.Since(start))
			}
			for i := 0; b.Loop(); i++ {
				q := queries[i%64*dims:][:dims]
				timed(&search, func() {
					hits, err := index.Search(b.Context(), vector.Query{Vector: q, Limit: 20}, dst)
					require.NoError(b, err)
					require.Len(b, hits, 20)
				})
				if i < 20 {
					timed(&plain, func() { plainSearch(rows, dims, q, 20) })
				}
				timed(&scan, func() {
					for i := 0; i < n; i += len(scores) {
						to := min(i+len(scores), n)
						simd.Scan(scores[:to-i], rows[i*dims:to*dims], dims, q)
					}
				})
				timed(&read, func() { found = simd.Above(rows, 1e9, found) })
			}
			micros := func(name string, d time.Duration) { b.ReportMetric(float64(d.Nanoseconds())/1e3, name) }
			micros("search-µs", median(search))
			micros("best-µs", slices.Min(search))
			micros("plain-µs", median(plain))
			micros("scan-µs", median(scan))
			micros("read-µs", median(read))
			b.ReportMetric(float64(median(plain))/float64(median(search)), "×plain")
			b.ReportMetric(float64(slices.Min(read))/float64(slices.Min(scan)), "scan/read")
			b.ReportMetric(float64(slices.Min(read))/float64(slices.Min(search)), "search/read")
			b.ReportMetric(float64(4*n*dims)/float64(slices.Min(read).Nanoseconds()), "read-GB/s")
			b.ReportMetric(0, "ns/op")
		})
	}
}

// BenchmarkSearchInARow measures one search after the other with nothing in between, as a busy service has them, on one
// core and split over two.
func BenchmarkSearchInARow(b *testing.B) {
	for _, n := range []int{100_000, 1_000_000} {
		for workers := 1; workers <= 2; workers++ {
			b.Run(fmt.Sprintf("%dx64/workers=%d", n, workers), func(b *testing.B) {
				index, _ := filled(b, vector.Config{Dims: 64, Workers: workers}, n)
				query := vector.Query{Vector: random(1, 64), Limit: 20}
				dst := make([]vector.Hit, 0, 20)
				for b.Loop() {
					_, err := index.Search(b.Context(), query, dst)
					require.NoError(b, err)
				}
			})
		}
	}
}

// BenchmarkSearchAll reports how many queries of a batch are answered in a second, on one core and on all.
func BenchmarkSearchAll(b *testing.B) {
	const n, dims, batch = 100_000, 64, 256
	for _, workers := range []int{1, 0} {
		b.Run(fmt.Sprintf("%dx%d/workers=%d", n, dims, workers), func(b *testing.B) {
			index, _ := filled(b, vector.Config{Dims: dims, Workers: workers}, n)
			vectors := random(batch, dims)
			queries := make([]vector.Query, batch)
			for i := range queries {
				queries[i] = vector.Query{Vector: vectors[i*dims:][:dims], Limit: 20}
			}
			for b.Loop() {
				_, err := index.SearchAll(b.Context(), queries)
				require.NoError(b, err)
			}
			b.ReportMetric(float64(batch*b.N)/b.Elapsed().Seconds(), "queries/s")
		})
	}
}

func random(n, dims int) []float32 {
	r := rand.New(rand.NewPCG(5, uint64(n)))
	s := make([]float32, n*dims)
	for i := range s {
		s[i] = float32(r.NormFloat64())
	}
	return s
}

// filled returns an index of n random vectors, and those.
func filled(b *testing.B, config vector.Config, n int) (*vector.Index, []float32) {
	rows := random(n, config.Dims)
	ids := make([]int32, n)
	for i := range ids {
		ids[i] = int32(i)
	}
	index, err := vector.Restore(config, ids, rows)
	require.NoError(b, err)
	return index, rows
}

// plainSearch is what one writes without assembly.
func plainSearch(rows []float32, dims int, q []float32, limit int) []vector.Hit {
	var best []vector.Hit
	for i := 0; i*dims < len(rows); i++ {
		row := rows[i*dims : (i+1)*dims]
		q := q[:len(row)]
		var a, b, c, d float32
		for j := 0; j+3 < len(row); j += 4 {
			a += row[j] * q[j]
			b += row[j+1] * q[j+1]
			c += row[j+2] * q[j+2]
			d += row[j+3] * q[j+3]
		}
		score := a + b + c + d
		if len(best) < limit || score > best[len(best)-1].Score {
			at, _ := slices.BinarySearchFunc(best, score, func(h vector.Hit, s float32) int {
				if h.Score >= s {
					return -1
				}
				return 1
			})
			best = slices.Insert(best, at, vector.Hit{ID: int32(i), Score: score})
			best = best[:min(limit, len(best))]
		}
	}
	return best
}

func median(times []time.Duration) time.Duration {
	slices.Sort(times)
	return times[len(times)/2]
}
