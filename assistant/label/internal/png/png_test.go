package png

import (
	"bytes"
	"compress/zlib"
	"encoding/binary"
	"hash/crc32"
	"image"
	stdpng "image/png"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/zhushou-ai/zhushou/assistant/label/internal/carrier"
	"github.com/zhushou-ai/zhushou/assistant/label/internal/carrier/carriertest"
	"github.com/zhushou-ai/zhushou/assistant/label/internal/xmp"
)

func plain(tb testing.TB) []byte {
	tb.Helper()
	var b bytes.Buffer
	require.NoError(tb, stdpng.Encode(&b, image.NewGray(image.Rect(0, 0, 3, 2))))
	return b.Bytes()
}

// with puts a chunk before the first chunk of a kind.
func with(tb testing.TB, file []byte, before, kind string, data []byte) []byte {
	tb.Helper()
	i := bytes.Index(file, []byte(before)) - 4
	require.Positive(tb, i)
	c := binary.BigEndian.AppendUint32(nil, uint32(len(data)))
	body := append([]byte(kind), data...)
	c = binary.BigEndian.AppendUint32(append(c, body...), crc32.ChecksumIEEE(body))
	return append(append(bytes.Clone(file[:i]), c...), file[i:]...)
}

func packed(tb testing.TB, text []byte) []byte {
	tb.Helper()
	var b bytes.Buffer
	z := zlib.NewWriter(&b)
	_, err := z.Write(text)
	require.NoError(tb, err)
	require.NoError(tb, z.Close())
	return b.Bytes()
}

// exif is EXIF data with a comment.
func exif(comment string) []byte {
	b := []byte("II*\x00\x08\x00\x00\x00" +
		"\x01\x00\x69\x87\x04\x00\x01\x00\x00\x00\x1a\x00\x00\x00\x00\x00\x00\x00" +
		"\x01\x00\x86\x92\x07\x00")
	b = binary.LittleEndian.AppendUint32(b, uint32(len(comment)+8))
	b = append(b, "\x2c\x00\x00\x00\x00\x00\x00\x00ASCII\x00\x00\x00"...)
	return append(b, comment...)
}

func TestRoundTrip(t *testing.T) {
	t.Parallel()
	file := plain(t)
	labelled := carriertest.RoundTrip(t, Read, Write, file)
	i := bytes.Index(labelled, []byte("iTXt")) - 4
	size := int(binary.BigEndian.Uint32(labelled[i:])) + 12
	require.Equal(t, file, append(bytes.Clone(labelled[:i]), labelled[i+size:]...), "something else changed")
	require.Equal(t, labelled, carriertest.Put(t, Write, carriertest.Put(t, Write, labelled, carriertest.Longer), carriertest.Label))
	_, err := stdpng.Decode(bytes.NewReader(labelled)) // which checks the sums
	require.NoError(t, err)
	carriertest.Cut(t, Read, Write, labelled)
}

// What other tools write is read, and taken over by the one label.
func TestOtherPlaces(t *testing.T) {
	t.Parallel()
	packet, err := xmp.Write(nil, carriertest.Label)
	require.NoError(t, err)
	wrapped := `{"AIGC":` + carriertest.Label + `}`
	for _, c := range []struct {
		name, before, kind string
		data               []byte
		where, want        string
	}{
		{"a text chunk", "IDAT", "tEXt", []byte("AIGC\x00" + wrapped), "PNG tEXt AIGC", wrapped},
		{"a text chunk behind the picture", "IEND", "tEXt", []byte("AIGC\x00" + wrapped), "PNG tEXt AIGC", wrapped},
		{"a packed text chunk", "IDAT", "zTXt", append([]byte("AIGC\x00\x00"), packed(t, []byte(wrapped))...), "PNG zTXt AIGC", wrapped},
		{"an international one", "IDAT", "iTXt", []byte("AIGC\x00\x00\x00zh\x00\x00" + wrapped), "PNG iTXt AIGC", wrapped},
		{"a packed XMP packet", "IEND", "iTXt", append([]byte("XML:com.adobe.xmp\x00\x01\x00\x00\x00"), packed(t, packet)...), "PNG iTXt XMP", carriertest.Label},
		{"EXIF data", "IDAT", "eXIf", exif(wrapped), "PNG EXIF UserComment", wrapped},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			file := with(t, plain(t), c.before, c.kind, c.data)
			found, err := Read(bytes.NewReader(file))
			require.NoError(t, err)
			require.Len(t, found, 1)
			require.Equal(t, c.where, found[0].Where)
			require.Equal(t, c.want, string(found[0].Text))
			labelled := carriertest.Put(t, Write, file, carriertest.Longer)
			carriertest.Has(t, Read, labelled, carriertest.Longer)
			_, err = stdpng.Decode(bytes.NewReader(labelled))
			require.NoError(t, err)
			require.NotContains(t, string(labelled), carriertest.Label)
		})
	}
}

func TestHostile(t *testing.T) {
	t.Parallel()
	for name, file := range map[string][]byte{
		"a long chunk": append(bytes.Clone(plain(t)[:33]), "\xff\xff\xff\xffIDAT"...),
		"no end":       plain(t)[:len(plain(t))-12],
		"no signature": plain(t)[1:],
		"broken XML":   with(t, plain(t), "IDAT", "iTXt", []byte("XML:com.adobe.xmp\x00\x00\x00\x00\x00<a>")),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := Read(bytes.NewReader(file))
			require.ErrorIs(t, err, carrier.ErrMalformed)
			require.ErrorIs(t, Write(new(bytes.Buffer), bytes.NewReader(file), "x"), carrier.ErrMalformed)
		})
	}
}

// What packed texts may unpack to is bounded for all of them together.
func TestBomb(t *testing.T) {
	t.Parallel()
	file := with(t, plain(t), "IDAT", "zTXt", append([]byte("AIGC\x00\x00"), packed(t, make([]byte, 1000))...))
	c := chunk{"zTXt", 33, int64(binary.BigEndian.Uint32(file[33:]))}
	r := reader{src: bytes.NewReader(file), inflated: carrier.MaxMetadata - 1500}
	_, ok, err := r.read(c)
	require.NoError(t, err)
	require.True(t, ok)
	_, _, err = r.read(c)
	require.ErrorIs(t, err, carrier.ErrMalformed)
}

func FuzzReadWrite(f *testing.F) {
	carriertest.Fuzz(f, Read, Write, plain(f), with(f, plain(f), "IDAT", "tEXt", []byte("AIGC\x00{}")),
		with(f, plain(f), "IEND", "eXIf", exif(carriertest.Label)))
}
