package assistant_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/zhushou-ai/zhushou/assistant"
	"github.com/zhushou-ai/zhushou/assistant/assistanttest"
)

func TestGenerateCollectsEverything(t *testing.T) {
	t.Parallel()
	m := assistanttest.Script(assistanttest.Chunks(
		assistant.Chunk{Meta: &assistant.Meta{Vendor: "v", Model: "m", Dropped: []assistant.Dropped{{Field: "Seed", Reason: "no such field"}}}},
		assistant.Chunk{Reasoning: "先"},
		assistant.Chunk{Reasoning: "想"},
		assistant.Chunk{Parts: []assistant.Part{assistant.Reasoning{Opaque: []byte("x"), Vendor: "v", Model: "m"}}},
		assistant.Chunk{Text: "你"},
		assistant.Chunk{Text: "好", Usage: &assistant.Usage{Total: 1}},
		assistant.Chunk{Parts: []assistant.Part{assistant.Citation{Index: 1}}},
		assistant.Chunk{ToolCalls: []assistant.ToolCall{{ID: "c", Name: "f", Arguments: "{}"}}},
		assistant.Chunk{Finish: assistant.FinishToolCalls, Usage: &assistant.Usage{Total: 9}},
	))
	r, err := assistant.Generate(context.Background(), m, &assistant.Request{})
	require.NoError(t, err)
	require.Equal(t, []assistant.Part{
		assistant.Reasoning{Text: "先想", Opaque: []byte("x"), Vendor: "v", Model: "m"},
		assistant.Text{Text: "你好"},
		assistant.Citation{Index: 1},
		assistant.ToolCall{ID: "c", Name: "f", Arguments: "{}"},
	}, r.Message.Parts)
	require.Equal(t, assistant.FinishToolCalls, r.Finish)
	require.Equal(t, 9, r.Usage.Total)
	require.Equal(t, "m", r.Model)
	require.Equal(t, "Seed: no such field", r.Dropped[0].String())
	require.False(t, r.Message.Partial)
}

func TestGenerateNeverReturnsACutAnswerAsWhole(t *testing.T) {
	t.Parallel()
	lost := &assistant.Error{Kind: assistant.ErrNetwork, Delivered: true}
	for name, tc := range map[string]struct {
		turn assistanttest.Turn
		want error
		text string
	}{
		"error midway":        {assistanttest.Break(lost, assistant.Chunk{Text: "半"}), assistant.ErrNetwork, "半"},
		"no finish":           {assistanttest.Chunks(assistant.Chunk{Text: "半"}), assistant.ErrTruncated, "半"},
		"nothing at all":      {assistanttest.Chunks(), assistant.ErrTruncated, ""},
		"as the io error too": {assistanttest.Chunks(), io.ErrUnexpectedEOF, ""},
	} {
		r, err := assistant.Generate(context.Background(), assistanttest.Script(tc.turn), &assistant.Request{})
		require.ErrorIs(t, err, tc.want, name)
		require.Equal(t, tc.text, r.Text(), name)
		require.True(t, r.Message.Partial, name)
		require.Empty(t, r.Finish, name)
	}
	r, err := assistant.Generate(context.Background(), assistanttest.Script(assistanttest.Break(lost)), &assistant.Request{})
	require.ErrorIs(t, err, assistant.ErrNetwork)
	require.Nil(t, r, "nothing had arrived")
}

func TestRetractionRemovesWhatWasSaid(t *testing.T) {
	t.Parallel()
	m := assistanttest.Script(assistanttest.Chunks(
		assistant.Chunk{Text: "不该说的", ToolCalls: []assistant.ToolCall{{ID: "c", Name: "f"}}},
		assistant.Chunk{Retract: &assistant.Retraction{Reason: "sensitive", Replacement: "换个话题吧"}},
		assistant.Chunk{Finish: assistant.FinishFiltered},
	))
	r, err := assistant.Generate(context.Background(), m, &assistant.Request{})
	require.NoError(t, err)
	require.Equal(t, "换个话题吧", r.Text())
	require.Empty(t, r.ToolCalls())
	require.Equal(t, "sensitive", r.Retracted.Reason)
}

func TestErrorMatchesKindAndCause(t *testing.T) {
	t.Parallel()
	cause := errors.New("tls: handshake")
	err := fmt.Errorf("ask: %w", &assistant.Error{
		Kind: assistant.ErrRateLimited, Vendor: "qwen", Status: 429, Code: "limit_requests",
		Message: "太快", RequestID: "r1", RetryAfter: time.Second, Err: cause,
	})
	require.ErrorIs(t, err, assistant.ErrRateLimited)
	require.ErrorIs(t, err, cause)
	require.NotErrorIs(t, err, assistant.ErrAuth)
	require.Equal(t, "ask: qwen: rate limited (status 429) [limit_requests]: 太快: tls: handshake (request r1)", err.Error())
	require.True(t, assistant.Retryable(err))
}

func TestRetryable(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		err  error
		want bool
	}{
		"overloaded":            {&assistant.Error{Kind: assistant.ErrOverloaded}, true},
		"part already shown":    {&assistant.Error{Kind: assistant.ErrTruncated, Delivered: true}, false},
		"out of money":          {&assistant.Error{Kind: assistant.ErrQuota}, false},
		"blocked":               {&assistant.Error{Kind: assistant.ErrBlocked}, false},
		"caller went away":      {&assistant.Error{Kind: assistant.ErrNetwork, Err: context.Canceled}, false},
		"caller's own deadline": {fmt.Errorf("x: %w", context.DeadlineExceeded), false},
		"not a vendor's error":  {errors.New("x"), false},
	} {
		require.Equal(t, tc.want, assistant.Retryable(tc.err), name)
	}
}
