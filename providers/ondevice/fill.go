package ondevice

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/zhushou-ai/zhushou/internal/arguments"
)

// A filling collects the arguments of one call.
type filling struct {
	reading  *reading
	text     *text
	tool     *tool
	values   [][]json.RawMessage // of each argument
	slots    []Slot
	partial  []Partial // times that lack the hour, and the like
	bad      []Invalid
	heard    float64 // how far the names are from what was said, together
	doubtful bool    // a name may be another one
	loose    bool    // a text, or something in an object, was read by the schema alone
	misread  bool    // a free text is not of the kind that the schema wants
	why      []string
}

// candidate turns a fit into a call.
func (r *reading) candidate(t *text, f *fit) Candidate {
	tool := r.set.tools[f.tool]
	if f.whole != nil {
		f.fitness *= f.whole.Confidence
		return *f.whole
	}
	w := &filling{reading: r, text: t, tool: tool, values: make([][]json.RawMessage, len(tool.args))}
	if len(tool.sample) == 0 {
		w.stated(f.spans)
		return w.finish(f)
	}
	var loose, prose []fill
	filled := f.alignment.filled
	if f.score < weakest {
		filled = looseSpans(f)
	}
	filled = slices.Clone(filled)
	for i := range filled {
		filled[i] = longerName(filled[i], filled, f.spans, tool)
		filled[i] = t.subject(filled[i], filled, f.spans, tool)
	}
	for _, l := range slices.Backward(filled) {
		switch {
		case l.arg == anyText:
		case l.span == nil:
			prose = append(prose, l)
		case l.arg >= 0 && !tool.args[l.arg].list && w.put(l.arg, l.span):
		default: // elements of a list too: they keep the order of the sentence
			loose = append(loose, l)
		}
	}
	left := w.rest(loose)
	for _, l := range left {
		prose = join(prose, l) // a second time, say, belongs to the words that it stands in
	}
	for _, l := range prose {
		w.putText(w.underCeiling(l, f.spans))
	}
	f.unused = w.others(left)
	w.repeated(f.spans)
	w.measured(f.spans)
	if tool.nested {
		w.stated(f.spans)
	}
	return w.finish(f)
}

// finish makes the call of what was filled, and lowers the fitness for what is wrong with it.
func (w *filling) finish(f *fit) Candidate {
	c := w.build()
	f.fitness *= w.trust()
	for range c.Invalid {
		f.fitness *= invalidPenalty
	}
	switch {
	case !w.valid(c):
		f.fitness, f.void = 0, true
		w.why = append(w.why, "the schema does not allow these arguments together")
	case w.misread:
		f.fitness *= misreadPenalty
	}
	c.Why = w.why
	return c
}

// trust is the factor by which names that only sound like what was said lower the fitness.
func (w *filling) trust() float64 { return max(0, 1-w.heard/2) }

// explain says what speaks for a fit.
func (f *fit) explain() string {
	how := "by its description"
	switch {
	case f.whole != nil:
		how = "as a whole"
	case f.phrase != nil:
		how = fmt.Sprintf("by %q", f.phrase.phrase)
	}
	return fmt.Sprintf("fits %.3f %s, confidence %.3f, likely %.3f", f.score, how, f.fitness, f.guess)
}

// looseSpans returns what the learned part marked, and the values beside that, from the last to the first.
func looseSpans(f *fit) []fill {
	out := slices.Clone(f.marks)
	for k := range f.spans {
		s := &f.spans[k]
		if s.heard > 0 || slices.ContainsFunc(out, func(l fill) bool { return s.start < l.end && l.start < s.end }) {
			continue
		}
		out = append(out, fill{anyValue, s, s.start, s.end})
	}
	slices.SortStableFunc(out, func(a, b fill) int { return b.start - a.start })
	return out
}

// leaves reports whether a phrase that covers the sentence leaves a value in free text that an argument
// lacks: 提醒我{text} for 提醒我去接孩子明天三点.
func (r *reading) leaves(t *text, w *whole, spans []span, c Candidate) bool {
	tool := r.set.tools[w.tool]
	if tool.swallows(t, w, spans, c) {
		return true
	}
	if len(c.Missing) == 0 {
		return false
	}
	for _, l := range w.fills {
		for k := range spans {
			s := &spans[k]
			if l.span != nil || s.start < l.start || s.end > l.end {
				continue
			}
			for _, m := range c.Missing {
				if ai := tool.arg(m); ai >= 0 && accepts(tool.args, ai, s) {
					return true
				}
			}
		}
	}
	return false
}

// others counts the values that no argument wants and that stand in none, either.
func (w *filling) others(left []fill) int {
	n := 0
	for _, l := range left {
		said, _, _ := w.text.slice(l.start, l.end)
		if said == "一" { // 一个 and the like
			continue
		}
		if !slices.ContainsFunc(w.slots, func(s Slot) bool { return strings.Contains(s.Source, said) }) {
			n++
		}
	}
	return n
}

