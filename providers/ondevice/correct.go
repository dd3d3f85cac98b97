package ondevice

import (
	"encoding/json"
	"math/big"
	"slices"
	"time"

	"github.com/zhushou-ai/zhushou/locale/number"
)

// correct understands a turn that changes a value of the last command: 改成八点, 不是明天是后天, 不对，九点,
// 推迟半小时.
func (d *dialogue) correct(t *text, _ Interpretation) (Interpretation, bool) {
	if d.state.Phase == Choosing {
		return Interpretation{}, false
	}
	w := d.refill(t)
	changes := []func() bool{w.exchange, w.shift, w.alter}
	if w.tool.nested {
		changes = []func() bool{w.amend, w.shift}
	}
	if !slices.ContainsFunc(changes, func(change func() bool) bool { return change() }) {
		return Interpretation{}, false
	}
	in, ok := d.finish(w, Correction, "corrects "+d.commands[d.command()].Tool.Name)
	if ok && w.loose {
		d.engine.decide(&in)
	}
	return in, ok
}

// alter reads 不对，改成八点 and 时间改成八点: a denial, a word of change or both, and the new value.
func (w *filling) alter() bool {
	words := dialogueWords()
	s, again := w.text.all().marks().behind(orRather())
	s, denied := s.bare().behind(words.denial)
	s = s.bare()
	label := stretch{}
	altered := again
	for at := s.from; at < s.to && at-s.from <= maxLabel && !altered; at++ {
		rest, ok := stretch{s.text, at, s.to}.behind(words.alter)
		if !ok || at > s.from && (!w.labels(stretch{s.text, s.from, at}) || len(w.text.runes[at:rest.from]) < 2) {
			continue
		}
		label, s, altered = stretch{s.text, s.from, at}, rest.bare(), true
	}
	if (!denied && !altered) || s.empty() {
		return false
	}
	if !denied && !again && label.empty() && !w.strongly() {
		return false
	}
	return w.give(s, label, denied || again)
}

// maxLabel bounds what stands before a word of change: 把闹钟的时间改成.
const maxLabel = 10

// strongly reports whether the sentence has a word that can mean nothing but a change.
func (w *filling) strongly() bool {
	_, ok := w.text.all().bare().behind(strongAlters())
	return ok
}

// labels reports whether the words name the command or one of its arguments.
func (w *filling) labels(s stretch) bool {
	for i := s.from; i < s.to; {
		k := s.tokens[i]
		known := k.class&filler != 0 || w.tool.says(k.symbol)
		for _, a := range w.tool.args {
			known = known || slices.Contains(foldString(a.name+a.label()), s.runes[i])
		}
		if !known {
			return false
		}
		i = k.end
	}
	return true
}

// exchange reads 不是明天是后天: the old value and the new one.
func (w *filling) exchange() bool {
	s, ok := w.text.all().bare().behind(exchangeLeads())
	if !ok {
		return false
	}
	for at := s.from + 1; at < s.to; at++ {
		rest, ok := stretch{s.text, at, s.to}.behind(exchangeMiddles())
		if !ok || rest.empty() {
			continue
		}
		old := stretch{s.text, s.from, at}.bare()
		if ai := w.holder(old); ai >= 0 {
			return w.giveTo(ai, rest.bare())
		}
	}
	return false
}

// holder returns the argument whose value the words may stand for, or -1.
func (w *filling) holder(s stretch) int {
	if s.empty() {
		return -1
	}
	for _, sp := range w.exactly(s) {
		for ai, a := range w.tool.args {
			if accepts(w.tool.args, ai, &sp) && (len(w.values[ai]) > 0 || w.partly(a.name) >= 0) {
				return ai
			}
		}
	}
	words, _, _ := s.slice(s.from, s.to)
	for ai, a := range w.tool.args {
		if a.form == freeText && len(w.values[ai]) == 1 && string(foldString(string(quote(words)))) == string(foldString(string(w.values[ai][0]))) {
			return ai
		}
	}
	return -1
}

