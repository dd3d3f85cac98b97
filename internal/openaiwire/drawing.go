package openaiwire

import (
	"context"
	"fmt"
	"maps"

	"github.com/zhushou-ai/zhushou/assistant"
	"github.com/zhushou-ai/zhushou/internal/jsontext"
)

// DrawingPath is where OpenAI-like endpoints draw pictures.
const DrawingPath = "/images/generations"

// A Drawing is what an adapter adds to a request for pictures, at a vendor that draws one picture in a
// call.
type Drawing struct {
	Model   string // unless the request names one
	MaxSeed int64  // seeds are from 0 to this; if zero, any
	Fetch   bool   // the picture itself, from its address
}

// DrawSingly makes one call of {base}[DrawingPath] for each picture, one after the other; a seed
// grows by one from call to call. If a later call fails, the pictures that were drawn and paid for before
// come with the error.
func (c *Client) DrawSingly(ctx context.Context, req *assistant.ImageRequest, d Drawing) ([]assistant.Image, error) {
	fields, err := c.PictureFields(req, d.Model)
	if err != nil {
		return nil, err
	}
	count := max(req.Count, 1)
	if d.MaxSeed > 0 && req.Seed.Set && (req.Seed.Value < 0 || req.Seed.Value > d.MaxSeed-int64(count)+1) {
		return nil, c.Invalid("the seed %d of the first of %d pictures leads outside 0 to %d", req.Seed.Value, count, d.MaxSeed)
	}
	references, err := c.references(req)
	if err != nil {
		return nil, err
	}
	switch len(references) {
	case 0:
	case 1:
		fields["image"] = references[0]
	default:
		fields["image"] = references
	}
	var out []assistant.Image
	for i := range count {
		if req.Seed.Set {
			fields["seed"] = req.Seed.Value + int64(i)
		}
		images, err := c.Draw(ctx, DrawingPath, fields, d.Fetch)
		out = append(out, images...)
		if err != nil {
			return out, err
		}
	}
	return out, nil
}

// PictureFields returns what requests for pictures have in common: the model, the prompt, the size, and the
// vendor's own fields. A request without a prompt is an error, and so is one with a negative prompt, for
// which the protocol has no field.
func (c *Client) PictureFields(req *assistant.ImageRequest, model string) (map[string]any, error) {
	switch {
	case req == nil || req.Prompt == "":
		return nil, c.Invalid("no prompt")
	case req.NegativePrompt != "":
		return nil, c.Invalid("the vendor has no field for a negative prompt; say it in the prompt")
	case (req.Width > 0) != (req.Height > 0) || req.Width < 0 || req.Height < 0:
		return nil, c.Invalid("width %d and height %d: set both or none", req.Width, req.Height)
	}
	fields := map[string]any{}
	maps.Copy(fields, req.Extra[c.profile.Vendor])
	fields["model"], fields["prompt"] = first(req.Model, model), req.Prompt
	if req.Width > 0 {
		fields["size"] = fmt.Sprintf("%dx%d", req.Width, req.Height)
	}
	return fields, nil
}

// references returns the pictures to start from.
func (c *Client) references(req *assistant.ImageRequest) ([]string, error) {
	var out []string
	for i, image := range req.References {
		reference := PictureReference(image)
		if reference == "" {
			return nil, c.Invalid("reference %d has neither an address nor bytes", i)
		}
		out = append(out, reference)
	}
	return out, nil
}

// Draw posts fields to a path behind the base and returns the pictures, or fetches them from their
// addresses.
func (c *Client) Draw(ctx context.Context, path string, fields map[string]any, fetch bool) ([]assistant.Image, error) {
	body, err := jsontext.Marshal(fields)
	if err != nil {
		return nil, c.Invalid("Extra.%s: %w", c.profile.Vendor, err)
	}
	answer, err := c.Call(ctx, c.Endpoint(path), body)
	if err != nil {
		return nil, err
	}
	images, err := c.Pictures(answer)
	if err != nil || !fetch {
		return images, err
	}
	return c.FetchPictures(ctx, images)
}
