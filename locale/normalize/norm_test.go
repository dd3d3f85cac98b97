package normalize

import (
	"bufio"
	"compress/bzip2"
	"io"
	"math/rand/v2"
	"os"
	"runtime/debug"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/stretchr/testify/require"
	"golang.org/x/text/unicode/norm"
)

// forms are ours and the ones they must equal.
var forms = []struct {
	name   string
	ours   Options
	theirs norm.Form
}{
	{"NFC", Options{Form: NFC}, norm.NFC},
	{"NFKC", Options{Form: NFKC}, norm.NFKC},
}

// expected is what x/text makes of s. Only between bytes that are not UTF-8 does it promise anything.
func expected(form norm.Form, s string) string {
	var b strings.Builder
	for i := 0; i < len(s); {
		end := i
		for end < len(s) {
			r, size := utf8.DecodeRuneInString(s[end:])
			if r == utf8.RuneError && size == 1 {
				break
			}
			end += size
		}
		b.WriteString(form.String(s[i:end]))
		if end < len(s) {
			b.WriteByte(s[end])
		}
		i = end + 1
	}
	return b.String()
}

// underRace is whether the race detector watches, under which everything takes ten times as long and what is exhaustive
// shows nothing new.
var underRace = sync.OnceValue(func() bool {
	info, ok := debug.ReadBuildInfo()
	return ok && slices.Contains(info.Settings, debug.BuildSetting{Key: "-race", Value: "true"})
})

// rounds returns n, or a tenth of it under the race detector.
func rounds(n int) int {
	if underRace() {
		return n / 10
	}
	return n
}

func TestEveryCharacter(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("long")
	}
	check := func(s string) {
		for _, f := range forms {
			if got, want := f.ours.String(s), f.theirs.String(s); got != want {
				require.Failf(t, "different", "%s of %+q: %+q, want %+q", f.name, s, got, want)
			}
		}
	}
	step := rune(1)
	if underRace() {
		step = 17
	}
	for r := rune(0); r <= utf8.MaxRune; r += step {
		if 0x40000 <= r && r < 0xE0000 || r >= 0xF0000 {
			continue // unassigned, private use
		}
		check(string(r))
		if !unicode.In(r, unicode.Ideographic, unicode.Co) && r < 0x20000 {
			check("e" + string(r) + "\u0323")
			check("\u1112\u1161" + string(r))
		}
	}
}

// Everything that combines, in any order and number.
func TestCombinations(t *testing.T) {
	t.Parallel()
	var combining []rune
	for r := range rune(utf8.MaxRune + 1) {
		if p := norm.NFKC.PropertiesString(string(r)); !p.BoundaryBefore() || p.Decomposition() != nil {
			if r < 0xAC00 || 0xD7A3 < r { // Hangul syllables would be most of them
				combining = append(combining, r)
			}
		}
	}
	require.Greater(t, len(combining), 5000)
	rng := rand.New(rand.NewPCG(2, 2))
	for range rounds(30_000) {
		var b strings.Builder
		for range 1 + rng.IntN(8) {
			switch rng.IntN(8) {
			case 0:
				b.WriteRune(rune('\uAC00' + rng.IntN(11172)))
			case 1:
				b.WriteRune(rune('\u0300' + rng.IntN(0x70)))
			case 2:
				b.WriteString("\xE4\xB8"[rng.IntN(2):])
			default:
				b.WriteRune(combining[rng.IntN(len(combining))])
			}
		}
		for _, f := range forms {
			require.Equal(t, expected(f.theirs, b.String()), f.ours.String(b.String()), "%s of %+q", f.name, b.String())
		}
	}
	for n := range 100 { // longer rows than a normalization form allows
		s := "a" + strings.Repeat("\u0301", n) + strings.Repeat("\u0323", n/2) + "\u1E69"
		for _, f := range forms {
			require.Equal(t, f.theirs.String(s), f.ours.String(s), "%s of %d marks", f.name, n)
		}
	}
}

// The conformance test of Unicode is NormalizationTest.txt. Debian's package unicode-data has it.
func TestConformance(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("long")
	}
	path := os.Getenv("ZHUSHOU_NORMALIZATION_TEST")
	if path == "" {
		path = "/usr/share/unicode/NormalizationTest.txt.bz2"
	}
	f, err := os.Open(path)
	if err != nil {
		t.Skip("ZHUSHOU_NORMALIZATION_TEST does not name NormalizationTest.txt, and Debian's unicode-data is not installed")
	}
	defer f.Close()
	var r io.Reader = f
	if strings.HasSuffix(path, ".bz2") {
		r = bzip2.NewReader(f)
	}
	count := 0
	for lines := bufio.NewScanner(r); lines.Scan(); {
		line, _, _ := strings.Cut(lines.Text(), "#")
		columns := strings.Split(line, ";")
		if len(columns) < 5 {
			continue
		}
		var c [5]string // source, NFC, NFD, NFKC, NFKD
		for i := range c {
			for _, code := range strings.Fields(columns[i]) {
				r, err := strconv.ParseUint(code, 16, 21)
				require.NoError(t, err)
				c[i] += string(rune(r))
			}
		}
		nfc, nfkc := forms[0].ours, forms[1].ours
		for i, s := range c {
			if i < 3 {
				require.Equal(t, c[1], nfc.String(s), line)
			} else {
				require.Equal(t, c[3], nfc.String(s), line)
			}
			require.Equal(t, c[3], nfkc.String(s), line)
		}
		count++
	}
	require.Greater(t, count, 15_000)
}
