package ondevice

import (
	"context"
	"testing"

	"github.com/stretchr/testify/require"
	"github.com/zhushou-ai/zhushou/assistant"
)

func TestParseArguments(t *testing.T) {
	t.Parallel()
	args, err := parseArguments(object(`"b"`, `
		"a":{"type":["string","null"],"format":"date-time"},
		"b":{"anyOf":[{"type":"null"},{"type":"integer"}],"description":"倒计时分钟数"},
		"c":{"type":"string","description":"开始时间，RFC 3339 格式"},
		"d":{"type":"string","description":"几点，格式 HH:MM"},
		"e":{"type":"string","description":"出发时间"},
		"f":{"type":"array","items":{"type":"string"}},
		"g":{"type":"object"},
		"h":{"oneOf":[{"const":"km","title":"公里"},{"const":"mi","title":"英里/哩"}]},
		"i":{"type":"boolean"}`))
	require.NoError(t, err)
	var names string
	var forms []form
	for _, a := range args {
		names += a.name
		forms = append(forms, a.form)
	}
	require.Equal(t, "abcdefghi", names, "the order of the schema")
	require.Equal(t, []form{dateTime, integer, dateTime, clock, timeText, freeText, unfillable, choice, boolean}, forms)
	require.True(t, args[1].required)
	require.NotZero(t, args[1].unit)
	require.True(t, args[5].list)
	require.Equal(t, "英里", args[7].options[1].spoken())

	for _, bad := range []string{`{"properties":[]}`, `{"properties":{"a":{"type":3}}}`, `{"properties":{"a":{"enum":3}}}`, `[`} {
		_, err := parseArguments([]byte(bad))
		require.ErrorContains(t, err, "schema", bad)
	}
}

func TestSynonyms(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		about, value string
		want         []string
	}{
		{"单位: 公里/千米=km, 英里=mi", "km", []string{"公里", "千米"}},
		{"单位: 公里/千米=km, 英里=mi", "mi", []string{"英里"}},
		{"km（公里）、mi（英里）", "mi", []string{"英里"}},
		{"celsius: 摄氏度或摄氏; fahrenheit: 华氏度", "celsius", []string{"摄氏度", "摄氏"}},
		{"单位：km", "km", nil},
		{"", "km", nil},
	} {
		require.Equal(t, c.want, synonyms(c.about, c.value), c.about)
	}
}

// TestArgumentForms reads one value of every form.
func TestArgumentForms(t *testing.T) {
	t.Parallel()
	e := New(Config{Now: newTestEngine().now, Names: map[string]*Names{"contact": NewNames([]Name{{Text: "张三"}, {Text: "李小龍"}})}})
	for _, c := range []struct{ name, property, phrase, text, want string }{
		{"date", `{"type":"string","format":"date"}`, "查{x}的账单", "查昨天的账单", `{"x":"2026-03-03"}`},
		{"clock", `{"type":"string","format":"time"}`, "打烊时间改成{x}", "打烊时间改成晚上九点半", `{"x":"21:30"}`},
		{"minutes from a length of time", `{"type":"integer","description":"分钟数"}`, "专注{x}", "专注一个半小时", `{"x":90}`},
		{"minutes from a number", `{"type":"integer","description":"分钟数"}`, "专注{x}", "专注45", `{"x":45}`},
		{"length of time until a moment", `{"type":"string","format":"duration"}`, "{x}熄屏", "十分钟后熄屏", `{"x":"PT10M"}`},
		{"repetition", `{"type":"string","description":"RRULE"}`, "{x}浇花", "每周一浇花", `{"x":"FREQ=WEEKLY;BYDAY=MO"}`},
		{"time in the user's words", `{"type":"string","description":"出发时间"}`, "{x}出发", "明天下午出发", `{"x":"明天下午"}`},
		{"fraction", `{"type":"number"}`, "水位{x}米", "水位三点五米", `{"x":3.5}`},
		{"entity", `{"type":"string"}`, "呼叫", "呼叫李小龙", ``},
		{"numbers", `{"type":"array","items":{"type":"integer"}}`, "开奖号码{x}", "开奖号码3、8", `{"x":[3,8]}`},
		{"quoted text", `{"type":"string"}`, "广播{x}", "广播“请排队”", `{"x":"请排队"}`},
		{"two titles", `{"type":"string"}`, "比价{x}", "比价《甲》和《乙》", `{"x":"《甲》和《乙》"}`},
		{"text keeps its own form", `{"type":"string"}`, "广播{x}", "请广播一下：ＡＢＣ 開會了", `{"x":"ＡＢＣ 開會了"}`},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			arg := "x"
			if c.want == "" { // found by name, although the phrase has no slot
				arg, c.want = "contact", `{"contact":"李小龍"}`
			}
			spec := &assistant.ToolSpec{Name: "t", Schema: object(`"`+arg+`"`, `"`+arg+`":`+c.property), Examples: []string{c.phrase}}
			in := e.Understand(context.Background(), c.text, Context{Tools: []*assistant.ToolSpec{spec}})
			require.Equal(t, Act, in.Decision(), "%+v", in)
			require.JSONEq(t, c.want, in.Candidates[0].Arguments)
		})
	}
}

