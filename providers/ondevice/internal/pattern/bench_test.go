package pattern

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/zhushou-ai/zhushou/providers/ondevice/internal/view"
)

// many makes n phrases as tools have them.
func many(n int) []Phrase {
	verbs := strings.Fields("打开 关闭 播放 提醒我 查一下 取消 设置 告诉我 预订 推荐 调高 调低 发给 打给 导航去 翻译")
	things := strings.Fields("灯 空调 窗帘 闹钟 天气 音乐 电影 餐厅 机票 快递 日程 新闻 股票 汇率 路况 电视 风扇 门锁 相册 备忘")
	forms := []string{
		"[请|麻烦][你][帮我]%s{room}[的]%s%d", "[把|将]{room}[的]%[2]s%[3]d%[1]s", "{time}[的时候]%s%s%d", "%s{time}[的]%s%d{text}",
		"[我想|我要]%s{text}的%s%d", "(%s;{time};%s)%d", "%s && %s%d", "{text}%s%s%d[吧]", "%s{*1-6}%s%d", "[能不能][帮我]<turn on>{room}%s%s%d",
	}
	var phrases []Phrase
	for i := range n {
		phrases = append(phrases, Phrase{
			Text:  fmt.Sprintf(forms[i%len(forms)], verbs[i%len(verbs)], things[(i/7)%len(things)], i/100),
			Scope: everything,
		})
	}
	return phrases
}

func BenchmarkMatch(b *testing.B) {
	text := "麻烦你帮我打开客厅的空调3然后明天早上八点播放音乐"
	candidates := []Candidate{{16, 18, moment, 0}, {16, 22, moment, 0}, {18, 22, moment, 0}}
	for _, n := range []int{10, 100, 1000, 10_000} {
		set, err := Compile(many(n), []string{"请", "谢谢", "吧", "的", "一下"})
		require.NoError(b, err)
		for _, sentence := range []string{"麻烦你帮我打开客厅的灯0", text} {
			v := view.OfString(sentence)
			b.Run(fmt.Sprintf("%d phrases/%d characters", n, len(v.Runes)), func(b *testing.B) {
				b.ReportAllocs()
				for b.Loop() {
					set.Match(v, candidates, Options{Loose: true, Limit: 5})
				}
			})
		}
	}
}

// Free text beside free text has very many readings.
func BenchmarkAdversary(b *testing.B) {
	for _, text := range []string{"{a}{b}{c}", "{*}的{a}的{b}的{*}", "[{a}][{b}][{c}][{d}][{e}]的", "a&&b&&c&&{d}&&{e}&&{f}"} {
		set, err := Compile([]Phrase{{Text: text}}, []string{"的", "的的"})
		require.NoError(b, err)
		for _, n := range []int{100, 200, 400} {
			v := view.OfString(strings.Repeat("的", n))
			b.Run(fmt.Sprintf("%s/%d characters", text, n), func(b *testing.B) {
				b.ReportAllocs()
				for b.Loop() {
					set.Match(v, nil, Options{Loose: true})
				}
			})
		}
	}
}

func BenchmarkCompile(b *testing.B) {
	phrases := many(3000)
	for b.Loop() {
		set, err := Compile(phrases, nil)
		require.NoError(b, err)
		b.ReportMetric(float64(len(set.needs)), "states")
	}
}
