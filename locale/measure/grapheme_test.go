package measure

import (
	"bufio"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func split(s string) []string {
	var all []string
	for _, g := range Graphemes(s) {
		all = append(all, g)
	}
	return all
}

func TestGraphemes(t *testing.T) {
	t.Parallel()
	for name, want := range map[string][]string{
		"empty":                   nil,
		"ideographs":              {"你", "好", "，", "𠮷", "㐀"},
		"accents":                 {"e\u0301", "a", "o\u0308\u0304", "é"},
		"variation":               {"葛\U000E0100", "城", "齐\uFE00"},
		"line ends":               {"\r\n", "\n", "\r", "a", "\r\n"},
		"nothing joins a control": {"\n", "\u0301", "\u200B", "\u0308"},
		"family":                  {"👨‍👩‍👧", "好", "👩🏽‍💻", "❤️‍🔥"},
		"flags":                   {"🇨🇳", "🇭🇰", "🇫", "a"},
		"flag of letters":         {"🏴\U000E0067\U000E0062\U000E0065\U000E006E\U000E0067\U000E007F", "!"},
		"marked flag":             {"🇨🇳\u200D", "🇫🇷"},
		"keycaps":                 {"1️⃣", "2", "#⃣"},
		"two joiners":             {"👨\u200D\u200D", "👧"},
		"mark after joiner":       {"👨\u200D\u0308\u200D", "👧"},
		"hangul":                  {"한", "국", "한", "각\u11A8", "ᅡ"},
		"prepended":               {"\u0600一", "\u0600🇨🇳", "🇨"},
		"spacing marks":           {"नि", "กำ"},
		"not UTF-8":               {"\xff", "\xe4", "\xb8", "好", "\xed", "\xa0", "\x80", "\xf0", "\x9f"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := strings.Join(want, "")
			require.Equal(t, want, split(s))
			require.Equal(t, len(want), GraphemeCount(s))
			require.Equal(t, len(want)*3, GraphemeCount(strings.Repeat(s+"\n", 3))-3)
		})
	}
}

func TestGraphemesStop(t *testing.T) {
	t.Parallel()
	for at := range Graphemes("一二三") {
		require.Zero(t, at)
		break
	}
}

func TestTruncateGraphemes(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		s, ellipsis string
		n           int
		want        string
	}{
		{"👨‍👩‍👧和👧", "…", 3, "👨‍👩‍👧和👧"},
		{"👨‍👩‍👧和👧们", "…", 3, "👨‍👩‍👧和…"},
		{"👨‍👩‍👧和👧", "", 1, "👨‍👩‍👧"},
		{"一二三", "……", 1, "…"},
		{"一二三", "…", 0, ""},
		{"一二三", "…", -1, ""},
		{"", "…", -1, ""},
	} {
		require.Equal(t, c.want, TruncateGraphemes(c.s, c.n, c.ellipsis), "%q %d", c.s, c.n)
	}
	before, after := CutGraphemes("👩🏽‍💻好", 1)
	require.Equal(t, []string{"👩🏽‍💻", "好"}, []string{before, after})
}

// TestGraphemeBreakTest runs the cases of the Unicode Character Database.
func TestGraphemeBreakTest(t *testing.T) {
	t.Parallel()
	dir := os.Getenv("ZHUSHOU_UCD")
	if dir == "" {
		dir = "/usr/share/unicode"
	}
	f, err := os.Open(filepath.Join(dir, "auxiliary", "GraphemeBreakTest.txt"))
	if err != nil {
		t.Skip("no Unicode Character Database in ZHUSHOU_UCD or /usr/share/unicode; Debian's package unicode-data has it")
	}
	defer f.Close()
	cases := 0
	for lines := bufio.NewScanner(f); lines.Scan(); {
		line, _, _ := strings.Cut(lines.Text(), "#")
		if strings.TrimSpace(line) == "" {
			continue
		}
		var want []string
		for _, cluster := range strings.Split(strings.Trim(line, " \t÷"), "÷") {
			var b strings.Builder
			for _, code := range strings.Fields(strings.ReplaceAll(cluster, "×", "")) {
				r, err := strconv.ParseUint(code, 16, 21)
				require.NoError(t, err)
				b.WriteRune(rune(r))
			}
			want = append(want, b.String())
		}
		require.Equal(t, want, split(strings.Join(want, "")), line)
		cases++
	}
	require.Equal(t, 602, cases)
}
