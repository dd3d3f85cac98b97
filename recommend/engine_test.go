package recommend

import (
	"cmp"
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

func TestTextSearch(t *testing.T) {
	t.Parallel()
	engine := New(Config{})
	require.NoError(t, engine.Put(t.Context(),
		Item{ID: "1", Title: "ＵＳＢ－Ｃ 充电线"},
		Item{ID: "2", Title: "无线充电器", Text: "支持 usb 供电"},
		Item{ID: "3", Title: "茶", Tags: []string{"无糖"}},
		Item{ID: "4", Title: "红茶", Brand: "立顿"},
		Item{ID: "5", Title: "桌面风扇"},
	))
	for name, c := range map[string]struct {
		text, best, words string
	}{
		"full-width and case": {"usb", "1", "usb"},
		"word in a sentence":  {"有没有无线充电器呀", "2", "无线充电器"},
		"one character":       {"茶", "3", "茶"},
		"brand":               {"立顿", "4", "立顿"},
		"tag":                 {"无糖的", "3", "无糖"},
		"two words":           {"桌面上用的风扇", "5", "桌面 风扇"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			list := ask(t, engine, Query{Text: c.text})
			require.Equal(t, c.best, list[0].Item)
			require.Equal(t, MatchesText, list[0].Reasons[0].Kind)
			require.Equal(t, c.words, list[0].Reasons[0].Value)
		})
	}
	require.Len(t, ask(t, engine, Query{Text: "没有这种东西"}), 5, "no match leaves what is popular")
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

func TestSeen(t *testing.T) {
	t.Parallel()
	engine := shop(t)
	act(t, engine, View, "a t1")
	act(t, engine, Cart, "a c1")
	act(t, engine, Buy, "a c2")
	act(t, engine, Skip, "a t3")
	act(t, engine, NotInterested, "a p2")
	require.ElementsMatch(t, []string{"t2", "p1"}, ids(ask(t, engine, Query{User: "a"})))
	require.ElementsMatch(t, []string{"t2", "p1", "t1", "c1"}, ids(ask(t, engine, Query{User: "a", Seen: true})))
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

func TestFilter(t *testing.T) {
	t.Parallel()
	engine := shop(t)
	for name, c := range map[string]struct {
		filter Filter
		want   []string
	}{
		"category":          {Filter{Categories: []string{"杯具"}}, []string{"c1", "c2"}},
		"any category":      {Filter{Categories: []string{"杯具", "日用"}}, []string{"c1", "c2", "p1", "p2"}},
		"unknown category":  {Filter{Categories: []string{"汽车"}}, []string{}},
		"any brand":         {Filter{Brands: []string{"狮峰", "吴裕泰"}}, []string{"t1", "t3"}},
		"all tags":          {Filter{Tags: []string{"送礼", "礼盒"}}, []string{"t2"}},
		"at most, in yuan":  {Filter{MaxPrice: Fen(5900)}, []string{"c1", "p1"}},
		"at least":          {Filter{MinPrice: Fen(12800)}, []string{"t1", "t2"}},
		"between":           {Filter{MinPrice: Fen(5000), MaxPrice: Fen(7000)}, []string{"c1", "t3"}},
		"other currency":    {Filter{MinPrice: Money{Amount: 1, Currency: "USD"}}, []string{"c2"}},
		"currency spelt":    {Filter{MaxPrice: Money{Amount: 5900, Currency: "CNY"}}, []string{"c1", "p1"}},
		"all have to hold":  {Filter{Categories: []string{"茶叶"}, MaxPrice: Fen(10000)}, []string{"t3"}},
		"contradictory":     {Filter{Categories: []string{"茶叶"}, Tags: []string{"无糖"}}, []string{}},
		"nothing is no bar": {Filter{}, []string{"c1", "c2", "p1", "p2", "t1", "t2", "t3"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			require.ElementsMatch(t, c.want, ids(ask(t, engine, Query{Filter: c.filter})))
		})
	}
}

func TestCandidatesAndExclude(t *testing.T) {
	t.Parallel()
	engine := shop(t)
	act(t, engine, Buy, "a t1", "a c1", "b t1")
	require.Equal(t, []string{"c1", "p2"}, ids(ask(t, engine, Query{User: "b", Candidates: []string{"p2", "c1", "t1", "没有"}})))
	require.NotContains(t, ids(ask(t, engine, Query{User: "b", Exclude: []string{"c1", "没有"}})), "c1")
	require.Empty(t, ask(t, engine, Query{Candidates: []string{"没有"}}), "unknown candidates do not open the shop")
}

func TestDiversity(t *testing.T) {
	t.Parallel()
	engine := shop(t)
	act(t, engine, Buy, "a t1", "a t2", "a t3", "b t1", "b t2", "c t1", "d c1", "e p2")
	require.Equal(t, []string{"t1", "t2"}, ids(ask(t, engine, Query{Limit: 2})))
	categories := map[byte]bool{}
	for _, id := range ids(ask(t, engine, Query{Limit: 3, Diversity: 1})) {
		categories[id[0]] = true
	}
	require.Len(t, categories, 3)
	require.Len(t, ask(t, engine, Query{Diversity: 1}), 7, "diversity orders, it does not leave out")
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

func TestEqualScoresAreOrderedByID(t *testing.T) {
	t.Parallel()
	engine := New(Config{})
	require.NoError(t, engine.Put(t.Context(), Item{ID: "b"}, Item{ID: "c"}, Item{ID: "a"}))
	require.Equal(t, []string{"a", "b", "c"}, ids(ask(t, engine, Query{})))
	require.Equal(t, []string{"a"}, ids(ask(t, engine, Query{Limit: 1})))
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

// TestMatchesComeFirst asks for words that one item hardly has and that the person's taste speaks against.
func TestMatchesComeFirst(t *testing.T) {
	t.Parallel()
	for name, options := range learnings {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			engine := shop(t)
			require.NoError(t, engine.Put(t.Context(),
				Item{ID: "k1", Title: "水壶", Text: strings.Repeat("不锈钢大容量可以放在办公室", 20) + "老师", Categories: []string{"厨具"}},
				Item{ID: "k2", Title: "教师节给老师的贺卡", Categories: []string{"文具"}}))
			for who := range 30 {
				act(t, engine, Buy, fmt.Sprint("u", who, " t1"), fmt.Sprint("u", who, " t2"), fmt.Sprint("u", who, " c1"))
			}
			act(t, engine, Buy, "a t1")
			act(t, engine, NotInterested, "a c2")
			learnt(t, engine, options)
			for _, q := range []Query{
				{}, {Diversity: 1}, {Diversity: 0.5, Calibration: 0.5}, {Limit: 3},
				{Rules: Rules{Boosts: []Boost{{Match: Match{Items: []string{"t2"}}, Factor: 100}, {Match: Match{Items: []string{"k1"}}, Factor: 0.01}}}},
			} {
				q.User, q.Text = "a", "老师"
				list := ask(t, engine, q)
				require.Equal(t, []string{"k2", "k1"}, ids(list)[:2], "%+v", q)
				require.NotEmpty(t, list[2:])
				require.Equal(t, MatchesText, list[1].Reasons[len(list[1].Reasons)-1].Kind, "told although there is little of it")
				if q.Diversity == 0 {
					require.True(t, slices.IsSortedFunc(list, func(a, b Suggestion) int { return cmp.Compare(b.Score, a.Score) }))
				}
			}
			require.Equal(t, "t2", ask(t, engine, Query{User: "a"})[0].Item)
		})
	}
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

func TestPriceBands(t *testing.T) {
	t.Parallel()
	for amount, want := range map[Money]string{
		{}: "", Fen(1): "¥0–1", Fen(99): "¥0–1", Fen(100): "¥1–2", Fen(12799): "¥64–128", Fen(12800): "¥128–256",
		{Amount: 640, Currency: "JPY"}: "512–1024 JPY", {Amount: 300, Currency: "USD"}: "2–4 USD", {Amount: 1<<63 - 1}: "¥549755813888–1099511627776",
	} {
		require.Equal(t, want, amount.band())
	}
	goods := []Item{
		{ID: "1", Categories: []string{"茶叶"}, Price: Fen(10000)}, {ID: "2", Categories: []string{"茶叶"}, Price: Fen(90000)},
		{ID: "3", Categories: []string{"茶叶"}, Price: Fen(9000)}, {ID: "4", Categories: []string{"杯具"}, Price: Fen(9000)},
	}
	for _, banded := range []bool{false, true} {
		engine := New(Config{PriceBands: banded})
		require.NoError(t, engine.Put(t.Context(), goods...))
		act(t, engine, Like, "a 1")
		first := ask(t, engine, Query{User: "a", Limit: 1})[0].Item
		interest := Interest{Kind: InPrice, Value: "茶叶 ¥64–128"}
		has := slices.ContainsFunc(engine.Interests("a"), func(i Interest) bool { return i.Kind == interest.Kind && i.Value == interest.Value })
		require.Equal(t, banded, has, "what is used is shown")
		if !banded {
			require.Equal(t, "2", first, "the price says nothing")
			continue
		}
		require.Equal(t, "3", first)
		require.NoError(t, engine.HideInterest(t.Context(), "a", interest))
		require.NotEqual(t, "3", ask(t, engine, Query{User: "a", Limit: 1})[0].Item)
		require.NoError(t, engine.ShowInterest(t.Context(), "a", interest))
		goods[2].Price, goods[1].Price = Fen(90000), Fen(9000) // nothing else changes
		require.NoError(t, engine.Put(t.Context(), goods...))
		require.Equal(t, "2", ask(t, engine, Query{User: "a", Limit: 1})[0].Item)
	}
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
