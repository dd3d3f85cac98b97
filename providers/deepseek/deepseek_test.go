package deepseek_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/zhushou-ai/zhushou/assistant"
	"github.com/zhushou-ai/zhushou/providers/deepseek"
	"github.com/zhushou-ai/zhushou/providers/providertest"
)

const secret = "sk-secret-0123456789"

// open returns a model in front of a strict fake.
func open(t *testing.T, cfg deepseek.Config) (*deepseek.Model, *providertest.Server) {
	t.Helper()
	srv := providertest.NewServer(t, providertest.Config{Vendor: providertest.DeepSeek(), Strict: true, Key: secret})
	tr := &http.Transport{}
	t.Cleanup(tr.CloseIdleConnections)
	cfg.BaseURL, cfg.Key, cfg.HTTPClient = srv.Origin+cfg.BaseURL, secret, &http.Client{Transport: tr}
	m, err := deepseek.New(cfg)
	require.NoError(t, err)
	return m, srv
}

// sent returns the request that the adapter makes of req, and the reply to it.
func sent(t *testing.T, cfg deepseek.Config, req *assistant.Request) (path string, body map[string]any, r *assistant.Reply) {
	t.Helper()
	m, srv := open(t, cfg)
	if req.Messages == nil {
		req.Messages = []assistant.Message{assistant.User("你好")}
	}
	r, err := assistant.Generate(t.Context(), m, req)
	require.NoError(t, err)
	require.Len(t, srv.Requests(), 1)
	require.NoError(t, srv.Requests()[0].Decode(&body))
	return srv.Requests()[0].Path, body, r
}

func dropped(r *assistant.Reply) string {
	var fields []string
	for _, d := range r.Dropped {
		fields = append(fields, d.Field)
	}
	return strings.Join(fields, " ")
}

func compact(t *testing.T, v any) string {
	t.Helper()
	b, err := json.Marshal(v)
	require.NoError(t, err)
	return string(b)
}

