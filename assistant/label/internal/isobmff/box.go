// Package isobmff reads and writes the label of MP4, MOV and M4A files: the key AIGC, of the namespace mdta,
// in the box moov/udta/meta.
//
// Media are copied and never looked at. If the box that holds the metadata stands before them and grows, the
// offsets in its tables grow with it.
package isobmff

import (
	"encoding/binary"
	"slices"

	"github.com/zhushou-ai/zhushou/assistant/label/internal/carrier"
)

const name = "MP4"

// Sniff reports whether a file that begins like head is of the family, and is no picture.
func Sniff(head []byte) bool {
	if len(head) < 12 {
		return false
	}
	switch string(head[4:8]) {
	case "ftyp":
		return !slices.Contains([]string{"heic", "heix", "heim", "heis", "hevc", "mif1", "msf1", "avif", "avis"}, string(head[8:12]))
	case "moov", "mdat", "wide", "free", "skip": // old QuickTime files have no ftyp
		return true
	}
	return false
}

// A box is one part of a file.
type box struct {
	kind   string
	offset int64 // of its size
	head   int64 // length of size and kind
	size   int64 // of all of it
	open   bool  // its size says that it goes to the end of the file
}

func (b *box) end() int64 { return b.offset + b.size }

// top returns the boxes of the file.
func top(src carrier.Source) ([]box, error) {
	var boxes []box
	for at := int64(0); at < src.Size(); {
		if len(boxes) == carrier.MaxItems {
			return nil, carrier.Malformed(name, at, "more than %d boxes", len(boxes))
		}
		if rest := src.Size() - at; rest < 8 {
			tail, err := carrier.Bytes(src, name, at, rest)
			if err != nil {
				return nil, err
			}
			if slices.ContainsFunc(tail, func(c byte) bool { return c != 0 }) {
				return nil, carrier.Malformed(name, at, "%d bytes are no box", rest)
			}
			break // zeros that some writers leave
		}
		head, err := carrier.Bytes(src, name, at, min(16, src.Size()-at))
		if err != nil {
			return nil, err
		}
		b := box{kind: string(head[4:8]), offset: at, head: 8, size: int64(binary.BigEndian.Uint32(head))}
		switch b.size {
		case 0:
			b.size, b.open = src.Size()-at, true
		case 1:
			if len(head) < 16 {
				return nil, carrier.Malformed(name, at, "the box %q has no size", b.kind)
			}
			b.head, b.size = 16, int64(binary.BigEndian.Uint64(head[8:]))
		}
		if b.size < b.head || b.size > src.Size()-at {
			return nil, carrier.Malformed(name, at, "the box %q of %d bytes does not fit", b.kind, b.size)
		}
		boxes = append(boxes, b)
		at = b.end()
	}
	return boxes, nil
}

// An inner box lies in memory.
type inner struct {
	kind string
	all  []byte // with size and kind
	data []byte
}

// children returns the boxes in b. What is left over at the end, such as the zero that ends a QuickTime user
// data box, is returned as rest.
func children(b []byte) (boxes []inner, rest []byte, err error) {
	for at := 0; ; {
		left := b[at:]
		if len(left) < 8 {
			return boxes, left, nil
		}
		size, head := uint64(binary.BigEndian.Uint32(left)), uint64(8)
		switch {
		case size == 0 && len(boxes) > 0 && binary.BigEndian.Uint32(left[4:]) == 0:
			return boxes, left, nil
		case size == 0:
			size = uint64(len(left))
		case size == 1 && len(left) >= 16:
			size, head = binary.BigEndian.Uint64(left[8:]), 16
		}
		if size < head || size > uint64(len(left)) {
			return nil, nil, carrier.Malformed(name, int64(at), "the inner box %q of %d bytes does not fit", left[4:8], size)
		}
		if len(boxes) == carrier.MaxItems {
			return nil, nil, carrier.Malformed(name, int64(at), "more than %d inner boxes", len(boxes))
		}
		all := left[:size]
		if binary.BigEndian.Uint32(left) == 0 { // to the end: nothing could be put behind it
			all = appendBox(nil, string(left[4:8]), left[8:])
		}
		boxes = append(boxes, inner{string(left[4:8]), all, left[head:size]})
		at += int(size)
	}
}

// appendBox appends a box with data. Metadata is far below the four gigabytes of a short size.
func appendBox(b []byte, kind string, data ...[]byte) []byte {
	size := 8
	for _, d := range data {
		size += len(d)
	}
	b = binary.BigEndian.AppendUint32(b, uint32(size))
	b = append(b, kind...)
	for _, d := range data {
		b = append(b, d...)
	}
	return b
}
