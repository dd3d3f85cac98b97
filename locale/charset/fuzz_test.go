package charset_test

import (
	"math/rand/v2"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/require"

	"github.com/zhushou-ai/zhushou/locale/charset"
)

// Any bytes decode to valid text of bounded length, the same in pieces, and strictly only if nothing was lost.
func FuzzDecode(f *testing.F) {
	for _, seed := range []string{"", "a", "\xB0\xA1\x81\x30\x81\x30", "\x88\x62\xA4\x40", "\xFF\xFE\x3D\xD8\x4C\xDC", "\xE4\xB8\xAD\xE4"} {
		f.Add([]byte(seed), uint64(1))
	}
	f.Fuzz(func(t *testing.T, b []byte, seed uint64) {
		random := rand.New(rand.NewPCG(seed, 0))
		for _, c := range all {
			text, lost := c.DecodeLossy(b)
			require.True(t, utf8.ValidString(text))
			require.LessOrEqual(t, len(text), 3*len(b))
			strict, err := c.Decode(b)
			require.Equal(t, lost == 0, err == nil)
			if err == nil {
				require.Equal(t, text, strict)
			}
			pieces, err := inPieces(random, c.NewDecoder(), b)
			require.NoError(t, err)
			require.Equal(t, text, string(pieces))
		}
		checkGuesses(t, charset.Detect(b))
		charset.Decode(b)
	})
}

// What is written reads back, and what is not is named.
func FuzzEncode(f *testing.F) {
	for _, seed := range []string{"", "abc", "好👌的", "\u00CA\u0304\u00EA", "汉\xFF", "\uFEFF€\uE000"} {
		f.Add(seed, uint64(1))
	}
	f.Fuzz(func(t *testing.T, s string, seed uint64) {
		random := rand.New(rand.NewPCG(seed, 0))
		for _, c := range all {
			code, err := c.Encode(s)
			lossy, lost := c.EncodeLossy(s)
			if err != nil {
				var e *charset.EncodeError
				require.ErrorAs(t, err, &e)
				r, _ := utf8.DecodeRuneInString(s[e.Offset:])
				require.Equal(t, e.Rune, r)
				_, err = c.Encode(s[:e.Offset])
				require.NoError(t, err)
				continue
			}
			require.Zero(t, lost)
			require.Equal(t, code, lossy)
			back, err := c.Decode(code)
			require.NoError(t, err)
			require.Equal(t, s, back)
			pieces, err := inPieces(random, c.NewEncoder(), []byte(s))
			require.NoError(t, err)
			require.Equal(t, string(code), string(pieces))
		}
	})
}
