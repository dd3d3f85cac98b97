package langchain_test

import (
	"context"
	"testing"

	"github.com/stretchr/testify/require"
	"github.com/tmc/langchaingo/llms"

	"github.com/zhushou-ai/zhushou/assistant"
	"github.com/zhushou-ai/zhushou/providers/langchain"
)

// sent returns what an LLM is asked with, and what was dropped on the way.
func sent(t *testing.T, cfg langchain.Config, req *assistant.Request) ([]llms.MessageContent, *llms.CallOptions, []string) {
	t.Helper()
	var messages []llms.MessageContent
	var options *llms.CallOptions
	llm := scripted(func(_ context.Context, m []llms.MessageContent, o *llms.CallOptions) (*llms.ContentResponse, error) {
		messages, options = m, o
		return response(&llms.ContentChoice{Content: "好", StopReason: "stop"}), nil
	})
	r, err := assistant.Generate(t.Context(), langchain.FromLLM(llm, cfg), req)
	require.NoError(t, err)
	var dropped []string
	for _, d := range r.Dropped {
		require.NotEmpty(t, d.Reason)
		dropped = append(dropped, d.Field)
	}
	return messages, options, dropped
}

func human(parts ...llms.ContentPart) llms.MessageContent {
	return llms.MessageContent{Role: llms.ChatMessageTypeHuman, Parts: parts}
}

func ai(parts ...llms.ContentPart) llms.MessageContent {
	return llms.MessageContent{Role: llms.ChatMessageTypeAI, Parts: parts}
}

func system(text string) llms.MessageContent {
	return llms.TextParts(llms.ChatMessageTypeSystem, text)
}

func result(id, name, content string) llms.MessageContent {
	return llms.MessageContent{Role: llms.ChatMessageTypeTool, Parts: []llms.ContentPart{llms.ToolCallResponse{ToolCallID: id, Name: name, Content: content}}}
}

func toolCall(id, name, arguments string) llms.ToolCall {
	return llms.ToolCall{ID: id, Type: "function", FunctionCall: &llms.FunctionCall{Name: name, Arguments: arguments}}
}

