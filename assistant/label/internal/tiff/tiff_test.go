package tiff

import (
	"bytes"
	"encoding/binary"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/zhushou-ai/zhushou/assistant/label/internal/carrier"
	"github.com/zhushou-ai/zhushou/assistant/label/internal/carrier/carriertest"
)

// A value is one tag to be written.
type value struct {
	tag, kind uint16
	data      []byte
}

// file builds a file of one directory whose strip is the word "pixels".
func file(l layout, values ...value) []byte {
	head := "II"
	if l.order == binary.BigEndian {
		head = "MM"
	}
	b := []byte(head)
	if l.big {
		b = appendOrder(b, l.order, 2, 43)
		b = appendOrder(b, l.order, 2, 8)
		b = append(b, 0, 0)
	} else {
		b = appendOrder(b, l.order, 2, 42)
	}
	b = l.appendUint(b, 0)
	values = append([]value{{0x0111, 1, []byte("pixels")}}, values...)
	at := make([]int, len(values))
	for i, v := range values {
		at[i] = len(b)
		b = append(b, v.data...)
	}
	copy(b[l.offsetAt():], l.appendUint(nil, int64(len(b))))
	b = appendOrder(b, l.order, int(l.countSize()), uint64(len(values)))
	for i, v := range values {
		b = appendOrder(b, l.order, 2, uint64(v.tag))
		b = appendOrder(b, l.order, 2, uint64(v.kind))
		b = l.appendUint(b, int64(len(v.data))/typeSizes[v.kind])
		if int64(len(v.data)) <= l.word() {
			b = append(b, append(bytes.Clone(v.data), make([]byte, l.word()-int64(len(v.data)))...)...)
			continue
		}
		b = l.appendUint(b, int64(at[i]))
	}
	return l.appendUint(b, 0)
}

func layouts() map[string]layout {
	return map[string]layout{
		"little-endian": {order: binary.LittleEndian}, "big-endian": {order: binary.BigEndian},
		"BigTIFF": {binary.LittleEndian, true}, "BigTIFF, big-endian": {binary.BigEndian, true},
	}
}

func TestRoundTrip(t *testing.T) {
	t.Parallel()
	for name, l := range layouts() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for _, f := range [][]byte{
				file(l),
				file(l, value{0x0131, 2, []byte("software\x00")}, value{0x0fff, 1, []byte("x")}),
				append(file(l), 0),
			} {
				require.True(t, Sniff(f))
				labelled := carriertest.RoundTrip(t, Read, Write, f)
				at := l.offsetAt() + l.word()
				require.Equal(t, f[at:], labelled[at:len(f)], "what was there moved")
				var tags []uint16
				_, d, ifd, err := first(bytes.NewReader(labelled))
				require.NoError(t, err)
				require.Zero(t, ifd%2)
				for _, e := range d.entries {
					tags = append(tags, e.tag)
				}
				require.IsIncreasing(t, tags)
				carriertest.Cut(t, Read, Write, labelled)
			}
		})
	}
}

// An update that has room leaves the file as long as it was, and nothing of an old label stays in it.
func TestUpdate(t *testing.T) {
	t.Parallel()
	longer := carriertest.Put(t, Write, file(layout{order: binary.LittleEndian}), carriertest.Longer)
	shorter := carriertest.Put(t, Write, longer, carriertest.Label)
	require.Len(t, shorter, len(longer))
	require.NotContains(t, string(shorter), "ReservedCode1")
	long := strings.Repeat("x", 5000)
	moved := carriertest.Put(t, Write, shorter, long)
	carriertest.Has(t, Read, moved, long)
	require.NotContains(t, string(moved), "Example")
}

func TestComments(t *testing.T) {
	t.Parallel()
	l := layout{order: binary.LittleEndian}
	f := file(l, value{tagDescription, 2, []byte("a picture " + carriertest.Label + "\x00")})
	found, err := Read(bytes.NewReader(f))
	require.NoError(t, err)
	require.Equal(t, []carrier.Found{{Where: "TIFF EXIF ImageDescription", Text: []byte(carriertest.Label), Alternative: true}}, found)
	labelled := carriertest.Put(t, Write, f, carriertest.Longer)
	carriertest.Has(t, Read, labelled, carriertest.Longer)
	require.Contains(t, string(labelled), "a picture  ")
}

func TestHostile(t *testing.T) {
	t.Parallel()
	l := layout{order: binary.LittleEndian}
	for name, f := range map[string][]byte{
		"directory outside": []byte("II*\x00\xff\xff\xff\xff"),
		"too many tags":     append([]byte("II+\x00\x08\x00\x00\x00\x10\x00\x00\x00\x00\x00\x00\x00"), bytes.Repeat([]byte{0xff}, 8)...),
		"value outside":     bytes.Replace(file(l, value{tagXMP, 7, []byte("<x:a/>")}), []byte{6, 0, 0, 0, 14}, []byte{6, 0, 0, 0, 0xf0}, 1),
		"packet not XML":    file(l, value{tagXMP, 7, []byte("<x:abc>")}),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := Read(bytes.NewReader(f))
			require.ErrorIs(t, err, carrier.ErrMalformed)
			require.ErrorIs(t, Write(new(bytes.Buffer), bytes.NewReader(f), "x"), carrier.ErrMalformed)
		})
	}
}

func FuzzReadWrite(f *testing.F) {
	var seeds [][]byte
	for _, l := range layouts() {
		seeds = append(seeds, file(l), file(l, value{tagDescription, 2, []byte(carriertest.Label)}))
	}
	carriertest.Fuzz(f, Read, Write, seeds...)
}