func TestFields(t *testing.T) {
	t.Parallel()
	think := func(mode assistant.Switch, effort assistant.Effort) assistant.Request {
		return assistant.Request{Thinking: assistant.Thinking{Mode: mode, Effort: effort}}
	}
	clock := []*assistant.ToolSpec{{Name: "now"}}
	forced := assistant.ToolChoice{Mode: assistant.ToolForced, Name: "now"}
	const on, off = `{"type":"enabled"}`, `{"type":"disabled"}`
	tests := []struct {
		name    string
		model   string
		req     assistant.Request
		want    map[string]string // JSON of fields; "null" stands for absent
		dropped string
	}{
		{"thinking is left to the vendor", "", assistant.Request{}, map[string]string{"thinking": "null", "reasoning_effort": "null"}, ""},
		{"on", "", think(assistant.On, ""), map[string]string{"thinking": on, "reasoning_effort": "null"}, ""},
		{"off", "", think(assistant.Off, ""), map[string]string{"thinking": off}, ""},
		{"low", "", think(assistant.Default, assistant.EffortLow), map[string]string{"thinking": on, "reasoning_effort": `"low"`}, ""},
		{"medium is the middle", "", think(assistant.On, assistant.EffortMedium), map[string]string{"reasoning_effort": `"high"`}, ""},
		{"high", "", think(assistant.On, assistant.EffortHigh), map[string]string{"reasoning_effort": `"high"`}, ""},
		{"max", "deepseek-v4-pro", think(assistant.On, assistant.EffortMax), map[string]string{"reasoning_effort": `"max"`}, ""},
		{"budget", "", assistant.Request{Thinking: assistant.Thinking{Budget: 100}}, map[string]string{"thinking": on}, "Thinking.Budget"},
		{"old name that does not think", "deepseek-chat", think(assistant.On, ""), map[string]string{"thinking": "null"}, "Thinking"},
		{"old name that always thinks", "deepseek-reasoner", think(assistant.Off, ""), map[string]string{"thinking": "null"}, "Thinking.Mode"},
		{"unknown name", "my-finetune", think(assistant.Off, ""), map[string]string{"thinking": off}, ""},

		{"ignored while it thinks", "", assistant.Request{Temperature: assistant.Some(0.0), PresencePenalty: assistant.Some(1.0), FrequencyPenalty: assistant.Some(1.0), TopP: assistant.Some(0.5)},
			map[string]string{"temperature": "null", "presence_penalty": "null", "frequency_penalty": "null", "top_p": "0.5"}, "Temperature FrequencyPenalty PresencePenalty"},
		{"taken while it does not", "", assistant.Request{Thinking: assistant.Thinking{Mode: assistant.Off}, Temperature: assistant.Some(3.0), PresencePenalty: assistant.Some(1.0)},
			map[string]string{"temperature": "2", "presence_penalty": "1"}, "Temperature"},
		{"unknown to the vendor", "", assistant.Request{Seed: assistant.Some(int64(1)), TopK: 3, Search: assistant.Search{Mode: assistant.On}},
			map[string]string{"seed": "null", "top_k": "null"}, "TopK Seed Search"},
		{"user", "", assistant.Request{User: "u1", MaxTokens: 9}, map[string]string{"user_id": `"u1"`, "user": "null", "max_tokens": "9"}, ""},

		{"a forced tool ends thinking by nature", "", assistant.Request{Tools: clock, ToolChoice: forced},
			map[string]string{"thinking": off, "tool_choice": `{"function":{"name":"now"},"type":"function"}`}, ""},
		{"thinking that was asked for wins", "", assistant.Request{Tools: clock, ToolChoice: forced, Thinking: assistant.Thinking{Mode: assistant.On}},
			map[string]string{"thinking": on, "tool_choice": "null"}, "ToolChoice"},
		{"thinking in the caller's own words counts", "", assistant.Request{Tools: clock, ToolChoice: forced, Extra: map[string]map[string]any{"deepseek": {"thinking": map[string]any{"type": "enabled"}}}},
			map[string]string{"thinking": on, "tool_choice": "null"}, "ToolChoice"},
		{"one call", "", assistant.Request{Tools: clock, SingleTool: true}, map[string]string{"parallel_tool_calls": "null"}, "SingleTool"},

		{"schema in words", "", assistant.Request{Format: assistant.Format{Kind: assistant.FormatSchema, Schema: json.RawMessage(`{"type":"object"}`)}},
			map[string]string{"response_format": `{"type":"json_object"}`}, "Format.Schema"},
		{"JSON", "", assistant.Request{Format: assistant.Format{Kind: assistant.FormatJSON}}, map[string]string{"response_format": `{"type":"json_object"}`,
			"messages": `[{"content":"请只输出一个 JSON 对象,不要输出其他文字。","role":"system"},{"content":"你好","role":"user"}]`}, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			_, body, r := sent(t, deepseek.Config{Model: tt.model}, &tt.req)
			for field, want := range tt.want {
				require.Equal(t, want, compact(t, body[field]), field)
			}
			require.Equal(t, tt.dropped, dropped(r))
		})
	}
}

