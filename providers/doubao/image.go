package doubao

import (
	"context"

	"github.com/zhushou-ai/zhushou/assistant"
	"github.com/zhushou-ai/zhushou/internal/openaiwire"
)

// DefaultImageModel is used if neither the request nor [ImageConfig] names a model.
const DefaultImageModel = "doubao-seedream-5-0-260128"

// ImageConfig says how to draw pictures. Its Config is that of chat; Config.Model names the model,
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
	fetch  bool
}

var _ assistant.ImageGenerator = (*ImageGenerator)(nil)

// NewImageGenerator returns a generator. It sends nothing.
func NewImageGenerator(cfg ImageConfig) (*ImageGenerator, error) {
	if cfg.Model == "" {
		cfg.Model = DefaultImageModel
	}
	client, err := newClient(cfg.Config)
	if err != nil {
		return nil, err
	}
	return &ImageGenerator{client: client, fetch: cfg.Fetch}, nil
}

// GenerateImages implements assistant.ImageGenerator. Several pictures take one call each, made one
// after the other, because the vendor has no number of pictures; a seed grows by one from call to
// call. If a later call fails, the pictures that were drawn and paid for before come with the error. A
// negative prompt is refused, since the vendor has no field for it. Extra["doubao"] holds further fields,
// such as {"size": "2K", "watermark": false}.
func (g *ImageGenerator) GenerateImages(ctx context.Context, req *assistant.ImageRequest) ([]assistant.Image, error) {
	return g.client.DrawSingly(ctx, req, openaiwire.Drawing{Model: g.client.Model(), Fetch: g.fetch})
}
