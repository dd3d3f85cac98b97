package gif

import (
	"bytes"
	"image"
	"image/color"
	stdgif "image/gif"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/zhushou-ai/zhushou/assistant/label/internal/carrier"
	"github.com/zhushou-ai/zhushou/assistant/label/internal/carrier/carriertest"
	"github.com/zhushou-ai/zhushou/assistant/label/internal/xmp"
)

// film returns pictures that move, if there are several.
func film(tb testing.TB, n int) []byte {
	tb.Helper()
	g := stdgif.GIF{}
	for i := range n {
		p := image.NewPaletted(image.Rect(0, 0, 4, 4), color.Palette{color.Black, color.White, color.Gray{uint8(i)}})
		g.Image, g.Delay = append(g.Image, p), append(g.Delay, 1)
	}
	var b bytes.Buffer
	require.NoError(tb, stdgif.EncodeAll(&b, &g))
	return b.Bytes()
}

// with puts bytes before the first picture.
func with(tb testing.TB, file []byte, more string) []byte {
	tb.Helper()
	at := int64(0)
	require.NoError(tb, blocks(bytes.NewReader(file), func(b block) error {
		if at == 0 && b.kind == picture {
			at = b.at
		}
		return nil
	}))
	return append(append(bytes.Clone(file[:at]), more...), file[at:]...)
}

// chained writes text in sub-blocks.
func chained(text string) string {
	var b strings.Builder
	for len(text) > 0 {
		n := min(len(text), 255)
		b.WriteByte(byte(n))
		b.WriteString(text[:n])
		text = text[n:]
	}
	return b.String() + "\x00"
}

func TestRoundTrip(t *testing.T) {
	t.Parallel()
	for name, file := range map[string][]byte{
		"a picture":     film(t, 1),
		"several":       film(t, 3),
		"a comment":     with(t, film(t, 1), "\x21\xfe"+chained("by me")),
		"older version": bytes.Replace(film(t, 1), []byte("89a"), []byte("87a"), 1),
		"a tail":        append(film(t, 1), "tail"...),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			labelled := carriertest.RoundTrip(t, Read, Write, file)
			i := bytes.Index(labelled, []byte("\x21\xff\x0bXMP DataXMP"))
			end := i + bytes.Index(labelled[i:], magic()) + len(magic())
			rest := append(bytes.Clone(labelled[:i]), labelled[end:]...)
			require.Equal(t, string(file[6:]), string(rest[6:]), "something else changed")
			require.Equal(t, labelled, carriertest.Put(t, Write, carriertest.Put(t, Write, labelled, carriertest.Longer), carriertest.Label))
			_, err := stdgif.DecodeAll(bytes.NewReader(labelled))
			require.NoError(t, err)
		})
	}
	carriertest.Cut(t, Read, Write, carriertest.Put(t, Write, film(t, 2), carriertest.Label))
}

func TestOtherPlaces(t *testing.T) {
	t.Parallel()
	packet, err := xmp.Write(nil, carriertest.Label)
	require.NoError(t, err)
	for name, more := range map[string]string{
		"a comment":             "\x21\xfe" + chained("see "+carriertest.Label),
		"a packet in sub-block": "\x21\xff\x0b" + application + chained(string(packet)),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			file := with(t, film(t, 1), more)
			carriertest.Has(t, Read, file, carriertest.Label)
			labelled := carriertest.Put(t, Write, file, carriertest.Longer)
			carriertest.Has(t, Read, labelled, carriertest.Longer)
			require.NotContains(t, string(labelled), carriertest.Label)
			require.Equal(t, bytes.Count(file, []byte("see ")), bytes.Count(labelled, []byte("see")), "the rest of the comment stays")
		})
	}
}

func TestHostile(t *testing.T) {
	t.Parallel()
	for name, file := range map[string][]byte{
		"unknown block": with(t, film(t, 1), "\x99"),
		"no end":        []byte("GIF89a\x01\x00\x01\x00\x00\x00\x00"),
		"short":         []byte("GIF89a"),
		"endless":       []byte("GIF89a\x01\x00\x01\x00\x00\x00\x00\x21\xfe" + strings.Repeat("\x01x", 100)),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := Read(bytes.NewReader(file))
			require.ErrorIs(t, err, carrier.ErrMalformed)
		})
	}
}

func FuzzReadWrite(f *testing.F) {
	carriertest.Fuzz(f, Read, Write, film(f, 1), film(f, 2), with(f, film(f, 1), "\x21\xfe"+chained(carriertest.Label)))
}
