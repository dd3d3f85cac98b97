package assistant_test

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/zhushou-ai/zhushou/assistant"
	"github.com/zhushou-ai/zhushou/assistant/assistanttest"
)

// unpaired says what a vendor would refuse about the calls and results of a history.
func unpaired(messages []assistant.Message) error {
	seen, open := map[string]bool{}, map[string]bool{}
	for i, m := range messages {
		if m.Role != assistant.RoleTool && len(open) > 0 {
			return fmt.Errorf("message %d, %s, comes before the results of %v", i, m.Role, open)
		}
		for _, call := range m.ToolCalls() {
			if call.ID == "" || seen[call.ID] {
				return fmt.Errorf("message %d has the id %q again", i, call.ID)
			}
			seen[call.ID], open[call.ID] = true, true
		}
		for _, res := range m.ToolResults() {
			if !open[res.ID] {
				return fmt.Errorf("message %d has a result that nothing asked for: %q", i, res.ID)
			}
			delete(open, res.ID)
		}
	}
	if len(open) > 0 {
		return fmt.Errorf("no results for %v", open)
	}
	return nil
}

var errStore = errors.New("store is down")

// A storm is a model, a store and a caller that do everything at random.
type storm struct {
	*rand.Rand
	*assistant.Memory
	t         *testing.T
	asked     int
	assistant assistant.Assistant
}

// Stream checks what it is asked and gives a random answer.
func (s *storm) Stream(_ context.Context, req *assistant.Request) iter.Seq2[assistant.Chunk, error] {
	return func(yield func(assistant.Chunk, error) bool) {
		s.asked++
		require.NoError(s.t, unpaired(req.Messages))
		var calls []assistant.ToolCall
		for range max(0, s.IntN(6)-2) {
			calls = append(calls, assistant.ToolCall{
				ID:        []string{"", "call_0", "call_1", "call_1_1", "call_2_0"}[s.IntN(5)],
				Name:      []string{"free", "ask", "ask", "alone", "missing", ""}[s.IntN(6)],
				Arguments: []string{"{}", "", `{"x":`}[s.IntN(3)],
			})
		}
		if !yield(assistant.Chunk{Text: "嗯"}, nil) {
			return
		}
		if s.IntN(8) == 0 && !yield(assistant.Chunk{Retract: &assistant.Retraction{DropTurn: s.IntN(2) == 0}}, nil) {
			return
		}
		if !yield(assistant.Chunk{ToolCalls: calls}, nil) {
			return
		}
		switch finish := []assistant.FinishReason{
			assistant.FinishStop, assistant.FinishToolCalls, assistant.FinishLength, assistant.FinishFiltered, "",
		}[s.IntN(5)]; {
		case finish != "":
			yield(assistant.Chunk{Finish: finish}, nil)
		case s.IntN(2) == 0:
			yield(assistant.Chunk{}, &assistant.Error{Kind: assistant.ErrNetwork, DropTurn: s.IntN(3) == 0})
		}
	}
}

// Append fails now and then, before or after it has done its work.
func (s *storm) Append(ctx context.Context, id string, c assistant.Change) error {
	if s.IntN(15) == 0 {
		return errStore
	}
	if err := s.Memory.Append(ctx, id, c); err != nil || s.IntN(15) > 0 {
		return err
	}
	return errStore
}

// act does one thing to the session, and sometimes another in the middle of it.
func (s *storm) act(depth int) {
	var events iter.Seq2[assistant.Event, error]
	switch pending := history(s.t, s.Memory, "s").Pending; {
	case len(pending) > 0 && s.IntN(4) > 0:
		one := pending[s.IntN(len(pending))].ID
		events = s.assistant.Resume(s.t.Context(), "s", assistant.Decision{CallID: one, Approve: s.IntN(3) > 0})
	case s.IntN(4) == 0:
		events = s.assistant.Run(s.t.Context(), "s", assistant.Message{})
	default:
		events = s.assistant.Run(s.t.Context(), "s", assistant.User("做事"))
	}
	for _, err := range events {
		if err != nil || s.IntN(12) == 0 {
			return
		}
		if depth < 2 && s.IntN(12) == 0 {
			s.act(depth + 1)
		}
	}
}

// Whatever the model answers, the store does and the caller breaks off, and however many of them write
// at once, no request has calls and results that do not pair up.
func TestCallsAndResultsAlwaysPair(t *testing.T) {
	t.Parallel()
	tool := func(spec assistant.ToolSpec) assistant.Tool {
		return assistant.MustTool(spec, func(context.Context, struct{}) (string, error) { return "好", nil })
	}
	asked := 0
	for seed := range uint64(300) {
		s := &storm{Rand: rand.New(rand.NewPCG(seed, 1)), Memory: assistant.NewMemory(), t: t}
		s.assistant = assistant.Assistant{Model: s, Sessions: s, Tools: []assistant.Tool{
			tool(assistant.ToolSpec{Name: "free"}), tool(assistant.ToolSpec{Name: "ask", Confirm: true}),
			tool(assistant.ToolSpec{Name: "alone", Serial: true}),
		}}
		for range 12 {
			s.act(0)
		}
		asked += s.asked
	}
	require.Greater(t, asked, 3000)
}

