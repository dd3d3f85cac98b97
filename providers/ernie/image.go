package ernie

import (
	"cmp"
	"context"

	"github.com/zhushou-ai/zhushou/assistant"
	"github.com/zhushou-ai/zhushou/internal/openaiwire"
)

// DefaultImageModel is used if neither the request nor the configuration names one.
const DefaultImageModel = "qwen-image"

// ImageConfig says how to draw. Its Config is that of chat; Config.Model names the image model,
// [DefaultImageModel] if empty.
type ImageConfig struct {
	Config

	// Fetch has each picture fetched from the vendor's address, which expires, so that Image.Data is
	// set in place of Image.URL.
	Fetch bool
}

// An ImageGenerator draws pictures. It is safe for concurrent use.
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
		return nil, err
	}
	return &ImageGenerator{client: client, model: cfg.Model, fetch: cfg.Fetch}, nil
}

// GenerateImages implements assistant.ImageGenerator. The vendor takes one picture to start from and
// no negative prompt; a request with more fails with assistant.ErrInvalid and costs nothing. Fields
// such as "steps" and "guidance" go into Extra["ernie"]. If only some of the pictures could be drawn,
// those are returned.
func (g *ImageGenerator) GenerateImages(ctx context.Context, req *assistant.ImageRequest) ([]assistant.Image, error) {
	fields, err := g.fields(req)
	if err != nil {
		return nil, err
	}
	return g.client.Draw(ctx, openaiwire.DrawingPath, fields, g.fetch)
}

func (g *ImageGenerator) fields(req *assistant.ImageRequest) (map[string]any, error) {
	fields, err := g.client.PictureFields(req, g.model)
	if err != nil {
		return nil, err
	}
	if n := len(req.References); n > 1 {
		return nil, g.client.Invalid("%d pictures to start from, but the vendor takes one", n)
	}
	if req.Count > 0 {
		fields["n"] = req.Count
	}
	if req.Seed.Set {
		fields["seed"] = req.Seed.Value
	}
	for _, image := range req.References {
		reference := openaiwire.PictureReference(image)
		if reference == "" {
			return nil, g.client.Invalid("the picture to start from has neither address nor bytes")
		}
		fields["refer_image"] = reference
	}
	return fields, nil
}
