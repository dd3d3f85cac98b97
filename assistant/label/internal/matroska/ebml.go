// Package matroska reads and writes the label of MKV and WebM files: the tag AIGC among those of the whole
// segment.
//
// Nothing that was there moves: tags that grow go to the end of the file, the index at its beginning is told,
// and what they leave behind becomes void.
package matroska

import (
	"bytes"
	"encoding/binary"
	"hash/crc32"
	"math/bits"

	"github.com/zhushou-ai/zhushou/assistant/label/internal/carrier"
)

const name = "Matroska"

// Identifiers of elements.
const (
	idEBML         = 0x1A45DFA3
	idSegment      = 0x18538067
	idSeekHead     = 0x114D9B74
	idSeek         = 0x4DBB
	idSeekID       = 0x53AB
	idSeekPosition = 0x53AC
	idCluster      = 0x1F43B675
	idCues         = 0x1C53BB6B
	idInfo         = 0x1549A966
	idTracks       = 0x1654AE6B
	idChapters     = 0x1043A770
	idAttachments  = 0x1941A469
	idTags         = 0x1254C367
	idTag          = 0x7373
	idTargets      = 0x63C0
	idSimpleTag    = 0x67C8
	idTagName      = 0x45A3
	idTagString    = 0x4487
	idVoid         = 0xEC
	idCRC          = 0xBF
)

// Sniff reports whether a file that begins like head is of the family.
func Sniff(head []byte) bool { return bytes.HasPrefix(head, []byte{0x1A, 0x45, 0xDF, 0xA3}) }

// An element is one part of the file.
type element struct {
	id      uint32
	offset  int64
	head    int64 // length of identifier and size
	width   int   // length of the size
	size    int64 // of the data
	unknown bool  // the size is not known; the element ends where one of its level or above begins
}

func (e *element) data() int64 { return e.offset + e.head }
func (e *element) end() int64  { return e.data() + e.size }

// parseHead reads identifier and size.
func parseHead(b []byte) (e element, ok bool) {
	if len(b) == 0 || b[0] == 0 {
		return e, false
	}
	n := bits.LeadingZeros8(b[0]) + 1
	if n > 4 || len(b) < n+1 {
		return e, false
	}
	for _, c := range b[:n] {
		e.id = e.id<<8 | uint32(c)
	}
	b = b[n:]
	if b[0] == 0 {
		return e, false
	}
	w := bits.LeadingZeros8(b[0]) + 1
	if len(b) < w {
		return e, false
	}
	v := uint64(b[0]) & (1<<(8-w) - 1)
	for _, c := range b[1:w] {
		v = v<<8 | uint64(c)
	}
	e.head, e.width = int64(n+w), w
	e.unknown = v == 1<<(7*w)-1
	if !e.unknown {
		e.size = int64(v)
	}
	return e, true
}

// at reads the head of the element at offset, which must end before limit.
func at(src carrier.Source, offset, limit int64) (element, error) {
	head, err := carrier.Bytes(src, name, offset, min(12, limit-offset))
	if err != nil {
		return element{}, err
	}
	e, ok := parseHead(head)
	if !ok {
		return e, carrier.Malformed(name, offset, "no element begins here")
	}
	e.offset = offset
	if !e.unknown && e.size > limit-e.data() {
		return e, carrier.Malformed(name, offset, "an element of %d bytes does not fit", e.size)
	}
	return e, nil
}

// topLevel reports whether an element stands right below the segment.
func topLevel(id uint32) bool {
	switch id {
	case idSeekHead, idCluster, idCues, idInfo, idTracks, idChapters, idAttachments, idTags:
		return true
	}
	return false
}

// A layout is what one look at the file finds.
type layout struct {
	segment element
	parts   []element // right below the segment; those of unknown size have been measured
}

