package middleware_test

import (
	"context"
	"errors"
	"math/rand/v2"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/zhushou-ai/zhushou/assistant"
	"github.com/zhushou-ai/zhushou/assistant/assistanttest"
	"github.com/zhushou-ai/zhushou/assistant/middleware"
)

// guess is an estimate of so many tokens, whatever the request.
func guess(n int) middleware.Estimator {
	return func(*assistant.Request) assistant.Usage { return assistant.Usage{Input: n, Total: n} }
}

func TestRateLimitTimeline(t *testing.T) {
	bubble(t, func(t *testing.T) {
		v := turns(assistanttest.Say("好"))
		m := middleware.RateLimit{Requests: 12}.Wrap(v)
		for range 5 {
			_, err := ask(t.Context(), m)
			require.NoError(t, err)
		}
		// Two at once, then eleven a minute, which makes twelve in any one.
		step := 60.0 / 11
		between(t, v.seen(), [2]float64{0, 0}, [2]float64{0, 0}, [2]float64{step, step + .001}, [2]float64{2 * step, 2*step + .001}, [2]float64{3 * step, 3*step + .001})
	})
}

// In no minute there are more requests than the limit, whenever and by how many they come.
func TestRateLimitNeverExceeded(t *testing.T) {
	for _, limit := range []int{1, 2, 5, 7, 60, 300} {
		t.Run(numbered(limit), func(t *testing.T) {
			bubble(t, func(t *testing.T) {
				rng := rand.New(rand.NewPCG(1, uint64(limit)))
				v := turns(assistanttest.Say("好"))
				m := middleware.RateLimit{Requests: limit, MaxWait: time.Hour}.Wrap(v)
				var all sync.WaitGroup
				for range 3*limit + 5 {
					all.Go(func() { _, _ = ask(t.Context(), m) })
					if rng.IntN(4) == 0 {
						time.Sleep(time.Duration(rng.Float64() * float64(20*time.Second) / float64(limit)))
					}
				}
				all.Wait()
				seen := v.seen()
				require.Len(t, seen, 3*limit+5)
				for i := range seen {
					n := 0
					for _, at := range seen[i:] {
						if at < seen[i]+time.Minute {
							n++
						}
					}
					require.LessOrEqual(t, n, limit, "from %v", seen[i])
				}
				minutes := float64(len(seen)) / float64(limit)
				require.Less(t, seen[len(seen)-1].Minutes(), 1.25*minutes, "the share is used")
			})
		})
	}
}

func TestRateLimitTokens(t *testing.T) {
	for name, tc := range map[string]struct {
		guess  int
		turn   assistanttest.Turn
		called [][2]float64
	}{
		// 600 a minute: a bucket of 100, and about 8.35 a second.
		"estimates that are right":      {50, used(50), [][2]float64{{0, 0}, {0, 0}, {5.9, 6}, {11.9, 12}}},
		"too much is given back":        {100, used(10), [][2]float64{{0, 0}, {1.1, 1.3}, {2.3, 2.5}, {3.5, 3.7}}},
		"too little is taken":           {10, used(60), [][2]float64{{0, 0}, {0, 0}, {3.5, 3.7}, {10.7, 10.9}}},
		"a failed request took nothing": {100, fail(assistant.ErrServer), [][2]float64{{0, 0}, {0, 0}, {0, 0}, {0, 0}}},
		"larger than the bucket":        {300, used(300), [][2]float64{{0, 0}, {35.8, 36}, {71.7, 71.9}, {107.7, 107.9}}},
	} {
		t.Run(name, func(t *testing.T) {
			bubble(t, func(t *testing.T) {
				v := turns(tc.turn)
				m := middleware.RateLimit{Tokens: 600, Estimate: guess(tc.guess), MaxWait: time.Hour}.Wrap(v)
				for range 4 {
					_, _ = ask(t.Context(), m)
				}
				between(t, v.seen(), tc.called...)
			})
		})
	}
}

// used is a turn that used so many tokens.
func used(n int) assistanttest.Turn {
	return assistanttest.Chunks(assistant.Chunk{Text: "好", Finish: assistant.FinishStop, Usage: &assistant.Usage{Input: n, Total: n}})
}

func TestRateLimitRefuses(t *testing.T) {
	bubble(t, func(t *testing.T) {
		v := turns(assistanttest.Say("好"))
		limiter := &middleware.MemoryLimiter{Requests: 1}
		key := func(_ context.Context, r *assistant.Request) string { return r.User }
		m := middleware.RateLimit{Limiter: limiter, Key: key}.Wrap(v)
		_, err := ask(t.Context(), m)
		require.NoError(t, err)

		_, err = ask(t.Context(), m) // a minute, when half is the most
		var e *assistant.Error
		require.ErrorAs(t, err, &e)
		require.Equal(t, assistant.ErrRateLimited, e.Kind)
		require.ErrorIs(t, err, middleware.ErrLimited)
		require.InDelta(t, 60, e.RetryAfter.Seconds(), 0.01)
		require.Zero(t, time.Since(v.start))

		other := *greeting
		other.User = "乙"
		_, err = assistant.Generate(t.Context(), m, &other)
		require.NoError(t, err, "somebody else has a share of his own")

		ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second) // nearer than the turn
		defer cancel()
		_, err = ask(ctx, middleware.RateLimit{Limiter: limiter, MaxWait: time.Hour}.Wrap(v))
		require.ErrorIs(t, err, middleware.ErrLimited)
		require.Zero(t, time.Since(v.start))
		_, err = ask(t.Context(), middleware.RateLimit{Limiter: limiter, MaxWait: -1}.Wrap(v))
		require.ErrorIs(t, err, middleware.ErrLimited)
	})
}

