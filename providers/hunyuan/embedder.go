package hunyuan

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/zhushou-ai/zhushou/assistant"
	"github.com/zhushou-ai/zhushou/internal/jsontext"
	"github.com/zhushou-ai/zhushou/internal/openaiwire"
)

// An Embedder makes vectors of texts through GetEmbedding of the cloud interface: TokenHub has no
// vectors. It is safe for concurrent use.
type Embedder struct{ client *openaiwire.Client }

var _ assistant.Embedder = (*Embedder)(nil)

// NewEmbedder returns an embedder. There is one model only, so CloudConfig.Model must be empty. It sends
// nothing.
func NewEmbedder(cfg CloudConfig) (*Embedder, error) {
	if cfg.Model != "" {
		return nil, fmt.Errorf("hunyuan: there is only one embedding model, but %q is asked for; leave CloudConfig.Model empty", cfg.Model)
	}
	client, err := cfg.client(chatService, "GetEmbedding", cloudProfile(), nil)
	if err != nil {
		return nil, fmt.Errorf("hunyuan: %w", err)
	}
	return &Embedder{client}, nil
}

// rowsPerCall is how many texts the vendor takes at once.
const rowsPerCall = 50

// Embed implements assistant.Embedder. The vendor cuts texts at 1024 tokens without a word.
func (e *Embedder) Embed(ctx context.Context, texts []string) ([][]float32, error) {
	return e.client.EmbedWith(texts, openaiwire.Embedding{Batch: rowsPerCall}, func(texts []string) (json.RawMessage, error) {
		body, err := jsontext.Marshal(map[string]any{"InputList": texts})
		if err != nil {
			return nil, e.client.Invalid("texts: %w", err)
		}
		response, err := ask(ctx, e.client, call(e.client, "", body))
		if err != nil {
			return nil, err
		}
		return response["Data"], nil
	})
}

// ask makes a call and takes the wrapper off the answer.
func ask(ctx context.Context, c *openaiwire.Client, x openaiwire.Exchange) (map[string]json.RawMessage, error) {
	answer, err := c.Do(ctx, x)
	if err != nil {
		return nil, err
	}
	var response map[string]json.RawMessage
	if err := json.Unmarshal(answer["Response"], &response); err != nil || response == nil {
		return nil, c.NotUnderstood("the answer has no Response")
	}
	return response, nil
}
