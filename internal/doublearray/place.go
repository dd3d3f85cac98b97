package doublearray

import (
	"cmp"
	"maps"
	"math"
	"math/bits"
	"slices"
)

// place puts the nodes into slots, each state with one base.
func place(nodes []node) (codes []uint16, words []State) { return arrange(nodes, math.MaxInt) }

// A family is a state's children that have the same base: all of them, or those whose codes end in the same bits.
type family struct {
	parent  int32
	bits    uint8
	ending  uint16
	members int
}

// arrange puts the nodes into slots. The largest families go first, while there is room to choose; the many with a
// single child then fill the holes, so that hardly a slot is left over. A state with more than most children is parted
// into families, because large families leave wide gaps that nothing fills.
func arrange(nodes []node, most int) (codes []uint16, words []State) {
	if len(nodes) == 1 {
		return nil, nil
	}
	families := familiesOf(nodes, most)
	slices.SortStableFunc(families, func(x, y family) int { return cmp.Compare(y.members, x.members) })
	var p placement
	p.slots.set(0) // the root
	bases := make([]uint32, len(nodes))
	tables := make(map[int32][]uint32) // the bases of states that have several
	var wanted []int
	for _, f := range families {
		n := &nodes[f.parent]
		wanted = wanted[:0]
		if n.ends && f.ending == 0 {
			wanted = append(wanted, 0) // the place of the value
		}
		for _, c := range nodes[n.first:n.last] {
			if c.code&(1<<f.bits-1) == f.ending {
				wanted = append(wanted, int(c.code))
			}
		}
		base := uint32(p.fit(wanted))
		if f.bits == 0 {
			bases[f.parent] = base
			continue
		}
		if tables[f.parent] == nil {
			tables[f.parent] = make([]uint32, 1<<f.bits)
		}
		tables[f.parent][f.ending] = base
	}

	size := p.slots.last() + 1
	codes, words = make([]uint16, size), make([]State, size)
	for _, parent := range slices.Sorted(maps.Keys(tables)) {
		table := tables[parent]
		bases[parent] = uint32(len(words)) | uint32(bits.Len(uint(len(table)))-1)<<partedShift
		for _, base := range table {
			words = append(words, State(base))
		}
	}
	codes = append(codes, make([]uint16, len(words)-len(codes))...)
	words[0] = nodes[0].word(bases[0])
	for i := range nodes {
		n, s := &nodes[i], State(bases[i])
		if n.ends && n.first < n.last {
			words[baseOf(words, s, 0)] = State(n.value)
		}
		for j := n.first; j < n.last; j++ {
			c := &nodes[j]
			slot := baseOf(words, s, uint32(c.code)) + uint32(c.code)
			codes[slot], words[slot] = c.code, c.word(bases[j])
		}
	}
	return codes, words
}

// baseOf is [Trie.base] for an array that is not stored yet.
func baseOf(words []State, s State, code uint32) uint32 {
	if s < 1<<partedShift {
		return uint32(s)
	}
	return uint32(words[uint32(s)&partedIndex+code&(1<<(s>>partedShift)-1)])
}

// familiesOf returns the families of the states, those of a state with more than most children about half as large.
func familiesOf(nodes []node, most int) []family {
	var families []family
	for i := range nodes {
		n := &nodes[i]
		if n.first == n.last {
			continue
		}
		count := children(n)
		if count <= most {
			families = append(families, family{int32(i), 0, 0, count})
			continue
		}
		width := uint8(bits.Len(uint(2 * count / most)))
		members := make([]int, 1<<width)
		if n.ends {
			members[0]++
		}
		for _, c := range nodes[n.first:n.last] {
			members[c.code&(1<<width-1)]++
		}
		for ending, m := range members {
			if m > 0 {
				families = append(families, family{int32(i), width, uint16(ending), m})
			}
		}
	}
	return families
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
