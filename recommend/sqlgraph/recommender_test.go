package sqlgraph_test

import (
	"cmp"
	"maps"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/zhushou-ai/zhushou/recommend"
	"github.com/zhushou-ai/zhushou/recommend/sqlgraph"
)

func testRecommend(t *testing.T, e *engine) {
	s := e.settings(t)
	s.Neighbours, s.Events.Unit = 1000, sqlgraph.Timestamp
	events := generated(9, 150, 80, 30)
	e.load(t, s, events)
	build(t, s, e)
	var r recommend.Recommender
	r, err := sqlgraph.NewRecommender(s, e.db)
	require.NoError(t, err)
	graph := e.graph(t, s)
	taken := histories(events, 200, 0, time.Now())
	ask := func(q recommend.Query) []recommend.Suggestion {
		t.Helper()
		got, err := r.Recommend(t.Context(), q)
		require.NoError(t, err)
		return got
	}

	for _, person := range slices.Sorted(maps.Keys(taken))[:20] {
		got := ask(recommend.Query{User: person, Limit: 15})
		want := summed(graph, taken[person], nil)
		for k, sug := range got {
			if k >= len(want) {
				require.Equal(t, recommend.Popular, sug.Reasons[0].Kind)
				continue
			}
			require.InEpsilon(t, want[k].score, sug.Score, 1e-9)
			require.InEpsilon(t, sug.Score, score(want, sug.Item), 1e-9)
			require.Equal(t, recommend.SimilarToRecent, sug.Reasons[0].Kind)
			strongest := slices.MaxFunc(taken[person], func(a, b string) int {
				return cmp.Compare(graph[tie{a, sug.Item}].score, graph[tie{b, sug.Item}].score)
			})
			require.InEpsilon(t, graph[tie{strongest, sug.Item}].score, graph[tie{sug.Reasons[0].Items[0], sug.Item}].score, 1e-9)
		}
		require.True(t, slices.IsSortedFunc(got, func(a, b recommend.Suggestion) int { return cmp.Compare(b.Score, a.Score) }))
	}

	person := events[0].person
	all := ask(recommend.Query{User: person, Limit: 5})
	t.Run("recent items alone", func(t *testing.T) {
		got := ask(recommend.Query{Recent: taken[person], Limit: 5})
		require.Equal(t, all, got)
	})
	t.Run("exclude", func(t *testing.T) {
		got := ask(recommend.Query{User: person, Limit: 4, Exclude: []string{all[0].Item, "没有的"}})
		require.Equal(t, all[1:], got)
	})
	t.Run("candidates", func(t *testing.T) {
		got := ask(recommend.Query{User: person, Candidates: []string{all[3].Item, all[1].Item, "没有的", taken[person][0]}})
		require.Equal(t, []recommend.Suggestion{all[1], all[3]}, got)
		require.Empty(t, ask(recommend.Query{User: person, Candidates: []string{"没有的"}}))
	})
	t.Run("what is popular", func(t *testing.T) {
		newcomer := ask(recommend.Query{User: "新来的", Limit: 1000})
		opted := ask(recommend.Query{User: person, Recent: taken[person], Context: map[string]string{"a": "b"}, NonPersonal: true, Limit: 1000})
		require.Equal(t, newcomer, opted)
		degree := map[string]float64{}
		for _, items := range taken {
			for _, i := range items {
				degree[i]++
			}
		}
		require.Len(t, newcomer, len(degree))
		for _, sug := range newcomer {
			require.InEpsilon(t, degree[sug.Item]/degree[newcomer[0].Item], sug.Score, 1e-9)
		}
	})
	t.Run("an earlier time", func(t *testing.T) {
		got := ask(recommend.Query{User: person, Now: time.Unix(1, 0), Limit: 5})
		require.Equal(t, recommend.Popular, got[0].Reasons[0].Kind)
	})
	t.Run("unsupported", func(t *testing.T) {
		for name, q := range map[string]recommend.Query{
			"text": {Text: "茶"}, "seen": {Seen: true}, "diversity": {Diversity: 0.5}, "context": {Context: map[string]string{"a": "b"}},
			"filter": {Filter: recommend.Filter{Tags: []string{"茶"}}},
		} {
			_, err := r.Recommend(t.Context(), q)
			require.ErrorIs(t, err, sqlgraph.ErrUnsupported)
			require.ErrorContains(t, err, name)
		}
		_, err := r.Recommend(t.Context(), recommend.Query{Limit: -1})
		require.ErrorIs(t, err, recommend.ErrInvalid)
	})
}

type scoredItem struct {
	item  string
	score float64
}

// summed is what the items of a profile say together of others, the best first.
func summed(graph map[tie]strength, profile, except []string) []scoredItem {
	sums := map[string]float64{}
	for t, s := range graph {
		if slices.Contains(profile, t.item) && !slices.Contains(profile, t.neighbour) && !slices.Contains(except, t.neighbour) {
			sums[t.neighbour] += s.score
		}
	}
	var list []scoredItem
	for i, s := range sums {
		list = append(list, scoredItem{i, s})
	}
	slices.SortFunc(list, func(a, b scoredItem) int { return cmp.Compare(b.score, a.score) })
	return list
}

func score(list []scoredItem, item string) float64 {
	return list[slices.IndexFunc(list, func(s scoredItem) bool { return s.item == item })].score
}
