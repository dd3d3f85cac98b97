package recommend

import (
	"context"
	"fmt"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/zhushou-ai/zhushou/recommend/learn"
)

// camps is an engine in which even people take even items and odd people odd ones, all of one category.
func camps(t testing.TB) *Engine {
	engine := New(Config{})
	var items []Item
	for i := range 40 {
		items = append(items, Item{ID: fmt.Sprintf("i%02d", i), Categories: []string{"茶叶"}})
	}
	require.NoError(t, engine.Put(t.Context(), items...))
	var events []Event
	for who := range 120 {
		for k := range 8 {
			item := (who*7+k*who%11*2)%40/2*2 + who%2
			events = append(events, Event{User: fmt.Sprint("u", who), Item: fmt.Sprintf("i%02d", item), Time: now.Add(-time.Duration(9-k) * day)})
		}
	}
	require.NoError(t, engine.Record(t.Context(), events...))
	return engine
}

func requireCamp(t *testing.T, odd bool, list []Suggestion) {
	t.Helper()
	require.NotEmpty(t, list)
	for _, s := range list {
		require.Equal(t, odd, (s.Item[len(s.Item)-1]-'0')%2 == 1, "%s", s.Item)
		require.Equal(t, SimilarToRecent, s.Reasons[0].Kind, "%s", s.Item)
	}
}

func TestLearnedAnswers(t *testing.T) {
	t.Parallel()
	engine := camps(t)
	report, err := engine.Learn(t.Context(), LearnOptions{})
	require.NoError(t, err)
	require.NotZero(t, report.Held, "there was enough to choose settings by")
	for _, c := range []struct {
		who string
		odd bool
	}{{"u4", false}, {"u5", true}} {
		requireCamp(t, c.odd, ask(t, engine, Query{User: c.who, Limit: 4}))
		requireCamp(t, c.odd, ask(t, engine, Query{User: c.who, Limit: 4, Filter: Filter{Categories: []string{"茶叶"}}}))
	}

	act(t, engine, View, "新人 i03", "新人 i05")
	requireCamp(t, true, ask(t, engine, Query{User: "新人", Limit: 4}))
	requireCamp(t, true, ask(t, engine, Query{Recent: []string{"i03", "i05"}, Limit: 4}))
	list := ask(t, engine, Query{User: "新人", Limit: 1})
	require.Subset(t, []string{"i03", "i05"}, list[0].Reasons[0].Items, "what they took is the reason")

	act(t, engine, NotInterested, "新人 "+list[0].Item)
	require.NotEqual(t, list[0].Item, ask(t, engine, Query{User: "新人", Limit: 1})[0].Item, "at once")
}

func TestItemsThatCameAfterLearning(t *testing.T) {
	t.Parallel()
	engine := camps(t)
	_, err := engine.Learn(t.Context(), LearnOptions{})
	require.NoError(t, err)
	require.NoError(t, engine.Put(t.Context(), Item{ID: "全新", Categories: []string{"茶叶"}}, Item{ID: "无关", Categories: []string{"雨具"}}))
	alike := ask(t, engine, Query{User: "u4", Candidates: []string{"全新", "无关"}})
	require.Equal(t, []string{"全新", "无关"}, ids(alike), "by content")
	require.Equal(t, SameCategory, alike[0].Reasons[0].Kind)

	for who := range 30 {
		act(t, engine, Buy, fmt.Sprint("u", 2*who, " 无关"))
	}
	list := ask(t, engine, Query{User: "u60", Limit: 5})
	at := position(list, "无关")
	require.GreaterOrEqual(t, at, 0, "what even people buy")
	require.Equal(t, SimilarToRecent, list[at].Reasons[0].Kind)
	require.NotContains(t, ids(ask(t, engine, Query{User: "u61", Limit: 5})), "无关")
}

func TestPurchasesAreWhatIsLearnedFor(t *testing.T) {
	t.Parallel()
	engine := camps(t)
	for who := range 60 {
		act(t, engine, Buy, fmt.Sprint("u", who, " i00"), fmt.Sprint("u", who, " i01"))
	}
	_, err := engine.Learn(t.Context(), LearnOptions{})
	require.NoError(t, err)
	act(t, engine, Buy, "新人 i00")
	list := ask(t, engine, Query{User: "新人", Limit: 1})
	require.Equal(t, "i01", list[0].Item)
	require.Equal(t, Reason{Kind: BoughtTogether, Items: []string{"i00"}, Share: list[0].Reasons[0].Share}, list[0].Reasons[0])
}

func TestLearningFromNothing(t *testing.T) {
	t.Parallel()
	engine := shop(t)
	act(t, engine, Skip, "a t1")
	report, err := engine.Learn(t.Context(), LearnOptions{})
	require.NoError(t, err)
	require.Zero(t, *report)
	require.Len(t, ask(t, engine, Query{User: "a", Seen: true}), 6)
}

func TestLearningIsRepeatable(t *testing.T) {
	t.Parallel()
	one, two := camps(t), camps(t)
	for engine, workers := range map[*Engine]int{one: 1, two: 3} {
		_, err := engine.Learn(t.Context(), LearnOptions{Seed: 3, Workers: workers})
		require.NoError(t, err)
	}
	for who := range 120 {
		q := Query{User: fmt.Sprint("u", who)}
		require.Equal(t, ask(t, one, q), ask(t, two, q))
	}
}

