package hunyuan_test

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/zhushou-ai/zhushou/assistant"
	"github.com/zhushou-ai/zhushou/providers/hunyuan"
	"github.com/zhushou-ai/zhushou/providers/providertest"
)

func transport(t *testing.T) *http.Client {
	t.Helper()
	tr := &http.Transport{}
	t.Cleanup(tr.CloseIdleConnections)
	return &http.Client{Transport: tr}
}

// start starts a fake vendor that takes documented fields only.
func start(t *testing.T, v *providertest.Vendor) *providertest.Server {
	t.Helper()
	return providertest.NewServer(t, providertest.Config{Vendor: v, Strict: true})
}

func cloud(t *testing.T, srv *providertest.Server) hunyuan.CloudConfig {
	return hunyuan.CloudConfig{SecretID: srv.AccessKey, SecretKey: assistant.Secret(srv.SecretKey), BaseURL: srv.URL, HTTPClient: transport(t)}
}

// ask sends req and returns the body of the request that the adapter made of it, and the reply.
func ask(t *testing.T, srv *providertest.Server, m assistant.Model, req *assistant.Request) (map[string]any, *assistant.Reply) {
	t.Helper()
	if req.Messages == nil {
		req.Messages = []assistant.Message{assistant.User("你好")}
	}
	before := len(srv.Requests())
	r, err := assistant.Generate(t.Context(), m, req)
	require.NoError(t, err)
	var body map[string]any
	require.NoError(t, srv.Requests()[before].Decode(&body))
	return body, r
}

func tokenHub(t *testing.T, cfg hunyuan.Config, req *assistant.Request) (map[string]any, *assistant.Reply) {
	t.Helper()
	srv := start(t, providertest.Hunyuan())
	cfg.BaseURL, cfg.Key, cfg.HTTPClient = srv.URL, assistant.Secret(srv.Key), transport(t)
	m, err := hunyuan.New(cfg)
	require.NoError(t, err)
	return ask(t, srv, m, req)
}

func dropped(r *assistant.Reply) []string {
	var fields []string
	for _, d := range r.Dropped {
		fields = append(fields, d.Field)
	}
	slices.Sort(fields)
	return fields
}

// TestThinking checks the switch and the effort for each family of models.
func TestThinking(t *testing.T) {
	t.Parallel()
	on := assistant.Thinking{Mode: assistant.On}
	off := assistant.Thinking{Mode: assistant.Off}
	low := assistant.Thinking{Effort: assistant.EffortLow}
	most := assistant.Thinking{Effort: assistant.EffortMax}
	tests := []struct {
		model    string
		thinking assistant.Thinking
		want     string // thinking, enable_thinking, reasoning_effort
		dropped  []string
	}{
		{"hy3", assistant.Thinking{}, "<nil> <nil> <nil>", nil},
		{"hy3", on, "map[type:enabled] <nil> <nil>", nil},
		{"hy3", low, "map[type:enabled] <nil> high", nil},
		{"hy4-preview", off, "map[type:disabled] <nil> <nil>", nil},
		{"hy3-preview", low, "map[type:enabled] <nil> low", nil},
		{"hy3-preview", most, "map[type:enabled] <nil> high", nil},
		{"hy3-preview", assistant.Thinking{Budget: 9}, "map[type:enabled] <nil> <nil>", []string{"Thinking.Budget"}},
		{"hunyuan-2.0-thinking-20251109", off, "<nil> <nil> <nil>", []string{"Thinking.Mode"}},
		{"hunyuan-role-latest", on, "<nil> <nil> <nil>", []string{"Thinking"}},
		{"hunyuan-turbos-latest", on, "<nil> <nil> <nil>", []string{"Thinking"}},
		{"hunyuan-a13b", off, "<nil> false <nil>", nil},
		{"deepseek-v4-pro-202606", most, "map[type:enabled] <nil> max", nil},
		{"glm-5.2", off, "map[type:disabled] <nil> <nil>", nil},
		{"minimax-m2.7", off, "<nil> <nil> <nil>", []string{"Thinking.Mode"}},
		{"qwen3.5-plus", off, "<nil> false <nil>", nil},
		{"ep-abcdefgh", on, "map[type:enabled] <nil> <nil>", nil},
		{"ep-abcdefgh", assistant.Thinking{}, "<nil> <nil> <nil>", nil},
	}
	for _, tt := range tests {
		t.Run(fmt.Sprint(tt.model, tt.thinking), func(t *testing.T) {
			t.Parallel()
			body, r := tokenHub(t, hunyuan.Config{Model: tt.model}, &assistant.Request{Thinking: tt.thinking})
			require.Equal(t, tt.want, fmt.Sprintf("%v %v %v", body["thinking"], body["enable_thinking"], body["reasoning_effort"]))
			require.Equal(t, tt.dropped, dropped(r))
		})
	}
}

