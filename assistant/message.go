package assistant

import "strings"

// A Role says who speaks.
type Role string

// The roles.
const (
	RoleSystem    Role = "system"
	RoleUser      Role = "user"
	RoleAssistant Role = "assistant"
	RoleTool      Role = "tool" // carries ToolResult parts
)

// A Message is one turn of a conversation. It marshals to stable JSON and back without loss, so that
// stored sessions outlive releases; a part of a kind that this release does not know is kept as
// [Unknown].
type Message struct {
	Role  Role
	Parts []Part

	// Partial marks an answer that broke off: the connection was cut, or the user stopped it.
	Partial bool

	// Origin says where an answer came from; nil if nobody has said.
	Origin *Origin
}

// User returns a message of the user with one text.
func User(text string) Message { return textMessage(RoleUser, text) }

// System returns an instruction to the model.
func System(text string) Message { return textMessage(RoleSystem, text) }

// Answer returns a message of the assistant with one text, to give examples or to seed a history.
func Answer(text string) Message { return textMessage(RoleAssistant, text) }

func textMessage(r Role, text string) Message {
	return Message{Role: r, Parts: []Part{Text{Text: text}}}
}

// Results returns the message that carries tool results back to the model.
func Results(results ...ToolResult) Message {
	parts := make([]Part, len(results))
	for i, r := range results {
		parts[i] = r
	}
	return Message{Role: RoleTool, Parts: parts}
}

// Text returns the text parts, joined.
func (m Message) Text() string { return partsText(m.Parts) }

// Reasoning returns the text of the reasoning parts, joined.
func (m Message) Reasoning() string {
	var b strings.Builder
	for _, p := range m.Parts {
		if r, ok := p.(Reasoning); ok {
			b.WriteString(r.Text)
		}
	}
	return b.String()
}

// ToolCalls returns the calls in the message, in order.
func (m Message) ToolCalls() []ToolCall { return partsOf[ToolCall](m.Parts) }

// ToolResults returns the tool results in the message, in order.
func (m Message) ToolResults() []ToolResult { return partsOf[ToolResult](m.Parts) }

// Citations returns the sources that the answer names, in order.
func (m Message) Citations() []Citation { return partsOf[Citation](m.Parts) }

func partsOf[T Part](parts []Part) []T {
	var out []T
	for _, p := range parts {
		if t, ok := p.(T); ok {
			out = append(out, t)
		}
	}
	return out
}

func partsText(parts []Part) string {
	only, n := "", 0
	for _, p := range parts {
		if t, ok := p.(Text); ok {
			only = t.Text
			n++
		}
	}
	if n <= 1 { // the common case needs no copy
		return only
	}
	var b strings.Builder
	for _, p := range parts {
		if t, ok := p.(Text); ok {
			b.WriteString(t.Text)
		}
	}
	return b.String()
}
