package recommend

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

var now = time.Date(2026, 3, 8, 20, 0, 0, 0, time.UTC)

const day = 24 * time.Hour

// shop is a small catalogue in which every category has at least two items.
func shop(t testing.TB) *Engine {
	engine := New(Config{})
	require.NoError(t, engine.Put(t.Context(),
		Item{ID: "t1", Title: "西湖龙井绿茶", Categories: []string{"茶叶"}, Brand: "狮峰", Price: Fen(12800), Tags: []string{"送礼"}},
		Item{ID: "t2", Title: "武夷山大红袍", Categories: []string{"茶叶"}, Price: Fen(16800), Tags: []string{"送礼", "礼盒"}},
		Item{ID: "t3", Title: "茉莉花茶", Categories: []string{"茶叶"}, Brand: "吴裕泰", Price: Fen(6800)},
		Item{ID: "c1", Title: "玻璃保温杯", Categories: []string{"杯具"}, Price: Fen(5900)},
		Item{ID: "c2", Title: "紫砂壶", Categories: []string{"杯具"}, Price: Money{Amount: 9900, Currency: "USD"}},
		Item{ID: "p1", Title: "抽纸一箱", Categories: []string{"日用"}, RebuyDays: 30, Price: Fen(4900)},
		Item{ID: "p2", Title: "洗衣液", Categories: []string{"日用"}},
	))
	return engine
}

// act records events of one kind, "user item", an hour before now.
func act(t testing.TB, engine *Engine, kind Kind, pairs ...string) {
	actAt(t, engine, kind, now.Add(-time.Hour), pairs...)
}

func actAt(t testing.TB, engine *Engine, kind Kind, at time.Time, pairs ...string) {
	for _, pair := range pairs {
		user, item, _ := strings.Cut(pair, " ")
		require.NoError(t, engine.Record(t.Context(), Event{User: user, Item: item, Kind: kind, Time: at}))
	}
}

func ask(t testing.TB, engine *Engine, q Query) []Suggestion {
	if q.Now.IsZero() {
		q.Now = now
	}
	list, err := engine.Recommend(t.Context(), q)
	require.NoError(t, err)
	return list
}

func ids(list []Suggestion) []string {
	out := []string{}
	for _, s := range list {
		out = append(out, s.Item)
	}
	return out
}

func TestEmptyEngineAnswersNothing(t *testing.T) {
	t.Parallel()
	require.Empty(t, ask(t, New(Config{}), Query{User: "谁"}))
}

func TestBoughtTogether(t *testing.T) {
	t.Parallel()
	engine := shop(t)
	act(t, engine, Buy, "a t1", "a c1", "b t1", "b c1", "c p2", "c t1", "d t1")
	list := ask(t, engine, Query{User: "d"})
	require.Equal(t, "c1", list[0].Item, "two people agree on it")
	require.Equal(t, BoughtTogether, list[0].Reasons[0].Kind)
	require.Equal(t, []string{"t1"}, list[0].Reasons[0].Items)
	require.NotContains(t, ids(list), "t1", "owned")
}

func TestEventsCountAtOnce(t *testing.T) {
	t.Parallel()
	engine := shop(t)
	act(t, engine, Buy, "a t1", "b p2", "b p2")
	require.NotEqual(t, "c2", ask(t, engine, Query{Recent: []string{"t1"}})[0].Item)
	act(t, engine, View, "a c2")
	require.Equal(t, "c2", ask(t, engine, Query{Recent: []string{"t1"}})[0].Item)
	require.Equal(t, SimilarToRecent, ask(t, engine, Query{Recent: []string{"t1"}})[0].Reasons[0].Kind)
}

func TestNewestTasteLeads(t *testing.T) {
	t.Parallel()
	engine := shop(t)
	act(t, engine, Buy, "a t1", "a c1", "b t3", "b c2")
	actAt(t, engine, View, now.Add(-400*day), "u t1")
	actAt(t, engine, View, now.Add(-day), "u t3")
	require.Equal(t, "c2", ask(t, engine, Query{User: "u"})[0].Item)
	require.Equal(t, "c1", ask(t, engine, Query{Recent: []string{"t3", "t1"}, Exclude: []string{"t2"}})[0].Item, "newest is last")
}

func TestNewcomerGetsWhatIsPopular(t *testing.T) {
	t.Parallel()
	engine := shop(t)
	actAt(t, engine, Buy, now.Add(-120*day), "a t1", "b t1", "c t1")
	act(t, engine, Buy, "a c1", "b c1")
	list := ask(t, engine, Query{User: "新人"})
	require.Equal(t, []string{"c1", "t1"}, ids(list)[:2], "two of today beat three of last autumn")
	require.Len(t, list, 7, "everything on offer fills the list")
	require.Equal(t, Popular, list[0].Reasons[0].Kind)
	require.Empty(t, list[6].Reasons, "nothing speaks for it")
}

