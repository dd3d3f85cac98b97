package ondevice

import "slices"

// measured takes a number and its unit for the amount that the tool needs, where the unit alone was taken for another
// argument: 换算一下十斤.
func (w *filling) measured(spans []span) {
	for ai, a := range w.tool.args {
		if a.form != freeText || a.shape == nil || !a.required || slices.ContainsFunc(w.slots, func(s Slot) bool { return s.Name == a.name && a.shape.MatchString(s.Source) }) {
			continue
		}
		for _, slot := range w.slots {
			bi := w.tool.arg(slot.Name)
			k := slices.IndexFunc(spans, func(s span) bool {
				return s.kind == numeric && s.ceiling == 0 && w.text.start(s.end) <= slot.End && w.text.start(s.start) < slot.Start && slot.Start <= w.text.start(s.end)
			})
			if bi < 0 || k < 0 || w.tool.args[bi].form != choice || slot.Origin != Said {
				continue
			}
			words, start, end := w.text.slice(spans[k].start, w.text.at(slot.End))
			if a.shape.MatchString(words) {
				w.clear(bi)
				w.clear(ai)
				w.set(ai, quote(words), Slot{Source: words, Start: start, End: end})
				return
			}
		}
	}
}
