package decode_test

import (
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/require"

	"github.com/zhushou-ai/zhushou/internal/decode"
)

// TestThree compares all texts of three bytes, alone and as the beginning of a longer one, with the standard library.
func TestThree(t *testing.T) {
	t.Parallel()
	for lead := 0x80; lead <= 0xff; lead++ {
		for second := 0; second <= 0xff; second++ {
			for third := 0; third <= 0xff; third++ {
				s := string([]byte{byte(lead), byte(second), byte(third), 'a'})
				r, size := utf8.DecodeRuneInString(s)
				got := decode.Three(s, 0)
				if got >= 0x800 && (got < 0xd800 || got > 0xdfff) || size == 3 {
					require.Equal(t, 3, size, "% x", s)
					require.Equal(t, r, got, "% x", s)
				}
				last, length := decode.Rune(s[:3], 0)
				if r == utf8.RuneError && size == 1 {
					r = -1
				}
				if last != r || length != size {
					require.Equal(t, []any{r, size}, []any{last, length}, "% x", s[:3])
				}
			}
		}
	}
	require.EqualValues(t, -1, decode.Three("中", 0), "the last character")
}

func TestEight(t *testing.T) {
	t.Parallel()
	require.Equal(t, uint64(0x0807060504030201), decode.Eight("\x00\x01\x02\x03\x04\x05\x06\x07\x08", 1))
}

func FuzzRune(f *testing.F) {
	for _, s := range []string{"中文a", "é", "𠮷", "\xed\xa0\x80a", "\xe0\x80\x80a", "\xff", "\ufffd", "\xe4\xb8"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		for i := 0; i < len(s); {
			want, size := utf8.DecodeRuneInString(s[i:])
			if want == utf8.RuneError && size == 1 {
				want = -1
			}
			r, n := decode.Rune(s, i)
			require.Equal(t, want, r)
			require.Equal(t, size, n)
			i += n
		}
	})
}
