package vector

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"sync"
)

// A Metric says how like two vectors are: what a [Hit] has as its score.
type Metric int

const (
	// Cosine is the cosine of the angle between two vectors, from -1 to 1. A vector without length has none and is
	// refused.
	Cosine Metric = iota
	// Dot is the inner product, for vectors whose length means something, such as the factors of a factorisation.
	Dot
)

// Config says what an [Index] holds.
type Config struct {
	// Dims is how many numbers a vector has. It must be given.
	Dims int
	// Metric is Cosine if not given.
	Metric Metric
	// Workers is how many goroutines a call uses. If zero, a batch uses GOMAXPROCS, and a search as many, but no more
	// than one for each 32 MB of vectors.
	Workers int
}

// Index keeps vectors by id. Use [New] to make one. It is safe for concurrent use: searches go on side by side, a change
// waits for those that have begun.
type Index struct {
	config Config
	pool   sync.Pool // of *scratch

	mu    sync.RWMutex
	rows  []float32       // one vector after the other; of unit length if the metric is Cosine
	ids   []int32         // whose vector each row is
	place map[int32]int32 // in which row an id's vector is
	rough *sketch         // nil if it does not pay
}

// New returns an empty index.
func New(config Config) (*Index, error) {
	switch {
	case config.Dims < 1:
		return nil, fmt.Errorf("vector: dims is %d, give the number of numbers in a vector", config.Dims)
	case config.Metric != Cosine && config.Metric != Dot:
		return nil, fmt.Errorf("vector: no metric %d, use Cosine or Dot", config.Metric)
	case config.Workers < 0:
		return nil, fmt.Errorf("vector: workers is %d, give at least 1, or 0 for the default", config.Workers)
	}
	return &Index{config: config, place: map[int32]int32{}, rough: newSketch(config.Dims)}, nil
}

// Put adds a vector or replaces the one that the id has. The vector is copied. It is an error if it has not the index's
// number of numbers, if one of them is not finite, or if it has no length under [Cosine].
func (x *Index) Put(id int32, vector []float32) error {
	x.mu.Lock()
	defer x.mu.Unlock()
	dims := x.config.Dims
	row, known := x.place[id]
	if !known {
		if len(x.ids) == math.MaxInt32 {
			return fmt.Errorf("vector: id %d: the index is full", id)
		}
		row = int32(len(x.ids))
	}
	from := int(row) * dims
	fit, err := x.appendFit(x.rows[:from], vector)
	if err != nil {
		return fmt.Errorf("vector: id %d: %w", id, err)
	}
	if !known {
		x.rows = fit
		x.ids = append(x.ids, id)
		x.place[id] = row
	}
	if x.rough != nil {
		x.rough.set(int(row), x.rows[from:from+dims])
	}
	return nil
}

// Delete removes an id's vector and reports whether there was one. The last row takes its place, so the cost does not
// depend on the size of the index.
func (x *Index) Delete(id int32) bool {
	x.mu.Lock()
	defer x.mu.Unlock()
	row, ok := x.place[id]
	if !ok {
		return false
	}
	dims, last := x.config.Dims, len(x.ids)-1
	copy(x.rows[int(row)*dims:][:dims], x.rows[last*dims:])
	x.ids[row] = x.ids[last]
	x.place[x.ids[row]] = row
	delete(x.place, id)
	x.ids, x.rows = x.ids[:last], x.rows[:last*dims]
	if x.rough != nil {
		x.rough.move(int(row), last)
		x.rough.cut(last)
	}
	return true
}

// Len returns how many vectors there are.
func (x *Index) Len() int {
	x.mu.RLock()
	defer x.mu.RUnlock()
	return len(x.ids)
}

// Vector appends an id's vector to dst and reports whether there is one. Under [Cosine] it has the length 1, whatever
// length it was put with.
func (x *Index) Vector(id int32, dst []float32) ([]float32, bool) {
	x.mu.RLock()
	defer x.mu.RUnlock()
	row, ok := x.place[id]
	if !ok {
		return dst, false
	}
	return append(dst, x.rows[int(row)*x.config.Dims:][:x.config.Dims]...), true
}

// appendFit appends a vector to dst as the metric needs it. On error nothing behind dst is touched.
func (x *Index) appendFit(dst, vector []float32) ([]float32, error) {
	if len(vector) != x.config.Dims {
		return nil, fmt.Errorf("a vector of %d numbers, want %d", len(vector), x.config.Dims)
	}
	var squares float64 // of the largest and smallest float32 too
	for _, v := range vector {
		squares += float64(v) * float64(v)
	}
	if math.IsNaN(squares) || math.IsInf(squares, 0) {
		at := slices.IndexFunc(vector, func(v float32) bool { return v-v != 0 })
		return nil, fmt.Errorf("number %d of the vector is %v, want a finite one", at, vector[at])
	}
	n := len(dst)
	if x.config.Metric == Cosine && squares == 0 {
		return nil, errors.New("the vector is all zeros and has no direction")
	}
	dst = append(dst, vector...)
	// What was scaled before is left alone: to scale it again would only round it again.
	if x.config.Metric == Cosine && math.Abs(squares-1) > 1e-6 {
		scale := 1 / math.Sqrt(squares)
		for i := n; i < len(dst); i++ {
			dst[i] = float32(float64(dst[i]) * scale)
		}
	}
	return dst, nil
}
