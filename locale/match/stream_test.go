package match_test

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/require"

	"github.com/zhushou-ai/zhushou/locale/match"
)

// stream reads a text in the pieces that next cuts off.
func stream(s *match.Stream, text string, next func(left int) int) []match.Hit {
	var hits []match.Hit
	for text != "" {
		n := next(len(text))
		hits = s.Append(hits, text[:n])
		text = text[n:]
	}
	return s.Flush(hits)
}

func TestStreamDoesNotDependOnPieces(t *testing.T) {
	t.Parallel()
	r := maker{rand.New(rand.NewPCG(5, 1))}
	cases(t, r, 300, func(c match.Config, m *match.Matcher) {
		text := r.text(r.IntN(40), len(signs))
		want := slices.Collect(m.Find(text))
		s := m.Stream()
		require.Equal(t, want, stream(s, text, func(int) int { return 1 }), "%+v in %q byte by byte", c, text)
		require.Zero(t, s.Pending())
		require.Equal(t, want, stream(s, text, func(left int) int { return r.IntN(left + 1) }), "%+v in %q in pieces, a second text", c, text)
	})
}

// Long texts are read in another way than short pieces, and what is not UTF-8 is in no word either way.
func TestLongTextsThatAreNotUTF8(t *testing.T) {
	t.Parallel()
	s := build(t, match.Config{Words: list("A", "甲乙", "甲A", "乙丙", "丙甲", "\u200b甲", "ࠀ", "。"), MaxGap: 1}).Stream()
	for _, odd := range []string{"", "A", "*", "。", "\u200b", "ࠀ", "\xe0\x81\x81", "\xed\xa0\x80", "\xe7\x94", "\xe7A\xb2", "\xe7\x94A", "\xe7\xf2\xb2", "\xe7\x94\xf2", "\xb2\x94", "\xef\xbf\xbd", "\xf0\x9f\x98\x80", "\xff"} {
		for n := range 12 {
			text := strings.Repeat("甲乙丙丁", n) + odd + strings.Repeat("乙丙甲*", 12)
			for _, text := range []string{text, text + odd, text[:len(text)-1], strings.Repeat(odd, n) + text} {
				require.Equal(t, stream(s, text, func(int) int { return 1 }), stream(s, text, func(left int) int { return left }), "%q", text)
			}
		}
	}
}

func TestLongStream(t *testing.T) {
	t.Parallel()
	word := strings.Repeat("甲乙", 1000)
	s := build(t, match.Config{Words: list(word), MaxGap: 1}).Stream()
	text := "丙" + strings.Repeat("甲\u200b乙*", 3000)
	hits := stream(s, text, func(left int) int { return min(left, 7) })
	require.Len(t, hits, 2001)
	for i, h := range hits {
		require.Equal(t, 3+10*i, h.Start)
		require.Equal(t, 3+10*(i+1000)-1, h.End)
	}
}

// Pending is compared with what hits there are after all continuations up to a length. The words are so short that
// these tell everything.
func TestPendingIsExact(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("long")
	}
	r := maker{rand.New(rand.NewPCG(6, 1))}
	next := []string{"甲", "国", "a", "b", "*", "\u200b", "。"}
	short := []string{"甲", "国", "國", "a", "A", "b", "*", " ", "\u200b", "。", "\xff"}
	var continuations []string
	for length, from := 0, []string{""}; length < 4; length++ {
		continuations = append(continuations, from...)
		var longer []string
		for _, c := range from {
			for _, n := range next {
				longer = append(longer, c+n)
			}
		}
		from = longer
	}
	pick := func(n int) string {
		var b strings.Builder
		for range n {
			b.WriteString(short[r.IntN(len(short))])
		}
		return b.String()
	}
	word := func() string {
		var b strings.Builder
		for range 1 + r.IntN(4) {
			b.WriteString(next[r.IntN(5)])
		}
		return b.String()
	}
	for range 400 {
		c := match.Config{MaxGap: r.IntN(3), WholeWords: r.IntN(2) == 0}
		for range 1 + r.IntN(3) {
			c.Words = append(c.Words, match.Word{Text: word()})
		}
		text := pick(r.IntN(7))
		m := build(t, c)
		s := m.Stream()
		reported := s.Append(nil, text)
		least := len(text)
		for _, more := range continuations {
			for _, h := range slices.Collect(m.Find(text + more))[len(reported):] {
				least = min(least, h.Start)
			}
		}
		require.Equal(t, len(text)-least, s.Pending(), "%+v after %q", c, text)
	}
}

func TestPendingIsSafe(t *testing.T) {
	t.Parallel()
	r := maker{rand.New(rand.NewPCG(7, 1))}
	cases(t, r, 200, func(c match.Config, m *match.Matcher) {
		text := r.text(r.IntN(30), len(signs))
		s := m.Stream()
		var hits []match.Hit
		settled := 0
		for i := range len(text) {
			before := len(hits)
			hits = s.Append(hits, text[i:i+1])
			for _, h := range hits[before:] {
				require.False(t, h.Start < settled, "%+v in %q", c, text)
			}
			require.False(t, i+1-s.Pending() < settled, "%+v in %q", c, text)
			settled = i + 1 - s.Pending()
		}
		require.LessOrEqual(t, s.Pending(), len(text))
	})
}

func TestPending(t *testing.T) {
	t.Parallel()
	s := build(t, match.Config{Words: list("敏感词", "ass"), Exceptions: []string{"敏感词典"}, WholeWords: true, MaxGap: 1}).Stream()
	for _, step := range []struct {
		piece   string
		pending int
		hits    int
	}{
		{"这是", 0, 0},
		{"敏", 3, 0},
		{"\u200b", 6, 0},
		{"感", 9, 0},
		{"*", 10, 0},
		{"\xe8\xaf", 12, 0},
		{"\x8d", 13, 0}, // an exception may follow
		{"。", 0, 1},
		{"cl", 0, 0},
		{"as", 0, 0}, // no word begins inside a word
		{" as", 2, 0},
		{"s", 3, 0}, // a letter may follow
		{" ", 0, 1},
		{"\xe6", 1, 0},
		{"a", 1, 0},
	} {
		require.Len(t, s.Append(nil, step.piece), step.hits, step.piece)
		require.Equal(t, step.pending, s.Pending(), step.piece)
	}
}

func TestStreamAllocatesNothing(t *testing.T) {
	s := build(t, match.Config{Words: list("中国", "国人", "人民"), MaxGap: 2, WholeWords: true}).Stream()
	text := "中国，人民 and 中国*人，ＡＢＣ\u200b國人。"
	hits := make([]match.Hit, 0, 16)
	require.Zero(t, testing.AllocsPerRun(10, func() {
		hits = hits[:0]
		for i, r := range text {
			hits = s.Append(hits, text[i:i+utf8.RuneLen(r)-1])
			hits = s.Append(hits, text[i+utf8.RuneLen(r)-1:i+utf8.RuneLen(r)])
		}
		hits = s.Flush(hits)
	}))
	require.NotEmpty(t, hits)
}
