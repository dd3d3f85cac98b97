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
	}, providertest.WireOptions{Vendor: providertest.Ollama()})
}

func TestEmbedderConformance(t *testing.T) {
	t.Parallel()
	providertest.RunEmbedder(t, func(e providertest.Endpoint) (assistant.Embedder, error) {
		return ollama.NewEmbedder(ollama.EmbedderConfig{Config: configOf(e), Dimensions: e.Dimensions})
	}, providertest.EmbedderOptions{Vendor: providertest.Ollama()})
}

func TestNativeConformance(t *testing.T) {
	t.Parallel()
	providertest.RunWire(t, func(e providertest.Endpoint) (assistant.Model, error) {
		return ollama.NewNative(ollama.NativeConfig{Config: configOf(e)})
	}, providertest.WireOptions{Vendor: providertest.OllamaNative()})
}
