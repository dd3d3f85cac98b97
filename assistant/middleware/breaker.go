package middleware

import (
	"context"
	"time"

	"github.com/zhushou-ai/zhushou/assistant"
)

// Breaker stops sending to a vendor that fails, so that its bad day costs no time: the circuit opens,
// requests are refused at once, and after a while a few are let through to see whether the vendor is
// back. Each Wrap has a circuit of its own.
//
// What the vendor cannot help, such as the caller's cancelling or an invalid request, does not count
// against it. A request that waits for its first chunk in an open circuit's trial keeps others out, so
// put a [Timeout] below.
type Breaker struct {
	Rate   float64       // share of calls that must fail to open the circuit; if zero, 0.5
	Calls  int           // the least number of calls to judge by; if zero, 5
	Window time.Duration // over which calls are counted; if zero, 30 seconds
	Delay  time.Duration // until the first trial, give or take a tenth; if zero, 15 seconds
	Probes int           // successes that close the circuit again, and trials at once; if zero, 1

	// MaxDelay bounds a Retry-After that came with the failure that opened the circuit, and that
	// lengthens Delay. If zero, 5 minutes.
	MaxDelay time.Duration

	// Failures are the kinds of error that count; if nil, those of a vendor that is unwell: ErrRateLimited,
	// ErrOverloaded, ErrServer, ErrTimeout, ErrTruncated, ErrProtocol and ErrNetwork. Errors that are not
	// an [assistant.Error] count too.
	Failures []assistant.ErrorKind

	// Fatal are the kinds that open the circuit at once, because every other call will fail in the same
	// way; if nil, ErrAuth and ErrQuota.
	Fatal []assistant.ErrorKind

	// Changed, if not nil, is told when the circuit opens, tries and closes. It must not block, and may be
	// called from several goroutines at once.
	Changed func(from, to State)
}

// A State is the state of a [Breaker]'s circuit.
type State string

// The states.
const (
	Closed   State = "closed"    // all is well
	Open     State = "open"      // nothing is sent
	HalfOpen State = "half-open" // a few requests are sent to see
)

// Wrap is a [Middleware]. While the circuit is open, requests are refused with an error that matches
// [ErrOpen] and says in RetryAfter when the next trial is.
func (b Breaker) Wrap(m assistant.Model) assistant.Model {
	b.Rate = min(max(or(b.Rate, 0.5), 0), 1)
	b.Calls = max(or(b.Calls, 5), 1)
	b.Window = or(b.Window, 30*time.Second)
	b.Delay = or(b.Delay, 15*time.Second)
	b.Probes = max(or(b.Probes, 1), 1)
	b.MaxDelay = or(b.MaxDelay, 5*time.Minute)
	if b.Failures == nil {
		b.Failures = []assistant.ErrorKind{assistant.ErrRateLimited, assistant.ErrOverloaded, assistant.ErrServer,
			assistant.ErrTimeout, assistant.ErrTruncated, assistant.ErrProtocol, assistant.ErrNetwork}
	}
	if b.Fatal == nil {
		b.Fatal = []assistant.ErrorKind{assistant.ErrAuth, assistant.ErrQuota}
	}
	c := newCircuit(b)
	return modelFunc(func(ctx context.Context, req *assistant.Request, yield func(assistant.Chunk, error) bool) {
		if err := c.stream(ctx, m, req, yield); err != nil {
			yield(assistant.Chunk{}, err)
		}
	})
}

func (c *circuit) stream(ctx context.Context, m assistant.Model, req *assistant.Request, yield func(assistant.Chunk, error) bool) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	pass, err := c.enter()
	if err != nil {
		return err
	}
	var p passage
	defer func() { c.leave(pass, unknown, 0) }() // if the caller's loop panics
	if pass.probe {                              // the first content is proof enough; others need not wait for the whole answer
		deliver := yield
		yield = func(k assistant.Chunk, err error) bool {
			if p.begun {
				c.leave(pass, well, 0)
			}
			return deliver(k, err)
		}
	}
	err = p.carry(m.Stream(ctx, req), yield)
	v, pause := c.judge(ctx, &p, err)
	c.leave(pass, v, pause)
	return err
}
