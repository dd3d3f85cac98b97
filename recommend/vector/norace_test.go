//go:build !race

package vector_test

import (
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/zhushou-ai/zhushou/recommend/vector"
)

// The race detector empties pools at random.
func TestSearchAllocatesNothing(t *testing.T) {
	x := newIndex(t, vector.Config{Dims: 64})
	r := rand.New(rand.NewPCG(4, 1))
	for id := range int32(3000) {
		require.NoError(t, x.Put(id, gaussian(r, 64)))
	}
	q := vector.Query{Vector: gaussian(r, 64), Limit: 20}
	dst := make([]vector.Hit, 0, q.Limit)
	ctx := t.Context()
	require.Zero(t, testing.AllocsPerRun(100, func() { dst, _ = x.Search(ctx, q, dst[:0]) }))
	require.Len(t, dst, q.Limit)
}
