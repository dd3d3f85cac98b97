package openaiwire

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/zhushou-ai/zhushou/assistant"
)

func TestPoll(t *testing.T) {
	t.Parallel()
	c := &Client{profile: testProfile()}
	synctest.Test(t, func(t *testing.T) {
		start := time.Now()
		var asked []time.Duration
		err := c.Poll(t.Context(), 0, func() (bool, error) {
			asked = append(asked, time.Since(start))
			return len(asked) == 9, nil
		})
		require.NoError(t, err)
		require.Equal(t, time.Second, asked[0])
		require.Equal(t, 2500*time.Millisecond, asked[1])
		require.Equal(t, 10*time.Second, asked[8]-asked[7], "no slower than that")
	})
	synctest.Test(t, func(t *testing.T) {
		failed := errors.New("failed")
		require.ErrorIs(t, c.Poll(t.Context(), time.Minute, func() (bool, error) { return false, failed }), failed)
		busy := &assistant.Error{Kind: assistant.ErrServer}
		asked := 0
		require.ErrorIs(t, c.Poll(t.Context(), 0, func() (bool, error) { asked++; return false, busy }), busy)
		require.Equal(t, 3, asked)
		require.NoError(t, c.Poll(t.Context(), 0, func() (bool, error) {
			if asked++; asked%2 == 0 {
				return false, busy
			}
			return asked > 20, nil
		}))
		require.ErrorIs(t, c.Poll(t.Context(), 0, func() (bool, error) { return true, busy }), busy, "the order itself has failed")

		ctx, cancel := context.WithTimeout(t.Context(), 90*time.Second)
		defer cancel()
		asked = 0
		err := c.Poll(ctx, time.Minute, func() (bool, error) { asked++; return false, nil })
		require.ErrorIs(t, err, context.DeadlineExceeded)
		require.Equal(t, 1, asked)
	})
}
