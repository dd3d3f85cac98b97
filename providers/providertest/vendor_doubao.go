package providertest

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/zhushou-ai/zhushou/assistant"
)

// Doubao describes Volcengine Ark: its errors, the encrypted reasoning that it wants back unchanged,
// fields that models refuse because they can think, names that need a date, bots at an address of
// their own with the sources of their search.
func Doubao() *Vendor {
	v := OpenAI()
	v.Name, v.Base, v.Model = "doubao", "/api/v3", "doubao-seed-2-1-pro-260628"
	v.Elsewhere = []string{v.Base + doubaoBots}
	v.EmbeddingModel, v.RerankModel, v.ImageModel = "doubao-embedding-large-text-250515", "", "doubao-seedream-5-0-260128"
	v.Fields = with(baseFields, "max_completion_tokens", "thinking", "reasoning_effort", "frequency_penalty",
		"presence_penalty", "logprobs", "top_logprobs", "logit_bias", "service_tier", "parallel_tool_calls")
	v.Parts = []string{"text", "image_url", "video_url", "input_audio", "file"}
	v.ImageFields = []string{"model", "prompt", "image", "size", "response_format", "seed", "guidance_scale", "watermark", "output_format",
		"sequential_image_generation", "sequential_image_generation_options", "optimize_prompt_options", "tools", "stream"}
	v.SizeWords = []string{"1K", "2K", "3K", "4K"}
	v.Rules = []Rule{doubaoModel, temperatureUpTo(2, true), oneTokenLimit, doubaoThinking, doubaoUnthinking, doubaoSignature}
	v.Envelopes = []Envelope{{"ark", doubaoEnvelope}}
	v.Faults = doubaoFaults()
	v.Rows, v.Scenarios = func(string) int { return 256 }, doubaoScenarios
	v.BadKey = doubaoFault(401, "AuthenticationError", "Unauthorized", "the API key is missing or invalid", assistant.ErrAuth)
	v.NoModel = doubaoFault(404, "InvalidEndpointOrModel.NotFound", "NotFound",
		"The model or endpoint {model} does not exist or you do not have access to it.", assistant.ErrNotFound)
	v.BadRequest = doubaoFault(400, "InvalidParameter", "BadRequest", "{reason}", assistant.ErrInvalid)
	return v
}

func doubaoFault(status int, code, typ, message string, kinds ...assistant.ErrorKind) Fault {
	return Fault{Status: status, Code: code, Type: typ, Message: message, Kinds: kinds}
}

// doubaoEnvelope has the request id at the end of the text.
func doubaoEnvelope(f Fault) string {
	return fmt.Sprintf(`{"error":{"code":%s,"message":%s,"param":"","type":%s}}`,
		quote(f.Code), quote(f.Message+" Request id: "+f.id()), quote(f.Type))
}

