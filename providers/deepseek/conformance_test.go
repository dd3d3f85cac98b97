package deepseek_test

import (
	"testing"

	"github.com/zhushou-ai/zhushou/assistant"
	"github.com/zhushou-ai/zhushou/providers/deepseek"
	"github.com/zhushou-ai/zhushou/providers/providertest"
)

func TestConformance(t *testing.T) {
	t.Parallel()
	providertest.RunWire(t, func(e providertest.Endpoint) (assistant.Model, error) {
		return deepseek.New(deepseek.Config{
			BaseURL:          e.BaseURL,
			Key:              assistant.Secret(e.Key),
			Model:            e.Model,
			HTTPClient:       e.HTTPClient,
			IdleTimeout:      e.IdleTimeout,
			DisableStreaming: e.DisableStreaming,
		})
	}, providertest.WireOptions{Vendor: providertest.DeepSeek()})
}
