package pattern

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// A builder makes the states and edges of a set. States that the same way leads to from one state are the same state,
// so that phrases share their beginnings.
type builder struct {
	edges    [][]edge // by state; the target of an accepting edge is what it accepts
	known    map[arc]bool
	children map[step]uint32
	spelled  map[letter]uint32

	lists map[listKey]Kind // the kinds of compiled lists
	set   *Set
}

type arc struct {
	from uint32
	edge edge
}

// A step is a way from a state: a node in a scope.
type step struct {
	from  uint32
	scope *Scope
	way   string
}

// A letter is the step over one character.
type letter struct {
	from uint32
	rune rune
}

type listKey struct {
	scope *Scope
	name  string
}

// The states from which phrases and values begin.
const (
	phraseRoot uint32 = iota
	valueRoot
	roots
)

// maxStates bounds a set.
const maxStates = 1 << 22

// Compile compiles phrases. The words in skip, which are phrases without slots and without a scope, can be passed over
// with [Options.Loose]. A phrase that is wrong gives an [*Error].
func Compile(phrases []Phrase, skip []string) (*Set, error) {
	b := &builder{
		edges: make([][]edge, roots), known: make(map[arc]bool), children: make(map[step]uint32), spelled: make(map[letter]uint32),
		lists: make(map[listKey]Kind), set: &Set{},
	}
	for i, text := range skip {
		if len(spoken(text)) == 0 && text != "" {
			continue // a mark, which does not count anyway
		}
		if err := b.value(i, text, "skipped word", nil, skipKind, i); err != nil {
			return nil, err
		}
	}
	for i, p := range phrases {
		n, err := readPhrase(i, p)
		if err != nil {
			return nil, err
		}
		if err := b.resolve(i, n, p.Scope); err != nil {
			return nil, err
		}
		b.edge(b.after(n, p.Scope, phraseRoot), acceptLabel, uint32(i))
		b.set.ranks = append(b.set.ranks, int32(max(min(p.Rank, maxRank), -maxRank)))
		if len(b.edges) > maxStates {
			reason := fmt.Sprintf("is one too many: together they have more than %d states", maxStates)
			return nil, &Error{Phrase: i, Text: p.Text, Reason: reason}
		}
	}
	return b.finish()
}

// maxRank bounds the rank of a phrase.
const maxRank = 1 << 30

// resolve compiles the lists that fill the slots of a phrase, and checks the kinds.
func (b *builder) resolve(phrase int, n *node, scope *Scope) error {
	var err error
	n.visit(func(n *node) {
		if n.op != opSlot || scope == nil || err != nil {
			return
		}
		for _, k := range scope.Kinds[n.slot.Of] {
			if k > MaxKind {
				where, reason := fmt.Sprintf("kinds of %q", n.slot.Of), fmt.Sprintf("kind %d is above %d", k, MaxKind)
				err = &Error{Phrase: phrase, Where: where, Reason: reason}
			}
		}
		if _, ok := scope.Lists[n.slot.Of]; ok && err == nil {
			err = b.list(phrase, scope, n.slot.Of)
		}
	})
	return err
}

// list compiles the values of a list, if they are not.
func (b *builder) list(phrase int, scope *Scope, name string) error {
	key := listKey{scope, name}
	if _, ok := b.lists[key]; ok {
		return nil
	}
	kind := firstList + Kind(len(b.lists))
	b.lists[key] = kind
	for i, text := range scope.Lists[name] {
		if err := b.value(phrase, text, fmt.Sprintf("value %d of list %q", i, name), scope, kind, i); err != nil {
			return err
		}
	}
	return nil
}

// value compiles a value of a list.
func (b *builder) value(phrase int, text, where string, scope *Scope, list Kind, i int) error {
	n, err := readPlain(phrase, text, where, scope)
	if err != nil {
		return err
	}
	b.edge(b.after(n, nil, valueRoot), acceptLabel, uint32(len(b.set.values)))
	b.set.values = append(b.set.values, value{list, uint32(i)})
	return nil
}

func (b *builder) state() uint32 {
	b.edges = append(b.edges, nil)
	return uint32(len(b.edges) - 1)
}

func (b *builder) edge(from uint32, label label, to uint32) {
	a := arc{from, edge{label, to}}
	if !b.known[a] {
		b.known[a] = true
		b.edges[from] = append(b.edges[from], a.edge)
	}
}

// put leads from one state to another by way of n.
func (b *builder) put(n *node, scope *Scope, from, to uint32) {
	switch n.op {
	case opWords:
		runes := spoken(n.words)
		if len(runes) == 0 {
			b.edge(from, emptyLabel, to)
			return
		}
		last := len(runes) - 1
		b.edge(b.words(runes[:last], from), label(runes[last]), to)
	case opSequence:
		if len(n.items) == 0 {
			b.edge(from, emptyLabel, to)
			return
		}
		last := len(n.items) - 1
		for _, item := range n.items[:last] {
			from = b.after(item, scope, from)
		}
		b.put(n.items[last], scope, from, to)
	case opChoice:
		for _, item := range n.items {
			b.put(item, scope, from, to)
		}
	case opOrder, opBoth:
		b.order(n, scope, from, to)
	case opSlot:
		b.slot(n.slot, scope, from, to)
	case opAny:
		b.any(n, from, to)
	}
}

// words returns the state behind words.
func (b *builder) words(runes []rune, from uint32) uint32 {
	for _, r := range runes {
		l := letter{from, r}
		next, ok := b.spelled[l]
		if !ok {
			next = b.state()
			b.spelled[l] = next
			b.edge(from, label(r), next)
		}
		from = next
	}
	return from
}

