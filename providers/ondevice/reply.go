package ondevice

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
)

// dropped are answers that give up a command.
var dropped = []string{"算了", "不用了", "不要了", "取消", "没事了", "不用", "不设了", "不需要了", "当我没说"}

// reply understands a sentence after a question about a missing argument. A command of its own wins;
// otherwise the sentence is the answer, as far as it has the form that the argument needs.
func (r *reading) reply(t *text, last *Interpretation) Interpretation {
	own := r.sentence(t)
	if own.Decision() != Refuse {
		return own
	}
	if s, _, _ := t.clean(0, len(t.runes)); slices.Contains(dropped, string(foldString(s))) {
		return Interpretation{Text: t.raw, Cancelled: true, Why: []string{"the pending command is dropped"}}
	}
	pending := last.Candidates[0]
	i := slices.IndexFunc(r.set.tools, func(tool *tool) bool { return tool.spec == pending.Tool })
	if i < 0 {
		return own
	}
	w := r.resume(t, r.set.tools[i], pending)
	if !w.answer(pending.Missing, own) {
		return own
	}
	c := w.build()
	if !w.valid(c) {
		return own
	}
	c.Confidence = pending.Confidence
	c.Why = append([]string{fmt.Sprintf("answers the question about %s of %q", pending.Missing[0], last.Text)}, w.why...)
	return Interpretation{Text: t.raw, Candidates: []Candidate{c}, Why: own.Why}
}

// resume returns a filling with what was found before.
func (r *reading) resume(t *text, tool *tool, c Candidate) *filling {
	w := &filling{reading: r, text: t, tool: tool, values: make(map[int][]json.RawMessage), slots: slices.Clone(c.Slots), partial: c.partial}
	var values map[string]json.RawMessage
	_ = json.Unmarshal([]byte(c.Arguments), &values) // the engine's own JSON
	for ai, a := range tool.args {
		v, ok := values[a.name]
		if !ok {
			continue
		}
		elements := []json.RawMessage{v}
		if a.list {
			_ = json.Unmarshal(v, &elements)
		}
		w.values[ai] = elements
	}
	return w
}

// answer fills the missing arguments from the sentence, the one that was asked for first.
func (w *filling) answer(missing []string, own Interpretation) bool {
	asked := w.tool.arg(missing[0])
	if asked < 0 {
		return false
	}
	if a := w.tool.args[asked]; a.form == freeText {
		if w.text.isTalk(own) {
			return false
		}
		w.putText(fill{arg: asked, start: 0, end: len(w.text.runes)})
		return len(w.values[asked]) > 0
	}
	spans := findSpans(w.text, w.reading.now)
	spans = append(spans, findNames(w.text, w.tool.args, w.reading.engine.entities)...)
	spans = append(spans, w.yesOrNo(asked)...)
	sortSpans(spans)
	if !covered(w.text, spans) {
		return false
	}
	for _, name := range missing {
		ai := w.tool.arg(name)
		for k := range spans {
			if !accepts(w.tool.args, ai, &spans[k]) {
				continue
			}
			l := fill{anyValue, &spans[k], spans[k].start, spans[k].end}
			if w.together([]fill{l}) || w.put(ai, &spans[k]) {
				break
			}
		}
	}
	return len(w.values[asked]) > 0
}

// isTalk reports whether a sentence is a question or small talk, and so no answer.
func (t *text) isTalk(in Interpretation) bool {
	switch topic(in.Topic) {
	case greeting, goodbye, identity, abilities:
		return in.Background >= certain
	}
	return in.Background >= certain && slices.ContainsFunc(t.tokens, func(k token) bool { return k.class&asks != 0 })
}

// yesOrNo returns the sentence as a value of a boolean argument: in an answer the small words that
// are too common elsewhere count too.
func (w *filling) yesOrNo(ai int) []span {
	if w.tool.args[ai].form != boolean {
		return nil
	}
	s, _, _ := w.text.clean(0, len(w.text.runes))
	said := string(foldString(s))
	for value, forms := range map[string]string{
		"true":  " 是 是的 要 要的 好 好的 对 对的 嗯 可以 行 需要 ",
		"false": " 否 不 不是 不要 不用 别 不好 不行 不需要 ",
	} {
		if strings.Contains(forms, " "+said+" ") {
			return []span{{start: 0, end: len(w.text.runes), kind: name, arg: ai, json: value}}
		}
	}
	return nil
}

// covered reports whether most of what a sentence says are values.
func covered(t *text, spans []span) bool {
	in, out := 0, 0
	for i := 0; i < len(t.runes); {
		if s := longest(spans, i); s != nil {
			in += s.end - i
			i = s.end
			continue
		}
		k := t.tokens[i]
		if k.class&filler == 0 {
			out += k.end - i
		}
		i = k.end
	}
	return in > 0 && out <= in
}
