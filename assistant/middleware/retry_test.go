package middleware_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/zhushou-ai/zhushou/assistant"
	"github.com/zhushou-ai/zhushou/assistant/assistanttest"
	"github.com/zhushou-ai/zhushou/assistant/middleware"
)

func TestRetryTimeline(t *testing.T) {
	for name, tc := range map[string]struct {
		retry  middleware.Retry
		turns  []assistanttest.Turn
		want   string
		kind   assistant.ErrorKind
		called [][2]float64
	}{
		"doubling with jitter": {middleware.Retry{Attempts: 4},
			[]assistanttest.Turn{fail(assistant.ErrOverloaded), fail(assistant.ErrServer), fail(assistant.ErrNetwork), assistanttest.Say("好")},
			"好", "", [][2]float64{{0, 0}, {0.25, 0.5}, {0.75, 1.5}, {1.75, 3.5}}},
		"no jitter": {middleware.Retry{Attempts: 4, Jitter: -1, MaxDelay: time.Second},
			[]assistanttest.Turn{fail(assistant.ErrOverloaded), fail(assistant.ErrServer), fail(assistant.ErrNetwork), assistanttest.Say("好")},
			"好", "", [][2]float64{{0, 0}, {0.5, 0.5}, {1.5, 1.5}, {2.5, 2.5}}},
		"retry-after is never shortened": {middleware.Retry{},
			[]assistanttest.Turn{busy(assistant.ErrRateLimited, 7*time.Second), assistanttest.Say("好")},
			"好", "", [][2]float64{{0, 0}, {7, 7.25}}},
		"retry-after beyond the bound ends the call": {middleware.Retry{MaxWait: 5 * time.Second},
			[]assistanttest.Turn{busy(assistant.ErrRateLimited, 7*time.Second), assistanttest.Say("好")},
			"", assistant.ErrRateLimited, [][2]float64{{0, 0}}},
		"attempts are bounded": {middleware.Retry{Jitter: -1},
			[]assistanttest.Turn{fail(assistant.ErrServer)},
			"", assistant.ErrServer, [][2]float64{{0, 0}, {0.5, 0.5}, {1.5, 1.5}}},
		"a bad request stays bad": {middleware.Retry{}, []assistanttest.Turn{fail(assistant.ErrInvalid)},
			"", assistant.ErrInvalid, [][2]float64{{0, 0}}},
		"kinds of one's own": {middleware.Retry{On: []assistant.ErrorKind{assistant.ErrProtocol}, Jitter: -1},
			[]assistanttest.Turn{fail(assistant.ErrProtocol), fail(assistant.ErrServer)},
			"", assistant.ErrServer, [][2]float64{{0, 0}, {0.5, 0.5}}},
		"never after the first text": {middleware.Retry{}, []assistanttest.Turn{fail(assistant.ErrNetwork, text("半"))},
			"半", assistant.ErrNetwork, [][2]float64{{0, 0}}},
		"silence is a broken reply": {middleware.Retry{Jitter: -1}, []assistanttest.Turn{assistanttest.Chunks(), assistanttest.Say("好")},
			"好", "", [][2]float64{{0, 0}, {0.5, 0.5}}},
		"words of origin are not yet an answer": {middleware.Retry{Jitter: -1},
			[]assistanttest.Turn{fail(assistant.ErrNetwork, assistant.Chunk{Meta: &assistant.Meta{ID: "一"}}), assistanttest.Say("好")},
			"好", "", [][2]float64{{0, 0}, {0.5, 0.5}}},
	} {
		t.Run(name, func(t *testing.T) {
			bubble(t, func(t *testing.T) {
				v := turns(tc.turns...)
				got, err := ask(t.Context(), tc.retry.Wrap(v))
				require.Equal(t, tc.want, got)
				if tc.kind == "" {
					require.NoError(t, err)
				} else {
					require.Equal(t, tc.kind, oneKind(t, err))
				}
				between(t, v.seen(), tc.called...)
			})
		})
	}
}

func TestRetryTells(t *testing.T) {
	bubble(t, func(t *testing.T) {
		var told []string
		m := middleware.Retry{Jitter: -1, Retried: func(_ context.Context, n int, err error, wait time.Duration) {
			told = append(told, fmt.Sprint(n, " ", oneKind(t, err), " ", wait))
		}}.Wrap(turns(fail(assistant.ErrServer)))
		_, err := ask(t.Context(), m)
		require.Error(t, err)
		require.Equal(t, []string{"1 vendor failed 500ms", "2 vendor failed 1s"}, told)
	})
}

