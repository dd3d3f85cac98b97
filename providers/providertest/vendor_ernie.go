package providertest

import (
	"encoding/json"
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/zhushou-ai/zhushou/assistant"
)

// ERNIE describes Baidu's Qianfan v2. A server for it, as for every vendor, also judges texts as
// Baidu's text censor does, for a token that it gives for [Server.AccessKey] and [Server.SecretKey].
func ERNIE() *Vendor {
	v := OpenAI()
	v.Name, v.Base, v.Model = "ernie", "/v2", "ernie-5.1"
	v.EmbeddingModel, v.RerankModel, v.ImageModel = "qwen3-embedding-4b", "bce-reranker-base", "qwen-image"
	v.Fields = with(baseFields, "max_completion_tokens", "frequency_penalty", "presence_penalty", "repetition_penalty",
		"penalty_score", "seed", "enable_thinking", "thinking", "thinking_budget", "thinking_strategy", "reasoning_effort",
		"web_search", "parallel_tool_calls", "user", "safety", "user_setting", "metadata")
	v.Parts = []string{"text", "image_url", "video_url"}
	v.Rules = []Rule{oneTokenLimit, ernieRanges, ernieLastMessage, ernieSearch, ernieSampling, ernieThinking, ernieSight}
	v.BareSchema = true
	v.Envelopes = []Envelope{{"qianfan", ernieEnvelope}}
	v.Faults = ernieFaults()
	v.Rows = ernieRows
	v.Scenarios = ernieScenarios
	v.BadKey = ernieFault(401, "invalid_request_error", "invalid_iam_token", "IAM Certification failed", assistant.ErrAuth)
	v.NoModel = ernieFault(400, "invalid_request_error", "invalid_model", "model {model} is not available", assistant.ErrNotFound)
	v.BadRequest = ernieFault(400, "invalid_request_error", "invalid_argument", "{reason}", assistant.ErrInvalid)
	return v
}

func ernieFault(status int, typ, code, message string, kinds ...assistant.ErrorKind) Fault {
	return Fault{Status: status, Type: typ, Code: code, Message: message, RequestID: "as-9k2m8x1q3z", Kinds: kinds}
}

func ernieEnvelope(f Fault) string {
	return fmt.Sprintf(`{"error":{"code":%s,"message":%s,"type":%s},"id":%s}`, quote(f.Code), quote(f.Message), quote(f.Type), quote(f.id()))
}

func ernieRows(model string) int {
	if strings.HasPrefix(model, "tao-8k") {
		return 1
	}
	return 16
}

func ernieFaults() []Fault {
	const bad, denied, unsafe, limited, internal = "invalid_request_error", "access_denied", "unsafe_request", "rate_limit_exceeded", "Internal_error"
	f := ernieFault
	return []Fault{
		f(400, bad, "malformed_json", "Invalid JSON", assistant.ErrInvalid),
		f(400, bad, "invalid_messages", "the role of messages must be user or assistant", assistant.ErrInvalid),
		f(400, bad, "invalid_argument", "temperature is out of range", assistant.ErrInvalid),
		f(400, bad, "invalid_image_url", "the picture cannot be fetched", assistant.ErrInvalid),
		f(400, bad, "invalid_image_generation_prompt", "the prompt is too long", assistant.ErrInvalid),
		f(400, bad, "invalid_plugin_argument", "the argument of the plug-in is wrong", assistant.ErrInvalid),
		f(400, bad, "invalid_model", "The model is not available", assistant.ErrNotFound),
		f(400, bad, "characters_too_long", "the max input characters is 516096", assistant.ErrContextLength),
		f(400, bad, "tokens_too_long", "Prompt tokens too long", assistant.ErrContextLength),
		f(400, unsafe, "image_url_unsafe", "the picture is not safe", assistant.ErrBlocked),
		f(401, bad, "invalid_iam_token", "IAM Certification failed", assistant.ErrAuth),
		f(401, bad, "invalid_appid", "No permission to use the appid", assistant.ErrAuth),
		f(401, denied, "no_parameter_permission", "no permission to use the parameter", assistant.ErrPermission),
		f(401, bad, "invalid_model", "No permission to use the model", assistant.ErrNotFound),
		f(403, unsafe, "system_unsafe", "the system message is not safe", assistant.ErrBlocked),
		f(403, unsafe, "user_setting_unsafe", "the user setting is not safe", assistant.ErrBlocked),
		f(403, unsafe, "functions_unsafe", "the functions are not safe", assistant.ErrBlocked),
		f(403, denied, "account_overdue", "the account is overdue", assistant.ErrQuota),
		f(403, denied, "model_offline", "the model is offline", assistant.ErrNotFound),
		f(405, bad, "method_not_supported", "Only POST is supported", assistant.ErrInvalid),
		f(429, limited, "rpm_rate_limit_exceeded", "Rate limit reached for RPM", assistant.ErrRateLimited),
		f(429, limited, "tpm_rate_limit_exceeded", "Rate limit reached for TPM", assistant.ErrRateLimited),
		f(429, limited, "input_tpm_rate_limit_exceeded", "Rate limit reached for input TPM", assistant.ErrRateLimited),
		f(429, limited, "output_tpm_rate_limit_exceeded", "Rate limit reached for output TPM", assistant.ErrRateLimited),
		f(429, limited, "user_rate_limit_exceeded", "qps request limit by APP ID reached", assistant.ErrRateLimited),
		f(429, limited, "preemptible_rate_limit_exceeded", "Rate limit reached for preemptible resource", assistant.ErrRateLimited),
		f(429, limited, "cluster_rate_limit_exceeded", "request limit by resource cluster reached", assistant.ErrOverloaded),
		f(429, limited, "cluster_rpm_rate_limit_exceeded", "Rate limit of the cluster reached for RPM", assistant.ErrOverloaded),
		f(429, limited, "cluster_tpm_rate_limit_exceeded", "Rate limit of the cluster reached for TPM", assistant.ErrOverloaded),
		f(429, limited, "Offline_batch_reasoning_refused", "offline batch reasoning refused", assistant.ErrRateLimited),
		f(429, limited, "coding_plan_rate_limit_exceeded", "the plan's limit is reached", assistant.ErrRateLimited),
		f(429, limited, "coding_plan_cluster_rate_limited", "the plan's cluster is busy", assistant.ErrOverloaded),
		f(429, limited, "coding_plan_subscription_expired", "the plan has expired", assistant.ErrQuota),
		f(500, internal, "internal_error", "Internal error", assistant.ErrServer),
		f(500, internal, "dispatch_internal_error", "Internal error", assistant.ErrServer),
		f(500, internal, "image_generation_interal_error", "Internal error", assistant.ErrServer),
	}
}

