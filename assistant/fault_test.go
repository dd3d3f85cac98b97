package assistant_test

import (
	"context"
	"errors"
	"runtime"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/zhushou-ai/zhushou/assistant"
	"github.com/zhushou-ai/zhushou/assistant/assistanttest"
)

// stockError is an error type whose nil pointer cannot be asked for its text.
type stockError struct{ name string }

func (e *stockError) Error() string { return e.name + "没有库存" }

type explosive struct{}

func (explosive) MarshalJSON() ([]byte, error) { panic("secret") }

// What a tool returns can be as bad as what it does.
func TestBadResultsAreConversation(t *testing.T) {
	t.Parallel()
	const internal = "the tool failed with an internal error"
	for name, tc := range map[string]struct {
		out  any
		err  error
		want string
	}{
		"nil pointer in an error": {nil, (*stockError)(nil), internal},
		"error without words":     {nil, errors.New(" "), "did not say why"},
		"panic in MarshalJSON":    {explosive{}, nil, internal},
		"no JSON":                 {func() {}, nil, "encode the tool's result"},
		"nil part":                {[]assistant.Part{nil}, nil, "part 0 of the tool's result"},
		"a call as a part":        {[]assistant.Part{assistant.ToolCall{}}, nil, "part 0 of the tool's result"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			tool := assistant.MustTool(assistant.ToolSpec{Name: "f"}, func(context.Context, struct{}) (any, error) { return tc.out, tc.err })
			model := assistanttest.Script(assistanttest.Call("f", "{}"), assistanttest.Say("抱歉"))
			a := &assistant.Assistant{Model: model, Tools: []assistant.Tool{tool}}
			_, err := collect(a.Run(t.Context(), "", assistant.User("x")))
			require.NoError(t, err)
			result := model.Requests()[1].Messages[2].ToolResults()[0]
			require.True(t, result.Error)
			require.Contains(t, result.Text(), tc.want)
			require.NotContains(t, result.Text(), "secret")
		})
	}
}

// A loop that panics, or a test that fails in it, ends the run's tools like one that breaks off.
func TestToolsEndWithACallerThatDoesNotReturn(t *testing.T) {
	t.Parallel()
	for name, leave := range map[string]func(){
		"panic":  func() { panic("caller") },
		"goexit": runtime.Goexit,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			stopped := make(chan struct{})
			slow := failing(t, "slow", func(ctx context.Context) error {
				defer close(stopped)
				<-ctx.Done()
				return ctx.Err()
			})
			a := &assistant.Assistant{
				Model: assistanttest.Script(assistanttest.Calls(
					assistant.ToolCall{ID: "1", Name: "slow"}, assistant.ToolCall{ID: "2", Name: "weather", Arguments: `{"city":"甲"}`})),
				Tools: []assistant.Tool{slow, weather(t)},
			}
			go func() {
				defer func() { _ = recover() }()
				for ev := range a.Run(context.Background(), "", assistant.User("x")) {
					if _, ok := ev.(*assistant.ToolFinished); ok {
						leave()
					}
				}
			}()
			<-stopped
		})
	}
}
