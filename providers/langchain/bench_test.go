package langchain_test

import (
	"context"
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
