package middleware_test

import (
	"context"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/zhushou-ai/zhushou/assistant"
	"github.com/zhushou-ai/zhushou/assistant/assistanttest"
	"github.com/zhushou-ai/zhushou/assistant/middleware"
)

// from is a turn that says where it comes from.
func from(vendor, s string) assistanttest.Turn {
	return assistanttest.Chunks(
		assistant.Chunk{Meta: &assistant.Meta{Vendor: vendor, Model: vendor + "-1", Dropped: []assistant.Dropped{{Field: "TopK", Reason: "no"}}}},
		text(s), assistant.Chunk{Finish: assistant.FinishStop, Usage: &assistant.Usage{Input: 1, Output: 1, Total: 2}})
}

func TestFallbackInOrder(t *testing.T) {
	t.Parallel()
	first := turns(fail(assistant.ErrOverloaded, assistant.Chunk{Meta: &assistant.Meta{Vendor: "甲"}}))
	second := turns(fail(assistant.ErrAuth))
	third := turns(from("丙", "好"))
	m := middleware.Fallback{To: []middleware.Alternative{{Model: second, Name: "乙"}, {Model: third, RequestModel: "丙-1"}}}.Wrap(first)
	req := *greeting
	req.Model = "甲-9"
	r, err := assistant.Generate(t.Context(), m, &req)
	require.NoError(t, err)
	require.Equal(t, "好", r.Text())
	require.Equal(t, "丙", r.Vendor)
	require.Equal(t, []assistant.Dropped{{Field: "TopK", Reason: "no"},
		{Field: "Model", Reason: "first model failed: vendor overloaded; 乙 failed: authentication failed"}}, r.Dropped)
	require.Equal(t, "甲-9", first.requests[0].Model)
	require.Empty(t, second.requests[0].Model)
	require.Equal(t, "丙-1", third.requests[0].Model)
	require.Equal(t, "甲-9", req.Model)
}

func TestFallbackByKind(t *testing.T) {
	t.Parallel()
	kinds := func(k ...assistant.ErrorKind) []assistant.ErrorKind { return k }
	for name, tc := range map[string]struct {
		turn         assistanttest.Turn
		on, to1, to2 []assistant.ErrorKind
		want         string
	}{
		"no need":                      {from("甲", "一"), nil, nil, nil, "一"},
		"overloaded":                   {fail(assistant.ErrOverloaded), nil, nil, nil, "二"},
		"strange":                      {assistanttest.Break(errStrange), nil, nil, nil, "二"},
		"silent":                       {assistanttest.Chunks(), nil, nil, nil, "二"},
		"refused by an open circuit":   {assistanttest.Break(&assistant.Error{Kind: assistant.ErrOverloaded, Err: middleware.ErrOpen}), nil, nil, nil, "二"},
		"invalid":                      {fail(assistant.ErrInvalid), nil, nil, nil, ""},
		"blocked":                      {fail(assistant.ErrBlocked), nil, nil, nil, ""},
		"after the first text":         {fail(assistant.ErrNetwork, text("半")), nil, nil, nil, "半"},
		"kinds of its own":             {fail(assistant.ErrContextLength), kinds(assistant.ErrContextLength), nil, nil, "二"},
		"not of these kinds":           {fail(assistant.ErrServer), kinds(assistant.ErrContextLength), nil, nil, ""},
		"the first one is passed over": {fail(assistant.ErrContextLength), nil, nil, kinds(assistant.ErrContextLength), "三"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			m := middleware.Fallback{On: tc.on, To: []middleware.Alternative{
				{Model: turns(from("乙", "二")), On: tc.to1}, {Model: turns(from("丙", "三")), On: tc.to2},
			}}.Wrap(turns(tc.turn))
			got, err := ask(t.Context(), m)
			require.Equal(t, tc.want, got)
			if tc.want == "" || tc.want == "半" {
				require.Error(t, err)
			} else {
				require.NoError(t, err)
			}
		})
	}
}

// If all fail there is one error, of the last one, that tells of the others.
func TestFallbackExhausted(t *testing.T) {
	t.Parallel()
	m := middleware.Fallback{To: []middleware.Alternative{{Model: turns(fail(assistant.ErrQuota))}}}.Wrap(turns(fail(assistant.ErrServer)))
	_, err := ask(t.Context(), m)
	require.Equal(t, assistant.ErrQuota, oneKind(t, err))
	require.NotErrorIs(t, err, assistant.ErrServer)
	require.ErrorContains(t, err, "first model failed: vendor failed")
}

func TestFallbackIsNotForACallerWhoLeaves(t *testing.T) {
	bubble(t, func(t *testing.T) {
		other := turns(from("乙", "二"))
		m := middleware.Fallback{To: []middleware.Alternative{{Model: other}}}.Wrap(turns(assistanttest.Hang()))
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		_, err := ask(ctx, m)
		require.ErrorIs(t, err, context.DeadlineExceeded)
		require.Empty(t, other.seen())
	})
}
