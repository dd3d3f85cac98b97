package providertest

import (
	"context"
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"math"
	"slices"

	"github.com/zhushou-ai/zhushou/assistant"
)

// refEmbedder is a plain embedder that passes the suite, but for its bug.
type refEmbedder struct {
	reference
	batch int
}

func openRefEmbedder(v *Vendor, bug string) func(Endpoint) (assistant.Embedder, error) {
	return func(e Endpoint) (assistant.Embedder, error) {
		m := &refEmbedder{reference: reference{e: e, vendor: v.Name, bug: bug}, batch: batch(v)}
		switch bug {
		case "no split":
			m.batch = math.MaxInt
		case "one text too many":
			m.batch++
		case "one at a time":
			m.batch = 1
		case "eager":
			_, _ = m.call(context.Background(), []string{"甲"})
		}
		return m, nil
	}
}

func (m *refEmbedder) Embed(ctx context.Context, texts []string) ([][]float32, error) {
	if m.has("modifies the texts") {
		slices.Reverse(texts)
	}
	if m.has("skips equal texts") {
		texts = slices.Compact(slices.Sorted(slices.Values(texts)))
	}
	var out [][]float32
	if len(texts) == 0 && m.has("calls for nothing") {
		return m.call(ctx, texts)
	}
	for batch := range slices.Chunk(texts, max(min(m.batch, len(texts)), 1)) {
		vectors, err := m.call(ctx, batch)
		if err != nil {
			if m.has("part of the result") && len(out) > 0 {
				return out, nil
			}
			if m.has("result beside the error") {
				return [][]float32{{0}}, err
			}
			return nil, err
		}
		for _, v := range vectors {
			if len(out) > 0 && len(v) != len(out[0]) && !m.has("mixed lengths") {
				return nil, m.protocol("mixed lengths")
			}
			out = append(out, v)
		}
	}
	return out, nil
}

func (m *refEmbedder) call(ctx context.Context, texts []string) ([][]float32, error) {
	if m.has("empty text is no text") {
		texts = slices.DeleteFunc(slices.Clone(texts), func(s string) bool { return s == "" })
	}
	body := map[string]any{"model": m.e.Model, "input": texts}
	if m.e.Dimensions > 0 && !m.has("ignores dimensions") {
		body["dimensions"] = m.e.Dimensions
	}
	if m.vendor == "openai" {
		body["encoding_format"] = "base64"
	}
	if m.has("unknown field") {
		body["some_field"] = true
	}
	raw, err := m.fetch(ctx, "POST", m.under("/embeddings"), body)
	if err != nil {
		return nil, err
	}
	var answer struct {
		Data []struct {
			Index     *int
			Embedding json.RawMessage
		}
	}
	if err := json.Unmarshal(raw, &answer); err != nil && !m.has("garbage is empty") {
		return nil, m.protocol(err.Error())
	}
	if n := len(answer.Data); n < len(texts) && !m.has("fewer rows are fine") || n > len(texts) && !m.has("more rows are fine") {
		return nil, m.protocol(fmt.Sprintf("%d rows for %d texts", n, len(texts)))
	}
	out := make([][]float32, len(texts))
	for i, row := range answer.Data {
		at, err := m.place(row.Index, i, out)
		if err != nil {
			return nil, err
		}
		v, err := m.vector(row.Embedding)
		if err != nil {
			return nil, m.protocol(err.Error())
		}
		if at >= 0 {
			out[at] = v
		}
	}
	return out, nil
}

// place finds where a row belongs; -1 is nowhere.
func (m *refEmbedder) place(index *int, position int, out [][]float32) (int, error) {
	if index == nil && m.has("missing index is zero") {
		index = new(int)
	}
	switch {
	case m.has("ignores index") && position < len(out), index == nil && m.has("missing index is the position"):
		return position, nil
	case index == nil:
		return 0, m.protocol("a row has no index")
	case m.has("trusts the index"):
	case *index < 0 || *index >= len(out):
		if m.has("more rows are fine") || m.has("skips wrong rows") {
			return -1, nil
		}
		return 0, m.protocol("index out of range")
	case out[*index] != nil && !m.has("last row wins"):
		return 0, m.protocol("index twice")
	}
	return *index, nil
}

func (m *refEmbedder) vector(raw json.RawMessage) ([]float32, error) {
	var text string
	var v []float32
	if len(raw) > 0 && raw[0] == '"' {
		if err := json.Unmarshal(raw, &text); err != nil {
			return nil, err
		}
		b, err := base64.StdEncoding.DecodeString(text)
		if err != nil && !m.has("half of base64") || len(b)%4 != 0 && !m.has("half of base64") {
			return nil, fmt.Errorf("base64 of %d bytes: %w", len(b), err)
		}
		for ; len(b) >= 4; b = b[4:] {
			x := math.Float32frombits(binary.LittleEndian.Uint32(b))
			if x != x && !m.has("NaN is a number") {
				return nil, fmt.Errorf("not a number")
			}
			v = append(v, x)
		}
	} else {
		var numbers []*float32
		if err := json.Unmarshal(raw, &numbers); err != nil && !m.has("garbage is empty") {
			return nil, err
		}
		for _, n := range numbers {
			if n == nil && !m.has("null is zero") {
				return nil, fmt.Errorf("null where a number is wanted")
			}
			if n == nil {
				n = new(float32)
			}
			v = append(v, *n)
		}
	}
	switch {
	case len(v) == 0 && !m.has("empty vectors"):
		return nil, fmt.Errorf("the vector is empty")
	case m.e.Dimensions > 0 && len(v) != m.e.Dimensions && !m.has("trusts the length"):
		return nil, fmt.Errorf("%d numbers", len(v))
	}
	return v, nil
}