func TestRetryMindsTheCaller(t *testing.T) {
	bubble(t, func(t *testing.T) {
		v := turns(busy(assistant.ErrOverloaded, 10*time.Second))
		m := middleware.Retry{}.Wrap(v)

		ctx, cancel := context.WithTimeout(t.Context(), 5*time.Second)
		defer cancel()
		_, err := ask(ctx, m) // there is no time for the wait, so it does not begin
		require.Equal(t, assistant.ErrOverloaded, oneKind(t, err))
		require.NoError(t, ctx.Err())

		ctx, cancel = context.WithCancel(t.Context())
		time.AfterFunc(3*time.Second, cancel)
		_, err = ask(ctx, m)
		require.ErrorIs(t, err, context.Canceled)
		require.ErrorIs(t, err, assistant.ErrOverloaded)
		require.False(t, assistant.Retryable(err))
		between(t, v.seen(), [2]float64{0, 0}, [2]float64{0, 0})
		require.Equal(t, 3*time.Second, time.Since(v.start))
	})
}

func TestRetryLeavesRefusalsAlone(t *testing.T) {
	t.Parallel()
	for _, refusal := range []error{middleware.ErrOpen, middleware.ErrLimited, middleware.ErrQueueFull, middleware.ErrBudget} {
		v := turns(assistanttest.Break(&assistant.Error{Kind: assistant.ErrOverloaded, Err: refusal}))
		_, err := ask(t.Context(), middleware.Retry{}.Wrap(v))
		require.ErrorIs(t, err, middleware.ErrRefused)
		require.Len(t, v.seen(), 1)
	}
}

func TestRetryResumes(t *testing.T) {
	usage := func(in, out int) *assistant.Usage { return &assistant.Usage{Input: in, Output: out, Total: in + out} }
	end := func(s string) assistant.Chunk {
		return assistant.Chunk{Text: s, Finish: assistant.FinishStop, Usage: usage(7, 3)}
	}
	bubble(t, func(t *testing.T) {
		v := turns(
			fail(assistant.ErrNetwork, text("明前"), assistant.Chunk{Text: "龙井", Usage: usage(5, 2)}),
			fail(assistant.ErrOverloaded),
			fail(assistant.ErrTruncated, text("很"), text("香")),
			assistanttest.Chunks(end("。")),
		)
		m := middleware.Retry{Attempts: 4, Resume: true}.Wrap(v)
		r, err := assistant.Generate(t.Context(), m, greeting)
		require.NoError(t, err)
		require.Equal(t, "明前龙井很香。", r.Text())
		require.Equal(t, *usage(12, 5), r.Usage)
		for i, want := range []string{"", "明前龙井", "明前龙井", "明前龙井很香"} {
			sent := v.requests[i].Messages
			if want == "" {
				require.Len(t, sent, 1)
				continue
			}
			require.Len(t, sent, 2)
			require.True(t, sent[1].Partial)
			require.Equal(t, assistant.RoleAssistant, sent[1].Role)
			require.Equal(t, want, sent[1].Text())
		}
		require.Len(t, greeting.Messages, 1)
	})
}

func TestRetryResumesOnlyWhatCanBe(t *testing.T) {
	cannot := assistanttest.Chunks(
		assistant.Chunk{Text: "从头", Meta: &assistant.Meta{Dropped: []assistant.Dropped{{Field: "Messages[1].Partial", Reason: "no"}}}},
		assistant.Chunk{Finish: assistant.FinishStop})
	for name, tc := range map[string]struct {
		turns []assistanttest.Turn
		want  string
		calls int
	}{
		"the vendor cannot continue": {[]assistanttest.Turn{fail(assistant.ErrNetwork, text("半")), cannot}, "半", 2},
		"a call of a tool": {[]assistanttest.Turn{fail(assistant.ErrNetwork, text("半"),
			assistant.Chunk{ToolCalls: []assistant.ToolCall{{ID: "1", Name: "f"}}})}, "半", 1},
		"thinking only":         {[]assistanttest.Turn{fail(assistant.ErrNetwork, assistant.Chunk{Reasoning: "想"})}, "", 1},
		"a retraction":          {[]assistanttest.Turn{fail(assistant.ErrNetwork, assistant.Chunk{Retract: &assistant.Retraction{Replacement: "换"}})}, "换", 1},
		"an error that stays":   {[]assistanttest.Turn{fail(assistant.ErrBlocked, text("半"))}, "半", 1},
		"attempts are bounded":  {[]assistanttest.Turn{fail(assistant.ErrNetwork, text("半"))}, "半半半", 3},
		"failing before a word": {[]assistanttest.Turn{fail(assistant.ErrNetwork, text("半")), fail(assistant.ErrServer)}, "半", 3},
	} {
		t.Run(name, func(t *testing.T) {
			bubble(t, func(t *testing.T) {
				v := turns(tc.turns...)
				got, err := ask(t.Context(), middleware.Retry{Resume: true}.Wrap(v))
				var e *assistant.Error
				require.ErrorAs(t, err, &e)
				require.True(t, e.Delivered)
				require.Equal(t, tc.want, got)
				require.Len(t, v.seen(), tc.calls)
			})
		})
	}
}