func doubaoFaults() []Fault {
	const bad, busy = "BadRequest", "TooManyRequests"
	return []Fault{
		doubaoFault(400, "MissingParameter.messages", bad, "The request is missing messages.", assistant.ErrInvalid),
		doubaoFault(400, "InvalidParameter", bad, "A parameter is not valid.", assistant.ErrInvalid),
		doubaoFault(400, "InvalidParameter.messages", bad, "A parameter is not valid.", assistant.ErrInvalid),
		doubaoFault(400, "InvalidParameter", bad, "Input length 300000 exceeds the maximum length 262144.", assistant.ErrContextLength),
		doubaoFault(400, "InvalidEndpoint.ClosedEndpoint", bad, "The endpoint is closed.", assistant.ErrInvalid, assistant.ErrNotFound),
		doubaoFault(400, "SensitiveContentDetected", bad, "The request failed.", assistant.ErrBlocked),
		doubaoFault(400, "SensitiveContentDetected.Violence", bad, "The request failed.", assistant.ErrBlocked),
		doubaoFault(400, "InputImageSensitiveContentDetected.PrivacyInformation", bad, "The request failed.", assistant.ErrBlocked),
		doubaoFault(400, "InputVideoSensitiveContentDetected.PolicyViolation", bad, "The request failed.", assistant.ErrBlocked),
		doubaoFault(400, "InputAudioSensitiveContentDetected", bad, "The request failed.", assistant.ErrBlocked),
		doubaoFault(400, "OutputImageSensitiveContentDetected", bad, "The request failed.", assistant.ErrBlocked),
		doubaoFault(400, "InputImageRiskDetection", bad, "The request failed. Label: x", assistant.ErrBlocked),
		doubaoFault(400, "OutputTextRiskDetection", bad, "The request failed. Label: x", assistant.ErrBlocked),
		doubaoFault(400, "OutputImageRiskDetection", bad, "The request failed. Label: x", assistant.ErrBlocked),
		doubaoFault(500, "ContentSecurityDetectionError", "InternalServerError", "The content could not be checked.", assistant.ErrServer, assistant.ErrOverloaded),
		doubaoFault(400, "InputTextSensitiveContentDetected", bad, "The request failed because the input text may contain sensitive information.", assistant.ErrBlocked),
		doubaoFault(400, "OutputTextSensitiveContentDetected", bad, "The request failed because the output text may contain sensitive information.", assistant.ErrBlocked),
		doubaoFault(400, "SensitiveContentDetected.SevereViolation", bad, "The request failed.", assistant.ErrBlocked),
		doubaoFault(400, "InputTextRiskDetection", bad, "The request failed. Label: x", assistant.ErrBlocked),
		doubaoFault(401, "AuthenticationError", "Unauthorized", "the API key is missing or invalid", assistant.ErrAuth),
		doubaoFault(403, "AccountOverdueError", "Forbidden", "The account has an overdue balance.", assistant.ErrQuota),
		doubaoFault(403, "OperationDenied.ServiceNotOpen", "Forbidden", "The service is not open.", assistant.ErrPermission),
		doubaoFault(403, "OperationDenied.ServiceOverdue", "Forbidden", "The service is overdue.", assistant.ErrPermission, assistant.ErrQuota),
		doubaoFault(403, "AccessDenied", "Forbidden", "No access.", assistant.ErrPermission),
		doubaoFault(404, "InvalidEndpointOrModel.NotFound", "NotFound", "No such model.", assistant.ErrNotFound),
		doubaoFault(404, "InvalidEndpointOrModel.ModelIDAccessDisabled", "NotFound", "Names of models are not taken.", assistant.ErrPermission, assistant.ErrNotFound),
		doubaoFault(404, "ModelNotOpen", "NotFound", "The model is not activated.", assistant.ErrPermission),
		doubaoFault(429, "ModelAccountRpmRateLimitExceeded", busy, "The model RPM limit was exceeded.", assistant.ErrRateLimited),
		doubaoFault(429, "RateLimitExceeded.EndpointTPMExceeded", busy, "The TPM limit was exceeded.", assistant.ErrRateLimited),
		doubaoFault(429, "RateLimitExceeded.EndpointRPMExceeded", busy, "The RPM limit was exceeded.", assistant.ErrRateLimited),
		doubaoFault(429, "ModelAccountTpmRateLimitExceeded", busy, "The model TPM limit was exceeded.", assistant.ErrRateLimited),
		doubaoFault(429, "ModelAccountIpmRateLimitExceeded", busy, "The model IPM limit was exceeded.", assistant.ErrRateLimited),
		doubaoFault(429, "APIAccountRpmRateLimitExceeded", busy, "The RPM limit of the API was exceeded.", assistant.ErrRateLimited),
		doubaoFault(429, "AccountRateLimitExceeded", busy, "The limit of the account was exceeded.", assistant.ErrRateLimited),
		doubaoFault(429, "InflightBatchsizeExceeded", busy, "Too many at once.", assistant.ErrRateLimited),
		doubaoFault(429, "RequestBurstTooFast", busy, "Too fast.", assistant.ErrRateLimited),
		doubaoFault(429, "ServerOverloaded", busy, "The service is overloaded.", assistant.ErrOverloaded),
		doubaoFault(429, "QuotaExceeded", busy, "The free quota is used up.", assistant.ErrQuota),
		doubaoFault(429, "SetLimitExceeded", busy, "The set limit is reached.", assistant.ErrQuota),
		doubaoFault(500, "InternalServiceError", "InternalServerError", "Internal error.", assistant.ErrServer),
	}
}

// doubaoBlob is the encrypted reasoning that the fake hands out; it takes no other back.
const doubaoBlob = "gAAAB-example"

