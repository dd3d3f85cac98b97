package langchain_test

import (
	"testing"

	"github.com/stretchr/testify/require"
	"github.com/tmc/langchaingo/llms"

	"github.com/zhushou-ai/zhushou/assistant"
	"github.com/zhushou-ai/zhushou/providers/langchain"
)

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
