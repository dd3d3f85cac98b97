package providertest

import (
	"fmt"
	"strings"

	"github.com/zhushou-ai/zhushou/assistant"
)

// Huawei describes Huawei Cloud's MaaS: its errors in the envelopes of two protocols, its refusal of
// fields that it does not know, what only some models or only the first protocol takes. Nobody knows
// how it ends a stream whose output it blocks, so it does so in three ways. A server for it also takes
// signed requests to the vendor's moderation of texts.
func Huawei() *Vendor {
	v := OpenAI()
	v.Name, v.Base, v.Model = "pangu", "/openai/v1", "openpangu-2.0-flash"
	v.Elsewhere = []string{huaweiV1, "/v2/chat/completions", "/v1/embeddings"}
	v.EmbeddingModel, v.RerankModel, v.ImageModel = "bge-m3", "bge-reranker-v2-m3", "qwen-image"
	v.Fields = with(baseFields, "thinking", "chat_template_kwargs", "presence_penalty", "frequency_penalty", "n", "top_k")
	v.ImageFields = []string{"model", "prompt", "image", "size", "response_format", "seed", "watermark"}
	v.Parts = []string{"text", "image_url"}
	v.RefuseUnknown = true
	v.Rules = []Rule{temperatureUpTo(2, true), huaweiThinking, huaweiPrefix, huaweiReplay, huaweiParts}
	v.Envelopes = []Envelope{{"v2", huaweiEnvelope}, {"v1", huaweiV1Envelope}}
	v.Faults = huaweiFaults()
	v.Rows, v.Scenarios = func(string) int { return 0 }, huaweiScenarios // the limit is 8K tokens, not a number of texts
	v.EmbeddingRunes, v.Dimensions = 8192, 1024
	v.BadKey = fault(401, "ModelArts.81003", "Invalid authorization header.", assistant.ErrAuth)
	v.NoModel = fault(404, "ModelArts.81009", "Invalid model {model}.", assistant.ErrNotFound)
	v.BadRequest = fault(400, "ModelArts.81001", "{reason}", assistant.ErrInvalid)
	return v
}

func huaweiEnvelope(f Fault) string {
	return fmt.Sprintf(`{"error":{"code":%s,"message":%s,"param":null,"type":"Error"},"error_code":%s,"error_msg":%s,"span_id":%s}`,
		quote(f.Code), quote(f.Message), quote(f.Code), quote(f.Message), quote(f.id()))
}

func huaweiV1Envelope(f Fault) string {
	return fmt.Sprintf(`{"error_code":%s,"error_msg":%s,"request_id":%s}`, quote(f.Code), quote(f.Message), quote(f.id()))
}

func huaweiFaults() []Fault {
	blocked := fault(403, "ModelArts.81011", "Input text May contain sensitive information, please try again.", assistant.ErrBlocked)
	blocked.DropTurn = true
	output := blocked
	output.Message = "Output text May contain sensitive information, please try again."
	return []Fault{
		fault(400, "ModelArts.81001", "Invalid request body.", assistant.ErrInvalid),
		fault(400, "ModelArts.81001", "This model's maximum context length is 524288 tokens.", assistant.ErrContextLength),
		fault(400, "ModelArts.81001", "The maximum input length is 8192 tokens.", assistant.ErrContextLength),
		fault(400, "ModelArts.81002", "Missing authorization header.", assistant.ErrAuth),
		fault(400, "ModelArts.81013", "The language is not supported.", assistant.ErrInvalid),
		fault(400, "ModelArts.81118", "The shape of the image is not supported.", assistant.ErrInvalid),
		fault(401, "ModelArts.81003", "Invalid authorization header.", assistant.ErrAuth),
		fault(401, "ModelArts.81015", "Not on the list.", assistant.ErrPermission),
		fault(403, "ModelArts.81004", "No permission.", assistant.ErrPermission),
		fault(403, "ModelArts.81005", "The free quota is used up.", assistant.ErrQuota),
		fault(403, "ModelArts.81014", "The free service has expired.", assistant.ErrQuota),
		fault(403, "ModelArts.81006", "The resource is frozen.", assistant.ErrQuota),
		fault(403, "ModelArts.81019", "There is no token plan.", assistant.ErrQuota),
		fault(403, "ModelArts.81021", "The token plan is frozen.", assistant.ErrQuota),
		fault(403, "ModelArts.81022", "The token plan is used up.", assistant.ErrQuota),
		fault(403, "ModelArts.81023", "The token plan is blocked.", assistant.ErrQuota),
		fault(403, "ModelArts.81109", "The task belongs to somebody else.", assistant.ErrPermission),
		blocked, output,
		fault(404, "ModelArts.81009", "Invalid model.", assistant.ErrNotFound),
		fault(404, "ModelArts.81108", "No such task.", assistant.ErrNotFound),
		fault(404, "APIG.0101", "The API does not exist.", assistant.ErrNotFound),
		fault(429, "ModelArts.81101", "Too many requests, exceeded rate limit.", assistant.ErrRateLimited),
		fault(429, "ModelArts.81103", "Too many tokens, exceeded rate limit.", assistant.ErrRateLimited),
		fault(429, "APIG.0308", "The throttling threshold has been reached.", assistant.ErrRateLimited),
		fault(504, "APIG.0203", "Backend timeout.", assistant.ErrTimeout, assistant.ErrServer),
		fault(500, "ModelArts.81100", "Internal error.", assistant.ErrServer),
	}
}