func TestFields(t *testing.T) {
	t.Parallel()
	clock := []*assistant.ToolSpec{{Name: "now"}}
	forced := assistant.ToolChoice{Mode: assistant.ToolForced, Name: "now"}
	picture := []assistant.Message{{Role: assistant.RoleUser, Parts: []assistant.Part{
		assistant.Text{Text: "看"}, assistant.Image{Media: assistant.Media{URL: "https://example.com/a.png"}, Detail: "low"},
		assistant.File{Media: assistant.Media{URL: "http://example.com/a.pdf"}}, assistant.File{Media: assistant.Media{Data: []byte("x")}},
	}}}
	thought := []assistant.Message{
		assistant.User("一"),
		{Role: assistant.RoleAssistant, Parts: []assistant.Part{assistant.Reasoning{Text: "想", Vendor: "hunyuan"}, assistant.ToolCall{ID: "c1", Name: "now", Arguments: "{}"}}},
		assistant.Results(assistant.ToolResult{ID: "c1", Name: "now", Parts: []assistant.Part{assistant.Text{Text: "三点"}}}),
	}
	tests := []struct {
		name    string
		cfg     hunyuan.Config
		req     assistant.Request
		want    map[string]any // what must be there; nil stands for absent
		dropped []string
	}{
		{"sampling", hunyuan.Config{}, assistant.Request{Temperature: assistant.Some(3.0), TopP: assistant.Some(0.0), Seed: assistant.Some(int64(0)), Stop: []string{"完"}, MaxTokens: 9},
			map[string]any{"temperature": 2.0, "top_p": 0.0, "seed": 0.0, "stop": []any{"完"}, "max_tokens": 9.0}, []string{"Temperature"}},
		{"fields of others", hunyuan.Config{}, assistant.Request{User: "u", TopK: 3, FrequencyPenalty: assistant.Some(1.0), Search: assistant.Search{Mode: assistant.On}},
			map[string]any{"user": nil, "top_k": nil}, []string{"FrequencyPenalty", "Search", "TopK", "User"}},
		{"one tool at a time", hunyuan.Config{}, assistant.Request{Tools: clock, SingleTool: true}, map[string]any{"parallel_tool_calls": nil}, []string{"SingleTool"}},
		{"forced tool", hunyuan.Config{}, assistant.Request{Tools: clock, ToolChoice: forced}, map[string]any{"tool_choice": "required"}, nil},
		{"forced tool of several", hunyuan.Config{}, assistant.Request{Tools: append(clock[:1:1], &assistant.ToolSpec{Name: "f"}), ToolChoice: forced},
			map[string]any{"tool_choice": "required", "tools": []any{map[string]any{"type": "function", "function": map[string]any{"name": "now", "parameters": map[string]any{"type": "object", "properties": map[string]any{}}}}}}, []string{"Tools"}},
		{"forced tool and thinking", hunyuan.Config{}, assistant.Request{Tools: clock, ToolChoice: forced, Thinking: assistant.Thinking{Mode: assistant.On}},
			map[string]any{"tool_choice": nil}, []string{"ToolChoice"}},
		{"forced tool ends thinking by nature", hunyuan.Config{Model: "glm-5.1"}, assistant.Request{Tools: clock, ToolChoice: forced}, map[string]any{"thinking": map[string]any{"type": "disabled"}}, nil},
		{"no tool", hunyuan.Config{}, assistant.Request{Tools: clock, ToolChoice: assistant.ToolChoice{Mode: assistant.ToolNone}, Thinking: assistant.Thinking{Mode: assistant.On}}, map[string]any{"tools": nil}, nil},
		{"schema", hunyuan.Config{}, assistant.Request{Format: assistant.Format{Kind: assistant.FormatSchema, Schema: json.RawMessage(`{"type":"object"}`)}},
			map[string]any{"response_format": map[string]any{"type": "json_schema", "json_schema": map[string]any{"name": "answer", "schema": map[string]any{"type": "object"}}}}, nil},
		{"media", hunyuan.Config{Model: "glm-5v-turbo"}, assistant.Request{Messages: picture}, map[string]any{"messages": []any{map[string]any{"role": "user", "content": []any{
			map[string]any{"type": "text", "text": "看"},
			map[string]any{"type": "image_url", "image_url": map[string]any{"url": "https://example.com/a.png", "detail": "low"}},
			map[string]any{"type": "file_url", "file_url": map[string]any{"url": "http://example.com/a.pdf"}},
		}}}}, []string{"Messages[0].Parts[3]"}},
		{"text only", hunyuan.Config{Model: "hy4-preview"}, assistant.Request{Messages: picture}, nil, []string{"Messages[0].Parts[1]", "Messages[0].Parts[2]", "Messages[0].Parts[3]"}},
		{"thinking goes back with a call", hunyuan.Config{}, assistant.Request{Messages: thought, Tools: clock}, map[string]any{"messages": []any{
			map[string]any{"role": "user", "content": "一"},
			map[string]any{"role": "assistant", "content": "", "reasoning_content": "想", "tool_calls": []any{map[string]any{"id": "c1", "type": "function", "function": map[string]any{"name": "now", "arguments": "{}"}}}},
			map[string]any{"role": "tool", "tool_call_id": "c1", "content": "三点"},
		}}, nil},
		{"rules of another model", hunyuan.Config{Model: "ep-1", SameAs: map[string]string{"ep-1": "hunyuan-2.0-thinking-20251109"}}, assistant.Request{Thinking: assistant.Thinking{Mode: assistant.Off}},
			map[string]any{"model": "ep-1", "thinking": nil}, []string{"Thinking.Mode"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			body, r := tokenHub(t, tt.cfg, &tt.req)
			for field, want := range tt.want {
				require.Equal(t, want, body[field], field)
			}
			require.Equal(t, tt.dropped, dropped(r))
		})
	}
}

