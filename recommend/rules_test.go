package recommend

import (
	"fmt"
	"math"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestRules(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		query Query
		want  []string
	}{
		"none":                  {Query{}, []string{"t1", "t2", "t3", "c1"}},
		"pins come first":       {Query{Rules: Rules{Pins: []string{"p2", "没有", "c2"}}}, []string{"p2", "c2", "t1", "t2"}},
		"pins have to fit":      {Query{Rules: Rules{Pins: []string{"p2", "c1"}}, Filter: Filter{Categories: []string{"杯具"}}}, []string{"c1", "c2"}},
		"excluded pin":          {Query{Rules: Rules{Pins: []string{"p2"}}, Exclude: []string{"p2"}}, []string{"t1", "t2", "t3", "c1"}},
		"more pins than places": {Query{Rules: Rules{Pins: []string{"p2", "p1", "c2", "c1", "t3"}}}, []string{"p2", "p1", "c2", "c1"}},
		"pinned twice":          {Query{Rules: Rules{Pins: []string{"p2", "p2"}}}, []string{"p2", "t1", "t2", "t3"}},
		"blocked item":          {Query{Rules: Rules{Block: Match{Items: []string{"t1"}}}}, []string{"t2", "t3", "c1", "c2"}},
		"blocked category":      {Query{Rules: Rules{Block: Match{Categories: []string{"茶叶"}}}}, []string{"c1", "c2", "p1", "p2"}},
		"blocked brand, tag":    {Query{Rules: Rules{Block: Match{Brands: []string{"吴裕泰"}, Tags: []string{"礼盒"}}}}, []string{"t1", "c1", "c2", "p1"}},
		"boost":                 {Query{Rules: Rules{Boosts: []Boost{{Match{Categories: []string{"杯具"}}, 100}}}}, []string{"c1", "c2", "t1", "t2"}},
		"lowered":               {Query{Rules: Rules{Boosts: []Boost{{Match{Items: []string{"t1"}}, 0.01}}}}, []string{"t2", "t3", "c1", "c2"}},
		"one of a category":     {Query{Rules: Rules{PerCategory: 1}}, []string{"t1", "c1", "p1"}},
		"two of a category":     {Query{Rules: Rules{PerCategory: 2}}, []string{"t1", "t2", "c1", "c2"}},
		"one of a brand":        {Query{Rules: Rules{PerBrand: 1}}, []string{"t1", "t2", "t3", "c1"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for _, configured := range []bool{false, true} {
				config, q := Config{}, c.query
				if configured {
					config.Rules, q.Rules = q.Rules, Rules{}
				}
				engine := shop(t)
				engine.config.Rules = config.Rules
				for i, item := range []string{"t1", "t2", "t3", "c1", "c2", "p1", "p2"} { // popular in this order
					for who := range 20 - 2*i {
						act(t, engine, View, fmt.Sprintf("u%d.%d %s", who, i, item))
					}
				}
				q.Limit = 4
				require.Equal(t, c.want, ids(ask(t, engine, q)))
			}
		})
	}
}

func TestConfiguredRulesAndThoseOfTheQuery(t *testing.T) {
	t.Parallel()
	engine := shop(t)
	engine.config.Rules = Rules{Pins: []string{"p2"}, Block: Match{Items: []string{"t1"}}, PerCategory: 1}
	list := ids(ask(t, engine, Query{Rules: Rules{Pins: []string{"p1"}, Block: Match{Items: []string{"t2"}}, PerCategory: 2}}))
	require.Equal(t, []string{"p1", "p2"}, list[:2])
	require.NotContains(t, list, "t1")
	require.NotContains(t, list, "t2")
	require.Contains(t, list, "c2", "the query's bound counts")
}

func TestFreshness(t *testing.T) {
	t.Parallel()
	engine := New(Config{Rules: Rules{Freshness: 3}})
	require.NoError(t, engine.Put(t.Context(), Item{ID: "old", Created: now.Add(-300 * day)}, Item{ID: "new", Created: now}, Item{ID: "soon", Created: now.Add(day)}))
	act(t, engine, View, "a old", "b old", "c new", "d soon", "e soon")
	require.Equal(t, "new", ask(t, engine, Query{})[0].Item)
	require.NotEqual(t, "new", ask(t, engine, Query{Now: now.Add(200 * day)})[0].Item)
}

func TestCalibration(t *testing.T) {
	t.Parallel()
	engine := New(Config{})
	categories := []string{"茶叶", "杯具"}
	var items []Item
	for i := range 40 {
		items = append(items, Item{ID: fmt.Sprintf("i%02d", i), Categories: categories[i%2 : i%2+1]})
	}
	require.NoError(t, engine.Put(t.Context(), items...))
	for who := range 30 { // everybody likes tea, and who likes tea takes tea
		for item := 0; item < 40; item += 2 {
			act(t, engine, View, fmt.Sprintf("u%d i%02d", who, item))
		}
	}
	act(t, engine, View, "a i00", "a i01", "a i03")
	count := func(calibration float64) (cups int) {
		for _, s := range ask(t, engine, Query{User: "a", Limit: 9, Calibration: calibration}) {
			if (s.Item[2]-'0')%2 == 1 {
				cups++
			}
		}
		return cups
	}
	require.LessOrEqual(t, count(0), 2)
	require.Equal(t, 6, count(1), "two thirds, as in the history")
}

