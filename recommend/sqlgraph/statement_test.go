package sqlgraph_test

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/zhushou-ai/zhushou/recommend/sqlgraph"
)

var update = flag.Bool("update", false, "write the golden files anew")

func TestStatementText(t *testing.T) {
	t.Parallel()
	for _, d := range []sqlgraph.Dialect{sqlgraph.PostgreSQL, sqlgraph.MySQL, sqlgraph.ClickHouse} {
		got, err := sqlgraph.Statement(sqlgraph.Settings{Dialect: d,
			Events: sqlgraph.Events{Table: "shop.events", Person: "user_id", Item: "item_id", Time: "at"}})
		require.NoError(t, err)
		file := filepath.Join("testdata", strings.ToLower(d.String())+".sql")
		if *update {
			require.NoError(t, os.MkdirAll("testdata", 0o755))
			require.NoError(t, os.WriteFile(file, []byte(got), 0o600))
		}
		want, err := os.ReadFile(file)
		require.NoError(t, err)
		require.Equal(t, string(want), got)
	}
}

// The one statement gives the graph that the steps make.
func testStatement(t *testing.T, e *engine) {
	s := e.settings(t)
	s.Neighbours = 10
	e.load(t, s, generated(8, 150, 80, 30))
	build(t, s, e)
	text, err := sqlgraph.Statement(s)
	require.NoError(t, err)
	rows, err := e.db.QueryContext(t.Context(), text, time.Unix(0, 0), time.Now())
	require.NoError(t, err)
	defer rows.Close()
	got := map[tie]strength{}
	for rows.Next() {
		var ti tie
		var st strength
		require.NoError(t, rows.Scan(&ti.item, &ti.neighbour, &st.score, &st.support))
		got[ti] = st
	}
	require.NoError(t, rows.Err())
	require.Equal(t, e.graph(t, s), got)
}
