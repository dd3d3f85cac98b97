package deepseek

import (
	"context"
	"encoding/json"
	"unicode/utf8"

	"github.com/zhushou-ai/zhushou/internal/jsontext"
	"github.com/zhushou-ai/zhushou/internal/openaiwire"
)

// A Search is a question to the vendor's search engine. It is a call of its own, not a part of chat: to
// let a model search, offer it a tool that calls [Model.Search].
type Search struct {
	// Query is at most 128 characters long. It may hold site:, lang:, after: and before:.
	Query string
	// Count is how many pages are wanted, at most 50. If zero, 10.
	Count int
	// Question is what the user asked in his own words, at most 128 characters long; it may be empty.
	Question string
	// UserIP is the address by which the vendor tells where the user is; it may be empty. Send it only
	// if the user has agreed.
	UserIP string
	// Contents asks for the text of the pages too.
	Contents bool
}

// A Page is what the search engine found.
type Page struct {
	Title   string  `json:"title"`
	URL     string  `json:"url"`
	Summary string  `json:"summary"`
	Content string  `json:"content"`      // if it was asked for
	Score   float64 `json:"rerank_score"` // 0 to 3; higher is better
}

const (
	maxQuery = 128 // characters
	maxPages = 50
)

// Search returns what the vendor's search engine finds, in its order.
func (m *Model) Search(ctx context.Context, s Search) ([]Page, error) {
	query, question := utf8.RuneCountInString(s.Query), utf8.RuneCountInString(s.Question)
	switch {
	case query == 0 || query > maxQuery:
		return nil, m.client.Invalid("the query has %d characters, but the vendor takes 1 to %d", query, maxQuery)
	case question > maxQuery:
		return nil, m.client.Invalid("the question has %d characters, but the vendor takes %d", question, maxQuery)
	case s.Count < 0 || s.Count > maxPages:
		return nil, m.client.Invalid("%d pages, but the vendor takes 1 to %d", s.Count, maxPages)
	}
	fields := map[string]any{"query": s.Query}
	if s.Count > 0 {
		fields["count"] = s.Count
	}
	if s.Question != "" {
		fields["ori_question"] = s.Question
	}
	if s.UserIP != "" {
		fields["localization"] = s.UserIP
	}
	if s.Contents {
		fields["need_content"] = true
	}
	body, err := jsontext.Marshal(fields)
	if err != nil {
		return nil, m.client.Invalid("%w", err)
	}
	o, err := m.client.Do(ctx, openaiwire.Exchange{URL: m.search, Body: body})
	if err != nil {
		return nil, err
	}
	var pages []Page
	if err := json.Unmarshal(o["results"], &pages); err != nil {
		return nil, m.client.NotUnderstood("results: %w", err)
	}
	return pages, nil
}
