package providertest

import "github.com/zhushou-ai/zhushou/assistant"

// dashScopeScenarios are what the native protocol sends.
func dashScopeScenarios(v *Vendor) []Scenario {
	type step = dashScopeStep
	calls := func(id, name, arguments string) []assistant.ToolCall {
		return []assistant.ToolCall{{ID: id, Name: name, Arguments: arguments}}
	}
	weather := []assistant.ToolCall{{ID: "call_e1", Name: "get_weather", Arguments: `{"city": "杭州"}`}}
	const args = `{"city": `
	blocked := Fault{
		Code: "DataInspectionFailed", Message: "Output data may contain inappropriate content.", RequestID: "r9",
		Kinds: []assistant.ErrorKind{assistant.ErrBlocked},
	}
	failure := dashScopeEvent(2, 400, "error", flatEnvelope(blocked))
	wantBlocked := &WantError{Kinds: blocked.Kinds, Code: blocked.Code, Message: blocked.Message, RequestID: "r9"}
	plain := []step{{text: "你"}, {text: "好"}, {finish: "stop"}}
	good := Want{Text: "你好", Usage: stdCount(), RequestID: DefaultRequestID}
	truncated := Want{Text: "你好", Error: failing(assistant.ErrTruncated)}
	text := plain[:2]
	half := dashScopeEvent(3, 200, "result", step{text: "你好啊"}.output(dashScopeSwitches{ResultFormat: "message"}, *stdCount()))
	both := func(name string, steps []step, whole step, w Want) Scenario {
		return Scenario{Name: "native/" + name, Request: withTools, Stream: dashScopeStream{steps: steps}, Whole: dashScopeWhole{step: whole}, Want: w}
	}
	stream := func(name string, s dashScopeStream, w Want) Scenario {
		return Scenario{Name: "native/" + name, Stream: s, Want: w}
	}
	const found = `"search_info":{"search_results":[{"site_name":"示例网","icon":"","index":1,"title":"示例","url":"https://example.com/a"}]}`
	searched := func(text, finish string) string {
		return `{"output":{"choices":[{"message":{"content":` + quote(text) + `,"reasoning_content":"","role":"assistant"},"finish_reason":` + quote(finish) + `}],` + found + `},"usage":` +
			dashScopeUsage(*stdCount()) + `,"request_id":` + quote(DefaultRequestID) + `}`
	}
	search := Scenario{
		Name: "native/search",
		Stream: scriptFunc(func(_ *Vendor, r *Request) Response {
			last := searched("今天晴[1]", "stop")
			if form, _ := switchesOf(r); form.Incremental {
				last = searched("", "stop")
			}
			return SSE(dashScopeEvent(1, 200, "result", searched("今天晴[1]", "null")), dashScopeEvent(2, 200, "result", last))
		}),
		Whole: JSON(200, searched("今天晴[1]", "stop")),
		Want:  Want{Text: "今天晴[1]", Citations: []assistant.Citation{{Index: 1, Title: "示例", URL: "https://example.com/a", Site: "示例网"}}},
	}
	return []Scenario{
		search,
		both("plain", plain, step{text: "你好", finish: "stop"}, good),
		both("text on the finish event", []step{{text: "你"}, {text: "好", finish: "stop"}}, step{text: "你好", finish: "stop"}, good),
		both("the same piece again", []step{{text: "哈"}, {text: "哈"}, {text: "哈哈"}, {finish: "stop"}}, step{text: "哈哈哈哈", finish: "stop"}, Want{Text: "哈哈哈哈"}),
		both("events without anything new", []step{{}, {text: "你"}, {}, {text: "好"}, {}, {finish: "stop"}}, step{text: "你好", finish: "stop"}, good),
		both("reasoning first", []step{{reasoning: "先"}, {reasoning: "想"}, {text: "好"}, {finish: "stop"}},
			step{reasoning: "先想", text: "好", finish: "stop"}, Want{Reasoning: "先想", Text: "好", Usage: stdCount()}),
		both("length", []step{{text: "你"}, {finish: "length"}}, step{text: "你", finish: "length"}, Want{Text: "你", Finish: finishLength}),
		both("tool call", []step{{calls: calls("call_e1", "get_weather", "")}, {calls: calls("", "", args)}, {calls: calls("", "", `"杭州"}`)}, {finish: "tool_calls"}},
			step{calls: weather, finish: "tool_calls"}, Want{Calls: weather, Finish: finishCalls, Usage: stdCount()}),
		both("text, then two tool calls", []step{{text: "查"}, {calls: weather}, {calls: append(calls("", "", ""), assistant.ToolCall{ID: "call_e2", Name: "now", Arguments: "{}"})}, {finish: "tool_calls"}},
			step{text: "查", calls: append(weather, assistant.ToolCall{ID: "call_e2", Name: "now", Arguments: "{}"}), finish: "tool_calls"},
			Want{Text: "查", Calls: append(weather, assistant.ToolCall{ID: "call_e2", Name: "now", Arguments: "{}"}), Finish: finishCalls}),
		stream("one byte at a time", dashScopeStream{steps: plain, drip: 1}, good),
		stream("comments between", dashScopeStream{steps: plain[:0:0], tail: []string{":keep-alive\n\n", ":HTTP_STATUS/200\n\n", dashScopeEvent(1, 200, "result", step{text: "你好", finish: "stop"}.output(dashScopeSwitches{ResultFormat: "message"}, *stdCount()))}}, good),
		stream("event error, first", dashScopeStream{tail: []string{failure}}, Want{Error: wantBlocked}),
		stream("event error, after text", dashScopeStream{steps: text, tail: []string{failure}}, Want{Text: "你好", Error: wantBlocked}),
		stream("event error of unknown shape", dashScopeStream{steps: text, tail: []string{dashScopeEvent(3, 500, "error", `{"what":"failure"}`)}},
			Want{Text: "你好", Error: failing(assistant.ErrServer, assistant.ErrProtocol, assistant.ErrOverloaded)}),
		stream("cut after text", dashScopeStream{steps: text}, truncated),
		stream("cut after text, connection closed", dashScopeStream{steps: text, end: EndShort}, truncated),
		stream("cut inside an event", dashScopeStream{steps: text, tail: []string{half[:len(half)/2]}}, truncated),
		stream("connection reset", dashScopeStream{steps: text, end: EndReset}, Want{Text: "你好", Lossy: true, Error: failing(assistant.ErrTruncated, assistant.ErrNetwork)}),
		stream("nothing", dashScopeStream{}, Want{Error: failing(assistant.ErrTruncated, assistant.ErrProtocol)}),
		{Name: "native/status 200 with an error", Whole: JSON(200, flatEnvelope(blocked)), Want: Want{Error: wantBlocked}},
		{Name: "native/status 200 without an answer", Whole: JSON(200, `{"output":{},"usage":{},"request_id":"r1"}`), Want: Want{Error: failing(assistant.ErrProtocol, assistant.ErrTruncated)}},
	}
}
