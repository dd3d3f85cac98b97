package sqlgraph_test

import (
	"context"
	"database/sql"
	"fmt"
	"math"
	"strings"
	"sync/atomic"
	"testing"

	_ "github.com/go-sql-driver/mysql"
	_ "github.com/jackc/pgx/v5/stdlib"
	"github.com/stretchr/testify/require"

	"github.com/zhushou-ai/zhushou/internal/servers"
	"github.com/zhushou-ai/zhushou/recommend/sqlgraph"
)

// engine is a server of a dialect, and tables in it that no other test uses.
type engine struct {
	dialect sqlgraph.Dialect
	server  *servers.Server
	db      *sql.DB
}

// TestEngines runs the tests that hold for every engine, on one server of each.
func TestEngines(t *testing.T) {
	t.Parallel()
	for name, start := range map[string]func(testing.TB, ...string) *engine{"PostgreSQL": postgreSQL, "MariaDB": mariaDB} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			e := start(t)
			for _, test := range []struct {
				name string
				run  func(*testing.T, *engine)
			}{
				{"seed 1", func(t *testing.T, e *engine) { testBuild(t, e, 1, sqlgraph.Settings{}) }},
				{"seed 2, short histories", func(t *testing.T, e *engine) { testBuild(t, e, 2, sqlgraph.Settings{History: 10, Support: 3}) }},
				{"seed 3, other powers", func(t *testing.T, e *engine) {
					testBuild(t, e, 3, sqlgraph.Settings{PersonPower: 0.5, ItemPower: 1, Power: 0.3, Support: 1, Refreshable: true})
				}},
				{"sample of gowalla", testSampleOfGowalla},
				{"agreement with the engine", testAgreement},
				{"one statement", testStatement},
				{"names and numbers", testNamesAndNumbers},
				{"refresh", testRefresh},
				{"forgetting", testForgetting},
				{"recommend", testRecommend},
				{"cancelling", testCancelling},
				{"statement timeout", testStatementTimeout},
			} {
				t.Run(test.name, func(t *testing.T) { test.run(t, e) })
			}
		})
	}
}

var tables atomic.Int32

func postgreSQL(tb testing.TB, settings ...string) *engine {
	tb.Helper()
	return started(tb, sqlgraph.PostgreSQL, "pgx", servers.PostgreSQL(tb, settings...))
}

func mariaDB(tb testing.TB, settings ...string) *engine {
	tb.Helper()
	return started(tb, sqlgraph.MySQL, "mysql", servers.MariaDB(tb, settings...))
}

func started(tb testing.TB, dialect sqlgraph.Dialect, driver string, server *servers.Server) *engine {
	tb.Helper()
	db, err := sql.Open(driver, server.DSN)
	require.NoError(tb, err)
	tb.Cleanup(func() { _ = db.Close() })
	return &engine{dialect, server, db}
}

// settings makes an empty table of events and returns settings that name it.
func (e *engine) settings(tb testing.TB) sqlgraph.Settings {
	tb.Helper()
	n := tables.Add(1)
	table := fmt.Sprintf("events%d", n)
	if e.dialect == sqlgraph.MySQL {
		e.exec(tb, "create table "+table+" (who varchar(100) character set utf8mb4, item varchar(100) character set utf8mb4, `at` datetime(3), key (who), key (`at`))")
	} else {
		e.exec(tb, "create table "+table+" (who varchar(100), item varchar(100), at timestamptz)")
		e.exec(tb, "create index on "+table+" (who)")
	}
	return sqlgraph.Settings{
		Dialect: e.dialect, Prefix: fmt.Sprintf("g%d", n), SlicePairs: 2000,
		Events: sqlgraph.Events{Table: table, Person: "who", Item: "item", Time: "at"},
	}
}

func (e *engine) exec(tb testing.TB, statement string, args ...any) {
	tb.Helper()
	_, err := e.db.ExecContext(context.Background(), statement, args...)
	require.NoError(tb, err)
}

