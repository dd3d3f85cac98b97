// Package gif reads and writes the label of GIF pictures: an XMP packet in the application extension
// "XMP Data".
package gif

import (
	"bytes"
	"cmp"
	"io"
	"strings"

	"github.com/zhushou-ai/zhushou/assistant/label/internal/carrier"
	"github.com/zhushou-ai/zhushou/assistant/label/internal/xmp"
)

const (
	name        = "GIF"
	application = "XMP DataXMP"
)

// The blocks.
const (
	extension     = 0x21
	picture       = 0x2c
	trailer       = 0x3b
	isControl     = 0xf9
	isComment     = 0xfe
	isPlainText   = 0x01
	isApplication = 0xff
)

// Sniff reports whether a file that begins like head is a GIF picture.
func Sniff(head []byte) bool {
	return bytes.HasPrefix(head, []byte("GIF87a")) || bytes.HasPrefix(head, []byte("GIF89a"))
}

// A block is one part of the file.
type block struct {
	kind  byte
	of    byte  // the kind of an extension
	at    int64 // where it begins
	data  int64 // where its sub-blocks begin
	end   int64
	isXMP bool
}

// blocks calls do for every block up to the trailer.
func blocks(src carrier.Source, do func(block) error) error {
	head, err := carrier.Bytes(src, name, 0, 13)
	if err != nil {
		return err
	}
	if !Sniff(head) {
		return carrier.Malformed(name, 0, "it does not begin like one")
	}
	in := carrier.NewWindow(src, name)
	at := 13 + colours(head[10])
	for n := 0; ; n++ {
		if n == carrier.MaxItems {
			return carrier.Malformed(name, at, "more than %d blocks", n)
		}
		b := block{at: at}
		if b.kind, err = in.Byte(at); err != nil {
			return err
		}
		switch b.kind {
		case trailer:
			b.end = at + 1
			return do(b)
		case picture:
			flags, err := in.Byte(at + 9)
			if err != nil {
				return err
			}
			b.data = at + 10 + colours(flags) + 1 // behind the least size of codes
		case extension:
			if b.of, err = in.Byte(at + 1); err != nil {
				return err
			}
			b.data = at + 2
		default:
			return carrier.Malformed(name, at, "a block of the unknown kind %#x", b.kind)
		}
		if b.of == isApplication {
			head, err := carrier.Bytes(src, name, at+2, min(12, src.Size()-at-2))
			if err != nil {
				return err
			}
			if len(head) == 12 && head[0] == 11 && string(head[1:]) == application {
				b.isXMP, b.data = true, at+14
			}
		}
		if b.end, err = subBlocks(in, b.data); err != nil {
			return err
		}
		if err := do(b); err != nil {
			return err
		}
		at = b.end
	}
}

// colours is the length of a table of colours.
func colours(flags byte) int64 {
	if flags&0x80 == 0 {
		return 0
	}
	return 3 << (flags&7 + 1)
}

// subBlocks follows sub-blocks to their end. A packet that is written raw in their place ends with a trailer
// that leads there from wherever its bytes, taken for lengths, have led.
func subBlocks(in *carrier.Window, at int64) (end int64, err error) {
	for {
		size, err := in.Byte(at)
		if err != nil {
			return 0, err
		}
		if size == 0 {
			return at + 1, nil
		}
		at += int64(size) + 1
	}
}

// magic follows a packet: 1, all bytes from 255 down to 0, and the end of the sub-blocks.
func magic() []byte {
	m := []byte{1}
	for i := range 256 {
		m = append(m, byte(255-i))
	}
	return append(m, 0)
}

// content returns the packet in an XMP block, whether it is raw with the magic trailer or, as some write it,
// in sub-blocks.
func content(src carrier.Source, b block) ([]byte, error) {
	all, err := carrier.Bytes(src, name, b.data, b.end-b.data)
	if err != nil {
		return nil, err
	}
	if packet, ok := bytes.CutSuffix(all, magic()); ok {
		return packet, nil
	}
	return joined(all), nil
}

