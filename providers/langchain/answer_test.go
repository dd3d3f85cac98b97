package langchain_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"github.com/tmc/langchaingo/llms"

	"github.com/zhushou-ai/zhushou/assistant"
	"github.com/zhushou-ai/zhushou/providers/langchain"
)

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
