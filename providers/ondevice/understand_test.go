package ondevice

import (
	"context"
	"testing"

	"github.com/stretchr/testify/require"
	"github.com/zhushou-ai/zhushou/assistant"
)

func TestUnderstandActs(t *testing.T) {
	t.Parallel()
	e := newTestEngine()
	for _, c := range []struct{ text, tool, args string }{
		// alarms
		{"明天早上八点叫我起床", "set_alarm", `{"time":"2026-03-05T08:00:00+08:00"}`},
		{"请帮我定一个明早七点半的闹钟吧", "set_alarm", `{"time":"2026-03-05T07:30:00+08:00"}`},
		{"後天早上六點半叫我起床", "set_alarm", `{"time":"2026-03-06T06:30:00+08:00"}`},
		{"设一个闹钟，晚上十点半", "set_alarm", `{"time":"2026-03-04T22:30:00+08:00"}`},
		{"麻烦设置２０：３０的闹钟，谢谢", "set_alarm", `{"time":"2026-03-04T20:30:00+08:00"}`},
		{"取消明天早上八点的闹钟", "cancel_alarm", `{"time":"2026-03-05T08:00:00+08:00"}`},
		{"把所有鬧鐘都刪掉", "cancel_alarm", `{}`},
		// timers
		{"倒计时十分钟", "start_timer", `{"duration":"PT10M"}`},
		{"定一个半小时的倒计时", "start_timer", `{"duration":"PT1H30M"}`},
		{"幫我計時90秒", "start_timer", `{"duration":"PT1M30S"}`},
		// reminders
		{"提醒我明天下午三点去接孩子", "add_reminder", `{"time":"2026-03-05T15:00:00+08:00","text":"去接孩子"}`},
		{"明天下午三点提醒我去接孩子", "add_reminder", `{"time":"2026-03-05T15:00:00+08:00","text":"去接孩子"}`},
		{"这周五下午两点提醒我跟客户开会", "add_reminder", `{"time":"2026-03-06T14:00:00+08:00","text":"跟客户开会"}`},
		{"半小时后提醒我关火", "add_reminder", `{"time":"2026-03-04T10:30:00+08:00","text":"关火"}`},
		{"提醒我明早九点请假", "add_reminder", `{"time":"2026-03-05T09:00:00+08:00","text":"请假"}`},
		{"每天晚上九点提醒我吃药", "add_reminder", `{"time":"2026-03-04T21:00:00+08:00","text":"吃药","repeat":"FREQ=DAILY;BYHOUR=21;BYMINUTE=0"}`},
		{"明天早上八點提醒我交電費", "add_reminder", `{"time":"2026-03-05T08:00:00+08:00","text":"交電費"}`},
		{"明天早上八点提醒我不要迟到", "add_reminder", `{"time":"2026-03-05T08:00:00+08:00","text":"不要迟到"}`},
		// days
		{"下周三是星期几", "weekday", `{"date":"2026-03-11"}`},
		{"国庆节是礼拜几", "weekday", `{"date":"2026-10-01"}`},
		// sums and units
		{"三加五等于几", "calculate", `{"a":3,"op":"+","b":5}`},
		{"3.5乘以12等于多少", "calculate", `{"a":3.5,"op":"*","b":12}`},
		{"五十减去十二", "calculate", `{"a":50,"op":"-","b":12}`},
		{"三公里等于多少英里", "convert_length", `{"value":3,"from":"km","to":"mi"}`},
		{"把两千米換算成厘米", "convert_length", `{"value":2000,"from":"m","to":"cm"}`},
		// recommendations
		{"推荐三部科幻电影", "recommend_movies", `{"count":3,"genre":"scifi"}`},
		{"有什么好看的愛情片", "recommend_movies", `{"genre":"romance"}`},
		// the house
		{"打开客厅的灯", "set_light", `{"room":"客厅","on":true}`},
		{"把客廳的燈關掉", "set_light", `{"room":"客厅","on":false}`},
		{"关一下厨房灯", "set_light", `{"room":"厨房","on":false}`},
		{"音量调到５０", "set_volume", `{"level":50}`},
		{"声音设为三十", "set_volume", `{"level":30}`},
		{"把牛奶和鸡蛋记到购物清单", "add_to_list", `{"items":["牛奶","鸡蛋"]}`},
	} {
		t.Run(c.text, func(t *testing.T) {
			t.Parallel()
			in := e.Understand(context.Background(), c.text, Context{Tools: tools})
			require.Equal(t, Act, in.Decision(), "%+v", in)
			require.Nil(t, in.Next)
			require.Equal(t, c.tool, in.Candidates[0].Tool.Name)
			require.JSONEq(t, c.args, in.Candidates[0].Arguments)
		})
	}
}

