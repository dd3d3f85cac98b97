package ondevice

import (
	"context"
	"encoding/json"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/zhushou-ai/zhushou/assistant"
	"github.com/zhushou-ai/zhushou/internal/practice"
)

// suiteTools are the tools that the xSID intents for alarms, reminders and weather stand for.
var suiteTools = map[string]*assistant.ToolSpec{
	"alarm/set_alarm":          {Name: "set_alarm", Description: "设置闹钟", Schema: object(``, `"time":{"type":"string","description":"时间"}`), Examples: []string{"设一个{time}的闹钟", "{time}叫我起床", "闹钟定在{time}"}},
	"alarm/cancel_alarm":       {Name: "cancel_alarm", Description: "取消闹钟", Schema: object(``, `"time":{"type":"string","description":"时间"}`), Examples: []string{"取消{time}的闹钟", "把闹钟关掉", "删除所有闹钟"}},
	"alarm/show_alarms":        {Name: "show_alarms", Description: "查看已经设置的闹钟", Schema: object(``, `"time":{"type":"string","description":"时间"}`), Examples: []string{"查看我的闹钟", "我有哪些闹钟", "{time}有闹钟吗"}},
	"reminder/set_reminder":    {Name: "set_reminder", Description: "添加提醒", Schema: object(``, `"time":{"type":"string","description":"时间"},"text":{"type":"string","description":"事情"}`), Examples: []string{"提醒我{time}{text}", "{time}提醒我{text}", "设一个{time}{text}的提醒"}},
	"reminder/cancel_reminder": {Name: "cancel_reminder", Description: "取消提醒", Schema: object(``, `"time":{"type":"string","description":"时间"},"text":{"type":"string","description":"事情"}`), Examples: []string{"取消{time}的提醒", "删除{text}的提醒", "不用提醒我{text}了"}},
	"reminder/show_reminders":  {Name: "show_reminders", Description: "查看已有的提醒", Schema: object(``, `"time":{"type":"string","description":"时间"}`), Examples: []string{"查看{time}的提醒", "我有哪些提醒", "读一下我的提醒"}},
	"weather/find":             {Name: "weather", Description: "查询天气预报、温度和下雨下雪", Schema: object(``, `"time":{"type":"string","description":"时间"},"place":{"type":"string","description":"地点"}`), Examples: []string{"{time}天气怎么样", "{place}{time}会下雨吗", "{time}{place}多少度", "{time}热不热", "今天需要带伞吗"}, ReadOnly: true},
}

// TestSuiteXSID reports how often the right tool is chosen, with three to five phrases a tool, and
// how often sentences of other intents are acted on.
func TestSuiteXSID(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("long")
	}
	lines := practice.Lines(t, "suites/nlu/xsid-zh/valid.jsonl")
	e := newTestEngine()
	var specs []*assistant.ToolSpec
	for _, intent := range []string{"alarm/set_alarm", "alarm/cancel_alarm", "alarm/show_alarms", "reminder/set_reminder", "reminder/cancel_reminder", "reminder/show_reminders", "weather/find"} {
		specs = append(specs, suiteTools[intent])
	}
	var first, right, confirmed, wrong, known, acted, asked, unknown int
	for lines.Scan() {
		var c struct{ Text, Intent string }
		require.NoError(t, json.Unmarshal(lines.Bytes(), &c))
		in := e.Understand(context.Background(), c.Text, Context{Tools: specs})
		does := in.Decision() == Act || in.Decision() == Ask
		asks := in.Decision() == Confirm || in.Decision() == Choose
		want := suiteTools[c.Intent]
		if want != nil && len(in.Candidates) > 0 && in.Candidates[0].Tool == want {
			first++
		}
		switch {
		case want == nil:
			unknown++
			if asks {
				asked++
				t.Logf("foreign but %v %s: %s", in.Decision(), in.Candidates[0].Tool.Name, c.Text)
			}
			if does {
				acted++
				t.Logf("foreign but %s: %s", in.Candidates[0].Tool.Name, c.Text)
			}
		case asks && in.Candidates[0].Tool == want:
			known++
			confirmed++
		case !does:
			known++
			t.Logf("not understood as %s: %s", want.Name, c.Text)
		default:
			known++
			if in.Candidates[0].Tool == want {
				right++
			} else {
				wrong++
				t.Logf("%s instead of %s: %s", in.Candidates[0].Tool.Name, want.Name, c.Text)
			}
		}
	}
	require.NotZero(t, known)
	t.Logf("of %d commands the right tool is the likeliest for %d; %d are done or lack something, %d are asked about, %d are done wrongly; of %d other sentences %d are acted on and %d asked about", known, first, right, confirmed, wrong, unknown, acted, asked)
	require.GreaterOrEqual(t, float64(first), 0.8*float64(known))
	require.Less(t, float64(wrong), 0.1*float64(known))
	require.Less(t, float64(acted), 0.1*float64(unknown))
}