// TestNativeMedia checks which models see.
func TestNativeMedia(t *testing.T) {
	t.Parallel()
	link := assistant.Media{URL: "https://example.com/a"}
	all := []assistant.Part{assistant.Text{Text: "看"}, assistant.Image{Media: link}, assistant.Video{Media: link}, assistant.Video{Frames: []string{"https://example.com/1.png"}}}
	srv := start(t, providertest.HunyuanNative())
	for model, sees := range map[string]bool{
		"hunyuan-turbos-latest": false, "hunyuan-t1-latest": false, "hunyuan-a13b": false, "hunyuan-2.0-thinking-20251109": false, "hunyuan-lite": false,
		"hunyuan-vision": true, "hunyuan-turbo-vision": true, "hunyuan-t1-vision-latest": true, "my-own-model": true,
	} {
		m, err := hunyuan.NewNative(cloud(t, srv))
		require.NoError(t, err)
		body, r := ask(t, srv, m, &assistant.Request{Model: model, Messages: []assistant.Message{{Role: assistant.RoleUser, Parts: all}}})
		contents, _ := body["Messages"].([]any)[0].(map[string]any)["Contents"].([]any)
		if sees {
			require.Len(t, contents, len(all), model)
			require.Empty(t, r.Dropped, model)
		} else {
			require.Len(t, contents, 1, model)
			require.Equal(t, []string{"Messages[0].Parts[1]", "Messages[0].Parts[2]", "Messages[0].Parts[3]"}, dropped(r), model)
		}
	}
}