// Who stops waiting gives his turn back.
func TestRateLimitCancelledWhileWaiting(t *testing.T) {
	bubble(t, func(t *testing.T) {
		v := turns(assistanttest.Say("好"))
		m := middleware.RateLimit{Requests: 1, MaxWait: time.Hour}.Wrap(v)
		_, err := ask(t.Context(), m)
		require.NoError(t, err)
		ctx, cancel := context.WithCancel(t.Context())
		time.AfterFunc(10*time.Second, cancel)
		_, err = ask(ctx, m)
		require.ErrorIs(t, err, context.Canceled)
		_, err = ask(t.Context(), m)
		require.NoError(t, err)
		between(t, v.seen(), [2]float64{0, 0}, [2]float64{60, 60.01})
	})
}

// Keys that have all of their share are forgotten, the others are not.
func TestMemoryLimiterForgets(t *testing.T) {
	bubble(t, func(t *testing.T) {
		l := &middleware.MemoryLimiter{Requests: 6}
		reserve := func(i int) bool {
			_, ok, err := l.Reserve(t.Context(), numbered(i), 0, 0)
			require.NoError(t, err)
			return ok
		}
		for i := range 1000 {
			require.True(t, reserve(i))
		}
		time.Sleep(time.Minute)
		for i := range 1000 {
			require.True(t, reserve(1000+i))
		}
		for i := range 1000 {
			require.False(t, reserve(1000+i), "%d has no share left", i)
		}
	})
}

type brokenLimiter struct{ middleware.MemoryLimiter }

func (*brokenLimiter) Reserve(context.Context, string, int, time.Duration) (time.Duration, bool, error) {
	return 0, false, errors.New("store is away")
}

func TestRateLimitWithABrokenStore(t *testing.T) {
	t.Parallel()
	v := turns(assistanttest.Say("好"))
	_, err := ask(t.Context(), middleware.RateLimit{Limiter: &brokenLimiter{}}.Wrap(v))
	require.EqualError(t, err, "own limit could not be checked: store is away")
	require.ErrorIs(t, err, middleware.ErrRefused)
	require.Empty(t, v.seen())
}

func TestConcurrencyIsFairAndBounded(t *testing.T) {
	bubble(t, func(t *testing.T) {
		v := turns(pieces(time.Second, "好"))
		m := middleware.Concurrency{Max: 2, Queue: 3}.Wrap(v)
		var mu sync.Mutex
		var order []int
		refused := 0
		for i := range 7 {
			go func() {
				_, err := ask(t.Context(), m)
				mu.Lock()
				defer mu.Unlock()
				if errors.Is(err, middleware.ErrQueueFull) {
					refused++
					return
				}
				order = append(order, i)
			}()
			synctest.Wait()
		}
		time.Sleep(10 * time.Second)
		mu.Lock()
		defer mu.Unlock()
		require.Equal(t, 2, refused)
		require.Equal(t, 2, v.mostOpen)
		require.ElementsMatch(t, []int{0, 1}, order[:2])
		require.ElementsMatch(t, []int{2, 3}, order[2:4])
		require.Equal(t, []int{4}, order[4:])
		between(t, v.seen(), [2]float64{0, 0}, [2]float64{0, 0}, [2]float64{1, 1}, [2]float64{1, 1}, [2]float64{2, 2})
	})
}

func TestConcurrencyGivesRoomBack(t *testing.T) {
	bubble(t, func(t *testing.T) {
		v := turns(assistanttest.Hang(text("半")), assistanttest.Say("一二"), assistanttest.Say("一二"), fail(assistant.ErrServer), assistanttest.Say("好"))
		m := middleware.Concurrency{Max: 1, Queue: -1}.Wrap(v)
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		go func() {
			_, err := ask(ctx, m)
			require.ErrorIs(t, err, context.DeadlineExceeded)
		}()
		synctest.Wait()
		_, err := ask(t.Context(), m)
		require.ErrorIs(t, err, middleware.ErrQueueFull)
		require.Equal(t, assistant.ErrOverloaded, oneKind(t, err))
		time.Sleep(2 * time.Second)
		for range m.Stream(t.Context(), greeting) {
			break
		}
		require.Panics(t, func() {
			for range m.Stream(t.Context(), greeting) {
				panic("caller")
			}
		})
		_, err = ask(t.Context(), m)
		require.ErrorIs(t, err, assistant.ErrServer)
		_, err = ask(t.Context(), m)
		require.NoError(t, err)
	})
}

func TestConcurrencyWaits(t *testing.T) {
	bubble(t, func(t *testing.T) {
		v := turns(pieces(20*time.Second, "好"))
		m := middleware.Concurrency{Max: 1, MaxWait: 5 * time.Second}.Wrap(v)
		go func() { _, _ = ask(t.Context(), m) }()
		synctest.Wait()
		_, err := ask(t.Context(), m)
		require.ErrorIs(t, err, middleware.ErrQueueFull)
		require.Equal(t, 5*time.Second, time.Since(v.start))
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		_, err = ask(ctx, m)
		require.ErrorIs(t, err, context.DeadlineExceeded)
		time.Sleep(20 * time.Second)
	})
}
