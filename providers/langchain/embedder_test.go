package langchain_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"testing"

	"github.com/stretchr/testify/require"
	"github.com/tmc/langchaingo/embeddings"
	"github.com/tmc/langchaingo/llms"
	"github.com/tmc/langchaingo/llms/openai"

	"github.com/zhushou-ai/zhushou/assistant"
	"github.com/zhushou-ai/zhushou/providers/langchain"
	ours "github.com/zhushou-ai/zhushou/providers/openai"
	"github.com/zhushou-ai/zhushou/providers/providertest"
)

func openTheirEmbedder(e providertest.Endpoint) (assistant.Embedder, error) {
	llm, err := openai.New(
		openai.WithBaseURL(e.BaseURL), openai.WithToken(e.Key), openai.WithEmbeddingModel(e.Model), openai.WithEmbeddingDimensions(e.Dimensions),
		openai.WithHTTPClient(&http.Client{Transport: langchain.Transport(e.HTTPClient.Transport)}),
	)
	if err != nil {
		return nil, err
	}
	embedder, err := embeddings.NewEmbedder(llm, embeddings.WithStripNewLines(false))
	if err != nil {
		return nil, err
	}
	return langchain.FromEmbedder(embedder, langchain.EmbedderConfig{Vendor: "openai", Dimensions: e.Dimensions, IdleTimeout: e.IdleTimeout}), nil
}

// openRoundEmbedder makes our own embedder as langchaingo's, as ours.
func openRoundEmbedder(e providertest.Endpoint) (assistant.Embedder, error) {
	embedder, err := ours.NewEmbedder(ours.EmbedderConfig{
		Config: ours.Config{
			BaseURL: e.BaseURL, Key: assistant.Secret(e.Key), Model: e.Model, HTTPClient: e.HTTPClient, IdleTimeout: e.IdleTimeout,
		},
		Dimensions: e.Dimensions,
	})
	if err != nil {
		return nil, err
	}
	return langchain.FromEmbedder(langchain.ToEmbedder(embedder), langchain.EmbedderConfig{Vendor: "openai"}), nil
}

func TestEmbedderConformance(t *testing.T) {
	t.Parallel()
	providertest.RunEmbedder(t, openTheirEmbedder, providertest.EmbedderOptions{Vendor: providertest.OpenAI()})
}

func TestEmbedderRoundTrip(t *testing.T) {
	t.Parallel()
	providertest.RunEmbedder(t, openRoundEmbedder, providertest.EmbedderOptions{Vendor: providertest.OpenAI()})
}

// vectors is an embedder of ours whose vectors tell the text.
type vectors func(texts []string) ([][]float32, error)

func (v vectors) Embed(_ context.Context, texts []string) ([][]float32, error) { return v(texts) }

func lengths(texts []string) ([][]float32, error) {
	var out [][]float32
	for _, t := range texts {
		out = append(out, []float32{float32(len([]rune(t)))})
	}
	return out, nil
}

func TestToEmbedder(t *testing.T) {
	t.Parallel()
	e := langchain.ToEmbedder(vectors(lengths))
	one, err := e.EmbedQuery(t.Context(), "三个字")
	require.NoError(t, err)
	require.Equal(t, []float32{3}, one)

	// langchaingo's batches come back in order.
	batched, err := embeddings.NewEmbedder(e, embeddings.WithBatchSize(2))
	require.NoError(t, err)
	got, err := batched.EmbedDocuments(t.Context(), []string{"一", "一二", "一二三", "一二三四", "一二三四五"})
	require.NoError(t, err)
	require.Equal(t, [][]float32{{1}, {2}, {3}, {4}, {5}}, got)

	_, err = e.CreateEmbedding(t.Context(), nil)
	require.Error(t, err)

	short := langchain.ToEmbedder(vectors(func([]string) ([][]float32, error) { return nil, nil }))
	_, err = short.EmbedQuery(t.Context(), "一")
	require.ErrorIs(t, err, assistant.ErrProtocol, "langchaingo would panic")

	limited := langchain.ToEmbedder(vectors(func([]string) ([][]float32, error) {
		return nil, &assistant.Error{Kind: assistant.ErrRateLimited, Vendor: "qwen"}
	}))
	_, err = limited.EmbedDocuments(t.Context(), []string{"一"})
	require.ErrorIs(t, err, assistant.ErrRateLimited)
	require.True(t, llms.IsRateLimitError(err))
}

// theirVectors is an embedder of langchaingo.
type theirVectors func(texts []string) ([][]float32, error)

func (v theirVectors) EmbedDocuments(_ context.Context, texts []string) ([][]float32, error) {
	return v(texts)
}
func (v theirVectors) EmbedQuery(context.Context, string) ([]float32, error) { panic("not used") }

func TestFromEmbedder(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name string
		give [][]float32
		err  error
		want assistant.ErrorKind
	}{
		{"too few", [][]float32{{1}}, nil, assistant.ErrProtocol},
		{"too many", [][]float32{{1}, {2}, {3}}, nil, assistant.ErrProtocol},
		{"other lengths", [][]float32{{1}, {2, 3}}, nil, assistant.ErrProtocol},
		{"empty ones", [][]float32{{}, {}}, nil, assistant.ErrProtocol},
		{"status", nil, errors.New("API returned unexpected status code: 429: 太快了"), assistant.ErrRateLimited},
		{"named", nil, fmt.Errorf("embed: %w", llms.ErrQuotaExceeded), assistant.ErrQuota},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			e := langchain.FromEmbedder(theirVectors(func([]string) ([][]float32, error) { return tt.give, tt.err }), langchain.EmbedderConfig{})
			got, err := e.Embed(t.Context(), []string{"一", "二"})
			require.ErrorIs(t, err, tt.want)
			require.Nil(t, got)
			var ours *assistant.Error
			require.ErrorAs(t, err, &ours)
			require.Equal(t, langchain.Vendor, ours.Vendor)
		})
	}

	// langchaingo strips line ends in place.
	stripping, err := embeddings.NewEmbedder(langchain.ToEmbedder(vectors(lengths)))
	require.NoError(t, err)
	texts := []string{"一\n二"}
	got, err := langchain.FromEmbedder(stripping, langchain.EmbedderConfig{}).Embed(t.Context(), texts)
	require.NoError(t, err)
	require.Equal(t, [][]float32{{3}}, got)
	require.Equal(t, []string{"一\n二"}, texts, "the caller's texts stay as they are")

	got, err = langchain.FromEmbedder(stripping, langchain.EmbedderConfig{}).Embed(t.Context(), nil)
	require.NoError(t, err)
	require.Empty(t, got)
}