func TestTrending(t *testing.T) {
	t.Parallel()
	engine := shop(t)
	for i := range 60 {
		who := fmt.Sprint("u", i)
		actAt(t, engine, Buy, now.Add(-time.Duration(i)*day), who+" t1")
	}
	for i := range 6 {
		act(t, engine, Buy, fmt.Sprint("v", i, " c1"))
	}
	kinds := map[string]ReasonKind{}
	for _, s := range ask(t, engine, Query{Limit: 2}) {
		kinds[s.Item] = s.Reasons[0].Kind
	}
	require.Equal(t, map[string]ReasonKind{"t1": Popular, "c1": Trending}, kinds)
}

func TestLikenessServesItemsWithoutEvents(t *testing.T) {
	t.Parallel()
	engine := shop(t)
	act(t, engine, Like, "a t1")
	list := ask(t, engine, Query{User: "a", Limit: 2})
	require.Equal(t, []string{"t2", "t3"}, ids(list), "tag and category before category alone")
	require.Equal(t, SameCategory, list[1].Reasons[0].Kind)
	require.Equal(t, "茶叶", list[1].Reasons[0].Value)
}

func TestLikenessReasons(t *testing.T) {
	t.Parallel()
	liked := Item{ID: "liked", Categories: []string{"茶叶"}, Brand: "狮峰", Tags: []string{"送礼"}, Attributes: map[string]string{"产地": "杭州"}}
	for name, c := range map[string]struct {
		other Item
		want  Reason
	}{
		"category":  {Item{Categories: []string{"茶叶"}}, Reason{Kind: SameCategory, Value: "茶叶"}},
		"brand":     {Item{Brand: "狮峰"}, Reason{Kind: SameBrand, Value: "狮峰"}},
		"tag":       {Item{Tags: []string{"送礼"}}, Reason{Kind: SameTrait, Value: "送礼"}},
		"attribute": {Item{Attributes: map[string]string{"产地": "杭州"}}, Reason{Kind: SameTrait, Value: "杭州"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			engine := New(Config{})
			c.other.ID = "other"
			require.NoError(t, engine.Put(t.Context(), liked, c.other, Item{ID: "unlike", Brand: "别家"}))
			act(t, engine, Like, "a liked")
			list := ask(t, engine, Query{User: "a", Limit: 1})
			require.Equal(t, "other", list[0].Item)
			c.want.Share = 1
			require.Equal(t, []Reason{c.want}, list[0].Reasons)
		})
	}
}

func TestOwnedAndConsumable(t *testing.T) {
	t.Parallel()
	engine := shop(t)
	actAt(t, engine, Buy, now.Add(-25*day), "a p1", "a p2")
	require.Equal(t, "p1", ask(t, engine, Query{User: "a"})[0].Item, "due again")
	require.Equal(t, Rebuy, ask(t, engine, Query{User: "a"})[0].Reasons[0].Kind)
	require.NotContains(t, ids(ask(t, engine, Query{User: "a"})), "p2", "not a consumable")
	require.NotContains(t, ids(ask(t, engine, Query{User: "a", Now: now.Add(-20 * day)})), "p1", "not yet used up")

	actAt(t, engine, Buy, now.Add(-15*day), "a p1") // every ten days, then
	actAt(t, engine, Buy, now.Add(-5*day), "a p1")
	require.NotContains(t, ids(ask(t, engine, Query{User: "a"})), "p1")
	require.Equal(t, "p1", ask(t, engine, Query{User: "a", Now: now.Add(4 * day)})[0].Item, "by the person's own interval")
}

func TestNotInterestedActsAtOnce(t *testing.T) {
	t.Parallel()
	engine := shop(t)
	act(t, engine, Like, "a t1", "b t1", "b t2", "c t1", "c c1")
	require.Equal(t, "t2", ask(t, engine, Query{User: "a"})[0].Item)
	before := position(ask(t, engine, Query{User: "a"}), "t2")
	act(t, engine, NotInterested, "a t3")
	list := ask(t, engine, Query{User: "a"})
	require.NotContains(t, ids(list), "t3")
	require.Greater(t, position(list, "t2"), before, "its category gives way")
	require.Equal(t, "t2", ask(t, engine, Query{User: "b", Seen: true})[0].Item, "other people are not concerned")

	act(t, engine, Like, "a t3") // changed their mind
	require.Equal(t, "t2", ask(t, engine, Query{User: "a"})[0].Item)
}

