package ollama_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/zhushou-ai/zhushou/assistant"
	"github.com/zhushou-ai/zhushou/providers/ollama"
	"github.com/zhushou-ai/zhushou/providers/providertest"
)

func transport(t *testing.T) *http.Client {
	t.Helper()
	tr := &http.Transport{}
	t.Cleanup(tr.CloseIdleConnections)
	return &http.Client{Transport: tr}
}

// sent returns the body of the request that the adapter makes of req, and the reply to it.
func sent(t *testing.T, model string, req *assistant.Request) (map[string]any, *assistant.Reply) {
	t.Helper()
	srv := providertest.NewServer(t, providertest.Config{Vendor: providertest.Ollama(), Strict: true})
	m, err := ollama.New(ollama.Config{BaseURL: srv.Origin, Model: model, HTTPClient: transport(t)})
	require.NoError(t, err)
	if req.Messages == nil {
		req.Messages = []assistant.Message{assistant.User("你好")}
	}
	r, err := assistant.Generate(t.Context(), m, req)
	require.NoError(t, err, "the server wants no key")
	require.Empty(t, srv.Requests()[0].Header.Get("Authorization"))
	var body map[string]any
	require.NoError(t, srv.Requests()[0].Decode(&body))
	return body, r
}

func dropped(r *assistant.Reply) []string {
	var fields []string
	for _, d := range r.Dropped {
		fields = append(fields, d.Field)
	}
	slices.Sort(fields)
	return fields
}

func TestThinking(t *testing.T) {
	t.Parallel()
	tests := []struct {
		model    string
		thinking assistant.Thinking
		want     any // reasoning_effort
		dropped  []string
	}{
		{"qwen3:8b", assistant.Thinking{}, nil, nil},
		{"qwen3:8b", assistant.Thinking{Mode: assistant.On}, nil, nil},
		{"qwen3:8b", assistant.Thinking{Mode: assistant.Off}, "none", nil},
		{"qwen3:8b", assistant.Thinking{Effort: assistant.EffortHigh}, nil, []string{"Thinking.Effort"}},
		{"gpt-oss:20b", assistant.Thinking{Effort: assistant.EffortMax}, "high", nil},
		{"somebody/gpt-oss:20b", assistant.Thinking{Effort: assistant.EffortLow}, "low", nil},
		{"gpt-oss:20b", assistant.Thinking{Mode: assistant.Off}, nil, []string{"Thinking.Mode"}},
	}
	for _, tt := range tests {
		t.Run(fmt.Sprint(tt.model, tt.thinking), func(t *testing.T) {
			t.Parallel()
			body, r := sent(t, tt.model, &assistant.Request{Thinking: tt.thinking})
			require.Equal(t, tt.want, body["reasoning_effort"])
			require.Equal(t, tt.dropped, dropped(r))
		})
	}
}

func TestFields(t *testing.T) {
	t.Parallel()
	clock := []*assistant.ToolSpec{{Name: "now"}}
	body, r := sent(t, "m", &assistant.Request{
		Temperature: assistant.Some(0.0), TopP: assistant.Some(0.5), Seed: assistant.Some(int64(7)), MaxTokens: 9, Stop: []string{"一", "二", "三"},
		TopK: 3, User: "u", SingleTool: true, Tools: clock, ToolChoice: assistant.ToolChoice{Mode: assistant.ToolForced, Name: "now"},
		Search: assistant.Search{Mode: assistant.On},
	})
	require.Equal(t, []string{"Search", "SingleTool", "ToolChoice", "TopK", "User"}, dropped(r))
	require.Equal(t, 0.0, body["temperature"])
	require.Equal(t, 7.0, body["seed"])
	require.Equal(t, []any{"一", "二", "三"}, body["stop"])

	body, r = sent(t, "m", &assistant.Request{Tools: clock, ToolChoice: assistant.ToolChoice{Mode: assistant.ToolNone}})
	require.Nil(t, body["tools"])
	require.Empty(t, r.Dropped)
}

func TestPictures(t *testing.T) {
	t.Parallel()
	png := []byte("\x89PNG\r\n\x1a\n")
	body, r := sent(t, "llava", &assistant.Request{Messages: []assistant.Message{{Role: assistant.RoleUser, Parts: []assistant.Part{
		assistant.Text{Text: "看"},
		assistant.Image{Media: assistant.Media{URL: "https://example.com/a.png"}},
		assistant.Image{Media: assistant.Media{Data: png}},
		assistant.Image{Media: assistant.Media{Data: png, URL: "https://example.com/b.png"}},
	}}}})
	require.Equal(t, []string{"Messages[0].Parts[1]"}, dropped(r))
	picture := map[string]any{"type": "image_url", "image_url": map[string]any{"url": "data:image/png;base64,iVBORw0KGgo="}}
	require.Equal(t, []any{map[string]any{"role": "user", "content": []any{map[string]any{"type": "text", "text": "看"}, picture, picture}}}, body["messages"])
}