// rest gives the values that stand beside the slots of the phrase to the arguments that want them,
// and returns those that no argument wants.
func (w *filling) rest(loose []fill) (left []fill) {
	for i, l := range loose {
		arg := w.wanting(l.span)
		if arg >= 0 && w.put(arg, l.span) || w.together(loose[i:]) || w.adjoined(l.span) {
			continue
		}
		left = append(left, l)
	}
	return left
}

// wanting returns the argument without a value that suits the span best, or -1: the kind it names
// first, then the one whose description speaks of the words around the span, then the order of the
// schema.
func (w *filling) wanting(s *span) int {
	best, most := -1, -1
	for ai, a := range w.tool.args {
		if len(w.values[ai]) > 0 && !a.list || !accepts(w.tool.args, ai, s) || a.bounded() && w.text.counted(s) {
			continue
		}
		n := w.near(s, a)
		if a.kind() == s.kind {
			n += 100
		}
		if a.required {
			n++
		}
		if n > most {
			best, most = ai, n
		}
	}
	return best
}

// near counts the characters around the span that the argument's name or description has.
func (w *filling) near(s *span, a argument) int {
	about := foldString(a.name + a.about)
	n := 0
	for i := max(0, s.start-3); i < min(len(w.text.runes), s.end+2); i++ {
		if (i < s.start || i >= s.end) && slices.Contains(about, w.text.runes[i]) {
			n += 2
		}
	}
	return n
}

// together completes a time without an hour by another time in the sentence: 明天…早上八点.
func (w *filling) together(loose []fill) bool {
	for i, p := range w.partial {
		ai := w.tool.arg(p.Name)
		for _, l := range loose {
			if l.span.kind == moment && accepts(w.tool.args, ai, l.span) && w.complete(i, ai, l.span) {
				return true
			}
		}
	}
	return false
}

// adjoined reads a day and an hour that stand apart as one time: 五点半 and 明天早晨.
func (w *filling) adjoined(s *span) bool {
	words, _, _ := w.text.slice(s.start, s.end)
	for i, slot := range w.slots {
		ai := w.tool.arg(slot.Name)
		if ai < 0 || s.kind != moment || w.tool.args[ai].form != dateTime || slot.Source == "" || slot.Source == words {
			continue
		}
		for _, both := range []string{words + slot.Source, slot.Source + words} {
			whole, ok := w.reading.whole(both)
			if !ok || whole.kind != moment {
				continue
			}
			if v, err := w.reading.value(w.tool.args[ai], &whole); err == nil {
				w.values[ai] = []json.RawMessage{v}
				w.slots[i].Value = decoded(v)
				return true
			}
		}
	}
	return false
}

// complete makes a value of what was said in part, and the words that were said in addition.
func (w *filling) complete(i, ai int, s *span) bool {
	words, start, end := w.text.slice(s.start, s.end)
	whole, ok := w.reading.supersede(w.partial[i].Words, words)
	if !ok {
		return false
	}
	v, err := w.reading.value(w.tool.args[ai], &whole)
	if err != nil {
		return false
	}
	w.partial = slices.Delete(w.partial, i, i+1)
	w.set(ai, v, Slot{Source: whole.when.Text, Start: start, End: end})
	return true
}

// repeated takes the first time of a repetition for the argument that wants a time beside the rule.
func (w *filling) repeated(spans []span) {
	if !slices.ContainsFunc(w.tool.args, func(a argument) bool { return a.form == rule }) {
		return
	}
	for _, s := range spans {
		if s.kind != repeat {
			continue
		}
		s.kind = moment
		for ai, a := range w.tool.args {
			if a.kind() == moment && len(w.values[ai]) == 0 {
				w.put(ai, &s)
			}
		}
	}
}

// put gives the span to the argument, if it has the value that the argument needs.
func (w *filling) put(ai int, s *span) bool {
	a := w.tool.args[ai]
	if len(w.values[ai]) > 0 && !a.list {
		return false
	}
	source, start, end := w.text.slice(s.start, s.end)
	slot := Slot{Name: a.name, Source: source, Start: start, End: end}
	if s.listed {
		slot.Origin = Listed
	}
	if s.heard > 0 {
		slot.Origin = Heard
		w.heard += s.heard
	}
	if whole, ok := w.sameDay(ai, s, source); ok {
		s = &whole
	}
	v, err := w.reading.value(a, s)
	if err != nil {
		w.why = append(w.why, fmt.Sprintf("%s: %q %v", a.name, source, err))
		if errors.Is(err, errIncomplete) {
			w.partial = append(w.partial, Partial{a.name, source})
			return true
		}
		w.bad = append(w.bad, Invalid{a.name, source, err.Error()})
		return false
	}
	w.set(ai, v, slot)
	return true
}

// sameDay completes the second of two times by the day of the first: 明早八点的闹钟推到九点.
func (w *filling) sameDay(ai int, s *span, source string) (span, bool) {
	if s.kind != moment || w.tool.args[ai].form != dateTime {
		return span{}, false
	}
	for _, slot := range w.slots {
		if other := w.tool.arg(slot.Name); other >= 0 && other != ai && w.tool.args[other].kind() == moment && slot.Origin == Said && slot.Source != "" && w.text.start(s.start) > slot.Start {
			return w.reading.supersede(slot.Source, source)
		}
	}
	return span{}, false
}

