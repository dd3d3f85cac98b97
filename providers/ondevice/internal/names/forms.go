package names

import (
	"math"
	"slices"
	"sort"
)

// Forms are the ways to write the names of an index, packed: that of most names is a single one, which takes little more
// than a byte.
type forms struct {
	shapes  []shape
	blocks  []uint32          // where the first of every few forms begins in the codes, and the end of the last
	end     uint32            // of the codes
	firsts  []uint32          // the name of the first form of each block; nil while each form is of the name of its own number
	names   []uint8           // the names of the forms, from the first of the block on; nil likewise
	far     map[uint32]uint32 // the names that are farther on than that
	aliases []uint32          // the numbers of the aliases from 1, or 0 for the text of the name; nil while there are only texts
}

// A shape is the length of a form less one, and whether it begins and ends with a digit: those of numbers in Chinese are
// none.
type shape uint8

const (
	digitFirst shape = 1 << (iota + 6)
	digitLast

	lengthMask = digitFirst - 1
)

func (s shape) length() int { return int(s&lengthMask) + 1 }

// perBlock is how many forms share a block.
const perBlock = 16

func (f *forms) len() int { return len(f.shapes) }

// all yields the numbers of all forms, the last one first.
func (f *forms) all(yield func(form uint32) bool) {
	for n := f.len() - 1; n >= 0 && yield(uint32(n)); n-- {
	}
}

// add adds a form of a name.
func (f *forms) add(length int, digits shape, name, alias uint32) {
	n := f.len()
	if n%perBlock == 0 {
		f.blocks = append(f.blocks, f.end)
	}
	if f.names == nil && int(name) != n {
		f.names, f.far = make([]uint8, 0, cap(f.shapes)), make(map[uint32]uint32)
		for i := range uint32(n) {
			f.addName(i, i)
		}
	}
	if f.names != nil {
		f.addName(uint32(n), name)
	}
	if f.aliases == nil && alias > 0 {
		f.aliases = slices.Grow(f.aliases, cap(f.shapes))[:n]
	}
	if f.aliases != nil {
		f.aliases = append(f.aliases, alias)
	}
	f.shapes = append(f.shapes, shape(length-1)|digits)
	f.end += uint32(length)
}

// farther is in the place of a name that is farther on from the first of its block.
const farther = math.MaxUint8

func (f *forms) addName(form, name uint32) {
	if form%perBlock == 0 {
		f.firsts = append(f.firsts, name)
	}
	on := name - f.firsts[form/perBlock]
	if on >= farther {
		f.far[form], on = name, farther
	}
	f.names = append(f.names, uint8(on))
}

// pack ends the growth.
func (f *forms) pack() {
	f.shapes, f.blocks = tight(f.shapes), tight(f.blocks)
	f.firsts, f.names, f.aliases = tight(f.firsts), tight(f.names), tight(f.aliases)
}

// tight returns s without much room behind it.
func tight[T any](s []T) []T {
	if cap(s)-len(s) > len(s)/8 {
		return append(make([]T, 0, len(s)), s...)
	}
	return s
}

// at returns where a form begins in the codes, and where it ends.
func (f *forms) at(i uint32) (start, end uint32) {
	start = f.blocks[i/perBlock]
	for _, s := range f.shapes[i&^(perBlock-1) : i] {
		start += uint32(s.length())
	}
	return start, start + uint32(f.length(i))
}

func (f *forms) length(i uint32) int { return f.shapes[i].length() }

// name returns the name of a form, and the index of the alias, or -1 for the text of the name.
func (f *forms) name(i uint32) (name, alias int) {
	name, alias = int(i), -1
	switch {
	case f.names == nil:
	case f.names[i] == farther:
		name = int(f.far[i])
	default:
		name = int(f.firsts[i/perBlock] + uint32(f.names[i]))
	}
	if f.aliases != nil {
		alias = int(f.aliases[i]) - 1
	}
	return name, alias
}

// of returns the first form of a name that has one.
func (f *forms) of(name int) uint32 {
	if f.names == nil {
		return uint32(name)
	}
	return uint32(sort.Search(f.len(), func(i int) bool {
		at, _ := f.name(uint32(i))
		return at >= name
	}))
}
