package ondevice

import (
	"fmt"
	"slices"
	"strings"
)

// What a command loses in likelihood if a part of the sentence is taken for a remark.
const (
	behindRemark = 0.95
	beforeRemark = 0.85
	afterTopic   = 0.98
	asCommand    = 0.9 // times how likely the remark is a command itself
)

// maxPauses bounds the places where a remark is looked for.
const maxPauses = 3

// maxRemark bounds the characters of a remark.
const maxRemark = 14

// beside understands a sentence as one command with a remark beside it, which says why: 我退休啦，闹钟全都取消吧,
// 灯太刺眼了，调暗点. What follows a text that reaches across clauses may belong to it.
func (r *reading) beside(t *text, reaches bool) (Interpretation, bool) {
	var best Interpretation
	found := false
	try := func(rest []piece, remark stretch, trust float64) {
		m := mending{t, []piece{{0, len(t.raw)}}}
		m.rebuild(t.raw, rest)
		in := r.command(m.text)
		if in.Decision() == Refuse || in.ambiguous() || in.heard(m.text) || r.loses(remark, in.Candidates[0]) {
			return
		}
		if trust == beforeRemark && (len(in.Candidates[0].Missing) > 0 || reaches && r.dictated(in.Candidates[0])) { // which it may say
			return
		}
		if trust == behindRemark && len(in.Candidates[0].Missing) > 0 {
			trust = lessApart // which it may say, too
		}
		if trust != beforeRemark && trust != afterTopic {
			in, m = r.withNames(t, remark, m, in)
		}
		words, _, _ := t.slice(remark.from, remark.to)
		if trust < afterTopic {
			trust *= 1 - float64(asCommand*r.apart(remark))
		}
		in.Candidates = in.Candidates[:1:1]
		in.Candidates[0].Confidence *= trust
		in.Candidates[0].unsure = false
		in.settled = false
		r.engine.decide(&in)
		if !found || in.joint() > best.joint() {
			m.restore(&in, t.raw)
			r.restate(t, &in.Candidates[0])
			in.Why = append(in.Why, fmt.Sprintf("only a part of the sentence is a command, %q is beside it", words))
			best, found = in, true
		}
	}
	pauses := 0
	for i := 1; i < len(t.runes)-1 && pauses < maxPauses; i++ {
		if !isPause(t.runes[i]) {
			continue
		}
		pauses++
		before, behind := stretch{t, 0, i}.marks(), stretch{t, i, len(t.runes)}.marks()
		if before.empty() || behind.empty() {
			continue
		}
		if topic := before.complained(); topic > 0 {
			try([]piece{{0, t.offset[topic]}, {t.offset[behind.from], len(t.raw)}}, stretch{t, topic, i}, afterTopic)
		}
		if before.remark() {
			try([]piece{{t.offset[behind.from], len(t.raw)}}, before, behindRemark)
		}
		if behind.remark() && !behind.has(negates|stops|changes) {
			try([]piece{{0, t.offset[i]}}, behind, beforeRemark)
		}
	}
	return best, found
}

// complained returns where the complaint of 灯太刺眼了 begins, or 0.
func (s stretch) complained() int {
	for i := s.from + 1; i < s.to; i++ {
		if rest, ok := (stretch{s.text, i, s.to}).behind(degrees()); !ok || rest.empty() {
			continue
		}
		if s.runes[i-1] == '得' && i-2 > s.from { // 空调开得太低
			return i - 2
		}
		return i
	}
	return 0
}

// remark reports whether a part of a sentence may be why something is wanted: short, and nothing that asks, is a
// condition or tells what somebody says.
func (s stretch) remark() bool {
	if _, on := s.behind(goesOn()); on || s.to-s.from > maxRemark || s.has(asks|looks|quotes|embeds) {
		return false
	}
	for i := s.from; i < s.to; i++ {
		if _, ok := (stretch{s.text, i, s.to}).behind(conditions()); ok {
			return false
		}
	}
	for i, done := s.from, false; i < s.to; i = s.tokens[i].end {
		switch {
		case s.tokens[i].class&negates != 0 && done: // 关空调不要关灯
			return false
		case s.tokens[i].class&(stops|changes) != 0 || s.tokens[i].symbol == opens():
			done = true
		}
	}
	_, told := s.before(sayings())
	return !told
}

