package ondevice

import (
	"context"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/zhushou-ai/zhushou/assistant"
)

// What is named together is done to each, and what is one text stays one.
func TestUnderstandEach(t *testing.T) {
	t.Parallel()
	e := newTestEngine()
	setting := &assistant.ToolSpec{
		Name: "switch_setting", Description: "打开或关闭手机的一项设置",
		Schema:   object(`"setting","on"`, `"setting":{"enum":["wifi","bluetooth","hotspot"],"description":"无线网=wifi，蓝牙=bluetooth，热点=hotspot"},"on":{"type":"boolean","description":"开还是关"}`),
		Examples: []string{"{on}{setting}", "把{setting}{on}", "{setting}{on}"},
	}
	for _, c := range []struct {
		text string
		want []string
	}{
		{"打开客厅和卧室的灯", []string{`{"room":"客厅","on":true}`, `{"room":"卧室","on":true}`}},
		{"把客厅、卧室和厨房的灯关了", []string{`{"room":"客厅","on":false}`, `{"room":"卧室","on":false}`, `{"room":"厨房","on":false}`}},
		{"把蓝牙和wifi都关了", []string{`{"setting":"bluetooth","on":false}`, `{"setting":"wifi","on":false}`}},
		{"设明早六点半和七点的闹钟", []string{`{"time":"2026-03-05T06:30:00+08:00"}`, `{"time":"2026-03-05T07:00:00+08:00"}`}},
		{"关热点开蓝牙", []string{`{"setting":"hotspot","on":false}`, `{"setting":"bluetooth","on":true}`}},
		{"明天早上八点提醒我开客厅和卧室的灯", []string{`{"time":"2026-03-05T08:00:00+08:00","text":"开客厅和卧室的灯"}`}},
		{"把牛奶和鸡蛋记到购物清单", []string{`{"items":["牛奶","鸡蛋"]}`}},
		{"打开客厅和客厅的灯", []string{`{"room":"客厅","on":true}`}},
	} {
		t.Run(c.text, func(t *testing.T) {
			t.Parallel()
			in := e.Understand(context.Background(), c.text, Context{Tools: append([]*assistant.ToolSpec{setting}, tools...)})
			require.Equal(t, Act, in.Decision(), "%+v", in)
			var got []string
			for p := &in; p != nil; p = p.Next {
				got = append(got, p.Candidates[0].Arguments)
				for _, s := range p.Candidates[0].Slots {
					if s.Start+len(s.Source) == s.End {
						require.Equal(t, s.Source, c.text[s.Start:s.End])
					}
				}
			}
			require.Equal(t, c.want, got)
		})
	}
}

func TestUnderstandComparesNothing(t *testing.T) {
	t.Parallel()
	in := newTestEngine().Understand(context.Background(), "北京和上海哪个冷", Context{Tools: house})
	require.Nil(t, in.Next)
}

// A question about two things is asked of each, even where it is nothing as one.
func TestUnderstandEachQuestion(t *testing.T) {
	t.Parallel()
	status := &assistant.ToolSpec{Name: "status", Description: "查看设备的状态", ReadOnly: true,
		Schema: object(`"device"`, `"device":{"enum":["灯","空调"],"description":"设备"}`), Examples: []string{"{device}开着吗", "{device}关了吗", "{device}怎么样"}}
	in := newTestEngine().Understand(context.Background(), "灯和空调现在还都开着吗", Context{Tools: append([]*assistant.ToolSpec{status}, tools...)})
	require.Equal(t, Act, in.Decision(), "%+v", in)
	require.NotNil(t, in.Next)
	require.JSONEq(t, `{"device":"空调"}`, in.Next.Candidates[0].Arguments)
}

// Whether something can be done is no wish to have it done.
func TestAble(t *testing.T) {
	t.Parallel()
	for said, want := range map[string]bool{
		"空调能不能制热": true, "空调能制热吗": true, "净化器可不可以除湿": true, "音箱会唱歌么": true, "电视能否投屏": true,
		"能不能制热": false, "请问可以制热吗": false, "空调能不能调到制热": false, "空调能不能开一下": false, "灯能亮一点吗": false,
		"空调能二十六度吗": false, "空调可以制热": false, "空调可以制热了": false, "明早提醒我开家长会": false, "开会": false, "": false,
	} {
		require.Equal(t, want, newText(said).able(), said)
	}
}

func TestUnderstandAble(t *testing.T) {
	t.Parallel()
	mode := tool1("set_mode", "设置空调的模式", object(`"mode"`, `"mode":{"enum":["cool","heat"],"description":"制冷=cool，制热=heat"}`), "空调{mode}", "空调调到{mode}")
	e := newTestEngine()
	for said, want := range map[string]Decision{"空调制热": Act, "能不能空调制热": Act, "空调能不能调到制热": Act, "空调能不能制热": Refuse, "空调能制热吗": Refuse} {
		in := e.Understand(context.Background(), said, Context{Tools: mode})
		require.Equal(t, want, in.Decision(), "%s: %+v", said, in)
	}
}

func TestCeilingsAndWorkdays(t *testing.T) {
	t.Parallel()
	for said, want := range map[string]struct {
		words string
		of    kind
	}{
		"找个锅，不要超过三百块": {"不要超过三百块", numeric},
		"找个锅，最多80":    {"最多80", numeric},
		"一个工作日七点的闹钟":  {"工作日七点", repeat},
		"一个工作日早上六点半":  {"工作日早上六点半", repeat},
		"周一到周五六点四十响":  {"周一到周五六点四十", repeat},
		"礼拜一至礼拜五七点":   {"礼拜一至礼拜五七点", repeat},
		"从周一到周五八点":    {"从周一到周五八点", moment},
		"下周一到周五":      {"下周一到周五", moment},
	} {
		text := newText(said)
		var found []string
		for _, s := range findSpans(text, now) {
			words, _, _ := text.slice(s.start, s.end)
			if s.kind == want.of {
				found = append(found, words)
			}
		}
		require.Contains(t, found, want.words, said)
	}
	for _, said := range []string{"一个工作日后", "三个工作日七点", "给我一个工作日"} {
		for _, s := range findSpans(newText(said), now) {
			require.NotEqual(t, repeat, s.kind, said)
		}
	}
}

func TestUnderstandCeiling(t *testing.T) {
	t.Parallel()
	shop := tool1("search", "找商品", object(`"what"`, `"what":{"type":"string","description":"商品"},"price":{"type":"number","description":"最多多少元"},"count":{"type":"integer","description":"几样"}`),
		"找{what}", "看看{what}", "找{count}样{what}")
	e := newTestEngine()
	for said, want := range map[string]string{
		"找两样平底锅": `{"what":"平底锅","count":2}`, "找平底锅，不要超过三百块": `{"what":"平底锅","price":300}`, "看看平底锅，别超过三百": `{"what":"平底锅","price":300}`,
	} {
		in := e.Understand(context.Background(), said, Context{Tools: shop})
		require.NotEmpty(t, in.Candidates, said)
		require.JSONEq(t, want, in.Candidates[0].Arguments, "%s: %+v", said, in)
		require.Nil(t, in.Next)
	}
}
