package qwen_test

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/zhushou-ai/zhushou/assistant"
	"github.com/zhushou-ai/zhushou/providers/providertest"
	"github.com/zhushou-ai/zhushou/providers/qwen"
)

func transport(t *testing.T) *http.Client {
	t.Helper()
	tr := &http.Transport{}
	t.Cleanup(tr.CloseIdleConnections)
	return &http.Client{Transport: tr}
}

// sent returns the body of the request that the adapter makes of req, without what all requests have,
// and the reply to it.
func sent(t *testing.T, cfg qwen.Config, req *assistant.Request) (map[string]any, *assistant.Reply) {
	t.Helper()
	body := map[string]any{}
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		data, _ := io.ReadAll(r.Body)
		_ = json.Unmarshal(data, &body)
		if body["stream"] != true {
			w.Header().Set("Content-Type", "application/json")
			_, _ = io.WriteString(w, `{"choices":[{"message":{"content":"好"},"finish_reason":"stop"}]}`)
			return
		}
		w.Header().Set("Content-Type", "text/event-stream")
		_, _ = io.WriteString(w, `data: {"choices":[{"delta":{"content":"好"},"finish_reason":"stop"}]}`+"\n\ndata: [DONE]\n\n")
	}))
	t.Cleanup(srv.Close)
	cfg.BaseURL, cfg.HTTPClient, cfg.Key = srv.URL, transport(t), "sk-1"
	m, err := qwen.New(cfg)
	require.NoError(t, err)
	if req.Messages == nil {
		req.Messages = []assistant.Message{assistant.User("你好")}
	}
	r, err := assistant.Generate(t.Context(), m, req)
	require.NoError(t, err)
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

// TestThinking checks the switch, the budget and the effort for each family of models.
func TestThinking(t *testing.T) {
	t.Parallel()
	on := assistant.Thinking{Mode: assistant.On}
	off := assistant.Thinking{Mode: assistant.Off}
	low := assistant.Thinking{Effort: assistant.EffortLow}
	most := assistant.Thinking{Effort: assistant.EffortMax}
	tests := []struct {
		model    string
		thinking assistant.Thinking
		want     string // enable_thinking, thinking_budget, reasoning_effort
		dropped  []string
	}{
		{"qwen-plus", assistant.Thinking{}, "<nil> <nil> <nil>", nil},
		{"qwen-plus", on, "true <nil> <nil>", nil},
		{"qwen-plus", off, "false <nil> <nil>", nil},
		{"qwen-plus-2025-07-28", assistant.Thinking{Budget: 99}, "true 99 <nil>", nil},
		{"qwen3-max", low, "true 4096 <nil>", nil},
		{"qwen3.7-plus", most, "true <nil> <nil>", nil},
		{"qwen3.8-max-0902", low, "true <nil> low", nil},
		{"qwen3.8-max", most, "true <nil> xhigh", nil},
		{"qwen3-32b", off, "false <nil> <nil>", nil},
		{"qwen3-235b-a22b", on, "true <nil> <nil>", nil},
		{"qwq-plus", off, "<nil> <nil> <nil>", []string{"Thinking.Mode"}},
		{"qwen3-next-80b-a3b-thinking", low, "<nil> 4096 <nil>", nil},
		{"qwen3-235b-a22b-instruct-2507", on, "<nil> <nil> <nil>", []string{"Thinking"}},
		{"qwen3-coder-plus", on, "<nil> <nil> <nil>", []string{"Thinking"}},
		{"qwen-long", off, "<nil> <nil> <nil>", nil},
		{"qwen-mt-plus", low, "<nil> <nil> <nil>", []string{"Thinking"}},
		{"deepseek-v4-pro", most, "true <nil> max", nil},
		{"my-own-finetune", on, "true <nil> <nil>", nil},
		{"my-own-finetune", assistant.Thinking{}, "<nil> <nil> <nil>", nil},
	}
	for _, tt := range tests {
		t.Run(fmt.Sprint(tt.model, tt.thinking), func(t *testing.T) {
			t.Parallel()
			body, r := sent(t, qwen.Config{Model: tt.model}, &assistant.Request{Thinking: tt.thinking})
			require.Equal(t, tt.want, fmt.Sprintf("%v %v %v", body["enable_thinking"], body["thinking_budget"], body["reasoning_effort"]))
			require.Equal(t, tt.dropped, dropped(r))
		})
	}
}