// Sentences that no tool of the test serves, many of them with the words of one.
var foreign = []string{
	"写一首关于春天的诗", "帮我写一封请假信", "把这段话润色一下", "总结一下这篇文章", "给我女儿起个名字", "写个年会致辞",
	"天空为什么是蓝色的", "谁是李白", "量子力学是什么", "珠穆朗玛峰有多高", "三分钟热度是什么意思", "唐朝是哪一年建立的", "狗和狼有什么区别",
	"翻译一下我爱你", "早上好用日语怎么说", "闹钟的英文怎么说",
	"附近有什么好吃的", "推荐一家好吃的火锅店", "找一家五星级酒店", "去机场怎么走", "最近的地铁站在哪", "故宫门票多少钱", "这家店几点开门",
	"订一张去北京的机票", "帮我订明天晚上六点四个人的座位", "叫一辆车去公司", "我的快递到哪了", "取消订单", "我要退货", "手机坏了怎么办",
	"用python写一个快速排序", "倒计时怎么写代码", "设计一个闹钟应用", "画一只猫", "今天有什么新闻", "明天天气怎么样", "茅台股价多少",
	"怎么设置闹钟", "如何在10分钟内入睡", "灯泡坏了怎么换", "客厅的灯坏了", "我心情不好", "讲个笑话", "你觉得科幻电影怎么样", "我该不该辞职",
	"不要叫我起床", "别打开客厅的灯", "闹钟改到九点", "我的闹钟有哪些", "打开空调", "播放周杰伦的歌", "打电话给妈妈", "推荐一部手机", "谢谢你的电影推荐",
	"叫醒服务多少钱", "购物清单里有什么", "今天晚上吃什么", "帮我在十分钟内写一篇文章", "明天早上八点开会的人有谁", "算了", "八点", "啊？", "12345", "🙂",
}

func TestUnderstandRefuses(t *testing.T) {
	t.Parallel()
	e := newTestEngine()
	for _, s := range foreign {
		t.Run(s, func(t *testing.T) {
			t.Parallel()
			in := e.Understand(context.Background(), s, Context{Tools: tools})
			require.Equal(t, Refuse, in.Decision(), "%+v", in)
		})
	}
}

func TestUnderstandAsks(t *testing.T) {
	t.Parallel()
	e := newTestEngine()
	for _, c := range []struct{ text, tool, missing string }{
		{"帮我设个闹钟", "set_alarm", "time"},
		{"明天叫我起床", "set_alarm", "time"},
		{"明天下午提醒我交作业", "add_reminder", "time"},
		{"提醒我开会", "add_reminder", "time"},
		{"提醒我打开客厅的灯", "add_reminder", "time"},
		{"明天早上八点提醒我", "add_reminder", "text"},
		{"开始倒计时", "start_timer", "duration"},
		{"关燈", "set_light", "room"},
		{"三公里等于多少", "convert_length", "to"},
		{"音量调到五百", "set_volume", "level"},
	} {
		t.Run(c.text, func(t *testing.T) {
			t.Parallel()
			in := e.Understand(context.Background(), c.text, Context{Tools: tools})
			require.Equal(t, Ask, in.Decision(), "%+v", in)
			require.Equal(t, c.tool, in.Candidates[0].Tool.Name)
			require.Equal(t, c.missing, in.Candidates[0].Missing[0])
		})
	}
}

func TestUnderstandTwoCommands(t *testing.T) {
	t.Parallel()
	e := newTestEngine()
	const text = "把客厅的灯打开，然后明天早上七点叫我起床"
	in := e.Understand(context.Background(), text, Context{Tools: tools})
	require.Equal(t, Act, in.Decision(), "%+v", in)
	require.Equal(t, "set_light", in.Candidates[0].Tool.Name)
	require.NotNil(t, in.Next)
	second := in.Next.Candidates[0]
	require.Equal(t, "set_alarm", second.Tool.Name)
	require.Equal(t, "明天早上七点", text[second.Slots[0].Start:second.Slots[0].End])

	in = e.Understand(context.Background(), "打开客厅的灯，然后设个闹钟", Context{Tools: tools})
	require.Equal(t, Ask, in.Decision(), "half of a sentence is not acted on")
}

