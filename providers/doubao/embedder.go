package doubao

import (
	"context"

	"github.com/zhushou-ai/zhushou/assistant"
	"github.com/zhushou-ai/zhushou/internal/openaiwire"
)

// DefaultEmbeddingModel is used if [EmbedderConfig] names no model.
const DefaultEmbeddingModel = "doubao-embedding-large-text-250515"

// EmbedderConfig says which vectors of texts to make. Its Config is that of chat; Config.Model names
// the embedding model, [DefaultEmbeddingModel] if empty.
type EmbedderConfig struct {
	Config

	// Dimensions is the length of the vectors. If zero, the model's own.
	Dimensions int

	// Batch is how many texts are sent in one call. If zero, 256.
	Batch int
}

// An Embedder makes vectors of texts. It is safe for concurrent use.
type Embedder struct {
	client *openaiwire.Client
	call   openaiwire.Embedding
}

var _ assistant.Embedder = (*Embedder)(nil)

// NewEmbedder returns an embedder for texts. It sends nothing.
func NewEmbedder(cfg EmbedderConfig) (*Embedder, error) {
	if cfg.Model == "" {
		cfg.Model = DefaultEmbeddingModel
	}
	if cfg.Batch <= 0 {
		cfg.Batch = 256
	}
	client, err := newClient(cfg.Config)
	if err != nil {
		return nil, err
	}
	return &Embedder{client: client, call: openaiwire.Embedding{
		Model: cfg.Model, Dimensions: cfg.Dimensions, Batch: cfg.Batch, Base64: true,
	}}, nil
}

// Embed implements assistant.Embedder.
func (e *Embedder) Embed(ctx context.Context, texts []string) ([][]float32, error) {
	return e.client.Embed(ctx, e.call, texts)
}
