// Package heif reads the label of HEIF and AVIF pictures: an XMP packet among the items of the box meta. It
// also reads comments in EXIF data. It does not write.
package heif

import (
	"bytes"
	"encoding/binary"
	"slices"

	"github.com/zhushou-ai/zhushou/assistant/label/internal/carrier"
	"github.com/zhushou-ai/zhushou/assistant/label/internal/tiff"
	"github.com/zhushou-ai/zhushou/assistant/label/internal/xmp"
)

const name = "HEIF"

// Sniff reports whether a file that begins like head is a HEIF or AVIF picture.
func Sniff(head []byte) bool {
	return len(head) >= 12 && string(head[4:8]) == "ftyp" &&
		slices.Contains([]string{"heic", "heix", "heim", "heis", "hevc", "mif1", "msf1", "avif", "avis"}, string(head[8:12]))
}

// Read finds every label.
func Read(src carrier.Source) ([]carrier.Found, error) {
	meta, err := findMeta(src)
	if err != nil || meta == nil {
		return nil, err
	}
	items, places, data, err := parse(meta)
	if err != nil {
		return nil, err
	}
	var found []carrier.Found
	held := 0
	for _, it := range items {
		p, ok := places[it.id]
		if !ok {
			continue
		}
		b, err := p.read(src, data)
		if err != nil {
			return found, err
		}
		if held += len(b); held > carrier.MaxMetadata || len(found) > carrier.MaxFound {
			return found, carrier.Malformed(name, 0, "more metadata than one picture has")
		}
		if it.exif {
			found = append(found, comments(b)...)
			continue
		}
		labels, err := xmp.Labels(b)
		for _, l := range labels {
			found = append(found, carrier.Found{Where: name + " XMP", Text: []byte(l)})
		}
		if err != nil {
			return found, err
		}
	}
	return found, nil
}

// comments returns the labels in EXIF data, before which stands where they begin. Data that are damaged are
// no damage to the picture.
func comments(b []byte) []carrier.Found {
	if len(b) < 4 {
		return nil
	}
	skip := uint64(binary.BigEndian.Uint32(b))
	if skip > uint64(len(b)-4) {
		return nil
	}
	list, _ := tiff.Comments(bytes.NewReader(b[4+skip:]))
	var found []carrier.Found
	for _, c := range list {
		found = append(found, carrier.Found{Where: name + " " + c.Where, Text: c.Text, Alternative: true})
	}
	return found
}

// findMeta returns what is in the box meta of the file.
func findMeta(src carrier.Source) ([]byte, error) {
	at := int64(0)
	for n := 0; at < src.Size(); n++ {
		if n == carrier.MaxItems {
			return nil, carrier.Malformed(name, at, "more than %d boxes", n)
		}
		b, err := carrier.Bytes(src, name, at, min(16, src.Size()-at))
		if err != nil {
			return nil, err
		}
		head, size, err := boxHead(b, src.Size()-at)
		if err != nil {
			return nil, carrier.Malformed(name, at, "%v", err)
		}
		if string(b[4:8]) == "meta" {
			return carrier.Bytes(src, name, at+head, size-head)
		}
		at += size
	}
	return nil, nil
}

// errBox says what is wrong with a box.
type errBox string

func (e errBox) Error() string { return string(e) }

// boxHead returns the lengths of the head of a box and of all of it. left is how much there is.
func boxHead(b []byte, left int64) (head, size int64, err error) {
	if len(b) < 8 {
		return 0, 0, errBox("a box is cut off")
	}
	head, size = 8, int64(binary.BigEndian.Uint32(b))
	switch {
	case size == 0:
		size = left
	case size == 1 && len(b) < 16:
		return 0, 0, errBox("a box is cut off")
	case size == 1:
		head, size = 16, int64(binary.BigEndian.Uint64(b[8:]))
	}
	if size < head || size > left {
		return 0, 0, errBox("a box is longer than what holds it")
	}
	return head, size, nil
}

// A place is where the bytes of an item are.
type place struct {
	inside  bool // in the box idat
	base    uint64
	extents [][2]uint64 // offset and length
}