// The rules below are those that the vendor documents, one function each.

func ernieRanges(v *Vendor, c *Chat) *Fault {
	if seed, ok := c.number("seed"); ok && (seed < 1 || seed > 2147483646) {
		return v.refuse("seed must be in [1, 2147483646]")
	}
	if n, ok := c.number("thinking_budget"); ok && n < 100 {
		return v.refuse("thinking_budget must be at least 100")
	}
	if p, ok := c.number("penalty_score"); ok && (p < 1 || p > 2) {
		return v.refuse("penalty_score must be in [1, 2]")
	}
	var stop []string
	if len(c.Stop) > 0 && json.Unmarshal(c.Stop, &stop) != nil {
		return v.refuse("stop must be a list")
	}
	for _, s := range stop {
		if utf8.RuneCountInString(s) > 20 {
			return v.refuse("stop texts have at most 20 characters")
		}
	}
	return nil
}

// ernieLastMessage wants the last message to say something, whosever it is.
func ernieLastMessage(v *Vendor, c *Chat) *Fault {
	last := c.Messages[len(c.Messages)-1]
	var text string
	if json.Unmarshal(last.Content, &text) == nil && strings.TrimSpace(text) == "" {
		f := ernieFault(400, "invalid_request_error", "invalid_messages", "the content of the last message must not be blank", assistant.ErrInvalid)
		return &f
	}
	return nil
}

// ernieSearch refuses what only other models of the platform take.
func ernieSearch(v *Vendor, c *Chat) *Fault {
	var s struct {
		Mode      string `json:"search_mode"`
		Number    *int   `json:"search_number"`
		Reference *int   `json:"reference_number"`
	}
	raw, ok := c.Fields["web_search"]
	if !ok || string(raw) == `"x1"` {
		return nil
	}
	if err := json.Unmarshal(raw, &s); err != nil {
		return v.refuse("web_search must be an object")
	}
	outside := func(n *int) bool { return n != nil && (*n < 1 || *n > 28) }
	switch {
	case s.Mode != "" && s.Mode != "auto" && s.Mode != "required":
		return v.refuse("search_mode must be auto or required")
	case s.Mode != "" && hasPrefix(c.Model, "ernie"):
		return v.refuse("search_mode is not supported by %s", c.Model)
	case outside(s.Number) || outside(s.Reference):
		return v.refuse("search_number and reference_number must be in [1, 28]")
	}
	return nil
}

// ernieSampling refuses the sampling fields where a model does not take them.
func ernieSampling(v *Vendor, c *Chat) *Fault {
	if !hasPrefix(c.Model, "ernie-5.5-flash") {
		return nil
	}
	for _, field := range []string{"temperature", "top_p", "frequency_penalty", "presence_penalty", "repetition_penalty", "penalty_score"} {
		if _, ok := c.Fields[field]; ok {
			return v.refuse("%s does not support %s", c.Model, field)
		}
	}
	return nil
}

// ernieThinking refuses the switch where a model is known to think not at all, or not to be switched.
func ernieThinking(v *Vendor, c *Chat) *Fault {
	fixed := hasPrefix(c.Model, "ernie-5.0", "ernie-4.5-turbo", "ernie-x1") &&
		!strings.HasPrefix(c.Model, "ernie-5.0-thinking") && !strings.Contains(c.Model, "-vl-preview")
	if fixed && c.EnableThinking != nil {
		return v.refuse("%s does not support enable_thinking", c.Model)
	}
	return nil
}

// ernieSight refuses what a model does not see.
func ernieSight(v *Vendor, c *Chat) *Fault {
	var unseen []string
	switch {
	case strings.Contains(c.Model, "-vl"):
	case strings.HasPrefix(c.Model, "ernie-5.0"):
		unseen = []string{"video_url"}
	case strings.HasPrefix(c.Model, "ernie-"):
		unseen = []string{"image_url", "video_url"}
	}
	if kind := c.firstPart(unseen...); kind != "" {
		return v.refuse("%s does not support content of type %s", c.Model, kind)
	}
	return nil
}
