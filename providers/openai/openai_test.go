package openai_test

import (
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/zhushou-ai/zhushou/assistant"
	"github.com/zhushou-ai/zhushou/providers/openai"
	"github.com/zhushou-ai/zhushou/providers/providertest"
)

// sent returns the body of the request that an adapter makes of req, without the messages, and the
// reply to it.
func sent(t *testing.T, cfg openai.Config, req *assistant.Request) (map[string]any, *assistant.Reply) {
	t.Helper()
	body := map[string]any{}
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		data, _ := io.ReadAll(r.Body)
		_ = json.Unmarshal(data, &body)
		w.Header().Set("Content-Type", "text/event-stream")
		_, _ = io.WriteString(w, `data: {"choices":[{"delta":{"content":"好"},"finish_reason":"stop"}]}`+"\n\ndata: [DONE]\n\n")
	}))
	t.Cleanup(srv.Close)
	tr := &http.Transport{}
	t.Cleanup(tr.CloseIdleConnections)
	cfg.BaseURL, cfg.HTTPClient = srv.URL, &http.Client{Transport: tr}
	m, err := openai.New(cfg)
	require.NoError(t, err)
	req.Messages = []assistant.Message{assistant.User("你好")}
	r, err := assistant.Generate(t.Context(), m, req)
	require.NoError(t, err)
	for _, key := range []string{"messages", "model", "stream", "stream_options"} {
		delete(body, key)
	}
	return body, r
}

// TestModels checks what each family of models is sent.
func TestModels(t *testing.T) {
	t.Parallel()
	full := func() *assistant.Request {
		return &assistant.Request{Temperature: assistant.Some(0.5), Stop: []string{"完"}, MaxTokens: 9, Thinking: assistant.Thinking{Effort: assistant.EffortMax}}
	}
	off := func() *assistant.Request {
		return &assistant.Request{Thinking: assistant.Thinking{Mode: assistant.Off}}
	}
	tests := []struct {
		model   string
		req     *assistant.Request
		want    map[string]any
		dropped []string
	}{
		{"gpt-4o", full(), map[string]any{"temperature": 0.5, "stop": []any{"完"}, "max_tokens": 9.0}, []string{"Thinking"}},
		{"gpt-4o", off(), map[string]any{}, nil},
		{"o3", full(), map[string]any{"max_completion_tokens": 9.0, "reasoning_effort": "high"}, []string{"Temperature", "Stop"}},
		{"o4-mini", off(), map[string]any{}, []string{"Thinking.Mode"}},
		{"gpt-5-mini", full(), map[string]any{"max_completion_tokens": 9.0, "reasoning_effort": "high"}, []string{"Temperature", "Stop"}},
		{"gpt-5-mini", off(), map[string]any{"reasoning_effort": "minimal"}, nil},
		{"gpt-5.1", off(), map[string]any{"reasoning_effort": "none"}, nil},
		{"meta/llama-4", full(), map[string]any{"temperature": 0.5, "stop": []any{"完"}, "max_tokens": 9.0, "reasoning_effort": "high"}, nil},
	}
	for _, tt := range tests {
		t.Run(tt.model, func(t *testing.T) {
			t.Parallel()
			body, r := sent(t, openai.Config{Model: tt.model}, tt.req)
			require.Equal(t, tt.want, body)
			var dropped []string
			for _, d := range r.Dropped {
				dropped = append(dropped, d.Field)
			}
			require.ElementsMatch(t, tt.dropped, dropped)
		})
	}
}

func TestNew(t *testing.T) {
	t.Setenv(openai.KeyVar, "")
	t.Setenv(openai.BaseURLVar, "")

	_, err := openai.New(openai.Config{})
	require.ErrorContains(t, err, openai.KeyVar)

	m, err := openai.New(openai.Config{Key: "k"})
	require.NoError(t, err)
	require.Equal(t, "openai/"+openai.DefaultModel, m.String())

	t.Setenv(openai.KeyVar, "k")
	_, err = openai.New(openai.Config{})
	require.NoError(t, err)

	t.Setenv(openai.KeyVar, "")
	t.Setenv(openai.BaseURLVar, "http://localhost:8000/v1")
	_, err = openai.New(openai.Config{Model: "m"})
	require.NoError(t, err, "local servers want no key")

	_, err = openai.New(openai.Config{BaseURL: "localhost:8000"})
	require.ErrorContains(t, err, "base URL")
}

func TestEmbedder(t *testing.T) {
	t.Parallel()
	srv := providertest.NewServer(t, providertest.Config{Vendor: providertest.OpenAI()})
	tr := &http.Transport{}
	t.Cleanup(tr.CloseIdleConnections)
	e, err := openai.NewEmbedder(openai.EmbedderConfig{
		Config: openai.Config{BaseURL: srv.URL, Key: assistant.Secret(srv.Key), HTTPClient: &http.Client{Transport: tr}},
		Batch:  2, Dimensions: 8,
	})
	require.NoError(t, err)
	texts := []string{"一", "二", "三", "四", "五"}
	got, err := e.Embed(t.Context(), texts)
	require.NoError(t, err)
	for i, text := range texts {
		require.InDeltaSlice(t, providertest.Vector(text, 8), got[i], 1e-6)
	}
	require.Len(t, srv.Requests(), 3)
}
