package vector_test

import (
	"context"
	"math"
	"math/rand/v2"
	"slices"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"

	"github.com/zhushou-ai/zhushou/recommend/vector"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func newIndex(t testing.TB, config vector.Config) *vector.Index {
	t.Helper()
	x, err := vector.New(config)
	require.NoError(t, err)
	return x
}

func TestPutReplaceDelete(t *testing.T) {
	t.Parallel()
	x := newIndex(t, vector.Config{Dims: 2})
	require.NoError(t, x.Put(7, []float32{3, 4}))
	require.NoError(t, x.Put(-1, []float32{0, 2}))
	require.Equal(t, 2, x.Len())

	got, ok := x.Vector(7, []float32{9})
	require.True(t, ok)
	require.Equal(t, []float32{9, 0.6, 0.8}, got)

	require.NoError(t, x.Put(7, []float32{1, 0}))
	require.Equal(t, 2, x.Len())
	hits, err := x.Search(t.Context(), vector.Query{Vector: []float32{5, 0}, Limit: 9}, nil)
	require.NoError(t, err)
	require.Equal(t, []vector.Hit{{ID: 7, Score: 1}, {ID: -1, Score: 0}}, hits)

	require.True(t, x.Delete(7))
	require.False(t, x.Delete(7))
	_, ok = x.Vector(7, nil)
	require.False(t, ok)
	hits, err = x.Search(t.Context(), vector.Query{Vector: []float32{5, 0}, Limit: 9}, hits)
	require.NoError(t, err)
	require.Equal(t, []vector.Hit{{ID: 7, Score: 1}, {ID: -1, Score: 0}, {ID: -1, Score: 0}}, hits, "appended")
	require.True(t, x.Delete(-1))
	require.Zero(t, x.Len())
}

func TestRefusals(t *testing.T) {
	t.Parallel()
	nan, inf := float32(math.NaN()), float32(math.Inf(-1))
	for _, c := range []struct {
		name   string
		metric vector.Metric
		vector []float32
		want   string
	}{
		{"short", vector.Cosine, []float32{1}, "id 5: a vector of 1 numbers, want 2"},
		{"long", vector.Dot, []float32{1, 2, 3}, "id 5: a vector of 3 numbers, want 2"},
		{"nan", vector.Dot, []float32{1, nan}, "id 5: number 1 of the vector is NaN, want a finite one"},
		{"inf", vector.Cosine, []float32{inf, nan}, "id 5: number 0 of the vector is -Inf, want a finite one"},
		{"zeros", vector.Cosine, []float32{0, 0}, "id 5: the vector is all zeros and has no direction"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			x := newIndex(t, vector.Config{Dims: 2, Metric: c.metric})
			require.EqualError(t, x.Put(5, c.vector), "vector: "+c.want)
			require.Zero(t, x.Len())
			require.NoError(t, x.Put(5, []float32{1, 0}))
			require.EqualError(t, x.Put(5, c.vector), "vector: "+c.want)
			kept, _ := x.Vector(5, nil)
			require.Equal(t, []float32{1, 0}, kept)

			_, err := x.Search(t.Context(), vector.Query{Vector: c.vector, Limit: 1}, nil)
			require.EqualError(t, err, "vector: "+c.want[len("id 5: "):])
			_, err = x.SearchAll(t.Context(), []vector.Query{{Vector: []float32{1, 1}}, {Vector: c.vector}})
			require.EqualError(t, err, "vector: query 1: "+c.want[len("id 5: "):])
		})
	}
	for _, config := range []vector.Config{{}, {Dims: -1}, {Dims: 1, Metric: 7}, {Dims: 1, Workers: -1}} {
		_, err := vector.New(config)
		require.Error(t, err, "%+v", config)
		_, err = vector.Restore(config, nil, nil)
		require.Error(t, err, "%+v", config)
	}
	x := newIndex(t, vector.Config{Dims: 1})
	_, err := x.Search(t.Context(), vector.Query{Vector: []float32{1}, Limit: -1}, nil)
	require.EqualError(t, err, "vector: a limit of -1, want 0 or more")
	require.NoError(t, newIndex(t, vector.Config{Dims: 1, Metric: vector.Dot}).Put(1, []float32{0}), "zero has a product")
}

