package sqlgraph_test

import (
	"context"
	"database/sql"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/zhushou-ai/zhushou/recommend/sqlgraph"
)

// A server that is killed at any step leaves the old graph in place, and the next build finishes the work.
func TestKilledServer(t *testing.T) {
	t.Parallel()
	for name, start := range map[string]func(testing.TB, ...string) *engine{"PostgreSQL": postgreSQL, "MariaDB": mariaDB} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			e := start(t)
			e.db.SetMaxIdleConns(0)
			testKilled(t, e, []*engine{e}, e, "read histories", "count pairs 0", "rank 0", "put the graph in place")
		})
	}
	t.Run("shards", func(t *testing.T) {
		t.Parallel()
		shards := []*engine{postgreSQL(t), postgreSQL(t)}
		for _, e := range shards {
			e.db.SetMaxIdleConns(0)
		}
		testKilled(t, shards[0], shards, shards[1], "number items", "count pairs 0", "count people of items", "merge sums 3")
	})
}

// testKilled kills one of the shards after each of the steps.
func testKilled(t *testing.T, home *engine, shards []*engine, victim *engine, steps ...string) {
	events := generated(6, 150, 80, 30)
	s := home.settings(t)
	for _, other := range shards[1:] {
		other.exec(t, "create table "+s.Events.Table+" (who varchar(100), item varchar(100), at timestamptz)")
	}
	s.Neighbours, s.SlicePairs = 1000, 1000
	spread(t, events[:len(events)/2], shards, func(e *engine, part []event) { e.load(t, s, part) })
	build(t, s, home, shards...)
	before := home.graph(t, s)
	requireSame(t, reference(events[:len(events)/2], s, time.Now()), before)
	spread(t, events[len(events)/2:], shards, func(e *engine, part []event) { e.load(t, s, part) })

	for _, step := range steps {
		var once sync.Once
		s.Progress = func(p sqlgraph.Progress) {
			if p.Step == step {
				once.Do(victim.server.Kill)
			}
		}
		err := builder(t, s, home, shards...).Build(t.Context())
		require.Error(t, err, step)
		require.Contains(t, err.Error(), "sqlgraph: ", step)
		require.NotContains(t, err.Error(), victim.server.Password, step)
		require.ErrorContains(t, builder(t, s, home, shards...).Build(t.Context()), "connect", step)
		victim.server.Start()
		if step == "put the graph in place" {
			continue // it was in place when the server was killed
		}
		require.Equal(t, before, home.graph(t, s), step)
	}
	done := map[string]int{}
	s.Progress = func(p sqlgraph.Progress) { done[p.Step]++ }
	build(t, s, home, shards...)
	requireSame(t, reference(events, s, time.Now()), home.graph(t, s))
	if victim == home {
		require.Zero(t, done["count pairs 0"], "what was counted before is not counted again")
	}
}

// slow is a view of the events that takes a minute to read.
func (e *engine) slow(t *testing.T, s sqlgraph.Settings) sqlgraph.Settings {
	e.load(t, s, generated(7, 5, 5, 5))
	view := s.Events.Table + "_slow"
	if e.dialect == sqlgraph.MySQL {
		e.exec(t, "create view "+view+" as select who, item, `at` from "+s.Events.Table+" where sleep(60) = 0")
	} else {
		e.exec(t, "create view "+view+" as select who, item, at from "+s.Events.Table+", pg_sleep(60)")
	}
	s.Events.Table = view
	return s
}

// sleeping is how many statements read such a view now.
func (e *engine) sleeping(t *testing.T) int {
	text := "select count(*) from pg_stat_activity where state = 'active' and query like '%_slow%' and pid <> pg_backend_pid()"
	if e.dialect == sqlgraph.MySQL {
		text = "select count(*) from information_schema.processlist where info like '%_slow%' and id <> connection_id()"
	}
	var n int
	require.NoError(t, e.db.QueryRowContext(context.Background(), text).Scan(&n))
	return n
}

func testCancelling(t *testing.T, e *engine) {
	s := e.slow(t, e.settings(t))
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	ended := make(chan error, 1)
	b := builder(t, s, e)
	go func() { ended <- b.Build(ctx) }()
	require.Eventually(t, func() bool { return e.sleeping(t) == 1 }, time.Minute, 10*time.Millisecond)
	require.ErrorIs(t, builder(t, s, e).Build(t.Context()), sqlgraph.ErrBusy)
	cancel()
	require.ErrorIs(t, <-ended, context.Canceled)
	require.Zero(t, e.sleeping(t), "the statement ends on the server, too")
}

func testStatementTimeout(t *testing.T, e *engine) {
	s := e.slow(t, e.settings(t))
	s.StatementTimeout = 5 * time.Second
	err := builder(t, s, e).Build(t.Context())
	require.ErrorContains(t, err, "read histories")
	require.Zero(t, e.sleeping(t))
}

func TestErrorsTellNoSecrets(t *testing.T) {
	t.Parallel()
	for driver, dsn := range map[string]string{
		"pgx":   "postgres://shop:hunter2@127.0.0.1:1/shop?sslmode=disable",
		"mysql": "shop:hunter2@tcp(127.0.0.1:1)/shop",
	} {
		db, err := sql.Open(driver, dsn)
		require.NoError(t, err)
		defer db.Close()
		s := sqlgraph.Settings{Dialect: sqlgraph.PostgreSQL, Events: sqlgraph.Events{Table: "e", Person: "p", Item: "i", Time: "t"}}
		b, err := sqlgraph.NewBuilder(s, db)
		require.NoError(t, err)
		err = b.Build(t.Context())
		require.Error(t, err)
		require.False(t, strings.Contains(err.Error(), "hunter2"), driver)
	}
}
