package providertest

import (
	"context"
	"fmt"
	"slices"
	"testing"

	"github.com/zhushou-ai/zhushou/assistant"
)

// EmbedderOptions adapt [RunEmbedder] to an adapter.
type EmbedderOptions struct {
	// Vendor is whose protocol the adapter speaks. If nil, [OpenAI].
	Vendor *Vendor

	// Skip names subtests that the adapter does not pass, with the reason.
	Skip map[string]string
}

// RunEmbedder checks that an adapter gives each text its own vector or an error, and never a vector
// that is silently wrong. It plays a [Server] that sends rows out of order, refuses too many texts at
// once, and makes every mistake that would mix vectors up; then errors, silence, cancellation and
// connections, as [RunWire] does. Each is a parallel subtest.
//
// open makes an adapter; it is called for every subtest.
func RunEmbedder(t *testing.T, open func(Endpoint) (assistant.Embedder, error), opts EmbedderOptions) {
	t.Helper()
	if opts.Vendor == nil {
		opts.Vendor = OpenAI()
	}
	runChecks(t, newEmbedRig(open, opts.Vendor), embedderChecks(opts.Vendor), opts.Skip)
}

type (
	embedRig   = callRig[assistant.Embedder]
	embedBench = callBench[assistant.Embedder]
	embedCheck = check[*embedRig]
)

func newEmbedRig(open func(Endpoint) (assistant.Embedder, error), v *Vendor) *embedRig {
	return &embedRig{
		open: open, vendor: v, service: EmbeddingService, model: v.EmbeddingModel,
		plain: func(ctx context.Context, b *embedBench) error {
			return embeds(ctx, b, []string{"甲", "乙乙", "丙丙丙"}, defaultDimensions)
		},
	}
}

// embeds wants the right vectors of texts.
func embeds(ctx context.Context, b *embedBench, texts []string, dimensions int) error {
	before := slices.Clone(texts)
	got, err := b.adapter.Embed(ctx, texts)
	if err != nil {
		if len(got) > 0 {
			return wrong("%d vectors came beside the error %v", len(got), err)
		}
		return err
	}
	if !slices.Equal(texts, before) {
		return wrong("the texts were modified")
	}
	if len(got) != len(texts) {
		return wrong("%d vectors for %d texts", len(got), len(texts))
	}
	for i, text := range texts {
		if !slices.Equal(got[i], Vector(text, dimensions)) {
			return wrong("the vector of text %d is wrong: %s", i, origin(got[i], texts))
		}
	}
	return nil
}

// origin says where a wrong vector comes from.
func origin(vector []float32, texts []string) string {
	for i, text := range texts {
		if slices.Equal(vector, Vector(text, len(vector))) {
			return fmt.Sprintf("it is that of text %d, with %d numbers", i, len(vector))
		}
	}
	return fmt.Sprintf("it has %d numbers and belongs to no text", len(vector))
}