func TestUnderstandReply(t *testing.T) {
	t.Parallel()
	e := newTestEngine()
	ctx := context.Background()
	for _, c := range []struct {
		name, first, second string
		decision            Decision
		args                string
	}{
		{"hour for a day", "明天叫我起床", "八点吧", Act, `{"time":"2026-03-05T08:00:00+08:00"}`},
		{"another day", "明天叫我起床", "那就后天早上六点", Act, `{"time":"2026-03-06T06:00:00+08:00"}`},
		{"text", "明天早上八点提醒我", "交水电费", Act, `{"time":"2026-03-05T08:00:00+08:00","text":"交水电费"}`},
		{"option", "关灯", "卧室的", Act, `{"room":"卧室","on":false}`},
		{"option in traditional script", "关灯", "廚房", Act, `{"room":"厨房","on":false}`},
		{"number within bounds", "音量调到五百", "五十", Act, `{"level":50}`},
		{"length of time", "开始倒计时", "二十分钟", Act, `{"duration":"PT20M"}`},
		{"a new command wins", "开始倒计时", "打开客厅的灯", Act, `{"room":"客厅","on":true}`},
		{"a question is no answer", "明天早上八点提醒我", "珠穆朗玛峰有多高", Refuse, ``},
		{"other words are no time", "开始倒计时", "随便聊聊天吧", Refuse, ``},
		{"dropped", "开始倒计时", "算了", Refuse, ``},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			first := e.Understand(ctx, c.first, Context{Tools: tools})
			require.Equal(t, Ask, first.Decision(), "%+v", first)
			in := e.Understand(ctx, c.second, Context{Tools: tools, State: first.State})
			require.Equal(t, c.decision, in.Decision(), "%+v", in)
			if c.args != "" {
				require.JSONEq(t, c.args, in.Candidates[0].Arguments)
			}
			require.Equal(t, c.name == "dropped", in.Move == Cancellation)
		})
	}
}

// TestUnderstandOpenSlots uses tools whose slots take any text, where refusing is harder.
func TestUnderstandOpenSlots(t *testing.T) {
	t.Parallel()
	e := newTestEngine()
	spec := func(name, description, arg string, examples ...string) *assistant.ToolSpec {
		return &assistant.ToolSpec{Name: name, Description: description, Examples: examples, Schema: object(`"`+arg+`"`, `"`+arg+`":{"type":"string"}`)}
	}
	tools := []*assistant.ToolSpec{
		spec("play", "播放歌曲或歌手的音乐", "song", "播放{song}", "我想听{song}", "放一首{song}"),
		spec("call", "给联系人打电话", "name", "打电话给{name}", "给{name}打个电话", "呼叫{name}"),
		spec("navigate", "导航到一个地方", "place", "导航到{place}", "我要去{place}", "带我去{place}"),
		spec("note", "记一条备忘", "text", "记一下{text}", "帮我记住{text}", "备忘{text}"),
		{Name: "weather", Description: "查询天气", Examples: []string{"{city}{date}天气怎么样", "{date}会下雨吗", "{date}{city}多少度"}, ReadOnly: true,
			Schema: object(``, `"city":{"type":"string"},"date":{"type":"string","format":"date"}`)},
		{Name: "screen_off", Description: "关闭屏幕"},
		{Name: "battery", Description: "查询手机电量", ReadOnly: true},
	}
	for _, c := range []struct{ text, tool, args string }{
		{"我想听周杰伦的青花瓷", "play", `{"song":"周杰伦的青花瓷"}`},
		{"麻烦放一首《茉莉花》吧", "play", `{"song":"茉莉花"}`},
		{"给妈妈打电话", "call", `{"name":"妈妈"}`},
		{"導航去最近的加油站", "navigate", `{"place":"最近的加油站"}`},
		{"带我去天安门", "navigate", `{"place":"天安门"}`},
		{"记一下车停在Ｂ2", "note", `{"text":"车停在Ｂ2"}`},
		{"帮我记住明天八点开会", "note", `{"text":"明天八点开会"}`},
		{"北京明天天气怎么样", "weather", `{"city":"北京","date":"2026-03-05"}`},
		{"上海后天多少度？", "weather", `{"city":"上海","date":"2026-03-06"}`},
		{"把屏幕关了", "screen_off", `{}`},
		{"查一下手机电量", "battery", `{}`},
		{"我想听听你的想法", "", ""},
		{"播放列表在哪里", "", ""},
		{"打电话的发明者是谁", "", ""},
		{"别给妈妈打电话", "", ""},
		{"不要播放音乐", "", ""},
		{"周杰伦是谁", "", ""},
		{"我要去上海的机票", "", ""},
		{"去天安门怎么走", "", ""},
		{"写一篇关于天气的作文", "", ""},
		{"放弃吧", "", ""},
		{"手机电量为什么掉得快", "", ""},
		{"打开屏幕", "", ""},
	} {
		t.Run(c.text, func(t *testing.T) {
			t.Parallel()
			in := e.Understand(context.Background(), c.text, Context{Tools: tools})
			if c.tool == "" {
				require.Equal(t, Refuse, in.Decision(), "%+v", in)
				return
			}
			require.Equal(t, Act, in.Decision(), "%+v", in)
			require.Equal(t, c.tool, in.Candidates[0].Tool.Name)
			require.JSONEq(t, c.args, in.Candidates[0].Arguments)
		})
	}
}
