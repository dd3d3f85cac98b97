package hunyuan

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"strings"

	"github.com/zhushou-ai/zhushou/assistant"
	"github.com/zhushou-ai/zhushou/internal/openaiwire"
)

// DefaultImageModel is used if neither the request nor the configuration names one.
const DefaultImageModel = "hy-image-v3"

// ImageConfig says how to draw on TokenHub. Its Config is that of chat; Config.Model names the image
// model, [DefaultImageModel] if empty.
type ImageConfig struct {
	Config

	// Fetch has each picture fetched from the vendor's address, which expires after twelve hours, so
	// that Image.Data is set in place of Image.URL.
	Fetch bool
}

// An ImageGenerator draws pictures on TokenHub. It is safe for concurrent use.
type ImageGenerator struct {
	client *openaiwire.Client
	model  string
	fetch  bool
}

var _ assistant.ImageGenerator = (*ImageGenerator)(nil)

// NewImageGenerator returns an image generator. It sends nothing.
func NewImageGenerator(cfg ImageConfig) (*ImageGenerator, error) {
	cfg.Model = cmp.Or(cfg.Model, DefaultImageModel)
	client, err := newClient(cfg.Config)
	if err != nil {
		return nil, fmt.Errorf("hunyuan: %w", err)
	}
	return &ImageGenerator{client: client, model: cfg.Model, fetch: cfg.Fetch}, nil
}

const (
	maxPrompt     = 8192       // characters
	maxReferences = 3          // pictures to start from
	maxSeed       = 4294967295 // the smallest is 1
)

// GenerateImages implements assistant.ImageGenerator. The vendor draws one picture in a call and takes
// no negative prompt; a request for more fails with assistant.ErrInvalid and costs nothing. Fields such
// as "revise" and "footnote" go into Extra["hunyuan"].
func (g *ImageGenerator) GenerateImages(ctx context.Context, req *assistant.ImageRequest) ([]assistant.Image, error) {
	if err := checkPicture(g.client, req); err != nil {
		return nil, err
	}
	model := cmp.Or(req.Model, g.model)
	path, fields, err := g.form(model, req)
	if err != nil {
		return nil, err
	}
	return g.client.Draw(ctx, path, fields, g.fetch)
}

// checkPicture refuses what no model of the vendor takes.
func checkPicture(c *openaiwire.Client, req *assistant.ImageRequest) error {
	if req == nil {
		return c.Invalid("no request")
	}
	switch n := len([]rune(req.Prompt)); {
	case n == 0:
		return c.Invalid("the prompt is missing")
	case n > maxPrompt:
		return c.Invalid("the prompt has %d characters, but the vendor takes %d", n, maxPrompt)
	case req.NegativePrompt != "":
		return c.Invalid("the vendor takes no negative prompt; say it in the prompt")
	case req.Count > 1:
		return c.Invalid("%d pictures are asked for, but the vendor draws one in a call", req.Count)
	case len(req.References) > maxReferences:
		return c.Invalid("%d pictures to start from, but the vendor takes %d", len(req.References), maxReferences)
	case (req.Width > 0) != (req.Height > 0):
		return c.Invalid("width and height must both be set, or neither")
	case req.Seed.Set && (req.Seed.Value < 1 || req.Seed.Value > maxSeed):
		return c.Invalid("the seed is %d, but the vendor takes 1 to %d", req.Seed.Value, int64(maxSeed))
	}
	for i, image := range req.References {
		if openaiwire.PictureReference(image) == "" {
			return c.Invalid("picture %d to start from has neither address nor bytes", i)
		}
	}
	return nil
}

// form returns the path and the body for a model: each generation of them has its own.
func (g *ImageGenerator) form(model string, req *assistant.ImageRequest) (string, map[string]any, error) {
	fields := maps.Clone(req.Extra[Vendor])
	if fields == nil {
		fields = map[string]any{}
	}
	fields["model"] = model
	if req.Width > 0 {
		fields["size"] = fmt.Sprintf("%dx%d", req.Width, req.Height)
	}
	if req.Seed.Set {
		fields["seed"] = req.Seed.Value
	}
	var references []string
	for _, image := range req.References {
		references = append(references, openaiwire.PictureReference(image))
	}
	switch {
	case strings.HasPrefix(model, "hy-image-lite"):
		if len(references) > 0 || req.Width > 0 || req.Seed.Set {
			return "", nil, g.client.Invalid("the model %s takes neither size, seed nor pictures", model)
		}
		fields["prompt"] = req.Prompt
		return "/api/image/lite", fields, nil
	case strings.HasPrefix(model, "hy-image-v3.5"):
		content := []map[string]any{{"type": "text", "text": req.Prompt}}
		for _, reference := range references {
			content = append(content, map[string]any{"type": "image_url", "image_url": map[string]any{"url": reference}})
		}
		fields["messages"] = []map[string]any{{"role": "user", "content": content}}
		return "/wand/hunyuan-image/v35-generation", fields, nil
	}
	fields["prompt"] = req.Prompt
	if references != nil {
		fields["images"] = references
	}
	return "/wand/hunyuan-image/v3-generation", fields, nil
}
