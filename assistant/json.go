package assistant

import (
	"bytes"
	"encoding/json"
	"fmt"

	"github.com/zhushou-ai/zhushou/internal/jsontext"
)

// partKind is the "type" of a part in JSON. The words are part of the storage format: they never change.
type partKind string

const (
	kindText       partKind = "text"
	kindImage      partKind = "image"
	kindAudio      partKind = "audio"
	kindVideo      partKind = "video"
	kindFile       partKind = "file"
	kindReasoning  partKind = "reasoning"
	kindCitation   partKind = "citation"
	kindToolCall   partKind = "tool_call"
	kindToolResult partKind = "tool_result"
	kindUnknown    partKind = ""
)

func (Text) kind() partKind       { return kindText }
func (Image) kind() partKind      { return kindImage }
func (Audio) kind() partKind      { return kindAudio }
func (Video) kind() partKind      { return kindVideo }
func (File) kind() partKind       { return kindFile }
func (Reasoning) kind() partKind  { return kindReasoning }
func (Citation) kind() partKind   { return kindCitation }
func (ToolCall) kind() partKind   { return kindToolCall }
func (ToolResult) kind() partKind { return kindToolResult }
func (Unknown) kind() partKind    { return kindUnknown }

type messageJSON struct {
	Role    Role              `json:"role"`
	Parts   []json.RawMessage `json:"parts"`
	Partial bool              `json:"partial,omitzero"`
	Origin  *Origin           `json:"origin,omitzero"`
}

// MarshalJSON writes the message as {"role": …, "parts": [{"type": …, …}, …]}.
func (m Message) MarshalJSON() ([]byte, error) {
	parts, err := marshalParts(m.Parts)
	if err != nil {
		return nil, err
	}
	return jsontext.Marshal(messageJSON{m.Role, parts, m.Partial, m.Origin})
}

// UnmarshalJSON reads what MarshalJSON wrote, in this release or a newer one.
func (m *Message) UnmarshalJSON(b []byte) error {
	var j messageJSON
	if err := json.Unmarshal(b, &j); err != nil {
		return err
	}
	parts, err := unmarshalParts(j.Parts, 0)
	if err != nil {
		return err
	}
	*m = Message{j.Role, parts, j.Partial, j.Origin}
	return nil
}

type toolResultJSON struct {
	toolResultFields
	Parts []json.RawMessage `json:"parts"`
}

// toolResultFields is ToolResult without its methods; the Parts beside it win in JSON.
type toolResultFields ToolResult

func marshalParts(parts []Part) ([]json.RawMessage, error) {
	out := make([]json.RawMessage, len(parts))
	for i, p := range parts {
		b, err := marshalPart(p)
		if err != nil {
			return nil, fmt.Errorf("part %d: %w", i, err)
		}
		out[i] = b
	}
	return out, nil
}

func marshalPart(p Part) (json.RawMessage, error) {
	var body any = p
	switch p := p.(type) {
	case nil:
		return nil, fmt.Errorf("nil part")
	case Unknown:
		if _, err := kindOf(p.JSON); err != nil { // it could be written, but never read again
			return nil, err
		}
		return p.JSON, nil
	case ToolResult:
		parts, err := marshalParts(p.Parts)
		if err != nil {
			return nil, err
		}
		body = toolResultJSON{toolResultFields(p), parts}
	}
	b, err := jsontext.Marshal(body)
	if err != nil {
		return nil, err
	}
	out := append(make([]byte, 0, len(b)+32), `{"type":"`...)
	out = append(append(out, p.kind()...), '"')
	if len(b) > len("{}") {
		out = append(out, ',')
	}
	return append(out, b[1:]...), nil
}

// maxPartDepth bounds tool results inside tool results, which only hostile JSON has.
const maxPartDepth = 8

func unmarshalParts(raw []json.RawMessage, depth int) ([]Part, error) {
	if depth > maxPartDepth {
		return nil, fmt.Errorf("tool results nested deeper than %d", maxPartDepth)
	}
	var parts []Part
	for i, b := range raw {
		p, err := unmarshalPart(b, depth)
		if err != nil {
			return nil, fmt.Errorf("part %d: %w", i, err)
		}
		parts = append(parts, p)
	}
	return parts, nil
}

func unmarshalPart(b json.RawMessage, depth int) (Part, error) {
	kind, err := kindOf(b)
	if err != nil {
		return nil, err
	}
	switch kind {
	case kindText:
		return decode[Text](b)
	case kindImage:
		return decode[Image](b)
	case kindAudio:
		return decode[Audio](b)
	case kindVideo:
		return decode[Video](b)
	case kindFile:
		return decode[File](b)
	case kindReasoning:
		return decode[Reasoning](b)
	case kindCitation:
		return decode[Citation](b)
	case kindToolCall:
		return decode[ToolCall](b)
	case kindToolResult:
		var j toolResultJSON
		if err := json.Unmarshal(b, &j); err != nil {
			return nil, err
		}
		parts, err := unmarshalParts(j.Parts, depth+1)
		if err != nil {
			return nil, err
		}
		j.toolResultFields.Parts = parts
		return ToolResult(j.toolResultFields), nil
	}
	return Unknown{JSON: bytes.Clone(b)}, nil
}

// kindOf reads the "type" of a part.
func kindOf(b []byte) (partKind, error) {
	var head struct {
		Type partKind `json:"type"`
	}
	if err := json.Unmarshal(b, &head); err != nil {
		return "", err
	}
	if head.Type == "" {
		return "", fmt.Errorf(`missing "type" in %.80q`, b)
	}
	return head.Type, nil
}

func decode[T Part](b []byte) (Part, error) {
	var p T
	if err := json.Unmarshal(b, &p); err != nil {
		return nil, err
	}
	return p, nil
}
