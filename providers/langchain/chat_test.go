package langchain_test

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"
	"github.com/tmc/langchaingo/llms"
	"github.com/tmc/langchaingo/llms/openai"

	"github.com/zhushou-ai/zhushou/assistant"
	"github.com/zhushou-ai/zhushou/providers/langchain"
)

const eventStream = "text/event-stream"

// theirs is langchaingo's client for OpenAI in front of a transport of the test.
func theirs(t testing.TB, client *http.Client) llms.Model {
	t.Helper()
	llm, err := openai.New(openai.WithBaseURL("http://example.invalid/v1"), openai.WithToken("sk-x"), openai.WithModel("m"), openai.WithHTTPClient(client))
	require.NoError(t, err)
	return llm
}

func behind(c canned) *http.Client { return &http.Client{Transport: langchain.Transport(c)} }

// events makes a stream of events, with the mark of its end.
func events(data ...string) string {
	return "data: " + strings.Join(append(data, "[DONE]"), "\n\ndata: ") + "\n\n"
}

// What langchaingo has no place for comes through all the same.
func TestChatRestores(t *testing.T) {
	t.Parallel()
	const stop = `{"choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}`
	text := func(s string) string { return `{"choices":[{"index":0,"delta":{"content":"` + s + `"}}]}` }
	tests := []struct {
		name  string
		body  string
		check func(t *testing.T, r *assistant.Reply)
	}{
		{"a citation", events(text("好"), `{"choices":[],"search_info":{"search_results":[{"index":1,"url":"https://example.com"}]}}`, stop), func(t *testing.T, r *assistant.Reply) {
			require.Equal(t, []assistant.Citation{{Index: 1, URL: "https://example.com"}}, r.Message.Citations())
		}},
		{"a sound", events(text("好"), `{"choices":[{"index":0,"delta":{"audio":{"data":"UklGRg==","transcript":"好"}}}]}`, stop), func(t *testing.T, r *assistant.Reply) {
			require.Contains(t, r.Message.Parts, assistant.Part(assistant.Audio{Media: assistant.Media{Data: []byte("RIFF")}, Transcript: "好"}))
		}},
		{"a refusal", events(`{"choices":[{"index":0,"delta":{"refusal":"不行"}}]}`, stop), func(t *testing.T, r *assistant.Reply) {
			require.Equal(t, "不行", r.Text())
			require.Equal(t, assistant.FinishRefusal, r.Finish)
		}},
		{"a retraction", events(text("坏"), `{"need_clear_history":true,"choices":[]}`, stop), func(t *testing.T, r *assistant.Reply) {
			require.Equal(t, assistant.FinishFiltered, r.Finish)
			require.NotNil(t, r.Retracted)
			require.True(t, r.Retracted.DropTurn)
		}},
		{"a stop reason of the vendor's own", events(text("好"), `{"choices":[{"index":0,"delta":{},"finish_reason":"repetition"}]}`), func(t *testing.T, r *assistant.Reply) {
			require.Equal(t, assistant.FinishOther, r.Finish)
			require.Equal(t, "repetition", r.RawFinish)
		}},
		{"calls that are announced and missing", events(text("好"), `{"choices":[{"index":0,"delta":{},"finish_reason":"tool_calls"}]}`), func(t *testing.T, r *assistant.Reply) {
			require.Equal(t, assistant.FinishOther, r.Finish)
			require.Equal(t, "tool_calls", r.RawFinish)
		}},
		{"two calls of which one is no JSON", events(`{"choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"id":"a","function":{"name":"f","arguments":"{x"}},{"index":1,"id":"b","function":{"name":"g","arguments":""}}]},"finish_reason":"tool_calls"}]}`), func(t *testing.T, r *assistant.Reply) {
			require.Equal(t, []assistant.ToolCall{{ID: "a", Name: "f", Arguments: "{x"}, {ID: "b", Name: "g", Arguments: "{}"}}, r.ToolCalls())
		}},
		{"counts", events(text("好"), stop, `{"choices":[],"usage":{"prompt_tokens":7,"completion_tokens":3,"prompt_cache_hit_tokens":0}}`), func(t *testing.T, r *assistant.Reply) {
			require.Equal(t, assistant.Usage{Input: 7, Output: 3, Total: 10, CacheRead: assistant.Some(0)}, r.Usage)
		}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			llm := theirs(t, behind(func(*http.Request) *http.Response { return body(eventStream, tt.body) }))
			r, err := generate(t, llm, langchain.Config{})
			require.NoError(t, err)
			require.Equal(t, "r1", r.RequestID)
			tt.check(t, r)
		})
	}
}

