package doubao_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/zhushou-ai/zhushou/assistant"
	"github.com/zhushou-ai/zhushou/providers/doubao"
	"github.com/zhushou-ai/zhushou/providers/providertest"
)

const secret = "sk-secret-0123456789"

// serve returns a strict fake and a configuration for it.
func serve(t *testing.T, cfg doubao.Config) (*providertest.Server, doubao.Config) {
	t.Helper()
	srv := providertest.NewServer(t, providertest.Config{Vendor: providertest.Doubao(), Strict: true, Key: secret})
	tr := &http.Transport{}
	t.Cleanup(tr.CloseIdleConnections)
	cfg.BaseURL, cfg.Key, cfg.HTTPClient = srv.URL, secret, &http.Client{Transport: tr}
	return srv, cfg
}

// sent returns the request that the adapter makes of req, and the reply to it.
func sent(t *testing.T, cfg doubao.Config, req *assistant.Request) (path string, body map[string]any, r *assistant.Reply) {
	t.Helper()
	srv, cfg := serve(t, cfg)
	m, err := doubao.New(cfg)
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

func extra(fields map[string]any) map[string]map[string]any {
	return map[string]map[string]any{"doubao": fields}
}

func TestFields(t *testing.T) {
	t.Parallel()
	think := func(mode assistant.Switch, effort assistant.Effort) assistant.Request {
		return assistant.Request{Thinking: assistant.Thinking{Mode: mode, Effort: effort}}
	}
	everything := assistant.Request{
		Temperature: assistant.Some(0.0), TopP: assistant.Some(0.5), FrequencyPenalty: assistant.Some(1.0), PresencePenalty: assistant.Some(1.0), Stop: []string{"完"},
	}
	clock := []*assistant.ToolSpec{{Name: "now"}}
	schema := assistant.Format{Kind: assistant.FormatSchema, Schema: json.RawMessage(`{"type":"object"}`)}
	const on, off = `{"type":"enabled"}`, `{"type":"disabled"}`
	tests := []struct {
		name, model string
		req         assistant.Request
		want        map[string]string // JSON of fields; "null" stands for absent
		dropped     string
	}{
		{"thinking is left to the vendor", "", assistant.Request{}, map[string]string{"thinking": "null", "reasoning_effort": "null"}, ""},
		{"on", "", think(assistant.On, ""), map[string]string{"thinking": on}, ""},
		{"off", "", think(assistant.Off, ""), map[string]string{"thinking": off}, ""},
		{"low", "", think(assistant.Default, assistant.EffortLow), map[string]string{"thinking": on, "reasoning_effort": `"low"`}, ""},
		{"medium", "", think(assistant.On, assistant.EffortMedium), map[string]string{"reasoning_effort": `"medium"`}, ""},
		{"max is high", "", think(assistant.On, assistant.EffortMax), map[string]string{"reasoning_effort": `"high"`}, ""},
		{"max of others", "deepseek-v4-pro-ga-260813", think(assistant.On, assistant.EffortMax), map[string]string{"reasoning_effort": `"max"`}, ""},
		{"auto", "doubao-seed-1-6-flash-250828", assistant.Request{Extra: extra(map[string]any{"thinking": map[string]string{"type": "auto"}})}, map[string]string{"thinking": `{"type":"auto"}`}, ""},
		{"budget", "", assistant.Request{Thinking: assistant.Thinking{Budget: 100}}, map[string]string{"thinking": on}, "Thinking.Budget"},
		{"a model that does not think", "doubao-1-5-pro-32k-250115", think(assistant.On, ""), map[string]string{"thinking": "null"}, "Thinking"},

		{"sampling of 2.1", "", everything, map[string]string{"temperature": "0", "top_p": "0.5", "frequency_penalty": "1", "stop": "null"}, "Stop"},
		{"sampling of an endpoint", "ep-20260701-abc", everything, map[string]string{"temperature": "0", "stop": "null"}, "Stop"},
		{"sampling of 2.0 pro", "doubao-seed-2-0-pro-260215", everything, map[string]string{"temperature": "null", "top_p": "null"}, "Temperature TopP FrequencyPenalty PresencePenalty Stop"},
		{"sampling of 2.0 mini", "doubao-seed-2-0-mini-260215", everything, map[string]string{"temperature": "0", "top_p": "0.5"}, "FrequencyPenalty PresencePenalty Stop"},
		{"sampling of 1.8", "doubao-seed-1-8-251228", everything, map[string]string{"temperature": "0", "top_p": "null"}, "TopP FrequencyPenalty PresencePenalty Stop"},
		{"sampling of 1.5", "doubao-1-5-pro-32k-250115", everything, map[string]string{"temperature": "0", "stop": `["完"]`}, ""},
		{"unknown to the vendor", "", assistant.Request{Seed: assistant.Some(int64(1)), TopK: 3, User: "u", Search: assistant.Search{Mode: assistant.On}}, nil, "TopK Seed User Search"},

		{"answer and thinking have limits of their own", "", assistant.Request{MaxTokens: 9}, map[string]string{"max_tokens": "9"}, ""},
		{"a limit for both", "", assistant.Request{Extra: extra(map[string]any{"max_completion_tokens": 99})}, map[string]string{"max_tokens": "null", "max_completion_tokens": "99"}, ""},
		{"never two limits", "", assistant.Request{MaxTokens: 9, Extra: extra(map[string]any{"max_completion_tokens": 99})}, map[string]string{"max_tokens": "9", "max_completion_tokens": "null"}, "Extra.doubao.max_completion_tokens"},
		{"service tier", "", assistant.Request{Extra: extra(map[string]any{"service_tier": "fast"})}, map[string]string{"service_tier": `"fast"`}, ""},

		{"calls", "", assistant.Request{Tools: clock}, map[string]string{"parallel_tool_calls": "null"}, ""},
		{"one call", "", assistant.Request{Tools: clock, SingleTool: true}, map[string]string{"parallel_tool_calls": "false"}, ""},
		{"some call", "", assistant.Request{Tools: clock, ToolChoice: assistant.ToolChoice{Mode: assistant.ToolRequired}}, map[string]string{"tool_choice": `"required"`, "thinking": "null"}, ""},
		{"choices of old models", "doubao-1-5-pro-32k-250115", assistant.Request{Tools: clock, SingleTool: true, ToolChoice: assistant.ToolChoice{Mode: assistant.ToolRequired}}, map[string]string{"tool_choice": "null"}, "ToolChoice SingleTool"},
		{"choices of others", "deepseek-v4-pro-ga-260813", assistant.Request{Tools: clock, SingleTool: true, ToolChoice: assistant.ToolChoice{Mode: assistant.ToolForced, Name: "now"}},
			map[string]string{"tool_choice": "null", "parallel_tool_calls": "null", "thinking": "null"}, "ToolChoice SingleTool"},
		{"no tool of others", "glm-5-2-260617", assistant.Request{Tools: clock, ToolChoice: assistant.ToolChoice{Mode: assistant.ToolNone}}, map[string]string{"tools": "null", "tool_choice": "null"}, ""},
		{"choices of 1.6", "doubao-seed-1-6-251015", assistant.Request{Tools: clock, SingleTool: true, ToolChoice: assistant.ToolChoice{Mode: assistant.ToolRequired}}, map[string]string{"tool_choice": `"required"`, "parallel_tool_calls": "false"}, ""},
		{"schema", "", assistant.Request{Format: schema}, map[string]string{"response_format": `{"json_schema":{"name":"answer","schema":{"type":"object"}},"type":"json_schema"}`}, ""},
		{"schema in words", "glm-5-2-260617", assistant.Request{Format: schema}, map[string]string{"response_format": `{"type":"json_object"}`}, "Format.Schema"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			_, body, r := sent(t, doubao.Config{Model: tt.model}, &tt.req)
			for field, want := range tt.want {
				require.Equal(t, want, compact(t, body[field]), field)
			}
			require.Equal(t, tt.dropped, dropped(r))
		})
	}
}