func TestMessages(t *testing.T) {
	t.Parallel()
	think := func(text, vendor string) assistant.Part { return assistant.Reasoning{Text: text, Vendor: vendor} }
	call := assistant.ToolCall{ID: "call_00_a1", Name: "now", Arguments: "{}"}
	const callJSON = `[{"function":{"arguments":"{}","name":"now"},"id":"call_00_a1","type":"function"}]`
	turn := func(parts ...assistant.Part) []assistant.Message {
		return []assistant.Message{
			assistant.User("几点?"), {Role: assistant.RoleAssistant, Parts: parts},
			assistant.Results(assistant.ToolResult{ID: "call_00_a1", Name: "now", Parts: []assistant.Part{assistant.Text{Text: "八点"}}}),
		}
	}
	around := func(answer string) string {
		return `[{"content":"几点?","role":"user"},` + answer + `,{"content":"八点","role":"tool","tool_call_id":"call_00_a1"}]`
	}
	link := assistant.Media{URL: "https://example.com/a.png"}
	picture := []assistant.Message{{Role: assistant.RoleUser, Parts: []assistant.Part{assistant.Text{Text: "看"}, assistant.Image{Media: link}, assistant.Image{Media: assistant.Media{FileID: "file-1"}}}}}
	tests := []struct {
		name, model string
		messages    []assistant.Message
		want        string
		dropped     string
	}{
		{"thinking goes back with its calls", "", turn(think("想", "deepseek"), call),
			around(`{"content":"","reasoning_content":"想","role":"assistant","tool_calls":` + callJSON + `}`), ""},
		{"another vendor's does not", "", turn(think("想", "qwen"), call),
			around(`{"content":"","reasoning_content":"","role":"assistant","tool_calls":` + callJSON + `}`), ""},
		{"none is an empty one", "", turn(assistant.Text{Text: "我看看"}, call),
			around(`{"content":"我看看","reasoning_content":"","role":"assistant","tool_calls":` + callJSON + `}`), ""},
		{"nothing for those that do not think", "deepseek-chat", turn(think("想", "deepseek"), call),
			around(`{"content":"","role":"assistant","tool_calls":` + callJSON + `}`), ""},
		{"not without calls", "", []assistant.Message{assistant.User("一"), {Role: assistant.RoleAssistant, Parts: []assistant.Part{think("想", "deepseek"), assistant.Text{Text: "好"}}}, assistant.User("二")},
			`[{"content":"一","role":"user"},{"content":"好","role":"assistant"},{"content":"二","role":"user"}]`, ""},
		{"pictures", "", picture,
			`[{"content":[{"text":"看","type":"text"},{"image_url":{"url":"https://example.com/a.png"},"type":"image_url"},{"file_id":"file-1","type":"file"}],"role":"user"}]`, ""},
		{"pictures for the blind", "deepseek-v4-pro", picture,
			`[{"content":[{"text":"看","type":"text"}],"role":"user"}]`, "Messages[0].Parts[1] Messages[0].Parts[2]"},
		{"detail of pictures", "", []assistant.Message{{Role: assistant.RoleUser, Parts: []assistant.Part{assistant.Image{Media: link, Detail: "low"}}}},
			`[{"content":[{"image_url":{"url":"https://example.com/a.png"},"type":"image_url"}],"role":"user"}]`, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			_, body, r := sent(t, deepseek.Config{Model: tt.model}, &assistant.Request{Messages: tt.messages})
			require.Equal(t, tt.want, compact(t, body["messages"]))
			require.Equal(t, tt.dropped, dropped(r))
		})
	}
}

// A turn without its thinking is what most histories of other programs hold; the vendor refuses it.
func TestMissingThinkingIsExplained(t *testing.T) {
	t.Parallel()
	m, srv := open(t, deepseek.Config{})
	v := providertest.DeepSeek()
	srv.Script(v.Fail(providertest.Fault{Status: 400, Code: "invalid_request_error", Type: "invalid_request_error",
		Message: "The reasoning_content in the thinking mode must be passed back to the API."}))
	_, err := assistant.Generate(t.Context(), m, &assistant.Request{Messages: []assistant.Message{assistant.User("你好")}})
	require.ErrorIs(t, err, assistant.ErrInvalid)
	require.ErrorContains(t, err, "keep the Reasoning parts of the history")
}

func TestContinuedAnswers(t *testing.T) {
	t.Parallel()
	poem := []assistant.Message{assistant.User("写诗"), {Role: assistant.RoleAssistant, Partial: true, Parts: []assistant.Part{assistant.Text{Text: "床前"}}}}
	const want = `[{"content":"写诗","role":"user"},{"content":"床前","prefix":true,"role":"assistant"}]`
	for base, path := range map[string]string{"": "/beta/chat/completions", "/": "/beta/chat/completions", "/v1": "/beta/chat/completions", "/beta/": "/beta/chat/completions"} {
		got, body, r := sent(t, deepseek.Config{BaseURL: base}, &assistant.Request{Messages: poem})
		require.Equal(t, path, got, base)
		require.Equal(t, want, compact(t, body["messages"]))
		require.Empty(t, r.Dropped)
	}
	path, _, _ := sent(t, deepseek.Config{BaseURL: "/v1"}, &assistant.Request{})
	require.Equal(t, "/v1/chat/completions", path, "other requests stay where they are")
}

