package assistant_test

import (
	"context"
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/zhushou-ai/zhushou/assistant"
	"github.com/zhushou-ai/zhushou/assistant/assistanttest"
)

func confirmed(s *assistant.ToolSpec) { s.Confirm = true }

// pause runs until a call waits for a person.
func pause(t *testing.T, a *assistant.Assistant) {
	t.Helper()
	events, err := collect(a.Run(t.Context(), "s", assistant.User("查天气")))
	require.NoError(t, err)
	wanted := eventsOf[*assistant.ConfirmationWanted](events)
	require.Len(t, wanted, 1)
	require.Equal(t, "weather", wanted[0].Tool.Name)
	require.Empty(t, eventsOf[*assistant.ToolStarted](events))
	require.Equal(t, []assistant.ToolCall{wanted[0].Call}, done(t, events).Pending)
}

// elsewhere copies a session through JSON into a new store, as another process would see it.
func elsewhere(t *testing.T, s assistant.Sessions) assistant.Sessions {
	t.Helper()
	b, err := json.Marshal(history(t, s, "s"))
	require.NoError(t, err)
	var got assistant.Session
	require.NoError(t, json.Unmarshal(b, &got))
	store := assistant.NewMemory()
	require.NoError(t, store.Append(t.Context(), "s", assistant.Change{
		Messages: got.Messages, Pending: got.Pending, State: got.State, Usage: got.Usage,
	}))
	return store
}

func TestConfirmationAcrossProcesses(t *testing.T) {
	t.Parallel()
	tools := []assistant.Tool{weather(t, confirmed)}
	first := &assistant.Assistant{
		Model: assistanttest.Script(assistanttest.Call("weather", `{'city': '北京'}`)), Tools: tools, Sessions: assistant.NewMemory(),
	}
	pause(t, first)

	model := assistanttest.Script(assistanttest.Say("北京晴"))
	second := &assistant.Assistant{Model: model, Tools: tools, Sessions: elsewhere(t, first.Sessions)}
	events, err := collect(second.Resume(t.Context(), "s", assistant.Decision{Approve: true}))
	require.NoError(t, err)
	require.Equal(t, "北京晴", eventsOf[*assistant.ToolFinished](events)[0].Result.Text())
	require.Equal(t, "北京晴", text(events))
	require.Empty(t, history(t, second.Sessions, "s").Pending)

	_, err = collect(second.Resume(t.Context(), "s", assistant.Decision{Approve: true}))
	require.ErrorContains(t, err, "no call that waits", "nothing runs twice")
}

func TestConfirmationDeclined(t *testing.T) {
	t.Parallel()
	model := assistanttest.Script(assistanttest.Call("weather", `{"city":"北京"}`), assistanttest.Say("好,不查了"))
	a := &assistant.Assistant{Model: model, Tools: []assistant.Tool{weather(t, confirmed)}, Sessions: assistant.NewMemory()}
	pause(t, a)
	_, err := collect(a.Resume(t.Context(), "s", assistant.Decision{CallID: "call_weather", Reason: "太贵"}))
	require.NoError(t, err)
	result := model.Requests()[1].Messages[2].ToolResults()[0]
	require.True(t, result.Error)
	require.True(t, result.Declined)
	require.Equal(t, "the user declined this call: 太贵", result.Text())
}

func TestConfirmationOvertakenByANewMessage(t *testing.T) {
	t.Parallel()
	model := assistanttest.Script(assistanttest.Call("weather", `{"city":"北京"}`), assistanttest.Say("好"))
	a := &assistant.Assistant{Model: model, Tools: []assistant.Tool{weather(t, confirmed)}, Sessions: assistant.NewMemory()}
	pause(t, a)
	_, err := collect(a.Run(t.Context(), "s", assistant.User("算了")))
	require.NoError(t, err)
	require.Contains(t, model.Requests()[1].Messages[2].ToolResults()[0].Text(), "not run")
	require.Empty(t, history(t, a.Sessions, "s").Pending)
}

func TestConfirmationOfSomeCalls(t *testing.T) {
	t.Parallel()
	call := func(id string) assistant.ToolCall {
		return assistant.ToolCall{ID: id, Name: "weather", Arguments: `{"city":"` + id + `"}`}
	}
	free := assistant.MustTool(assistant.ToolSpec{Name: "free"}, func(context.Context, struct{}) (string, error) { return "免", nil })
	model := assistanttest.Script(
		assistanttest.Calls(call("甲"), assistant.ToolCall{ID: "f", Name: "free"}, call("乙")), assistanttest.Say("好"))
	a := &assistant.Assistant{Model: model, Tools: []assistant.Tool{weather(t, confirmed), free}, Sessions: assistant.NewMemory()}

	events, err := collect(a.Run(t.Context(), "s", assistant.User("x")))
	require.NoError(t, err)
	require.Len(t, eventsOf[*assistant.ConfirmationWanted](events), 2)
	require.Len(t, eventsOf[*assistant.ToolFinished](events), 1, "calls that need nobody run at once")

	_, err = collect(a.Resume(t.Context(), "s", assistant.Decision{CallID: "丙", Approve: true}))
	require.ErrorContains(t, err, `no call "丙" waits`)
	_, err = collect(a.Resume(t.Context(), "s"))
	require.ErrorContains(t, err, "no decision")

	events, err = collect(a.Resume(t.Context(), "s", assistant.Decision{CallID: "乙", Approve: true}))
	require.NoError(t, err)
	require.Equal(t, []assistant.ToolCall{call("甲")}, done(t, events).Pending)
	require.Len(t, model.Requests(), 1, "the model is not asked before every call has a result")

	events, err = collect(a.Resume(t.Context(), "s", assistant.Decision{CallID: "甲"}))
	require.NoError(t, err)
	require.Equal(t, "好", text(events))
}

func TestConfirmationNeedsASession(t *testing.T) {
	t.Parallel()
	model := assistanttest.Script(assistanttest.Call("weather", `{"city":"北京"}`), assistanttest.Say("不行"))
	a := &assistant.Assistant{Model: model, Tools: []assistant.Tool{weather(t, confirmed)}}
	events, err := collect(a.Run(t.Context(), "s", assistant.User("x")))
	require.NoError(t, err)
	require.Empty(t, eventsOf[*assistant.ToolStarted](events))
	require.Contains(t, model.Requests()[1].Messages[2].ToolResults()[0].Text(), "needs the user's confirmation")
}

func TestArgumentsAreCheckedBeforeAPersonIsAsked(t *testing.T) {
	t.Parallel()
	model := assistanttest.Script(assistanttest.Call("weather", `{}`), assistanttest.Say("哪个城市?"))
	a := &assistant.Assistant{Model: model, Tools: []assistant.Tool{weather(t, confirmed)}, Sessions: assistant.NewMemory()}
	events, err := collect(a.Run(t.Context(), "s", assistant.User("x")))
	require.NoError(t, err)
	require.Empty(t, eventsOf[*assistant.ConfirmationWanted](events))
	require.Equal(t, "哪个城市?", text(events))
}