func (w *filling) set(ai int, v json.RawMessage, s Slot) {
	s.Name = w.tool.args[ai].name
	switch {
	case !w.tool.args[ai].list:
		w.values[ai] = []json.RawMessage{v}
	case !slices.ContainsFunc(w.values[ai], func(o json.RawMessage) bool { return bytes.Equal(o, v) }):
		w.values[ai] = append(w.values[ai], v)
	}
	i := slices.IndexFunc(w.slots, func(o Slot) bool { return o.Name == s.Name })
	if i < 0 {
		i = len(w.slots)
		w.slots = append(w.slots, s)
	}
	w.slots[i].Value = decoded(w.json(ai))
}

// decoded returns the value of the engine's own JSON, which always decodes. Most of it is a plain string.
func decoded(v json.RawMessage) (value any) {
	if n := len(v); n > 1 && v[0] == '"' && bytes.IndexByte(v, '\\') < 0 {
		return string(v[1 : n-1])
	}
	_ = json.Unmarshal(v, &value)
	return value
}

// json returns the argument's value.
func (w *filling) json(ai int) json.RawMessage {
	if !w.tool.args[ai].list {
		return w.values[ai][0]
	}
	return slices.Concat(json.RawMessage("["), bytes.Join(raws(w.values[ai]), []byte(",")), json.RawMessage("]"))
}

func raws(vs []json.RawMessage) [][]byte {
	out := make([][]byte, len(vs))
	for i, v := range vs {
		out[i] = v
	}
	return out
}

// build writes the call and names what it lacks.
func (w *filling) build() Candidate {
	bad := w.invalid()
	c := Candidate{Tool: w.tool.spec, Slots: w.slots, Invalid: w.bad, partial: w.partial, unsure: w.doubtful || w.loose && !w.tool.spec.ReadOnly}
	if len(bad) > 0 {
		c.Slots = slices.DeleteFunc(c.Slots, func(s Slot) bool { return bad[s.Name] })
		for ai, a := range w.tool.args {
			if bad[a.name] {
				w.values[ai] = nil
			}
		}
	}
	c.Arguments = w.object()
	partial := func(name string) bool {
		return slices.ContainsFunc(w.partial, func(p Partial) bool { return p.Name == name })
	}
	for ai, a := range w.tool.args {
		if len(w.values[ai]) == 0 && (a.required || bad[a.name] || partial(a.name) || w.lost(a.name)) {
			c.Missing = append(c.Missing, a.name)
		}
	}
	if w.tool.nested {
		c.Missing, c.more = w.lacking()
	}
	c.beyond = w.tool.beyond != ""
	return c
}

// lost reports whether something was said of an argument that is no value of it, nor of any other.
func (w *filling) lost(name string) bool {
	return slices.ContainsFunc(w.bad, func(b Invalid) bool {
		return b.Name == name && !slices.ContainsFunc(w.slots, func(s Slot) bool { return strings.Contains(s.Source, b.Source) })
	})
}

// valid reports whether a call that lacks nothing satisfies rules of the schema that span several
// arguments, too.
func (w *filling) valid(c Candidate) bool {
	if len(c.Missing) > 0 && !c.more {
		return true
	}
	_, err := w.tool.schema.Repair(c.Arguments)
	return err == nil
}

// invalid returns the arguments that have a value which the schema forbids.
func (w *filling) invalid() map[string]bool {
	var problems arguments.Problems
	if _, err := w.tool.schema.Repair(w.object()); !errors.As(err, &problems) {
		return nil
	}
	bad := make(map[string]bool)
	for _, p := range problems {
		field := p.Field
		if i := strings.IndexAny(field, ".["); i >= 0 {
			field = field[:i]
		}
		if ai := w.tool.arg(field); ai >= 0 && len(w.values[ai]) > 0 && w.tool.args[ai].form != unfillable {
			bad[field] = true
			w.misread = w.misread || w.tool.args[ai].form == freeText
			w.why = append(w.why, p.String())
			said := ""
			if k := slices.IndexFunc(w.slots, func(s Slot) bool { return s.Name == field }); k >= 0 {
				said = w.slots[k].Source
			}
			w.bad = append(w.bad, Invalid{field, said, p.String()})
		}
	}
	return bad
}

// object returns the arguments as a JSON object in the order of the schema.
func (w *filling) object() string {
	var b bytes.Buffer
	b.WriteByte('{')
	for ai, a := range w.tool.args {
		if len(w.values[ai]) == 0 {
			continue
		}
		if b.Len() > 1 {
			b.WriteByte(',')
		}
		b.Write(quote(a.name))
		b.WriteByte(':')
		b.Write(w.json(ai))
	}
	b.WriteByte('}')
	return b.String()
}

// join adds the stretch to the free text that it touches.
func join(prose []fill, l fill) []fill {
	for i := range prose {
		switch p := &prose[i]; {
		case l.end == p.start:
			p.start = l.start
		case l.start == p.end:
			p.end = l.end
		default:
			continue
		}
		break
	}
	return prose
}
