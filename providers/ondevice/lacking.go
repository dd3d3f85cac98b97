package ondevice

import (
	"encoding/json"
	"slices"
	"strings"
)

// lacking names what the arguments of a tool with objects lack. If they lack nothing, it names what the user
// could add, and more is true.
func (w *filling) lacking() (names []string, more bool) {
	for _, f := range w.tool.fields {
		if f.required || len(w.tool.fields) == 1 {
			names = append(names, w.lacks(f, w.had(f))...)
		}
	}
	if len(names) > 0 {
		return unrepeated(names), false
	}
	for _, f := range w.tool.fields {
		if len(f.parts) > 0 && !f.list {
			names = append(names, f.open(w.had(f))...)
		}
	}
	return unrepeated(names), len(names) > 0
}

func unrepeated(names []string) []string {
	var out []string
	for _, n := range names {
		if !slices.Contains(out, n) {
			out = append(out, n)
		}
	}
	return out
}

// lacks names what a field lacks: a list or an object of which nothing is said itself, of others what they
// cannot be without. The only argument of a tool is opened if the tool can be called without it, and an object
// without a description if the sentence speaks of what is in it.
func (w *filling) lacks(f *field, v json.RawMessage) []string {
	var members map[string]json.RawMessage
	switch {
	case len(f.parts) == 0 && v == nil:
		return []string{f.name}
	case len(f.parts) == 0:
		return nil
	case f.list:
		var elements []map[string]json.RawMessage
		_ = json.Unmarshal(v, &elements) // nothing, or the engine's own JSON
		if len(elements) == 0 || slices.ContainsFunc(elements, func(e map[string]json.RawMessage) bool { return len(w.lackingParts(f, e)) > 0 }) {
			return []string{f.name}
		}
		return nil
	case v == nil && f.about == "" && w.touches(f):
		return f.inside()
	case v == nil && (f.within != nil || f.required):
		return []string{f.name}
	}
	_ = json.Unmarshal(v, &members) // nothing, or the engine's own JSON
	return w.lackingParts(f, members)
}

func (w *filling) lackingParts(f *field, members map[string]json.RawMessage) []string {
	var out []string
	for _, p := range f.parts {
		if p.required {
			out = append(out, w.lacks(p, members[p.name])...)
		}
	}
	return out
}

// inside names what an object consists of: what it cannot be without, and what is simple.
func (f *field) inside() []string {
	var out []string
	for _, p := range f.parts {
		if p.required || len(p.parts) == 0 {
			out = append(out, p.name)
		}
	}
	return out
}

// touches reports whether the sentence speaks of something in an object, in words that are not just those of what
// the tool does.
func (w *filling) touches(f *field) bool {
	about := foldString(w.tool.spec.Description)
	return slices.ContainsFunc(f.parts, func(p *field) bool {
		return slices.ContainsFunc(topicsOf(p.about), func(topic []rune) bool { return w.text.speaks(topic, about) }) || w.touches(p)
	})
}

// speaks reports whether half of a topic or more is in the text, and not in another text.
func (t *text) speaks(topic, other []rune) bool {
	n := max(2, (len(topic)+1)/2)
	for i := 0; i+n <= len(topic); i++ {
		if part := topic[i : i+n]; t.has(part) && !contains(other, part) {
			return true
		}
	}
	return false
}

func contains(text, part []rune) bool { return strings.Contains(string(text), string(part)) }

func (t *text) has(word []rune) bool { return contains(t.runes, word) }

// open names the properties of an object that need not be said, and are not: the simple ones, or the objects
// if there are none.
func (f *field) open(v json.RawMessage) []string {
	var members map[string]json.RawMessage
	_ = json.Unmarshal(v, &members) // nothing, or the engine's own JSON
	var simple, objects []string
	for _, p := range f.parts {
		switch {
		case p.required || members[p.name] != nil:
		case len(p.parts) == 0:
			simple = append(simple, p.name)
		default:
			objects = append(objects, p.additions()...)
		}
	}
	if len(simple) > 0 {
		return simple
	}
	return objects
}

// additions names what there is in an object that need not be there: the object itself if it cannot be without
// some of it, otherwise all of it.
func (f *field) additions() []string {
	if f.about != "" || f.list || f.needs() {
		return []string{f.name}
	}
	var out []string
	for _, p := range f.parts {
		if len(p.parts) > 0 {
			out = append(out, p.additions()...)
		} else {
			out = append(out, p.name)
		}
	}
	return out
}

// needs reports whether an object cannot be without some of its properties.
func (f *field) needs() bool {
	return slices.ContainsFunc(f.parts, func(p *field) bool { return p.required })
}