func TestStrictTools(t *testing.T) {
	t.Parallel()
	for _, model := range []string{"", "deepseek-v4-pro"} {
		path, body, _ := sent(t, deepseek.Config{StrictTools: true, Model: model}, &assistant.Request{Tools: []*assistant.ToolSpec{{Name: "now"}}})
		require.Equal(t, "/beta/chat/completions", path)
		require.Equal(t, `[{"function":{"name":"now","parameters":{"properties":{},"type":"object"},"strict":true},"type":"function"}]`, compact(t, body["tools"]))
	}
}

func TestSameAs(t *testing.T) {
	t.Parallel()
	cfg := deepseek.Config{Model: "deepseek-v5-blind", SameAs: map[string]string{"deepseek-v5-blind": "deepseek-v4-pro"}}
	_, body, r := sent(t, cfg, &assistant.Request{Messages: []assistant.Message{{Role: assistant.RoleUser, Parts: []assistant.Part{assistant.Text{Text: "看"}, assistant.Image{Media: assistant.Media{URL: "https://example.com/a.png"}}}}}})
	require.Equal(t, "deepseek-v5-blind", body["model"])
	require.Equal(t, "Messages[0].Parts[1]", dropped(r))
}

func TestFill(t *testing.T) {
	t.Parallel()
	for _, whole := range []bool{false, true} {
		m, srv := open(t, deepseek.Config{DisableStreaming: whole})
		srv.ScriptFor(providertest.FillService, providertest.Answer{Text: "return a + b"})
		var c assistant.Collector
		for chunk, err := range m.Fill(t.Context(), deepseek.Gap{
			Before: "def add(a, b):\n    ", After: "\n", MaxTokens: 9000, Temperature: assistant.Some(0.0), TopP: assistant.Some(0.5), Stop: []string{"\n\n"},
		}) {
			require.NoError(t, err)
			c.Add(chunk)
		}
		r := c.Reply()
		require.Equal(t, "return a + b", r.Text())
		require.Equal(t, assistant.FinishStop, r.Finish)
		require.Equal(t, 12, r.Usage.Output)
		require.Equal(t, "deepseek", r.Vendor)
		require.Equal(t, "MaxTokens", dropped(r))
		var body map[string]any
		require.Equal(t, "/beta/completions", srv.Requests()[0].Path)
		require.NoError(t, srv.Requests()[0].Decode(&body))
		delete(body, "stream")
		delete(body, "stream_options")
		require.Equal(t, `{"max_tokens":4096,"model":"deepseek-flash","prompt":"def add(a, b):\n    ","stop":["\n\n"],"suffix":"\n","temperature":0,"top_p":0.5}`, compact(t, body))
	}
}

func TestFillFails(t *testing.T) {
	t.Parallel()
	fill := func(m *deepseek.Model, gap deepseek.Gap) (text string, last error) {
		for chunk, err := range m.Fill(t.Context(), gap) {
			require.NoError(t, last)
			text, last = text+chunk.Text, err
		}
		return text, last
	}
	m, srv := open(t, deepseek.Config{})
	_, err := fill(m, deepseek.Gap{After: "x"})
	require.ErrorIs(t, err, assistant.ErrInvalid)
	require.Empty(t, srv.Requests())

	srv.ScriptFor(providertest.FillService,
		providertest.DeepSeek().Fail(providertest.Fault{Status: 402, Message: "Insufficient Balance"}),
		providertest.SSE("data: {\"choices\":[{\"index\":0,\"text\":\"一\"}]}\n\n"))
	_, err = fill(m, deepseek.Gap{Before: "x"})
	require.ErrorIs(t, err, assistant.ErrQuota)
	text, err := fill(m, deepseek.Gap{Before: "x", Model: "deepseek-v4-pro"})
	require.ErrorIs(t, err, assistant.ErrTruncated)
	require.Equal(t, "一", text)
	require.False(t, assistant.Retryable(err), "part of it has been seen")
}

