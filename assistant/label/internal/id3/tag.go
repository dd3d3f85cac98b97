// Package id3 reads and writes the label of MP3 recordings: a TXXX frame with the description AIGC in the
// ID3v2 tag.
package id3

import (
	"bytes"
	"unicode/utf16"

	"github.com/zhushou-ai/zhushou/assistant/label/internal/carrier"
)

const name = "MP3"

// The flags of a tag and of a frame.
const (
	unsynchronised = 0x80 // tag
	extended       = 0x40 // tag
	footer         = 0x10 // tag, version 4

	frameUnsynchronised = 0x02 // version 4
	frameLength         = 0x01 // version 4: four bytes more
	framePacked4        = 0x08
	frameSecret4        = 0x04
	frameGroup4         = 0x40
	framePacked3        = 0x80
	frameSecret3        = 0x40
	frameGroup3         = 0x20
)

const headSize = 10

// A tag is the ID3v2 tag at the start of a file.
type tag struct {
	version byte
	end     int64 // where the recording begins
	frames  []frame
	flags   byte // those that stay
}

// A frame is one entry.
type frame struct {
	raw   []byte // all of it, as it is to be copied
	label []byte // if it is one
}

// syncsafe reads a number of which each byte has seven bits.
func syncsafe(b []byte) int64 {
	var v int64
	for _, c := range b {
		v = v<<7 | int64(c&0x7f)
	}
	return v
}

func appendSyncsafe(b []byte, v int64) []byte {
	return append(b, byte(v>>21)&0x7f, byte(v>>14)&0x7f, byte(v>>7)&0x7f, byte(v)&0x7f)
}

// isTag reports whether a tag begins here.
func isTag(head []byte) bool {
	return len(head) >= headSize && string(head[:3]) == "ID3" && head[3] >= 2 && head[3] <= 4 && head[4] != 0xff &&
		(head[6]|head[7]|head[8]|head[9])&0x80 == 0
}

// read reads the tag. A file without one has one of no length.
func read(src carrier.Source) (tag, error) {
	head, err := carrier.Bytes(src, name, 0, min(headSize, src.Size()))
	if err != nil {
		return tag{}, err
	}
	if !isTag(head) {
		return tag{version: 3}, nil
	}
	t := tag{version: head[3]}
	size := syncsafe(head[6:])
	b, err := carrier.Bytes(src, name, headSize, size)
	if err != nil {
		return t, err
	}
	t.end = headSize + size
	flags := head[5]
	if t.version == 4 {
		if flags&footer != 0 {
			t.end += headSize
		}
		t.flags = flags & unsynchronised // says only what its frames say too
	} else if flags&unsynchronised != 0 {
		b = synchronise(b)
	}
	if t.version == 2 && flags&extended != 0 {
		return t, carrier.Malformed(name, 5, "the tag is packed in a way that was never settled")
	}
	if t.version > 2 && flags&extended != 0 {
		if b, err = t.afterExtended(b); err != nil {
			return t, err
		}
	}
	return t, t.split(b)
}

// afterExtended returns what follows the extended header, which is not written again: its checksum would be
// wrong.
func (t *tag) afterExtended(b []byte) ([]byte, error) {
	if len(b) < 4 {
		return nil, carrier.Malformed(name, headSize, "the extended header is cut off")
	}
	size := syncsafe(b[:4])
	if t.version == 3 {
		size = 4 + int64(b[0])<<24 + int64(b[1])<<16 + int64(b[2])<<8 + int64(b[3])
	}
	if size < 4 || size > int64(len(b)) {
		return nil, carrier.Malformed(name, headSize, "an extended header of %d bytes", size)
	}
	return b[size:], nil
}

// frameHead is the length of the head of a frame.
func (t *tag) frameHead() int {
	if t.version == 2 {
		return 6
	}
	return 10
}

// idSize is the length of the name of a frame.
func (t *tag) idSize() int {
	if t.version == 2 {
		return 3
	}
	return 4
}

// split finds the frames. What follows them is padding.
func (t *tag) split(b []byte) error {
	n := t.frameHead()
	for len(b) >= n && b[0] != 0 {
		if len(t.frames) == carrier.MaxItems {
			return carrier.Malformed(name, 0, "more than %d frames", len(t.frames))
		}
		size := t.size(b)
		if size < 0 || size > int64(len(b)-n) {
			return carrier.Malformed(name, t.end-int64(len(b)), "the frame %q of %d bytes is longer than the tag", b[:t.idSize()], size)
		}
		f := frame{raw: b[:int64(n)+size]}
		if label, ok := t.labelIn(f.raw); ok {
			f.label = append([]byte{}, label...) // there, even if it is empty
		}
		t.frames = append(t.frames, f)
		b = b[len(f.raw):]
	}
	return nil
}