// after returns the state behind n.
func (b *builder) after(n *node, scope *Scope, from uint32) uint32 {
	if n.op == opWords {
		return b.words(spoken(n.words), from)
	}
	if !n.slotted() {
		scope = nil
	}
	var way strings.Builder
	n.write(&way)
	s := step{from, scope, "\x00" + way.String()}
	next, ok := b.children[s]
	if !ok {
		next = b.state()
		b.children[s] = next
		b.put(n, scope, from, next)
	}
	return next
}

// order leads through the items in any order: there is a state for each set of items that can have been read.
func (b *builder) order(n *node, scope *Scope, from, to uint32) {
	all := 1<<len(n.items) - 1
	before := make([]uint32, all+1) // the text that may stand between
	behind := make([]uint32, all+1)
	for read := range before {
		switch {
		case read == 0:
			before[read] = from
		case read < all || n.op == opBoth:
			before[read] = b.state()
		default:
			before[read] = to
		}
		if behind[read] = before[read]; n.op == opBoth {
			if behind[read] = to; read < all {
				behind[read] = b.state()
			}
			b.any(&node{most: unbounded}, before[read], behind[read])
		}
	}
	for read := range all {
		for i, item := range n.items {
			if read&(1<<i) == 0 {
				b.put(item, scope, behind[read], before[read|1<<i])
			}
		}
	}
}

// any leads through any text.
func (b *builder) any(n *node, from, to uint32) {
	if n.least == 0 {
		b.edge(from, emptyLabel, to)
	}
	switch {
	case n.most != unbounded:
		b.edge(from, b.jump(jump{uint32(max(1, n.least)), uint32(n.most), 0}), to)
	case n.least > 1:
		between := b.state()
		before := uint32(n.least - 1)
		b.edge(from, b.jump(jump{before, before, 1}), between)
		b.edge(between, textLabel|label(goesOn), to)
	default:
		b.edge(from, textLabel|label(noSlot), to)
	}
}

func (b *builder) jump(j jump) label {
	i := slices.Index(b.set.jumps, j)
	if i < 0 {
		i = len(b.set.jumps)
		b.set.jumps = append(b.set.jumps, j)
	}
	return jumpLabel | label(i)
}

// slot leads through a slot.
func (b *builder) slot(s Slot, scope *Scope, from, to uint32) {
	slot := b.slotIndex(s)
	if !scope.has(s.Of) {
		b.edge(from, textLabel|label(slot), to)
		return
	}
	if kind, ok := b.lists[listKey{scope, s.Of}]; ok {
		b.edge(from, b.fill(fill{slot, kind}), to)
	}
	for _, kind := range scope.Kinds[s.Of] {
		if kind == Text {
			b.edge(from, textLabel|label(slot), to)
			continue
		}
		b.edge(from, b.fill(fill{slot, kind}), to)
	}
}

func (b *builder) fill(f fill) label {
	i := slices.Index(b.set.fills, f)
	if i < 0 {
		i = len(b.set.fills)
		b.set.fills = append(b.set.fills, f)
	}
	return fillLabel | label(i)
}

func (b *builder) slotIndex(s Slot) uint32 {
	i := slices.Index(b.set.slots, s)
	if i < 0 {
		i = len(b.set.slots)
		b.set.slots = append(b.set.slots, s)
	}
	return uint32(i)
}

// finish numbers the states so that every edge leads to a higher one, and packs them.
func (b *builder) finish() (*Set, error) {
	order := b.sorted()
	number := make([]uint32, len(b.edges))
	for i, s := range order {
		number[s] = uint32(i)
	}
	set := b.set
	set.starts = make([]uint32, 0, len(order)+1)
	for _, s := range order {
		set.starts = append(set.starts, uint32(len(set.edges)))
		edges := b.edges[s]
		for i := range edges {
			if edges[i].label.op() != acceptLabel {
				edges[i].to = number[edges[i].to]
			}
		}
		slices.SortStableFunc(edges, compareEdges)
		set.edges = append(set.edges, edges...)
	}
	set.starts = append(set.starts, uint32(len(set.edges)))
	set.phraseRoot, set.valueRoot = number[phraseRoot], number[valueRoot]
	if err := set.prepare(); err != nil {
		return nil, err
	}
	return set, nil
}

// compareEdges puts the edges of words first, in order. Of the others only the sorts are put in order.
func compareEdges(a, b edge) int {
	if c := cmp.Compare(a.label.op(), b.label.op()); c != 0 || a.label.op() != runeLabel {
		return c
	}
	return cmp.Compare(a.label, b.label)
}

// sorted returns the states in an order in which edges lead forward.
func (b *builder) sorted() []uint32 {
	seen := make([]bool, len(b.edges))
	order := make([]uint32, 0, len(b.edges))
	type visit struct {
		state uint32
		next  int
	}
	for _, root := range []uint32{phraseRoot, valueRoot} {
		stack := []visit{{state: root}}
		seen[root] = true
		for len(stack) > 0 {
			top := &stack[len(stack)-1]
			if top.next == len(b.edges[top.state]) {
				order = append(order, top.state)
				stack = stack[:len(stack)-1]
				continue
			}
			e := b.edges[top.state][top.next]
			top.next++
			if e.label.op() != acceptLabel && !seen[e.to] {
				seen[e.to] = true
				stack = append(stack, visit{state: e.to})
			}
		}
	}
	slices.Reverse(order)
	return order
}
