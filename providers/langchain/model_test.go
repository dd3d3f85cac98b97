package langchain_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"net"
	"net/url"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"
	"github.com/tmc/langchaingo/llms"
	"github.com/tmc/langchaingo/llms/fake"

	"github.com/zhushou-ai/zhushou/assistant"
	"github.com/zhushou-ai/zhushou/providers/langchain"
	"github.com/zhushou-ai/zhushou/providers/providertest"
)

// scripted is an LLM of langchaingo that does what a test says.
type scripted func(ctx context.Context, messages []llms.MessageContent, o *llms.CallOptions) (*llms.ContentResponse, error)

func (s scripted) GenerateContent(ctx context.Context, messages []llms.MessageContent, options ...llms.CallOption) (*llms.ContentResponse, error) {
	o := new(llms.CallOptions)
	for _, option := range options {
		option(o)
	}
	return s(ctx, messages, o)
}

func (s scripted) Call(ctx context.Context, prompt string, options ...llms.CallOption) (string, error) {
	return llms.GenerateFromSinglePrompt(ctx, s, prompt, options...)
}

// streams is an LLM that streams pieces and returns c.
func streams(c *llms.ContentChoice, pieces ...string) scripted {
	return func(ctx context.Context, _ []llms.MessageContent, o *llms.CallOptions) (*llms.ContentResponse, error) {
		if o.StreamingFunc != nil {
			for _, p := range pieces {
				if err := o.StreamingFunc(ctx, []byte(p)); err != nil {
					return nil, err
				}
			}
		}
		return response(c), nil
	}
}

func response(choices ...*llms.ContentChoice) *llms.ContentResponse {
	return &llms.ContentResponse{Choices: choices}
}

func hello() *assistant.Request {
	return &assistant.Request{Messages: []assistant.Message{assistant.User("你好")}}
}

func generate(t *testing.T, llm llms.Model, cfg langchain.Config) (*assistant.Reply, error) {
	t.Helper()
	return assistant.Generate(t.Context(), langchain.FromLLM(llm, cfg), hello())
}

// An LLM that does everything right keeps the contract, whatever it streams from.
func TestContract(t *testing.T) {
	t.Parallel()
	answer := &llms.ContentChoice{Content: "你好,世界", StopReason: "stop"}
	elsewhere := scripted(func(ctx context.Context, m []llms.MessageContent, o *llms.CallOptions) (r *llms.ContentResponse, err error) {
		var wg sync.WaitGroup // as langchaingo's client for Anthropic does
		wg.Go(func() { r, err = streams(answer, "你好", ",", "世界")(ctx, m, o) })
		wg.Wait()
		return r, err
	})
	for name, llm := range map[string]scripted{"here": streams(answer, "你好", ",", "世界"), "elsewhere": elsewhere, "whole": streams(answer)} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			providertest.Run(t, func() assistant.Model { return langchain.FromLLM(llm, langchain.Config{}) }, providertest.Options{
				Failing: func() assistant.Model {
					return langchain.FromLLM(scripted(func(context.Context, []llms.MessageContent, *llms.CallOptions) (*llms.ContentResponse, error) {
						return nil, errors.New("坏了")
					}), langchain.Config{})
				},
			})
		})
	}
}

// The loop's body always runs in the goroutine of the loop, so that iter.Pull works.
func TestPull(t *testing.T) {
	t.Parallel()
	llm := scripted(func(ctx context.Context, m []llms.MessageContent, o *llms.CallOptions) (*llms.ContentResponse, error) {
		done := make(chan error)
		go func() { done <- o.StreamingFunc(ctx, []byte("你好")) }()
		return response(&llms.ContentChoice{Content: "你好", StopReason: "stop"}), <-done
	})
	next, stop := iter.Pull2(langchain.FromLLM(llm, langchain.Config{}).Stream(t.Context(), hello()))
	defer stop()
	k, err, ok := next()
	require.True(t, ok)
	require.NoError(t, err)
	require.Equal(t, "你好", k.Text)
}

