package names

import (
	"encoding/binary"
	"slices"
)

// A list is names, packed: each is the length of its value, the value, the length of its text, the text, the number of
// its aliases, and each of these with its length.
type list struct {
	bytes  []byte // while it grows
	text   string
	starts []uint32
}

func (l *list) len() int { return len(l.starts) }

func (l *list) add(n Name) {
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
	l.text, l.bytes = string(l.bytes), nil
	l.starts = slices.Clone(l.starts)
}

func (l *list) value(i int) string {
	value, rest := cut(l.text[l.starts[i]:])
	if value == "" {
		value, _ = cut(rest)
	}
	return value
}

func (l *list) name(i int) Name {
	var n Name
	rest := l.text[l.starts[i]:]
	n.Value, rest = cut(rest)
	n.Text, rest = cut(rest)
	count, rest := number(rest)
	for range count {
		var alias string
		alias, rest = cut(rest)
		n.Aliases = append(n.Aliases, alias)
	}
	return n
}

// cut returns the string that packed begins with, and what is behind it.
func cut(packed string) (s, rest string) {
	n, packed := number(packed)
	return packed[:n], packed[n:]
}

// number returns the number that packed begins with, and what is behind it.
func number(packed string) (n uint64, rest string) {
	for shift, i := 0, 0; ; shift, i = shift+7, i+1 {
		n |= uint64(packed[i]&0x7F) << shift
		if packed[i] < 0x80 {
			return n, packed[i+1:]
		}
	}
}
