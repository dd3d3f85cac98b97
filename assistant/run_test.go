package assistant_test

import (
	"context"
	"encoding/json"
	"errors"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/zhushou-ai/zhushou/assistant"
	"github.com/zhushou-ai/zhushou/assistant/assistanttest"
)

type city struct {
	City string `json:"city" jsonschema:"城市"`
}

func weather(t *testing.T, edit ...func(*assistant.ToolSpec)) assistant.Tool {
	t.Helper()
	spec := assistant.ToolSpec{Name: "weather", Description: "查天气"}
	for _, f := range edit {
		f(&spec)
	}
	tool, err := assistant.NewTool(spec, func(_ context.Context, in city) (string, error) {
		return in.City + "晴", nil
	})
	require.NoError(t, err)
	return tool
}

func failing(t *testing.T, name string, fn func(context.Context) error) assistant.Tool {
	t.Helper()
	tool, err := assistant.NewTool(assistant.ToolSpec{Name: name}, func(ctx context.Context, _ struct{}) (string, error) {
		return "", fn(ctx)
	})
	require.NoError(t, err)
	return tool
}

// collect ranges over a run to its end.
func collect(seq func(func(assistant.Event, error) bool)) (events []assistant.Event, err error) {
	for ev, e := range seq {
		if e != nil {
			return events, e
		}
		events = append(events, ev)
	}
	return events, nil
}

func eventsOf[T assistant.Event](events []assistant.Event) (out []T) {
	for _, ev := range events {
		if e, ok := ev.(T); ok {
			out = append(out, e)
		}
	}
	return out
}

func text(events []assistant.Event) (s string) {
	for _, e := range eventsOf[*assistant.TextDelta](events) {
		s += e.Text
	}
	return s
}

func done(t *testing.T, events []assistant.Event) *assistant.Done {
	t.Helper()
	require.NotEmpty(t, events)
	d, ok := events[len(events)-1].(*assistant.Done)
	require.True(t, ok, "the last event is Done")
	return d
}

func history(t *testing.T, s assistant.Sessions, id string) *assistant.Session {
	t.Helper()
	got, err := s.Load(context.Background(), id)
	require.NoError(t, err)
	return got
}

func TestRunWithATool(t *testing.T) {
	t.Parallel()
	model := assistanttest.Script(assistanttest.Call("weather", `{"city":"北京"}`), assistanttest.Say("北京今天晴。"))
	a := &assistant.Assistant{
		Model: model, Instructions: "你是助手", Tools: []assistant.Tool{weather(t)}, Sessions: assistant.NewMemory(),
	}
	events, err := collect(a.Run(t.Context(), "s", assistant.User("北京天气")))
	require.NoError(t, err)
	require.Equal(t, "北京今天晴。", text(events))
	require.Len(t, eventsOf[*assistant.ToolStarted](events), 1)
	require.Equal(t, "北京晴", eventsOf[*assistant.ToolFinished](events)[0].Result.Text())
	d := done(t, events)
	require.Equal(t, 2, d.Steps)
	require.Equal(t, 4, d.Usage.Total)

	s := history(t, a.Sessions, "s")
	require.Equal(t, 4, s.Usage.Total)
	roles := make([]assistant.Role, len(s.Messages))
	for i, m := range s.Messages {
		roles[i] = m.Role
	}
	require.Equal(t, []assistant.Role{"user", "assistant", "tool", "assistant"}, roles)

	second := model.Requests()[1]
	require.Equal(t, assistant.System("你是助手"), second.Messages[0])
	require.Equal(t, s.Messages[:3], second.Messages[1:])
}

func TestRunRemembersAndForgets(t *testing.T) {
	t.Parallel()
	model := assistanttest.Script(assistanttest.Say("你好小明"), assistanttest.Say("你叫小明"), assistanttest.Say("我不知道"))
	a := &assistant.Assistant{Model: model, Sessions: assistant.NewMemory()}
	for _, turn := range []struct {
		id   string
		want int
	}{{"s", 1}, {"s", 3}, {"", 1}} {
		_, err := collect(a.Run(t.Context(), turn.id, assistant.User("我叫什么")))
		require.NoError(t, err)
		reqs := model.Requests()
		require.Len(t, reqs[len(reqs)-1].Messages, turn.want)
	}
}

