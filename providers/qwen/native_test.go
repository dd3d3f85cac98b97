package qwen_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/zhushou-ai/zhushou/assistant"
	"github.com/zhushou-ai/zhushou/providers/providertest"
	"github.com/zhushou-ai/zhushou/providers/qwen"
)

func TestNative(t *testing.T) {
	t.Parallel()
	srv := providertest.NewServer(t, providertest.Config{Vendor: providertest.Qwen(), Strict: true})
	ask := func(cfg qwen.Config, req *assistant.Request) (map[string]any, *assistant.Reply) {
		cfg.BaseURL, cfg.Key, cfg.HTTPClient = srv.URL, assistant.Secret(srv.Key), transport(t)
		m, err := qwen.NewNative(cfg)
		require.NoError(t, err)
		if req.Messages == nil {
			req.Messages = []assistant.Message{assistant.User("你好")}
		}
		before := len(srv.Requests())
		r, err := assistant.Generate(t.Context(), m, req)
		require.NoError(t, err)
		sent := srv.Requests()[before]
		require.Equal(t, "/api/v1/services/aigc/text-generation/generation", sent.Path)
		require.Equal(t, !cfg.DisableStreaming, sent.Header.Get("X-DashScope-SSE") == "enable")
		var body map[string]any
		require.NoError(t, sent.Decode(&body))
		return body, r
	}
	message := []any{map[string]any{"role": "user", "content": "你好"}}
	body, _ := ask(qwen.Config{}, &assistant.Request{Search: assistant.Search{Forced: true}, Temperature: assistant.Some(0.5)})
	require.Equal(t, map[string]any{
		"model": "qwen-plus", "input": map[string]any{"messages": message},
		"parameters": map[string]any{
			"result_format": "message", "incremental_output": true, "temperature": 0.5, "enable_search": true,
			"search_options": map[string]any{"enable_source": true, "enable_citation": true, "forced_search": true},
		},
	}, body)

	body, _ = ask(qwen.Config{DisableStreaming: true, Model: "m", SameAs: map[string]string{"m": "qwen-long"}}, &assistant.Request{Search: assistant.Search{Mode: assistant.Off}})
	require.Equal(t, map[string]any{
		"model": "m", "input": map[string]any{"messages": message}, "parameters": map[string]any{"result_format": "message", "enable_search": false},
	}, body)

	body, _ = ask(qwen.Config{PreserveThinking: true, Model: "qwen3.7-plus"}, &assistant.Request{})
	require.Equal(t, true, body["parameters"].(map[string]any)["preserve_thinking"])

	body, _ = ask(qwen.Config{Model: "qwen3.8-max"}, &assistant.Request{Thinking: assistant.Thinking{Effort: assistant.EffortLow}})
	require.Equal(t, 4096.0, body["parameters"].(map[string]any)["thinking_budget"])

	picture := []assistant.Message{{Role: assistant.RoleUser, Parts: []assistant.Part{assistant.Text{Text: "看"}, assistant.Image{Media: assistant.Media{URL: "https://example.com/a.png"}}}}}
	_, r := ask(qwen.Config{}, &assistant.Request{Messages: picture})
	require.Equal(t, []string{"Messages[0].Parts[1]"}, dropped(r), "this protocol has pictures at another address")
}

func TestNativeAddresses(t *testing.T) {
	t.Setenv(qwen.KeyVar, "k")
	t.Setenv(qwen.BaseURLVar, "")
	m, err := qwen.NewNative(qwen.Config{Region: qwen.International})
	require.NoError(t, err)
	require.Equal(t, "qwen/qwen-plus", m.String())
	for _, base := range []string{"https://dashscope.aliyuncs.com", "https://dashscope.aliyuncs.com/api/v1", "https://dashscope.aliyuncs.com/compatible-mode/v1/"} {
		_, err := qwen.NewNative(qwen.Config{BaseURL: base})
		require.NoError(t, err)
	}
	_, err = qwen.NewNative(qwen.Config{BaseURL: "localhost"})
	require.ErrorContains(t, err, "base URL")
	_, err = qwen.NewNative(qwen.Config{Region: "mars"})
	require.ErrorContains(t, err, "unknown region")
}
