package pattern

import (
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"math"
	"runtime"
)

// The form of a set: the mark, the checksum of all behind it, the two roots, and then the lists of a set, each with its
// length. All numbers are little-endian uint32; a name is its length and its bytes.
const mark = "zhsp\x00\x00\x00\x01"

const header = len(mark) + 4

// AppendBinary appends the form of the set that [Load] reads. The same set gives the same bytes.
func (s *Set) AppendBinary(dst []byte) ([]byte, error) {
	defer runtime.KeepAlive(s)
	start := len(dst)
	dst = append(dst, mark...)
	dst = append(dst, 0, 0, 0, 0)
	number := func(n uint32) { dst = binary.LittleEndian.AppendUint32(dst, n) }
	number(s.phraseRoot)
	number(s.valueRoot)
	number(uint32(len(s.starts)))
	for _, n := range s.starts {
		number(n)
	}
	number(uint32(len(s.edges)))
	for _, e := range s.edges {
		number(uint32(e.label))
		number(e.to)
	}
	number(uint32(len(s.fills)))
	for _, f := range s.fills {
		number(f.slot)
		number(uint32(f.kind))
	}
	number(uint32(len(s.jumps)))
	for _, j := range s.jumps {
		number(j.least)
		number(j.most)
		number(j.goesOn)
	}
	number(uint32(len(s.values)))
	for _, v := range s.values {
		number(uint32(v.list))
		number(v.index)
	}
	number(uint32(len(s.ranks)))
	for _, r := range s.ranks {
		number(uint32(r))
	}
	number(uint32(len(s.slots)))
	for _, slot := range s.slots {
		for _, name := range []string{slot.Name, slot.Of} {
			number(uint32(len(name)))
			dst = append(dst, name...)
		}
	}
	if uint64(len(dst)-start) > math.MaxUint32 {
		return nil, fmt.Errorf("pattern: a set of %d bytes is too large to save", len(dst)-start)
	}
	binary.LittleEndian.PutUint32(dst[start+len(mark):], crc32.ChecksumIEEE(dst[start+header:]))
	return dst, nil
}

// Load reads a set from what [Set.AppendBinary] has written. It keeps none of data. Damaged data give an error.
func Load(data []byte) (*Set, error) {
	if len(data) < header || string(data[:len(mark)-1]) != mark[:len(mark)-1] {
		return nil, fmt.Errorf("%w: they do not begin as a set does", errDamaged)
	}
	if version := data[len(mark)-1]; version != mark[len(mark)-1] {
		return nil, fmt.Errorf("pattern: a set of version %d cannot be read: compile the phrases again", version)
	}
	if binary.LittleEndian.Uint32(data[len(mark):]) != crc32.ChecksumIEEE(data[header:]) {
		return nil, fmt.Errorf("%w: checksum", errDamaged)
	}
	d := decoder{data: data[header:]}
	s := &Set{phraseRoot: d.number(), valueRoot: d.number()}
	s.starts = list(&d, 1, func() uint32 { return d.number() })
	s.edges = list(&d, 2, func() edge { return edge{label(d.number()), d.number()} })
	s.fills = list(&d, 2, func() fill { return fill{d.number(), Kind(d.number())} })
	s.jumps = list(&d, 3, func() jump { return jump{d.number(), d.number(), d.number()} })
	s.values = list(&d, 2, func() value { return value{Kind(d.number()), d.number()} })
	s.ranks = list(&d, 1, func() int32 { return int32(d.number()) })
	s.slots = list(&d, 2, func() Slot { return Slot{d.name(), d.name()} })
	if d.short || len(d.data) > 0 {
		return nil, fmt.Errorf("%w: length", errDamaged)
	}
	if err := s.prepare(); err != nil {
		return nil, err
	}
	return s, nil
}

// A decoder takes numbers from data. Beyond the end they are 0.
type decoder struct {
	data  []byte
	short bool
}

func (d *decoder) number() uint32 {
	if len(d.data) < 4 {
		d.short, d.data = true, nil
		return 0
	}
	n := binary.LittleEndian.Uint32(d.data)
	d.data = d.data[4:]
	return n
}

func (d *decoder) name() string {
	n := d.number()
	if uint64(n) > uint64(len(d.data)) {
		d.short = true
		return ""
	}
	name := string(d.data[:n])
	d.data = d.data[n:]
	return name
}

// list reads a list of elements that are of at least some numbers.
func list[T any](d *decoder, numbers int, element func() T) []T {
	n := d.number()
	if uint64(n)*uint64(numbers)*4 > uint64(len(d.data)) {
		d.short = true
		return nil
	}
	all := make([]T, n)
	for i := range all {
		all[i] = element()
	}
	return all
}
