package isobmff

import (
	"encoding/binary"
	"fmt"
	"io"
	"slices"

	"github.com/zhushou-ai/zhushou/assistant/label/internal/carrier"
)

// Write puts the label into moov/udta/meta. What Read cannot read is not written.
func Write(dst io.Writer, src carrier.Source, text string) error {
	if _, err := Read(src); err != nil {
		return err
	}
	boxes, err := top(src)
	if err != nil {
		return err
	}
	at := slices.IndexFunc(boxes, func(b box) bool { return b.kind == "moov" })
	if at < 0 {
		return carrier.Malformed(name, src.Size(), "it has no moov")
	}
	moov := boxes[at]
	old, err := carrier.Bytes(src, name, moov.offset+moov.head, moov.size-moov.head)
	if err != nil {
		return err
	}
	data, err := relabel(old, text)
	if err != nil {
		return err
	}
	fresh := appendBox(nil, "moov", data)
	fits := func(room int64) bool { return int64(len(fresh)) == room || int64(len(fresh))+8 <= room }

	// Where there is room behind it, or no media, nothing moves.
	room := moov.size
	next := at + 1
	for next < len(boxes) && (boxes[next].kind == "free" || boxes[next].kind == "skip") && !boxes[next].open {
		room += boxes[next].size
		next++
	}
	if !fits(room) {
		room, next = moov.size, at+1
	}
	delta := int64(len(fresh)) - room
	if fits(room) {
		if free := room - int64(len(fresh)); free > 0 {
			fresh = appendBox(fresh, "free", make([]byte, free-8))
		}
		delta = 0
	}
	moved := boxes[next:]
	if len(moved) == 0 {
		delta = 0
	}
	if delta != 0 {
		err = shift(fresh[8:], moov.end(), delta)
		if err != nil || slices.ContainsFunc(moved, func(b box) bool { return b.kind == "meta" }) {
			// Offsets that cannot be moved: the metadata goes behind the media instead, where nothing moves.
			return appended(dst, src, boxes, at, data)
		}
	}
	if err := carrier.Copy(dst, src, 0, moov.offset); err != nil {
		return err
	}
	if _, err := dst.Write(fresh); err != nil {
		return err
	}
	for _, b := range moved {
		if err := copyMoved(dst, src, b, moov.end(), delta); err != nil {
			return err
		}
	}
	end := moov.offset + room
	if len(moved) > 0 {
		end = moved[len(moved)-1].end()
	}
	return carrier.Copy(dst, src, end, src.Size()-end)
}

// appended writes a file whose metadata stands last, and free space where it was.
func appended(dst io.Writer, src carrier.Source, boxes []box, at int, data []byte) error {
	last := boxes[len(boxes)-1]
	if last.open || last.end() != src.Size() {
		return fmt.Errorf("%s: the metadata stands before media of unknown length whose offsets do not fit", name)
	}
	if slices.ContainsFunc(boxes, func(b box) bool { return b.kind == "moof" }) {
		return fmt.Errorf("%s: the metadata of a fragmented file cannot follow its media, and its offsets do not fit", name)
	}
	moov := boxes[at]
	kind := moov.offset + 4
	if err := carrier.Copy(dst, src, 0, kind); err != nil {
		return err
	}
	if _, err := io.WriteString(dst, "free"); err != nil {
		return err
	}
	if err := carrier.Copy(dst, src, kind+4, src.Size()-kind-4); err != nil {
		return err
	}
	_, err := dst.Write(appendBox(nil, "moov", data))
	return err
}

// copyMoved copies a box that moves by delta, with the offsets in it.
func copyMoved(dst io.Writer, src carrier.Source, b box, from, delta int64) error {
	if delta == 0 || b.kind != "moof" && b.kind != "mfra" {
		return carrier.Copy(dst, src, b.offset, b.size)
	}
	all, err := carrier.Bytes(src, name, b.offset, b.size)
	if err != nil {
		return err
	}
	if err := shift(all[b.head:], from, delta); err != nil {
		return err
	}
	_, err = dst.Write(all)
	return err
}

// relabel returns the content of moov with text as its one label.
func relabel(moov []byte, text string) ([]byte, error) {
	boxes, rest, err := children(moov)
	if err != nil {
		return nil, err
	}
	var out []byte
	placed := false
	for _, b := range boxes {
		switch b.kind {
		case "udta":
			want := text
			if placed {
				want = ""
			}
			data, err := relabelUser(b.data, want)
			if err != nil {
				return nil, err
			}
			out = appendBox(out, "udta", data)
			placed = true
		case "meta":
			m, err := parseMeta(b.data)
			if err != nil {
				return nil, err
			}
			out = append(out, m.with("")...)
		case "trak":
			data, err := relabelTrack(b.data)
			if err != nil {
				return nil, err
			}
			out = appendBox(out, "trak", data)
		default:
			out = append(out, b.all...)
		}
	}
	if !placed {
		out = appendBox(out, "udta", newMeta(text))
	}
	return append(out, rest...), nil
}

