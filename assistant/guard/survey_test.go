package guard_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/zhushou-ai/zhushou/assistant"
	"github.com/zhushou-ai/zhushou/assistant/guard"
	"github.com/zhushou-ai/zhushou/locale/privacy"
)

func TestSurvey(t *testing.T) {
	t.Parallel()
	picture := assistant.Image{Media: assistant.Media{URL: "https://example.com/a.png"}}
	for name, c := range map[string]struct {
		req   *assistant.Request
		types privacy.Types
		media int
	}{
		"nothing":     {request(assistant.User("你好，〔手机号1〕")), 0, 0},
		"text":        {request(assistant.User("我叫张伟，手机13812345678，IPv6是2001:db8::1")), privacy.TypesOf(privacy.Name, privacy.Mobile, privacy.IPv6), 0},
		"result":      {request(assistant.Results(assistant.ToolResult{Parts: []assistant.Part{assistant.Text{Text: `{"email":"a@example.com"}`}, picture}})), privacy.TypesOf(privacy.Email), 1},
		"user":        {&assistant.Request{User: "13812345678"}, privacy.TypesOf(privacy.Mobile), 0},
		"pictures":    {request(assistant.Message{Role: assistant.RoleUser, Parts: []assistant.Part{picture, picture}}), 0, 2},
		"vendor's":    {&assistant.Request{Extra: map[string]map[string]any{"v": {"a": []any{"手机13812345678"}}}}, privacy.TypesOf(privacy.Mobile), 0},
		"in the stop": {&assistant.Request{Stop: []string{"13812345678"}}, privacy.TypesOf(privacy.Mobile), 0},
	} {
		types, media, err := guard.Survey(c.req, privacy.Detector{})
		require.NoError(t, err, name)
		require.Equal(t, c.types, types, name)
		require.Equal(t, c.media, media, name)
	}
	_, _, err := guard.Survey(&assistant.Request{Extra: map[string]map[string]any{"v": {"a": make(chan int)}}}, privacy.Detector{})
	require.ErrorContains(t, err, "Request.Extra cannot be checked")
}

func TestReason(t *testing.T) {
	t.Parallel()
	stage, category, ok := guard.Reason(&assistant.Retraction{Reason: "guard: tool_arguments: A.1.f"})
	require.True(t, ok)
	require.Equal(t, guard.ToolArguments, stage)
	require.Equal(t, "A.1.f", category)
	for _, reason := range []string{"", "vendor: content filter", "guard: nowhere: x", "guard: input"} {
		_, _, ok := guard.Reason(&assistant.Retraction{Reason: reason})
		require.False(t, ok, reason)
	}
	_, _, ok = guard.Reason(nil)
	require.False(t, ok)
}
