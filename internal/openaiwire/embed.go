package openaiwire

import (
	"bytes"
	"cmp"
	"context"
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"net/url"
	"slices"
	"unicode/utf8"

	"github.com/zhushou-ai/zhushou/assistant"
)

// Embedding is a call of {base}/embeddings.
type Embedding struct {
	Model      string
	Dimensions int // zero leaves them to the vendor
	Batch      int // most texts in one call; at least 1
	Runes      int // most characters in one call, unless one text alone has more; zero is any number
	Base64     bool
	NoFormat   bool // "encoding_format" is not sent
	OwnLength  bool // the model has vectors of one length: Dimensions are checked, but not sent
	InOrder    bool // rows are vectors without an index, in the order of the texts
}

// Embed returns one vector for each text, in the order of the texts and all of one length.
func (c *Client) Embed(ctx context.Context, e Embedding, texts []string) ([][]float32, error) {
	return c.EmbedWith(texts, e, func(texts []string) (json.RawMessage, error) {
		f := Fields{b: []byte{'{'}}
		f.String("model", e.Model)
		f.Strings("input", texts)
		if e.Dimensions > 0 && !e.OwnLength {
			f.Int("dimensions", int64(e.Dimensions))
		}
		format := "float"
		if e.Base64 {
			format = "base64"
		}
		if !e.NoFormat {
			f.String("encoding_format", format)
		}
		o, err := c.Call(ctx, c.Endpoint("/embeddings"), append(f.b, '}'))
		return o["data"], err
	})
}

// EmbedWith is Embed through ask, which returns the rows for some of the texts: a list of objects with
// index and embedding, or of vectors alone if e.InOrder is set.
func (c *Client) EmbedWith(texts []string, e Embedding, ask func(texts []string) (json.RawMessage, error)) ([][]float32, error) {
	out := make([][]float32, 0, len(texts))
	for len(texts) > 0 {
		n := e.fit(texts)
		rows, err := ask(texts[:n])
		if err != nil {
			return nil, err
		}
		vectors, err := c.vectors(e, rows, n)
		if err != nil {
			return nil, err
		}
		for _, v := range vectors {
			if len(out) > 0 && len(v) != len(out[0]) {
				return nil, c.protocolError(fmt.Errorf("vectors of %d and of %d numbers", len(out[0]), len(v)), nil)
			}
			out = append(out, v)
		}
		texts = texts[n:]
	}
	return out, nil
}

// fit returns how many of the texts go into one call.
func (e *Embedding) fit(texts []string) int {
	n := min(len(texts), max(e.Batch, 1))
	if e.Runes <= 0 {
		return n
	}
	runes := 0
	for i, text := range texts[:n] {
		if runes += utf8.RuneCountInString(text); runes > e.Runes && i > 0 {
			return i
		}
	}
	return n
}

// A vectorRow is one row of an answer.
type vectorRow struct {
	Index     *int            `json:"index"`
	Embedding json.RawMessage `json:"embedding"`
}

// vectors reads the rows for n texts.
func (c *Client) vectors(e Embedding, rows json.RawMessage, n int) ([][]float32, error) {
	var data []vectorRow
	var err error
	if e.InOrder {
		var bare []json.RawMessage
		err = json.Unmarshal(rows, &bare)
		for i, v := range bare {
			data = append(data, vectorRow{Index: &i, Embedding: v})
		}
	} else {
		err = json.Unmarshal(rows, &data)
	}
	if err != nil || len(data) != n {
		return nil, c.protocolError(fmt.Errorf("%d vectors for %d texts", len(data), n), nil)
	}
	out := make([][]float32, n)
	for _, d := range data {
		at := 0
		switch {
		case d.Index != nil:
			at = *d.Index
		case n > 1: // rows need not come in order
			return nil, c.protocolError(errors.New("a vector has no index"), nil)
		}
		if at < 0 || at >= len(out) || out[at] != nil {
			return nil, c.protocolError(fmt.Errorf("the index %d of a vector is wrong", at), nil)
		}
		if out[at], err = decodeVector(d.Embedding); err != nil {
			return nil, c.protocolError(fmt.Errorf("vector %d: %w", at, err), nil)
		}
		if n := len(out[at]); e.Dimensions > 0 && n != e.Dimensions {
			return nil, c.protocolError(fmt.Errorf("vector %d has %d numbers, not %d", at, n, e.Dimensions), nil)
		}
	}
	return out, nil
}

