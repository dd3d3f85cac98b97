package doublearray

import (
	"cmp"
	"encoding/binary"
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"
)

// An Entry is a key and its value.
type Entry struct {
	Key   string
	Value uint32
}

// Build returns the stored form of the trie with these entries, in any order, for [Open]. The same entries give the
// same bytes. It fails on an empty or repeated key, a key that is not UTF-8, a value above [MaxValue], and keys of
// more than 65,535 different runes, or so many keys that they take 2²⁶ slots.
func Build(entries []Entry) ([]byte, error) {
	a, err := newAlphabet(entries)
	if err != nil {
		return nil, fmt.Errorf("build double array: %w", err)
	}
	nodes, err := grow(entries, a)
	if err != nil {
		return nil, fmt.Errorf("build double array: %w", err)
	}
	codes, words := arrange(nodes, mostChildren)
	if len(words) > partedIndex {
		return nil, fmt.Errorf("build double array: %d slots, at most %d", len(words), partedIndex)
	}
	out := make([]byte, 0, headerSize+2*(len(a.index)+len(a.table)+len(codes))+4*len(words))
	for _, n := range []int{mark, len(entries), a.longest, len(a.index), len(a.table), len(codes)} {
		out = binary.LittleEndian.AppendUint32(out, uint32(n))
	}
	for _, halves := range [][]uint16{a.index, a.table, codes} {
		for _, h := range halves {
			out = binary.LittleEndian.AppendUint16(out, h)
		}
	}
	for _, w := range words {
		out = binary.LittleEndian.AppendUint32(out, uint32(w))
	}
	return out, nil
}

// New builds the trie with these entries and opens it; see [Build] for what it refuses.
func New(entries []Entry) (*Trie, error) {
	data, err := Build(entries)
	if err != nil {
		return nil, err
	}
	return Open(string(data))
}

// An alphabet gives every rune of the keys a code, the commonest the smallest.
type alphabet struct {
	index, table []uint16
	longest      int // runes of the longest key
}

func newAlphabet(entries []Entry) (*alphabet, error) {
	a := &alphabet{}
	counts := make(map[rune]int)
	for _, e := range entries {
		switch {
		case e.Key == "":
			return nil, errors.New("a key is empty")
		case !utf8.ValidString(e.Key):
			return nil, fmt.Errorf("key %q is not UTF-8", e.Key)
		case e.Value > MaxValue:
			return nil, fmt.Errorf("value %d of key %q is above %d", e.Value, e.Key, MaxValue)
		}
		n := 0
		for _, r := range e.Key {
			counts[r]++
			n++
		}
		a.longest = max(a.longest, n)
	}
	if len(counts) > 1<<16-1 {
		return nil, fmt.Errorf("%d different runes in the keys, at most 65535", len(counts))
	}
	runes := make([]rune, 0, len(counts))
	for r := range counts {
		runes = append(runes, r)
	}
	slices.SortFunc(runes, func(x, y rune) int {
		return cmp.Or(cmp.Compare(counts[y], counts[x]), cmp.Compare(x, y))
	})
	if len(runes) > 0 {
		a.index = make([]uint16, int(slices.Max(runes))>>pageBits+1)
		a.table = make([]uint16, pageSize) // the page without codes
	}
	for i, r := range runes {
		page := &a.index[r>>pageBits]
		if *page == 0 {
			*page = uint16(len(a.table) >> pageBits)
			a.table = append(a.table, make([]uint16, pageSize)...)
		}
		a.table[int(*page)<<pageBits|int(r&(pageSize-1))] = uint16(i + 1)
	}
	return a, nil
}

func (a *alphabet) code(r rune) uint16 {
	return a.table[int(a.index[r>>pageBits])<<pageBits|int(r&(pageSize-1))]
}

// A node is a state while the trie is built. Its children stand side by side, in the order of their codes.
type node struct {
	code        uint16 // on the edge that leads here
	ends        bool
	value       uint32
	first, last int32 // children are nodes[first:last]
}

// grow returns the nodes of the trie, the root first, level by level.
func grow(entries []Entry, a *alphabet) ([]node, error) {
	keys := make([][]uint16, len(entries))
	order := make([]int32, len(entries))
	var flat []uint16
	for i, e := range entries {
		order[i] = int32(i)
		start := len(flat)
		for _, r := range e.Key {
			flat = append(flat, a.code(r))
		}
		keys[i] = flat[start:len(flat):len(flat)]
	}
	slices.SortFunc(order, func(x, y int32) int { return slices.Compare(keys[x], keys[y]) })

	nodes := []node{{}}
	spans := [][2]int32{{0, int32(len(order))}} // node → its keys in order
	for depth, level := 0, 0; level < len(nodes); depth++ {
		end := len(nodes)
		for ; level < end; level++ {
			lo, hi := spans[level][0], spans[level][1]
			if lo < hi && len(keys[order[lo]]) == depth {
				e := entries[order[lo]]
				nodes[level].ends, nodes[level].value = true, e.Value
				if lo++; lo < hi && len(keys[order[lo]]) == depth {
					return nil, fmt.Errorf("key %q is there twice", strings.Clone(e.Key))
				}
			}
			nodes[level].first = int32(len(nodes))
			for lo < hi {
				code, from := keys[order[lo]][depth], lo
				for lo < hi && keys[order[lo]][depth] == code {
					lo++
				}
				nodes = append(nodes, node{code: code})
				spans = append(spans, [2]int32{from, lo})
			}
			nodes[level].last = int32(len(nodes))
		}
	}
	return nodes, nil
}
