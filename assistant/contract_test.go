package assistant_test

import (
	"context"
	"errors"
	"iter"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/zhushou-ai/zhushou/assistant"
	"github.com/zhushou-ai/zhushou/assistant/assistanttest"
)

type modelFunc func(ctx context.Context, req *assistant.Request) iter.Seq2[assistant.Chunk, error]

func (f modelFunc) Stream(ctx context.Context, req *assistant.Request) iter.Seq2[assistant.Chunk, error] {
	return f(ctx, req)
}

// A model that does not know when to stop must not reach the caller any more.
func TestModelGoesOnAfterTheEnd(t *testing.T) {
	t.Parallel()
	lost := errors.New("lost")
	deaf := modelFunc(func(context.Context, *assistant.Request) iter.Seq2[assistant.Chunk, error] {
		return func(yield func(assistant.Chunk, error) bool) {
			yield(assistant.Chunk{Text: "一"}, nil)
			yield(assistant.Chunk{Text: "二"}, nil)
			yield(assistant.Chunk{}, lost)
			yield(assistant.Chunk{Text: "三"}, nil)
			yield(assistant.Chunk{}, errors.New("later"))
		}
	})
	a := &assistant.Assistant{Model: deaf, Sessions: assistant.NewMemory()}
	for range a.Run(t.Context(), "s", assistant.User("x")) {
		break
	}
	require.Equal(t, "一", history(t, a.Sessions, "s").Messages[1].Text())

	events, err := collect(a.Run(t.Context(), "t", assistant.User("x")))
	require.Equal(t, lost, err)
	require.Equal(t, "一二", text(events))
}

// A wrapper that adds a message to its copy of the request must not write where the run adds its own.
func TestModelAppendsToItsRequest(t *testing.T) {
	t.Parallel()
	var seen [][]assistant.Message
	script := assistanttest.Script(assistanttest.Call("weather", `{"city":"甲"}`), assistanttest.Say("好"))
	adding := modelFunc(func(ctx context.Context, req *assistant.Request) iter.Seq2[assistant.Chunk, error] {
		more := *req
		more.Messages = append(more.Messages, assistant.System("另外"))
		seen = append(seen, more.Messages)
		return script.Stream(ctx, &more)
	})
	a := &assistant.Assistant{Model: adding, Tools: []assistant.Tool{weather(t)}}
	_, err := collect(a.Run(t.Context(), "", assistant.User("x")))
	require.NoError(t, err)
	require.Equal(t, assistant.System("另外"), seen[0][1])
}

func TestErrorsAfterTextAreDelivered(t *testing.T) {
	t.Parallel()
	half := assistanttest.Chunks(assistant.Chunk{Text: "半"})
	a := &assistant.Assistant{Model: assistanttest.Script(half, assistanttest.Chunks())}
	_, err := collect(a.Run(t.Context(), "", assistant.User("x")))
	require.ErrorIs(t, err, assistant.ErrTruncated)
	require.False(t, assistant.Retryable(err), "half of it has been shown")
	_, err = collect(a.Run(t.Context(), "", assistant.User("x")))
	require.True(t, assistant.Retryable(err))
	_, err = assistant.Generate(t.Context(), assistanttest.Script(half), &assistant.Request{})
	require.False(t, assistant.Retryable(err))
}

func TestUsageOfAFailedCallIsKept(t *testing.T) {
	t.Parallel()
	a := &assistant.Assistant{
		Model:    assistanttest.Script(assistanttest.Break(errors.New("lost"), assistant.Chunk{Usage: &assistant.Usage{Total: 7}})),
		Sessions: assistant.NewMemory(),
	}
	_, err := collect(a.Run(t.Context(), "s", assistant.User("x")))
	require.Error(t, err)
	s := history(t, a.Sessions, "s")
	require.Equal(t, 7, s.Usage.Total)
	require.Len(t, s.Messages, 1)
}

// specOnly is a tool that somebody else wrote.
type specOnly struct{ spec *assistant.ToolSpec }

func (s specOnly) Spec() *assistant.ToolSpec { return s.spec }
func (s specOnly) Call(context.Context, assistant.ToolCall) ([]assistant.Part, error) {
	return nil, nil
}

// noSessions is a store that breaks its contract.
type noSessions struct{ assistant.Sessions }

func (noSessions) Load(context.Context, string) (*assistant.Session, error) { return nil, nil }

