package middleware

import (
	"context"
	"errors"
	"sync"
	"time"

	"github.com/failsafe-go/failsafe-go/circuitbreaker"

	"github.com/zhushou-ai/zhushou/assistant"
)

// A circuit is the state of a [Breaker]: failsafe-go's state machine, and what that lacks for calls
// that take minutes. A call that began before the circuit changed says nothing of it now, and a trial
// that ended without a verdict must make room for another one.
type circuit struct {
	Breaker

	mu      sync.Mutex
	machine circuitbreaker.CircuitBreaker[any]
	era     int        // number of changes so far
	spare   int        // trials that ended without a verdict
	until   time.Time  // the vendor asked for peace until then
	news    [][2]State // to be told once mu is free
}

// A permit lets one call through.
type permit struct {
	era   int
	probe bool // the call is a trial
	done  bool // its verdict is in
}

// A verdict is what a call says of the vendor's health.
type verdict uint8

const (
	unknown verdict = iota
	well
	ill
	dead // every other call will fail too
)

func newCircuit(b Breaker) *circuit {
	c := &circuit{Breaker: b}
	c.machine = circuitbreaker.NewBuilder[any]().
		WithFailureRateThreshold(b.Rate, uint(b.Calls), b.Window).
		WithSuccessThreshold(uint(b.Probes)).
		WithDelay(b.Delay).
		WithJitterFactor(0.1).
		OnStateChanged(func(e circuitbreaker.StateChangedEvent) { // by calls that hold mu
			c.era++
			c.spare = 0
			c.news = append(c.news, [2]State{State(e.OldState.String()), State(e.NewState.String())})
		}).
		Build()
	return c
}

// tell unlocks, and tells what has changed.
func (c *circuit) tell() {
	news := c.news
	c.news = nil
	c.mu.Unlock()
	if c.Changed != nil {
		for _, n := range news {
			c.Changed(n[0], n[1])
		}
	}
}

// enter lets a call through, or says when to come again.
func (c *circuit) enter() (*permit, error) {
	c.mu.Lock()
	defer c.tell()
	pause := time.Until(c.until)
	if pause <= 0 {
		if c.machine.TryAcquirePermit() {
			return &permit{era: c.era, probe: c.machine.IsHalfOpen()}, nil
		}
		if c.spare > 0 {
			c.spare--
			return &permit{era: c.era, probe: true}, nil
		}
	}
	return nil, &assistant.Error{Kind: assistant.ErrOverloaded, RetryAfter: max(pause, c.machine.RemainingDelay()), Err: ErrOpen}
}

// leave takes the verdict of a call, the first one only. The vendor wants no request for a while if
// pause is not zero.
func (c *circuit) leave(p *permit, v verdict, pause time.Duration) {
	if p.done {
		return
	}
	p.done = true
	c.mu.Lock()
	defer c.tell()
	if p.era != c.era {
		return
	}
	switch v {
	case well:
		c.machine.RecordSuccess()
	case ill:
		c.machine.RecordFailure()
	case dead:
		c.machine.Open()
	case unknown:
		if p.probe {
			c.spare++
		}
	}
	if pause > 0 && c.machine.IsOpen() {
		c.until = time.Now().Add(min(pause, c.MaxDelay))
	}
}

// judge returns what the end of a call says of the vendor.
func (c *circuit) judge(ctx context.Context, p *passage, err error) (v verdict, pause time.Duration) {
	var e *assistant.Error
	if errors.As(err, &e) {
		pause = e.RetryAfter
	}
	switch {
	case err == nil && (p.finished || p.begun):
		return well, 0
	case err == nil, ctx.Err() != nil, errors.Is(err, ErrRefused):
		return unknown, 0
	case among(c.Fatal, err):
		return dead, pause
	case e == nil, among(c.Failures, err):
		return ill, pause
	}
	return well, 0 // it refused the request, so it is there
}