// Whatever goes wrong in a tool is told to the model, and the run goes on.
func TestToolFaultsAreConversation(t *testing.T) {
	t.Parallel()
	released := make(chan struct{})
	t.Cleanup(func() { close(released) })
	for name, tc := range map[string]struct {
		tool assistant.Tool
		call string
		args string
		want string
	}{
		"error":         {failing(t, "f", func(context.Context) error { return errors.New("没有库存") }), "f", "{}", "没有库存"},
		"panic":         {failing(t, "f", func(context.Context) error { panic("secret stack") }), "f", "{}", "the tool failed with an internal error"},
		"unknown tool":  {weather(t), "wether", "{}", `there is no tool "wether"; the tools are: weather`},
		"missing field": {weather(t), "weather", "{}", "city"},
		"not JSON":      {weather(t), "weather", "我不知道", "arguments do not fit"},
		"timeout": {failing(t, "f", func(ctx context.Context) error {
			<-ctx.Done()
			return ctx.Err()
		}), "f", "{}", "did not finish within 10ms"},
		"ignores its timeout": {failing(t, "f", func(ctx context.Context) error {
			<-released // deaf to its context until the test ends
			return nil
		}), "f", "{}", "did not finish within 10ms"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			model := assistanttest.Script(assistanttest.Call(tc.call, tc.args), assistanttest.Say("抱歉"))
			a := &assistant.Assistant{Model: model, Tools: []assistant.Tool{tc.tool}, ToolTimeout: 10 * time.Millisecond}
			events, err := collect(a.Run(t.Context(), "", assistant.User("试试")))
			require.NoError(t, err)
			require.Equal(t, "抱歉", text(events))
			results := model.Requests()[1].Messages[2].ToolResults()
			require.Len(t, results, 1)
			require.True(t, results[0].Error)
			require.Contains(t, results[0].Text(), tc.want)
			require.NotContains(t, results[0].Text(), "secret")
			require.NotContains(t, results[0].Text(), "goroutine")
		})
	}
}

func TestPanicsAreReported(t *testing.T) {
	t.Parallel()
	var tool, stack string
	var value any
	a := &assistant.Assistant{
		Model: assistanttest.Script(assistanttest.Call("f", "{}"), assistanttest.Say("抱歉")),
		Tools: []assistant.Tool{failing(t, "f", func(context.Context) error { panic("坏了") })},
		Panicked: func(_ context.Context, name string, v any, s []byte) {
			tool, value, stack = name, v, string(s)
		},
	}
	_, err := collect(a.Run(t.Context(), "", assistant.User("试试")))
	require.NoError(t, err)
	require.Equal(t, "f", tool)
	require.Equal(t, "坏了", value)
	require.Contains(t, stack, "failing", "the stack leads to the tool")
}

func TestArgumentsAreRepairedInHistoryToo(t *testing.T) {
	t.Parallel()
	model := assistanttest.Script(assistanttest.Call("weather", "```json\n{'city': '上海',}\n```"), assistanttest.Say("好"))
	a := &assistant.Assistant{Model: model, Tools: []assistant.Tool{weather(t)}}
	events, err := collect(a.Run(t.Context(), "", assistant.User("上海")))
	require.NoError(t, err)
	require.Equal(t, "上海晴", eventsOf[*assistant.ToolFinished](events)[0].Result.Text())
	require.JSONEq(t, `{"city":"上海"}`, model.Requests()[1].Messages[1].ToolCalls()[0].Arguments)
}