func TestNumbersGoWhereTheDescriptionSpeaksOfThem(t *testing.T) {
	t.Parallel()
	spec := &assistant.ToolSpec{
		Name: "screen", Description: "调节屏幕",
		Schema:   object(`"brightness","warmth"`, `"brightness":{"type":"integer","description":"亮度"},"warmth":{"type":"integer","description":"色温"}`),
		Examples: []string{"屏幕亮度{brightness}", "调节屏幕色温", "屏幕色温{warmth}亮度{brightness}"},
	}
	in := newTestEngine().Understand(context.Background(), "屏幕色温3000亮度50", Context{Tools: []*assistant.ToolSpec{spec}})
	require.Equal(t, Act, in.Decision(), "%+v", in)
	require.JSONEq(t, `{"brightness":50,"warmth":3000}`, in.Candidates[0].Arguments)
}

func TestSchemaTellsTextsApart(t *testing.T) {
	t.Parallel()
	sum := &assistant.ToolSpec{
		Name: "sum", Description: "算术", Examples: []string{"{x}等于多少", "{x}是多少"},
		Schema: object(`"x"`, `"x":{"type":"string","description":"算式","pattern":"^[0-9+*/-]+$"}`),
	}
	units := &assistant.ToolSpec{
		Name: "units", Description: "换算单位", Examples: []string{"{amount}等于多少{to}", "{amount}是几{to}"},
		Schema: object(`"amount","to"`, `"amount":{"type":"string"},"to":{"enum":["天","小时","米","公里"]}`),
	}
	e := newTestEngine()
	for _, c := range []struct{ text, args string }{
		{"3+5等于多少", `{"x":"3+5"}`},
		{"5公里等于多少米", `{"amount":"5公里","to":"米"}`},
		{"48小时等于多少天", `{"amount":"48小时","to":"天"}`},
		{"茅台的股价是多少", ``},
		{"明天是几号", ``},
	} {
		in := e.Understand(context.Background(), c.text, Context{Tools: []*assistant.ToolSpec{sum, units}})
		if c.args == "" {
			require.Equal(t, Refuse, in.Decision(), "%+v", in)
			continue
		}
		require.Equal(t, Act, in.Decision(), "%+v", in)
		require.JSONEq(t, c.args, in.Candidates[0].Arguments)
	}
}

func TestSchemaForbidsTogether(t *testing.T) {
	t.Parallel()
	spec := &assistant.ToolSpec{
		Name: "mix", Description: "调酒", Examples: []string{"调酒{a}和{b}"},
		Schema: []byte(`{"type":"object","properties":{"a":{"type":"integer"},"b":{"type":"integer"}},"not":{"required":["a","b"]}}`),
	}
	in := newTestEngine().Understand(context.Background(), "调酒3和5", Context{Tools: []*assistant.ToolSpec{spec}})
	require.Equal(t, Refuse, in.Decision(), "%+v", in)
}
