package segment_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/zhushou-ai/zhushou/locale/segment"
)

func TestKeywords(t *testing.T) {
	t.Parallel()
	words := segment.Keywords("人工智能正在改变医院。医生用人工智能看片子，他们说人工智能很快，但是医生不会失业。2023年，AI和ＡＩ都是人工智能。", 3)
	require.Len(t, words, 3)
	require.Equal(t, "人工智能", words[0].Text)
	require.Equal(t, 4, words[0].Count)
	require.Equal(t, "AI", words[1].Text)
	require.Equal(t, 2, words[1].Count)
	require.Equal(t, "医生", words[2].Text)
	require.Greater(t, words[0].Weight, words[1].Weight)
	require.Equal(t, "n", words[2].Tag.String())
}

func TestKeywordsOfBothScripts(t *testing.T) {
	t.Parallel()
	words := segment.Keywords("圖書館和图书馆，讀者", 9)
	require.Equal(t, "圖書館", words[0].Text)
	require.Equal(t, 2, words[0].Count)
	require.Len(t, words, 2)
}

func TestKeywordsOfNothing(t *testing.T) {
	t.Parallel()
	require.Empty(t, segment.Keywords("", 3))
	require.Empty(t, segment.Keywords("我们的，在了 123 他们", 3))
	require.Empty(t, segment.Keywords("图书馆", 0))
	require.Empty(t, segment.Keywords("图书馆", -1))
	require.Len(t, (&segment.Segmenter{Mode: segment.Full, DictionaryOnly: true}).Keywords("北京大学图书馆", 9), 1)
}
