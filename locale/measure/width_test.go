package measure

import (
	"math"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestWidth(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		s    string
		want int
	}{
		{"", 0},
		{"Go 1.26", 7},
		{"你好，世界！", 12},
		{"ＡＢＣ１２３", 12},
		{"ｱｲｳ｡", 4},
		{"㐀𠮷\U00030000\U0003FFFD鿿", 10},
		{"ひらがなカタカナ", 16},
		{"한국어", 6},
		{"한", 2}, // three jamo
		{"ㄅㄆㄇ", 6},
		{"䷀", 1}, // hexagrams are narrow until Unicode 16
		{"e\u0301a\u0308\u0304", 2},
		{"か\u3099", 2},
		{"ｶﾞｰﾄﾞ", 5},
		{"ﾊﾟ", 2},
		{"ﾞ", 1},
		{"葛\U000E0100城", 4},
		{"“引用”——①…", 10},
		{"\u200B\u200D\uFEFF\u2060\u00AD", 0},
		{"一\r\n二\n\x00\x7f", 4},
		{"👍", 2},
		{"👍🏽", 2},
		{"👨‍👩‍👧‍👦", 2},
		{"🕵", 1},
		{"🕵🏻", 2},
		{"⛹🏻‍♂", 2},
		{"🇨🇳🇭🇰", 4},
		{"🇨", 1},
		{"☎", 1},
		{"☎️", 2},
		{"❤️‍🔥", 2},
		{"1️⃣", 2},
		{"1⃣", 1},
		{"a\uFE0F一\uFE0F", 3},
		{"नि", 1},
		{"\u0600一", 1},
		{"\ue000\U000F0000", 2}, // private use
		{"\xff\xe4\xb8", 3},
	} {
		require.Equal(t, c.want, Width(c.s), "%q", c.s)
		require.Equal(t, c.want*3, Width(strings.Repeat(c.s+"\n", 3)), "%q", c.s)
	}
}

func TestAmbiguous(t *testing.T) {
	t.Parallel()
	wide := Columns{AmbiguousWide: true}
	require.Equal(t, 16, wide.Width("“引用”——①…")) // … is part of it
	require.Equal(t, 2, wide.Width("☎️"))
	require.Equal(t, 4, wide.Width("αβ"))
	require.Equal(t, 1, wide.Width("a\u0301"))
	require.Equal(t, "一…", wide.Truncate("一二三", 5, "…"))
	require.Equal(t, "一二…", Truncate("一二三", 5, "…"))
}

func TestTabs(t *testing.T) {
	t.Parallel()
	require.Equal(t, 3, Width("一\ta"))
	eight := Columns{Tab: 8}
	for s, want := range map[string]int{
		"\t": 8, "一\ta": 9, "1234567\t": 8, "12345678\t": 16, "一\n\t": 10, "一\r\n二\t": 10, "\t\t一": 18,
	} {
		require.Equal(t, want, eight.Width(s), "%q", s)
	}
	before, after := eight.Cut("一\t二", 7)
	require.Equal(t, []string{"一", "\t二"}, []string{before, after})
	require.Equal(t, 4, Columns{Tab: 1}.Width("一\t二")-1)
}

func TestCut(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		s             string
		width         int
		before, after string
	}{
		{"一二三", 4, "一二", "三"},
		{"一二三", 5, "一二", "三"},
		{"一二三", 6, "一二三", ""},
		{"一二三", 1, "", "一二三"},
		{"一二三", 0, "", "一二三"},
		{"一二三", math.MinInt, "", "一二三"},
		{"一二三", math.MaxInt, "一二三", ""},
		{"ae\u0301b", 2, "ae\u0301", "b"},
		{"一👨‍👩‍👧二", 3, "一", "👨‍👩‍👧二"},
		{"一👨‍👩‍👧二", 4, "一👨‍👩‍👧", "二"},
		{"a☎️b", 2, "a", "☎️b"}, // ☎ would fit, but not as an emoji
		{"12\uFE0F\u20E33", 2, "1", "2\uFE0F\u20E33"},
		{"一\n二", 2, "一\n", "二"},
		{"\u200B一", 0, "\u200B", "一"},
		{"abcdefghijklmnopqrstuvwxyz", 17, "abcdefghijklmnopq", "rstuvwxyz"},
		{"一二三四五六七八九十", 13, "一二三四五六", "七八九十"},
	} {
		before, after := Columns{}.Cut(c.s, c.width)
		require.Equal(t, []string{c.before, c.after}, []string{before, after}, "%q %d", c.s, c.width)
	}
}

