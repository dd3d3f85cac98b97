package langchain

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/tmc/langchaingo/llms"

	"github.com/zhushou-ai/zhushou/assistant"
)

// A call is a request in langchaingo's terms.
type call struct {
	messages []llms.MessageContent
	options  []llms.CallOption
	dropped  []assistant.Dropped
	patch    *patch // nil if nothing can be put back
}

// encode turns a request into a call. What langchaingo has no words for, or its client does not send, is
// listed as dropped.
func (m *Model) encode(req *assistant.Request) (*call, error) {
	if req == nil {
		return nil, errors.New("no request")
	}
	e := &encoder{req: req, vendor: m.cfg.Vendor, client: m.client}
	e.options = slices.Clone(m.cfg.Options)
	if m.client.compatible {
		e.patch = newPatch(m.cfg.Vendor)
		e.patch.untempered = !m.tempered && !req.Temperature.Set
	}
	if name := cmp.Or(req.Model, m.cfg.Model); name != "" && e.sends("Model") {
		e.option(llms.WithModel(name))
	}
	e.metadata() // first, because thinking is added to it
	e.thinking()
	e.sampling()
	if err := e.tools(); err != nil {
		return nil, err
	}
	if err := e.format(); err != nil {
		return nil, err
	}
	if err := e.conversation(); err != nil {
		return nil, err
	}
	if m.client.prompt {
		e.flatten()
	}
	if len(e.messages) == 0 {
		return nil, fmt.Errorf("the request has no message with content that %s can send", cmp.Or(m.cfg.Vendor, "langchaingo"))
	}
	return &e.call, nil
}

type encoder struct {
	call
	req    *assistant.Request
	vendor string
	client client
	note   string // follows the system messages
}

func (e *encoder) option(o llms.CallOption) { e.options = append(e.options, o) }

func (e *encoder) drop(field, reason string) {
	e.dropped = append(e.dropped, assistant.Dropped{Field: field, Reason: reason})
}

// lose notes a field of the request that langchaingo does not send; [Transport] puts it back as name.
func (e *encoder) lose(field, reason, name string, value any) {
	e.drop(field, reason)
	if e.patch != nil {
		e.patch.put(field, name, value)
	}
}

// sends reports whether the client sends a field of the request, and notes it if not.
func (e *encoder) sends(field string) bool {
	if slices.Contains(e.client.ignores, field) {
		e.drop(field, "langchaingo's client does not send it")
		return false
	}
	return true
}

func (e *encoder) metadata() {
	extra := e.req.Extra[e.vendor]
	if len(extra) == 0 && e.req.Thinking == (assistant.Thinking{}) {
		return
	}
	if e.patch != nil {
		e.patch.own(extra)
	}
	e.option(func(o *llms.CallOptions) { // a new map for each call: langchaingo writes into it
		all := maps.Clone(o.Metadata)
		if all == nil {
			all = map[string]any{}
		}
		if e.client.ours {
			all[e.vendor] = extra
		} else {
			maps.Copy(all, extra)
		}
		o.Metadata = all
	})
}

func (e *encoder) thinking() {
	t := e.req.Thinking
	if t == (assistant.Thinking{}) {
		return
	}
	if !e.client.thinking {
		e.drop("Thinking", "langchaingo's client does not send it")
		return
	}
	mode := llms.ThinkingModeAuto
	switch {
	case t.Mode == assistant.Off:
		mode = llms.ThinkingModeNone
	case t.Effort == assistant.EffortLow:
		mode = llms.ThinkingModeLow
	case t.Effort == assistant.EffortMedium:
		mode = llms.ThinkingModeMedium
	case t.Effort == assistant.EffortHigh || t.Effort == assistant.EffortMax:
		mode = llms.ThinkingModeHigh
	}
	e.option(llms.WithThinkingMode(mode))
	if t.Budget > 0 {
		e.option(llms.WithThinkingBudget(t.Budget))
	}
}

func (e *encoder) sampling() {
	r := e.req
	if r.Temperature.Set && e.sends("Temperature") {
		e.option(llms.WithTemperature(r.Temperature.Value))
	}
	for _, f := range []struct {
		field, name string
		value       assistant.Opt[float64]
		with        func(float64) llms.CallOption
	}{
		{"TopP", "top_p", r.TopP, llms.WithTopP},
		{"FrequencyPenalty", "frequency_penalty", r.FrequencyPenalty, llms.WithFrequencyPenalty},
		{"PresencePenalty", "presence_penalty", r.PresencePenalty, llms.WithPresencePenalty},
	} {
		if f.value.Set && e.tells(f.field, f.name, f.value.Value, f.value.Value == 0) {
			e.option(f.with(f.value.Value))
		}
	}
	if r.Seed.Set && e.tells("Seed", "seed", r.Seed.Value, r.Seed.Value == 0) {
		e.option(llms.WithSeed(int(r.Seed.Value)))
	}
	if r.TopK != 0 && e.sends("TopK") {
		e.option(llms.WithTopK(r.TopK))
	}
	if r.MaxTokens != 0 && e.sends("MaxTokens") {
		e.option(llms.WithMaxTokens(r.MaxTokens))
	}
	if len(r.Stop) > 0 && e.sends("Stop") {
		e.option(llms.WithStopWords(slices.Clone(r.Stop)))
	}
	if r.User != "" {
		e.lose("User", "langchaingo has no such option", "user", r.User)
	}
	if s := r.Search; s.Mode == assistant.On || s.Forced || len(s.Sites) > 0 || s.Days > 0 {
		e.drop("Search", "langchaingo has no such option")
	}
}

