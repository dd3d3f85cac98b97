package langchain_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"github.com/tmc/langchaingo/llms"

	"github.com/zhushou-ai/zhushou/assistant"
	"github.com/zhushou-ai/zhushou/assistant/assistanttest"
	"github.com/zhushou-ai/zhushou/providers/langchain"
)

// asked returns the request that options make, and what was dropped.
func asked(t *testing.T, template assistant.Request, messages []llms.MessageContent, options ...llms.CallOption) (*assistant.Request, []string) {
	t.Helper()
	model := assistanttest.Script(assistanttest.Say("好"))
	llm := langchain.ToLLM(model)
	llm.Template = template
	if messages == nil {
		messages = []llms.MessageContent{human(llms.TextPart("你好"))}
	}
	r, err := llm.GenerateContent(t.Context(), messages, options...)
	require.NoError(t, err)
	dropped, _ := r.Choices[0].GenerationInfo["Dropped"].([]assistant.Dropped)
	var fields []string
	for _, d := range dropped {
		fields = append(fields, d.Field)
	}
	return model.Requests()[0], fields
}

func TestToLLMOptions(t *testing.T) {
	t.Parallel()
	none, dropped := asked(t, assistant.Request{}, nil)
	require.Equal(t, hello(), none, "nothing is asked for that no option asks for")
	require.Empty(t, dropped)

	weather := llms.Tool{Type: "function", Function: &llms.FunctionDefinition{Name: "weather", Description: "天气", Parameters: map[string]any{"type": "object"}}}
	clock := llms.FunctionDefinition{Name: "clock"}
	specs := []*assistant.ToolSpec{{Name: "weather", Description: "天气", Schema: []byte(`{"type":"object"}`)}, {Name: "clock"}}
	tests := []struct {
		name    string
		options []llms.CallOption
		want    func(r *assistant.Request)
		dropped []string
	}{
		{"zeros that are meant", []llms.CallOption{llms.WithTemperature(0), llms.WithTopP(0), llms.WithSeed(0), llms.WithPresencePenalty(0)}, func(r *assistant.Request) {
			r.Temperature, r.TopP, r.PresencePenalty, r.Seed = assistant.Some(0.0), assistant.Some(0.0), assistant.Some(0.0), assistant.Some[int64](0)
		}, nil},
		{"zeros of options set at once", []llms.CallOption{llms.WithOptions(llms.CallOptions{MaxTokens: 5})}, func(r *assistant.Request) { r.MaxTokens = 5 }, nil},
		{"numbers", []llms.CallOption{llms.WithModel("m"), llms.WithTemperature(0.5), llms.WithTopP(0.9), llms.WithTopK(3), llms.WithSeed(7), llms.WithMaxTokens(9), llms.WithFrequencyPenalty(0.1), llms.WithStopWords([]string{"完"})}, func(r *assistant.Request) {
			r.Model, r.Temperature, r.TopP, r.TopK, r.Seed = "m", assistant.Some(0.5), assistant.Some(0.9), 3, assistant.Some[int64](7)
			r.MaxTokens, r.FrequencyPenalty, r.Stop = 9, assistant.Some(0.1), []string{"完"}
		}, nil},
		{"numbers without a place", []llms.CallOption{llms.WithN(2), llms.WithCandidateCount(2), llms.WithMinLength(1), llms.WithMaxLength(2), llms.WithRepetitionPenalty(1.1)}, nil,
			[]string{"N", "CandidateCount", "MinLength", "MaxLength", "RepetitionPenalty"}},
		{"JSON mode", []llms.CallOption{llms.WithJSONMode()}, func(r *assistant.Request) { r.Format.Kind = assistant.FormatJSON }, nil},
		{"JSON by type", []llms.CallOption{llms.WithResponseMIMEType("application/json")}, func(r *assistant.Request) { r.Format.Kind = assistant.FormatJSON }, nil},
		{"another type", []llms.CallOption{llms.WithResponseMIMEType("text/x.enum")}, nil, []string{"ResponseMIMEType"}},
		{"tools", []llms.CallOption{llms.WithTools([]llms.Tool{weather}), llms.WithFunctions([]llms.FunctionDefinition{clock})}, func(r *assistant.Request) { r.Tools = specs }, nil},
		{"no tool", []llms.CallOption{llms.WithToolChoice("none")}, func(r *assistant.Request) { r.ToolChoice.Mode = assistant.ToolNone }, nil},
		{"no function", []llms.CallOption{llms.WithFunctionCallBehavior(llms.FunctionCallBehaviorNone)}, func(r *assistant.Request) { r.ToolChoice.Mode = assistant.ToolNone }, nil},
		{"some tool", []llms.CallOption{llms.WithToolChoice("required")}, func(r *assistant.Request) { r.ToolChoice.Mode = assistant.ToolRequired }, nil},
		{"automatic", []llms.CallOption{llms.WithToolChoice("auto")}, nil, nil},
		{"one tool", []llms.CallOption{llms.WithToolChoice(&llms.ToolChoice{Type: "function", Function: &llms.FunctionReference{Name: "clock"}})}, func(r *assistant.Request) {
			r.ToolChoice = assistant.ToolChoice{Mode: assistant.ToolForced, Name: "clock"}
		}, nil},
		{"one tool as a map", []llms.CallOption{llms.WithToolChoice(map[string]any{"type": "function", "function": map[string]any{"name": "clock"}})}, func(r *assistant.Request) {
			r.ToolChoice = assistant.ToolChoice{Mode: assistant.ToolForced, Name: "clock"}
		}, nil},
		{"thinking", []llms.CallOption{llms.WithThinkingMode(llms.ThinkingModeMedium), llms.WithThinkingBudget(2000)}, func(r *assistant.Request) {
			r.Thinking = assistant.Thinking{Mode: assistant.On, Effort: assistant.EffortMedium, Budget: 2000}
		}, nil},
		{"no thinking", []llms.CallOption{llms.WithThinkingMode(llms.ThinkingModeNone)}, func(r *assistant.Request) { r.Thinking.Mode = assistant.Off }, nil},
		{"metadata", []llms.CallOption{llms.WithMetadata(map[string]any{"qwen": map[string]any{"x": 1}, "trace": "t"}), llms.WithPromptCaching(true)}, func(r *assistant.Request) {
			r.Extra = map[string]map[string]any{"qwen": {"x": 1}}
		}, []string{"Metadata.prompt_caching", "Metadata.trace"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			want := hello()
			if tt.want != nil {
				tt.want(want)
			}
			got, dropped := asked(t, assistant.Request{}, nil, tt.options...)
			require.Equal(t, want, got)
			require.Equal(t, tt.dropped, dropped)
		})
	}
}

