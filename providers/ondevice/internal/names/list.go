package names

import (
	"encoding/binary"
	"slices"
)

// A list is names, packed. Of a name that is nothing but its form, there is nothing in the list. Of another there are the
// length of its value, the value, the length of its text, the text, the number of its aliases, and each of these with
// its length.
type list struct {
	size   int      // the number of names
	listed []uint32 // the numbers of those that are in the list; nil if all are
	starts []uint32 // where they are
	bytes  []byte
}

func (l *list) len() int { return l.size }

// add adds a name, which is plain if it is nothing but its form.
func (l *list) add(n Name, plain bool) {
	i := uint32(l.size)
	l.size++
	if plain {
		return
	}
	l.listed = append(l.listed, i)
	l.starts = append(l.starts, uint32(len(l.bytes)))
	write := func(s string) { l.bytes = append(binary.AppendUvarint(l.bytes, uint64(len(s))), s...) }
	write(n.Value)
	write(n.Text)
	l.bytes = binary.AppendUvarint(l.bytes, uint64(len(n.Aliases)))
	for _, alias := range n.Aliases {
		write(alias)
	}
}

// pack ends the growth.
func (l *list) pack() {
	l.bytes, l.starts, l.listed = tight(l.bytes), tight(l.starts), tight(l.listed)
	if len(l.listed) == l.size {
		l.listed = nil
	}
}

// entry returns a name as it is in the list, if it is there.
func (l *list) entry(i int) ([]byte, bool) {
	switch {
	case len(l.starts) == l.size:
		return l.bytes[l.starts[i]:], true
	default:
		k, ok := slices.BinarySearch(l.listed, uint32(i))
		if !ok {
			return nil, false
		}
		return l.bytes[l.starts[k]:], true
	}
}

// value returns what a name in the list stands for.
func value(entry []byte) string {
	value, rest := cut(entry)
	if value == "" {
		value, _ = cut(rest)
	}
	return value
}

// name returns a name in the list.
func name(entry []byte) Name {
	var n Name
	n.Value, entry = cut(entry)
	n.Text, entry = cut(entry)
	count, size := binary.Uvarint(entry)
	entry = entry[size:]
	for range count {
		var alias string
		alias, entry = cut(entry)
		n.Aliases = append(n.Aliases, alias)
	}
	return n
}

// cut returns the string that packed begins with, and what is behind it.
func cut(packed []byte) (s string, rest []byte) {
	n, size := binary.Uvarint(packed)
	packed = packed[size:]
	return string(packed[:n]), packed[n:]
}
