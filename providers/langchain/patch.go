package langchain

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"

	"github.com/zhushou-ai/zhushou/assistant"
)

// A patch is what [Transport] puts right in the body of a request for chat: what langchaingo's client for
// OpenAI has no place for, or puts into a wrong one.
type patch struct {
	vendor string
	// set are fields that the request asks for.
	set map[string]json.RawMessage
	// extra are the vendor's own fields, which langchaingo sends inside "metadata".
	extra map[string]json.RawMessage
	// untempered says that nobody asked for the temperature that langchaingo sends.
	untempered bool
	// thoughts is the thinking that belongs to answers in the history, by the id of their first call.
	thoughts map[string]string
	// restores lists what is not dropped if the patch goes out, by its names in assistant.Request.
	restores []string
}

func newPatch(vendor string) *patch {
	return &patch{vendor: vendor, set: map[string]json.RawMessage{}, extra: map[string]json.RawMessage{}, thoughts: map[string]string{}}
}

// put adds what the request asks for in a field of its own.
func (p *patch) put(field, name string, value any) {
	if raw, err := json.Marshal(value); err == nil { // a number that is none stays dropped
		p.set[name] = raw
		p.restores = append(p.restores, field)
	}
}

// own adds the vendor's own fields. What is not JSON is left to langchaingo, which refuses it.
func (p *patch) own(fields map[string]any) {
	for name, value := range fields {
		if raw, err := json.Marshal(value); err == nil {
			p.extra[name] = raw
		}
	}
}

// think adds the thinking that belongs to the answer with the call.
func (p *patch) think(id, thought string, fields ...string) {
	p.thoughts[id] = thought
	p.restores = append(p.restores, fields...)
}

// left returns what stays dropped once the patch has gone out.
func (p *patch) left(dropped, refused []assistant.Dropped) []assistant.Dropped {
	left := slices.DeleteFunc(slices.Clone(dropped), func(d assistant.Dropped) bool { return slices.Contains(p.restores, d.Field) })
	return slices.Concat(left, refused)
}

// apply changes a body, which must be an object, and says what it left out. A nil patch changes nothing.
func (p *patch) apply(body []byte) ([]byte, []assistant.Dropped, error) {
	if p == nil || !p.untempered && len(p.set)+len(p.extra)+len(p.thoughts) == 0 {
		return body, nil, nil
	}
	var fields map[string]json.RawMessage
	if err := json.Unmarshal(body, &fields); err != nil {
		return nil, nil, fmt.Errorf("the request is not an object: %w", err)
	}
	if p.untempered {
		delete(fields, "temperature")
	}
	p.unpack(fields)
	maps.Copy(fields, p.set)
	var refused []assistant.Dropped
	for _, name := range slices.Sorted(maps.Keys(p.extra)) {
		if _, ok := fields[name]; ok || name == "stream" {
			refused = append(refused, assistant.Dropped{Field: "Extra." + p.vendor + "." + name, Reason: "the request's own field for it was sent"})
			continue
		}
		fields[name] = p.extra[name]
	}
	if err := p.remind(fields); err != nil {
		return nil, nil, err
	}
	out, err := json.Marshal(fields)
	if err != nil {
		return nil, nil, fmt.Errorf("writing the request: %w", err)
	}
	return out, refused, nil
}

// unpack takes the vendor's own fields out of "metadata".
func (p *patch) unpack(fields map[string]json.RawMessage) {
	var metadata map[string]json.RawMessage
	if len(p.extra) == 0 || json.Unmarshal(fields["metadata"], &metadata) != nil {
		return
	}
	for name := range p.extra {
		delete(metadata, name)
	}
	delete(fields, "metadata")
	if rest, err := json.Marshal(metadata); err == nil && len(metadata) > 0 {
		fields["metadata"] = rest
	}
}

// remind gives answers in the history their thinking.
func (p *patch) remind(fields map[string]json.RawMessage) error {
	if len(p.thoughts) == 0 {
		return nil
	}
	var messages []map[string]json.RawMessage
	if err := json.Unmarshal(fields["messages"], &messages); err != nil {
		return fmt.Errorf("the messages of the request: %w", err)
	}
	for _, m := range messages {
		var calls []struct{ ID string }
		if json.Unmarshal(m["tool_calls"], &calls) != nil || len(calls) == 0 {
			continue
		}
		if thought, ok := p.thoughts[calls[0].ID]; ok {
			m["reasoning_content"], _ = json.Marshal(thought) // text always encodes
		}
	}
	var err error
	fields["messages"], err = json.Marshal(messages)
	return err
}
