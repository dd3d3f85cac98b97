package providertest

import (
	"fmt"

	"github.com/zhushou-ai/zhushou/assistant"
)

// Hunyuan describes Tencent's TokenHub. A server for it, as for every vendor, also takes signed requests
// of the cloud interface: ChatCompletions, GetEmbedding, TextModeration and orders for pictures.
func Hunyuan() *Vendor {
	v := OpenAI()
	v.Name, v.Base, v.Model = "hunyuan", "/v1", "hy3"
	v.EmbeddingModel, v.RerankModel, v.ImageModel = "", "", "hy-image-v3"
	v.Fields = with(baseFields, "seed", "thinking", "enable_thinking", "preserve_thinking", "reasoning_effort")
	v.Parts = []string{"text", "image_url", "video_url", "file_url"}
	v.Rules = []Rule{temperatureUpTo(2, true), hunyuanForcedTool}
	v.Envelopes = []Envelope{{"tokenhub", tokenHubEnvelope}}
	v.Faults = hunyuanFaults()
	v.Rows, v.Scenarios = nil, hunyuanScenarios
	v.BadKey = hunyuanFault(401, "authentication_error", "401002", "invalid api key", assistant.ErrAuth)
	v.NoModel = hunyuanFault(404, "invalid_request_error", "404001", "model {model} not found", assistant.ErrNotFound)
	v.BadRequest = hunyuanFault(400, "invalid_request_error", "400001", "{reason}", assistant.ErrInvalid)
	return v
}

// hunyuanForcedTool refuses a tool by its name, which is not among the words of tool_choice, and what the
// models that think do not take beside thinking.
func hunyuanForcedTool(v *Vendor, c *Chat) *Fault {
	if len(c.ToolChoice) > 0 && c.ToolChoice[0] == '{' {
		return v.refuse("tool_choice must be none, auto or required")
	}
	free := len(c.ToolChoice) == 0 || string(c.ToolChoice) == `"auto"`
	if c.Thinking.Type == "enabled" && hasPrefix(c.Model, "hy") && !free {
		return v.refuse("tool_choice must be auto while the model thinks")
	}
	return nil
}

func hunyuanFault(status int, typ, code, message string, kinds ...assistant.ErrorKind) Fault {
	return Fault{Status: status, Type: typ, Code: code, Message: message, Kinds: kinds}
}

func tokenHubEnvelope(f Fault) string {
	return fmt.Sprintf(`{"error":{"type":%s,"code":%s,"message":%s,"source":"gateway","upstream_code":null,"upstream_status":null,"request_id":%s}}`,
		quote(f.Type), quote(f.Code), quote(f.Message), quote(f.id()))
}

func hunyuanFaults() []Fault {
	const bad, denied = "invalid_request_error", "permission_error"
	return []Fault{
		hunyuanFault(400, bad, "400001", "invalid request body", assistant.ErrInvalid),
		hunyuanFault(400, bad, "400002", "invalid parameter", assistant.ErrInvalid),
		hunyuanFault(400, bad, "400004", "unsupported reasoning_effort, allowed: none, high", assistant.ErrInvalid),
		hunyuanFault(401, "authentication_error", "401002", "invalid api key", assistant.ErrAuth),
		hunyuanFault(402, denied, "401007", "FREE_QUOTA_EXHAUSTED", assistant.ErrQuota),
		hunyuanFault(402, denied, "401008", "the plan is inactive", assistant.ErrQuota),
		hunyuanFault(402, denied, "403004", "the endpoint is inactive", assistant.ErrQuota),
		hunyuanFault(403, denied, "403001", "the model is not allowed for this key", assistant.ErrPermission),
		hunyuanFault(403, denied, "403005", "the address is not on the list", assistant.ErrPermission),
		hunyuanFault(429, "rate_limit_error", "429001", "rate limit exceeded on dimension: rpm", assistant.ErrRateLimited),
		hunyuanFault(451, "content_filter_error", "451001", "content was filtered by safety policy", assistant.ErrBlocked),
		hunyuanFault(502, "upstream_error", "502001", "the model backend failed", assistant.ErrServer, assistant.ErrOverloaded),
	}
}
