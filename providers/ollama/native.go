package ollama

import (
	"encoding/json"
	"fmt"
	"strings"
	"sync"
	"time"

	"github.com/zhushou-ai/zhushou/internal/jsontext"
	"github.com/zhushou-ai/zhushou/internal/openaiwire"
)

// NativeConfig says where the server is, and what only its own protocol can ask of it.
type NativeConfig struct {
	Config

	// ContextLength is how many tokens the model sees (num_ctx). If zero, the server decides, and what
	// goes beyond is cut off at the beginning of the conversation without a word. A change has the model
	// loaded again.
	ContextLength int

	// KeepAlive is how long the model stays loaded after a request. If zero, the server decides, mostly
	// five minutes; if negative, for ever.
	KeepAlive time.Duration
}

// NewNative returns a model behind the server's own protocol, which has what the compatible one lacks: the
// length of the context, a true switch for thinking, TopK, and thinking sent back with tool calls. Options
// of its own go into Request.Extra["ollama"]["options"]. It sends nothing.
func NewNative(cfg NativeConfig) (*Model, error) {
	client, err := newClientWith(cfg.Config, nativePath, nativeProfile(), &openaiwire.Translation{
		Path:    "/chat",
		Lines:   true,
		Request: cfg.request,
		Answer:  commonAnswer,
	})
	if err != nil {
		return nil, err
	}
	return &Model{client}, nil
}

var nativeProfile = sync.OnceValue(func() *openaiwire.Profile {
	p := *profile()
	rules := p.Rules
	rules.Params |= openaiwire.ParamTopK
	rules.NoStreamUsage = true // counts come with the end
	rules.Replay = openaiwire.Replay{When: openaiwire.ReplayToolCalls}
	rules.Thinking = openaiwire.Thinking{Form: openaiwire.EnableThinking, ByNature: true}
	levelled := rules
	levelled.Thinking = p.Models[0].Rules.Thinking
	p.Rules = rules
	p.Models = []openaiwire.ModelRules{{Match: p.Models[0].Match, Rules: levelled}}
	return &p
})

// options are the fields of the common protocol that the native one has among its options.
var options = map[string]string{
	"temperature": "temperature", "top_p": "top_p", "top_k": "top_k", "seed": "seed", "stop": "stop", "max_tokens": "num_predict",
	"frequency_penalty": "frequency_penalty", "presence_penalty": "presence_penalty",
}

// request writes a request of the common protocol in the words of the native one. Fields that only the
// native one has stay as they are.
func (cfg *NativeConfig) request(body []byte, _ func(field, reason string)) ([]byte, error) {
	var out map[string]json.RawMessage
	if err := json.Unmarshal(body, &out); err != nil {
		return nil, fmt.Errorf("translate the request: %w", err)
	}
	chosen := map[string]any{}
	if raw, ok := out["options"]; ok {
		if err := json.Unmarshal(raw, &chosen); err != nil {
			return nil, fmt.Errorf("the options in Extra.%s: %w", Vendor, err)
		}
	}
	if cfg.ContextLength > 0 {
		chosen["num_ctx"] = cfg.ContextLength
	}
	for common, native := range options {
		if raw, ok := out[common]; ok {
			chosen[native] = raw
			delete(out, common)
		}
	}
	messages, err := nativeMessages(out["messages"])
	if err != nil {
		return nil, fmt.Errorf("translate the messages: %w", err)
	}
	fields := map[string]any{}
	for name, raw := range out {
		fields[name] = raw
	}
	fields["messages"] = messages
	fields["stream"] = string(out["stream"]) == "true" // without it the server streams
	if len(chosen) > 0 {
		fields["options"] = chosen
	}
	if cfg.KeepAlive != 0 {
		fields["keep_alive"] = keepAlive(cfg.KeepAlive)
	}
	for common, native := range map[string]string{"enable_thinking": "think", "reasoning_effort": "think"} {
		if raw, ok := out[common]; ok {
			fields[native] = raw
			delete(fields, common)
		}
	}
	if raw, ok := out["response_format"]; ok {
		fields["format"] = nativeFormat(raw)
		delete(fields, "response_format")
	}
	return jsontext.Marshal(fields)
}

// keepAlive is a duration as the server reads it: a negative number is for ever.
func keepAlive(d time.Duration) any {
	if d < 0 {
		return -1
	}
	return d.String()
}

// nativeFormat is a schema, or the word "json".
func nativeFormat(raw json.RawMessage) any {
	var format struct {
		JSONSchema struct {
			Schema json.RawMessage `json:"schema"`
		} `json:"json_schema"`
	}
	if json.Unmarshal(raw, &format) == nil && len(format.JSONSchema.Schema) > 0 {
		return format.JSONSchema.Schema
	}
	return "json"
}