// Vector reads a vector that must have so many numbers, or any number of them if dimensions is zero.
func (c *Client) Vector(raw json.RawMessage, dimensions int) ([]float32, error) {
	v, err := decodeVector(raw)
	if err != nil {
		return nil, c.protocolError(fmt.Errorf("the vector: %w", err), nil)
	}
	if dimensions > 0 && len(v) != dimensions {
		return nil, c.protocolError(fmt.Errorf("the vector has %d numbers, not %d", len(v), dimensions), nil)
	}
	return v, nil
}

// decodeVector reads a list of numbers, or little-endian 32-bit floats in base64.
func decodeVector(raw json.RawMessage) ([]float32, error) {
	var v []float32
	if !bytes.HasPrefix(raw, []byte{'"'}) {
		if bytes.Contains(raw, []byte("null")) { // json would read it as zero
			return nil, errors.New("it is or holds null")
		}
		if err := json.Unmarshal(raw, &v); err != nil {
			return nil, err
		}
	} else {
		b, err := base64.StdEncoding.DecodeString(looseString(raw))
		if err != nil {
			return nil, err
		}
		if len(b)%4 != 0 {
			return nil, fmt.Errorf("%d bytes are no whole number of floats", len(b))
		}
		v = make([]float32, len(b)/4)
		for i := range v {
			v[i] = math.Float32frombits(binary.LittleEndian.Uint32(b[4*i:]))
			if x := float64(v[i]); math.IsNaN(x) || math.IsInf(x, 0) {
				return nil, fmt.Errorf("number %d is %v", i, x)
			}
		}
	}
	if len(v) == 0 {
		return nil, fmt.Errorf("it is empty")
	}
	return v, nil
}

// Call posts a JSON body and returns the object that comes back; error objects are errors.
func (c *Client) Call(ctx context.Context, u *url.URL, body []byte) (map[string]json.RawMessage, error) {
	return c.Do(ctx, Exchange{URL: u, Body: body})
}

// Rerank calls a rerank endpoint of the flat form, which several vendors share.
func (c *Client) Rerank(ctx context.Context, u *url.URL, model, query string, documents []string, limit int) ([]assistant.Ranked, error) {
	f := Fields{b: []byte{'{'}}
	f.String("model", model)
	f.String("query", query)
	f.Strings("documents", documents)
	if limit > 0 {
		f.Int("top_n", int64(limit))
	}
	o, err := c.Call(ctx, u, append(f.b, '}'))
	if err != nil {
		return nil, err
	}
	var results []struct {
		Index *int     `json:"index"`
		Score *float64 `json:"relevance_score"`
	}
	if err := json.Unmarshal(o["results"], &results); err != nil {
		return nil, c.protocolError(fmt.Errorf("results: %w", err), nil)
	}
	want := len(documents)
	if limit > 0 {
		want = min(limit, want)
	}
	if len(results) < want {
		return nil, c.protocolError(fmt.Errorf("%d ranks where %d are wanted", len(results), want), nil)
	}
	out := make([]assistant.Ranked, len(results))
	seen := make([]bool, len(documents))
	for i, r := range results {
		if r.Index == nil || r.Score == nil {
			return nil, c.protocolError(fmt.Errorf("rank %d lacks its index or score", i), nil)
		}
		at := *r.Index
		if at < 0 || at >= len(documents) || seen[at] {
			return nil, c.protocolError(fmt.Errorf("the index %d of a rank is wrong", at), nil)
		}
		seen[at] = true
		out[i] = assistant.Ranked{Index: at, Score: *r.Score}
	}
	slices.SortStableFunc(out, func(a, b assistant.Ranked) int { return cmp.Compare(b.Score, a.Score) })
	return out[:want], nil
}
