package hunyuan_test

import (
	"testing"

	"github.com/zhushou-ai/zhushou/assistant"
	"github.com/zhushou-ai/zhushou/providers/hunyuan"
	"github.com/zhushou-ai/zhushou/providers/providertest"
)

func configOf(e providertest.Endpoint) hunyuan.Config {
	return hunyuan.Config{
		BaseURL:          e.BaseURL,
		Key:              assistant.Secret(e.Key),
		Model:            e.Model,
		HTTPClient:       e.HTTPClient,
		IdleTimeout:      e.IdleTimeout,
		DisableStreaming: e.DisableStreaming,
	}
}

// cloudOf makes a pair of keys of the suite's key, the right one of the right one.
func cloudOf(e providertest.Endpoint) hunyuan.CloudConfig {
	secret := providertest.DefaultSecretKey
	if e.Key != providertest.DefaultKey {
		secret = e.Key
	}
	return hunyuan.CloudConfig{
		SecretID:         providertest.DefaultAccessKey,
		SecretKey:        assistant.Secret(secret),
		BaseURL:          e.BaseURL,
		Model:            e.Model,
		HTTPClient:       e.HTTPClient,
		IdleTimeout:      e.IdleTimeout,
		DisableStreaming: e.DisableStreaming,
	}
}

func TestConformance(t *testing.T) {
	t.Parallel()
	providertest.RunWire(t, func(e providertest.Endpoint) (assistant.Model, error) {
		return hunyuan.New(configOf(e))
	}, providertest.WireOptions{Vendor: providertest.Hunyuan()})
}

func TestNativeConformance(t *testing.T) {
	t.Parallel()
	providertest.RunWire(t, func(e providertest.Endpoint) (assistant.Model, error) {
		return hunyuan.NewNative(cloudOf(e))
	}, providertest.WireOptions{Vendor: providertest.HunyuanNative()})
}

func TestEmbedderConformance(t *testing.T) {
	t.Parallel()
	providertest.RunEmbedder(t, func(e providertest.Endpoint) (assistant.Embedder, error) {
		cfg := cloudOf(e)
		cfg.Model = ""
		return hunyuan.NewEmbedder(cfg)
	}, providertest.EmbedderOptions{Vendor: providertest.HunyuanNative()})
}

func TestImageGeneratorConformance(t *testing.T) {
	t.Parallel()
	for name, fetch := range map[string]bool{"addresses": false, "fetched": true} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			providertest.RunImageGenerator(t, func(e providertest.Endpoint) (assistant.ImageGenerator, error) {
				return hunyuan.NewImageGenerator(hunyuan.ImageConfig{Config: configOf(e), Fetch: fetch})
			}, providertest.ImageOptions{Vendor: providertest.Hunyuan()})
		})
	}
}
