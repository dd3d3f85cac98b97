// Package png reads and writes the label of PNG pictures: an XMP packet in an iTXt chunk. It also reads text
// chunks with the keyword AIGC and comments in EXIF data.
package png

import (
	"bytes"
	"cmp"
	"encoding/binary"
	"hash/crc32"
	"io"

	"github.com/zhushou-ai/zhushou/assistant/label/internal/carrier"
	"github.com/zhushou-ai/zhushou/assistant/label/internal/tiff"
	"github.com/zhushou-ai/zhushou/assistant/label/internal/xmp"
)

const (
	name      = "PNG"
	signature = "\x89PNG\r\n\x1a\n"
)

// Sniff reports whether a file that begins like head is a PNG picture.
func Sniff(head []byte) bool { return bytes.HasPrefix(head, []byte(signature)) }

// A chunk is one part of the file.
type chunk struct {
	kind   string
	offset int64 // of the length
	size   int64 // of the data
}

func (c *chunk) end() int64 { return c.offset + 12 + c.size }

// chunks calls do for every chunk up to IEND. What follows it is trailing.
func chunks(src carrier.Source, do func(chunk) error) (trailing int64, err error) {
	head, err := carrier.Bytes(src, name, 0, int64(len(signature)))
	if err != nil {
		return 0, err
	}
	if !Sniff(head) {
		return 0, carrier.Malformed(name, 0, "it does not begin like one")
	}
	at := int64(len(signature))
	for n := 0; ; n++ {
		if n == carrier.MaxItems {
			return 0, carrier.Malformed(name, at, "more than %d chunks", n)
		}
		b, err := carrier.Bytes(src, name, at, 8)
		if err != nil {
			return 0, err
		}
		c := chunk{string(b[4:]), at, int64(binary.BigEndian.Uint32(b))}
		if c.end() > src.Size() {
			return 0, carrier.Malformed(name, at, "the chunk %q of %d bytes is longer than the file", c.kind, c.size)
		}
		if err := do(c); err != nil {
			return 0, err
		}
		at = c.end()
		if c.kind == "IEND" {
			return at, nil
		}
	}
}

// comments returns the labels in the EXIF data of a chunk. Data that are damaged are no damage to the
// picture.
func comments(src carrier.Source, c chunk) []tiff.Comment {
	if c.kind != "eXIf" {
		return nil
	}
	found, _ := tiff.Comments(io.NewSectionReader(src, c.offset+8, c.size))
	return found
}

// Read finds every label.
func Read(src carrier.Source) ([]carrier.Found, error) {
	var found []carrier.Found
	texts := reader{src: src}
	_, err := chunks(src, func(c chunk) (err error) {
		add := func(f carrier.Found) {
			if err == nil {
				found, err = carrier.Add(found, name, c.offset, f)
			}
		}
		for _, e := range comments(src, c) {
			add(carrier.Found{Where: name + " " + e.Where, Text: e.Text, Alternative: true})
		}
		t, ok, failed := texts.read(c)
		switch {
		case failed != nil:
			return failed
		case !ok:
			return err
		case t.key == keyLabel:
			add(carrier.Found{Where: name + " " + c.kind + " " + keyLabel, Text: t.text, Alternative: true})
			return err
		}
		labels, failed := xmp.Labels(t.text)
		for _, l := range labels {
			add(carrier.Found{Where: name + " " + c.kind + " XMP", Text: []byte(l)})
		}
		return cmp.Or(err, failed)
	})
	return found, err
}

// Write puts the label into the XMP packet, before the first chunk of the picture.
func Write(dst io.Writer, src carrier.Source, label string) error {
	var packet []byte
	var anew []chunk // what is not copied, in order
	var patches []carrier.Patch
	var put int64 // where the packet goes: before the first IDAT
	texts := reader{src: src}
	end, err := chunks(src, func(c chunk) error {
		if c.kind == "IDAT" && put == 0 {
			put = c.offset
		}
		if found := comments(src, c); len(found) > 0 {
			p, err := withoutComments(src, c, found)
			patches = append(patches, p...)
			return err
		}
		t, ok, err := texts.read(c)
		if err != nil || !ok {
			return err
		}
		if t.key == keyXMP {
			if packet != nil && !holdsLabel(t.text) {
				return nil // a second packet, which should not be and is not ours
			}
			if packet == nil {
				packet = t.text
			}
		}
		anew = append(anew, c)
		return nil
	})
	if err != nil {
		return err
	}
	if put == 0 {
		return carrier.Malformed(name, end, "it has no IDAT")
	}
	if packet, err = xmp.Write(packet, label); err != nil {
		return err
	}
	at := int64(0)
	to := func(offset int64) error { // copies up to offset, without what is written anew
		for len(anew) > 0 && anew[0].offset < offset {
			if err := carrier.CopyPatched(dst, src, at, anew[0].offset-at, patches); err != nil {
				return err
			}
			at = anew[0].end()
			anew = anew[1:]
		}
		err := carrier.CopyPatched(dst, src, at, offset-at, patches)
		at = offset
		return err
	}
	if err := to(put); err != nil {
		return err
	}
	if err := writeText(dst, packet); err != nil {
		return err
	}
	return to(src.Size()) // with what follows the end, which viewers ignore
}

func holdsLabel(packet []byte) bool {
	labels, _ := xmp.Labels(packet)
	return len(labels) > 0
}

// withoutComments returns what changes in a chunk of EXIF data when its labels are blanked: they and the
// checksum.
func withoutComments(src carrier.Source, c chunk, found []tiff.Comment) ([]carrier.Patch, error) {
	b, err := carrier.Bytes(src, name, c.offset+4, 4+c.size)
	if err != nil {
		return nil, err
	}
	var patches []carrier.Patch
	for _, f := range found {
		p := f.Blank
		copy(b[4+p.Offset:], p.Bytes)
		p.Offset += c.offset + 8
		patches = append(patches, p)
	}
	sum := binary.BigEndian.AppendUint32(nil, crc32.ChecksumIEEE(b))
	return append(patches, carrier.Patch{Offset: c.offset + 8 + c.size, Bytes: sum}), nil
}
