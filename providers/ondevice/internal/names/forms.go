package names

import "slices"

// Forms are the ways to write the names of an index, packed: that of most names is a single one, which takes little more
// than a byte.
type forms struct {
	shapes  []shape
	blocks  []uint32 // where the first of every few forms begins in the codes, and the end of the last
	end     uint32   // of the codes
	names   []uint32 // the names of the forms, nil while each form is of the name of its own number
	aliases []uint32 // the numbers of the aliases from 1, or 0 for the text of the name; nil while there are only texts
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

// add adds a form of a name.
func (f *forms) add(length int, digits shape, name, alias uint32) {
	n := f.len()
	if n%perBlock == 0 {
		f.blocks = append(f.blocks, f.end)
	}
	if f.names == nil && int(name) != n {
		f.names = slices.Grow(f.names, cap(f.shapes))
		for i := range n {
			f.names = append(f.names, uint32(i))
		}
	}
	if f.names != nil {
		f.names = append(f.names, name)
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

// pack ends the growth.
func (f *forms) pack() {
	f.shapes, f.blocks = tight(f.shapes), tight(f.blocks)
	f.names, f.aliases = tight(f.names), tight(f.aliases)
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
	if f.names != nil {
		name = int(f.names[i])
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
	i, _ := slices.BinarySearch(f.names, uint32(name))
	return uint32(i)
}
