package recommend

import (
	"math"
	"slices"
)

// How co-occurrence becomes a score. A common person counts less the more items they have, an item
// less the more people it has; sums are damped, so that many weak links beat one strong one.
const (
	personPower = -1.2 // of the number of items of a common person
	targetPower = -0.4 // of the number of people of the item suggested
	anchorPower = -0.4 // of the number of people of the item suggested from
	sumPower    = 0.7  // of the whole

	maxPeople = 500 // newest people through whom an item is compared
	staleness = 16  // a list is rebuilt once more than one in so many people has changed
)

// neighbour is an item related to another.
type neighbour struct {
	item   int32
	score  float32
	bought bool // most of the evidence is that people bought both
}

// neighbourList is an item's related items, by item number, as of a version of its evidence.
type neighbourList struct {
	version uint32
	items   []neighbour
}

// of returns the neighbour with an item number.
func (l *neighbourList) of(item int32) (neighbour, bool) {
	i, ok := slices.BinarySearchFunc(l.items, item, func(n neighbour, item int32) int { return int(n.item) - int(item) })
	if !ok {
		return neighbour{}, false
	}
	return l.items[i], true
}

// list returns an item's neighbours, built now if they are missing or out of date. Callers hold the
// engine's lock for reading; several may build the same list, to the same result.
func (g *graph) list(item int32, t *tally) *neighbourList {
	l := g.lists[item].Load()
	if l == nil || int(g.versions[item]-l.version) > len(g.takers[item])/staleness {
		l = g.build(item, t)
		g.lists[item].Store(l)
	}
	return l
}

// fresh reports whether list would answer without building.
func (g *graph) fresh(item int32) bool {
	l := g.lists[item].Load()
	return l != nil && int(g.versions[item]-l.version) <= len(g.takers[item])/staleness
}

// tally is the working memory of build: a cell per item, all zero between builds.
type tally struct {
	ids     []string
	cells   []tallyCell
	touched []int32
	met     []scored
	places  []int // in each person's marks, where the item is
}

type tallyCell struct {
	sum    float32
	bought float32 // the part of sum that is two purchases
}

// build counts what the item's people also took to. A pair is as old as the older of its two events,
// seen from the newest event on the item.
func (g *graph) build(item int32, t *tally) *neighbourList {
	all := g.takers[item]
	takers := all[max(0, len(all)-maxPeople):]
	newest := int64(math.MinInt64)
	t.places = t.places[:0]
	for _, who := range takers {
		p := g.at(who)
		at := p.find(item)
		t.places = append(t.places, at)
		if at < 0 {
			continue // a damaged snapshot whose checksums were skipped
		}
		newest = max(newest, p.marks[at].time)
	}
	for k, who := range takers {
		marks := g.at(who).marks
		if t.places[k] < 0 {
			continue
		}
		own := &marks[t.places[k]]
		share := g.shares[min(len(marks), len(g.shares)-1)] * own.strength
		ownAge := newest - own.time
		for i := range marks {
			m := &marks[i]
			if m.strength == 0 || m.item == item {
				continue
			}
			v := share * m.strength * g.decay.coarse(max(ownAge, newest-m.time))
			c := &t.cells[m.item]
			if c.sum == 0 {
				t.touched = append(t.touched, m.item)
			}
			c.sum += v
			if own.buys > 0 && m.buys > 0 {
				c.bought += v
			}
		}
	}
	t.met = t.met[:0]
	for _, n := range t.touched {
		t.met = append(t.met, scored{n, float64(t.cells[n].sum * g.damping[n])})
	}
	best := top{keep: g.config.Neighbours, ids: t.ids}
	kept := best.first(t.met)
	scale := math.Pow(float64(len(all)), anchorPower)
	if len(takers) > 0 {
		scale *= float64(len(all)) / float64(len(takers)) // a sample stands for all
	}
	l := &neighbourList{version: g.versions[item], items: make([]neighbour, 0, len(kept))}
	for _, s := range kept {
		c := t.cells[s.item]
		l.items = append(l.items, neighbour{
			item: s.item, score: float32(math.Pow(s.score*scale, sumPower)), bought: 2*c.bought > c.sum,
		})
	}
	slices.SortFunc(l.items, func(a, b neighbour) int { return int(a.item) - int(b.item) })
	for _, n := range t.touched {
		t.cells[n] = tallyCell{}
	}
	t.touched = t.touched[:0]
	return l
}
