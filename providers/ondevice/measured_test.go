package ondevice

import (
	"context"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/zhushou-ai/zhushou/assistant"
)

// A number with its unit is the amount, before the unit is what it is converted to.
func TestUnderstandMeasured(t *testing.T) {
	t.Parallel()
	tools := tool1("convert", "换算单位", object(`"amount","to"`, `"amount":{"type":"string","description":"数量和单位","pattern":"^[一二三四五六七八九十0-9]+(斤|克|公斤)$"},"to":{"enum":["斤","克","公斤"],"description":"换成的单位"}`),
		"{amount}是多少{to}", "把{amount}换算成{to}", "换算一下{amount}")
	e := newTestEngine()
	for said, want := range map[string]string{
		"三斤是多少克": `{"amount":"三斤","to":"克"}`, "把八公斤换算一下": `{"amount":"八公斤"}`, "换算一下十斤": `{"amount":"十斤"}`,
	} {
		in := e.Understand(context.Background(), said, Context{Tools: tools})
		require.NotEmpty(t, in.Candidates, said)
		require.JSONEq(t, want, in.Candidates[0].Arguments, "%s: %+v", said, in)
	}
}

// What is said around a text is none of it.
func TestDictated(t *testing.T) {
	t.Parallel()
	e := newTestEngine()
	search := &assistant.ToolSpec{Name: "search", Description: "找商品", Schema: object(`"what"`, `"what":{"type":"string","description":"商品"}`), Examples: []string{"搜{what}", "找{what}"}}
	note := &assistant.ToolSpec{Name: "note", Description: "记笔记", Schema: object(`"text"`, `"text":{"type":"string","description":"笔记内容"}`), Examples: []string{"记一条笔记{text}", "记笔记"}}
	for _, c := range []struct {
		before, said, want string
	}{
		{"", "周五早上六点都要响闹钟", `{"time":"2026-03-06T06:00:00+08:00"}`},
		{"", "找找羽绒服", `{"what":"羽绒服"}`},
		{"", "明早九点提醒我吃降压药啊别忘了", `{"time":"2026-03-05T09:00:00+08:00","text":"吃降压药"}`},
		{"记笔记", "就写带钥匙别忘了", `{"text":"带钥匙别忘了"}`},
	} {
		cx := Context{Tools: append([]*assistant.ToolSpec{search, note}, tools...)}
		if c.before != "" {
			cx.State = e.Understand(context.Background(), c.before, cx).State
		}
		in := e.Understand(context.Background(), c.said, cx)
		require.NotEmpty(t, in.Candidates, c.said)
		require.JSONEq(t, c.want, in.Candidates[0].Arguments, "%s: %+v", c.said, in)
	}
	cx := Context{Tools: append([]*assistant.ToolSpec{note}, tools...)}
	cx.State = e.Understand(context.Background(), "记笔记", cx).State
	require.Equal(t, Cancellation, e.Understand(context.Background(), "算了不记了", cx).Move)
}
