package ernie_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/zhushou-ai/zhushou/assistant"
	"github.com/zhushou-ai/zhushou/providers/ernie"
	"github.com/zhushou-ai/zhushou/providers/providertest"
)

func transport(t *testing.T) *http.Client {
	t.Helper()
	tr := &http.Transport{}
	t.Cleanup(tr.CloseIdleConnections)
	return &http.Client{Transport: tr}
}

// ask sends req to a fake vendor that takes documented fields only, and returns the body that was
// sent, the server and the reply.
func ask(t *testing.T, cfg ernie.Config, req *assistant.Request, script ...providertest.Script) (map[string]any, *providertest.Server, *assistant.Reply) {
	t.Helper()
	srv := providertest.NewServer(t, providertest.Config{Vendor: providertest.ERNIE(), Strict: true})
	srv.Script(script...)
	cfg.BaseURL, cfg.HTTPClient, cfg.Key = srv.URL, transport(t), assistant.Secret(srv.Key)
	m, err := ernie.New(cfg)
	require.NoError(t, err)
	if req.Messages == nil {
		req.Messages = []assistant.Message{assistant.User("你好")}
	}
	r, err := assistant.Generate(t.Context(), m, req)
	require.NoError(t, err)
	var body map[string]any
	require.NoError(t, srv.Requests()[0].Decode(&body))
	return body, srv, r
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
	most := assistant.Thinking{Effort: assistant.EffortMax}
	tests := []struct {
		model    string
		thinking assistant.Thinking
		want     string // enable_thinking, thinking, thinking_budget, reasoning_effort
		dropped  []string
	}{
		{"ernie-5.1", assistant.Thinking{}, "<nil> <nil> <nil> <nil>", nil},
		{"ernie-5.1", on, "true <nil> <nil> <nil>", nil},
		{"ernie-5.0-thinking-preview", assistant.Thinking{Budget: 50}, "true <nil> 100 <nil>", []string{"Thinking.Budget"}},
		{"ernie-5.0-thinking-latest", off, "false <nil> <nil> <nil>", nil},
		{"ernie-5.0", on, "<nil> <nil> <nil> <nil>", []string{"Thinking"}},
		{"ernie-5.0", off, "<nil> <nil> <nil> <nil>", nil},
		{"ernie-4.5-turbo-vl", on, "<nil> <nil> <nil> <nil>", []string{"Thinking"}},
		{"ernie-4.5-turbo-vl-preview", assistant.Thinking{Budget: 500}, "true <nil> 500 <nil>", nil},
		{"ernie-4.5-turbo-128k", on, "<nil> <nil> <nil> <nil>", []string{"Thinking"}},
		{"ernie-4.5-turbo-128k", off, "<nil> <nil> <nil> <nil>", nil},
		{"ernie-x1.1", off, "<nil> <nil> <nil> <nil>", []string{"Thinking.Mode"}},
		{"ernie-x1-turbo-32k", most, "<nil> <nil> <nil> high", nil},
		{"deepseek-v4-pro", off, "<nil> map[type:disabled] <nil> <nil>", nil},
		{"glm-5.3", most, "<nil> map[type:enabled] <nil> high", nil},
		{"kimi-k2.6", on, "<nil> map[type:enabled] <nil> <nil>", nil},
		{"qwen3.5-397b-a17b", off, "false <nil> <nil> <nil>", nil},
		{"my-own-finetune", on, "true <nil> <nil> <nil>", nil},
		{"my-own-finetune", assistant.Thinking{}, "<nil> <nil> <nil> <nil>", nil},
	}
	for _, tt := range tests {
		t.Run(fmt.Sprint(tt.model, tt.thinking), func(t *testing.T) {
			t.Parallel()
			body, _, r := ask(t, ernie.Config{Model: tt.model}, &assistant.Request{Thinking: tt.thinking})
			require.Equal(t, tt.want, fmt.Sprintf("%v %v %v %v", body["enable_thinking"], body["thinking"], body["thinking_budget"], body["reasoning_effort"]))
			require.Equal(t, tt.dropped, dropped(r))
		})
	}
}

