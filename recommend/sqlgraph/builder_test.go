package sqlgraph_test

import (
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/zhushou-ai/zhushou/recommend/sqlgraph"
)

func testBuild(t *testing.T, e *engine, seed uint64, with sqlgraph.Settings) {
	s := e.settings(t)
	s.History, s.Support, s.PersonPower, s.ItemPower, s.Power = with.History, with.Support, with.PersonPower, with.ItemPower, with.Power
	s.Refreshable = with.Refreshable
	events := generated(seed, 300, 120, 40)
	e.load(t, s, events)
	s.Neighbours = 1000
	build(t, s, e)
	want := reference(events, s, time.Now())
	requireSame(t, want, e.graph(t, s))

	s.Neighbours = 7
	build(t, s, e)
	requireBest(t, want, e.graph(t, s), 7)
}

// A graph that was refreshed day by day is the graph that is built at once.
func testRefresh(t *testing.T, e *engine) {
	s := e.settings(t)
	s.History, s.Refreshable, s.Neighbours = 20, true, 1000
	s.Late = 200 * 365 * day / 2
	events := generated(4, 200, 80, 40)
	rand.New(rand.NewPCG(4, 4)).Shuffle(len(events), func(i, j int) { events[i], events[j] = events[j], events[i] })
	half := len(events) / 2
	e.load(t, s, events[:half])
	b := builder(t, s, e)
	require.ErrorIs(t, b.Refresh(t.Context()), sqlgraph.ErrRebuild)
	require.NoError(t, b.Build(t.Context()))
	for start := half; start < len(events); start += half / 3 {
		end := min(start+half/3, len(events))
		e.load(t, s, events[start:end])
		require.NoError(t, b.Refresh(t.Context()))
		requireSame(t, reference(events[:end], s, time.Now()), e.graph(t, s))
	}
}

// Events leave with the window, come late, and are erased; what they said goes with them.
func testForgetting(t *testing.T, e *engine) {
	s := e.settings(t)
	s.Refreshable, s.Neighbours, s.Window, s.Late = true, 1000, 40*day, 25*time.Hour
	events := generated(11, 150, 80, 40)
	b := builder(t, s, e)
	first := events[0].at
	for _, ev := range events {
		if ev.at.Before(first) {
			first = ev.at
		}
	}
	var there []event
	add := func(from, to time.Time) {
		var part []event
		for _, ev := range events {
			if !ev.at.Before(from) && ev.at.Before(to) {
				part = append(part, ev)
			}
		}
		e.load(t, s, part)
		there = append(there, part...)
	}
	now := first.Add(45 * day)
	add(first, now)
	b.SetNow(now)
	require.NoError(t, b.Build(t.Context()))
	requireSame(t, reference(there, s, now), e.graph(t, s))
	for range 3 {
		add(now, now.Add(4*day))
		now = now.Add(5 * day)
		b.SetNow(now)
		require.NoError(t, b.Refresh(t.Context()))
		requireSame(t, reference(there, s, now), e.graph(t, s))
		add(now.Add(-day), now) // late
	}

	erased := there[len(there)-1].person
	text := "delete from " + s.Events.Table + " where who = $1"
	if e.dialect == sqlgraph.MySQL {
		text = "delete from " + s.Events.Table + " where cast(who as binary) = ?"
	}
	e.exec(t, text, erased)
	there = slices.DeleteFunc(there, func(ev event) bool { return ev.person == erased })
	require.NoError(t, b.Refresh(t.Context(), erased))
	requireSame(t, reference(there, s, now), e.graph(t, s))
	var left int
	require.NoError(t, e.db.QueryRow("select count(*) from "+s.Prefix+"_people where person = '"+erased+"'").Scan(&left))
	require.Zero(t, left, "not even the name is kept")
	require.NoError(t, e.db.QueryRow("select count(*) from "+s.Prefix+"_state where value like '%"+erased+"%'").Scan(&left))
	require.Zero(t, left)
	for _, table := range []string{"_now", "_touched", "_next", "_delta"} {
		require.Error(t, e.db.QueryRow("select count(*) from "+s.Prefix+table).Scan(&left), table)
	}
}
