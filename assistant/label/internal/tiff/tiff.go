package tiff

import (
	"bytes"
	"io"
	"slices"

	"github.com/zhushou-ai/zhushou/assistant/label/internal/carrier"
	"github.com/zhushou-ai/zhushou/assistant/label/internal/xmp"
)

// Read finds every label in the first directory and its EXIF data.
func Read(src carrier.Source) ([]carrier.Found, error) {
	l, d, _, err := first(src)
	if err != nil {
		return nil, err
	}
	var found []carrier.Found
	packet, _, err := packetOf(src, d)
	if err != nil {
		return nil, err
	}
	labels, err := xmp.Labels(packet)
	for _, t := range labels {
		found = append(found, carrier.Found{Where: name + " XMP", Text: []byte(t)})
	}
	if err != nil {
		return found, err
	}
	comments, err := l.comments(src, d)
	for _, c := range comments {
		found = append(found, carrier.Found{Where: name + " " + c.Where, Text: c.Text, Alternative: true})
	}
	return found, err
}

func packetOf(src carrier.Source, d directory) (packet []byte, e entry, err error) {
	e, ok := d.find(tagXMP)
	if !ok {
		return nil, e, nil
	}
	packet, err = carrier.Bytes(src, name, e.at, e.size)
	return packet, e, err
}

// Write puts the label into the XMP packet. The packet is updated where it is if there is room, and else
// follows the end of the file, with a new first directory that points to it; nothing is moved.
func Write(dst io.Writer, src carrier.Source, text string) error {
	l, d, _, err := first(src)
	if err != nil {
		return err
	}
	old, e, err := packetOf(src, d)
	if err != nil {
		return err
	}
	packet, err := xmp.Write(old, text)
	if err != nil {
		return err
	}
	comments, err := l.comments(src, d)
	if err != nil {
		return err
	}
	var patches []carrier.Patch
	for _, c := range comments {
		patches = append(patches, c.Blank)
	}
	if shorter := xmp.Trim(packet); len(packet) > len(old) && len(shorter) <= len(old) {
		packet = shorter
	}
	if len(packet) <= len(old) {
		patches = append(patches, carrier.Patch{Offset: e.at, Bytes: padded(packet, len(old))})
		return carrier.CopyPatched(dst, src, 0, src.Size(), patches)
	}
	if old != nil {
		patches = append(patches, carrier.Patch{Offset: e.at, Bytes: padded(nil, len(old))})
	}
	tail := make([]byte, src.Size()%2) // directories begin at even offsets
	at := src.Size() + int64(len(tail))
	tail = append(tail, packet...)
	if len(packet)%2 > 0 {
		tail = append(tail, ' ')
	}
	ifd := src.Size() + int64(len(tail))
	tail = l.appendDirectory(tail, d, at, int64(len(packet)))
	if !l.big && src.Size()+int64(len(tail)) > 1<<32-1 {
		return carrier.Malformed(name, at, "the offset of the label does not fit, the file is too large")
	}
	patches = append(patches, carrier.Patch{Offset: l.offsetAt(), Bytes: l.appendUint(nil, ifd)})
	if err := carrier.CopyPatched(dst, src, 0, src.Size(), patches); err != nil {
		return err
	}
	_, err = dst.Write(tail)
	return err
}

// padded returns b followed by blanks.
func padded(b []byte, n int) []byte {
	return append(bytes.Clone(b), bytes.Repeat([]byte(" "), n-len(b))...)
}

// appendDirectory writes a directory again with the tag of the packet, of which there is one only.
func (l layout) appendDirectory(b []byte, d directory, at, size int64) []byte {
	raw := appendOrder(nil, l.order, 2, tagXMP)
	raw = appendOrder(raw, l.order, 2, 7) // bytes
	raw = l.appendUint(raw, size)
	raw = l.appendUint(raw, at)
	entries := slices.DeleteFunc(slices.Clone(d.entries), func(e entry) bool { return e.tag == tagXMP })
	i := slices.IndexFunc(entries, func(e entry) bool { return e.tag > tagXMP })
	if i < 0 {
		i = len(entries)
	}
	entries = slices.Insert(entries, i, entry{raw: raw})
	b = appendOrder(b, l.order, int(l.countSize()), uint64(len(entries)))
	for _, e := range entries {
		b = append(b, e.raw...)
	}
	return append(b, d.next...)
}