// An LLM around the client has the last word on what it returns.
func TestChatIsNotAll(t *testing.T) {
	t.Parallel()
	inner := theirs(t, behind(func(*http.Request) *http.Response {
		return body(eventStream, events(`{"choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"id":"a","function":{"name":"f","arguments":"{}"}}]},"finish_reason":"tool_calls"}],"usage":{"prompt_tokens":7,"completion_tokens":3}}`))
	}))
	llm := scripted(func(ctx context.Context, m []llms.MessageContent, o *llms.CallOptions) (*llms.ContentResponse, error) {
		r, err := inner.GenerateContent(ctx, m, llms.WithStreamingFunc(func(context.Context, []byte) error { return nil }))
		if err != nil {
			return nil, err
		}
		c := r.Choices[0]
		c.Content, c.ToolCalls, c.FuncCall, c.StopReason = "不调用", nil, nil, "stop"
		c.GenerationInfo["PromptTokens"] = 14
		return r, nil
	})
	r, err := generate(t, llm, langchain.Config{})
	require.NoError(t, err)
	require.Equal(t, "不调用", r.Text())
	require.Empty(t, r.ToolCalls())
	require.Equal(t, assistant.FinishStop, r.Finish)
	require.Equal(t, 14, r.Usage.Input)
}

// Several answers to one question are not one reply: the client gets what came.
func TestChatSeveralAnswers(t *testing.T) {
	t.Parallel()
	const two = `{"choices":[{"index":0,"message":{"content":"一"},"finish_reason":"stop"},{"index":1,"message":{"content":"二"},"finish_reason":"stop"}]}`
	inner := theirs(t, behind(func(*http.Request) *http.Response { return body("application/json", two) }))
	llm := scripted(func(ctx context.Context, m []llms.MessageContent, _ *llms.CallOptions) (*llms.ContentResponse, error) {
		r, err := inner.GenerateContent(ctx, m, llms.WithN(2))
		if err == nil {
			r.Choices = r.Choices[1:]
		}
		return r, err
	})
	r, err := generate(t, llm, langchain.Config{})
	require.NoError(t, err)
	require.Equal(t, "二", r.Text())
}

// A redirect is for the client to follow, with the question as it was.
func TestChatRedirected(t *testing.T) {
	t.Parallel()
	var asked []string
	llm := theirs(t, behind(func(req *http.Request) *http.Response {
		b, err := io.ReadAll(req.Body)
		require.NoError(t, err)
		require.NoError(t, req.Body.Close())
		asked = append(asked, req.URL.Path+" "+string(b))
		if len(asked) == 1 {
			resp := body("text/html", "<a href=…>")
			resp.StatusCode = http.StatusTemporaryRedirect
			resp.Header.Set("Location", "/v2/chat/completions")
			return resp
		}
		return body(eventStream, events(`{"id":"c2","choices":[{"index":0,"delta":{"content":"好"},"finish_reason":"stop"}]}`))
	}))
	r, err := generate(t, llm, langchain.Config{})
	require.NoError(t, err)
	require.Equal(t, "c2", r.ID)
	require.Len(t, asked, 2)
	_, first, _ := strings.Cut(asked[0], " ")
	require.Equal(t, "/v2/chat/completions "+first, asked[1])
}

// A failure that the LLM gets over is none.
func TestChatTriedAgain(t *testing.T) {
	t.Parallel()
	n := 0
	inner := theirs(t, behind(func(*http.Request) *http.Response {
		if n++; n == 1 {
			resp := body("application/json", `{"error":{"message":"太快了"}}`)
			resp.StatusCode = http.StatusTooManyRequests
			return resp
		}
		return body("application/json", `{"choices":[{"index":0,"message":{"content":"好"},"finish_reason":"stop"}]}`)
	}))
	llm := scripted(func(ctx context.Context, m []llms.MessageContent, _ *llms.CallOptions) (*llms.ContentResponse, error) {
		_, err := inner.GenerateContent(ctx, m)
		require.ErrorContains(t, err, "429: 太快了", "the client sees the status and the vendor's words")
		return inner.GenerateContent(ctx, m)
	})
	r, err := generate(t, llm, langchain.Config{})
	require.NoError(t, err)
	require.Equal(t, "好", r.Text())
}

// silent is a body that never comes, until the request ends.
type silent struct{ ctx context.Context }

func (s silent) Read([]byte) (int, error) {
	<-s.ctx.Done()
	return 0, s.ctx.Err()
}

func (s silent) Close() error { return nil }

