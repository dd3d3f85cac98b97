package qwen_test

import (
	"testing"

	"github.com/zhushou-ai/zhushou/assistant"
	"github.com/zhushou-ai/zhushou/providers/providertest"
	"github.com/zhushou-ai/zhushou/providers/qwen"
)

// The model of the suite must see pictures, which the default one does not.
func seeing() *providertest.Vendor {
	v := providertest.Qwen()
	v.Model = "qwen3-vl-plus"
	return v
}

func TestConformance(t *testing.T) {
	t.Parallel()
	providertest.RunWire(t, func(e providertest.Endpoint) (assistant.Model, error) {
		return qwen.New(qwen.Config{
			BaseURL:          e.BaseURL,
			Key:              assistant.Secret(e.Key),
			Model:            e.Model,
			HTTPClient:       e.HTTPClient,
			IdleTimeout:      e.IdleTimeout,
			DisableStreaming: e.DisableStreaming,
		})
	}, providertest.WireOptions{Vendor: seeing()})
}
