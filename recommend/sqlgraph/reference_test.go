package sqlgraph_test

import (
	"cmp"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"time"

	"github.com/zhushou-ai/zhushou/recommend/sqlgraph"
)

// event is a row of the events table.
type event struct {
	person, item string
	at           time.Time
}

// tie is a row of the graph, by the names of the items.
type tie struct{ item, neighbour string }

type strength struct {
	score   float64
	support int
}

// reference is the graph by its definition, with all neighbours kept.
func reference(events []event, s sqlgraph.Settings, until time.Time) map[tie]strength {
	history := or(s.History, 200)
	support := or(s.Support, 2)
	taken := histories(events, history, s.Window, until)
	degree := map[string]int{}
	for _, items := range taken {
		for _, i := range items {
			degree[i]++
		}
	}
	sums := map[tie]float64{}
	counts := map[tie]int{}
	for _, items := range taken {
		weight := math.Pow(float64(len(items)), -or(s.PersonPower, 1.2))
		for _, i := range items {
			for _, j := range items {
				if i != j {
					sums[tie{i, j}] += weight
					counts[tie{i, j}]++
				}
			}
		}
	}
	graph := map[tie]strength{}
	for t, sum := range sums {
		if counts[t] < support {
			continue
		}
		of := math.Pow(float64(degree[t.item]), -or(s.ItemPower, 0.4)) * math.Pow(float64(degree[t.neighbour]), -or(s.ItemPower, 0.4))
		graph[t] = strength{math.Pow(sum*of, or(s.Power, 0.7)), counts[t]}
	}
	return graph
}

// histories are the different items among each person's newest events, in the order of their bytes.
func histories(events []event, history int, window time.Duration, until time.Time) map[string][]string {
	byPerson := map[string][]event{}
	for _, e := range events {
		if e.at.Before(until) && (window == 0 || !e.at.Before(until.Add(-window))) {
			byPerson[e.person] = append(byPerson[e.person], e)
		}
	}
	taken := map[string][]string{}
	for person, list := range byPerson {
		slices.SortFunc(list, func(a, b event) int { return cmp.Or(b.at.Compare(a.at), cmp.Compare(a.item, b.item)) })
		var items []string
		for _, e := range list[:min(len(list), history)] {
			items = append(items, e.item)
		}
		slices.Sort(items)
		taken[person] = slices.Compact(items)
	}
	return taken
}

func or[T comparable](value, fallback T) T { return cmp.Or(value, fallback) }

var day = 24 * time.Hour

// generated makes events of people with different tastes, whose favourites are taken often; some events come twice, and
// some names differ by case or by a blank only.
func generated(seed uint64, people, items, most int) []event {
	random := rand.New(rand.NewPCG(seed, 1))
	start := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	var events []event
	for u := range people {
		person := fmt.Sprintf("用户%d", u/2)
		if u%2 == 1 {
			person = fmt.Sprintf("用户%d ", u/2)
		}
		taste := random.IntN(5)
		for range 1 + random.IntN(most) {
			favourite := int(float64(items) * math.Pow(random.Float64(), 2))
			i := (favourite + taste*items/10) % items
			item := fmt.Sprintf("item%d", i/2)
			if i%2 == 1 {
				item = fmt.Sprintf("Item%d", i/2)
			}
			at := start.Add(time.Duration(random.IntN(90*24)) * time.Hour)
			events = append(events, event{person, item, at})
			if random.IntN(10) == 0 {
				events = append(events, event{person, item, at.Add(time.Hour)})
			}
		}
	}
	return events
}