// Leaving the loop, for whatever reason, ends the call before the loop is over.
func TestLeaving(t *testing.T) {
	t.Parallel()
	var ended bool
	llm := scripted(func(ctx context.Context, _ []llms.MessageContent, o *llms.CallOptions) (*llms.ContentResponse, error) {
		defer func() { ended = true }()
		for {
			if err := o.StreamingFunc(ctx, []byte("话")); err != nil {
				return nil, err
			}
		}
	})
	m := langchain.FromLLM(llm, langchain.Config{})
	for range m.Stream(t.Context(), hello()) {
		break
	}
	require.True(t, ended)

	ended = false
	require.PanicsWithValue(t, "出错", func() {
		for range m.Stream(t.Context(), hello()) {
			panic("出错")
		}
	})
	require.True(t, ended)

	// An LLM that ignores the functions' errors sees the end of its context.
	ended = false
	deaf := scripted(func(ctx context.Context, _ []llms.MessageContent, o *llms.CallOptions) (*llms.ContentResponse, error) {
		defer func() { ended = true }()
		_ = o.StreamingFunc(ctx, []byte("话"))
		<-ctx.Done()
		return nil, nil
	})
	for range langchain.FromLLM(deaf, langchain.Config{}).Stream(t.Context(), hello()) {
		break
	}
	require.True(t, ended)
}

// A streaming function that is called after the call has returned gets an error, and nothing is yielded.
func TestLatePieces(t *testing.T) {
	t.Parallel()
	late := make(chan error, 1)
	begin := make(chan struct{})
	llm := scripted(func(ctx context.Context, _ []llms.MessageContent, o *llms.CallOptions) (*llms.ContentResponse, error) {
		go func() {
			<-begin
			late <- o.StreamingFunc(ctx, []byte("迟到"))
		}()
		return response(&llms.ContentChoice{Content: "好", StopReason: "stop"}), nil
	})
	r, err := generate(t, llm, langchain.Config{})
	close(begin)
	require.NoError(t, err)
	require.Equal(t, "好", r.Text())
	require.Error(t, <-late)
}

func TestText(t *testing.T) {
	t.Parallel()
	const delta = `[{"id":"a","type":"function","function":{"name":"f","arguments":""}}]`
	call := []llms.ToolCall{{ID: "a", FunctionCall: &llms.FunctionCall{Name: "f"}}}
	tests := []struct {
		name   string
		cfg    langchain.Config
		choice llms.ContentChoice
		pieces []string
		want   string
		err    error
	}{
		{name: "streamed", choice: llms.ContentChoice{Content: "你好", StopReason: "stop"}, pieces: []string{"你", "", "好"}, want: "你好"},
		{name: "not streamed", choice: llms.ContentChoice{Content: "你好", StopReason: "stop"}, want: "你好"},
		{name: "streamed in part", choice: llms.ContentChoice{Content: "你好", StopReason: "stop"}, pieces: []string{"你"}, want: "你好"},
		{name: "cut inside a character", choice: llms.ContentChoice{Content: "你好😀", StopReason: "stop"}, pieces: []string{"\xe4", "\xbd", "\xa0\xe5\xa5", "\xbd\xf0\x9f", "\x98\x80"}, want: "你好😀"},
		{name: "half a character at the end", choice: llms.ContentChoice{Content: "你\xe5", StopReason: "stop"}, pieces: []string{"你\xe5"}, want: "你\uFFFD"},
		{name: "not UTF-8", choice: llms.ContentChoice{Content: "你\xff好", StopReason: "stop"}, pieces: []string{"你\xff好"}, want: "你\uFFFD好"},
		{name: "trimmed", choice: llms.ContentChoice{Content: "你好", StopReason: "stop"}, pieces: []string{" 你", "好\n"}, want: " 你好\n"},
		{name: "trimmed and not streamed to its end", choice: llms.ContentChoice{Content: "你好", StopReason: "stop"}, pieces: []string{" 你"}, want: " 你好"},
		{name: "call among the text", choice: llms.ContentChoice{Content: "查完了", StopReason: "stop", ToolCalls: call}, pieces: []string{"查", delta, "完了"}, want: "查完了"},
		{name: "text that looks like a call", choice: llms.ContentChoice{Content: delta, StopReason: "stop"}, pieces: []string{delta}, want: delta},
		{name: "another text", choice: llms.ContentChoice{Content: "再见", StopReason: "stop"}, pieces: []string{"你好"}, want: "你好", err: assistant.ErrProtocol},
		{name: "text lost at the end", cfg: langchain.Config{Client: "ollama"}, pieces: []string{"你好"}, want: "你好", err: assistant.ErrTruncated},
		{name: "no stop reason", choice: llms.ContentChoice{Content: "你好"}, pieces: []string{"你"}, want: "你好", err: assistant.ErrTruncated},
		{name: "no stop reason from a client that has none", cfg: langchain.Config{Client: "ollama"}, choice: llms.ContentChoice{Content: "你好"}, want: "你好"},
		{name: "no stop reason, as configured", cfg: langchain.Config{NoStopReason: true}, choice: llms.ContentChoice{Content: "你好"}, want: "你好"},
		{name: "nothing", cfg: langchain.Config{NoStopReason: true}, err: assistant.ErrTruncated},
		{name: "streaming disabled", cfg: langchain.Config{DisableStreaming: true}, choice: llms.ContentChoice{Content: "你好", StopReason: "stop"}, pieces: []string{"不", "要"}, want: "你好"},
		{name: "a client that cannot stream", cfg: langchain.Config{Client: "bedrock"}, choice: llms.ContentChoice{Content: "你好", StopReason: "end_turn"}, pieces: []string{"不", "要"}, want: "你好"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			r, err := generate(t, streams(&tt.choice, tt.pieces...), tt.cfg)
			if tt.err == nil {
				require.NoError(t, err)
			} else {
				require.ErrorIs(t, err, tt.err)
				var e *assistant.Error
				require.ErrorAs(t, err, &e)
				require.Equal(t, tt.want != "", e.Delivered)
			}
			if tt.want != "" {
				require.Equal(t, tt.want, r.Text())
			}
		})
	}
}

