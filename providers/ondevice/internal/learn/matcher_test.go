package learn_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/zhushou-ai/zhushou/internal/practice"
	"github.com/zhushou-ai/zhushou/providers/ondevice/internal/learn"
	"github.com/zhushou-ai/zhushou/providers/ondevice/internal/learn/calibrate"
)

func TestMatcher(t *testing.T) {
	t.Parallel()
	m := learn.NewMatcher([]learn.Tool{
		{About: []string{"查询某个城市的天气预报", "城市名称", "日期"}},
		{About: []string{"预订酒店房间", "入住日期", "离店日期", "房型：大床房，双床房"}},
		{About: []string{"计算贷款每月的还款额", "贷款金额", "年利率"}},
		{},
	})
	for text, want := range map[string]int{
		"上海明天会下雨吗":      0,
		"帮我订一间大床房":      1,
		"我贷款五十万每个月要还多少": 2,
	} {
		s := m.Scores([]rune(text))
		require.Len(t, s, 4)
		for i := range s {
			require.True(t, s[i] >= 0 && s[i] <= 1)
			if i != want {
				require.Greater(t, s[want], s[i], text)
			}
		}
	}
	require.Equal(t, make([]float64, 4), m.Scores(nil))
	require.Empty(t, learn.NewMatcher(nil).Scores([]rune("你好")))
}

// about returns the descriptions in a tool as the practice cases have it.
func about(name, description string, parameters any) []string {
	out := []string{description + " " + strings.ReplaceAll(name, "_", " ")}
	var walk func(x any)
	walk = func(x any) {
		switch x := x.(type) {
		case map[string]any:
			if d, ok := x["description"].(string); ok {
				out = append(out, d)
			}
			if e, ok := x["enum"].([]any); ok {
				for _, v := range e {
					if s, ok := v.(string); ok {
						out = append(out, s)
					}
				}
			}
			for _, v := range x {
				walk(v)
			}
		case []any:
			for _, v := range x {
				walk(v)
			}
		}
	}
	walk(parameters)
	return out
}

// TestPracticeDescriptions chooses tools by their descriptions.
func TestPracticeDescriptions(t *testing.T) {
	// Of sentences with several calls only the first one counts here.
	floors := map[string]float64{"normal_single_turn_single_function": 0.98, "normal_single_turn_parallel_function": 0.75, "normal_similar_api": 0.8, "normal_preference": 0.9}
	var outcomes []calibrate.Outcome
	for _, name := range []string{"normal_single_turn_single_function", "normal_single_turn_parallel_function", "normal_similar_api", "normal_preference", "special_incomplete", "special_irrelevant"} {
		lines := practice.Lines(t, "suites/toolcall/acebench-zh/"+name+".jsonl")
		several, right := 0, 0
		for lines.Scan() {
			var c struct {
				Messages []struct{ Role, Content string }
				Tools    []struct {
					Name, Description string
					Parameters        any
				}
				Gold []struct{ Name string }
			}
			require.NoError(t, json.Unmarshal(lines.Bytes(), &c))
			var tools []learn.Tool
			for _, x := range c.Tools {
				tools = append(tools, learn.Tool{About: about(x.Name, x.Description, x.Parameters)})
			}
			said := ""
			for _, m := range c.Messages {
				if m.Role == "user" {
					said += m.Content + "\n"
				}
			}
			best, top := 0, 0.0
			for i, s := range learn.NewMatcher(tools).Scores([]rune(said)) {
				if s > top {
					best, top = i, s
				}
			}
			switch name {
			case "special_irrelevant":
				outcomes = append(outcomes, calibrate.Outcome{Probability: top})
			case "special_incomplete": // which says no tool
				outcomes = append(outcomes, calibrate.Outcome{Probability: top, Right: true})
			default:
				outcomes = append(outcomes, calibrate.Outcome{Probability: top, Right: true})
				if len(c.Tools) > 1 {
					several++
					if c.Tools[best].Name == c.Gold[0].Name {
						right++
					}
				}
			}
		}
		if several > 0 {
			t.Logf("%s: %d of %d right where there are several", name, right, several)
			require.GreaterOrEqual(t, float64(right), floors[name]*float64(several))
		}
	}
	t.Logf("relevant against irrelevant: AUROC %.3f", calibrate.Ranking(outcomes))
	require.Greater(t, calibrate.Ranking(outcomes), 0.96)
}
