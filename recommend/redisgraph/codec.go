package redisgraph

import (
	"cmp"
	"encoding/binary"
	"errors"
	"math"
	"slices"
)

// A list of neighbours is written as the item's number, how many neighbours follow, their numbers in rising order, each
// as the distance from the one before, all these as varints; then their scores in the same order, four bytes each.

// link is a neighbour by number.
type link struct {
	item  uint32
	score float32
}

// appendList writes a list. It sorts links by number.
func appendList(to []byte, item uint32, links []link) []byte {
	slices.SortFunc(links, func(a, b link) int { return cmp.Compare(a.item, b.item) })
	to = binary.AppendUvarint(to, uint64(item))
	to = binary.AppendUvarint(to, uint64(len(links)))
	before := uint32(0)
	for _, l := range links {
		to = binary.AppendUvarint(to, uint64(l.item-before))
		before = l.item
	}
	for _, l := range links {
		to = binary.LittleEndian.AppendUint32(to, math.Float32bits(l.score))
	}
	return to
}

var errDamaged = errors.New("a list is damaged: publish again")

// readList reads a list and appends its neighbours. No number in it reaches items.
func readList(to []link, text string, items int) (item uint32, links []link, err error) {
	own, text, ok := uvarint(text)
	count, text, fine := uvarint(text)
	if !ok || !fine || own >= uint64(items) || count > uint64(len(text)/5) {
		return 0, to, errDamaged
	}
	from, before := len(to), uint64(0)
	for range count {
		var step uint64
		if step, text, ok = uvarint(text); !ok {
			return 0, to[:from], errDamaged
		}
		if before += step; before >= uint64(items) {
			return 0, to[:from], errDamaged
		}
		to = append(to, link{item: uint32(before)})
	}
	if uint64(len(text)) != 4*count {
		return 0, to[:from], errDamaged
	}
	for i := range to[from:] {
		at := text[4*i : 4*i+4]
		to[from+i].score = math.Float32frombits(uint32(at[0]) | uint32(at[1])<<8 | uint32(at[2])<<16 | uint32(at[3])<<24)
	}
	return uint32(own), to, nil
}

// uvarint reads a number of at most 35 bits and returns what follows it.
func uvarint(text string) (n uint64, rest string, ok bool) {
	for i := 0; i < len(text) && i < 5; i++ {
		n |= uint64(text[i]&0x7f) << (7 * i)
		if text[i] < 0x80 {
			return n, text[i+1:], true
		}
	}
	return 0, "", false
}

// chunkSize is how many names stand in one chunk, in the order of their numbers.
const chunkSize = 256

// chunk is the names of items with adjoining numbers: each as the varint of its length and its bytes.
type chunk struct {
	text  string
	start []uint32 // of each name in text
	end   []uint32
}

func appendNames(to []byte, names []string) []byte {
	for _, name := range names {
		to = binary.AppendUvarint(to, uint64(len(name)))
		to = append(to, name...)
	}
	return to
}

// readChunk reads the names of a chunk that must have so many.
func readChunk(text string, names int) (*chunk, error) {
	c := &chunk{text: text, start: make([]uint32, names), end: make([]uint32, names)}
	at := text
	for i := range names {
		length, rest, ok := uvarint(at)
		if !ok || length > uint64(len(rest)) {
			return nil, errDamaged
		}
		c.start[i] = uint32(len(text) - len(rest))
		c.end[i] = c.start[i] + uint32(length)
		at = rest[length:]
	}
	if at != "" {
		return nil, errDamaged
	}
	return c, nil
}

func (c *chunk) name(i uint32) string { return c.text[c.start[i]:c.end[i]] }