func TestTruncate(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		s, ellipsis string
		width       int
		want        string
	}{
		{"一二三四五", "…", 10, "一二三四五"},
		{"一二三四五", "…", 9, "一二三四…"},
		{"一二三四五", "…", 8, "一二三…"},
		{"一二三四五", "", 5, "一二"},
		{"一二三四五", "...", 2, ".."},
		{"一二三四五", "……", 0, ""},
		{"一二三四五", "…", -5, ""},
		{"一二三四五", "…", math.MinInt, ""},
		{"", "…", 0, ""},
		{"abc", "……", 3, "abc"},
		{"👩🏽‍💻👩🏽‍💻👩🏽‍💻", "…", 5, "👩🏽‍💻👩🏽‍💻…"},
	} {
		require.Equal(t, c.want, Truncate(c.s, c.width, c.ellipsis), "%q %d", c.s, c.width)
	}
}

func TestMeasuringAllocatesNothing(t *testing.T) {
	text := generated(1 << 12)
	require.Zero(t, testing.AllocsPerRun(5, func() {
		Width(text)
		GraphemeCount(text)
		Columns{AmbiguousWide: true, Tab: 4}.Cut(text, 1000)
		Truncate("短", 10, "…")
	}))
}

// awkward makes long graphemes and many of them.
var awkward = []string{"\u0301", "👨\u200D", "🇨", "\t", "\n", "\r", "\uFE0F", "1\uFE0F", "\u0600", "ᄒ", "ᅡ", "\xe4", "一", "a"}

func TestLongAndAwkward(t *testing.T) {
	t.Parallel()
	for _, s := range awkward {
		long := strings.Repeat(s, 1<<16)
		count := 0
		for range Graphemes(long) {
			count++
		}
		require.Equal(t, count, GraphemeCount(long), "%q", s)
		before, after := Columns{Tab: 8}.Cut(long, 1<<15)
		require.Equal(t, long, before+after)
	}
}

func FuzzMeasure(f *testing.F) {
	for _, s := range awkward {
		f.Add(s+"你好"+s, 3, false)
		f.Add("abcdefgh一二三四"+s+s, 10, true)
	}
	f.Add("👨‍👩‍👧‍👦🇨🇳🏴e\u0301x各", 4, false)
	f.Fuzz(func(t *testing.T, s string, width int, wide bool) {
		c := Columns{AmbiguousWide: wide}
		ends := map[int]bool{0: true}
		at, columns, count := 0, 0, 0
		for i, g := range Graphemes(s) {
			require.Equal(t, at, i)
			require.NotEmpty(t, g)
			at += len(g)
			ends[at] = true
			columns += c.Width(g)
			count++
		}
		require.Equal(t, len(s), at)
		require.Equal(t, columns, c.Width(s))
		require.Equal(t, count, GraphemeCount(s))
		before, after := c.Cut(s, width)
		require.Equal(t, s, before+after)
		require.True(t, ends[len(before)], "cut inside a grapheme")
		require.LessOrEqual(t, c.Width(before), max(width, 0))
		if after != "" {
			first, _ := CutGraphemes(after, 1)
			require.Greater(t, c.Width(before)+c.Width(first), max(width, 0))
		}
		require.LessOrEqual(t, c.Width(c.Truncate(s, width, "…")), max(width, 0))
	})
}
