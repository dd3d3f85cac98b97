package providertest

import (
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/zhushou-ai/zhushou/assistant"
)

// DeepSeek describes DeepSeek: its errors, its rule that reasoning must be sent back with a turn that
// called tools, what only the beta address takes, signs of life from the queue, the usage at the end of
// a stream. A server for it also fills gaps and knows the balance.
func DeepSeek() *Vendor {
	v := OpenAI()
	v.Name, v.Base, v.Model = "deepseek", "", "deepseek-flash"
	v.EmbeddingModel, v.RerankModel, v.ImageModel = "", "", ""
	v.Elsewhere = []string{"/v1/chat/completions", deepSeekBeta + "/chat/completions"}
	v.UsageAtFinish = true
	v.Fields = with(baseFields, "thinking", "reasoning_effort", "presence_penalty", "frequency_penalty",
		"logprobs", "top_logprobs", "user_id")
	v.Parts = []string{"text", "image_url", "file"}
	v.Rules = []Rule{temperatureUpTo(2, true), deepSeekThinking, deepSeekFormat, deepSeekReasoning, deepSeekParts, deepSeekBetaOnly}
	v.Faults = deepSeekFaults()
	v.Rows, v.Scenarios = nil, deepSeekScenarios
	v.BadKey = deepSeekFault(401, "Authentication Fails, your api key is invalid", assistant.ErrAuth)
	v.NoModel = deepSeekFault(400, "Model Not Exist: {model}", assistant.ErrNotFound, assistant.ErrInvalid)
	v.BadRequest = deepSeekFault(400, "{reason}", assistant.ErrInvalid)
	return v
}

// deepSeekFault has the same type and code whatever the reason: only status and text tell.
func deepSeekFault(status int, message string, kinds ...assistant.ErrorKind) Fault {
	return Fault{Status: status, Type: "invalid_request_error", Code: "invalid_request_error", Message: message, Kinds: kinds}
}

func deepSeekFaults() []Fault {
	balance := deepSeekFault(402, "Insufficient Balance", assistant.ErrQuota)
	balance.Type = "unknown_error"
	return []Fault{
		deepSeekFault(400, "Failed to deserialize the JSON body", assistant.ErrInvalid),
		deepSeekFault(400, "The reasoning_content in the thinking mode must be passed back to the API.", assistant.ErrInvalid),
		deepSeekFault(400, "Content Exists Risk", assistant.ErrBlocked),
		deepSeekFault(400, "This model's maximum context length is 1048576 tokens.", assistant.ErrContextLength),
		deepSeekFault(401, "Authentication Fails", assistant.ErrAuth),
		balance,
		deepSeekFault(422, "Invalid parameter value", assistant.ErrInvalid),
		deepSeekFault(429, "Rate limit reached", assistant.ErrRateLimited),
		deepSeekFault(500, "Internal error", assistant.ErrServer),
		deepSeekFault(503, "Server overloaded", assistant.ErrOverloaded),
	}
}

func deepSeekFormat(v *Vendor, c *Chat) *Fault {
	if c.ResponseFormat.Type == "json_schema" {
		return v.refuse("This response_format type is unavailable now")
	}
	return qwenJSONWord(v, c)
}

func deepSeekReasoning(v *Vendor, c *Chat) *Fault {
	if c.Thinking.Type == "disabled" || c.Model == "deepseek-chat" {
		return nil
	}
	missing := func(m ChatMessage) bool { return len(m.ToolCalls) > 0 && m.ReasoningContent == nil }
	if slices.ContainsFunc(c.Messages, missing) {
		return v.refuse("The reasoning_content in the thinking mode must be passed back to the API.")
	}
	return nil
}

const deepSeekBeta = "/beta"

// deepSeekThinking knows the switch and the efforts, aliases included.
func deepSeekThinking(v *Vendor, c *Chat) *Fault {
	if t := c.Thinking.Type; t != "" && t != "enabled" && t != "disabled" {
		return v.refuse("thinking.type %q is neither enabled nor disabled", t)
	}
	efforts := []string{"low", "high", "max", "minimal", "medium", "xhigh", "ultra"}
	if e := string(c.Fields["reasoning_effort"]); e != "" && !slices.Contains(efforts, strings.Trim(e, `"`)) {
		return v.refuse("reasoning_effort %s is unknown", e)
	}
	return nil
}

// deepSeekBetaOnly wants prefixes and strict tools at the beta address.
func deepSeekBetaOnly(v *Vendor, c *Chat) *Fault {
	beta := strings.HasPrefix(c.Path, deepSeekBeta+"/")
	for i, m := range c.Messages {
		switch {
		case !m.Prefix:
		case m.Role != "assistant" || i != len(c.Messages)-1:
			return v.refuse("messages[%d]: prefix is for the last message, of role assistant", i)
		case !beta:
			return v.refuse("messages[%d]: prefix is a beta feature, set the base URL to /beta", i)
		}
	}
	for i, t := range c.Tools {
		if t.Function.Strict && !beta {
			return v.refuse("tools[%d]: strict is a beta feature, set the base URL to /beta", i)
		}
	}
	return nil
}

func deepSeekParts(v *Vendor, c *Chat) *Fault {
	for i, m := range c.Messages {
		if c.Model == "deepseek-v4-pro" && len(m.Content) > 0 && m.Content[0] == '[' && strings.Contains(string(m.Content), `"image_url"`) {
			return v.refuse("messages[%d]: the model does not take images", i)
		}
		if m.Role != "user" && len(m.Content) > 0 && m.Content[0] == '[' {
			return v.refuse("messages[%d]: content of role %s must be a string", i, m.Role)
		}
	}
	return nil
}

func isBalance(s *Server, r *Request) bool {
	return s.vendor.Name == "deepseek" && r.Path == "/user/balance"
}

