package ondevice

import (
	"testing"

	"github.com/stretchr/testify/require"
	"github.com/zhushou-ai/zhushou/assistant"
)

func TestSayResults(t *testing.T) {
	t.Parallel()
	plain := &assistant.ToolSpec{Name: "plain", Description: "不带模板的工具"}
	scale := &assistant.ToolSpec{
		Name: "scale", Description: "换算", Answer: "{value}{from}等于{result}{to}。",
		Schema: convert.Schema,
	}
	for _, c := range []struct {
		name   string
		spec   *assistant.ToolSpec
		args   string
		result string
		failed bool
		want   string
	}{
		{"time of the call", alarm, `{"time":"2026-03-05T08:00:00+08:00"}`, `{"id":7}`, false, "好的，明天早上8点叫您。"},
		{"the result wins", alarm, `{"time":"2026-03-05T08:00:00+08:00"}`, `{"time":"2026-03-06T20:30:00+08:00"}`, false, "好的，后天晚上8点半叫您。"},
		{"instant in another zone", alarm, `{"time":"2026-03-04T04:05:00Z"}`, ``, false, "好的，今天中午12点05分叫您。"},
		{"length of time", timer, `{"duration":"PT1H30M"}`, `ok`, false, "好的，1小时30分钟后叫您。"},
		{"text", reminder, `{"time":"2026-12-31T00:00:00+08:00","text":"跨年"}`, ``, false, "好的，12月31日周四凌晨0点提醒您跨年。"},
		{"options by name", scale, `{"value":3,"from":"km","to":"mi"}`, `{"result":1.86}`, false, "3公里等于1.86英里。"},
		{"field that nothing fills", scale, `{"value":3,"from":"km"}`, `{"result":1.86}`, false, "result：1.86"},
		{"plain text", plain, `{}`, "已经打开了。", false, "已经打开了。"},
		{"nothing", plain, `{}`, "", false, "好的，已经完成。"},
		{"object", plain, `{}`, `{"城市":"北京","下雨":false,"时间":"2026-03-05","温度":[3,-12],"风":null}`, false, "城市：北京，下雨：否，时间：明天，温度：3、-12，风：无"},
		{"list of objects", plain, `{}`, `[{"片名":"甲"},{"片名":"乙"}]`, false, "片名：甲\n片名：乙"},
		{"string", plain, `{}`, `"14:30"`, false, "下午2点半"},
		{"failure", alarm, `{}`, "闹钟太多了\ngoroutine 1 [running]:", true, "抱歉，没有办成：闹钟太多了。"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			call := assistant.ToolCall{ID: "call_1", Name: c.spec.Name, Arguments: c.args}
			r := generate(t, &assistant.Request{Tools: []*assistant.ToolSpec{plain, c.spec}, Messages: []assistant.Message{
				assistant.User("……"),
				{Role: assistant.RoleAssistant, Parts: []assistant.Part{call}},
				assistant.Results(assistant.ToolResult{ID: "call_1", Name: c.spec.Name, Error: c.failed, Parts: []assistant.Part{assistant.Text{Text: c.result}}}),
			}})
			require.Equal(t, c.want, r.Text())
			require.Equal(t, assistant.FinishStop, r.Finish)
		})
	}
}

func TestSayDeclined(t *testing.T) {
	t.Parallel()
	r := generate(t, &assistant.Request{Messages: []assistant.Message{
		assistant.User("……"),
		assistant.Results(assistant.ToolResult{ID: "1", Error: true, Declined: true, Parts: []assistant.Part{assistant.Text{Text: "the user declined this call"}}}),
	}})
	require.Equal(t, "好的，那就不做了。", r.Text())
}

func TestSaySeveralResults(t *testing.T) {
	t.Parallel()
	result := func(id, text string) assistant.ToolResult {
		return assistant.ToolResult{ID: id, Name: "gone", Parts: []assistant.Part{assistant.Text{Text: text}}}
	}
	r := generate(t, &assistant.Request{Messages: []assistant.Message{
		assistant.User("……"), assistant.Results(result("1", "甲")), assistant.Results(result("2", "乙"), result("3", "丙")),
	}})
	require.Equal(t, "甲\n乙\n丙", r.Text())
}

func TestSpokenDuration(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"PT10M": "10分钟", "P2DT3H": "2天3小时", "PT1.5S": "1.5秒", "P1M": "1个月", "P1Y2W": "1年2周",
		"P": "", "PT": "", "PEN": "", "PT5": "", "P5H": "", "10M": "",
	} {
		got, ok := spokenDuration(in)
		require.Equal(t, want != "", ok, in)
		if ok {
			require.Equal(t, want, got, in)
		}
	}
}
