package doubao

import (
	"context"
	"fmt"
	"maps"

	"github.com/zhushou-ai/zhushou/assistant"
	"github.com/zhushou-ai/zhushou/internal/jsontext"
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
	fields, err := g.fields(req)
	if err != nil {
		return nil, err
	}
	var out []assistant.Image
	for i := range max(req.Count, 1) {
		if req.Seed.Set {
			fields["seed"] = req.Seed.Value + int64(i)
		}
		images, err := g.draw(ctx, fields)
		out = append(out, images...)
		if err != nil {
			return out, err
		}
	}
	return out, nil
}

func (g *ImageGenerator) draw(ctx context.Context, fields map[string]any) ([]assistant.Image, error) {
	body, err := jsontext.Marshal(fields)
	if err != nil {
		return nil, g.client.Invalid("Extra: %w", err)
	}
	answer, err := g.client.Call(ctx, g.client.Endpoint("/images/generations"), body)
	if err != nil {
		return nil, err
	}
	images, err := g.client.Pictures(answer)
	if err != nil || !g.fetch {
		return images, err
	}
	return g.client.FetchPictures(ctx, images)
}

func (g *ImageGenerator) fields(req *assistant.ImageRequest) (map[string]any, error) {
	switch {
	case req == nil || req.Prompt == "":
		return nil, g.client.Invalid("no prompt")
	case req.NegativePrompt != "":
		return nil, g.client.Invalid("the vendor has no field for a negative prompt; say it in the prompt")
	case (req.Width > 0) != (req.Height > 0) || req.Width < 0 || req.Height < 0:
		return nil, g.client.Invalid("width %d and height %d: set both or none", req.Width, req.Height)
	}
	fields := map[string]any{}
	maps.Copy(fields, req.Extra[Vendor])
	fields["model"], fields["prompt"] = req.Model, req.Prompt
	if req.Model == "" {
		fields["model"] = g.client.Model()
	}
	if req.Width > 0 {
		fields["size"] = fmt.Sprintf("%dx%d", req.Width, req.Height)
	}
	var references []string
	for i, image := range req.References {
		reference := openaiwire.PictureReference(image)
		if reference == "" {
			return nil, g.client.Invalid("reference %d has neither an address nor bytes", i)
		}
		references = append(references, reference)
	}
	switch len(references) {
	case 0:
	case 1:
		fields["image"] = references[0]
	default:
		fields["image"] = references
	}
	return fields, nil
}
