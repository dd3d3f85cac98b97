package ollama

import (
	"context"
	"encoding/json"

	"github.com/zhushou-ai/zhushou/assistant"
	"github.com/zhushou-ai/zhushou/internal/jsontext"
	"github.com/zhushou-ai/zhushou/internal/openaiwire"
)

// DefaultEmbeddingModel is used if [EmbedderConfig] names no model. It must have been pulled.
const DefaultEmbeddingModel = "bge-m3"

// EmbedderConfig says which vectors to make. Its Config is that of chat; Config.Model names the
// embedding model, [DefaultEmbeddingModel] if empty.
type EmbedderConfig struct {
	Config

	// Dimensions is the length of the vectors. If zero, the model's own.
	Dimensions int

	// Batch is how many texts are sent in one call. If zero, 64: the server works on them one after
	// the other.
	Batch int

	// Truncate lets the server cut texts that are too long for the model, in place of an error.
	Truncate bool
}

// An Embedder makes vectors of texts through /api/embed. It is safe for concurrent use.
type Embedder struct {
	client   *openaiwire.Client
	call     openaiwire.Embedding
	truncate bool
}

var _ assistant.Embedder = (*Embedder)(nil)

// NewEmbedder returns an embedder. It sends nothing.
func NewEmbedder(cfg EmbedderConfig) (*Embedder, error) {
	if cfg.Model == "" {
		cfg.Model = DefaultEmbeddingModel
	}
	if cfg.Batch <= 0 {
		cfg.Batch = 64
	}
	client, err := newClient(cfg.Config, nativePath)
	if err != nil {
		return nil, err
	}
	return &Embedder{client: client, truncate: cfg.Truncate, call: openaiwire.Embedding{
		Model: cfg.Model, Dimensions: cfg.Dimensions, Batch: cfg.Batch, InOrder: true,
	}}, nil
}

// Embed implements assistant.Embedder.
func (e *Embedder) Embed(ctx context.Context, texts []string) ([][]float32, error) {
	vectors, err := e.client.EmbedWith(texts, e.call, func(texts []string) (json.RawMessage, error) {
		fields := map[string]any{"model": e.call.Model, "input": texts, "truncate": e.truncate}
		if e.call.Dimensions > 0 {
			fields["dimensions"] = e.call.Dimensions
		}
		body, err := jsontext.Marshal(fields)
		if err != nil {
			return nil, e.client.Invalid("texts: %w", err)
		}
		answer, err := e.client.Call(ctx, e.client.Endpoint("/embed"), body)
		return answer["embeddings"], err
	})
	if err != nil {
		return nil, explain(err, e.call.Model)
	}
	return vectors, nil
}