func TestNative(t *testing.T) {
	t.Parallel()
	srv := start(t, providertest.HunyuanNative())
	m, err := hunyuan.NewNative(cloud(t, srv))
	require.NoError(t, err)
	require.Equal(t, "hunyuan/hunyuan-turbos-latest", m.String())

	srv.Script(providertest.Answer{Text: "好,完"})
	body, r := ask(t, srv, m, &assistant.Request{
		Stop: []string{"完"}, MaxTokens: 9, User: "u", Seed: assistant.Some(int64(7)),
		Search: assistant.Search{Forced: true, Sites: []string{"example.com"}, Days: 3},
		Format: assistant.Format{Kind: assistant.FormatJSON},
		Extra:  map[string]map[string]any{"hunyuan": {"TopicChoice": true, "odd": 1}},
	})
	require.Equal(t, "好,", r.Text(), "the vendor leaves the text that ends an answer in it")
	require.Equal(t, map[string]any{
		"Model": "hunyuan-turbos-latest", "Stream": true, "Stop": []any{"完"}, "Seed": 7.0, "TopicChoice": true,
		"EnableEnhancement": true, "SearchInfo": true, "Citation": true, "ForceSearchEnhancement": true,
		"Messages": []any{
			map[string]any{"Role": "system", "Content": "请只输出一个 JSON 对象,不要输出其他文字。"},
			map[string]any{"Role": "user", "Content": "你好"},
		},
	}, body)
	require.Equal(t, []string{"Extra.hunyuan.odd", "Format", "MaxTokens", "Search.Days", "Search.Sites", "User"}, dropped(r))

	body, _ = ask(t, srv, m, &assistant.Request{Search: assistant.Search{Mode: assistant.Off}})
	require.Equal(t, false, body["EnableEnhancement"])

	header := srv.Requests()[0].Header
	require.Equal(t, "ChatCompletions", header.Get("X-TC-Action"))
	require.Equal(t, "2023-09-01", header.Get("X-TC-Version"))
	require.Equal(t, hunyuan.DefaultCloudRegion, header.Get("X-TC-Region"))
	require.NotContains(t, fmt.Sprint(header), srv.SecretKey)

	cfg := cloud(t, srv)
	cfg.SecretID = "AKIDnobody"
	m, err = hunyuan.NewNative(cfg)
	require.NoError(t, err)
	_, err = assistant.Generate(t.Context(), m, &assistant.Request{Messages: []assistant.Message{assistant.User("你好")}})
	require.ErrorIs(t, err, assistant.ErrAuth)
	require.ErrorContains(t, err, "SecretIdNotFound")
}

func TestNew(t *testing.T) {
	for _, name := range []string{hunyuan.KeyVar, "TOKENHUB_API_KEY", "TENCENT_API_KEY", "HUNYUAN_API_KEY", hunyuan.BaseURLVar, hunyuan.SecretIDVar, hunyuan.SecretKeyVar} {
		t.Setenv(name, "")
	}
	_, err := hunyuan.New(hunyuan.Config{})
	require.ErrorContains(t, err, hunyuan.KeyVar)
	_, err = hunyuan.New(hunyuan.Config{Key: "k", Region: "mars"})
	require.ErrorContains(t, err, `unknown region "mars"`)
	_, err = hunyuan.New(hunyuan.Config{Key: "k", Region: hunyuan.China, BaseURL: "http://localhost"})
	require.ErrorContains(t, err, "both set")
	m, err := hunyuan.New(hunyuan.Config{Key: "k", Region: hunyuan.International})
	require.NoError(t, err)
	require.Equal(t, "hunyuan/hy3", m.String())
	t.Setenv("HUNYUAN_API_KEY", "k")
	t.Setenv(hunyuan.BaseURLVar, "localhost")
	_, err = hunyuan.New(hunyuan.Config{})
	require.ErrorContains(t, err, "base URL")
	_, err = hunyuan.New(hunyuan.Config{Region: hunyuan.InternationalGuangzhou})
	require.NoError(t, err, "a region in the program wins over the environment")

	_, err = hunyuan.NewNative(hunyuan.CloudConfig{})
	require.ErrorContains(t, err, hunyuan.SecretIDVar)
	_, err = hunyuan.NewNative(hunyuan.CloudConfig{SecretID: "id"})
	require.ErrorContains(t, err, hunyuan.SecretKeyVar)
	t.Setenv(hunyuan.SecretIDVar, "id")
	t.Setenv(hunyuan.SecretKeyVar, "key")
	_, err = hunyuan.NewNative(hunyuan.CloudConfig{})
	require.NoError(t, err)
	_, err = hunyuan.NewEmbedder(hunyuan.CloudConfig{Model: "m"})
	require.ErrorContains(t, err, "only one")
	_, err = hunyuan.NewImageJobs(hunyuan.ImageJobConfig{CloudConfig: hunyuan.CloudConfig{Model: "m"}})
	require.ErrorContains(t, err, "no name")
	_, err = hunyuan.NewModerator(hunyuan.ModeratorConfig{CloudConfig: hunyuan.CloudConfig{Model: "m"}})
	require.ErrorContains(t, err, "no models")
}

