package providertest

import (
	"cmp"
	"context"
	"encoding/json"
	"slices"

	"github.com/zhushou-ai/zhushou/assistant"
)

// refReranker is a plain reranker that passes the suite, but for its bug. It speaks the compatible
// shape of Qwen, DashScope's native one, or Baidu's.
type refReranker struct {
	reference
	shape string // the path
}

func openRefReranker(v *Vendor, shape, bug string) func(Endpoint) (assistant.Reranker, error) {
	return func(e Endpoint) (assistant.Reranker, error) {
		return &refReranker{reference{e: e, vendor: v.Name, bug: bug}, shape}, nil
	}
}

func (m *refReranker) Rerank(ctx context.Context, query string, documents []string, limit int) ([]assistant.Ranked, error) {
	switch {
	case len(documents) == 0 && !m.has("calls for nothing"):
		return nil, nil
	case len(documents) > maxDocuments && m.has("cuts the documents"):
		documents = documents[:maxDocuments]
	}
	if limit < 0 && m.has("negative is one") {
		limit = 1
	}
	flat := map[string]any{"query": query, "documents": documents}
	body := flat
	if limit > 0 && !m.has("forgets the limit") {
		flat["top_n"] = limit
	}
	if m.shape == nativeRerank {
		body = map[string]any{"input": flat, "parameters": map[string]any{"top_n": max(limit, 0)}}
	}
	body["model"] = m.e.Model
	if m.has("modifies the documents") {
		slices.Sort(documents)
	}
	raw, err := m.fetch(ctx, "POST", m.beside(m.shape), body)
	if err != nil {
		return nil, err
	}
	type result struct {
		Index *int
		Score *float64 `json:"relevance_score"`
	}
	var answer struct {
		Results []result
		Output  struct{ Results []result }
	}
	if err := json.Unmarshal(raw, &answer); err != nil && !m.has("garbage is empty") {
		return nil, m.protocol(err.Error())
	}
	results := append(answer.Results, answer.Output.Results...)
	want := len(documents)
	if limit > 0 {
		want = min(want, limit)
	}
	if len(results) < want && !m.has("fewer ranks are fine") {
		return nil, m.protocol("too few ranks")
	}
	var out []assistant.Ranked
	seen := map[int]bool{}
	for _, r := range results {
		if r.Index == nil && m.has("missing is zero") {
			r.Index = new(int)
		}
		if r.Score == nil && m.has("missing is zero") {
			r.Score = new(float64)
		}
		switch {
		case r.Index == nil || r.Score == nil:
			return nil, m.protocol("index or score is missing")
		case m.has("trusts the index"):
		case *r.Index < 0 || *r.Index >= len(documents) || seen[*r.Index]:
			return nil, m.protocol("index is wrong")
		}
		seen[*r.Index] = true
		out = append(out, assistant.Ranked{Index: *r.Index, Score: *r.Score})
	}
	if !m.has("keeps the order") {
		slices.SortStableFunc(out, func(a, b assistant.Ranked) int { return cmp.Compare(b.Score, a.Score) })
	}
	if !m.has("trusts the limit") {
		out = out[:want]
	}
	if m.has("positions for indexes") {
		for i := range out {
			out[i].Index = i
		}
	}
	return out, nil
}