// Several answers are not one.
func TestCandidates(t *testing.T) {
	t.Parallel()
	r, err := generate(t, scripted(func(context.Context, []llms.MessageContent, *llms.CallOptions) (*llms.ContentResponse, error) {
		return response(&llms.ContentChoice{Content: "一", StopReason: "stop"}, &llms.ContentChoice{Content: "二", StopReason: "length"}), nil
	}), langchain.Config{Options: []llms.CallOption{llms.WithN(2)}})
	require.NoError(t, err)
	require.Equal(t, "一", r.Text())
	require.Equal(t, assistant.FinishStop, r.Finish)
}

// An LLM may use its buffer again as soon as the function has returned.
func TestBuffers(t *testing.T) {
	t.Parallel()
	const pieces = 500
	llm := scripted(func(ctx context.Context, _ []llms.MessageContent, o *llms.CallOptions) (*llms.ContentResponse, error) {
		var whole strings.Builder
		text := make([]byte, 6)
		for i := range pieces {
			piece := fmt.Sprintf("%06d", i)
			whole.WriteString(piece)
			copy(text, piece)
			if err := o.StreamingFunc(ctx, text); err != nil {
				return nil, err
			}
		}
		return response(&llms.ContentChoice{Content: whole.String(), StopReason: "stop"}), nil
	})
	r, err := generate(t, llm, langchain.Config{})
	require.NoError(t, err)
	require.Len(t, r.Text(), pieces*6)
}

func TestReasoning(t *testing.T) {
	t.Parallel()
	llm := scripted(func(ctx context.Context, _ []llms.MessageContent, o *llms.CallOptions) (*llms.ContentResponse, error) {
		for _, p := range []struct{ think, text string }{{"先", ""}, {"想", ""}, {"", "好"}} {
			if p.text != "" {
				if err := o.StreamingFunc(ctx, []byte(p.text)); err != nil {
					return nil, err
				}
			}
			if err := o.StreamingReasoningFunc(ctx, []byte(p.think), []byte(p.text)); err != nil {
				return nil, err
			}
		}
		return response(&llms.ContentChoice{Content: "好", ReasoningContent: "先想", StopReason: "stop"}), nil
	})
	r, err := generate(t, llm, langchain.Config{Vendor: "x"})
	require.NoError(t, err)
	require.Equal(t, "好", r.Text(), "both functions get the text, which counts once")
	require.Equal(t, "先想", r.Message.Reasoning())
}

