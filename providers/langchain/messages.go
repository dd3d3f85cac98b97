package langchain

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"

	"github.com/tmc/langchaingo/llms"

	"github.com/zhushou-ai/zhushou/assistant"
)

// conversation writes the messages. System messages are joined into one at the front, since several
// vendors refuse them elsewhere.
func (e *encoder) conversation() error {
	var system []string
	for i, m := range e.req.Messages {
		if m.Role != assistant.RoleSystem {
			continue
		}
		if text := m.Text(); text != "" {
			system = append(system, text)
		}
		for j, p := range m.Parts {
			if _, ok := p.(assistant.Text); !ok {
				e.dropPart(i, j, "system messages hold text only")
			}
		}
	}
	if e.note != "" {
		system = append(system, e.note)
	}
	if len(system) > 0 {
		e.add(llms.ChatMessageTypeSystem, llms.TextPart(strings.Join(system, "\n\n")))
	}
	for i, m := range e.req.Messages {
		switch m.Role {
		case assistant.RoleSystem:
		case assistant.RoleUser:
			e.add(llms.ChatMessageTypeHuman, e.parts(i, m.Parts)...)
		case assistant.RoleAssistant:
			e.answer(i, m)
		case assistant.RoleTool:
			e.results(i, m)
		default:
			return fmt.Errorf("message %d has the unknown role %q", i, m.Role)
		}
	}
	return nil
}

func (e *encoder) add(role llms.ChatMessageType, parts ...llms.ContentPart) {
	if len(parts) > 0 {
		e.messages = append(e.messages, llms.MessageContent{Role: role, Parts: parts})
	}
}

func (e *encoder) dropPart(message, part int, reason string) {
	e.drop(fmt.Sprintf("Messages[%d].Parts[%d]", message, part), reason)
}

// parts writes what a user says.
func (e *encoder) parts(i int, parts []assistant.Part) []llms.ContentPart {
	media := slices.ContainsFunc(parts, func(p assistant.Part) bool { _, text := p.(assistant.Text); return !text })
	if !media || e.client.oneText {
		return e.joined(i, parts)
	}
	var out []llms.ContentPart
	for j, p := range parts {
		if t, ok := p.(assistant.Text); ok {
			out = append(out, llms.TextPart(t.Text))
		} else if part, reason := e.medium(p); part != nil {
			out = append(out, part)
		} else {
			e.dropPart(i, j, reason)
		}
	}
	return out
}

// joined writes all text as one part, and what else there is after it.
func (e *encoder) joined(i int, parts []assistant.Part) []llms.ContentPart {
	var out []llms.ContentPart
	if text := (assistant.Message{Parts: parts}).Text(); text != "" {
		out = append(out, llms.TextPart(text))
	}
	for j, p := range parts {
		if _, ok := p.(assistant.Text); ok {
			continue
		}
		if part, reason := e.medium(p); part != nil {
			out = append(out, part)
		} else {
			e.dropPart(i, j, reason)
		}
	}
	return out
}

// medium writes a part that is no text, or says why not.
func (e *encoder) medium(p assistant.Part) (llms.ContentPart, string) {
	switch p := p.(type) {
	case assistant.Image:
		return e.image(p)
	case assistant.Audio:
		return e.binary(p.Media)
	case assistant.Video:
		return e.binary(p.Media)
	case assistant.File:
		return e.binary(p.Media)
	case assistant.Unknown:
		return nil, "written by a newer release"
	}
	return nil, fmt.Sprintf("a %T does not belong here", p)
}

func (e *encoder) image(p assistant.Image) (llms.ContentPart, string) {
	form := e.client.images
	switch {
	case form == noImages:
		return nil, "langchaingo's client does not send pictures"
	case p.URL != "" && form != bytesOnly:
		return llms.ImageURLWithDetailPart(p.URL, p.Detail), ""
	case len(p.Data) > 0 && form == linkOnly:
		return llms.ImageURLWithDetailPart("data:"+mime(p.Media)+";base64,"+base64.StdEncoding.EncodeToString(p.Data), p.Detail), ""
	case len(p.Data) > 0:
		return llms.BinaryPart(mime(p.Media), p.Data), ""
	case p.URL != "":
		return nil, "langchaingo's client sends the bytes of pictures only"
	}
	return nil, "langchaingo knows no files of the vendor's"
}