// exactly returns the values that a stretch is by itself, whatever stands around it.
func (w *filling) exactly(s stretch) []span {
	words, _, _ := s.slice(s.from, s.to)
	alone := newText(words)
	var out []span
	for _, sp := range w.reading.spansFor(alone, w.tool) {
		rest := stretch{alone, sp.end, len(alone.runes)}
		if sp.start == 0 && (rest.empty() || sp.kind == numeric && rest.is(measures())) {
			sp.start, sp.end = s.from, s.to
			out = append(out, sp)
		}
	}
	return out
}

func (w *filling) partly(name string) int {
	return slices.IndexFunc(w.partial, func(p Partial) bool { return p.Name == name })
}

// give gives the stretch to the argument that it suits best: the one that the label names, then one
// that has a value already.
func (w *filling) give(s, label stretch, free bool) bool {
	best, most := -1, 0
	spans := w.exactly(s)
	for ai, a := range w.tool.args {
		score := 0
		takes := slices.ContainsFunc(spans, func(sp span) bool { return accepts(w.tool.args, ai, &sp) })
		switch {
		case takes:
			score = 8
		case a.form == freeText && !w.closed(ai) && w.prosaic(s) && (len(w.values[ai]) > 0 || !label.empty()) && (free || !label.empty() || w.onlyText(ai)):
			score = 1
		default:
			continue
		}
		if len(w.values[ai]) > 0 || w.partly(a.name) >= 0 {
			score += 4
		}
		for i := label.from; i < label.to; i++ {
			if label.tokens[i].class&filler == 0 && slices.Contains(foldString(a.label()), label.runes[i]) {
				score += 16
				break
			}
		}
		if score > most {
			best, most = ai, score
		}
	}
	return best >= 0 && w.giveTo(best, s)
}

// closed reports whether an argument takes nothing but the names of its lists.
func (w *filling) closed(ai int) bool {
	return closed(w.reading.listsOf(w.tool, ai))
}

// closed reports whether lists have all names that there are.
func closed(lists []*Names) bool {
	return len(lists) > 0 && !slices.ContainsFunc(lists, func(n *Names) bool { return n.open })
}

// onlyText reports whether no other argument takes free text.
func (w *filling) onlyText(ai int) bool {
	for i, a := range w.tool.args {
		if i != ai && a.form == freeText && len(w.values[i]) > 0 {
			return false
		}
	}
	return true
}

// prosaic reports whether a stretch can be a text that somebody dictates: short, and no question.
func (w *filling) prosaic(s stretch) bool {
	if s.empty() || s.to-s.from > maxDictated {
		return false
	}
	for i := s.from; i < s.to; i = s.tokens[i].end {
		if s.tokens[i].class&(asks|stops|changes|looks) != 0 {
			return false
		}
	}
	return true
}

const maxDictated = 16

// giveTo gives the stretch to the argument. Of a time, what is not said anew stays as it was.
func (w *filling) giveTo(ai int, s stretch) bool {
	a := w.tool.args[ai]
	source, start, end := s.slice(s.from, s.to)
	slot := Slot{Name: a.name, Source: source, Start: start, End: end}
	spans := w.exactly(s)
	i := slices.IndexFunc(spans, func(sp span) bool { return accepts(w.tool.args, ai, &sp) })
	if i < 0 {
		return a.form == freeText && !w.closed(ai) && w.prosaic(s) && w.giveText(ai, s)
	}
	before := w.words(ai)
	w.partial = slices.DeleteFunc(w.partial, func(p Partial) bool { return p.Name == a.name })
	if spans[i].kind == moment && before != "" {
		if whole, ok := w.reading.supersede(before, source); ok {
			spans[i] = whole
			slot.Source = whole.when.Text
		}
	}
	v, err := w.reading.value(a, &spans[i])
	if err != nil {
		w.clear(ai)
		w.partial = append(w.partial, Partial{a.name, source})
		w.bad = append(w.bad, Invalid{a.name, source, err.Error()})
		return true
	}
	w.clear(ai)
	w.set(ai, v, slot)
	return true
}