func TestFields(t *testing.T) {
	t.Parallel()
	clock := []*assistant.ToolSpec{{Name: "now"}}
	sampling := assistant.Request{Temperature: assistant.Some(0.5), TopP: assistant.Some(0.5), FrequencyPenalty: assistant.Some(0.5), PresencePenalty: assistant.Some(0.5)}
	all := []string{"FrequencyPenalty", "PresencePenalty", "Temperature", "TopP"}
	citing := map[string]any{"enable": true, "enable_citation": true, "enable_trace": true}
	tests := []struct {
		name    string
		cfg     ernie.Config
		req     assistant.Request
		want    map[string]any // what must be there; nil stands for absent
		dropped []string
	}{
		{"sampling", ernie.Config{}, sampling, map[string]any{"temperature": 0.5, "top_p": 0.5}, nil},
		{"sampling refused", ernie.Config{Model: "ernie-5.5-flash-preview"}, sampling, map[string]any{"temperature": nil}, all},
		{"sampling to no effect", ernie.Config{Model: "deepseek-v4-flash-0731"}, sampling, map[string]any{"temperature": nil}, all},
		{"rules of another model", ernie.Config{Model: "m-1", SameAs: map[string]string{"m-1": "ernie-5.5-flash-preview"}}, sampling, map[string]any{"temperature": nil, "model": "m-1"}, all},
		{"seed, stop and user", ernie.Config{}, assistant.Request{Seed: assistant.Some(int64(7)), Stop: []string{"完"}, User: "u-1", MaxTokens: 9},
			map[string]any{"seed": 7.0, "stop": []any{"完"}, "user": "u-1", "max_tokens": 9.0}, nil},
		{"seed zero and long stops", ernie.Config{}, assistant.Request{Seed: assistant.Some(int64(0)), Stop: []string{strings.Repeat("停", 21), "止"}},
			map[string]any{"seed": nil, "stop": []any{"止"}}, []string{"Seed", "Stop[0]"}},
		{"little is taken", ernie.Config{Model: "ernie-x1-turbo-32k"}, assistant.Request{Seed: assistant.Some(int64(7)), Stop: []string{"完"}, PresencePenalty: assistant.Some(0.5), TopK: 3},
			map[string]any{"seed": nil, "stop": nil}, []string{"PresencePenalty", "Seed", "Stop", "TopK"}},
		{"tools", ernie.Config{}, assistant.Request{Tools: clock}, map[string]any{"parallel_tool_calls": nil, "tool_choice": nil}, nil},
		{"one tool at a time", ernie.Config{}, assistant.Request{Tools: clock, SingleTool: true, ToolChoice: assistant.ToolChoice{Mode: assistant.ToolRequired}},
			map[string]any{"parallel_tool_calls": false, "tool_choice": "required"}, nil},

		{"search", ernie.Config{}, assistant.Request{Search: assistant.Search{Mode: assistant.On}}, map[string]any{"web_search": citing}, nil},
		{"no search", ernie.Config{}, assistant.Request{Search: assistant.Search{Mode: assistant.Off}}, map[string]any{"web_search": map[string]any{"enable": false}}, nil},
		{"search of a kind that is not there", ernie.Config{}, assistant.Request{Search: assistant.Search{Forced: true, Sites: []string{"example.com"}, Days: 7}},
			map[string]any{"web_search": citing}, []string{"Search.Days", "Search.Forced", "Search.Sites"}},
		{"search of other models", ernie.Config{Model: "glm-5.3"}, assistant.Request{Search: assistant.Search{Forced: true}},
			map[string]any{"web_search": map[string]any{"enable": true, "enable_citation": true, "enable_trace": true, "search_mode": "required"}}, nil},
		{"search in the vendor's own words", ernie.Config{}, assistant.Request{Extra: map[string]map[string]any{"ernie": {"web_search": map[string]any{"enable": true, "search_number": 5}}}},
			map[string]any{"web_search": map[string]any{"enable": true, "search_number": 5.0}}, nil},

		{"schema", ernie.Config{}, assistant.Request{Format: assistant.Format{Kind: assistant.FormatSchema, Name: "n", Strict: true, Schema: json.RawMessage(`{"type":"object"}`)}},
			map[string]any{"response_format": map[string]any{"type": "json_schema", "json_schema": map[string]any{"type": "object"}}}, nil},
		{"JSON", ernie.Config{}, assistant.Request{Format: assistant.Format{Kind: assistant.FormatJSON}}, map[string]any{"response_format": map[string]any{"type": "json_object"}}, nil},
		{"JSON in words", ernie.Config{Model: "ernie-x1.1"}, assistant.Request{Format: assistant.Format{Kind: assistant.FormatJSON}}, map[string]any{"response_format": nil}, []string{"Format"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			body, _, r := ask(t, tt.cfg, &tt.req)
			for field, want := range tt.want {
				require.Equal(t, want, body[field], field)
			}
			require.Equal(t, tt.dropped, dropped(r))
		})
	}
}

