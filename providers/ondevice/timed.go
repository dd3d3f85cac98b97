package ondevice

import (
	"slices"
	"sync"
	"time"

	"github.com/zhushou-ai/zhushou/locale/when"
)

// times finds the times that are named, and gives those that are not in their order.
func (s *stating) times(f *field) {
	ofKind := func(g *field) bool { return g.kind() == f.kind() }
	alone := s.alone(f, ofKind)
	place := 0 // of the field among those that want a time, the required ones first
	for i, g := range s.fields {
		if ofKind(g) && g != f && g.within == nil && (g.required && !f.required || g.required == f.required && i < slices.Index(s.fields, f)) {
			place++
		}
	}
	n := 0
	for k := range s.spans {
		sp := &s.spans[k]
		if !accepts([]argument{f.argument}, 0, sp) || s.inCode(sp.start, sp.end) || s.another(sp.start) || slices.ContainsFunc(s.spans, func(o span) bool {
			return o.kind == sp.kind && !s.another(o.start) && o.start <= sp.start && sp.end <= o.end && o.end-o.start > sp.end-sp.start
		}) {
			continue
		}
		near, _ := s.text.evidence(s.named[f], sp.start, sp.end)
		weight := near
		switch {
		case near == 0 && sp.kind == moment && (sp.when.Grain < when.Minute || slices.ContainsFunc(nowWords(), func(w []rune) bool { return slices.Equal(w, s.text.runes[sp.start:sp.end]) })):
		case f == s.asked && sp.kind == f.kind():
			weight += 45
		case alone && sp.kind == f.kind() && f.within == nil:
			weight += 40
		case alone && sp.kind == f.kind() && (near > 0 || f.necessary()):
			weight += 30
		case n == place && (f.within == nil || near > 0):
			weight += 20
		}
		if sp.kind == f.kind() {
			n++
		}
		if weight == 0 {
			continue
		}
		if source, _, _ := s.text.slice(sp.start, sp.end); f.layout != "" {
			if hourly(*sp.when) {
				s.add(f, sp.start, sp.end, quote(sp.when.Time.In(s.engine.location).Format(f.layout)), weight)
			}
		} else if f.form == dateTime && zoned(source) {
			s.add(f, sp.start, sp.end, quote(source), weight)
		} else if v, err := s.value(f.argument, sp); err == nil {
			s.add(f, sp.start, sp.end, v, weight)
		}
	}
}

// necessary reports whether a tool cannot be called without a field.
func (f *field) necessary() bool {
	return f.required && (f.within == nil || f.within.necessary())
}

// another reports whether the time that begins at rune i begins with the end of another word: 查一下下周五 is no 下下周五.
func (s *stating) another(i int) bool {
	return i > 0 && s.text.runes[i] == '下' && s.text.runes[i-1] == '一' && slices.ContainsFunc(s.spans, func(o span) bool { return o.kind == moment && o.start == i+1 })
}

// countOf counts the fields of a sort.
func countOf(fields []*field, of func(*field) bool) int {
	n := 0
	for _, f := range fields {
		if of(f) {
			n++
		}
	}
	return n
}

// parted returns the spans with the ends of a stretch of time in its place: 从三月一号到三月五号.
func parted(t *text, spans []span) []span {
	var out []span
	for _, s := range spans {
		i := -1
		if s.kind == moment && s.when.Kind == when.Interval && !s.when.EndTime.IsZero() {
			i = slices.IndexFunc(t.runes[s.start:s.end], func(r rune) bool { return r == '到' || r == '至' || r == '~' })
		}
		if i < 1 || s.start+i+1 >= s.end {
			out = append(out, s)
			continue
		}
		first, last := s, s
		one, other := *s.when, *s.when // others hold these
		first.when, last.when = &one, &other
		first.end, last.start = s.start+i, s.start+i+1
		first.when.Kind, last.when.Kind = when.Instant, when.Instant
		last.when.Time = s.when.EndTime
		if s.when.Grain >= when.Day {
			last.when.Time = s.when.EndTime.Add(-time.Nanosecond) // the day before the end
		}
		first.when.Text, _, _ = t.slice(first.start, first.end)
		last.when.Text, _, _ = t.slice(last.start, last.end)
		out = append(out, first, last)
	}
	sortSpans(out)
	return out
}

// nowWords say that something is so now, and no time for anything.
var nowWords = sync.OnceValue(func() [][]rune {
	return folded("现在 当前 目前 最近 近期 如今 眼下 此刻 近来 这段时间 最近一段时间")
})

// zoned reports whether a time is written in full, with its zone.
func zoned(s string) bool {
	_, err := time.Parse(time.RFC3339, s)
	return err == nil
}
