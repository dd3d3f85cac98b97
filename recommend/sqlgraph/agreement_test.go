package sqlgraph_test

import (
	"cmp"
	"math"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/zhushou-ai/zhushou/recommend/learn"
	"github.com/zhushou-ai/zhushou/recommend/sqlgraph"
)

// learned is the graph that the embedded engine learns from the same events, with the same settings. It does not ask for
// a number of people behind a tie.
func learned(tb testing.TB, events []event, s sqlgraph.Settings) *embedded {
	tb.Helper()
	require.NotZero(tb, s.Neighbours)
	taken := histories(events, or(s.History, 200), s.Window, time.Now())
	g := &embedded{numbers: map[string]int32{}}
	for _, items := range taken {
		g.names = append(g.names, items...)
	}
	slices.Sort(g.names) // numbers in the order of the names' bytes, as the database gives them
	g.names = slices.Compact(g.names)
	for i, name := range g.names {
		g.numbers[name] = int32(i)
	}
	g.h.Items = len(g.names)
	for _, items := range taken {
		var profile []learn.Taken
		for _, item := range items {
			profile = append(profile, learn.Taken{Item: g.numbers[item], Weight: 1})
		}
		g.h.Add(profile)
	}
	graph, err := learn.NewGraph(tb.Context(), &g.h, learn.GraphSettings{
		PersonPower: or(s.PersonPower, 1.2), ItemPower: or(s.ItemPower, 0.4), Power: or(s.Power, 0.7), Limit: s.Neighbours,
	}, 0)
	require.NoError(tb, err)
	g.graph = graph
	return g
}

// embedded is a graph in this process.
type embedded struct {
	graph   *learn.Graph
	h       learn.Histories
	names   []string
	numbers map[string]int32
}

// ties returns all of them, by name.
func (g *embedded) ties() map[tie]float64 {
	all := map[tie]float64{}
	for i, name := range g.names {
		for _, hit := range g.graph.Neighbours(int32(i)) {
			all[tie{name, g.names[hit.Item]}] = float64(hit.Score)
		}
	}
	return all
}

// requireAgree checks that two graphs have the same pairs with scores that agree to 1e-4. Where neighbours are limited,
// one of several that are equally strong, to that precision, may stand for another.
func requireAgree(tb testing.TB, want map[tie]float64, got map[tie]strength) {
	tb.Helper()
	require.NotEmpty(tb, want)
	require.Len(tb, got, len(want))
	least := map[string]float64{}
	for t, score := range want {
		if old, ok := least[t.item]; !ok || score < old {
			least[t.item] = score
		}
	}
	others := 0
	for t, g := range got {
		w, ok := want[t]
		if !ok {
			others++
			w = least[t.item] // there must be one as weak for which it stands
		}
		if !near(w, g.score) {
			require.Fail(tb, "graphs differ", "%v: %v in the process, %v in the database", t, w, g.score)
		}
	}
	require.LessOrEqual(tb, others, len(want)/100, "pairs that only one of them has")
}

// The database and the embedded engine learn the same graph, given the same settings.
func testAgreement(t *testing.T, e *engine) {
	engine := learn.DefaultGraph()
	for name, with := range map[string]sqlgraph.Settings{
		"settings of the engine":   {PersonPower: engine.PersonPower, ItemPower: engine.ItemPower, Power: engine.Power, Neighbours: engine.Limit},
		"settings of the database": {Neighbours: 500},
		"few neighbours":           {Neighbours: 7},
		"short histories":          {History: 12, Neighbours: 1000},
		"other powers":             {PersonPower: 0.5, ItemPower: 1, Power: 1, Neighbours: 1000},
	} {
		t.Run(name, func(t *testing.T) {
			s := e.settings(t)
			s.PersonPower, s.ItemPower, s.Power = with.PersonPower, with.ItemPower, with.Power
			s.History, s.Neighbours, s.Support = with.History, with.Neighbours, 1
			events := generated(21, 300, 160, 40)
			e.load(t, s, events)
			build(t, s, e)
			requireAgree(t, learned(t, events, s).ties(), e.graph(t, s))
		})
	}
	t.Run("sample of gowalla", func(t *testing.T) {
		s := e.settings(t)
		s.PersonPower, s.ItemPower, s.Power, s.Neighbours = engine.PersonPower, engine.ItemPower, engine.Power, engine.Limit
		s.History, s.Support, s.SlicePairs = 1000, 1, 200_000
		events := gowalla(t, 200)
		e.load(t, s, events)
		build(t, s, e)
		requireAgree(t, learned(t, events, s).ties(), e.graph(t, s))
	})
}

// requireWhole compares a graph in the database, whatever its size, with that of the embedded engine: the scores of all
// that it has, and that every tie with enough people behind it is there, or all that are there of its item are as strong.
func requireWhole(tb testing.TB, e *engine, s sqlgraph.Settings, events []event) (ties int) {
	tb.Helper()
	keep := or(s.Neighbours, 500)
	s.Neighbours = math.MaxInt32
	g := learned(tb, events, s)
	type row struct {
		item  int32
		score float64
	}
	stored := make([][]row, len(g.names))
	rows, err := e.db.QueryContext(tb.Context(), "select a.item, b.item, n.score from "+s.Prefix+"_neighbours n join "+
		s.Prefix+"_items a on a.i = n.i join "+s.Prefix+"_items b on b.i = n.j")
	require.NoError(tb, err)
	defer rows.Close()
	for ; rows.Next(); ties++ {
		var item, neighbour string
		var score float64
		require.NoError(tb, rows.Scan(&item, &neighbour, &score))
		i := g.numbers[item]
		stored[i] = append(stored[i], row{g.numbers[neighbour], score})
	}
	require.NoError(tb, rows.Err())

	profiles := make([][]int32, len(g.names)) // by item: the people who took it
	for person := range g.h.People() {
		for _, t := range g.h.Profile(person) {
			profiles[t.Item] = append(profiles[t.Item], int32(person))
		}
	}
	people, scores := make([]int, len(g.names)), make([]float64, len(g.names))
	for i := range g.names {
		clear(people)
		clear(scores)
		for _, person := range profiles[i] {
			for _, t := range g.h.Profile(int(person)) {
				people[t.Item]++
			}
		}
		var enough []float64
		for _, hit := range g.graph.Neighbours(int32(i)) {
			if people[hit.Item] >= or(s.Support, 2) {
				scores[hit.Item] = float64(hit.Score)
				enough = append(enough, float64(hit.Score))
			}
		}
		require.Len(tb, stored[i], min(keep, len(enough)), g.names[i])
		slices.SortFunc(stored[i], func(a, b row) int { return cmp.Compare(b.score, a.score) })
		for k, r := range stored[i] { // both from the strongest down
			if !near(scores[r.item], r.score) || !near(enough[k], r.score) {
				require.Fail(tb, "graphs differ", "%s and %s: %v in the process, %v in the database", g.names[i], g.names[r.item], scores[r.item], r.score)
			}
		}
	}
	return ties
}
