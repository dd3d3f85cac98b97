package jpeg

import (
	"bytes"
	"encoding/binary"
	"image"
	stdjpeg "image/jpeg"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/stretchr/testify/require"

	"github.com/zhushou-ai/zhushou/assistant/label/internal/carrier"
	"github.com/zhushou-ai/zhushou/assistant/label/internal/carrier/carriertest"
	"github.com/zhushou-ai/zhushou/assistant/label/internal/xmp"
)

// picture returns a small picture with segments behind its start.
func picture(tb testing.TB, more ...[]byte) []byte {
	tb.Helper()
	var b bytes.Buffer
	require.NoError(tb, stdjpeg.Encode(&b, image.NewGray(image.Rect(0, 0, 8, 8)), nil))
	file := []byte{0xff, soi}
	for _, m := range more {
		file = append(file, m...)
	}
	return append(file, b.Bytes()[2:]...)
}

func part(marker byte, data string) []byte {
	b := binary.BigEndian.AppendUint16([]byte{0xff, marker}, uint16(len(data)+2))
	return append(b, data...)
}

// exif is a segment with a description, in the first directory, and a comment, in the second.
func exif(description, comment string) []byte {
	const order = "MM\x00*\x00\x00\x00\x08"
	b := []byte(order + "\x00\x02" + "\x01\x0e\x00\x02")
	b = binary.BigEndian.AppendUint32(b, uint32(len(description)))
	b = binary.BigEndian.AppendUint32(b, 38+18)
	b = append(b, "\x87\x69\x00\x04\x00\x00\x00\x01\x00\x00\x00\x26\x00\x00\x00\x00"...)
	b = append(b, "\x00\x01\x92\x86\x00\x07"...)
	b = binary.BigEndian.AppendUint32(b, uint32(len(comment)))
	b = binary.BigEndian.AppendUint32(b, uint32(38+18+len(description)))
	b = append(b, 0, 0, 0, 0)
	return part(app1, "Exif\x00\x00"+string(b)+description+comment)
}

func wide(s string) string {
	var b []byte
	for _, u := range utf16.Encode([]rune(s)) {
		b = binary.BigEndian.AppendUint16(b, u)
	}
	return string(b)
}

func TestRoundTrip(t *testing.T) {
	t.Parallel()
	packet, err := xmp.Write(nil, "x")
	require.NoError(t, err)
	other := strings.ReplaceAll(string(packet), "AIGC", "Other")
	for name, more := range map[string][][]byte{
		"nothing":         nil,
		"JFIF and EXIF":   {part(app0, "JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00"), exif("a picture", "ASCII\x00\x00\x00by me"), part(com, "hello")},
		"an XMP packet":   {part(com, "first"), part(app1, isXMP+other), part(com, "hello")},
		"fill bytes":      {{0xff, 0xff, 0xff}, part(com, "hello")},
		"extended XMP":    {part(app1, isXMP+other), part(app1, "http://ns.adobe.com/xmp/extension/\x00"+carriertest.Label)},
		"a second packet": {part(app1, isXMP+other), part(app1, isXMP+other)},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			file := picture(t, more...)
			labelled := carriertest.RoundTrip(t, Read, Write, file)
			for _, m := range more {
				if !bytes.Contains(m, []byte(isXMP)) {
					require.True(t, bytes.Contains(labelled, m), "a segment changed: %q", m)
				}
			}
			require.Equal(t, strings.Count(string(file), isXMP)+1-min(1, strings.Count(string(file), isXMP)), strings.Count(string(labelled), isXMP))
			require.Equal(t, strings.Count(string(file), "Other"), strings.Count(string(labelled), "Other"), "what packets say stays")
			picture := file[bytes.Index(file, []byte{0xff, sos}):]
			require.True(t, bytes.HasSuffix(labelled, picture), "the picture changed")
			_, err := stdjpeg.Decode(bytes.NewReader(labelled))
			require.NoError(t, err)
		})
	}
	carriertest.Cut(t, Read, Write, carriertest.Put(t, Write, picture(t, exif("a", "b")), carriertest.Label))
}

