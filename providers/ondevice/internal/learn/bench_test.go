package learn_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/zhushou-ai/zhushou/providers/ondevice/internal/learn"
	"github.com/zhushou-ai/zhushou/providers/ondevice/internal/learn/exact"
)

var (
	acts    = strings.Fields("打开 关闭 查看 删除 添加 修改 播放 暂停 预订 取消 发送 搜索 调高 调低 分享 下载 翻译 计算 推荐 比较 导航 提醒 收藏")
	things  = strings.Fields("闹钟 电影 音乐 天气 酒店 餐厅 邮件 照片 空调 窗帘 股票 新闻 航班 火车 日程 快递 菜谱 小说 地图 会议 彩票 电台 作业")
	frames  = strings.Fields("帮我_*的# 请_# 我想_*# 能不能_# 把*的#_了 _一下# 麻烦_*# #给我_ *_# 现在_那个# 可以_*的#吗 _# 我要_*# 帮忙_一下*的# 快_# 给我_*# 你来_# _*# #_ 劳驾_#")
	moments = strings.Fields("明天早上八点 今天 后天下午三点 周五晚上 下周一 今晚九点 明天中午 十分钟后 大后天 周末")
)

// course returns so many tools with so many samples each, all different.
func course(tools, samples int) []learn.Tool {
	var out []learn.Tool
	var random exact.Source
	for k := range tools {
		act, thing := acts[k%len(acts)], things[k*7%len(things)]
		if k >= len(acts) {
			thing += things[(k*5+k/len(acts))%len(things)]
		}
		tool := learn.Tool{Name: fmt.Sprintf("tool_%02d", k)}
		for i := range samples {
			frame := frames[i%len(frames)]
			if i >= len(frames) {
				frame += things[random.Next(len(things))]
			}
			s := strings.NewReplacer("_", act, "#", thing).Replace(frame)
			before, after, timed := strings.Cut(s, "*")
			moment := moments[random.Next(len(moments))]
			if timed {
				s = before + moment + after
			}
			sample := learn.Sample{Text: textOf(s)}
			if timed {
				n := len([]rune(before))
				sample.Slots = []learn.Slot{{Name: "time", Start: n, End: n + len([]rune(moment))}}
			}
			tool.Samples = append(tool.Samples, sample)
		}
		out = append(out, tool)
	}
	return out
}

func trained(tb testing.TB, tools []learn.Tool) *learn.Model {
	tb.Helper()
	t := learn.NewTrainer()
	for _, tool := range tools {
		require.NoError(tb, t.Put(tool))
	}
	m, err := t.Train(tb.Context())
	require.NoError(tb, err)
	return m
}

func BenchmarkTrain(b *testing.B) {
	for _, size := range [][2]int{{10, 5}, {46, 20}, {53, 60}, {60, 330}} {
		tools := course(size[0], size[1])
		b.Run(fmt.Sprintf("%dx%d", size[0], size[1]), func(b *testing.B) {
			for b.Loop() {
				trained(b, tools)
			}
		})
	}
}

func BenchmarkRead(b *testing.B) {
	m := trained(b, course(100, 10))
	text := textOf("麻烦你帮我把明天早上八点的闹钟改到后天下午三点半，再加上一个开会的提醒")
	b.Run("tool", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			r := m.Read(text)
			r.Guesses()
			r.Close()
		}
	})
	b.Run("tool and slots", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			r := m.Read(text)
			r.Slots(r.Guesses()[0].Tool)
			r.Close()
		}
	})
}

func BenchmarkLoad(b *testing.B) {
	data := saved(b, trained(b, course(53, 20)))
	b.ReportAllocs()
	for b.Loop() {
		_, err := learn.Load(data)
		require.NoError(b, err)
	}
}

func BenchmarkMatcher(b *testing.B) {
	var tools []learn.Tool
	for i := range 20 {
		tools = append(tools, learn.Tool{About: []string{"把" + things[i] + acts[i] + "给用户看的工具", things[i] + "的名称", "日期"}})
	}
	m := learn.NewMatcher(tools)
	text := []rune("麻烦你帮我把明天早上八点的闹钟改到后天下午三点半")
	b.ReportAllocs()
	for b.Loop() {
		m.Scores(text)
	}
}
