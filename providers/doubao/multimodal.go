package doubao

import (
	"context"
	"encoding/json"
	"sync"

	"github.com/zhushou-ai/zhushou/assistant"
	"github.com/zhushou-ai/zhushou/internal/jsontext"
	"github.com/zhushou-ai/zhushou/internal/openaiwire"
)

// DefaultMultimodalModel is used if [MultimodalConfig] names no model.
const DefaultMultimodalModel = "doubao-embedding-vision-251215"

// MultimodalConfig says which vectors of texts, pictures and films to make. Its Config is that of
// chat; Config.Model names the embedding model, [DefaultMultimodalModel] if empty.
type MultimodalConfig struct {
	Config

	// Dimensions is the length of the vectors, 1024 or 2048. If zero, the model's own.
	Dimensions int

	// Instructions tell the model what the vectors are for. They may be empty.
	Instructions string

	// Parallel is how many calls are made at once, since the vendor makes one vector in each. If
	// zero, 4.
	Parallel int
}

// A MultimodalEmbedder makes vectors of texts, pictures and films that can be compared with each
// other. It is safe for concurrent use.
type MultimodalEmbedder struct {
	client       *openaiwire.Client
	dimensions   int
	instructions string
	parallel     int
}

var _ assistant.Embedder = (*MultimodalEmbedder)(nil)

// NewMultimodalEmbedder returns an embedder for texts, pictures and films. It sends nothing.
func NewMultimodalEmbedder(cfg MultimodalConfig) (*MultimodalEmbedder, error) {
	if cfg.Model == "" {
		cfg.Model = DefaultMultimodalModel
	}
	if cfg.Parallel <= 0 {
		cfg.Parallel = 4
	}
	client, err := newClient(cfg.Config)
	if err != nil {
		return nil, err
	}
	return &MultimodalEmbedder{
		client: client, dimensions: cfg.Dimensions, instructions: cfg.Instructions, parallel: cfg.Parallel,
	}, nil
}

// Embed implements assistant.Embedder, with one call for each text.
func (e *MultimodalEmbedder) Embed(ctx context.Context, texts []string) ([][]float32, error) {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	var (
		out   = make([][]float32, len(texts))
		room  = make(chan struct{}, e.parallel)
		once  sync.Once
		fault error
		all   sync.WaitGroup
	)
	for i, text := range texts {
		room <- struct{}{}
		all.Go(func() {
			defer func() { <-room }()
			v, err := e.EmbedParts(ctx, []assistant.Part{assistant.Text{Text: text}})
			if err != nil {
				once.Do(func() { fault = err; cancel(err) })
			}
			out[i] = v
		})
	}
	all.Wait()
	if fault != nil {
		return nil, fault
	}
	for i, v := range out {
		if len(v) != len(out[0]) {
			return nil, e.client.NotUnderstood("vector %d has %d numbers, the first has %d", i, len(v), len(out[0]))
		}
	}
	return out, nil
}

// EmbedParts returns one vector for all parts together: Text, Image and Video, the last two by
// address or as bytes.
func (e *MultimodalEmbedder) EmbedParts(ctx context.Context, parts []assistant.Part) ([]float32, error) {
	input, err := e.input(parts)
	if err != nil {
		return nil, err
	}
	fields := map[string]any{"model": e.client.Model(), "encoding_format": "float", "input": input}
	if e.dimensions > 0 {
		fields["dimensions"] = e.dimensions
	}
	if e.instructions != "" {
		fields["instructions"] = e.instructions
	}
	body, err := jsontext.Marshal(fields)
	if err != nil {
		return nil, e.client.Invalid("%w", err)
	}
	o, err := e.client.Call(ctx, e.client.Endpoint("/embeddings/multimodal"), body)
	if err != nil {
		return nil, err
	}
	var data struct {
		Embedding json.RawMessage `json:"embedding"`
	}
	if err := json.Unmarshal(o["data"], &data); err != nil || data.Embedding == nil {
		return nil, e.client.NotUnderstood("the answer holds no vector")
	}
	return e.client.Vector(data.Embedding, e.dimensions)
}

type (
	textInput struct {
		Type string `json:"type"`
		Text string `json:"text"`
	}
	mediaURL struct {
		URL string  `json:"url"`
		FPS float64 `json:"fps,omitzero"`
	}
	imageInput struct {
		Type  string   `json:"type"`
		Image mediaURL `json:"image_url"`
	}
	videoInput struct {
		Type  string   `json:"type"`
		Video mediaURL `json:"video_url"`
	}
)

func (e *MultimodalEmbedder) input(parts []assistant.Part) ([]any, error) {
	var input []any
	for i, p := range parts {
		switch p := p.(type) {
		case assistant.Text:
			if p.Text == "" {
				return nil, e.client.Invalid("part %d is an empty text", i)
			}
			input = append(input, textInput{"text", p.Text})
		case assistant.Image:
			url := openaiwire.PictureReference(p)
			if url == "" {
				return nil, e.client.Invalid("part %d has neither an address nor bytes", i)
			}
			input = append(input, imageInput{"image_url", mediaURL{URL: url}})
		case assistant.Video:
			url := openaiwire.PictureReference(assistant.Image{Media: p.Media})
			if url == "" {
				return nil, e.client.Invalid("part %d has neither an address nor bytes", i)
			}
			input = append(input, videoInput{"video_url", mediaURL{url, p.FPS}})
		default:
			return nil, e.client.Invalid("part %d is a %T; the model takes texts, pictures and films", i, p)
		}
	}
	if len(input) == 0 {
		return nil, e.client.Invalid("there is nothing to make a vector of")
	}
	return input, nil
}
