package providertest

import (
	"bytes"
	"fmt"
	"slices"
	"strings"

	"github.com/zhushou-ai/zhushou/assistant"
)

// Qwen describes Alibaba's Model Studio (DashScope) behind its compatible endpoint.
func Qwen() *Vendor {
	return &Vendor{
		Name:  "qwen",
		Base:  "/compatible-mode/v1",
		Model: "qwen-plus",

		EmbeddingModel: "text-embedding-v4",
		RerankModel:    "qwen3-rerank",
		ImageModel:     "qwen-image-2.0",

		Fields: with(baseFields, "max_completion_tokens", "n", "seed", "presence_penalty", "repetition_penalty", "top_k",
			"parallel_tool_calls", "enable_thinking", "thinking_budget", "reasoning_effort", "preserve_thinking",
			"logprobs", "top_logprobs", "enable_search", "search_options", "enable_code_interpreter", "modalities", "audio",
			"asr_options", "translation_options", "vl_high_resolution_images", "max_input_tokens"),
		Parts: []string{"text", "image_url", "video_url", "video", "input_audio"},
		Rules: []Rule{
			temperatureUpTo(2, false), oneTokenLimit, qwenRanges, qwenThinking, qwenStreamOnly, qwenForcedTool, qwenJSONWord, qwenRoles, qwenSight,
		},
		Envelopes: []Envelope{{"compatible", qwenEnvelope}, {"flat", flatEnvelope}},
		BadKey: Fault{
			Status: 401, Code: "invalid_api_key", Type: "invalid_request_error",
			Message: "Incorrect API key provided. ", Kinds: []assistant.ErrorKind{assistant.ErrAuth},
		},
		NoModel: Fault{
			Status: 404, Code: "model_not_found", Type: "invalid_request_error",
			Message: "The model {model} does not exist or you do not have access to it.",
			Kinds:   []assistant.ErrorKind{assistant.ErrNotFound},
		},
		BadRequest: Fault{
			Status: 400, Code: "invalid_parameter_error", Type: "invalid_request_error",
			Message: "<400> InternalError.Algo.InvalidParameter: {reason}", Kinds: []assistant.ErrorKind{assistant.ErrInvalid},
		},
		Faults:     qwenFaults(),
		Chunk:      qwenChunk,
		Completion: qwenCompletion,
		Rows:       qwenRows,
		SizeMark:   "*",
		Scenarios:  qwenScenarios,
	}
}

func qwenEnvelope(f Fault) string {
	return fmt.Sprintf(`{"error":{"message":%s,"type":%s,"param":null,"code":%s},"request_id":%s}`,
		quote(f.Message), quote(f.Type), quoteOrNull(f.Code), quote(f.id()))
}

// flatEnvelope is that of the native protocol, which some compatible paths send too.
func flatEnvelope(f Fault) string {
	return fmt.Sprintf(`{"code":%s,"message":%s,"request_id":%s}`, quote(f.Code), quote(f.Message), quote(f.id()))
}

