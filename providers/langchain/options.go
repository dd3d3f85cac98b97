package langchain

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"

	"github.com/tmc/langchaingo/llms"

	"github.com/zhushou-ai/zhushou/assistant"
)

// options are the options of one call.
type options struct {
	llms.CallOptions
	dropped []assistant.Dropped
}

// unset stands in number fields until an option sets them, because zero means something of its own: a
// temperature of 0 is not the vendor's default.
var unset = struct {
	float float64
	int   int
}{math.NaN(), math.MinInt}

// read applies the options. One that sets them all at once, as llms.WithOptions does, leaves zeros where
// nobody wanted any; then a zero counts for nothing.
func read(list []llms.CallOption) *options {
	o := new(options)
	o.Temperature, o.TopP = unset.float, unset.float
	o.FrequencyPenalty, o.PresencePenalty, o.RepetitionPenalty = unset.float, unset.float, unset.float
	o.Seed, o.MinLength = unset.int, unset.int
	for _, option := range list {
		if option != nil {
			option(&o.CallOptions)
		}
	}
	floats := []*float64{&o.Temperature, &o.TopP, &o.FrequencyPenalty, &o.PresencePenalty, &o.RepetitionPenalty}
	ints := []*int{&o.Seed, &o.MinLength}
	if slices.ContainsFunc(floats, func(f *float64) bool { return math.IsNaN(*f) }) || slices.ContainsFunc(ints, func(i *int) bool { return *i == unset.int }) {
		return o
	}
	for _, f := range floats {
		if *f == 0 {
			*f = unset.float
		}
	}
	for _, i := range ints {
		if *i == 0 {
			*i = unset.int
		}
	}
	return o
}

func (o *options) drop(field, reason string) {
	o.dropped = append(o.dropped, assistant.Dropped{Field: field, Reason: reason})
}

// request makes the request. What a model of ours has no words for is listed as dropped.
func (o *options) request(template *assistant.Request, messages []llms.MessageContent) (*assistant.Request, []assistant.Dropped, error) {
	req := *template
	req.Messages = slices.Clone(template.Messages)
	for i, m := range messages {
		ours, err := o.message(m)
		if err != nil {
			return nil, nil, fmt.Errorf("message %d: %w", i, err)
		}
		if n := len(req.Messages); ours.Role == assistant.RoleTool && n > 0 && req.Messages[n-1].Role == assistant.RoleTool {
			req.Messages[n-1].Parts = slices.Concat(req.Messages[n-1].Parts, ours.Parts)
			continue // results of one round belong together
		}
		req.Messages = append(req.Messages, ours)
	}
	if o.Model != "" {
		req.Model = o.Model
	}
	o.sampling(&req)
	if err := o.tools(&req); err != nil {
		return nil, nil, err
	}
	if o.JSONMode || o.ResponseMIMEType == "application/json" {
		req.Format = assistant.Format{Kind: assistant.FormatJSON}
	} else if o.ResponseMIMEType != "" && o.ResponseMIMEType != "text/plain" {
		o.drop("ResponseMIMEType", "only application/json and text/plain are known")
	}
	o.metadata(&req)
	return &req, o.dropped, nil
}

func (o *options) sampling(req *assistant.Request) {
	for _, f := range []struct {
		from float64
		to   *assistant.Opt[float64]
	}{
		{o.Temperature, &req.Temperature}, {o.TopP, &req.TopP},
		{o.FrequencyPenalty, &req.FrequencyPenalty}, {o.PresencePenalty, &req.PresencePenalty},
	} {
		if !math.IsNaN(f.from) {
			*f.to = assistant.Some(f.from)
		}
	}
	if o.Seed != unset.int {
		req.Seed = assistant.Some(int64(o.Seed))
	}
	if o.TopK > 0 {
		req.TopK = o.TopK
	}
	if o.MaxTokens > 0 {
		req.MaxTokens = o.MaxTokens
	}
	if len(o.StopWords) > 0 {
		req.Stop = o.StopWords
	}
	for _, f := range []struct {
		field string
		asked bool
	}{
		{"N", o.N > 1}, {"CandidateCount", o.CandidateCount > 1},
		{"MinLength", o.MinLength > 0}, {"MaxLength", o.MaxLength > 0},
		{"RepetitionPenalty", !math.IsNaN(o.RepetitionPenalty)},
	} {
		if f.asked {
			o.drop(f.field, "a request has no such field")
		}
	}
}

