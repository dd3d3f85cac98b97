package langchain

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/tmc/langchaingo/embeddings"

	"github.com/zhushou-ai/zhushou/assistant"
)

// EmbedderConfig adapts [FromEmbedder] to an embedder. The zero EmbedderConfig suits most.
type EmbedderConfig struct {
	// Vendor is the name in errors. If empty, [Vendor].
	Vendor string

	// Dimensions is the length of the vectors that the embedder was told to ask for; others are an
	// error. If zero, any length that all vectors of a call have.
	Dimensions int

	// IdleTimeout is the longest silence that [Transport] bears in an answer of OpenAI's protocol. If
	// zero, 2 minutes; if negative, none.
	IdleTimeout time.Duration
}

// FromEmbedder returns an assistant.Embedder that asks e. It makes sure that each text has a vector and
// that all are of one length.
//
// langchaingo's client for OpenAI takes the vendor's rows as they come, without looking at their numbers:
// give it [Transport], or vectors may end at other texts.
//
// langchaingo's own embedder turns line ends into spaces unless it was made with
// embeddings.WithStripNewLines(false).
func FromEmbedder(e embeddings.Embedder, cfg EmbedderConfig) assistant.Embedder {
	cfg.Vendor = cmp.Or(cfg.Vendor, Vendor)
	return fromEmbedder{e, cfg}
}

type fromEmbedder struct {
	embeddings.Embedder
	cfg EmbedderConfig
}

// Embed implements assistant.Embedder.
func (e fromEmbedder) Embed(ctx context.Context, texts []string) ([][]float32, error) {
	if err := ctx.Err(); err != nil {
		return nil, fmt.Errorf("%s: %w", e.cfg.Vendor, err)
	}
	if len(texts) == 0 {
		return nil, nil
	}
	if i := slices.Index(texts, ""); i >= 0 {
		return nil, &assistant.Error{Kind: assistant.ErrInvalid, Vendor: e.cfg.Vendor, Err: fmt.Errorf("text %d is empty", i)}
	}
	r := &record{vendor: e.cfg.Vendor, idle: e.cfg.IdleTimeout}
	vectors, err := e.EmbedDocuments(r.attach(ctx), slices.Clone(texts)) // langchaingo writes into them
	if err != nil {
		return nil, r.explain(ctx, err)
	}
	if wrong := r.hidden(); wrong != nil {
		return nil, wrong
	}
	err = matching(vectors, len(texts))
	if n := e.cfg.Dimensions; err == nil && n > 0 && len(vectors[0]) != n {
		err = fmt.Errorf("the vectors have %d numbers; %d were asked for", len(vectors[0]), n)
	}
	if err != nil {
		return nil, &assistant.Error{Kind: assistant.ErrProtocol, Vendor: e.cfg.Vendor, Err: err}
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