func TestFaultsThatEverybodyMeets(t *testing.T) {
	t.Parallel()
	srv := providertest.NewServer(t, providertest.Config{Vendor: providertest.Ollama(), Model: "qwen3:8b"})
	m, err := ollama.New(ollama.Config{BaseURL: srv.URL, Model: "qwen3:8b", HTTPClient: transport(t)})
	require.NoError(t, err)
	req := &assistant.Request{Model: "llama4:16x17b", Messages: []assistant.Message{assistant.User("你好")}}
	_, err = assistant.Generate(t.Context(), m, req)
	require.ErrorIs(t, err, assistant.ErrNotFound)
	require.ErrorContains(t, err, "ollama pull llama4:16x17b")

	srv.ScriptFor(providertest.EmbeddingService, providertest.JSON(404, `{"error":"model \"bge-m3\" not found, try pulling it first"}`))
	e, err := ollama.NewEmbedder(ollama.EmbedderConfig{Config: ollama.Config{BaseURL: srv.URL, HTTPClient: transport(t)}})
	require.NoError(t, err)
	_, err = e.Embed(t.Context(), []string{"一"})
	require.ErrorIs(t, err, assistant.ErrNotFound)
	require.ErrorContains(t, err, "ollama pull bge-m3")

	srv.Close()
	_, err = assistant.Generate(t.Context(), m, req)
	require.ErrorIs(t, err, assistant.ErrNetwork)
	require.ErrorContains(t, err, "ollama serve")
	_, err = assistant.Generate(t.Context(), m, nil)
	require.ErrorIs(t, err, assistant.ErrInvalid)
}

func TestEmbedder(t *testing.T) {
	t.Parallel()
	srv := providertest.NewServer(t, providertest.Config{Vendor: providertest.Ollama(), Strict: true})
	e, err := ollama.NewEmbedder(ollama.EmbedderConfig{Config: ollama.Config{BaseURL: srv.URL + "/", HTTPClient: transport(t)}, Batch: 2, Dimensions: 8, Truncate: true})
	require.NoError(t, err)
	texts := []string{"一", "二", "三"}
	got, err := e.Embed(t.Context(), texts)
	require.NoError(t, err)
	for i, text := range texts {
		require.Equal(t, providertest.Vector(text, 8), got[i])
	}
	require.Len(t, srv.Requests(), 2)
	require.Equal(t, "/api/embed", srv.Requests()[0].Path)
	require.JSONEq(t, `{"model":"bge-m3","input":["一","二"],"dimensions":8,"truncate":true}`, string(srv.Requests()[0].Body))
}

func TestHosts(t *testing.T) {
	srv := providertest.NewServer(t, providertest.Config{Vendor: providertest.Ollama()})
	ask := func() error {
		m, err := ollama.New(ollama.Config{Model: "m", HTTPClient: transport(t)})
		if err != nil {
			return err
		}
		_, err = assistant.Generate(t.Context(), m, &assistant.Request{Messages: []assistant.Message{assistant.User("你好")}})
		return err
	}
	port := srv.Origin[len("http://127.0.0.1:"):]
	for _, host := range []string{srv.Origin, srv.Origin + "/", srv.URL, "127.0.0.1:" + port, ":" + port, "0.0.0.0:" + port, "[::]:" + port, ` "127.0.0.1:` + port + `" `} {
		t.Setenv(ollama.HostVar, host)
		require.NoError(t, ask(), host)
	}
	t.Setenv(ollama.HostVar, "http://u:secret@a b")
	err := ask()
	require.ErrorContains(t, err, ollama.HostVar)
	require.NotContains(t, err.Error(), "secret")
	t.Setenv(ollama.HostVar, "ftp://localhost")
	require.ErrorContains(t, ask(), "base URL")

	t.Setenv(ollama.HostVar, "")
	m, err := ollama.New(ollama.Config{Model: "qwen3:8b"})
	require.NoError(t, err)
	require.Equal(t, "ollama/qwen3:8b", m.String())
	_, err = ollama.NewEmbedder(ollama.EmbedderConfig{Config: ollama.Config{BaseURL: "localhost"}})
	require.ErrorContains(t, err, "base URL")
}

func TestKeyIsNotPrinted(t *testing.T) {
	t.Parallel()
	const key = "sk-secret-0123456789"
	cfg := ollama.Config{Key: key, Model: "m"}
	m, err := ollama.New(cfg)
	require.NoError(t, err)
	for _, v := range []any{cfg, &cfg, m, *m} {
		j, err := json.Marshal(v)
		require.NoError(t, err)
		require.NotContains(t, fmt.Sprintf("%v %+v %#v %s", v, v, v, j), key)
	}
}