// giveText gives the stretch to the argument as text, if it may be that.
func (w *filling) giveText(ai int, s stretch) bool {
	a := w.tool.args[ai]
	source, start, end := s.slice(s.from, s.to)
	slot := Slot{Name: a.name, Source: source, Start: start, End: end}
	if a.shape != nil && !a.shape.MatchString(source) {
		return false
	}
	w.clear(ai)
	if !a.list {
		w.set(ai, quote(source), slot)
		return true
	}
	for _, piece := range splitList(source) {
		w.set(ai, quote(piece), slot)
	}
	return true
}

// words says the time that an argument has in words that can be understood again.
func (w *filling) words(ai int) string {
	a := w.tool.args[ai]
	if i := w.partly(a.name); i >= 0 {
		return w.partial[i].Words
	}
	if len(w.values[ai]) == 0 || a.kind() != moment {
		return ""
	}
	var s string
	if json.Unmarshal(w.values[ai][0], &s) != nil {
		return ""
	}
	return speaker{wording: WordingHans, now: w.reading.now}.text(s)
}

// shift reads 推迟半小时 and 提前十分钟: a time or a length that grows or shrinks.
func (w *filling) shift() bool {
	words := dialogueWords()
	s, _ := w.text.all().bare().behind(words.denial)
	sign := time.Duration(1)
	rest, ok := s.bare().behind(words.later)
	if !ok {
		if rest, ok = s.bare().behind(words.earlier); !ok {
			return false
		}
		sign = -1
	}
	rest = rest.bare()
	for _, sp := range findSpans(w.text, w.reading.now) {
		if sp.kind != period || sp.start != rest.from || sp.end != rest.to || sp.when.Months != 0 {
			continue
		}
		by := sign * sp.when.Duration
		source, start, end := w.text.slice(sp.start, sp.end)
		for ai := range w.tool.args {
			if v, ok := w.moved(ai, by); ok {
				w.clear(ai)
				w.set(ai, v, Slot{Source: source, Start: start, End: end})
				return true
			}
		}
	}
	return false
}

// moved returns the value of an argument, later or longer by a length of time.
func (w *filling) moved(ai int, by time.Duration) (json.RawMessage, bool) {
	a := w.tool.args[ai]
	if len(w.values[ai]) != 1 {
		return nil, false
	}
	var s string
	var n float64
	switch {
	case a.form == dateTime && json.Unmarshal(w.values[ai][0], &s) == nil:
		if t, err := time.Parse(time.RFC3339, s); err == nil {
			return quote(t.Add(by).Format(time.RFC3339)), true
		}
	case a.form == clock && json.Unmarshal(w.values[ai][0], &s) == nil:
		if t, err := time.Parse("15:04", s); err == nil {
			return quote(t.Add(by).Format("15:04")), true
		}
	case a.form == date && by%(24*time.Hour) == 0 && json.Unmarshal(w.values[ai][0], &s) == nil:
		if t, err := time.Parse(time.DateOnly, s); err == nil {
			return quote(t.Add(by).Format(time.DateOnly)), true
		}
	case a.form == duration && json.Unmarshal(w.values[ai][0], &s) == nil:
		if d, ok := parseDuration(s); ok && d+by > 0 {
			return quote(isoDuration(0, d+by)), true
		}
	case a.unit != 0 && json.Unmarshal(w.values[ai][0], &n) == nil:
		d := time.Duration(n*float64(a.unit)) + by
		if v, err := numberValue(a, number.FromRat(big.NewRat(int64(d), int64(a.unit)))); err == nil && d > 0 {
			return v, true
		}
	}
	return nil, false
}