func checkBalance(_ *Server, r *Request) (Script, error) {
	if r.Method != http.MethodGet {
		return nil, &Fault{Status: http.StatusMethodNotAllowed, Code: "method_not_supported", Message: "use GET"}
	}
	return JSON(200, `{"is_available":true,"balance_infos":[{"currency":"CNY","total_balance":"110.00","granted_balance":"10.00","topped_up_balance":"100.00"}]}`), nil
}

// deepSeekScenarios are the vendor's streams field for field, and what its queue does.
func deepSeekScenarios(v *Vendor) []Scenario {
	const head = `{"id":"chatcmpl-1","object":"chat.completion.chunk","created":1795300000,"model":"deepseek-flash","system_fingerprint":"fp_x","choices":[{"index":0,`
	data := func(choice, usage string) string { return event(head + choice + `}],"usage":` + usage + `}`) }
	const usage = `{"prompt_tokens":180,"completion_tokens":40,"total_tokens":220,"prompt_tokens_details":{"cached_tokens":128},` +
		`"completion_tokens_details":{"reasoning_tokens":12},"prompt_cache_hit_tokens":128,"prompt_cache_miss_tokens":52}`
	const oldUsage = `{"prompt_tokens":180,"completion_tokens":40,"total_tokens":220,"prompt_cache_hit_tokens":128,"prompt_cache_miss_tokens":52}`
	count := &assistant.Usage{Input: 180, Output: 40, Total: 220, CacheRead: assistant.Some(128), Reasoning: assistant.Some(12)}
	oldCount := &assistant.Usage{Input: 180, Output: 40, Total: 220, CacheRead: assistant.Some(128)}
	busy := &WantError{Kinds: []assistant.ErrorKind{assistant.ErrOverloaded}, Code: "insufficient_system_resource"}
	queued := Response{Header: SSE().Header}
	for range 5 {
		queued.Body = append(queued.Body, Piece{Pause: 2 * time.Millisecond, Data: ": keep-alive\n\n"})
	}
	queued.Body = append(queued.Body, Piece{Data: v.text("好") + v.chunk(choice(`{}`, "stop"), usage) + done})
	waited := Response{Header: JSON(200, "").Header}
	for range 5 {
		waited.Body = append(waited.Body, Piece{Pause: 2 * time.Millisecond, Data: "\n"})
	}
	waited.Body = append(waited.Body, Piece{Data: v.Completion(v.Model, message(`{"role":"assistant","content":"好"}`, "stop"), usage)})
	return []Scenario{
		{
			Name:    "deepseek/recorded tool call",
			Request: withTools,
			Stream: SSE(": keep-alive\n\n",
				data(`"delta":{"role":"assistant","content":null,"reasoning_content":""},"logprobs":null,"finish_reason":null`, "null"),
				data(`"delta":{"content":null,"reasoning_content":"需要查询天气。"},"finish_reason":null`, "null"),
				data(`"delta":{"tool_calls":[{"index":0,"id":"call_00_a1","type":"function","function":{"name":"get_weather","arguments":""}}]},"finish_reason":null`, "null"),
				data(`"delta":{"tool_calls":[{"index":0,"function":{"arguments":"{\"city\":\"杭州\"}"}}]},"finish_reason":null`, "null"),
				data(`"delta":{"content":"","reasoning_content":null},"finish_reason":"tool_calls"`, usage), done),
			Want: Want{
				Reasoning: "需要查询天气。",
				Calls:     []assistant.ToolCall{{ID: "call_00_a1", Name: "get_weather", Arguments: `{"city":"杭州"}`}},
				Finish:    finishCalls, Usage: count,
			},
		},
		{
			Name: "deepseek/answer without thinking",
			Stream: SSE(
				data(`"delta":{"role":"assistant","content":""},"finish_reason":null`, "null"),
				data(`"delta":{"content":"你好"},"finish_reason":null`, "null"),
				data(`"delta":{"content":""},"finish_reason":"stop"`, oldUsage), done),
			Want: Want{Text: "你好", Usage: oldCount},
		},
		{Name: "deepseek/queued", Stream: queued, Whole: waited, Want: Want{Text: "好", Usage: count}},
		{
			Name:   "deepseek/queued for nothing",
			Stream: SSE(": keep-alive\n\n", ": keep-alive\n\n"), Whole: JSON(200, "\n\n\n"),
			Want: Want{Error: failing(assistant.ErrTruncated, assistant.ErrProtocol)},
		},
		{
			Name:   "deepseek/capacity gone in mid-stream",
			Stream: SSE(v.text("第一"), v.finish("insufficient_system_resource"), done),
			Want:   Want{Text: "第一", Error: busy},
		},
		{
			Name:   "deepseek/no capacity",
			Stream: SSE(v.finish("insufficient_system_resource"), done),
			Want:   Want{Error: busy},
		},
		{
			Name:   "deepseek/blocked in mid-stream",
			Stream: SSE(v.text("第一"), event(openAIEnvelope(deepSeekFault(0, "Content Exists Risk")))),
			Want:   Want{Text: "第一", Error: failing(assistant.ErrBlocked)},
		},
		{
			Name:   "deepseek/filtered",
			Stream: SSE(v.text("第一"), v.finish("content_filter"), done),
			Want:   Want{Text: "第一", Finish: []assistant.FinishReason{assistant.FinishFiltered}},
		},
		{
			Name:   "deepseek/request id of its own",
			Stream: v.Fail(deepSeekFault(500, "Internal error")).With("X-Deepseek-Request-Id", "ds-1"),
			Want:   Want{Error: &WantError{Kinds: []assistant.ErrorKind{assistant.ErrServer}, Status: 500, RequestID: "ds-1"}},
		},
	}
}
