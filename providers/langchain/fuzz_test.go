package langchain

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"strings"
	"testing"
	"testing/iotest"
	"unicode/utf8"

	"github.com/stretchr/testify/require"
	"github.com/tmc/langchaingo/llms"
	"github.com/tmc/langchaingo/llms/openai"

	"github.com/zhushou-ai/zhushou/assistant"
)

// However a text is cut, whole characters come out, and in the end the whole text.
func FuzzText(f *testing.F) {
	f.Add("你好😀", uint8(1))
	f.Add("a\xff你\xe4", uint8(2))
	f.Add("", uint8(3))
	f.Fuzz(func(t *testing.T, s string, size uint8) {
		var streamed text
		var got strings.Builder
		for rest := s; rest != ""; {
			n := min(len(rest), int(size%7)+1)
			piece := streamed.add(rest[:n])
			require.True(t, utf8.ValidString(piece))
			got.WriteString(piece)
			rest = rest[n:]
		}
		if !utf8.ValidString(s) {
			return // how many signs stand for what is no text depends on the cuts
		}
		rest, err := streamed.rest(s)
		require.NoError(t, err)
		require.Equal(t, s, got.String()+rest)
	})
}

// Whatever a body holds, it passes unchanged, and what is learnt from it does not depend on how it is cut.
func FuzzWatched(f *testing.F) {
	f.Add("data: {\"id\":\"a\",\"choices\":[]}\n\ndata: [DONE]\n\n", true)
	f.Add("event: error\r\ndata: {\"error\":1}\r\n\r\ndata: {", true)
	f.Add("{\"error\":{\"message\":\"x\"}}\n: \ufeffdata:", true)
	f.Add("{\"id\":\"a\",\"model\":\"m\"}", false)
	f.Fuzz(func(t *testing.T, body string, stream bool) {
		pass := func(src io.Reader) *record {
			r := &record{seen: seen{status: 200}}
			w := &watched{ReadCloser: io.NopCloser(src), record: r, stream: stream}
			got, err := io.ReadAll(w)
			require.NoError(t, err)
			require.Equal(t, body, string(got))
			require.NoError(t, w.Close())
			return r
		}
		whole, bits := pass(strings.NewReader(body)), pass(iotest.OneByteReader(strings.NewReader(body)))
		require.Equal(t, whole, bits)
	})
}

// Rows come out in order, every one of them, or as they were.
func FuzzRows(f *testing.F) {
	f.Add([]byte(`{"data":[{"index":1,"embedding":[1]},{"index":0,"embedding":[2]}],"model":"m"}`))
	f.Add([]byte(`{"data":[{"index":1,"embedding":[null]},{"index":1}]}`))
	f.Add([]byte(`{"data":null}`))
	f.Fuzz(func(t *testing.T, body []byte) {
		got, err := orderRows(bytes.Clone(body))
		if got == nil || err != nil || bytes.Equal(got, body) {
			require.True(t, got == nil || bytes.Equal(got, body))
			return
		}
		type rows struct{ Data []struct{ Index int } }
		var before, after rows
		require.NoError(t, json.Unmarshal(got, &after))
		_ = json.Unmarshal(body, &before)
		require.Len(t, after.Data, len(before.Data))
		for i, row := range after.Data {
			require.Equal(t, i, row.Index)
		}
	})
}

// Whatever an answer holds, langchaingo's client reads of it what was written.
func FuzzAnswerWriter(f *testing.F) {
	f.Add("先想", "你好", "f", `{"城市":"杭州"}`, true)
	f.Add("", "<&>\x00\u2028\"", "g", "[1", true)
	f.Add("", strings.Repeat("\x01", 20<<10), "g", strings.Repeat("{", 20<<10), true)
	f.Add("想", "好", "f", "{}", false)
	f.Fuzz(func(t *testing.T, reasoning, text, name, arguments string, stream bool) {
		if !utf8.ValidString(reasoning) || !utf8.ValidString(text) || !utf8.ValidString(name) || !utf8.ValidString(arguments) || arguments == "" {
			return // chunks hold text, and calls arguments
		}
		calls := []assistant.ToolCall{{ID: "a", Name: name, Arguments: arguments}, {ID: "b", Name: name, Arguments: "{}"}}
		usage := assistant.Usage{Input: 7, Output: 3, Total: 10, CacheRead: assistant.Some(5), Reasoning: assistant.Some(2)}
		w := answerWriter{stream: stream}
		var wire []byte
		for _, k := range []assistant.Chunk{{Reasoning: reasoning}, {Text: text}, {ToolCalls: calls, Finish: assistant.FinishToolCalls, Usage: &usage}} {
			wire = append(wire, w.write(k)...)
		}
		llm, err := openai.New(openai.WithToken("sk-x"), openai.WithHTTPClient(&http.Client{Transport: replay{http.StatusOK, http.Header{}, wire}}))
		require.NoError(t, err)
		var options []llms.CallOption
		if stream {
			options = append(options, llms.WithStreamingFunc(func(context.Context, []byte) error { return nil }))
		}
		r, err := llm.GenerateContent(t.Context(), []llms.MessageContent{llms.TextParts(llms.ChatMessageTypeHuman, "?")}, options...)
		require.NoError(t, err)
		c := r.Choices[0]
		require.Equal(t, []string{reasoning, text, "tool_calls"}, []string{c.ReasoningContent, c.Content, c.StopReason})
		require.Len(t, c.ToolCalls, len(calls))
		for i, call := range c.ToolCalls {
			require.Equal(t, calls[i], callOf(call))
		}
		require.Equal(t, []any{7, 3, 10, 5, 2}, []any{
			c.GenerationInfo["PromptTokens"], c.GenerationInfo["CompletionTokens"], c.GenerationInfo["TotalTokens"],
			c.GenerationInfo["PromptCachedTokens"], c.GenerationInfo["ReasoningTokens"],
		})
	})
}