func TestStreamOnlyModels(t *testing.T) {
	t.Parallel()
	for model, want := range map[string]bool{
		"qwen-plus": false, "qwq-plus": true, "qvq-max": true, "qwen3-omni-flash": true, "qwen3-32b": true,
		"qwen3-30b-a3b-thinking-2507": true, "qwen3-30b-a3b-instruct-2507": false,
	} {
		t.Run(model, func(t *testing.T) {
			t.Parallel()
			body, r := sent(t, qwen.Config{Model: model, DisableStreaming: true}, &assistant.Request{})
			require.Equal(t, want, body["stream"] == true)
			require.Equal(t, "好", r.Text())
		})
	}
	body, _ := sent(t, qwen.Config{Model: "qwen3-32b", DisableStreaming: true}, &assistant.Request{Thinking: assistant.Thinking{Mode: assistant.Off}})
	require.Nil(t, body["stream"], "it answers without a stream if it does not think")
}

func TestFields(t *testing.T) {
	t.Parallel()
	clock := []*assistant.ToolSpec{{Name: "now"}}
	forced := assistant.ToolChoice{Mode: assistant.ToolForced, Name: "now"}
	tests := []struct {
		name    string
		model   string
		req     assistant.Request
		want    map[string]any // what must be there; nil stands for absent
		dropped []string
	}{
		{"several calls are asked for", "", assistant.Request{Tools: clock}, map[string]any{"parallel_tool_calls": true}, nil},
		{"one call", "", assistant.Request{Tools: clock, SingleTool: true}, map[string]any{"parallel_tool_calls": false}, nil},
		{"a forced tool ends thinking by nature", "qwen3.7-plus", assistant.Request{Tools: clock, ToolChoice: forced}, map[string]any{"enable_thinking": false, "tool_choice": map[string]any{"type": "function", "function": map[string]any{"name": "now"}}}, nil},
		{"thinking that was asked for wins", "qwen3.7-plus", assistant.Request{Tools: clock, ToolChoice: forced, Thinking: assistant.Thinking{Mode: assistant.On}}, map[string]any{"enable_thinking": true, "tool_choice": nil}, []string{"ToolChoice"}},
		{"required is a forced tool if there is one", "", assistant.Request{Tools: clock, ToolChoice: assistant.ToolChoice{Mode: assistant.ToolRequired}}, map[string]any{"tool_choice": map[string]any{"type": "function", "function": map[string]any{"name": "now"}}}, nil},
		{"required is dropped if there are two", "", assistant.Request{Tools: append(clock, &assistant.ToolSpec{Name: "f"}), ToolChoice: assistant.ToolChoice{Mode: assistant.ToolRequired}}, map[string]any{"tool_choice": nil}, []string{"ToolChoice"}},

		{"ranges", "", assistant.Request{Temperature: assistant.Some(2.0), TopP: assistant.Some(1.0), Seed: assistant.Some(int64(1 << 31)), TopK: 5},
			map[string]any{"temperature": 1.999, "top_p": 0.999, "seed": nil, "top_k": 5.0}, []string{"Seed", "Temperature", "TopP"}},
		{"the newest take top_p of 1 and no cold", "qwen3.8-max", assistant.Request{Temperature: assistant.Some(0.1), TopP: assistant.Some(1.0)},
			map[string]any{"temperature": 0.6, "top_p": 1.0}, []string{"Temperature"}},
		{"fields of others", "", assistant.Request{User: "u", FrequencyPenalty: assistant.Some(1.0)}, map[string]any{"user": nil, "frequency_penalty": nil}, []string{"FrequencyPenalty", "User"}},

		{"search", "", assistant.Request{Search: assistant.Search{Mode: assistant.On}}, map[string]any{"enable_search": true, "search_options": nil}, nil},
		{"no search", "", assistant.Request{Search: assistant.Search{Mode: assistant.Off}}, map[string]any{"enable_search": false}, nil},
		{"search with options", "", assistant.Request{Search: assistant.Search{Forced: true, Sites: []string{"example.com"}, Days: 8}},
			map[string]any{"enable_search": true, "search_options": map[string]any{"forced_search": true, "assigned_site_list": []any{"example.com"}, "freshness": 30.0}}, []string{"Search.Days"}},
		{"search of long ago", "", assistant.Request{Search: assistant.Search{Days: 400, Sites: make([]string, 30)}}, map[string]any{"enable_search": true}, []string{"Search.Days", "Search.Sites"}},

		{"own fields", "", assistant.Request{Extra: map[string]map[string]any{"qwen": {"enable_code_interpreter": true}, "other": {"x": 1}}}, map[string]any{"enable_code_interpreter": true, "x": nil}, nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			body, r := sent(t, qwen.Config{Model: tt.model}, &tt.req)
			for field, want := range tt.want {
				require.Equal(t, want, body[field], field)
			}
			require.Equal(t, tt.dropped, dropped(r))
		})
	}
}

