package langchain_test

import (
	"context"
	"testing"

	"github.com/tmc/langchaingo/llms"

	"github.com/zhushou-ai/zhushou/assistant"
	"github.com/zhushou-ai/zhushou/providers/langchain"
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
