package avi

import (
	"bytes"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/zhushou-ai/zhushou/assistant/label/internal/carrier"
)

const label = `{"Label":"1","ContentProducer":"Example","ProduceID":"p-1"}`

func list(kind string, parts ...[]byte) []byte {
	return appendChunk(nil, "LIST", append([]byte(kind), bytes.Join(parts, nil)...))
}

func film(parts ...[]byte) []byte {
	return appendChunk(nil, "RIFF", append([]byte("AVI "), bytes.Join(parts, nil)...))
}

var (
	header = list("hdrl", appendChunk(nil, "avih", make([]byte, 56)))
	movie  = list("movi", appendChunk(nil, "00dc", []byte("the media")))
	info   = list("INFO", appendChunk(nil, "ISFT", []byte("Lavf59")))
)

func TestRoundTrip(t *testing.T) {
	t.Parallel()
	for name, file := range map[string][]byte{
		"nothing but media":    film(header, movie),
		"padding":              film(header, junk(600), movie),
		"a list":               film(header, info, movie),
		"a list and padding":   film(header, info, junk(600), movie),
		"a list at the end":    film(header, movie, info),
		"two lists":            film(header, info, movie, info),
		"several parts":        append(film(header, info, junk(600), movie), appendChunk(nil, "RIFF", append([]byte("AVIX"), movie...))...),
		"a label already":      film(header, list("INFO", appendChunk(nil, "ISFT", []byte("Lavf59")), appendChunk(nil, keyLabel, []byte("old"))), movie),
		"little padding":       film(header, junk(20), movie),
		"last padding missing": film(header, movie, appendChunk(nil, "odd ", []byte("x"))),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if name == "last padding missing" {
				file = bytes.Clone(file[:len(file)-1])
				file[4]--
			}
			says := bytes.Contains(file, []byte("Lavf59"))
			for _, text := range []string{label, label + "  ", "x"} {
				var out bytes.Buffer
				require.NoError(t, Write(&out, bytes.NewReader(file), text))
				if bytes.Contains(file, junk(600)) {
					require.Len(t, out.Bytes(), len(file), "nothing moves where there is room")
				}
				file = out.Bytes()
				found, err := Read(bytes.NewReader(file))
				require.NoError(t, err)
				require.Equal(t, []carrier.Found{{Where: "AVI LIST INFO", Text: []byte(text)}}, found)
				require.Contains(t, string(file), "the media")
				require.Equal(t, says, bytes.Contains(file, []byte("Lavf59")))
				_, err = chunks(bytes.NewReader(file), 0, int64(len(file)))
				require.NoError(t, err)
			}
		})
	}
	t.Run("several parts without room", func(t *testing.T) {
		t.Parallel()
		file := append(film(header, movie), appendChunk(nil, "RIFF", append([]byte("AVIX"), movie...))...)
		require.ErrorContains(t, Write(new(bytes.Buffer), bytes.NewReader(file), label), "no padding")
	})
}

func TestTruncated(t *testing.T) {
	t.Parallel()
	whole := film(header, info, movie)
	for n := range whole[:len(whole)-1] {
		require.ErrorIs(t, Write(new(bytes.Buffer), bytes.NewReader(whole[:n]), "x"), carrier.ErrMalformed, "cut to %d bytes", n)
	}
}

func FuzzReadWrite(f *testing.F) {
	f.Add(film(header, movie))
	f.Add(film(header, info, junk(600), movie))
	f.Add(film(header, junk(20), movie, info))
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
