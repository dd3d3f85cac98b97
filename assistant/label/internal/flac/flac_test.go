package flac

import (
	"bytes"
	"encoding/binary"
	"io"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/zhushou-ai/zhushou/assistant/label/internal/carrier"
	"github.com/zhushou-ai/zhushou/assistant/label/internal/carrier/carriertest"
)

const sound = "\xff\xf8 the samples"

// file builds a file of blocks, each a kind and its data.
func file(blocks ...string) []byte {
	b := []byte(signature)
	for i, k := range blocks {
		n := len(k) - 1
		kind := k[0]
		if i == len(blocks)-1 {
			kind |= last
		}
		b = append(b, kind, byte(n>>16), byte(n>>8), byte(n))
		b = append(b, k[1:]...)
	}
	return append(b, sound...)
}

func comment(list ...string) string {
	b := binary.LittleEndian.AppendUint32([]byte{comments}, 4)
	b = binary.LittleEndian.AppendUint32(append(b, "them"...), uint32(len(list)))
	for _, v := range list {
		b = append(binary.LittleEndian.AppendUint32(b, uint32(len(v))), v...)
	}
	return string(b)
}

var (
	info    = "\x00" + strings.Repeat("i", 34)
	picture = "\x06the picture"
)

func pad(n int) string { return "\x01" + string(make([]byte, n)) }

func TestRoundTrip(t *testing.T) {
	t.Parallel()
	exact := len("AIGC="+carriertest.Label) + 4
	for name, c := range map[string]struct {
		file   []byte
		inside bool // the padding makes up for the label
	}{
		"no comments":          {file(info), false},
		"comments":             {file(info, comment("TITLE=题"), picture), false},
		"padding":              {file(info, comment("TITLE=题"), picture, pad(4000)), true},
		"padding between":      {file(info, pad(4000), comment("TITLE=题"), picture), true},
		"padding, all of it":   {file(info, comment(), pad(exact-4)), true},
		"padding, a rest of 2": {file(info, comment(), pad(exact-2)), false},
		"padding, too little":  {file(info, comment(), pad(3)), false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			labelled := carriertest.RoundTrip(t, Read, Write, c.file)
			require.True(t, bytes.HasSuffix(labelled, []byte(sound)))
			require.Equal(t, c.inside, len(labelled) == len(c.file))
			for _, part := range []string{info, picture[1:], "TITLE=题"} {
				require.Equal(t, bytes.Count(c.file, []byte(part)), bytes.Count(labelled, []byte(part)), "a block changed")
			}
			list, err := blocks(bytes.NewReader(labelled))
			require.NoError(t, err)
			require.Equal(t, byte(streamInfo), list[0].kind)
			carriertest.Cut(t, Read, Write, labelled)
		})
	}
}

func TestLetterCase(t *testing.T) {
	t.Parallel()
	f := file(info, comment("aigc="+carriertest.Label, "AIGC2=x", "AIGC"))
	carriertest.Has(t, Read, f, carriertest.Label)
	labelled := carriertest.Put(t, Write, f, carriertest.Longer)
	carriertest.Has(t, Read, labelled, carriertest.Longer)
	require.Contains(t, string(labelled), "AIGC2=x")
}

func TestHostile(t *testing.T) {
	t.Parallel()
	for name, f := range map[string][]byte{
		"no samples' form":   file(comment()),
		"block too long":     []byte(signature + "\x00\xff\xff\xff"),
		"vendor too long":    file(info, "\x04\xff\xff\xff\xff"),
		"too many comments":  file(info, "\x04\x00\x00\x00\x00\xff\xff\xff\xff"),
		"comment too long":   file(info, "\x04\x00\x00\x00\x00\x01\x00\x00\x00\xff\xff\xff\xff"),
		"comment cut off":    file(info, "\x04\x00\x00\x00\x00\x01\x00\x00\x00\x01\x00"),
		"number cut off":     file(info, "\x04\x00\x00\x00\x00\x01"),
		"no end":             file(info, comment())[:42],
		"vendor without end": file(info, "\x04\x00"),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := Read(bytes.NewReader(f))
			require.ErrorIs(t, err, carrier.ErrMalformed)
			require.ErrorIs(t, Write(io.Discard, bytes.NewReader(f), "x"), carrier.ErrMalformed)
		})
	}
	long := file(info, comment(strings.Repeat("x", maxBlock-12)))
	require.ErrorIs(t, Write(io.Discard, bytes.NewReader(long), "x"), carrier.ErrMalformed)
}

func FuzzReadWrite(f *testing.F) {
	carriertest.Fuzz(f, Read, Write, file(info), file(info, comment("TITLE=x", "AIGC={}"), pad(100)), file(info, pad(9), picture))
}
