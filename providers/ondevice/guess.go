package ondevice

import (
	"github.com/zhushou-ai/zhushou/providers/ondevice/internal/learn"
)

// guess asks the learned part which tools a sentence calls for, and where it sees the arguments of those
// that no phrase speaks for.
func (r *reading) guess(t *text, v *survey, m *matching) {
	r.set.remind(t, m)
	model := r.set.model()
	if model == nil {
		return
	}
	read := model.Read(learn.Text{Runes: t.runes, Spans: evidenceOf(v.values, v.names, r.set.tools), Given: r.given})
	defer read.Close()
	bare := t.bare(v)
	for _, g := range read.Guesses() {
		i, ok := r.set.byName[g.Tool]
		if !ok {
			continue
		}
		f := &m.best[i]
		if bare && f.score == 0 && !r.set.tools[i].told(v.names[i]) {
			continue // values alone may be about anything
		}
		f.guess = g.Probability
		m.guesses += g.Probability
		if f.guess < leastGuess || f.score >= weakest {
			continue
		}
		for _, s := range read.Slots(g.Tool) {
			if ai := r.set.tools[i].arg(s.Name); ai >= 0 {
				f.marks = append(f.marks, r.marked(i, ai, s, v))
			}
		}
	}
}

// told reports whether names alone say what a tool is to do: they are of several arguments, or of all that it
// needs.
func (t *tool) told(names []span) bool {
	of := make(map[int]bool)
	for _, s := range names {
		of[s.arg] = true
	}
	needed := 0
	for i, a := range t.args {
		if a.required && !of[i] {
			needed++
		}
	}
	return len(of) > 1 || len(of) == 1 && needed == 0
}

// bare reports whether a sentence is nothing but values.
func (t *text) bare(v *survey) bool {
	first := v.first(len(t.runes))
	for i := 0; i < len(t.runes); {
		end := 0
		if first[i] != nil {
			end = first[i].end
		}
		if end == 0 {
			if t.tokens[i].class&filler == 0 {
				return false
			}
			end = t.tokens[i].end
		}
		i = end
	}
	return true
}

// leastGuess is the probability below which a tool that no phrase speaks for is not considered.
const leastGuess = 0.05

// marked returns what stands in a slot: the value that covers most of it, or the text.
func (r *reading) marked(tool, ai int, s learn.Slot, v *survey) fill {
	args := r.set.tools[tool].args
	best := fill{ai, nil, s.Start, s.End}
	for k := range v.spans[tool] {
		sp := &v.spans[tool][k]
		if sp.start >= s.End || sp.end <= s.Start || !accepts(args, ai, sp) {
			continue
		}
		if best.span == nil || sp.end-sp.start > best.span.end-best.span.start {
			best = fill{ai, sp, sp.start, sp.end}
		}
	}
	if best.span == nil && args[ai].form != freeText {
		best.arg = anyText
	}
	return best
}