func TestLateOldEventDoesNotLiftRefusal(t *testing.T) {
	t.Parallel()
	engine := shop(t)
	act(t, engine, NotInterested, "a t1")
	actAt(t, engine, Like, now.Add(-day), "a t1")
	require.NotContains(t, ids(ask(t, engine, Query{User: "a", Seen: true})), "t1")
}

func position(list []Suggestion, id string) int {
	for i, s := range list {
		if s.Item == id {
			return i
		}
	}
	return -1
}

func TestHistoryIsBounded(t *testing.T) {
	t.Parallel()
	engine := New(Config{History: 2})
	require.NoError(t, engine.Put(t.Context(), Item{ID: "1"}, Item{ID: "2"}, Item{ID: "3"}, Item{ID: "4"}))
	actAt(t, engine, View, now.Add(-3*day), "a 1")
	actAt(t, engine, View, now.Add(-2*day), "a 2")
	actAt(t, engine, View, now.Add(-1*day), "a 3")
	require.ElementsMatch(t, []string{"1", "4"}, ids(ask(t, engine, Query{User: "a"})), "the oldest dropped out")
	actAt(t, engine, View, now.Add(-9*day), "a 4")
	require.ElementsMatch(t, []string{"1", "4"}, ids(ask(t, engine, Query{User: "a"})), "older than all that is remembered")
}

func TestCancelledContext(t *testing.T) {
	t.Parallel()
	engine := shop(t)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, err := engine.Recommend(ctx, Query{})
	require.ErrorIs(t, err, context.Canceled)
	require.ErrorIs(t, engine.Record(ctx, Event{User: "a", Item: "t1", Kind: Buy}), context.Canceled)
	require.ErrorIs(t, engine.Put(ctx, Item{ID: "好"}), context.Canceled)
	require.ErrorIs(t, engine.Forget(ctx, "a"), context.Canceled)
	require.ErrorIs(t, engine.Remove(ctx, "t1"), context.Canceled)
	require.Len(t, ask(t, engine, Query{User: "a"}), 7)
}

func TestPopularItemIsComparedThroughItsNewestPeople(t *testing.T) {
	t.Parallel()
	engine := shop(t)
	var events []Event
	for i := range maxPeople + 20 {
		who := fmt.Sprint("u", i)
		events = append(events, Event{User: who, Item: "t1", Time: now})
		if i < 20 {
			events = append(events, Event{User: who, Item: "c2", Time: now})
		} else if i < 30 {
			events = append(events, Event{User: who, Item: "c1", Time: now})
		}
	}
	require.NoError(t, engine.Record(t.Context(), events...))
	require.Equal(t, "c1", ask(t, engine, Query{Recent: []string{"t1"}})[0].Item)
}

func TestRepeatedItemMovesToTheFrontOfHistory(t *testing.T) {
	t.Parallel()
	engine := New(Config{History: 2})
	require.NoError(t, engine.Put(t.Context(), Item{ID: "1"}, Item{ID: "2"}, Item{ID: "3"}))
	actAt(t, engine, View, now.Add(-4*day), "a 1")
	actAt(t, engine, View, now.Add(-3*day), "a 2")
	actAt(t, engine, View, now.Add(-2*day), "a 1")
	actAt(t, engine, View, now.Add(-1*day), "a 3")
	require.Equal(t, []string{"2"}, ids(ask(t, engine, Query{User: "a"})))
}

// TestWhatCountsMore pits two items, each linked to t1 by one person, against each other.
func TestWhatCountsMore(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		stronger, weaker Event
	}{
		"a purchase over a view":      {Event{Kind: Buy}, Event{Kind: View}},
		"a like over a view":          {Event{Kind: Like}, Event{Kind: View}},
		"five stars over four":        {Event{Kind: Rate, Weight: 5}, Event{Kind: Rate, Weight: 4}},
		"any stars over dislike":      {Event{Kind: Rate, Weight: 4}, Event{Kind: Rate, Weight: 1}},
		"a view over a skip":          {Event{Kind: View}, Event{Kind: Skip}},
		"a view over a refusal":       {Event{Kind: View}, Event{Kind: NotInterested}},
		"more weight over less":       {Event{Weight: 3}, Event{Weight: 2}},
		"a new event over an old one": {Event{}, Event{Time: now.Add(-200 * day)}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for _, onTarget := range []bool{true, false} { // the event is on the item suggested, or on t1
				engine := shop(t)
				for item, e := range map[string]Event{"c2": c.stronger, "c1": c.weaker} {
					e.User = "fan of " + item
					if e.Time.IsZero() {
						e.Time = now
					}
					view := Event{User: e.User, Time: e.Time}
					e.Item, view.Item = item, "t1"
					if !onTarget {
						e.Item, view.Item = "t1", item
					}
					require.NoError(t, engine.Record(t.Context(), e, view))
				}
				list := ask(t, engine, Query{Recent: []string{"t1"}})
				require.Equal(t, "c2", list[0].Item)
				require.Greater(t, list[0].Score, list[position(list, "c1")].Score+0.1, "popularity alone does not make this difference")
			}
		})
	}
}