func TestMessages(t *testing.T) {
	t.Parallel()
	user := func(parts ...assistant.Part) []assistant.Message {
		return []assistant.Message{{Role: assistant.RoleUser, Parts: parts}}
	}
	answered := func(parts ...assistant.Part) []assistant.Message {
		return []assistant.Message{assistant.User("一"), {Role: assistant.RoleAssistant, Parts: parts}, assistant.User("二")}
	}
	between := func(answer string) string {
		return `[{"content":"一","role":"user"},` + answer + `,{"content":"二","role":"user"}]`
	}
	blob := assistant.Reasoning{Text: "摘要", Vendor: "doubao", Opaque: []byte("gAAAB-example")}
	thought := assistant.Reasoning{Text: "想", Vendor: "doubao"}
	foreign := assistant.Reasoning{Text: "想", Vendor: "qwen", Opaque: []byte("x")}
	fine := assistant.Text{Text: "好"}
	link, data, file := assistant.Media{URL: "https://example.com/a"}, assistant.Media{Data: []byte("x"), MIME: "audio/mpeg"}, assistant.Media{FileID: "file-1"}
	tests := []struct {
		name, model string
		messages    []assistant.Message
		want        string
		dropped     string
	}{
		{"the encrypted form goes back", "", answered(blob, fine), between(`{"content":"好","encrypted_content":"gAAAB-example","role":"assistant"}`), ""},
		{"the text where there is none", "", answered(thought, fine), between(`{"content":"好","reasoning_content":"想","role":"assistant"}`), ""},
		{"nothing of others", "", answered(foreign, fine), between(`{"content":"好","role":"assistant"}`), ""},
		{"nothing to old families", "doubao-seed-1-6-251015", answered(thought, fine), between(`{"content":"好","role":"assistant"}`), ""},
		{"text of a call to others", "deepseek-v4-pro-ga-260813", answered(thought, fine), between(`{"content":"好","role":"assistant"}`), ""},
		{"continued", "", []assistant.Message{assistant.User("写诗"), {Role: assistant.RoleAssistant, Partial: true, Parts: []assistant.Part{assistant.Text{Text: "床前"}}}},
			`[{"content":"写诗","role":"user"},{"content":"床前","role":"assistant"}]`, ""},
		{"pictures", "", user(assistant.Image{Media: link, Detail: "xhigh"}, assistant.Image{Media: file}),
			`[{"content":[{"image_url":{"detail":"xhigh","url":"https://example.com/a"},"type":"image_url"},{"image_url":{"file_id":"file-1"},"type":"image_url"}],"role":"user"}]`, ""},
		{"films", "", user(assistant.Video{Media: link, FPS: 0.1}, assistant.Video{Media: file}, assistant.Video{Frames: []string{"https://a"}}),
			`[{"content":[{"type":"video_url","video_url":{"fps":0.2,"url":"https://example.com/a"}},{"type":"video_url","video_url":{"file_id":"file-1"}}],"role":"user"}]`, "Messages.Video.FPS Messages[0].Parts[2]"},
		{"sound", "", user(assistant.Audio{Media: link}, assistant.Audio{Media: data}, assistant.Audio{Media: file}, assistant.Audio{Media: assistant.Media{Data: []byte("x")}}),
			`[{"content":[{"input_audio":{"url":"https://example.com/a"},"type":"input_audio"},{"input_audio":{"data":"eA==","format":"mp3"},"type":"input_audio"},{"input_audio":{"file_id":"file-1"},"type":"input_audio"}],"role":"user"}]`, "Messages[0].Parts[3]"},
		{"documents", "", user(assistant.File{Media: link}, assistant.File{Media: file}, assistant.File{Media: assistant.Media{Data: []byte("x"), MIME: "application/pdf"}, Name: "表.pdf"}),
			`[{"content":[{"file":{"file_url":"https://example.com/a"},"type":"file"},{"file":{"file_id":"file-1"},"type":"file"},{"file":{"file_data":"data:application/pdf;base64,eA==","filename":"表.pdf"},"type":"file"}],"role":"user"}]`, ""},
		{"old families", "doubao-seed-1-8-251228", user(assistant.Image{Media: link}, assistant.Image{Media: file}, assistant.Video{Media: file}, assistant.Audio{Media: link}, assistant.File{Media: link}),
			`[{"content":[{"image_url":{"url":"https://example.com/a"},"type":"image_url"}],"role":"user"}]`, "Messages[0].Parts[1] Messages[0].Parts[2] Messages[0].Parts[3] Messages[0].Parts[4]"},
		{"readers of text", "doubao-1-5-pro-32k-250115", user(fine, assistant.Image{Media: link}),
			`[{"content":[{"text":"好","type":"text"}],"role":"user"}]`, "Messages[0].Parts[1]"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			_, body, r := sent(t, doubao.Config{Model: tt.model}, &assistant.Request{Messages: tt.messages})
			require.Equal(t, tt.want, compact(t, body["messages"]))
			require.Equal(t, tt.dropped, dropped(r))
		})
	}
}