// Silence ends the call, and so does the time limit of the client's own; neither passes for the end of the
// caller's context.
func TestChatSilence(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		cfg    langchain.Config
		client time.Duration
		want   time.Duration
	}{
		"the limit on silence":    {langchain.Config{IdleTimeout: time.Second}, 0, time.Second},
		"the default":             {langchain.Config{}, 0, 2 * time.Minute},
		"the default for a whole": {langchain.Config{DisableStreaming: true}, 0, 10 * time.Minute},
		"the client's own":        {langchain.Config{}, 3 * time.Second, 3 * time.Second},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				client := behind(func(req *http.Request) *http.Response {
					resp := body(eventStream, "")
					resp.Body = silent{req.Context()}
					return resp
				})
				client.Timeout = tt.client
				start := time.Now()
				_, err := generate(t, theirs(t, client), tt.cfg)
				require.ErrorIs(t, err, assistant.ErrTimeout)
				require.NotErrorIs(t, err, context.DeadlineExceeded)
				require.Equal(t, tt.want, time.Since(start))
			})
		})
	}
}

// A client that leaves an answer in the middle ends the exchange.
func TestChatLeft(t *testing.T) {
	t.Parallel()
	enough := errors.New("够了")
	ended := make(chan error, 1)
	inner := theirs(t, behind(func(req *http.Request) *http.Response {
		context.AfterFunc(req.Context(), func() { ended <- req.Context().Err() })
		resp := body(eventStream, "")
		resp.Body = struct {
			io.Reader
			io.Closer
		}{io.MultiReader(strings.NewReader("data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"好\"}}]}\n\n"), silent{req.Context()}), silent{}}
		return resp
	}))
	llm := scripted(func(ctx context.Context, m []llms.MessageContent, _ *llms.CallOptions) (*llms.ContentResponse, error) {
		_, err := inner.GenerateContent(ctx, m, llms.WithStreamingFunc(func(context.Context, []byte) error { return enough }))
		require.ErrorIs(t, err, enough)
		require.NoError(t, ctx.Err(), "the call itself goes on")
		require.ErrorIs(t, <-ended, context.Canceled)
		return response(&llms.ContentChoice{Content: "好", StopReason: "stop"}), nil
	})
	r, err := generate(t, llm, langchain.Config{})
	require.NoError(t, err)
	require.Equal(t, "好", r.Text())
}

