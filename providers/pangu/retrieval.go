package pangu

import (
	"context"

	"github.com/zhushou-ai/zhushou/assistant"
	"github.com/zhushou-ai/zhushou/internal/openaiwire"
)

// The models that are used if the configuration names none.
const (
	DefaultEmbeddingModel = "bge-m3"
	DefaultRerankModel    = "bge-reranker-v2-m3"
)

// EmbedderConfig says which vectors to make. Its Config is that of chat; Config.Model names the
// embedding model, [DefaultEmbeddingModel] if empty. The length of the vectors is the model's.
type EmbedderConfig struct {
	Config

	// Batch is how many texts are sent in one call. If zero, 32.
	Batch int

	// Characters is how many characters all texts of one call have together, unless one text alone
	// has more. The vendor takes about eight thousand tokens. If zero, 6000.
	Characters int
}

// An Embedder makes vectors of texts. It is safe for concurrent use.
type Embedder struct {
	client *openaiwire.Client
	call   openaiwire.Embedding
}

var _ assistant.Embedder = (*Embedder)(nil)

// NewEmbedder returns an embedder. It sends nothing.
func NewEmbedder(cfg EmbedderConfig) (*Embedder, error) {
	if cfg.Model == "" {
		cfg.Model = DefaultEmbeddingModel
	}
	if cfg.Batch <= 0 {
		cfg.Batch = 32
	}
	if cfg.Characters <= 0 {
		cfg.Characters = 6000
	}
	client, err := newServiceClient(cfg.Config)
	if err != nil {
		return nil, err
	}
	return &Embedder{client: client, call: openaiwire.Embedding{
		Model: cfg.Model, Batch: cfg.Batch, Runes: cfg.Characters, Base64: true,
	}}, nil
}

// Embed implements assistant.Embedder.
func (e *Embedder) Embed(ctx context.Context, texts []string) ([][]float32, error) {
	return e.client.Embed(ctx, e.call, texts)
}

// A Reranker sorts documents by how well they answer a query. It is safe for concurrent use.
type Reranker struct{ client *openaiwire.Client }

var _ assistant.Reranker = (*Reranker)(nil)

// NewReranker returns a reranker. Its Config is that of chat; Config.Model names the rerank model,
// [DefaultRerankModel] if empty. It sends nothing.
func NewReranker(cfg Config) (*Reranker, error) {
	if cfg.Model == "" {
		cfg.Model = DefaultRerankModel
	}
	client, err := newServiceClient(cfg)
	if err != nil {
		return nil, err
	}
	return &Reranker{client: client}, nil
}

// Rerank implements assistant.Reranker. All documents go in one call, of about eight thousand tokens
// at most: scores of different calls could not be compared.
func (r *Reranker) Rerank(ctx context.Context, query string, documents []string, limit int) ([]assistant.Ranked, error) {
	if len(documents) == 0 {
		return nil, nil
	}
	// The vendor has no field for the limit.
	ranks, err := r.client.Rerank(ctx, r.client.Endpoint("/rerank"), r.client.Model(), query, documents, 0)
	if err != nil {
		return nil, err
	}
	if limit > 0 && limit < len(ranks) {
		ranks = ranks[:limit]
	}
	return ranks, nil
}
