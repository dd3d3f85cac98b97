package ondevice

import (
	"bytes"
	"encoding/json"
	"slices"
	"sync"
)

// joiners stand between things that are named together.
var joiners = sync.OnceValue(func() [][]rune { return folded("和 跟 与 及 以及 、 还有 同埋 加上 连同") })

// coordinated understands a sentence that names several things where the argument of its command takes one, as one command
// for each: 把蓝牙和无线网都关了. The commands differ in nothing else.
func (r *reading) coordinated(t *text, whole Interpretation, most int) (Interpretation, bool) {
	if most < 2 || !t.joins() || whole.Decision() == Refuse && (len(whole.Candidates) == 0 || !whole.Candidates[0].Tool.ReadOnly) {
		return Interpretation{}, false
	}
	i := r.toolIndex(whole.Candidates[0].Tool.Name)
	v := r.survey(t, false)
	defer v.release()
	spans := v.spans[i]
	for at := 1; at < len(t.runes)-1; at++ {
		things := r.set.tools[i].joined(t, spans, at)
		if len(things) < 2 || len(things) > most || r.quoted(t, things, whole) || things[len(things)-1].compared() {
			continue
		}
		if in, ok := r.each(t, things, whole); ok {
			return in, true
		}
	}
	return Interpretation{}, false
}

// compared reports whether what follows the last of several things compares them: 北京和上海哪个冷.
func (s stretch) compared() bool {
	for i := s.to; i < len(s.text.runes); i++ {
		if _, ok := (stretch{s.text, i, len(s.text.runes)}).behind(comparisons()); ok {
			return true
		}
	}
	return false
}

var comparisons = sync.OnceValue(func() [][]rune { return folded("哪 谁 比 差 一样 相同 之间 区别") })

// joins reports whether there is a word in a text that joins things.
func (t *text) joins() bool {
	for i := 1; i < len(t.runes)-1; i++ {
		if _, ok := (stretch{t, i, len(t.runes)}).behind(joiners()); ok {
			return true
		}
	}
	return false
}

// joined returns the stretches of the things that are named together, if the word that joins the first two of them begins at
// a rune. Each holds a value of one argument, which is no list, and may hold names of others before it: 客厅的灯和卧室的空调.
func (t *tool) joined(said *text, spans []span, at int) []stretch {
	after, ok := stretch{said, at, len(said.runes)}.behind(joiners())
	if !ok {
		return nil
	}
	k := slices.IndexFunc(spans, func(s span) bool { return s.end == at && s.heard == 0 && t.single(&s) })
	if k < 0 || said.inside(spans, at) {
		return nil
	}
	first := &spans[k]
	out := []stretch{{said, first.start, first.end}}
	for ok {
		thing, beside := t.another(said, spans, first, after.from)
		if thing.empty() {
			break
		}
		if len(out) == 1 {
			out[0].from = said.besides(spans, first.start, beside)
		}
		out = append(out, thing)
		after, ok = stretch{said, thing.to, len(said.runes)}.behind(joiners())
	}
	return out
}

// single reports whether a value goes to an argument that takes only one such.
func (t *tool) single(s *span) bool {
	ai := slices.IndexFunc(t.args, func(a argument) bool { return accepts(t.args, t.arg(a.name), s) })
	return ai >= 0 && !t.args[ai].list && t.args[ai].form != boolean
}

// inside reports whether a value goes across a rune.
func (t *text) inside(spans []span, at int) bool {
	return slices.ContainsFunc(spans, func(s span) bool { return s.start < at && at < s.end })
}

// another returns the stretch from a rune on that ends with a value of the same kind as the first, and the other arguments
// that are named in it.
func (t *tool) another(said *text, spans []span, first *span, from int) (thing stretch, beside []int) {
	for i := from; i < len(said.runes); {
		next := -1
		for k := range spans { // longer ones come first
			s := &spans[k]
			if s.start != i || s.heard > 0 || s.kind != first.kind {
				continue
			}
			if s.kind != named || s.arg == first.arg {
				return stretch{said, from, s.end}, beside
			}
			if next < 0 {
				next = k
			}
		}
		switch {
		case next >= 0:
			beside = append(beside, spans[next].arg)
			i = spans[next].end
		case said.runes[i] == '的' && i > from:
			i++
		default:
			return stretch{}, nil
		}
	}
	return stretch{}, nil
}

