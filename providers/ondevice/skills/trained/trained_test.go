package trained_test

import (
	"bytes"
	"context"
	"flag"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/zhushou-ai/zhushou/assistant"
	"github.com/zhushou-ai/zhushou/providers/ondevice"
	"github.com/zhushou-ai/zhushou/providers/ondevice/skills"
	"github.com/zhushou-ai/zhushou/providers/ondevice/skills/trained"
	"github.com/zhushou-ai/zhushou/providers/ondevice/skills/trained/internal/builtin"
)

var update = flag.Bool("update", false, "learn the skills and write skills.bin")

// typical is what users' own names are like. The engine learns by them what stands where; it does not
// keep them.
func typical() map[string]*ondevice.Names {
	out := make(map[string]*ondevice.Names)
	for argument, words := range map[string]string{
		"person":   "妈妈 爸爸 老公 姐姐 陈晨 李建国 孙老师 刘总 吴敏 小美 郑海涛 阿杰",
		"song":     "茉莉花 送别 月光曲 甜蜜蜜 外婆的澎湖湾 大海 遇见 光辉岁月 小城故事 难忘今宵 虫儿飞 山丘",
		"artist":   "张学友 林俊杰 孙燕姿 李宗盛 那英 蔡琴 梁静茹 许巍 毛不易 汪峰",
		"genre":    "摇滚 民谣 轻音乐 古典音乐 爵士 儿歌 流行音乐 京剧",
		"device":   "灯 空调 电视 窗帘 风扇 台灯 吊灯 热水器 净化器 洗碗机 烤箱 音箱",
		"room":     "客厅 卧室 厨房 书房 阳台 卫生间 餐厅 次卧 走廊 车库",
		"scene":    "回家模式 睡眠模式 影院模式 聚会模式 学习模式 早安",
		"category": "家电 服装 生鲜 美妆 玩具 数码 零食 母婴",
		"item":     "苹果 牛奶 电饭煲 洗发水 运动鞋 绿茶 台灯 充电宝 毛巾 大米 口罩 雨伞",
		"app":      "微博 日历 地图 音乐 相册 邮箱 备忘录 银行 视频 天气通 记账本",
	} {
		var names []ondevice.Name
		for w := range strings.FieldsSeq(words) {
			names = append(names, ondevice.Name{Text: w})
		}
		out[argument] = ondevice.NewNames(names)
	}
	return out
}

// TestCurrent learns the skills and compares that with what is in the package.
func TestCurrent(t *testing.T) {
	if testing.Short() {
		t.Skip("long")
	}
	engine := ondevice.New(ondevice.Config{Names: typical()})
	require.NoError(t, engine.Train(t.Context(), builtin.Skills()))
	var fresh bytes.Buffer
	require.NoError(t, engine.Save(&fresh))
	if *update {
		require.NoError(t, os.WriteFile("skills.bin", fresh.Bytes(), 0o644))
		return
	}
	saved, err := os.ReadFile("skills.bin")
	require.NoError(t, err)
	require.True(t, bytes.Equal(fresh.Bytes(), saved), "the skills or the engine have changed: run this test with -update")
}

func TestLoad(t *testing.T) {
	t.Parallel()
	engine, err := trained.Load(ondevice.Config{})
	require.NoError(t, err)
	c := ondevice.Context{Tools: builtin.Tools(), Now: time.Date(2026, 11, 22, 9, 30, 0, 0, time.FixedZone("CST", 8*60*60))}
	for sentence, want := range map[string]string{
		"明天早上八点叫我起床": "set_alarm", "音量调到三十": "set_volume", "写一首关于秋天的诗": "",
	} {
		in := engine.Understand(t.Context(), sentence, c)
		require.Equal(t, want != "", in.Decision() == ondevice.Act, sentence)
		if want != "" {
			require.Equal(t, want, in.Candidates[0].Tool.Name, sentence)
		}
	}
}

func Example() {
	engine, err := trained.Load(ondevice.Config{})
	if err != nil {
		panic(err)
	}
	a := &assistant.Assistant{Model: engine, Tools: ondevice.Tools(slices.Concat(skills.Arithmetic(), skills.Units())...)}
	for _, question := range []string{"十二乘以八等于多少", "五公里是多少米"} {
		answer, err := a.Ask(context.Background(), question)
		fmt.Println(answer, err)
	}
	// Output:
	// 十二乘以八等于96。 <nil>
	// 五公里等于5000米。 <nil>
}
