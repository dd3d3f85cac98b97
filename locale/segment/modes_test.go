package segment_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/zhushou-ai/zhushou/locale/segment"
)

func TestSearch(t *testing.T) {
	t.Parallel()
	const text = "小明硕士毕业于中国科学院计算所，后在日本京都大学深造"
	require.Equal(t, "小 明 硕士 毕业 于 中国 科学 学院 科学院 中国科学院 计算 计算所 ， 后 在 日本 京都 大学 日本京都大学 深造",
		cut(&segment.Segmenter{Mode: segment.Search, DictionaryOnly: true}, text))
	require.Equal(t, "小 明 硕士 毕业 于 中国 科学 学院 科学院 计算 计算所 ， 后 在 日本 京都 大学 深造",
		cut(&segment.Segmenter{Mode: segment.Search}, text))
	require.Equal(t, "歷史 史學 學家 歷史學 史學家 歷史學家 GPT-4", cut(&segment.Segmenter{Mode: segment.Search, DictionaryOnly: true}, "歷史學家GPT-4"))
}

func TestFull(t *testing.T) {
	t.Parallel()
	full := &segment.Segmenter{Mode: segment.Full}
	require.Equal(t, "我 来到 北京 清华 清华大学 华大 大学", cut(full, "我来到北京清华大学"))
	require.Equal(t, "中国 中国科学院 科学 科学院 学院 计算 计算所", cut(full, "中国科学院计算所"))
	require.Equal(t, "買 3 個 T恤 ， GPT-4 ␣ 好", cut(full, "買3個T恤，GPT-4 好"))
	require.Equal(t, "一个 个人 不是", cut(full, "一个人不是"))
}

// Every word of the other modes is where its offset says.
func TestModesTellOffsets(t *testing.T) {
	t.Parallel()
	const text = "中国科学院计算所的１９９８年歷史，T恤和北京大学。"
	for _, mode := range []segment.Mode{segment.Search, segment.Full} {
		for token := range (&segment.Segmenter{Mode: mode}).Cut(text) {
			require.Equal(t, token.Text, text[token.Start:token.End()])
		}
	}
}

func TestBatchesHaveTheTokensOfCut(t *testing.T) {
	t.Parallel()
	text := strings.Repeat("王小明1998年在清華大學讀書，後來去了GPT-4的公司。\xff", 300)
	for _, mode := range []segment.Mode{segment.Precise, segment.Search, segment.Full} {
		g := segment.Segmenter{Mode: mode}
		var joined []segment.Token
		batches := 0
		for tokens := range g.Batches(text) {
			joined = append(joined, tokens...)
			batches++
		}
		require.Greater(t, batches, 1)
		require.Equal(t, slices.Collect(g.Cut(text)), joined)
		for tokens := range g.Batches(text) {
			require.NotEmpty(t, tokens)
			break
		}
	}
}
