package providertest

import (
	"bytes"
	"context"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"

	"github.com/zhushou-ai/zhushou/assistant"
)

func TestMain(m *testing.M) {
	http.DefaultTransport.(*http.Transport).DisableKeepAlives = true // Example leaves no connection behind
	// the mutants that leak on purpose
	const pkg = "github.com/zhushou-ai/zhushou/providers/providertest."
	goleak.VerifyTestMain(m, goleak.IgnoreAnyFunction(pkg+"(*pass).run.func1"), goleak.IgnoreAnyFunction(pkg+"(*reference).fetch.func1"))
}

// client posts to a server with a connection of its own.
type client struct {
	t   *testing.T
	srv *Server
}

func (c client) do(method, url, body string, header ...string) (int, string) {
	c.t.Helper()
	req, err := http.NewRequest(method, url, strings.NewReader(body))
	require.NoError(c.t, err)
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("Authorization", "Bearer "+c.srv.Key)
	for i := 0; i < len(header); i += 2 {
		req.Header.Set(header[i], header[i+1])
	}
	resp, err := (&http.Client{Transport: &http.Transport{DisableKeepAlives: true}}).Do(req)
	require.NoError(c.t, err)
	defer resp.Body.Close()
	b, err := io.ReadAll(resp.Body)
	require.NoError(c.t, err)
	return resp.StatusCode, string(b)
}

func (c client) post(path, body string, header ...string) (int, string) {
	c.t.Helper()
	return c.do("POST", c.srv.URL+path, body, header...)
}

