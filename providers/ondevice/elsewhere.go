package ondevice

import (
	"encoding/json"
	"slices"

	"github.com/zhushou-ai/zhushou/locale/when"
)

// dated completes the hour of a command by the day that the sentence names elsewhere: 明天我要八点起床, 我明天得早起，六点一刻
// 喊我. A day in another clause may be about something else, so that what is done by it is confirmed first.
func (r *reading) dated(t *text, in *Interpretation) {
	if in.Next != nil || in.Decision() == Refuse {
		return
	}
	c := &in.Candidates[0]
	tool := r.set.tools[r.toolIndex(c.Tool.Name)]
	day := r.day(t, c)
	if day == nil {
		return
	}
	words, from, to := t.slice(day.start, day.end)
	for i := range c.Slots {
		s := &c.Slots[i]
		ai := tool.arg(s.Name)
		if ai < 0 || s.Origin != Said || s.Source == "" || tool.args[ai].form != dateTime && tool.args[ai].form != clock {
			continue
		}
		whole, ok := r.whole(words + s.Source)
		if !ok || whole.kind != moment || whole.when.Time.Before(r.now) {
			continue
		}
		v, err := r.value(tool.args[ai], &whole)
		if err != nil {
			continue
		}
		w := r.resume(t, tool, json.RawMessage(c.Arguments), nil)
		w.values[ai] = []json.RawMessage{v}
		s.Value = decoded(v)
		c.Arguments = w.object()
		c.unsure = c.unsure || !c.Tool.ReadOnly && t.paused(min(to, s.End), max(from, s.Start))
		c.Why = append(c.Why, "the day is named elsewhere")
		return
	}
}

// day returns the only day in a sentence that stands in no argument of a command and has no hour, or nil.
func (r *reading) day(t *text, c *Candidate) *span {
	var out *span
	values := t.values(r.now)
	for i := range values {
		s := &values[i]
		if s.kind != moment || s.when.Kind != when.Interval || hourly(*s.when) || s.when.EndTime.Before(r.now) {
			continue
		}
		from, to := t.start(s.start), t.start(s.end)
		if slices.ContainsFunc(c.Slots, func(o Slot) bool { return o.Origin != Carried && o.Start < to && from < o.End }) {
			continue
		}
		if out != nil {
			return nil
		}
		out = s
	}
	return out
}

// paused reports whether there is a pause between two bytes of a text.
func (t *text) paused(from, to int) bool {
	return slices.ContainsFunc(t.runes[t.at(from):max(t.at(from), t.at(to))], isPause)
}

// alike gives the second of two questions in one breath the day and the place that it leaves to the first: 明天几号，天气怎么样.
func (r *reading) alike(first, second *Candidate) {
	if !first.Tool.ReadOnly || !second.Tool.ReadOnly || len(second.Missing) > 0 {
		return
	}
	one, other := r.set.tools[r.toolIndex(first.Tool.Name)], r.set.tools[r.toolIndex(second.Tool.Name)]
	var before map[string]json.RawMessage
	_ = json.Unmarshal([]byte(first.Arguments), &before) // the engine's own JSON
	w := r.resume(newText(""), other, json.RawMessage(second.Arguments), nil)
	w.slots = slices.Clone(second.Slots)
	names := func(ai int) bool { return ai >= 0 && other.args[ai].form == freeText && w.closed(ai) }
	named := slices.ContainsFunc(second.Slots, func(s Slot) bool { return names(other.arg(s.Name)) })
	for ai, a := range other.args {
		k := one.arg(a.name)
		if k < 0 || before[a.name] == nil || len(w.values[ai]) > 0 || one.args[k].form != a.form || a.kind() != moment && (named || !names(ai)) {
			continue
		}
		w.replace(ai, before[a.name], Slot{Name: a.name, Origin: Carried})
	}
	if c := w.build(); c.Arguments != second.Arguments && w.valid(c) {
		second.Arguments, second.Slots = c.Arguments, c.Slots
	}
}
