package learn

import "github.com/zhushou-ai/zhushou/providers/ondevice/internal/learn/exact"

// A value is what stood in a slot, with the spans in it.
type value struct {
	runes []rune
	spans []Span // from the start of the value
}

// values are what stood in the slots of samples, by the name of the slot.
type values map[string][]value

func (v values) collect(s *Sample) {
	for _, slot := range s.Slots {
		x := value{runes: s.Runes[slot.Start:slot.End]}
		for _, sp := range s.Spans {
			if slot.Start <= sp.Start && sp.End <= slot.End {
				x.spans = append(x.spans, Span{sp.Start - slot.Start, sp.End - slot.Start, sp.Kind, sp.Listed})
			}
		}
		v[slot.Name] = append(v[slot.Name], x)
	}
}

// vary returns the sample with other values in about two of three of its slots, and whether it is
// another one. Spans that reach across the border of a slot are lost.
func (v values) vary(s *Sample, random *exact.Source) (Sample, bool) {
	out := Sample{Text: Text{Given: s.Given}}
	changed := false
	at := 0 // what is copied so far
	keep := func(to int) {
		by := len(out.Runes) - at
		out.Runes = append(out.Runes, s.Runes[at:to]...)
		for _, sp := range s.Spans {
			if at <= sp.Start && sp.End <= to {
				out.Spans = append(out.Spans, Span{sp.Start + by, sp.End + by, sp.Kind, sp.Listed})
			}
		}
		at = to
	}
	for _, slot := range s.Slots {
		pool := v[slot.Name]
		other := pool[random.Next(len(pool))]
		if random.Next(3) == 0 {
			other = value{}
		}
		keep(slot.Start)
		start := len(out.Runes)
		if other.runes == nil {
			keep(slot.End)
		} else {
			changed = changed || string(other.runes) != string(s.Runes[slot.Start:slot.End])
			out.Runes = append(out.Runes, other.runes...)
			for _, sp := range other.spans {
				out.Spans = append(out.Spans, Span{sp.Start + start, sp.End + start, sp.Kind, sp.Listed})
			}
			at = slot.End
		}
		out.Slots = append(out.Slots, Slot{slot.Name, start, len(out.Runes)})
	}
	keep(len(s.Runes))
	return out, changed
}
