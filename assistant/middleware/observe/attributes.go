package observe

import (
	"context"
	"errors"

	"go.opentelemetry.io/otel/attribute"
	semconv "go.opentelemetry.io/otel/semconv/v1.41.0"

	"github.com/zhushou-ai/zhushou/assistant"
	"github.com/zhushou-ai/zhushou/assistant/middleware"
)

// dropped lists what of the request was not honoured, who did not answer among it; see
// [assistant.Meta.Dropped]. The conventions have no name for it.
const dropped = attribute.Key("zhushou.dropped")

func (c *call) vendor() string {
	for _, name := range []string{c.meta.Vendor, c.Vendor} {
		if name != "" {
			return name
		}
	}
	return unknown
}

// asked returns the attributes of the request.
func (c *call) asked() []attribute.KeyValue {
	r := c.req
	attrs := append(make([]attribute.KeyValue, 0, 16), semconv.GenAIOperationNameChat, semconv.GenAIRequestStream(true))
	if c.Vendor != "" {
		attrs = append(attrs, semconv.GenAIProviderNameKey.String(c.Vendor))
	}
	if c.requested != "" {
		attrs = append(attrs, semconv.GenAIRequestModel(c.requested))
	}
	number := func(key attribute.Key, v assistant.Opt[float64]) {
		if v.Set {
			attrs = append(attrs, key.Float64(v.Value))
		}
	}
	number(semconv.GenAIRequestTemperatureKey, r.Temperature)
	number(semconv.GenAIRequestTopPKey, r.TopP)
	number(semconv.GenAIRequestFrequencyPenaltyKey, r.FrequencyPenalty)
	number(semconv.GenAIRequestPresencePenaltyKey, r.PresencePenalty)
	if r.TopK > 0 {
		attrs = append(attrs, semconv.GenAIRequestTopK(float64(r.TopK)))
	}
	if r.Seed.Set {
		attrs = append(attrs, semconv.GenAIRequestSeed(int(r.Seed.Value)))
	}
	if r.MaxTokens > 0 {
		attrs = append(attrs, semconv.GenAIRequestMaxTokens(r.MaxTokens))
	}
	if c.Content && len(r.Stop) > 0 {
		attrs = append(attrs, semconv.GenAIRequestStopSequences(r.Stop...))
	}
	if r.Format.Kind == assistant.FormatText {
		return append(attrs, semconv.GenAIOutputTypeText)
	}
	return append(attrs, semconv.GenAIOutputTypeJSON)
}

// answered returns the attributes of the reply.
func (c *call) answered(failure string) []attribute.KeyValue {
	attrs := append(make([]attribute.KeyValue, 0, 12), semconv.GenAIProviderNameKey.String(c.vendor()))
	if c.meta.ID != "" {
		attrs = append(attrs, semconv.GenAIResponseID(c.meta.ID))
	}
	if c.meta.Model != "" {
		attrs = append(attrs, semconv.GenAIResponseModel(c.meta.Model))
	}
	if c.finish != "" {
		attrs = append(attrs, semconv.GenAIResponseFinishReasons(string(c.finish)))
	}
	if c.first > 0 {
		attrs = append(attrs, semconv.GenAIResponseTimeToFirstChunk(c.first.Seconds()))
	}
	if u := c.usage; u != nil {
		attrs = append(attrs, semconv.GenAIUsageInputTokens(u.Input), semconv.GenAIUsageOutputTokens(u.Output))
		count := func(key attribute.Key, v assistant.Opt[int]) {
			if v.Set {
				attrs = append(attrs, key.Int(v.Value))
			}
		}
		count(semconv.GenAIUsageCacheReadInputTokensKey, u.CacheRead)
		count(semconv.GenAIUsageCacheCreationInputTokensKey, u.CacheWrite)
		count(semconv.GenAIUsageReasoningOutputTokensKey, u.Reasoning)
	}
	if n := len(c.meta.Dropped); n > 0 {
		list := make([]string, n)
		for i, d := range c.meta.Dropped {
			list[i] = d.String()
		}
		attrs = append(attrs, dropped.StringSlice(list))
	}
	if failure != "" {
		attrs = append(attrs, semconv.ErrorTypeKey.String(failure))
	}
	return attrs
}

// errorTypes are the words for kinds of error, few and stable as error.type must be.
var errorTypes = map[assistant.ErrorKind]string{
	assistant.ErrAuth:          "authentication",
	assistant.ErrPermission:    "permission",
	assistant.ErrQuota:         "quota",
	assistant.ErrRateLimited:   "rate_limited",
	assistant.ErrOverloaded:    "overloaded",
	assistant.ErrServer:        "server",
	assistant.ErrTimeout:       "timeout",
	assistant.ErrContextLength: "context_length",
	assistant.ErrBlocked:       "blocked",
	assistant.ErrInvalid:       "invalid_request",
	assistant.ErrNotFound:      "not_found",
	assistant.ErrTruncated:     "truncated",
	assistant.ErrProtocol:      "protocol",
	assistant.ErrNetwork:       "network",
}

var refusalTypes = map[middleware.Refusal]string{
	middleware.ErrOpen:      "circuit_open",
	middleware.ErrLimited:   "own_rate_limit",
	middleware.ErrQueueFull: "queue_full",
	middleware.ErrBudget:    "budget",
	middleware.ErrUnchecked: "unchecked_limit",
}

// errorType returns the word for how the call failed, empty if it did not. A caller who leaves the loop
// has not failed.
func (c *call) errorType(ctx context.Context) string {
	var refusal middleware.Refusal
	var e *assistant.Error
	switch {
	case c.err == nil:
		return ""
	case errors.Is(ctx.Err(), context.Canceled):
		return "canceled"
	case ctx.Err() != nil:
		return "deadline_exceeded"
	case errors.As(c.err, &refusal) && refusalTypes[refusal] != "":
		return refusalTypes[refusal]
	case errors.As(c.err, &e) && errorTypes[e.Kind] != "":
		return errorTypes[e.Kind]
	}
	return "_OTHER"
}

// words describes an error: by its type, or in its own words if content is wanted.
func (c *call) words(failure string) string {
	if c.Content {
		return c.err.Error()
	}
	return failure
}