func TestMessages(t *testing.T) {
	t.Parallel()
	png := []byte("\x89PNG\r\n\x1a\n")
	picture := assistant.Image{Media: assistant.Media{Data: png}, Detail: "low"}
	link := assistant.Image{Media: assistant.Media{URL: "https://example.com/a.png"}, Detail: "high"}
	sound := assistant.Audio{Media: assistant.Media{MIME: "audio/wav", Data: []byte("RIFF")}}
	user := func(parts ...assistant.Part) []assistant.Message {
		return []assistant.Message{{Role: assistant.RoleUser, Parts: parts}}
	}
	text := func(s string) assistant.Part { return assistant.Text{Text: s} }
	tools := []assistant.Message{
		assistant.System("一"), assistant.User("天气?"), assistant.System("二"),
		{Role: assistant.RoleAssistant, Parts: []assistant.Part{
			assistant.Reasoning{Text: "想", Vendor: "another"}, text("查"),
			assistant.ToolCall{ID: "a", Name: "f", Arguments: `{"x":1}`}, assistant.ToolCall{ID: "b", Name: "g", Arguments: " "},
		}},
		assistant.Results(
			assistant.ToolResult{ID: "a", Name: "f", Parts: []assistant.Part{text("晴"), link}},
			assistant.ToolResult{ID: "b", Name: "g", Parts: []assistant.Part{text("雨")}}),
	}
	tests := []struct {
		name    string
		client  string
		give    []assistant.Message
		want    []llms.MessageContent
		dropped []string
	}{
		{
			name: "conversation with tools", give: tools,
			want: []llms.MessageContent{
				system("一\n\n二"), human(llms.TextPart("天气?")),
				ai(llms.TextPart("查"), toolCall("a", "f", `{"x":1}`), toolCall("b", "g", "{}")),
				result("a", "f", "晴"), result("b", "g", "雨"),
				human(llms.TextPart("工具返回的内容:"), llms.ImageURLWithDetailPart("https://example.com/a.png", "high")),
			},
		},
		{
			name: "one part for each answer", client: "anthropic", give: tools,
			want: []llms.MessageContent{
				system("一\n\n二"), human(llms.TextPart("天气?")),
				ai(llms.TextPart("查")), ai(toolCall("a", "f", `{"x":1}`)), ai(toolCall("b", "g", "{}")),
				result("a", "f", "晴"), result("b", "g", "雨"),
			},
			dropped: []string{"Messages[4].Parts[0].Parts[1]"},
		},
		{
			name: "no tools", client: "ollama", give: tools,
			want:    []llms.MessageContent{system("一\n\n二"), human(llms.TextPart("天气?")), ai(llms.TextPart("查"))},
			dropped: []string{"Messages[3].Parts[2]", "Messages[3].Parts[3]", "Messages[4].Parts[0]", "Messages[4].Parts[1]"},
		},
		{
			name: "prompt only", client: "cohere", give: tools,
			want:    []llms.MessageContent{human(llms.TextPart("System: 一\n\n二\nHuman: 天气?\nAI: 查\nAI:"))},
			dropped: []string{"Messages[3].Parts[2]", "Messages[3].Parts[3]", "Messages[4].Parts[0]", "Messages[4].Parts[1]"},
		},
		{name: "one question, prompt only", client: "cohere", give: user(text("你好")), want: []llms.MessageContent{human(llms.TextPart("你好"))}},
		{name: "texts", give: user(text("你"), text("好")), want: []llms.MessageContent{human(llms.TextPart("你好"))}},
		{
			name: "pictures", give: user(text("看"), picture, link, text("?")),
			want: []llms.MessageContent{human(llms.TextPart("看"), llms.BinaryPart("image/png", png),
				llms.ImageURLWithDetailPart("https://example.com/a.png", "high"), llms.TextPart("?"))},
		},
		{
			name: "pictures as links", client: "openai", give: user(text("看"), picture, link),
			want: []llms.MessageContent{human(llms.TextPart("看"), llms.ImageURLWithDetailPart("data:image/png;base64,iVBORw0KGgo=", "low"),
				llms.ImageURLWithDetailPart("https://example.com/a.png", "high"))},
		},
		{
			name: "pictures as bytes, one text", client: "ollama", give: user(text("看"), picture, link, text("?")),
			want:    []llms.MessageContent{human(llms.TextPart("看?"), llms.BinaryPart("image/png", png))},
			dropped: []string{"Messages[0].Parts[2]"},
		},
		{name: "no pictures", client: "mistral", give: user(text("看"), picture), want: []llms.MessageContent{human(llms.TextPart("看"))}, dropped: []string{"Messages[0].Parts[1]"}},
		{name: "sound", give: user(sound), want: []llms.MessageContent{human(llms.BinaryPart("audio/wav", []byte("RIFF")))}},
		{name: "no sound", client: "openai", give: user(text("听"), sound), want: []llms.MessageContent{human(llms.TextPart("听"))}, dropped: []string{"Messages[0].Parts[1]"}},
		{
			name: "what cannot be sent", give: append([]assistant.Message{
				{Role: assistant.RoleSystem, Parts: []assistant.Part{picture}},
				{Role: assistant.RoleAssistant, Parts: []assistant.Part{assistant.Reasoning{Text: "想", Vendor: "langchain"}}},
				{Role: assistant.RoleAssistant, Parts: []assistant.Part{text("好"), picture, assistant.ToolCall{ID: "a", Name: "f", Arguments: "{"}}},
				{Role: assistant.RoleTool, Parts: []assistant.Part{text("?")}},
				{Role: assistant.RoleAssistant, Parts: []assistant.Part{text("半")}, Partial: true},
			}, user(assistant.File{Media: assistant.Media{FileID: "f1"}}, assistant.Unknown{JSON: []byte(`{"type":"x"}`)}, assistant.Citation{}, assistant.Image{Media: assistant.Media{FileID: "f1"}})...),
			want: []llms.MessageContent{ai(llms.TextPart("好"), toolCall("a", "f", "{}")), ai(llms.TextPart("半"))},
			dropped: []string{"Messages[0].Parts[0]", "Messages[1].Parts[0]", "Messages[1]", "Messages[2].Parts[1]", "Messages[2].Parts[2]", "Messages[3].Parts[0]",
				"Messages[5].Parts[0]", "Messages[5].Parts[1]", "Messages[5].Parts[2]", "Messages[5].Parts[3]"},
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			got, _, dropped := sent(t, langchain.Config{Client: tt.client}, &assistant.Request{Messages: tt.give})
			require.Equal(t, tt.want, got)
			require.ElementsMatch(t, tt.dropped, dropped)
		})
	}
	_, _, dropped := sent(t, langchain.Config{}, &assistant.Request{Messages: []assistant.Message{
		assistant.User("说"), {Role: assistant.RoleAssistant, Parts: []assistant.Part{text("半")}, Partial: true},
	}})
	require.Equal(t, []string{"Messages[1].Partial"}, dropped)
}

