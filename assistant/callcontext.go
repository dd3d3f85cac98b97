package assistant

import (
	"context"
	"time"
)

// A callContext is the context of one call of a tool. It differs from context.WithTimeout in that its
// timer runs only once it is armed: most tools return at once, and arming a timer, which may wake
// another thread, costs more than their whole call.
type callContext struct {
	context.Context
	cancel   context.CancelCauseFunc
	deadline time.Time
	timer    *time.Timer
}

func newCallContext(parent context.Context, limit time.Duration) *callContext {
	c := &callContext{deadline: time.Now().Add(limit)}
	c.Context, c.cancel = context.WithCancelCause(parent)
	if d, ok := parent.Deadline(); ok && d.Before(c.deadline) {
		c.deadline = d
	}
	return c
}

// arm makes the context end at its deadline. The parent sees to its own.
func (c *callContext) arm() {
	if c.timer == nil {
		c.timer = time.AfterFunc(time.Until(c.deadline), func() { c.cancel(context.DeadlineExceeded) })
	}
}

// stop ends the context and frees what it holds.
func (c *callContext) stop() {
	if c.timer != nil {
		c.timer.Stop()
	}
	c.cancel(context.Canceled)
}

// Deadline implements [context.Context].
func (c *callContext) Deadline() (time.Time, bool) { return c.deadline, true }

// Err implements [context.Context].
func (c *callContext) Err() error {
	if context.Cause(c.Context) == context.DeadlineExceeded {
		return context.DeadlineExceeded
	}
	return c.Context.Err()
}
