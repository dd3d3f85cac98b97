package ondevice

import (
	"context"
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/zhushou-ai/zhushou/assistant"
)

var (
	weather = &assistant.ToolSpec{
		Name: "weather", Description: "查询天气", ReadOnly: true,
		Schema:   object(``, `"city":{"type":"string","description":"城市"},"date":{"type":"string","format":"date","description":"哪一天"}`),
		Examples: []string{"{city}{date}天气怎么样", "{date}会下雨吗", "{date}{city}多少度", "查{city}的天气"},
	}
	music = &assistant.ToolSpec{
		Name: "play_music", Description: "播放歌曲",
		Schema:   object(`"song"`, `"song":{"type":"string","description":"歌名"}`),
		Examples: []string{"播放{song}", "我想听{song}", "放一首{song}"},
	}
	house = append([]*assistant.ToolSpec{weather, music}, tools...)
)

// A line is what a user says, and the calls that must follow, as "tool {arguments}", or how the answer begins.
type line struct{ says, want string }

// TestDialogue plays conversations twice: through the model, which derives the state from the messages,
// and through Understand, which is handed the state as JSON. Both must do the same.
func TestDialogue(t *testing.T) {
	t.Parallel()
	const morning = `"2026-03-05T08:00:00+08:00"`
	for name, lines := range map[string][]line{
		"asks in the order of the schema": {{"提醒我", "请告诉我提醒的时间"}, {"明天早上八点", "请告诉我要提醒的事情"}, {"交电费", `add_reminder {"time":` + morning + `,"text":"交电费"}`}},
		"the answer may be a sentence":    {{"提醒我交电费", "请告诉我提醒的时间"}, {"明天早上八点提醒我", `add_reminder {"time":` + morning + `,"text":"交电费"}`}},
		"a day, then an hour":             {{"明天叫我起床", "请告诉我“明天”具体是几点"}, {"早上八点吧", `set_alarm {"time":` + morning + `}`}},
		"the day is corrected first":      {{"今天叫我起床", "请告诉我“今天”具体是几点"}, {"不是今天是明天", "请告诉我“明天”具体是几点"}, {"八点", `set_alarm {"time":` + morning + `}`}},
		"corrects the hour":               {{"明天早上七点叫我起床", `set_alarm {"time":"2026-03-05T07:00:00+08:00"}`}, {"改成八点", `set_alarm {"time":` + morning + `}`}},
		"corrects the day":                {{"后天早上八点叫我起床", `set_alarm {"time":"2026-03-06T08:00:00+08:00"}`}, {"不对，是明天", `set_alarm {"time":` + morning + `}`}},
		"old and new":                     {{"今天早上八点提醒我开会", `add_reminder {"time":"2026-03-04T08:00:00+08:00","text":"开会"}`}, {"不是今天是明天", `add_reminder {"time":` + morning + `,"text":"开会"}`}},
		"later":                           {{"明天早上七点半叫我起床", `set_alarm {"time":"2026-03-05T07:30:00+08:00"}`}, {"推迟半小时", `set_alarm {"time":` + morning + `}`}, {"再提前十分钟吧", ``}},
		"a longer time":                   {{"倒计时十分钟", `start_timer {"duration":"PT10M"}`}, {"再加五分钟", `start_timer {"duration":"PT15M"}`}},
		"corrects a text":                 {{"播放茉莉花", `play_music {"song":"茉莉花"}`}, {"不是茉莉花是青花瓷", `play_music {"song":"青花瓷"}`}},
		"corrects an option":              {{"打开客厅的灯", `set_light {"room":"客厅","on":true}`}, {"不对，卧室", `set_light {"room":"卧室","on":true}`}},
		"corrects a number":               {{"音量调到30", `set_volume {"level":30}`}, {"改成四十", `set_volume {"level":40}`}},
		"the label is named":              {{"明天早上七点叫我起床", `set_alarm {"time":"2026-03-05T07:00:00+08:00"}`}, {"时间改成八点", `set_alarm {"time":` + morning + `}`}},
		"another day":                     {{"北京今天天气怎么样", `weather {"city":"北京","date":"2026-03-04"}`}, {"那明天呢", `weather {"city":"北京","date":"2026-03-05"}`}, {"后天呢？", `weather {"city":"北京","date":"2026-03-06"}`}},
		"another place":                   {{"北京今天天气怎么样", `weather {"city":"北京","date":"2026-03-04"}`}, {"上海呢?", `weather {"city":"上海","date":"2026-03-04"}`}, {"那广州明天呢", `weather {"city":"广州","date":"2026-03-05"}`}},
		"another room":                    {{"打开客厅的灯", `set_light {"room":"客厅","on":true}`}, {"厨房呢", `set_light {"room":"厨房","on":true}`}},
		"one more":                        {{"明天早上八点叫我起床", `set_alarm {"time":` + morning + `}`}, {"再加一个", "请告诉我闹钟响的时间"}, {"九点", `set_alarm {"time":"2026-03-04T21:00:00+08:00"}`}},
		"one more, said whole":            {{"明天早上八点叫我起床", `set_alarm {"time":` + morning + `}`}, {"再设一个明天九点的", `set_alarm {"time":"2026-03-05T09:00:00+08:00"}`}},
		"more for the list":               {{"把牛奶记到购物清单", `add_to_list {"items":["牛奶"]}`}, {"再加上鸡蛋和面包", `add_to_list {"items":["鸡蛋","面包"]}`}},
		"cancelled":                       {{"设个闹钟", "请告诉我"}, {"还是取消吧", "好的，已经取消。"}, {"八点", "抱歉"}},
		"never mind":                      {{"提醒我", "请告诉我"}, {"算了", "好的，已经取消。"}},
		"a new command wins":              {{"设个闹钟", "请告诉我"}, {"打开客厅的灯", `set_light {"room":"客厅","on":true}`}},
		"nothing but its own kind":        {{"设个闹钟", "请告诉我"}, {"苹果", "抱歉"}, {"八点", `set_alarm {"time":"2026-03-04T20:00:00+08:00"}`}},
		"forgotten":                       {{"设个闹钟", "请告诉我"}, {"天空为什么是蓝色的", "抱歉"}, {"李白是谁", "抱歉"}, {"八点", "抱歉"}},
		"the place in a list":             {{"关灯", "请告诉我哪个房间"}, {"第二个", `set_light {"room":"卧室","on":false}`}},
		"two commands, one asks":          {{"打开客厅的灯，然后设个闹钟", "请告诉我闹钟响的时间"}, {"晚上九点", `set_light {"room":"客厅","on":true} set_alarm {"time":"2026-03-04T21:00:00+08:00"}`}},
		"corrects while asked":            {{"打开灯", "请告诉我哪个房间"}, {"卧室", `set_light {"room":"卧室","on":true}`}, {"错了，是厨房", `set_light {"room":"厨房","on":true}`}},
		"the same city":                   {{"北京今天天气怎么样", `weather {"city":"北京","date":"2026-03-04"}`}, {"会下雨吗", `weather {"city":"北京","date":"2026-03-04"}`}},
		"never mind, in two clauses":      {{"提醒我", "请告诉我"}, {"不提醒了，算了", "好的，已经取消。"}},
		"taken back":                      {{"明天早上八点叫我起床", `set_alarm {"time":` + morning + `}`}, {"还是取消吧", "您是想取消闹钟"}, {"对", `cancel_alarm {"time":` + morning + `}`}},
		"taken back, or not":              {{"明天早上八点叫我起床", `set_alarm {"time":` + morning + `}`}, {"取消", "您是想取消闹钟"}, {"不用了", "好的，已经取消。"}},
		"traditional":                     {{"明天叫我起牀", "請告訴我「明天」具體是幾點"}, {"早上八點吧", `set_alarm {"time":` + morning + `}`}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			play(t, house, lines)
		})
	}
}

