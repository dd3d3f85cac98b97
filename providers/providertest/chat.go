package providertest

import (
	"encoding/json"
	"mime"
	"slices"
	"strings"
)

// Chat is the body of a chat request, as far as checks look at it.
type Chat struct {
	Model          string                `json:"model"`
	Messages       []ChatMessage         `json:"messages"`
	Stream         bool                  `json:"stream"`
	Tools          []ChatTool            `json:"tools"`
	ToolChoice     json.RawMessage       `json:"tool_choice"`
	ResponseFormat ChatFormat            `json:"response_format"`
	Stop           json.RawMessage       `json:"stop"`
	EnableThinking *bool                 `json:"enable_thinking"`
	Thinking       struct{ Type string } `json:"thinking"`

	// Path is where the request was sent.
	Path string `json:"-"`

	// Fields holds every field of the body.
	Fields map[string]json.RawMessage `json:"-"`
}

// ChatMessage is one message of a [Chat].
type ChatMessage struct {
	Role             string          `json:"role"`
	Content          json.RawMessage `json:"content"`
	ReasoningContent *string         `json:"reasoning_content"`
	EncryptedContent string          `json:"encrypted_content"`
	ToolCalls        []ChatCall      `json:"tool_calls"`
	ToolCallID       string          `json:"tool_call_id"`
	Partial          bool            `json:"partial"`
	Prefix           bool            `json:"prefix"`
}

// ChatCall is a tool call in the history.
type ChatCall struct {
	ID       string `json:"id"`
	Type     string `json:"type"`
	Function struct {
		Name      string  `json:"name"`
		Arguments *string `json:"arguments"`
	} `json:"function"`
}

// ChatTool is a tool on offer.
type ChatTool struct {
	Type     string `json:"type"`
	Function struct {
		Name       string          `json:"name"`
		Parameters json.RawMessage `json:"parameters"`
		Strict     bool            `json:"strict"`
	} `json:"function"`
}

// ChatFormat is the answer's form.
type ChatFormat struct {
	Type       string `json:"type"`
	JSONSchema struct {
		Name   string          `json:"name"`
		Schema json.RawMessage `json:"schema"`
	} `json:"json_schema"`
}

// number returns a numeric field.
func (c *Chat) number(field string) (float64, bool) {
	var n *float64
	if json.Unmarshal(c.Fields[field], &n) != nil || n == nil {
		return 0, false
	}
	return *n, true
}

func checkCompatibleChat(s *Server, r *Request) (Script, error) {
	if f := s.checkChat(r); f != nil {
		return nil, f
	}
	return usualAnswer, nil
}

// usualAnswer is sent if the script has run out.
var usualAnswer = Answer{Text: "你好,我是测试模型。"}

// checkChat refuses what the vendor would refuse.
func (s *Server) checkChat(r *Request) *Fault {
	v := s.vendor
	if f := checkPost(r, v.refuse); f != nil {
		return f
	}
	fields, err := r.fields()
	if err != nil {
		return v.refuse("%v", err)
	}
	c := &Chat{Path: r.Path, Fields: fields}
	if err := r.Decode(c); err != nil {
		return v.refuse("%v", err)
	}
	if s.cfg.Strict || v.RefuseUnknown {
		if f := unknownField(v, fields, v.Fields); f != nil {
			return f
		}
	}
	return s.checkRules(v, c)
}

// checkRules checks the model and everything that the vendor has a rule for.
func (s *Server) checkRules(v *Vendor, c *Chat) *Fault {
	if c.Model == "" {
		return v.refuse("you must provide a model parameter")
	}
	if s.cfg.Model != "" && c.Model != s.cfg.Model {
		f := v.NoModel
		f.Message = strings.ReplaceAll(f.Message, "{model}", c.Model)
		return &f
	}
	for _, rule := range slices.Concat([]Rule{messageRule, toolRule, formatRule, fieldRule}, v.Rules) {
		if f := rule(v, c); f != nil {
			return f
		}
	}
	return nil
}

func unknownField(v *Vendor, fields map[string]json.RawMessage, known []string) *Fault {
	for name := range fields {
		if !slices.Contains(known, name) {
			return v.refuse("unknown field %q", name)
		}
	}
	return nil
}

func isJSON(contentType string) bool {
	kind, _, err := mime.ParseMediaType(contentType)
	return err == nil && kind == "application/json"
}

