package pangu

import (
	"cmp"
	"context"

	"github.com/zhushou-ai/zhushou/assistant"
	"github.com/zhushou-ai/zhushou/internal/openaiwire"
)

// The models that are used if neither the request nor [ImageConfig] names one: the second for
// requests with pictures to start from.
const (
	DefaultImageModel = "qwen-image"
	DefaultEditModel  = "qwen-image-edit"
)

// ImageConfig says how to draw pictures. Its Config is that of chat; Config.Model names the model.
type ImageConfig struct {
	Config

	// Fetch has each picture fetched from the vendor's address, if it gives one, so that Image.Data
	// is set in place of Image.URL.
	Fetch bool
}

// An ImageGenerator draws pictures, in China only. It is safe for concurrent use.
type ImageGenerator struct {
	client *openaiwire.Client
	fetch  bool
}

var _ assistant.ImageGenerator = (*ImageGenerator)(nil)

// NewImageGenerator returns a generator. It sends nothing.
func NewImageGenerator(cfg ImageConfig) (*ImageGenerator, error) {
	client, err := newServiceClient(cfg.Config)
	if err != nil {
		return nil, err
	}
	return &ImageGenerator{client: client, fetch: cfg.Fetch}, nil
}

const maxSeed int64 = 1 << 31

// GenerateImages implements assistant.ImageGenerator. Several pictures take one call each, made one
// after the other, because the vendor has no number of pictures; a seed grows by one from call to
// call. If a later call fails, the pictures that were drawn and paid for before come with the error. A
// negative prompt is refused, since the vendor has no field for it. The vendor itself cuts
// prompts at 800 tokens. Extra["pangu"] holds further fields, such as {"watermark": false}.
func (g *ImageGenerator) GenerateImages(ctx context.Context, req *assistant.ImageRequest) ([]assistant.Image, error) {
	model := DefaultImageModel
	if req != nil && len(req.References) > 0 {
		model = DefaultEditModel
	}
	return g.client.DrawSingly(ctx, req, openaiwire.Drawing{Model: cmp.Or(g.client.Model(), model), MaxSeed: maxSeed, Fetch: g.fetch})
}
