package pangu_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/zhushou-ai/zhushou/assistant"
	"github.com/zhushou-ai/zhushou/providers/pangu"
	"github.com/zhushou-ai/zhushou/providers/providertest"
)

const secret = "sk-secret-0123456789"

func client(t *testing.T) *http.Client {
	t.Helper()
	tr := &http.Transport{}
	t.Cleanup(tr.CloseIdleConnections)
	return &http.Client{Transport: tr}
}

// serve returns a strict fake and a configuration for it.
func serve(t *testing.T, cfg pangu.Config) (*providertest.Server, pangu.Config) {
	t.Helper()
	srv := providertest.NewServer(t, providertest.Config{Vendor: providertest.Huawei(), Strict: true, Key: secret})
	if cfg.BaseURL == "" {
		cfg.BaseURL = "/openai/v1"
	}
	cfg.BaseURL, cfg.Key, cfg.HTTPClient = srv.Origin+cfg.BaseURL, secret, client(t)
	return srv, cfg
}

// sent returns the request that the adapter makes of req, and the reply to it.
func sent(t *testing.T, cfg pangu.Config, req *assistant.Request) (path string, body map[string]any, r *assistant.Reply) {
	t.Helper()
	srv, cfg := serve(t, cfg)
	m, err := pangu.New(cfg)
	require.NoError(t, err)
	if req.Messages == nil {
		req.Messages = []assistant.Message{assistant.User("你好")}
	}
	r, err = assistant.Generate(t.Context(), m, req)
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
	mode := func(m assistant.Switch) assistant.Request {
		return assistant.Request{Thinking: assistant.Thinking{Mode: m}}
	}
	clock := []*assistant.ToolSpec{{Name: "now"}}
	two := append(clock, &assistant.ToolSpec{Name: "f"})
	required := assistant.ToolChoice{Mode: assistant.ToolRequired}
	const on, off = `{"type":"enabled"}`, `{"type":"disabled"}`
	tests := []struct {
		name, model string
		req         assistant.Request
		want        map[string]string // JSON of fields; "null" stands for absent
		dropped     string
	}{
		{"thinking is left to the vendor", "", assistant.Request{}, map[string]string{"thinking": "null"}, ""},
		{"on", "", mode(assistant.On), map[string]string{"thinking": on}, ""},
		{"off", "openpangu-2.0-pro", mode(assistant.Off), map[string]string{"thinking": off}, ""},
		{"effort and budget", "", assistant.Request{Thinking: assistant.Thinking{Effort: assistant.EffortLow, Budget: 9}}, map[string]string{"thinking": on, "reasoning_effort": "null"}, "Thinking.Effort Thinking.Budget"},
		{"qwen 3", "qwen3-32b", mode(assistant.On), map[string]string{"thinking": "null", "chat_template_kwargs": `{"enable_thinking":true}`}, ""},
		{"qwen 3 coder", "qwen3-coder-480b-a35b-instruct", mode(assistant.On), map[string]string{"thinking": "null", "chat_template_kwargs": "null"}, "Thinking"},
		{"DeepSeek V3", "DeepSeek-V3", mode(assistant.On), map[string]string{"thinking": "null"}, "Thinking"},
		{"DeepSeek R1", "deepseek-r1-250528", mode(assistant.Off), map[string]string{"thinking": "null"}, "Thinking.Mode"},
		{"old Kimi", "Kimi-K2", mode(assistant.On), map[string]string{"thinking": "null"}, "Thinking"},
		{"new Kimi", "kimi-k2.6", mode(assistant.On), map[string]string{"thinking": on}, ""},
		{"GLM", "glm-5.3", mode(assistant.Off), map[string]string{"thinking": off}, ""},
		{"unknown", "my-finetune", mode(assistant.On), map[string]string{"thinking": on}, ""},

		{"tools end thinking", "deepseek-v3.2", assistant.Request{Tools: clock}, map[string]string{"thinking": off}, ""},
		{"even if it was asked for", "deepseek-v3.1-terminus", assistant.Request{Tools: clock, Thinking: assistant.Thinking{Mode: assistant.On, Effort: assistant.EffortHigh}}, map[string]string{"thinking": off}, "Thinking"},
		{"no tools, no end", "deepseek-v3.2", mode(assistant.On), map[string]string{"thinking": on}, ""},
		{"tools beside thinking", "deepseek-v4-pro", assistant.Request{Tools: clock}, map[string]string{"thinking": "null"}, ""},
		{"required is a forced tool", "", assistant.Request{Tools: clock, ToolChoice: required}, map[string]string{"tool_choice": `{"function":{"name":"now"},"type":"function"}`}, ""},
		{"required of two", "", assistant.Request{Tools: two, ToolChoice: required}, map[string]string{"tool_choice": "null"}, "ToolChoice"},
		{"one call", "", assistant.Request{Tools: clock, SingleTool: true}, map[string]string{"parallel_tool_calls": "null"}, "SingleTool"},

		{"sampling", "", assistant.Request{Temperature: assistant.Some(3.0), TopP: assistant.Some(0.5), TopK: 3, Stop: []string{"完"}, PresencePenalty: assistant.Some(1.0), MaxTokens: 9},
			map[string]string{"temperature": "2", "top_p": "0.5", "top_k": "3", "stop": `["完"]`, "presence_penalty": "1", "max_tokens": "9"}, "Temperature"},
		{"unknown to the vendor", "", assistant.Request{Seed: assistant.Some(int64(1)), User: "u", Search: assistant.Search{Mode: assistant.On}}, map[string]string{"seed": "null"}, "Seed User Search"},
		{"own fields", "", assistant.Request{Extra: map[string]map[string]any{"pangu": {"n": 1}}}, map[string]string{"n": "1"}, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			_, body, r := sent(t, pangu.Config{Model: tt.model}, &tt.req)
			for field, want := range tt.want {
				require.Equal(t, want, compact(t, body[field]), field)
			}
			require.Equal(t, tt.dropped, dropped(r))
		})
	}
}

