package pattern

import (
	"errors"
	"fmt"
	"sync"
	"unicode"

	"github.com/zhushou-ai/zhushou/internal/offheap"
)

// A Set is many phrases compiled into one automaton. It never changes and is safe for concurrent use.
type Set struct {
	starts []uint32 // for each state the first of its edges; and one more
	edges  []edge   // of a state: those of words by their character, then the others
	fills  []fill
	jumps  []jump
	slots  []Slot
	values []value // what valueRoot accepts
	ranks  []int32 // of the phrases, which phraseRoot accepts

	phraseRoot, valueRoot uint32

	needs  []need   // of each state
	others []uint32 // of each state the first edge that is not a word
	pool   sync.Pool
	memory *offheap.Memory // of tables above; methods that look at these keep the set alive to their end
}

// Len returns the number of phrases.
func (s *Set) Len() int { return len(s.ranks) }

// An edge leads to a state, which is higher than the one it is of.
type edge struct {
	label label
	to    uint32 // or what is accepted
}

// A label says what an edge leads over: a character, or what is in the upper bits with an index in the others.
type label uint32

const (
	runeLabel   label    = iota << 28
	emptyLabel           // nothing
	fillLabel            // a candidate or value; index of fills
	textLabel            // free text; index of slots, or noSlot
	jumpLabel            // bounded text; index of jumps
	acceptLabel          // the end; to is what is accepted
	labels               // of edges
	skipLabel   = labels // of cells: words that were skipped
)

func (l label) op() label  { return l &^ (1<<28 - 1) }
func (l label) index() int { return int(l & (1<<28 - 1)) }

// Indices of free text that fills no slot.
const (
	noSlot = 1<<28 - 1 - iota
	goesOn // after a jump, so that it can begin inside of a word
)

// A fill is a slot that a candidate of one kind fills.
type fill struct {
	slot uint32
	kind Kind
}

// The kinds of lists lie above those of the caller.
const (
	skipKind  = MaxKind + 1 + iota // words that can be skipped
	firstList                      // the first list
)

// A jump is the bounds of a wildcard in characters.
type jump struct {
	least, most uint32
	goesOn      uint32 // 1 if text goes on behind it, so that it can end inside of a word
}

// A value is one of a list.
type value struct {
	list  Kind
	index uint32
}

// A need is what the rest of a sentence must have so that a state can lead to its end. Characters and kinds are bits of
// their hashes.
type need struct {
	runes uint64 // in the rest
	kinds uint64 // of candidates in the rest
	first uint64 // one of them comes next
	least int32  // characters in the rest
	ends  bool   // nothing more is needed
}

func runeBit(r rune) uint64 { return 1 << (uint32(r) * 0x9E3779B1 >> 26) }
func kindBit(k Kind) uint64 { return 1 << (uint32(k) * 0x9E3779B1 >> 26) }

var errDamaged = errors.New("pattern: the data of a set are damaged")

// prepare checks the automaton and works out what its states need.
func (s *Set) prepare() error {
	n := len(s.starts) - 1
	if n < int(roots) || n > maxStates || s.starts[0] != 0 || int(s.starts[n]) != len(s.edges) ||
		s.phraseRoot >= uint32(n) || s.valueRoot >= uint32(n) {
		return fmt.Errorf("%w: states", errDamaged)
	}
	for _, f := range s.fills {
		if int(f.slot) >= len(s.slots) {
			return fmt.Errorf("%w: slots", errDamaged)
		}
	}
	for _, j := range s.jumps {
		if j.least < 1 || j.least > j.most || j.most > maxAny || j.goesOn > 1 {
			return fmt.Errorf("%w: bounds", errDamaged)
		}
	}
	s.needs, s.others = make([]need, n), make([]uint32, n)
	for state := n - 1; state >= 0; state-- {
		if s.starts[state] > s.starts[state+1] || !s.prepareState(uint32(state)) {
			return fmt.Errorf("%w: edges", errDamaged)
		}
	}
	if !s.leads(s.phraseRoot, len(s.ranks), labels) || !s.leads(s.valueRoot, len(s.values), fillLabel) {
		return fmt.Errorf("%w: ends", errDamaged)
	}
	s.settle()
	return nil
}

// settle moves the large tables beside the heap.
func (s *Set) settle() {
	s.memory = offheap.Reserve(offheap.Size(s.starts) + offheap.Size(s.edges) + offheap.Size(s.needs) + offheap.Size(s.others))
	s.starts, s.edges = offheap.Move(s.memory, s.starts), offheap.Move(s.memory, s.edges)
	s.needs, s.others = offheap.Move(s.memory, s.needs), offheap.Move(s.memory, s.others)
}

// leads reports whether what is accepted from root on is below limit, and the ways there have no labels but those below
// beyond.
func (s *Set) leads(root uint32, limit int, beyond label) bool {
	seen := make([]bool, len(s.needs))
	stack := []uint32{root}
	for len(stack) > 0 {
		state := stack[len(stack)-1]
		stack = stack[:len(stack)-1]
		for _, e := range s.edges[s.starts[state]:s.starts[state+1]] {
			switch op := e.label.op(); {
			case op == acceptLabel:
				if int(e.to) >= limit {
					return false
				}
			case op >= beyond:
				return false
			case !seen[e.to]:
				seen[e.to] = true
				stack = append(stack, e.to)
			}
		}
	}
	return true
}

// prepareState checks the edges of a state, those of all higher ones being checked.
func (s *Set) prepareState(state uint32) bool {
	edges := s.edges[s.starts[state]:s.starts[state+1]]
	all := need{runes: ^uint64(0), kinds: ^uint64(0), least: MaxRunes + 1}
	s.others[state] = s.starts[state]
	for i, e := range edges {
		op := e.label.op()
		if op >= labels || i > 0 && op < edges[i-1].label.op() {
			return false
		}
		if op == acceptLabel {
			all = need{first: all.first, ends: true}
			continue
		}
		if e.to <= state || int(e.to) >= len(s.needs) {
			return false
		}
		next, ok := s.past(e)
		if !ok || op == runeLabel && i > 0 && e.label < edges[i-1].label {
			return false
		}
		if op == runeLabel {
			s.others[state]++
		}
		all.runes &= next.runes
		all.kinds &= next.kinds
		all.first |= next.first
		all.least = min(all.least, next.least)
		all.ends = all.ends || next.ends
	}
	s.needs[state] = all
	return true
}

// past returns what is needed to go along an edge, and whether there is such an edge.
func (s *Set) past(e edge) (need, bool) {
	next := s.needs[e.to]
	i := e.label.index()
	switch e.label.op() {
	case emptyLabel:
		return next, i == 0
	case runeLabel:
		bit := runeBit(rune(i))
		return need{next.runes | bit, next.kinds, bit, next.least + 1, false}, i <= unicode.MaxRune
	case fillLabel:
		if i >= len(s.fills) {
			return need{}, false
		}
		return need{next.runes, next.kinds | kindBit(s.fills[i].kind), ^uint64(0), next.least + 1, false}, true
	case textLabel:
		return need{next.runes, next.kinds, ^uint64(0), next.least + 1, false}, i < len(s.slots) || i == noSlot || i == goesOn
	}
	if i >= len(s.jumps) {
		return need{}, false
	}
	return need{next.runes, next.kinds, ^uint64(0), next.least + int32(s.jumps[i].least), false}, true
}