func TestBalance(t *testing.T) {
	t.Parallel()
	m, srv := open(t, deepseek.Config{BaseURL: "/v1"})
	got, err := m.Balance(t.Context())
	require.NoError(t, err)
	require.Equal(t, deepseek.Balance{Available: true, Purses: []deepseek.Purse{{Currency: "CNY", Total: "110.00", Granted: "10.00", ToppedUp: "100.00"}}}, got)

	srv.ScriptFor(providertest.AccountService, providertest.JSON(200, `{}`), providertest.JSON(200, `{"is_available":true,"balance_infos":7}`),
		providertest.JSON(500, ``), providertest.JSON(200, `{"is_available":false}`))
	for _, want := range []assistant.ErrorKind{assistant.ErrProtocol, assistant.ErrProtocol, assistant.ErrServer} {
		_, err = m.Balance(t.Context())
		require.ErrorIs(t, err, want)
	}
	got, err = m.Balance(t.Context())
	require.NoError(t, err)
	require.False(t, got.Available)
}

func TestSearch(t *testing.T) {
	t.Parallel()
	m, srv := open(t, deepseek.Config{BaseURL: "/beta"})
	got, err := m.Search(t.Context(), deepseek.Search{Query: "杭州 <天气> site:example.com", Question: "明天带伞吗?", UserIP: "203.0.113.7", Contents: true})
	require.NoError(t, err)
	require.Equal(t, []deepseek.Page{
		{Title: "杭州 <天气> site:example.com", URL: "https://example.com/1", Summary: "第1页的摘要", Content: "第1页的全文", Score: 2.5},
		{Title: "杭州 <天气> site:example.com", URL: "https://example.com/2", Summary: "第2页的摘要", Content: "第2页的全文", Score: 2},
	}, got)
	require.Equal(t, "/v1/tools/search", srv.Requests()[0].Path)
	require.Equal(t, `{"localization":"203.0.113.7","need_content":true,"ori_question":"明天带伞吗?","query":"杭州 <天气> site:example.com"}`, string(srv.Requests()[0].Body))
	got, err = m.Search(t.Context(), deepseek.Search{Query: strings.Repeat("长", 128), Count: 1})
	require.NoError(t, err)
	require.Len(t, got, 1)

	for _, s := range []deepseek.Search{{}, {Query: strings.Repeat("长", 129)}, {Query: "x", Question: strings.Repeat("长", 129)}, {Query: "x", Count: 51}, {Query: "x", Count: -1}} {
		_, err = m.Search(t.Context(), s)
		require.ErrorIs(t, err, assistant.ErrInvalid)
	}
	require.Len(t, srv.Requests(), 2)

	for body, want := range map[string]assistant.ErrorKind{`{}`: assistant.ErrProtocol, `{"results":7}`: assistant.ErrProtocol, `{"error":{"message":"Insufficient Balance"}}`: assistant.ErrQuota} {
		srv.ScriptFor(providertest.SearchService, providertest.JSON(200, body))
		_, err = m.Search(t.Context(), deepseek.Search{Query: "x"})
		require.ErrorIs(t, err, want, body)
	}
	srv.ScriptFor(providertest.SearchService, providertest.JSON(200, `{"results":[]}`))
	got, err = m.Search(t.Context(), deepseek.Search{Query: "x"})
	require.NoError(t, err)
	require.Empty(t, got)
}

func TestNew(t *testing.T) {
	t.Setenv(deepseek.KeyVar, "")
	t.Setenv(deepseek.BaseURLVar, "")
	_, err := deepseek.New(deepseek.Config{})
	require.ErrorContains(t, err, deepseek.KeyVar)
	_, err = deepseek.New(deepseek.Config{Key: secret, BaseURL: "http://u:" + secret + "@a b"})
	require.ErrorContains(t, err, "base URL")
	require.NotContains(t, err.Error(), secret)
	_, err = deepseek.New(deepseek.Config{Key: secret, BetaURL: "localhost"})
	require.ErrorContains(t, err, "base URL")
	m, err := deepseek.New(deepseek.Config{Key: secret})
	require.NoError(t, err)
	require.Equal(t, "deepseek/deepseek-flash", m.String())
	require.NotContains(t, fmt.Sprintf("%v %+v %#v %s %+v", m, *m, *m, compact(t, m), deepseek.Config{Key: secret}), secret)
	t.Setenv(deepseek.KeyVar, "k")
	t.Setenv(deepseek.BaseURLVar, "localhost")
	_, err = deepseek.New(deepseek.Config{})
	require.ErrorContains(t, err, "base URL")
}
