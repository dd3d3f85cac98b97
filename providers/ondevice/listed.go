package ondevice

import (
	"bytes"
	"encoding/json"
)

// pointed returns where a sentence points at what the last tool listed, as values of the tool's
// arguments: 第二个 in 把第二个加到购物车.
func (r *reading) pointed(t *text, tool *tool) []span {
	if len(r.listed) == 0 {
		return nil
	}
	var out []span
	for i := range t.runes {
		if t.runes[i] != '第' && t.runes[i] != '最' && t.runes[i] != '后' && t.runes[i] != '前' {
			continue
		}
		for end := min(i+maxOrdinalRunes, len(t.runes)); end > i+1; end-- {
			place := stretch{t, i, end}.place(len(r.listed))
			if place < 0 {
				continue
			}
			for ai := range tool.args {
				if value, ok := r.element(tool, ai, r.listed[place]); ok {
					out = append(out, span{start: i, end: end, kind: named, arg: ai, json: string(value), listed: true})
				}
			}
			break
		}
	}
	return out
}

// maxOrdinalRunes bounds the words that point at a place: 最后一个.
const maxOrdinalRunes = 5

// element returns what an element of a list is as the value of an argument: the field of that name, the
// element itself if it is a text, or the first field that is a name of the argument's lists.
func (r *reading) element(tool *tool, ai int, e json.RawMessage) (json.RawMessage, bool) {
	a := tool.args[ai]
	var s string
	if json.Unmarshal(e, &s) == nil {
		return quote(s), a.form == freeText
	}
	var fields map[string]json.RawMessage
	if json.Unmarshal(e, &fields) != nil {
		return nil, false
	}
	if v, ok := fields[a.name]; ok {
		return bytes.Clone(v), true
	}
	lists := r.listsOf(tool, ai)
	if len(lists) == 0 {
		return nil, false
	}
	dec := json.NewDecoder(bytes.NewReader(e)) // the fields in their order
	for dec.More() {
		token, err := dec.Token()
		if err != nil {
			break
		}
		said, ok := token.(string)
		if !ok {
			continue
		}
		if value, distance, _, ok := nearest(lists, said); ok && distance == 0 {
			return quote(value), true
		}
	}
	return nil, false
}
