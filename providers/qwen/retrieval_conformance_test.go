package qwen_test

import (
	"testing"

	"github.com/zhushou-ai/zhushou/assistant"
	"github.com/zhushou-ai/zhushou/providers/providertest"
	"github.com/zhushou-ai/zhushou/providers/qwen"
)

func configOf(e providertest.Endpoint) qwen.Config {
	return qwen.Config{
		BaseURL:     e.BaseURL,
		Key:         assistant.Secret(e.Key),
		Model:       e.Model,
		HTTPClient:  e.HTTPClient,
		IdleTimeout: e.IdleTimeout,
	}
}

func TestEmbedderConformance(t *testing.T) {
	t.Parallel()
	providertest.RunEmbedder(t, func(e providertest.Endpoint) (assistant.Embedder, error) {
		return qwen.NewEmbedder(qwen.EmbedderConfig{Config: configOf(e), Dimensions: e.Dimensions})
	}, providertest.EmbedderOptions{Vendor: providertest.Qwen()})
}

func TestRerankerConformance(t *testing.T) {
	t.Parallel()
	providertest.RunReranker(t, func(e providertest.Endpoint) (assistant.Reranker, error) {
		return qwen.NewReranker(configOf(e))
	}, providertest.RerankerOptions{Vendor: providertest.Qwen()})
}
