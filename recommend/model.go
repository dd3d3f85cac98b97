package recommend

import (
	"context"
	"math"
	"runtime"
	"slices"
	"sync"

	"github.com/zhushou-ai/zhushou/recommend/learn"
)

// model is what was learned from all histories at one time. Its items are numbered by their ids, whatever
// the order in which the engine met them, so that it does not tell who brought them.
type model struct {
	learner  learn.Learner
	items    []int32   // by the model's number: the engine's
	numbers  []int32   // by the engine's number: the model's, or -1
	evidence []witness // evidenceKept for each item, strongest first; unused ones weigh 0
	options  LearnOptions
	settings *learn.Settings
	recorded uint64       // events there were when the histories were read
	forgets  uint64       // and calls of Forget
	unread   func() error // reads learner and evidence from a snapshot, once; nil if they were made here
}

// number returns the model's number of an item, or -1.
func (m *model) number(item int32) int32 {
	if m == nil || int(item) >= len(m.numbers) {
		return -1
	}
	return m.numbers[item]
}

// witness is an item that speaks for another: people took both.
type witness struct {
	item   int32 // the model's number, times two, plus one if most of these people bought both
	weight float32
}

const (
	evidenceKept   = 48  // witnesses kept for each item
	evidencePeople = 500 // people of an item that are asked
)

// evidenceOf returns the witnesses of an item.
func (m *model) evidenceOf(number int32) []witness {
	return m.evidence[int(number)*evidenceKept:][:evidenceKept]
}

// taste is one thing a person took: the item's number times two, plus one if they bought it.
type taste = int32

// gatherEvidence works out which items speak for which, as the incremental graph weighs them but without
// regard to time. It is for reasons alone; no ranking depends on it.
func gatherEvidence(ctx context.Context, h *learn.Histories, workers int) ([]witness, error) {
	starts, tastes := distinct(h)
	counts := make([]int, h.Items+1)
	for _, t := range tastes {
		counts[t/2+1]++
	}
	for i := range h.Items {
		counts[i+1] += counts[i]
	}
	people := make([]int32, len(tastes))
	fill := slices.Clone(counts)
	for who := range len(starts) - 1 {
		for _, t := range tastes[starts[who]:starts[who+1]] {
			people[fill[t/2]] = int32(who)
			fill[t/2]++
		}
	}
	out := make([]witness, h.Items*evidenceKept)
	if workers <= 0 {
		workers = runtime.GOMAXPROCS(0)
	}
	damping := make([]float32, h.Items)
	for i := range damping {
		damping[i] = float32(math.Pow(float64(counts[i+1]-counts[i]), targetPower))
	}
	var group sync.WaitGroup
	for worker := range workers {
		group.Go(func() {
			g := gatherer{cells: make([]tallyCell, h.Items), damping: damping}
			for i := worker; i < h.Items && ctx.Err() == nil; i += workers {
				g.gather(int32(i), people[counts[i]:counts[i+1]], starts, tastes, out[i*evidenceKept:][:evidenceKept])
			}
		})
	}
	group.Wait()
	return out, ctx.Err()
}

// distinct lists what each person took, each item once, by number.
func distinct(h *learn.Histories) (starts []int, tastes []taste) {
	starts, tastes = make([]int, 1, h.People()+1), make([]taste, 0, len(h.Taken))
	for who := range h.People() {
		from := len(tastes)
		for _, t := range h.Profile(who) {
			tastes = append(tastes, 2*t.Item+bit(t.Kind == buyKind))
		}
		own := tastes[from:]
		slices.SortFunc(own, func(a, b taste) int { return int(b - a) }) // of an item, the purchase first
		tastes = tastes[:from+len(slices.CompactFunc(own, func(a, b taste) bool { return a/2 == b/2 }))]
		starts = append(starts, len(tastes))
	}
	return starts, tastes
}

func bit(b bool) int32 {
	if b {
		return 1
	}
	return 0
}

// gatherer is the working memory of one goroutine: a cell per item, all zero between items.
type gatherer struct {
	cells   []tallyCell
	met     []int32
	heap    []scored
	damping []float32 // by item, not changed
}

func (g *gatherer) gather(item int32, people []int32, starts []int, tastes []taste, out []witness) {
	step := max(1, (len(people)+evidencePeople-1)/evidencePeople)
	for i := 0; i < len(people); i += step {
		own := tastes[starts[people[i]]:starts[people[i]+1]]
		if len(own) > 1000 {
			continue // says little, and costs much
		}
		at, _ := slices.BinarySearchFunc(own, item, func(t taste, item int32) int { return int(item - t/2) })
		share := float32(math.Pow(float64(len(own)), personPower))
		for _, t := range own {
			c := &g.cells[t/2]
			if c.sum == 0 {
				g.met = append(g.met, t/2)
			}
			c.sum += share
			if t&own[at]&1 == 1 {
				c.bought += share
			}
		}
	}
	best := top{keep: len(out), heap: g.heap[:0]}
	for _, n := range g.met {
		if n != item {
			best.push(scored{n, float64(g.cells[n].sum * g.damping[n])})
		}
	}
	for i, s := range best.sorted() {
		c := g.cells[s.item]
		out[i] = witness{2*s.item + bit(2*c.bought > c.sum), float32(s.score)}
	}
	for _, n := range g.met {
		g.cells[n] = tallyCell{}
	}
	g.met, g.heap = g.met[:0], best.heap
}
