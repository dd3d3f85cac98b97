package recommend

import (
	"math"
	"slices"
	"strings"
	"sync/atomic"
)

// graph is who took to what. Everything derived from it can be derived again, so taking a person out
// leaves no trace.
type graph struct {
	config  Config
	decay   *decay
	ids     map[string]int32
	persons []person
	free    []int32 // places of persons who were forgotten

	// By item number.
	people   [][]int32 // who took to it, newcomers last
	versions []uint32  // counts changes in the evidence about the item
	damping  []float32 // people^targetPower
	lists    []atomic.Pointer[neighbourList]
}

func newGraph(config Config) *graph {
	return &graph{config: config, decay: newDecay(config.HalfLife), ids: map[string]int32{}}
}

// grow makes room for items numbered below n.
func (g *graph) grow(n int) {
	for len(g.people) < n {
		g.people = append(g.people, nil)
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

// intern returns the number of a person, new or known.
func (g *graph) intern(user string) int32 {
	n, ok := g.ids[user]
	if ok {
		return n
	}
	if k := len(g.free); k > 0 {
		n, g.free = g.free[k-1], g.free[:k-1]
	} else {
		n = int32(len(g.persons))
		g.persons = append(g.persons, person{})
	}
	user = strings.Clone(user) // do not keep a whole request alive for one id
	g.ids[user] = n
	return n
}

// person returns a user's history, or nil.
func (g *graph) person(user string) *person {
	if n, ok := g.ids[user]; ok {
		return &g.persons[n]
	}
	return nil
}

// link says that a person's evidence about an item began or ended.
func (g *graph) link(item, who int32, on bool) {
	people := g.people[item]
	if on {
		people = append(people, who)
	} else if i := slices.Index(people, who); i >= 0 {
		people = slices.Delete(people, i, i+1)
	}
	g.people[item] = people
	g.damping[item] = float32(math.Pow(float64(max(1, len(people))), targetPower))
}

// changed says that the evidence about all items of a person is not what it was.
func (g *graph) changed(p *person) {
	for i := range p.marks {
		g.versions[p.marks[i].item]++
	}
}
