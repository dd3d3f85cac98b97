package doublearray

import (
	"fmt"
	"math"
	"math/bits"
)

// NewAutomaton builds the automaton of these entries, in any order. It refuses what [Build] refuses, and more than
// 65,534 different runes, keys of more than 65,535 runes and values or a number of states above 2²⁸-1.
func NewAutomaton(entries []Entry) (*Automaton, error) {
	alphabet, err := newAlphabet(entries)
	if err != nil {
		return nil, fmt.Errorf("build automaton: %w", err)
	}
	if alphabet.longest > math.MaxUint16 {
		return nil, fmt.Errorf("build automaton: a key of %d runes, at most %d", alphabet.longest, math.MaxUint16)
	}
	for _, e := range entries {
		if e.Value > target {
			return nil, fmt.Errorf("build automaton: value %d of key %q is above %d", e.Value, e.Key, target)
		}
	}
	tree, err := grow(entries, alphabet)
	if err != nil {
		return nil, fmt.Errorf("build automaton: %w", err)
	}
	codes, states := place(tree)
	most := 0 // the codes are 1 to most
	for i := range tree {
		most = max(most, int(tree[i].code))
	}
	if most >= noEdge || len(codes)+most >= int(target) {
		return nil, fmt.Errorf("build automaton: %d different runes and %d states are too many", most, len(codes))
	}
	a := &Automaton{alphabet: alphabet}
	a.setNodes(codes, states, most)
	a.link(tree)
	a.setFirst(most)
	return a, nil
}

// setNodes takes over the double array. Behind it there is room for one step from every base, and from the base
// len(a.nodes), which has no children.
func (a *Automaton) setNodes(codes []uint16, states []State, most int) {
	size := max(1, len(states))
	a.checks = make([]uint16, size+most+1)
	for slot := range a.checks {
		a.checks[slot] = noEdge
	}
	a.nodes = make([]uint32, size)
	for slot, s := range states {
		switch {
		case slot != 0 && codes[slot] == 0:
			a.nodes[slot] = uint32(s) // the value of a key that others continue, or nothing
			continue
		case s&childless != 0:
			a.nodes[slot] = isKey | isLeaf | uint32(s&payload)
		case s&ends != 0:
			a.nodes[slot] = isKey | uint32(s&payload)
		default:
			a.nodes[slot] = uint32(s & payload)
		}
		if slot != 0 {
			a.checks[slot] = codes[slot]
		}
	}
	a.root = a.nodes[0] & target
}

// link finds depth and suffix of every state, level by level.
func (a *Automaton) link(tree []node) {
	a.depths = make([]uint16, len(a.nodes))
	all := make([]link, len(a.nodes))
	slots := make([]uint32, len(tree))
	for i := range tree {
		slot := slots[i]
		for j := tree[i].first; j < tree[i].last; j++ {
			code := tree[j].code
			child := a.nodes[slot]&target + uint32(code)
			slots[j] = child
			a.depths[child] = a.depths[slot] + 1
			if i == 0 {
				continue // its suffix is empty
			}
			suffix := a.longest(all, all[slot].suffix, code)
			switch {
			case a.nodes[suffix]&isKey != 0:
				all[child].shorter = suffix
			default:
				all[child].shorter = all[suffix].shorter
			}
			if all[child].shorter != 0 {
				a.nodes[child] |= hasShorter
			}
			if a.nodes[suffix]&isLeaf != 0 {
				suffix = all[suffix].suffix
			}
			if all[child].suffix = suffix; a.depths[suffix] > 1 {
				a.nodes[child] |= isDeep
			}
		}
	}
	a.links.keep(all, slots[1:], a.nodes)
}

// longest returns the slot reached with code from the state in slot or, where no key continues so, from the longest of
// its suffixes from which one does.
func (a *Automaton) longest(all []link, slot uint32, code uint16) uint32 {
	for {
		if to := a.nodes[slot]&target + uint32(code); a.checks[to] == code {
			return to
		}
		if slot == 0 {
			return 0
		}
		slot = all[slot].suffix
	}
}

// keep takes the links of those slots that need one.
func (l *links) keep(all []link, slots []uint32, nodes []uint32) {
	l.has = make([]uint64, len(nodes)/64+1)
	l.ranks = make([]uint32, len(l.has))
	n := 0
	for _, slot := range slots {
		if nodes[slot]&(hasShorter|isDeep) != 0 {
			l.has[slot/64] |= 1 << (slot % 64)
			n++
		}
	}
	l.all = make([]link, 0, n)
	for word, has := range l.has {
		l.ranks[word] = uint32(len(l.all))
		for ; has != 0; has &= has - 1 {
			l.all = append(l.all, all[word*64+bits.TrailingZeros64(has)])
		}
	}
}

func (a *Automaton) setFirst(most int) {
	none := uint32(len(a.nodes)) // a base without children
	a.first = make([]uint32, most+1)
	a.first[0] = none
	for code := 1; code <= most; code++ {
		a.first[code] = none
		if slot := a.root + uint32(code); a.checks[slot] == uint16(code) {
			if a.first[code] = a.nodes[slot]; a.nodes[slot]&isLeaf != 0 {
				a.first[code] = isKey | none
			}
		}
	}
}
