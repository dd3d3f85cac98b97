package heif

import (
	"bytes"
	"encoding/binary"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/zhushou-ai/zhushou/assistant/label/internal/carrier"
	"github.com/zhushou-ai/zhushou/assistant/label/internal/carrier/carriertest"
	"github.com/zhushou-ai/zhushou/assistant/label/internal/xmp"
)

func box(kind string, body ...string) string {
	all := strings.Join(body, "")
	return string(binary.BigEndian.AppendUint32(nil, uint32(8+len(all)))) + kind + all
}

// numbers writes numbers of two bytes.
func numbers(values ...uint16) string {
	var b []byte
	for _, v := range values {
		b = binary.BigEndian.AppendUint16(b, v)
	}
	return string(b)
}

const full = "\x00\x00\x00\x00"

func info(id uint16, kind string) string {
	return box("infe", "\x02\x00\x00\x00", numbers(id, 0), kind)
}

var (
	isXMP  = "mime\x00application/rdf+xml\x00"
	isExif = "Exif\x00"
	head   = box("ftyp", "avif\x00\x00\x00\x00")
)

// file builds a picture with two items: the first, of a kind, is data, in two parts within idat.
func file(kind, data string) []byte {
	half := uint16(len(data) / 2)
	iloc := box("iloc", "\x01\x00\x00\x00", "\x22\x20", numbers(2, 1, 1, 0, 1, 2, 0, half, half, uint16(len(data))-half, 2, 2, 0, 0, 1, 0, 9))
	return []byte(head + box("meta", full, box("iinf", full, numbers(2), info(1, kind), info(2, "av01\x00")), iloc, box("idat", "x"+data)))
}

func packet(tb testing.TB) string {
	tb.Helper()
	b, err := xmp.Write(nil, carriertest.Label)
	require.NoError(tb, err)
	return string(b)
}

func exif() string {
	b := []byte("\x00\x00\x00\x02xxII*\x00\x08\x00\x00\x00\x01\x00\x0e\x01\x02\x00")
	b = binary.LittleEndian.AppendUint32(b, uint32(len(carriertest.Label)))
	return string(append(b, "\x1a\x00\x00\x00\x00\x00\x00\x00"...)) + carriertest.Label
}

func TestRead(t *testing.T) {
	t.Parallel()
	require.True(t, Sniff(file(isXMP, "")))
	found, err := Read(bytes.NewReader(file(isXMP, packet(t))))
	require.NoError(t, err)
	require.Equal(t, []carrier.Found{{Where: "HEIF XMP", Text: []byte(carriertest.Label)}}, found)
	found, err = Read(bytes.NewReader(file(isExif, exif())))
	require.NoError(t, err)
	require.Equal(t, []carrier.Found{{Where: "HEIF EXIF ImageDescription", Text: []byte(carriertest.Label), Alternative: true}}, found)
	for name, f := range map[string][]byte{
		"other mime": file("mime\x00text/plain\x00", packet(t)), "no meta": []byte(head), "EXIF too short": file(isExif, "abc"), "EXIF beyond": file(isExif, "\xff\xff\xff\xff"),
	} {
		found, err = Read(bytes.NewReader(f))
		require.NoError(t, err, name)
		require.Empty(t, found, name)
	}
}

func TestHostile(t *testing.T) {
	t.Parallel()
	whole := file(isXMP, packet(t))
	for n := len(head) + 1; n < len(whole); n++ {
		_, err := Read(bytes.NewReader(whole[:n]))
		require.ErrorIs(t, err, carrier.ErrMalformed, "%d", n)
	}
	for name, meta := range map[string]string{
		"iloc cut off":   box("iloc", full, "\x44\x00\x00"),
		"iinf cut off":   box("iinf", full),
		"box too long":   "\x00\x00\x00\xffiloc",
		"box too short":  "\x00\x00\x00\x04iloc",
		"box of 64 bits": "\x00\x00\x00\x01iloc\x00",
		"item beyond":    box("iinf", full, numbers(1), info(1, isXMP)) + box("iloc", full, "\x22\x00", numbers(1, 1, 0, 1, 60000, 60000)),
		"packet not XML": box("iinf", full, numbers(1), info(1, isXMP)) + box("iloc", full, "\x22\x00", numbers(1, 1, 0, 1, 0, 8)),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := Read(strings.NewReader(head + box("meta", full, meta)))
			require.ErrorIs(t, err, carrier.ErrMalformed)
		})
	}
}

func FuzzRead(f *testing.F) {
	f.Add(file(isXMP, packet(f)))
	f.Add(file(isExif, exif()))
	f.Fuzz(func(t *testing.T, file []byte) { _, _ = Read(bytes.NewReader(file)) })
}
