package langchain_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"github.com/tmc/langchaingo/schema"
	"github.com/tmc/langchaingo/vectorstores"

	"github.com/zhushou-ai/zhushou/assistant"
	"github.com/zhushou-ai/zhushou/assistant/assistanttest"
	"github.com/zhushou-ai/zhushou/providers/langchain"
)

// shelf is a store that finds everything that shares a character with the query.
type shelf struct {
	docs []schema.Document
	opts vectorstores.Options
	err  error
}

func (s *shelf) AddDocuments(_ context.Context, docs []schema.Document, options ...vectorstores.Option) ([]string, error) {
	s.set(options)
	var ids []string
	for _, d := range docs {
		s.docs = append(s.docs, d)
		ids = append(ids, fmt.Sprint(len(s.docs)))
	}
	return ids, s.err
}

func (s *shelf) SimilaritySearch(_ context.Context, query string, _ int, options ...vectorstores.Option) ([]schema.Document, error) {
	s.set(options)
	var out []schema.Document
	for _, d := range s.docs {
		if strings.ContainsAny(d.PageContent, query) {
			d.Score = 0.5
			out = append(out, d)
		}
	}
	return out, s.err
}

func (s *shelf) set(options []vectorstores.Option) {
	for _, o := range options {
		o(&s.opts)
	}
}

func TestStore(t *testing.T) {
	t.Parallel()
	s := new(shelf)
	store := langchain.FromVectorStore(s, vectorstores.WithNameSpace("shop"))

	ids, err := store.Add(t.Context(),
		langchain.Passage{Text: "茶叶要避光存放。", Metadata: map[string]any{"title": "存茶", "source": "https://example.com/tea"}},
		langchain.Passage{Text: "绿茶用八十度的水。"})
	require.NoError(t, err)
	require.Equal(t, []string{"1", "2"}, ids)
	require.Equal(t, "shop", s.opts.NameSpace)

	got, err := store.Search(t.Context(), "茶", 1)
	require.NoError(t, err)
	require.Equal(t, []langchain.Passage{{Text: "茶叶要避光存放。", Score: 0.5, Metadata: s.docs[0].Metadata}}, got, "no more than the limit")

	got, err = store.Search(t.Context(), "咖啡", 0)
	require.NoError(t, err)
	require.Empty(t, got)

	_, err = store.Search(t.Context(), " ", 1)
	require.ErrorContains(t, err, "query is empty")
	_, err = store.Add(t.Context(), langchain.Passage{})
	require.ErrorContains(t, err, "passage 0 is empty")

	s.err = errors.New("连接断了")
	_, err = store.Search(t.Context(), "茶", 1)
	require.ErrorIs(t, err, s.err)
	_, err = store.Add(t.Context(), langchain.Passage{Text: "茶"})
	require.ErrorIs(t, err, s.err)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, err = store.Search(ctx, "茶", 1)
	require.ErrorIs(t, err, context.Canceled)
}

// A model searches by itself and reads numbered passages.
func TestStoreTool(t *testing.T) {
	t.Parallel()
	store := langchain.FromVectorStore(&shelf{docs: []schema.Document{
		{PageContent: " 茶叶要避光存放。\n", Metadata: map[string]any{"title": "存茶", "url": "https://example.com/tea"}},
		{PageContent: "绿茶用八十度的水。"},
	}})
	tool, err := store.Tool(assistant.ToolSpec{}, 5)
	require.NoError(t, err)
	require.Equal(t, "search_passages", tool.Spec().Name)
	require.True(t, tool.Spec().ReadOnly)

	model := assistanttest.Script(
		assistanttest.Call("search_passages", `{"query":"茶怎么存"}`),
		assistanttest.Call("search_passages", `{"query":"咖啡"}`),
		assistanttest.Say("避光[1]。"))
	a := &assistant.Assistant{Model: model, Tools: []assistant.Tool{tool}}
	_, err = a.Ask(t.Context(), "茶怎么存?")
	require.NoError(t, err)
	results := func(i int) string {
		m := model.Requests()[i].Messages
		return m[len(m)-1].ToolResults()[0].Text()
	}
	require.Equal(t, "[1] 存茶 https://example.com/tea\n茶叶要避光存放。\n\n[2]\n绿茶用八十度的水。", results(1))
	require.Equal(t, "没有找到相关的段落。", results(2))
}
