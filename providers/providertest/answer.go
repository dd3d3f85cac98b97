package providertest

import (
	"encoding/json"
	"strings"

	"github.com/zhushou-ai/zhushou/assistant"
)

// An Answer is a right answer, sent as a stream or as a whole, whichever the request asks for. It is
// what most tests of a service need.
type Answer struct {
	Reasoning string
	Text      string
	Calls     []assistant.ToolCall
	// Finish is the finish reason in the vendor's word. If empty, "tool_calls" if there are calls
	// and "stop" otherwise.
	Finish string
	// Usage is what the vendor counts. If zero, one token for each character.
	Usage assistant.Usage
}

// Response renders the answer as v does, in the protocol of the request.
func (a Answer) Response(v *Vendor, r *Request) Response {
	switch {
	case r.Path == dashScopeChat:
		return a.dashScope(r)
	case r.Path == ollamaChat:
		return a.ollama(r)
	case r.Header.Get(tencentAction) != "":
		return a.tencent(r)
	case r.Path == fillPath:
		return a.filling(r)
	}
	model := v.Model
	var body struct{ Model string }
	if r.Decode(&body) == nil && body.Model != "" {
		model = body.Model
	}
	reason := a.reason()
	if !r.Stream() {
		return JSON(200, v.Completion(model, message(a.message(), reason), a.usage(r)))
	}
	events := []string{`{"role":"assistant","content":""}`}
	for _, s := range syllables(a.Reasoning) {
		events = append(events, `{"content":null,"reasoning_content":`+quote(s)+`}`)
	}
	for _, s := range syllables(a.Text) {
		events = append(events, `{"content":`+quote(s)+`}`)
	}
	for i, c := range a.Calls {
		events = append(events, `{"tool_calls":[`+callJSON(i, c)+`]}`)
	}
	for i, delta := range events {
		events[i] = event(v.Chunk(model, choice(delta, ""), ""))
	}
	if v.UsageAtFinish {
		return SSE(append(events, event(v.Chunk(model, choice(`{}`, reason), a.usage(r))), done)...)
	}
	events = append(events,
		event(v.Chunk(model, choice(`{}`, reason), "")),
		event(v.Chunk(model, `[]`, a.usage(r))),
		done)
	return SSE(events...)
}

func (a Answer) message() string {
	fields := []string{`"role":"assistant"`, `"content":` + quote(a.Text)}
	if a.Reasoning != "" {
		fields = append(fields, `"reasoning_content":`+quote(a.Reasoning))
	}
	if len(a.Calls) > 0 {
		calls := make([]string, len(a.Calls))
		for i, c := range a.Calls {
			calls[i] = callJSON(i, c)
		}
		fields = append(fields, `"tool_calls":[`+strings.Join(calls, ",")+`]`)
	}
	return "{" + strings.Join(fields, ",") + "}"
}

func callJSON(i int, c assistant.ToolCall) string {
	index, _ := json.Marshal(i) // an int always encodes
	return `{"index":` + string(index) + `,"id":` + quote(c.ID) + `,"type":"function","function":{"name":` +
		quote(c.Name) + `,"arguments":` + quote(c.Arguments) + `}}`
}

func (a Answer) reason() string {
	switch {
	case a.Finish != "":
		return a.Finish
	case len(a.Calls) > 0:
		return "tool_calls"
	}
	return "stop"
}

func (a Answer) count(r *Request) assistant.Usage {
	u := a.Usage
	if u == (assistant.Usage{}) {
		u.Input, u.Output = len(r.Body), len([]rune(a.Reasoning+a.Text))
		u.Total = u.Input + u.Output
	}
	return u
}

func (a Answer) usage(r *Request) string {
	u := a.count(r)
	b, err := json.Marshal(map[string]any{
		"prompt_tokens": u.Input, "completion_tokens": u.Output, "total_tokens": u.Total,
		"prompt_tokens_details":     map[string]int{"cached_tokens": u.CacheRead.Value},
		"completion_tokens_details": map[string]int{"reasoning_tokens": u.Reasoning.Value},
	})
	if err != nil {
		return "null" // numbers always encode
	}
	return string(b)
}

// syllables cuts s into pieces of two characters, about what models send at a time.
func syllables(s string) []string {
	var out []string
	for runes := []rune(s); len(runes) > 0; runes = runes[min(2, len(runes)):] {
		out = append(out, string(runes[:min(2, len(runes))]))
	}
	return out
}
