package providertest

import (
	"fmt"

	"github.com/zhushou-ai/zhushou/assistant"
)

// hunyuanScenarios are blocked answers of TokenHub and of the vendor's older hosts.
func hunyuanScenarios(v *Vendor) []Scenario {
	blocked := Fault{Type: "content_filter_error", Code: "451001", Message: "content was filtered by safety policy", RequestID: "r-3", Kinds: []assistant.ErrorKind{assistant.ErrBlocked}}
	filtered := []assistant.FinishReason{assistant.FinishFiltered}
	count := `{"prompt_tokens":11,"completion_tokens":20,"total_tokens":31}`
	leveled := func(reason string) string {
		return `[{"index":0,"delta":{"content":""},"finish_reason":` + quote(reason) + `,"moderation_level":"1"}]`
	}
	old := JSON(200, v.Completion(v.Model, `[{"index":0,"message":{"role":"assistant","content":"坏话"},"finish_reason":"sensitive"}]`, count))
	return []Scenario{
		{
			Name:   "hunyuan/blocked in mid-stream by an error",
			Stream: SSE(v.text("第一段"), event(tokenHubEnvelope(blocked))),
			Want:   Want{Text: "第一段", Error: &WantError{Kinds: blocked.Kinds, Code: blocked.Code, Message: blocked.Message, RequestID: "r-3"}},
		},
		{
			Name:   "hunyuan/blocked in mid-stream by a finish reason",
			Stream: SSE(v.text("第一段"), v.finish("content_filter"), v.usage(count), done),
			Want:   Want{Text: "第一段", Finish: filtered},
		},
		{
			Name:   "hunyuan/sensitive",
			Stream: SSE(v.text("坏"), v.text("话"), v.finish("sensitive"), v.usage(count), done),
			Whole:  old,
			Want:   Want{Finish: filtered, Retracted: &assistant.Retraction{Reason: "sensitive"}, Usage: &assistant.Usage{Input: 11, Output: 20, Total: 31}},
		},
		{
			Name:   "hunyuan/sensitive, and the chat must end",
			Stream: SSE(v.text("坏话"), v.chunk(leveled("sensitive"), ""), done),
			Want:   Want{Finish: filtered, Retracted: &assistant.Retraction{Reason: "sensitive", DropTurn: true}},
		},
		{
			Name:   "hunyuan/the chat must end, but the text may stay",
			Stream: SSE(v.text("险话"), v.chunk(leveled("stop"), ""), done),
			Want:   Want{Text: "险话", Finish: filtered, Retracted: &assistant.Retraction{Reason: "stop", Replacement: "险话", DropTurn: true}},
		},
	}
}