// TestMedia checks which families see and hear.
func TestMedia(t *testing.T) {
	t.Parallel()
	link := assistant.Media{URL: "https://example.com/a"}
	all := []assistant.Part{assistant.Text{Text: "看"}, assistant.Image{Media: link}, assistant.Video{Media: link},
		assistant.Video{Frames: []string{"https://example.com/1.png"}}, assistant.Audio{Media: link}}
	const sight, sound = "image_url video_url video", "input_audio"
	for model, want := range map[string]string{
		"": "", "qwen-plus-2025-07-28": "", "qwen-flash": "", "qwen-turbo-latest": "", "qwen-max": "", "qwen3-max": "", "qwen-long": "", "qwen-mt-plus": "",
		"qwq-plus": "", "qwen3-32b": "", "qwen3-235b-a22b-instruct-2507": "", "qwen3-next-80b-a3b-thinking": "", "qwen3-coder-plus": "",
		"qwen2.5-72b-instruct": "", "deepseek-v4-flash": "", "deepseek-r1": "",
		"qwen3-vl-plus": sight, "qwen3-vl-flash-2025-10-15": sight, "qwen-vl-ocr": sight, "qwen-vl-max": sight, "qvq-max": sight,
		"qwen3-vl-32b-instruct": sight, "qwen3-vl-32b-thinking": sight, "qwen2.5-vl-72b-instruct": sight, "qwen3-vl-8b": sight,
		"qwen3.5-flash": sight, "qwen3.6-plus": sight, "qwen3.7-max": sight, "qwen3.8-max-0902": sight,
		"qwen3-omni-flash": sight + " " + sound, "my-own-finetune": sight + " " + sound, "qwen3-asr-flash": sound,
	} {
		t.Run(model, func(t *testing.T) {
			t.Parallel()
			body, r := sent(t, qwen.Config{Model: model}, &assistant.Request{Messages: []assistant.Message{{Role: assistant.RoleUser, Parts: all}}})
			var kinds []string
			for _, p := range body["messages"].([]any)[0].(map[string]any)["content"].([]any)[1:] {
				kinds = append(kinds, p.(map[string]any)["type"].(string))
			}
			require.Equal(t, want, strings.Join(kinds, " "))
			require.Len(t, r.Dropped, len(all)-1-len(kinds), "what is not sent is said")
		})
	}
}

func TestMessages(t *testing.T) {
	t.Parallel()
	thought := assistant.Message{Role: assistant.RoleAssistant, Parts: []assistant.Part{
		assistant.Reasoning{Text: "想", Vendor: "qwen"}, assistant.Reasoning{Text: "别家", Vendor: "other"}, assistant.Text{Text: "好"},
	}}
	talk := []assistant.Message{assistant.User("一"), thought, assistant.User("二")}
	const prefix = `[{"content":"写诗","role":"user"},{"content":"床前","partial":true,"role":"assistant"}]`
	plain := `[{"content":"一","role":"user"},{"content":"好","role":"assistant"},{"content":"二","role":"user"}]`
	replayed := strings.Replace(plain, `"好",`, `"好","reasoning_content":"想",`, 1)
	tests := []struct {
		name string
		cfg  qwen.Config
		req  assistant.Request
		want string
	}{
		{"continued", qwen.Config{}, assistant.Request{Messages: []assistant.Message{assistant.User("写诗"), {Role: assistant.RoleAssistant, Partial: true, Parts: []assistant.Part{assistant.Text{Text: "床前"}}}}}, prefix},
		{"thinking stays here", qwen.Config{}, assistant.Request{Messages: talk}, plain},
		{"thinking preserved", qwen.Config{PreserveThinking: true}, assistant.Request{Messages: talk}, replayed},
		{"thinking preserved for one request", qwen.Config{}, assistant.Request{Messages: talk, Extra: map[string]map[string]any{"qwen": {"preserve_thinking": true}}}, replayed},
		{"the word json is added", qwen.Config{}, assistant.Request{Format: assistant.Format{Kind: assistant.FormatJSON}}, `[{"content":"请只输出一个 JSON 对象,不要输出其他文字。","role":"system"},{"content":"你好","role":"user"}]`},
		{"documents", qwen.Config{Model: "qwen-long"}, assistant.Request{Messages: []assistant.Message{{Role: assistant.RoleUser, Parts: []assistant.Part{assistant.Text{Text: "总结"}, assistant.File{Media: assistant.Media{FileID: "file-fe-1"}}}}}},
			`[{"content":"fileid://file-fe-1","role":"system"},{"content":[{"text":"总结","type":"text"}],"role":"user"}]`},
		{"sound", qwen.Config{Model: "qwen3-omni-flash"}, assistant.Request{Messages: []assistant.Message{{Role: assistant.RoleUser, Parts: []assistant.Part{assistant.Audio{Media: assistant.Media{Data: []byte("x"), MIME: "audio/wav"}}}}}},
			`[{"content":[{"input_audio":{"data":"data:;base64,eA==","format":"wav"},"type":"input_audio"}],"role":"user"}]`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			body, r := sent(t, tt.cfg, &tt.req)
			require.Empty(t, r.Dropped)
			got, err := json.Marshal(body["messages"])
			require.NoError(t, err)
			require.Equal(t, tt.want, string(got))
			require.Equal(t, strings.Contains(tt.name, "preserved"), body["preserve_thinking"] == true)
		})
	}
}

