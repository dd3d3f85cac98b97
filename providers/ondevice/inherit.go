package ondevice

import (
	"encoding/json"
	"slices"
)

// inherit gives a turn that names none of the things that it is about those of the command before: 会下雨吗 behind the
// weather of a city, 暗一点 behind a lamp, 关了吧 behind what was opened.
func (d *dialogue) inherit(t *text, own Interpretation) (Interpretation, bool) {
	active, last := d.active()
	if d.state.Phase != Done || own.Next != nil || len(own.Candidates) == 0 || len(t.runes) > maxElliptic {
		return Interpretation{}, false
	}
	said := own.Candidates[0]
	i := d.toolIndex(said.Tool.Name)
	if i < 0 {
		return Interpretation{}, false
	}
	if in, ok := d.reversed(t, said); ok {
		return in, true
	}
	tool := d.set.tools[i]
	var before map[string]json.RawMessage
	_ = json.Unmarshal([]byte(last.Arguments), &before) // the engine's own JSON
	w := d.resume(t, tool, json.RawMessage(said.Arguments), said.partial)
	w.slots = slices.Clone(said.Slots)
	_, asks := t.all().marks().before(dialogueWords().ask)
	brief := tool == active && tool.spec.ReadOnly && len(t.runes) <= maxBrief
	inherited := false
	for ai, a := range tool.args {
		v, ok := before[a.name]
		listed := len(d.listsOf(tool, ai)) > 0
		switch {
		case !ok:
			continue
		case len(w.values[ai]) > 0:
			if listed && a.form == freeText && !brief {
				return Interpretation{}, false // it names something itself
			}
			continue
		case brief, asks && tool.spec.ReadOnly, slices.Contains(said.Missing, a.name), listed && d.bareOf(t, tool):
			w.replace(ai, v, Slot{Name: a.name, Origin: Carried})
			inherited = true
		}
	}
	if !inherited {
		return Interpretation{}, false
	}
	in, ok := d.finish(w, CarryOver, "is about what "+last.Tool.Name+" was about")
	if ok {
		in.Candidates[0].Confidence, in.Candidates[0].unsure = max(said.Confidence, certain), false
		d.engine.decide(&in)
		in.Candidates[0].unsure = in.Candidates[0].unsure || said.Confidence < certain
	}
	return in, ok
}

// maxBrief bounds the characters of a turn that only asks for something else about the same: 会下雨吗.
const maxBrief = 6

// maxElliptic bounds the characters of a turn that leaves out what it is about.
const maxElliptic = 10

// reversed understands a turn that lacks what it is about as the tool of the command before with another value: 关了吧
// behind 打开蓝牙.
func (d *dialogue) reversed(t *text, said Candidate) (Interpretation, bool) {
	active, _ := d.active()
	if said.Tool == active.spec || len(said.Missing) == 0 {
		return Interpretation{}, false
	}
	for _, slot := range said.Slots {
		if active.arg(slot.Name) < 0 {
			return Interpretation{}, false
		}
	}
	for said, more := t.all().marks(), true; more && !said.empty(); said, more = said.before(dialogueWords().trail) { // 关了吧: 关了, 关
		w := d.refill(t)
		if _, ok := w.fresh(said); ok {
			return d.finish(w, CarryOver, "does something else with what "+active.spec.Name+" was about")
		}
	}
	return Interpretation{}, false
}

// bareOf reports whether a turn is nothing but names that a tool takes.
func (d *dialogue) bareOf(t *text, tool *tool) bool {
	s := t.all().bare()
	return slices.ContainsFunc(d.spansFor(t, tool), func(sp span) bool {
		return sp.kind == named && sp.start <= s.from && stretch{t, sp.end, s.to}.bare().empty()
	})
}