func TestRefusals(t *testing.T) {
	t.Parallel()
	const (
		user  = `"messages":[{"role":"user","content":"你好"}]`
		tool  = `"tools":[{"type":"function","function":{"name":"now","parameters":{"type":"object"}}}]`
		calls = `{"role":"assistant","content":null,"tool_calls":[{"id":"c1","type":"function","function":{"name":"now","arguments":"{}"}}]}`
	)
	qwen := func(fields string) string { return `{"model":"qwen-plus",` + fields + `}` }
	think := func(model, rest string) string { return `{"model":"` + model + `",` + user + rest + `}` }
	messages := func(list string) string { return `{"model":"m","messages":[` + list + `]}` }

	tests := []struct {
		name   string
		vendor *Vendor
		body   string
		status int
		says   string // part of the refusal; empty if the request is right
	}{
		{"plain", OpenAI(), messages(`{"role":"user","content":"你好"}`), 200, ""},
		{"no JSON", OpenAI(), `{"model"`, 400, "unexpected end"},
		{"null", OpenAI(), `null`, 400, "null"},
		{"no model", OpenAI(), `{` + user + `}`, 400, "model"},
		{"no messages", OpenAI(), `{"model":"m"}`, 400, "messages"},
		{"unknown role", OpenAI(), messages(`{"role":"developer","content":"x"}`), 400, "developer"},
		{"content missing", OpenAI(), messages(`{"role":"user"}`), 400, "content"},
		{"content empty", OpenAI(), messages(`{"role":"user","content":""}`), 400, "empty"},
		{"content a number", OpenAI(), messages(`{"role":"user","content":1}`), 400, "string or a list"},
		{"parts empty", OpenAI(), messages(`{"role":"user","content":[]}`), 400, "empty list"},
		{"part unknown", OpenAI(), messages(`{"role":"user","content":[{"type":"video_url","video_url":{"url":"https://x"}}]}`), 400, "video_url"},
		{"part without content", OpenAI(), messages(`{"role":"user","content":[{"type":"image_url"}]}`), 400, "no content"},
		{"data URL without type", OpenAI(), messages(`{"role":"user","content":[{"type":"image_url","image_url":{"url":"data:;base64,AA"}}]}`), 400, "no content"},
		{"calls and result", OpenAI(), messages(`{"role":"user","content":"x"},` + calls + `,{"role":"tool","tool_call_id":"c1","content":""}`), 200, ""},
		{"result for nobody", OpenAI(), messages(`{"role":"user","content":"x"},` + calls + `,{"role":"tool","tool_call_id":"c2","content":"x"}`), 400, "c2"},
		{"result missing", OpenAI(), messages(`{"role":"user","content":"x"},` + calls + `,{"role":"user","content":"x"}`), 400, "no result yet"},
		{"result missing at the end", OpenAI(), messages(`{"role":"user","content":"x"},` + calls), 400, "no result"},
		{"null without calls", OpenAI(), messages(`{"role":"assistant","content":null},{"role":"user","content":"x"}`), 400, "tool_calls must be set"},
		{"call without name", OpenAI(), messages(strings.Replace(calls, `"name":"now",`, ``, 1)), 400, "name"},
		{"tools empty", OpenAI(), `{"model":"m",` + user + `,"tools":[]}`, 400, "tools"},
		{"tool name", OpenAI(), `{"model":"m",` + user + `,` + strings.Replace(tool, "now", "几点", 1) + `}`, 400, "letters"},
		{"choice without tools", OpenAI(), `{"model":"m",` + user + `,"tool_choice":"auto"}`, 400, "tool_choice"},
		{"choice of an unknown tool", OpenAI(), `{"model":"m",` + user + `,` + tool + `,"tool_choice":{"type":"function","function":{"name":"x"}}}`, 400, "one of the tools"},
		{"stream options without stream", OpenAI(), `{"model":"m",` + user + `,"stream_options":{"include_usage":true}}`, 400, "stream_options"},
		{"format", OpenAI(), `{"model":"m",` + user + `,"response_format":{"type":"xml"}}`, 400, "xml"},
		{"temperature 2", OpenAI(), `{"model":"m",` + user + `,"temperature":2}`, 200, ""},
		{"unknown field", OpenAI(), `{"model":"m",` + user + `,"enable_thinking":true}`, 400, "enable_thinking"},
		{"two token limits", OpenAI(), `{"model":"m",` + user + `,"max_tokens":1,"max_completion_tokens":1}`, 400, "both"},

		{"qwen temperature 2", Qwen(), qwen(user + `,"temperature":2`), 400, "temperature"},
		{"qwen seed", Qwen(), qwen(user + `,"seed":2147483648`), 400, "seed"},
		{"qwen largest seed", Qwen(), qwen(user + `,"seed":2147483647`), 200, ""},
		{"qwen top_p 0", Qwen(), qwen(user + `,"top_p":0`), 400, "top_p"},
		{"qwen thinking", Qwen(), qwen(user + `,"enable_thinking":true`), 200, ""},
		{"qwen thinking unsupported", Qwen(), think("qwen3-coder-plus", `,"enable_thinking":false`), 400, "enable_thinking"},
		{"qwen stream only", Qwen(), think("qwq-plus", ``), 400, "stream mode"},
		{"qwen stream only, streamed", Qwen(), think("qwq-plus", `,"stream":true`), 200, ""},
		{"qwen open model", Qwen(), think("qwen3-32b", ``), 400, "non-streaming"},
		{"qwen open model without thinking", Qwen(), think("qwen3-32b", `,"enable_thinking":false`), 200, ""},
		{"qwen forced tool while thinking", Qwen(), qwen(user + `,` + tool + `,"enable_thinking":true,"tool_choice":{"type":"function","function":{"name":"now"}}`), 400, "thinking mode"},
		{"qwen forced tool", Qwen(), qwen(user + `,` + tool + `,"tool_choice":{"type":"function","function":{"name":"now"}}`), 200, ""},
		{"qwen JSON without the word", Qwen(), qwen(user + `,"response_format":{"type":"json_object"}`), 400, "json"},
		{"qwen JSON with the word", Qwen(), qwen(`"messages":[{"role":"user","content":"用 JSON 回答"}],"response_format":{"type":"json_object"}`), 200, ""},
		{"qwen late system", Qwen(), qwen(`"messages":[{"role":"user","content":"x"},{"role":"system","content":"x"},{"role":"user","content":"x"}]`), 400, "out of order"},
		{"qwen last word the assistant's", Qwen(), qwen(`"messages":[{"role":"user","content":"x"},{"role":"assistant","content":"x"}]`), 400, "last message"},
		{"qwen prefix to continue", Qwen(), qwen(`"messages":[{"role":"user","content":"x"},{"role":"assistant","content":"x","partial":true}]`), 200, ""},
		{"qwen blind model", Qwen(), think("qwen-max", `,"messages":[{"role":"user","content":[{"type":"image_url","image_url":{"url":"https://x"}}]}]`), 400, "type image_url"},
		{"qwen open model is blind", Qwen(), think("qwen3-32b", `,"enable_thinking":false,"messages":[{"role":"user","content":[{"type":"text","text":"x"},{"type":"video","video":["https://x"]}]}]`), 400, "type video"},
		{"qwen seeing model", Qwen(), think("qwen3-vl-plus", `,"messages":[{"role":"user","content":[{"type":"image_url","image_url":{"url":"https://x"}}]}]`), 200, ""},
		{"hunyuan tool by name", Hunyuan(), `{"model":"m",` + user + `,` + tool + `,"tool_choice":{"type":"function","function":{"name":"now"}}}`, 400, "none, auto or required"},
		{"hunyuan some tool", Hunyuan(), `{"model":"m",` + user + `,` + tool + `,"tool_choice":"required"}`, 200, ""},
		{"doubao choice of a guest", Doubao(), `{"model":"deepseek-v4-pro-ga-260813",` + user + `,` + tool + `,"tool_choice":"none"}`, 400, "tool_choice"},
		{"doubao calls of a guest", Doubao(), `{"model":"glm-5-2-260617",` + user + `,` + tool + `,"parallel_tool_calls":false}`, 400, "parallel_tool_calls"},
		{"doubao choice", Doubao(), `{"model":"doubao-seed-1-6-251015",` + user + `,` + tool + `,"tool_choice":"none"}`, 200, ""},

		{"deepseek reasoning missing", DeepSeek(), messages(`{"role":"user","content":"x"},` + calls + `,{"role":"tool","tool_call_id":"c1","content":"x"}`), 400, "reasoning_content"},
		{"deepseek reasoning empty", DeepSeek(), messages(`{"role":"user","content":"x"},` + strings.Replace(calls, `"content"`, `"reasoning_content":"","content"`, 1) + `,{"role":"tool","tool_call_id":"c1","content":"x"}`), 200, ""},
		{"deepseek schema", DeepSeek(), `{"model":"m",` + user + `,"response_format":{"type":"json_schema","json_schema":{"name":"a","schema":{}}}}`, 400, "response_format"},
		{"doubao signature", Doubao(), messages(`{"role":"user","content":"x"},{"role":"assistant","content":"x","encrypted_content":"changed"},{"role":"user","content":"x"}`), 400, "Invalid signature"},
		{"doubao signature kept", Doubao(), messages(`{"role":"user","content":"x"},{"role":"assistant","content":"x","encrypted_content":"` + doubaoBlob + `"},{"role":"user","content":"x"}`), 200, ""},
		{"deepseek reasoning missing without thinking", DeepSeek(), strings.Replace(messages(`{"role":"user","content":"x"},`+calls+`,{"role":"tool","tool_call_id":"c1","content":"x"}`), `{"model"`, `{"thinking":{"type":"disabled"},"model"`, 1), 200, ""},
		{"deepseek effort", DeepSeek(), `{"model":"m",` + user + `,"reasoning_effort":"ultra"}`, 200, ""},
		{"deepseek unknown effort", DeepSeek(), `{"model":"m",` + user + `,"reasoning_effort":"none"}`, 400, "reasoning_effort"},
		{"deepseek unknown thinking", DeepSeek(), `{"model":"m",` + user + `,"thinking":{"type":"auto"}}`, 400, "thinking.type"},
		{"deepseek prefix", DeepSeek(), messages(`{"role":"user","content":"x"},{"role":"assistant","content":"x","prefix":true}`), 400, "beta"},
		{"deepseek strict tool", DeepSeek(), `{"model":"m",` + user + `,` + strings.Replace(tool, `"name"`, `"strict":true,"name"`, 1) + `}`, 400, "beta"},
		{"deepseek blind model", DeepSeek(), `{"model":"deepseek-v4-pro","messages":[{"role":"user","content":[{"type":"image_url","image_url":{"url":"https://x"}}]}]}`, 400, "images"},
		{"deepseek unknown field", DeepSeek(), `{"model":"m",` + user + `,"seed":1}`, 400, "seed"},
		{"doubao stop", Doubao(), think("doubao-seed-2-1-pro-260628", `,"stop":["x"]`), 400, "stop"},
		{"doubao stop of an old model", Doubao(), think("doubao-1-5-pro-32k-250115", `,"stop":["x"]`), 200, ""},
		{"doubao choice of an old model", Doubao(), think("doubao-1-5-pro-32k-250115", `,`+tool+`,"tool_choice":"auto"`), 400, "tool_choice"},
		{"doubao auto", Doubao(), think("doubao-seed-2-1-pro-260628", `,"thinking":{"type":"auto"}`), 400, "Unsupported thinking type"},
		{"doubao auto of flash", Doubao(), think("doubao-seed-1-6-flash-250828", `,"thinking":{"type":"auto"}`), 200, ""},
		{"doubao max", Doubao(), think("doubao-seed-2-1-pro-260628", `,"reasoning_effort":"max"`), 400, "reasoning_effort"},
		{"doubao max of others", Doubao(), think("glm-5-2-260617", `,"reasoning_effort":"max"`), 200, ""},
		{"doubao two limits", Doubao(), think("ep-1", `,"max_tokens":1,"max_completion_tokens":1`), 400, "both"},
		{"doubao large limit", Doubao(), think("ep-1", `,"max_completion_tokens":65537`), 400, "max_completion_tokens"},
		{"doubao short name", Doubao(), think("doubao-seed-2-1-pro", ``), 404, "does not exist"},
		{"doubao bot at the wrong address", Doubao(), think("bot-1", ``), 404, "does not exist"},
		{"huawei switch", Huawei(), think("openpangu-2.0-flash", `,"thinking":{"type":"enabled"}`), 200, ""},
		{"huawei switch of the template", Huawei(), think("openpangu-2.0-flash", `,"chat_template_kwargs":{"enable_thinking":true}`), 400, "extra fields"},
		{"huawei switch of qwen", Huawei(), think("qwen3-32b", `,"thinking":{"type":"enabled"}`), 400, "extra fields"},
		{"huawei seed", Huawei(), think("openpangu-2.0-flash", `,"seed":1`), 400, "seed"},
		{"huawei prefix", Huawei(), messages(`{"role":"user","content":"x"},{"role":"assistant","content":"x","prefix":true}`), 400, "extra fields"},
		{"huawei thinking and tools", Huawei(), think("deepseek-v3.1-terminus", `,`+tool), 400, "at once"},
		{"huawei reasoning missing", Huawei(), strings.Replace(messages(`{"role":"user","content":"x"},`+calls+`,{"role":"tool","tool_call_id":"c1","content":"x"}`), `"m"`, `"deepseek-v4-pro"`, 1), 400, "reasoning_content"},
		{"huawei blind model", Huawei(), `{"model":"openpangu-2.0-pro","messages":[{"role":"user","content":[{"type":"image_url","image_url":{"url":"https://x"}}]}]}`, 400, "images"},
		{"huawei unknown field", Huawei(), `{"model":"m",` + user + `,"parallel_tool_calls":true}`, 400, "parallel_tool_calls"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			srv := NewServer(t, Config{Vendor: tt.vendor, Strict: true})
			status, body := client{t, srv}.post("/chat/completions", tt.body)
			require.Equal(t, tt.status, status, body)
			if tt.says == "" {
				require.Empty(t, srv.Refusals())
				return
			}
			require.Contains(t, body, strings.Trim(quote(tt.says), `"`))
			require.Len(t, srv.Refusals(), 1)
			require.Contains(t, srv.Refusals()[0], tt.says)
		})
	}
}

