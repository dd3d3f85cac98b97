package openaiwire

import (
	"encoding/json"
	"fmt"
	"strings"

	"github.com/zhushou-ai/zhushou/assistant"
	"github.com/zhushou-ai/zhushou/internal/jsontext"
)

// messages writes the conversation. System messages are joined into one at the front, since several
// vendors refuse them elsewhere.
func (e *encoder) messages() {
	e.name("messages")
	e.b = append(e.b, '[')
	e.system()
	for i, m := range e.req.Messages {
		switch m.Role {
		case assistant.RoleSystem:
		case assistant.RoleUser:
			e.user(i, m)
		case assistant.RoleAssistant:
			e.assistant(i, m)
		case assistant.RoleTool:
			e.results(i, m)
		default:
			e.fail("Messages[%d] has the unknown role %q", i, m.Role)
		}
	}
	e.b = append(e.b, ']')
}

// open begins a message with its role.
func (e *encoder) open(role string) {
	if e.b[len(e.b)-1] == '}' {
		e.b = append(e.b, ',')
	}
	e.b = append(e.b, `{"role":"`...)
	e.b = append(e.b, role...)
	e.b = append(e.b, '"')
}

func (e *encoder) dropPart(message, part int, reason string) {
	e.Drop(fmt.Sprintf("Messages[%d].Parts[%d]", message, part), reason)
}

func (e *encoder) system() {
	opened := false
	add := func(text string) {
		if text == "" {
			return
		}
		if opened {
			e.b = append(e.b, `\n\n`...)
		} else {
			e.open("system")
			e.b = append(e.b, `,"content":"`...)
			opened = true
		}
		e.b = jsontext.AppendEscaped(e.b, text)
	}
	for i, m := range e.req.Messages {
		if m.Role == assistant.RoleSystem {
			add(m.Text())
		}
		e.collectFiles(m, i)
	}
	add(e.note)
	if opened {
		e.b = append(e.b, '"', '}')
	}
	if len(e.fileIDs) > 0 {
		e.open("system")
		e.b = append(e.b, `,"content":`...)
		e.b = jsontext.AppendString(e.b, "fileid://"+strings.Join(e.fileIDs, ",fileid://"))
		e.b = append(e.b, '}')
	}
}

// collectFiles notes the parts of a system message that are not text, and gathers the documents that
// the vendor wants named in a system message.
func (e *encoder) collectFiles(m assistant.Message, i int) {
	for j, p := range m.Parts {
		switch p := p.(type) {
		case assistant.Text:
		case assistant.File:
			if p.FileID != "" && e.rules.Parts&PartFile != 0 && e.rules.File == FileSystem {
				e.fileIDs = append(e.fileIDs, p.FileID)
			} else if m.Role == assistant.RoleSystem {
				e.dropPart(i, j, "system messages hold text only")
			}
		default:
			if m.Role == assistant.RoleSystem {
				e.dropPart(i, j, "system messages hold text only")
			}
		}
	}
}

func (e *encoder) user(i int, m assistant.Message) {
	e.open("user")
	e.b = append(e.b, `,"content":`...)
	text := true
	for _, p := range m.Parts {
		if _, ok := p.(assistant.Text); !ok {
			text = false
		}
	}
	if text {
		e.b = jsontext.AppendString(e.b, m.Text())
	} else {
		e.content(m.Parts, func(j int, reason string) { e.dropPart(i, j, reason) })
	}
	e.b = append(e.b, '}')
}

func (e *encoder) assistant(i int, m assistant.Message) {
	text, calls := m.Text(), 0
	for j, p := range m.Parts {
		switch p := p.(type) {
		case assistant.ToolCall:
			calls++
		case assistant.Audio:
			if text == "" {
				text = p.Transcript
			}
		case assistant.Image, assistant.Video, assistant.File:
			e.dropPart(i, j, "the vendor takes back text only")
		case assistant.ToolResult:
			e.dropPart(i, j, "a tool result belongs in a tool message")
		case assistant.Unknown:
			e.dropPart(i, j, "written by a newer release")
		}
	}
	if text == "" && calls == 0 { // an answer that was cut while the model still thought
		e.Drop(fmt.Sprintf("Messages[%d]", i), "it holds neither text nor calls, and vendors refuse empty answers")
		return
	}
	e.open("assistant")
	e.b = append(e.b, `,"content":`...)
	if text == "" && calls > 0 && e.rules.EmptyContent != "" {
		e.b = append(e.b, e.rules.EmptyContent...)
	} else {
		e.b = jsontext.AppendString(e.b, text)
	}
	e.reasoning(m, calls > 0)
	if calls > 0 {
		e.calls(i, m)
	}
	if m.Partial && i == len(e.req.Messages)-1 {
		switch {
		case e.rules.Prefix != "":
			e.b = append(e.b, `,"`+e.rules.Prefix+`":true`...)
			e.prefixed = true
		case e.rules.PrefixBare:
			e.prefixed = true
		default:
			e.Drop(fmt.Sprintf("Messages[%d].Partial", i), "the vendor cannot continue an answer")
		}
	}
	e.b = append(e.b, '}')
}

