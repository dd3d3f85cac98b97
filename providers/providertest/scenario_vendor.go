package providertest

import (
	"fmt"

	"github.com/zhushou-ai/zhushou/assistant"
)

// foreignErrors are plain statuses in the envelopes of all compatible vendors. An adapter for the
// baseline meets any of them behind an unknown address.
func foreignErrors(*Vendor) []Scenario {
	envelopes := []Envelope{
		{"OpenAI", openAIEnvelope},
		{"Qwen", qwenEnvelope},
		{"DashScope", flatEnvelope},
		{"Baidu", func(f Fault) string {
			return fmt.Sprintf(`{"error":{"code":%s,"message":%s,"type":%s},"id":%s}`, quote(f.Code), quote(f.Message), quote(f.Type), quote(f.id()))
		}},
		{"TokenHub", tokenHubEnvelope},
		{"Ark", doubaoEnvelope},
		{"Huawei V2", huaweiEnvelope},
		{"Huawei V1", huaweiV1Envelope},
		{"model server", func(f Fault) string {
			return fmt.Sprintf(`{"object":"error","message":%s,"type":%s,"param":null,"code":%d}`, quote(f.Message), quote(f.Type), f.Status)
		}},
		{"framework", func(f Fault) string { return fmt.Sprintf(`{"detail":%s}`, quote(f.Message)) }},
	}
	faults := []Fault{
		statusFault(400, assistant.ErrInvalid),
		statusFault(401, assistant.ErrAuth),
		statusFault(402, assistant.ErrQuota),
		statusFault(403, assistant.ErrPermission),
		statusFault(404, assistant.ErrNotFound),
		statusFault(429, assistant.ErrRateLimited),
		statusFault(500, assistant.ErrServer),
		statusFault(503, assistant.ErrOverloaded, assistant.ErrServer),
	}
	var out []Scenario
	for _, env := range envelopes {
		for _, f := range faults {
			want := &WantError{Kinds: f.Kinds, Status: f.Status, Message: f.Message}
			switch env.Name {
			case "Qwen", "DashScope", "TokenHub":
				want.RequestID = f.id()
			}
			r := JSON(f.Status, env.Body(f))
			out = append(out, Scenario{Name: fmt.Sprintf("envelope/%s/%d", env.Name, f.Status), Stream: r, Whole: r, Want: Want{Error: want}})
		}
	}
	return out
}

// qwenScenarios are recorded traffic of Qwen, field for field.
func qwenScenarios(v *Vendor) []Scenario {
	tail := `"object":"chat.completion.chunk","usage":null,"created":1795300000,"system_fingerprint":null,"model":` + quote(v.Model) + `,"id":"chatcmpl-1"}`
	data := func(choices string) string { return event(`{"choices":[` + choices + `],` + tail) }
	count := &assistant.Usage{Input: 295, Output: 22, Total: 317, CacheRead: assistant.Some(0), Reasoning: assistant.Some(9)}
	usage := event(`{"choices":[],"object":"chat.completion.chunk","usage":{"prompt_tokens":295,"completion_tokens":22,"total_tokens":317,"completion_tokens_details":{"reasoning_tokens":9},"prompt_tokens_details":{"cached_tokens":0}},"created":1795300000,"system_fingerprint":null,"model":` + quote(v.Model) + `,"id":"chatcmpl-1"}`)
	blocked := Fault{
		Code: "data_inspection_failed", Type: "data_inspection_failed", RequestID: "r9",
		Message: "Output data may contain inappropriate content.", Kinds: []assistant.ErrorKind{assistant.ErrBlocked},
	}
	return []Scenario{
		{
			Name: "qwen/recorded answer",
			Stream: SSE(
				data(`{"delta":{"content":null,"role":"assistant","reasoning_content":""},"index":0,"logprobs":null,"finish_reason":null}`),
				data(`{"delta":{"content":"一只猫","reasoning_content":null},"finish_reason":null,"index":0,"logprobs":null}`),
				data(`{"finish_reason":"stop","delta":{"content":""},"index":0,"logprobs":null}`),
				usage, done),
			Want: Want{Text: "一只猫", Usage: count},
		},
		{
			Name:    "qwen/recorded tool call",
			Request: withTools,
			Stream: SSE(
				data(`{"delta":{"content":null,"tool_calls":[{"index":0,"id":"call_e1","type":"function","function":{"name":"get_weather","arguments":""}}],"role":"assistant"},"finish_reason":null,"index":0}`),
				data(`{"delta":{"content":null,"tool_calls":[{"index":0,"id":"","type":"function","function":{"arguments":"{\"city\": \"杭州\"}"}}]},"finish_reason":null,"index":0}`),
				data(`{"delta":{"tool_calls":[{"function":{"arguments":""},"index":0,"id":"","type":"function"}]},"index":0}`),
				data(`{"finish_reason":"tool_calls","delta":{},"index":0}`),
				usage, done),
			Want: Want{
				Calls:  []assistant.ToolCall{{ID: "call_e1", Name: "get_weather", Arguments: `{"city": "杭州"}`}},
				Finish: finishCalls, Usage: count,
			},
		},
		{
			Name:   "qwen/output blocked in mid-stream",
			Stream: SSE(data(`{"index":0,"delta":{"content":"第一段"},"finish_reason":null}`), event(qwenEnvelope(blocked))),
			Want: Want{Text: "第一段", Error: &WantError{
				Kinds: blocked.Kinds, Code: blocked.Code, Message: blocked.Message, RequestID: "r9",
			}},
		},
	}
}
