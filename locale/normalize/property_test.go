package normalize

import (
	"math/rand/v2"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/require"
	"golang.org/x/text/transform"
)

// each runs a check for every variant over random texts.
func each(t *testing.T, check func(t *testing.T, o Options, s string, rng *rand.Rand)) {
	t.Helper()
	for name, o := range variants {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			rng := rand.New(rand.NewPCG(1, uint64(len(name))))
			for n := range rounds(400) {
				check(t, o, generated(rng, 1+n%30), rng)
			}
		})
	}
}

func TestFormsOfTheResultAgree(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, o Options, s string, _ *rand.Rand) {
		checkAgreement(t, o, s)
	})
}

// checkAgreement holds all that the methods promise of each other.
func checkAgreement(t *testing.T, o Options, s string) {
	t.Helper()
	result := o.String(s)
	require.Equal(t, "前"+result, string(o.Append([]byte("前"), s)), "Append of %q", s)
	mapped, way := o.Mapped(s)
	require.Equal(t, result, mapped, "Mapped of %q", s)
	require.Equal(t, result == s, o.IsNormal(s), "IsNormal of %q", s)
	n := o.Span(s)
	require.LessOrEqual(t, n, len(s))
	require.Equal(t, result == s, n == len(s), "Span of %q", s)
	require.True(t, strings.HasPrefix(result, s[:n]), "Span of %q: %d of %q", s, n, result)
	checkMap(t, s, result, way)
}

// checkMap walks the result character by character.
func checkMap(t *testing.T, s, result string, way Map) {
	t.Helper()
	boundary := make([]bool, len(s)+1)
	for i := range s {
		boundary[i] = true
	}
	boundary[len(s)] = true
	end, previous := 0, 0
	for i := 0; i < len(result); {
		r, size := utf8.DecodeRuneInString(result[i:])
		start, stop := way.Range(i, i+size)
		wrong := ""
		switch { // require is slow, and these are many
		case start != way.Original(i):
			wrong = "Range and Original differ"
		case start < previous, start > stop, start > way.Original(i+size):
			wrong = "offsets run backwards"
		case stop > len(s), !boundary[start], !boundary[stop]:
			wrong = "no character boundary"
		case start == stop && r != ' ':
			wrong = "made of nothing"
		case start < stop && stop < end:
			wrong = "ends run backwards"
		}
		if wrong != "" {
			require.Failf(t, wrong, "%d to %d for %d of %q from %q: %v", start, stop, i, result, s, way)
		}
		if start < stop {
			end = stop
		}
		previous = start
		i += size
	}
	if len(way) > 0 || len(s) != len(result) {
		require.Equal(t, len(s), way.Original(len(result)), "%q from %q: %v", result, s, way)
	}
}

// Where a piece of the original became a piece of the result, it does so by itself.
func TestMapLeadsToWhatItWasMadeOf(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, o Options, s string, _ *rand.Rand) {
		if o.Space != 0 || o.Punctuation != 0 || o.Spacing != 0 {
			return
		}
		result, way := o.Mapped(s)
		for n, r := range way {
			at, origin := len(result), len(s)
			if n+1 < len(way) {
				at, origin = way[n+1].at, way[n+1].origin
			}
			require.Equal(t, result[r.at:at], o.String(s[r.origin:origin]), "%q from %q: %v", result, s, way)
		}
	})
}

func TestMapsFollowEachOther(t *testing.T) {
	t.Parallel()
	rng := rand.New(rand.NewPCG(3, 3))
	for n := range rounds(5000) {
		s := generated(rng, n%20)
		middle, m := Tidy.Mapped(s)
		result, later := Options{Form: NFKC, Spacing: Pangu, Case: true}.Mapped(middle)
		both := m.then(later, len(result))
		for i := range len(result) + 1 {
			if len(both) == 0 {
				break
			}
			if want, got := m.Original(later.Original(i)), both.Original(i); got != want {
				require.Equal(t, want, got, "%d of %q from %q from %q:\n%v\n%v\n%v", i, result, middle, s, m, later, both)
			}
		}
	}
}

func TestTwiceIsOnce(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, o Options, s string, _ *rand.Rand) {
		if o.Emoji != KeepEmoji || o.Invisible && !utf8.ValidString(s) {
			return // what is left can be an emoji, or a character, anew
		}
		once := o.String(s)
		require.Equal(t, once, o.String(once), "of %q", s)
	})
}

