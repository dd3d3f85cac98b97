package sqlgraph_test

import (
	"database/sql"
	"fmt"
	"math"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/zhushou-ai/zhushou/recommend/sqlgraph"
)

func TestSettingsAreChecked(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		change func(s *sqlgraph.Settings)
		want   string
	}{
		"dialect":        {func(s *sqlgraph.Settings) { s.Dialect = 0 }, "dialect 0 is unknown"},
		"no table":       {func(s *sqlgraph.Settings) { s.Events.Table = "" }, "events table is empty"},
		"quote":          {func(s *sqlgraph.Settings) { s.Events.Item = `i" or 1=1 --` }, "is not a name"},
		"backtick":       {func(s *sqlgraph.Settings) { s.Events.Time = "a`b" }, "is not a name"},
		"parameter":      {func(s *sqlgraph.Settings) { s.Events.Person = "a?" }, "is not a name"},
		"braces":         {func(s *sqlgraph.Settings) { s.Prefix = "{state}" }, "is not a name"},
		"three parts":    {func(s *sqlgraph.Settings) { s.Events.Table = "a.b.c" }, "is not a name"},
		"line":           {func(s *sqlgraph.Settings) { s.Prefix = "a\n" }, "is not a name"},
		"long":           {func(s *sqlgraph.Settings) { s.Prefix = strings.Repeat("x", 41) }, "41 bytes"},
		"history":        {func(s *sqlgraph.Settings) { s.History = 1 }, "history 1 is out of range"},
		"power":          {func(s *sqlgraph.Settings) { s.Power = math.NaN() }, "power NaN"},
		"too small":      {func(s *sqlgraph.Settings) { s.History, s.PersonPower = 10000, 2 }, "too small to add"},
		"window":         {func(s *sqlgraph.Settings) { s.Window = -time.Second }, "window"},
		"unit":           {func(s *sqlgraph.Settings) { s.Events.Unit = 7 }, "time unit 7"},
		"clickhouse":     {func(s *sqlgraph.Settings) { s.Dialect = sqlgraph.ClickHouse }, "Statement"},
		"negative count": {func(s *sqlgraph.Settings) { s.Workers = -1 }, "workers -1"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := sqlgraph.Settings{Dialect: sqlgraph.PostgreSQL, Events: sqlgraph.Events{Table: "商品.事件", Person: "who", Item: "item", Time: "at"}}
			test.change(&s)
			_, err := sqlgraph.NewBuilder(s, new(sql.DB))
			require.ErrorContains(t, err, test.want)
		})
	}
}

// Names that are words of SQL, in a schema of their own, with numbers for ids and times.
func testNamesAndNumbers(t *testing.T, e *engine) {
	s := e.settings(t)
	mark := `"`
	if e.dialect == sqlgraph.MySQL {
		mark = "`"
	}
	quoted := func(text string) string { return strings.ReplaceAll(text, "'", mark) }
	e.exec(t, quoted("create schema '商店'"))
	e.exec(t, quoted("create table '商店'.'select' ('user' bigint, 'group' int, 'order' bigint)"))
	start := time.Now().Add(-30 * day)
	var events []event
	for k, ev := range generated(10, 40, 9, 9) {
		ev.person, ev.item = []string{"1", "2", "30", "31", "-5"}[k%5], []string{"7", "8", "9", "10"}[k%4]
		ev.at = start.Add(time.Duration(k) * time.Minute).Truncate(time.Second)
		events = append(events, ev)
	}
	s.Events = sqlgraph.Events{Table: "商店.select", Person: "user", Item: "group", Time: "order", Unit: sqlgraph.Milliseconds}
	for _, ev := range events {
		e.exec(t, quoted(fmt.Sprintf("insert into '商店'.'select' values (%s, %s, %d)", ev.person, ev.item, ev.at.UnixMilli())))
	}
	s.Prefix, s.Window, s.History = "商店.table", 31*day, 7
	for range 2 { // also in the place of a graph
		build(t, s, e)
	}
	want := reference(events, s, time.Now())
	s.Prefix = quoted("'商店'.table")
	requireSame(t, want, e.graph(t, s))
}
