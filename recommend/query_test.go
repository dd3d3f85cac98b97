package recommend

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

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

func TestEqualScoresAreOrderedByID(t *testing.T) {
	t.Parallel()
	engine := New(Config{})
	require.NoError(t, engine.Put(t.Context(), Item{ID: "b"}, Item{ID: "c"}, Item{ID: "a"}))
	require.Equal(t, []string{"a", "b", "c"}, ids(ask(t, engine, Query{})))
	require.Equal(t, []string{"a"}, ids(ask(t, engine, Query{Limit: 1})))
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
