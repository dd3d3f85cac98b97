package recommend

import (
	"context"
	"fmt"
	"slices"

	"github.com/zhushou-ai/zhushou/internal/simd"
	"github.com/zhushou-ai/zhushou/recommend/vector"
)

// Embedder turns texts into vectors: one for each, in the same order and all of the same length. An
// embedding model of any vendor will do.
type Embedder interface {
	Embed(ctx context.Context, texts []string) ([][]float32, error)
}

// meaning holds the vectors of items. A nil one does nothing.
type meaning struct {
	embedder Embedder
	index    *vector.Index // by item number; nil until there is a vector
	dims     int
}

// maxMeant is how many items nearest to the meaning of a text are credited.
const maxMeant = 100

func newMeaning(embedder Embedder) *meaning {
	if embedder == nil {
		return nil
	}
	return &meaning{embedder: embedder}
}

// embed returns the vectors of texts, checked.
func (m *meaning) embed(ctx context.Context, texts []string, dims int) ([][]float32, error) {
	vectors, err := m.embedder.Embed(ctx, texts)
	if err != nil {
		return nil, fmt.Errorf("embed %d texts: %w", len(texts), err)
	}
	if len(vectors) != len(texts) {
		return nil, fmt.Errorf("embed %d texts: got %d vectors", len(texts), len(vectors))
	}
	for i, v := range vectors {
		if dims == 0 {
			dims = len(v)
		}
		if len(v) != dims || !usable(v) {
			return nil, fmt.Errorf("embed %q: got a vector of %d numbers: need %d finite ones, not all zero", texts[i], len(v), max(1, dims))
		}
	}
	return vectors, nil
}

// usable reports whether a vector has a length and a direction.
func usable(v []float32) bool {
	var sum float32
	for _, x := range v {
		sum += x * x
	}
	return sum > 0 && sum-sum == 0 // not infinite, and a number
}

// put keeps a vector for an item. Without one the item keeps what it has.
func (m *meaning) put(item int32, v []float32) {
	if m == nil || len(v) == 0 {
		return
	}
	if m.index == nil {
		index, err := vector.New(vector.Config{Dims: len(v), Workers: 1})
		if err != nil {
			return
		}
		m.index, m.dims = index, len(v)
	}
	if m.index.Put(item, v) != nil { // of another length, from an embedder used before
		m.index.Delete(item)
	}
}

func (m *meaning) remove(item int32) {
	if m != nil && m.index != nil {
		m.index.Delete(item)
	}
}

// embedItems returns vectors for the items whose words are new, and nil for the others.
func (e *Engine) embedItems(ctx context.Context, items []Item) ([][]float32, error) {
	if e.meaning == nil {
		return nil, nil
	}
	var texts []string
	var places []int
	for i := range items {
		if text := items[i].words(); text != "" && !e.hasWords(&items[i]) {
			texts, places = append(texts, text), append(places, i)
		}
	}
	e.mu.RLock()
	dims := e.meaning.dims
	e.mu.RUnlock()
	out := make([][]float32, len(items))
	if len(texts) == 0 {
		return out, nil
	}
	vectors, err := e.meaning.embed(ctx, texts, dims)
	if err != nil {
		return nil, err
	}
	for i, place := range places {
		out[place] = vectors[i]
	}
	return out, nil
}

// words is the text that stands for an item.
func (it *Item) words() string {
	switch {
	case it.Title == "":
		return it.Text
	case it.Text == "":
		return it.Title
	}
	return it.Title + "\n" + it.Text
}

// embedText returns the vector of a query's text, or nil if there is none or nothing to compare it with.
func (e *Engine) embedText(ctx context.Context, text string) ([]float32, error) {
	if e.meaning == nil || text == "" {
		return nil, nil
	}
	e.mu.RLock()
	dims := e.meaning.dims
	e.mu.RUnlock()
	if dims == 0 {
		return nil, nil
	}
	vectors, err := e.meaning.embed(ctx, []string{text}, dims)
	if err != nil {
		return nil, err
	}
	return vectors[0], nil
}

// followMeaning credits the items whose vectors are nearest to that of the query's text: the nearest 1,
// and the others by where they are between it and the last one.
func (r *request) followMeaning(ctx context.Context) error {
	m := r.e.meaning
	if m == nil || m.index == nil || len(r.meant) != m.dims {
		return nil
	}
	hits, err := m.index.Search(ctx, vector.Query{Vector: r.meant, Limit: maxMeant, Keep: r.fits}, nil)
	if err != nil || len(hits) == 0 {
		return err
	}
	first, last := hits[0].Score, hits[len(hits)-1].Score
	if len(hits) < maxMeant {
		last = min(last, 0)
	}
	for _, hit := range hits {
		if hit.Score > last {
			r.meet(hit.ID).meant = (hit.Score - last) / (first - last)
		}
	}
	return nil
}

// followContent credits the items whose vectors are nearest to the mean of those of the person's items, each by what it
// weighs, so that the latest count most.
func (r *request) followContent(ctx context.Context) error {
	m := r.e.meaning
	if m == nil || m.index == nil || len(r.anchors) == 0 {
		return nil
	}
	r.mean = append(r.mean[:0], make([]float32, m.dims)...)
	known := false
	for _, a := range r.anchors {
		if v := r.vectorOf(a.item); v != nil {
			simd.Axpy(float32(a.weight), v, r.mean)
			known = true
		}
	}
	if !known || !usable(r.mean) {
		return nil
	}
	hits, err := m.index.Search(ctx, vector.Query{Vector: r.mean, Limit: maxMeant, Keep: r.fits}, nil)
	if err != nil || len(hits) == 0 {
		return err
	}
	first, last := hits[0].Score, min(hits[len(hits)-1].Score, 0)
	if len(hits) == maxMeant {
		last = hits[len(hits)-1].Score
	}
	for _, hit := range hits {
		if c := r.meet(hit.ID); c.open() && hit.Score > max(last, 0) {
			c.akin = (hit.Score - last) / (first - last)
		}
	}
	return nil
}

// vectorOf returns the vector of an item, of length 1, or nil. It is valid until the next call.
func (r *request) vectorOf(item int32) []float32 {
	v, ok := r.e.meaning.index.Vector(item, r.scratch.vector[:0])
	if r.scratch.vector = v; !ok {
		return nil
	}
	return v
}

// likest names the items of the person that are nearest in meaning to an item.
func (r *request) likest(item int32) []string {
	own := slices.Clone(r.vectorOf(item))
	best := top{keep: maxWhy, ids: r.e.catalogue.names}
	for _, a := range r.anchors {
		if v := r.vectorOf(a.item); v != nil {
			if near := float64(simd.Dot(own, v)); near > 0 {
				best.push(scored{a.item, near * a.weight})
			}
		}
	}
	return r.named(best)
}