func TestMessages(t *testing.T) {
	t.Parallel()
	call := assistant.ToolCall{ID: "a", Name: "now", Arguments: "{}"}
	talk := []assistant.Message{
		assistant.User("几点?"),
		{Role: assistant.RoleAssistant, Parts: []assistant.Part{assistant.Reasoning{Text: "想", Vendor: "pangu"}, call}},
		assistant.Results(assistant.ToolResult{ID: "a", Name: "now", Parts: []assistant.Part{assistant.Text{Text: "八点"}}}),
	}
	const before, after = `[{"content":"几点?","role":"user"},{"content":"",`,
		`"role":"assistant","tool_calls":[{"function":{"arguments":"{}","name":"now"},"id":"a","type":"function"}]},{"content":"八点","role":"tool","tool_call_id":"a"}]`
	look := []assistant.Message{{Role: assistant.RoleUser, Parts: []assistant.Part{assistant.Text{Text: "看"}, assistant.Image{Media: assistant.Media{URL: "https://example.com/a.png"}}}}}
	const seen = `[{"content":[{"text":"看","type":"text"},{"image_url":{"url":"https://example.com/a.png"},"type":"image_url"}],"role":"user"}]`
	const unseen = `[{"content":[{"text":"看","type":"text"}],"role":"user"}]`
	for _, tt := range []struct {
		model    string
		messages []assistant.Message
		want     string
		dropped  string
	}{
		{"deepseek-v4-flash", talk, before + `"reasoning_content":"想",` + after, ""},
		{"openpangu-2.0-flash", talk, before + after, ""},
		{"qwen2.5-vl-72b", look, seen, ""},
		{"my-finetune", look, seen, ""},
		{"openpangu-2.0-flash", look, unseen, "Messages[0].Parts[1]"},
	} {
		_, body, r := sent(t, pangu.Config{Model: tt.model}, &assistant.Request{Messages: tt.messages})
		require.Equal(t, tt.want, compact(t, body["messages"]), tt.model)
		require.Equal(t, tt.dropped, dropped(r), tt.model)
	}
}