// What langchaingo does not send, or sends elsewhere, reaches the vendor.
func TestChatPatched(t *testing.T) {
	t.Parallel()
	ask := func(t *testing.T, cfg langchain.Config, req *assistant.Request, wrap func(http.RoundTripper) http.RoundTripper) (map[string]any, []assistant.Dropped) {
		t.Helper()
		var got map[string]any
		llm := theirs(t, &http.Client{Transport: wrap(canned(func(req *http.Request) *http.Response {
			b, err := io.ReadAll(req.Body)
			require.NoError(t, err)
			require.Equal(t, int64(len(b)), req.ContentLength)
			require.NoError(t, json.Unmarshal(b, &got))
			if got["stream"] == nil {
				return body("application/json", `{"choices":[{"index":0,"message":{"content":"好"},"finish_reason":"stop"}]}`)
			}
			return body(eventStream, events(`{"choices":[{"index":0,"delta":{"content":"好"},"finish_reason":"stop"}]}`))
		}))})
		cfg.Vendor = "acme"
		r, err := assistant.Generate(t.Context(), langchain.FromLLM(llm, cfg), req)
		require.NoError(t, err)
		return got, r.Dropped
	}
	bare := func(next http.RoundTripper) http.RoundTripper { return next }
	fields := func(dropped []assistant.Dropped) []string {
		var out []string
		for _, d := range dropped {
			out = append(out, d.Field)
		}
		return out
	}
	history := func() *assistant.Request {
		return &assistant.Request{Messages: []assistant.Message{
			assistant.User("天气?"),
			{Role: assistant.RoleAssistant, Parts: []assistant.Part{
				assistant.Reasoning{Text: "别家的", Vendor: "another"}, assistant.Reasoning{Text: "先查", Vendor: "acme"}, assistant.Reasoning{Text: "再说", Vendor: "acme"},
				assistant.ToolCall{ID: "a", Name: "f", Arguments: "{}"},
			}},
			assistant.Results(assistant.ToolResult{ID: "a", Name: "f", Parts: []assistant.Part{assistant.Text{Text: "晴"}}}),
			{Role: assistant.RoleAssistant, Parts: []assistant.Part{assistant.Reasoning{Text: "好了", Vendor: "acme"}, assistant.Text{Text: "晴"}}},
			assistant.User("谢谢"),
		}}
	}

	t.Run("fields", func(t *testing.T) {
		t.Parallel()
		req := hello()
		req.TopP, req.PresencePenalty, req.Seed, req.FrequencyPenalty = assistant.Some(0.9), assistant.Some(0.0), assistant.Some[int64](0), assistant.Some(0.5)
		req.User, req.SingleTool, req.TopK = "u", true, 3
		req.Tools = []*assistant.ToolSpec{{Name: "f"}}
		got, dropped := ask(t, langchain.Config{}, req, langchain.Transport)
		for name, want := range map[string]any{"top_p": 0.9, "presence_penalty": 0.0, "seed": 0.0, "frequency_penalty": 0.5, "user": "u", "parallel_tool_calls": false, "stream": true, "model": "m"} {
			require.Equal(t, want, got[name], name)
		}
		require.NotContains(t, got, "temperature", "nobody asked for one")
		require.Equal(t, []string{"TopK"}, fields(dropped))

		_, dropped = ask(t, langchain.Config{}, req, bare)
		require.ElementsMatch(t, []string{"TopP", "PresencePenalty", "Seed", "TopK", "User", "SingleTool"}, fields(dropped))
	})
	t.Run("temperature", func(t *testing.T) {
		t.Parallel()
		got, _ := ask(t, langchain.Config{Options: []llms.CallOption{llms.WithTemperature(0)}}, hello(), langchain.Transport)
		require.Equal(t, 0.0, got["temperature"], "an option asks for it")
		req := hello()
		req.Temperature = assistant.Some(0.0)
		got, _ = ask(t, langchain.Config{}, req, langchain.Transport)
		require.Equal(t, 0.0, got["temperature"], "the request asks for it")
	})
	t.Run("the vendor's own fields", func(t *testing.T) {
		t.Parallel()
		req := hello()
		req.TopP = assistant.Some(0.9)
		req.Extra = map[string]map[string]any{
			"acme":    {"enable_search": true, "top_p": 0.1, "stream": false, "temperature": 0.7, "metadata": map[string]any{"a": "b"}},
			"another": {"x": 1},
		}
		cfg := langchain.Config{Options: []llms.CallOption{llms.WithMetadata(map[string]any{"mine": "1"})}}
		got, dropped := ask(t, cfg, req, langchain.Transport)
		require.Equal(t, []any{true, 0.9, true, 0.7}, []any{got["enable_search"], got["top_p"], got["stream"], got["temperature"]})
		require.Equal(t, map[string]any{"mine": "1"}, got["metadata"], "what an option has set stays")
		require.NotContains(t, got, "x")
		require.Equal(t, []string{"Extra.acme.metadata", "Extra.acme.stream", "Extra.acme.top_p"}, fields(dropped))

		got, dropped = ask(t, langchain.Config{}, req, langchain.Transport)
		require.Equal(t, map[string]any{"a": "b"}, got["metadata"])
		require.Equal(t, []string{"Extra.acme.stream", "Extra.acme.top_p"}, fields(dropped))
	})
	t.Run("no stream", func(t *testing.T) {
		t.Parallel()
		req := hello()
		req.Extra = map[string]map[string]any{"acme": {"stream": true}}
		got, dropped := ask(t, langchain.Config{DisableStreaming: true}, req, langchain.Transport)
		require.NotContains(t, got, "stream")
		require.Equal(t, []string{"Extra.acme.stream"}, fields(dropped))
	})
	t.Run("thinking that led to calls", func(t *testing.T) {
		t.Parallel()
		got, dropped := ask(t, langchain.Config{}, history(), langchain.Transport)
		messages := got["messages"].([]any)
		require.Equal(t, "先查再说", messages[1].(map[string]any)["reasoning_content"])
		require.NotContains(t, messages[3], "reasoning_content")
		require.Equal(t, []string{"Messages[3].Parts[0]"}, fields(dropped))

		_, dropped = ask(t, langchain.Config{}, history(), bare)
		require.Equal(t, []string{"Messages[1].Parts[1]", "Messages[1].Parts[2]", "Messages[3].Parts[0]"}, fields(dropped))
	})
	t.Run("nothing", func(t *testing.T) {
		t.Parallel()
		req := hello()
		req.Temperature = assistant.Some(1.0)
		with, _ := ask(t, langchain.Config{}, req, langchain.Transport)
		without, _ := ask(t, langchain.Config{}, req, bare)
		require.Equal(t, without, with)
	})
}
