package doubao_test

import (
	"testing"

	"github.com/zhushou-ai/zhushou/assistant"
	"github.com/zhushou-ai/zhushou/providers/doubao"
	"github.com/zhushou-ai/zhushou/providers/providertest"
)

func configOf(e providertest.Endpoint) doubao.Config {
	return doubao.Config{
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
		return doubao.New(configOf(e))
	}, providertest.WireOptions{Vendor: providertest.Doubao()})
}

func TestEmbedderConformance(t *testing.T) {
	t.Parallel()
	providertest.RunEmbedder(t, func(e providertest.Endpoint) (assistant.Embedder, error) {
		return doubao.NewEmbedder(doubao.EmbedderConfig{Config: configOf(e), Dimensions: e.Dimensions})
	}, providertest.EmbedderOptions{Vendor: providertest.Doubao()})
}

func TestImageGeneratorConformance(t *testing.T) {
	for name, fetch := range map[string]bool{"addresses": false, "pictures": true} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			providertest.RunImageGenerator(t, func(e providertest.Endpoint) (assistant.ImageGenerator, error) {
				return doubao.NewImageGenerator(doubao.ImageConfig{Config: configOf(e), Fetch: fetch})
			}, providertest.ImageOptions{Vendor: providertest.Doubao()})
		})
	}
}