func TestIdsOfCallsAreMadeUnique(t *testing.T) {
	t.Parallel()
	call := func(id, city string) assistant.ToolCall {
		return assistant.ToolCall{ID: id, Name: "weather", Arguments: `{"city":"` + city + `"}`}
	}
	model := assistanttest.Script(assistanttest.Calls(call("1", "甲"), call("1", "乙"), call("", "丙")),
		assistanttest.Calls(call("1", "丁")), assistanttest.Say("好"))
	a := &assistant.Assistant{Model: model, Tools: []assistant.Tool{weather(t)}}
	events, err := collect(a.Run(t.Context(), "", assistant.User("查")))
	require.NoError(t, err)
	sent := model.Requests()[2].Messages
	require.NoError(t, unpaired(sent))
	require.Equal(t, "1", sent[1].ToolCalls()[0].ID, "an id that is free is kept")
	for _, fin := range eventsOf[*assistant.ToolFinished](events) {
		require.Equal(t, fin.Call.ID, fin.Result.ID)
	}
}

// A person who agrees to one call has not agreed to another that has the same id.
func TestConsentCoversOneCall(t *testing.T) {
	t.Parallel()
	same := assistant.ToolCall{ID: "1", Name: "weather", Arguments: `{"city":"甲"}`}
	model := assistanttest.Script(assistanttest.Calls(same, same), assistanttest.Say("好"))
	a := &assistant.Assistant{Model: model, Tools: []assistant.Tool{weather(t, confirmed)}, Sessions: assistant.NewMemory()}
	_, err := collect(a.Run(t.Context(), "s", assistant.User("x")))
	require.NoError(t, err)
	events, err := collect(a.Resume(t.Context(), "s", assistant.Decision{CallID: "1", Approve: true}))
	require.NoError(t, err)
	require.Len(t, eventsOf[*assistant.ToolStarted](events), 1)
	require.Len(t, done(t, events).Pending, 1)
}

// twoPending returns a store with two calls that wait.
func twoPending(t *testing.T) *assistant.Memory {
	t.Helper()
	calls := []assistant.ToolCall{{ID: "a", Name: "weather", Arguments: `{"city":"甲"}`}, {ID: "b", Name: "weather", Arguments: `{"city":"乙"}`}}
	store := assistant.NewMemory()
	require.NoError(t, store.Append(t.Context(), "s", assistant.Change{
		Messages: []assistant.Message{assistant.User("查"), {Role: assistant.RoleAssistant, Parts: []assistant.Part{calls[0], calls[1]}}},
		Pending:  calls,
	}))
	return store
}

func TestTwoProcessesResumeDifferentCalls(t *testing.T) {
	t.Parallel()
	store, tools := twoPending(t), []assistant.Tool{weather(t, confirmed)}
	second := assistanttest.Script(assistanttest.Say("好"))
	first := &assistant.Assistant{Model: assistanttest.Script(), Tools: tools, Sessions: store}
	var conflict error
	for ev, err := range first.Resume(t.Context(), "s", assistant.Decision{CallID: "a", Approve: true}) {
		if conflict = err; err != nil {
			break
		}
		if _, ok := ev.(*assistant.ToolStarted); ok {
			other := &assistant.Assistant{Model: second, Tools: tools, Sessions: store}
			_, err := collect(other.Resume(t.Context(), "s", assistant.Decision{CallID: "b", Approve: true}))
			require.NoError(t, err)
		}
	}
	require.ErrorIs(t, conflict, assistant.ErrConflict)
	require.NoError(t, unpaired(second.Requests()[0].Messages))
	results := second.Requests()[0].Messages[2].ToolResults()
	require.Contains(t, results[0].Text(), "interrupted", "what became of the call in the other process is not known here")
}

func TestRunRejectsWhatNobodySays(t *testing.T) {
	t.Parallel()
	a := &assistant.Assistant{Model: assistanttest.Script(), Sessions: twoPending(t)}
	for name, m := range map[string]assistant.Message{
		"result": assistant.Results(assistant.ToolResult{ID: "a"}),
		"call":   {Role: assistant.RoleAssistant, Parts: []assistant.Part{assistant.ToolCall{ID: "c"}}},
		"nil":    {Parts: []assistant.Part{nil}},
	} {
		_, err := collect(a.Run(t.Context(), "s", m))
		require.ErrorContains(t, err, "part 0", name)
	}
	require.Equal(t, int64(1), history(t, a.Sessions, "s").Version)
}