func TestAssistantThatCannotWork(t *testing.T) {
	t.Parallel()
	for want, a := range map[string]*assistant.Assistant{
		`two tools named "weather"`: {Tools: []assistant.Tool{weather(t), weather(t)}},
		"Tools[1] is nil":           {Tools: []assistant.Tool{weather(t), nil}},
		"has no name":               {Tools: []assistant.Tool{specOnly{}}},
		"Tools[0], a assistant_test.specOnly, has no name": {Tools: []assistant.Tool{specOnly{&assistant.ToolSpec{}}}},
		"Template with Tools":                              {Template: assistant.Request{Tools: []*assistant.ToolSpec{{Name: "f"}}}},
		"returned none":                                    {Sessions: noSessions{}},
	} {
		a.Model = assistanttest.Script()
		_, err := collect(a.Run(t.Context(), "s", assistant.User("x")))
		require.ErrorContains(t, err, want)
	}
}

// Prepare may take tools away as one does; they come back for the next request, and do not run before.
func TestToolsTakenAwayDoNotRun(t *testing.T) {
	t.Parallel()
	model := assistanttest.Script(assistanttest.Call("weather", `{"city":"甲"}`), assistanttest.Call("weather", `{"city":"甲"}`), assistanttest.Say("好"))
	step := 0
	a := &assistant.Assistant{
		Model: model, Tools: []assistant.Tool{weather(t), specOnly{&assistant.ToolSpec{Name: "other"}}},
		Prepare: func(_ context.Context, req *assistant.Request) error {
			if step++; step == 1 {
				req.Tools = slices.DeleteFunc(req.Tools, func(s *assistant.ToolSpec) bool { return s.Name == "weather" })
			}
			return nil
		},
	}
	events, err := collect(a.Run(t.Context(), "", assistant.User("x")))
	require.NoError(t, err)
	finished := eventsOf[*assistant.ToolFinished](events)
	require.Equal(t, `there is no tool "weather"; the tools are: other`, finished[0].Result.Text())
	require.Equal(t, "甲晴", finished[1].Result.Text())
	require.Len(t, model.Requests()[1].Tools, 2)
}

// A model that must call a tool every time would never get to answer.
func TestForcedToolIsForcedOnce(t *testing.T) {
	t.Parallel()
	model := assistanttest.Script(assistanttest.Call("weather", `{"city":"甲"}`), assistanttest.Say("晴"), assistanttest.Say("晴"))
	forced := assistant.ToolChoice{Mode: assistant.ToolForced, Name: "weather"}
	a := &assistant.Assistant{
		Model: model, Tools: []assistant.Tool{weather(t)}, Sessions: assistant.NewMemory(),
		Template: assistant.Request{ToolChoice: forced},
	}
	for range 2 {
		_, err := collect(a.Run(t.Context(), "s", assistant.User("x")))
		require.NoError(t, err)
	}
	var got []assistant.ToolChoice
	for _, req := range model.Requests() {
		got = append(got, req.ToolChoice)
	}
	require.Equal(t, []assistant.ToolChoice{forced, {}, forced}, got)
}

func TestEndedContextLeavesTheSessionAlone(t *testing.T) {
	t.Parallel()
	a := &assistant.Assistant{Model: assistanttest.Script(), Tools: []assistant.Tool{weather(t, confirmed)}, Sessions: twoPending(t)}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, err := collect(a.Run(ctx, "s", assistant.User("x")))
	require.ErrorIs(t, err, context.Canceled)
	_, err = collect(a.Resume(ctx, "s", assistant.Decision{Approve: true}))
	require.ErrorIs(t, err, context.Canceled)
	require.Len(t, history(t, a.Sessions, "s").Pending, 2, "the person's consent is not used up")
}

func TestAskKnowsRetractedAnswers(t *testing.T) {
	t.Parallel()
	a := &assistant.Assistant{Model: assistanttest.Script(assistanttest.Chunks(
		assistant.Chunk{Text: "坏"}, assistant.Chunk{Retract: &assistant.Retraction{Reason: "sensitive", Replacement: "换个话题"}},
		assistant.Chunk{Finish: assistant.FinishStop}))}
	got, err := a.Ask(t.Context(), "x")
	require.ErrorIs(t, err, assistant.ErrBlocked)
	require.Equal(t, "换个话题", got)
}
