package hunyuan

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/zhushou-ai/zhushou/internal/jsontext"
)

// nativeRequest writes a request of the common protocol in the words of the native one. Fields in the
// native spelling, which begin with a capital, stay as they are.
func nativeRequest(body []byte, drop func(field, reason string)) ([]byte, error) {
	var fields map[string]json.RawMessage
	if err := json.Unmarshal(body, &fields); err != nil {
		return nil, fmt.Errorf("translate the request: %w", err)
	}
	var in commonRequest
	if err := json.Unmarshal(body, &in); err != nil {
		return nil, fmt.Errorf("translate the request: %w", err)
	}
	out := map[string]any{"Model": in.Model, "Messages": nativeMessages(in.Messages)}
	for common, native := range map[string]string{
		"stream": "Stream", "temperature": "Temperature", "top_p": "TopP", "seed": "Seed", "stop": "Stop", "enable_thinking": "EnableThinking",
	} {
		if raw, ok := fields[common]; ok {
			out[native] = raw
		}
	}
	if len(in.Tools) > 0 {
		out["Tools"] = nativeTools(in.Tools)
	}
	if name := in.ToolChoice.name(); name != "" {
		out["ToolChoice"] = "custom"
		i := slices.IndexFunc(in.Tools, func(t commonTool) bool { return t.Function.Name == name })
		out["CustomTool"] = nativeTools(in.Tools[i : i+1])[0]
	} else if word := in.ToolChoice.word(); word != "" {
		out["ToolChoice"] = word
	}
	for _, name := range slices.Sorted(maps.Keys(fields)) {
		switch {
		case name[0] >= 'A' && name[0] <= 'Z':
			out[name] = fields[name]
		case name == "max_tokens":
			drop("MaxTokens", "the native interface has no such limit")
		case !slices.Contains(translated, name):
			drop("Extra."+Vendor+"."+name, "the native interface has no such field; its own begin with a capital")
		}
	}
	return jsontext.Marshal(out)
}

// translated are the fields of the common protocol that are dealt with.
var translated = []string{
	"model", "messages", "stream", "temperature", "top_p", "seed", "stop", "enable_thinking", "tools", "tool_choice",
}

// A commonRequest is what has to be taken apart of a request in the common protocol.
type commonRequest struct {
	Model      string          `json:"model"`
	Messages   []commonMessage `json:"messages"`
	Tools      []commonTool    `json:"tools"`
	ToolChoice commonChoice    `json:"tool_choice"`
}

type commonMessage struct {
	Role       string          `json:"role"`
	Content    json.RawMessage `json:"content"`
	ToolCalls  []commonCall    `json:"tool_calls"`
	ToolCallID string          `json:"tool_call_id"`
}

type commonCall struct {
	ID       string `json:"id"`
	Function struct {
		Name      string `json:"name"`
		Arguments string `json:"arguments"`
	} `json:"function"`
}

type commonTool struct {
	Function struct {
		Name        string          `json:"name"`
		Description string          `json:"description"`
		Parameters  json.RawMessage `json:"parameters"`
	} `json:"function"`
}

// A commonChoice is a word or the name of a tool in an object.
type commonChoice struct{ raw json.RawMessage }

func (c *commonChoice) UnmarshalJSON(b []byte) error {
	c.raw = slices.Clone(b)
	return nil
}

func (c *commonChoice) word() string {
	var word string
	_ = json.Unmarshal(c.raw, &word) // anything else is no word
	return word
}

func (c *commonChoice) name() string {
	var tool commonTool
	_ = json.Unmarshal(c.raw, &tool) // anything else is no name
	return tool.Function.Name
}

type commonPart struct {
	Type     string            `json:"type"`
	Text     string            `json:"text"`
	ImageURL struct{ URL any } `json:"image_url"`
	VideoURL struct{ URL any } `json:"video_url"`
	Video    []string          `json:"video"`
}

// A nativeMessage is one message in the native spelling.
type nativeMessage struct {
	Role       string       `json:"Role"`
	Content    string       `json:"Content,omitempty"`
	Contents   []nativePart `json:"Contents,omitempty"`
	ToolCalls  []nativeCall `json:"ToolCalls,omitempty"`
	ToolCallID string       `json:"ToolCallId,omitempty"`
}

