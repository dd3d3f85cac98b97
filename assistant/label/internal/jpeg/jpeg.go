// Package jpeg reads and writes the label of JPEG pictures: an XMP packet in an APP1 segment. It also reads
// comments in EXIF data and what some tools put bare into other segments.
package jpeg

import (
	"bytes"
	"cmp"
	"encoding/binary"
	"fmt"
	"io"

	"github.com/zhushou-ai/zhushou/assistant/label/internal/carrier"
	"github.com/zhushou-ai/zhushou/assistant/label/internal/tiff"
	"github.com/zhushou-ai/zhushou/assistant/label/internal/xmp"
)

const (
	name    = "JPEG"
	isXMP   = "http://ns.adobe.com/xap/1.0/\x00"
	isExif  = "Exif\x00"
	maxData = 1<<16 - 1 - 2 // of one segment
)

// The markers that matter.
const (
	soi  = 0xd8
	eoi  = 0xd9
	sos  = 0xda
	app0 = 0xe0
	app1 = 0xe1
	appF = 0xef
	com  = 0xfe
)

// Sniff reports whether a file that begins like head is a JPEG picture.
func Sniff(head []byte) bool { return bytes.HasPrefix(head, []byte{0xff, soi, 0xff}) }

// A segment is one part of the file before the picture.
type segment struct {
	marker byte
	at     int64 // of the 0xFF before the marker
	data   []byte
	end    int64
}

// segments calls do for every segment up to the picture, and returns where that begins.
func segments(src carrier.Source, do func(segment) error) (picture int64, err error) {
	head, err := carrier.Bytes(src, name, 0, 3)
	if err != nil {
		return 0, err
	}
	if !Sniff(head) {
		return 0, carrier.Malformed(name, 0, "it does not begin like one")
	}
	held := int64(0)
	for at := int64(2); ; {
		b, err := carrier.Bytes(src, name, at, 2)
		if err != nil {
			return 0, err
		}
		s := segment{marker: b[1], at: at}
		switch {
		case b[0] != 0xff:
			return 0, carrier.Malformed(name, at, "a marker should stand here")
		case s.marker == 0xff: // a fill byte
			at++
			continue
		case s.marker == sos || s.marker == eoi:
			return at, nil
		case s.marker == 0x01 || s.marker >= 0xd0 && s.marker <= soi: // these stand alone
			at += 2
			continue
		}
		if b, err = carrier.Bytes(src, name, at+2, 2); err != nil {
			return 0, err
		}
		size := int64(binary.BigEndian.Uint16(b))
		if size < 2 {
			return 0, carrier.Malformed(name, at, "a segment of %d bytes", size)
		}
		s.end = at + 2 + size
		if s.marker >= app0 && s.marker <= appF || s.marker == com {
			if held += size; held > carrier.MaxMetadata {
				return 0, carrier.Malformed(name, at, "more than %d bytes of metadata", int64(carrier.MaxMetadata))
			}
			if s.data, err = carrier.Bytes(src, name, at+4, size-2); err != nil {
				return 0, err
			}
		}
		if err := do(s); err != nil {
			return 0, err
		}
		at = s.end
	}
}

// exif returns the TIFF structure in a segment.
func (s *segment) exif() (carrier.Source, int64, bool) {
	const head = int64(len(isExif)) + 1
	if s.marker != app1 || !bytes.HasPrefix(s.data, []byte(isExif)) || int64(len(s.data)) < head {
		return nil, 0, false
	}
	return bytes.NewReader(s.data[head:]), s.at + 4 + head, true
}

// packet returns the XMP packet in a segment.
func (s *segment) packet() ([]byte, bool) {
	if s.marker != app1 {
		return nil, false
	}
	return bytes.CutPrefix(s.data, []byte(isXMP))
}

// bare finds a label that stands in a segment without more ado.
func (s *segment) bare() (carrier.Span, bool) {
	if s.data == nil || bytes.HasPrefix(s.data, []byte("http://ns.adobe.com/xmp/extension/")) {
		return carrier.Span{}, false
	}
	return carrier.Find(s.data)
}

// Read finds every label.
func Read(src carrier.Source) ([]carrier.Found, error) {
	var found []carrier.Found
	_, err := segments(src, func(s segment) (err error) {
		add := func(f carrier.Found) {
			if err == nil {
				found, err = carrier.Add(found, name, s.at, f)
			}
		}
		if packet, ok := s.packet(); ok {
			labels, failed := xmp.Labels(packet)
			for _, l := range labels {
				add(carrier.Found{Where: name + " XMP", Text: []byte(l)})
			}
			return cmp.Or(err, failed)
		}
		if exif, _, ok := s.exif(); ok {
			comments, _ := tiff.Comments(exif) // EXIF data that are damaged are no damage to the picture
			for _, c := range comments {
				add(carrier.Found{Where: name + " " + c.Where, Text: c.Text, Alternative: true})
			}
			return err
		}
		if at, ok := s.bare(); ok {
			add(carrier.Found{Where: name + " " + s.name(), Text: s.data[at.From:at.To], Alternative: true})
		}
		return err
	})
	return found, err
}

func (s *segment) name() string {
	if s.marker == com {
		return "COM"
	}
	return fmt.Sprintf("APP%d", s.marker-app0)
}

// Write puts the label into the XMP packet, or into a new one behind the segments that must come first.
// XMP data that go on in extended segments stay as they are.
func Write(dst io.Writer, src carrier.Source, text string) error {
	var packet []byte
	var parts []segment // packets, which are written anew
	var patches []carrier.Patch
	put := int64(2) // where the packet goes
	leading := true
	_, err := segments(src, func(s segment) error {
		old, isPacket := s.packet()
		exif, at, isExif := s.exif()
		switch {
		case isPacket && packet == nil:
			parts = append(parts, s)
			packet, put, leading = old, s.at, false
		case isPacket: // a second one, which should not be
			if labels, _ := xmp.Labels(old); len(labels) > 0 {
				parts = append(parts, s)
			}
		case isExif:
			comments, _ := tiff.Comments(exif)
			for _, c := range comments {
				c.Blank.Offset += at
				patches = append(patches, c.Blank)
			}
		default:
			if in, ok := s.bare(); ok {
				patches = append(patches, carrier.Patch{Offset: s.at + 4 + int64(in.From), Bytes: []byte(in.Blank())})
			}
		}
		leading = leading && (s.marker == app0 || isExif)
		if leading {
			put = s.end
		}
		return nil
	})
	if err != nil {
		return err
	}
	if packet, err = xmp.Write(packet, text); err != nil {
		return err
	}
	if len(isXMP)+len(packet) > maxData {
		packet = xmp.Trim(packet)
	}
	size := len(isXMP) + len(packet)
	if size > maxData {
		return carrier.Malformed(name, put, "with the label the XMP packet has %d bytes, at most %d fit", len(packet), maxData-len(isXMP))
	}
	b := binary.BigEndian.AppendUint16([]byte{0xff, app1}, uint16(size+2))
	b = append(append(b, isXMP...), packet...)

	if err := carrier.CopyPatched(dst, src, 0, put, patches); err != nil {
		return err
	}
	if _, err := dst.Write(b); err != nil {
		return err
	}
	at := put
	for _, s := range parts {
		if err := carrier.CopyPatched(dst, src, at, s.at-at, patches); err != nil {
			return err
		}
		at = s.end
	}
	return carrier.CopyPatched(dst, src, at, src.Size()-at, patches)
}
