package assistant

import (
	"context"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"
)

func TestCallContext(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		c := newCallContext(t.Context(), time.Minute)
		deadline, ok := c.Deadline()
		require.True(t, ok)
		require.Equal(t, time.Minute, time.Until(deadline))
		require.NoError(t, c.Err())

		child, cancel := context.WithCancel(c)
		defer cancel()
		c.arm()
		c.arm()
		time.Sleep(time.Minute)
		synctest.Wait()
		require.Equal(t, context.DeadlineExceeded, c.Err())
		require.ErrorIs(t, context.Cause(child), context.DeadlineExceeded)
		require.Error(t, child.Err())
		c.stop()
		require.Equal(t, context.DeadlineExceeded, c.Err(), "the first reason stays")
	})
	synctest.Test(t, func(t *testing.T) {
		parent, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		c := newCallContext(parent, time.Minute)
		deadline, _ := c.Deadline()
		require.Equal(t, time.Second, time.Until(deadline), "the parent's deadline is earlier")
		time.Sleep(time.Second)
		synctest.Wait()
		require.Equal(t, context.DeadlineExceeded, c.Err())
	})
	synctest.Test(t, func(t *testing.T) {
		c := newCallContext(t.Context(), time.Minute)
		c.arm()
		c.stop()
		require.Equal(t, context.Canceled, c.Err())
	})
}
