package recommend

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestNewArrival(t *testing.T) {
	t.Parallel()
	engine := New(Config{})
	require.NoError(t, engine.Put(t.Context(),
		Item{ID: "new", Created: now.Add(-day)}, Item{ID: "old", Created: now.Add(-60 * day)}, Item{ID: "soon", Created: now.Add(day)}))
	for _, s := range ask(t, engine, Query{}) {
		if s.Item == "new" {
			require.Equal(t, NewArrival, s.Reasons[0].Kind)
		} else {
			require.Empty(t, s.Reasons, s.Item)
		}
	}
}

func TestCatalogueChanges(t *testing.T) {
	t.Parallel()
	engine := shop(t)
	act(t, engine, Buy, "a t1", "a c1", "a 未上架", "b t1")
	require.NotContains(t, ids(ask(t, engine, Query{User: "b"})), "未上架", "known from events only")
	require.NoError(t, engine.Put(t.Context(), Item{ID: "未上架", Title: "新品"}))
	require.Contains(t, ids(ask(t, engine, Query{User: "b", Limit: 2})), "未上架", "events from before count")

	require.NoError(t, engine.Put(t.Context(), Item{ID: "c1", Title: "玻璃保温杯", Unavailable: true}))
	require.NotContains(t, ids(ask(t, engine, Query{User: "b"})), "c1")
	require.NoError(t, engine.Put(t.Context(), Item{ID: "c1", Title: "玻璃保温杯", Price: Fen(100)}))
	require.Equal(t, []string{"c1"}, ids(ask(t, engine, Query{Filter: Filter{MaxPrice: Fen(100)}})), "repriced, back in stock")
	require.NoError(t, engine.Put(t.Context(), Item{ID: "c1", Title: "搪瓷缸"}))
	require.Contains(t, ids(ask(t, engine, Query{User: "b"})), "c1")
	require.Equal(t, "搪瓷缸", engine.Title("c1"))
	for _, s := range ask(t, engine, Query{Text: "保温杯"}) {
		for _, reason := range s.Reasons {
			require.NotEqual(t, MatchesText, reason.Kind, "the old title is gone")
		}
	}

	require.NoError(t, engine.Remove(t.Context(), "c1", "没有"))
	require.NotContains(t, ids(ask(t, engine, Query{User: "b"})), "c1")
	require.Empty(t, engine.Title("c1"))
}

func TestPutKeepsACopy(t *testing.T) {
	t.Parallel()
	engine := New(Config{})
	item := Item{ID: "1", Categories: []string{"茶叶"}, Tags: []string{"送礼"}}
	require.NoError(t, engine.Put(t.Context(), item))
	item.Categories[0], item.Tags[0] = "变了", "变了"
	require.Len(t, ask(t, engine, Query{Filter: Filter{Categories: []string{"茶叶"}, Tags: []string{"送礼"}}}), 1)
}

func TestBatchesAreAllOrNothing(t *testing.T) {
	t.Parallel()
	engine := shop(t)
	err := engine.Record(t.Context(), Event{User: "a", Item: "t1", Kind: Buy}, Event{User: "a"})
	require.ErrorIs(t, err, ErrInvalid)
	require.EqualError(t, err, "recommend: record event 1: item is empty: give an id")
	require.Contains(t, ids(ask(t, engine, Query{User: "a"})), "t1", "nothing was recorded")

	err = engine.Put(t.Context(), Item{ID: "好"}, Item{})
	require.ErrorIs(t, err, ErrInvalid)
	require.NotContains(t, ids(ask(t, engine, Query{})), "好")
}

func TestItem(t *testing.T) {
	t.Parallel()
	engine := shop(t)
	item, ok := engine.Item("t1")
	require.True(t, ok)
	require.Equal(t, "西湖龙井绿茶", item.Title)
	require.NoError(t, engine.Remove(t.Context(), "t1"))
	act(t, engine, View, "a 没上架")
	for _, id := range []string{"t1", "没上架", "没有"} {
		_, ok := engine.Item(id)
		require.False(t, ok, id)
	}
}
