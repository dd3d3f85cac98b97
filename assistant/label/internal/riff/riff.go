// Package riff reads the structure of RIFF files, which WebP pictures and WAV recordings are.
package riff

import (
	"encoding/binary"

	"github.com/zhushou-ai/zhushou/assistant/label/internal/carrier"
)

// HeaderSize is the length of the head of the file: RIFF, the size, the form.
const HeaderSize = 12

// Endless is the size of what was written to a stream, whose end was not known.
const Endless = 1<<32 - 1

// A Chunk is one part of a file.
type Chunk struct {
	ID     string
	Offset int64 // of the ID
	Size   int64 // of the data, as far as the file goes
	Stated uint32
}

// Data is where the data begin.
func (c *Chunk) Data() int64 { return c.Offset + 8 }

// End is where the next chunk begins. Chunks begin at even offsets.
func (c *Chunk) End() int64 { return c.Data() + c.Size + c.Size%2 }

// A Header is the head of a file.
type Header struct {
	ID   string // RIFF, or RF64 for large recordings
	Size uint32 // of what follows it, as stated
	Form string
}

// Form returns the form of a file that begins like head, or nothing.
func Form(head []byte) string {
	if len(head) < HeaderSize || string(head[:4]) != "RIFF" && string(head[:4]) != "RF64" {
		return ""
	}
	return string(head[8:HeaderSize])
}

// Read reads the head of a file.
func Read(src carrier.Source, name string) (Header, error) {
	b, err := carrier.Bytes(src, name, 0, HeaderSize)
	if err != nil {
		return Header{}, err
	}
	if Form(b) == "" {
		return Header{}, carrier.Malformed(name, 0, "it does not begin like one")
	}
	return Header{string(b[:4]), binary.LittleEndian.Uint32(b[4:]), Form(b)}, nil
}

// Chunks calls do for the chunks from one offset to another. large are the sizes of those that are stated as
// Endless, by ID; one that is not among them goes on to the end, as in what was written to a stream. If large
// is nil, there are no such chunks.
func Chunks(src carrier.Source, name string, from, to int64, large map[string]int64, do func(Chunk) error) error {
	for n, at := 0, from; at+8 <= to; n++ {
		if n == carrier.MaxItems {
			return carrier.Malformed(name, at, "more than %d chunks", n)
		}
		b, err := carrier.Bytes(src, name, at, 8)
		if err != nil {
			return err
		}
		c := Chunk{ID: string(b[:4]), Offset: at, Stated: binary.LittleEndian.Uint32(b[4:])}
		c.Size = int64(c.Stated)
		if c.Stated == Endless && large != nil {
			size, ok := large[c.ID]
			if !ok {
				size = to - c.Data()
			}
			c.Size = size
		}
		if c.Size < 0 || c.Size > to-c.Data() {
			return carrier.Malformed(name, at, "the chunk %q of %d bytes is longer than the file", c.ID, c.Size)
		}
		if err := do(c); err != nil {
			return err
		}
		at = c.End()
	}
	return nil
}

// Append writes a chunk.
func Append(b []byte, id string, data []byte) []byte {
	b = append(b, id...)
	b = binary.LittleEndian.AppendUint32(b, uint32(len(data)))
	b = append(b, data...)
	if len(data)%2 > 0 {
		b = append(b, 0)
	}
	return b
}
