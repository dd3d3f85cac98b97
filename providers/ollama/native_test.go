package ollama_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/zhushou-ai/zhushou/assistant"
	"github.com/zhushou-ai/zhushou/providers/ollama"
	"github.com/zhushou-ai/zhushou/providers/providertest"
)

func TestNative(t *testing.T) {
	t.Parallel()
	srv := providertest.NewServer(t, providertest.Config{Vendor: providertest.OllamaNative(), Strict: true})
	ask := func(model string, req *assistant.Request) (map[string]any, *assistant.Reply) {
		m, err := ollama.NewNative(ollama.NativeConfig{Config: ollama.Config{BaseURL: srv.URL + "/api/", Model: model, HTTPClient: transport(t)}, ContextLength: 4096})
		require.NoError(t, err)
		require.Equal(t, "ollama/"+model, m.String())
		req.Messages = append(req.Messages, assistant.User("你好"))
		before := len(srv.Requests())
		r, err := assistant.Generate(t.Context(), m, req)
		require.NoError(t, err)
		require.Equal(t, "/api/chat", srv.Requests()[before].Path)
		var body map[string]any
		require.NoError(t, srv.Requests()[before].Decode(&body))
		return body, r
	}
	body, r := ask("qwen3:8b", &assistant.Request{
		TopK: 3, Thinking: assistant.Thinking{Mode: assistant.On, Effort: assistant.EffortLow},
		Extra: map[string]map[string]any{"ollama": {"options": map[string]any{"num_gpu": 1}, "keep_alive": "5m"}},
	})
	require.Equal(t, map[string]any{
		"model": "qwen3:8b", "messages": []any{map[string]any{"role": "user", "content": "你好"}}, "stream": true, "think": true, "keep_alive": "5m",
		"options": map[string]any{"num_ctx": 4096.0, "num_gpu": 1.0, "top_k": 3.0},
	}, body)
	require.Equal(t, []string{"Thinking.Effort"}, dropped(r), "this model has no degrees")

	body, r = ask("gpt-oss:20b", &assistant.Request{Thinking: assistant.Thinking{Effort: assistant.EffortMax}})
	require.Equal(t, "high", body["think"])
	require.Empty(t, r.Dropped)

	body, _ = ask("qwen3:8b", &assistant.Request{Thinking: assistant.Thinking{Mode: assistant.Off}})
	require.Equal(t, false, body["think"])

	_, err := ollama.NewNative(ollama.NativeConfig{Config: ollama.Config{BaseURL: "localhost"}})
	require.ErrorContains(t, err, "base URL")
}