func TestToolsRunSideBySideUpToTheLimit(t *testing.T) {
	t.Parallel()
	enter, leave := make(chan string), make(chan struct{})
	blocking := func(name string, serial bool) assistant.Tool {
		tool, err := assistant.NewTool(assistant.ToolSpec{Name: name, Serial: serial}, func(context.Context, struct{}) (string, error) {
			enter <- name
			<-leave
			return name, nil
		})
		require.NoError(t, err)
		return tool
	}
	call := func(id, name string) assistant.ToolCall {
		return assistant.ToolCall{ID: id, Name: name, Arguments: "{}"}
	}
	model := assistanttest.Script(
		assistanttest.Calls(call("1", "free"), call("2", "free"), call("3", "free"), call("4", "alone"), call("5", "free")),
		assistanttest.Say("好"))
	a := &assistant.Assistant{Model: model, Parallel: 2, Tools: []assistant.Tool{blocking("free", false), blocking("alone", true)}}

	result := make(chan []assistant.Event, 1)
	go func() {
		events, _ := collect(a.Run(t.Context(), "", assistant.User("都做")))
		result <- events
	}()
	require.Equal(t, "free", <-enter)
	require.Equal(t, "free", <-enter)
	select {
	case name := <-enter:
		t.Fatalf("%s started although two tools are running", name)
	default:
	}
	leave <- struct{}{}
	require.Equal(t, "free", <-enter)
	leave <- struct{}{}
	leave <- struct{}{}
	require.Equal(t, "alone", <-enter)
	leave <- struct{}{}
	require.Equal(t, "free", <-enter)
	leave <- struct{}{}
	require.Equal(t, "好", text(<-result))
	var ids []string
	for _, r := range model.Requests()[1].Messages[2].ToolResults() {
		ids = append(ids, r.ID)
	}
	require.Equal(t, []string{"1", "2", "3", "4", "5"}, ids, "results stand in the order of the calls")
}

func TestLimits(t *testing.T) {
	t.Parallel()
	again := assistanttest.Call("weather", `{"city":"北京"}`)
	both := assistanttest.Calls(assistant.ToolCall{ID: "a", Name: "weather", Arguments: `{"city":"甲"}`},
		assistant.ToolCall{ID: "b", Name: "weather", Arguments: `{"city":"乙"}`})
	for name, tc := range map[string]struct {
		limits assistant.Limits
		turns  []assistanttest.Turn
		want   string
		saved  int
	}{
		"steps":      {assistant.Limits{Steps: 2}, []assistanttest.Turn{again, again, again}, "steps", 5},
		"tokens":     {assistant.Limits{Tokens: 2}, []assistanttest.Turn{again, again}, "tokens", 3},
		"tool calls": {assistant.Limits{ToolCalls: 1}, []assistanttest.Turn{both}, "tool calls", 3},
		"time":       {assistant.Limits{Time: 20 * time.Millisecond}, []assistanttest.Turn{assistanttest.Hang(assistant.Chunk{Text: "慢"})}, "time", 2},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a := &assistant.Assistant{
				Model: assistanttest.Script(tc.turns...), Tools: []assistant.Tool{weather(t)},
				Sessions: assistant.NewMemory(), Limits: tc.limits,
			}
			_, err := collect(a.Run(t.Context(), "s", assistant.User("查")))
			require.ErrorIs(t, err, assistant.ErrLimit)
			var limit *assistant.LimitError
			require.ErrorAs(t, err, &limit)
			require.Equal(t, tc.want, limit.Limit)
			require.Len(t, history(t, a.Sessions, "s").Messages, tc.saved, "everything so far is saved")

			// The person can go on from there: no call in the history is left without a result.
			a.Model, a.Limits = assistanttest.Script(assistanttest.Say("好了")), assistant.Limits{}
			events, err := collect(a.Run(t.Context(), "s", assistant.Message{}))
			require.NoError(t, err)
			require.Equal(t, "好了", text(events))
		})
	}
}

func TestBreakingOutKeepsWhatWasSeen(t *testing.T) {
	t.Parallel()
	a := &assistant.Assistant{Model: assistanttest.Script(assistanttest.Say("一二三四")), Sessions: assistant.NewMemory()}
	seen := ""
	for ev, err := range a.Run(t.Context(), "s", assistant.User("数数")) {
		require.NoError(t, err)
		if seen += ev.(*assistant.TextDelta).Text; seen == "一二" {
			break
		}
	}
	last := history(t, a.Sessions, "s").Messages[1]
	require.Equal(t, "一二", last.Text())
	require.True(t, last.Partial)
}

func TestBreakingOutStopsTools(t *testing.T) {
	t.Parallel()
	stopped := make(chan struct{})
	tool := failing(t, "slow", func(ctx context.Context) error {
		defer close(stopped)
		<-ctx.Done()
		return ctx.Err()
	})
	a := &assistant.Assistant{
		Model: assistanttest.Script(assistanttest.Calls(
			assistant.ToolCall{ID: "1", Name: "slow", Arguments: "{}"}, assistant.ToolCall{ID: "2", Name: "weather", Arguments: `{"city":"北京"}`})),
		Tools: []assistant.Tool{tool, weather(t)}, Sessions: assistant.NewMemory(),
	}
	for ev := range a.Run(t.Context(), "s", assistant.User("x")) {
		if fin, ok := ev.(*assistant.ToolFinished); ok && fin.Call.ID == "2" {
			break
		}
	}
	<-stopped
	results := history(t, a.Sessions, "s").Messages[2].ToolResults()
	require.Contains(t, results[0].Text(), "interrupted")
	require.Equal(t, "北京晴", results[1].Text())
}