// What options ask for wins over the template, which stays as it is.
func TestTemplate(t *testing.T) {
	t.Parallel()
	template := assistant.Request{
		Messages: append(make([]assistant.Message, 0, 4), assistant.System("简短")), Search: assistant.Search{Mode: assistant.On}, Temperature: assistant.Some(0.1),
		Tools: append(make([]*assistant.ToolSpec, 0, 4), &assistant.ToolSpec{Name: "a"}),
		Extra: map[string]map[string]any{"qwen": {"x": 1}},
	}
	got, _ := asked(t, template, nil, llms.WithTemperature(0), llms.WithTools([]llms.Tool{{Function: &llms.FunctionDefinition{Name: "b"}}}),
		llms.WithMetadata(map[string]any{"qwen": map[string]any{"y": 2}}))
	require.Equal(t, "简短", got.Messages[0].Text())
	require.Equal(t, "你好", got.Messages[1].Text())
	require.Equal(t, assistant.On, got.Search.Mode)
	require.Equal(t, assistant.Some(0.0), got.Temperature)
	require.Len(t, got.Tools, 2)
	require.Equal(t, map[string]map[string]any{"qwen": {"x": 1, "y": 2}}, got.Extra)
	require.Equal(t, map[string]any{"x": 1}, template.Extra["qwen"])
	require.Nil(t, template.Tools[:2][1])
	require.Zero(t, template.Messages[:2][1])
}

