package qwen_test

import (
	"testing"

	"github.com/zhushou-ai/zhushou/assistant"
	"github.com/zhushou-ai/zhushou/providers/providertest"
	"github.com/zhushou-ai/zhushou/providers/qwen"
)

func TestNativeConformance(t *testing.T) {
	t.Parallel()
	providertest.RunWire(t, func(e providertest.Endpoint) (assistant.Model, error) {
		cfg := configOf(e)
		cfg.DisableStreaming = e.DisableStreaming
		return qwen.NewNative(cfg)
	}, providertest.WireOptions{Vendor: providertest.DashScope()})
}