// relabelUser returns the content of udta with the label, or without any if text is empty. The label stands
// behind what iTunes wrote, because readers take the last handler for that of what follows.
func relabelUser(udta []byte, text string) ([]byte, error) {
	boxes, rest, err := children(udta)
	if err != nil {
		return nil, err
	}
	var out []byte
	for _, b := range boxes {
		if b.kind == keyLabel {
			continue
		}
		if b.kind != "meta" {
			out = append(out, b.all...)
			continue
		}
		m, err := parseMeta(b.data)
		if err != nil {
			return nil, err
		}
		if m.handler == "mdta" && text != "" {
			out = append(out, m.with(text)...)
			text = ""
			continue
		}
		out = append(out, m.with("")...)
	}
	if text != "" {
		out = append(out, newMeta(text)...)
	}
	return append(out, rest...), nil
}

// relabelTrack returns the content of trak without labels.
func relabelTrack(trak []byte) ([]byte, error) {
	boxes, rest, err := children(trak)
	if err != nil {
		return nil, err
	}
	var out []byte
	for _, b := range boxes {
		switch b.kind {
		case "udta":
			data, err := relabelUser(b.data, "")
			if err != nil {
				return nil, err
			}
			out = appendBox(out, "udta", data)
		case "meta":
			m, err := parseMeta(b.data)
			if err != nil {
				return nil, err
			}
			out = append(out, m.with("")...)
		default:
			out = append(out, b.all...)
		}
	}
	return append(out, rest...), nil
}

// shift adds delta to every offset into the file, from the byte from on, that boxes in b hold.
func shift(b []byte, from, delta int64) error {
	boxes, _, err := children(b)
	if err != nil {
		return err
	}
	for _, c := range boxes {
		switch c.kind {
		case "trak", "mdia", "minf", "stbl":
			err = shift(c.data, from, delta)
		case "traf":
			err = shiftFragment(c.data, from, delta)
		case "stco":
			err = shiftTable(c, 4, from, delta)
		case "co64":
			err = shiftTable(c, 8, from, delta)
		case "saio":
			err = shiftAuxiliary(c, from, delta)
		case "tfra":
			err = shiftIndex(c, from, delta)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// shiftFragment shifts the base that the offsets of a fragment count from, if it has one of its own; they
// themselves stay.
func shiftFragment(traf []byte, from, delta int64) error {
	boxes, _, err := children(traf)
	if err != nil {
		return err
	}
	for _, c := range boxes {
		if c.kind == "tfhd" && len(c.data) >= 16 && c.data[3]&1 != 0 { // behind version, flags and track
			if err := shiftOne(c.data[8:16], from, delta); err != nil {
				return err
			}
		}
	}
	return nil
}

// shiftTable shifts a list of offsets behind version, flags and count.
func shiftTable(c inner, width int, from, delta int64) error {
	if len(c.data) < 8 {
		return carrier.Malformed(name, 0, "a table of offsets has %d bytes", len(c.data))
	}
	n := uint64(binary.BigEndian.Uint32(c.data[4:]))
	if n*uint64(width) > uint64(len(c.data)-8) {
		return carrier.Malformed(name, 0, "a table of %d offsets has %d bytes", n, len(c.data))
	}
	for i := range int(n) {
		if err := shiftOne(c.data[8+i*width:8+(i+1)*width], from, delta); err != nil {
			return err
		}
	}
	return nil
}

// shiftAuxiliary shifts the offsets of encryption data, which may follow a type and its parameter.
func shiftAuxiliary(c inner, from, delta int64) error {
	if len(c.data) < 4 {
		return carrier.Malformed(name, 0, "a table of offsets has %d bytes", len(c.data))
	}
	width := 4
	if c.data[0] != 0 {
		width = 8
	}
	skip := 0
	if c.data[3]&1 != 0 {
		skip = 8
	}
	if len(c.data) < 8+skip {
		return carrier.Malformed(name, 0, "a table of offsets has %d bytes", len(c.data))
	}
	return shiftTable(inner{data: c.data[skip:]}, width, from, delta)
}

// shiftIndex shifts the offsets of fragments in an index of random access.
func shiftIndex(c inner, from, delta int64) error {
	if len(c.data) < 16 {
		return carrier.Malformed(name, 0, "an index has %d bytes", len(c.data))
	}
	width := 4
	if c.data[0] != 0 {
		width = 8
	}
	sizes := binary.BigEndian.Uint32(c.data[8:])
	step := 2*width + int(sizes>>4&3) + int(sizes>>2&3) + int(sizes&3) + 3
	n := uint64(binary.BigEndian.Uint32(c.data[12:]))
	if n*uint64(step) > uint64(len(c.data)-16) {
		return carrier.Malformed(name, 0, "an index of %d entries has %d bytes", n, len(c.data))
	}
	for i := range int(n) {
		at := 16 + i*step + width
		if err := shiftOne(c.data[at:at+width], from, delta); err != nil {
			return err
		}
	}
	return nil
}

// shiftOne shifts one offset of 4 or 8 bytes.
func shiftOne(b []byte, from, delta int64) error {
	if len(b) == 8 {
		if v := int64(binary.BigEndian.Uint64(b)); v >= from {
			binary.BigEndian.PutUint64(b, uint64(v+delta))
		}
		return nil
	}
	v := int64(binary.BigEndian.Uint32(b))
	if v < from {
		return nil
	}
	if v+delta > 0xffffffff {
		return fmt.Errorf("%s: the offset %d does not fit into its table any more", name, v+delta)
	}
	binary.BigEndian.PutUint32(b, uint32(v+delta))
	return nil
}
