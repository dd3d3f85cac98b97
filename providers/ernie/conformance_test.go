package ernie_test

import (
	"testing"

	"github.com/zhushou-ai/zhushou/assistant"
	"github.com/zhushou-ai/zhushou/providers/ernie"
	"github.com/zhushou-ai/zhushou/providers/providertest"
)

func configOf(e providertest.Endpoint) ernie.Config {
	return ernie.Config{
		BaseURL:          e.BaseURL,
		Key:              assistant.Secret(e.Key),
		Model:            e.Model,
		HTTPClient:       e.HTTPClient,
		IdleTimeout:      e.IdleTimeout,
		DisableStreaming: e.DisableStreaming,
	}
}

// The model of the suite must see pictures, which the default one does not.
func seeing() *providertest.Vendor {
	v := providertest.ERNIE()
	v.Model = "ernie-5.0"
	return v
}

func TestConformance(t *testing.T) {
	t.Parallel()
	providertest.RunWire(t, func(e providertest.Endpoint) (assistant.Model, error) {
		return ernie.New(configOf(e))
	}, providertest.WireOptions{Vendor: seeing()})
}

func TestEmbedderConformance(t *testing.T) {
	t.Parallel()
	providertest.RunEmbedder(t, func(e providertest.Endpoint) (assistant.Embedder, error) {
		return ernie.NewEmbedder(ernie.EmbedderConfig{Config: configOf(e), Dimensions: e.Dimensions})
	}, providertest.EmbedderOptions{Vendor: seeing()})
}

func TestRerankerConformance(t *testing.T) {
	t.Parallel()
	providertest.RunReranker(t, func(e providertest.Endpoint) (assistant.Reranker, error) {
		return ernie.NewReranker(configOf(e))
	}, providertest.RerankerOptions{Vendor: seeing()})
}

func TestImageGeneratorConformance(t *testing.T) {
	t.Parallel()
	for name, fetch := range map[string]bool{"addresses": false, "fetched": true} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			providertest.RunImageGenerator(t, func(e providertest.Endpoint) (assistant.ImageGenerator, error) {
				return ernie.NewImageGenerator(ernie.ImageConfig{Config: configOf(e), Fetch: fetch})
			}, providertest.ImageOptions{Vendor: seeing()})
		})
	}
}