// TestSuiteCrossWOZ counts how often people who look for restaurants and hotels, which no tool here
// does, are misunderstood.
func TestSuiteCrossWOZ(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("long")
	}
	lines := practice.Lines(t, "suites/nlu/crosswoz/val.jsonl")
	e := newTestEngine()
	n, acted := 0, 0
	for ; lines.Scan(); n++ {
		if n%8 != 0 { // they are much alike
			continue
		}
		var c struct{ Text string }
		require.NoError(t, json.Unmarshal(lines.Bytes(), &c))
		if in := e.Understand(context.Background(), c.Text, Context{Tools: tools}); in.Decision() != Refuse {
			acted++
			t.Logf("%v for %s: %s", in.Decision(), in.Candidates[0].Tool.Name, c.Text)
		}
	}
	require.NoError(t, lines.Err())
	t.Logf("of %d requests %d not refused", (n+7)/8, acted)
	require.Less(t, float64(acted), 0.02*float64(n)/8)
}

// toolCase is a request with the tools of some application, which come without phrases.
type toolCase struct {
	Messages []struct{ Role, Content string }
	Tools    []struct {
		Name, Description string
		Parameters        json.RawMessage
	}
	Missing map[string][]string `json:"gold_missing"`
}

func toolCases(t *testing.T, name string) []toolCase {
	t.Helper()
	var out []toolCase
	lines := practice.Lines(t, "suites/toolcall/acebench-zh/"+name+".jsonl")
	for lines.Scan() {
		var c toolCase
		require.NoError(t, json.Unmarshal(lines.Bytes(), &c))
		out = append(out, c)
	}
	require.NoError(t, lines.Err())
	return out
}

func (c toolCase) understand() Interpretation {
	var specs []*assistant.ToolSpec
	for _, tool := range c.Tools {
		specs = append(specs, &assistant.ToolSpec{Name: tool.Name, Description: tool.Description, Schema: tool.Parameters})
	}
	return New(Config{}).Understand(context.Background(), c.Messages[len(c.Messages)-1].Content, Context{Tools: specs})
}

// TestSuiteMissing reports whether what a request leaves out is named.
func TestSuiteMissing(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("long")
	}
	var tools, whole, exact, named, names int
	cases := toolCases(t, "special_incomplete")
	for _, c := range cases {
		in := c.understand()
		var tool string
		var missing []string
		if len(in.Candidates) > 0 {
			tool, missing = in.Candidates[0].Tool.Name, in.Candidates[0].Missing
		}
		for want, gold := range c.Missing {
			if tool == want {
				tools++
			}
			all := true
			for _, m := range gold {
				names++
				if tool == want && slices.Contains(missing, m) {
					named++
				} else {
					all = false
				}
			}
			if all && len(missing) == len(gold) {
				exact++
			}
			if all {
				whole++
			} else {
				t.Logf("%s: want %s %v, got %s %v", c.Messages[0].Content, want, gold, tool, missing)
			}
		}
	}
	t.Logf("of %d requests the tool of %d is right, and %d of %d missing names are named, in %d requests all of them, in %d exactly these", len(cases), tools, named, names, whole, exact)
	require.GreaterOrEqual(t, float64(named), 0.85*float64(names))
	require.GreaterOrEqual(t, float64(exact), 0.85*float64(len(cases)))
}

// TestSuiteIrrelevant reports how many requests are refused that no tool is for.
func TestSuiteIrrelevant(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("long")
	}
	refused := 0
	cases := toolCases(t, "special_irrelevant")
	for _, c := range cases {
		in := c.understand()
		if in.Decision() == Refuse && (len(in.Candidates) == 0 || in.Candidates[0].Confidence < certain) {
			refused++
		} else {
			t.Logf("%v for %s: %s", in.Decision(), in.Candidates[0].Tool.Name, c.Messages[0].Content)
		}
	}
	t.Logf("of %d requests that no tool is for %d are refused", len(cases), refused)
	require.GreaterOrEqual(t, float64(refused), 0.9*float64(len(cases)))
}
