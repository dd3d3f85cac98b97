package assistant_test

import (
	"context"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/zhushou-ai/zhushou/assistant"
	"github.com/zhushou-ai/zhushou/assistant/assistanttest"
)

// noting is a wrapper that notes the arguments of its calls, and hides what it wraps.
type noting struct {
	assistant.Tool
	got *[]string
}

func (n noting) Call(ctx context.Context, call assistant.ToolCall) ([]assistant.Part, error) {
	*n.got = append(*n.got, call.Arguments)
	return n.Tool.Call(ctx, call)
}

// open is one that does not hide it.
type open struct{ noting }

func (o open) Unwrap() assistant.Tool { return o.Tool }

func TestToolAs(t *testing.T) {
	t.Parallel()
	inner := weather(t)
	var got []string
	once := open{noting{inner, &got}}
	twice := open{noting{once, &got}}
	found, ok := assistant.ToolAs[open](twice)
	require.True(t, ok)
	require.Equal(t, twice, found, "the outermost")
	_, ok = assistant.ToolAs[specOnly](twice)
	require.False(t, ok)
	only := specOnly{inner.Spec()}
	as, ok := assistant.ToolAs[specOnly](open{noting{open{noting{only, &got}}, &got}})
	require.True(t, ok)
	require.Equal(t, only, as)
	_, ok = assistant.ToolAs[specOnly](open{noting{noting{only, &got}, &got}})
	require.False(t, ok, "what does not say what it wraps ends the chain")
	_, ok = assistant.ToolAs[specOnly](open{noting{nil, &got}})
	require.False(t, ok)
	_, ok = assistant.ToolAs[specOnly](nil)
	require.False(t, ok)
}

// A wrapped tool of NewTool is called, in person and by name, with arguments that fit.
func TestWrappedToolsAreChecked(t *testing.T) {
	t.Parallel()
	for name, wrap := range map[string]func(assistant.Tool, *[]string) assistant.Tool{
		"once": func(t assistant.Tool, got *[]string) assistant.Tool { return open{noting{t, got}} },
		"twice": func(t assistant.Tool, got *[]string) assistant.Tool {
			return open{noting{open{noting{t, new([]string)}}, got}}
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var got []string
			model := assistanttest.Script(assistanttest.Call("weather", `{"town":1}`), assistanttest.Call("weather", `{'city': '北京'}`), assistanttest.Say("晴"))
			a := &assistant.Assistant{Model: model, Tools: []assistant.Tool{wrap(weather(t), &got)}, Sessions: assistant.NewMemory()}
			events, err := collect(a.Run(t.Context(), "s", assistant.User("查天气")))
			require.NoError(t, err)
			finished := eventsOf[*assistant.ToolFinished](events)
			require.Contains(t, finished[0].Result.Text(), "do not fit")
			require.Equal(t, "北京晴", finished[1].Result.Text())
			require.Equal(t, []string{`{"city":"北京"}`}, got, "the wrapper is not asked about a call that cannot be made")
			require.Equal(t, `{"city":"北京"}`, history(t, a.Sessions, "s").Messages[3].ToolCalls()[0].Arguments)
		})
	}
	t.Run("before a person is asked", func(t *testing.T) {
		t.Parallel()
		var got []string
		model := assistanttest.Script(assistanttest.Call("weather", `{}`), assistanttest.Call("weather", `{'city': '北京'}`), assistanttest.Say("晴"))
		a := &assistant.Assistant{Model: model, Tools: []assistant.Tool{open{noting{weather(t, confirmed), &got}}}, Sessions: assistant.NewMemory()}
		pause(t, a)
		require.Equal(t, `{"city":"北京"}`, history(t, a.Sessions, "s").Pending[0].Arguments)
		_, err := collect(a.Resume(t.Context(), "s", assistant.Decision{Approve: true}))
		require.NoError(t, err)
		require.Equal(t, []string{`{"city":"北京"}`}, got)
	})
}