// toolRule checks tools and tool_choice.
func toolRule(v *Vendor, c *Chat) *Fault {
	names := map[string]bool{}
	for i, t := range c.Tools {
		name := t.Function.Name
		switch {
		case t.Type != "function":
			return v.refuse("tools[%d].type must be function", i)
		case !toolName(name):
			return v.refuse("tools[%d].function.name %q is not 1 to 64 letters, digits, _ and -", i, name)
		case names[name]:
			return v.refuse("tools[%d]: name %q is taken", i, name)
		case len(t.Function.Parameters) > 0 && !isSchemaOfObject(t.Function.Parameters):
			return v.refuse("tools[%d].function.parameters must be a schema of type object", i)
		}
		names[name] = true
	}
	if len(c.Tools) == 0 {
		if _, ok := c.Fields["tools"]; ok {
			return v.refuse("tools must not be empty")
		}
	}
	if len(c.ToolChoice) == 0 {
		return nil
	}
	if len(c.Tools) == 0 {
		return v.refuse("tool_choice is only allowed when tools are specified")
	}
	var word string
	if json.Unmarshal(c.ToolChoice, &word) == nil {
		if !slices.Contains([]string{"none", "auto", "required"}, word) {
			return v.refuse("tool_choice %q is none of none, auto and required", word)
		}
		return nil
	}
	var one ChatTool
	if json.Unmarshal(c.ToolChoice, &one) != nil || one.Type != "function" || !names[one.Function.Name] {
		return v.refuse("tool_choice must name one of the tools")
	}
	return nil
}

func toolName(s string) bool {
	if s == "" || len(s) > 64 {
		return false
	}
	return !strings.ContainsFunc(s, func(r rune) bool {
		return !(r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || r == '_' || r == '-')
	})
}

func isSchemaOfObject(raw json.RawMessage) bool {
	var schema struct{ Type string }
	return json.Unmarshal(raw, &schema) == nil && schema.Type == "object"
}

// formatRule checks response_format.
func formatRule(v *Vendor, c *Chat) *Fault {
	if _, ok := c.Fields["response_format"]; !ok {
		return nil
	}
	switch f := c.ResponseFormat; f.Type {
	case "text", "json_object":
		return nil
	case "json_schema":
		if v.BareSchema {
			var format struct {
				Schema json.RawMessage `json:"json_schema"`
			}
			if json.Unmarshal(c.Fields["response_format"], &format) != nil || !isSchemaOfObject(format.Schema) {
				return v.refuse("response_format.json_schema must be a schema of type object")
			}
			return nil
		}
		if f.JSONSchema.Name == "" || !json.Valid(f.JSONSchema.Schema) {
			return v.refuse("response_format.json_schema needs a name and a schema")
		}
		return nil
	default:
		return v.refuse("response_format.type %q is unknown", f.Type)
	}
}

// fieldRule checks single fields.
func fieldRule(v *Vendor, c *Chat) *Fault {
	if _, ok := c.Fields["stream_options"]; ok && !c.Stream {
		return v.refuse("stream_options is only allowed when stream is enabled")
	}
	if n, ok := c.number("max_tokens"); ok && n < 1 {
		return v.refuse("max_tokens must be at least 1")
	}
	if len(c.Stop) == 0 {
		return nil
	}
	var one string
	var many []string
	if json.Unmarshal(c.Stop, &one) != nil && (json.Unmarshal(c.Stop, &many) != nil || len(many) == 0 || len(many) > 4) {
		return v.refuse("stop must be a string or 1 to 4 strings")
	}
	return nil
}

// temperatureUpTo limits the temperature, the limit included or not.
func temperatureUpTo(limit float64, included bool) Rule {
	return func(v *Vendor, c *Chat) *Fault {
		t, ok := c.number("temperature")
		if ok && (t < 0 || t > limit || t == limit && !included) {
			return v.refuse("temperature %v is out of range", t)
		}
		return nil
	}
}

// oneTokenLimit refuses max_tokens beside max_completion_tokens.
func oneTokenLimit(v *Vendor, c *Chat) *Fault {
	_, a := c.number("max_tokens")
	_, b := c.number("max_completion_tokens")
	if a && b {
		return v.refuse("max_tokens and max_completion_tokens must not both be set")
	}
	return nil
}
