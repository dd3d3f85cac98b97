package middleware

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"time"

	"github.com/zhushou-ai/zhushou/assistant"
)

// Retry sends a request again if it failed in a way that may pass, as long as the caller has seen
// nothing of the reply. A vendor that says how long to wait is obeyed. Refusals of this package are not
// tried again: they come from a layer that knows when to send, see [ErrRefused].
//
// The reply's usage is that of the attempt that answered. What the others cost is counted by a [Budget]
// below Retry.
type Retry struct {
	Attempts int           // requests in all; if zero, 3
	Delay    time.Duration // before the second attempt, doubled for each that follows; if zero, 500 ms
	MaxDelay time.Duration // the most that doubling leads to; if zero, 20 s

	// MaxWait is the longest Retry-After that is waited for; a vendor that wants more ends the call
	// with its error. If zero, one minute.
	MaxWait time.Duration

	// Jitter is the share of each delay that is left to chance, so that clients do not come back all
	// at once. If zero, 0.5; if negative, none. A Retry-After is lengthened by chance, never shortened.
	Jitter float64

	// On are the kinds of error to try again; if nil, those that are [assistant.ErrorKind.Retryable].
	On []assistant.ErrorKind

	// Retried, if not nil, is told of every attempt that failed and is followed by another one, and after
	// what wait. It may be called from several goroutines at once.
	Retried func(ctx context.Context, attempt int, err error, wait time.Duration)

	// Resume goes on with an answer that broke off after the caller saw part of it: the part becomes
	// the last message, marked Partial, and what the vendor continues it with follows in the stream.
	// Set it only for vendors that can continue an answer; from one that says in Meta.Dropped that it
	// cannot, nothing is taken and the first error stands, as it does if the request to continue is
	// refused as [assistant.ErrInvalid] or [assistant.ErrContextLength]. Answers with tool calls, citations or a
	// retraction are not continued. The usage of such a reply is the sum of its attempts.
	Resume bool
}

// Wrap is a [Middleware].
func (r Retry) Wrap(m assistant.Model) assistant.Model {
	r.Attempts = or(r.Attempts, 3)
	r.Delay = or(r.Delay, 500*time.Millisecond)
	r.MaxDelay = or(r.MaxDelay, 20*time.Second)
	r.MaxWait = or(r.MaxWait, time.Minute)
	r.Jitter = min(max(or(r.Jitter, 0.5), 0), 1)
	return modelFunc(func(ctx context.Context, req *assistant.Request, yield func(assistant.Chunk, error) bool) {
		r.stream(ctx, m, req, yield)
	})
}

func (r *Retry) stream(ctx context.Context, m assistant.Model, req *assistant.Request, yield func(assistant.Chunk, error) bool) {
	var partial *continuation
	if r.Resume {
		partial = &continuation{req: req, yield: yield}
		yield = partial.pass
	}
	for n := 1; ; n++ {
		p := passage{holds: true}
		err := p.carry(m.Stream(ctx, req), yield)
		if partial.cannot(&p, err) {
			yield(assistant.Chunk{}, partial.err)
			return
		}
		if err == nil {
			return
		}
		wait, again := r.again(ctx, n, err)
		if again && partial.seen(p.begun) {
			req, again = partial.next(&p, err)
		} else if p.begun {
			again = false
		}
		if !again {
			yield(assistant.Chunk{}, partial.mark(err))
			return
		}
		if r.Retried != nil {
			r.Retried(ctx, n, err, wait)
		}
		if ended := sleep(ctx, wait); ended != nil {
			yield(assistant.Chunk{}, fmt.Errorf("%w while waiting to try again: %w", ended, err))
			return
		}
	}
}

// again reports whether attempt n, which failed with err, is followed by another one, and after what.
func (r *Retry) again(ctx context.Context, n int, err error) (time.Duration, bool) {
	switch {
	case n >= r.Attempts || ctx.Err() != nil || errors.Is(err, ErrRefused):
		return 0, false
	case r.On != nil && !among(r.On, err), r.On == nil && !kindOf(err).Retryable():
		return 0, false
	}
	return r.wait(ctx, n, err)
}

// wait returns how long to wait after attempt n, and whether there is time for it.
func (r *Retry) wait(ctx context.Context, n int, err error) (time.Duration, bool) {
	d := r.Delay
	for range n - 1 {
		if d *= 2; d >= r.MaxDelay || d <= 0 {
			break
		}
	}
	d = min(max(d, 0), r.MaxDelay)
	d -= time.Duration(float64(d) * r.Jitter * rand.Float64())
	var e *assistant.Error
	if errors.As(err, &e) && e.RetryAfter > 0 {
		if e.RetryAfter > r.MaxWait {
			return 0, false
		}
		d = e.RetryAfter + time.Duration(float64(min(e.RetryAfter, r.Delay))*r.Jitter*rand.Float64())
	}
	if deadline, ok := ctx.Deadline(); ok && time.Until(deadline) <= d {
		return 0, false
	}
	return d, true
}

// sleep waits, and returns the context's error if it ends before.
func sleep(ctx context.Context, d time.Duration) error {
	if d <= 0 {
		return ctx.Err()
	}
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
