package ondevice

import (
	"context"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestGloss(t *testing.T) {
	t.Parallel()
	for said, want := range map[string]string{
		"早上八点的alarm帮我cancel掉": "早上八点的闹钟帮我取消掉",
		"turn off wifi":       "关闭wifi",
		"朝早八點嗰個鬧鐘唔要喇":         "朝早八点那个闹钟不要了",
		"给爷爷放一首童年":            "放一首童年",
		"提醒我给爷爷放一首童年":         "",
		"明天冷不冷":               "明天冷吗",
		"好不好":                 "",
		"打开Ontario":           "",
		"打开客厅的灯":              "",
	} {
		got, ok := newText(said).gloss()
		require.Equal(t, want != "", ok, said)
		if ok {
			require.Equal(t, want, string(got.runes), said)
		}
	}
}

// What is read in other words stands where the user's own words stood.
func TestGlossKeepsPlaces(t *testing.T) {
	t.Parallel()
	const said = "請 set 個 alarm，提我送 cancel 信"
	g, ok := newText(said).gloss()
	require.True(t, ok)
	for i := range g.runes {
		for to := i + 1; to <= len(g.runes); to++ {
			words, start, end := g.slice(i, to)
			require.Equal(t, said[start:end], words)
		}
	}
	words, _, _ := g.slice(0, len(g.runes))
	require.Equal(t, said, words)
}

func FuzzGloss(f *testing.F) {
	f.Add("turn on 台灯，唔該")
	f.Add("冷不冷set")
	f.Fuzz(func(t *testing.T, said string) {
		g, ok := newText(said).gloss()
		if !ok {
			return
		}
		require.Len(t, g.back, len(g.runes)+1)
		last := 0
		for i, at := range g.back {
			require.GreaterOrEqual(t, at, last, "%q: rune %d", said, i)
			last = at
		}
		words, start, end := g.slice(0, len(g.runes))
		require.Equal(t, said[start:end], words)
	})
}

func TestAsking(t *testing.T) {
	t.Parallel()
	for said, want := range map[string]bool{
		"卧室的灯都关了吗": true, "灯关没关": true, "灯关了没有": true, "现在几点": true, "冷不冷呢": true, "有没有会": true,
		"能帮我关灯吗": false, "关灯好吗": false, "把灯打开": false, "好不好": false, "没有": true, "关灯吧": false,
	} {
		require.Equal(t, want, asking(foldString(said)), said)
	}
}

// A question, a tale and what is forbidden are no commands for a tool that does something.
func TestNotCommands(t *testing.T) {
	t.Parallel()
	e := newTestEngine()
	for _, said := range []string{"客厅的灯关了吗", "我昨天打开客厅的灯了", "我刚才把客厅的灯打开了", "他跟我说，打开客厅的灯", "如果下雨了，打开客厅的灯", "客厅的灯先别打开"} {
		in := e.Understand(context.Background(), said, Context{Tools: tools})
		require.NotEqual(t, Act, in.Decision(), "%s: %+v", said, in)
	}
}

func TestRemarks(t *testing.T) {
	t.Parallel()
	e := newTestEngine()
	for said, args := range map[string]string{
		"天黑了，打开客厅的灯":     `{"room":"客厅","on":true}`,
		"客厅的灯太亮了，关掉":     `{"room":"客厅","on":false}`,
		"客厅有点暗，打开灯":      `{"room":"客厅","on":true}`,
		"要看书了，卧室灯打开，谢谢你": `{"room":"卧室","on":true}`,
	} {
		in := e.Understand(context.Background(), said, Context{Tools: tools})
		require.Equal(t, Act, in.Decision(), "%s: %+v", said, in)
		require.Nil(t, in.Next, said)
		require.JSONEq(t, args, in.Candidates[0].Arguments, said)
		check(t, in)
	}
}

func TestNumbersToCall(t *testing.T) {
	t.Parallel()
	call := object(`"person"`, `"person":{"type":"string","description":"打给谁，联系人或号码"}`)
	spec := tool1("call", "打电话", call, "给{person}打电话", "拨打{person}")
	names := map[string]*Names{"person": NewNames([]Name{{Text: "张伟"}})}
	for said, want := range map[string]string{"拨打10086": `{"person":"10086"}`, "给 010-6234 打电话": `{"person":"010-6234"}`, "给张伟打电话": `{"person":"张伟"}`, "拨打12": ``, "给出门打电话": ``} {
		in := newTestEngine().Understand(context.Background(), said, Context{Tools: spec, Names: names})
		if want == "" {
			require.NotEqual(t, Act, in.Decision(), "%s: %+v", said, in)
			continue
		}
		require.NotEmpty(t, in.Candidates, said)
		require.JSONEq(t, want, in.Candidates[0].Arguments, said)
	}
}

// What sounds like a name is asked about as the name.
func TestAsksAboutTheName(t *testing.T) {
	t.Parallel()
	in := Interpretation{Text: "打开观影模是。", Candidates: []Candidate{{Tool: light, Slots: []Slot{{Name: "scene", Value: "观影模式", Source: "观影模是", Origin: Heard}}}}}
	require.Equal(t, "您是想“打开观影模式”吗？", newTestEngine().speaker(in.Text).confirmation(in))
}
