package ollama_test

import (
	"testing"

	"github.com/zhushou-ai/zhushou/assistant"
	"github.com/zhushou-ai/zhushou/providers/ollama"
	"github.com/zhushou-ai/zhushou/providers/providertest"
)

func configOf(e providertest.Endpoint) ollama.Config {
	return ollama.Config{
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
		return ollama.New(configOf(e))
	}, providertest.WireOptions{
		Vendor: providertest.Ollama(),
		Skip:   map[string]string{"request/picture": "the server takes bytes only: see TestPictures"},
	})
}

func TestEmbedderConformance(t *testing.T) {
	t.Parallel()
	const ordered = "rows have no index here: they come in the order of the texts"
	providertest.RunEmbedder(t, func(e providertest.Endpoint) (assistant.Embedder, error) {
		return ollama.NewEmbedder(ollama.EmbedderConfig{Config: configOf(e), Dimensions: e.Dimensions})
	}, providertest.EmbedderOptions{Vendor: providertest.Ollama(), Skip: map[string]string{
		"rows/index twice": ordered, "rows/index too large": ordered, "rows/index negative": ordered, "rows/index a fraction": ordered,
		"rows/index missing from one": ordered, "rows/index null": ordered, "rows/index missing from all": ordered,
	}})
}

func TestNativeConformance(t *testing.T) {
	t.Parallel()
	providertest.RunWire(t, func(e providertest.Endpoint) (assistant.Model, error) {
		return ollama.NewNative(ollama.NativeConfig{Config: configOf(e)})
	}, providertest.WireOptions{Vendor: providertest.OllamaNative()})
}
