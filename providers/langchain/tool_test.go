package langchain_test

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"
	"github.com/tmc/langchaingo/tools"

	"github.com/zhushou-ai/zhushou/assistant"
	"github.com/zhushou-ai/zhushou/assistant/assistanttest"
	"github.com/zhushou-ai/zhushou/providers/langchain"
)

type theirTool struct {
	name string
	call func(ctx context.Context, input string) (string, error)
}

func (t theirTool) Name() string        { return t.name }
func (t theirTool) Description() string { return "做一件事" }
func (t theirTool) Call(ctx context.Context, input string) (string, error) {
	return t.call(ctx, input)
}

func TestFromTool(t *testing.T) {
	t.Parallel()
	var _ langchain.Tool = tools.Tool(nil)

	calculator, err := langchain.FromTool(tools.Calculator{}, assistant.ToolSpec{Description: "算术", ReadOnly: true})
	require.NoError(t, err)
	require.Equal(t, "算术", calculator.Spec().Description)
	require.JSONEq(t, `{"type":"object","properties":{"input":{"type":"string","description":"工具的输入"}},"required":["input"],"additionalProperties":false}`,
		string(calculator.Spec().Schema))

	lost := errors.New("网络不通")
	failing, err := langchain.FromTool(theirTool{"Google Search", func(context.Context, string) (string, error) { return "", lost }}, assistant.ToolSpec{})
	require.NoError(t, err)
	require.Equal(t, "Google_Search", failing.Spec().Name)
	require.Equal(t, "做一件事", failing.Spec().Description)

	model := assistanttest.Script(
		assistanttest.Calls(
			assistant.ToolCall{ID: "1", Name: "calculator", Arguments: `{"input":"23 * 17"}`},
			assistant.ToolCall{ID: "2", Name: "Google_Search", Arguments: `{"input":"茶"}`}),
		assistanttest.Say("391"))
	a := &assistant.Assistant{Model: model, Tools: []assistant.Tool{calculator, failing}}
	_, err = a.Ask(t.Context(), "23乘以17?")
	require.NoError(t, err)
	results := model.Requests()[1].Messages[2].ToolResults()
	require.Equal(t, "391", results[0].Text())
	require.True(t, results[1].Error)
	require.Contains(t, results[1].Text(), "网络不通")

	_, err = langchain.FromTool(nil, assistant.ToolSpec{})
	require.Error(t, err)
	_, err = langchain.FromTool(tools.Calculator{}, assistant.ToolSpec{Schema: []byte(`{}`)})
	require.ErrorContains(t, err, "one text")
}

func ourTool[In any](t *testing.T, spec assistant.ToolSpec, fn func(context.Context, In) (any, error)) tools.Tool {
	t.Helper()
	spec.Name = "tool"
	ours, err := assistant.NewTool(spec, fn)
	require.NoError(t, err)
	theirs, err := langchain.ToTool(ours)
	require.NoError(t, err)
	return theirs
}

func TestToTool(t *testing.T) {
	t.Parallel()
	type one struct {
		City string `json:"city"`
	}
	type two struct {
		City string `json:"city"`
		Days int    `json:"days"`
	}
	single := ourTool(t, assistant.ToolSpec{Description: "查天气"}, func(_ context.Context, in one) (any, error) { return in.City + ":晴", nil })
	double := ourTool(t, assistant.ToolSpec{}, func(_ context.Context, in two) (any, error) { return in, nil })
	none := ourTool(t, assistant.ToolSpec{}, func(context.Context, struct{}) (any, error) { return "好", nil })
	failing := ourTool(t, assistant.ToolSpec{}, func(context.Context, one) (any, error) { return nil, errors.New("没有这个城市") })
	panicking := ourTool(t, assistant.ToolSpec{}, func(context.Context, one) (any, error) { panic("secret stack") })
	picture := ourTool(t, assistant.ToolSpec{}, func(context.Context, one) (any, error) {
		return []assistant.Part{assistant.Text{Text: "见图"}, assistant.Image{Media: assistant.Media{URL: "https://example.com/a.png"}}}, nil
	})
	require.Equal(t, "查天气", single.Description())
	require.Contains(t, double.Description(), `"days"`)

	tests := []struct {
		name        string
		tool        tools.Tool
		input, want string
	}{
		{"bare text", single, "杭州\n", "杭州:晴"},
		{"an object", single, `{"city":"杭州"}`, "杭州:晴"},
		{"text that is a number", single, "42", "42:晴"},
		{"another object", single, `{"a":1}`, `{"a":1}:晴`},
		{"two arguments", double, `{"city":"杭州","days":3}`, `{"city":"杭州","days":3}`},
		{"no arguments", none, "", "好"},
		{"error", failing, "杭州", "工具出错:没有这个城市"},
		{"panic", panicking, "杭州", "工具出错:internal failure"},
		{"picture", picture, "杭州", "见图\n(结果的第2部分不是文字,无法转达)"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			got, err := tt.tool.Call(t.Context(), tt.input)
			require.NoError(t, err)
			require.Equal(t, tt.want, got)
		})
	}

	got, err := double.Call(t.Context(), "杭州,三天")
	require.NoError(t, err)
	require.Contains(t, got, "工具出错:the arguments do not fit")

	_, err = langchain.ToTool(nil)
	require.Error(t, err)
	_, err = langchain.ToTool(assistant.MustTool(assistant.ToolSpec{Name: "pay", Confirm: true}, func(context.Context, one) (string, error) { return "", nil }))
	require.ErrorContains(t, err, "consent")
}

func TestToToolEnds(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		waiting := ourTool(t, assistant.ToolSpec{Timeout: time.Minute}, func(ctx context.Context, _ struct{}) (any, error) {
			<-ctx.Done()
			return nil, ctx.Err()
		})
		got, err := waiting.Call(t.Context(), "")
		require.NoError(t, err, "the tool's own limit is a result")
		require.Contains(t, got, "deadline")

		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		_, err = waiting.Call(ctx, "")
		require.ErrorIs(t, err, context.DeadlineExceeded)
		_, err = waiting.Call(ctx, "")
		require.ErrorIs(t, err, context.DeadlineExceeded)
	})
}
