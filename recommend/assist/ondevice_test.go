package assist_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/zhushou-ai/zhushou/assistant"
	"github.com/zhushou-ai/zhushou/providers/ondevice"
)

// The examples of the tools are enough for the engine that has no language model. The shelf finds
// everything; what matters here is which tool runs, and on what.
func TestToolsOnTheDevice(t *testing.T) {
	t.Parallel()
	for sentence, want := range map[string]string{
		"有没有两百以内的保温杯":   "按「保温杯」、至多¥200.00，推荐：\n商品：西湖龙井绿茶礼盒，价格：¥268.00\n商品：",
		"推荐三款送妈妈的礼物":    "按「妈妈」、「礼物」，推荐：\n商品：",
		"想买便宜点的围巾":      "按「围巾」、便宜些，推荐：\n商品：",
		"猜我喜欢什么":        "按您的喜好，推荐：\n商品：",
		"送老婆什么好":        "按「老婆」，推荐：\n商品：",
		"帮我挑个不要茶的礼物":    "按不要「茶」、「礼物」，推荐：\n商品：桑蚕丝围巾",
		"为什么推荐颈部按摩仪":    "「颈部按摩仪」符合条件，没有别的理由。",
		"有没有和桑蚕丝围巾差不多的": "商品：",
		"别再推荐颈部按摩仪":     "好的，不再推荐「颈部按摩仪」。",
		"不要再给我推荐颈部按摩仪了": "好的，不再推荐「颈部按摩仪」。",
		"对颈部按摩仪不感兴趣":    "好的，不再推荐「颈部按摩仪」。",
	} {
		t.Run(sentence, func(t *testing.T) {
			t.Parallel()
			s := newShelf(goods()...)
			a := &assistant.Assistant{Model: ondevice.New(ondevice.Config{}), Tools: newTools(t, s, nil)}
			answer, err := a.Ask(t.Context(), sentence)
			require.NoError(t, err)
			require.Truef(t, strings.HasPrefix(answer, want), "%s", answer)
		})
	}
}
