package vector

import (
	"context"
	"fmt"
	"runtime"
	"slices"

	"github.com/zhushou-ai/zhushou/internal/simd"
)

// A Query says what to look for.
type Query struct {
	// Vector is what hits are to be like. It is refused for the reasons that [Index.Put] refuses one.
	Vector []float32
	// Limit is the most hits wanted. There are fewer if the index, or what Keep lets pass, is smaller.
	Limit int
	// Keep, if given, says which ids may be hits. It is asked only about those that would be, so a filter that lets
	// much pass is asked seldom. It may be called from several goroutines at once and must not use the index.
	Keep func(id int32) bool
}

// Search appends the best hits to dst, best first; of two with the same score the one with the smaller id comes first.
// A score that overflows and is no number is never a hit. It allocates nothing if dst has room for the limit and one
// goroutine does the work. It stops with the context's error when that is done, and then returns dst as it was.
func (x *Index) Search(ctx context.Context, query Query, dst []Hit) ([]Hit, error) {
	x.mu.RLock()
	defer x.mu.RUnlock()
	s := x.scratch()
	defer x.pool.Put(s)
	vector, err := x.fit(s.vectors[:0], query)
	if err != nil {
		return dst, fmt.Errorf("vector: %w", err)
	}
	s.vectors = vector
	n, limit := len(x.ids), min(query.Limit, len(x.ids))
	if limit == 0 {
		return dst, ctx.Err()
	}
	dst = slices.Grow(dst, limit)
	top := best{dst[len(dst) : len(dst) : len(dst)+limit], query.Keep}

	if workers := x.workers(); workers == 1 {
		err = x.scan(ctx, s, vector, 0, n, &top)
	} else {
		err = x.split(ctx, workers, vector, &top)
	}
	if err != nil {
		return dst, err
	}
	return dst[:len(dst)+len(top.sorted())], nil
}

// share is how many numbers are worth a goroutine: 32 MB, a millisecond's work.
const share = 8 << 20

// workers returns how many goroutines one search uses.
func (x *Index) workers() int {
	most := x.config.Workers
	if most == 0 {
		most = min(runtime.GOMAXPROCS(0), len(x.rows)/share)
	}
	return max(1, min(most, len(x.ids)))
}

// split searches parts of the index at once and offers what each finds to top.
func (x *Index) split(ctx context.Context, workers int, vector []float32, top *best) error {
	n, limit, keep := len(x.ids), cap(top.hits), top.keep
	parts := make([]best, workers)
	errs := make([]error, workers)
	parallel(workers, func(w int) {
		s := x.scratch()
		defer x.pool.Put(s)
		parts[w] = best{make([]Hit, 0, limit), keep}
		errs[w] = x.scan(ctx, s, vector, n*w/workers, n*(w+1)/workers, &parts[w])
	})
	top.keep = nil // it has been asked
	for w, part := range parts {
		if errs[w] != nil {
			return errs[w]
		}
		for _, hit := range part.hits {
			top.offer(hit)
		}
	}
	return nil
}

// scan offers the rows from one to another to top. Scores are computed for a block of rows, and only those above the
// bar are looked at one by one; the first blocks are small, so that the bar soon rises.
func (x *Index) scan(ctx context.Context, s *scratch, vector []float32, from, to int, top *best) error {
	dims := x.config.Dims
	bounded := x.rough != nil && x.rough.query(&s.rough, vector)
	block := x.block()
	for size := min(64, block); from < to; size = min(2*size, block) {
		if err := ctx.Err(); err != nil {
			return err
		}
		end := min(from+size, to)
		if !bounded || !x.scanBounds(s, vector, from, end, top) {
			scores := s.scores[:end-from]
			simd.Scan(scores, x.rows[from*dims:end*dims], dims, vector)
			s.above = simd.Above(scores, top.bar(), s.above[:0])
			for _, i := range s.above {
				top.offer(Hit{x.ids[from+int(i)], scores[i]})
			}
		}
		from = end
	}
	return nil
}

// scanBounds does the same for one block by way of the sketch: it computes the bounds, and the scores of the rows whose
// bound is above the bar. It reports false and offers nothing if there is no bar yet or so many are above it that it is
// faster to compute all scores.
func (x *Index) scanBounds(s *scratch, vector []float32, from, to int, top *best) bool {
	if !top.full() {
		return false
	}
	dims := x.config.Dims
	bounds := s.scores[:to-from]
	x.rough.bounds(bounds, from, &s.rough)
	s.above = simd.Above(bounds, top.bar(), s.above[:0])
	if len(s.above) > len(bounds)/8 {
		return false
	}
	for _, i := range s.above {
		row := from + int(i)
		var score [1]float32
		simd.Scan(score[:], x.rows[row*dims:(row+1)*dims], dims, vector)
		if score[0] > top.bar() {
			top.offer(Hit{x.ids[row], score[0]})
		}
	}
	return true
}

// block is how many rows are scored at a time: at most 512 KB, so that a cancelled search ends soon.
func (x *Index) block() int {
	return max(8, min(scoresRoom, 128<<10/x.config.Dims))
}

// fit appends a query's vector to dst as the metric needs it.
func (x *Index) fit(dst []float32, query Query) ([]float32, error) {
	if query.Limit < 0 {
		return nil, fmt.Errorf("a limit of %d, want 0 or more", query.Limit)
	}
	return x.appendFit(dst, query.Vector)
}

// scratch is the memory that a search needs while it runs.
type scratch struct {
	vectors []float32
	scores  []float32
	above   []int32
	rough   sketched
}

// scoresRoom is the length of scratch.scores.
const scoresRoom = 1024

func (x *Index) scratch() *scratch {
	if s, ok := x.pool.Get().(*scratch); ok {
		return s
	}
	return &scratch{scores: make([]float32, scoresRoom), above: make([]int32, 0, scoresRoom+16)}
}
