package middleware

import (
	"context"
	"fmt"
	"math"
	"sync"
	"sync/atomic"
	"time"

	"github.com/zhushou-ai/zhushou/assistant"
)

// Timeout ends a stream on which nothing comes for too long, with [assistant.ErrTimeout]. Only the time
// that the vendor takes counts, not that of the caller's loop: for a bound on both, give the call a
// context with a deadline. A duration of zero is the default, a negative one is no limit.
type Timeout struct {
	First   time.Duration // until the first content; if zero, 60 seconds
	Between time.Duration // from one chunk to the next after that; if zero, 30 seconds
	Total   time.Duration // of all waiting; if zero, 10 minutes
}

// Wrap is a [Middleware].
func (t Timeout) Wrap(m assistant.Model) assistant.Model {
	limit := func(d, fallback time.Duration) time.Duration {
		if d < 0 {
			return math.MaxInt64
		}
		return or(d, fallback)
	}
	t.First, t.Between, t.Total = limit(t.First, time.Minute), limit(t.Between, 30*time.Second), limit(t.Total, 10*time.Minute)
	return modelFunc(func(ctx context.Context, req *assistant.Request, yield func(assistant.Chunk, error) bool) {
		if err := t.stream(ctx, m, req, yield); err != nil {
			yield(assistant.Chunk{}, err)
		}
	})
}

func (t *Timeout) stream(ctx context.Context, m assistant.Model, req *assistant.Request, yield func(assistant.Chunk, error) bool) error {
	inner, cancel := context.WithCancelCause(ctx)
	w := watch{Timeout: t, cancel: cancel, start: time.Now()}
	w.begin()
	defer w.end()

	var p passage
	left := false // by the caller
	err := p.carry(m.Stream(inner, req), func(c assistant.Chunk, _ error) bool {
		if w.expired.Load() && c.Finish == "" { // the model does not heed its context
			return false
		}
		w.pause(p.begun)
		left = !yield(c, nil)
		w.resume()
		return !left
	})
	late, expired := context.Cause(inner).(*late)
	if !expired || left || p.finished || ctx.Err() != nil {
		return err
	}
	e := &assistant.Error{Kind: assistant.ErrTimeout, Delivered: p.begun, Err: late}
	if p.meta != nil {
		e.Vendor, e.RequestID = p.meta.Vendor, p.meta.RequestID
	}
	return e
}

// late says what took too long.
type late struct {
	what  string
	limit time.Duration
}

func (l *late) Error() string { return fmt.Sprintf("no %s within %v", l.what, l.limit) }

// A watch looks at the clock beside a stream. The stream notes since when it waits; a timer looks whether
// that has been too long, which is cheaper than to set a timer for every chunk.
type watch struct {
	*Timeout
	cancel  context.CancelCauseFunc
	start   time.Time
	expired atomic.Bool
	since   atomic.Int64 // when the wait for the vendor began, in ns after start; negative while the caller works
	waited  atomic.Int64 // ns of waiting before that

	mu    sync.Mutex
	begun bool
	over  bool
	timer *time.Timer
}

func (w *watch) begin() {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.timer = time.AfterFunc(min(w.First, w.Total), w.look)
}

func (w *watch) end() {
	w.mu.Lock()
	w.over = true // for a look that has begun
	w.timer.Stop()
	w.mu.Unlock()
	w.cancel(nil)
}

// pause is called when a chunk has come.
func (w *watch) pause(begun bool) {
	w.waited.Add(int64(time.Since(w.start)) - w.since.Swap(-1))
	if begun && !w.begun {
		w.mu.Lock()
		w.begun = true
		w.timer.Reset(min(w.Between, w.Total))
		w.mu.Unlock()
	}
}

// resume is called when the caller wants the next one.
func (w *watch) resume() { w.since.Store(int64(time.Since(w.start))) }

// look ends the stream if it has been silent for too long, and looks again later if not.
func (w *watch) look() {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.over {
		return
	}
	limit, what := w.First, "content"
	if w.begun {
		limit, what = w.Between, "further chunk"
	}
	since, waited := w.since.Load(), time.Duration(w.waited.Load())
	var silent time.Duration
	if since >= 0 {
		silent = time.Since(w.start) - time.Duration(since)
	}
	switch {
	case silent >= limit:
		w.expire(&late{what, limit})
	case waited+silent >= w.Total:
		w.expire(&late{"whole reply", w.Total})
	default:
		w.timer.Reset(min(limit-silent, w.Total-waited-silent))
	}
}

func (w *watch) expire(why *late) {
	w.expired.Store(true)
	w.cancel(why)
}