// tells reports whether langchaingo sends a number, and notes it if not.
func (e *encoder) tells(field, name string, value any, zero bool) bool {
	switch {
	case slices.Contains(e.client.ignores, field):
		e.lose(field, "langchaingo's client does not send it", name, value)
	case zero:
		e.lose(field, "langchaingo cannot tell 0 from nothing", name, value)
	default:
		return true
	}
	return false
}

func (e *encoder) tools() error {
	choice := e.req.ToolChoice
	if len(e.req.Tools) == 0 {
		if choice.Mode == assistant.ToolRequired || choice.Mode == assistant.ToolForced {
			e.drop("ToolChoice", "the request has no tools")
		}
		return nil
	}
	if !e.client.tools {
		e.drop("Tools", "langchaingo's client does not send them")
		return nil
	}
	if choice.Mode == assistant.ToolNone && !e.client.choice {
		return nil // no tools come to the same
	}
	var tools []llms.Tool
	for _, spec := range e.req.Tools {
		schema := map[string]any{"type": "object", "properties": map[string]any{}}
		if len(spec.Schema) > 0 {
			schema = nil
			if err := json.Unmarshal(spec.Schema, &schema); err != nil {
				return fmt.Errorf("the schema of tool %q is not a JSON object: %w", spec.Name, err)
			}
		}
		tools = append(tools, llms.Tool{Type: "function", Function: &llms.FunctionDefinition{
			Name: spec.Name, Description: spec.Description, Parameters: schema,
		}})
	}
	e.option(llms.WithTools(tools))
	if e.req.SingleTool {
		e.lose("SingleTool", "langchaingo has no such option", "parallel_tool_calls", false)
	}
	return e.choice(choice)
}

func (e *encoder) choice(c assistant.ToolChoice) error {
	var value any
	switch c.Mode {
	case assistant.ToolAuto:
		return nil
	case assistant.ToolNone:
		value = "none"
	case assistant.ToolRequired:
		value = "required"
	case assistant.ToolForced:
		if !slices.ContainsFunc(e.req.Tools, func(t *assistant.ToolSpec) bool { return t.Name == c.Name }) {
			return fmt.Errorf("ToolChoice names %q, which is not among the tools", c.Name)
		}
		value = llms.ToolChoice{Type: "function", Function: &llms.FunctionReference{Name: c.Name}}
	}
	if !e.client.choice {
		e.drop("ToolChoice", "langchaingo's client does not send it")
		return nil
	}
	e.option(llms.WithToolChoice(value))
	return nil
}

// format asks for JSON. langchaingo has no way to hand on a schema, and several vendors want the word
// "JSON" in the conversation, so the model is told in words too.
func (e *encoder) format() error {
	switch f := e.req.Format; f.Kind {
	case assistant.FormatText:
		return nil
	case assistant.FormatSchema:
		if !json.Valid(f.Schema) {
			return errors.New("Format.Schema is not JSON")
		}
		e.drop("Format.Schema", "langchaingo has no such option; the model was told the schema in words")
		e.note = "请只输出一个符合以下 JSON Schema 的 JSON 对象,不要输出其他文字:\n" + string(f.Schema)
	case assistant.FormatJSON:
		e.note = "请只输出一个 JSON 对象,不要输出其他文字。"
	}
	if e.sends("Format") {
		e.option(llms.WithJSONMode())
	}
	return nil
}

// flatten makes one text of the conversation, for clients that send the first part of the first message
// and nothing else.
func (e *encoder) flatten() {
	labels := map[llms.ChatMessageType]string{
		llms.ChatMessageTypeSystem: "System: ", llms.ChatMessageTypeHuman: "Human: ", llms.ChatMessageTypeAI: "AI: ",
	}
	var lines []string
	for _, m := range e.messages {
		line := labels[m.Role]
		for _, p := range m.Parts {
			if t, ok := p.(llms.TextContent); ok {
				line += t.Text
			}
		}
		lines = append(lines, line)
	}
	prompt := strings.Join(append(lines, "AI:"), "\n")
	if len(lines) == 1 { // a question of its own
		prompt = strings.TrimPrefix(lines[0], labels[llms.ChatMessageTypeHuman])
	}
	e.messages = []llms.MessageContent{llms.TextParts(llms.ChatMessageTypeHuman, prompt)}
}
