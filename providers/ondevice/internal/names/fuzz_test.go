package names

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/require"

	"github.com/zhushou-ai/zhushou/providers/ondevice/internal/view"
)

// Find finds what comparing every name at every place finds.
func TestFindLikeNaive(t *testing.T) {
	t.Parallel()
	found := 0
	for seed := range uint64(500) {
		g := rand.New(rand.NewPCG(seed, 0))
		word := func(most int) string {
			var b strings.Builder
			for range 1 + g.IntN(most) {
				b.WriteString([]string{"晴", "天", "里", "七", "a", "b"}[g.IntN(6)])
			}
			return b.String()
		}
		var list []Name
		for range 1 + g.IntN(20) {
			list = append(list, Name{Text: word(4), Aliases: []string{word(3)}})
		}
		sentence := word(30)
		v := view.OfString(sentence)
		var want []Hit
		for start := range v.Runes {
			for end := len(v.Runes); end > start; end-- {
				for i, n := range list {
					for alias, text := range append([]string{n.Text}, n.Aliases...) {
						if v.Parted(start) && v.Parted(end) && text == string(v.Runes[start:end]) {
							want = append(want, Hit{Name: i, Alias: alias - 1, Start: start, End: end})
							break
						}
					}
				}
			}
		}
		require.Equal(t, want, Collect(slices.Values(list)).Find(Of(v)), "%v in %s", list, sentence)
		found += len(want)
	}
	require.Greater(t, found, 500)
}

// What is found lies in the sentence, in order, and is a name.
func FuzzNames(f *testing.F) {
	f.Add("晴天/七里香/查理2号/iPhone 15", "播放七里乡，查理二号 iphone15")
	f.Add("二十一/21/十/1", "二十一 21 十一 1")
	f.Fuzz(func(t *testing.T, list, text string) {
		if !utf8.ValidString(list) || !utf8.ValidString(text) || len(list)+len(text) > 1000 {
			return
		}
		x := of(strings.Split(list, "/")...)
		sentence := []rune(text)
		v := view.Of(sentence)
		compare := func(a, b Hit) int { return a.Start - b.Start }
		for _, hits := range [][]Hit{x.Find(Of(v)), x.Alike(Of(v))} {
			require.True(t, slices.IsSortedFunc(hits, compare))
			for _, h := range hits {
				require.Less(t, h.Name, x.Len())
				require.GreaterOrEqual(t, h.Start, 0)
				require.Greater(t, h.End, h.Start)
				require.LessOrEqual(t, h.End, len(sentence))
				require.LessOrEqual(t, h.Distance, 0.5)
			}
		}
		last := 0.0
		for _, h := range x.Nearest(text, 5) {
			require.GreaterOrEqual(t, h.Distance, last)
			last = h.Distance
		}
		if hits := x.Nearest(text, 1); len(hits) > 0 && hits[0].Distance == 0 {
			require.NotEmpty(t, x.Find(Of(v)))
		}
		for i, name := range strings.Split(list, "/") {
			if hits := x.Nearest(name, x.Len()); len(hits) > 0 {
				require.Zero(t, hits[0].Distance, name)
				require.True(t, slices.ContainsFunc(hits, func(h Hit) bool { return h.Name == i }), name)
			}
		}
	})
}
