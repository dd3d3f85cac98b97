package qwen_test

import (
	"testing"

	"github.com/zhushou-ai/zhushou/assistant"
	"github.com/zhushou-ai/zhushou/providers/providertest"
	"github.com/zhushou-ai/zhushou/providers/qwen"
)

func TestImageGeneratorConformance(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name, model  string
		drawing      qwen.Drawing
		fetch, tasks bool
	}{
		{"at once", "qwen-image-2.0", "", false, false},
		{"at once, fetched", "qwen-image-3.0-pro", "", true, false},
		{"by order", "wan2.7-image", qwen.ByOrder, false, true},
		{"by order, fetched", "wan2.7-image-pro", qwen.ByOrder, true, true},
		{"old order", "wan2.5-t2i-preview", qwen.OldOrder, false, true},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			v := providertest.Qwen()
			v.ImageModel = tt.model
			providertest.RunImageGenerator(t, func(e providertest.Endpoint) (assistant.ImageGenerator, error) {
				return qwen.NewImageGenerator(qwen.ImageConfig{Config: configOf(e), Drawing: tt.drawing, Fetch: tt.fetch, PollInterval: e.PollInterval})
			}, providertest.ImageOptions{Vendor: v, Tasks: tt.tasks})
		})
	}
}
