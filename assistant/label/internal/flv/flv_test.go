package flv

import (
	"bytes"
	"encoding/binary"
	"math"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/zhushou-ai/zhushou/assistant/label/internal/carrier"
)

const label = `{"Label":"1","ContentProducer":"Example","ProduceID":"p-1"}`

const media = "the media of a frame"

// film returns a small film; metadata are the fields of its onMetaData, nil for none.
func film(t testing.TB, marker byte, fields func(frame float64) []byte) []byte {
	t.Helper()
	build := func(frame float64) ([]byte, int) {
		var b bytes.Buffer
		b.WriteString("FLV\x01\x05\x00\x00\x00\x09\x00\x00\x00\x00")
		if fields != nil {
			data := append(bytes.Clone(onMetaData), marker)
			if marker == amfArray {
				data = append(data, 0, 0, 0, 1)
			}
			data = append(append(data, fields(frame)...), 0, 0, amfEnd)
			require.NoError(t, writeTag(&b, make([]byte, 7), data))
		}
		at := b.Len()
		b.Write([]byte{9, 0, 0, byte(len(media)), 0, 0, 0, 0, 0, 0, 0})
		b.WriteString(media)
		b.Write(binary.BigEndian.AppendUint32(nil, uint32(tagHead+len(media))))
		return b.Bytes(), at
	}
	_, at := build(0)
	file, _ := build(float64(at))
	return file
}

func number(name string, v float64) []byte {
	b := append([]byte{0, byte(len(name))}, name...)
	return binary.BigEndian.AppendUint64(append(b, amfNumber), math.Float64bits(v))
}

func keyframes(frame float64) []byte {
	b := append([]byte{0, 9}, "keyframes"...)
	b = append(b, amfObject, 0, 13)
	b = append(b, "filepositions"...)
	b = append(b, amfList, 0, 0, 0, 1, amfNumber)
	b = binary.BigEndian.AppendUint64(b, math.Float64bits(frame))
	return append(b, 0, 0, amfEnd)
}

func TestRoundTrip(t *testing.T) {
	t.Parallel()
	for name, file := range map[string][]byte{
		"no metadata": film(t, 0, nil),
		"array":       film(t, amfArray, func(float64) []byte { return number("width", 160) }),
		"object":      film(t, amfObject, func(float64) []byte { return number("width", 160) }),
		"key frames":  film(t, amfArray, func(at float64) []byte { return append(number("width", 160), keyframes(at)...) }),
		"a label already": film(t, amfArray, func(float64) []byte {
			return append(number("width", 160), "\x00\x04AIGC\x02\x00\x03old"...)
		}),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			had, err := func() (int, error) { _, m, err := scripts(bytes.NewReader(file)); return len(m), err }()
			require.NoError(t, err)
			for _, text := range []string{label, label + "  ", "x", string(bytes.Repeat([]byte("y"), 70000))} {
				var out bytes.Buffer
				require.NoError(t, Write(&out, bytes.NewReader(file), text))
				file = out.Bytes()
				require.Equal(t, 1, bytes.Count(file, []byte(media)))
				found, err := Read(bytes.NewReader(file))
				require.NoError(t, err)
				require.Equal(t, []carrier.Found{{Where: "FLV onMetaData", Text: []byte(text)}}, found)
				_, metas, err := scripts(bytes.NewReader(file))
				require.NoError(t, err)
				require.Len(t, metas, 1)
				if had == 1 {
					require.Equal(t, "width", metas[0].fields[0].name)
				}
				for _, at := range metas[0].positions {
					frame := math.Float64frombits(binary.BigEndian.Uint64(fieldsOf(file)[at:]))
					require.Equal(t, bytes.Index(file, []byte(media))-tagHead, int(frame))
				}
			}
		})
	}
}

// fieldsOf returns the data of the first tag.
func fieldsOf(file []byte) []byte { return file[13+tagHead:] }

func TestTruncated(t *testing.T) {
	t.Parallel()
	whole := film(t, amfArray, func(at float64) []byte { return append(number("width", 160), keyframes(at)...) })
	for n := range whole {
		err := Write(new(bytes.Buffer), bytes.NewReader(whole[:n]), "x")
		if n == 13 || n == bytes.Index(whole, []byte(media))-tagHead {
			require.NoError(t, err, "between two tags")
			continue
		}
		require.ErrorIs(t, err, carrier.ErrMalformed, "cut to %d bytes", n)
	}
}

func FuzzReadWrite(f *testing.F) {
	f.Add(film(f, 0, nil))
	f.Add(film(f, amfArray, func(at float64) []byte { return append(number("width", 160), keyframes(at)...) }))
	f.Add(film(f, amfObject, func(float64) []byte { return []byte("\x00\x04AIGC\x02\x00\x03old") }))
	f.Fuzz(func(t *testing.T, file []byte) {
		_, _ = Read(bytes.NewReader(file))
		var out bytes.Buffer
		if Write(&out, bytes.NewReader(file), label) != nil {
			return
		}
		found, err := Read(bytes.NewReader(out.Bytes()))
		require.NoError(t, err)
		require.Len(t, found, 1)
		require.Equal(t, label, string(found[0].Text))
	})
}