func TestExplore(t *testing.T) {
	t.Parallel()
	engine := camps(t)
	plain := ids(ask(t, engine, Query{User: "u4", Limit: 10}))
	seen := map[string]bool{}
	for seed := range uint64(50) {
		list := ask(t, engine, Query{User: "u4", Limit: 10, Explore: Explore{Rate: 1, Seed: seed}})
		require.Equal(t, plain[:8], ids(list)[:8], "only the last places are explored")
		for _, s := range list[:8] {
			require.Equal(t, 1.0, s.Propensity)
		}
		for _, s := range list[8:] {
			require.InDelta(t, 1./25, s.Propensity, 0.02, "one of all that are left")
			seen[s.Item] = true
		}
	}
	require.Greater(t, len(seen), 15)
}

func TestMalformedRules(t *testing.T) {
	t.Parallel()
	for want, r := range map[string]Rules{
		"pins[0] is empty: give an id":                                                {Pins: []string{""}},
		"boost factor 0 is out of range: give more than 0 and at most 100":            {Boosts: []Boost{{}}},
		"boost factor NaN is out of range: give more than 0 and at most 100":          {Boosts: []Boost{{Factor: math.NaN()}}},
		"rules have 1001 boosts: give at most 1000":                                   {Boosts: make([]Boost, 1001)},
		"block has 1001 items, categories, brands or tags: give at most 1000 of each": {Block: Match{Tags: make([]string, 1001)}},
		"boost has 1001 items, categories, brands or tags: give at most 1000 of each": {Boosts: []Boost{{Match{Brands: make([]string, 1001)}, 1}}},
		"freshness -1 is out of range: give 0 to 100":                                 {Freshness: -1},
		"caps -1 per category and 0 per brand: give 0 for none or more":               {PerCategory: -1},
	} {
		_, err := shop(t).Recommend(t.Context(), Query{Rules: r})
		require.EqualError(t, err, "recommend: query: "+want)
		require.ErrorIs(t, err, ErrInvalid)
		_, err = New(Config{Rules: r}).Recommend(t.Context(), Query{})
		require.EqualError(t, err, "recommend: query: config: "+want)
	}
}

// TestThompson explores a shop in which an item was passed by, one is liked, and one is hardly known.
func TestThompson(t *testing.T) {
	t.Parallel()
	engine := shop(t)
	for who := range 40 {
		act(t, engine, Like, fmt.Sprint("u", who, " t1"))
		act(t, engine, Skip, fmt.Sprint("u", who, " p2"), fmt.Sprint("u", who, " c2"))
	}
	act(t, engine, Like, "u1 c1")
	counts, said := map[string]int{}, map[string]float64{}
	const draws = 2000
	for seed := range uint64(draws) {
		q := Query{Limit: 2, Explore: Explore{Thompson: true, Rate: 0.05, Slots: 1, Seed: seed}}
		list := ask(t, engine, q)
		require.Equal(t, list, ask(t, engine, q), "the same query has the same answer")
		require.Equal(t, "t1", list[0].Item)
		require.Equal(t, 1.0, list[0].Propensity)
		counts[list[1].Item]++
		said[list[1].Item] = list[1].Propensity
	}
	for item, propensity := range said {
		require.InDelta(t, propensity, float64(counts[item])/draws, 0.05, item)
	}
	require.Greater(t, said["c1"], 5*said["c2"])
	require.Greater(t, said["t3"], 5*said["p2"], "nobody met it")
}

// TestWhoPassedIsCounted compares the counts with those of the histories, when people come and go.
func TestWhoPassedIsCounted(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	engine, err := Open(t.Context(), dir, Config{History: 20})
	require.NoError(t, err)
	w := newWorld(5)
	require.NoError(t, engine.Put(t.Context(), w.catalogue()...))
	check := func() {
		want := make([]int32, len(engine.catalogue.names))
		for _, who := range engine.graph.all() {
			for _, m := range engine.graph.look(who.number).marks {
				want[m.item] += bit(m.strength == 0)
			}
		}
		require.Equal(t, want, engine.graph.passed)
	}
	for step := range 4 {
		require.NoError(t, engine.Record(t.Context(), w.events(400)...))
		check()
		require.NoError(t, engine.Forget(t.Context(), fmt.Sprint("u", step)))
		check()
		if step%2 == 1 {
			require.NoError(t, engine.Compact(t.Context()))
		}
		require.NoError(t, engine.Close())
		engine, err = Open(t.Context(), dir, Config{History: 20})
		require.NoError(t, err)
		check()
	}
	require.NoError(t, engine.Close())
}