func TestContinuedAnswers(t *testing.T) {
	t.Parallel()
	poem := []assistant.Message{assistant.User("写诗"), {Role: assistant.RoleAssistant, Partial: true, Parts: []assistant.Part{assistant.Text{Text: "床前"}}}}
	const want = `[{"content":"写诗","role":"user"},{"content":"床前","prefix":true,"role":"assistant"}]`
	for _, base := range []string{"/openai/v1", "/openai/v1/", "/v2", "/v1"} {
		path, body, r := sent(t, pangu.Config{BaseURL: base}, &assistant.Request{Messages: poem})
		require.Equal(t, "/v1/chat/completions", path)
		require.Equal(t, want, compact(t, body["messages"]))
		require.Equal(t, `{"type":"disabled"}`, compact(t, body["thinking"]), "the model does not think beside it")
		require.Empty(t, r.Dropped)
	}
	_, body, r := sent(t, pangu.Config{}, &assistant.Request{Messages: poem, Thinking: assistant.Thinking{Mode: assistant.On}})
	require.Equal(t, `{"type":"disabled"}`, compact(t, body["thinking"]))
	require.Equal(t, "Thinking", dropped(r))

	path, _, _ := sent(t, pangu.Config{BaseURL: "/v2"}, &assistant.Request{})
	require.Equal(t, "/v2/chat/completions", path, "other requests stay where they are")
	_, body, r = sent(t, pangu.Config{Model: "deepseek-r1-250528"}, &assistant.Request{Messages: poem})
	require.Equal(t, strings.Replace(want, `"prefix":true,`, "", 1), compact(t, body["messages"]), "a model that always thinks cannot")
	require.Equal(t, "Messages[1].Partial", dropped(r))
}

// The vendor keeps refusing a history with an offending turn, so the error must say so in words too.
func TestPoisonedHistory(t *testing.T) {
	t.Parallel()
	srv, cfg := serve(t, pangu.Config{})
	v := providertest.Huawei()
	srv.Script(v.Fail(providertest.Fault{Status: 403, Code: "ModelArts.81011", Message: "Input text May contain sensitive information, please try again."}))
	m, err := pangu.New(cfg)
	require.NoError(t, err)
	_, err = assistant.Generate(t.Context(), m, &assistant.Request{Messages: []assistant.Message{assistant.User("你好")}})
	var e *assistant.Error
	require.ErrorAs(t, err, &e)
	require.ErrorIs(t, err, assistant.ErrBlocked)
	require.True(t, e.DropTurn)
	require.False(t, assistant.Retryable(err))
	require.ErrorContains(t, err, "drop the turn or begin a new session")
}

func TestDeployments(t *testing.T) {
	t.Parallel()
	srv := providertest.NewServer(t, providertest.Config{Vendor: func() *providertest.Vendor {
		v := providertest.Huawei()
		v.NoKey = true
		v.Elsewhere = []string{"/v1/infers/s1/v1/chat/completions", "/v1/p1/deployments/d1/chat/completions", "/api/v2/chat/completions"}
		return v
	}()})
	poem := []assistant.Message{assistant.User("写诗"), {Role: assistant.RoleAssistant, Partial: true, Parts: []assistant.Part{assistant.Text{Text: "床前"}}}}
	for base, header := range map[string]string{"/v1/infers/s1/v1": "", "/v1/p1/deployments/d1": "X-Auth-Token", "/api/v2": "x-apig-appcode"} {
		cfg := pangu.Config{BaseURL: srv.Origin + base, Key: assistant.Secret(srv.Key), KeyHeader: header, Model: "my-finetune", HTTPClient: client(t)}
		m, err := pangu.New(cfg)
		require.NoError(t, err)
		for _, messages := range [][]assistant.Message{{assistant.User("你好")}, poem} {
			_, _ = assistant.Generate(t.Context(), m, &assistant.Request{Messages: messages}) // the fake takes prefixes elsewhere
			sent := srv.Requests()[len(srv.Requests())-1]
			require.Equal(t, base+"/chat/completions", sent.Path)
			if header == "" {
				require.Equal(t, "Bearer "+srv.Key, sent.Header.Get("Authorization"))
			} else {
				require.Equal(t, srv.Key, sent.Header.Get(header))
				require.Empty(t, sent.Header.Get("Authorization"))
			}
		}
	}
}

