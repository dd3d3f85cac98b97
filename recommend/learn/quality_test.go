package learn

import (
	"context"
	"sync/atomic"
	"testing"

	"github.com/stretchr/testify/require"
)

// A trial that is clearly worse is not asked about everybody; one that is about as good is, and so is one that is better.
func TestTrialsEndEarly(t *testing.T) {
	t.Parallel()
	const people = 3000
	judged := func(best *trial, quality func(i int) float64) (*trial, int) {
		var asked atomic.Int64
		got, err := judge(t.Context(), people, 2, best, func(_, i int) Quality {
			asked.Add(1)
			return Quality{Recall: quality(i)}
		})
		require.NoError(t, err)
		return got, int(asked.Load())
	}
	usual := func(i int) float64 { return float64(i % 10) }
	best, asked := judged(nil, usual)
	require.Equal(t, people, asked)
	require.InDelta(t, 4.5, best.mean.Recall, 1e-9)

	worse, asked := judged(best, func(i int) float64 { return usual(i) - float64(i%3) })
	require.Equal(t, firstCases, asked)
	require.False(t, worse.beats(best, 0.3))
	require.InDelta(t, 3.5, worse.mean.Recall, 0.01, "of those who were asked")

	alike, asked := judged(best, func(i int) float64 { return float64((i + 5) % 10) })
	require.Equal(t, people, asked)
	require.False(t, alike.beats(best, 0.3))

	better, asked := judged(best, func(i int) float64 { return usual(i) + float64(i%2) })
	require.Equal(t, people, asked)
	require.True(t, better.beats(best, 0.3))
	require.False(t, best.beats(better, 0.3))

	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, err := judge(ctx, people, 2, nil, func(int, int) Quality { return Quality{} })
	require.ErrorIs(t, err, context.Canceled)
}
