package ondevice

import (
	"context"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/zhushou-ai/zhushou/assistant"
	"github.com/zhushou-ai/zhushou/assistant/route"
)

func TestJudge(t *testing.T) {
	t.Parallel()
	e := newTestEngine()
	for _, c := range []struct {
		says    []string
		verdict route.Verdict
		tool    string // the likeliest
		args    string
		fills   bool
	}{
		{[]string{"倒计时十分钟"}, route.Act, "start_timer", `{"duration":"PT10M"}`, false},
		{[]string{"开始倒计时"}, route.Ask, "start_timer", `{}`, false},
		{[]string{"开始倒计时", "十分钟"}, route.Act, "start_timer", `{"duration":"PT10M"}`, true},
		{[]string{"开始倒计时", "算了"}, route.Answer, "", "", true},
		{[]string{"你好"}, route.Answer, "", "", false},
		{[]string{"写一首关于春天的诗"}, route.Refuse, "", "", false},
	} {
		t.Run(strings.Join(c.says, ", "), func(t *testing.T) {
			t.Parallel()
			req := &assistant.Request{Tools: tools}
			for i, say := range c.says {
				req.Messages = append(req.Messages, assistant.User(say))
				if i+1 < len(c.says) {
					r, err := assistant.Generate(context.Background(), e, req)
					require.NoError(t, err)
					req.Messages = append(req.Messages, r.Message)
				}
			}
			j, err := e.Judge(context.Background(), req)
			require.NoError(t, err)
			require.Equal(t, c.verdict, j.Verdict)
			require.Equal(t, c.fills, j.Fills)
			require.Len(t, j.Tools, len(tools), "every tool is ranked")
			if c.tool != "" {
				require.Equal(t, c.tool, j.Tools[0])
				require.Equal(t, c.args, j.Calls[0].Arguments)
			}
			for _, r := range j.Reasons {
				require.NotContains(t, r, c.says[0])
			}
			r, err := assistant.Generate(context.Background(), e, req)
			require.NoError(t, err)
			require.Equal(t, c.verdict == route.Act, len(r.ToolCalls()) > 0, "it does what it says")
		})
	}
	_, err := e.Judge(context.Background(), &assistant.Request{})
	require.ErrorIs(t, err, assistant.ErrInvalid)
	j, err := e.Judge(context.Background(), &assistant.Request{Messages: []assistant.Message{assistant.User("倒计时十分钟")}, Tools: tools, ToolChoice: assistant.ToolChoice{Mode: assistant.ToolNone}})
	require.NoError(t, err)
	require.Equal(t, route.Refuse, j.Verdict)
}
