package qwen_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/zhushou-ai/zhushou/assistant"
	"github.com/zhushou-ai/zhushou/providers/providertest"
	"github.com/zhushou-ai/zhushou/providers/qwen"
)

func TestImages(t *testing.T) {
	t.Parallel()
	srv := providertest.NewServer(t, providertest.Config{Vendor: providertest.Qwen(), Strict: true})
	g, err := qwen.NewImageGenerator(qwen.ImageConfig{
		Config:       qwen.Config{BaseURL: srv.URL, Key: assistant.Secret(srv.Key), HTTPClient: transport(t)},
		PollInterval: time.Millisecond,
	})
	require.NoError(t, err)
	full := func(model string) *assistant.ImageRequest {
		return &assistant.ImageRequest{
			Model: model, Prompt: "山水", NegativePrompt: "模糊", Width: 1024, Height: 768, Count: 2, Seed: assistant.Some(int64(0)),
			Extra: map[string]map[string]any{"qwen": {"watermark": false}, "other": {"x": 1}},
		}
	}
	const parameters = `"size":"1024*768","n":2,"seed":0,"watermark":false`
	for _, tt := range []struct {
		model, path, want string
		references        []assistant.Image
	}{
		{"", "/api/v1/services/aigc/multimodal-generation/generation",
			`{"model":"qwen-image-2.0","input":{"messages":[{"role":"user","content":[{"image":"https://example.com/a.png"},{"image":"data:image/png;base64,iVBORw0KGgo="},{"text":"山水"}]}]},"parameters":{` + parameters + `,"negative_prompt":"模糊"}}`,
			[]assistant.Image{{Media: assistant.Media{URL: "https://example.com/a.png"}}, {Media: assistant.Media{Data: []byte("\x89PNG\r\n\x1a\n")}}}},
		{"wan2.7-image", "/api/v1/services/aigc/image-generation/generation",
			`{"model":"wan2.7-image","input":{"messages":[{"role":"user","content":[{"text":"山水"}]}]},"parameters":{` + parameters + `,"negative_prompt":"模糊"}}`, nil},
		{"wanx2.1-t2i-turbo", "/api/v1/services/aigc/text2image/image-synthesis",
			`{"model":"wanx2.1-t2i-turbo","input":{"prompt":"山水","negative_prompt":"模糊"},"parameters":{` + parameters + `}}`, nil},
	} {
		before := len(srv.Requests())
		req := full(tt.model)
		req.References = tt.references
		got, err := g.GenerateImages(t.Context(), req)
		require.NoError(t, err)
		require.Len(t, got, 2)
		sent := srv.Requests()[before]
		require.Equal(t, tt.path, sent.Path)
		require.JSONEq(t, tt.want, string(sent.Body))
	}
	before := len(srv.Requests())
	for name, bad := range map[string]assistant.ImageRequest{
		"width alone":     {Prompt: "猫", Width: 1024},
		"old reference":   {Prompt: "猫", Model: "wanx2.1-t2i-turbo", References: make([]assistant.Image, 1)},
		"empty reference": {Prompt: "猫", References: make([]assistant.Image, 1)},
		"seed":            {Prompt: "猫", Seed: assistant.Some(int64(-1))},
		"wrong extra":     {Prompt: "猫", Extra: map[string]map[string]any{"qwen": {"f": func() {}}}},
	} {
		_, err := g.GenerateImages(t.Context(), &bad)
		require.ErrorIs(t, err, assistant.ErrInvalid, name)
	}
	require.Len(t, srv.Requests(), before)

	srv.ScriptFor(providertest.ImageService, providertest.JSON(200, `{"output":{"results":[{"code":"DataInspectionFailed","message":"不行"},{"url":"https://example.com/1.png"}]}}`))
	got, err := g.GenerateImages(t.Context(), full(""))
	require.NoError(t, err)
	require.Len(t, got, 1, "the pictures that could be drawn are not lost")

	srv.ScriptFor(providertest.ImageService, providertest.JSON(200, `{"output":{"task_status":"PENDING"}}`))
	_, err = g.GenerateImages(t.Context(), full("wan2.7-image"))
	require.ErrorIs(t, err, assistant.ErrProtocol)

	for range 2 { // the order is paid for: a question is asked again
		srv.ScriptFor(providertest.TaskService, providertest.JSON(503, ""))
	}
	_, err = g.GenerateImages(t.Context(), full("wan2.7-image"))
	require.NoError(t, err)
}

func TestNewImageGenerator(t *testing.T) {
	t.Setenv(qwen.KeyVar, "")
	t.Setenv(qwen.BaseURLVar, "")
	_, err := qwen.NewImageGenerator(qwen.ImageConfig{})
	require.ErrorContains(t, err, qwen.KeyVar)
	_, err = qwen.NewImageGenerator(qwen.ImageConfig{Drawing: "by hand"})
	require.ErrorContains(t, err, `"by hand"`)
	_, err = qwen.NewImageGenerator(qwen.ImageConfig{Config: qwen.Config{Key: "k", Region: "mars"}})
	require.ErrorContains(t, err, "unknown region")
}