// A whole loop of calls: what the model thought goes back as it came, and a changed one is explained.
func TestEncryptedThinkingGoesRound(t *testing.T) {
	t.Parallel()
	srv, cfg := serve(t, doubao.Config{})
	for _, sc := range providertest.Scenarios(providertest.Doubao()) {
		if sc.Name == "doubao/encrypted reasoning and a call" {
			srv.Script(sc.Stream)
		}
	}
	m, err := doubao.New(cfg)
	require.NoError(t, err)
	req := &assistant.Request{Messages: []assistant.Message{assistant.User("杭州天气?")}, Tools: []*assistant.ToolSpec{{Name: "get_weather"}}}
	first, err := assistant.Generate(t.Context(), m, req)
	require.NoError(t, err)
	stored, err := json.Marshal(first.Message)
	require.NoError(t, err)
	var restored assistant.Message
	require.NoError(t, json.Unmarshal(stored, &restored))
	result := assistant.Results(assistant.ToolResult{ID: "call_x1", Name: "get_weather", Parts: []assistant.Part{assistant.Text{Text: "晴"}}})
	req.Messages = append(req.Messages, restored, result)
	_, err = assistant.Generate(t.Context(), m, req)
	require.NoError(t, err)
	require.Contains(t, string(srv.Requests()[1].Body), `"encrypted_content":"gAAAB-example"`)

	restored.Parts[0] = assistant.Reasoning{Vendor: "doubao", Opaque: []byte("changed")}
	_, err = assistant.Generate(t.Context(), m, req)
	require.ErrorIs(t, err, assistant.ErrInvalid)
	require.ErrorContains(t, err, "keep the Reasoning parts as they came")
}

