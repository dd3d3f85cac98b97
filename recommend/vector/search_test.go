package vector_test

import (
	"cmp"
	"context"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/zhushou-ai/zhushou/recommend/vector"
)

func better(a, b vector.Hit) int {
	if c := cmp.Compare(b.Score, a.Score); c != 0 {
		return c
	}
	return cmp.Compare(a.ID, b.ID)
}

// bruteForce sorts the products with everything.
func bruteForce(all map[int32][]float32, q vector.Query) []vector.Hit {
	hits := []vector.Hit{}
	for id, v := range all {
		if q.Keep != nil && !q.Keep(id) {
			continue
		}
		var sum float64
		for i := range v {
			sum += float64(v[i]) * float64(q.Vector[i])
		}
		hits = append(hits, vector.Hit{ID: id, Score: float32(sum)})
	}
	slices.SortFunc(hits, better)
	return hits[:min(q.Limit, len(hits))]
}

// Small whole numbers have exact products in any order of summation, and many of the same: the answer must be that of
// brute force to the bit, ties included, after any changes, split or not, alone or in a batch.
func TestEqualsBruteForce(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(3, 1))
	for _, dims := range []int{1, 3, 16, 33, 64} {
		one := newIndex(t, vector.Config{Dims: dims, Metric: vector.Dot, Workers: 1})
		four := newIndex(t, vector.Config{Dims: dims, Metric: vector.Dot, Workers: 4})
		all := map[int32][]float32{}
		whole := func() []float32 {
			v := make([]float32, dims)
			for i := range v {
				v[i] = float32(r.IntN(7) - 3)
			}
			return v
		}
		for range 12 {
			for range r.IntN(700) {
				id := r.Int32N(3000) - 1000
				if r.IntN(4) == 0 {
					_, had := all[id]
					require.Equal(t, had, one.Delete(id))
					require.Equal(t, had, four.Delete(id))
					delete(all, id)
					continue
				}
				v := whole()
				require.NoError(t, one.Put(id, v))
				require.NoError(t, four.Put(id, v))
				all[id] = v
			}
			require.Equal(t, len(all), one.Len())
			var queries []vector.Query
			for range r.IntN(12) {
				q := vector.Query{Vector: whole(), Limit: []int{0, 1, 2, 20, 150, 5000}[r.IntN(6)]}
				if modulus := r.Int32N(4); modulus > 0 {
					q.Keep = func(id int32) bool { return id%modulus == 0 }
				}
				queries = append(queries, q)
			}
			batch, err := one.SearchAll(t.Context(), queries)
			require.NoError(t, err)
			batch4, err := four.SearchAll(t.Context(), queries)
			require.NoError(t, err)
			for i, q := range queries {
				want := bruteForce(all, q)
				got, err := one.Search(t.Context(), q, []vector.Hit{})
				require.NoError(t, err)
				require.Equal(t, want, got)
				got, err = four.Search(t.Context(), q, []vector.Hit{})
				require.NoError(t, err)
				require.Equal(t, want, got)
				require.Equal(t, want, append([]vector.Hit{}, batch[i]...))
				require.Equal(t, want, append([]vector.Hit{}, batch4[i]...))
			}
		}
	}
}

// With numbers that round, nothing is missed that is better than the last hit by more than rounding, and split or not,
// alone or in a batch, the answer is the same to the bit.
func TestEqualsBruteForceUpToRounding(t *testing.T) {
	t.Parallel()
	const n = 5000
	r := rand.New(rand.NewPCG(3, 2))
	for _, dims := range []int{5, 64, 100} {
		one := newIndex(t, vector.Config{Dims: dims, Workers: 1})
		three := newIndex(t, vector.Config{Dims: dims, Workers: 3})
		all := map[int32][]float32{}
		for id := range int32(n) {
			v := gaussian(r, dims)
			require.NoError(t, one.Put(id, v))
			require.NoError(t, three.Put(id, v))
			all[id], _ = one.Vector(id, nil)
		}
		var queries []vector.Query
		for range 30 {
			v := gaussian(r, dims)
			var squares float64
			for _, w := range v {
				squares += float64(w) * float64(w)
			}
			for i := range v {
				v[i] /= float32(math.Sqrt(squares))
			}
			queries = append(queries, vector.Query{Vector: v, Limit: 20})
		}
		batch, err := three.SearchAll(t.Context(), queries)
		require.NoError(t, err)
		for i, q := range queries {
			want := bruteForce(all, q)
			got, err := one.Search(t.Context(), q, nil)
			require.NoError(t, err)
			require.Len(t, got, 20)
			for j := range got {
				require.InDelta(t, want[j].Score, got[j].Score, 1e-6)
			}
			split, err := three.Search(t.Context(), q, nil)
			require.NoError(t, err)
			require.Equal(t, got, split)
			require.Equal(t, got, batch[i])
		}
	}
}

func TestCancelled(t *testing.T) {
	t.Parallel()
	for _, workers := range []int{1, 3} {
		x := newIndex(t, vector.Config{Dims: 1, Workers: workers})
		for id := range int32(5000) {
			require.NoError(t, x.Put(id, []float32{1}))
		}
		ctx, cancel := context.WithCancel(t.Context())
		q := vector.Query{Vector: []float32{1}, Limit: 3, Keep: func(int32) bool { cancel(); return true }}
		before := []vector.Hit{{ID: 1}}
		got, err := x.Search(ctx, q, before)
		require.ErrorIs(t, err, context.Canceled, "in the middle")
		require.Equal(t, before, got)
		_, err = x.Search(ctx, vector.Query{Vector: []float32{1}}, nil)
		require.ErrorIs(t, err, context.Canceled, "before")
		_, err = x.SearchAll(ctx, []vector.Query{q})
		require.ErrorIs(t, err, context.Canceled)
		_, err = x.SearchAll(ctx, nil)
		require.ErrorIs(t, err, context.Canceled)
	}
}

// A filter that panics is the caller's to recover, wherever it ran, and does not lock the index.
func TestFilterPanics(t *testing.T) {
	t.Parallel()
	for _, workers := range []int{1, 3} {
		x := newIndex(t, vector.Config{Dims: 1, Workers: workers})
		for id := range int32(10) {
			require.NoError(t, x.Put(id, []float32{1}))
		}
		q := vector.Query{Vector: []float32{1}, Limit: 3, Keep: func(int32) bool { panic("filter") }}
		require.PanicsWithValue(t, "filter", func() { _, _ = x.Search(t.Context(), q, nil) })
		require.PanicsWithValue(t, "filter", func() { _, _ = x.SearchAll(t.Context(), []vector.Query{q}) })
		require.True(t, x.Delete(3))
	}
}