type nativePart struct {
	Type        string         `json:"Type"`
	Text        string         `json:"Text,omitempty"`
	ImageURL    map[string]any `json:"ImageUrl,omitempty"`
	VideoURL    map[string]any `json:"VideoUrl,omitempty"`
	VideoFrames map[string]any `json:"VideoFrames,omitempty"`
}

type nativeCall struct {
	ID       string         `json:"Id"`
	Type     string         `json:"Type"`
	Function nativeFunction `json:"Function"`
}

type nativeFunction struct {
	Name        string `json:"Name"`
	Description string `json:"Description,omitempty"`
	Parameters  string `json:"Parameters,omitempty"` // a schema as a text
	Arguments   string `json:"Arguments,omitempty"`
}

type nativeTool struct {
	Type     string         `json:"Type"`
	Function nativeFunction `json:"Function"`
}

func nativeTools(tools []commonTool) []nativeTool {
	out := make([]nativeTool, len(tools))
	for i, t := range tools {
		out[i] = nativeTool{"function", nativeFunction{Name: t.Function.Name, Description: t.Function.Description, Parameters: string(t.Function.Parameters)}}
	}
	return out
}

// goOn is what the user says after an answer that is to be continued: he must have the last word.
const goOn = "请继续。"

// blank stands where the interface wants text and there is none: it refuses the empty one.
const blank = " "

// nativeMessages makes user and assistant speak by turns, as the interface wants: messages of one side
// that follow each other are joined, and where the other side said nothing it says blank.
func nativeMessages(in []commonMessage) []nativeMessage {
	var out []nativeMessage
	for _, m := range in {
		next := m.native()
		before := "system"
		if len(out) > 0 {
			before = out[len(out)-1].Role
		}
		switch {
		case next.Role == "user" && before == "user",
			next.Role == "assistant" && before == "assistant" && len(out[len(out)-1].ToolCalls) == 0:
			out[len(out)-1].join(next)
			continue
		case next.Role == "user" && before == "tool":
			out = append(out, nativeMessage{Role: "assistant", Content: blank})
		case next.Role == "assistant" && before == "system":
			out = append(out, nativeMessage{Role: "user", Content: blank})
		}
		out = append(out, next)
	}
	if n := len(out); n > 0 && out[n-1].Role == "assistant" && len(out[n-1].ToolCalls) == 0 {
		out = append(out, nativeMessage{Role: "user", Content: goOn})
	}
	return out
}

func (m *commonMessage) native() nativeMessage {
	out := nativeMessage{Role: m.Role, ToolCallID: m.ToolCallID}
	var parts []commonPart
	if json.Unmarshal(m.Content, &out.Content) != nil && json.Unmarshal(m.Content, &parts) == nil {
		for _, p := range parts {
			out.Contents = append(out.Contents, p.native())
		}
	}
	if strings.TrimSpace(out.Content) == "" && out.Contents == nil {
		out.Content = blank
	}
	for _, c := range m.ToolCalls {
		out.ToolCalls = append(out.ToolCalls, nativeCall{ID: c.ID, Type: "function", Function: nativeFunction{Name: c.Function.Name, Arguments: c.Function.Arguments}})
	}
	return out
}

func (p *commonPart) native() nativePart {
	switch p.Type {
	case "image_url":
		return nativePart{Type: p.Type, ImageURL: map[string]any{"Url": p.ImageURL.URL}}
	case "video_url":
		return nativePart{Type: p.Type, VideoURL: map[string]any{"Url": p.VideoURL.URL}}
	case "video":
		return nativePart{Type: "video_frames", VideoFrames: map[string]any{"Frames": p.Video}}
	}
	return nativePart{Type: "text", Text: p.Text}
}

// join adds what another message of the same side says.
func (m *nativeMessage) join(next nativeMessage) {
	if m.Contents != nil || next.Contents != nil {
		m.Contents = append(m.parts(), next.parts()...)
		m.Content = ""
	} else {
		m.Content = strings.TrimSpace(m.Content + "\n\n" + next.Content)
	}
	m.ToolCalls = next.ToolCalls
}

func (m *nativeMessage) parts() []nativePart {
	if m.Contents != nil {
		return m.Contents
	}
	return []nativePart{{Type: "text", Text: m.Content}}
}
