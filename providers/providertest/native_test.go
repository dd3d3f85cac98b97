package providertest

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/zhushou-ai/zhushou/assistant"
)

func openNative(incremental bool, bug string) func(Endpoint) (assistant.Model, error) {
	return func(e Endpoint) (assistant.Model, error) {
		return &reference{e: e, vendor: "qwen", bug: bug, native: true, incremental: incremental}, nil
	}
}

// The native protocol can be passed in both of its forms.
func TestNativeReferencePasses(t *testing.T) {
	t.Parallel()
	for name, incremental := range map[string]bool{"cumulative": false, "incremental": true} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			RunWire(t, openNative(incremental, ""), WireOptions{Vendor: DashScope()})
		})
	}
}

func TestNativeMutantsFail(t *testing.T) {
	t.Parallel()
	for _, m := range []struct {
		bug         string
		incremental bool
		checks      []string
	}{
		{"cumulative as new", false, []string{"stream/native/plain", "stream/native/reasoning first", "stream/native/one byte at a time", "endpoint/recovers on the third call"}},
		{"guesses", true, []string{"stream/native/the same piece again"}},
		{"null finishes", false, []string{"stream/native/cut after text"}},
		{"trusts the end", false, []string{"stream/native/cut after text", "stream/native/cut after text, connection closed", "stream/native/cut inside an event", "stream/native/connection reset"}},
		{"wants [DONE]", false, []string{"stream/native/plain", "stream/native/tool call"}},
		{"event:error unknown", false, []string{"stream/native/event error of unknown shape"}},
		{"errors are chunks", false, []string{"whole/native/status 200 with an error"}},
		{"empty success", false, []string{"whole/native/status 200 without an answer"}},
		{"first usage wins", false, []string{"stream/native/plain"}},
		{"no sources", true, []string{"stream/native/search", "whole/native/search"}},
		{"no reasoning", true, []string{"stream/native/reasoning first", "whole/native/reasoning first"}},
		{"empty id overwrites", true, []string{"stream/native/tool call", "stream/native/text, then two tool calls"}},
		{"text format", false, []string{"stream/native/plain", "request/conversation"}},
		{"cumulative thinking", false, []string{"request/reasoning asked for"}},
		{"never streams", false, []string{"stream/native/plain"}},
		{"no request id", false, []string{"stream/native/event error, first", "stream/native/event error, after text"}},
		{"never delivered", false, []string{"stream/native/event error, after text"}},
		{"silent errors", false, []string{"stream/native/event error, first"}},
		{"unknown field", false, []string{"request/conversation"}},
		{"system in place", false, []string{"request/several system messages"}},
		{"forces as required", false, []string{"request/forced tool"}},
		{"zero is absent", false, []string{"request/explicit zeros"}},
		{"replays foreign reasoning", false, []string{"request/foreign reasoning"}},
	} {
		t.Run(m.bug, func(t *testing.T) {
			t.Parallel()
			v := DashScope()
			r := &rig{open: openNative(m.incremental, m.bug), vendor: v, patience: 500 * time.Millisecond}
			for _, name := range m.checks {
				require.Truef(t, noticed(r, wireChecks(WireOptions{Vendor: v}), name), "%s passes", name)
			}
		})
	}
}

