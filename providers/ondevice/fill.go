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
	reading *reading
	text    *text
	tool    *tool
	values  map[int][]json.RawMessage
	slots   []Slot
	partial []Slot // of times that lack the hour, and the like
	misread bool   // a free text is not of the kind that the schema wants
	why     []string
}

// candidate turns a fit into a call.
func (r *reading) candidate(t *text, f fit) Candidate {
	tool := r.set.tools[f.tool]
	w := &filling{reading: r, text: t, tool: tool, values: make(map[int][]json.RawMessage)}
	var loose, prose []fill
	for _, l := range slices.Backward(f.alignment.filled) {
		switch {
		case l.arg == anyText:
		case l.span == nil:
			prose = append(prose, l)
		case l.arg >= 0 && !tool.args[l.arg].list && w.put(l.arg, l.span):
		default: // elements of a list too: they keep the order of the sentence
			loose = append(loose, l)
		}
	}
	for _, l := range w.rest(loose) {
		prose = join(prose, l) // a second time, say, belongs to the words that it stands in
	}
	for _, l := range prose {
		w.putText(l)
	}
	w.repeated(f.spans)
	c := w.build()
	switch c.Confidence = f.confidence; {
	case !w.valid(c):
		c.Confidence = 0
		w.why = append(w.why, "the schema does not allow these arguments together")
	case w.misread:
		c.Confidence *= misreadPenalty
	}
	how := "by its description"
	if f.phrase != nil {
		how = fmt.Sprintf("by %q", f.phrase.pattern.phrase)
	}
	c.Why = append([]string{fmt.Sprintf("fits %.2f %s", f.score, how)}, w.why...)
	return c
}

// rest gives the values that stand beside the slots of the phrase to the arguments that want them,
// and returns those that no argument wants.
func (w *filling) rest(loose []fill) (left []fill) {
	for i, l := range loose {
		arg := w.wanting(l.span)
		if arg >= 0 && w.put(arg, l.span) || w.together(loose[i:]) {
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
		if len(w.values[ai]) > 0 && !a.list || !accepts(w.tool.args, ai, s) {
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
		ai := argIndex(w.tool.args, p.Name)
		for _, l := range loose {
			if l.span.kind != moment || !accepts(w.tool.args, ai, l.span) {
				continue
			}
			for _, said := range []string{p.Source + l.span.when.Text, l.span.when.Text + p.Source} {
				whole := newText(said)
				spans := findSpans(whole, w.reading.now)
				if len(spans) == 0 || spans[0].end-spans[0].start != len(whole.runes) {
					continue
				}
				if v, err := w.reading.value(w.tool.args[ai], &spans[0]); err == nil {
					w.partial = slices.Delete(w.partial, i, i+1)
					w.set(ai, v, Slot{Source: said, Start: p.Start, End: p.End})
					return true
				}
			}
		}
	}
	return false
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
	v, err := w.reading.value(a, s)
	if err != nil {
		w.why = append(w.why, fmt.Sprintf("%s: %q %v", a.name, source, err))
		if errors.Is(err, errIncomplete) {
			w.partial = append(w.partial, slot)
			return true
		}
		return false
	}
	w.set(ai, v, slot)
	return true
}

// putText gives free text to the argument.
func (w *filling) putText(l fill) {
	a := w.tool.args[l.arg]
	source, start, end := w.text.clean(l.start, l.end)
	if source == "" || len(w.values[l.arg]) > 0 && !a.list {
		return
	}
	pieces := []string{source}
	if a.list {
		pieces = splitList(source)
	}
	for _, p := range pieces {
		w.set(l.arg, quote(p), Slot{Source: source, Start: start, End: end})
	}
}

func splitList(s string) []string {
	s = strings.NewReplacer("还有", "、", "還有", "、", "以及", "、", "和", "、", "跟", "、", "，", "、", ",", "、").Replace(s)
	var out []string
	for p := range strings.SplitSeq(s, "、") {
		if p = strings.TrimSpace(p); p != "" {
			out = append(out, p)
		}
	}
	return out
}

func (w *filling) set(ai int, v json.RawMessage, s Slot) {
	s.Name = w.tool.args[ai].name
	if w.tool.args[ai].list {
		w.values[ai] = append(w.values[ai], v)
	} else {
		w.values[ai] = []json.RawMessage{v}
	}
	i := slices.IndexFunc(w.slots, func(o Slot) bool { return o.Name == s.Name })
	if i < 0 {
		i = len(w.slots)
		w.slots = append(w.slots, s)
	}
	// The value is the engine's own JSON, which always decodes.
	_ = json.Unmarshal(w.json(ai), &w.slots[i].Value)
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
	c := Candidate{Tool: w.tool.spec, Slots: w.slots, partial: w.partial}
	bad := w.invalid()
	if len(bad) > 0 {
		c.Slots = slices.DeleteFunc(c.Slots, func(s Slot) bool { return bad[s.Name] })
		for ai, a := range w.tool.args {
			if bad[a.name] {
				delete(w.values, ai)
			}
		}
	}
	c.Arguments = w.object()
	partial := func(name string) bool {
		return slices.ContainsFunc(w.partial, func(s Slot) bool { return s.Name == name })
	}
	for ai, a := range w.tool.args {
		if len(w.values[ai]) == 0 && (a.required || bad[a.name] || partial(a.name)) {
			c.Missing = append(c.Missing, a.name)
		}
	}
	return c
}

// valid reports whether a call that lacks nothing satisfies rules of the schema that span several
// arguments, too.
func (w *filling) valid(c Candidate) bool {
	if len(c.Missing) > 0 {
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
		if ai := w.tool.arg(field); ai >= 0 && len(w.values[ai]) > 0 {
			bad[field] = true
			w.misread = w.misread || w.tool.args[ai].form == freeText
			w.why = append(w.why, p.String())
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
