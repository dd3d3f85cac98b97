package middleware

import (
	"context"
	"iter"

	"github.com/zhushou-ai/zhushou/assistant"
)

// A Middleware makes a model of a model. The Wrap methods of this package are Middlewares, and so is
// any function that you write.
type Middleware = func(assistant.Model) assistant.Model

// Wrap puts layers around m. The first layer is the outermost: it sees the caller's request first and
// the finished reply last. See the package comment for the order that works.
func Wrap(m assistant.Model, layers ...Middleware) assistant.Model {
	for i := len(layers) - 1; i >= 0; i-- {
		m = layers[i](m)
	}
	return m
}

// A modelFunc is a [assistant.Model] made of its one method.
type modelFunc func(ctx context.Context, req *assistant.Request, yield func(assistant.Chunk, error) bool)

// Stream implements [assistant.Model].
func (f modelFunc) Stream(ctx context.Context, req *assistant.Request) iter.Seq2[assistant.Chunk, error] {
	return func(yield func(assistant.Chunk, error) bool) { f(ctx, req, yield) }
}

// A Refusal is the reason why a middleware did not send a request. Test for it with
// [errors.Is]; most come in an [*assistant.Error] of the kind that fits.
type Refusal string

// The refusals.
const (
	ErrOpen      Refusal = "circuit is open"           // by [Breaker]; kind ErrOverloaded
	ErrLimited   Refusal = "own rate limit reached"    // by [RateLimit]; kind ErrRateLimited
	ErrQueueFull Refusal = "too many requests at once" // by [Concurrency]; kind ErrOverloaded
	ErrBudget    Refusal = "budget used up"            // by [Budget]; kind ErrQuota, see [BudgetError]

	ErrUnchecked Refusal = "own limit could not be checked" // by [RateLimit] and [Budget]; not in an [*assistant.Error]

	// ErrRefused matches all of them: nothing was sent, and nothing will be billed.
	ErrRefused Refusal = "not sent"
)

func (r Refusal) Error() string { return string(r) }

// Is makes every refusal match [ErrRefused].
func (r Refusal) Is(target error) bool { return target == ErrRefused }
