package hunyuan

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"time"

	"github.com/zhushou-ai/zhushou/assistant"
	"github.com/zhushou-ai/zhushou/internal/jsontext"
	"github.com/zhushou-ai/zhushou/internal/openaiwire"
)

var drawingService = service{"aiart", "2022-12-29"}

// ImageJobConfig says how to draw through the cloud interface, where a picture is ordered and asked
// for until it is there. The model has no name, so CloudConfig.Model must be empty.
type ImageJobConfig struct {
	CloudConfig

	// Fetch has each picture fetched from the vendor's address, which expires after an hour, so that
	// Image.Data is set in place of Image.URL.
	Fetch bool

	// PollInterval is how long to wait before the first question about an order; later ones come ever
	// more slowly. If zero, a second.
	PollInterval time.Duration
}

// An ImageJobs draws pictures by order. It is safe for concurrent use.
type ImageJobs struct {
	client *openaiwire.Client
	fetch  bool
	wait   time.Duration
}

var _ assistant.ImageGenerator = (*ImageJobs)(nil)

// NewImageJobs returns an image generator for those who have a pair of keys in place of an API key. It
// sends nothing.
func NewImageJobs(cfg ImageJobConfig) (*ImageJobs, error) {
	if cfg.Model != "" {
		return nil, fmt.Errorf("hunyuan: the model has no name here, but %q is asked for; leave CloudConfig.Model empty", cfg.Model)
	}
	client, err := cfg.client(drawingService, "", cloudProfile(), nil)
	if err != nil {
		return nil, fmt.Errorf("hunyuan: %w", err)
	}
	return &ImageJobs{client: client, fetch: cfg.Fetch, wait: cfg.PollInterval}, nil
}

// GenerateImages implements assistant.ImageGenerator. It takes what [ImageGenerator] takes, but for a
// model; fields such as "Revise" and "LogoAdd" go into Extra["hunyuan"]. When ctx ends, the order goes
// on at the vendor, and costs.
func (g *ImageJobs) GenerateImages(ctx context.Context, req *assistant.ImageRequest) ([]assistant.Image, error) {
	if err := checkPicture(g.client, req); err != nil {
		return nil, err
	}
	if req.Model != "" {
		return nil, g.client.Invalid("the model has no name here, but %q is asked for", req.Model)
	}
	id, err := g.submit(ctx, req)
	if err != nil {
		return nil, err
	}
	var images []assistant.Image
	err = g.client.Poll(ctx, g.wait, func() (done bool, err error) {
		images, done, err = g.query(ctx, id)
		return done, err
	})
	if err != nil || !g.fetch {
		return images, err
	}
	return g.client.FetchPictures(ctx, images)
}

// submit orders a picture and returns the number of the order.
func (g *ImageJobs) submit(ctx context.Context, req *assistant.ImageRequest) (string, error) {
	fields := maps.Clone(req.Extra[Vendor])
	if fields == nil {
		fields = map[string]any{}
	}
	fields["Prompt"] = req.Prompt
	if req.Width > 0 {
		fields["Resolution"] = fmt.Sprintf("%d:%d", req.Width, req.Height)
	}
	if req.Seed.Set {
		fields["Seed"] = req.Seed.Value
	}
	if len(req.References) > 0 {
		references := make([]string, len(req.References))
		for i, image := range req.References {
			references[i] = openaiwire.PictureReference(image)
		}
		fields["Images"] = references
	}
	body, err := jsontext.Marshal(fields)
	if err != nil {
		return "", g.client.Invalid("Extra.%s: %w", Vendor, err)
	}
	response, err := ask(ctx, g.client, call(g.client, "SubmitTextToImageJob", body))
	if err != nil {
		return "", err
	}
	var id string
	if json.Unmarshal(response["JobId"], &id) != nil || id == "" {
		return "", g.client.NotUnderstood("the order has no number")
	}
	return id, nil
}

// The states of an order, as the vendor numbers them.
const (
	waiting = "1"
	running = "2"
	failed  = "4"
	drawn   = "5"
)

// query asks about an order.
func (g *ImageJobs) query(ctx context.Context, id string) (images []assistant.Image, done bool, err error) {
	body, err := jsontext.Marshal(map[string]any{"JobId": id})
	if err != nil {
		return nil, true, g.client.Invalid("JobId: %w", err)
	}
	response, err := ask(ctx, g.client, call(g.client, "QueryTextToImageJob", body))
	if err != nil {
		return nil, false, err
	}
	var job struct{ JobStatusCode, JobErrorCode, JobErrorMsg, RequestID string }
	var links []string
	for name, into := range map[string]any{
		"JobStatusCode": &job.JobStatusCode, "JobErrorCode": &job.JobErrorCode, "JobErrorMsg": &job.JobErrorMsg, "RequestId": &job.RequestID, "ResultImage": &links,
	} {
		if raw := response[name]; len(raw) > 0 {
			if err := json.Unmarshal(raw, into); err != nil {
				return nil, true, g.client.NotUnderstood("%s: %w", name, err)
			}
		}
	}
	switch job.JobStatusCode {
	case waiting, running:
		return nil, false, nil
	case failed:
		return nil, true, g.client.Failed(job.JobErrorCode, job.JobErrorMsg, job.RequestID)
	case drawn:
		if len(links) == 0 {
			return nil, true, g.client.NotUnderstood("the order is done but has no picture")
		}
		images = make([]assistant.Image, len(links))
		for i, link := range links {
			images[i].URL = link
		}
		return images, true, nil
	}
	return nil, true, g.client.NotUnderstood("the order has the unknown state %q", job.JobStatusCode)
}
