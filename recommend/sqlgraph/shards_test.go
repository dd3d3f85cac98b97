package sqlgraph_test

import (
	"hash/fnv"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// spread puts each person's events into one of the shards.
func spread(tb testing.TB, events []event, shards []*engine, load func(e *engine, part []event)) {
	tb.Helper()
	parts := make([][]event, len(shards))
	for _, ev := range events {
		h := fnv.New32a()
		_, _ = h.Write([]byte(ev.person))
		k := int(h.Sum32()) % len(shards)
		parts[k] = append(parts[k], ev)
	}
	for k, e := range shards {
		require.NotEmpty(tb, parts[k])
		load(e, parts[k])
	}
}

// One, two and three clusters make the same graph, to the last bit, also after a refresh.
func TestShards(t *testing.T) {
	t.Parallel()
	clusters := []*engine{postgreSQL(t), postgreSQL(t), postgreSQL(t)}
	events := generated(5, 300, 120, 40)
	half := len(events) / 2
	var first, second map[tie]strength
	for count := 1; count <= 3; count++ {
		s := clusters[0].settings(t)
		for _, other := range clusters[1:count] {
			other.exec(t, "create table "+s.Events.Table+" (who varchar(100), item varchar(100), at timestamptz)")
		}
		s.Neighbours, s.Refreshable, s.Late = 20, true, 90*365*day
		home, shards := clusters[0], clusters[:count]
		if count == 2 {
			home = clusters[2] // a database that has the graph only
		}
		if count == 1 {
			shards = nil
		}
		b := builder(t, s, home, shards...)
		load := func(e *engine, part []event) { e.load(t, s, part) }

		spread(t, events[:half], clusters[:count], load)
		require.NoError(t, b.Build(t.Context()))
		got := home.graph(t, s)
		if count == 1 {
			first = got
			requireBest(t, reference(events[:half], s, time.Now()), got, 20)
		}
		require.Equal(t, first, got, "%d shards", count)

		spread(t, events[half:], clusters[:count], load)
		require.NoError(t, b.Refresh(t.Context()))
		got = home.graph(t, s)
		if count == 1 {
			second = got
			requireBest(t, reference(events, s, time.Now()), got, 20)
		}
		require.Equal(t, second, got, "%d shards", count)
	}
}