// huaweiThinking knows which model has which switch, and which cannot think and call tools at once.
func huaweiThinking(v *Vendor, c *Chat) *Fault {
	model := strings.ToLower(c.Model)
	template := strings.HasPrefix(model, "qwen3-") && !strings.HasPrefix(model, "qwen3-coder")
	typed := hasPrefix(model, "openpangu-", "deepseek-v4", "deepseek-v3.", "glm-", "kimi-k2.")
	known := template || typed || hasPrefix(model, "qwen", "deepseek", "kimi")
	if _, ok := c.Fields["thinking"]; ok && known && !typed {
		return v.refuse("thinking: extra fields not permitted")
	}
	if _, ok := c.Fields["chat_template_kwargs"]; ok && known && !template {
		return v.refuse("chat_template_kwargs: extra fields not permitted")
	}
	switch t := c.Thinking.Type; {
	case t != "" && t != "enabled" && t != "disabled":
		return v.refuse("thinking.type %q is neither enabled nor disabled", t)
	case len(c.Tools) > 0 && strings.HasPrefix(model, "deepseek-v3.") && t != "disabled":
		return v.refuse("the model does not think and call tools at once")
	}
	return nil
}

const huaweiV1 = "/v1/chat/completions"

// huaweiPrefix wants prefixes in the first protocol, and no thinking beside them.
func huaweiPrefix(v *Vendor, c *Chat) *Fault {
	for i, m := range c.Messages {
		switch {
		case !m.Prefix:
		case c.Path != huaweiV1:
			return v.refuse("messages[%d].prefix: extra fields not permitted", i)
		case m.Role != "assistant" || i != len(c.Messages)-1:
			return v.refuse("messages[%d]: prefix is for the last message, of role assistant", i)
		case strings.HasPrefix(c.Model, "openpangu-") && c.Thinking.Type != "disabled":
			return v.refuse("messages[%d]: prefix does not go with thinking", i)
		}
	}
	return nil
}

// huaweiReplay wants back what a hosted DeepSeek V4 thought before a call.
func huaweiReplay(v *Vendor, c *Chat) *Fault {
	if !strings.HasPrefix(c.Model, "deepseek-v4") {
		return nil
	}
	return deepSeekReasoning(v, c)
}

// huaweiParts keeps pictures from models that read text only.
func huaweiParts(v *Vendor, c *Chat) *Fault {
	if !hasPrefix(strings.ToLower(c.Model), "openpangu-", "deepseek-", "glm-", "kimi-", "qwen3-") {
		return nil
	}
	for i, m := range c.Messages {
		if strings.Contains(string(m.Content), `"type":"image_url"`) {
			return v.refuse("messages[%d]: the model does not take images", i)
		}
	}
	return nil
}

