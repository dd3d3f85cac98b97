package webp

import (
	"bytes"
	"encoding/binary"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/zhushou-ai/zhushou/assistant/label/internal/carrier"
	"github.com/zhushou-ai/zhushou/assistant/label/internal/carrier/carriertest"
	"github.com/zhushou-ai/zhushou/assistant/label/internal/riff"
	"github.com/zhushou-ai/zhushou/assistant/label/internal/xmp"
)

// Pictures of 300 by 200 pixels, but for their pixels.
var (
	lossy    = riff.Append(nil, "VP8 ", []byte("\x00\x00\x00\x9d\x01\x2a\x2c\x01\xc8\x00the rest"))
	lossless = riff.Append(nil, "VP8L", []byte("\x2f\x2b\xc1\x31\x10and more"))
	wide     = riff.Append(nil, idWide, []byte("\x08\x00\x00\x00\x2b\x01\x00\xc7\x00\x00"))
)

func file(chunks ...[]byte) []byte {
	body := append([]byte(form), bytes.Join(chunks, nil)...)
	return append(binary.LittleEndian.AppendUint32([]byte("RIFF"), uint32(len(body))), body...)
}

func exif(text string) []byte {
	b := []byte("Exif\x00\x00II*\x00\x08\x00\x00\x00\x01\x00\x0e\x01\x02\x00")
	b = binary.LittleEndian.AppendUint32(b, uint32(len(text)))
	return riff.Append(nil, idExif, append(append(b, "\x1a\x00\x00\x00\x00\x00\x00\x00"...), text...))
}

func TestRoundTrip(t *testing.T) {
	t.Parallel()
	packet, err := xmp.Write(nil, "x")
	require.NoError(t, err)
	other := bytes.ReplaceAll(packet, []byte("AIGC"), []byte("Else"))
	for name, c := range map[string]struct {
		file  []byte
		flags byte
	}{
		"lossy":              {file(lossy), flagXMP},
		"lossless":           {file(lossless), flagXMP | alpha},
		"with EXIF":          {file(wide, lossy, exif("a picture")), flagXMP | 8},
		"with XMP":           {file(wide, lossy, riff.Append(nil, idXMP, other)), flagXMP | 8},
		"something behind":   {append(file(wide, lossless), "tail"...), flagXMP | 8},
		"no padding at last": {file(lossless[:len(lossless)-1]), flagXMP | alpha},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			labelled := carriertest.RoundTrip(t, Read, Write, c.file)
			require.Equal(t, idWide, string(labelled[12:16]))
			require.Equal(t, []byte{c.flags, 0, 0, 0, 0x2b, 1, 0, 0xc7, 0, 0}, labelled[20:30], "flags and size")
			require.Equal(t, bytes.Count(c.file, []byte("Else")), bytes.Count(labelled, []byte("Else")))
			for _, part := range [][]byte{lossy, lossless[:len(lossless)-1], exif("a picture")} {
				require.Equal(t, bytes.Count(c.file, part), bytes.Count(labelled, part), "a chunk changed")
			}
			require.Equal(t, labelled, carriertest.Put(t, Write, carriertest.Put(t, Write, labelled, carriertest.Longer), carriertest.Label))
		})
	}
	carriertest.Cut(t, Read, Write, carriertest.Put(t, Write, file(wide, lossy, exif("a picture")), carriertest.Label))
}

func TestComment(t *testing.T) {
	t.Parallel()
	f := file(wide, lossy, exif(carriertest.Label))
	found, err := Read(bytes.NewReader(f))
	require.NoError(t, err)
	require.Equal(t, []carrier.Found{{Where: "WebP EXIF ImageDescription", Text: []byte(carriertest.Label), Alternative: true}}, found)
	carriertest.Has(t, Read, carriertest.Put(t, Write, f, carriertest.Longer), carriertest.Longer)
}

func TestHostile(t *testing.T) {
	t.Parallel()
	for name, f := range map[string][]byte{
		"no picture":     file(),
		"unknown":        file(riff.Append(nil, "ABCD", []byte("x"))),
		"no key frame":   file(riff.Append(nil, "VP8 ", []byte("0123456789"))),
		"VP8X too short": file(riff.Append(nil, idWide, []byte("x")), lossy),
		"too long":       append(file(lossy)[:20], 0xff, 0xff, 0xff, 0xff),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			require.ErrorIs(t, Write(new(bytes.Buffer), bytes.NewReader(f), "x"), carrier.ErrMalformed)
		})
	}
}

func FuzzReadWrite(f *testing.F) {
	carriertest.Fuzz(f, Read, Write, file(lossy), file(lossless), file(wide, lossy, exif(carriertest.Label)))
}
