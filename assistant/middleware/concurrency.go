package middleware

import (
	"context"
	"errors"
	"sync/atomic"
	"time"

	"github.com/failsafe-go/failsafe-go/bulkhead"

	"github.com/zhushou-ai/zhushou/assistant"
)

// Concurrency bounds how many streams are open at once. Those that find no room wait in the order in
// which they came; a stream keeps its room until it ends.
type Concurrency struct {
	Max     int           // streams at once; if zero, 16
	Queue   int           // the most that wait; if zero, 4 × Max; if negative, none
	MaxWait time.Duration // the longest wait; if zero, 30 seconds
}

// Wrap is a [Middleware]. A request that finds the queue full, or waits too long in it, is refused with an
// error that matches [ErrQueueFull].
func (c Concurrency) Wrap(m assistant.Model) assistant.Model {
	c.Max = max(or(c.Max, 16), 1)
	c.Queue = max(or(c.Queue, 4*c.Max), 0)
	c.MaxWait = or(c.MaxWait, 30*time.Second)
	room := bulkhead.New[any](uint(c.Max))
	var waiting atomic.Int64
	enter := func(ctx context.Context) error {
		if err := ctx.Err(); err != nil {
			return err
		}
		if room.TryAcquirePermit() {
			return nil
		}
		if waiting.Add(1) > int64(c.Queue) {
			waiting.Add(-1)
			return bulkhead.ErrFull
		}
		defer waiting.Add(-1)
		return room.AcquirePermitWithMaxWait(ctx, c.MaxWait)
	}
	return modelFunc(func(ctx context.Context, req *assistant.Request, yield func(assistant.Chunk, error) bool) {
		if err := enter(ctx); err != nil {
			if errors.Is(err, bulkhead.ErrFull) {
				err = &assistant.Error{Kind: assistant.ErrOverloaded, Err: ErrQueueFull}
			}
			yield(assistant.Chunk{}, err)
			return
		}
		defer room.ReleasePermit()
		var p passage
		if err := p.carry(m.Stream(ctx, req), yield); err != nil {
			yield(assistant.Chunk{}, err)
		}
	})
}
