package middleware_test

import (
	"context"
	"iter"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/zhushou-ai/zhushou/assistant"
	"github.com/zhushou-ai/zhushou/assistant/assistanttest"
	"github.com/zhushou-ai/zhushou/assistant/middleware"
)

func TestHedgeTimeline(t *testing.T) {
	slow, quick := pieces(5*time.Second, "慢", "慢"), pieces(200*time.Millisecond, "快", "快", "快")
	for name, tc := range map[string]struct {
		first, second assistanttest.Turn
		want          string
		kind          assistant.ErrorKind
		called        [][2]float64
		took          time.Duration
	}{
		"quick enough":             {quick, slow, "快快快", "", [][2]float64{{0, 0}}, 600 * time.Millisecond},
		"the second wins":          {slow, quick, "快快快", "", [][2]float64{{0, 0}, {1, 1}}, 1600 * time.Millisecond},
		"the first wins after all": {pieces(1500*time.Millisecond, "慢", "慢"), slow, "慢慢", "", [][2]float64{{0, 0}, {1, 1}}, 3 * time.Second},
		"the first fails early":    {after(500*time.Millisecond, fail(assistant.ErrServer)), quick, "", assistant.ErrServer, [][2]float64{{0, 0}}, 500 * time.Millisecond},
		"the first fails late":     {after(1500*time.Millisecond, fail(assistant.ErrServer)), slow, "慢慢", "", [][2]float64{{0, 0}, {1, 1}}, 11 * time.Second},
		"the second fails":         {slow, fail(assistant.ErrServer), "慢慢", "", [][2]float64{{0, 0}, {1, 1}}, 10 * time.Second},
		"both fail":                {after(2*time.Second, fail(assistant.ErrOverloaded)), after(3*time.Second, fail(assistant.ErrServer)), "", assistant.ErrOverloaded, [][2]float64{{0, 0}, {1, 1}}, 4 * time.Second},
		"the winner breaks off":    {slow, fail(assistant.ErrTruncated, text("半")), "半", assistant.ErrTruncated, [][2]float64{{0, 0}, {1, 1}}, time.Second},
		"a panic in the second": {after(1500*time.Millisecond, fail(assistant.ErrServer)), func(context.Context, *assistant.Request) iter.Seq2[assistant.Chunk, error] {
			panic("model")
		}, "", assistant.ErrServer, [][2]float64{{0, 0}, {1, 1}}, 1500 * time.Millisecond},
	} {
		t.Run(name, func(t *testing.T) {
			bubble(t, func(t *testing.T) {
				v := turns(tc.first, tc.second)
				got, err := ask(t.Context(), middleware.Hedge{Delay: time.Second}.Wrap(v))
				took := time.Since(v.start)
				require.Equal(t, tc.want, got)
				if tc.kind == "" {
					require.NoError(t, err)
				} else {
					require.Equal(t, tc.kind, oneKind(t, err))
				}
				between(t, v.seen(), tc.called...)
				require.Equal(t, tc.took, took)
				require.Zero(t, v.stillOpen(), "the loser is cancelled, and gone when the call ends")
			})
		})
	}
}

func TestHedgeEndsWithTheCaller(t *testing.T) {
	bubble(t, func(t *testing.T) {
		v := turns(assistanttest.Hang())
		m := middleware.Hedge{Delay: time.Second}.Wrap(v)
		ctx, cancel := context.WithTimeout(t.Context(), 3*time.Second)
		defer cancel()
		_, err := ask(ctx, m)
		require.ErrorIs(t, err, context.DeadlineExceeded)
		require.Zero(t, v.stillOpen())
		require.Len(t, v.seen(), 2)

		v = turns(assistanttest.Hang(), pieces(time.Second, "一", "二", "三"))
		m = middleware.Hedge{Delay: time.Second}.Wrap(v)
		for range m.Stream(t.Context(), greeting) {
			break
		}
		require.Zero(t, v.stillOpen())
		ctx, cancel = context.WithCancel(t.Context())
		defer cancel()
		v = turns(assistanttest.Hang(), assistanttest.Hang(text("半")))
		m = middleware.Hedge{Delay: time.Second}.Wrap(v)
		time.AfterFunc(5*time.Second, cancel)
		got, err := ask(ctx, m)
		require.ErrorIs(t, err, context.Canceled)
		require.Equal(t, "半", got)
		synctest.Wait()
		require.Zero(t, v.stillOpen())
	})
}

