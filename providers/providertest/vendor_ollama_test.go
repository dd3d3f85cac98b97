package providertest

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestOllamaRefusals(t *testing.T) {
	t.Parallel()
	const user = `"messages":[{"role":"user","content":"你好"}]`
	for _, tt := range []struct {
		name, path, body string
		status           int
		says             string
	}{
		{"compatible", "/v1/chat/completions", `{"model":"m",` + user + `,"reasoning_effort":"none"}`, 200, "chat.completion"},
		{"effort", "/v1/chat/completions", `{"model":"m",` + user + `,"reasoning_effort":"max"}`, 400, "invalid reasoning value"},
		{"address of a picture", "/v1/chat/completions", `{"model":"m","messages":[{"role":"user","content":[{"type":"image_url","image_url":{"url":"https://example.com/a.png"}}]}]}`, 400, "invalid image input"},
		{"tool choice", "/v1/chat/completions", `{"model":"m",` + user + `,"tool_choice":"auto"}`, 400, "tool_choice"},
		{"no such model", "/v1/chat/completions", `{"model":"other",` + user + `}`, 404, "try pulling it first"},

		{"native streams unless told not to", "/api/chat", `{"model":"m",` + user + `}`, 200, "\"done\":false}\n{"},
		{"native, whole", "/api/chat", `{"model":"m",` + user + `,"stream":false,"think":true,"format":"json","options":{"num_ctx":1}}`, 200, `"done":true`},
		{"native, no such model", "/api/chat", `{"model":"other",` + user + `}`, 404, `{"error":"model \"other\" not found, try pulling it first"}`},
		{"native, no model", "/api/chat", `{` + user + `}`, 400, "model is required"},
		{"native, unknown field", "/api/chat", `{"model":"m",` + user + `,"temperature":1}`, 400, "temperature"},
		{"native, unknown option", "/api/chat", `{"model":"m",` + user + `,"options":{"magic":1}}`, 400, "magic"},
		{"native, format", "/api/chat", `{"model":"m",` + user + `,"format":"xml"}`, 400, "invalid format"},
		{"native, think", "/api/chat", `{"model":"m",` + user + `,"think":"max"}`, 400, "invalid think value"},
		{"native, degree of thinking", "/api/chat", `{"model":"m",` + user + `,"think":"high"}`, 400, "not supported for this model"},
		{"native, role", "/api/chat", `{"model":"m","messages":[{"role":"robot","content":"x"}]}`, 400, "invalid role"},
		{"native, arguments a text", "/api/chat", `{"model":"m","messages":[{"role":"assistant","tool_calls":[{"function":{"name":"f","arguments":"{}"}}]}]}`, 400, "cannot unmarshal"},
		{"native, not JSON", "/api/chat", `{`, 400, "unexpected end"},

		{"vectors", "/api/embed", `{"model":"m","input":["甲","乙"],"dimensions":2}`, 200, `"embeddings":[[`},
		{"one vector", "/api/embed", `{"model":"m","input":"甲","dimensions":2}`, 200, `"embeddings":[[`},
		{"vectors without a model", "/api/embed", `{"input":"甲"}`, 400, "model is required"},
		{"vectors of nothing", "/api/embed", `{"model":"m","input":[""]}`, 400, "must not be empty"},
		{"vectors of a number", "/api/embed", `{"model":"m","input":7}`, 400, "invalid input type"},
		{"vectors of no length", "/api/embed", `{"model":"m","input":"甲","dimensions":0}`, 400, "dimensions"},
		{"vectors, unknown field", "/api/embed", `{"model":"m","input":"甲","encoding_format":"float"}`, 400, "encoding_format"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			srv := NewServer(t, Config{Vendor: Ollama(), Model: "m", Strict: true})
			for key, header := range map[string]string{"right": "Bearer " + srv.Key, "none": ""} {
				status, body := client{t, srv}.do("POST", srv.Origin+tt.path, tt.body, "Authorization", header)
				require.Equal(t, tt.status, status, "%s key: %s", key, body)
				require.Contains(t, body, tt.says)
			}
			status, _ := client{t, srv}.do("POST", srv.Origin+tt.path, tt.body, "Authorization", "Bearer wrong")
			require.Equal(t, 401, status)
		})
	}
}
