package providertest

import (
	"strings"

	"github.com/zhushou-ai/zhushou/assistant"
)

// withTools is the request of the tool scenarios.
func withTools() *assistant.Request {
	return &assistant.Request{
		Messages: []assistant.Message{assistant.User("杭州和上海的天气?")},
		Tools:    []*assistant.ToolSpec{weatherTool(), clockTool()},
	}
}

// The calls that most tool scenarios end in.
var (
	hangzhou  = assistant.ToolCall{ID: "call_a", Name: "get_weather", Arguments: `{"city":"杭州"}`}
	shanghai  = assistant.ToolCall{ID: "call_b", Name: "get_weather", Arguments: `{"city":"上海"}`}
	askNow    = assistant.ToolCall{ID: "call_a", Name: "now", Arguments: `{}`}
	oneCall   = Want{Calls: []assistant.ToolCall{hangzhou}, Finish: finishCalls}
	twoCalls  = Want{Calls: []assistant.ToolCall{hangzhou, shanghai}, Finish: finishCalls}
	emptyCall = Want{Calls: []assistant.ToolCall{askNow}, Finish: finishCalls}
)

const (
	openA  = `{"index":0,"id":"call_a","type":"function","function":{"name":"get_weather","arguments":""}}`
	openB  = `{"index":1,"id":"call_b","type":"function","function":{"name":"get_weather","arguments":""}}`
	wholeA = `{"index":0,"id":"call_a","type":"function","function":{"name":"get_weather","arguments":"{\"city\":\"杭州\"}"}}`
	wholeB = `{"index":1,"id":"call_b","type":"function","function":{"name":"get_weather","arguments":"{\"city\":\"上海\"}"}}`
)

