package segment_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/zhushou-ai/zhushou/locale/segment"
)

func FuzzCut(f *testing.F) {
	for _, s := range []string{"王小明1998年3月15日说：「三百五十万元」", "乔治·布什GPT-4 https://a.b", "👩\u200d👩中\u0301\xff第一块20多年"} {
		f.Add(s, "云计算\n布什G")
	}
	f.Fuzz(func(t *testing.T, s, words string) {
		var d segment.Dictionary
		_ = d.Load(strings.NewReader(words))
		covers(t, &segment.Segmenter{}, s)
		covers(t, &segment.Segmenter{DictionaryOnly: true}, s)
		covers(t, &segment.Segmenter{Dictionary: &d}, s)
		partsAreTokens(t, &segment.Segmenter{}, s)
		partsAreTokens(t, &segment.Segmenter{Dictionary: &d}, s)
		for _, mode := range []segment.Mode{segment.Search, segment.Full} {
			for token := range (&segment.Segmenter{Mode: mode, Dictionary: &d}).Cut(s) {
				require.Equal(t, s[token.Start:token.End()], token.Text)
			}
		}
	})
}

// FuzzLoad adds words; each that was taken is found in a text that is nothing else.
func FuzzLoad(f *testing.F) {
	f.Add("云计算 3 n\nNew York\n\n坏 x")
	f.Fuzz(func(t *testing.T, text string) {
		var d segment.Dictionary
		if d.Load(strings.NewReader(text)) != nil {
			return
		}
		for line := range strings.Lines(text) {
			covers(t, &segment.Segmenter{Dictionary: &d}, line)
		}
	})
}
