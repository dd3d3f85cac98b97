package providertest

import "github.com/zhushou-ai/zhushou/assistant"

// OpenAI describes the baseline that all compatible servers follow more or less. Beside OpenAI's own
// errors it sends those of a plain status in every envelope that the compatible vendors use.
func OpenAI() *Vendor {
	return &Vendor{
		Name:  "openai",
		Base:  "/v1",
		Model: "gpt-test",

		EmbeddingModel: "embedding-test",
		RerankModel:    "rerank-test",
		ImageModel:     "image-test",

		Fields: with(baseFields, "max_completion_tokens", "n", "seed", "user", "presence_penalty", "frequency_penalty",
			"parallel_tool_calls", "reasoning_effort", "logprobs", "top_logprobs", "logit_bias", "metadata", "store",
			"service_tier", "modalities", "audio", "prediction", "web_search_options", "verbosity",
			"prompt_cache_key", "safety_identifier"),
		Parts:     []string{"text", "image_url", "input_audio", "file"},
		Rules:     []Rule{temperatureUpTo(2, true), oneTokenLimit},
		Envelopes: []Envelope{{"openai", openAIEnvelope}},
		BadKey: Fault{
			Status: 401, Code: "invalid_api_key", Type: "invalid_request_error",
			Message: "Incorrect API key provided: {key}.", Kinds: []assistant.ErrorKind{assistant.ErrAuth},
		},
		NoModel: Fault{
			Status: 404, Code: "model_not_found", Type: "invalid_request_error",
			Message: "The model {model} does not exist or you do not have access to it.",
			Kinds:   []assistant.ErrorKind{assistant.ErrNotFound},
		},
		BadRequest: Fault{
			Status: 400, Type: "invalid_request_error", Message: "{reason}", Kinds: []assistant.ErrorKind{assistant.ErrInvalid},
		},
		Faults:     openAIFaults(),
		Chunk:      openAIChunk,
		Completion: openAICompletion,
		Rows:       func(string) int { return 2048 },
		Scenarios:  foreignErrors,
	}
}

func openAIFaults() []Fault {
	typed := func(status int, typ, code, message string, kinds ...assistant.ErrorKind) Fault {
		return Fault{Status: status, Type: typ, Code: code, Message: message, Kinds: kinds}
	}
	const bad = "invalid_request_error"
	return []Fault{
		typed(400, bad, "", "Unrecognized value for temperature.", assistant.ErrInvalid),
		typed(422, bad, "", "Unprocessable parameter.", assistant.ErrInvalid),
		typed(400, bad, "context_length_exceeded", "This model's maximum context length is 8192 tokens. However, your messages resulted in 9000 tokens.", assistant.ErrContextLength),
		typed(400, bad, "content_policy_violation", "Your request was rejected by our safety system.", assistant.ErrBlocked),
		typed(400, bad, "content_filter", "The response was filtered.", assistant.ErrBlocked),
		typed(401, bad, "invalid_api_key", "Incorrect API key provided.", assistant.ErrAuth),
		typed(402, "billing_error", "", "Insufficient Balance", assistant.ErrQuota),
		typed(403, "forbidden", "", "Your account may not use this model.", assistant.ErrPermission),
		typed(404, bad, "model_not_found", "The model does not exist.", assistant.ErrNotFound),
		typed(429, "requests", "rate_limit_exceeded", "Rate limit reached for requests.", assistant.ErrRateLimited),
		typed(429, "insufficient_quota", "insufficient_quota", "You exceeded your current quota, please check your plan and billing details.", assistant.ErrQuota),
		typed(500, "server_error", "", "The server had an error while processing your request.", assistant.ErrServer),
		typed(502, "server_error", "", "Bad gateway.", assistant.ErrServer, assistant.ErrOverloaded),
		typed(503, "server_error", "", "The engine is currently overloaded.", assistant.ErrOverloaded, assistant.ErrServer),
		typed(504, "server_error", "", "Gateway timeout.", assistant.ErrTimeout, assistant.ErrServer, assistant.ErrOverloaded),
	}
}

func openAIChunk(model, choices, usage string) string {
	if usage != "" {
		usage = `,"usage":` + usage
	}
	return `{"id":"` + answerID + `","object":"chat.completion.chunk","created":1795300000,"model":` + quote(model) + `,"choices":` + choices + usage + `}`
}

func openAICompletion(model, choices, usage string) string {
	if usage != "" {
		usage = `,"usage":` + usage
	}
	return `{"id":"` + answerID + `","object":"chat.completion","created":1795300000,"model":` + quote(model) + `,"choices":` + choices + usage + `}`
}

// answerID is the id of every answer.
const answerID = "chatcmpl-1"
