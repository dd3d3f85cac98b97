package sqlgraph_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/zhushou-ai/zhushou/internal/practice"
	"github.com/zhushou-ai/zhushou/recommend/sqlgraph"
)

// gowalla reads the check-ins of every so many people; a list is in the order of time.
func gowalla(tb testing.TB, every int) []event {
	tb.Helper()
	start := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	var events []event
	lines := practice.Lines(tb, "data/recommend/gowalla/train.txt")
	for n := 0; lines.Scan(); n++ {
		if n%every != 0 {
			continue
		}
		list := strings.Fields(lines.Text())
		for k, item := range list[1:] {
			events = append(events, event{list[0], item, start.Add(time.Duration(k) * time.Second)})
		}
	}
	require.NoError(tb, lines.Err())
	return events
}

func testSampleOfGowalla(t *testing.T, e *engine) {
	events := gowalla(t, 40)
	s := e.settings(t)
	s.History, s.Neighbours, s.SlicePairs = 100, 100_000, 200_000
	e.load(t, s, events)
	build(t, s, e)
	requireSame(t, reference(events, s, time.Now()), e.graph(t, s))
}

// BenchmarkGowalla builds the graph of all check-ins with the settings as they come: 200 events of a person, 500 neighbours.
// Every tie of it is then compared with the graph that the embedded engine learns.
func BenchmarkGowalla(b *testing.B) {
	events := gowalla(b, 1)
	for _, refreshable := range []bool{false, true} {
		b.Run(fmt.Sprintf("refreshable=%v", refreshable), func(b *testing.B) {
			e := postgreSQL(b, "shared_buffers=1GB", "max_wal_size=8GB", "wal_level=minimal", "max_wal_senders=0")
			s := e.settings(b)
			s.SlicePairs, s.Refreshable = 0, refreshable
			last := time.Now()
			s.Progress = func(p sqlgraph.Progress) {
				b.Logf("%6.2f s  %s", time.Since(last).Seconds(), p.Step)
				last = time.Now()
			}
			e.load(b, s, events)
			for b.Loop() {
				last = time.Now()
				build(b, s, e)
			}
			b.ReportMetric(float64(len(events)), "events")
			var rows int
			require.NoError(b, e.db.QueryRow("select count(*) from "+s.Prefix+"_neighbours").Scan(&rows))
			b.ReportMetric(float64(rows), "rows")
			if !refreshable {
				require.Equal(b, rows, requireWhole(b, e, s, events))
			}
			e.server.Kill()
			b.ReportMetric(e.server.CPU().Seconds(), "server-cpu-s") // with loading the events, and reading the graph once
		})
	}
}
