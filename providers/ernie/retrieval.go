package ernie

import (
	"cmp"
	"context"
	"errors"
	"net/http"
	"strings"

	"github.com/zhushou-ai/zhushou/assistant"
	"github.com/zhushou-ai/zhushou/internal/openaiwire"
)

// The models that are used if the configuration names none.
const (
	DefaultEmbeddingModel = "bge-large-zh"
	DefaultRerankModel    = "bce-reranker-base"
)

// EmbedderConfig says which vectors to make. Its Config is that of chat; Config.Model names the
// embedding model, [DefaultEmbeddingModel] if empty.
type EmbedderConfig struct {
	Config

	// Dimensions is the length of the vectors. If zero, the model's own. The vendor's older models
	// have one length only; with them, vectors of another length are an error.
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
	cfg.Model = cmp.Or(cfg.Model, DefaultEmbeddingModel)
	client, err := newClient(cfg.Config)
	if err != nil {
		return nil, err
	}
	return &Embedder{client: client, call: openaiwire.Embedding{
		Model: cfg.Model, Dimensions: cfg.Dimensions, Batch: rowsPerCall(cfg.Model), NoFormat: true, OwnLength: hasOneLength(cfg.Model),
	}}, nil
}

// rowsPerCall is how many texts the vendor takes at once.
func rowsPerCall(model string) int {
	if strings.HasPrefix(model, "tao-8k") {
		return 1
	}
	return 16
}

// hasOneLength recognises the models whose vectors have a length of their own, which must not be sent.
func hasOneLength(model string) bool {
	return strings.HasPrefix(model, "embedding-v1") || strings.HasPrefix(model, "bge-large-") || strings.HasPrefix(model, "tao-8k")
}

// Embed implements assistant.Embedder.
func (e *Embedder) Embed(ctx context.Context, texts []string) ([][]float32, error) {
	return e.client.Embed(ctx, e.call, texts)
}

// A Reranker sorts documents by how well they answer a query. It is safe for concurrent use.
type Reranker struct {
	client *openaiwire.Client
	model  string
}

var _ assistant.Reranker = (*Reranker)(nil)

// NewReranker returns a reranker. Its Config is that of chat; Config.Model names the rerank model,
// [DefaultRerankModel] if empty. It sends nothing.
func NewReranker(cfg Config) (*Reranker, error) {
	cfg.Model = cmp.Or(cfg.Model, DefaultRerankModel)
	client, err := newClient(cfg)
	if err != nil {
		return nil, err
	}
	return &Reranker{client: client, model: cfg.Model}, nil
}

// Rerank implements assistant.Reranker. The vendor's page and its own program disagree on the path:
// if "/rerank" is not there, "/rerankers" is asked.
func (r *Reranker) Rerank(ctx context.Context, query string, documents []string, limit int) ([]assistant.Ranked, error) {
	if len(documents) == 0 {
		return nil, nil
	}
	ranked, err := r.client.Rerank(ctx, r.client.Endpoint("/rerank"), r.model, query, documents, limit)
	var e *assistant.Error
	if errors.As(err, &e) && e.Status == http.StatusNotFound {
		return r.client.Rerank(ctx, r.client.Endpoint("/rerankers"), r.model, query, documents, limit)
	}
	return ranked, err
}