func TestAddresses(t *testing.T) {
	t.Parallel()
	for model, want := range map[string]string{"ep-20260701-abc": "/api/v3/chat/completions", "bot-20260701-abc": "/api/v3/bots/chat/completions"} {
		path, _, _ := sent(t, doubao.Config{}, &assistant.Request{Model: model})
		require.Equal(t, want, path)
	}
	cfg := doubao.Config{Model: "ep-1", SameAs: map[string]string{"ep-1": "doubao-1-5-pro-32k-250115"}}
	_, body, r := sent(t, cfg, &assistant.Request{Stop: []string{"完"}})
	require.Empty(t, r.Dropped)
	require.Equal(t, []any{"完"}, body["stop"])

	_, srvCfg := serve(t, doubao.Config{Model: "doubao-seed-2.1-pro"})
	m, err := doubao.New(srvCfg)
	require.NoError(t, err)
	_, err = assistant.Generate(t.Context(), m, &assistant.Request{Messages: []assistant.Message{assistant.User("你好")}})
	require.ErrorIs(t, err, assistant.ErrNotFound)
	require.ErrorContains(t, err, "need their date")
}

func TestMultimodalEmbedder(t *testing.T) {
	t.Parallel()
	srv, cfg := serve(t, doubao.Config{})
	e, err := doubao.NewMultimodalEmbedder(doubao.MultimodalConfig{Config: cfg, Dimensions: 1024, Instructions: "找图", Parallel: 2})
	require.NoError(t, err)
	parts := []assistant.Part{
		assistant.Text{Text: "<猫>"}, assistant.Image{Media: assistant.Media{URL: "https://example.com/a.png"}},
		assistant.Image{Media: assistant.Media{Data: []byte("\x89PNG\r\n\x1a\n")}}, assistant.Video{Media: assistant.Media{URL: "https://example.com/a.mp4"}, FPS: 2},
	}
	got, err := e.EmbedParts(t.Context(), parts)
	require.NoError(t, err)
	const input = `[{"type":"text","text":"<猫>"},{"type":"image_url","image_url":{"url":"https://example.com/a.png"}},` +
		`{"type":"image_url","image_url":{"url":"data:image/png;base64,iVBORw0KGgo="}},{"type":"video_url","video_url":{"url":"https://example.com/a.mp4","fps":2}}]`
	require.Equal(t, providertest.Vector(input, 1024), got)
	var body map[string]any
	require.NoError(t, srv.Requests()[0].Decode(&body))
	require.Equal(t, "doubao-embedding-vision-251215", body["model"])
	require.Equal(t, "找图", body["instructions"])

	texts := []string{"甲", "乙", "丙", "丁", "戊"}
	vectors, err := e.Embed(t.Context(), texts)
	require.NoError(t, err)
	for i, text := range texts {
		require.Equal(t, providertest.Vector(`[{"type":"text","text":"`+text+`"}]`, 1024), vectors[i])
	}
	require.Len(t, srv.Requests(), 1+len(texts))

	none, err := e.Embed(t.Context(), nil)
	require.NoError(t, err)
	require.Empty(t, none)
}