func look(src carrier.Source) (layout, error) {
	var l layout
	size := src.Size()
	header, err := at(src, 0, size)
	if err != nil {
		return l, err
	}
	if header.id != idEBML || header.unknown {
		return l, carrier.Malformed(name, 0, "it does not begin like one")
	}
	for offset := header.end(); ; offset = l.segment.end() {
		if l.segment, err = at(src, offset, size); err != nil {
			return l, err
		}
		if l.segment.id == idSegment {
			break
		}
		if l.segment.unknown {
			return l, carrier.Malformed(name, offset, "it has no segment")
		}
	}
	if l.segment.unknown {
		l.segment.size = size - l.segment.data()
	}
	limit := l.segment.end()
	items := 0
	for offset := l.segment.data(); offset < limit; {
		e, err := at(src, offset, limit)
		if err != nil {
			return l, err
		}
		if items++; items > carrier.MaxItems {
			return l, carrier.Malformed(name, offset, "more than %d elements", items)
		}
		if e.unknown {
			if e.id != idCluster {
				return l, carrier.Malformed(name, offset, "only clusters may be of unknown size")
			}
			if e.size, err = measure(src, e.data(), limit, &items); err != nil {
				return l, err
			}
		}
		l.parts = append(l.parts, e)
		offset = e.end()
	}
	return l, nil
}

// measure returns the size of a cluster that does not know it.
func measure(src carrier.Source, from, limit int64, items *int) (int64, error) {
	for offset := from; ; {
		if offset == limit {
			return offset - from, nil
		}
		e, err := at(src, offset, limit)
		if err != nil {
			return 0, err
		}
		if *items++; *items > carrier.MaxItems {
			return 0, carrier.Malformed(name, offset, "more than %d elements", *items)
		}
		if topLevel(e.id) {
			return offset - from, nil
		}
		if e.unknown {
			return 0, carrier.Malformed(name, offset, "an element in a cluster is of unknown size")
		}
		offset = e.end()
	}
}

// A child is an element in memory.
type child struct {
	id   uint32
	all  []byte
	data []byte
	head int
}

func children(b []byte) ([]child, error) {
	var out []child
	for len(b) > 0 {
		e, ok := parseHead(b)
		if !ok || e.unknown || e.size > int64(len(b))-e.head {
			return out, carrier.Malformed(name, 0, "an inner element does not fit")
		}
		end := e.head + e.size
		out = append(out, child{e.id, b[:end], b[e.head:end], int(e.head)})
		b = b[end:]
	}
	return out, nil
}

func appendID(b []byte, id uint32) []byte {
	n := (bits.Len32(id) + 7) / 8
	for i := n - 1; i >= 0; i-- {
		b = append(b, byte(id>>(8*i)))
	}
	return b
}

// appendSize appends a size in so many bytes, or in as few as it takes if width is zero. It reports false if
// it does not fit.
func appendSize(b []byte, size int64, width int) ([]byte, bool) {
	if width == 0 {
		width = 1
		for width < 8 && uint64(size) >= 1<<(7*width)-1 {
			width++
		}
	}
	if uint64(size) >= 1<<(7*width)-1 {
		return b, false
	}
	v := uint64(size) | 1<<(7*width)
	for i := width - 1; i >= 0; i-- {
		b = append(b, byte(v>>(8*i)))
	}
	return b, true
}

func appendElement(b []byte, id uint32, data []byte) []byte {
	b, _ = appendSize(appendID(b, id), int64(len(data)), 0)
	return append(b, data...)
}

// void returns an element of exactly n bytes that says nothing. n must be at least 2.
func void(n int64) []byte {
	width := 1
	if n > 9 {
		width = 8
	}
	b, _ := appendSize([]byte{idVoid}, n-1-int64(width), width)
	return append(b, make([]byte, n-int64(len(b)))...)
}

// summed returns the data of a master element with its checksum, if it begins with one, put right.
func summed(data []byte) []byte {
	if len(data) >= 6 && data[0] == idCRC && data[1] == 0x84 {
		binary.LittleEndian.PutUint32(data[2:], crc32.ChecksumIEEE(data[6:]))
	}
	return data
}