func TestUndocumentedFieldsAreIgnoredUnlessStrict(t *testing.T) {
	t.Parallel()
	srv := NewServer(t, Config{Vendor: Qwen()})
	status, _ := client{t, srv}.post("/chat/completions", `{"model":"m","messages":[{"role":"user","content":"x"}],"nonsense":1}`)
	require.Equal(t, 200, status)
}

func TestKeyAndModel(t *testing.T) {
	t.Parallel()
	srv := NewServer(t, Config{Vendor: Qwen(), Key: "sk-beijing", Model: "qwen-plus"})
	c := client{t, srv}
	const right = `{"model":"qwen-plus","messages":[{"role":"user","content":"x"}]}`

	status, _ := c.post("/chat/completions", right)
	require.Equal(t, 200, status)
	status, body := c.post("/chat/completions", right, "Authorization", "Bearer sk-singapore")
	require.Equal(t, 401, status)
	require.Contains(t, body, "invalid_api_key")
	status, _ = c.post("/chat/completions", right, "Authorization", "")
	require.Equal(t, 401, status)
	status, body = c.post("/chat/completions", strings.Replace(right, "qwen-plus", "qwen", 1))
	require.Equal(t, 404, status)
	require.Contains(t, body, "model_not_found")
	status, _ = c.post("//chat/completions", right)
	require.Equal(t, 404, status)
	status, _ = c.post("/chat/completions", right, "Content-Type", "text/plain")
	require.Equal(t, 400, status)
	require.Equal(t, "Bearer sk-singapore", srv.Requests()[1].Header.Get("Authorization"))
}

