package route_test

import (
	"context"
	"encoding/json"
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/zhushou-ai/zhushou/assistant"
	"github.com/zhushou-ai/zhushou/assistant/route"
	"github.com/zhushou-ai/zhushou/providers/ondevice"
)

// A labelled sentence says which call is right; none if it is no command.
type labelled struct{ say, tool, arguments string }

// commands are sentences over the tools of a yard, with the right call.
func commands() []labelled {
	var out []labelled
	hours := []struct{ said, at string }{
		{"明天早上六点", "2026-03-05T06:00:00+08:00"}, {"明天早上七点半", "2026-03-05T07:30:00+08:00"}, {"今天下午三点", "2026-03-04T15:00:00+08:00"},
		{"后天上午九点一刻", "2026-03-06T09:15:00+08:00"}, {"今晚十一点", "2026-03-04T23:00:00+08:00"}, {"明天中午12点", "2026-03-05T12:00:00+08:00"},
		{"周五早上8点", "2026-03-06T08:00:00+08:00"}, {"3月9号下午两点", "2026-03-09T14:00:00+08:00"}, {"明早5点45分", "2026-03-05T05:45:00+08:00"},
		{"下周一上午十点", "2026-03-09T10:00:00+08:00"}, {"明天晚上8:30", "2026-03-05T20:30:00+08:00"}, {"后天凌晨四点", "2026-03-06T04:00:00+08:00"},
		{"大后天早上六点五十", "2026-03-07T06:50:00+08:00"}, {"3月6日早上7点", "2026-03-06T07:00:00+08:00"},
	}
	for _, h := range hours {
		for _, frame := range []string{"%s叫我起床", "%s叫醒我", "定一个%s的闹钟", "帮我定个%s的闹钟", "请%s叫我起床", "设个%s的闹钟吧", "闹钟定到%s", "麻烦你%s叫醒我",
			"我要定一个%s的闹钟", "能不能%s叫我起床", "%s叫我起床好吗", "给我设个%s的闹钟"} {
			out = append(out, labelled{fmt.Sprintf(frame, h.said), "set_alarm", fmt.Sprintf(`{"at":%q}`, h.at)})
		}
	}
	for _, l := range []struct{ said, length string }{{"十分钟", "PT10M"}, {"45秒", "PT45S"}, {"两小时", "PT2H"}, {"3分半", "PT3M30S"}, {"20分钟", "PT20M"},
		{"五分钟", "PT5M"}, {"四十分钟", "PT40M"}, {"90秒", "PT1M30S"}} {
		for _, frame := range []string{"倒计时%s", "定一个%s的倒计时", "计时%s", "%s以后叫我", "帮我倒计时%s", "请计时%s", "来个%s的倒计时", "倒计时%s吧"} {
			out = append(out, labelled{fmt.Sprintf(frame, l.said), "set_timer", fmt.Sprintf(`{"length":%q}`, l.length)})
		}
	}
	for _, s := range []string{"查一下天气预报", "看看天气预报", "帮我查一下天气预报"} {
		out = append(out, labelled{s, "weather", "{}"})
	}
	for _, s := range []string{"读一下短信", "念一下我的短信", "有没有新短信", "看看有什么新短信"} {
		out = append(out, labelled{s, "read_messages", "{}"})
	}
	return out
}

// noCommands are sentences that the tools of a yard must not be called for, some of them close to it.
func noCommands() []labelled {
	var out []labelled
	for _, s := range append(openQuestions, "不要明天早上八点叫我", "闹钟是谁发明的", "为什么闹钟总是吵醒我", "写一个关于闹钟的故事", "倒计时用英语怎么说",
		"短信和微信有什么区别", "天气预报是怎么做出来的", "十分钟能跑多远", "八点起床算早吗", "我昨天八点才起床", "别念我的短信", "谁发明了短信",
		"翻译：明天早上八点叫我起床", "叫醒耳朵的歌有哪些", "半小时的路程远不远", "早上好", "谢谢", "你是谁",
		"十分钟前谁叫我", "闹钟响了怎么办", "为什么要定闹钟", "昨天下午三点的闹钟没响", "倒计时的英文单词", "计时器是怎么工作的", "新短信诈骗有哪些", "写一条短信给老师请假",
		"天气预报准不准", "明天早上八点开会要准备什么", "叫我起床的歌推荐一下", "什么时候起床最好", "两小时能看完一部电影吗", "我每天早上六点起床，这样健康吗") {
		out = append(out, labelled{say: s})
	}
	return out
}

// What the device does by itself is right: at most one act in a hundred is wrong where the policy wants 98.
func TestLocalActs(t *testing.T) {
	if testing.Short() {
		t.Skip("long")
	}
	t.Parallel()
	engine := ondevice.New(ondevice.Config{Now: func() time.Time { return time.Date(2026, 3, 4, 9, 0, 0, 0, time.FixedZone("CST", 8*3600)) }})
	cloud := says("云端答。")
	b := &book{}
	r, err := route.New(route.Config{Device: route.Tier{Model: engine}, Recorder: b, Policy: openPolicy(),
		Clouds: []route.Tier{{Name: "own", Place: route.Trusted, Model: cloud, Masks: true}}})
	require.NoError(t, err)
	var specs []*assistant.ToolSpec
	for _, tool := range newYard(t, nil).tools() {
		specs = append(specs, tool.Spec())
	}
	sentences := append(commands(), noCommands()...)
	var right, wrong, asked, missed, sent, wanted int
	for _, s := range sentences {
		reply, err := assistant.Generate(context.Background(), r, &assistant.Request{Messages: []assistant.Message{assistant.User(s.say)}, Tools: specs})
		require.NoError(t, err)
		if s.tool != "" {
			wanted++
		}
		o := origin(t, reply)
		if o.Place != route.Device {
			sent++
		}
		calls := reply.ToolCalls()
		switch {
		case o.Place == route.Device && len(calls) == 1 && calls[0].Name == s.tool && sameObject(calls[0].Arguments, s.arguments):
			right++
		case o.Place == route.Device && len(calls) > 0:
			wrong++
			t.Logf("wrong: %s: %v, want %s %s (%.3f)", s.say, calls, s.tool, s.arguments, b.last().Confidence)
		case o.Action == route.AskUser || o.Place == route.Device && s.tool != "":
			asked++
		case s.tool != "":
			missed++
		}
	}
	t.Logf("%d sentences, %d of them commands: %d done right on the device, %d wrong (%.1f %% of the acts), %d asked first, %d commands sent to the cloud; coverage %.0f %%",
		len(sentences), wanted, right, wrong, 100*float64(wrong)/float64(max(1, right+wrong)), asked, missed, 100*float64(right)/float64(wanted))
	require.LessOrEqual(t, float64(wrong), 0.01*float64(right+wrong))
	require.GreaterOrEqual(t, float64(right), 0.6*float64(wanted))
	require.Len(t, cloud.seen(), sent, "what the device does is not sent as well")
}

func sameObject(a, b string) bool {
	var x, y map[string]any
	if json.Unmarshal([]byte(a), &x) != nil || json.Unmarshal([]byte(b), &y) != nil || len(x) != len(y) {
		return false
	}
	for k := range x {
		if fmt.Sprint(x[k]) != fmt.Sprint(y[k]) {
			return false
		}
	}
	return true
}