func TestMultimodalEmbedderFails(t *testing.T) {
	t.Parallel()
	srv, cfg := serve(t, doubao.Config{})
	e, err := doubao.NewMultimodalEmbedder(doubao.MultimodalConfig{Config: cfg})
	require.NoError(t, err)
	for _, parts := range [][]assistant.Part{
		nil, {assistant.Text{}}, {assistant.Image{}}, {assistant.Video{Frames: []string{"https://a"}}}, {assistant.Audio{}},
	} {
		_, err := e.EmbedParts(t.Context(), parts)
		require.ErrorIs(t, err, assistant.ErrInvalid)
	}
	require.Empty(t, srv.Requests())

	for body, want := range map[string]assistant.ErrorKind{
		`{"data":[]}`:                       assistant.ErrProtocol,
		`{"data":{"embedding":null}}`:       assistant.ErrProtocol,
		`{"data":{"embedding":[]}}`:         assistant.ErrProtocol,
		`{"data":{"embedding":[1,null]}}`:   assistant.ErrProtocol,
		`{"error":{"code":"AccessDenied"}}`: assistant.ErrPermission,
		`<html>`:                            assistant.ErrProtocol,
	} {
		srv.ScriptFor(providertest.EmbeddingService, providertest.JSON(200, body))
		_, err := e.EmbedParts(t.Context(), []assistant.Part{assistant.Text{Text: "甲"}})
		require.ErrorIs(t, err, want, body)
	}
	limited := providertest.Doubao().Fail(providertest.Fault{Status: 429, Code: "RequestBurstTooFast"})
	srv.ScriptFor(providertest.EmbeddingService, nil, limited, limited, limited)
	vectors, err := e.Embed(t.Context(), []string{"甲", "乙", "丙", "丁", "戊", "己"})
	require.ErrorIs(t, err, assistant.ErrRateLimited)
	require.Nil(t, vectors)

	srv, cfg = serve(t, doubao.Config{})
	e, err = doubao.NewMultimodalEmbedder(doubao.MultimodalConfig{Config: cfg})
	require.NoError(t, err)
	short := providertest.JSON(200, `{"data":{"embedding":[1,2]}}`)
	srv.ScriptFor(providertest.EmbeddingService, short)
	_, err = e.Embed(t.Context(), []string{"甲", "乙"})
	require.ErrorIs(t, err, assistant.ErrProtocol, "vectors of two lengths")

	e, err = doubao.NewMultimodalEmbedder(doubao.MultimodalConfig{Config: cfg, Dimensions: 2048})
	require.NoError(t, err)
	srv.ScriptFor(providertest.EmbeddingService, short)
	_, err = e.Embed(t.Context(), []string{"甲"})
	require.ErrorIs(t, err, assistant.ErrProtocol, "vectors of another length than asked for")
}