func TestImages(t *testing.T) {
	t.Parallel()
	srv := start(t, providertest.Hunyuan())
	g, err := hunyuan.NewImageGenerator(hunyuan.ImageConfig{Config: hunyuan.Config{BaseURL: srv.URL, Key: assistant.Secret(srv.Key), HTTPClient: transport(t)}})
	require.NoError(t, err)
	reference := []assistant.Image{{Media: assistant.Media{URL: "https://example.com/a.png"}}, {Media: assistant.Media{Data: []byte("\x89PNG\r\n\x1a\n")}}}
	for _, tt := range []struct {
		req        assistant.ImageRequest
		path, want string
	}{
		{assistant.ImageRequest{Prompt: "山水", Width: 1024, Height: 768, Seed: assistant.Some(int64(3)), References: reference, Extra: map[string]map[string]any{"hunyuan": {"revise": true}}},
			"/v1/wand/hunyuan-image/v3-generation",
			`{"model":"hy-image-v3","prompt":"山水","size":"1024x768","seed":3,"images":["https://example.com/a.png","data:image/png;base64,iVBORw0KGgo="],"revise":true}`},
		{assistant.ImageRequest{Model: "hy-image-v3.5-preview", Prompt: "山水", References: reference[:1]},
			"/v1/wand/hunyuan-image/v35-generation",
			`{"model":"hy-image-v3.5-preview","messages":[{"role":"user","content":[{"type":"text","text":"山水"},{"type":"image_url","image_url":{"url":"https://example.com/a.png"}}]}]}`},
		{assistant.ImageRequest{Model: "hy-image-lite", Prompt: "山水"}, "/v1/api/image/lite", `{"model":"hy-image-lite","prompt":"山水"}`},
	} {
		before := len(srv.Requests())
		got, err := g.GenerateImages(t.Context(), &tt.req)
		require.NoError(t, err)
		require.Len(t, got, 1)
		sent := srv.Requests()[before]
		require.Equal(t, tt.path, sent.Path)
		require.JSONEq(t, tt.want, string(sent.Body))
	}
	before := len(srv.Requests())
	for name, bad := range refusedPictures(reference) {
		_, err := g.GenerateImages(t.Context(), &bad)
		require.ErrorIs(t, err, assistant.ErrInvalid, name)
	}
	_, err = g.GenerateImages(t.Context(), &assistant.ImageRequest{Model: "hy-image-lite", Prompt: "猫", Width: 1, Height: 1})
	require.ErrorIs(t, err, assistant.ErrInvalid)
	require.Len(t, srv.Requests(), before)
}

func refusedPictures(reference []assistant.Image) map[string]assistant.ImageRequest {
	return map[string]assistant.ImageRequest{
		"no prompt":       {},
		"long prompt":     {Prompt: strings.Repeat("长", 8193)},
		"negative":        {Prompt: "猫", NegativePrompt: "模糊"},
		"two":             {Prompt: "猫", Count: 2},
		"four references": {Prompt: "猫", References: slices.Repeat(reference, 2)},
		"empty reference": {Prompt: "猫", References: make([]assistant.Image, 1)},
		"width alone":     {Prompt: "猫", Width: 1024},
		"seed zero":       {Prompt: "猫", Seed: assistant.Some(int64(0))},
		"seed too large":  {Prompt: "猫", Seed: assistant.Some(int64(1 << 32))},
		"wrong extra":     {Prompt: "猫", Extra: map[string]map[string]any{"hunyuan": {"f": func() {}}}},
	}
}

