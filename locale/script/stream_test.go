package script

import (
	"io"
	"math/rand/v2"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/stretchr/testify/require"
	"golang.org/x/text/transform"
)

// streamed converts text that comes and goes in pieces of random sizes.
func streamed(t *testing.T, c Converter, text string, rng *rand.Rand) string {
	t.Helper()
	tr := c.Transformer()
	var out strings.Builder
	dst := make([]byte, 4096)
	given := 0 // text[:given] has come
	for done, idle := 0, 0; done < len(text) || given < len(text); {
		given = min(len(text), given+1+rng.IntN(700))
		atEOF := given == len(text)
		nDst, nSrc, err := tr.Transform(dst[:1+rng.IntN(len(dst))], []byte(text[done:given]), atEOF)
		out.Write(dst[:nDst])
		done += nSrc
		switch {
		case err == nil:
			require.Equal(t, given, done)
		case atEOF:
			require.ErrorIs(t, err, transform.ErrShortDst)
		}
		if idle++; nSrc > 0 {
			idle = 0
		}
		require.Less(t, idle, 1000, "no progress at %d of %d", done, len(text))
	}
	return out.String()
}

func TestTransformerDoesNotDependOnPieces(t *testing.T) {
	t.Parallel()
	text := generated(3, 30_000)
	user, err := TW2SP.With(Pair{strings.Repeat("長", 64), strings.Repeat("长", 300)}, Pair{"軟體", ""})
	require.NoError(t, err)
	for i, c := range append(all[:len(all):len(all)], user, Converter{}) {
		rng := rand.New(rand.NewPCG(uint64(i), 7))
		require.Equal(t, c.String(text), streamed(t, c, text, rng), i)
	}
}

func TestTransformerInReader(t *testing.T) {
	t.Parallel()
	text := generated(4, 20_000)
	for name, wrap := range map[string]func(io.Reader) io.Reader{
		"whole": func(r io.Reader) io.Reader { return r }, "byte by byte": iotest.OneByteReader, "data with the end": iotest.DataErrReader,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, err := io.ReadAll(transform.NewReader(wrap(strings.NewReader(text)), S2TWP.Transformer()))
			require.NoError(t, err)
			require.Equal(t, S2TWP.String(text), string(got))
		})
	}
	got, _, err := transform.String(S2TWP.Transformer(), text)
	require.NoError(t, err)
	require.Equal(t, S2TWP.String(text), got)
}

func FuzzTransformer(f *testing.F) {
	f.Add("头发发白，用鼠标打开软件⿰讠言\xff", uint8(2), uint64(1))
	f.Add("用滑鼠開啟軟體，裡面是核心", uint8(7), uint64(2))
	f.Fuzz(func(t *testing.T, text string, which uint8, seed uint64) {
		c := all[int(which)%len(all)]
		text = strings.Repeat(text, 1+600/(len(text)+1))
		require.Equal(t, c.String(text), streamed(t, c, text, rand.New(rand.NewPCG(seed, 1))))
	})
}