func TestEmbedder(t *testing.T) {
	t.Parallel()
	for _, base := range []string{"/openai/v1", "/v2", "/v1"} {
		srv, cfg := serve(t, pangu.Config{BaseURL: base})
		e, err := pangu.NewEmbedder(pangu.EmbedderConfig{Config: cfg})
		require.NoError(t, err)
		var texts []string
		for i := range 40 {
			texts = append(texts, fmt.Sprint(i, strings.Repeat("长", 700*(i%4))))
		}
		got, err := e.Embed(t.Context(), texts)
		require.NoError(t, err)
		for i, text := range texts {
			require.Equal(t, providertest.Vector(text, 1024), got[i])
		}
		for _, r := range srv.Requests() {
			require.Equal(t, "/v1/embeddings", r.Path)
			require.NotContains(t, string(r.Body), "dimensions")
		}
		require.Greater(t, len(srv.Requests()), 6)
		require.Less(t, len(srv.Requests()), 20)

		_, err = e.Embed(t.Context(), []string{strings.Repeat("长", 9000)})
		require.ErrorIs(t, err, assistant.ErrContextLength, "one text that is too long goes alone")
	}
}

func TestReranker(t *testing.T) {
	t.Parallel()
	srv, cfg := serve(t, pangu.Config{})
	r, err := pangu.NewReranker(cfg)
	require.NoError(t, err)
	docs := []string{"配送范围说明", "七天无理由退货,退款原路返回", "发票"}
	got, err := r.Rerank(t.Context(), "怎么退款", docs, 1)
	require.NoError(t, err)
	require.Equal(t, []assistant.Ranked{{Index: 1, Score: providertest.Relevance("怎么退款", docs[1])}}, got)
	require.Equal(t, "/v1/rerank", srv.Requests()[0].Path)
	require.Equal(t, `{"model":"bge-reranker-v2-m3","query":"怎么退款","documents":["配送范围说明","七天无理由退货,退款原路返回","发票"]}`, string(srv.Requests()[0].Body))
}

func TestImages(t *testing.T) {
	t.Parallel()
	srv, cfg := serve(t, pangu.Config{})
	g, err := pangu.NewImageGenerator(pangu.ImageConfig{Config: cfg})
	require.NoError(t, err)
	images, err := g.GenerateImages(t.Context(), &assistant.ImageRequest{Prompt: "灯笼", Count: 2, Width: 1024, Height: 512, Seed: assistant.Some(int64(7)), Extra: map[string]map[string]any{"pangu": {"watermark": false}}})
	require.NoError(t, err)
	require.Len(t, images, 2)
	require.NotEqual(t, images[0].URL, images[1].URL)
	for i, seed := range []string{"7", "8"} {
		require.Equal(t, "/v1/images/generations", srv.Requests()[i].Path)
		require.Equal(t, `{"model":"qwen-image","prompt":"灯笼","seed":`+seed+`,"size":"1024x512","watermark":false}`, string(srv.Requests()[i].Body))
	}
	from := assistant.Image{Media: assistant.Media{URL: "https://a"}}
	images, err = g.GenerateImages(t.Context(), &assistant.ImageRequest{Prompt: "猫", References: []assistant.Image{from}, Extra: map[string]map[string]any{"pangu": {"response_format": "b64_json"}}})
	require.NoError(t, err)
	require.NotEmpty(t, images[0].Data, "bytes are read like addresses")
	require.Equal(t, `{"image":"https://a","model":"qwen-image-edit","prompt":"猫","response_format":"b64_json"}`, string(srv.Requests()[2].Body))
	_, err = g.GenerateImages(t.Context(), &assistant.ImageRequest{Prompt: "猫", Model: "my-model", References: []assistant.Image{from, from}})
	require.NoError(t, err)
	require.Equal(t, `{"image":["https://a","https://a"],"model":"my-model","prompt":"猫"}`, string(srv.Requests()[3].Body))

	for _, req := range []*assistant.ImageRequest{
		nil, {}, {Prompt: "猫", NegativePrompt: "狗"}, {Prompt: "猫", Height: 1024}, {Prompt: "猫", References: []assistant.Image{{}}},
		{Prompt: "猫", Seed: assistant.Some(int64(-1))}, {Prompt: "猫", Seed: assistant.Some(int64(1<<31 + 1))}, {Prompt: "猫", Seed: assistant.Some(int64(1 << 31)), Count: 2},
		{Prompt: "猫", Extra: map[string]map[string]any{"pangu": {"x": func() {}}}},
	} {
		_, err = g.GenerateImages(t.Context(), req)
		require.ErrorIs(t, err, assistant.ErrInvalid)
	}
	require.Len(t, srv.Requests(), 4)
}