// The choices of Anthropic are the blocks of one answer.
func TestBlocks(t *testing.T) {
	t.Parallel()
	llm := scripted(func(context.Context, []llms.MessageContent, *llms.CallOptions) (*llms.ContentResponse, error) {
		info := func(extra map[string]any) map[string]any {
			all := map[string]any{"InputTokens": 10, "OutputTokens": 5, "CacheReadInputTokens": 3, "CacheCreationInputTokens": 2}
			for k, v := range extra {
				all[k] = v
			}
			return all
		}
		return response(
			&llms.ContentChoice{StopReason: "tool_use", GenerationInfo: info(map[string]any{"ThinkingContent": "想"})},
			nil,
			&llms.ContentChoice{Content: "查一下。", StopReason: "tool_use", GenerationInfo: info(nil)},
			&llms.ContentChoice{StopReason: "tool_use", GenerationInfo: info(nil), ToolCalls: []llms.ToolCall{{ID: "t1", FunctionCall: &llms.FunctionCall{Name: "f", Arguments: "{}"}}}},
		), nil
	})
	r, err := generate(t, llm, langchain.Config{Client: "anthropic"})
	require.NoError(t, err)
	require.Equal(t, "查一下。", r.Text())
	require.Equal(t, "想", r.Message.Reasoning())
	require.Equal(t, []assistant.ToolCall{{ID: "t1", Name: "f", Arguments: "{}"}}, r.ToolCalls())
	require.Equal(t, assistant.FinishToolCalls, r.Finish)
	require.Equal(t, assistant.Usage{Input: 15, Output: 5, Total: 20, CacheRead: assistant.Some(3), CacheWrite: assistant.Some(2)}, r.Usage)
	require.Equal(t, "anthropic", r.Vendor)
}

func TestStopReasons(t *testing.T) {
	t.Parallel()
	tests := map[assistant.FinishReason][]string{
		assistant.FinishStop:     {"stop", "end_turn", "stop_sequence", "COMPLETE", "FINISHED", "FINISH", "FinishReasonStop", "endoftext", "STOP_CRITERIA_MET"},
		assistant.FinishLength:   {"length", "max_tokens", "MAX_TOKENS", "LENGTH", "FinishReasonMaxTokens", "model_length"},
		assistant.FinishFiltered: {"content_filter", "content_filtered", "CONTENT_FILTERED", "FinishReasonSafety", "FinishReasonRecitation", "ERROR_TOXIC"},
		assistant.FinishRefusal:  {"refusal"},
		assistant.FinishOther:    {"pause_turn", "FinishReasonOther", "不知道"},
	}
	for want, words := range tests {
		for _, word := range words {
			t.Run(word, func(t *testing.T) {
				t.Parallel()
				r, err := generate(t, streams(&llms.ContentChoice{Content: "好", StopReason: word}), langchain.Config{})
				require.NoError(t, err)
				require.Equal(t, want, r.Finish)
				require.Equal(t, want == assistant.FinishOther, r.RawFinish == word)
			})
		}
	}
	_, err := generate(t, streams(&llms.ContentChoice{Content: "好", StopReason: "FinishReasonUnspecified"}), langchain.Config{})
	require.ErrorIs(t, err, assistant.ErrTruncated)
	_, err = generate(t, streams(&llms.ContentChoice{Content: "好", StopReason: "error"}), langchain.Config{})
	require.ErrorIs(t, err, assistant.ErrServer)
}