// joined returns what sub-blocks hold together.
func joined(b []byte) []byte {
	var out []byte
	for len(b) > 0 && b[0] > 0 && int(b[0]) < len(b) {
		out = append(out, b[1:1+int(b[0])]...)
		b = b[1+int(b[0]):]
	}
	return out
}

// Read finds every label.
func Read(src carrier.Source) ([]carrier.Found, error) {
	var found []carrier.Found
	err := blocks(src, func(b block) (err error) {
		add := func(f carrier.Found) {
			if err == nil {
				found, err = carrier.Add(found, name, b.at, f)
			}
		}
		switch {
		case b.isXMP:
			packet, failed := content(src, b)
			if failed != nil {
				return failed
			}
			labels, failed := xmp.Labels(packet)
			for _, l := range labels {
				add(carrier.Found{Where: name + " XMP", Text: []byte(l)})
			}
			return cmp.Or(err, failed)
		case b.of == isComment:
			text, _, failed := comment(src, b)
			if text != nil {
				add(carrier.Found{Where: name + " comment", Text: text, Alternative: true})
			}
			return cmp.Or(err, failed)
		}
		return nil
	})
	return found, err
}

// comment returns the label in a comment, and the comment without it.
func comment(src carrier.Source, b block) (text, without []byte, err error) {
	if b.end-b.data > carrier.MaxLabel {
		return nil, nil, nil
	}
	all, err := carrier.Bytes(src, name, b.data, b.end-b.data)
	if err != nil {
		return nil, nil, err
	}
	all = joined(all)
	s, ok := carrier.Find(all)
	if !ok {
		return nil, nil, nil
	}
	without = bytes.TrimSpace([]byte(string(all[:s.From]) + strings.TrimSpace(s.Blank()) + string(all[s.To:])))
	return all[s.From:s.To], without, nil
}

// appendComment writes a comment in sub-blocks, or nothing if it is empty.
func appendComment(b, text []byte) []byte {
	if len(text) == 0 {
		return b
	}
	b = append(b, extension, isComment)
	for len(text) > 0 {
		n := min(len(text), 255)
		b = append(append(b, byte(n)), text[:n]...)
		text = text[n:]
	}
	return append(b, 0)
}

// Write puts the label into the XMP packet, before the first picture.
func Write(dst io.Writer, src carrier.Source, text string) error {
	var packet []byte
	var anew []block     // what is not copied
	var instead [][]byte // for each of them
	put := int64(0)
	err := blocks(src, func(b block) (err error) {
		first := b.kind == picture || b.kind == trailer || b.of == isControl || b.of == isPlainText
		if first && put == 0 {
			put = b.at
		}
		switch {
		case b.isXMP:
			if packet == nil {
				packet, err = content(src, b)
			}
			anew, instead = append(anew, b), append(instead, nil)
		case b.of == isComment:
			text, without, failed := comment(src, b)
			if text != nil {
				anew, instead = append(anew, b), append(instead, appendComment(nil, without))
			}
			err = cmp.Or(err, failed)
		}
		return err
	})
	if err != nil {
		return err
	}
	if packet, err = xmp.Write(packet, text); err != nil {
		return err
	}
	at := int64(6)
	to := func(offset int64) error { // copies up to offset, without what is written anew
		for len(anew) > 0 && anew[0].at < offset {
			if err := carrier.Copy(dst, src, at, anew[0].at-at); err != nil {
				return err
			}
			if _, err := dst.Write(instead[0]); err != nil {
				return err
			}
			at = anew[0].end
			anew, instead = anew[1:], instead[1:]
		}
		err := carrier.Copy(dst, src, at, offset-at)
		at = offset
		return err
	}
	if _, err := io.WriteString(dst, "GIF89a"); err != nil { // the version that has extensions
		return err
	}
	if err := to(put); err != nil {
		return err
	}
	b := append([]byte{extension, isApplication, byte(len(application))}, application...)
	if _, err := dst.Write(append(append(b, packet...), magic()...)); err != nil {
		return err
	}
	return to(src.Size())
}