func TestOtherPlaces(t *testing.T) {
	t.Parallel()
	wrapped := `{"AIGC":` + carriertest.Label + `}`
	old := `{"AIGC":{"Label":"1","ServiceProvider":"x","ServiceUser":"y","ProduceID":"1"}}`
	for _, c := range []struct {
		name        string
		segment     []byte
		where, want string
	}{
		{"a comment in ASCII", exif("d", "ASCII\x00\x00\x00"+wrapped), "JPEG EXIF UserComment", wrapped},
		{"a comment without a coding", exif("d", wrapped), "JPEG EXIF UserComment", wrapped},
		{"a comment of no coding", exif("d", "\x00\x00\x00\x00\x00\x00\x00\x00"+wrapped+"\x00"), "JPEG EXIF UserComment", wrapped},
		{"a comment in UTF-16", exif("d", "UNICODE\x00"+wide("图 "+wrapped)), "JPEG EXIF UserComment", wrapped},
		{"a comment among others", exif("d", `ASCII`+"\x00\x00\x00"+`{"prompt":"cat","AIGC":`+carriertest.Label+`}`), "JPEG EXIF UserComment", carriertest.Label},
		{"a comment among others, in UTF-16", exif("d", "UNICODE\x00"+wide(`{"prompt":"猫","AIGC":`+carriertest.Label+`}`)), "JPEG EXIF UserComment", carriertest.Label},
		{"a description of the older kind", exif(old+"\x00", "ASCII\x00\x00\x00x"), "JPEG EXIF ImageDescription", old},
		{"bare in a segment", part(0xeb, "AIGC"+carriertest.Label), "JPEG APP11", "AIGC" + carriertest.Label},
		{"bare in a segment for EXIF", part(app1, "AIGC"+carriertest.Label), "JPEG APP1", "AIGC" + carriertest.Label},
		{"a comment of the file", part(com, wrapped), "JPEG COM", wrapped},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			file := picture(t, c.segment)
			found, err := Read(bytes.NewReader(file))
			require.NoError(t, err)
			require.Equal(t, []carrier.Found{{Where: c.where, Text: []byte(c.want), Alternative: true}}, found)
			labelled := carriertest.Put(t, Write, file, carriertest.Longer)
			carriertest.Has(t, Read, labelled, carriertest.Longer)
			require.Equal(t, bytes.Count(file, []byte(`"prompt":"cat","AIGC":`)), bytes.Count(labelled, []byte(`"prompt":"cat","AIGC":{} `)), "the rest stays")
			require.Equal(t, bytes.Count(file, []byte(wide(`{"prompt":"猫","AIGC":`))), bytes.Count(labelled, []byte(wide(`{"prompt":"猫","AIGC":{} `))), "the rest stays")
			_, err = stdjpeg.Decode(bytes.NewReader(labelled))
			require.NoError(t, err)
		})
	}
}

// A packet with room for editing gives up the room where the label would not fit.
func TestLongPacket(t *testing.T) {
	t.Parallel()
	packet, err := xmp.Write(nil, "x")
	require.NoError(t, err)
	other := strings.ReplaceAll(string(packet), "AIGC", "Other")
	long := func(filling string) []byte {
		i := strings.Index(other, "<?xpacket end")
		return picture(t, part(app1, isXMP+other[:i]+strings.Repeat(filling, (maxData-len(isXMP)-len(other))/len(filling))+other[i:]))
	}
	carriertest.RoundTrip(t, Read, Write, long(" "))
	err = Write(new(bytes.Buffer), bytes.NewReader(long("<!-- x -->")), carriertest.Label)
	require.ErrorIs(t, err, carrier.ErrMalformed)
	require.ErrorContains(t, err, "at most 65504 fit")
}

func FuzzReadWrite(f *testing.F) {
	carriertest.Fuzz(f, Read, Write, picture(f), picture(f, exif(carriertest.Label, "UNICODE\x00"+wide(carriertest.Label))),
		picture(f, part(app1, isXMP+"<x/>"), part(app1, "AIGC"+carriertest.Label)))
}