func qwenFaults() []Fault {
	const (
		account  = "Access denied, please make sure your account is in good standing."
		requests = "Requests rate limit exceeded, please try again later."
		tokens   = "You exceeded your current quota, please check your plan and billing details."
		internal = "An internal error has occured, please try again later or contact service support."
		filtered = "Input data may contain inappropriate content."
	)
	return []Fault{
		fault(400, "invalid_parameter_error", "temperature must be in [0, 2)", assistant.ErrInvalid),
		fault(400, "InvalidParameter", "Required parameter is missing.", assistant.ErrInvalid),
		fault(400, "invalid_request_error", "messages must not be empty", assistant.ErrInvalid),
		fault(400, "invalid_value", "1 is not a valid value for n", assistant.ErrInvalid),
		fault(400, "InvalidParameter.NotSupportEnableThinking", "The model does not support enable_thinking.", assistant.ErrInvalid),
		fault(400, "InvalidParameter.DataInspection", "Unable to download the media resource during the data inspection process.", assistant.ErrInvalid),
		{Status: 400, Code: "invalid_parameter_error", Type: "invalid_request_error", Message: "Range of input length should be [1, 129024]", Kinds: []assistant.ErrorKind{assistant.ErrContextLength}},
		fault(400, "data_inspection_failed", filtered, assistant.ErrBlocked),
		fault(400, "DataInspectionFailed", "Output data may contain inappropriate content.", assistant.ErrBlocked),
		fault(400, "IPInfringementSuspect", "Input data is suspected of being involved in IP infringement.", assistant.ErrBlocked),
		fault(400, "FaqRuleBlocked", "Input or output data is blocked by faq rule.", assistant.ErrBlocked),
		fault(400, "CustomRoleBlocked", "Input or output data may contain inappropriate content with custom rule.", assistant.ErrBlocked),
		fault(400, "Arrearage", account, assistant.ErrQuota),
		fault(401, "invalid_api_key", "Incorrect API key provided.", assistant.ErrAuth),
		fault(401, "InvalidApiKey", "Invalid API-key provided.", assistant.ErrAuth),
		fault(403, "access_denied", "Access denied.", assistant.ErrPermission),
		fault(403, "AccessDenied", "Current user api does not support synchronous calls.", assistant.ErrPermission),
		fault(403, "AccessDenied.Unpurchased", "Access to model denied. Please make sure you are eligible for using the model.", assistant.ErrPermission),
		fault(403, "Model.AccessDenied", "Model access denied.", assistant.ErrPermission),
		fault(403, "Workspace.AccessDenied", "Workspace access denied.", assistant.ErrPermission),
		fault(403, "App.AccessDenied", "App access denied.", assistant.ErrPermission),
		fault(403, "AllocationQuota.FreeTierOnly", "The free tier of the model has been exhausted.", assistant.ErrQuota),
		fault(404, "model_not_found", "The model does not exist or you do not have access to it.", assistant.ErrNotFound),
		fault(404, "model_not_supported", "Unsupported model for OpenAI compatibility mode.", assistant.ErrNotFound),
		fault(404, "ModelNotFound", "Model can not be found.", assistant.ErrNotFound),
		fault(413, "RequestTooLarge", "Request body is too large.", assistant.ErrInvalid),
		fault(429, "Throttling", requests, assistant.ErrRateLimited),
		fault(429, "Throttling.RateQuota", requests, assistant.ErrRateLimited),
		fault(429, "Throttling.BurstRate", "Request rate increased too quickly.", assistant.ErrRateLimited),
		fault(429, "Throttling.AllocationQuota", "Allocated quota exceeded, please increase your quota limit.", assistant.ErrRateLimited),
		fault(429, "limit_requests", "You exceeded your current requests list.", assistant.ErrRateLimited),
		fault(429, "LimitRequests", requests, assistant.ErrRateLimited),
		fault(429, "limit_burst_rate", "Request rate increased too quickly.", assistant.ErrRateLimited),
		fault(429, "insufficient_quota", tokens, assistant.ErrRateLimited), // tokens per minute, not money
		{Status: 429, Code: "insufficient_quota", Type: "insufficient_quota", Message: "Free allocated quota exceeded.", Kinds: []assistant.ErrorKind{assistant.ErrQuota}},
		fault(429, "CommodityNotPurchased", "Commodity has not purchased yet.", assistant.ErrQuota),
		fault(429, "PrepaidBillOverdue", "The prepaid bill is overdue.", assistant.ErrQuota),
		fault(429, "PostpaidBillOverdue", "The postpaid bill is overdue.", assistant.ErrQuota),
		fault(500, "InternalError", internal, assistant.ErrServer),
		fault(500, "InternalError.Algo", "inference internal error.", assistant.ErrServer),
		fault(500, "SystemError", "An system error has occured.", assistant.ErrServer),
		fault(500, "ModelServiceFailed", "Failed to request model service.", assistant.ErrServer),
		fault(500, "RequestTimeOut", "Request timed out, please try again later.", assistant.ErrTimeout),
		fault(503, "ModelServingError", "Too many requests. Your requests are being throttled due to system capacity limits.", assistant.ErrOverloaded),
		fault(503, "ModelUnavailable", "Model is unavailable, please try again later.", assistant.ErrOverloaded),
	}
}

func qwenChunk(model, choices, usage string) string {
	return qwenFrame("chat.completion.chunk", model, choices, usage)
}

func qwenCompletion(model, choices, usage string) string {
	return qwenFrame("chat.completion", model, choices, usage)
}

// qwenFrame has the fields in the order of recorded traffic.
func qwenFrame(object, model, choices, usage string) string {
	if usage == "" {
		usage = "null"
	}
	return `{"choices":` + choices + `,"object":"` + object + `","usage":` + usage +
		`,"created":1795300000,"system_fingerprint":null,"model":` + quote(model) + `,"id":"` + answerID + `"}`
}

func qwenRows(model string) int {
	switch {
	case strings.HasPrefix(model, "qwen3.7-text-embedding"):
		return 20
	case model == "text-embedding-v2":
		return 25
	}
	return 10
}