func TestNew(t *testing.T) {
	t.Setenv(qwen.KeyVar, "")
	t.Setenv(qwen.BaseURLVar, "")
	_, err := qwen.New(qwen.Config{})
	require.ErrorContains(t, err, qwen.KeyVar)
	_, err = qwen.New(qwen.Config{Key: "k", Region: "mars"})
	require.ErrorContains(t, err, `unknown region "mars"`)
	_, err = qwen.New(qwen.Config{Key: "k", Region: qwen.US, BaseURL: "http://localhost"})
	require.ErrorContains(t, err, "both set")
	m, err := qwen.New(qwen.Config{Key: "k", Region: qwen.International})
	require.NoError(t, err)
	require.Equal(t, "qwen/qwen-plus", m.String())
	t.Setenv(qwen.KeyVar, "k")
	t.Setenv(qwen.BaseURLVar, "localhost")
	_, err = qwen.New(qwen.Config{})
	require.ErrorContains(t, err, "base URL")
	_, err = qwen.New(qwen.Config{Region: qwen.Finance})
	require.NoError(t, err, "a region in the program wins over the environment")
}

func TestEmbedder(t *testing.T) {
	t.Parallel()
	srv := providertest.NewServer(t, providertest.Config{Vendor: providertest.Qwen()})
	for model, calls := range map[string]int{"text-embedding-v4": 3, "text-embedding-v2": 1, "qwen3.7-text-embedding": 2} {
		e, err := qwen.NewEmbedder(qwen.EmbedderConfig{
			Config:     qwen.Config{BaseURL: srv.URL, Key: assistant.Secret(srv.Key), HTTPClient: transport(t), Model: model},
			Dimensions: 64,
		})
		require.NoError(t, err)
		var texts []string
		for i := range 25 {
			texts = append(texts, fmt.Sprint("第", i))
		}
		before := len(srv.Requests())
		got, err := e.Embed(t.Context(), texts)
		require.NoError(t, err)
		for i, text := range texts {
			require.InDeltaSlice(t, providertest.Vector(text, 64), got[i], 1e-6)
		}
		require.Equal(t, calls, len(srv.Requests())-before, model)
	}
}

func TestReranker(t *testing.T) {
	t.Parallel()
	srv := providertest.NewServer(t, providertest.Config{Vendor: providertest.Qwen()})
	r, err := qwen.NewReranker(qwen.Config{BaseURL: srv.URL, Key: assistant.Secret(srv.Key), HTTPClient: transport(t)})
	require.NoError(t, err)
	docs := []string{"配送范围说明", "七天无理由退货,退款原路返回", "发票"}
	got, err := r.Rerank(t.Context(), "怎么退款", docs, 2)
	require.NoError(t, err)
	require.Len(t, got, 2)
	require.Equal(t, 1, got[0].Index)
	require.InDelta(t, providertest.Relevance("怎么退款", docs[1]), got[0].Score, 1e-6)

	got, err = r.Rerank(t.Context(), "怎么退款", nil, 2)
	require.NoError(t, err)
	require.Empty(t, got)
	_, err = r.Rerank(t.Context(), "怎么退款", make([]string, 501), 2)
	require.ErrorIs(t, err, assistant.ErrInvalid)
}

func TestKeyIsNotPrinted(t *testing.T) {
	t.Parallel()
	const key = "sk-secret-0123456789"
	cfg := qwen.EmbedderConfig{Config: qwen.Config{Key: key}}
	m, err := qwen.New(cfg.Config)
	require.NoError(t, err)
	for _, v := range []any{cfg, &cfg, cfg.Config, m, *m} {
		j, err := json.Marshal(v)
		require.NoError(t, err)
		require.NotContains(t, fmt.Sprintf("%v %+v %#v %s", v, v, v, j), key)
	}
}
