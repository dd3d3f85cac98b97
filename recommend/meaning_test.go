package recommend

import (
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// senses is an embedder that knows what a few words mean.
type senses struct {
	calls *int
	err   error
	cut   bool // returns too few numbers
}

func (s senses) Embed(_ context.Context, texts []string) ([][]float32, error) {
	*s.calls += len(texts)
	var out [][]float32
	for _, text := range texts {
		v := []float32{0.1, 0.1, 0.1}
		for i, words := range []string{"茶 龙井 饮品", "杯 壶 容器", "伞 雨 防水"} {
			for _, word := range strings.Fields(words) {
				if strings.Contains(text, word) {
					v[i]++
				}
			}
		}
		if s.cut {
			v = v[:2]
		}
		out = append(out, v)
	}
	return out, s.err
}

func TestMeaning(t *testing.T) {
	t.Parallel()
	var calls int
	dir := t.TempDir()
	engine, err := Open(t.Context(), dir, Config{Embedder: senses{calls: &calls}})
	require.NoError(t, err)
	goods := []Item{{ID: "1", Title: "龙井"}, {ID: "2", Title: "紫砂壶"}, {ID: "3", Title: "遮阳伞"}, {ID: "4"}}
	require.NoError(t, engine.Put(t.Context(), goods...))
	require.Equal(t, 3, calls)
	goods[0].Price = Fen(100)
	require.NoError(t, engine.Put(t.Context(), goods...))
	require.Equal(t, 3, calls, "no words are new")

	for _, compact := range []bool{false, true} {
		list := ask(t, engine, Query{Text: "防水的容器"}) // no word of it is in any title
		require.ElementsMatch(t, []string{"2", "3"}, ids(list)[:2])
		require.Equal(t, MatchesMeaning, list[0].Reasons[0].Kind)
		require.Equal(t, []string{"2"}, ids(ask(t, engine, Query{Text: "容器", Limit: 1})))
		require.Equal(t, []string{"1"}, ids(ask(t, engine, Query{Text: "容器", Filter: Filter{MaxPrice: Fen(100)}})))
		if compact {
			require.NoError(t, engine.Compact(t.Context()))
		}
		require.NoError(t, engine.Close())
		engine, err = Open(t.Context(), dir, Config{Embedder: senses{calls: &calls}})
		require.NoError(t, err)
	}
	before := calls
	require.Equal(t, "2", ask(t, engine, Query{Text: "容器"})[0].Item)
	require.Equal(t, before+1, calls, "the vectors of items are kept")
	require.NoError(t, engine.Remove(t.Context(), "2"))
	require.NotContains(t, ids(ask(t, engine, Query{Text: "容器"})), "2")
	require.NoError(t, engine.Close())
}

func TestEmbedderFails(t *testing.T) {
	t.Parallel()
	var calls int
	down := errors.New("down")
	engine := New(Config{Embedder: senses{&calls, down, false}})
	require.ErrorIs(t, engine.Put(t.Context(), Item{ID: "1", Title: "茶"}), down)
	require.Empty(t, ask(t, engine, Query{}), "nothing was put")
	require.Empty(t, ask(t, engine, Query{Text: "茶"}), "without a vector there is nothing to compare with")

	engine = New(Config{Embedder: senses{calls: &calls}})
	require.NoError(t, engine.Put(t.Context(), Item{ID: "1", Title: "茶"}))
	engine.meaning.embedder = senses{&calls, nil, true}
	require.ErrorContains(t, engine.Put(t.Context(), Item{ID: "2", Title: "杯"}), "got a vector of 2 numbers: need 3")
	_, err := engine.Recommend(t.Context(), Query{Text: "杯"})
	require.ErrorContains(t, err, "recommend: query: embed")
}

// TestContentOfTheProfile asks for who took to things that nobody else did and that share no word with others.
func TestContentOfTheProfile(t *testing.T) {
	t.Parallel()
	for name, options := range learnings {
		if name == "blend" {
			continue // it finds that everything is popular here
		}
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var calls int
			engine := New(Config{Embedder: senses{calls: &calls}})
			require.NoError(t, engine.Put(t.Context(), Item{ID: "1", Title: "龙井"}, Item{ID: "2", Title: "饮品"},
				Item{ID: "3", Title: "紫砂壶"}, Item{ID: "4", Title: "遮阳伞"}, Item{ID: "5", Title: "容器"}, Item{ID: "6"}))
			act(t, engine, Like, "a 1", "b 4")
			learnt(t, engine, options)
			list := ask(t, engine, Query{User: "a"})
			require.Equal(t, "2", list[0].Item)
			require.Equal(t, Reason{Kind: SimilarContent, Items: []string{"1"}, Share: 1}, list[0].Reasons[0])
			require.Equal(t, "5", ask(t, engine, Query{Recent: []string{"3"}})[0].Item)
			require.Equal(t, "5", ask(t, engine, Query{User: "a", Recent: []string{"3"}})[0].Item, "the latest counts most")
			off := ask(t, engine, Query{User: "a", NonPersonal: true})
			require.Equal(t, off, ask(t, engine, Query{User: "b", NonPersonal: true}))
			for _, s := range off {
				for _, reason := range s.Reasons {
					require.NotEqual(t, SimilarContent, reason.Kind)
				}
			}
			require.NoError(t, engine.Forget(t.Context(), "a"))
			require.Equal(t, ids(ask(t, engine, Query{User: "没来过"})), ids(ask(t, engine, Query{User: "a"})))
		})
	}
}