func play(t *testing.T, specs []*assistant.ToolSpec, lines []line) {
	t.Helper()
	e := newTestEngine()
	var messages []assistant.Message
	state := State{}
	for _, l := range lines {
		messages = append(messages, assistant.User(l.says))
		r, err := assistant.Generate(context.Background(), e, &assistant.Request{Messages: messages, Tools: specs})
		require.NoError(t, err)
		messages = append(messages, r.Message)
		got := r.Text()
		if calls := r.ToolCalls(); len(calls) > 0 {
			var said []string
			var results []assistant.ToolResult
			for _, c := range calls {
				said = append(said, c.Name+" "+c.Arguments)
				results = append(results, assistant.ToolResult{ID: c.ID, Name: c.Name})
			}
			messages = append(messages, assistant.Results(results...), assistant.Answer("好的。"))
			got = strings.Join(said, " ")
			if l.want != "" {
				require.Equal(t, l.want, got, l.says)
			}
		} else {
			require.True(t, strings.HasPrefix(got, l.want), "%s: %s", l.says, got)
		}
		in := e.Understand(context.Background(), l.says, Context{Tools: specs, State: state})
		require.Equal(t, len(r.ToolCalls()) > 0, in.Decision() == Act, "%s: %+v", l.says, in)
		if in.Decision() == Act {
			require.Equal(t, r.ToolCalls()[0].Arguments, in.Candidates[0].Arguments)
		}
		b, err := json.Marshal(in.State)
		require.NoError(t, err)
		state = State{}
		require.NoError(t, json.Unmarshal(b, &state))
	}
}

