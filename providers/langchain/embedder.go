package langchain

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/tmc/langchaingo/embeddings"

	"github.com/zhushou-ai/zhushou/assistant"
)

// FromEmbedder returns an assistant.Embedder that asks e. It makes sure that each text has a vector and
// that all are of one length; errors name vendor, [Vendor] if that is empty.
//
// langchaingo's client for OpenAI takes the vendor's rows as they come, without looking at their numbers:
// give it [Transport], or vectors may end at other texts.
//
// langchaingo's own embedder turns line ends into spaces unless it was made with
// embeddings.WithStripNewLines(false).
func FromEmbedder(e embeddings.Embedder, vendor string) assistant.Embedder {
	if vendor == "" {
		vendor = Vendor
	}
	return fromEmbedder{e, vendor}
}

type fromEmbedder struct {
	embeddings.Embedder
	vendor string
}

// Embed implements assistant.Embedder.
func (e fromEmbedder) Embed(ctx context.Context, texts []string) ([][]float32, error) {
	if err := ctx.Err(); err != nil {
		return nil, fmt.Errorf("%s: %w", e.vendor, err)
	}
	if len(texts) == 0 {
		return nil, nil
	}
	if i := slices.Index(texts, ""); i >= 0 {
		return nil, &assistant.Error{Kind: assistant.ErrInvalid, Vendor: e.vendor, Err: fmt.Errorf("text %d is empty", i)}
	}
	r := new(record)
	vectors, err := e.EmbedDocuments(r.attach(ctx), slices.Clone(texts)) // langchaingo writes into them
	if err != nil {
		return nil, r.explain(ctx, e.vendor, err)
	}
	if wrong := r.hidden(e.vendor); wrong != nil {
		return nil, wrong
	}
	if err := matching(vectors, len(texts)); err != nil {
		return nil, &assistant.Error{Kind: assistant.ErrProtocol, Vendor: e.vendor, Err: err}
	}
	return vectors, nil
}

// matching checks that there is one vector for each text, all of one length.
func matching(vectors [][]float32, texts int) error {
	if len(vectors) != texts {
		return fmt.Errorf("%d vectors came for %d texts", len(vectors), texts)
	}
	for i, v := range vectors {
		if len(v) == 0 || len(v) != len(vectors[0]) {
			return fmt.Errorf("vector %d has %d numbers, the first has %d", i, len(v), len(vectors[0]))
		}
	}
	return nil
}

// An Embedder is an assistant.Embedder as langchaingo's embeddings.Embedder and EmbedderClient, for its
// stores.
type Embedder struct{ embedder assistant.Embedder }

var (
	_ embeddings.Embedder       = Embedder{}
	_ embeddings.EmbedderClient = Embedder{}
)

// ToEmbedder returns an embedder that asks e.
func ToEmbedder(e assistant.Embedder) Embedder { return Embedder{e} }

// EmbedDocuments returns one vector for each text, in their order.
func (e Embedder) EmbedDocuments(ctx context.Context, texts []string) ([][]float32, error) {
	vectors, err := e.embedder.Embed(ctx, texts)
	if err != nil {
		return nil, toError(err)
	}
	if err := matching(vectors, len(texts)); err != nil {
		return nil, toError(&assistant.Error{Kind: assistant.ErrProtocol, Vendor: Vendor, Err: err})
	}
	return vectors, nil
}

// EmbedQuery returns the vector of one text.
func (e Embedder) EmbedQuery(ctx context.Context, text string) ([]float32, error) {
	vectors, err := e.EmbedDocuments(ctx, []string{text})
	if err != nil {
		return nil, err
	}
	return vectors[0], nil
}

// CreateEmbedding is EmbedDocuments under the name that embeddings.NewEmbedder wants.
func (e Embedder) CreateEmbedding(ctx context.Context, texts []string) ([][]float32, error) {
	if len(texts) == 0 {
		return nil, errors.New("no texts") // langchaingo would take the first vector of none
	}
	return e.EmbedDocuments(ctx, texts)
}
