package recommend

import (
	"math"
	"slices"
	"sync/atomic"
)

// graph is who took to what. Everything derived from it can be derived again, so taking a person out
// leaves no trace.
type graph struct {
	config Config
	decay  *decay
	people

	// By item number.
	takers   [][]int32 // who took to it, newcomers last
	passed   []int32   // how many met it and did not
	versions []uint32  // counts changes in the evidence about the item
	damping  []float32 // takers^targetPower
	lists    []atomic.Pointer[neighbourList]

	shares   []float32 // by how many items a person has: what they count as a common person
	dampings []float32 // by how many people an item has, as far as it goes
}

func newGraph(config Config, s stored) *graph {
	g := &graph{config: config, decay: newDecay(config.HalfLife), people: newPeople(s), shares: make([]float32, config.History+1)}
	for n := range g.shares {
		g.shares[n] = float32(math.Pow(float64(max(1, n)), personPower))
	}
	g.dampings = make([]float32, 1024)
	for n := range g.dampings {
		g.dampings[n] = float32(math.Pow(float64(max(1, n)), targetPower))
	}
	return g
}

// grow makes room for items numbered below n.
func (g *graph) grow(n int) {
	if more := n - len(g.takers); more > 1 {
		g.takers, g.versions, g.damping = slices.Grow(g.takers, more), slices.Grow(g.versions, more), slices.Grow(g.damping, more)
		g.passed = slices.Grow(g.passed, more)
	}
	for len(g.takers) < n {
		g.takers = append(g.takers, nil)
		g.passed = append(g.passed, 0)
		g.versions = append(g.versions, 0)
		g.damping = append(g.damping, 0)
	}
	if n > len(g.lists) { // pointers that must not be copied while read: the engine's lock sees to it
		lists := make([]atomic.Pointer[neighbourList], max(n, 2*len(g.lists)))
		for i := range g.lists {
			lists[i].Store(g.lists[i].Load())
		}
		g.lists = lists
	}
}

// link says that a person's evidence about an item began or ended.
func (g *graph) link(item, who int32, on bool) {
	takers := g.takers[item]
	if on {
		takers = append(takers, who)
	} else if i := slices.Index(takers, who); i >= 0 {
		takers = slices.Concat(takers[:i], takers[i+1:]) // a copy: it may lie in a snapshot
	}
	g.setTakers(item, takers)
}

func (g *graph) setTakers(item int32, takers []int32) {
	g.takers[item] = takers
	if len(takers) < len(g.dampings) {
		g.damping[item] = g.dampings[len(takers)]
		return
	}
	g.damping[item] = float32(math.Pow(float64(len(takers)), targetPower))
}

// changed says that the evidence about all items of a person is not what it was.
func (g *graph) changed(p *person) {
	for i := range p.marks {
		g.versions[p.marks[i].item]++
	}
}