func TestDialoguePoints(t *testing.T) {
	t.Parallel()
	cart := &assistant.ToolSpec{
		Name: "add_to_cart", Description: "加购物车", Examples: []string{"把{item}加到购物车", "{item}加购物车"},
		Schema: object(`"item"`, `"item":{"type":"string","description":"商品"}`),
	}
	e := newTestEngine()
	items := NewNames([]Name{{Value: "g1", Text: "铁观音"}, {Value: "g2", Text: "咖啡豆"}})
	for name, c := range map[string]struct {
		list, says, want string
		names            map[string]*Names
	}{
		"a field of the name":        {`[{"item":"a"},{"item":"b"}]`, "把第二个加到购物车", `{"item":"b"}`, nil},
		"a text":                     {`["甲","乙","丙"]`, "把最后一个加到购物车", `{"item":"丙"}`, nil},
		"a name of the list":         {`{"goods":[{"price":3,"title":"咖啡豆"}]}`, "第一个加购物车", `{"item":"g2"}`, map[string]*Names{"item": items}},
		"farther than the list goes": {`["甲"]`, "把第三个加到购物车", ``, map[string]*Names{"item": items}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			st := State{Phase: Done, Said: now}
			st.list(c.list)
			in := e.Understand(context.Background(), c.says, Context{Tools: []*assistant.ToolSpec{cart}, Names: c.names, State: st})
			if c.want == "" {
				require.NotEqual(t, Act, in.Decision(), "%+v", in)
				return
			}
			require.Equal(t, Act, in.Decision(), "%+v", in)
			require.JSONEq(t, c.want, in.Candidates[0].Arguments)
			require.Equal(t, Listed, in.Candidates[0].Slots[0].Origin)
		})
	}
}

// A tool for changes takes the place of a second call, with what was said before.
func TestDialogueChanges(t *testing.T) {
	t.Parallel()
	change := &assistant.ToolSpec{
		Name: "change_alarm", Description: "修改闹钟的时间", Examples: []string{"把{from}的闹钟改到{to}", "闹钟改成{to}", "改成{to}"},
		Schema: object(`"to"`, `"from":{"type":"string","format":"time","description":"原来的时间"},"to":{"type":"string","format":"date-time","description":"新的时间"}`),
	}
	play(t, append([]*assistant.ToolSpec{change}, house...), []line{
		{"明天早上八点叫我起床", `set_alarm {"time":"2026-03-05T08:00:00+08:00"}`},
		{"改成七点半", `change_alarm {"from":"08:00","to":"2026-03-05T07:30:00+08:00"}`},
	})
}

func TestQuestionsSayTheNamesOfValues(t *testing.T) {
	t.Parallel()
	fan := &assistant.ToolSpec{
		Name: "fan", Description: "调风扇",
		Schema: object(`"direction"`, `"direction":{"type":"string","enum":["up","down"],"description":"方向"},"speed":{"type":"integer","minimum":1,"maximum":5,"description":"风速"}`),
	}
	e := train(t, Skill{Tool: plainTool{fan}, Phrases: []string{"调(一下|)风扇", "风扇(开|调)到{speed}[档][{direction}]"}, Names: map[string]*Names{
		"direction": NewNames([]Name{{Value: "up", Text: "大一点"}, {Value: "down", Text: "小一点"}}),
	}})
	for says, want := range map[string]string{
		"调一下风扇":     "请告诉我方向，例如大一点、小一点。",
		"風扇調到九檔大一點": "「九檔」不行，要在1到5之間。請告訴我風速。",
		"算了":        "好的。",
		"写一首诗":      "抱歉，这件事我在本机上做不到。我可以帮您：调风扇。",
		"哼唧哼唧":      "抱歉，我没有听懂。我可以帮您：调风扇。",
	} {
		r, err := assistant.Generate(context.Background(), e, &assistant.Request{Messages: []assistant.Message{assistant.User(says)}, Tools: []*assistant.ToolSpec{fan}})
		require.NoError(t, err)
		require.Equal(t, want, r.Text(), says)
	}
}

func TestDialogueExpires(t *testing.T) {
	t.Parallel()
	e := newTestEngine()
	asked := e.Understand(context.Background(), "开始倒计时", Context{Tools: house}).State
	require.Equal(t, Asked, asked.Phase)
	for after, want := range map[time.Duration]Decision{time.Minute: Act, stateLife + time.Second: Refuse} {
		in := e.Understand(context.Background(), "十分钟", Context{Tools: house, State: asked, Now: now.Add(after)})
		require.Equal(t, want, in.Decision(), "%v later: %+v", after, in)
	}
}