func TestAnswerStreams(t *testing.T) {
	t.Parallel()
	srv := NewServer(t, Config{Vendor: Qwen()})
	answer := Answer{Reasoning: "想", Text: "你好吗", Calls: []assistant.ToolCall{{ID: "c1", Name: "now", Arguments: "{}"}}}
	srv.Script(answer, answer)
	_, stream := client{t, srv}.post("/chat/completions", `{"model":"qwen-max","messages":[{"role":"user","content":"x"}],"stream":true}`)
	for _, want := range []string{
		`"reasoning_content":"想"`, `"content":"你好"`, `"content":"吗"`, `"name":"now","arguments":"{}"`,
		`"finish_reason":"tool_calls"`, `"choices":[],"object"`, `"model":"qwen-max"`, "data: [DONE]\n\n",
	} {
		require.Contains(t, stream, want)
	}
	_, whole := client{t, srv}.post("/chat/completions", `{"model":"qwen-max","messages":[{"role":"user","content":"x"}]}`)
	require.Contains(t, whole, `"message":{"role":"assistant","content":"你好吗","reasoning_content":"想","tool_calls":[{`)
	require.NotContains(t, whole, "data:")
}

// What is scripted arrives byte for byte.
func TestBytesArriveUnchanged(t *testing.T) {
	t.Parallel()
	const body = "data: 你好\r\n\r\n: x\n\xff\x00"
	for name, r := range map[string]Response{
		"one piece": SSE(body), "dripping": SSE(body).Dripping(1, time.Microsecond),
		"late": SSE(body).Ending(EndLate), "closed": SSE(body).Ending(EndClose),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			srv := NewServer(t, Config{})
			srv.Script(r)
			_, got := client{t, srv}.post("/chat/completions", `{"model":"m","messages":[{"role":"user","content":"x"}]}`)
			require.Equal(t, body, got)
		})
	}
}

