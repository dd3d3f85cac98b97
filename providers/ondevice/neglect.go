package ondevice

import (
	"slices"
	"sync"
)

// clauses returns the parts of a sentence between pauses, without the marks around them.
func (t *text) clauses() []stretch {
	var out []stretch
	for from := 0; from < len(t.runes); {
		to := from
		for to < len(t.runes) && !isPause(t.runes[to]) {
			to++
		}
		if s := (stretch{t, from, to}).marks(); !s.empty() {
			out = append(out, s)
		}
		from = to + 1
	}
	return out
}

// neglects reports whether a reading of a sentence as one command leaves out a clause that wants something, too: the
// command is the same without it, and it is a command by itself, is one of the values that tools take, or asks the same of something else (北京天气怎么样，
// 上海呢). A complaint beside a command says why.
func (r *reading) neglects(t *text, in Interpretation) bool {
	if in.Next != nil || in.Decision() == Refuse {
		return false
	}
	clauses := t.clauses()
	if len(clauses) < 2 {
		return false
	}
	return slices.ContainsFunc(clauses, func(s stretch) bool {
		if in.speaksIn(t, s) || s.grumbles() {
			return false
		}
		words, _, _ := s.slice(s.from, s.to)
		own := newText(words)
		return (r.commanded(own, in) || r.continued(own, in)) && r.idle(t, s, in)
	})
}

// speaksIn reports whether an argument of the command stands in a part of the sentence.
func (in Interpretation) speaksIn(t *text, s stretch) bool {
	from, to := t.offset[s.from], t.offset[s.to]
	return slices.ContainsFunc(in.Candidates[0].Slots, func(o Slot) bool { return o.Origin != Carried && o.Start < to && o.End > from })
}

// grumbles reports whether a part of a sentence says how something is: 太亮了, 灯有点暗.
func (s stretch) grumbles() bool {
	_, ok := s.behind(degrees())
	return ok || s.complained() > 0
}

// idle reports whether the command is the same without a part of the sentence.
func (r *reading) idle(t *text, s stretch, in Interpretation) bool {
	m := mending{t, []piece{{0, len(t.raw)}}}
	m.rebuild(t.raw, without(len(t.raw), []piece{{t.offset[s.from], t.offset[s.to]}}))
	rest := r.command(m.text)
	return len(rest.Candidates) > 0 && rest.Candidates[0].same(in.Candidates[0])
}

// covers reports whether d says nothing that c does not do.
func (c Candidate) covers(d Candidate) bool {
	return c.Tool == d.Tool && !slices.ContainsFunc(d.Slots, func(s Slot) bool {
		return !slices.ContainsFunc(c.Slots, func(o Slot) bool { return o.Name == s.Name })
	})
}

// commanded reports whether a text is surely a command, and one that the other does not do.
func (r *reading) commanded(t *text, other Interpretation) bool {
	own := r.command(t)
	switch {
	case own.Decision() == Refuse || own.hearsay(t) || other.Candidates[0].covers(own.Candidates[0]):
		return false
	case own.settled || r.optional(t, own.Candidates[0]):
		return true
	}
	bare := len(own.Candidates[0].Slots) == 0 && len(r.set.tools[r.toolIndex(own.Candidates[0].Tool.Name)].args) > 0
	return !bare && own.Candidates[0].Confidence >= enough(r.engine.precision)
}

// optional reports whether a text is nothing but one of the values that an argument can have: 静音.
func (r *reading) optional(t *text, c Candidate) bool {
	tool := r.set.tools[r.toolIndex(c.Tool.Name)]
	whole, _, _ := t.slice(0, len(t.runes))
	return slices.ContainsFunc(c.Slots, func(s Slot) bool {
		ai := tool.arg(s.Name)
		return s.Source == whole && ai >= 0 && tool.args[ai].form == choice
	})
}

// continued reports whether a text asks the same as the command of something else.
func (r *reading) continued(t *text, in Interpretation) bool {
	if in.Decision() != Act {
		return false
	}
	d := r.dialogue(in.after(State{}, r.now))
	if d == nil {
		return false
	}
	next, ok := d.carry(t, Interpretation{})
	return ok && next.Decision() == Act && !next.Candidates[0].same(in.Candidates[0])
}

// sets is the word for giving something a value: 调到.
var sets = sync.OnceValue(func() symbol { return tokenize(foldString("调到"))[0].symbol })

// opened understands a sentence that switches something on and gives it a value in the same breath as the two commands
// that it is: 打开空调调到26度.
func (r *reading) opened(t *text, whole Interpretation) (Interpretation, bool) {
	i := slices.IndexFunc(t.tokens, func(k token) bool { return k.symbol == sets() })
	if i <= 0 || whole.Decision() == Refuse || len(whole.Candidates[0].Missing) > 0 || !slices.ContainsFunc(t.tokens[:i], func(k token) bool { return k.symbol == opens() }) {
		return Interpretation{}, false
	}
	head := stretch{t, 0, i}.marks()
	words, start, _ := t.slice(head.from, head.to)
	first := r.command(newText(words))
	if !first.settled || first.Decision() != Act || first.Candidates[0].Tool == whole.Candidates[0].Tool || !first.Candidates[0].about(whole.Candidates[0], start) {
		return Interpretation{}, false
	}
	first.shift(start)
	first.Text, first.Next = t.raw, &whole
	first.Why = append(first.Why, "is switched on first")
	return first, true
}

// about reports whether two commands take an argument from the same place, which is further by so many bytes in the
// second.
func (c Candidate) about(d Candidate, by int) bool {
	return slices.ContainsFunc(c.Slots, func(s Slot) bool {
		return slices.ContainsFunc(d.Slots, func(o Slot) bool { return o.Name == s.Name && o.Start == s.Start+by })
	})
}