func doubaoSignature(v *Vendor, c *Chat) *Fault {
	for i, m := range c.Messages {
		if m.EncryptedContent != "" && m.EncryptedContent != doubaoBlob {
			return v.refuse("messages[%d]: Invalid signature in encrypted_content", i)
		}
	}
	return nil
}

const doubaoBots = "/bots/chat/completions"

var dated = regexp.MustCompile(`-\d{6}$|-latest(-version)?$`)

// doubaoModel wants bots at their own address, and the date in the names of the vendor's own models.
func doubaoModel(v *Vendor, c *Chat) *Fault {
	bot := strings.HasPrefix(c.Model, "bot-")
	if bot == strings.HasSuffix(c.Path, doubaoBots) && (!strings.HasPrefix(c.Model, "doubao-") || dated.MatchString(c.Model)) {
		return nil
	}
	f := v.NoModel
	f.Message = strings.ReplaceAll(f.Message, "{model}", c.Model)
	return &f
}

// doubaoThinks reports whether a model can think.
func doubaoThinks(model string) bool { return hasPrefix(model, "doubao-seed-", "deepseek-", "glm-") }

// doubaoThinking knows the words of the switch and of the effort.
func doubaoThinking(v *Vendor, c *Chat) *Fault {
	switch t := c.Thinking.Type; {
	case t == "auto" && doubaoThinks(c.Model) && !strings.HasPrefix(c.Model, "doubao-seed-1-6-flash"):
		return v.refuse("Unsupported thinking type auto")
	case t != "" && t != "auto" && t != "enabled" && t != "disabled":
		return v.refuse("thinking.type %q is none of enabled, disabled and auto", t)
	}
	efforts := []string{"minimal", "low", "medium", "high"}
	if hasPrefix(c.Model, "deepseek-", "glm-") {
		efforts = append(efforts, "max")
	}
	if strings.HasPrefix(c.Model, "glm-") {
		efforts = append(efforts, "none", "xhigh")
	}
	if e := string(c.Fields["reasoning_effort"]); e != "" && !slices.Contains(efforts, strings.Trim(e, `"`)) {
		return v.refuse("reasoning_effort %s is unknown", e)
	}
	return nil
}

// doubaoUnthinking refuses what models that can think do not take, and choices of tools on old models and those of
// other makers.
func doubaoUnthinking(v *Vendor, c *Chat) *Fault {
	for _, field := range []string{"stop", "logprobs", "top_logprobs", "logit_bias"} {
		if _, ok := c.Fields[field]; ok && doubaoThinks(c.Model) {
			return v.refuse("%s is not supported by the model %s", field, c.Model)
		}
	}
	for _, field := range []string{"tool_choice", "parallel_tool_calls"} {
		if _, ok := c.Fields[field]; ok && hasPrefix(c.Model, "doubao-1-", "deepseek-", "glm-") {
			return v.refuse("%s is not supported by the model %s", field, c.Model)
		}
	}
	if n, ok := c.number("max_completion_tokens"); ok && (n < 1 || n > 65536) {
		return v.refuse("max_completion_tokens must be in [1, 65536]")
	}
	return nil
}

