package qwen

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/zhushou-ai/zhushou/assistant"
	"github.com/zhushou-ai/zhushou/internal/jsontext"
	"github.com/zhushou-ai/zhushou/internal/openaiwire"
)

// DefaultImageModel is used if neither the request nor the configuration names one.
const DefaultImageModel = "qwen-image-2.0"

// A Drawing is how a model is asked for pictures.
type Drawing string

// The ways to ask for pictures.
const (
	AtOnce   Drawing = "at once"   // the answer to the request has the pictures
	ByOrder  Drawing = "by order"  // they are ordered, and asked for until they are there
	OldOrder Drawing = "old order" // the same, in the older models' form
)

// drawings say how the families of models are asked, the particular before the general. Others are
// asked at once.
var drawings = []struct {
	prefix string
	way    Drawing
}{
	{"qwen-image-2", AtOnce},
	{"qwen-image-3", AtOnce},
	{"qwen-image-edit", AtOnce},
	{"qwen-image", OldOrder},
	{"wan2.6-t2i", AtOnce},
	{"wan2.6", ByOrder},
	{"wan2.7", ByOrder},
	{"wan", OldOrder}, // wan2.5 and older, wanx
	{"flux", OldOrder},
	{"stable-diffusion", OldOrder},
}

func drawingOf(model string) Drawing {
	for _, d := range drawings {
		if strings.HasPrefix(model, d.prefix) {
			return d.way
		}
	}
	return AtOnce
}

// ImageConfig says how to draw. Its Config is that of chat; Config.Model names the image model,
// [DefaultImageModel] if empty.
type ImageConfig struct {
	Config

	// Drawing is how every model is asked for pictures. If empty, as the model's name says.
	Drawing Drawing

	// Fetch has each picture fetched from the vendor's address, which expires after about a day, so
	// that Image.Data is set in place of Image.URL.
	Fetch bool

	// PollInterval is how long to wait before the first question about an order; later ones come ever
	// more slowly. If zero, a second.
	PollInterval time.Duration
}

// An ImageGenerator draws pictures. It is safe for concurrent use.
type ImageGenerator struct {
	client *openaiwire.Client
	api    *url.URL
	model  string
	way    Drawing // of every model, if not empty
	fetch  bool
	wait   time.Duration
}

var _ assistant.ImageGenerator = (*ImageGenerator)(nil)

// NewImageGenerator returns an image generator. It sends nothing.
func NewImageGenerator(cfg ImageConfig) (*ImageGenerator, error) {
	cfg.Model = cmp.Or(cfg.Model, DefaultImageModel)
	switch cfg.Drawing {
	case "", AtOnce, ByOrder, OldOrder:
	default:
		return nil, fmt.Errorf("qwen: ImageConfig.Drawing is %q; it can be %q, %q and %q", cfg.Drawing, AtOnce, ByOrder, OldOrder)
	}
	client, err := newClient(cfg.Config)
	if err != nil {
		return nil, fmt.Errorf("qwen: %w", err)
	}
	base, err := baseURL(cfg.Config)
	if err != nil {
		return nil, fmt.Errorf("qwen: %w", err)
	}
	api, err := besideChat(base, "/api/v1")
	if err != nil {
		return nil, fmt.Errorf("qwen: %w", err)
	}
	return &ImageGenerator{client: client, api: api, model: cfg.Model, way: cfg.Drawing, fetch: cfg.Fetch, wait: cfg.PollInterval}, nil
}

// GenerateImages implements assistant.ImageGenerator. The older models take no pictures to start from; a
// request with some fails with assistant.ErrInvalid and costs nothing. Parameters such as
// "prompt_extend" and "watermark" go into Extra["qwen"]. If only some of the pictures could be drawn,
// those are returned. When ctx ends while an order is asked for, the order goes on at the vendor, and
// costs.
func (g *ImageGenerator) GenerateImages(ctx context.Context, req *assistant.ImageRequest) ([]assistant.Image, error) {
	if req == nil {
		return nil, g.client.Invalid("no request")
	}
	model := cmp.Or(req.Model, g.model)
	way := cmp.Or(g.way, drawingOf(model))
	body, err := g.body(model, way, req)
	if err != nil {
		return nil, err
	}
	var images []assistant.Image
	if way == AtOnce {
		var out output
		if out, err = g.ask(ctx, openaiwire.Exchange{URL: g.api.JoinPath("/services/aigc/multimodal-generation/generation"), Body: body}); err == nil {
			images, err = g.pictures(out)
		}
	} else {
		images, err = g.order(ctx, way, body)
	}
	if err != nil || !g.fetch {
		return images, err
	}
	return g.client.FetchPictures(ctx, images)
}