func TestImageJobs(t *testing.T) {
	t.Parallel()
	srv := start(t, providertest.HunyuanNative())
	open := func(fetch bool) *hunyuan.ImageJobs {
		g, err := hunyuan.NewImageJobs(hunyuan.ImageJobConfig{CloudConfig: cloud(t, srv), Fetch: fetch, PollInterval: time.Millisecond})
		require.NoError(t, err)
		return g
	}
	g := open(false)
	reference := []assistant.Image{{Media: assistant.Media{URL: "https://example.com/a.png"}}}
	got, err := g.GenerateImages(t.Context(), &assistant.ImageRequest{
		Prompt: "山水", Width: 1024, Height: 768, Seed: assistant.Some(int64(3)), References: reference, Extra: map[string]map[string]any{"hunyuan": {"Revise": 1}},
	})
	require.NoError(t, err)
	require.Len(t, got, 1)
	require.True(t, strings.HasPrefix(got[0].URL, srv.Origin), got[0].URL)
	require.Len(t, srv.Requests(), 4, "one order, three questions")
	require.JSONEq(t, `{"Prompt":"山水","Resolution":"1024:768","Seed":3,"Images":["https://example.com/a.png"],"Revise":1}`, string(srv.Requests()[0].Body))
	require.Equal(t, "QueryTextToImageJob", srv.Requests()[1].Header.Get("X-TC-Action"))

	got, err = open(true).GenerateImages(t.Context(), &assistant.ImageRequest{Prompt: "山水"})
	require.NoError(t, err)
	require.Equal(t, "image/png", got[0].MIME)
	require.NotEmpty(t, got[0].Data)
	for _, r := range srv.Requests() {
		if strings.HasPrefix(r.Path, "/pictures/") {
			require.Empty(t, r.Header.Get("Authorization"), "the signature stays with the vendor")
		}
	}
	_, err = open(true).GenerateImages(t.Context(), &assistant.ImageRequest{Prompt: providertest.ExpiredPrompt})
	require.ErrorIs(t, err, assistant.ErrNotFound)

	_, err = g.GenerateImages(t.Context(), &assistant.ImageRequest{Prompt: providertest.FailingPrompt})
	require.ErrorIs(t, err, assistant.ErrBlocked)
	require.ErrorContains(t, err, "could not be drawn")

	before := len(srv.Requests())
	for name, bad := range refusedPictures(reference) {
		if name != "four references" {
			_, err := g.GenerateImages(t.Context(), &bad)
			require.ErrorIs(t, err, assistant.ErrInvalid, name)
		}
	}
	_, err = g.GenerateImages(t.Context(), &assistant.ImageRequest{Prompt: "猫", Model: "hy-image-v3"})
	require.ErrorIs(t, err, assistant.ErrInvalid)
	require.Len(t, srv.Requests(), before)

	for answer, want := range map[string]error{
		`{"Response":{"JobStatusCode":"9"}}`: assistant.ErrProtocol,
		`{"Response":{}}`:                    assistant.ErrProtocol,
		`{}`:                                 assistant.ErrProtocol,
		`{"Response":{"JobStatusCode":"5","ResultImage":[]}}`:                               assistant.ErrProtocol,
		`{"Response":{"JobStatusCode":"5","ResultImage":7}}`:                                assistant.ErrProtocol,
		`{"Response":{"JobStatusCode":"4"}}`:                                                assistant.ErrServer,
		`{"Response":{"Error":{"Code":"RequestLimitExceeded","Message":"m"}}}`:              assistant.ErrRateLimited,
		`{"Response":{"Error":{"Code":"OperationDenied.TextIllegalDetected"}}}`:             assistant.ErrBlocked,
		`{"Response":{"JobStatusCode":"4","JobErrorCode":"InternalError.Something"}}`:       assistant.ErrServer,
		`{"Response":{"JobStatusCode":"4","JobErrorCode":"FailedOperation.DownloadError"}}`: assistant.ErrInvalid,
	} {
		srv := start(t, providertest.HunyuanNative())
		g, err := hunyuan.NewImageJobs(hunyuan.ImageJobConfig{CloudConfig: cloud(t, srv), PollInterval: time.Millisecond})
		require.NoError(t, err)
		for range 3 { // a question that fails is asked again
			srv.ScriptFor(providertest.TaskService, providertest.JSON(200, answer))
		}
		_, err = g.GenerateImages(t.Context(), &assistant.ImageRequest{Prompt: "猫"})
		require.ErrorIs(t, err, want, answer)
	}
	srv.ScriptFor(providertest.ImageService, providertest.JSON(200, `{"Response":{"JobId":""}}`))
	_, err = g.GenerateImages(t.Context(), &assistant.ImageRequest{Prompt: "猫"})
	require.ErrorIs(t, err, assistant.ErrProtocol)

	ctx, cancel := context.WithCancel(t.Context())
	srv.ScriptFor(providertest.TaskService, during(cancel))
	_, err = g.GenerateImages(ctx, &assistant.ImageRequest{Prompt: "猫"})
	require.ErrorIs(t, err, context.Canceled)
}

// during calls do while an order is asked about, which goes on.
type during func()