// has reports whether there are words of a class.
func (s stretch) has(c class) bool {
	for i := s.from; i < s.to; i = s.tokens[i].end {
		if s.tokens[i].class&c != 0 {
			return true
		}
	}
	return false
}

// apart returns how likely a part of a sentence has a command of its own.
func (r *reading) apart(s stretch) float64 {
	most := 0.0
	for from := s.from; from < s.to; {
		to := from
		for to < s.to && !isPause(s.runes[to]) {
			to++
		}
		if words, _, _ := s.slice(from, to); words != "" {
			t := newText(words)
			in := r.command(t)
			switch {
			case len(in.Candidates) == 0 || in.hearsay(t):
			case in.settled:
				return 1
			default:
				most = max(most, float64(lessApart*in.Candidates[0].Confidence))
			}
		}
		from = to + 1
	}
	return most
}

// dictated reports whether an argument that the command cannot do without is text.
func (r *reading) dictated(c Candidate) bool {
	tool := r.set.tools[r.toolIndex(c.Tool.Name)]
	return slices.ContainsFunc(c.Slots, func(s Slot) bool {
		return tool.text(s.Name) && tool.args[tool.arg(s.Name)].required && s.Source != ""
	})
}

// withNames understands the rest of a sentence together with what a remark names that the command takes: 灯光 in
// 灯光柔和点，暗一些.
func (r *reading) withNames(t *text, remark stretch, rest mending, in Interpretation) (Interpretation, mending) {
	i := r.toolIndex(in.Candidates[0].Tool.Name)
	tool := r.set.tools[i]
	var pieces []piece
	names := r.survey(t, false).names[i]
	sortSpans(names)
	for _, s := range names {
		given := slices.ContainsFunc(in.Candidates[0].Slots, func(o Slot) bool { return o.Name == tool.args[s.arg].name })
		if s.start < remark.from || s.end > remark.to || given || !closed(r.listsOf(tool, s.arg)) {
			continue
		}
		if n := len(pieces); n > 0 && t.offset[s.start] < pieces[n-1].end {
			continue // another name for the same words
		}
		pieces = append(pieces, piece{t.offset[s.start], t.offset[s.end]})
	}
	if len(pieces) == 0 {
		return in, rest
	}
	m := mending{t, []piece{{0, len(t.raw)}}}
	m.rebuild(t.raw, append(pieces, rest.pieces...))
	named := r.command(m.text)
	if named.Decision() == Refuse || named.Candidates[0].Tool != in.Candidates[0].Tool || named.Candidates[0].Confidence < in.Candidates[0].Confidence/2 {
		return in, rest
	}
	return named, m
}

// lessApart is how much less a part of a sentence is a command than a sentence with the same words, unless a phrase
// settles it.
const lessApart = 0.7

// hearsay reports whether a part of a sentence only resembles a command: what a tool could look up, and nobody asks, or
// a name that is not surely there.
func (in Interpretation) hearsay(t *text) bool {
	if in.settled {
		return false
	}
	c := in.Candidates[0]
	if (in.Decision() != Act || t.all().grumbles()) && slices.ContainsFunc(c.Slots, Slot.guessed) {
		return true
	}
	return c.Tool.ReadOnly && !asking(t.runes) && !t.all().has(looks)
}

// heard reports whether a part of a sentence that is no question only sounds like something that could be looked up.
func (in Interpretation) heard(t *text) bool {
	return in.Candidates[0].Tool.ReadOnly && !asking(t.runes) && slices.ContainsFunc(in.Candidates[0].Slots, Slot.guessed)
}

// guessed reports whether a value only sounds like something in its words.
func (s Slot) guessed() bool {
	name, ok := s.Value.(string)
	return s.Origin == Heard && !(ok && strings.Contains(s.Source, name))
}

// loses reports whether there is a time or a number in a remark that the command has no value for, and wants.
func (r *reading) loses(remark stretch, c Candidate) bool {
	i := r.toolIndex(c.Tool.Name)
	if i < 0 {
		return true
	}
	args := r.set.tools[i].args
	for _, s := range findSpans(remark.text, r.now) {
		if s.start < remark.from || s.end > remark.to {
			continue
		}
		for ai := range args {
			if accepts(args, ai, &s) && !slices.ContainsFunc(c.Slots, func(o Slot) bool { return o.Name == args[ai].name }) {
				return true
			}
		}
	}
	return false
}
