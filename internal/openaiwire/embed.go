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

	"github.com/zhushou-ai/zhushou/assistant"
)

// Embedding is a call of {base}/embeddings.
type Embedding struct {
	Model      string
	Dimensions int // zero leaves them to the vendor
	Batch      int // most texts in one call; at least 1
	Base64     bool
}

// Embed returns one vector for each text, in the order of the texts and all of one length.
func (c *Client) Embed(ctx context.Context, e Embedding, texts []string) ([][]float32, error) {
	out := make([][]float32, 0, len(texts))
	for len(texts) > 0 {
		n := min(len(texts), max(e.Batch, 1))
		vectors, err := c.embedBatch(ctx, e, texts[:n])
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

func (c *Client) embedBatch(ctx context.Context, e Embedding, texts []string) ([][]float32, error) {
	f := Fields{b: []byte{'{'}}
	f.String("model", e.Model)
	f.Strings("input", texts)
	if e.Dimensions > 0 {
		f.Int("dimensions", int64(e.Dimensions))
	}
	format := "float"
	if e.Base64 {
		format = "base64"
	}
	f.String("encoding_format", format)
	o, err := c.Call(ctx, c.endpoint("/embeddings"), append(f.b, '}'))
	if err != nil {
		return nil, err
	}
	var data []struct {
		Index     *int            `json:"index"`
		Embedding json.RawMessage `json:"embedding"`
	}
	if err := json.Unmarshal(o["data"], &data); err != nil || len(data) != len(texts) {
		return nil, c.protocolError(fmt.Errorf("%d vectors for %d texts", len(data), len(texts)), nil)
	}
	out := make([][]float32, len(texts))
	for _, d := range data {
		at := 0
		switch {
		case d.Index != nil:
			at = *d.Index
		case len(texts) > 1: // rows need not come in order
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
	if err := ctx.Err(); err != nil {
		return nil, fmt.Errorf("%s: %w", c.profile.Vendor, err)
	}
	p := newPayload()
	p.buf = append(p.buf, body...)
	defer p.release()
	idle := c.idle
	if idle == 0 {
		idle = defaultIdle
	}
	w := newWatch(ctx, idle, 0)
	defer w.stop()
	resp, err := c.post(w, u, p, jsonType)
	if err != nil {
		return nil, err
	}
	defer resp.Body.Close()
	data, err := c.readBody(w, &watchedBody{Reader: resp.Body, w: w}, resp.ContentLength)
	if err != nil && (resp.StatusCode/100 == 2 || ctx.Err() != nil) {
		return nil, err
	}
	o, err := parseObject(data)
	if resp.StatusCode/100 != 2 || err == nil && parseFailure(o, o["data"] != nil || o["results"] != nil) != nil {
		return nil, c.failed(failureOf(data), resp.StatusCode, resp.Header)
	}
	if err != nil {
		return nil, c.protocolError(fmt.Errorf("the answer is not a JSON object: %w", err), data)
	}
	return o, nil
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