func TestCancelledLearningLeavesTheModel(t *testing.T) {
	t.Parallel()
	engine := camps(t)
	_, err := engine.Learn(t.Context(), LearnOptions{GraphOnly: true})
	require.NoError(t, err)
	before := engine.model
	ctx, cancel := context.WithCancel(t.Context())
	_, err = engine.Learn(ctx, LearnOptions{Progress: func(string) { cancel() }})
	require.ErrorIs(t, err, context.Canceled)
	require.Same(t, before, engine.model)

	engine.learning <- struct{}{} // another Learn runs
	_, err = engine.Learn(ctx, LearnOptions{})
	require.ErrorIs(t, err, context.Canceled)
}

// TestForgetDuringLearning forgets somebody whose history is being learned from.
func TestForgetDuringLearning(t *testing.T) {
	t.Parallel()
	engine, never := camps(t), camps(t)
	require.NoError(t, never.Forget(t.Context(), "u4", "u6"))
	_, err := never.Learn(t.Context(), LearnOptions{})
	require.NoError(t, err)

	var forgotten chan error
	_, err = engine.Learn(t.Context(), LearnOptions{Progress: func(string) {
		if forgotten == nil {
			forgotten = make(chan error, 1)
			forgotten <- engine.Forget(t.Context(), "u4", "u6") // there is no model yet that knows them
		}
	}})
	require.NoError(t, err)
	require.NoError(t, <-forgotten)
	for who := range 20 {
		q := Query{User: fmt.Sprint("u", who)}
		require.Equal(t, ids(ask(t, never, q)), ids(ask(t, engine, q)))
	}
}

func TestForgetWithoutTimeToLearnDropsTheModel(t *testing.T) {
	t.Parallel()
	engine := camps(t)
	_, err := engine.Learn(t.Context(), LearnOptions{})
	require.NoError(t, err)
	require.NoError(t, engine.Forget(t.Context(), "没来过"))
	act(t, engine, View, "后来 i03")
	require.NoError(t, engine.Forget(t.Context(), "后来"), "the model does not know them")
	require.NotNil(t, engine.model)

	ctx, cancel := context.WithCancel(t.Context())
	engine.learning <- struct{}{} // another Learn runs and does not end
	go func() {
		for {
			engine.mu.RLock()
			tainted := engine.tainted
			engine.mu.RUnlock()
			if tainted {
				cancel()
				return
			}
		}
	}()
	require.ErrorIs(t, engine.Forget(ctx, "u4"), context.Canceled)
	require.Nil(t, engine.model)
	requireCamp(t, true, ask(t, engine, Query{User: "u5", Limit: 3}))
}

func TestKeep(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		engine := camps(t)
		ctx, cancel := context.WithCancel(t.Context())
		done, learned := make(chan error), 0
		go func() {
			done <- engine.Keep(ctx, KeepOptions{
				LearnOptions: LearnOptions{GraphOnly: true}, Every: time.Second, Share: 0.1,
				Learned: func(_ *learn.Report, err error) {
					learned++
					if err != nil {
						t.Error(err)
					}
				},
			})
		}()
		time.Sleep(10 * time.Second)
		synctest.Wait()
		require.Equal(t, 1, learned, "once, since nothing is new")
		for who := range 120 {
			act(t, engine, View, fmt.Sprint("v", who, " i03"))
		}
		time.Sleep(10 * time.Second)
		synctest.Wait()
		require.Equal(t, 2, learned)
		cancel()
		require.ErrorIs(t, <-done, context.Canceled)
	})
}

// TestVisitsAreAnsweredByProposals compares answers by what is proposed for a visit with those by the scores of all
// items.
func TestVisitsAreAnsweredByProposals(t *testing.T) {
	t.Parallel()
	engine := camps(t)
	settings := learn.DefaultSettings()
	settings.Factors.Dims = 16
	engine.settings = &settings // of a catalogue that is not small: without a linear part
	_, err := engine.Learn(t.Context(), LearnOptions{Reuse: true})
	require.NoError(t, err)
	require.Implements(t, (*proposer)(nil), engine.model.learner)
	act(t, engine, View, "后来 新到", "u4 新到")
	require.NoError(t, engine.Put(t.Context(), Item{ID: "新到", Categories: []string{"茶叶"}, Created: now}))

	var queries []Query
	for i := range 40 {
		recent := []string{fmt.Sprintf("i%02d", i), fmt.Sprintf("i%02d", (i*3+2)%40)}
		queries = append(queries,
			Query{Recent: recent}, Query{Recent: recent[:1], User: "新人", Limit: 3}, Query{Recent: recent, Exclude: []string{"i04", "i05"}},
			Query{Recent: recent, Filter: Filter{Categories: []string{"茶叶"}}, Diversity: 0.5}, Query{Recent: recent, Seen: true},
			Query{Recent: recent, Candidates: []string{fmt.Sprintf("i%02d", (i+4)%40), fmt.Sprintf("i%02d", (i+6)%40)}},
			Query{Recent: recent, Rules: Rules{Boosts: []Boost{{Match: Match{Items: []string{"i06"}}, Factor: 5}}, Freshness: 1}})
	}
	var proposed [][]Suggestion
	for i := range queries {
		q := &queries[i]
		q.Limit = 4 // links lead to more than that
		proposed = append(proposed, ask(t, engine, *q))
	}
	engine.model.learner = struct{ learn.Learner }{engine.model.learner} // proposes nothing
	for i, q := range queries {
		all := ask(t, engine, q)
		require.Equal(t, ids(all), ids(proposed[i]), "%+v", q)
		for k := range all {
			require.InDelta(t, all[k].Score, proposed[i][k].Score, 1e-4)
		}
	}
	require.NotEqual(t, proposed[0], ask(t, engine, Query{User: "u4"}))
}
