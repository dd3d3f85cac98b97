package ondevice

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"sync"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/require"
	"github.com/zhushou-ai/zhushou/assistant"
)

// check verifies what holds for every interpretation.
func check(t *testing.T, in Interpretation) {
	t.Helper()
	require.LessOrEqual(t, len(in.Candidates), MaxCandidates)
	last := 1.0
	for _, c := range in.Candidates {
		require.True(t, c.Confidence >= 0 && c.Confidence <= last, "confidence %v after %v", c.Confidence, last)
		last = c.Confidence
		var args map[string]any
		require.NoError(t, json.Unmarshal([]byte(c.Arguments), &args))
		for _, m := range c.Missing {
			require.NotContains(t, args, m)
		}
		require.Len(t, c.Slots, len(args))
		for _, s := range c.Slots {
			require.Contains(t, args, s.Name)
			require.True(t, 0 <= s.Start && s.Start <= s.End && s.End <= len(in.Text), "%d to %d of %d", s.Start, s.End, len(in.Text))
			if source := in.Text[s.Start:s.End]; source != s.Source {
				require.Greater(t, len(s.Source), len(source), "only words that stand apart have less than their source")
			}
		}
	}
}

func FuzzUnderstand(f *testing.F) {
	for _, s := range foreign {
		f.Add(s)
	}
	for _, s := range []string{"提醒我明天下午三点去接孩子", "把客廳的燈關掉，然後倒計時十分鐘", "定　一個 ３０ 分钟的倒计时 ", "三公里等于多少英里", "\xff提醒我\x00八点", "{time}叫我起床"} {
		f.Add(s)
	}
	e := newTestEngine()
	f.Fuzz(func(t *testing.T, s string) {
		in := e.Understand(context.Background(), s, Context{Tools: tools})
		if in.Next == nil {
			check(t, in)
		}
		if in.Decision() == Ask {
			e.Understand(context.Background(), s, Context{Tools: tools, State: in.State})
		}
		again := e.Understand(context.Background(), s, Context{Tools: tools})
		require.Equal(t, in, again)
		_, err := assistant.Generate(context.Background(), e, &assistant.Request{Messages: []assistant.Message{assistant.User(s)}, Tools: tools})
		require.NoError(t, err)
	})
}

func FuzzPhrase(f *testing.F) {
	f.Add("提醒我{time}{text}", "提醒我明天八点开会")
	f.Add("{text}", "开会")
	f.Add("{time", "八点")
	f.Add("}{}{{time}}", "八点")
	f.Add(strings.Repeat("一下周一", 60), "八点")
	f.Fuzz(func(t *testing.T, phrase, s string) {
		if len(phrase) > 1000 || len(s) > 1000 {
			t.Skip("longer than it need be")
		}
		spec := *reminder
		spec.Examples = []string{phrase}
		spec.Answer = phrase
		e := newTestEngine()
		in := e.Understand(context.Background(), s, Context{Tools: []*assistant.ToolSpec{&spec}})
		if in.Next == nil {
			check(t, in)
		}
		v := e.speaker("")
		v.fill(&spec, s, s)
		if said := v.plain(s); utf8.ValidString(s) {
			require.True(t, utf8.ValidString(said))
		}
	})
}

func TestLongText(t *testing.T) {
	t.Parallel()
	long := "提醒我明天八点"
	for len([]rune(long)) <= maxRunes {
		long += "开会"
	}
	in := newTestEngine().Understand(context.Background(), long, Context{Tools: tools})
	require.Equal(t, Refuse, in.Decision())
	require.Contains(t, in.Why[0], "longer than")
}

// TestConcurrent understands with more lists of tools than stay compiled.
func TestConcurrent(t *testing.T) {
	t.Parallel()
	e := newTestEngine()
	want := e.Understand(context.Background(), "倒计时十分钟", Context{Tools: tools})
	var wg sync.WaitGroup
	for i := range 8 {
		wg.Go(func() {
			for k := range 2 * maxToolsets {
				own := append([]*assistant.ToolSpec{{Name: fmt.Sprintf("t%d_%d", i, k), Description: "别的"}}, timer)
				if in := e.Understand(context.Background(), "倒计时十分钟", Context{Tools: own}); in.Decision() != Act {
					t.Errorf("with %s: %+v", own[0].Name, in)
				}
				if in := e.Understand(context.Background(), "倒计时十分钟", Context{Tools: tools}); in.Candidates[0].Arguments != want.Candidates[0].Arguments {
					t.Errorf("got %+v, want %+v", in, want)
				}
			}
		})
	}
	wg.Wait()
	require.Len(t, e.cache.sets, maxToolsets)
}

func TestNoAmbiguityIsHidden(t *testing.T) {
	t.Parallel()
	twin := *light
	twin.Name, twin.Description = "set_lamp", "控制台灯"
	r := generate(t, &assistant.Request{Messages: []assistant.Message{assistant.User("打开客厅的灯")}, Tools: []*assistant.ToolSpec{light, &twin}})
	require.Equal(t, "您是想打开或关闭一个房间的灯，还是控制台灯？请说得再具体一些。", r.Text())
	require.Empty(t, r.ToolCalls())
}
