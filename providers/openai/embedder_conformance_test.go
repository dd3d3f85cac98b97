package openai_test

import (
	"testing"

	"github.com/zhushou-ai/zhushou/assistant"
	"github.com/zhushou-ai/zhushou/providers/openai"
	"github.com/zhushou-ai/zhushou/providers/providertest"
)

func TestEmbedderConformance(t *testing.T) {
	t.Parallel()
	providertest.RunEmbedder(t, func(e providertest.Endpoint) (assistant.Embedder, error) {
		return openai.NewEmbedder(openai.EmbedderConfig{
			Config: openai.Config{
				BaseURL:     e.BaseURL,
				Key:         assistant.Secret(e.Key),
				Model:       e.Model,
				HTTPClient:  e.HTTPClient,
				IdleTimeout: e.IdleTimeout,
			},
			Dimensions: e.Dimensions,
		})
	}, providertest.EmbedderOptions{Vendor: providertest.OpenAI()})
}