func TestCosineOfExtremeLengths(t *testing.T) {
	t.Parallel()
	x := newIndex(t, vector.Config{Dims: 2})
	for id, size := range []float32{1, math.MaxFloat32, 1e-38, math.SmallestNonzeroFloat32, 1e30, 1e-20} {
		require.NoError(t, x.Put(int32(id), []float32{size, size}))
		hits, err := x.Search(t.Context(), vector.Query{Vector: []float32{size, size}, Limit: 9}, nil)
		require.NoError(t, err)
		require.Len(t, hits, id+1)
		for _, h := range hits {
			require.InDelta(t, 1, h.Score, 1e-6)
		}
	}
}

// What a snapshot gives and Restore takes is the same index to the bit, once and again.
func TestSnapshot(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(1, 1))
	for _, metric := range []vector.Metric{vector.Cosine, vector.Dot} {
		config := vector.Config{Dims: 37, Metric: metric}
		x := newIndex(t, config)
		for range 300 {
			require.NoError(t, x.Put(r.Int32N(200), gaussian(r, 37)))
		}
		ids, rows := x.Snapshot()
		y, err := vector.Restore(config, slices.Clone(ids), slices.Clone(rows))
		require.NoError(t, err)
		ids2, rows2 := y.Snapshot()
		require.Equal(t, ids, ids2)
		require.Equal(t, rows, rows2)

		require.True(t, y.Delete(ids[0]))
		require.NoError(t, y.Put(ids[0], gaussian(r, 37)))
		require.Equal(t, x.Len(), y.Len())
		same, _ := x.Snapshot()
		require.Equal(t, ids, same, "the first index does not notice")
	}
	config := vector.Config{Dims: 2}
	for want, bad := range map[string]struct {
		ids  []int32
		rows []float32
	}{
		"vector: 1 ids and 3 numbers, want 2 numbers for each id":         {[]int32{1}, []float32{1, 2, 3}},
		"vector: 1 ids and 4 numbers, want 2 numbers for each id":         {[]int32{1}, []float32{1, 2, 3, 4}},
		"vector: id 1 is there twice, in rows 0 and 1":                    {[]int32{1, 1}, []float32{1, 2, 3, 4}},
		"vector: id 4: the vector is all zeros and has no direction":      {[]int32{3, 4}, []float32{1, 2, 0, 0}},
		"vector: id 4: number 1 of the vector is +Inf, want a finite one": {[]int32{3, 4}, []float32{1, 2, 0, float32(math.Inf(1))}},
	} {
		_, err := vector.Restore(config, bad.ids, bad.rows)
		require.EqualError(t, err, want)
	}
}

func TestConcurrentUse(t *testing.T) {
	t.Parallel()
	x := newIndex(t, vector.Config{Dims: 8, Workers: 3})
	var group sync.WaitGroup
	for w := range 4 {
		group.Go(func() {
			r := rand.New(rand.NewPCG(2, uint64(w)))
			for range 300 {
				id := r.Int32N(50)
				switch r.IntN(4) {
				case 0:
					x.Delete(id)
				case 1:
					if err := x.Put(id, gaussian(r, 8)); err != nil {
						t.Error(err)
					}
				case 2:
					hits, err := x.Search(context.Background(), vector.Query{Vector: gaussian(r, 8), Limit: 5}, nil)
					if err != nil || !slices.IsSortedFunc(hits, better) {
						t.Error(hits, err)
					}
				default:
					if _, err := x.SearchAll(context.Background(), slices.Repeat([]vector.Query{{Vector: gaussian(r, 8), Limit: 5}}, 9)); err != nil {
						t.Error(err)
					}
				}
			}
		})
	}
	group.Wait()
}

func gaussian(r *rand.Rand, dims int) []float32 {
	v := make([]float32, dims)
	for i := range v {
		v[i] = float32(r.NormFloat64())
	}
	return v
}