// toolScenarios send tool calls in all the ways that vendors cut them up.
func toolScenarios(v *Vendor) []Scenario {
	begin := v.delta(`{"role":"assistant","content":null}`)
	end := v.finish("tool_calls")
	sse := func(events ...string) Response {
		return SSE(append(append([]string{begin}, events...), end, v.usage(stdUsage), done)...)
	}
	out := []Scenario{
		{
			Name: "tools/one call in pieces",
			Stream: sse(v.call(openA),
				v.call(`{"index":0,"function":{"arguments":"{\"city\":"}}`),
				v.call(`{"index":0,"function":{"arguments":"\"杭"}}`),
				v.call(`{"index":0,"function":{"arguments":"州\"}"}}`)),
			Whole: v.answer(`{"role":"assistant","content":null,"tool_calls":[`+unindexed(wholeA)+`]}`, "tool_calls"),
			Want:  oneCall,
		},
		{
			Name:   "tools/whole in one delta",
			Stream: sse(v.call(wholeA)),
			Whole:  v.answer(`{"role":"assistant","content":"","tool_calls":[`+wholeA+`]}`, "tool_calls"),
			Want:   oneCall,
		},
		{
			Name: "tools/the id is empty in later pieces",
			Stream: sse(v.call(openA),
				v.call(`{"index":0,"id":"","type":"function","function":{"arguments":"{\"city\":"}}`),
				v.call(`{"index":0,"id":"","type":"function","function":{"arguments":"\"杭州\"}"}}`),
				v.delta(`{"tool_calls":[{"function":{"arguments":""},"index":0,"id":"","type":"function"}]}`)),
			Want: oneCall,
		},
		{
			Name: "tools/id and type repeated",
			Stream: sse(v.call(openA),
				v.call(`{"index":0,"id":"call_a","type":"function","function":{"arguments":"{\"city\":"}}`),
				v.call(`{"index":0,"id":"call_a","type":"function","function":{"arguments":"\"杭州\"}"}}`)),
			Want: oneCall,
		},
		{
			Name: "tools/name repeated",
			Stream: sse(v.call(openA),
				v.call(`{"index":0,"function":{"name":"get_weather","arguments":"{\"city\":"}}`),
				v.call(`{"index":0,"id":"call_a","type":"function","function":{"name":"get_weather","arguments":"\"杭州\"}"}}`)),
			Want: oneCall,
		},
		{
			Name: "tools/name null or empty in later pieces",
			Stream: sse(v.call(openA),
				v.call(`{"index":0,"id":null,"type":null,"function":{"name":null,"arguments":"{\"city\":"}}`),
				v.call(`{"index":0,"function":{"name":"","arguments":"\"杭州\"}"}}`)),
			Want: oneCall,
		},
		{
			Name: "tools/two interleaved",
			Stream: sse(v.call(openA),
				v.call(`{"index":0,"function":{"arguments":"{\"city\":"}}`),
				v.call(wholeB),
				v.call(`{"index":0,"function":{"arguments":"\"杭州\"}"}}`)),
			Whole: v.answer(`{"role":"assistant","content":"","tool_calls":[`+wholeA+`,`+wholeB+`]}`, "tool_calls"),
			Want:  twoCalls,
		},
		{
			Name: "tools/two one after the other",
			Stream: sse(v.call(openA), v.call(`{"index":0,"function":{"arguments":"{\"city\":\"杭州\"}"}}`),
				v.call(openB), v.call(`{"index":1,"function":{"arguments":"{\"city\":\"上海\"}"}}`)),
			Want: twoCalls,
		},
		{
			Name: "tools/two in each delta",
			Stream: sse(v.call(openA+`,`+openB),
				v.call(`{"index":0,"function":{"arguments":"{\"city\":"}},{"index":1,"function":{"arguments":"{\"city\":"}}`),
				v.call(`{"index":1,"function":{"arguments":"\"上海\"}"}},{"index":0,"function":{"arguments":"\"杭州\"}"}}`)),
			Want: twoCalls,
		},
		{
			Name:   "tools/two whole without index",
			Stream: sse(v.call(unindexed(wholeA)), v.call(unindexed(wholeB))),
			Whole:  v.answer(`{"role":"assistant","tool_calls":[`+unindexed(wholeA)+`,`+unindexed(wholeB)+`]}`, "tool_calls"),
			Want:   twoCalls,
		},
		{
			Name: "tools/pieces without index but with ids",
			Stream: sse(v.call(unindexed(openA)),
				v.call(`{"id":"call_a","function":{"arguments":"{\"city\":\"杭州\"}"}}`),
				v.call(unindexed(openB)),
				v.call(`{"id":"call_b","function":{"arguments":"{\"city\":\"上海\"}"}}`)),
			Want: twoCalls,
		},
		{
			Name: "tools/pieces without index and id",
			Stream: sse(v.call(unindexed(openA)),
				v.call(`{"function":{"arguments":"{\"city\":"}}`), v.call(`{"function":{"arguments":"\"杭州\"}"}}`),
				v.call(unindexed(openB)), v.call(`{"function":{"arguments":"{\"city\":\"上海\"}"}}`)),
			Want: twoCalls,
		},
		{
			Name:   "tools/index always 0",
			Stream: sse(v.call(wholeA), v.call(strings.Replace(wholeB, `"index":1`, `"index":0`, 1))),
			Want:   twoCalls,
		},
		{
			Name:   "tools/index begins at 1",
			Stream: sse(v.call(strings.Replace(wholeA, `"index":0`, `"index":1`, 1)), v.call(strings.Replace(wholeB, `"index":1`, `"index":2`, 1))),
			Want:   twoCalls,
		},
		{
			Name:   "tools/extra empty delta at the end",
			Stream: sse(v.call(wholeA), v.call(`{"index":0,"function":{"arguments":""}}`), v.delta(`{"content":""}`), v.delta(`{"tool_calls":[]}`)),
			Want:   oneCall,
		},
		{
			Name:   "tools/finish on the chunk of the call",
			Stream: SSE(begin, v.chunk(choice(`{"tool_calls":[`+wholeA+`]}`, "tool_calls"), ""), v.usage(stdUsage), done),
			Want:   oneCall,
		},
		{
			Name:   "tools/finish word function_call",
			Stream: SSE(begin, v.call(wholeA), v.finish("function_call"), done),
			Whole:  v.answer(`{"role":"assistant","tool_calls":[`+wholeA+`]}`, "function_call"),
			Want:   oneCall,
		},
	}
	for i := range out {
		out[i].Request = withTools
	}
	return out
}

// unindexed removes the index of a call.
func unindexed(call string) string {
	_, rest, _ := strings.Cut(call, ",")
	return "{" + rest
}