// besides returns where the names of the arguments begin that stand before a rune.
func (t *text) besides(spans []span, from int, args []int) int {
	for {
		at := from
		if at > 0 && t.runes[at-1] == '的' {
			at--
		}
		k := slices.IndexFunc(spans, func(s span) bool { return s.end == at && s.kind == named && slices.Contains(args, s.arg) })
		if k < 0 {
			return from
		}
		from = spans[k].start
	}
}

// quoted reports whether all things are a part of one text that the command takes as it was said.
func (r *reading) quoted(t *text, things []stretch, in Interpretation) bool {
	tool := r.set.tools[r.toolIndex(in.Candidates[0].Tool.Name)]
	from, to := t.start(things[0].from), t.start(things[len(things)-1].from)
	return slices.ContainsFunc(in.Candidates[0].Slots, func(s Slot) bool {
		ai := tool.arg(s.Name)
		return s.Origin != Carried && s.Start <= from && to < s.End && (ai < 0 || !closed(r.listsOf(tool, ai)))
	})
}

// each understands a sentence as the same command for each of the things that it names.
func (r *reading) each(t *text, things []stretch, whole Interpretation) (Interpretation, bool) {
	last := things[len(things)-1]
	var out Interpretation
	for k, s := range things {
		m := mending{t, []piece{{0, len(t.raw)}}}
		head := things[0].from
		if k > 0 {
			head = r.shared(things[0], s)
		}
		m.rebuild(t.raw, []piece{{0, t.offset[head]}, {t.offset[s.from], t.offset[s.to]}, {t.offset[last.to], len(t.raw)}})
		in := r.command(m.text)
		if d := in.Decision(); d != Act && d != Confirm || in.Candidates[0].Tool != whole.Candidates[0].Tool {
			return Interpretation{}, false
		}
		m.restore(&in, t.raw)
		if k == 0 {
			out = in
			continue
		}
		if !out.Candidates[0].varies(in.Candidates[0], t.start(things[0].from), t.start(last.to)) {
			return Interpretation{}, false
		}
		out.last().Next = &in
	}
	out.Why = append(out.Why, "names several things, of which each is one command")
	return out, true
}

// shared returns where in the first of two things the words end that hold for the other, too: 明早 of 明早六点半和七点.
func (r *reading) shared(first, other stretch) int {
	values := findSpans(first.text, r.now)
	of := func(s stretch) int {
		return slices.IndexFunc(values, func(v span) bool { return v.start == s.from && v.end == s.to && v.kind == moment })
	}
	if i, k := of(first), of(other); i >= 0 && k >= 0 {
		return r.kept(first.text, values[i], values[k])
	}
	return first.from
}

// varies reports whether two calls of a tool differ, and in nothing but what stands between two bytes of the sentence.
func (c Candidate) varies(d Candidate, from, to int) bool {
	var one, other map[string]json.RawMessage
	_, _ = json.Unmarshal([]byte(c.Arguments), &one), json.Unmarshal([]byte(d.Arguments), &other) // the engine's own JSON
	within := func(slots []Slot, name string) bool {
		return !slices.ContainsFunc(slots, func(s Slot) bool { return s.Name == name && (s.Start < from || s.End > to) })
	}
	for name := range one {
		if !bytes.Equal(one[name], other[name]) && !(within(c.Slots, name) && within(d.Slots, name)) {
			return false
		}
	}
	return c.Arguments != d.Arguments && !slices.ContainsFunc(d.Slots, func(s Slot) bool { return one[s.Name] == nil && !within(d.Slots, s.Name) })
}

// abutting understands a sentence whose second command begins with its verb right behind the first: 关灯开空调. Phrases must
// settle both.
func (r *reading) abutting(t *text) (Interpretation, bool) {
	verbs := 0
	for i := 0; i < len(t.runes); i = t.tokens[i].end {
		if k := t.tokens[i].symbol; k != opens() && k != shuts() {
			continue
		}
		if verbs++; verbs < 2 || isMark(t.runes[i-1]) {
			continue
		}
		left, right := t.cut(i)
		first := r.command(newText(left))
		if !first.settled || first.Decision() != Act {
			continue
		}
		second := r.command(newText(right))
		if !second.settled || second.Decision() != Act || first.Candidates[0].same(second.Candidates[0]) {
			continue
		}
		second.shift(t.offset[i])
		first.Text, first.Next = t.raw, &second
		first.Why = append(first.Why, "two commands, one right behind the other")
		return first, true
	}
	return Interpretation{}, false
}

// shuts is the word for closing and switching off.
var shuts = sync.OnceValue(func() symbol { return tokenize(foldString("关闭"))[0].symbol })
