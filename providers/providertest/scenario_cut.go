package providertest

import (
	"strings"

	"github.com/zhushou-ai/zhushou/assistant"
)

// cutScenarios are streams that break off: the answer must never pass for a finished one.
func cutScenarios(v *Vendor) []Scenario {
	begin := v.delta(`{"role":"assistant","content":""}`)
	truncated := Want{Text: "你好", Error: failing(assistant.ErrTruncated)}
	text := []string{begin, v.text("你"), v.text("好")}
	half := v.text("啊")
	half = half[:strings.Index(half, "啊")+1] // ends inside a character
	add := func(name string, r Response, w Want) Scenario {
		return Scenario{Name: "cut/" + name, Stream: r, Want: w}
	}
	return []Scenario{
		add("after text", SSE(text...), truncated),
		add("after text, connection closed", SSE(text...).Ending(EndShort), truncated),
		add("after text, body without length", SSE(text...).Ending(EndClose), truncated),
		add("after usage", SSE(append(text, v.usage(stdUsage))...), truncated),
		add("after reasoning", SSE(v.delta(`{"reasoning_content":"想"}`)), Want{Reasoning: "想", Error: failing(assistant.ErrTruncated)}),
		add(`after the finish word "null"`, SSE(append(text, v.finish("null"))...), truncated),
		add("inside an event", SSE(append(text, half)...), truncated),
		add("inside an event, connection closed", SSE(append(text, half)...).Ending(EndShort), truncated),
		add("inside the finish event", SSE(append(text, v.finish("stop")[:60])...), truncated),
		add("before any event", SSE(), Want{Error: failing(assistant.ErrTruncated, assistant.ErrProtocol)}),
		add("before any event, connection closed", SSE().Ending(EndShort), Want{Error: failing(assistant.ErrTruncated, assistant.ErrProtocol, assistant.ErrNetwork)}),
		add("after the first empty delta", SSE(begin), Want{Error: failing(assistant.ErrTruncated)}),
		add("after comments only", SSE(": keep-alive\n\n"), Want{Error: failing(assistant.ErrTruncated, assistant.ErrProtocol)}),
		add("[DONE] and nothing else", SSE(done), Want{Error: failing(assistant.ErrTruncated, assistant.ErrProtocol)}),
		add("connection reset", SSE(text...).Ending(EndReset),
			Want{Text: "你好", Lossy: true, Error: failing(assistant.ErrTruncated, assistant.ErrNetwork)}),
		add("connection reset before any event", SSE().Ending(EndReset),
			Want{Error: failing(assistant.ErrTruncated, assistant.ErrNetwork, assistant.ErrProtocol)}),
	}
}
