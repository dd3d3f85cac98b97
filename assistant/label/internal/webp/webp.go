// Package webp reads and writes the label of WebP pictures: an XMP packet in the chunk "XMP ".
package webp

import (
	"cmp"
	"encoding/binary"
	"io"

	"github.com/zhushou-ai/zhushou/assistant/label/internal/carrier"
	"github.com/zhushou-ai/zhushou/assistant/label/internal/riff"
	"github.com/zhushou-ai/zhushou/assistant/label/internal/tiff"
	"github.com/zhushou-ai/zhushou/assistant/label/internal/xmp"
)

const (
	name    = "WebP"
	form    = "WEBP"
	idXMP   = "XMP "
	idExif  = "EXIF"
	idWide  = "VP8X"
	flagXMP = 1 << 2
	alpha   = 1 << 4
)

// Sniff reports whether a file that begins like head is a WebP picture.
func Sniff(head []byte) bool { return riff.Form(head) == form }

// chunks calls do for every chunk, and returns where the last one ends.
func chunks(src carrier.Source, do func(riff.Chunk) error) (end int64, err error) {
	h, err := riff.Read(src, name)
	if err != nil {
		return 0, err
	}
	end = int64(h.Size) + 8
	if h.Form != form || end > src.Size()+1 { // the last padding may be missing
		return 0, carrier.Malformed(name, 4, "it should have %d bytes and has %d", end, src.Size())
	}
	end = min(end, src.Size())
	return end, riff.Chunks(src, name, riff.HeaderSize, end, nil, do)
}

// comments returns the labels in EXIF data. Data that are damaged are no damage to the picture.
func comments(src carrier.Source, c riff.Chunk) []tiff.Comment {
	if c.ID != idExif {
		return nil
	}
	at, size := c.Data(), c.Size
	if b, err := carrier.Bytes(src, name, at, min(6, size)); err == nil && string(b) == "Exif\x00\x00" { // as some put it
		at, size = at+6, size-6
	}
	found, _ := tiff.Comments(io.NewSectionReader(src, at, size))
	for i := range found {
		found[i].Blank.Offset += at
	}
	return found
}

// Read finds every label.
func Read(src carrier.Source) ([]carrier.Found, error) {
	var found []carrier.Found
	_, err := chunks(src, func(c riff.Chunk) (err error) {
		add := func(f carrier.Found) {
			if err == nil {
				found, err = carrier.Add(found, name, c.Offset, f)
			}
		}
		for _, e := range comments(src, c) {
			add(carrier.Found{Where: name + " " + e.Where, Text: e.Text, Alternative: true})
		}
		if c.ID != idXMP {
			return err
		}
		packet, failed := carrier.Bytes(src, name, c.Data(), c.Size)
		if failed != nil {
			return failed
		}
		labels, failed := xmp.Labels(packet)
		for _, l := range labels {
			add(carrier.Found{Where: name + " XMP", Text: []byte(l)})
		}
		return cmp.Or(err, failed)
	})
	return found, err
}

// Write puts the label into the XMP packet, behind the other chunks, and says so in the chunk VP8X, which it
// adds to pictures of the simple kind.
func Write(dst io.Writer, src carrier.Source, text string) error {
	var (
		packet  []byte
		wide    []byte // the chunk VP8X
		parts   []riff.Chunk
		patches []carrier.Patch
	)
	end, err := chunks(src, func(c riff.Chunk) (err error) {
		for _, e := range comments(src, c) {
			patches = append(patches, e.Blank)
		}
		switch {
		case c.ID == idXMP && packet == nil:
			packet, err = carrier.Bytes(src, name, c.Data(), c.Size)
		case c.ID == idXMP: // a second one, which should not be
		case c.ID == idWide && wide == nil:
			if c.Size != 10 {
				return carrier.Malformed(name, c.Offset, "the chunk VP8X has %d bytes", c.Size)
			}
			wide, err = carrier.Bytes(src, name, c.Data(), c.Size)
		default:
			parts = append(parts, c)
		}
		return err
	})
	if err != nil {
		return err
	}
	if len(parts) == 0 {
		return carrier.Malformed(name, riff.HeaderSize, "it has no picture")
	}
	if wide == nil {
		if wide, err = widen(src, parts[0]); err != nil {
			return err
		}
	}
	wide[0] |= flagXMP
	if packet, err = xmp.Write(packet, text); err != nil {
		return err
	}
	tail := riff.Append(nil, idXMP, packet)
	size := int64(4 + 8 + len(wide) + len(tail))
	for _, c := range parts {
		size += c.End() - c.Offset
	}
	if size > riff.Endless-1 {
		return carrier.Malformed(name, 4, "with the label it is too large")
	}
	b := binary.LittleEndian.AppendUint32([]byte("RIFF"), uint32(size))
	if _, err := dst.Write(riff.Append(append(b, form...), idWide, wide)); err != nil {
		return err
	}
	for _, c := range parts {
		if err := carrier.CopyPatched(dst, src, c.Offset, min(c.End(), src.Size())-c.Offset, patches); err != nil {
			return err
		}
		if c.End() > src.Size() { // its padding was missing
			if _, err := dst.Write([]byte{0}); err != nil {
				return err
			}
		}
	}
	if _, err := dst.Write(tail); err != nil {
		return err
	}
	return carrier.Copy(dst, src, end, src.Size()-end) // what follows is not of the picture
}

// widen makes the chunk VP8X for a picture of the simple kind.
func widen(src carrier.Source, c riff.Chunk) ([]byte, error) {
	b, err := carrier.Bytes(src, name, c.Data(), min(10, c.Size))
	if err != nil {
		return nil, err
	}
	var width, height uint32
	var flags byte
	switch {
	case c.ID == "VP8 " && len(b) == 10 && string(b[3:6]) == "\x9d\x01\x2a":
		width = uint32(binary.LittleEndian.Uint16(b[6:]) & 0x3fff)
		height = uint32(binary.LittleEndian.Uint16(b[8:]) & 0x3fff)
	case c.ID == "VP8L" && len(b) >= 5 && b[0] == 0x2f:
		bits := binary.LittleEndian.Uint32(b[1:])
		width, height = bits&0x3fff+1, bits>>14&0x3fff+1
		if bits>>28&1 > 0 {
			flags = alpha
		}
	}
	if width == 0 || height == 0 {
		return nil, carrier.Malformed(name, c.Offset, "the chunk %q does not say how large the picture is", c.ID)
	}
	wide := []byte{flags, 0, 0, 0}
	for _, v := range []uint32{width - 1, height - 1} {
		wide = append(wide, byte(v), byte(v>>8), byte(v>>16))
	}
	return wide, nil
}
