// Package wav reads and writes the label of WAV recordings: a chunk AIGC. It also reads one in LIST INFO.
package wav

import (
	"encoding/binary"
	"io"

	"github.com/zhushou-ai/zhushou/assistant/label/internal/carrier"
	"github.com/zhushou-ai/zhushou/assistant/label/internal/riff"
)

const (
	name    = "WAV"
	form    = "WAVE"
	idLabel = "AIGC"
)

// Sniff reports whether a file that begins like head is a WAV recording.
func Sniff(head []byte) bool { return riff.Form(head) == form }

// A layout is what is known of one recording.
type layout struct {
	riff.Header
	chunks []riff.Chunk
	labels []label
	end    int64
	wide   bool  // RF64: 64 bits wide
	sizes  int64 // where the sizes of 64 bits begin
}

// A label is one that was found, with what has to go if there is to be another.
type label struct {
	text  []byte
	where string
	part  riff.Chunk // the chunk or, in a list, the part of it
	list  int        // the index of the list's chunk, or -1
}

// look goes through a recording.
func look(src carrier.Source) (l layout, err error) {
	if l.Header, err = riff.Read(src, name); err != nil {
		return l, err
	}
	l.wide = l.ID == "RF64"
	l.end = int64(l.Size) + 8
	large := map[string]int64{}
	if l.wide {
		b, err := carrier.Bytes(src, name, riff.HeaderSize, 8+28)
		if err != nil {
			return l, err
		}
		if string(b[:4]) != "ds64" || binary.LittleEndian.Uint32(b[4:]) < 28 {
			return l, carrier.Malformed(name, riff.HeaderSize, "a chunk ds64 of at least 28 bytes should stand here")
		}
		l.sizes = riff.HeaderSize + 8
		l.end = int64(binary.LittleEndian.Uint64(b[8:])) + 8
		large["data"] = int64(binary.LittleEndian.Uint64(b[16:]))
	}
	if !l.wide && (l.Size == riff.Endless || l.Size == 0) || l.end < 8 || l.end > src.Size() {
		l.end = src.Size() // a stream, or cut short, which players do not mind
	}
	return l, riff.Chunks(src, name, riff.HeaderSize, l.end, large, func(c riff.Chunk) error {
		l.chunks = append(l.chunks, c)
		switch c.ID {
		case idLabel:
			return l.add(src, c, -1, name+" "+idLabel)
		case "LIST":
			b, err := carrier.Bytes(src, name, c.Data(), min(4, c.Size))
			if err != nil || string(b) != "INFO" {
				return err
			}
			return riff.Chunks(src, name, c.Data()+4, c.Data()+c.Size, nil, func(part riff.Chunk) error {
				if part.ID != idLabel {
					return nil
				}
				return l.add(src, part, len(l.chunks)-1, name+" INFO "+idLabel)
			})
		}
		return nil
	})
}

func (l *layout) add(src carrier.Source, c riff.Chunk, list int, where string) error {
	switch {
	case len(l.labels) == carrier.MaxFound:
		return carrier.Malformed(name, c.Offset, "more than %d labels", len(l.labels))
	case c.Size > carrier.MaxLabel:
		return carrier.Malformed(name, c.Offset, "a label of %d bytes", c.Size)
	}
	b, err := carrier.Bytes(src, name, c.Data(), c.Size)
	l.labels = append(l.labels, label{b, where, c, list})
	return err
}

// Read finds every label.
func Read(src carrier.Source) ([]carrier.Found, error) {
	l, err := look(src)
	var found []carrier.Found
	for _, f := range l.labels {
		found = append(found, carrier.Found{Where: f.where, Text: f.text, Alternative: f.list >= 0})
	}
	return found, err
}

// Write puts the label into a chunk of its own before the samples, where readers of a stream come by.
func Write(dst io.Writer, src carrier.Source, text string) error {
	l, err := look(src)
	if err != nil {
		return err
	}
	fresh := riff.Append(nil, idLabel, []byte(text))
	grown := int64(len(fresh))
	out := make([][2]int64, 0, len(l.chunks)) // what is copied
	put := -1                                 // before which of them the label goes
	var patches []carrier.Patch
	for i, c := range l.chunks {
		if c.ID == idLabel {
			grown -= c.End() - c.Offset
			continue
		}
		if c.ID == "data" && put < 0 {
			put = len(out)
		}
		at, size := c.Offset, int64(0)
		for _, f := range l.labels {
			if f.list != i {
				continue
			}
			out = append(out, [2]int64{at, f.part.Offset})
			at = min(f.part.End(), c.Data()+c.Size)
			size += at - f.part.Offset
		}
		if size > 0 {
			patches = append(patches, carrier.Patch{Offset: c.Offset + 4, Bytes: binary.LittleEndian.AppendUint32(nil, uint32(c.Size-size))})
		}
		end := min(c.End(), src.Size())
		if size%2 != 0 { // of a last part without the byte that makes it even: the list had that one
			if c.Size%2 == 0 {
				return carrier.Malformed(name, c.Offset, "the parts of a list do not end where it does")
			}
			size += end - (c.Data() + c.Size)
			end = c.Data() + c.Size
		}
		grown -= size
		out = append(out, [2]int64{at, end})
	}
	if put < 0 {
		return carrier.Malformed(name, riff.HeaderSize, "it has no samples")
	}
	stated := int64(l.Size) + grown
	switch {
	case l.wide:
		patches = append(patches, carrier.Patch{Offset: l.sizes, Bytes: binary.LittleEndian.AppendUint64(nil, uint64(l.end-8+grown))})
	case l.Size == riff.Endless || l.Size == 0:
	case stated > riff.Endless-1:
		return carrier.Malformed(name, 4, "with the label it is too large for RIFF")
	default:
		patches = append(patches, carrier.Patch{Offset: 4, Bytes: binary.LittleEndian.AppendUint32(nil, uint32(stated))})
	}
	if err := carrier.CopyPatched(dst, src, 0, riff.HeaderSize, patches); err != nil {
		return err
	}
	for i, r := range out {
		if i == put {
			if _, err := dst.Write(fresh); err != nil {
				return err
			}
		}
		if err := carrier.CopyPatched(dst, src, r[0], r[1]-r[0], patches); err != nil {
			return err
		}
	}
	end := min(l.chunks[len(l.chunks)-1].End(), src.Size())
	return carrier.Copy(dst, src, end, src.Size()-end) // what follows the last chunk
}
