package assistanttest_test

import (
	"context"
	"errors"
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/zhushou-ai/zhushou/assistant"
	"github.com/zhushou-ai/zhushou/assistant/assistanttest"
)

func Example() {
	model := assistanttest.Script(
		assistanttest.Call("weather", `{"city":"北京"}`),
		assistanttest.Say("北京今天晴。"),
	)
	weather := assistant.MustTool(assistant.ToolSpec{Name: "weather"},
		func(context.Context, struct {
			City string `json:"city"`
		}) (string, error) {
			return "晴", nil
		})
	a := &assistant.Assistant{Model: model, Tools: []assistant.Tool{weather}}
	answer, err := a.Ask(context.Background(), "北京天气怎么样?")
	fmt.Println(answer, err)
	fmt.Println(model.Requests()[1].Messages[2].ToolResults()[0].Text())
	// Output:
	// 北京今天晴。 <nil>
	// 晴
}

func TestScriptFollowsItsTurns(t *testing.T) {
	t.Parallel()
	lost := errors.New("lost")
	m := assistanttest.Script(assistanttest.Say("你好"), assistanttest.Break(lost, assistant.Chunk{Text: "半"}))
	r, err := assistant.Generate(t.Context(), m, &assistant.Request{Messages: []assistant.Message{assistant.User("a")}})
	require.NoError(t, err)
	require.Equal(t, "你好", r.Text())
	r, err = assistant.Generate(t.Context(), m, &assistant.Request{})
	require.ErrorIs(t, err, lost)
	require.Equal(t, "半", r.Text())
	_, err = assistant.Generate(t.Context(), m, &assistant.Request{})
	require.ErrorContains(t, err, "script has 2 turns, but request 3 came")
	require.Len(t, m.Requests(), 3)
	require.Equal(t, "a", m.Requests()[0].Messages[0].Text())
}

func TestScriptHonoursItsContext(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	m := assistanttest.Script(assistanttest.Say("一二"), assistanttest.Hang())
	_, err := assistant.Generate(cancelled(), m, &assistant.Request{})
	require.ErrorIs(t, err, context.Canceled)
	cancel()
	_, err = assistant.Generate(ctx, m, &assistant.Request{})
	require.ErrorIs(t, err, context.Canceled)
}

func cancelled() context.Context {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	return ctx
}