// doubaoScenarios are the vendor's streams field for field.
func doubaoScenarios(v *Vendor) []Scenario {
	data := func(choice string) string {
		return event(`{"choices":[` + choice + `],"created":1795300000,"id":"chatcmpl-1","model":"doubao-seed-2-1-pro-260628","service_tier":"default","object":"chat.completion.chunk","usage":null}`)
	}
	usage := event(`{"choices":[],"created":1795300000,"id":"chatcmpl-1","model":"doubao-seed-2-1-pro-260628","object":"chat.completion.chunk","usage":` + stdUsage + `}`)
	end := func(reason string) string {
		return data(`{"delta":{"content":"","role":"assistant"},"index":0,"finish_reason":"` + reason + `"}`)
	}
	say := func(text string) string {
		return data(`{"delta":{"content":` + quote(text) + `,"role":"assistant"},"index":0,"logprobs":null,"finish_reason":null}`)
	}
	blocked := doubaoFault(0, "OutputTextSensitiveContentDetected", "BadRequest", "The request failed because the output text may contain sensitive information.")
	wantBlocked := &WantError{Kinds: []assistant.ErrorKind{assistant.ErrBlocked}, Code: blocked.Code, RequestID: DefaultRequestID}
	filtered := []assistant.FinishReason{assistant.FinishFiltered}
	const reference = `{"url":"https://example.com/a","title":"新闻","site_name":"示例网","summary":"摘要","publish_time":"2026-11-20"}`
	return []Scenario{
		{
			Name: "doubao/encrypted reasoning",
			Stream: SSE(
				v.delta(`{"role":"assistant","content":"","reasoning_content":"先看需求。"}`),
				v.delta(`{"role":"assistant","content":"","reasoning_content":"","encrypted_content":"`+doubaoBlob+`"}`),
				v.delta(`{"role":"assistant","content":"好的"}`),
				v.finish("stop"), v.usage(stdUsage), done,
			),
			Whole: v.answer(`{"role":"assistant","content":"好的","reasoning_content":"先看需求。","encrypted_content":"`+doubaoBlob+`"}`, "stop"),
			Want:  Want{Text: "好的", Reasoning: "先看需求。", Opaque: doubaoBlob, Finish: finishStop, Usage: stdCount()},
		},
		{
			Name:    "doubao/encrypted reasoning and a call",
			Request: withTools,
			Stream: SSE(
				data(`{"index":0,"delta":{"role":"assistant","content":"","reasoning_content":"先看需求。"},"finish_reason":null}`),
				data(`{"index":0,"delta":{"role":"assistant","content":"","reasoning_content":"","encrypted_content":"`+doubaoBlob+`"},"finish_reason":null}`),
				data(`{"index":0,"delta":{"role":"assistant","content":"","tool_calls":[{"index":0,"id":"call_x1","type":"function","function":{"name":"get_weather","arguments":"{\"city\":\"杭州\"}"}}]},"finish_reason":null}`),
				end("tool_calls"), usage, done),
			Want: Want{
				Reasoning: "先看需求。", Opaque: doubaoBlob, Finish: finishCalls, Usage: stdCount(),
				Calls: []assistant.ToolCall{{ID: "call_x1", Name: "get_weather", Arguments: `{"city":"杭州"}`}},
			},
		},
		{Name: "doubao/role on every chunk", Stream: SSE(say("你"), say("好"), end("stop"), usage, done), Want: Want{Text: "你好", Usage: stdCount()}},
		{
			Name:   "doubao/output blocked in mid-stream",
			Stream: SSE(say("第一段"), event(doubaoEnvelope(blocked))),
			Want:   Want{Text: "第一段", Error: wantBlocked},
		},
		{
			Name:   "doubao/output blocked on a bare line",
			Stream: SSE(say("第一段"), doubaoEnvelope(blocked)+"\n"),
			Want:   Want{Text: "第一段", Error: wantBlocked},
		},
		{Name: "doubao/output cut by the filter", Stream: SSE(say("第一段"), end("content_filter"), usage, done), Want: Want{Text: "第一段", Finish: filtered, Usage: stdCount()}},
		{
			Name:   "doubao/guard plan has found something",
			Stream: SSE(say("第一段"), data(`{"delta":{"content":"","role":"assistant"},"index":0,"moderation_hit_type":"violence","finish_reason":"stop"}`), usage, done),
			Whole:  JSON(200, v.Completion(v.Model, `[{"index":0,"message":{"role":"assistant","content":"第一段"},"moderation_hit_type":"severe_violation","finish_reason":"stop"}]`, stdUsage)),
			Want:   Want{Text: "第一段", Finish: filtered, Usage: stdCount()},
		},
		{
			Name:   "doubao/sources of a bot",
			Stream: SSE(event(`{"choices":[],"id":"chatcmpl-1","model":"doubao-seed-2-1-pro-260628","references":[`+reference+`]}`), say("据报道"), end("stop"), usage, done),
			Whole: JSON(200, `{"id":"chatcmpl-1","model":"doubao-seed-2-1-pro-260628","choices":[{"index":0,"message":{"role":"assistant","content":"据报道"},"finish_reason":"stop"}],"usage":`+
				stdUsage+`,"references":[`+reference+`]}`),
			Want: Want{
				Text: "据报道", Usage: stdCount(),
				Citations: []assistant.Citation{{Index: 1, Title: "新闻", URL: "https://example.com/a", Site: "示例网", Snippet: "摘要"}},
			},
		},
	}
}
