package ondevice

import (
	"bytes"
	"encoding/json"
	"errors"
	"slices"
	"strconv"
	"strings"

	"github.com/zhushou-ai/zhushou/internal/arguments"
)

// stated fills the arguments of a tool from what the sentence states of its fields: all of them if no phrase
// says where they stand, otherwise the objects.
func (w *filling) stated(spans []span) {
	fields := w.tool.fields
	if len(w.tool.sample) > 0 {
		fields = slices.DeleteFunc(slices.Clone(fields), func(f *field) bool { return len(f.parts) == 0 })
	}
	found := w.reading.stating(w.text, w.tool, spans).read(leaves(nil, fields), nil)
	if len(w.tool.sample) > 0 {
		found = slices.DeleteFunc(found, func(f finding) bool { return w.taken(f) })
	}
	w.compose(fields, found)
}

// restate reads the arguments of a tool without phrases from more of what was said than what chose it.
func (r *reading) restate(t *text, c *Candidate) {
	i := r.toolIndex(c.Tool.Name)
	if i < 0 || len(r.set.tools[i].sample) > 0 {
		return
	}
	w := &filling{reading: r, text: t, tool: r.set.tools[i], values: make([][]json.RawMessage, len(r.set.tools[i].args))}
	w.stated(r.survey(t, false).spans[i])
	own := w.build()
	if !w.valid(own) {
		return
	}
	own.Confidence, own.unsure, own.Why = c.Confidence, c.unsure, append(c.Why, w.why...)
	*c = own
}

// taken reports whether an argument has its value from where something was found.
func (w *filling) taken(f finding) bool {
	return slices.ContainsFunc(w.slots, func(s Slot) bool {
		return s.Origin != Carried && s.Source != "" && s.Start < f.to && f.from < s.End
	})
}

// compose puts what was found into the arguments, beside what they had.
func (w *filling) compose(fields []*field, found []finding) {
	found = w.admit(fields, found)
	for _, f := range fields {
		ai := w.tool.arg(f.name)
		var before json.RawMessage
		if len(w.values[ai]) > 0 {
			before = w.json(ai)
		}
		if !slices.ContainsFunc(found, func(g finding) bool { return g.field.top() == f }) {
			continue
		}
		v := f.compose(found, before)
		if v == nil {
			continue
		}
		w.slots = slices.DeleteFunc(w.slots, func(s Slot) bool { return s.Name == f.name && s.Origin == Carried })
		w.values[ai] = []json.RawMessage{v}
		if w.tool.args[ai].list {
			var elements []json.RawMessage
			_ = json.Unmarshal(v, &elements) // the engine's own JSON
			w.values[ai] = elements
		}
	}
	for _, g := range found {
		w.loose = w.loose || !g.listed && g.heard == 0 && !g.answers && (g.field.form == freeText || g.field.within != nil)
		slot := Slot{Name: g.field.path(), Source: g.source, Start: g.from, End: g.to, Value: decoded(g.value())}
		if g.heard > 0 {
			slot.Origin = Heard
			w.heard += g.heard
		}
		w.slots = append(w.slots, slot)
	}
}

// field returns the field that a name or a path stands for, or nil: the first of them.
func (t *tool) field(name string) *field { return fieldNamed(t.fields, name) }

func fieldNamed(fields []*field, name string) *field {
	for _, f := range fields {
		if f.name == name || f.path() == name {
			return f
		}
	}
	for _, f := range fields {
		if g := fieldNamed(f.parts, name); g != nil {
			return g
		}
	}
	return nil
}

// top returns the argument that a field is in.
func (f *field) top() *field {
	for f.within != nil {
		f = f.within
	}
	return f
}

// value is the JSON of a finding, in a list if the field is one.
func (g *finding) value() json.RawMessage {
	if g.field.list {
		return slices.Concat(json.RawMessage("["), g.json, json.RawMessage("]"))
	}
	return g.json
}

// places writes those in lists as members: a[0] becomes a.[0, as field paths have it.
var places = strings.NewReplacer("[", ".[", "]", "")

