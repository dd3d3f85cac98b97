package providertest

import (
	"slices"

	"github.com/zhushou-ai/zhushou/assistant"
)

// DeepSeek describes DeepSeek, as far as its documented errors and its rule that reasoning must be
// sent back with a turn that called tools.
func DeepSeek() *Vendor {
	v := OpenAI()
	v.Name, v.Base, v.Model = "deepseek", "", "deepseek-flash"
	v.EmbeddingModel, v.RerankModel, v.ImageModel = "", "", ""
	v.Fields = with(baseFields, "thinking", "reasoning_effort", "presence_penalty", "frequency_penalty",
		"logprobs", "top_logprobs", "user_id")
	v.Parts = []string{"text", "image_url", "file"}
	v.Rules = []Rule{temperatureUpTo(2, true), deepSeekFormat, deepSeekReasoning, deepSeekParts}
	v.Faults = deepSeekFaults()
	v.Rows, v.Scenarios = nil, nil
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
	if c.Thinking.Type == "disabled" {
		return nil
	}
	missing := func(m ChatMessage) bool { return len(m.ToolCalls) > 0 && m.ReasoningContent == nil }
	if slices.ContainsFunc(c.Messages, missing) {
		return v.refuse("The reasoning_content in the thinking mode must be passed back to the API.")
	}
	return nil
}

func deepSeekParts(v *Vendor, c *Chat) *Fault {
	for i, m := range c.Messages {
		if m.Role != "user" && len(m.Content) > 0 && m.Content[0] == '[' {
			return v.refuse("messages[%d]: content of role %s must be a string", i, m.Role)
		}
	}
	return nil
}
