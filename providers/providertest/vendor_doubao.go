package providertest

import (
	"fmt"

	"github.com/zhushou-ai/zhushou/assistant"
)

// Doubao describes Volcengine Ark, as far as its documented errors and the signature of the
// encrypted reasoning that it wants back unchanged.
func Doubao() *Vendor {
	v := OpenAI()
	v.Name, v.Base, v.Model = "doubao", "/api/v3", "doubao-seed-2-1-pro-260628"
	v.EmbeddingModel, v.RerankModel, v.ImageModel = "doubao-embedding-large-text-250515", "", "doubao-seedream-5-0-260128"
	v.Fields = with(baseFields, "max_completion_tokens", "thinking", "reasoning_effort", "frequency_penalty",
		"presence_penalty", "logprobs", "top_logprobs", "logit_bias", "service_tier", "parallel_tool_calls")
	v.Parts = []string{"text", "image_url", "video_url", "input_audio", "file"}
	v.Rules = []Rule{temperatureUpTo(2, true), oneTokenLimit, doubaoSignature}
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
		doubaoFault(400, "InputTextSensitiveContentDetected", bad, "The request failed because the input text may contain sensitive information.", assistant.ErrBlocked),
		doubaoFault(400, "OutputTextSensitiveContentDetected", bad, "The request failed because the output text may contain sensitive information.", assistant.ErrBlocked),
		doubaoFault(400, "SensitiveContentDetected.SevereViolation", bad, "The request failed.", assistant.ErrBlocked),
		doubaoFault(400, "InputTextRiskDetection", bad, "The request failed. Label: x", assistant.ErrBlocked),
		doubaoFault(401, "AuthenticationError", "Unauthorized", "the API key is missing or invalid", assistant.ErrAuth),
		doubaoFault(403, "AccountOverdueError", "Forbidden", "The account has an overdue balance.", assistant.ErrQuota),
		doubaoFault(403, "OperationDenied.ServiceNotOpen", "Forbidden", "The service is not open.", assistant.ErrPermission),
		doubaoFault(403, "AccessDenied", "Forbidden", "No access.", assistant.ErrPermission),
		doubaoFault(404, "InvalidEndpointOrModel.NotFound", "NotFound", "No such model.", assistant.ErrNotFound),
		doubaoFault(404, "ModelNotOpen", "NotFound", "The model is not activated.", assistant.ErrPermission),
		doubaoFault(429, "ModelAccountRpmRateLimitExceeded", busy, "The model RPM limit was exceeded.", assistant.ErrRateLimited),
		doubaoFault(429, "RateLimitExceeded.EndpointTPMExceeded", busy, "The TPM limit was exceeded.", assistant.ErrRateLimited),
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

func doubaoScenarios(v *Vendor) []Scenario {
	return []Scenario{{
		Name: "doubao/encrypted reasoning",
		Stream: SSE(
			v.delta(`{"role":"assistant","content":"","reasoning_content":"先看需求。"}`),
			v.delta(`{"role":"assistant","content":"","reasoning_content":"","encrypted_content":"`+doubaoBlob+`"}`),
			v.delta(`{"role":"assistant","content":"好的"}`),
			v.finish("stop"), v.usage(stdUsage), done,
		),
		Want: Want{Text: "好的", Reasoning: "先看需求。", Opaque: doubaoBlob, Finish: finishStop, Usage: stdCount()},
	}}
}