func (o *options) tools(req *assistant.Request) error {
	for _, f := range o.Functions {
		o.Tools = append(slices.Clip(o.Tools), llms.Tool{Type: "function", Function: &f})
	}
	req.Tools = slices.Clip(req.Tools)
	for i, t := range o.Tools {
		if t.Type != "function" && t.Type != "" || t.Function == nil {
			return fmt.Errorf("tool %d is of type %q; only functions are known", i, t.Type)
		}
		spec := &assistant.ToolSpec{Name: t.Function.Name, Description: t.Function.Description}
		if t.Function.Parameters != nil {
			schema, err := json.Marshal(t.Function.Parameters)
			if err != nil {
				return fmt.Errorf("parameters of tool %q: %w", t.Function.Name, err)
			}
			spec.Schema = schema
		}
		req.Tools = append(req.Tools, spec)
	}
	if o.ToolChoice != nil {
		return o.choice(req)
	}
	if o.FunctionCallBehavior == llms.FunctionCallBehaviorNone {
		req.ToolChoice = assistant.ToolChoice{Mode: assistant.ToolNone}
	}
	return nil
}

// choice reads a tool choice, which may be a word, an llms.ToolChoice, or anything with the same JSON.
func (o *options) choice(req *assistant.Request) error {
	b, err := json.Marshal(o.ToolChoice)
	if err != nil {
		return fmt.Errorf("tool choice: %w", err)
	}
	var word string
	var object struct {
		Type     string
		Function struct{ Name string }
	}
	if json.Unmarshal(b, &word) != nil {
		if err := json.Unmarshal(b, &object); err != nil {
			return fmt.Errorf("tool choice %s: %w", b, err)
		}
		if word = object.Type; object.Function.Name != "" {
			req.ToolChoice = assistant.ToolChoice{Mode: assistant.ToolForced, Name: object.Function.Name}
			return nil
		}
	}
	switch word {
	case "", "auto":
		req.ToolChoice = assistant.ToolChoice{}
	case "none":
		req.ToolChoice = assistant.ToolChoice{Mode: assistant.ToolNone}
	case "required", "any":
		req.ToolChoice = assistant.ToolChoice{Mode: assistant.ToolRequired}
	default:
		return fmt.Errorf("tool choice %s: want none, auto, required or a function", b)
	}
	return nil
}

// metadata reads the thinking, and the fields of vendors: {"qwen": {"enable_code_interpreter": true}}.
func (o *options) metadata(req *assistant.Request) {
	if t := llms.GetThinkingConfig(&o.CallOptions); t != nil {
		req.Thinking = thinkingOf(t)
	}
	for _, key := range slices.Sorted(maps.Keys(o.Metadata)) {
		fields, ok := o.Metadata[key].(map[string]any)
		switch {
		case key == "thinking_config":
		case ok:
			req.Extra = maps.Clone(req.Extra)
			if req.Extra == nil {
				req.Extra = map[string]map[string]any{}
			}
			all := maps.Clone(req.Extra[key])
			if all == nil {
				all = map[string]any{}
			}
			maps.Copy(all, fields)
			req.Extra[key] = all
		default:
			o.drop("Metadata."+key, "only thinking and objects named after an adapter are known")
		}
	}
}

func thinkingOf(t *llms.ThinkingConfig) assistant.Thinking {
	out := assistant.Thinking{Mode: assistant.On, Budget: t.BudgetTokens}
	switch t.Mode {
	case llms.ThinkingModeNone:
		out.Mode = assistant.Off
	case llms.ThinkingModeLow:
		out.Effort = assistant.EffortLow
	case llms.ThinkingModeMedium:
		out.Effort = assistant.EffortMedium
	case llms.ThinkingModeHigh:
		out.Effort = assistant.EffortHigh
	}
	return out
}

