package langchain_test

import (
	"context"
	"net/http"
	"testing"

	"github.com/tmc/langchaingo/llms"

	"github.com/zhushou-ai/zhushou/assistant"
	"github.com/zhushou-ai/zhushou/assistant/assistanttest"
	"github.com/zhushou-ai/zhushou/providers/langchain"
)

const benchPieces = 1000

// BenchmarkFromLLM streams from an LLM that costs nothing; each iteration is one piece.
func BenchmarkFromLLM(b *testing.B) {
	pieces := make([]string, benchPieces)
	content := ""
	for i := range pieces {
		pieces[i] = "你好"
		content += pieces[i]
	}
	m := langchain.FromLLM(streams(&llms.ContentChoice{Content: content, StopReason: "stop"}, pieces...), langchain.Config{})
	b.ReportAllocs()
	for n := 0; n < b.N; n += benchPieces {
		for _, err := range m.Stream(b.Context(), hello()) {
			if err != nil {
				b.Fatal(err)
			}
		}
	}
}

// BenchmarkToLLM streams from a model that costs nothing; each iteration is one chunk.
func BenchmarkToLLM(b *testing.B) {
	chunks := make([]assistant.Chunk, benchPieces)
	for i := range chunks {
		chunks[i].Text = "你好"
	}
	chunks[benchPieces-1].Finish = assistant.FinishStop
	turn := assistanttest.Chunks(chunks...)
	message := []llms.MessageContent{human(llms.TextPart("?"))}
	b.ReportAllocs()
	for n := 0; n < b.N; n += benchPieces {
		_, err := langchain.ToLLM(assistanttest.Script(turn)).GenerateContent(b.Context(), message,
			llms.WithStreamingFunc(func(context.Context, []byte) error { return nil }))
		if err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkOpenAI streams from langchaingo's client for OpenAI, with and without Transport; each iteration
// is one event.
func BenchmarkOpenAI(b *testing.B) {
	data := make([]string, benchPieces)
	for i := range data {
		data[i] = `{"id":"chatcmpl-1","object":"chat.completion.chunk","created":1795300000,"model":"m","choices":[{"index":0,"delta":{"content":"你好"},"finish_reason":null}]}`
	}
	stream := events(append(data, `{"choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}`)...)
	server := canned(func(*http.Request) *http.Response { return body(eventStream, stream) })
	for name, client := range map[string]*http.Client{"bare": {Transport: server}, "Transport": behind(server)} {
		b.Run(name, func(b *testing.B) {
			m := langchain.FromLLM(theirs(b, client), langchain.Config{})
			b.ReportAllocs()
			for n := 0; n < b.N; n += benchPieces {
				for _, err := range m.Stream(b.Context(), hello()) {
					if err != nil {
						b.Fatal(err)
					}
				}
			}
		})
	}
}