func TestCalls(t *testing.T) {
	t.Parallel()
	call := func(id, name, arguments string) llms.ToolCall {
		return llms.ToolCall{ID: id, FunctionCall: &llms.FunctionCall{Name: name, Arguments: arguments}}
	}
	tests := []struct {
		name string
		stop string
		give []llms.ToolCall
		want []assistant.ToolCall
		err  error
	}{
		{"whole", "tool_calls", []llms.ToolCall{call("a", "f", `{"x":1}`), call("b", "g", `{}`)},
			[]assistant.ToolCall{{ID: "a", Name: "f", Arguments: `{"x":1}`}, {ID: "b", Name: "g", Arguments: "{}"}}, nil},
		{"stop reason of text", "stop", []llms.ToolCall{call("a", "f", ``)}, []assistant.ToolCall{{ID: "a", Name: "f", Arguments: "{}"}}, nil},
		{"pieces with the type repeated", "tool_calls", []llms.ToolCall{call("a", "f", ""), call("", "", `{"x":`), call("", "", `1}`)},
			[]assistant.ToolCall{{ID: "a", Name: "f", Arguments: `{"x":1}`}}, nil},
		{"pieces with all repeated", "tool_calls", []llms.ToolCall{call("a", "f", ""), call("a", "f", `{"x":`), call("a", "f", `1}`)},
			[]assistant.ToolCall{{ID: "a", Name: "f", Arguments: `{"x":1}`}}, nil},
		{"no ids", "tool_calls", []llms.ToolCall{call("", "f", "null"), call("", "f", "{}"), call("call_1", "g", "{}")},
			[]assistant.ToolCall{{ID: "call_1", Name: "f", Arguments: "{}"}, {ID: "call_2", Name: "f", Arguments: "{}"}, {ID: "call_3", Name: "g", Arguments: "{}"}}, nil},
		{"same id twice", "tool_calls", []llms.ToolCall{call("a", "f", "{}"), call("a", "g", "{}")},
			[]assistant.ToolCall{{ID: "a", Name: "f", Arguments: "{}"}, {ID: "call_2", Name: "g", Arguments: "{}"}}, nil},
		{"one that is not JSON", "tool_calls", []llms.ToolCall{call("a", "f", `{"x":`)}, []assistant.ToolCall{{ID: "a", Name: "f", Arguments: `{"x":`}}, nil},
		{"mixed up", "tool_calls", []llms.ToolCall{call("a", "f", ``), call("b", "f", `{"x":1}{"x":2}`)}, nil, assistant.ErrProtocol},
		{"cut at the limit", "length", []llms.ToolCall{call("a", "f", `{}`), call("b", "f", `{"x"`)}, []assistant.ToolCall{{ID: "a", Name: "f", Arguments: "{}"}}, nil},
		{"a piece of nothing", "tool_calls", []llms.ToolCall{call("", "", `{}`)}, nil, assistant.ErrProtocol},
		{"none although announced", "tool_use", nil, nil, assistant.ErrProtocol},
		{"cut off", "", []llms.ToolCall{call("a", "f", `{}`)}, nil, assistant.ErrTruncated},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			r, err := generate(t, streams(&llms.ContentChoice{Content: "查", StopReason: tt.stop, ToolCalls: tt.give}, "查"), langchain.Config{})
			require.ErrorIs(t, err, tt.err)
			require.Equal(t, tt.want, r.ToolCalls())
			if tt.err == nil && tt.stop != "length" {
				require.Equal(t, assistant.FinishToolCalls, r.Finish)
			}
		})
	}

	r, err := generate(t, streams(&llms.ContentChoice{StopReason: "function_call", FuncCall: &llms.FunctionCall{Name: "f", Arguments: "{}"}}), langchain.Config{})
	require.NoError(t, err)
	require.Equal(t, []assistant.ToolCall{{ID: "call_1", Name: "f", Arguments: "{}"}}, r.ToolCalls())
}