// load puts events into a table of them.
func (e *engine) load(tb testing.TB, s sqlgraph.Settings, events []event) {
	tb.Helper()
	for start := 0; start < len(events); start += 5000 {
		part := events[start:min(start+5000, len(events))]
		args := make([]any, 0, 3*len(part))
		var text strings.Builder
		for k, ev := range part {
			if k > 0 {
				text.WriteByte(',')
			}
			if e.dialect == sqlgraph.MySQL {
				text.WriteString("(?,?,?)")
			} else {
				fmt.Fprintf(&text, "($%d,$%d,$%d)", 3*k+1, 3*k+2, 3*k+3)
			}
			args = append(args, ev.person, ev.item, s.Events.Unit.Value(ev.at))
		}
		e.exec(tb, "insert into "+s.Events.Table+" values "+text.String(), args...)
	}
}

// graph reads the graph that stands.
func (e *engine) graph(tb testing.TB, s sqlgraph.Settings) map[tie]strength {
	tb.Helper()
	rows, err := e.db.QueryContext(context.Background(), strings.ReplaceAll(
		"select a.item, b.item, n.score, n.support from G_neighbours n join G_items a on a.i = n.i join G_items b on b.i = n.j", "G", s.Prefix))
	require.NoError(tb, err)
	defer rows.Close()
	graph := map[tie]strength{}
	for rows.Next() {
		var t tie
		var st strength
		require.NoError(tb, rows.Scan(&t.item, &t.neighbour, &st.score, &st.support))
		graph[t] = st
	}
	require.NoError(tb, rows.Err())
	return graph
}

func build(tb testing.TB, s sqlgraph.Settings, graph *engine, shards ...*engine) {
	tb.Helper()
	require.NoError(tb, builder(tb, s, graph, shards...).Build(tb.Context()))
}

func builder(tb testing.TB, s sqlgraph.Settings, graph *engine, shards ...*engine) *sqlgraph.Builder {
	tb.Helper()
	dbs := make([]*sql.DB, len(shards))
	for i, e := range shards {
		dbs[i] = e.db
	}
	b, err := sqlgraph.NewBuilder(s, graph.db, dbs...)
	require.NoError(tb, err)
	return b
}

// near reports whether two scores agree to 1e-4.
func near(a, b float64) bool { return math.Abs(a-b) <= 1e-4*math.Max(math.Abs(a), math.Abs(b)) }

// requireSame checks that two graphs have the same pairs with the same support, and scores that agree to 1e-4.
func requireSame(tb testing.TB, want, got map[tie]strength) {
	tb.Helper()
	require.NotEmpty(tb, want)
	for t, w := range want {
		if g := got[t]; g.support != w.support || !near(g.score, w.score) {
			require.Fail(tb, "graphs differ", "%v: want %v, got %v", t, w, g)
		}
	}
	require.Len(tb, got, len(want))
}

// requireBest checks that got is want with only so many neighbours kept for an item, the strongest ones.
func requireBest(tb testing.TB, want, got map[tie]strength, keep int) {
	tb.Helper()
	scores := map[string][]float64{}
	for t, s := range want {
		scores[t.item] = append(scores[t.item], s.score)
	}
	kept, least := map[string]int{}, map[string]float64{}
	for t, g := range got {
		if w := want[t]; g.support != w.support || !near(g.score, w.score) {
			require.Fail(tb, "graphs differ", "%v: want %v, got %v", t, w, g)
		}
		if kept[t.item]++; kept[t.item] == 1 || g.score < least[t.item] {
			least[t.item] = g.score
		}
	}
	for item, all := range scores {
		require.Equal(tb, min(keep, len(all)), kept[item], item)
		above := 0
		for _, s := range all {
			if s > least[item]*(1+1e-4) {
				above++
			}
		}
		require.LessOrEqual(tb, above, kept[item], "%s: a stronger neighbour was left out", item)
	}
}