// The native form is strict about what only it has.
func TestNativeRefusals(t *testing.T) {
	t.Parallel()
	const input = `"input":{"messages":[{"role":"user","content":"你好"}]}`
	const tool = `"tools":[{"type":"function","function":{"name":"now","parameters":{"type":"object"}}}]`
	for _, tt := range []struct {
		name, body string
		stream     bool
		says       string // empty if the request is right
	}{
		{"plain", `{"model":"qwen-plus",` + input + `}`, false, ""},
		{"message", `{"model":"qwen-plus",` + input + `,"parameters":{"result_format":"message"}}`, true, ""},
		{"compatible body", `{"model":"qwen-plus","messages":[]}`, false, `unknown field`},
		{"stream in the body", `{"model":"qwen-plus",` + input + `,"parameters":{"stream":true}}`, false, `unknown field`},
		{"no messages", `{"model":"qwen-plus","input":{}}`, false, "messages must not be empty"},
		{"no model", `{` + input + `}`, false, "model"},
		{"other model", `{"model":"qwen-max",` + input + `}`, false, "ModelNotFound"},
		{"not JSON", `{`, false, "unexpected end"},
		{"parameters a list", `{"model":"qwen-plus",` + input + `,"parameters":[]}`, false, "parameters"},
		{"form of the result", `{"model":"qwen-plus",` + input + `,"parameters":{"result_format":"xml"}}`, false, "neither message nor text"},
		{"tools without messages", `{"model":"qwen-plus",` + input + `,"parameters":{` + tool + `}}`, false, "result_format must be message"},
		{"thinking in cumulative form", `{"model":"qwen-plus",` + input + `,"parameters":{"enable_thinking":true}}`, true, "incremental_output"},
		{"thinking in incremental form", `{"model":"qwen-plus",` + input + `,"parameters":{"enable_thinking":true,"incremental_output":true}}`, true, ""},
		{"temperature", `{"model":"qwen-plus",` + input + `,"parameters":{"temperature":2}}`, false, "temperature"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			srv := NewServer(t, Config{Vendor: Qwen(), Model: "qwen-plus", Strict: true}) // the compatible vendor speaks it too
			header := []string{}
			if tt.stream {
				header = []string{dashScopeSSE, "enable"}
			}
			status, body := client{t, srv}.do("POST", srv.Origin+dashScopeChat, tt.body, header...)
			require.Equal(t, tt.says == "", status == 200, body)
			require.Contains(t, body, tt.says)
			require.Contains(t, body, `"request_id":"`)
			require.Equal(t, tt.stream && tt.says == "", strings.HasPrefix(body, "id:1\nevent:result\n:HTTP_STATUS/200\ndata:{"), body)
			require.NotContains(t, body, "[DONE]")
		})
	}
	srv := NewServer(t, Config{Vendor: Qwen()})
	status, body := client{t, srv}.do("POST", srv.Origin+dashScopeChat, `{}`, "Authorization", "Bearer sk-singapore")
	require.Equal(t, 401, status)
	require.Contains(t, body, `{"code":"InvalidApiKey","message":`)
}

// An Answer of a service's test comes in the form that the request asks for.
func TestAnswerInNativeForms(t *testing.T) {
	t.Parallel()
	ask := func(parameters string, header ...string) string {
		srv := NewServer(t, Config{Vendor: Qwen()})
		srv.Script(Answer{Reasoning: "想", Text: "你好吗", Calls: []assistant.ToolCall{{ID: "c1", Name: "now", Arguments: "{}"}}})
		_, body := client{t, srv}.do("POST", srv.Origin+dashScopeChat,
			`{"model":"m","input":{"messages":[{"role":"user","content":"x"}]},"parameters":`+parameters+`}`, header...)
		return body
	}
	const call = `"tool_calls":[{"index":0,"id":"c1","type":"function","function":{"name":"now","arguments":"{}"}}]`
	whole := ask(`{"result_format":"message"}`)
	require.Contains(t, whole, `{"output":{"choices":[{"message":{"content":"你好吗","reasoning_content":"想","role":"assistant",`+call+`},"finish_reason":"tool_calls"}]},"usage":{"input_tokens":`)
	require.Contains(t, ask(`{}`), `{"output":{"text":"你好吗","finish_reason":"tool_calls"}`)

	cumulative := ask(`{"result_format":"message"}`, dashScopeSSE, "enable")
	for i, want := range []string{`"content":"","reasoning_content":"想"`, `"content":"你好","reasoning_content":"想"`, `"content":"你好吗","reasoning_content":"想"`} {
		require.Contains(t, strings.Split(cumulative, "\n\n")[i], want+`,"role":"assistant"},"finish_reason":"null"`)
	}
	require.Contains(t, cumulative, `"content":"你好吗","reasoning_content":"想","role":"assistant",`+call+`},"finish_reason":"tool_calls"`)
	pieces := ask(`{"result_format":"message","incremental_output":true}`, dashScopeSSE, "enable")
	require.Contains(t, pieces, `"content":"吗","reasoning_content":""`)
	require.Contains(t, pieces, `"content":"","reasoning_content":"","role":"assistant",`+call+`},"finish_reason":"tool_calls"`)
}
