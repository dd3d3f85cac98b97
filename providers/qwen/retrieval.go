package qwen

import (
	"context"
	"fmt"
	"net/url"
	"strings"

	"github.com/zhushou-ai/zhushou/assistant"
	"github.com/zhushou-ai/zhushou/internal/openaiwire"
)

// The models that are used if the configuration names none.
const (
	DefaultEmbeddingModel = "text-embedding-v4"
	DefaultRerankModel    = "qwen3-rerank"
)

// EmbedderConfig says which vectors to make. Its Config is that of chat; Config.Model names the
// embedding model, [DefaultEmbeddingModel] if empty.
type EmbedderConfig struct {
	Config

	// Dimensions is the length of the vectors. If zero, the model's own, mostly 1024.
	Dimensions int
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
	client, err := newClient(cfg.Config)
	if err != nil {
		return nil, fmt.Errorf("qwen: %w", err)
	}
	return &Embedder{client: client, call: openaiwire.Embedding{
		Model: cfg.Model, Dimensions: cfg.Dimensions, Batch: rowsPerCall(cfg.Model),
	}}, nil
}

// rowsPerCall is how many texts the vendor takes at once.
func rowsPerCall(model string) int {
	switch {
	case strings.HasPrefix(model, "qwen3.7-text-embedding"):
		return 20
	case model == "text-embedding-v2", model == "text-embedding-v1":
		return 25
	}
	return 10
}

// Embed implements assistant.Embedder.
func (e *Embedder) Embed(ctx context.Context, texts []string) ([][]float32, error) {
	return e.client.Embed(ctx, e.call, texts)
}

// A Reranker sorts documents by how well they answer a query. It is safe for concurrent use.
type Reranker struct {
	client *openaiwire.Client
	url    *url.URL
	model  string
}

var _ assistant.Reranker = (*Reranker)(nil)

// NewReranker returns a reranker. Its Config is that of chat; Config.Model names the rerank model,
// [DefaultRerankModel] if empty. It sends nothing.
func NewReranker(cfg Config) (*Reranker, error) {
	if cfg.Model == "" {
		cfg.Model = DefaultRerankModel
	}
	client, err := newClient(cfg)
	if err != nil {
		return nil, fmt.Errorf("qwen: %w", err)
	}
	base, err := baseURL(cfg)
	if err != nil {
		return nil, fmt.Errorf("qwen: %w", err)
	}
	u, err := besideChat(base, "/compatible-api/v1/reranks")
	if err != nil {
		return nil, fmt.Errorf("qwen: %w", err)
	}
	return &Reranker{client: client, url: u, model: cfg.Model}, nil
}

// maxDocuments is how many documents one call takes.
const maxDocuments = 500

// Rerank implements assistant.Reranker. It refuses more than 500 documents: scores of different
// calls could not be compared.
func (r *Reranker) Rerank(ctx context.Context, query string, documents []string, limit int) ([]assistant.Ranked, error) {
	if len(documents) == 0 {
		return nil, nil
	}
	if len(documents) > maxDocuments {
		return nil, &assistant.Error{
			Kind: assistant.ErrInvalid, Vendor: Vendor,
			Message: fmt.Sprintf("%d documents, but the vendor takes %d", len(documents), maxDocuments),
		}
	}
	return r.client.Rerank(ctx, r.url, r.model, query, documents, limit)
}
