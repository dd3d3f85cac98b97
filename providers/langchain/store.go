package langchain

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/tmc/langchaingo/schema"
	"github.com/tmc/langchaingo/vectorstores"

	"github.com/zhushou-ai/zhushou/assistant"
)

// A Passage is a piece of a document.
type Passage struct {
	Text string
	// Score says how near the passage is to the query. What it means depends on the store: with some a
	// higher one is better, with others a lower one.
	Score float64
	// Metadata is what was stored with the passage.
	Metadata map[string]any
}

// A Store is a vector store of langchaingo. It is safe for concurrent use if the store is.
type Store struct {
	store   vectorstores.VectorStore
	options []vectorstores.Option
}

// FromVectorStore returns a Store around s. Each call gets the options, such as a name space or a least
// score.
func FromVectorStore(s vectorstores.VectorStore, options ...vectorstores.Option) *Store {
	return &Store{s, options}
}

// Search returns the passages nearest to a query, best first, at most limit; 4 if that is zero. It
// returns no more even where the store does.
func (s *Store) Search(ctx context.Context, query string, limit int) ([]Passage, error) {
	if strings.TrimSpace(query) == "" {
		return nil, errors.New("search: the query is empty")
	}
	if limit <= 0 {
		limit = 4
	}
	docs, err := s.store.SimilaritySearch(ctx, query, limit, s.options...)
	if err != nil {
		return nil, fmt.Errorf("search: %w", cmp.Or(ctx.Err(), err))
	}
	passages := make([]Passage, 0, len(docs))
	for _, d := range docs[:min(len(docs), limit)] {
		passages = append(passages, Passage{Text: d.PageContent, Score: float64(d.Score), Metadata: d.Metadata})
	}
	return passages, nil
}

// Add stores passages and returns their ids, which not every store gives.
func (s *Store) Add(ctx context.Context, passages ...Passage) ([]string, error) {
	docs := make([]schema.Document, len(passages))
	for i, p := range passages {
		if strings.TrimSpace(p.Text) == "" {
			return nil, fmt.Errorf("add: passage %d is empty", i)
		}
		docs[i] = schema.Document{PageContent: p.Text, Metadata: p.Metadata}
	}
	ids, err := s.store.AddDocuments(ctx, docs, s.options...)
	if err != nil {
		return nil, fmt.Errorf("add: %w", cmp.Or(ctx.Err(), err))
	}
	return ids, nil
}

// Tool returns a tool with which a model searches the store by itself. The result is one text with the
// passages under numbers, each with its title and address if its Metadata has a "title" and a "url" or
// "source". What spec leaves empty has defaults; limit is that of Search.
func (s *Store) Tool(spec assistant.ToolSpec, limit int) (assistant.Tool, error) {
	spec.Name = cmp.Or(spec.Name, "search_passages")
	spec.Description = cmp.Or(spec.Description, "在知识库中查找与问题有关的段落。回答前先查,并用编号注明出处。")
	spec.ReadOnly = true
	type input struct {
		Query string `json:"query" jsonschema:"要查的内容,用完整的句子"`
	}
	return assistant.NewTool(spec, func(ctx context.Context, in input) (string, error) {
		passages, err := s.Search(ctx, in.Query, limit)
		if err != nil {
			return "", err
		}
		return render(passages), nil
	})
}

func render(passages []Passage) string {
	if len(passages) == 0 {
		return "没有找到相关的段落。"
	}
	var b strings.Builder
	for i, p := range passages {
		if i > 0 {
			b.WriteString("\n\n")
		}
		fmt.Fprintf(&b, "[%d]", i+1)
		for _, keys := range [][]string{{"title"}, {"url", "source"}} {
			for _, key := range keys {
				if v, ok := p.Metadata[key].(string); ok && v != "" {
					b.WriteString(" " + v)
					break
				}
			}
		}
		b.WriteString("\n" + strings.TrimSpace(p.Text))
	}
	return b.String()
}