func TestBrokenEnds(t *testing.T) {
	t.Parallel()
	for name, end := range map[string]End{"unexpected EOF": EndShort, "connection reset": EndReset} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			srv := NewServer(t, Config{})
			srv.Script(SSE("data: 1\n\n").Ending(end))
			req, err := http.NewRequest("POST", srv.URL+"/chat/completions", bytes.NewReader([]byte(`{"model":"m","messages":[{"role":"user","content":"x"}]}`)))
			require.NoError(t, err)
			req.Header.Set("Content-Type", "application/json")
			req.Header.Set("Authorization", "Bearer "+srv.Key)
			resp, err := (&http.Client{Transport: &http.Transport{DisableKeepAlives: true}}).Do(req)
			if err == nil {
				defer resp.Body.Close()
				_, err = io.ReadAll(resp.Body)
			}
			require.ErrorContains(t, err, name)
		})
	}
}

func TestCloseEndsSilence(t *testing.T) {
	t.Parallel()
	srv, err := Start(Config{})
	require.NoError(t, err)
	srv.Script(Response{Delay: Forever})
	done := make(chan error)
	go func() {
		resp, err := http.Post(srv.URL+"/chat/completions", "application/json", nil)
		if err == nil {
			resp.Body.Close() // refused for want of a key
		}
		done <- err
	}()
	require.NoError(t, <-done)
	srv.Close()
	srv.Close() // twice is harmless

	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	require.ErrorIs(t, srv.AwaitAbort(ctx), context.Canceled)
}
