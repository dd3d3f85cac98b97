package providertest

import (
	"fmt"

	"github.com/zhushou-ai/zhushou/assistant"
)

// Huawei describes Huawei Cloud's MaaS, as far as its documented errors and its refusal of fields
// that it does not know.
func Huawei() *Vendor {
	v := OpenAI()
	v.Name, v.Base, v.Model = "pangu", "/openai/v1", "openpangu-2.0-flash"
	v.EmbeddingModel, v.RerankModel, v.ImageModel = "bge-m3", "bge-reranker-v2-m3", "qwen-image"
	v.Fields = with(baseFields, "thinking", "chat_template_kwargs", "presence_penalty", "frequency_penalty", "n", "seed", "top_k")
	v.Parts = []string{"text", "image_url"}
	v.RefuseUnknown = true
	v.Rules = []Rule{temperatureUpTo(2, true)}
	v.Envelopes = []Envelope{{"v2", huaweiEnvelope}, {"v1", huaweiV1Envelope}}
	v.Faults = huaweiFaults()
	v.Rows, v.Scenarios = func(string) int { return 0 }, nil // the limit is 8K tokens, not a number of texts
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
	return []Fault{
		fault(400, "ModelArts.81001", "Invalid request body.", assistant.ErrInvalid),
		fault(400, "ModelArts.81001", "This model's maximum context length is 524288 tokens.", assistant.ErrContextLength),
		fault(400, "ModelArts.81002", "Missing authorization header.", assistant.ErrAuth),
		fault(401, "ModelArts.81003", "Invalid authorization header.", assistant.ErrAuth),
		fault(401, "ModelArts.81015", "Not activated.", assistant.ErrPermission),
		fault(403, "ModelArts.81004", "No permission.", assistant.ErrPermission),
		fault(403, "ModelArts.81005", "The free service has expired.", assistant.ErrQuota),
		fault(403, "ModelArts.81006", "The resource is frozen.", assistant.ErrQuota),
		blocked,
		fault(404, "ModelArts.81009", "Invalid model.", assistant.ErrNotFound),
		fault(429, "ModelArts.81101", "Too many requests, exceeded rate limit.", assistant.ErrRateLimited),
		fault(429, "ModelArts.81103", "Too many tokens, exceeded rate limit.", assistant.ErrRateLimited),
		fault(429, "APIG.0308", "The throttling threshold has been reached.", assistant.ErrRateLimited),
		fault(504, "APIG.0203", "Backend timeout.", assistant.ErrTimeout, assistant.ErrServer),
		fault(500, "ModelArts.81100", "Internal error.", assistant.ErrServer),
	}
}
