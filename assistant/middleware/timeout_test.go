package middleware_test

import (
	"context"
	"iter"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/zhushou-ai/zhushou/assistant"
	"github.com/zhushou-ai/zhushou/assistant/assistanttest"
	"github.com/zhushou-ai/zhushou/assistant/middleware"
)

func TestTimeoutTimeline(t *testing.T) {
	limits := middleware.Timeout{First: 10 * time.Second, Between: 3 * time.Second, Total: 20 * time.Second}
	many := make([]string, 30)
	for i := range many {
		many[i] = "字"
	}
	for name, tc := range map[string]struct {
		timeout middleware.Timeout
		turn    assistanttest.Turn
		want    string // of the error; empty if all is well
		took    time.Duration
	}{
		"in time":                    {limits, after(7*time.Second, pieces(2*time.Second, "一", "二", "三")), "", 13 * time.Second},
		"no first content":           {limits, assistanttest.Hang(), "no content within 10s", 10 * time.Second},
		"origin is not content":      {limits, assistanttest.Hang(assistant.Chunk{Meta: &assistant.Meta{Vendor: "甲"}}), "no content within 10s", 10 * time.Second},
		"silence in the middle":      {limits, assistanttest.Hang(text("半")), "no further chunk within 3s", 3 * time.Second},
		"later silence":              {limits, after(9*time.Second, assistanttest.Hang(text("半"))), "no further chunk within 3s", 12 * time.Second},
		"just too slow":              {limits, pieces(2*time.Second, many...), "no whole reply within 20s", 20 * time.Second},
		"no limits":                  {middleware.Timeout{First: -1, Between: -1, Total: -1}, after(time.Hour, pieces(time.Hour, "一", "二")), "", 3 * time.Hour},
		"defaults":                   {middleware.Timeout{}, assistanttest.Hang(), "no content within 1m0s", time.Minute},
		"default between":            {middleware.Timeout{}, assistanttest.Hang(text("半")), "no further chunk within 30s", 30 * time.Second},
		"a model that does not mind": {limits, heedless(11 * time.Second), "no content within 10s", 11 * time.Second},
	} {
		t.Run(name, func(t *testing.T) {
			bubble(t, func(t *testing.T) {
				v := turns(tc.turn)
				_, err := ask(t.Context(), tc.timeout.Wrap(v))
				require.Equal(t, tc.took, time.Since(v.start))
				if tc.want == "" {
					require.NoError(t, err)
					return
				}
				require.ErrorContains(t, err, tc.want)
				require.Equal(t, assistant.ErrTimeout, oneKind(t, err))
			})
		})
	}
}

// heedless is a turn that takes no notice of its context.
func heedless(gap time.Duration) assistanttest.Turn {
	return func(context.Context, *assistant.Request) iter.Seq2[assistant.Chunk, error] {
		return func(yield func(assistant.Chunk, error) bool) {
			for range 3 {
				time.Sleep(gap)
				if !yield(text("字"), nil) {
					return
				}
			}
		}
	}
}

func TestTimeoutIsTheVendorsNotTheCallers(t *testing.T) {
	bubble(t, func(t *testing.T) {
		m := middleware.Timeout{First: 2 * time.Second, Between: 2 * time.Second, Total: 5 * time.Second}.
			Wrap(turns(pieces(time.Second, "一", "二", "三", "四")))
		n := 0
		for _, err := range m.Stream(t.Context(), greeting) {
			require.NoError(t, err)
			time.Sleep(time.Minute) // a slow reader
			n++
		}
		require.Equal(t, 4, n)

		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		_, err := ask(ctx, middleware.Timeout{}.Wrap(turns(assistanttest.Hang())))
		require.ErrorIs(t, err, context.DeadlineExceeded)
		require.NotErrorIs(t, err, assistant.ErrTimeout)
	})
}

func TestTimeoutSaysWhatWasDelivered(t *testing.T) {
	bubble(t, func(t *testing.T) {
		meta := &assistant.Meta{Vendor: "甲", RequestID: "r1"}
		_, err := ask(t.Context(), middleware.Timeout{}.Wrap(turns(assistanttest.Hang(assistant.Chunk{Text: "半", Meta: meta}))))
		var e *assistant.Error
		require.ErrorAs(t, err, &e)
		require.True(t, e.Delivered)
		require.Equal(t, "甲", e.Vendor)
		require.Equal(t, "r1", e.RequestID)
		require.False(t, assistant.Retryable(err))
	})
}