func everything() *assistant.Request {
	r := hello()
	r.Model = "m"
	r.Tools = []*assistant.ToolSpec{{Name: "f", Description: "做", Schema: []byte(`{"type":"object","properties":{"x":{"type":"integer"}}}`)}, {Name: "g"}}
	r.ToolChoice = assistant.ToolChoice{Mode: assistant.ToolForced, Name: "f"}
	r.SingleTool = true
	r.Format = assistant.Format{Kind: assistant.FormatJSON}
	r.Thinking = assistant.Thinking{Mode: assistant.On, Effort: assistant.EffortMax, Budget: 2000}
	r.Search = assistant.Search{Mode: assistant.On}
	r.Temperature, r.TopP = assistant.Some(0.0), assistant.Some(0.9)
	r.FrequencyPenalty, r.PresencePenalty = assistant.Some(0.1), assistant.Some(0.2)
	r.TopK, r.Seed, r.MaxTokens, r.Stop, r.User = 5, assistant.Some[int64](7), 9, []string{"完"}, "u"
	r.Extra = map[string]map[string]any{"langchain": {"a": 1}, "openai": {"b": 2}, "other": {"c": 3}}
	return r
}

func TestOptions(t *testing.T) {
	t.Parallel()
	_, o, dropped := sent(t, langchain.Config{Options: []llms.CallOption{llms.WithN(2), llms.WithTemperature(1)}}, everything())
	require.Equal(t, "m", o.Model)
	require.Equal(t, []any{0.0, 0.9, 0.1, 0.2}, []any{o.Temperature, o.TopP, o.FrequencyPenalty, o.PresencePenalty})
	require.Equal(t, []int{5, 7, 9, 2}, []int{o.TopK, o.Seed, o.MaxTokens, o.N})
	require.Equal(t, []string{"完"}, o.StopWords)
	require.True(t, o.JSONMode)
	require.Equal(t, 1, o.Metadata["a"])
	require.NotContains(t, o.Metadata, "b")
	require.Equal(t, &llms.ThinkingConfig{Mode: llms.ThinkingModeHigh, BudgetTokens: 2000}, llms.GetThinkingConfig(o))
	require.Equal(t, llms.ToolChoice{Type: "function", Function: &llms.FunctionReference{Name: "f"}}, o.ToolChoice)
	require.Equal(t, []llms.Tool{
		{Type: "function", Function: &llms.FunctionDefinition{Name: "f", Description: "做", Parameters: map[string]any{
			"type": "object", "properties": map[string]any{"x": map[string]any{"type": "integer"}},
		}}},
		{Type: "function", Function: &llms.FunctionDefinition{Name: "g", Parameters: map[string]any{"type": "object", "properties": map[string]any{}}}},
	}, o.Tools)
	require.ElementsMatch(t, []string{"SingleTool", "Search", "User"}, dropped)

	_, _, dropped = sent(t, langchain.Config{Client: "openai"}, everything())
	require.ElementsMatch(t, []string{"SingleTool", "Search", "User", "TopP", "TopK", "Thinking"}, dropped)

	_, o, dropped = sent(t, langchain.Config{Client: "cloudflare"}, everything())
	require.ElementsMatch(t, []string{"Search", "User", "Thinking", "Tools", "Model", "Temperature", "TopP", "TopK", "Seed", "FrequencyPenalty", "PresencePenalty", "Stop", "MaxTokens", "Format"}, dropped)
	require.Empty(t, o.Tools)
	require.Nil(t, o.StreamingFunc)

	zeros := hello()
	zeros.TopP, zeros.FrequencyPenalty, zeros.PresencePenalty, zeros.Seed = assistant.Some(0.0), assistant.Some(0.0), assistant.Some(0.0), assistant.Some[int64](0)
	_, _, dropped = sent(t, langchain.Config{}, zeros)
	require.ElementsMatch(t, []string{"TopP", "FrequencyPenalty", "PresencePenalty", "Seed"}, dropped)

	// Calls do not share the map that langchaingo writes into.
	shared := map[string]any{"k": 1}
	_, _, _ = sent(t, langchain.Config{Options: []llms.CallOption{llms.WithMetadata(shared)}}, everything())
	require.Equal(t, map[string]any{"k": 1}, shared)
}

