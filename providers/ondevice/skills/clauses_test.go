package skills_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/zhushou-ai/zhushou/providers/ondevice"
)

// TestClauses checks that no clause of a sentence is dropped in silence: it is done, is asked about, or is no command.
func TestClauses(t *testing.T) {
	t.Parallel()
	h := builtIn(t)
	for _, c := range []struct {
		say      string
		decision ondevice.Decision
		tools    []string
	}{
		{"放首道香，声音小一点", ondevice.Act, []string{"play_music", "adjust_volume"}},
		{"播放道香，音量大一点", ondevice.Act, []string{"play_music", "adjust_volume"}},
		{"北京天气怎么样，上海呢", ondevice.Act, []string{"get_weather", "get_weather"}},
		{"深圳明天多少度，广州呢", ondevice.Act, []string{"get_weather", "get_weather"}},
		{"静音，开勿扰，再把手电筒关了", ondevice.Confirm, []string{"switch_setting", "switch_setting"}},
		{"静音，打开勿扰", ondevice.Confirm, []string{"switch_setting"}},
		{"打开空调调到26度", ondevice.Act, []string{"switch_device", "set_temperature"}},
		{"把客厅的空调打开，调到二十四度", ondevice.Confirm, []string{"switch_device", "set_temperature"}},
		{"空调开到26度", ondevice.Act, []string{"set_temperature"}},
		{"太潮了，空调调成除湿模式", ondevice.Act, []string{"set_mode"}},
		{"我要睡了，把灯关掉", ondevice.Act, []string{"switch_device"}},
	} {
		t.Run(c.say, func(t *testing.T) {
			t.Parallel()
			in := h.hear(t, sentence{Say: c.say})
			calls, _ := said(in)
			require.Equal(t, c.tools, tools(calls))
			require.Equal(t, c.decision, in.Decision(), "%v", in.Why)
		})
	}
}
