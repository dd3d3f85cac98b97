package ondevice

import (
	"fmt"
	"slices"
	"strings"
	"sync"
)

// answer takes a sentence after a question as the answer, as far as it has the form that the argument
// needs.
func (d *dialogue) answer(t *text, own Interpretation) (Interpretation, bool) {
	if d.state.Phase != Asked {
		return Interpretation{}, false
	}
	tool, c := d.active()
	w := d.refill(t)
	if len(c.Missing) > 0 && len(tool.fields) > 0 {
		return d.details(w, c, own)
	}
	if len(c.Missing) == 0 || !w.answer(c.Missing, own) {
		return Interpretation{}, false
	}
	return d.finish(w, Answer, fmt.Sprintf("answers the question about %s of %q", c.Missing[0], c.Tool.Name))
}

// details takes a sentence after a question as the answer, if most of it states what the tool wants to know.
func (d *dialogue) details(w *filling, c Candidate, own Interpretation) (Interpretation, bool) {
	asked := w.tool.field(c.Missing[0])
	if w.text.isTalk(own) || asked == nil {
		return Interpretation{}, false
	}
	s := d.stating(w.text, w.tool, d.survey(w.text, true).spans[d.toolIndex(w.tool.spec.Name)])
	found := s.read(leaves(nil, w.tool.fields), asked)
	if !s.explained(found) {
		if len(asked.parts) > 0 || asked.form != freeText || len(found) > 0 || !w.text.plain() {
			return Interpretation{}, false
		}
		whole := w.text.all().bare() // nothing but the text that was asked for
		s.all = nil
		s.wording(asked, whole.from, whole.to, 1)
		found = s.choose()
	}
	if len(found) == 0 {
		return Interpretation{}, false
	}
	w.loose = slices.ContainsFunc(w.tool.fields, func(f *field) bool { // what was said before was read so
		return (f.form == freeText || len(f.parts) > 0) && w.had(f) != nil
	})
	w.compose(w.tool.fields, found)
	in, ok := d.finish(w, Answer, fmt.Sprintf("answers the question about %s of %q", c.Missing[0], c.Tool.Name))
	if ok {
		d.engine.decide(&in)
	}
	return in, ok
}

// plain reports whether a sentence may be a text by itself: one statement, and no question.
func (t *text) plain() bool {
	s := t.all().marks()
	if strings.HasSuffix(string(s.runesOf()), "吗") {
		return false
	}
	for i := s.from; i < s.to; i = t.tokens[i].end {
		if isBreak(t.runes[i]) && t.runes[i] != '、' || t.tokens[i].class&asks != 0 {
			return false
		}
	}
	return true
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
		said := w.text.all().marks()
		said, _ = said.behind(dictations())
		w.putText(fill{arg: asked, start: said.from, end: len(w.text.runes)})
		return len(w.values[asked]) > 0
	}
	spans := append(w.reading.spansFor(w.text, w.tool), w.yesOrNo(asked)...)
	spans = append(spans, w.pointed(asked)...)
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

// dictations introduce what is dictated.
var dictations = sync.OnceValue(func() [][]rune {
	return folded("就说 就写 就讲 就话 内容是 内容为 内容就写 你就说 告诉他 告诉她 跟他说 跟她说 话佢知")
})

// isTalk reports whether a sentence is a question or small talk, and so no answer.
func (t *text) isTalk(in Interpretation) bool {
	switch topic(in.Topic) {
	case greeting, goodbye, identity, abilities:
		return in.Background >= apparent
	}
	return in.Background >= apparent && slices.ContainsFunc(t.tokens, func(k token) bool { return k.class&asks != 0 })
}

// yesOrNo returns the sentence as a value of a boolean argument: in an answer the small words that
// are too common elsewhere count too.
func (w *filling) yesOrNo(ai int) []span {
	if w.tool.args[ai].form != boolean {
		return nil
	}
	all, words := w.text.all(), dialogueWords()
	switch {
	case all.is(words.yes):
		return []span{{start: 0, end: len(w.text.runes), kind: named, arg: ai, json: "true"}}
	case all.is(words.no):
		return []span{{start: 0, end: len(w.text.runes), kind: named, arg: ai, json: "false"}}
	}
	return nil
}

// pointed returns the sentence as the option whose place among those of the argument it names: 第二个.
func (w *filling) pointed(ai int) []span {
	options := w.tool.args[ai].options
	if w.tool.args[ai].form != choice {
		return nil
	}
	if i := w.text.all().ordinal(min(len(options), maxListed)); i >= 0 {
		return []span{{start: 0, end: len(w.text.runes), kind: named, arg: ai, json: string(options[i].json)}}
	}
	return nil
}

// spansFor returns the values in a text that some argument of the tool takes.
func (r *reading) spansFor(t *text, tool *tool) []span {
	values := findSpans(t, r.now)
	spans := append(outside(values, findNames(t, tool, r.lists(tool), true)), values...)
	spans = slices.DeleteFunc(spans, func(s span) bool {
		for ai := range tool.args {
			if accepts(tool.args, ai, &s) {
				return false
			}
		}
		return true
	})
	sortSpans(spans)
	return spans
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
