package doublearray

import "math/bits"

// An Automaton finds all keys in a text, also those that overlap or lie inside each other, in one pass whose time does
// not depend on the number of keys (Aho and Corasick's algorithm). It is read-only and safe for concurrent use.
//
// It reads codes instead of runes: [Automaton.Code] gives the code of a rune, and a caller that wants several runes to
// count as one gives them the same code. Code 0 is a rune that is in no key.
//
// The states are those of the trie. Where no key continues, the automaton goes on in the state of the suffix: the
// longest end of what it has read that some key begins with and continues. Most suffixes in Chinese are one code long
// or empty. Those are not stored: they follow from the last code.
type Automaton struct {
	alphabet *alphabet
	checks   []uint16 // slot → code on the edge that leads there, noEdge if none does
	nodes    []uint32 // slot → flags and base; a leaf has the key's value for a base
	depths   []uint16 // slot → codes read
	first    []uint32 // code → node of the state after this code alone; childless where that is no state or a leaf
	root     uint32   // base of the root
	links    links
}

// The flags of a node.
const (
	isKey      uint32 = 1 << 31 // a key ends here
	hasShorter uint32 = 1 << 30 // a key ends here that began later
	isLeaf     uint32 = 1 << 29 // no key continues
	isDeep     uint32 = 1 << 28 // the suffix has two codes or more
	target            = isDeep - 1

	ending = isKey | hasShorter
	noEdge = 1<<16 - 1
)

// Links has what only few states have.
type links struct {
	has   []uint64 // bit per slot
	ranks []uint32 // links before each 64 slots
	all   []link
}

type link struct {
	suffix  uint32 // slot of the suffix, if that is deep
	shorter uint32 // slot of the longest key that ends here and began later, or 0
}

// of returns the link of a slot that has one.
func (l *links) of(slot uint32) *link {
	word := slot / 64
	before := bits.OnesCount64(l.has[word] & (1<<(slot%64) - 1))
	return &l.all[int(l.ranks[word])+before]
}

// A Cursor is how far an [Automaton] has read. It is never at a leaf, but at its suffix.
type Cursor struct {
	slot uint32
	node uint32 // of slot; that of first after less than two codes
	last uint32 // the last code
}

// Start returns the cursor that has read nothing.
func (a *Automaton) Start() Cursor { return Cursor{node: a.first[0]} }

// Code returns the code of r, 0 if r is in no key.
func (a *Automaton) Code(r rune) uint16 {
	if page := uint32(r) >> pageBits; page < uint32(len(a.alphabet.index)) {
		return a.alphabet.code(r)
	}
	return 0
}

// Codes returns the number of codes. They are 1, 2, … and so on.
func (a *Automaton) Codes() int { return len(a.first) - 1 }

// MaxRunes returns the length of the longest key in runes.
func (a *Automaton) MaxRunes() int { return a.alphabet.longest }

// Key returns the value and the length in codes of a key that was found.
func (a *Automaton) Key(key uint32) (value uint32, length int) {
	node := a.nodes[key]
	value = node & target
	if node&isLeaf == 0 {
		value = a.nodes[value]
	}
	return value, int(a.depths[key])
}

// Shorter returns the next shorter key that ends at the same place as key, 0 if there is none.
func (a *Automaton) Shorter(key uint32) uint32 {
	if a.nodes[key]&hasShorter == 0 {
		return 0
	}
	return a.links.of(key).shorter
}

// Depth returns how many of the last codes can still become part of a key. It is exact: some key begins with them and
// continues.
func (a *Automaton) Depth(c Cursor) int { return int(a.depths[c.slot]) }

// Last returns the last code that was read, 0 if there is none.
func (c Cursor) Last() uint16 { return uint16(c.last) }

// Same reports whether two cursors of one automaton are at the same state, so that they will find the same keys.
func (c Cursor) Same(d Cursor) bool { return c.slot == d.slot }

// Suffix returns the cursor at the suffix.
func (a *Automaton) Suffix(c Cursor) Cursor {
	switch {
	case a.nodes[c.slot]&isDeep != 0:
		slot := a.links.of(c.slot).suffix
		return Cursor{slot, a.nodes[slot], c.last}
	case a.depths[c.slot] > 1:
		return a.after(c.last)
	}
	return a.Start()
}

// Continues reports whether some key continues with code.
func (a *Automaton) Continues(c Cursor, code uint16) bool {
	base := c.node & target
	if c.slot == 0 {
		base = a.root
	}
	return code != 0 && a.checks[base+uint32(code)] == code
}

// after returns the cursor that has read this code only.
func (a *Automaton) after(code uint32) Cursor {
	node := a.first[code]
	if node&target == a.first[0] {
		return Cursor{0, node, code}
	}
	return Cursor{a.root + code, node, code}
}
