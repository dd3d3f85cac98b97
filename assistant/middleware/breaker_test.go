package middleware_test

import (
	"context"
	"errors"
	"runtime"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/zhushou-ai/zhushou/assistant"
	"github.com/zhushou-ai/zhushou/assistant/assistanttest"
	"github.com/zhushou-ai/zhushou/assistant/middleware"
)

// changes is a [middleware.Breaker.Changed] that remembers.
type changes struct {
	start time.Time
	mu    sync.Mutex
	to    []middleware.State
	at    []time.Duration
}

func (c *changes) note(_, to middleware.State) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.to = append(c.to, to)
	c.at = append(c.at, time.Since(c.start))
}

// An outage from second 10 to second 70, a request each second.
func TestBreakerTimeline(t *testing.T) {
	bubble(t, func(t *testing.T) {
		v := newVendor(func(_ int, since time.Duration) assistanttest.Turn {
			if since >= 10*time.Second && since < 70*time.Second {
				return fail(assistant.ErrServer)
			}
			return assistanttest.Say("好")
		})
		news := &changes{start: v.start}
		m := middleware.Breaker{Window: 10 * time.Second, Delay: 15 * time.Second, Changed: news.note}.Wrap(v)
		failed, refused := 0, 0
		for range 120 {
			_, err := ask(t.Context(), m)
			var e *assistant.Error
			switch {
			case errors.Is(err, middleware.ErrOpen):
				refused++
				require.ErrorAs(t, err, &e)
				require.Equal(t, assistant.ErrOverloaded, e.Kind)
				require.Positive(t, e.RetryAfter)
				require.LessOrEqual(t, e.RetryAfter, 16500*time.Millisecond)
			case err != nil:
				failed++
			}
			time.Sleep(time.Second)
		}
		// Half of the last ten seconds have failed after five; then a trial every 15 s, give or take a tenth.
		require.Equal(t, middleware.Open, news.to[0])
		between(t, news.at[:1], [2]float64{13, 15})
		require.Equal(t, []middleware.State{middleware.HalfOpen, middleware.Closed}, news.to[len(news.to)-2:])
		between(t, news.at[len(news.at)-1:], [2]float64{70, 87})
		require.InDelta(t, 5+4, failed, 2) // one for each trial
		require.InDelta(t, 60, refused, 10)
		require.Equal(t, 120, failed+refused+countGood(v, 10*time.Second, 70*time.Second))
	})
}

func (c *changes) states() []middleware.State {
	c.mu.Lock()
	defer c.mu.Unlock()
	return slices.Clone(c.to)
}

func countGood(v *vendor, from, to time.Duration) (n int) {
	for _, at := range v.seen() {
		if at < from || at >= to {
			n++
		}
	}
	return n
}

func TestBreakerByKindOfError(t *testing.T) {
	for name, tc := range map[string]struct {
		breaker middleware.Breaker
		turn    assistanttest.Turn
		calls   int // that reach the vendor, of ten
	}{
		"invalid requests":           {middleware.Breaker{}, fail(assistant.ErrInvalid), 10},
		"blocked content":            {middleware.Breaker{}, fail(assistant.ErrBlocked), 10},
		"too long":                   {middleware.Breaker{}, fail(assistant.ErrContextLength), 10},
		"refusals of other layers":   {middleware.Breaker{}, assistanttest.Break(&assistant.Error{Kind: assistant.ErrRateLimited, Err: middleware.ErrLimited}), 10},
		"a user's budget":            {middleware.Breaker{}, assistanttest.Break(&assistant.Error{Kind: assistant.ErrQuota, Err: &middleware.BudgetError{}}), 10},
		"server errors":              {middleware.Breaker{}, fail(assistant.ErrServer), 5},
		"rate limits":                {middleware.Breaker{}, fail(assistant.ErrRateLimited), 5},
		"timeouts":                   {middleware.Breaker{}, fail(assistant.ErrTimeout), 5},
		"breaking off in the answer": {middleware.Breaker{}, fail(assistant.ErrTruncated, text("半")), 5},
		"ending in silence":          {middleware.Breaker{}, assistanttest.Chunks(text("半")), 5},
		"strange errors":             {middleware.Breaker{}, assistanttest.Break(errStrange), 5},
		"a wrong key, at once":       {middleware.Breaker{}, fail(assistant.ErrAuth), 1},
		"an empty purse, at once":    {middleware.Breaker{}, fail(assistant.ErrQuota), 1},
		"fewer calls":                {middleware.Breaker{Calls: 2}, fail(assistant.ErrServer), 2},
		"kinds of one's own":         {middleware.Breaker{Failures: []assistant.ErrorKind{assistant.ErrBlocked}}, fail(assistant.ErrServer), 10},
		"fatal kinds of one's own":   {middleware.Breaker{Fatal: []assistant.ErrorKind{assistant.ErrNotFound}}, fail(assistant.ErrNotFound), 1},
	} {
		t.Run(name, func(t *testing.T) {
			bubble(t, func(t *testing.T) {
				v := turns(tc.turn)
				m := tc.breaker.Wrap(v)
				for range 10 {
					_, err := ask(t.Context(), m)
					require.Error(t, err)
				}
				require.Len(t, v.seen(), tc.calls)
			})
		})
	}
}