func TestImages(t *testing.T) {
	t.Parallel()
	srv, cfg := serve(t, doubao.Config{})
	g, err := doubao.NewImageGenerator(doubao.ImageConfig{Config: cfg})
	require.NoError(t, err)
	images, err := g.GenerateImages(t.Context(), &assistant.ImageRequest{
		Prompt: "灯笼", Count: 2, Width: 2048, Height: 1024, Seed: assistant.Some(int64(7)),
		References: []assistant.Image{{Media: assistant.Media{URL: "https://example.com/a.png"}}, {Media: assistant.Media{Data: []byte("\x89PNG\r\n\x1a\n")}}},
		Extra:      extra(map[string]any{"watermark": false, "size": "4K"}),
	})
	require.NoError(t, err)
	require.Len(t, images, 2)
	require.NotEqual(t, images[0].URL, images[1].URL)
	for i, seed := range []string{"7", "8"} {
		require.Equal(t, `{"image":["https://example.com/a.png","data:image/png;base64,iVBORw0KGgo="],"model":"doubao-seedream-5-0-260128","prompt":"灯笼","seed":`+seed+
			`,"size":"2048x1024","watermark":false}`, string(srv.Requests()[i].Body))
	}
	_, err = g.GenerateImages(t.Context(), &assistant.ImageRequest{Prompt: "猫", Model: "my-model", References: []assistant.Image{{Media: assistant.Media{URL: "https://a"}}}, Extra: extra(map[string]any{"size": "2K"})})
	require.NoError(t, err)
	require.Equal(t, `{"image":"https://a","model":"my-model","prompt":"猫","size":"2K"}`, string(srv.Requests()[2].Body))

	for _, req := range []*assistant.ImageRequest{
		nil, {}, {Prompt: "猫", NegativePrompt: "狗"}, {Prompt: "猫", Width: 1024}, {Prompt: "猫", References: []assistant.Image{{}}}, {Prompt: "猫", Extra: extra(map[string]any{"x": func() {}})},
	} {
		_, err = g.GenerateImages(t.Context(), req)
		require.ErrorIs(t, err, assistant.ErrInvalid)
	}
	require.Len(t, srv.Requests(), 3)

	srv.ScriptFor(providertest.ImageService, providertest.JSON(200, `{"data":[{"error":{"code":"OutputImageSensitiveContentDetected","message":"blocked"}}]}`))
	_, err = g.GenerateImages(t.Context(), &assistant.ImageRequest{Prompt: "猫"})
	require.ErrorIs(t, err, assistant.ErrBlocked)
}

// TestImagesUpToAnError: what was drawn before a call that fails is paid for.
func TestImagesUpToAnError(t *testing.T) {
	t.Parallel()
	srv, cfg := serve(t, doubao.Config{})
	g, err := doubao.NewImageGenerator(doubao.ImageConfig{Config: cfg})
	require.NoError(t, err)
	srv.ScriptFor(providertest.ImageService,
		providertest.JSON(200, `{"data":[{"url":"https://example.com/1.png"}]}`), providertest.JSON(200, `{"data":[{"url":"https://example.com/2.png"}]}`),
		providertest.JSON(500, `{"error":{"code":"InternalServiceError","message":"x","type":"InternalServerError"}}`))
	images, err := g.GenerateImages(t.Context(), &assistant.ImageRequest{Prompt: "灯笼", Count: 4})
	require.ErrorIs(t, err, assistant.ErrServer)
	require.Len(t, images, 2)
	require.Equal(t, "https://example.com/2.png", images[1].URL)
	require.Len(t, srv.Requests(), 3)
}

func TestNew(t *testing.T) {
	t.Setenv(doubao.KeyVar, "")
	t.Setenv(doubao.BaseURLVar, "")
	_, err := doubao.New(doubao.Config{})
	require.ErrorContains(t, err, doubao.KeyVar)
	_, err = doubao.NewImageGenerator(doubao.ImageConfig{})
	require.ErrorContains(t, err, doubao.KeyVar)
	_, err = doubao.New(doubao.Config{Key: secret, Region: "mars"})
	require.ErrorContains(t, err, `unknown region "mars"`)
	_, err = doubao.New(doubao.Config{Key: secret, Region: doubao.China, BaseURL: "http://localhost"})
	require.ErrorContains(t, err, "both set")
	for _, region := range []doubao.Region{"", doubao.China, doubao.International, doubao.CodingPlan, doubao.AgentPlan} {
		m, err := doubao.New(doubao.Config{Key: secret, Region: region})
		require.NoError(t, err)
		require.Equal(t, "doubao/doubao-seed-2-1-pro-260628", m.String())
		require.NotContains(t, fmt.Sprintf("%v %+v %#v %s %+v", m, *m, *m, compact(t, m), doubao.Config{Key: secret}), secret)
	}
	e, err := doubao.NewMultimodalEmbedder(doubao.MultimodalConfig{Config: doubao.Config{Key: secret}})
	require.NoError(t, err)
	require.NotContains(t, fmt.Sprintf("%v %+v %#v", e, *e, *e), secret)
	t.Setenv(doubao.KeyVar, "k")
	t.Setenv(doubao.BaseURLVar, "localhost")
	_, err = doubao.New(doubao.Config{})
	require.ErrorContains(t, err, "base URL")
	_, err = doubao.New(doubao.Config{Region: doubao.China})
	require.NoError(t, err, "a region in the program wins over the environment")
}