func TestParts(t *testing.T) {
	t.Parallel()
	picture := assistant.Image{Media: assistant.Media{URL: "https://example.com/a.png"}, Detail: "high"}
	film := assistant.Video{Media: assistant.Media{URL: "https://example.com/a.mp4"}, FPS: 2}
	req := func() *assistant.Request {
		return &assistant.Request{Messages: []assistant.Message{{Role: assistant.RoleUser, Parts: []assistant.Part{assistant.Text{Text: "看"}, picture, film, assistant.Audio{}}}}}
	}
	body, _, r := ask(t, ernie.Config{Model: "ernie-4.5-turbo-vl"}, req())
	got, err := json.Marshal(body["messages"])
	require.NoError(t, err)
	require.JSONEq(t, `[{"role":"user","content":[{"type":"text","text":"看"},
		{"type":"image_url","image_url":{"url":"https://example.com/a.png","detail":"high"}},
		{"type":"video_url","video_url":{"url":"https://example.com/a.mp4"},"fps":2}]}]`, string(got))
	require.Equal(t, []string{"Messages[0].Parts[3]"}, dropped(r))

	_, _, r = ask(t, ernie.Config{}, req())
	require.Equal(t, []string{"Messages[0].Parts[1]", "Messages[0].Parts[2]", "Messages[0].Parts[3]"}, dropped(r), "ernie-5.1 reads text")
	for _, model := range []string{"ernie-5.0", "ernie-5.0-thinking-preview"} {
		_, _, r = ask(t, ernie.Config{Model: model}, req())
		require.Equal(t, []string{"Messages[0].Parts[2]", "Messages[0].Parts[3]"}, dropped(r), "%s takes text and pictures", model)
	}
}

// TestBlankResult: the vendor refuses a last message that is blank, and a tool may have nothing to say.
func TestBlankResult(t *testing.T) {
	t.Parallel()
	body, _, _ := ask(t, ernie.Config{}, &assistant.Request{Tools: []*assistant.ToolSpec{{Name: "now"}}, Messages: []assistant.Message{
		assistant.User("一"),
		{Role: assistant.RoleAssistant, Parts: []assistant.Part{assistant.ToolCall{ID: "c1", Name: "now", Arguments: "{}"}}},
		assistant.Results(assistant.ToolResult{ID: "c1", Name: "now", Parts: []assistant.Part{assistant.Text{Text: " \n"}}}),
	}})
	require.Equal(t, map[string]any{"role": "tool", "tool_call_id": "c1", "name": "now", "content": "(无内容)"}, body["messages"].([]any)[2])
}

// TestPoisonedTurn follows a flagged turn through an assistant.
func TestPoisonedTurn(t *testing.T) {
	t.Parallel()
	srv := providertest.NewServer(t, providertest.Config{Vendor: providertest.ERNIE()})
	for _, sc := range providertest.Scenarios(providertest.ERNIE()) {
		if sc.Name == "ernie/the text must be withdrawn" {
			srv.Script(sc.Stream)
		}
	}
	m, err := ernie.New(ernie.Config{BaseURL: srv.URL, Key: assistant.Secret(srv.Key), HTTPClient: transport(t)})
	require.NoError(t, err)
	_, err = (&assistant.Assistant{Model: m}).Ask(t.Context(), "你好")
	require.ErrorIs(t, err, assistant.ErrBlocked)
	var e *assistant.Error
	require.ErrorAs(t, err, &e)
	require.True(t, e.DropTurn)
	require.Equal(t, "flag 4", e.Message)
}

func TestNew(t *testing.T) {
	for _, name := range []string{ernie.KeyVar, "BAIDU_QIANFAN_API_KEY", "QIANFAN_BEARER_TOKEN", ernie.BaseURLVar, ernie.CensorKeyVar, ernie.CensorSecretVar} {
		t.Setenv(name, "")
	}
	_, err := ernie.New(ernie.Config{})
	require.ErrorContains(t, err, ernie.KeyVar)
	_, err = ernie.New(ernie.Config{Key: "k", BaseURL: "localhost"})
	require.ErrorContains(t, err, "base URL")
	t.Setenv("QIANFAN_BEARER_TOKEN", "k")
	m, err := ernie.New(ernie.Config{})
	require.NoError(t, err)
	require.Equal(t, "ernie/ernie-5.1", m.String())
	t.Setenv(ernie.BaseURLVar, "localhost")
	_, err = ernie.New(ernie.Config{})
	require.ErrorContains(t, err, "base URL", "the address in the environment is used")

	_, err = ernie.NewModerator(ernie.ModeratorConfig{})
	require.ErrorContains(t, err, ernie.CensorKeyVar)
	_, err = ernie.NewModerator(ernie.ModeratorConfig{Key: "k"})
	require.ErrorContains(t, err, ernie.CensorSecretVar)
	t.Setenv(ernie.CensorKeyVar, "k")
	t.Setenv(ernie.CensorSecretVar, "s")
	_, err = ernie.NewModerator(ernie.ModeratorConfig{})
	require.NoError(t, err)
}