// TestImagesUpToAnError: what was drawn before a call that fails is paid for.
func TestImagesUpToAnError(t *testing.T) {
	t.Parallel()
	srv, cfg := serve(t, pangu.Config{})
	g, err := pangu.NewImageGenerator(pangu.ImageConfig{Config: cfg})
	require.NoError(t, err)
	srv.ScriptFor(providertest.ImageService,
		providertest.JSON(200, `{"data":[{"url":"https://example.com/1.png"}]}`), providertest.JSON(500, `{}`))
	images, err := g.GenerateImages(t.Context(), &assistant.ImageRequest{Prompt: "灯笼", Count: 3})
	require.ErrorIs(t, err, assistant.ErrServer)
	require.Len(t, images, 1)
	require.Equal(t, "https://example.com/1.png", images[0].URL)
	require.Len(t, srv.Requests(), 2)
}

func TestNew(t *testing.T) {
	t.Setenv(pangu.KeyVar, "")
	t.Setenv(pangu.BaseURLVar, "")
	_, err := pangu.New(pangu.Config{})
	require.ErrorContains(t, err, pangu.KeyVar)
	_, err = pangu.NewReranker(pangu.Config{})
	require.ErrorContains(t, err, pangu.KeyVar)
	_, err = pangu.New(pangu.Config{Key: secret, Region: "mars"})
	require.ErrorContains(t, err, `unknown region "mars"`)
	_, err = pangu.NewEmbedder(pangu.EmbedderConfig{Config: pangu.Config{Key: secret, Region: "mars"}})
	require.ErrorContains(t, err, `unknown region "mars"`)
	_, err = pangu.New(pangu.Config{Key: secret, Region: pangu.China, BaseURL: "http://localhost"})
	require.ErrorContains(t, err, "both set")
	for _, region := range []pangu.Region{"", pangu.China, pangu.HongKong} {
		m, err := pangu.New(pangu.Config{Key: secret, Region: region})
		require.NoError(t, err)
		require.Equal(t, "pangu/openpangu-2.0-flash", m.String())
		require.NotContains(t, fmt.Sprintf("%v %+v %#v %s %+v", m, *m, *m, compact(t, m), pangu.Config{Key: secret}), secret)
	}
	t.Setenv(pangu.KeyVar, "k")
	t.Setenv(pangu.BaseURLVar, "localhost")
	_, err = pangu.New(pangu.Config{})
	require.ErrorContains(t, err, "base URL")
	_, err = pangu.NewImageGenerator(pangu.ImageConfig{})
	require.ErrorContains(t, err, "base URL")
	_, err = pangu.New(pangu.Config{Region: pangu.China})
	require.NoError(t, err, "a region in the program wins over the environment")
}
