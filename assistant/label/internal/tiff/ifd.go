// Package tiff reads and writes the label of TIFF pictures: an XMP packet in the tag 0x2BC of the first
// directory. It also finds labels in the comments of EXIF data, which have the same structure.
package tiff

import (
	"encoding/binary"
	"slices"

	"github.com/zhushou-ai/zhushou/assistant/label/internal/carrier"
)

const name = "TIFF"

// The tags that are looked at.
const (
	tagDescription = 0x010e // ImageDescription
	tagXMP         = 0x02bc
	tagExif        = 0x8769 // a directory
	tagComment     = 0x9286 // UserComment, in that directory
)

// A layout is how numbers are written in one file.
type layout struct {
	order binary.ByteOrder
	big   bool // BigTIFF: 64 bits wide
}

// Sniff reports whether a file that begins like head is a TIFF picture.
func Sniff(head []byte) bool {
	_, ok := layoutOf(head)
	return ok
}

func layoutOf(head []byte) (l layout, ok bool) {
	if len(head) < 8 {
		return l, false
	}
	switch string(head[:2]) {
	case "II":
		l.order = binary.LittleEndian
	case "MM":
		l.order = binary.BigEndian
	default:
		return l, false
	}
	switch l.order.Uint16(head[2:]) {
	case 42:
		return l, true
	case 43:
		l.big = true
		return l, l.order.Uint16(head[4:]) == 8 && l.order.Uint16(head[6:]) == 0
	}
	return l, false
}

// word is the width of an offset.
func (l layout) word() int64 {
	if l.big {
		return 8
	}
	return 4
}

// entrySize is the length of one entry: tag, type, count, value.
func (l layout) entrySize() int64 { return 4 + 2*l.word() }

// countSize is the length of the number of entries.
func (l layout) countSize() int64 {
	if l.big {
		return 8
	}
	return 2
}

// offsetAt is where the offset of the first directory stands.
func (l layout) offsetAt() int64 { return l.word() }

func (l layout) uint(b []byte) int64 {
	if l.big {
		return int64(l.order.Uint64(b)) // a negative one is refused by carrier.Bytes
	}
	return int64(l.order.Uint32(b))
}

func (l layout) appendUint(b []byte, v int64) []byte {
	if l.big {
		return appendOrder(b, l.order, 8, uint64(v))
	}
	return appendOrder(b, l.order, 4, uint64(v))
}

func appendOrder(b []byte, order binary.ByteOrder, size int, v uint64) []byte {
	var w [8]byte
	switch size {
	case 2:
		order.PutUint16(w[:], uint16(v))
	case 4:
		order.PutUint32(w[:], uint32(v))
	default:
		order.PutUint64(w[:], v)
	}
	return append(b, w[:size]...)
}

// An entry is one tag of a directory.
type entry struct {
	tag, kind uint16
	count     int64
	raw       []byte // all of it, as in the file
	at        int64  // where the value is
	size      int64  // of the value
}

// typeSizes are the lengths of one value of each type, by the type's number.
var typeSizes = [...]int64{1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 8: 2, 9: 4, 10: 8, 11: 4, 12: 8, 13: 4, 16: 8, 17: 8, 18: 8}

// A directory is a list of tags.
type directory struct {
	entries []entry
	next    []byte // the offset of the next directory, as in the file
}

// directory reads the directory at an offset.
func (l layout) directory(src carrier.Source, at int64) (directory, error) {
	b, err := carrier.Bytes(src, name, at, l.countSize())
	if err != nil {
		return directory{}, err
	}
	n := int64(l.order.Uint16(b))
	if l.big {
		n = l.uint(b)
	}
	if n < 0 || n > carrier.MaxItems {
		return directory{}, carrier.Malformed(name, at, "a directory of %d tags", n)
	}
	if b, err = carrier.Bytes(src, name, at+l.countSize(), n*l.entrySize()+l.word()); err != nil {
		return directory{}, err
	}
	d := directory{entries: make([]entry, n), next: b[n*l.entrySize():]}
	for i := range d.entries {
		raw := b[int64(i)*l.entrySize():][:l.entrySize()]
		e := entry{tag: l.order.Uint16(raw), kind: l.order.Uint16(raw[2:]), count: l.uint(raw[4:]), raw: raw}
		var one int64
		if int(e.kind) < len(typeSizes) {
			one = typeSizes[e.kind]
		}
		if one == 0 || e.count < 0 || e.count > 1<<40 {
			e.size = -1 // of a type that is not known, or longer than any file: not to be read
			d.entries[i] = e
			continue
		}
		e.size = one * e.count
		if e.size <= l.word() {
			e.at = at + l.countSize() + int64(i)*l.entrySize() + 4 + l.word()
		} else {
			e.at = l.uint(raw[4+l.word():])
		}
		d.entries[i] = e
	}
	return d, nil
}

// find returns the first entry of a tag.
func (d directory) find(tag uint16) (entry, bool) {
	i := slices.IndexFunc(d.entries, func(e entry) bool { return e.tag == tag })
	if i < 0 || d.entries[i].size < 0 {
		return entry{}, false
	}
	return d.entries[i], true
}

// first reads the first directory.
func first(src carrier.Source) (l layout, d directory, at int64, err error) {
	head, err := carrier.Bytes(src, name, 0, min(16, src.Size()))
	if err != nil {
		return l, d, 0, err
	}
	l, ok := layoutOf(head)
	if !ok || int64(len(head)) < l.offsetAt()+l.word() {
		return l, d, 0, carrier.Malformed(name, 0, "it does not begin like one")
	}
	at = l.uint(head[l.offsetAt():])
	d, err = l.directory(src, at)
	return l, d, at, err
}
