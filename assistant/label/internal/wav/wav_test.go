package wav

import (
	"bytes"
	"encoding/binary"
	"io"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/zhushou-ai/zhushou/assistant/label/internal/carrier"
	"github.com/zhushou-ai/zhushou/assistant/label/internal/carrier/carriertest"
	"github.com/zhushou-ai/zhushou/assistant/label/internal/riff"
)

var (
	mono    = riff.Append(nil, "fmt ", []byte("\x01\x00\x01\x00\x40\x1f\x00\x00\x80\x3e\x00\x00\x02\x00\x10\x00"))
	samples = riff.Append(nil, "data", []byte("samples!"))
)

func file(chunks ...[]byte) []byte {
	body := append([]byte(form), bytes.Join(chunks, nil)...)
	return append(binary.LittleEndian.AppendUint32([]byte("RIFF"), uint32(len(body))), body...)
}

func info(parts ...[]byte) []byte {
	return riff.Append(nil, "LIST", append([]byte("INFO"), bytes.Join(parts, nil)...))
}

func title() []byte { return riff.Append(nil, "INAM", []byte("abc")) }

// stream is what a program writes that cannot go back to the sizes.
func stream() []byte {
	f := file(mono, samples)
	copy(f[4:], "\xff\xff\xff\xff")
	copy(f[12+len(mono)+4:], "\xff\xff\xff\xff")
	return f
}

// large is of the kind for more than 4 GB.
func large() []byte {
	sizes := make([]byte, 28)
	f := file(riff.Append(nil, "ds64", sizes), mono, samples)
	copy(f, "RF64\xff\xff\xff\xff")
	binary.LittleEndian.PutUint64(f[20:], uint64(len(f)-8))
	binary.LittleEndian.PutUint64(f[28:], 8)
	copy(f[len(f)-12:], "\xff\xff\xff\xff")
	return f
}

func TestRoundTrip(t *testing.T) {
	t.Parallel()
	for name, f := range map[string][]byte{
		"plain":         file(mono, samples),
		"with a title":  file(mono, info(title()), samples),
		"title at last": file(mono, samples, info(title())),
		"a tail":        append(file(mono, samples), "tail"...),
		"a stream":      stream(),
		"large":         large(),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			labelled := carriertest.RoundTrip(t, Read, Write, f)
			at := bytes.Index(labelled, []byte("AIGC"))
			fresh := riff.Append(nil, idLabel, []byte(carriertest.Label))
			require.Equal(t, "data", string(labelled[at+len(fresh):][:4]))
			rest := append(bytes.Clone(labelled[:at]), labelled[at+len(fresh):]...)
			sizes := map[string]int{"RIFF": 4, "RF64": 20}
			n := sizes[string(f[:4])]
			if name != "a stream" {
				require.Equal(t, binary.LittleEndian.Uint32(f[n:])+uint32(len(fresh)), binary.LittleEndian.Uint32(labelled[n:]), "the size")
				copy(rest[n:], f[n:n+4])
			}
			require.Equal(t, f, rest, "something else changed")
			require.Equal(t, labelled, carriertest.Put(t, Write, carriertest.Put(t, Write, labelled, carriertest.Longer), carriertest.Label))
			carriertest.Cut(t, Read, Write, labelled)
		})
	}
}

func TestLabelInList(t *testing.T) {
	t.Parallel()
	odd := carriertest.Label + " "
	for name, f := range map[string][]byte{
		"first": file(mono, info(riff.Append(nil, idLabel, []byte(odd)), title()), samples),
		"last":  file(mono, samples, info(title(), riff.Append(nil, idLabel, []byte(odd)))),
		"both":  file(mono, riff.Append(nil, idLabel, []byte("x")), samples, info(riff.Append(nil, idLabel, []byte(odd)), title(), riff.Append(nil, idLabel, []byte(odd)))),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			found, err := Read(bytes.NewReader(f))
			require.NoError(t, err)
			require.NotEmpty(t, found)
			require.Equal(t, carrier.Found{Where: "WAV INFO AIGC", Text: []byte(odd), Alternative: true}, found[len(found)-1])
			labelled := carriertest.Put(t, Write, f, carriertest.Longer)
			carriertest.Has(t, Read, labelled, carriertest.Longer)
			require.Equal(t, 1, bytes.Count(labelled, []byte("AIGC")))
			require.Contains(t, string(labelled), string(info(title())))
			require.Equal(t, len(labelled)-8, int(binary.LittleEndian.Uint32(labelled[4:])))
		})
	}
}

func TestSound(t *testing.T) {
	t.Parallel()
	form, err := Describe(bytes.NewReader(file(mono, samples)))
	require.NoError(t, err)
	require.Equal(t, Form{Coding: 1, Channels: 1, Rate: 8000, Bits: 16}, form)
	var out bytes.Buffer
	require.NoError(t, Prepend(&out, bytes.NewReader(file(mono, samples, info(title()))), []byte("cue+")))
	require.Equal(t, file(mono, riff.Append(nil, "data", []byte("cue+samples!")), info(title())), out.Bytes())
	for name, f := range map[string][]byte{"a stream": stream(), "no samples": file(mono), "large": large()} {
		require.ErrorIs(t, Prepend(io.Discard, bytes.NewReader(f), []byte("cue+")), carrier.ErrMalformed, name)
	}
	_, err = Describe(bytes.NewReader(file(samples)))
	require.ErrorIs(t, err, carrier.ErrMalformed)
}

func TestHostile(t *testing.T) {
	t.Parallel()
	for name, f := range map[string][]byte{
		"no samples":       file(mono),
		"long chunk":       append(file(mono), "data\xf0\xff\xff\xff"...),
		"long part":        file(mono, riff.Append(nil, "LIST", []byte("INFOAIGC\xff\x00\x00\x00")), samples),
		"RF64 without":     append([]byte("RF64\xff\xff\xff\xffWAVEabcd"), make([]byte, 40)...),
		"nothing in there": []byte("RIFF\x04\x00\x00\x00WAVE"),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			require.ErrorIs(t, Write(io.Discard, bytes.NewReader(f), "x"), carrier.ErrMalformed)
		})
	}
}

func FuzzReadWrite(f *testing.F) {
	carriertest.Fuzz(f, Read, Write, file(mono, samples), stream(), large(),
		file(mono, info(riff.Append(nil, idLabel, []byte("x")), title()), samples))
}