func TestUsage(t *testing.T) {
	t.Parallel()
	type sdkUsage struct{ PromptTokens, CompletionTokens, TotalTokens int }
	want := assistant.Usage{Input: 7, Output: 3, Total: 10}
	detailed := want
	detailed.CacheRead, detailed.Reasoning = assistant.Some(5), assistant.Some(2)
	tests := []struct {
		name string
		info map[string]any
		want assistant.Usage
	}{
		{"OpenAI", map[string]any{"PromptTokens": 7, "CompletionTokens": 3, "TotalTokens": 10, "PromptCachedTokens": 5, "ReasoningTokens": 2, "CompletionReasoningTokens": 2}, detailed},
		{"OpenAI without details", map[string]any{"PromptTokens": 7, "CompletionTokens": 3, "TotalTokens": 10, "PromptCachedTokens": 0, "ReasoningTokens": 0}, want},
		{"Google", map[string]any{"PromptTokens": int32(7), "CompletionTokens": int32(3), "TotalTokens": int32(10), "input_tokens": int32(7)}, want},
		{"Bedrock", map[string]any{"input_tokens": 7, "output_tokens": 3}, want},
		{"Mistral", map[string]any{"usage": sdkUsage{7, 3, 10}}, want},
		{"usage in a map", map[string]any{"usage": map[string]any{"prompt_tokens": 7, "completion_tokens": 3}}, want},
		{"numbers of JSON", map[string]any{"PromptTokens": 7.0, "CompletionTokens": uint8(3)}, want},
		{"nonsense", map[string]any{"PromptTokens": "many", "CompletionTokens": -3, "usage": nil}, assistant.Usage{}},
		{"none", nil, assistant.Usage{}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			r, err := generate(t, streams(&llms.ContentChoice{Content: "好", StopReason: "stop", GenerationInfo: tt.info}), langchain.Config{})
			require.NoError(t, err)
			require.Equal(t, tt.want, r.Usage)
		})
	}
}

func TestErrors(t *testing.T) {
	t.Parallel()
	refused := &net.OpError{Op: "dial", Err: errors.New("connection refused")}
	own := errors.New("own")
	tests := []struct {
		name string
		give error
		want error
		not  string
	}{
		{"status with a message", errors.New("API returned unexpected status code: 429: 太快了"), assistant.ErrRateLimited, ""},
		{"status alone", errors.New("API returned unexpected status code: 503"), assistant.ErrOverloaded, ""},
		{"status and a telling message", errors.New("API returned unexpected status code: 400: This model's maximum context length is 8192 tokens"), assistant.ErrContextLength, ""},
		{"status of Amazon", errors.New("operation error: https response error StatusCode: 429, RequestID: x, ThrottlingException"), assistant.ErrRateLimited, ""},
		{"status of Google", errors.New("error in stream mode: googleapi: Error 403: denied"), assistant.ErrPermission, ""},
		{"a key in the message", errors.New("API returned unexpected status code: 401: bad key sk-abcdef123456"), assistant.ErrAuth, "abcdef"},
		{"a key in the text", errors.New("bad key sk-abcdef123456"), assistant.ErrServer, "abcdef"},
		{"a key in the address", &url.Error{Op: "Post", URL: "https://example.com/?key=geheim", Err: refused}, assistant.ErrNetwork, "geheim"},
		{"cut", fmt.Errorf("error reading streaming response: %w", io.ErrUnexpectedEOF), assistant.ErrTruncated, ""},
		{"JSON", json.Unmarshal([]byte("<html>"), new(any)), assistant.ErrProtocol, ""},
		{"no choices", errors.New("no response"), assistant.ErrProtocol, ""},
		{"hidden network error", errors.New("network error: failed to reach API server"), assistant.ErrNetwork, ""},
		{"hidden timeout", errors.New("request timeout: network operation exceeded timeout"), assistant.ErrTimeout, ""},
		{"langchaingo's own", llms.NewError(llms.ErrCodeContentFilter, "x", "blocked"), assistant.ErrBlocked, ""},
		{"langchaingo's own, wrapped", fmt.Errorf("call: %w", llms.ErrTokenLimit), assistant.ErrContextLength, ""},
		{"words only", errors.New("Insufficient quota"), assistant.ErrQuota, ""},
		{"not supported", errors.New("role tool not supported"), assistant.ErrInvalid, ""},
		{"unknown", own, assistant.ErrServer, ""},
		{"the cause can be asked for", fmt.Errorf("call: %w", own), own, ""},
		{"long", errors.New(strings.Repeat("很长", 10_000)), assistant.ErrServer, ""},
		{"ours", fmt.Errorf("call: %w", &assistant.Error{Kind: assistant.ErrQuota, Vendor: "qwen"}), assistant.ErrQuota, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			_, err := generate(t, scripted(func(context.Context, []llms.MessageContent, *llms.CallOptions) (*llms.ContentResponse, error) {
				return nil, tt.give
			}), langchain.Config{})
			require.ErrorIs(t, err, tt.want)
			var e *assistant.Error
			require.ErrorAs(t, err, &e)
			require.NotEmpty(t, e.Vendor)
			require.Less(t, len(err.Error()), 1000)
			if tt.not != "" {
				require.NotContains(t, err.Error(), tt.not)
			}
		})
	}

	// A time limit of the client's own is not the end of the caller's context.
	_, err := generate(t, scripted(func(context.Context, []llms.MessageContent, *llms.CallOptions) (*llms.ContentResponse, error) {
		return nil, fmt.Errorf("client: %w", context.DeadlineExceeded)
	}), langchain.Config{})
	require.ErrorIs(t, err, assistant.ErrTimeout)
	require.NotErrorIs(t, err, context.DeadlineExceeded)
	require.True(t, assistant.Retryable(err))

	_, err = generate(t, scripted(func(context.Context, []llms.MessageContent, *llms.CallOptions) (*llms.ContentResponse, error) {
		return nil, nil
	}), langchain.Config{})
	require.ErrorIs(t, err, assistant.ErrProtocol)
	_, err = generate(t, scripted(func(context.Context, []llms.MessageContent, *llms.CallOptions) (*llms.ContentResponse, error) {
		panic("nil map")
	}), langchain.Config{})
	require.ErrorIs(t, err, assistant.ErrProtocol)
	require.ErrorContains(t, err, "langchaingo panicked: nil map")
}

