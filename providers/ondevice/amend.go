package ondevice

import (
	"bytes"
	"encoding/json"
	"slices"
)

// amend reads a turn that changes what is in the objects of the last command: 收件人的电话改成138…, 收件人改成李四,
// 不是张三是李四, 不对，体温是37度. What may be any of several properties changes none.
func (w *filling) amend() bool {
	s, denied := w.text.all().denied()
	found, ok := w.swapped()
	if !ok {
		found, ok = w.assigned(s, denied)
	}
	if !ok && denied {
		found, ok = w.only(s)
	}
	if !ok {
		return false
	}
	found = w.admit(w.tool.fields, found)
	return len(found) > 0 && w.change(found)
}

// denied returns what follows words that deny what was done, and whether there are any: 不对，, 不，.
func (s stretch) denied() (stretch, bool) {
	s = s.marks()
	if rest, ok := s.behind(dialogueWords().denial); ok {
		return rest.bare(), true
	}
	if s.to-s.from > 2 && (s.runes[s.from] == '不' || s.runes[s.from] == '错') && isMark(s.runes[s.from+1]) {
		return stretch{s.text, s.from + 1, s.to}.bare(), true
	}
	return s.bare(), false
}

// swapped reads 不是张三是李四: the old value of a property, and the new one.
func (w *filling) swapped() ([]finding, bool) {
	s, ok := w.text.all().bare().behind(exchangeLeads())
	for at := s.from + 1; ok && at < s.to; at++ {
		rest, is := stretch{s.text, at, s.to}.behind(exchangeMiddles())
		if !is || rest.empty() {
			continue
		}
		old := stretch{s.text, s.from, at}.bare()
		holders := w.properties(func(f *field, v json.RawMessage) bool {
			g, ok := w.readAs(f, old)
			return ok && bytes.Equal(g.value(), v)
		})
		if len(holders) == 1 {
			g, ok := w.readAs(holders[0], rest.bare())
			return []finding{g}, ok
		}
	}
	return nil, false
}

// assigned reads what a turn says of properties by their names, 姓名改成李四，电话改成138…: each part of it names one.
func (w *filling) assigned(s stretch, denied bool) ([]finding, bool) {
	var out []finding
	changed := denied
	for from := s.from; from < s.to; {
		to := from
		for to < s.to && !isPause(s.runes[to]) {
			to++
		}
		g, change, ok := w.assignment(stretch{s.text, from, to}.bare())
		if !ok {
			return nil, false
		}
		out, changed = append(out, g), changed || change
		from = to + 1
	}
	return out, changed && len(out) > 0
}

// assignment reads the name of a property, a word between it and its value, and that. It reports whether the word is one of
// change.
func (w *filling) assignment(s stretch) (g finding, change, ok bool) {
	for at := s.from + 1; at < s.to-1; at++ {
		value, is := stretch{s.text, at, s.to}.behind(dialogueWords().alter)
		if !is || value.empty() {
			continue
		}
		label := stretch{s.text, s.from, at}
		for _, f := range w.called(label) {
			if g, ok = w.readAs(f, value.bare()); ok {
				_, change = stretch{s.text, at, s.to}.behind(strongAlters())
				return g, change, true
			}
		}
	}
	return finding{}, false, false
}

// called returns the properties that a name may stand for: the one that it names best, or those of the object that it names,
// the first that says who or what it is. Nothing is returned for a name that means several properties.
func (w *filling) called(label stretch) []*field {
	t, best, tied := label.text, 0, false
	var out *field
	for _, f := range leaves(nil, w.tool.fields) {
		score := 0
		for _, m := range t.mentions(f) {
			if m.weight >= head && m.start >= label.from && m.end <= label.to && t.hollow(m.end, label.to) {
				score = max(score, 2*m.weight)
			}
		}
		if score == 0 {
			continue
		}
		for g := f.within; g != nil; g = g.within {
			for _, m := range t.mentions(g) {
				if m.start >= label.from && m.end <= label.to {
					score += m.end - m.start
				}
			}
		}
		if w.valueOf(f) != nil {
			score++
		}
		if score > best {
			best, out, tied = score, f, false
		} else if score == best {
			tied = true
		}
	}
	switch {
	case tied:
		return nil
	case out != nil:
		return []*field{out}
	}
	return w.ofObject(label)
}

// ofObject returns the properties of the object that a name stands for: 收件人.
func (w *filling) ofObject(label stretch) []*field {
	t, best := label.text, 0
	var out []*field
	for _, f := range objects(nil, w.tool.fields) {
		for _, m := range t.mentions(f) {
			if m.start >= label.from && m.end <= label.to && t.hollow(label.from, m.start) && t.hollow(m.end, label.to) && m.weight > best {
				best, out = m.weight, slices.Clone(f.parts)
			}
		}
	}
	out = slices.DeleteFunc(out, func(f *field) bool { return len(f.parts) > 0 })
	slices.SortStableFunc(out, func(a, b *field) int { return b.naming() - a.naming() })
	return out
}