// streamed normalizes a text that comes and goes in pieces of random sizes.
func streamed(t *testing.T, o Options, s string, rng *rand.Rand) string {
	t.Helper()
	tr := o.Transformer()
	var out strings.Builder
	dst := make([]byte, 64)
	for done, given := 0, 0; ; {
		given = min(len(s), max(done, given)+rng.IntN(20))
		atEOF := given == len(s)
		nDst, nSrc, err := tr.Transform(dst[:1+rng.IntN(len(dst))], []byte(s[done:given]), atEOF)
		out.Write(dst[:nDst])
		done += nSrc
		if err == nil {
			require.Equal(t, given, done)
			if atEOF {
				return out.String()
			}
		} else {
			require.ErrorIs(t, err, transform.ErrShortDst)
		}
	}
}

func TestTransformerDoesNotDependOnPieces(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, o Options, s string, rng *rand.Rand) {
		require.Equal(t, o.String(s), streamed(t, o, s, rng), "of %q", s)
	})
}

func TestTransformerOfLongText(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("long")
	}
	for name, o := range variants {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			rng := rand.New(rand.NewPCG(5, 5))
			for _, s := range []string{
				generated(rng, 25_000), // more than a block
				strings.ReplaceAll(generated(rng, 25_000), "\n", ""),
				strings.Repeat("中文a", 12_000),
			} {
				require.Greater(t, len(s), maxBlock)
				tr := o.Transformer()
				for range 2 { // it can be used again
					got, _, err := transform.String(tr, s)
					require.NoError(t, err)
					require.Equal(t, o.String(s), got)
				}
			}
		})
	}
}

// Long texts whose beginning stays are changed from there on.
func TestLongTextThatChangesLate(t *testing.T) {
	t.Parallel()
	rng := rand.New(rand.NewPCG(6, 6))
	stays := strings.Repeat("中文，“标点”。\n\n普通的一行\n", 300) + "尾"
	for name, o := range variants {
		if o.Form == NFKC && !o.KeepPunctuation || o.Punctuation == HalfPunctuation || o.Width && !o.KeepPunctuation {
			continue // these change punctuation
		}
		require.True(t, o.IsNormal(stays), name)
		checkAgreement(t, o, stays+generated(rng, 300))
		require.True(t, strings.HasPrefix(o.String(stays+generated(rng, 300)), stays[:len(stays)-len("尾")]), name)
	}
}

func TestUnchangedTextDoesNotAllocate(t *testing.T) {
	for name, o := range variants {
		s := strings.Repeat("plain text 中文", 3)
		if o.Punctuation != 0 || o.Spacing != 0 { // these look around
			continue
		}
		require.True(t, o.IsNormal(s), name)
		require.Zero(t, testing.AllocsPerRun(100, func() {
			_ = o.String(s)
			_, _ = o.Mapped(s)
			_ = o.Span(s)
		}), name)
	}
}

// Fenced code is spared where it is longer than a block, and what follows it is not.
func TestLongFencedCode(t *testing.T) {
	t.Parallel()
	rng := rand.New(rand.NewPCG(8, 8))
	code := "```go\n" + strings.Repeat("// 甲a,乙\n", 2*wantBlock/12) + "```\n"
	for _, o := range []Options{{Spacing: Pangu}, {Spacing: AutoCorrect}, {Punctuation: FullPunctuation}} {
		line := "甲a甲,乙\n"
		want := o.String(line) + code + o.String(line)
		require.NotEqual(t, line, o.String(line))
		require.Equal(t, want, o.String(line+code+line))
		require.Equal(t, want, streamed(t, o, line+code+line, rng))
	}
}

// Nothing takes time that grows with the square of the text.
func TestLongRows(t *testing.T) {
	t.Parallel()
	for _, piece := range []string{"a", "中", "，", "Ａ", " ", "\n", "\u0301", "\u200D", "😀", "👨\u200D", "\u200B", "\xFF", "(", "\"", "`", "#", "/", "<a ", "．", ".", "🇨", "|", "+", "ﾞ", "中<a ", "中<b>", "一.", "中\"", "中(", "中a#", "中“", "```\n", "](http://中", "&a", "中**"} {
		s := strings.Repeat(piece, rounds(5_000))
		for _, o := range variants {
			result, way := o.Mapped(s)
			if len(way) > 0 {
				require.Equal(t, len(s), way.Original(len(result)))
			}
		}
	}
}