func TestAppID(t *testing.T) {
	t.Parallel()
	header := http.Header{"X-Own": {"o"}}
	_, srv, _ := ask(t, ernie.Config{AppID: "app-1", Header: header}, &assistant.Request{})
	require.Equal(t, "app-1", srv.Requests()[0].Header.Get("appid"))
	require.Equal(t, "o", srv.Requests()[0].Header.Get("X-Own"))
	require.Len(t, header, 1, "the caller's header is his own")
}

func TestEmbedder(t *testing.T) {
	t.Parallel()
	srv := providertest.NewServer(t, providertest.Config{Vendor: providertest.ERNIE()})
	texts := make([]string, 17)
	for i := range texts {
		texts[i] = fmt.Sprint("第", i)
	}
	for model, calls := range map[string]int{"embedding-v1": 2, "tao-8k": 17} {
		e, err := ernie.NewEmbedder(ernie.EmbedderConfig{Config: ernie.Config{BaseURL: srv.URL, Key: assistant.Secret(srv.Key), HTTPClient: transport(t), Model: model}, Dimensions: 1024})
		require.NoError(t, err)
		before := len(srv.Requests())
		got, err := e.Embed(t.Context(), texts)
		require.NoError(t, err)
		require.Equal(t, calls, len(srv.Requests())-before)
		require.Equal(t, providertest.Vector(texts[16], 1024), got[16])
		require.NotContains(t, string(srv.Requests()[before].Body), "dimensions")
	}
	e, err := ernie.NewEmbedder(ernie.EmbedderConfig{Config: ernie.Config{BaseURL: srv.URL, Key: assistant.Secret(srv.Key), HTTPClient: transport(t)}, Dimensions: 384})
	require.NoError(t, err)
	_, err = e.Embed(t.Context(), texts[:1])
	require.ErrorIs(t, err, assistant.ErrProtocol, "a vector of another length than was asked for")
}

func TestRerankerTriesBothPaths(t *testing.T) {
	t.Parallel()
	srv := providertest.NewServer(t, providertest.Config{Vendor: providertest.ERNIE()})
	srv.ScriptFor(providertest.RerankService, providertest.JSON(404, "page not found"))
	r, err := ernie.NewReranker(ernie.Config{BaseURL: srv.URL, Key: assistant.Secret(srv.Key), HTTPClient: transport(t)})
	require.NoError(t, err)
	got, err := r.Rerank(t.Context(), "退款", []string{"发票", "七天退款"}, 1)
	require.NoError(t, err)
	require.Equal(t, 1, got[0].Index)
	require.Equal(t, "/v2/rerankers", srv.Requests()[1].Path)
}

func TestImages(t *testing.T) {
	t.Parallel()
	srv := providertest.NewServer(t, providertest.Config{Vendor: providertest.ERNIE(), Strict: true})
	g, err := ernie.NewImageGenerator(ernie.ImageConfig{Config: ernie.Config{BaseURL: srv.URL, Key: assistant.Secret(srv.Key), HTTPClient: transport(t)}})
	require.NoError(t, err)
	got, err := g.GenerateImages(t.Context(), &assistant.ImageRequest{
		Prompt: "山水", Width: 1024, Height: 768, Count: 2, Seed: assistant.Some(int64(3)),
		References: []assistant.Image{{Media: assistant.Media{URL: "https://example.com/a.png"}}},
		Extra:      map[string]map[string]any{"ernie": {"steps": 20, "prompt": "别的"}, "other": {"x": 1}},
	})
	require.NoError(t, err)
	require.Len(t, got, 2)
	require.JSONEq(t, `{"model":"qwen-image","prompt":"山水","size":"1024x768","n":2,"seed":3,"steps":20,"refer_image":"https://example.com/a.png"}`, string(srv.Requests()[0].Body))

	for name, bad := range map[string]assistant.ImageRequest{
		"width alone":     {Prompt: "猫", Width: 1024},
		"negative":        {Prompt: "猫", NegativePrompt: "模糊"},
		"two references":  {Prompt: "猫", References: make([]assistant.Image, 2)},
		"empty reference": {Prompt: "猫", References: make([]assistant.Image, 1)},
		"wrong extra":     {Prompt: "猫", Extra: map[string]map[string]any{"ernie": {"f": func() {}}}},
	} {
		_, err := g.GenerateImages(t.Context(), &bad)
		require.ErrorIs(t, err, assistant.ErrInvalid, name)
	}
	require.Len(t, srv.Requests(), 1)
}