// reasoning writes back what the same vendor thought, where it wants that.
func (e *encoder) reasoning(m assistant.Message, calls bool) {
	r := e.rules.Replay
	all := r.When == ReplayAlways
	if on, ok := e.extra[r.Switch].(bool); ok && r.Switch != "" {
		all = on
	}
	if !all && !(calls && r.When == ReplayToolCalls) {
		return
	}
	var text strings.Builder
	var opaque []byte
	for _, p := range m.Parts {
		if p, ok := p.(assistant.Reasoning); ok && p.Vendor == e.profile.Vendor {
			text.WriteString(p.Text)
			if len(p.Opaque) > 0 {
				opaque = p.Opaque
			}
		}
	}
	switch {
	case len(opaque) > 0 && r.Opaque != "":
		e.b = append(e.b, `,"`+r.Opaque+`":`...)
		e.b = jsontext.AppendString(e.b, string(opaque))
	case text.Len() > 0 || r.Empty:
		e.b = append(e.b, `,"reasoning_content":`...)
		e.b = jsontext.AppendString(e.b, text.String())
	}
}

func (e *encoder) calls(i int, m assistant.Message) {
	open := `,"tool_calls":[{"id":`
	for j, p := range m.Parts {
		call, ok := p.(assistant.ToolCall)
		if !ok {
			continue
		}
		if call.ID == "" {
			e.fail("Messages[%d].Parts[%d]: the tool call has no id", i, j)
		}
		name := call.Name
		if name == "" {
			name = "unknown" // vendors refuse the whole history for a nameless call
		}
		arguments := strings.TrimSpace(call.Arguments)
		if arguments == "" {
			arguments = "{}"
		} else if !json.Valid([]byte(arguments)) {
			e.dropPart(i, j, "the arguments are not JSON, which vendors refuse; sent as {}")
			arguments = "{}"
		}
		e.b = append(e.b, open...)
		e.b = jsontext.AppendString(e.b, call.ID)
		e.b = append(e.b, `,"type":"function","function":{"name":`...)
		e.b = jsontext.AppendString(e.b, name)
		e.b = append(e.b, `,"arguments":`...)
		e.b = jsontext.AppendString(e.b, arguments)
		e.b = append(e.b, '}', '}')
		open = `,{"id":`
	}
	e.b = append(e.b, ']')
}

// results writes one message for each tool result. Vendors take text in them; pictures and the like
// follow in a user message, if the model can see them at all.
func (e *encoder) results(i int, m assistant.Message) {
	var media []assistant.Part
	for j, p := range m.Parts {
		r, ok := p.(assistant.ToolResult)
		if !ok {
			e.dropPart(i, j, "tool messages hold tool results only")
			continue
		}
		if r.ID == "" {
			e.fail("Messages[%d].Parts[%d]: the tool result has no id", i, j)
		}
		e.open("tool")
		e.b = append(e.b, `,"tool_call_id":`...)
		e.b = jsontext.AppendString(e.b, r.ID)
		if e.rules.ToolNames && r.Name != "" {
			e.b = append(e.b, `,"name":`...)
			e.b = jsontext.AppendString(e.b, r.Name)
		}
		text := r.Text()
		if e.rules.BlankResult != "" && strings.TrimSpace(text) == "" {
			text = e.rules.BlankResult
		}
		e.b = append(e.b, `,"content":`...)
		e.b = jsontext.AppendString(e.b, text)
		e.b = append(e.b, '}')
		labelled := false
		for k, p := range r.Parts {
			if _, ok := p.(assistant.Text); ok {
				continue
			}
			if reason := e.refuses(p); reason != "" {
				e.Drop(fmt.Sprintf("Messages[%d].Parts[%d].Parts[%d]", i, j, k), reason)
				continue
			}
			if !labelled {
				media = append(media, assistant.Text{Text: "工具 " + r.Name + " 返回的内容:"})
				labelled = true
			}
			media = append(media, p)
		}
	}
	if len(media) > 0 {
		e.open("user")
		e.b = append(e.b, `,"content":`...)
		e.content(media, func(int, string) {})
		e.b = append(e.b, '}')
	}
}