func (e *encoder) binary(m assistant.Media) (llms.ContentPart, string) {
	switch {
	case !e.client.media:
		return nil, "langchaingo's client does not send it"
	case len(m.Data) == 0:
		return nil, "langchaingo sends it as bytes only"
	}
	return llms.BinaryPart(mime(m), m.Data), ""
}

func mime(m assistant.Media) string {
	if m.MIME != "" {
		return m.MIME
	}
	kind, _, _ := strings.Cut(http.DetectContentType(m.Data), ";")
	return kind
}

// answer writes what the assistant said before.
func (e *encoder) answer(i int, m assistant.Message) {
	var out []llms.ContentPart
	if text := m.Text(); text != "" {
		out = append(out, llms.TextPart(text))
	}
	e.thoughts(i, m)
	for j, p := range m.Parts {
		switch p := p.(type) {
		case assistant.Text, assistant.Citation, assistant.Reasoning:
		case assistant.ToolCall:
			if !e.client.tools {
				e.dropPart(i, j, "langchaingo's client does not send tool calls")
				continue
			}
			out = append(out, e.toolCall(i, j, p))
		default:
			e.dropPart(i, j, "answers are sent back as text and calls only")
		}
	}
	if len(out) == 0 {
		e.drop(fmt.Sprintf("Messages[%d]", i), "it holds neither text nor calls, and vendors refuse empty answers")
		return
	}
	if m.Partial && i == len(e.req.Messages)-1 {
		e.drop(fmt.Sprintf("Messages[%d].Partial", i), "langchaingo has no such option")
	}
	if !e.client.onePart {
		e.add(llms.ChatMessageTypeAI, out...)
		return
	}
	for _, p := range out { // messages that follow each other count as one
		e.add(llms.ChatMessageTypeAI, p)
	}
}

// thoughts notes thinking that the vendor may want back. Transport puts it back where it has led to calls:
// there vendors insist on it, elsewhere they do not want it.
func (e *encoder) thoughts(i int, m assistant.Message) {
	var thought string
	var parts []string
	for j, p := range m.Parts {
		if p, ok := p.(assistant.Reasoning); ok && p.Vendor == e.vendor {
			e.dropPart(i, j, "langchaingo cannot send thinking back")
			if p.Text != "" {
				thought += p.Text
				parts = append(parts, e.dropped[len(e.dropped)-1].Field)
			}
		}
	}
	if calls := m.ToolCalls(); e.patch != nil && thought != "" && len(calls) > 0 {
		e.patch.think(calls[0].ID, thought, parts...)
	}
}

func (e *encoder) toolCall(i, j int, c assistant.ToolCall) llms.ToolCall {
	arguments := strings.TrimSpace(c.Arguments)
	if arguments == "" {
		arguments = "{}"
	} else if !json.Valid([]byte(arguments)) {
		e.dropPart(i, j, "the arguments are not JSON, which vendors refuse; sent as {}")
		arguments = "{}"
	}
	return llms.ToolCall{ID: c.ID, Type: "function", FunctionCall: &llms.FunctionCall{Name: c.Name, Arguments: arguments}}
}

// results writes one message for each tool result, since langchaingo's clients read no more than that.
// It holds text; pictures and the like follow in a message of the user.
func (e *encoder) results(i int, m assistant.Message) {
	var media []llms.ContentPart
	for j, p := range m.Parts {
		r, ok := p.(assistant.ToolResult)
		if !ok {
			e.dropPart(i, j, "tool messages hold tool results only")
			continue
		}
		if !e.client.tools {
			e.dropPart(i, j, "langchaingo's client does not send tool results")
			continue
		}
		e.add(llms.ChatMessageTypeTool, llms.ToolCallResponse{ToolCallID: r.ID, Name: r.Name, Content: r.Text()})
		for k, p := range r.Parts {
			if _, ok := p.(assistant.Text); ok {
				continue
			}
			part, reason := e.medium(p)
			if part == nil {
				e.drop(fmt.Sprintf("Messages[%d].Parts[%d].Parts[%d]", i, j, k), reason)
				continue
			}
			if len(media) == 0 {
				media = append(media, llms.TextPart("工具返回的内容:"))
			}
			media = append(media, part)
		}
	}
	e.add(llms.ChatMessageTypeHuman, media...)
}
