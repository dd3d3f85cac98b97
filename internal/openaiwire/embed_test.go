package openaiwire

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/zhushou-ai/zhushou/assistant"
)

func TestEmbed(t *testing.T) {
	t.Parallel()
	var batches []int
	c := serve(t, func(w http.ResponseWriter, r *http.Request) {
		var req struct {
			Input      []string `json:"input"`
			Dimensions int      `json:"dimensions"`
			Format     string   `json:"encoding_format"`
		}
		if json.NewDecoder(r.Body).Decode(&req) != nil || req.Dimensions != 2 || r.URL.Path != "/embeddings" {
			w.WriteHeader(http.StatusBadRequest)
			return
		}
		batches = append(batches, len(req.Input))
		var rows []string
		for i := range req.Input { // in the wrong order
			i = len(req.Input) - 1 - i
			vector := fmt.Sprintf("[%d,0.5]", len(req.Input[i]))
			if req.Format == "base64" {
				vector = `"AACAPwAAAEA="` // 1, 2
			}
			rows = append(rows, fmt.Sprintf(`{"index":%d,"embedding":%s}`, i, vector))
		}
		answering("application/json", `{"data":[`+strings.Join(rows, ",")+`]}`)(w, r)
	})
	e := Embedding{Model: "m", Dimensions: 2, Batch: 2}
	got, err := c.Embed(t.Context(), e, []string{"a", "bb", "ccc"})
	require.NoError(t, err)
	require.Equal(t, [][]float32{{1, 0.5}, {2, 0.5}, {3, 0.5}}, got)
	require.Equal(t, []int{2, 1}, batches)

	e.Base64 = true
	got, err = c.Embed(t.Context(), e, []string{"a"})
	require.NoError(t, err)
	require.Equal(t, [][]float32{{1, 2}}, got)

	got, err = c.Embed(t.Context(), e, nil)
	require.NoError(t, err)
	require.Empty(t, got)
}

func TestEmbedBatches(t *testing.T) {
	t.Parallel()
	texts := []string{"一二", "三四", "五六七", "八九十一二三", "四", "", "五"}
	for _, tt := range []struct {
		e    Embedding
		want string // how many texts are in each call
	}{
		{Embedding{Batch: 3}, "3 3 1"},
		{Embedding{}, "1 1 1 1 1 1 1"},
		{Embedding{Batch: 99, Runes: 4}, "2 1 1 3"},
		{Embedding{Batch: 99, Runes: 100}, "7"},
		{Embedding{Batch: 2, Runes: 7}, "2 1 2 2"},
	} {
		var got []string
		for rest := texts; len(rest) > 0; {
			n := tt.e.fit(rest)
			got, rest = append(got, fmt.Sprint(n)), rest[n:]
		}
		require.Equal(t, tt.want, strings.Join(got, " "))
	}
}

func TestEmbedFailures(t *testing.T) {
	t.Parallel()
	for body, kind := range map[string]assistant.ErrorKind{
		`{"error":{"code":"invalid_api_key","message":"m"}}`: assistant.ErrAuth,
		`{"code":"context_length_exceeded","message":"m"}`:   assistant.ErrContextLength,
		`{"data":[]}`:                assistant.ErrProtocol,
		`{"data":{"embedding":[1]}}`: assistant.ErrProtocol,
		`{"data":[{"index":0,"embedding":[1]},{"index":0,"embedding":[1]}]}`:               assistant.ErrProtocol,
		`{"data":[{"index":0,"embedding":[1]},{"index":2,"embedding":[1]}]}`:               assistant.ErrProtocol,
		`{"data":[{"index":0,"embedding":[1]},{"index":1,"embedding":[1,2]}]}`:             assistant.ErrProtocol,
		`{"data":[{"index":0,"embedding":"AAAA"},{"index":1,"embedding":"AACAPwAAAEA="}]}`: assistant.ErrProtocol,
		`{"data":[{"index":0,"embedding":"?"},{"index":1,"embedding":[1]}]}`:               assistant.ErrProtocol,
		`{"data":[{"index":0,"embedding":[]},{"index":1,"embedding":[]}]}`:                 assistant.ErrProtocol,
		`<html>`: assistant.ErrProtocol,
		``:       assistant.ErrProtocol,
	} {
		t.Run(body, func(t *testing.T) {
			t.Parallel()
			c := serve(t, answering("application/json", body))
			_, err := c.Embed(t.Context(), Embedding{Model: "m", Batch: 9}, []string{"a", "b"})
			require.ErrorIs(t, err, kind)
		})
	}
}

func TestRerank(t *testing.T) {
	t.Parallel()
	c := serve(t, answering("application/json", `{"results":[{"index":1,"relevance_score":0.9},{"index":0,"relevance_score":0.1}]}`))
	got, err := c.Rerank(t.Context(), c.Endpoint("/reranks"), "m", "退款", []string{"配送", "退货"}, 2)
	require.NoError(t, err)
	require.Equal(t, []assistant.Ranked{{Index: 1, Score: 0.9}, {Index: 0, Score: 0.1}}, got)

	_, err = c.Rerank(t.Context(), c.Endpoint("/reranks"), "m", "退款", []string{"配送"}, 0)
	require.ErrorIs(t, err, assistant.ErrProtocol)
}