func TestFailedModelCallIsSavedAndCanBeTriedAgain(t *testing.T) {
	t.Parallel()
	busy := &assistant.Error{Kind: assistant.ErrOverloaded, Vendor: "v"}
	a := &assistant.Assistant{
		Model:    assistanttest.Script(assistanttest.Break(busy), assistanttest.Break(&assistant.Error{Kind: assistant.ErrTruncated}, assistant.Chunk{Text: "半"}), assistanttest.Say("全")),
		Sessions: assistant.NewMemory(),
	}
	_, err := collect(a.Run(t.Context(), "s", assistant.User("问")))
	require.ErrorIs(t, err, assistant.ErrOverloaded)
	_, err = collect(a.Run(t.Context(), "s", assistant.Message{}))
	require.ErrorIs(t, err, assistant.ErrTruncated)
	events, err := collect(a.Run(t.Context(), "s", assistant.Message{}))
	require.NoError(t, err)
	require.Equal(t, "全", text(events))
	s := history(t, a.Sessions, "s")
	require.Len(t, s.Messages, 3)
	require.True(t, s.Messages[1].Partial)
}

func TestTwoWritersCannotInterleave(t *testing.T) {
	t.Parallel()
	store := assistant.NewMemory()
	inner := &assistant.Assistant{Model: assistanttest.Script(assistanttest.Say("乙")), Sessions: store}
	outer := &assistant.Assistant{Model: assistanttest.Script(assistanttest.Say("甲")), Sessions: store}
	wrote := false
	_, err := collect(func(yield func(assistant.Event, error) bool) {
		for ev, err := range outer.Run(t.Context(), "s", assistant.User("一")) {
			if !wrote {
				wrote = true
				_, err := collect(inner.Run(t.Context(), "s", assistant.User("二")))
				require.NoError(t, err)
			}
			if !yield(ev, err) {
				return
			}
		}
	})
	require.ErrorIs(t, err, assistant.ErrConflict)
	s := history(t, store, "s")
	require.Equal(t, []string{"一", "二", "乙"}, []string{s.Messages[0].Text(), s.Messages[1].Text(), s.Messages[2].Text()})
}

func TestRetractionThatPoisonsTheHistoryDropsTheTurn(t *testing.T) {
	t.Parallel()
	a := &assistant.Assistant{
		Model: assistanttest.Script(
			assistanttest.Say("你好"),
			assistanttest.Chunks(assistant.Chunk{Text: "坏"},
				assistant.Chunk{Retract: &assistant.Retraction{Replacement: "换个话题", DropTurn: true}},
				assistant.Chunk{Finish: assistant.FinishFiltered})),
		Sessions: assistant.NewMemory(),
	}
	_, err := collect(a.Run(t.Context(), "s", assistant.User("早")))
	require.NoError(t, err)
	events, err := collect(a.Run(t.Context(), "s", assistant.User("坏问题")))
	require.NoError(t, err)
	require.Len(t, eventsOf[*assistant.Retracted](events), 1)
	require.Equal(t, "换个话题", done(t, events).Reply.Text())
	require.Len(t, history(t, a.Sessions, "s").Messages, 2)
}

func TestCutArgumentsNeverRun(t *testing.T) {
	t.Parallel()
	cut := assistanttest.Chunks(assistant.Chunk{
		ToolCalls: []assistant.ToolCall{{ID: "1", Name: "weather", Arguments: `{"city":"北京"}`}, {ID: "2", Name: "weather", Arguments: `{"city":"石家`}},
		Finish:    assistant.FinishLength,
	})
	withheld := assistanttest.Chunks(assistant.Chunk{
		ToolCalls: []assistant.ToolCall{{ID: "3", Name: "weather", Arguments: `{"city":"北京"}`}}, Finish: assistant.FinishFiltered,
	})
	a := &assistant.Assistant{Model: assistanttest.Script(cut, withheld), Tools: []assistant.Tool{weather(t)}, Sessions: assistant.NewMemory()}
	events, err := collect(a.Run(t.Context(), "s", assistant.User("x")))
	require.NoError(t, err)
	started := eventsOf[*assistant.ToolStarted](events)
	require.Len(t, started, 1)
	require.Equal(t, "1", started[0].Call.ID)
	m := history(t, a.Sessions, "s").Messages
	require.Contains(t, m[2].ToolResults()[1].Text(), "cut off at the token limit")
	require.Contains(t, m[4].ToolResults()[0].Text(), "content filter")
}

