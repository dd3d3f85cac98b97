package eval

import (
	"encoding/json"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/zhushou-ai/zhushou/assistant"
	"github.com/zhushou-ai/zhushou/assistant/guard/profile"
)

// sample is a report with everything in it.
func sample(t testing.TB) *Report {
	t.Helper()
	p, err := profile.Open("gbt-45654-2025")
	require.NoError(t, err)
	content, refuse := synthetic(p, GeneratedContent, 70, "A"), synthetic(p, ShouldRefuse, 30, "A.1", "A.2")
	var marks []Mark
	marks = append(marks, marked(content, 1000, "human", 940, Pass, Fail)...)
	marks = append(marks, marked(content, 1000, "keyword", 905, Pass, Fail)...)
	marks = append(marks, marked(content, 1000, "classifier", 880, Pass, Fail)...)
	marks = append(marks, marked(refuse, 300, "refusal", 290, Refused, Safe)...)
	a := Assess(p, []Bank{content, refuse}, marks, today)
	var answers []Answer
	var judged []Mark
	for m, right := range []int{92, 81, 64} {
		for i := range 100 {
			answer := Answer{Case: Case{ID: fmt.Sprint(i)}, Model: []string{"qwen/qwen-plus", "deepseek/chat", "<b>本地</b>"}[m], First: time.Duration(200+i) * time.Millisecond, Took: time.Duration(900+10*i) * time.Millisecond, Usage: assistant.Usage{Input: 30, Output: 80}}
			answers = append(answers, answer)
			o := Fail
			if i < right {
				o = Pass
			}
			judged = append(judged, Mark{Answer: answer, Judge: "holds", Outcome: o})
		}
	}
	var decisions []Decision
	for i := range 200 {
		decisions = append(decisions, Decision{Confidence: float64(200-i) / 200, Right: i < 120 || i%5 != 0})
	}
	return &Report{
		Title: "评测报告", Time: today, Assessment: &a, Accords: []Accord{Agreement(marks, "human", "keyword")},
		Models: Compare(answers, judged, "holds"), Cascade: Cascade(decisions),
	}
}

func TestReports(t *testing.T) {
	t.Parallel()
	r := sample(t)
	var md, page strings.Builder
	require.NoError(t, WriteMarkdown(&md, r))
	require.NoError(t, WriteHTML(&page, r))
	for _, want := range []string{"不达标", "940", "290", "qwen/qwen-plus", "92/100 = 92.0%", "McNemar", "端云分流", "题库覆盖"} {
		require.Contains(t, md.String(), want)
		require.Contains(t, page.String(), want)
	}
	require.NotContains(t, page.String(), "<b>本地</b>", "what comes from outside is escaped")
	require.NotContains(t, page.String(), "<script")
	require.NotContains(t, page.String(), "http://")
	if path := os.Getenv("ZHUSHOU_EVAL_PAGE"); path != "" { // to look at it
		require.NoError(t, os.WriteFile(path, []byte(page.String()), 0o600))
	}
	b, err := json.Marshal(r)
	require.NoError(t, err)
	var back Report
	require.NoError(t, json.Unmarshal(b, &back))
	require.Equal(t, r.Models, back.Models)
}

func TestRegressed(t *testing.T) {
	t.Parallel()
	summary := func(passed int, took time.Duration) Summary {
		s := Summary{Outcomes: map[string]bool{}, Took: Times{took, took}, Output: 1000}
		for i := range 100 {
			s.Outcomes[fmt.Sprint(i)] = i < passed
		}
		return s
	}
	base := summary(90, time.Second)
	require.Empty(t, Regressed(base, summary(90, time.Second), Limits{}))
	require.Empty(t, Regressed(base, summary(87, time.Second), Limits{}), "three cases may be luck")
	require.Len(t, Regressed(base, summary(80, time.Second), Limits{}), 1)
	require.Empty(t, Regressed(base, summary(99, time.Second), Limits{}), "better is no loss")
	require.Len(t, Regressed(base, summary(90, 3*time.Second), Limits{Slower: 2}), 2)
	require.Empty(t, Regressed(base, summary(90, 3*time.Second), Limits{}))
	less := summary(90, time.Second)
	delete(less.Outcomes, "3")
	less.Failed, less.Output = 1, 3000
	require.Len(t, Regressed(base, less, Limits{Dearer: 2}), 3)
}

func TestDiffer(t *testing.T) {
	t.Parallel()
	require.InDelta(t, 1, mcnemar(0, 0), 0)
	require.InDelta(t, 0.0625, mcnemar(0, 5), 1e-12)
	require.InDelta(t, 2*(1+10)/1024.0, mcnemar(1, 9), 1e-12)
	require.InDelta(t, 1, mcnemar(5, 5), 1e-9)
}

func TestCascade(t *testing.T) {
	t.Parallel()
	points := Cascade([]Decision{{0.9, true}, {0.5, false}, {0.8, true}, {0.8, false}, {0.3, true}})
	require.Equal(t, []Point{{0.9, 0.2, Rate{1, 1}}, {0.8, 0.6, Rate{2, 3}}, {0.5, 0.8, Rate{2, 4}}, {0.3, 1, Rate{3, 5}}}, points)
	p, ok := Threshold(points, 0.6)
	require.True(t, ok)
	require.InDelta(t, 0.3, p.Threshold, 0, "the lowest that does")
	_, ok = Threshold(points[1:], 0.99)
	require.False(t, ok)
}

func TestTransforms(t *testing.T) {
	t.Parallel()
	cases := Transformed([]Case{{ID: "1", Text: "咕噜 ab号码", Tags: []string{"x"}}}, Transforms()...)
	got := map[string]string{}
	for _, c := range cases {
		require.Equal(t, "x", c.Tags[0])
		got[c.Tags[1]] = c.Text
	}
	require.Equal(t, "咕嚕 ab號碼", got["traditional"])
	require.Equal(t, "咕噜　ａｂ号码", got["full width"])
	require.Equal(t, "咕*噜 ab号*码", got["separators"])
	require.Equal(t, "gū lu ab hào mǎ", got["pinyin"])
	require.Contains(t, got["backwards"], "码号ba 噜咕")
	require.Contains(t, got["in a story"], "咕噜")
}

func TestEvidence(t *testing.T) {
	t.Parallel()
	p, err := profile.Open("gbt-45654-2025")
	require.NoError(t, err)
	e := &Evidence{
		Profile: p, Time: today, Words: []string{"A.1.a", "A.1.a", "A.2.b"}, WordsChanged: today, Banks: []Bank{synthetic(p, ShouldRefuse, 30, "A.1", "A.2")},
		Report: sample(t), Labels: []LabelSample{{"PNG", "AI生成", `{"Label":"1"}`}}, Changes: []Change{{today, "联系人电话13812345678"}},
	}
	var b strings.Builder
	require.ErrorContains(t, WriteEvidence(&b, e), "App, Model, Vendor, Filing or Registration, Algorithm")
	e.Disclosure = Disclosure{App: "示例", Model: "qwen-plus", Vendor: "阿里云", Registration: "登记1号", Algorithm: "算备1号"}
	require.NoError(t, WriteEvidence(&b, e))
	for _, want := range []string{"示例　模型：阿里云 qwen-plus　登记号：登记1号　算法备案号：算备1号", "| A.1.a", "| 合计 | 3 |", "应拒答", "138****5678"} {
		require.Contains(t, b.String(), want)
	}
	require.NotContains(t, b.String(), "13812345678")
}