func TestToLLMMessages(t *testing.T) {
	t.Parallel()
	png := []byte("\x89PNG\r\n\x1a\n")
	got, dropped := asked(t, assistant.Request{}, []llms.MessageContent{
		system("简短"),
		human(llms.WithCacheControl(llms.TextPart("看"), &llms.CacheControl{Type: "ephemeral"}), llms.WithCacheControl(llms.TextPart("看"), nil),
			llms.ImageURLWithDetailPart("https://example.com/a.png", "low"), llms.ImageURLPart("data:image/png;base64,iVBORw0KGgo="),
			llms.BinaryPart("image/png", png), llms.BinaryPart("", png), llms.BinaryPart("audio/wav", []byte("x")),
			llms.BinaryPart("video/mp4", []byte("x")), llms.BinaryPart("application/pdf", []byte("x"))),
		ai(llms.TextPart("查"), toolCall("a", "f", `{"x":1}`), toolCall("b", "calculator", "2*3"), llms.ToolCall{ID: "c"}),
		result("a", "f", "晴"), result("b", "calculator", "6"),
		{Role: llms.ChatMessageTypeGeneric, Parts: []llms.ContentPart{llms.TextPart("好")}},
	})
	media := func(mime string, data []byte) assistant.Media { return assistant.Media{MIME: mime, Data: data} }
	require.Equal(t, []assistant.Message{
		assistant.System("简短"),
		{Role: assistant.RoleUser, Parts: []assistant.Part{
			assistant.Text{Text: "看"}, assistant.Text{Text: "看"},
			assistant.Image{Media: assistant.Media{URL: "https://example.com/a.png"}, Detail: "low"},
			assistant.Image{Media: media("image/png", png)}, assistant.Image{Media: media("image/png", png)}, assistant.Image{Media: media("", png)},
			assistant.Audio{Media: media("audio/wav", []byte("x"))}, assistant.Video{Media: media("video/mp4", []byte("x"))},
			assistant.File{Media: media("application/pdf", []byte("x"))},
		}},
		{Role: assistant.RoleAssistant, Parts: []assistant.Part{
			assistant.Text{Text: "查"}, assistant.ToolCall{ID: "a", Name: "f", Arguments: `{"x":1}`},
			assistant.ToolCall{ID: "b", Name: "calculator", Arguments: `{"__arg1":"2*3"}`}, assistant.ToolCall{ID: "c"},
		}},
		assistant.Results(
			assistant.ToolResult{ID: "a", Name: "f", Parts: []assistant.Part{assistant.Text{Text: "晴"}}},
			assistant.ToolResult{ID: "b", Name: "calculator", Parts: []assistant.Part{assistant.Text{Text: "6"}}}),
		assistant.User("好"),
	}, got.Messages)
	require.Equal(t, []string{"CacheControl"}, dropped)
}

func TestToLLMRefuses(t *testing.T) {
	t.Parallel()
	tests := []struct {
		want    string
		message llms.MessageContent
		option  llms.CallOption
	}{
		{`unknown role "robot"`, llms.MessageContent{Role: "robot"}, nil},
		{"unknown kind of content", human(nil), nil},
		{"is not base64", human(llms.ImageURLPart("data:image/png,abc")), nil},
		{"illegal base64", human(llms.ImageURLPart("data:image/png;base64,???")), nil},
		{`tool 0 is of type "retrieval"`, human(), llms.WithTools([]llms.Tool{{Type: "retrieval"}})},
		{`parameters of tool "f"`, human(), llms.WithTools([]llms.Tool{{Function: &llms.FunctionDefinition{Name: "f", Parameters: func() {}}}})},
		{`tool choice "maybe"`, human(), llms.WithToolChoice("maybe")},
		{"tool choice 5", human(), llms.WithToolChoice(5)},
		{"tool choice", human(), llms.WithToolChoice(func() {})},
	}
	for _, tt := range tests {
		t.Run(tt.want, func(t *testing.T) {
			t.Parallel()
			_, err := langchain.ToLLM(assistanttest.Script()).GenerateContent(t.Context(), []llms.MessageContent{tt.message}, tt.option)
			require.ErrorContains(t, err, tt.want)
			require.ErrorIs(t, err, assistant.ErrInvalid)
			require.True(t, llms.IsInvalidRequestError(err))
		})
	}
}