func TestToolChoices(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name   string
		client string
		mode   assistant.ToolMode
		tools  int
		want   any
		drops  bool
	}{
		{"auto", "openai", assistant.ToolAuto, 2, nil, false},
		{"none", "openai", assistant.ToolNone, 2, "none", false},
		{"required", "openai", assistant.ToolRequired, 2, "required", false},
		{"none where it cannot be said", "anthropic", assistant.ToolNone, 0, nil, false},
		{"required where it cannot be said", "anthropic", assistant.ToolRequired, 2, nil, true},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			r := hello()
			r.Tools = []*assistant.ToolSpec{{Name: "f"}, {Name: "g"}}
			r.ToolChoice.Mode = tt.mode
			_, o, dropped := sent(t, langchain.Config{Client: tt.client}, r)
			require.Len(t, o.Tools, tt.tools)
			require.Equal(t, tt.want, o.ToolChoice)
			require.Equal(t, tt.drops, len(dropped) > 0)
		})
	}
	r := hello()
	r.ToolChoice.Mode = assistant.ToolRequired
	_, _, dropped := sent(t, langchain.Config{}, r)
	require.Equal(t, []string{"ToolChoice"}, dropped)
}

func TestFormats(t *testing.T) {
	t.Parallel()
	r := hello()
	r.Format = assistant.Format{Kind: assistant.FormatSchema, Schema: []byte(`{"type":"object"}`)}
	m, o, dropped := sent(t, langchain.Config{}, r)
	require.True(t, o.JSONMode)
	require.Equal(t, []string{"Format.Schema"}, dropped)
	require.Equal(t, llms.ChatMessageTypeSystem, m[0].Role)
	require.Contains(t, m[0].Parts[0].(llms.TextContent).Text, `{"type":"object"}`)
}

func TestThinkingModes(t *testing.T) {
	t.Parallel()
	for want, give := range map[llms.ThinkingMode]assistant.Thinking{
		llms.ThinkingModeNone:   {Mode: assistant.Off},
		llms.ThinkingModeAuto:   {Mode: assistant.On},
		llms.ThinkingModeLow:    {Effort: assistant.EffortLow},
		llms.ThinkingModeMedium: {Effort: assistant.EffortMedium},
		llms.ThinkingModeHigh:   {Mode: assistant.On, Effort: assistant.EffortHigh},
	} {
		r := hello()
		r.Thinking = give
		_, o, _ := sent(t, langchain.Config{}, r)
		require.Equal(t, want, llms.GetThinkingConfig(o).Mode)
	}
}

// Requests that cannot be sent do not reach the LLM.
func TestInvalidRequests(t *testing.T) {
	t.Parallel()
	with := func(change func(r *assistant.Request)) *assistant.Request {
		r := hello()
		change(r)
		return r
	}
	for want, req := range map[string]*assistant.Request{
		"no request":             nil,
		"no message":             {},
		`unknown role "robot"`:   with(func(r *assistant.Request) { r.Messages[0].Role = "robot" }),
		`the schema of tool "f"`: with(func(r *assistant.Request) { r.Tools = []*assistant.ToolSpec{{Name: "f", Schema: []byte("{")}} }),
		"Format.Schema is not JSON": with(func(r *assistant.Request) {
			r.Format = assistant.Format{Kind: assistant.FormatSchema, Schema: []byte("{")}
		}),
		`names "h", which is not among`: with(func(r *assistant.Request) {
			r.Tools = []*assistant.ToolSpec{{Name: "f"}}
			r.ToolChoice = assistant.ToolChoice{Mode: assistant.ToolForced, Name: "h"}
		}),
	} {
		llm := scripted(func(context.Context, []llms.MessageContent, *llms.CallOptions) (*llms.ContentResponse, error) {
			t.Error("the LLM was asked")
			return nil, nil
		})
		_, err := assistant.Generate(t.Context(), langchain.FromLLM(llm, langchain.Config{}), req)
		require.ErrorIs(t, err, assistant.ErrInvalid)
		require.ErrorContains(t, err, want)
	}
}