func (p place) read(src carrier.Source, data []byte) ([]byte, error) {
	if p.inside {
		src = bytes.NewReader(data)
	}
	var b []byte
	for _, e := range p.extents {
		at, size := p.base+e[0], e[1]
		if at > uint64(src.Size()) || size > uint64(src.Size()) || int64(size)+int64(len(b)) > carrier.MaxMetadata {
			return nil, carrier.Malformed(name, 0, "an item of %d bytes at %d", size, at)
		}
		part, err := carrier.Bytes(src, name, int64(at), int64(size))
		if err != nil {
			return nil, err
		}
		b = append(b, part...)
	}
	return b, nil
}

// An item is one that may hold a label.
type item struct {
	id   uint32
	exif bool // else XMP
}

// parse reads what is in the box meta.
func parse(meta []byte) (items []item, places map[uint32]place, data []byte, err error) {
	if len(meta) < 4 {
		return nil, nil, nil, carrier.Malformed(name, 0, "the box meta is cut off")
	}
	err = each(meta[4:], func(kind string, b []byte) error {
		r := reader{b: b}
		switch kind {
		case "iinf":
			items, err = infos(b)
			return err
		case "iloc":
			places = r.places()
		case "idat":
			data = b
		}
		if r.failed {
			return carrier.Malformed(name, 0, "the box %s is cut off", kind)
		}
		return nil
	})
	return items, places, data, err
}

// each calls do for every box.
func each(b []byte, do func(kind string, body []byte) error) error {
	for len(b) > 0 {
		head, size, err := boxHead(b, int64(len(b)))
		if err != nil {
			return carrier.Malformed(name, 0, "%v", err)
		}
		if err := do(string(b[4:8]), b[head:size]); err != nil {
			return err
		}
		b = b[size:]
	}
	return nil
}

// infos reads the list of items.
func infos(b []byte) ([]item, error) {
	r := reader{b: b}
	if version := r.uint(4) >> 24; version == 0 {
		r.uint(2)
	} else {
		r.uint(4)
	}
	if r.failed {
		return nil, carrier.Malformed(name, 0, "the box iinf is cut off")
	}
	var items []item
	err := each(r.b, func(kind string, b []byte) error {
		r := reader{b: b}
		version := r.uint(4) >> 24
		if kind != "infe" || version < 2 {
			return nil
		}
		it := item{id: uint32(r.uint(2 + 2*int(version&1)))}
		r.uint(2)
		kind = string(r.bytes(4))
		_ = r.text() // the name
		it.exif = kind == "Exif"
		if it.exif || kind == "mime" && r.text() == "application/rdf+xml" {
			items = append(items, it)
		}
		return nil
	})
	return items, err
}

// A reader reads numbers from bytes, and zeros behind their end.
type reader struct {
	b      []byte
	failed bool
}

func (r *reader) bytes(n int) []byte {
	if n > len(r.b) {
		r.b, r.failed = nil, true
		return nil
	}
	b := r.b[:n]
	r.b = r.b[n:]
	return b
}

func (r *reader) uint(n int) uint64 {
	var v uint64
	for _, c := range r.bytes(n) {
		v = v<<8 | uint64(c)
	}
	return v
}

// text reads up to a zero byte.
func (r *reader) text() string {
	text, rest, _ := bytes.Cut(r.b, []byte{0})
	r.b = rest
	return string(text)
}

// places reads the box iloc.
func (r *reader) places() map[uint32]place {
	version := r.uint(4) >> 24
	sizes := r.uint(2)
	offset, length, base, index := int(sizes>>12), int(sizes>>8&15), int(sizes>>4&15), int(sizes&15)
	if version == 0 {
		index = 0
	}
	wide := 2
	if version >= 2 {
		wide = 4
	}
	places := map[uint32]place{}
	count := uint64(0)
	for n := r.uint(wide); n > 0 && !r.failed; n-- {
		id := uint32(r.uint(wide))
		var p place
		method := uint64(0)
		if version > 0 {
			method = r.uint(2) & 15
		}
		p.inside = method == 1
		r.uint(2)
		p.base = r.uint(base)
		k := r.uint(2)
		if count += k + 1; count > carrier.MaxItems { // those of no length cost a file nothing
			r.failed = true
		}
		for ; k > 0 && !r.failed; k-- {
			r.uint(index)
			p.extents = append(p.extents, [2]uint64{r.uint(offset), r.uint(length)})
		}
		if method < 2 { // those of other items are not followed
			places[id] = p
		}
	}
	return places
}