// The end of the caller's context is reported as such, whatever langchaingo makes of it.
func TestContext(t *testing.T) {
	t.Parallel()
	results := map[string]func() (*llms.ContentResponse, error){
		"hidden in words": func() (*llms.ContentResponse, error) { return nil, errors.New("request cancelled") },
		"partial answer":  func() (*llms.ContentResponse, error) { return response(&llms.ContentChoice{Content: "半"}), nil },
		"nothing":         func() (*llms.ContentResponse, error) { return response(new(llms.ContentChoice)), nil },
		"the function's":  nil,
		"whole all the same": func() (*llms.ContentResponse, error) {
			return response(&llms.ContentChoice{Content: "好", StopReason: "stop"}), nil
		},
	}
	for name, result := range results {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				ctx, cancel := context.WithTimeout(t.Context(), time.Second)
				defer cancel()
				llm := scripted(func(ctx context.Context, _ []llms.MessageContent, o *llms.CallOptions) (*llms.ContentResponse, error) {
					<-ctx.Done()
					if result == nil {
						return nil, o.StreamingFunc(ctx, []byte("迟到"))
					}
					return result()
				})
				_, err := assistant.Generate(ctx, langchain.FromLLM(llm, langchain.Config{}), hello())
				if name == "whole all the same" {
					require.NoError(t, err)
					return
				}
				require.ErrorIs(t, err, context.DeadlineExceeded)
				require.NotErrorIs(t, err, assistant.ErrTimeout)
			})
		})
	}
}

func TestNames(t *testing.T) {
	t.Parallel()
	m := langchain.FromLLM(fake.NewFakeLLM([]string{"好"}), langchain.Config{})
	r, err := assistant.Generate(t.Context(), m, hello())
	require.NoError(t, err, "langchaingo's fake gives no stop reason, which is known")
	require.Equal(t, "fake", r.Vendor)

	require.Equal(t, "langchain/m", langchain.FromLLM(streams(nil), langchain.Config{Model: "m"}).String())
	require.Equal(t, "own/m", langchain.FromLLM(streams(nil), langchain.Config{Client: "openai", Vendor: "own", Model: "m"}).String())
	require.Equal(t, "openai/", langchain.FromLLM(streams(nil), langchain.Config{Client: "openai"}).String())

	_, err = generate(t, nil, langchain.Config{})
	require.ErrorIs(t, err, assistant.ErrProtocol, "no LLM at all")
}
