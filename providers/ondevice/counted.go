package ondevice

import (
	"encoding/json"
	"slices"
	"strings"
	"sync"

	"github.com/zhushou-ai/zhushou/locale/number"
)

// numbers finds the numbers that are named, or counted in a unit of the field.
func (s *stating) numbers(f *field) {
	alone := s.alone(f, func(g *field) bool { return g.form == integer || g.form == decimal })
	last, follow := -1, 0 // where the last number of a list ends, and how surely it is one
	asked := f == s.asked
	for k := range s.spans {
		sp := s.withoutUnit(&s.spans[k])
		if !accepts([]argument{f.argument}, 0, sp) && !(sp.kind == period && slices.ContainsFunc(f.units, unit.calendar)) || s.inCode(sp.start, sp.end) {
			continue
		}
		near, _ := s.text.evidence(s.named[f], sp.start, sp.end)
		match, foreign := s.counted(f, sp)
		if bound := s.bound(f, sp); bound > 0 {
			near = max(near, bound)
		} else if bound < 0 {
			continue
		}
		if !match && s.inTime(sp) {
			continue
		}
		if f.list && last >= 0 && near == 0 && s.continues(last, sp.start) {
			near = follow
		}
		weight := near
		switch {
		case s.empty(sp, near):
			continue
		case match:
			weight += 50
		case foreign && near < 100:
			continue
		case near == 0 && asked && !foreign:
			weight = 15
		case near == 0 && alone && f.required && !foreign && f.within == nil:
			weight = 10
		}
		if weight == 0 {
			continue
		}
		v, err := s.number(f, sp)
		if err != nil {
			if near >= 100 {
				s.add(f, sp.start, sp.end, quote(""), weight)
				s.all[len(s.all)-1].err = err
			}
			continue
		}
		s.add(f, sp.start, sp.end, v, weight)
		last, follow = sp.end, near
	}
}

// continues reports whether only marks and units stand between two elements of a list.
func (s *stating) continues(from, to int) bool {
	for from < to {
		if _, end := s.text.unitAt(from); end > from && end <= to {
			from = end
			continue
		}
		n := s.text.prefix(from, to, joints())
		if n == 0 {
			return false
		}
		from += n
	}
	return from == to
}

// joints stand between the elements of a list.
var joints = sync.OnceValue(func() [][]rune { return folded("、 , ， 和 与 跟 以及 及 ” “ \" ' 」 「 》 《") })

// bound tells the ends of a range apart, 5到20米: it is positive where the number is the end that the field is,
// and negative where it is the other one.
func (s *stating) bound(f *field, sp *span) int {
	low, high := f.bounds()
	if !low && !high {
		return 0
	}
	at := func(from, to int) bool { return s.text.prefix(from, to, ranges()) == to-from && to > from }
	first := slices.ContainsFunc(s.spans, func(o span) bool {
		return o.kind == sp.kind && (at(sp.end, o.start) || s.unitThen(sp.end, o.start, at))
	})
	second := slices.ContainsFunc(s.spans, func(o span) bool {
		return o.kind == sp.kind && (at(o.end, sp.start) || s.unitThen(o.end, sp.start, at))
	})
	switch {
	case first == second:
		return 0
	case first == low:
		return 20
	}
	return -1
}

// unitThen is at for what follows the unit of the first number.
func (s *stating) unitThen(from, to int, at func(from, to int) bool) bool {
	_, end := s.text.unitAt(from)
	return end > from && end < to && at(end, to)
}

// ranges stand between the ends of a range.
var ranges = sync.OnceValue(func() [][]rune { return folded("到 至 - ~ ～ — 到达") })

// bounds reports whether a field is the lower or the upper end of something.
func (f *field) bounds() (low, high bool) {
	name, label := strings.ToLower(f.name), string(foldString(firstClause(f.about)))
	has := func(words string) bool {
		return slices.ContainsFunc(strings.Fields(words), func(w string) bool { return strings.Contains(label, w) })
	}
	low = strings.HasPrefix(name, "min") || strings.HasSuffix(name, "min") || has("最低 最小 最少 下限 起始 最短")
	high = strings.HasPrefix(name, "max") || strings.HasSuffix(name, "max") || has("最高 最大 最多 上限 最长")
	return low && !high, high && !low
}

// number returns the value of a number, or of a length of time, in the unit of the field.
func (s *stating) number(f *field, sp *span) (json.RawMessage, error) {
	if sp.kind != period || f.unit != 0 && sp.when.Months == 0 {
		return s.value(f.argument, sp)
	}
	months := sp.when.Months
	for _, u := range f.units {
		if per := u.months(); months != 0 && per != 0 && months%per == 0 && sp.when.Duration == 0 {
			return json.Marshal(months / per)
		}
	}
	return nil, errUnfit
}

// counted reports whether a number is counted in a unit of the field, or in that of something else.
func (s *stating) counted(f *field, sp *span) (match, foreign bool) {
	if sp.share {
		percent := f.percent
		return percent, !percent && len(f.units) > 0
	}
	if sp.kind != numeric {
		return true, false
	}
	found, end := s.text.unitAt(sp.end)
	if end == 0 {
		found, end = s.text.unitWithin(sp)
	}
	if end == 0 {
		return false, false
	}
	for _, u := range found {
		if slices.Contains(f.units, u) {
			return true, false
		}
	}
	return false, len(f.units) > 0 || !slices.ContainsFunc(found, unit.counts)
}

// empty reports whether a number counts nothing: the one of 一份, or the digits of an account.
func (s *stating) empty(sp *span, near int) bool {
	if sp.kind != numeric {
		return false
	}
	if sp.end-sp.start >= maxDigits && near < 100 {
		return true
	}
	return sp.end-sp.start == 1 && s.text.runes[sp.start] == '一' && near < 100
}

// maxDigits is from how many digits on a number is rather a code.
const maxDigits = 9

// withoutUnit returns a number without the beginning of its unit: 70 of 70千克 is no 70千.
func (s *stating) withoutUnit(sp *span) *span {
	if sp.kind != numeric || sp.end-sp.start < 2 {
		return sp
	}
	if _, end := s.text.unitAt(sp.end - 1); end <= sp.end {
		return sp
	}
	words, _, _ := s.text.slice(sp.start, sp.end-1)
	n, err := number.Parse(words)
	if err != nil {
		return sp
	}
	return &span{start: sp.start, end: sp.end - 1, kind: numeric, number: n}
}

// alone reports whether the field is the only one of its sort.
func (s *stating) alone(f *field, sort func(*field) bool) bool {
	return !slices.ContainsFunc(s.fields, func(g *field) bool { return g != f && sort(g) })
}

// inCode reports whether the runes [from, to) are a part of a code, such as the 07 of CNC-07.
func (s *stating) inCode(from, to int) bool {
	return slices.ContainsFunc(s.codes, func(c stretch) bool {
		return c.from <= from && to <= c.to && (c.from < from || to < c.to) && (c.letters() && c.from < from || slices.Contains(c.runesOf(), '-'))
	})
}

// inTime reports whether a number is a part of a time.
func (s *stating) inTime(sp *span) bool {
	return sp.kind == numeric && slices.ContainsFunc(s.spans, func(o span) bool {
		return (o.kind == moment || o.kind == repeat || o.kind == period) && o.start <= sp.start && sp.end <= o.end && o.end-o.start > sp.end-sp.start
	})
}