var roles = map[llms.ChatMessageType]assistant.Role{
	llms.ChatMessageTypeSystem:   assistant.RoleSystem,
	llms.ChatMessageTypeHuman:    assistant.RoleUser,
	llms.ChatMessageTypeGeneric:  assistant.RoleUser,
	llms.ChatMessageTypeAI:       assistant.RoleAssistant,
	llms.ChatMessageTypeTool:     assistant.RoleTool,
	llms.ChatMessageTypeFunction: assistant.RoleTool,
}

func (o *options) message(m llms.MessageContent) (assistant.Message, error) {
	role, ok := roles[m.Role]
	if !ok {
		return assistant.Message{}, fmt.Errorf("unknown role %q", m.Role)
	}
	out := assistant.Message{Role: role, Parts: make([]assistant.Part, 0, len(m.Parts))}
	for i, p := range m.Parts {
		part, err := o.part(p)
		if err != nil {
			return assistant.Message{}, fmt.Errorf("part %d: %w", i, err)
		}
		out.Parts = append(out.Parts, part)
	}
	return out, nil
}

func (o *options) part(p llms.ContentPart) (assistant.Part, error) {
	switch p := p.(type) {
	case llms.TextContent:
		return assistant.Text{Text: p.Text}, nil
	case llms.ImageURLContent:
		return imageOf(p)
	case llms.BinaryContent:
		return mediumOf(p), nil
	case llms.ToolCall:
		call := callOf(p)
		call.Arguments = argumentsOf(call.Arguments)
		return call, nil
	case llms.ToolCallResponse:
		return assistant.ToolResult{ID: p.ToolCallID, Name: p.Name, Parts: []assistant.Part{assistant.Text{Text: p.Content}}}, nil
	case llms.CachedContent:
		if len(o.dropped) == 0 || o.dropped[len(o.dropped)-1].Field != "CacheControl" {
			o.drop("CacheControl", "a request has no such field")
		}
		return o.part(p.ContentPart)
	}
	return nil, fmt.Errorf("unknown kind of content %T", p)
}

// argumentsOf returns the arguments as the model wrote them. langchaingo's agent for functions keeps only
// the text of the argument that it has asked for, which vendors refuse.
func argumentsOf(arguments string) string {
	var object map[string]json.RawMessage
	if strings.TrimSpace(arguments) == "" || json.Unmarshal([]byte(arguments), &object) == nil {
		return arguments
	}
	b, _ := json.Marshal(map[string]string{"__arg1": arguments}) // text always encodes
	return string(b)
}

// imageOf reads a picture's address, which may hold the picture itself.
func imageOf(p llms.ImageURLContent) (assistant.Part, error) {
	out := assistant.Image{Detail: p.Detail}
	data, ok := strings.CutPrefix(p.URL, "data:")
	if !ok {
		out.URL = p.URL
		return out, nil
	}
	kind, data, _ := strings.Cut(data, ",")
	kind, encoded := strings.CutSuffix(kind, ";base64")
	if !encoded {
		return nil, fmt.Errorf("data URL of type %q is not base64", kind)
	}
	b, err := base64.StdEncoding.DecodeString(data)
	if err != nil {
		return nil, fmt.Errorf("data URL of type %q: %w", kind, err)
	}
	out.Media = assistant.Media{MIME: kind, Data: b}
	return out, nil
}

// mediumOf reads bytes as what their type says.
func mediumOf(p llms.BinaryContent) assistant.Part {
	m := assistant.Media{MIME: p.MIMEType, Data: p.Data}
	family, _, _ := strings.Cut(mime(m), "/")
	switch family {
	case "audio":
		return assistant.Audio{Media: m}
	case "video":
		return assistant.Video{Media: m}
	case "image":
		return assistant.Image{Media: m}
	}
	return assistant.File{Media: m}
}
