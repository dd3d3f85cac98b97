package charset_test

import (
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/zhushou-ai/zhushou/locale/charset"
)

func TestDetect(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name string
		b    string
		want charset.Charset
		bom  int
	}{
		{"nothing", "", charset.UTF8, 0},
		{"one letter", "a", charset.UTF8, 0},
		{"English that could be UTF-16", "Bush hid the facts", charset.UTF8, 0},
		{"token that could be UTF-16", "dGhpcyBpcw==", charset.UTF8, 0},
		{"UTF-8 with damage", "今天天气不错\xFF我们去\xE4\xB8公园", charset.UTF8, 0},
		{"UTF-8, cut", "今天\xE5\xA4", charset.UTF8, 0},
		{"UTF-8, French", "Les élèves ont déjà mangé au café", charset.UTF8, 0},
		{"UTF-8, German", "schöne Grüße", charset.UTF8, 0},
		{"UTF-8, Spanish", "mañana", charset.UTF8, 0},
		{"UTF-8, signs", "© 2024 – it’s 20 °C → ok\u00a0✓", charset.UTF8, 0},
		{"UTF-8, Cyrillic", "Привет", charset.UTF8, 0},
		{"UTF-8, emoji", "ok 👌", charset.UTF8, 0},
		{"GBK that is almost UTF-8", "\xC1\xAA\xCD\xA8", charset.GBK, 0}, // 联通
		{"GBK, one word", "\xD6\xD0\xB9\xFA", charset.GBK, 0},
		{"Big5, one word", "\xA4\xA4\xA4\xE5", charset.Big5, 0},
		{"four-byte code", "\xD6\xD0\xB9\xFA\x94\x39\xDA\x33", charset.GB18030, 0},
		{"mark of GB18030", "\x84\x31\x95\x33abc", charset.GB18030, 4},
		{"mark of UTF-8", "\xEF\xBB\xBFabc", charset.UTF8, 3},
		{"mark of UTF-16LE", "\xFF\xFEa\x00", charset.UTF16LE, 2},
		{"mark of UTF-16BE", "\xFE\xFF\x00a", charset.UTF16BE, 2},
		{"UTF-16LE of English", "h\x00e\x00l\x00l\x00o\x00", charset.UTF16LE, 0},
		{"UTF-16BE of English", "\x00h\x00e\x00l\x00l\x00o", charset.UTF16BE, 0},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			guess := charset.Detect([]byte(test.b))[0]
			require.Equal(t, test.want, guess.Charset)
			require.Equal(t, test.bom, guess.BOM)
		})
	}
}

// Guesses are in order, differ, and their confidences are shares of 1.
func TestGuessesAreRanked(t *testing.T) {
	t.Parallel()
	random := rand.New(rand.NewPCG(4, 5))
	for range 300 {
		b := make([]byte, random.IntN(12))
		for i := range b {
			b[i] = byte(random.Uint32())
		}
		checkGuesses(t, charset.Detect(b))
	}
}

func checkGuesses(t *testing.T, guesses []charset.Guess) {
	require.NotEmpty(t, guesses)
	seen, sum := map[charset.Charset]bool{}, 0.0
	for i, g := range guesses {
		require.False(t, seen[g.Charset])
		seen[g.Charset] = true
		require.True(t, g.Confidence >= 0 && g.Confidence <= 1, g) // and no NaN
		require.True(t, i == 0 || g.Confidence <= guesses[i-1].Confidence)
		sum += g.Confidence
	}
	require.LessOrEqual(t, sum, 1+1e-9)
}

// Data that is no text is no confident guess.
func TestNoiseIsDoubted(t *testing.T) {
	t.Parallel()
	random := rand.New(rand.NewPCG(6, 7))
	for _, n := range []int{10, 100, 1000, 100_000} {
		b := make([]byte, n)
		for i := range b {
			b[i] = byte(random.Uint32())
		}
		require.Less(t, charset.Detect(b)[0].Confidence, 0.01)
	}
	latin := "Les \xE9l\xE8ves fran\xE7ais ont \xE9t\xE9 re\xE7us \xE0 l'\xE9cole"
	require.Less(t, charset.Detect([]byte(latin))[0].Confidence, 0.01)
}

// ASCII before the first Chinese character, however long, does not hide it.
func TestChineseAfterMuchASCII(t *testing.T) {
	t.Parallel()
	gbk, err := charset.GBK.Encode(strings.Repeat("x", 100_000) + "// 初始化缓存，默认大小")
	require.NoError(t, err)
	require.Equal(t, charset.GBK, charset.Detect(gbk)[0].Charset)
}
