package ondevice

import (
	"context"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/zhushou-ai/zhushou/assistant"
)

// An hour belongs to the day that is named elsewhere; it is confirmed if the day may be about something else.
func TestUnderstandDated(t *testing.T) {
	t.Parallel()
	e := newTestEngine()
	for _, c := range []struct {
		text     string
		decision Decision
		tool     string
		args     string
	}{
		{"周五早上别让我睡过头，六点四十叫我起床", Confirm, "set_alarm", `{"time":"2026-03-06T06:40:00+08:00"}`},
		{"昨天没睡好，七点叫我起床", Act, "set_alarm", `{"time":"2026-03-04T19:00:00+08:00"}`},
		{"提醒我明天下午三点去接孩子", Act, "add_reminder", `{"time":"2026-03-05T15:00:00+08:00","text":"去接孩子"}`},
		{"明天那个六点的闹钟取消", Confirm, "cancel_alarm", `{"time":"2026-03-05T06:00:00+08:00"}`},
	} {
		in := e.Understand(context.Background(), c.text, Context{Tools: tools})
		require.Equal(t, c.decision, in.Decision(), "%s: %+v", c.text, in)
		require.Equal(t, c.tool, in.Candidates[0].Tool.Name, c.text)
		require.JSONEq(t, c.args, in.Candidates[0].Arguments, c.text)
	}
}

// What a question leaves open is what the one before it in the sentence was about.
func TestUnderstandAlike(t *testing.T) {
	t.Parallel()
	e := newTestEngine()
	for text, want := range map[string]string{
		"明天是星期几，天气怎么样":     `{"date":"2026-03-05"}`,
		"明天是星期几，后天天气怎么样":   `{"date":"2026-03-06"}`,
		"明天是星期几，北京后天天气怎么样": `{"city":"北京","date":"2026-03-06"}`,
	} {
		in := e.Understand(context.Background(), text, Context{Tools: house, Names: map[string]*Names{"city": NewNames([]Name{{Text: "北京"}, {Text: "上海"}})}})
		require.Equal(t, Act, in.Decision(), "%s: %+v", text, in)
		require.NotNil(t, in.Next, text)
		require.Equal(t, "weather", in.Next.Candidates[0].Tool.Name, text)
		require.JSONEq(t, want, in.Next.Candidates[0].Arguments, text)
	}
}

func TestUnderstandRepeats(t *testing.T) {
	t.Parallel()
	in := newTestEngine().Understand(context.Background(), "明天天气怎么样，天气怎么样", Context{Tools: house})
	require.Equal(t, Act, in.Decision(), "%+v", in)
	require.Nil(t, in.Next)
	require.JSONEq(t, `{"date":"2026-03-05"}`, in.Candidates[0].Arguments)
}

// Who says that there is too much of something wants less.
func TestUnderstandComplaints(t *testing.T) {
	t.Parallel()
	lamp := &assistant.ToolSpec{Name: "adjust", Description: "调节屏幕的亮度",
		Schema:   object(`"direction"`, `"direction":{"enum":["up","down"],"description":"往哪边，亮=up，暗=down"}`),
		Examples: []string{"屏幕{direction}一点", "屏幕{direction}了", "屏幕{direction}"}}
	e := newTestEngine()
	for text, want := range map[string]string{
		"屏幕暗一点": "down", "屏幕亮一点": "up", "屏幕太暗了": "up", "屏幕有点暗": "up", "屏幕太亮了，暗一点": "down",
	} {
		in := e.Understand(context.Background(), text, Context{Tools: []*assistant.ToolSpec{lamp}})
		require.NotEmpty(t, in.Candidates, text)
		require.JSONEq(t, `{"direction":"`+want+`"}`, in.Candidates[0].Arguments, "%s: %+v", text, in)
	}
}

// A question about another place, which the tool does not know, is not answered as if it were about this one.
func TestUnderstandStrays(t *testing.T) {
	t.Parallel()
	clock := &assistant.ToolSpec{Name: "clock", Description: "看现在几点", Schema: object(``, ``), Examples: []string{"现在几点", "几点了", "现在什么时间"}, ReadOnly: true}
	cities := map[string]*Names{"city": NewNames([]Name{{Text: "北京"}, {Text: "纽约"}})}
	e := newTestEngine()
	confidence := func(text string, names map[string]*Names) float64 {
		in := e.Understand(context.Background(), text, Context{Tools: []*assistant.ToolSpec{weather, clock}, Names: names})
		i := slices.IndexFunc(in.Candidates, func(c Candidate) bool { return c.Tool == clock })
		require.GreaterOrEqual(t, i, 0, "%s: %+v", text, in)
		return in.Candidates[i].Confidence
	}
	require.Equal(t, confidence("哎呀现在几点了都", nil), confidence("哎呀现在几点了都", cities))
	require.Less(t, confidence("纽约现在几点", cities), confidence("纽约现在几点", nil))
}

func TestDropsByHalves(t *testing.T) {
	t.Parallel()
	words := dialogueWords()
	for said, want := range map[string]bool{"算了吧": true, "那算了": true, "算了": true, "不用了谢谢": true, "算了算": false, "打算": false, "吧": false} {
		require.Equal(t, want, newText(said).all().is(words.cancel), said)
	}
}

// What only refers to the thing before is said of it again, and a name inside of a polite word is none.
func TestUnderstandRefersBack(t *testing.T) {
	t.Parallel()
	e := newTestEngine()
	in := e.Understand(context.Background(), "取消明天早上八点的闹钟，关掉它", Context{Tools: tools})
	require.Nil(t, in.Next, "%+v", in)
	require.Equal(t, "cancel_alarm", in.Candidates[0].Tool.Name)

	text := newText("多谢晒，晒太阳")
	require.True(t, text.polite(span{start: 2, end: 3}))
	require.False(t, text.polite(span{start: 0, end: 3}))
	require.False(t, text.polite(span{start: 4, end: 5}))
}

func TestEmptyTexts(t *testing.T) {
	t.Parallel()
	w := &filling{tool: newTool(reminder, nil, nil)}
	for said, want := range map[string]bool{"里": true, "一首": true, "来个": true, "开个": true, "条": true, "水": false, "里约": false, "开会": false} {
		require.Equal(t, want, w.empty(argument{}, said), said)
	}
}
