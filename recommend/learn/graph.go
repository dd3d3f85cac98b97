package learn

import (
	"context"
	"slices"
)

// GraphSettings say how items are tied to each other: items i and j by
//
//	(Σ over people u who took both: weight(u,i) · weight(u,j) · deg(u)^-PersonPower · deg(i)^-ItemPower · deg(j)^-ItemPower) ^ Power
//
// where deg counts how many different things a person took, or how many people took an item.
type GraphSettings struct {
	Weights
	PersonPower float64 // how much less somebody says who took much
	ItemPower   float64 // how much less an item says that many took
	Power       float64 // below one, many weak ties count more against one strong tie
	// Limit is how many neighbours an item keeps, the strongest ones; zero keeps all.
	Limit int
}

// DefaultGraph are good settings where nothing is known.
func DefaultGraph() GraphSettings {
	return GraphSettings{PersonPower: 1, ItemPower: 0.4, Power: 0.7, Limit: 1000}
}

// Graph ties items that the same people took. It needs 8 bytes for each pair of neighbours in either direction.
type Graph struct {
	settings GraphSettings
	links
}

// NewGraph learns the graph on as many goroutines as asked for; zero means as many as there are processors.
func NewGraph(ctx context.Context, h *Histories, settings GraphSettings, workers int) (*Graph, error) {
	if err := h.check(); err != nil {
		return nil, err
	}
	return newGraph(ctx, newTable(h, settings.Weights), settings, workers)
}

func newGraph(ctx context.Context, t *table, settings GraphSettings, workers int) (*Graph, error) {
	g := &Graph{settings: settings, links: links{rows: make([][]entry, t.items.count()), factor: itemFactors(t, settings)}}
	all := make([]int32, t.items.count())
	for i := range all {
		all[i] = int32(i)
	}
	return g, g.build(ctx, t, all, workers)
}

// itemFactors returns what each item's degree makes of its ties.
func itemFactors(t *table, settings GraphSettings) []float32 {
	factor := make([]float32, t.items.count())
	for i := range factor {
		factor[i] = raised(len(t.items.row(i)), -settings.ItemPower*settings.Power)
	}
	return factor
}

func (g *Graph) build(ctx context.Context, t *table, items []int32, workers int) error {
	person := make([]float32, t.people.count())
	for u := range person {
		person[u] = raised(len(t.people.row(u)), -g.settings.PersonPower)
	}
	return g.link(ctx, items, workers, g.settings.Limit, g.settings.Power, func(item int32, to *linker) {
		for _, p := range t.items.row(int(item)) {
			x := person[p.id] * p.weight
			for _, e := range t.people.row(int(p.id)) {
				to.add(e.id, x*e.weight)
			}
		}
	})
}

// Rebuild returns the graph that [NewGraph] would learn from h with the same settings, to the bit, if h differs from
// what g was learned from in profiles that held, before or after, only the items named (and others that did not
// change). It works out again only the rows that can have changed: those of the items named and, where neighbours are
// limited, the full rows beside an item that now has more or fewer takers. g stays as it is.
func (g *Graph) Rebuild(ctx context.Context, h *Histories, changed []int32, workers int) (*Graph, error) {
	if err := h.check(); err != nil {
		return nil, err
	}
	t := newTable(h, g.settings.Weights)
	n := &Graph{settings: g.settings, links: links{rows: make([][]entry, h.Items), factor: itemFactors(t, g.settings)}}
	copy(n.rows, g.rows)
	stale := make([]bool, h.Items)
	for _, i := range changed {
		if i < 0 || int(i) >= h.Items {
			continue
		}
		stale[i] = true
		if g.settings.Limit <= 0 || int(i) < len(g.factor) && g.factor[i] == n.factor[i] {
			continue
		}
		for _, p := range t.items.row(int(i)) {
			for _, e := range t.people.row(int(p.id)) {
				stale[e.id] = stale[e.id] || len(n.rows[e.id]) >= g.settings.Limit
			}
		}
	}
	var items []int32
	for i, s := range stale {
		if s {
			items = append(items, int32(i))
		}
	}
	return n, n.build(ctx, t, items, workers)
}

// Score implements [Learner].
func (g *Graph) Score(dst []float32, profile []Taken, s *Scratch) {
	g.score(dst, s.gather(profile, len(g.rows), &g.settings.Weights))
}

func (g *Graph) meet(dst []float32, profile []Taken, met []int32, s *Scratch) []int32 {
	return g.links.meet(dst, s.gather(profile, len(g.rows), &g.settings.Weights), met)
}

// Explain implements [Learner].
func (g *Graph) Explain(profile []Taken, item int32, s *Scratch) []Share {
	if item < 0 || int(item) >= len(g.rows) {
		return nil
	}
	return g.explain(s.gather(profile, len(g.rows), &g.settings.Weights), item)
}

// Neighbours returns the items that an item is tied to, the strongest first, each with the strength of the tie.
func (g *Graph) Neighbours(item int32) []Hit {
	if item < 0 || int(item) >= len(g.rows) {
		return nil
	}
	hits := make([]Hit, 0, len(g.rows[item]))
	for _, e := range g.rows[item] {
		hits = append(hits, Hit{e.id, e.weight * g.factor[e.id] * g.factor[item]})
	}
	return slices.Clip(cut(hits, len(hits)))
}
