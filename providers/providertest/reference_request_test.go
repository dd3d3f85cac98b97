package providertest

import (
	"encoding/base64"
	"encoding/json"
	"net/http"
	"slices"
	"strings"

	"github.com/zhushou-ai/zhushou/assistant"
)

// encode writes the request's body and notes what it leaves out.
func (r *pass) encode() []byte {
	req, m := r.req, r.m
	body := map[string]any{"model": firstOf(req.Model, m.e.Model)}
	if m.has("ignores Request.Model") {
		body["model"] = m.e.Model
	}
	stream := !m.e.DisableStreaming
	if m.has("always streams") {
		stream = true
	}
	body["stream"] = stream
	if stream && !m.has("no usage option") {
		body["stream_options"] = map[string]any{"include_usage": true}
	}
	body["messages"] = r.messages()
	if m.has("modifies the request") {
		req.Messages[0].Parts = []assistant.Part{assistant.Text{Text: "改"}}
	}
	if m.has("appends to the request") {
		_ = append(req.Messages, assistant.User("改"))
	}
	number := func(field string, o assistant.Opt[float64]) {
		if o.Set && !(m.has("zero is absent") && o.Value == 0) {
			body[field] = o.Value
		}
	}
	number("temperature", req.Temperature)
	number("top_p", req.TopP)
	number("presence_penalty", req.PresencePenalty)
	if m.vendor == "openai" {
		number("frequency_penalty", req.FrequencyPenalty)
	} else if req.FrequencyPenalty.Set {
		r.drop("FrequencyPenalty")
	}
	if req.Seed.Set {
		body["seed"] = req.Seed.Value
	}
	if len(req.Stop) > 0 {
		body["stop"] = req.Stop
	}
	if req.MaxTokens > 0 {
		body["max_tokens"] = req.MaxTokens
		if m.has("both token limits") {
			body["max_completion_tokens"] = req.MaxTokens
		}
	}
	r.encodeTools(body)
	r.encodeVendor(body)
	if req.Format.Kind == assistant.FormatSchema {
		schema := map[string]any{"schema": req.Format.Schema, "strict": req.Format.Strict}
		if !m.has("schema without name") {
			schema["name"] = firstOf(req.Format.Name, "answer")
		}
		body["response_format"] = map[string]any{"type": "json_schema", "json_schema": schema}
	}
	for vendor, extra := range req.Extra {
		if vendor == m.vendor || m.has("everybody's extra") {
			for field, value := range extra {
				body[field] = value
			}
		}
	}
	if m.has("unknown field") {
		body["some_field"] = true
	}
	if m.native {
		body = r.nativeBody(body)
	}
	b, err := json.Marshal(body)
	if err != nil {
		panic(err)
	}
	return b
}

func (r *pass) drop(field string) {
	if !r.m.has("drops in silence") {
		r.meta.Dropped = append(r.meta.Dropped, assistant.Dropped{Field: field, Reason: "不支持"})
	}
}

func (r *pass) encodeVendor(body map[string]any) {
	req := r.req
	if r.m.vendor == "qwen" {
		if req.TopK > 0 {
			body["top_k"] = req.TopK
		}
		if req.Thinking.Mode != assistant.Default {
			body["enable_thinking"] = req.Thinking.Mode == assistant.On
		}
		if req.Search.Mode == assistant.On {
			body["enable_search"] = true
		}
		if req.User != "" {
			r.drop("User")
		}
		return
	}
	if req.TopK > 0 {
		r.drop("TopK")
	}
	if req.Search.Mode == assistant.On {
		r.drop("Search")
	}
	if req.Thinking.Effort != "" {
		body["reasoning_effort"] = req.Thinking.Effort
	}
	if req.User != "" {
		body["user"] = req.User
	}
}

func (r *pass) encodeTools(body map[string]any) {
	req := r.req
	if len(req.Tools) == 0 && !r.m.has("choice without tools") {
		return
	}
	tools := make([]any, len(req.Tools))
	for i, t := range req.Tools {
		schema := t.Schema
		if len(schema) == 0 && !r.m.has("empty schema") {
			schema = json.RawMessage(`{"type":"object","properties":{}}`)
		}
		if len(schema) == 0 {
			schema = json.RawMessage(`{}`)
		}
		tools[i] = map[string]any{"type": "function", "function": map[string]any{
			"name": t.Name, "description": t.Description, "parameters": schema,
		}}
	}
	if len(tools) > 0 {
		body["tools"] = tools
		if !r.m.has("no parallel switch") {
			body["parallel_tool_calls"] = !req.SingleTool
		}
	}
	switch req.ToolChoice.Mode {
	case assistant.ToolNone:
		body["tool_choice"] = "none"
	case assistant.ToolRequired:
		body["tool_choice"] = "required"
	case assistant.ToolForced:
		body["tool_choice"] = map[string]any{"type": "function", "function": map[string]any{"name": req.ToolChoice.Name}}
		if r.m.has("forces as required") {
			body["tool_choice"] = "required"
		}
	}
}

func (r *pass) messages() []any {
	var system []string
	var out []any
	for _, m := range r.req.Messages {
		switch m.Role {
		case assistant.RoleSystem:
			if r.m.has("system in place") {
				out = append(out, map[string]any{"role": "system", "content": m.Text()})
				continue
			}
			system = append(system, m.Text())
		case assistant.RoleTool:
			for _, res := range m.ToolResults() {
				id := res.ID
				if r.m.has("own call ids") {
					id = "call_own"
				}
				out = append(out, map[string]any{"role": "tool", "tool_call_id": id, "content": res.Text()})
			}
		case assistant.RoleAssistant:
			out = append(out, r.answer(m))
		default:
			out = append(out, map[string]any{"role": "user", "content": r.content(m)})
		}
	}
	if len(system) > 0 {
		first := map[string]any{"role": "system", "content": strings.Join(system, "\n\n")}
		if r.m.has("developer role") {
			first["role"] = "developer"
		}
		out = slices.Insert(out, 0, any(first))
	}
	return out
}

func (r *pass) answer(m assistant.Message) any {
	msg := map[string]any{"role": "assistant", "content": m.Text()}
	if r.m.has("replays foreign reasoning") && m.Reasoning() != "" {
		msg["reasoning_content"] = m.Reasoning()
	}
	var calls []any
	for _, c := range m.ToolCalls() {
		call := map[string]any{"id": c.ID, "function": map[string]any{"name": c.Name, "arguments": c.Arguments}}
		if !r.m.has("call without type") {
			call["type"] = "function"
		}
		calls = append(calls, call)
	}
	if len(calls) > 0 {
		msg["tool_calls"] = calls
	}
	return msg
}

func (r *pass) content(m assistant.Message) any {
	if len(m.Parts) == 1 {
		return m.Text()
	}
	var parts []any
	for _, p := range m.Parts {
		switch p := p.(type) {
		case assistant.Text:
			parts = append(parts, map[string]any{"type": "text", "text": p.Text})
		case assistant.Image:
			url := p.URL
			if url == "" && !r.m.has("pictures without data") {
				url = "data:" + http.DetectContentType(p.Data) + ";base64," + base64.StdEncoding.EncodeToString(p.Data)
			}
			parts = append(parts, map[string]any{"type": "image_url", "image_url": map[string]any{"url": url}})
		case assistant.Unknown:
			if r.m.has("sends unknown parts") {
				parts = append(parts, p.JSON)
			}
		}
	}
	return parts
}