// huaweiScenarios are the vendor's answers field for field, errors of its servers and gateway, and the
// ways in which it may end a stream whose output it blocks.
func huaweiScenarios(v *Vendor) []Scenario {
	data := func(delta, finish string) string {
		return event(`{"id":"chatcmpl-1","object":"chat.completion.chunk","created":1795300000,"model":"openpangu-2.0-flash","choices":[{"index":0,"delta":` +
			delta + `,"logprobs":null,"finish_reason":` + quoteOrNull(finish) + `,"stop_reason":null}]}`)
	}
	usage := event(`{"id":"chatcmpl-1","object":"chat.completion.chunk","created":1795300000,"model":"openpangu-2.0-flash","choices":[],` +
		`"usage":{"prompt_tokens":19,"completion_tokens":9,"total_tokens":28,"prompt_tokens_details":null}}`)
	count := &assistant.Usage{Input: 19, Output: 9, Total: 28}
	blocked := fault(0, "ModelArts.81011", "Output text May contain sensitive information, please try again.")
	poisoned := &WantError{Kinds: []assistant.ErrorKind{assistant.ErrBlocked}, Code: blocked.Code, DropTurn: true}
	plain := func(name string, r Response, want *WantError) Scenario {
		return Scenario{Name: "pangu/" + name, Stream: r, Whole: r, Want: Want{Error: want}}
	}
	server := func(status int, message string) Response {
		return JSON(status, fmt.Sprintf(`{"object":"error","message":%s,"type":"BadRequestError","param":null,"code":%d}`, quote(message), status))
	}
	return []Scenario{
		{
			Name:   "pangu/recorded answer",
			Stream: SSE(data(`{"role":"assistant","content":""}`, ""), data(`{"content":"贵阳是贵州省省会。"}`, ""), data(`{"content":""}`, "stop"), usage, done),
			Whole: JSON(200, `{"id":"chatcmpl-1","object":"chat.completion","created":1795300000,"model":"openpangu-2.0-flash","choices":[{"index":0,"message":{"role":"assistant",`+
				`"content":"贵阳是贵州省省会。","reasoning_content":null,"tool_calls":[]},"logprobs":null,"finish_reason":"stop","stop_reason":null}],`+
				`"usage":{"prompt_tokens":19,"completion_tokens":9,"total_tokens":28},"prompt_logprobs":null,"prompt_token_ids":null}`),
			Want: Want{Text: "贵阳是贵州省省会。", Usage: count},
		},
		{
			Name:   "pangu/recorded thinking",
			Stream: SSE(data(`{"role":"assistant","content":""}`, ""), data(`{"reasoning_content":"2 加 2"}`, ""), data(`{"reasoning_content":"等于 4。"}`, ""), data(`{"content":"4"}`, ""), data(`{"content":""}`, "stop"), usage, done),
			Want:   Want{Reasoning: "2 加 2等于 4。", Text: "4", Usage: count},
		},
		{Name: "pangu/blocked by an error", Stream: SSE(data(`{"content":"第一"}`, ""), event(huaweiEnvelope(blocked))), Want: Want{Text: "第一", Error: poisoned}},
		{Name: "pangu/blocked by a flat error", Stream: SSE(data(`{"content":"第一"}`, ""), huaweiV1Envelope(blocked)+"\n"), Want: Want{Text: "第一", Error: poisoned}},
		{Name: "pangu/blocked by silence", Stream: SSE(data(`{"content":"第一"}`, "")), Want: Want{Text: "第一", Error: failing(assistant.ErrTruncated)}},
		{
			Name: "pangu/blocked by a finish reason", Stream: SSE(data(`{"content":"第一"}`, ""), data(`{}`, "content_filter"), done),
			Want: Want{Text: "第一", Finish: []assistant.FinishReason{assistant.FinishFiltered}},
		},
		plain("model server, too long", server(400, "This model's maximum context length is 524288 tokens."),
			&WantError{Kinds: []assistant.ErrorKind{assistant.ErrContextLength}, Status: 400, Code: "400"}),
		plain("model server, unknown field", server(400, "extra fields not permitted"), &WantError{Kinds: []assistant.ErrorKind{assistant.ErrInvalid}, Status: 400}),
		plain("model server, blocked", server(403, blocked.Message), &WantError{Kinds: []assistant.ErrorKind{assistant.ErrBlocked}, Status: 403, DropTurn: true}),
		plain("router", JSON(405, `{"detail":"Method Not Allowed"}`), &WantError{Kinds: []assistant.ErrorKind{assistant.ErrInvalid}, Status: 405, Message: "Method Not Allowed"}),
		plain("older platform", JSON(400, `{"error_code":"PANGU.3315","error_msg":"bad"}`), &WantError{Kinds: []assistant.ErrorKind{assistant.ErrInvalid}, Status: 400, Code: "PANGU.3315"}),
	}
}
