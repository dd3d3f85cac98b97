package pattern

import (
	"strconv"
	"strings"
)

// A node is a part of a phrase that has been read.
type node struct {
	op    op
	words string  // as they are written
	items []*node // of a sequence, a choice, an order
	slot  Slot
	least int // of any text: the number of characters
	most  int // -1 for no bound
}

type op uint8

const (
	opWords    op = iota
	opSequence    // all items, one after the other; without items nothing
	opChoice      // one of the items
	opOrder       // all items, in any order
	opBoth        // all items, in any order, with any text between them
	opSlot
	opAny // any text
)

// unbounded is the most of any text that has no bound.
const unbounded = -1

func sequence(items []*node) *node {
	if len(items) == 1 {
		return items[0]
	}
	return &node{op: opSequence, items: items}
}

// several returns a node of several items, or the only one.
func several(o op, items []*node) *node {
	if len(items) == 1 {
		return items[0]
	}
	return &node{op: o, items: items}
}

// optional returns a node that may be there or not.
func optional(n *node) *node {
	return &node{op: opChoice, items: []*node{n, {op: opSequence}}}
}

// empty reports whether a sentence without characters fits.
func (n *node) empty() bool {
	switch n.op {
	case opWords:
		return len(spoken(n.words)) == 0
	case opChoice:
		for _, item := range n.items {
			if item.empty() {
				return true
			}
		}
		return false
	case opSlot:
		return false
	case opAny:
		return n.least == 0
	}
	for _, item := range n.items {
		if !item.empty() {
			return false
		}
	}
	return true
}

// visit calls f for the node and all in it, from left to right.
func (n *node) visit(f func(*node)) {
	f(n)
	for _, item := range n.items {
		item.visit(f)
	}
}

// size returns about how many states the node takes.
func (n *node) size() int {
	size := max(1, len(n.words)/3)
	for _, item := range n.items {
		size = min(maxSize+1, size+item.size())
	}
	if n.op == opOrder || n.op == opBoth {
		size = min(maxSize+1, size<<(len(n.items)-1)) // an item stands behind every set of others
	}
	return size
}

// slotted reports whether there is a slot in n.
func (n *node) slotted() bool {
	slotted := false
	n.visit(func(n *node) { slotted = slotted || n.op == opSlot })
	return slotted
}

// write appends a text that is the same for nodes that describe the same in one scope.
func (n *node) write(b *strings.Builder) {
	switch n.op {
	case opWords:
		b.WriteByte('"')
		b.WriteString(spokenString(n.words))
	case opSlot:
		b.WriteString("{" + n.slot.Name + ":" + n.slot.Of)
	case opAny:
		b.WriteString("*" + strconv.Itoa(n.least) + "-" + strconv.Itoa(n.most))
	default:
		b.WriteString("(" + strconv.Itoa(int(n.op)))
		for _, item := range n.items {
			b.WriteByte(0)
			item.write(b)
		}
	}
	b.WriteByte('}')
}