func TestInterruptedCallsGetAResult(t *testing.T) {
	t.Parallel()
	store := assistant.NewMemory()
	// What a process that died while a tool ran leaves behind.
	require.NoError(t, store.Append(t.Context(), "s", assistant.Change{Messages: []assistant.Message{
		assistant.User("下单"),
		{Role: assistant.RoleAssistant, Parts: []assistant.Part{assistant.ToolCall{ID: "1", Name: "order", Arguments: "{}"}}},
	}}))
	model := assistanttest.Script(assistanttest.Say("我看看"))
	a := &assistant.Assistant{Model: model, Sessions: store}
	_, err := collect(a.Run(t.Context(), "s", assistant.User("好了吗")))
	require.NoError(t, err)
	sent := model.Requests()[0].Messages
	require.Contains(t, sent[2].ToolResults()[0].Text(), "interrupted")
	require.Equal(t, "好了吗", sent[3].Text())
}

func TestRunEndsWithItsContext(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	a := &assistant.Assistant{Model: assistanttest.Script(assistanttest.Hang(assistant.Chunk{Text: "嗯"})), Sessions: assistant.NewMemory()}
	var last error
	for _, err := range a.Run(ctx, "s", assistant.User("x")) {
		cancel()
		last = err
	}
	require.ErrorIs(t, last, context.Canceled)
	require.Equal(t, "嗯", history(t, a.Sessions, "s").Messages[1].Text(), "saved although the context is gone")
}

func TestPrepareChangesOneRequest(t *testing.T) {
	t.Parallel()
	model := assistanttest.Script(assistanttest.Say("好"))
	a := &assistant.Assistant{
		Model: model, Sessions: assistant.NewMemory(), Template: assistant.Request{MaxTokens: 5},
		Prepare: func(_ context.Context, req *assistant.Request) error {
			req.Messages = append([]assistant.Message{assistant.System("今天是周日")}, req.Messages...)
			return nil
		},
	}
	_, err := collect(a.Run(t.Context(), "s", assistant.User("x")))
	require.NoError(t, err)
	require.Equal(t, "今天是周日", model.Requests()[0].Messages[0].Text())
	require.Equal(t, 5, model.Requests()[0].MaxTokens)
	require.Equal(t, "x", history(t, a.Sessions, "s").Messages[0].Text())
}

func TestAsk(t *testing.T) {
	t.Parallel()
	finish := func(why assistant.FinishReason) assistanttest.Turn {
		return assistanttest.Chunks(assistant.Chunk{Text: "半"}, assistant.Chunk{Finish: why})
	}
	a := &assistant.Assistant{Model: assistanttest.Script(
		assistanttest.Say("四"), finish(assistant.FinishLength), finish(assistant.FinishFiltered), finish(assistant.FinishRefusal))}
	got, err := a.Ask(t.Context(), "二加二")
	require.NoError(t, err)
	require.Equal(t, "四", got)
	_, err = a.Ask(t.Context(), "x")
	require.ErrorIs(t, err, assistant.ErrTruncated)
	_, err = a.Ask(t.Context(), "x")
	require.ErrorIs(t, err, assistant.ErrBlocked)
	got, err = a.Ask(t.Context(), "x")
	require.NoError(t, err)
	require.Equal(t, "半", got)

	_, err = (&assistant.Assistant{}).Ask(t.Context(), "x")
	require.ErrorContains(t, err, "no Model")
}

func TestEventsStayValid(t *testing.T) {
	t.Parallel()
	a := &assistant.Assistant{Model: assistanttest.Script(assistanttest.Say(longText))}
	events, err := collect(a.Run(t.Context(), "", assistant.User("x")))
	require.NoError(t, err)
	require.Equal(t, longText, text(events))
}

var longText = func() string {
	b, _ := json.Marshal(make([]int, 500))
	return string(b)
}()
