package providertest

import (
	"bytes"
	"encoding/json"
	"slices"
	"strings"
)

// messageRule checks the shape of the conversation: known roles, content of the right type, and tool
// results that follow the calls they answer.
func messageRule(v *Vendor, c *Chat) *Fault {
	if len(c.Messages) == 0 {
		return v.refuse("messages must not be empty")
	}
	var open []string // ids of calls without a result yet
	for i, m := range c.Messages {
		if m.Role != "tool" && len(open) > 0 {
			return v.refuse("messages[%d]: the tool calls %s have no result yet", i, strings.Join(open, ", "))
		}
		switch m.Role {
		case "system", "user":
			if f := contentRule(v, i, m, false); f != nil {
				return f
			}
		case "assistant":
			if f := contentRule(v, i, m, len(m.ToolCalls) > 0); f != nil {
				return f
			}
			if f := callsRule(v, i, m); f != nil {
				return f
			}
			for _, call := range m.ToolCalls {
				open = append(open, call.ID)
			}
		case "tool":
			at := slices.Index(open, m.ToolCallID)
			if at < 0 {
				return v.refuse("messages[%d]: tool_call_id %q answers no call of the message before", i, m.ToolCallID)
			}
			open = slices.Delete(open, at, at+1)
			if f := contentRule(v, i, m, false); f != nil {
				return f
			}
		default:
			return v.refuse("messages[%d]: role %q is none of system, user, assistant and tool", i, m.Role)
		}
	}
	if len(open) > 0 {
		return v.refuse("the tool calls %s have no result", strings.Join(open, ", "))
	}
	return nil
}

func callsRule(v *Vendor, i int, m ChatMessage) *Fault {
	seen := map[string]bool{}
	for k, call := range m.ToolCalls {
		switch {
		case call.ID == "" || seen[call.ID]:
			return v.refuse("messages[%d].tool_calls[%d]: id %q is empty or taken", i, k, call.ID)
		case call.Type != "function":
			return v.refuse("messages[%d].tool_calls[%d]: type must be function", i, k)
		case call.Function.Name == "":
			return v.refuse("messages[%d].tool_calls[%d]: function.name is missing", i, k)
		case call.Function.Arguments == nil:
			return v.refuse("messages[%d].tool_calls[%d]: function.arguments must be a string", i, k)
		}
		seen[call.ID] = true
	}
	return nil
}

// contentRule wants a string or a list of known parts. Beside calls, content may be null; an answer
// may be the empty string, every other message must say something.
func contentRule(v *Vendor, i int, m ChatMessage, withCalls bool) *Fault {
	content := bytes.TrimSpace(m.Content)
	switch {
	case len(content) == 0 || string(content) == "null":
		if withCalls {
			return nil
		}
		return v.refuse("messages[%d]: content or tool_calls must be set", i)
	case content[0] == '"':
		if string(content) == `""` && m.Role != "assistant" && m.Role != "tool" {
			return v.refuse("messages[%d]: content must not be empty", i)
		}
		return nil
	case content[0] == '[':
		return partsRule(v, i, content)
	}
	return v.refuse("messages[%d]: content must be a string or a list", i)
}

type chatPart struct {
	Type       string           `json:"type"`
	Text       *string          `json:"text"`
	ImageURL   *chatURL         `json:"image_url"`
	VideoURL   *chatURL         `json:"video_url"`
	Video      []string         `json:"video"`
	InputAudio *json.RawMessage `json:"input_audio"`
	FileID     string           `json:"file_id"`
	File       *json.RawMessage `json:"file"`
}

// firstPart returns the type of the first part that is of one of the types, empty if there is none.
func (c *Chat) firstPart(types ...string) string {
	for _, m := range c.Messages {
		var parts []chatPart
		_ = json.Unmarshal(m.Content, &parts) // a text has no parts
		for _, p := range parts {
			if slices.Contains(types, p.Type) {
				return p.Type
			}
		}
	}
	return ""
}

type chatURL struct {
	URL    string `json:"url"`
	FileID string `json:"file_id"`
}

func partsRule(v *Vendor, i int, content []byte) *Fault {
	var parts []chatPart
	if err := json.Unmarshal(content, &parts); err != nil {
		return v.refuse("messages[%d]: %v", i, err)
	}
	if len(parts) == 0 {
		return v.refuse("messages[%d]: content must not be an empty list", i)
	}
	for k, p := range parts {
		if !slices.Contains(v.Parts, p.Type) {
			return v.refuse("messages[%d].content[%d]: type %q is not supported", i, k, p.Type)
		}
		var ok bool
		switch p.Type {
		case "text":
			ok = p.Text != nil
		case "image_url":
			ok = fetchable(p.ImageURL)
		case "video_url":
			ok = fetchable(p.VideoURL)
		case "video":
			ok = len(p.Video) > 0
		case "input_audio":
			ok = p.InputAudio != nil
		case "file":
			ok = p.FileID != "" || p.File != nil
		default:
			ok = true // a part that only the vendor's own description knows
		}
		if !ok {
			return v.refuse("messages[%d].content[%d]: the part of type %s has no content", i, k, p.Type)
		}
	}
	return nil
}

func fetchable(u *chatURL) bool {
	if u == nil {
		return false
	}
	data, isData := strings.CutPrefix(u.URL, "data:")
	if isData {
		kind, _, ok := strings.Cut(data, ";base64,")
		return ok && strings.Contains(kind, "/")
	}
	return hasPrefix(u.URL, "https://", "http://", "oss://") || u.FileID != ""
}