func (g *ImageGenerator) body(model string, way Drawing, req *assistant.ImageRequest) ([]byte, error) {
	switch {
	case req.Prompt == "":
		return nil, g.client.Invalid("the prompt is missing")
	case (req.Width > 0) != (req.Height > 0):
		return nil, g.client.Invalid("width and height must both be set, or neither")
	case way == OldOrder && len(req.References) > 0:
		return nil, g.client.Invalid("the model %s takes no pictures to start from", model)
	case req.Seed.Set && (req.Seed.Value < 0 || req.Seed.Value > 1<<31-1):
		return nil, g.client.Invalid("the seed is %d, but the vendor takes 0 to %d", req.Seed.Value, 1<<31-1)
	}
	parameters := maps.Clone(req.Extra[Vendor])
	if parameters == nil {
		parameters = map[string]any{}
	}
	if req.Width > 0 {
		parameters["size"] = fmt.Sprintf("%d*%d", req.Width, req.Height)
	}
	if req.Count > 0 {
		parameters["n"] = req.Count
	}
	if req.Seed.Set {
		parameters["seed"] = req.Seed.Value
	}
	input := map[string]any{}
	if way == OldOrder {
		input["prompt"] = req.Prompt
		if req.NegativePrompt != "" {
			input["negative_prompt"] = req.NegativePrompt
		}
	} else {
		var content []map[string]any
		for i, image := range req.References {
			reference := openaiwire.PictureReference(image)
			if reference == "" {
				return nil, g.client.Invalid("picture %d to start from has neither address nor bytes", i)
			}
			content = append(content, map[string]any{"image": reference})
		}
		content = append(content, map[string]any{"text": req.Prompt})
		input["messages"] = []map[string]any{{"role": "user", "content": content}}
		if req.NegativePrompt != "" {
			parameters["negative_prompt"] = req.NegativePrompt
		}
	}
	body, err := jsontext.Marshal(map[string]any{"model": model, "input": input, "parameters": parameters})
	if err != nil {
		return nil, g.client.Invalid("Extra.%s: %w", Vendor, err)
	}
	return body, nil
}

// An output is what the vendor says of pictures: that they are there, in one of two forms, or how an
// order goes.
type output struct {
	TaskID  string `json:"task_id"`
	Status  string `json:"task_status"`
	Code    string `json:"code"`
	Message string `json:"message"`
	Results []struct {
		URL     string `json:"url"`
		Code    string `json:"code"`
		Message string `json:"message"`
	} `json:"results"`
	Choices []struct {
		Message struct {
			Content []struct {
				Image string `json:"image"`
			} `json:"content"`
		} `json:"message"`
	} `json:"choices"`

	requestID string
}

func (g *ImageGenerator) ask(ctx context.Context, x openaiwire.Exchange) (output, error) {
	answer, err := g.client.Do(ctx, x)
	if err != nil {
		return output{}, err
	}
	var out output
	if err := json.Unmarshal(answer["output"], &out); err != nil {
		return output{}, g.client.NotUnderstood("output: %w", err)
	}
	_ = json.Unmarshal(answer["request_id"], &out.requestID) // it is for people only
	return out, nil
}

// order orders pictures and waits for them.
func (g *ImageGenerator) order(ctx context.Context, way Drawing, body []byte) ([]assistant.Image, error) {
	path := "/services/aigc/image-generation/generation"
	if way == OldOrder {
		path = "/services/aigc/text2image/image-synthesis"
	}
	out, err := g.ask(ctx, openaiwire.Exchange{URL: g.api.JoinPath(path), Body: body, Header: http.Header{"X-Dashscope-Async": {"enable"}}})
	if err != nil {
		return nil, err
	}
	if out.TaskID == "" {
		return nil, g.client.NotUnderstood("the order has no number")
	}
	id := out.TaskID
	var images []assistant.Image
	err = g.client.Poll(ctx, g.wait, func() (done bool, err error) {
		out, err := g.ask(ctx, openaiwire.Exchange{Get: true, URL: g.api.JoinPath("tasks", url.PathEscape(id))})
		if err != nil {
			return false, err
		}
		switch out.Status {
		case "PENDING", "RUNNING", "SUSPENDED":
			return false, nil
		case "SUCCEEDED":
			images, err = g.pictures(out)
			return true, err
		case "":
			return true, g.client.NotUnderstood("the order has no state")
		case "UNKNOWN":
			return true, &assistant.Error{Kind: assistant.ErrNotFound, Vendor: Vendor, Code: out.Status, Message: "the order is not known any more", RequestID: out.requestID}
		}
		return true, g.client.Failed(cmp.Or(out.Code, out.Status), out.Message, out.requestID)
	})
	return images, err
}

func (g *ImageGenerator) pictures(out output) ([]assistant.Image, error) {
	var images []assistant.Image
	var failure *assistant.Error
	add := func(link string) { images = append(images, assistant.Image{Media: assistant.Media{URL: link}}) }
	for _, r := range out.Results {
		if r.URL != "" {
			add(r.URL)
		} else if failure == nil {
			failure = g.client.Failed(r.Code, r.Message, out.requestID)
		}
	}
	for _, c := range out.Choices {
		for _, part := range c.Message.Content {
			if part.Image != "" {
				add(part.Image)
			}
		}
	}
	switch {
	case len(images) > 0:
		return images, nil
	case failure != nil:
		return nil, failure
	}
	return nil, g.client.NotUnderstood("the answer holds no picture")
}
