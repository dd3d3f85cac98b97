package vector

import (
	"context"
	"fmt"
	"runtime"

	"github.com/zhushou-ai/zhushou/internal/simd"
)

// SearchAll answers many queries, each as [Index.Search] would, on all cores. It takes less time than one search after
// the other, and the less the larger the index is, because a vector that was read is compared with many queries. If one
// query is refused, none is answered.
func (x *Index) SearchAll(ctx context.Context, queries []Query) ([][]Hit, error) {
	x.mu.RLock()
	defer x.mu.RUnlock()
	if len(queries) == 0 {
		return nil, ctx.Err()
	}
	dims := x.config.Dims
	vectors := make([]float32, 0, len(queries)*dims)
	tops := make([]best, len(queries))
	for i, q := range queries {
		var err error
		if vectors, err = x.fit(vectors, q); err != nil {
			return nil, fmt.Errorf("vector: query %d: %w", i, err)
		}
		tops[i] = best{make([]Hit, 0, min(q.Limit, len(x.ids))), q.Keep}
	}

	most := x.config.Workers
	if most == 0 {
		most = runtime.GOMAXPROCS(0)
	}
	workers := min(most, (len(queries)+3)/4)
	errs := make([]error, workers)
	parallel(workers, func(w int) {
		from, to := len(queries)*w/workers, len(queries)*(w+1)/workers
		errs[w] = x.scanAll(ctx, vectors[from*dims:to*dims], tops[from:to])
	})
	hits := make([][]Hit, len(queries))
	for _, err := range errs {
		if err != nil {
			return nil, err
		}
	}
	for i := range tops {
		hits[i] = tops[i].sorted()
	}
	return hits, nil
}

// atOnce is how many queries are answered in one pass over the rows.
const atOnce = 64

// scanAll offers all rows to every query's top.
func (x *Index) scanAll(ctx context.Context, vectors []float32, tops []best) error {
	const size = 256 // rows at a time: their scores for all queries stay in the second cache
	dims := x.config.Dims
	scores := make([]float32, size*min(atOnce, len(tops)))
	above := make([]int32, 0, size+16)
	for len(tops) > 0 {
		m := min(atOnce, len(tops))
		for from := 0; from < len(x.ids); from += size {
			if err := ctx.Err(); err != nil {
				return err
			}
			n := min(size, len(x.ids)-from)
			simd.ScanMany(scores, x.rows[from*dims:(from+n)*dims], dims, vectors[:m*dims])
			for j := range m {
				top := &tops[j]
				if cap(top.hits) == 0 {
					continue
				}
				row := scores[j*n : (j+1)*n]
				above = simd.Above(row, top.bar(), above[:0])
				for _, i := range above {
					top.offer(Hit{x.ids[from+int(i)], row[i]})
				}
			}
		}
		vectors, tops = vectors[m*dims:], tops[m:]
	}
	return nil
}
