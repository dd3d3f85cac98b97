package segment_test

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/require"

	"github.com/zhushou-ai/zhushou/locale/segment"
)

// partsAreTokens checks that the parts of s have the words that Cut yields, and its characters.
func partsAreTokens(t *testing.T, g *segment.Segmenter, s string) {
	t.Helper()
	var got []segment.Token
	for p := range g.Parts(s) {
		require.Len(t, p.Words, len(p.Runes)+1)
		require.Len(t, p.At, len(p.Runes)+1)
		for k := 0; k < len(p.Runes); {
			end := p.End(k)
			require.Equal(t, k, p.Start(end-1))
			got = append(got, segment.Token{
				Text: s[p.At[k]:p.At[end]], Start: p.At[k], Class: segment.Class(p.Class(k)), Tag: segment.Tag(p.Words[k].Tag()),
			})
			k = end
		}
		for k, r := range p.Runes {
			text := s[p.At[k]:p.At[k+1]]
			first, size := utf8.DecodeRuneInString(text)
			if first > 0xffff || first == utf8.RuneError && size == 1 {
				first = 0
			}
			require.EqualValues(t, first, r, text)
		}
	}
	require.Equal(t, slices.Collect(g.Cut(s)), got)
}

func TestPartsHaveTheTokensOfCut(t *testing.T) {
	t.Parallel()
	for _, s := range []string{
		"", "王", "王小明1998年在清華大學讀書。", "中\u0301国人，\ufe00Ｔ恤\u0301和T\u0301恤 \u0301", "𠮷野家𠮷\ufe0f鼊\xff\xed\xa0\x80\xe0\x80\x8e\xe4\xb8",
		strings.Repeat("ア", 70) + "、" + strings.Repeat("字", 600), strings.Repeat("去了GPT-4的公司，", 100), "abcdef江南style abcdefstyle",
	} {
		partsAreTokens(t, &segment.Segmenter{}, s)
		partsAreTokens(t, &segment.Segmenter{DictionaryOnly: true}, s)
	}
	for p := range (&segment.Segmenter{}).Parts(strings.Repeat("好，", 1000)) {
		require.NotEmpty(t, p.Words)
		break
	}
}
