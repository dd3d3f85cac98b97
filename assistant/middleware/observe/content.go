package observe

import (
	"encoding/json"
	"sort"
	"strings"

	"go.opentelemetry.io/otel/attribute"

	"github.com/zhushou-ai/zhushou/assistant"
)

// Messages have the form that the conventions give them: a list of objects with a role and parts.

func inputs(messages []assistant.Message) []any {
	out := make([]any, len(messages))
	for i, m := range messages {
		out[i] = map[string]any{"role": string(m.Role), "parts": parts(m.Parts)}
	}
	return out
}

func output(c *assistant.Collector) []any {
	r := c.Reply()
	if len(r.Message.Parts) == 0 && r.Finish == "" {
		return []any{}
	}
	finish := string(r.Finish)
	if finish == "" {
		finish = "error"
	}
	return []any{map[string]any{"role": string(r.Message.Role), "parts": parts(r.Message.Parts), "finish_reason": finish}}
}

func parts(list []assistant.Part) []any {
	out := make([]any, 0, len(list))
	for _, p := range list {
		if o := part(p); o != nil {
			out = append(out, o)
		}
	}
	return out
}

func part(p assistant.Part) map[string]any {
	switch p := p.(type) {
	case assistant.Text:
		return map[string]any{"type": "text", "content": p.Text}
	case assistant.Reasoning:
		return map[string]any{"type": "reasoning", "content": p.Text}
	case assistant.ToolCall:
		return map[string]any{"type": "tool_call", "id": p.ID, "name": p.Name, "arguments": p.Arguments}
	case assistant.ToolResult:
		return map[string]any{"type": "tool_call_response", "id": p.ID, "response": p.Text()}
	case assistant.Image:
		return media("image", p.Media)
	case assistant.Audio:
		return media("audio", p.Media)
	case assistant.Video:
		return media("video", p.Media)
	case assistant.File:
		return media("file", p.Media)
	case assistant.Citation:
		return map[string]any{"type": "citation", "title": p.Title, "uri": p.URL}
	}
	return nil
}

// media names a file by where it is; its bytes are not recorded, and neither is the query of an address,
// which may hold a signature.
func media(modality string, m assistant.Media) map[string]any {
	o := map[string]any{"type": "blob", "modality": modality}
	switch {
	case m.URL != "" && !strings.HasPrefix(m.URL, "data:"):
		o["type"] = "uri"
		o["uri"], _, _ = strings.Cut(m.URL, "?")
	case m.FileID != "":
		o["type"], o["file_id"] = "file", m.FileID
	}
	if m.MIME != "" {
		o["mime_type"] = m.MIME
	}
	return o
}

// text writes messages as JSON, for spans.
func text(messages []any) string {
	b, err := json.Marshal(messages)
	if err != nil { // there is nothing in them that cannot be written
		return "[]"
	}
	return string(b)
}

// value makes messages an attribute, for events.
func value(v any) attribute.Value {
	switch v := v.(type) {
	case string:
		return attribute.StringValue(v)
	case []any:
		list := make([]attribute.Value, len(v))
		for i, e := range v {
			list[i] = value(e)
		}
		return attribute.SliceValue(list...)
	case map[string]any:
		fields := make([]attribute.KeyValue, 0, len(v))
		for key, e := range v {
			fields = append(fields, attribute.KeyValue{Key: attribute.Key(key), Value: value(e)})
		}
		sort.Slice(fields, func(i, j int) bool { return fields[i].Key < fields[j].Key })
		return attribute.MapValue(fields...)
	}
	return attribute.Value{}
}
