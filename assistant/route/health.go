package route

import (
	"cmp"
	"context"
	"errors"
	"sync"
	"time"

	"github.com/zhushou-ai/zhushou/assistant"
)

// A tier is a Tier in use, and how its last requests went.
type tier struct {
	Tier
	pause time.Duration // after the first failure

	mu       sync.Mutex
	state    State
	since    time.Time
	retry    time.Time
	failures int           // in a row
	latency  time.Duration // a moving average
}

// maxPause bounds the pause after many failures. What a vendor itself asks for is not bounded.
const maxPause = 5 * time.Minute

// status returns what is known of the tier: first what the application knows, then how the last requests
// ended.
func (t *tier) status(ctx context.Context, now time.Time) Status {
	s := Status{Tier: t.Name, Place: t.Place, State: Ready}
	if t.Check != nil {
		known := t.Check(ctx)
		s.State, s.Since, s.Retry = cmp.Or(known.State, Ready), known.Since, known.Retry
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	s.Latency = t.latency
	if s.State != Ready {
		return s
	}
	s.Since = t.since
	switch {
	case t.state.usable():
		s.State = cmp.Or(t.state, Ready)
	case !t.retry.IsZero() && !now.Before(t.retry):
		s.State = Degraded // the next request will show
	default:
		s.State, s.Retry = t.state, t.retry
	}
	return s
}

// well notes that the tier has begun to answer after so long.
func (t *tier) well(now time.Time, took time.Duration) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.state != Ready {
		t.state, t.since = Ready, now
	}
	t.failures, t.retry = 0, time.Time{}
	if t.latency == 0 {
		t.latency = took
	}
	t.latency += (took - t.latency) / 8
}

// failed notes how a request failed. An error that is about the request says nothing of the tier.
func (t *tier) failed(now time.Time, err error) {
	state, after := stateOf(err)
	if state == "" {
		return
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	t.failures++
	if state == Failing && t.failures == 1 && after == 0 {
		state = Degraded
	}
	if t.state != state {
		t.state, t.since = state, now
	}
	pause := t.pause
	for range min(t.failures-1, 16) {
		pause = min(2*pause, max(maxPause, t.pause))
	}
	t.retry = now.Add(max(pause, after))
}

// stateOf returns the state that an error shows a tier to be in, and how long the vendor wants to be left
// alone. The state is empty if the error is the request's own.
func stateOf(err error) (State, time.Duration) {
	var e *assistant.Error
	if !errors.As(err, &e) {
		return Failing, 0
	}
	switch e.Kind {
	case assistant.ErrNetwork:
		return Offline, e.RetryAfter
	case assistant.ErrQuota:
		return Quota, e.RetryAfter
	case assistant.ErrRateLimited:
		return RateLimited, e.RetryAfter
	case assistant.ErrAuth, assistant.ErrPermission, assistant.ErrNotFound:
		return Rejected, e.RetryAfter
	case assistant.ErrInvalid, assistant.ErrBlocked, assistant.ErrContextLength:
		return "", 0
	}
	return Failing, e.RetryAfter
}