func TestManyRefusalsStillLeaveSomething(t *testing.T) {
	t.Parallel()
	engine := New(Config{})
	for i := range 40 {
		id := fmt.Sprint(i)
		require.NoError(t, engine.Put(t.Context(), Item{ID: id, Categories: []string{"茶叶"}}))
		if i < 38 {
			act(t, engine, NotInterested, "a "+id)
		}
	}
	act(t, engine, Buy, "b 39")
	list := ask(t, engine, Query{User: "a"})
	require.Equal(t, []string{"39", "38"}, ids(list), "the category is not gone, and keeps its order")
	require.InDelta(t, 0.1*0.05, list[0].Score, 1e-9, "a tenth of what popularity alone gives")
}

func TestInterestInBuyingAgainWanes(t *testing.T) {
	t.Parallel()
	engine := shop(t)
	actAt(t, engine, Buy, now.Add(-30*day), "a p1")
	ripe := ask(t, engine, Query{User: "a"})[0].Score
	require.Less(t, ask(t, engine, Query{User: "a", Now: now.Add(300 * day)})[0].Score, ripe/2)
}

// TestClock asks an engine whose clock stands still.
func TestClock(t *testing.T) {
	t.Parallel()
	at := now
	engine := New(Config{Now: func() time.Time { return at }})
	require.NoError(t, engine.Put(t.Context(), Item{ID: "纸", RebuyDays: 30, Categories: []string{"日用"}}, Item{ID: "茶", Categories: []string{"茶叶"}}))
	require.NoError(t, engine.Record(t.Context(), Event{User: "a", Item: "纸", Kind: Buy}))
	require.Equal(t, now, events1(t, mustExport(t, engine, "a"))[0].Time)
	asked := func() []string {
		list, err := engine.Recommend(t.Context(), Query{User: "a"})
		require.NoError(t, err)
		return ids(list)
	}
	require.NotContains(t, asked(), "纸")
	require.NoError(t, engine.FreezeInterests(t.Context(), "a", true))
	at = now.Add(30 * day)
	require.Contains(t, asked(), "纸", "used up by then")
	require.NoError(t, engine.Record(t.Context(), Event{User: "a", Item: "茶", Kind: Like}))
	require.Len(t, engine.Interests("a"), 1, "frozen a month before")
}

// TestFirstIsWhatPushKeeps compares two ways to find the best of a list.
func TestFirstIsWhatPushKeeps(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(3, 3))
	for range 500 {
		list := make([]scored, r.IntN(80))
		names := make([]string, len(list))
		for i := range list {
			list[i], names[i] = scored{int32(i), float64(r.IntN(6))}, fmt.Sprint("i", i)
		}
		want, got := top{keep: r.IntN(90), ids: names}, top{ids: names}
		got.keep = want.keep
		for _, s := range list {
			want.push(s)
		}
		got.heap = slices.Clone(got.first(list))
		require.ElementsMatch(t, want.sorted(), got.sorted())
	}
}

// TestAQueryRebuildsFewLists lets all lists of a person become outdated at once.
func TestAQueryRebuildsFewLists(t *testing.T) {
	t.Parallel()
	engine := camps(t)
	q := Query{User: "u4", Now: now}
	outdated := func() (n int) {
		for _, m := range engine.graph.at(engine.graph.number("u4")).marks {
			if !engine.graph.fresh(m.item) {
				n++
			}
		}
		return n
	}
	ask(t, engine, q)
	require.Zero(t, outdated(), "what is missing is built")
	for who := range 120 {
		act(t, engine, Like, fmt.Sprintf("u%d i%02d", who, who%40))
	}
	all := outdated()
	require.Greater(t, all, maxRebuilt)
	for left := all - maxRebuilt; left > -maxRebuilt; left -= maxRebuilt {
		ask(t, engine, q)
		require.Equal(t, max(left, 0), outdated())
	}
}