func TestModerator(t *testing.T) {
	t.Parallel()
	srv := providertest.NewServer(t, providertest.Config{Vendor: providertest.ERNIE()})
	open := func(key, secret string) *ernie.Moderator {
		m, err := ernie.NewModerator(ernie.ModeratorConfig{Key: key, Secret: assistant.Secret(secret), BaseURL: srv.Origin, HTTPClient: transport(t), Strategy: "7"})
		require.NoError(t, err)
		return m
	}
	m := open(srv.AccessKey, srv.SecretKey)
	say := func(text string) []assistant.Part { return []assistant.Part{assistant.Text{Text: text}} }
	for _, tt := range []struct {
		text string
		want assistant.Verdict
	}{
		{"你好 & 再见", assistant.Verdict{Action: assistant.Pass}},
		{"有" + providertest.DoubtfulText, assistant.Verdict{Action: assistant.Review, Categories: []string{"疑似存在恶意推广不合规"}}},
		{"有" + providertest.BlockedText, assistant.Verdict{Action: assistant.Block, Categories: []string{"存在文本色情不合规"}}},
		{strings.Repeat("长", 7000) + providertest.BlockedText, assistant.Verdict{Action: assistant.Block, Categories: []string{"存在文本色情不合规"}}},
		{strings.Repeat("😀", 6000), assistant.Verdict{Action: assistant.Pass}},
		{"", assistant.Verdict{Action: assistant.Pass}},
	} {
		got, err := m.Moderate(t.Context(), say(tt.text))
		require.NoError(t, err)
		require.Equal(t, tt.want, got)
	}
	tokens := func() (n int) {
		for _, r := range srv.Requests() {
			if strings.HasPrefix(r.Path, "/oauth/") {
				n++
			}
		}
		return n
	}
	require.Equal(t, 1, tokens(), "one token serves all calls")
	require.Contains(t, string(srv.Requests()[1].Body), "strategyId=7")

	srv.ExpireToken()
	_, err := m.Moderate(t.Context(), say("你好"))
	require.NoError(t, err)
	require.Equal(t, 2, tokens(), "an expired token is replaced")

	_, err = m.Moderate(t.Context(), []assistant.Part{assistant.Image{}})
	require.ErrorIs(t, err, assistant.ErrInvalid)
	for _, wrong := range []*ernie.Moderator{open("nobody", srv.SecretKey), open(srv.AccessKey, "wrong-secret-0123456789")} {
		_, err = wrong.Moderate(t.Context(), say("你好"))
		require.ErrorIs(t, err, assistant.ErrAuth)
		require.NotContains(t, fmt.Sprintf("%v %+v", err, err), "wrong-secret")
		require.NotContains(t, fmt.Sprintf("%v %+v %#v", wrong, wrong, wrong), "wrong-secret")
	}
	for answer, want := range map[string]error{
		`{"log_id":1,"conclusion":"审核失败","conclusionType":4}`: assistant.ErrOverloaded,
		`{"log_id":1}`: assistant.ErrProtocol,
		`{"log_id":1,"conclusionType":2,"data":7}`:                 assistant.ErrProtocol,
		`{"log_id":1,"error_code":18,"error_msg":"qps"}`:           assistant.ErrRateLimited,
		`{"log_id":1,"error_code":282131,"error_msg":"text size"}`: assistant.ErrInvalid,
	} {
		srv.ScriptFor(providertest.ModerationService, providertest.JSON(200, answer))
		_, err = m.Moderate(t.Context(), say("你好"))
		require.ErrorIs(t, err, want, answer)
	}
	srv.ExpireToken()
	srv.ScriptFor(providertest.TokenService, providertest.JSON(200, `{}`))
	_, err = m.Moderate(t.Context(), say("你好"))
	require.ErrorIs(t, err, assistant.ErrProtocol)
}

func TestKeyIsNotPrinted(t *testing.T) {
	t.Parallel()
	const key = "bce-v3/ALTAK-secret-0123456789"
	cfg := ernie.ImageConfig{Config: ernie.Config{Key: key}}
	m, err := ernie.New(cfg.Config)
	require.NoError(t, err)
	g, err := ernie.NewImageGenerator(cfg)
	require.NoError(t, err)
	for _, v := range []any{cfg, &cfg, m, *m, g, ernie.ModeratorConfig{Secret: key}} {
		j, err := json.Marshal(v)
		require.NoError(t, err)
		require.NotContains(t, fmt.Sprintf("%v %+v %#v %s", v, v, v, j), key)
	}
}
