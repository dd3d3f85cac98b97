package redisgraph

import (
	"math"
	"slices"
)

// tally adds up scores by item. It is a hash table with room for what one answer touches, because the catalogue may be
// a thousand times as large.
type tally struct {
	cells []cell
	mask  uint32
	used  []uint32 // cells
}

type cell struct {
	item  uint32 // plus one; zero is free
	score float64
}

// reset empties the tally and makes room for so many items.
func (t *tally) reset(items int) {
	for _, c := range t.used {
		t.cells[c] = cell{}
	}
	t.used = t.used[:0]
	size := 64
	for size < 2*items {
		size *= 2
	}
	if len(t.cells) < size {
		t.cells = make([]cell, size)
		t.mask = uint32(size - 1)
	}
}

// at returns the score of an item, for adding to it.
func (t *tally) at(item uint32) *float64 {
	for i := item * 2654435769 & t.mask; ; i = (i + 1) & t.mask {
		c := &t.cells[i]
		if c.item == item+1 {
			return &c.score
		}
		if c.item == 0 {
			c.item = item + 1
			t.used = append(t.used, i)
			return &c.score
		}
	}
}

// blocked is the score of what must not be suggested: nothing that is added makes it more.
var blocked = math.Inf(-1)

// pick is an item of an answer.
type pick struct {
	item    uint32
	score   float64
	popular bool // it fills up
}

// before reports whether a is to come before b.
func before(a, b pick) int {
	switch {
	case a.score > b.score:
		return -1
	case a.score < b.score:
		return 1
	}
	return int(a.item) - int(b.item)
}

// top appends the best items with a score above zero, at most so many, the best first; of equals the one with the lower
// number.
func (t *tally) top(to []pick, most int) []pick {
	bar := pick{}
	for _, i := range t.used {
		c := &t.cells[i]
		p := pick{item: c.item - 1, score: c.score}
		if !(p.score > 0) || bar.score > 0 && before(p, bar) > 0 {
			continue
		}
		to = append(to, p)
		if len(to) >= 2*most+64 {
			slices.SortFunc(to, before)
			to = to[:most]
			bar = to[most-1]
		}
	}
	slices.SortFunc(to, before)
	return to[:min(most, len(to))]
}

// of returns the score of an item, zero if it was not touched.
func (t *tally) of(item uint32) float64 {
	for i := item * 2654435769 & t.mask; ; i = (i + 1) & t.mask {
		switch c := &t.cells[i]; c.item {
		case item + 1:
			return c.score
		case 0:
			return 0
		}
	}
}