// Nothing is hedged until the delay is learned, which then is that of the slowest in twenty; the share of
// second requests is bounded even if all calls become slow.
func TestHedgeLearnsAndIsBounded(t *testing.T) {
	bubble(t, func(t *testing.T) {
		firstTime := func(n int) time.Duration {
			switch {
			case n < 100:
				return time.Duration(n%20+1) * 100 * time.Millisecond // 0.1 to 2 s
			default:
				return 10 * time.Second
			}
		}
		v := newVendor(func(n int, _ time.Duration) assistanttest.Turn { return pieces(firstTime(n), "好") })
		m := middleware.Hedge{}.Wrap(v)
		for range 20 {
			_, err := ask(t.Context(), m)
			require.NoError(t, err)
		}
		require.Len(t, v.seen(), 20)
		for range 200 {
			_, err := ask(t.Context(), m)
			require.NoError(t, err)
		}
		extra := len(v.seen()) - 220
		require.Greater(t, extra, 10)
		require.LessOrEqual(t, extra, 1+220/10)
	})
}

func TestHedgeToAnotherModel(t *testing.T) {
	bubble(t, func(t *testing.T) {
		first, other := turns(assistanttest.Hang()), turns(assistanttest.Say("二"))
		got, err := ask(t.Context(), middleware.Hedge{To: other, Delay: time.Second}.Wrap(first))
		require.NoError(t, err)
		require.Equal(t, "二", got)
		require.Len(t, first.seen(), 1)
		between(t, other.seen(), [2]float64{1, 1})
	})
}

// A Budget below counts the loser too.
func TestHedgeLoserIsCounted(t *testing.T) {
	bubble(t, func(t *testing.T) {
		var spends []middleware.Spend
		account := &middleware.Account{Spent: func(_ context.Context, s middleware.Spend) { spends = append(spends, s) }}
		v := turns(assistanttest.Hang(assistant.Chunk{Meta: &assistant.Meta{Vendor: "甲"}}), pieces(time.Second, "快"))
		m := middleware.Wrap(v, middleware.Hedge{Delay: time.Second}.Wrap, middleware.Budget{Account: account}.Wrap)
		got, err := ask(t.Context(), m)
		require.NoError(t, err)
		require.Equal(t, "快", got)
		require.Len(t, spends, 2)
		for _, s := range spends {
			require.Equal(t, s.Err != nil, s.Estimated)
			require.Positive(t, s.Usage.Total)
		}
	})
}

// The loser is cancelled when it has lost, not when the winner has ended.
func TestHedgeCancelsAtOnce(t *testing.T) {
	for name, tc := range map[string]struct {
		first, second assistanttest.Turn
		lost          time.Duration
	}{
		"the second": {after(1500*time.Millisecond, pieces(time.Second, "一", "二", "三")), assistanttest.Hang(), 2500 * time.Millisecond},
		"the first":  {assistanttest.Hang(), pieces(time.Second, "一", "二", "三"), 2 * time.Second},
	} {
		t.Run(name, func(t *testing.T) {
			bubble(t, func(t *testing.T) {
				v := turns(tc.first, tc.second)
				go func() { _, _ = ask(t.Context(), middleware.Hedge{Delay: time.Second}.Wrap(v)) }()
				time.Sleep(tc.lost - time.Millisecond)
				require.Equal(t, 2, v.stillOpen())
				time.Sleep(2 * time.Millisecond)
				require.Equal(t, 1, v.stillOpen())
				time.Sleep(time.Minute)
				require.Zero(t, v.stillOpen())
			})
		})
	}
}

// A winner that is cut by the caller's context while the caller is busy does not end in silence.
func TestHedgeWinnerIsCutWithAnError(t *testing.T) {
	bubble(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		defer cancel()
		v := turns(assistanttest.Hang(), assistanttest.Say("一二三四五"))
		var last error
		for _, err := range (middleware.Hedge{Delay: time.Second}).Wrap(v).Stream(ctx, greeting) {
			cancel()
			time.Sleep(time.Second)
			last = err
		}
		require.ErrorIs(t, last, context.Canceled)
	})
}

// A request that lost counts as being as slow as the delay, so that neither many of them make the delay
// longer nor their absence makes it shorter.
func TestHedgeLearnsFromLosers(t *testing.T) {
	bubble(t, func(t *testing.T) {
		calls, second := 0, false
		v := newVendor(func(int, time.Duration) assistanttest.Turn {
			if second {
				second = false
				return pieces(500*time.Millisecond, "好")
			}
			switch calls++; {
			case calls == 10 || calls == 20:
				return pieces(2*time.Second, "好")
			case calls > 20 && calls%8 == 0 || calls > 400:
				second = true
				return assistanttest.Hang()
			}
			return pieces(500*time.Millisecond, "好")
		})
		m := middleware.Hedge{Share: 1}.Wrap(v)
		for range 600 {
			start := time.Now()
			_, err := ask(t.Context(), m)
			require.NoError(t, err)
			took := time.Since(start)
			require.True(t, took == 500*time.Millisecond || calls <= 20 || took == 2500*time.Millisecond, "call %d took %v", calls, took)
		}
	})
}