// The rules below are those that the vendor documents, one function each.

func qwenRanges(v *Vendor, c *Chat) *Fault {
	if seed, ok := c.number("seed"); ok && (seed < 0 || seed > 1<<31-1) {
		return v.refuse("seed must be in [0, 2147483647]")
	}
	if p, ok := c.number("top_p"); ok && (p <= 0 || p > 1) {
		return v.refuse("top_p must be in (0, 1]")
	}
	if n, ok := c.number("thinking_budget"); ok && n < 1 {
		return v.refuse("thinking_budget must be a positive integer")
	}
	if n, ok := c.number("presence_penalty"); ok && (n < -2 || n > 2) {
		return v.refuse("presence_penalty must be in [-2, 2]")
	}
	if n, ok := c.number("n"); ok && (n < 1 || n > 4 || n > 1 && len(c.Tools) > 0) {
		return v.refuse("n must be in [1, 4], and 1 with tools")
	}
	return nil
}

func qwenThinking(v *Vendor, c *Chat) *Fault {
	if c.EnableThinking == nil || !hasPrefix(c.Model, "qwen-long", "qwen3-coder-", "qwen-mt-") {
		return nil
	}
	f := fault(400, "InvalidParameter.NotSupportEnableThinking", "The model "+c.Model+" does not support enable_thinking.", assistant.ErrInvalid)
	return &f
}

func qwenStreamOnly(v *Vendor, c *Chat) *Fault {
	switch {
	case c.Stream:
	case hasPrefix(c.Model, "qwq", "qvq", "qwen3-omni") || isThinkingOnly(c.Model):
		return v.refuse("This model only support stream mode, please enable the stream parameter to access the model.")
	case isOpenQwen3(c.Model) && (c.EnableThinking == nil || *c.EnableThinking):
		return v.refuse("parameter.enable_thinking must be set to false for non-streaming calls")
	}
	return nil
}

func isThinkingOnly(model string) bool { return strings.Contains(model, "-thinking") }

// isOpenQwen3 recognises the open-source models by their size, as in qwen3-32b; they think by default.
func isOpenQwen3(model string) bool {
	size, ok := strings.CutPrefix(model, "qwen3-")
	return ok && size != "" && size[0] >= '0' && size[0] <= '9'
}

func qwenForcedTool(v *Vendor, c *Chat) *Fault {
	forced := len(c.ToolChoice) > 0 && c.ToolChoice[0] == '{' || string(c.ToolChoice) == `"required"`
	if forced && c.EnableThinking != nil && *c.EnableThinking {
		return v.refuse("The tool_choice parameter does not support being set to required or object in thinking mode")
	}
	return nil
}

func qwenJSONWord(v *Vendor, c *Chat) *Fault {
	if c.ResponseFormat.Type != "json_object" {
		return nil
	}
	said := slices.ContainsFunc(c.Messages, func(m ChatMessage) bool {
		return (m.Role == "system" || m.Role == "user") && bytes.Contains(bytes.ToLower(m.Content), []byte("json"))
	})
	if !said {
		return v.refuse("'messages' must contain the word 'json' in some form, to use 'response_format' of type 'json_object'.")
	}
	return nil
}

// qwenRoles wants system messages in front and the last word not to be the assistant's, unless it is
// a prefix to continue.
func qwenRoles(v *Vendor, c *Chat) *Fault {
	for i, m := range c.Messages {
		if m.Role == "system" && i > 0 && c.Messages[i-1].Role != "system" {
			return v.refuse("messages[%d]: role system is out of order", i)
		}
	}
	last := c.Messages[len(c.Messages)-1]
	if last.Role == "assistant" && !last.Partial || last.Role == "system" {
		return v.refuse("the last message must be of role user or tool")
	}
	return nil
}

// qwenSight refuses pictures and films where the model reads text only, or hears.
func qwenSight(v *Vendor, c *Chat) *Fault {
	blind := hasPrefix(c.Model, "qwen-plus", "qwen-flash", "qwen-turbo", "qwen-max", "qwen3-max", "qwen-long", "qwen-mt-", "qwq", "qwen3-coder-",
		"qwen3-asr-", "deepseek-") || isOpenQwen3(c.Model)
	if kind := c.firstPart("image_url", "video_url", "video"); blind && kind != "" {
		return v.refuse("The model %s does not support content of type %s", c.Model, kind)
	}
	return nil
}

func hasPrefix(s string, prefixes ...string) bool {
	return slices.ContainsFunc(prefixes, func(p string) bool { return strings.HasPrefix(s, p) })
}