// naming says how much a property is what the object is called by; those that only one sort of value fits come first.
func (f *field) naming() int {
	switch {
	case f.form != freeText, f.shape != nil, shapes()[f.role] != nil:
		return 3
	case f.role == someone, f.name == "name":
		return 2
	case f.role == anyRole:
		return 1
	}
	return 0
}

// objects appends the fields that have others in them.
func objects(out, fields []*field) []*field {
	for _, f := range fields {
		if len(f.parts) > 0 {
			out = objects(append(out, f), f.parts)
		}
	}
	return out
}

// only reads a value alone, if only one property has such a value.
func (w *filling) only(s stretch) ([]finding, bool) {
	holders := w.properties(func(f *field, _ json.RawMessage) bool {
		_, ok := w.readAs(f, s)
		return ok && f.naming() == 3
	})
	if len(holders) != 1 {
		return nil, false
	}
	g, ok := w.readAs(holders[0], s)
	return []finding{g}, ok
}

// properties returns the properties in objects that have a value of a sort.
func (w *filling) properties(of func(*field, json.RawMessage) bool) []*field {
	var out []*field
	for _, f := range leaves(nil, w.tool.fields) {
		if v := w.valueOf(f); v != nil && of(f, v) {
			out = append(out, f)
		}
	}
	return out
}

// valueOf returns the value that a property has, or nil; of lists of objects that of the only element.
func (w *filling) valueOf(f *field) json.RawMessage {
	if f.within == nil {
		return w.had(f)
	}
	var members map[string]json.RawMessage
	_ = json.Unmarshal(onlyOne(f.within, w.valueOf(f.within)), &members) // nothing, or the engine's own JSON
	return members[f.name]
}

// onlyOne returns the only element of a list of objects, or the object.
func onlyOne(f *field, v json.RawMessage) json.RawMessage {
	if !f.list {
		return v
	}
	var elements []json.RawMessage
	if _ = json.Unmarshal(v, &elements); len(elements) != 1 {
		return nil
	}
	return elements[0]
}

// readAs reads a stretch as the value of a property, and as nothing else.
func (w *filling) readAs(f *field, s stretch) (finding, bool) {
	words, start, _ := s.slice(s.from, s.to)
	if words == "" || f.form == unfillable {
		return finding{}, false
	}
	t := newText(words)
	v := w.reading.survey(t, true)
	defer v.release()
	st := w.reading.stating(t, w.tool, v.spans[w.reading.toolIndex(w.tool.spec.Name)])
	found := st.read([]*field{f}, f)
	if len(found) != 1 || !st.explained(found) {
		if f.form != freeText || f.naming() == 3 || !w.prosaic(s) {
			return finding{}, false
		}
		st.all = nil
		st.wording(f, 0, len(t.runes), 1)
		if found = st.choose(); len(found) != 1 {
			return finding{}, false
		}
	}
	g := found[0]
	if shape := shapes()[f.role]; shape != nil && f.form == freeText && !shape.MatchString(g.source) {
		return finding{}, false
	}
	g.answers, g.from, g.to = false, g.from+start, g.to+start
	return g, g.err == nil
}

// change gives properties other values, and reports false if there are several lists to choose from.
func (w *filling) change(found []finding) bool {
	for _, g := range found {
		top := g.field.top()
		v, ok := top.with(w.had(top), g.field, g.value())
		if !ok {
			return false
		}
		ai := w.tool.arg(top.name)
		elements := []json.RawMessage{v}
		if w.tool.args[ai].list {
			_ = json.Unmarshal(v, &elements) // the engine's own JSON
		}
		w.values[ai] = elements
		slot := Slot{Name: g.field.path(), Source: g.source, Start: g.from, End: g.to, Value: decoded(g.value())}
		w.slots = append(slices.DeleteFunc(w.slots, func(s Slot) bool { return s.Name == top.name || s.Name == slot.Name }), slot)
		w.loose = w.loose || !g.listed
	}
	return true
}

// with returns the value of a field in which a property has another value.
func (f *field) with(old json.RawMessage, at *field, v json.RawMessage) (json.RawMessage, bool) {
	if f == at {
		return v, true
	}
	inner := onlyOne(f, old)
	if f.list && inner == nil {
		return nil, false // it may be in any of them
	}
	var members map[string]json.RawMessage
	_ = json.Unmarshal(inner, &members) // nothing, or the engine's own JSON
	var b bytes.Buffer
	b.WriteByte('{')
	for _, p := range f.parts {
		value := members[p.name]
		if p == at || at.in(p) {
			var ok bool
			if value, ok = p.with(value, at, v); !ok {
				return nil, false
			}
		}
		member(&b, p, value)
	}
	b.WriteByte('}')
	if f.list {
		return slices.Concat(json.RawMessage("["), b.Bytes(), json.RawMessage("]")), true
	}
	return b.Bytes(), true
}
