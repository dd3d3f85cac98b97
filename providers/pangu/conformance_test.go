package pangu_test

import (
	"testing"

	"github.com/zhushou-ai/zhushou/assistant"
	"github.com/zhushou-ai/zhushou/providers/pangu"
	"github.com/zhushou-ai/zhushou/providers/providertest"
)

func configOf(e providertest.Endpoint) pangu.Config {
	return pangu.Config{
		BaseURL:          e.BaseURL,
		Key:              assistant.Secret(e.Key),
		Model:            e.Model,
		HTTPClient:       e.HTTPClient,
		IdleTimeout:      e.IdleTimeout,
		DisableStreaming: e.DisableStreaming,
	}
}

func TestConformance(t *testing.T) {
	t.Parallel()
	providertest.RunWire(t, func(e providertest.Endpoint) (assistant.Model, error) {
		return pangu.New(configOf(e))
	}, providertest.WireOptions{Vendor: providertest.Huawei()})
}

func TestEmbedderConformance(t *testing.T) {
	t.Parallel()
	providertest.RunEmbedder(t, func(e providertest.Endpoint) (assistant.Embedder, error) {
		return pangu.NewEmbedder(pangu.EmbedderConfig{Config: configOf(e)})
	}, providertest.EmbedderOptions{Vendor: providertest.Huawei()})
}

func TestRerankerConformance(t *testing.T) {
	t.Parallel()
	providertest.RunReranker(t, func(e providertest.Endpoint) (assistant.Reranker, error) {
		return pangu.NewReranker(configOf(e))
	}, providertest.RerankerOptions{Vendor: providertest.Huawei()})
}

func TestImageGeneratorConformance(t *testing.T) {
	for name, fetch := range map[string]bool{"addresses": false, "pictures": true} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			providertest.RunImageGenerator(t, func(e providertest.Endpoint) (assistant.ImageGenerator, error) {
				return pangu.NewImageGenerator(pangu.ImageConfig{Config: configOf(e), Fetch: fetch})
			}, providertest.ImageOptions{Vendor: providertest.Huawei()})
		})
	}
}
