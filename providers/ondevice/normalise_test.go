package ondevice

import (
	"context"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestSelfCorrection(t *testing.T) {
	t.Parallel()
	e := newTestEngine()
	for _, c := range []struct{ text, tool, args string }{
		{"明天早上八点，不对，九点叫我起床", "set_alarm", `{"time":"2026-03-05T09:00:00+08:00"}`},
		{"明天八点，不对不对，后天早上九点叫我起床", "set_alarm", `{"time":"2026-03-06T09:00:00+08:00"}`},
		{"提醒我明天下午三点，哦不，四点去接孩子", "add_reminder", `{"time":"2026-03-05T16:00:00+08:00","text":"去接孩子"}`},
		{"倒计时十分钟，不是，二十分钟", "start_timer", `{"duration":"PT20M"}`},
		{"打开客厅，说错了，卧室的灯", "set_light", `{"room":"卧室","on":true}`},
		{"音量调到三十，不，四十", "set_volume", `{"level":40}`},
		{"打开客厅的灯，不对，卧室的灯", "set_light", `{"room":"卧室","on":true}`},
		{"音量调到三十，说错了，是四十", "set_volume", `{"level":40}`},
		{"三加五，不对，三加六等于几", "calculate", `{"a":3,"op":"+","b":6}`},
		{"嗯，那个，帮我倒计时呃十分钟", "start_timer", `{"duration":"PT10M"}`},
		{"设置嗯闹钟，晚上九点", "set_alarm", `{"time":"2026-03-04T21:00:00+08:00"}`},
		{"明天早上八点提醒我不要迟到", "add_reminder", `{"time":"2026-03-05T08:00:00+08:00","text":"不要迟到"}`},
	} {
		t.Run(c.text, func(t *testing.T) {
			t.Parallel()
			in := e.Understand(context.Background(), c.text, Context{Tools: tools})
			require.Equal(t, Act, in.Decision(), "%+v", in)
			require.Equal(t, c.tool, in.Candidates[0].Tool.Name)
			require.JSONEq(t, c.args, in.Candidates[0].Arguments)
			check(t, in)
		})
	}
}