// tencentScenarios are what the native interface sends: events without a wrapper and without an end
// mark, whole answers in a wrapper.
func tencentScenarios(*Vendor) []Scenario {
	plain := &assistant.Usage{Input: 12, Output: 5, Total: 17}
	frame := func(delta, finish, more string) string {
		return event(`{"Note":"以上内容为AI生成","Choices":[{"Index":0,"Delta":` + delta + `,"FinishReason":` + quote(finish) + more +
			`}],"Created":1795300000,"Id":"` + answerID + `","Usage":{"PromptTokens":12,"CompletionTokens":5,"TotalTokens":17}}`)
	}
	text := func(s string) string { return frame(`{"Role":"assistant","Content":`+quote(s)+`}`, "", "") }
	end := func(reason string) string { return frame(`{"Role":"assistant","Content":""}`, reason, "") }
	wrapped := func(message, finish, more string) Response {
		return JSON(200, `{"Response":{"RequestId":`+quote(DefaultRequestID)+`,"Note":"以上内容为AI生成","Choices":[{"Index":0,"FinishReason":`+quote(finish)+`,"Message":`+message+`}],"Id":"`+answerID+`","Usage":{"PromptTokens":12,"CompletionTokens":5,"TotalTokens":17}`+more+`}}`)
	}
	said := func(s string) string { return `{"Role":"assistant","Content":` + quote(s) + `}` }
	both := func(name string, stream, whole Response, w Want) Scenario {
		return Scenario{Name: "native/" + name, Stream: stream, Whole: whole, Want: w}
	}
	stream := func(name string, s Response, w Want) Scenario {
		return Scenario{Name: "native/" + name, Stream: s, Want: w}
	}
	weather := []assistant.ToolCall{{ID: "call_1", Name: "get_weather", Arguments: `{"city":"杭州"}`}}
	const first = `{"Role":"assistant","Content":"","ToolCalls":[{"Id":"call_1","Type":"function","Index":0,"Function":{"Name":"get_weather","Arguments":"{\"city\":"}}]}`
	const second = `{"Role":"assistant","Content":"","ToolCalls":[{"Id":"call_1","Type":"function","Index":0,"Function":{"Name":"","Arguments":"\"杭州\"}"}}]}`
	const whole = `{"Role":"assistant","Content":"","ToolCalls":[{"Id":"call_1","Type":"function","Index":0,"Function":{"Name":"get_weather","Arguments":"{\"city\":\"杭州\"}"}}]}`
	const found = `,"SearchInfo":{"SearchResults":[{"Index":1,"Title":"示例","Url":"https://example.com/a","Text":"示例网","Icon":""}]}`
	sources := []assistant.Citation{{Index: 1, Title: "示例", URL: "https://example.com/a", Site: "示例网"}}
	filtered := []assistant.FinishReason{assistant.FinishFiltered}
	wrong := func(code int, message string) string {
		return event(fmt.Sprintf(`{"ErrorMsg":{"Msg":%s,"Code":%d},"Id":"%s","RequestId":"r7"}`, quote(message), code, answerID))
	}
	refusal := JSON(200, tencentEnvelope(*tencentFault("LimitExceeded", "too many")))
	half := text("你好啊")
	call := both("tool call", SSE(frame(first, "", ""), frame(second, "", ""), end("tool_calls")), wrapped(whole, "tool_calls", ""),
		Want{Calls: weather, Finish: finishCalls, Usage: plain})
	call.Request = withTools
	return []Scenario{
		both("plain", SSE(text("你"), text("好"), end("stop")), wrapped(said("你好"), "stop", ""), Want{Text: "你好", Usage: plain}),
		both("reasoning first", SSE(frame(`{"Role":"assistant","Content":"","ReasoningContent":"想"}`, "", ""), text("好"), end("stop")),
			wrapped(`{"Role":"assistant","Content":"好","ReasoningContent":"想"}`, "stop", ""), Want{Reasoning: "想", Text: "好", Usage: plain}),
		both("text on the finish event", SSE(text("你"), frame(said("好"), "stop", "")), wrapped(said("你好"), "stop", ""), Want{Text: "你好", Usage: plain}),
		both("with an end mark", SSE(text("你好"), end("stop"), done), wrapped(said("你好"), "stop", ""), Want{Text: "你好", Usage: plain}),
		both("request id", SSE(text("你好"), end("stop")), wrapped(said("你好"), "stop", ""), Want{Text: "你好"}),
		call,
		both("search", SSE(text("晴"), event(`{"Choices":[{"Index":0,"Delta":{"Role":"assistant","Content":""},"FinishReason":"stop"}],"Id":"`+answerID+`"`+found+`}`)),
			wrapped(said("晴"), "stop", found), Want{Text: "晴", Citations: sources}),
		both("sensitive", SSE(text("坏话"), frame(said(""), "sensitive", `,"ModerationLevel":"1"`)), wrapped(said("坏话"), "sensitive", `,"ModerationLevel":"1"`),
			Want{Finish: filtered, Retracted: &assistant.Retraction{Reason: "sensitive", DropTurn: true}, Usage: plain}),
		stream("sensitive, but the chat may go on", SSE(text("坏话"), frame(said(""), "sensitive", `,"ModerationLevel":"0"`)),
			Want{Finish: filtered, Retracted: &assistant.Retraction{Reason: "sensitive"}}),
		stream("error in the stream", SSE(text("你好"), wrong(4000, "内部错误")),
			Want{Text: "你好", Error: &WantError{Kinds: []assistant.ErrorKind{assistant.ErrServer}, Code: "4000", Message: "内部错误", RequestID: "r7"}}),
		stream("time-out in the stream", SSE(wrong(4001, "超时")),
			Want{Error: &WantError{Kinds: []assistant.ErrorKind{assistant.ErrTimeout}, Code: "4001", Message: "超时"}}),
		stream("refused as JSON", refusal, Want{Error: &WantError{Kinds: []assistant.ErrorKind{assistant.ErrRateLimited}, Code: "LimitExceeded", RequestID: DefaultRequestID}}),
		stream("one byte at a time", SSE(text("你"), text("好"), end("stop")).Dripping(1, 0), Want{Text: "你好", Usage: plain}),
		stream("cut after text", SSE(text("你"), text("好")), Want{Text: "你好", Error: failing(assistant.ErrTruncated)}),
		stream("cut after text, connection closed", SSE(text("你"), text("好")).Ending(EndShort), Want{Text: "你好", Error: failing(assistant.ErrTruncated)}),
		stream("cut inside an event", SSE(text("你"), half[:len(half)/2]), Want{Text: "你", Error: failing(assistant.ErrTruncated)}),
		stream("nothing", SSE(), Want{Error: failing(assistant.ErrTruncated, assistant.ErrProtocol)}),
		{Name: "native/status 200 without an answer", Whole: JSON(200, `{"Response":{"RequestId":"r1"}}`), Want: Want{Error: failing(assistant.ErrProtocol, assistant.ErrTruncated)}},
	}
}
