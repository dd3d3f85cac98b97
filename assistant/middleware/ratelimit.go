package middleware

import (
	"context"
	"fmt"
	"time"

	"github.com/zhushou-ai/zhushou/assistant"
)

// RateLimit sends no more than a vendor's account allows, by waiting. Before a request it books an
// estimate of its tokens, and corrects that when the true count is known.
//
// It is not made of failsafe-go's ratelimiter, which cannot book requests and tokens in one step, nor
// take back what was booked too much.
type RateLimit struct {
	Requests int // a minute; if zero, no limit
	Tokens   int // a minute, of request and reply; if zero, no limit

	// Limiter, if not nil, keeps the count instead of a [MemoryLimiter] of Requests and Tokens: give one
	// to all models that share an account.
	Limiter Limiter

	// Key says whose share a request takes; if nil, all requests share one.
	Key func(ctx context.Context, req *assistant.Request) string

	// MaxWait is the longest wait; a request that would have to wait longer is refused at once with an
	// error that matches [ErrLimited] and says in RetryAfter how long. If zero, 30 seconds; if negative,
	// nothing waits. It is also refused if the caller's deadline is nearer than its turn.
	MaxWait time.Duration

	// Estimate foresees the tokens of a request; if nil, [Estimate] does.
	Estimate Estimator
}

// Wrap is a [Middleware].
func (r RateLimit) Wrap(m assistant.Model) assistant.Model {
	if r.Limiter == nil {
		r.Limiter = &MemoryLimiter{Requests: r.Requests, Tokens: r.Tokens}
	}
	if r.Estimate == nil {
		r.Estimate = Estimate
	}
	r.MaxWait = max(or(r.MaxWait, 30*time.Second), 0)
	return modelFunc(func(ctx context.Context, req *assistant.Request, yield func(assistant.Chunk, error) bool) {
		if err := r.stream(ctx, m, req, yield); err != nil {
			yield(assistant.Chunk{}, err)
		}
	})
}

func (r *RateLimit) stream(ctx context.Context, m assistant.Model, req *assistant.Request, yield func(assistant.Chunk, error) bool) (err error) {
	key := ""
	if r.Key != nil {
		key = r.Key(ctx, req)
	}
	booked := r.Estimate(req).Total
	if err := r.wait(ctx, key, booked); err != nil {
		return err
	}
	var p passage
	defer func() { // also if the caller's loop panics
		used, _ := p.used(req, err)
		_ = r.Limiter.Adjust(context.WithoutCancel(ctx), key, 0, used.Total-booked)
	}()
	return p.carry(m.Stream(ctx, req), yield)
}

// wait books a request and its tokens, and waits for its turn.
func (r *RateLimit) wait(ctx context.Context, key string, tokens int) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	most := r.MaxWait
	if deadline, ok := ctx.Deadline(); ok {
		most = min(most, max(time.Until(deadline), 0))
	}
	wait, ok, err := r.Limiter.Reserve(ctx, key, tokens, most)
	if err != nil {
		return fmt.Errorf("%w: %w", ErrUnchecked, err)
	}
	if !ok {
		return &assistant.Error{Kind: assistant.ErrRateLimited, RetryAfter: wait, Err: ErrLimited}
	}
	if err := sleep(ctx, wait); err != nil {
		_ = r.Limiter.Adjust(context.WithoutCancel(ctx), key, -1, -tokens)
		return err
	}
	return nil
}
