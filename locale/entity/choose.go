package entity

import (
	"slices"

	"github.com/zhushou-ai/zhushou/locale/quantity"
)

// A chooser decides between readings that share text.
type chooser struct {
	group  []Entity // by start; each shares text with one before it
	states []state  // of the readings in the group
	order  []int    // the more telling ones first
}

// A state is what is known of a reading in a group.
type state struct {
	lost  bool
	reach int // how far the readings up to this one go
	cut   cut // if it is chosen
}

// A cut says how far to both sides of a chosen reading those went that it ruled out.
type cut struct {
	best     int // the place of the reading among the best
	from, to int
}

// choose returns the best of readings that share text and all that share none, in order, and what this cut off.
func choose(all []Entity) ([]Entity, []cut) {
	best := make([]Entity, 0, len(all))
	var (
		cuts []cut
		c    chooser
	)
	for from, to := 0, 0; from < len(all); from = to {
		end := all[from].to
		for to = from + 1; to < len(all) && all[to].from < end; to++ {
			end = max(end, all[to].to)
		}
		if to == from+1 {
			best = append(best, all[from])
			continue
		}
		c.decide(all[from:to])
		for i := range c.group {
			s, e := &c.states[i], &c.group[i]
			if s.lost {
				continue
			}
			if s.cut.from < e.from || s.cut.to > e.to {
				s.cut.best = len(best)
				cuts = append(cuts, s.cut)
			}
			best = append(best, *e)
		}
	}
	return best, cuts
}

// decide lets the readings of a group choose, the more telling ones first. Each that is chosen rules out those that share
// text with it.
func (c *chooser) decide(group []Entity) {
	c.group, c.states, c.order = group, slices.Grow(c.states[:0], len(group)), slices.Grow(c.order[:0], len(group))
	reach := 0
	for i := range group {
		e := &group[i]
		reach = max(reach, e.to)
		c.states = append(c.states, state{reach: reach, cut: cut{from: e.from, to: e.to}})
		c.order = append(c.order, i)
	}
	slices.SortStableFunc(c.order, func(i, k int) int { return compare(&group[i], &group[k]) })
	for _, i := range c.order {
		if !c.states[i].lost {
			c.take(i)
		}
	}
}

// take chooses the reading at i.
func (c *chooser) take(i int) {
	e := &c.group[i]
	for k := i + 1; k < len(c.group) && c.group[k].from < e.to; k++ {
		c.rule(i, k)
	}
	for k := i - 1; k >= 0 && c.states[k].reach > e.from; k-- {
		if c.group[k].to > e.from {
			c.rule(i, k)
		}
	}
}

// rule rules out the reading at k, which shares text with the one at i.
func (c *chooser) rule(i, k int) {
	c.states[k].lost = true
	cut, e := &c.states[i].cut, &c.group[k]
	cut.from, cut.to = min(cut.from, e.from), max(cut.to, e.to)
}

// yieldToTimes makes amounts of time yield to a Time that begins with their number: 至少三天 to 三天, and 至少三天 in
// 至少三天后 to 三天后.
func yieldToTimes(all []Entity, text string) {
	for i := range all {
		a := &all[i]
		m, ok := a.Value.(quantity.Match)
		if !ok || m.Quantity.Unit.Dimension() != quantity.Time {
			continue
		}
		for k := i + 1; k < len(all) && all[k].from < a.to; k++ {
			t := &all[k]
			if t.Kind == Time && (t.from > a.from || m.Quantity.Bound != quantity.Exact) && !hasNumerals(text[a.from:t.from]) {
				a.yields = true
			}
		}
	}
}