// admit leaves out what the schema forbids, and names it.
func (w *filling) admit(fields []*field, found []finding) []finding {
	found = slices.DeleteFunc(found, func(g finding) bool {
		if g.err != nil {
			w.bad = append(w.bad, Invalid{g.field.name, g.source, g.err.Error()})
		}
		return g.err != nil
	})
	var b bytes.Buffer
	b.WriteByte('{')
	for _, f := range fields {
		member(&b, f, f.compose(found, nil))
	}
	b.WriteByte('}')
	var problems arguments.Problems
	if _, err := w.tool.schema.Repair(b.String()); !errors.As(err, &problems) {
		return found
	}
	for _, p := range problems {
		path := places.Replace(p.Field)
		wrong := at(b.Bytes(), path)
		for i := 0; i < len(found); i++ {
			g := found[i]
			if !matches(path, g.field) || wrong == nil || g.field.repeated() && !bytes.Contains(wrong, g.json) {
				continue
			}
			w.bad = append(w.bad, Invalid{g.field.name, g.source, p.String()})
			w.why = append(w.why, p.String())
			found = slices.Delete(found, i, i+1)
			i--
		}
	}
	return found
}

// at returns what stands at a path, or nil.
func at(v json.RawMessage, path string) json.RawMessage {
	for name := range strings.SplitSeq(path, ".") {
		place, list := strings.CutPrefix(name, "[")
		if !list {
			var members map[string]json.RawMessage
			_ = json.Unmarshal(v, &members) // otherwise there is nothing at the path
			v = members[name]
			continue
		}
		var elements []json.RawMessage
		_ = json.Unmarshal(v, &elements)
		i, err := strconv.Atoi(place)
		if err != nil || i < 0 || i >= len(elements) {
			return nil
		}
		v = elements[i]
	}
	return v
}

// matches reports whether the path of a problem, without places in lists, leads to the field.
func matches(path string, f *field) bool {
	var names []string
	for name := range strings.SplitSeq(path, ".") {
		if !strings.HasPrefix(name, "[") {
			names = append(names, name)
		}
	}
	return strings.Join(names, ".") == f.path()
}

// compose writes the value of a field: what was found of it and of what is in it, and of the rest what it had
// before; nil if there is none.
func (f *field) compose(found []finding, before json.RawMessage) json.RawMessage {
	if len(f.parts) == 0 {
		var all [][]byte
		for _, g := range found {
			if g.field == f {
				all = append(all, g.json)
			}
		}
		switch {
		case len(all) == 0:
			return before
		case f.list:
			return slices.Concat(json.RawMessage("["), bytes.Join(all, []byte(",")), json.RawMessage("]"))
		}
		return all[0]
	}
	if !f.list {
		return f.object(found, before)
	}
	var elements []json.RawMessage
	_ = json.Unmarshal(before, &elements) // nothing, or the engine's own JSON
	for _, group := range f.groups(found) {
		elements = append(elements, f.object(group, nil))
	}
	if len(elements) == 0 {
		return nil
	}
	return slices.Concat(json.RawMessage("["), bytes.Join(raws(elements), []byte(",")), json.RawMessage("]"))
}

// object writes the object that a field is, or an element of it.
func (f *field) object(found []finding, before json.RawMessage) json.RawMessage {
	var old map[string]json.RawMessage
	_ = json.Unmarshal(before, &old) // nothing, or the engine's own JSON
	var b bytes.Buffer
	b.WriteByte('{')
	for _, p := range f.parts {
		member(&b, p, p.compose(found, old[p.name]))
	}
	if b.Len() == 1 {
		return nil
	}
	b.WriteByte('}')
	return b.Bytes()
}

func member(b *bytes.Buffer, f *field, v json.RawMessage) {
	if v == nil {
		return
	}
	if b.Len() > 1 {
		b.WriteByte(',')
	}
	b.Write(quote(f.name))
	b.WriteByte(':')
	b.Write(v)
}

// groups parts what was found in a list of objects into its elements: a new one begins where something is said
// again.
func (f *field) groups(found []finding) [][]finding {
	var out [][]finding
	seen := make(map[*field]bool)
	for _, g := range found {
		if !g.field.in(f) {
			continue
		}
		if len(out) == 0 || seen[g.field] && !g.field.list {
			out = append(out, nil)
			clear(seen)
		}
		seen[g.field] = true
		out[len(out)-1] = append(out[len(out)-1], g)
	}
	return out
}

func (f *field) in(g *field) bool {
	for f = f.within; f != nil; f = f.within {
		if f == g {
			return true
		}
	}
	return false
}

// had returns the value of an argument, or nil.
func (w *filling) had(f *field) json.RawMessage {
	ai := w.tool.arg(f.name)
	if len(w.values[ai]) == 0 {
		return nil
	}
	return w.json(ai)
}
