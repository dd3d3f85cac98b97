package doublearray

import (
	"cmp"
	"math/bits"
	"slices"
)

// place puts the nodes into slots. The states with most children go first, while there is room to choose; the many
// with a single child then fill the holes, so that hardly a slot is left over.
func place(nodes []node) (codes []uint16, words []State) {
	if len(nodes) == 1 {
		return nil, nil
	}
	var parents []int32
	for i := range nodes {
		if nodes[i].first < nodes[i].last {
			parents = append(parents, int32(i))
		}
	}
	slices.SortStableFunc(parents, func(x, y int32) int {
		return cmp.Compare(children(&nodes[y]), children(&nodes[x]))
	})
	var p placement
	p.slots.set(0) // the root
	bases := make([]uint32, len(nodes))
	var wanted []int
	for _, i := range parents {
		n := &nodes[i]
		wanted = wanted[:0]
		if n.ends {
			wanted = append(wanted, 0) // the place of the value
		}
		for _, c := range nodes[n.first:n.last] {
			wanted = append(wanted, int(c.code))
		}
		bases[i] = uint32(p.fit(wanted))
	}

	size := p.slots.last() + 1
	codes, words = make([]uint16, size), make([]State, size)
	words[0] = nodes[0].word(bases[0])
	for _, i := range parents {
		n := &nodes[i]
		if n.ends {
			words[bases[i]] = State(n.value)
		}
		for j := n.first; j < n.last; j++ {
			c := &nodes[j]
			slot := int(bases[i]) + int(c.code)
			codes[slot], words[slot] = c.code, c.word(bases[j])
		}
	}
	return codes, words
}

func children(n *node) int {
	count := int(n.last - n.first)
	if n.ends {
		count++
	}
	return count
}

func (n *node) word(base uint32) State {
	switch {
	case n.first == n.last:
		return ends | childless | State(n.value)
	case n.ends:
		return ends | State(base)
	}
	return State(base)
}

// States with as many children share the slot from which a search starts; it moves on after a long search. That keeps
// the time linear, at the price of a few holes.
const (
	searches   = 32 // states with more children than this share one start
	longSearch = 256
)

type placement struct {
	slots, bases bitmap
	start        [searches]int
}

// fit finds a base that no state has and from which all the wanted codes, ascending, fall on free slots; it takes
// them all.
func (p *placement) fit(wanted []int) int {
	start := &p.start[min(len(wanted), searches)-1]
	slot := max(*start, wanted[0]+1)
	for tried := 0; ; tried, slot = tried+1, slot+1 {
		slot = p.slots.nextFree(slot)
		base := slot - wanted[0]
		if p.bases.has(base) || !p.free(base, wanted[1:]) {
			continue
		}
		if tried > longSearch {
			*start = slot
		}
		p.bases.set(base)
		for _, code := range wanted {
			p.slots.set(base + code)
		}
		return base
	}
}

func (p *placement) free(base int, codes []int) bool {
	for _, code := range codes {
		if p.slots.has(base + code) {
			return false
		}
	}
	return true
}

// A bitmap is a growing set of numbers.
type bitmap []uint64

func (b bitmap) has(i int) bool { return i/64 < len(b) && b[i/64]>>(i%64)&1 != 0 }

func (b *bitmap) set(i int) {
	for i/64 >= len(*b) {
		*b = append(*b, 0)
	}
	(*b)[i/64] |= 1 << (i % 64)
}

// nextFree returns the smallest number from i on that is not in the set.
func (b bitmap) nextFree(i int) int {
	for w := i / 64; w < len(b); w++ {
		free := ^b[w]
		if w == i/64 {
			free &= ^uint64(0) << (i % 64)
		}
		if free != 0 {
			return w*64 + bits.TrailingZeros64(free)
		}
	}
	return max(i, len(b)*64)
}

// last returns the largest number of a set that is not empty.
func (b bitmap) last() int { return len(b)*64 - 1 - bits.LeadingZeros64(b[len(b)-1]) }