func (do during) Response(*providertest.Vendor, *providertest.Request) providertest.Response {
	do()
	return providertest.JSON(200, `{"Response":{"JobStatusCode":"2"}}`)
}

func TestModerator(t *testing.T) {
	t.Parallel()
	srv := start(t, providertest.HunyuanNative())
	m, err := hunyuan.NewModerator(hunyuan.ModeratorConfig{CloudConfig: cloud(t, srv), BizType: "b1", Language: "zh", Generated: true})
	require.NoError(t, err)
	judge := func(text string) (assistant.Verdict, error) {
		return m.Moderate(t.Context(), []assistant.Part{assistant.Text{Text: text}})
	}
	for _, tt := range []struct {
		text string
		want assistant.Verdict
	}{
		{"你好", assistant.Verdict{Action: assistant.Pass}},
		{"有" + providertest.DoubtfulText, assistant.Verdict{Action: assistant.Review, Categories: []string{"Ad"}}},
		{strings.Repeat("长", 12000) + providertest.BlockedText, assistant.Verdict{Action: assistant.Block, Categories: []string{"Abuse"}}},
		{"", assistant.Verdict{Action: assistant.Pass}},
	} {
		got, err := judge(tt.text)
		require.NoError(t, err)
		require.Equal(t, tt.want, got)
	}
	require.JSONEq(t, `{"Content":"5L2g5aW9","BizType":"b1","SourceLanguage":"zh","Type":"TEXT_AIGC"}`, string(srv.Requests()[0].Body))

	srv.ScriptFor(providertest.ModerationService, providertest.JSON(200, `{"Response":{"Suggestion":"Block","Label":"Porn","DetailResults":[
		{"Label":"Ad","Suggestion":"Review"},{"Label":"Abuse","Suggestion":"Block"},{"Label":"Porn","Suggestion":"Block"},{"Label":"Normal","Suggestion":"Pass"}]}}`))
	got, err := judge("你好")
	require.NoError(t, err)
	require.Equal(t, []string{"Porn", "Abuse", "Ad"}, got.Categories, "worst first")

	for answer, want := range map[string]error{
		`{"Response":{}}`:               assistant.ErrProtocol,
		`{"Response":{"Suggestion":7}}`: assistant.ErrProtocol,
		`{"Response":null}`:             assistant.ErrProtocol,
		`{"Response":{"Error":{"Code":"LimitExceeded","Message":"m"}}}`:              assistant.ErrRateLimited,
		`{"Response":{"Error":{"Code":"UnauthorizedOperation","Message":"closed"}}}`: assistant.ErrPermission,
	} {
		srv.ScriptFor(providertest.ModerationService, providertest.JSON(200, answer))
		_, err = judge("你好")
		require.ErrorIs(t, err, want, answer)
	}
	_, err = m.Moderate(t.Context(), []assistant.Part{assistant.Image{}})
	require.ErrorIs(t, err, assistant.ErrInvalid)
}

func TestTemporaryKeys(t *testing.T) {
	t.Parallel()
	srv := start(t, providertest.HunyuanNative())
	cfg := cloud(t, srv)
	cfg.Token, cfg.Region = "token-1", "ap-shanghai"
	e, err := hunyuan.NewEmbedder(cfg)
	require.NoError(t, err)
	_, err = e.Embed(t.Context(), []string{"一"})
	require.NoError(t, err)
	require.Equal(t, "token-1", srv.Requests()[0].Header.Get("X-TC-Token"))
	require.Equal(t, "ap-shanghai", srv.Requests()[0].Header.Get("X-TC-Region"))
}

func TestKeysAreNotPrinted(t *testing.T) {
	t.Parallel()
	const key = "sk-secret-0123456789"
	cfg := hunyuan.CloudConfig{SecretID: "id", SecretKey: key, Token: key}
	native, err := hunyuan.NewNative(cfg)
	require.NoError(t, err)
	hub, err := hunyuan.New(hunyuan.Config{Key: key})
	require.NoError(t, err)
	moderator, err := hunyuan.NewModerator(hunyuan.ModeratorConfig{CloudConfig: cfg})
	require.NoError(t, err)
	for _, v := range []any{cfg, &cfg, native, *native, hub, moderator, hunyuan.Config{Key: key}} {
		j, err := json.Marshal(v)
		require.NoError(t, err)
		require.NotContains(t, fmt.Sprintf("%v %+v %#v %s", v, v, v, j), key)
	}
}
