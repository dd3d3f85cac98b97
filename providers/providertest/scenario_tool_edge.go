package providertest

import (
	"strings"

	"github.com/zhushou-ai/zhushou/assistant"
)

// toolEdgeScenarios are calls that are incomplete, odd, or beside something else.
func toolEdgeScenarios(v *Vendor) []Scenario {
	sse := func(reason string, events ...string) Response {
		return SSE(append(events, v.finish(reason), v.usage(stdUsage), done)...)
	}
	nowWith := func(arguments string) string {
		return `{"index":0,"id":"call_a","type":"function","function":{"name":"now"` + arguments + `}}`
	}
	whole := func(calls, reason string) *Response {
		return v.answer(`{"role":"assistant","content":"","tool_calls":[`+calls+`]}`, reason)
	}
	note := strings.Repeat("记一下《<&>》\"引号\"\n", 4000)
	longArguments := `{"city":` + quote(note) + `}`
	var pieces []string
	for rest := longArguments; rest != ""; {
		n := min(len(rest), 8<<10)
		for n < len(rest) && rest[n]&0xC0 == 0x80 { // not inside a character
			n++
		}
		pieces = append(pieces, v.call(`{"index":0,"function":{"arguments":`+quote(rest[:n])+`}}`))
		rest = rest[n:]
	}
	anonymous := func(index, city string) string {
		return `{"index":` + index + `,"type":"function","function":{"name":"get_weather","arguments":"{\"city\":\"` + city + `\"}"}}`
	}
	made := func(c assistant.ToolCall) assistant.ToolCall { c.ID = ""; return c }

	out := []Scenario{
		{
			Name:   "tools/arguments empty",
			Stream: sse("tool_calls", v.call(nowWith(`,"arguments":""`))),
			Whole:  whole(nowWith(`,"arguments":""`), "tool_calls"),
			Want:   emptyCall,
		},
		{
			Name:   "tools/arguments null",
			Stream: sse("tool_calls", v.call(nowWith(`,"arguments":null`))),
			Whole:  whole(nowWith(`,"arguments":null`), "tool_calls"),
			Want:   emptyCall,
		},
		{
			Name:   "tools/arguments missing",
			Stream: sse("tool_calls", v.call(nowWith(``))),
			Whole:  whole(nowWith(``), "tool_calls"),
			Want:   emptyCall,
		},
		{
			Name:   `tools/arguments the string "null"`,
			Stream: sse("tool_calls", v.call(nowWith(`,"arguments":"null"`))),
			Whole:  whole(nowWith(`,"arguments":"null"`), "tool_calls"),
			Want:   emptyCall,
		},
		{
			Name:   "tools/arguments not JSON are kept",
			Stream: sse("tool_calls", v.call(openA), v.call(`{"index":0,"function":{"arguments":"{\"city\": 杭州,}"}}`)),
			Want: Want{
				Calls:  []assistant.ToolCall{{ID: "call_a", Name: "get_weather", Arguments: `{"city": 杭州,}`}},
				Finish: finishCalls,
			},
		},
		{
			Name:   "tools/arguments long",
			Stream: sse("tool_calls", append([]string{v.call(openA)}, pieces...)...),
			Want: Want{
				Calls:  []assistant.ToolCall{{ID: "call_a", Name: "get_weather", Arguments: longArguments}},
				Finish: finishCalls,
			},
		},
		{
			Name:   "tools/id missing",
			Stream: sse("tool_calls", v.call(anonymous("0", "杭州")), v.call(anonymous("1", "上海"))),
			Whole:  whole(anonymous("0", "杭州")+`,`+anonymous("1", "上海"), "tool_calls"),
			Want:   Want{Calls: []assistant.ToolCall{made(hangzhou), made(shanghai)}, Finish: finishCalls},
		},
		{
			Name:   "tools/finish_reason stop",
			Stream: sse("stop", v.call(wholeA)),
			Whole:  whole(wholeA, "stop"),
			Want:   oneCall,
		},
		{
			Name:   "tools/cut at the token limit",
			Stream: sse("length", v.call(openA), v.call(`{"index":0,"function":{"arguments":"{\"city\":\"杭"}}`)),
			Want:   Want{AnyCalls: true, Finish: finishLength},
		},
		{
			Name:   "tools/text before the call",
			Stream: sse("tool_calls", v.text("我查"), v.text("一下。"), v.call(wholeA)),
			Whole:  v.answer(`{"role":"assistant","content":"我查一下。","tool_calls":[`+wholeA+`]}`, "tool_calls"),
			Want:   Want{Text: "我查一下。", Calls: oneCall.Calls, Finish: finishCalls},
		},
		{
			Name: "tools/reasoning before the call",
			Stream: sse("tool_calls", v.delta(`{"role":"assistant","content":null,"reasoning_content":"要查天气。"}`),
				v.delta(`{"content":null,"reasoning_content":null,"tool_calls":[`+wholeA+`]}`)),
			Whole: v.answer(`{"role":"assistant","content":"","reasoning_content":"要查天气。","tool_calls":[`+wholeA+`]}`, "tool_calls"),
			Want:  Want{Reasoning: "要查天气。", Calls: oneCall.Calls, Finish: finishCalls},
		},
		{
			Name:   "tools/stream cut inside the arguments",
			Stream: SSE(v.call(openA), v.call(`{"index":0,"function":{"arguments":"{\"city\":\"杭"}}`)),
			Want:   Want{Error: failing(assistant.ErrTruncated)}, // and no call, which would run with half its arguments
		},
	}
	for i := range out {
		out[i].Request = withTools
	}
	return out
}
