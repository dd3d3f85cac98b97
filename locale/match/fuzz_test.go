package match_test

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/require"

	"github.com/zhushou-ai/zhushou/locale/match"
)

func FuzzFind(f *testing.F) {
	f.Add("敏感 词 ab", "敏感词语", "這是敏*感\u200b詞，ＡB。\xff", uint8(0b1101_0010), uint8(2))
	f.Add("a aa C++", "", "aaaa c++ 甲", uint8(0), uint8(1))
	f.Fuzz(func(t *testing.T, words, exceptions, text string, options, cut uint8) {
		if len(words) > 300 || len(exceptions) > 300 || len(text) > 500 {
			return
		}
		c := match.Config{
			Exceptions:  strings.Fields(exceptions),
			Distinguish: match.Differences(options & 0xf),
			WholeWords:  options&0x10 != 0,
			MaxGap:      int(options >> 5),
		}
		for _, w := range strings.Fields(words) {
			c.Words = append(c.Words, match.Word{Text: w})
		}
		m, err := match.New(c)
		if err != nil {
			return
		}
		boundaries := map[int]bool{len(text): true}
		for i := range text {
			boundaries[i] = true
		}
		hits := slices.Collect(m.Find(text))
		end := 0
		for _, h := range hits {
			require.GreaterOrEqual(t, h.End, end)
			end = h.End
			require.True(t, 0 <= h.Start && h.Start < h.End && h.End <= len(text))
			require.True(t, boundaries[h.Start] && boundaries[h.End])
			require.True(t, utf8.ValidString(text[h.Start:h.End]))
		}
		require.Equal(t, len(hits) > 0, m.Contains(text))
		require.Equal(t, utf8.RuneCountInString(text), utf8.RuneCountInString(m.Mask(text, '*')))

		s := m.Stream()
		var streamed []match.Hit
		for rest := text; rest != ""; {
			n := min(len(rest), 1+int(cut))
			streamed = s.Append(streamed, rest[:n])
			rest = rest[n:]
			pending := s.Pending()
			require.True(t, 0 <= pending && pending <= len(text)-len(rest))
			for _, h := range hits[len(streamed):] {
				require.GreaterOrEqual(t, h.Start, len(text)-len(rest)-pending)
			}
		}
		require.Equal(t, hits, s.Flush(streamed))

		covered := 0
		for h := range m.Longest(text) {
			require.GreaterOrEqual(t, h.Start, covered)
			require.Contains(t, hits, h)
			covered = h.End
		}
		require.Equal(t, len(hits) > 0, covered > 0)
	})
}

func FuzzLoad(f *testing.F) {
	f.Add("# 注\n敏感词\n代开发票\t广告\t0.8\r\n\n")
	f.Add("\ufeff甲\t\t-1e3")
	f.Fuzz(func(t *testing.T, list string) {
		words, err := match.Load(strings.NewReader(list))
		if err != nil {
			require.Empty(t, words)
			return
		}
		for _, w := range words {
			require.NotEmpty(t, w.Text)
			require.True(t, utf8.ValidString(w.Text))
		}
	})
}
