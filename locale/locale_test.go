package locale_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"github.com/zhushou-ai/zhushou/locale"
	"github.com/zhushou-ai/zhushou/locale/charset"
	"github.com/zhushou-ai/zhushou/locale/language"
)

func TestCalls(t *testing.T) {
	t.Parallel()
	require.Equal(t, []string{"他", "来到", "北京", "。"}, locale.Words("他来到北京。"))
	require.Contains(t, locale.Keywords("熊猫吃竹子，熊猫爬树，熊猫睡觉。", 1), "熊猫")
	require.Equal(t, "头发", locale.Simplified("頭髮"))
	require.Equal(t, "頭髮", locale.Traditional("头发"))
	require.Equal(t, "滑鼠", locale.Taiwan("鼠标"))
	require.Equal(t, "裏面", locale.HongKong("里面"))
	require.Equal(t, "cháng chéng", locale.Pinyin("长城"))
	require.Equal(t, "zgr", locale.Initials("中国人"))
	require.Equal(t, locale.SearchForm("ＡＢＣ银行"), locale.SearchForm("abc銀行"))
	require.Equal(t, "第1页，谢谢！", locale.Tidy("第１页，\u200b谢谢！ "))
	require.Equal(t, 8, locale.Width("你好, Go"))
	require.Equal(t, "一二三…", locale.Truncate("一二三四五", 7))
	require.Equal(t, []string{"圆周率是3.14。", "对吗？"}, locale.Sentences("圆周率是3.14。对吗？"))
	require.InDelta(t, 8, locale.Tokens("今天天气很好。"), 6)
	require.Equal(t, language.Chinese, locale.Language("今天天气很好"))
	encoded, err := charset.GBK.Encode("收货人：张三，电话请看背面")
	require.NoError(t, err)
	require.Equal(t, "收货人：张三，电话请看背面", locale.Decode(encoded))
}

// No call stumbles over text that is no text.
func FuzzCalls(f *testing.F) {
	for _, s := range []string{"", "今天天气很好。", "\xff头\xed\xa0\x80发", "三万五 明天", strings.Repeat("一", 600)} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		require.Equal(t, s, strings.Join(locale.Sentences(s), ""))
		for _, convert := range []func(string) string{
			locale.Simplified, locale.Traditional, locale.Taiwan, locale.HongKong,
			locale.Pinyin, locale.Initials, locale.SearchForm, locale.Tidy,
		} {
			require.Equal(t, convert(s), convert(s))
		}
		require.Equal(t, s, strings.Join(locale.Words(s), ""))
		require.LessOrEqual(t, locale.Width(locale.Truncate(s, 10)), 10)
	})
}
