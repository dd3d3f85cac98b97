package wav

import (
	"encoding/binary"
	"io"

	"github.com/zhushou-ai/zhushou/assistant/label/internal/carrier"
	"github.com/zhushou-ai/zhushou/assistant/label/internal/riff"
)

// A Form is how the samples of a recording are written.
type Form struct {
	Coding   int // 1 is PCM
	Channels int
	Rate     int // samples a second
	Bits     int
}

// Describe reads the form of a recording.
func Describe(src carrier.Source) (Form, error) {
	l, err := look(src)
	if err != nil {
		return Form{}, err
	}
	for _, c := range l.chunks {
		if c.ID != "fmt " || c.Size < 16 {
			continue
		}
		b, err := carrier.Bytes(src, name, c.Data(), min(c.Size, 40))
		if err != nil {
			return Form{}, err
		}
		f := Form{
			Coding:   int(binary.LittleEndian.Uint16(b)),
			Channels: int(binary.LittleEndian.Uint16(b[2:])),
			Rate:     int(min(binary.LittleEndian.Uint32(b[4:]), 1<<20)),
			Bits:     int(binary.LittleEndian.Uint16(b[14:])),
		}
		if f.Coding == 0xfffe && len(b) >= 26 { // the coding stands in the extension
			f.Coding = int(binary.LittleEndian.Uint16(b[24:]))
		}
		return f, nil
	}
	return Form{}, carrier.Malformed(name, riff.HeaderSize, "it does not say how its samples are written")
}

// Prepend copies a recording with data before its samples.
func Prepend(dst io.Writer, src carrier.Source, data []byte) error {
	l, err := look(src)
	if err != nil {
		return err
	}
	for _, c := range l.chunks {
		if c.ID != "data" {
			continue
		}
		if l.wide || c.Stated == riff.Endless || l.Size == riff.Endless || l.Size == 0 {
			return carrier.Malformed(name, c.Offset, "recordings of this size or without an end are not changed")
		}
		n := int64(len(data))
		if int64(l.Size)+n+1 >= riff.Endless {
			return carrier.Malformed(name, c.Offset, "with the sound it is too large for RIFF")
		}
		patches := []carrier.Patch{
			{Offset: 4, Bytes: binary.LittleEndian.AppendUint32(nil, l.Size+uint32(n))},
			{Offset: c.Offset + 4, Bytes: binary.LittleEndian.AppendUint32(nil, uint32(c.Size+n))},
		}
		if err := carrier.CopyPatched(dst, src, 0, c.Data(), patches); err != nil {
			return err
		}
		if _, err := dst.Write(data); err != nil { // of an even length, so that the padding stays right
			return err
		}
		return carrier.Copy(dst, src, c.Data(), src.Size()-c.Data())
	}
	return carrier.Malformed(name, riff.HeaderSize, "it has no samples")
}