// A continuation that the vendor refuses tells nobody what happened: why the answer broke off does.
func TestRetryKeepsTheFirstErrorIfTheContinuationIsRefused(t *testing.T) {
	broken := fail(assistant.ErrNetwork, text("半"))
	for name, tc := range map[string]struct {
		turns []assistanttest.Turn
		kind  assistant.ErrorKind
		want  string
		calls int
	}{
		"an answer at the end":   {[]assistanttest.Turn{broken, fail(assistant.ErrInvalid)}, assistant.ErrNetwork, "半", 2},
		"too long":               {[]assistanttest.Turn{broken, fail(assistant.ErrContextLength)}, assistant.ErrNetwork, "半", 2},
		"refused at last":        {[]assistanttest.Turn{broken, fail(assistant.ErrOverloaded), fail(assistant.ErrInvalid)}, assistant.ErrNetwork, "半", 3},
		"refused the next time":  {[]assistanttest.Turn{broken, fail(assistant.ErrTruncated, text("句")), fail(assistant.ErrInvalid)}, assistant.ErrTruncated, "半句", 3},
		"blocked":                {[]assistanttest.Turn{broken, fail(assistant.ErrBlocked)}, assistant.ErrBlocked, "半", 2},
		"invalid, but not at it": {[]assistanttest.Turn{broken, fail(assistant.ErrInvalid, text("句"))}, assistant.ErrInvalid, "半句", 2},
		"invalid at once":        {[]assistanttest.Turn{fail(assistant.ErrInvalid)}, assistant.ErrInvalid, "", 1},
		"invalid from the start": {[]assistanttest.Turn{fail(assistant.ErrInvalid, text("半"))}, assistant.ErrInvalid, "半", 1},
	} {
		t.Run(name, func(t *testing.T) {
			bubble(t, func(t *testing.T) {
				v := turns(tc.turns...)
				got, err := ask(t.Context(), middleware.Retry{Attempts: 4, Resume: true}.Wrap(v))
				require.Equal(t, tc.kind, oneKind(t, err))
				var e *assistant.Error
				require.ErrorAs(t, err, &e)
				require.Equal(t, tc.want != "", e.Delivered)
				require.Equal(t, tc.want, got)
				require.Len(t, v.seen(), tc.calls)
			})
		})
	}
}

// A request that already asks to continue an answer is not given another one to continue.
func TestRetryDoesNotResumeTwice(t *testing.T) {
	t.Parallel()
	v := turns(fail(assistant.ErrNetwork, text("半")))
	req := *greeting
	req.Messages = append(req.Messages[:1:1], assistant.Message{Role: assistant.RoleAssistant, Parts: []assistant.Part{assistant.Text{Text: "明"}}, Partial: true})
	_, err := assistant.Generate(t.Context(), middleware.Retry{Resume: true}.Wrap(v), &req)
	require.ErrorIs(t, err, assistant.ErrNetwork)
	require.Len(t, v.seen(), 1)
}

func TestRetryStopsWithTheCaller(t *testing.T) {
	t.Parallel()
	for _, resume := range []bool{false, true} {
		v := turns(assistanttest.Say("一二三"))
		for range (middleware.Retry{Resume: resume}).Wrap(v).Stream(t.Context(), greeting) {
			break
		}
		require.Len(t, v.seen(), 1)
		require.Zero(t, v.stillOpen())
	}
}