func TestToLLMResponse(t *testing.T) {
	t.Parallel()
	usage := assistant.Usage{Input: 7, Output: 3, Total: 10, CacheRead: assistant.Some(5), Reasoning: assistant.Some(2)}
	cited := assistant.Citation{Index: 1, URL: "https://example.com"}
	picture := assistant.Image{Media: assistant.Media{URL: "https://example.com/a.png"}}
	calls := []assistant.ToolCall{{ID: "a", Name: "f", Arguments: "{}"}, {ID: "b", Name: "g", Arguments: "{}"}}
	model := assistanttest.Script(assistanttest.Chunks(
		assistant.Chunk{Reasoning: "想", Meta: &assistant.Meta{Vendor: "qwen", Model: "qwen-plus", ID: "i", RequestID: "r", Dropped: []assistant.Dropped{{Field: "TopK", Reason: "x"}}}},
		assistant.Chunk{Text: "你"}, assistant.Chunk{Text: "好"},
		assistant.Chunk{ToolCalls: calls, Parts: []assistant.Part{cited, picture}, Finish: assistant.FinishToolCalls, Usage: &usage}))
	var streamed, thought, both string
	got, err := langchain.ToLLM(model).GenerateContent(t.Context(), []llms.MessageContent{human(llms.TextPart("?"))},
		llms.WithStreamingFunc(func(_ context.Context, b []byte) error { streamed += string(b); return nil }),
		llms.WithStreamingReasoningFunc(func(_ context.Context, r, b []byte) error { thought += string(r); both += string(b); return nil }))
	require.NoError(t, err)
	require.Equal(t, []string{"你好", "想", "你好"}, []string{streamed, thought, both})

	c := got.Choices[0]
	require.Equal(t, "你好", c.Content)
	require.Equal(t, "想", c.ReasoningContent)
	require.Equal(t, "tool_calls", c.StopReason)
	require.Equal(t, []llms.ToolCall{toolCall("a", "f", "{}"), toolCall("b", "g", "{}")}, c.ToolCalls)
	require.Equal(t, c.ToolCalls[0].FunctionCall, c.FuncCall)
	info := c.GenerationInfo
	for key, want := range map[string]any{
		"PromptTokens": 7, "CompletionTokens": 3, "TotalTokens": 10, "PromptCachedTokens": 5, "ReasoningTokens": 2, "ThinkingTokens": 2,
		"CompletionReasoningTokens": 2, "CacheCreationInputTokens": 0, "ThinkingContent": "想", "Usage": usage,
		"Vendor": "qwen", "Model": "qwen-plus", "ID": "i", "RequestID": "r",
		"Citations": []assistant.Citation{cited}, "Parts": []assistant.Part{picture}, "Dropped": []assistant.Dropped{{Field: "TopK", Reason: "x"}},
	} {
		require.Equal(t, want, info[key], key)
	}
	require.Equal(t, 2, llms.ExtractThinkingTokens(info).ThinkingTokens)

	other := assistanttest.Script(assistanttest.Chunks(assistant.Chunk{Text: "好", Finish: assistant.FinishOther, Meta: &assistant.Meta{RawFinish: "repetition"}}))
	got, err = langchain.ToLLM(other).GenerateContent(t.Context(), nil)
	require.NoError(t, err)
	require.Equal(t, "repetition", got.Choices[0].StopReason)
}

// Nothing of a reply is lost on the way to langchaingo and back.
func TestThereAndBack(t *testing.T) {
	t.Parallel()
	usage := assistant.Usage{Input: 7, Output: 3, Total: 10, CacheRead: assistant.Some(0)}
	chunks := []assistant.Chunk{
		{Reasoning: "想", Meta: &assistant.Meta{Vendor: "x", Model: "m", ID: "i", RequestID: "r", RawFinish: "odd", Dropped: []assistant.Dropped{{Field: "TopK", Reason: "y"}}}},
		{Text: "好"},
		{Parts: []assistant.Part{assistant.Citation{Index: 1}, assistant.Image{Media: assistant.Media{URL: "u"}}}, Finish: assistant.FinishOther, Usage: &usage},
	}
	want, err := assistant.Generate(t.Context(), assistanttest.Script(assistanttest.Chunks(chunks...)), hello())
	require.NoError(t, err)
	llm := langchain.ToLLM(assistanttest.Script(assistanttest.Chunks(chunks...)))
	got, err := assistant.Generate(t.Context(), langchain.FromLLM(llm, langchain.Config{Vendor: "x"}), hello())
	require.NoError(t, err)
	require.Equal(t, want, got)
}