type commonMessage struct {
	Role       string          `json:"role"`
	Content    json.RawMessage `json:"content"`
	Reasoning  string          `json:"reasoning_content"`
	Name       string          `json:"name"`
	ToolCallID string          `json:"tool_call_id"`
	ToolCalls  []struct {
		ID       string `json:"id"`
		Function struct {
			Name      string `json:"name"`
			Arguments string `json:"arguments"`
		} `json:"function"`
	} `json:"tool_calls"`
}

type nativeMessage struct {
	Role       string       `json:"role"`
	Content    string       `json:"content"`
	Thinking   string       `json:"thinking,omitempty"`
	Images     []string     `json:"images,omitempty"` // base64
	ToolName   string       `json:"tool_name,omitempty"`
	ToolCallID string       `json:"tool_call_id,omitempty"`
	ToolCalls  []nativeCall `json:"tool_calls,omitempty"`
}

type nativeCall struct {
	ID       string         `json:"id,omitempty"`
	Function nativeFunction `json:"function"`
}

type nativeFunction struct {
	Name      string          `json:"name"`
	Arguments json.RawMessage `json:"arguments"` // an object, not a text
}

func nativeMessages(raw json.RawMessage) ([]nativeMessage, error) {
	var in []commonMessage
	if err := json.Unmarshal(raw, &in); err != nil {
		return nil, err
	}
	out := make([]nativeMessage, len(in))
	for i, m := range in {
		n := nativeMessage{Role: m.Role, Thinking: m.Reasoning, ToolName: m.Name, ToolCallID: m.ToolCallID}
		var parts []struct {
			Text     string               `json:"text"`
			ImageURL struct{ URL string } `json:"image_url"`
		}
		if json.Unmarshal(m.Content, &n.Content) != nil && json.Unmarshal(m.Content, &parts) == nil {
			var text strings.Builder
			for _, p := range parts {
				text.WriteString(p.Text)
				if _, data, ok := strings.Cut(p.ImageURL.URL, ";base64,"); ok {
					n.Images = append(n.Images, data)
				}
			}
			n.Content = text.String()
		}
		for _, c := range m.ToolCalls {
			n.ToolCalls = append(n.ToolCalls, nativeCall{ID: c.ID, Function: nativeFunction{c.Function.Name, json.RawMessage(c.Function.Arguments)}})
		}
		out[i] = n
	}
	return out, nil
}

// commonAnswer writes a line or a whole answer of the native protocol in the words of the common one.
func commonAnswer(data []byte) []byte {
	var in struct {
		Model   string          `json:"model"`
		Error   json.RawMessage `json:"error"`
		Message *struct {
			Content   string `json:"content"`
			Thinking  string `json:"thinking"`
			ToolCalls []struct {
				ID       string         `json:"id"`
				Function nativeFunction `json:"function"`
			} `json:"tool_calls"`
		} `json:"message"`
		Done       bool   `json:"done"`
		DoneReason string `json:"done_reason"`
		Input      *int   `json:"prompt_eval_count"`
		Output     *int   `json:"eval_count"`
	}
	if json.Unmarshal(data, &in) != nil || in.Error != nil || in.Message == nil && !in.Done {
		return data // errors are understood whatever their form
	}
	choice := map[string]any{"index": 0}
	if m := in.Message; m != nil {
		calls := []map[string]any{}
		for _, c := range m.ToolCalls { // each is whole
			call := map[string]any{"type": "function", "function": map[string]any{"name": c.Function.Name, "arguments": string(c.Function.Arguments)}}
			if c.ID != "" {
				call["id"] = c.ID
			}
			calls = append(calls, call)
		}
		choice["delta"] = map[string]any{"content": m.Content, "reasoning_content": m.Thinking, "tool_calls": calls}
	}
	if in.Done {
		choice["finish_reason"] = in.DoneReason
		if in.DoneReason == "" {
			choice["finish_reason"] = "stop"
		}
	}
	out := map[string]any{"model": in.Model, "choices": []any{choice}}
	if in.Input != nil || in.Output != nil {
		usage := map[string]any{}
		for name, n := range map[string]*int{"prompt_tokens": in.Input, "completion_tokens": in.Output} {
			if n != nil {
				usage[name] = *n
			}
		}
		out["usage"] = usage
	}
	b, err := jsontext.Marshal(out)
	if err != nil {
		return data
	}
	return b
}
