package providertest

import "github.com/zhushou-ai/zhushou/assistant"

// done is the end mark of a stream.
const done = "data: [DONE]\n\n"

// event frames data as one server-sent event.
func event(data string) string { return "data: " + data + "\n\n" }

// chunk is an event with the choices and the usage given.
func (v *Vendor) chunk(choices, usage string) string { return event(v.Chunk(v.Model, choices, usage)) }

// delta is an event with one delta and no finish reason.
func (v *Vendor) delta(delta string) string { return v.chunk(choice(delta, ""), "") }

// text is an event with a piece of the answer.
func (v *Vendor) text(s string) string { return v.delta(`{"content":` + quote(s) + `}`) }

// call is an event with the fragments of tool calls given as JSON objects.
func (v *Vendor) call(fragments string) string { return v.delta(`{"tool_calls":[` + fragments + `]}`) }

// finish is an event with an empty delta and a finish reason.
func (v *Vendor) finish(reason string) string { return v.chunk(choice(`{}`, reason), "") }

// usage is an event without choices.
func (v *Vendor) usage(u string) string { return v.chunk(`[]`, u) }

// choice is the choices array of a chunk; an empty reason is null.
func choice(delta, reason string) string {
	return `[{"index":0,"delta":` + delta + `,"finish_reason":` + quoteOrNull(reason) + `,"logprobs":null}]`
}

// message is the choices array of a whole answer.
func message(msg, reason string) string {
	return `[{"index":0,"message":` + msg + `,"finish_reason":` + quoteOrNull(reason) + `,"logprobs":null}]`
}

// answer is a whole answer with a message and the usual usage.
func (v *Vendor) answer(msg, reason string) *Response {
	r := JSON(200, v.Completion(v.Model, message(msg, reason), stdUsage))
	return &r
}

// stdUsage is the usage of most scenarios, and stdCount what it means.
const stdUsage = `{"prompt_tokens":12,"completion_tokens":5,"total_tokens":17,` +
	`"prompt_tokens_details":{"cached_tokens":4},"completion_tokens_details":{"reasoning_tokens":3}}`

func stdCount() *assistant.Usage {
	return &assistant.Usage{
		Input: 12, Output: 5, Total: 17, CacheRead: assistant.Some(4), Reasoning: assistant.Some(3),
	}
}
