package privacy_test

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/zhushou-ai/zhushou/locale/privacy"
)

// document makes a text of samples and others.
func document(r *rand.Rand, size int) string {
	var b strings.Builder
	for range size {
		switch r.IntN(4) {
		case 0:
			b.WriteString(ordinary(r))
		case 1:
			b.WriteString(strings.Repeat(pick(r, "没有标点的长文字|1|12 |a|王|张三 "), r.IntN(600)))
		default:
			b.WriteString(sources[r.IntN(len(sources))].positive(r).text)
		}
		b.WriteString(pick(r, "。|，|\n| ||||\xe5|：|1"))
	}
	return b.String()
}

func TestStreamFindsTheSameHoweverTheTextIsCut(t *testing.T) {
	t.Parallel()
	seed := rand.Uint64()
	t.Logf("seed %d", seed)
	r := rand.New(rand.NewPCG(seed, 0))
	for range 150 {
		text := document(r, 1+r.IntN(12))
		size := 1 + r.IntN(40)
		if r.IntN(3) == 0 {
			size = 1 + r.IntN(3000)
		}
		checkStream(t, text, func() int { return 1 + r.IntN(size) })
	}
}

// checkStream compares a stream with the whole, and that nothing is found in what the stream had let go.
func checkStream(t *testing.T, text string, size func() int) {
	t.Helper()
	want := slices.Collect(privacy.Find(text))
	var got []privacy.Finding
	s := privacy.Detector{}.Stream()
	settled := 0
	for rest, read := text, 0; rest != ""; {
		n := min(size(), len(rest))
		before := len(got)
		got = s.Append(got, rest[:n])
		for _, f := range got[before:] {
			require.GreaterOrEqual(t, f.Start, settled, "%v %q was let go of in %q", f.Type, text[f.Start:f.End], text)
		}
		read += n
		rest = rest[n:]
		pending := s.Pending()
		require.LessOrEqual(t, pending, 1100)
		require.LessOrEqual(t, pending, read)
		settled = max(settled, read-pending)
	}
	before := len(got)
	got = s.Flush(got)
	for _, f := range got[before:] {
		require.GreaterOrEqual(t, f.Start, settled, "%v %q was let go of in %q", f.Type, text[f.Start:f.End], text)
	}
	require.Equal(t, want, got, "%q", text)
}

func TestStreamLetsClearTextGo(t *testing.T) {
	t.Parallel()
	s := privacy.Detector{}.Stream()
	require.Empty(t, s.Append(nil, strings.Repeat("春风又绿江南岸", 20)))
	require.LessOrEqual(t, s.Pending(), 24*3)
	require.Empty(t, s.Append(nil, "。"))
	require.Zero(t, s.Pending())
	require.Empty(t, s.Append(nil, "打给1381234"))
	require.GreaterOrEqual(t, s.Pending(), len("1381234"))
	require.Len(t, s.Append(nil, "5678。"), 1)
	require.Zero(t, s.Pending())
}
