package id3

import (
	"io"
	"slices"

	"github.com/zhushou-ai/zhushou/assistant/label/internal/carrier"
)

// Sniff reports whether a file that begins like head is an MP3 recording: a tag, or the first frame.
func Sniff(head []byte) bool {
	if isTag(head) {
		return true
	}
	// Sync, a version and layer III, a bit rate and a sampling rate that exist.
	return len(head) >= 4 && head[0] == 0xff && head[1]&0xe0 == 0xe0 && head[1]&0x18 != 0x08 && head[1]&0x06 == 0x02 &&
		head[2]&0xf0 != 0xf0 && head[2]&0xf0 != 0 && head[2]&0x0c != 0x0c
}

// Read finds every label.
func Read(src carrier.Source) ([]carrier.Found, error) {
	t, err := read(src)
	var found []carrier.Found
	for _, f := range t.frames {
		if f.label != nil {
			found = append(found, carrier.Found{Where: name + " ID3v2 TXXX", Text: f.label})
		}
	}
	return found, err
}

// room is how much padding a tag gets that has to grow.
const room = 1 << 10

// Write puts the label behind the other frames, into the padding if it is long enough. A file without a tag
// gets one of version 2.3, which all players know.
func Write(dst io.Writer, src carrier.Source, text string) error {
	t, err := read(src)
	if err != nil {
		return err
	}
	b := make([]byte, headSize, headSize+len(text)+room)
	for _, f := range t.frames {
		if f.label == nil {
			b = append(b, f.raw...)
		}
	}
	b = t.appendFrame(b, text)
	size := t.end
	if int64(len(b)) > size {
		size = int64(len(b)) + room
	}
	if size-headSize >= 1<<28 {
		return carrier.Malformed(name, 6, "with the label the tag is too large")
	}
	b = append(b, make([]byte, size-int64(len(b)))...)
	if !t.wouldBeFound(b[headSize:], text) {
		return carrier.Malformed(name, headSize, "the sizes of frames can be read in two ways")
	}
	copy(b, "ID3")
	b[3], b[5] = t.version, t.flags
	appendSyncsafe(b[:6], size-headSize)
	if _, err := dst.Write(b); err != nil {
		return err
	}
	return carrier.Copy(dst, src, t.end, src.Size()-t.end)
}

// appendFrame writes the frame with the label, whose characters are the same in every coding.
func (t *tag) appendFrame(b []byte, text string) []byte {
	body := append([]byte("\x00AIGC\x00"), text...)
	n := int64(len(body))
	switch t.version {
	case 2:
		b = append(b, 'T', 'X', 'X', byte(n>>16), byte(n>>8), byte(n))
	case 3:
		b = append(b, 'T', 'X', 'X', 'X', byte(n>>24), byte(n>>16), byte(n>>8), byte(n), 0, 0)
	default:
		b = append(appendSyncsafe(append(b, "TXXX"...), n), 0, 0)
	}
	return append(b, body...)
}

// wouldBeFound reports whether a reader of the new frames finds the label. What follows a frame is what tells its size,
// if it is written in the way of another version, and the label now follows one that it did not.
func (t *tag) wouldBeFound(frames []byte, text string) bool {
	written := tag{version: t.version, end: t.end}
	if written.split(frames) != nil {
		return false
	}
	return slices.ContainsFunc(written.frames, func(f frame) bool { return string(f.label) == text })
}