func TestBreakerIgnoresTheCallersCancelling(t *testing.T) {
	bubble(t, func(t *testing.T) {
		v := newVendor(func(n int, _ time.Duration) assistanttest.Turn {
			if n < 20 {
				return assistanttest.Hang()
			}
			return assistanttest.Say("好")
		})
		m := middleware.Breaker{}.Wrap(v)
		for i := range 20 {
			ctx, cancel := context.WithTimeout(t.Context(), time.Second)
			if i%2 == 0 {
				time.AfterFunc(time.Second/2, cancel)
			}
			_, err := ask(ctx, m)
			require.ErrorIs(t, err, ctx.Err())
			cancel()
		}
		got, err := ask(t.Context(), m)
		require.NoError(t, err)
		require.Equal(t, "好", got)
	})
}

func TestBreakerObeysRetryAfter(t *testing.T) {
	bubble(t, func(t *testing.T) {
		v := turns(busy(assistant.ErrOverloaded, 40*time.Second), busy(assistant.ErrOverloaded, time.Hour), assistanttest.Say("好"))
		m := middleware.Breaker{Calls: 1, Delay: time.Second, MaxDelay: time.Minute}.Wrap(v)
		for range 200 {
			_, err := ask(t.Context(), m)
			var e *assistant.Error
			if errors.As(err, &e) && errors.Is(err, middleware.ErrOpen) {
				require.LessOrEqual(t, e.RetryAfter, time.Minute)
			}
			time.Sleep(time.Second)
		}
		between(t, v.seen()[:3], [2]float64{0, 0}, [2]float64{40, 41}, [2]float64{100, 102})
	})
}

// A trial that the caller cancels, or that is refused below, makes room for another one, and those that
// were sent before the circuit opened do not decide it.
func TestBreakerTrials(t *testing.T) {
	bubble(t, func(t *testing.T) {
		v := newVendor(func(n int, _ time.Duration) assistanttest.Turn {
			switch n {
			case 0:
				return after(21*time.Second, fail(assistant.ErrServer)) // comes back during the trial
			case 1, 2:
				return fail(assistant.ErrServer)
			case 3, 5:
				return assistanttest.Hang()
			case 4:
				return assistanttest.Break(&assistant.Error{Kind: assistant.ErrQuota, Err: middleware.ErrBudget})
			}
			return pieces(3*time.Second, "还", "在")
		})
		news := &changes{start: v.start}
		m := middleware.Breaker{Calls: 2, Delay: 10 * time.Second, Changed: news.note}.Wrap(v)
		go func() { _, _ = ask(t.Context(), m) }()
		synctest.Wait()
		for range 2 {
			_, _ = ask(t.Context(), m)
		}
		require.Equal(t, []middleware.State{middleware.Open}, news.states())
		time.Sleep(12 * time.Second)
		for _, want := range []error{context.DeadlineExceeded, middleware.ErrBudget, context.DeadlineExceeded} {
			ctx, cancel := context.WithTimeout(t.Context(), 3*time.Second)
			_, err := ask(ctx, m)
			require.ErrorIs(t, err, want)
			cancel()
		}
		require.Equal(t, middleware.HalfOpen, news.states()[len(news.states())-1])
		time.Sleep(2 * time.Second) // 20 s

		// The next trial's first words close the circuit, long before its end.
		done := make(chan error, 1)
		go func() { _, err := ask(t.Context(), m); done <- err }()
		time.Sleep(time.Second)
		_, err := ask(t.Context(), m)
		require.ErrorIs(t, err, middleware.ErrOpen, "one trial at a time")
		time.Sleep(2500 * time.Millisecond)
		require.Equal(t, []middleware.State{middleware.Open, middleware.HalfOpen, middleware.Closed}, news.states())
		require.NoError(t, <-done)
	})
}

// A trial whose caller panics, or ends his goroutine, makes room for another one.
func TestBreakerSurvivesTheCaller(t *testing.T) {
	for name, leave := range map[string]func(){"panic": func() { panic("caller") }, "goexit": runtime.Goexit} {
		t.Run(name, func(t *testing.T) {
			bubble(t, func(t *testing.T) {
				v := turns(fail(assistant.ErrServer), from("甲", "好"))
				m := middleware.Breaker{Calls: 1, Delay: time.Second}.Wrap(v)
				_, err := ask(t.Context(), m)
				require.Error(t, err)
				time.Sleep(2 * time.Second)
				go func() {
					defer func() { _ = recover() }()
					for range m.Stream(t.Context(), greeting) {
						leave() // at the word of origin, which proves nothing
					}
				}()
				synctest.Wait()
				_, err = ask(t.Context(), m)
				require.NoError(t, err)
				require.Zero(t, v.stillOpen())
			})
		})
	}
}

// Room that a trial left is gone when the circuit changes.
func TestBreakerDoesNotHoardTrials(t *testing.T) {
	bubble(t, func(t *testing.T) {
		v := turns(fail(assistant.ErrServer), assistanttest.Hang(), assistanttest.Hang(), assistanttest.Hang(), fail(assistant.ErrServer))
		m := middleware.Breaker{Calls: 1, Delay: time.Second, Probes: 3}.Wrap(v)
		_, err := ask(t.Context(), m)
		require.Error(t, err)
		time.Sleep(2 * time.Second)
		for range 3 {
			ctx, cancel := context.WithTimeout(t.Context(), time.Second)
			_, err = ask(ctx, m)
			require.ErrorIs(t, err, context.DeadlineExceeded)
			cancel()
		}
		_, err = ask(t.Context(), m)
		require.ErrorIs(t, err, assistant.ErrServer)
		for range 5 {
			_, err = ask(t.Context(), m)
			require.ErrorIs(t, err, middleware.ErrOpen)
		}
	})
}
