package skills_test

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// TestArguments checks what becomes of words that could be the value of more than one argument, or of none.
func TestArguments(t *testing.T) {
	t.Parallel()
	h := builtIn(t)
	for _, c := range []struct {
		say, tool string
		args      map[string]any
		missing   []string
	}{
		{"一亩地是多少平方米", "convert", map[string]any{"amount": "一亩", "to": "平方米"}, nil},
		{"三十畝地係幾多平方米", "convert", map[string]any{"amount": "三十畝", "to": "平方米"}, nil},
		{"臥室冷氣換個模式", "set_mode", map[string]any{"device": "空调", "room": []any{"卧室"}}, []string{"mode"}},
		{"卧室空调开冷气", "set_mode", map[string]any{"device": "空调", "room": []any{"卧室"}, "mode": "cool"}, nil},
		{"定个工作日早上6点50的闹钟", "set_alarm", map[string]any{"time": "2026-11-23T06:50:00+08:00", "repeat": "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR;BYHOUR=6;BYMINUTE=50"}, nil},
		{"重新计时五分钟", "set_timer", map[string]any{"length": "PT5M"}, nil},
		{"顺便计时五分钟", "set_timer", map[string]any{"length": "PT5M"}, nil},
		{"五千元以下的笔记本电脑都有哪些", "search_goods", map[string]any{"what": "笔记本电脑", "max_price": 5000.0}, nil},
		{"找成都特产", "search_goods", map[string]any{"what": "成都特产"}, nil},
	} {
		t.Run(c.say, func(t *testing.T) {
			t.Parallel()
			calls, missing := said(h.hear(t, sentence{Say: c.say}))
			require.Equal(t, []call{{c.tool, c.args}}, calls)
			require.Equal(t, c.missing, missing)
		})
	}

	calls, _ := said(h.hear(t, sentence{After: []string{"保温杯多少钱"}, Say: "三百以下的呢"}))
	require.Equal(t, []call{{"search_goods", map[string]any{"what": "保温杯", "max_price": 300.0}}}, calls)
}