// size returns the length of the frame that b begins with.
func (t *tag) size(b []byte) int64 {
	switch t.version {
	case 2:
		return int64(b[3])<<16 | int64(b[4])<<8 | int64(b[5])
	case 3:
		return int64(b[4])<<24 | int64(b[5])<<16 | int64(b[6])<<8 | int64(b[7])
	}
	size := syncsafe(b[4:8])
	plain := int64(b[4])<<24 | int64(b[5])<<16 | int64(b[6])<<8 | int64(b[7])
	// Some write version 4 with the sizes of version 3. They show by an eighth bit, or where a frame of that size ends
	// well.
	if (b[4]|b[5]|b[6]|b[7])&0x80 != 0 || size != plain && !t.endsWell(b, size) && t.endsWell(b, plain) {
		return plain
	}
	return size
}

// endsWell reports whether a frame of that size is followed by another one, by padding or by the end.
func (t *tag) endsWell(b []byte, size int64) bool {
	at := int64(headSize) + size
	if at < 0 || at > int64(len(b)) {
		return false
	}
	rest := b[at:]
	return len(rest) < headSize || rest[0] == 0 || isID(rest[:4])
}

func isID(b []byte) bool {
	for _, c := range b {
		if (c < 'A' || c > 'Z') && (c < '0' || c > '9') {
			return false
		}
	}
	return true
}

// synchronise takes out the zeros that were put behind 0xFF.
func synchronise(b []byte) []byte { return bytes.ReplaceAll(b, []byte{0xff, 0}, []byte{0xff}) }

// labelIn returns the label in a frame.
func (t *tag) labelIn(raw []byte) ([]byte, bool) {
	body := raw[t.frameHead():]
	if t.version == 2 {
		return userText(string(raw[:3]) == "TXX", body)
	}
	if string(raw[:4]) != "TXXX" {
		return nil, false
	}
	skip := 0
	switch flags := raw[9]; {
	case t.version == 3 && flags&(framePacked3|frameSecret3) != 0, t.version == 4 && flags&(framePacked4|frameSecret4) != 0:
		return nil, false // nobody packs so short a text
	case t.version == 3 && flags&frameGroup3 != 0:
		skip = 1
	case t.version == 4:
		if flags&frameGroup4 != 0 {
			skip++
		}
		if flags&frameLength != 0 {
			skip += 4
		}
		if flags&frameUnsynchronised != 0 {
			body = synchronise(body)
		}
	}
	if len(body) < skip {
		return nil, false
	}
	return userText(true, body[skip:])
}

// userText returns the value of a user's text if its description is AIGC.
func userText(is bool, body []byte) ([]byte, bool) {
	if !is || len(body) < 1 || len(body) > carrier.MaxLabel {
		return nil, false
	}
	coding, body := body[0], body[1:]
	if coding == 0 || coding == 3 {
		key, value, ok := bytes.Cut(body, []byte{0})
		return bytes.TrimRight(value, "\x00"), ok && bytes.EqualFold(key, []byte("AIGC"))
	}
	if coding > 3 {
		return nil, false
	}
	text := wide(body, coding == 2)
	key, value, ok := bytes.Cut(text, []byte{0})
	value = bytes.TrimRight(bytes.TrimPrefix(value, []byte("\ufeff")), "\x00")
	return value, ok && bytes.EqualFold(bytes.TrimPrefix(key, []byte("\ufeff")), []byte("AIGC"))
}

// wide turns UTF-16 into UTF-8. Without a byte order mark it is big-endian, if it must be.
func wide(b []byte, big bool) []byte {
	if len(b) >= 2 && b[0] == 0xfe && b[1] == 0xff {
		big = true
	}
	units := make([]uint16, len(b)/2)
	for i := range units {
		units[i] = uint16(b[2*i]) | uint16(b[2*i+1])<<8
		if big {
			units[i] = units[i]<<8 | units[i]>>8
		}
	}
	return []byte(string(utf16.Decode(units)))
}