func TestToLLMErrors(t *testing.T) {
	t.Parallel()
	is := map[assistant.ErrorKind]func(error) bool{
		assistant.ErrAuth: llms.IsAuthenticationError, assistant.ErrPermission: llms.IsAuthenticationError,
		assistant.ErrQuota: llms.IsQuotaExceededError, assistant.ErrRateLimited: llms.IsRateLimitError,
		assistant.ErrOverloaded: llms.IsProviderUnavailableError, assistant.ErrServer: llms.IsProviderUnavailableError,
		assistant.ErrNetwork: llms.IsProviderUnavailableError, assistant.ErrTimeout: llms.IsTimeoutError,
		assistant.ErrContextLength: llms.IsTokenLimitError, assistant.ErrBlocked: llms.IsContentFilterError,
		assistant.ErrInvalid:   llms.IsInvalidRequestError,
		assistant.ErrNotFound:  func(err error) bool { return errors.Is(err, &llms.Error{Code: llms.ErrCodeResourceNotFound}) },
		assistant.ErrTruncated: func(err error) bool { return errors.Is(err, &llms.Error{Code: llms.ErrCodeUnknown}) },
		assistant.ErrProtocol:  func(err error) bool { return errors.Is(err, &llms.Error{Code: llms.ErrCodeUnknown}) },
	}
	for kind, theirs := range is {
		give := &assistant.Error{Kind: kind, Vendor: "qwen", Status: 499, Message: "不行", RetryAfter: time.Second}
		llm := langchain.ToLLM(assistanttest.Script(assistanttest.Break(give), assistanttest.Break(give, assistant.Chunk{Text: "半"})))
		_, err := llm.Call(t.Context(), "?")
		require.ErrorIs(t, err, kind)
		require.True(t, theirs(err), kind)
		require.Equal(t, 1, strings.Count(err.Error(), "qwen: "))
		require.ErrorContains(t, err, "不行")
		var named *llms.Error
		require.ErrorAs(t, err, &named)
		require.Equal(t, time.Second, named.Details["retry_after"])

		// And back: it is the error that it was.
		_, err = assistant.Generate(t.Context(), langchain.FromLLM(llm, langchain.Config{}), hello())
		var e *assistant.Error
		require.ErrorAs(t, err, &e)
		want := *give
		want.Delivered = true
		require.Equal(t, &want, e)
	}
}

func TestToLLMBrokenReplies(t *testing.T) {
	t.Parallel()
	own := errors.New("own")
	tests := []struct {
		name string
		turn assistanttest.Turn
		want error
	}{
		{"no finish reason", assistanttest.Chunks(assistant.Chunk{Text: "半"}), assistant.ErrTruncated},
		{"retracted", assistanttest.Chunks(assistant.Chunk{Text: "坏话"}, assistant.Chunk{Retract: &assistant.Retraction{Reason: "risk"}, Finish: assistant.FinishFiltered}), assistant.ErrBlocked},
		{"foreign error", assistanttest.Break(own), own},
		{"cancelled", assistanttest.Break(context.Canceled), context.Canceled},
		{"deadline", assistanttest.Break(context.DeadlineExceeded), context.DeadlineExceeded},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			r, err := langchain.ToLLM(assistanttest.Script(tt.turn)).GenerateContent(t.Context(), nil)
			require.ErrorIs(t, err, tt.want)
			require.Nil(t, r)
		})
	}
}

// An error of a streaming function ends the call.
func TestToLLMStops(t *testing.T) {
	t.Parallel()
	enough := errors.New("够了")
	for name, option := range map[string]func(stop func() error) llms.CallOption{
		"text": func(stop func() error) llms.CallOption {
			return llms.WithStreamingFunc(func(context.Context, []byte) error { return stop() })
		},
		"reasoning": func(stop func() error) llms.CallOption {
			return llms.WithStreamingReasoningFunc(func(context.Context, []byte, []byte) error { return stop() })
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			n := 0
			_, err := langchain.ToLLM(assistanttest.Script(assistanttest.Say("一二三四"))).GenerateContent(t.Context(), nil, option(func() error {
				if n++; n == 2 {
					return enough
				}
				return nil
			}))
			require.ErrorIs(t, err, enough)
			require.Equal(t, 2, n)
		})
	}
}

func TestToLLMCallbacks(t *testing.T) {
	t.Parallel()
	h := new(watcher)
	llm := langchain.ToLLM(assistanttest.Script(assistanttest.Say("好")))
	llm.CallbacksHandler = h
	_, err := llm.Call(t.Context(), "?")
	require.NoError(t, err)
	require.Equal(t, 2, h.tokens)
	_, err = llm.Call(t.Context(), "?")
	require.Error(t, err)
	require.Equal(t, err, h.err)
	require.Equal(t, 2, h.starts)
}
