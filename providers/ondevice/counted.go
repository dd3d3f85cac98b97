package ondevice

import (
	"cmp"
	"encoding/json"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"

	"github.com/zhushou-ai/zhushou/locale/number"
)

// numbers finds the numbers that are named, or counted in a unit of the field.
func (s *stating) numbers(f *field) {
	alone := s.alone(f, func(g *field) bool { return g.form == integer || g.form == decimal })
	last, follow := -1, 0 // where the last number of a list ends, and how surely it is one
	asked := f == s.asked
	paired, apart := s.respectively(f)
	for k := range s.spans {
		sp := s.roundly(s.withoutUnit(&s.spans[k]))
		if paired != nil && sp.start == paired.start && sp.end == paired.end {
			if v, err := s.number(f, sp); err == nil {
				s.add(f, sp.start, sp.end, v, 160)
			}
			continue
		}
		if apart != nil && apart.from <= sp.start && sp.end <= apart.to {
			continue
		}
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
		case match && near == 0 && s.shared(f):
			if f.within != nil {
				continue // it may be any of them
			}
			weight = 20
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

// shared reports whether another field counts in a unit of this one.
func (s *stating) shared(f *field) bool {
	return slices.ContainsFunc(s.fields, func(g *field) bool {
		return g != f && slices.ContainsFunc(g.units, func(u unit) bool { return slices.Contains(f.units, u) })
	})
}

// leastNumber is how many characters a number without 号 has at least, if it is a name.
const leastNumber = 3

// numbered finds the number that a thing has for its name: 3号起重机, 808房间.
func (s *stating) numbered(f *field) {
	if f.role != identifier {
		return
	}
	topics := topicsOf(f.about)
	for i, topic := range topics {
		if n := len(topic) - 1; n > 1 && topic[n] == '号' {
			topics[i] = topic[:n]
		}
	}
	for _, sp := range s.spans {
		end := sp.end
		if sp.kind != numeric || end >= len(s.text.runes) {
			continue
		}
		if s.text.runes[end] == '号' {
			end++
		} else if sp.end-sp.start < leastNumber {
			continue // 3房间 are rather three
		}
		if n := s.text.prefix(end, len(s.text.runes), topics); n > 0 {
			v := json.RawMessage(sp.number.String())
			if f.form == freeText {
				v = quote(string(v))
			}
			s.add(f, sp.start, sp.end, v, 70)
		}
	}
}

// amounts finds the amounts for a text that wants one: 50人 for 参加人数, which is a number, 五公里 for 半径, which
// is in the user's words.
func (s *stating) amounts(f *field) {
	if len(f.units) == 0 || f.role != anyRole {
		return
	}
	for k := range s.spans {
		sp := s.withoutUnit(&s.spans[k])
		if sp.kind != numeric || sp.share || s.inCode(sp.start, sp.end) {
			continue
		}
		if match, _ := s.counted(f, sp); !match || s.empty(sp, 0) {
			continue
		}
		near, _ := s.text.evidence(s.named[f], sp.start, sp.end)
		if near == 0 && (f.within != nil || s.shared(f)) {
			continue // it may be any of them
		}
		found, end := s.text.unitAt(sp.end)
		if len(found) == 0 || slices.ContainsFunc(found, unit.counts) || slices.ContainsFunc(found, unit.heads) {
			s.add(f, sp.start, sp.end, quote(sp.number.String()), 45+near)
			continue
		}
		words, _, _ := s.text.slice(sp.start, end)
		s.add(f, sp.start, end, quote(words), 45+near)
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

// roundly returns a number that is said to be not quite exact, 大概120, as the number that is said.
func (s *stating) roundly(sp *span) *span {
	last := s.text.runes[sp.end-1]
	if sp.kind != numeric || !sp.number.Approx || last == '多' || last == '几' || last == '余' || last == '来' {
		return sp
	}
	exact, n := *sp, *sp.number
	n.Approx = false
	exact.number = &n
	return &exact
}

// number returns the value of a number, or of a length of time, in the unit of the field.
func (s *stating) number(f *field, sp *span) (json.RawMessage, error) {
	if sp.share && !f.percent && f.form == decimal && s.hundredths(f, sp) {
		return numberValue(f.argument, sp.number.Mul(100))
	}
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

// hundredths reports whether a share that is said in per cent is meant so: where nothing says that the field is at
// most one.
func (s *stating) hundredths(f *field, sp *span) bool {
	if !slices.Contains(s.text.runes[sp.start:sp.end], '%') {
		return false
	}
	about := string(foldString(f.about))
	fraction := slices.ContainsFunc([]string{"小数", "0到1", "0-1", "0~1", "0至1", "比值"}, func(w string) bool { return strings.Contains(about, w) })
	return !fraction && f.most != "1" && f.most != "1.0"
}

// counted reports whether a number is counted in a unit of the field, or in that of something else.
func (s *stating) counted(f *field, sp *span) (match, foreign bool) {
	if sp.share {
		return f.percent, !f.percent && len(f.units) > 0
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
	return &span{start: sp.start, end: sp.end - 1, kind: numeric, number: &n}
}

// respectively returns the number that is said of a field among others: 37 of the first in 温度和湿度分别是37度和60%. The
// stretch is that of all these numbers.
func (s *stating) respectively(f *field) (*span, *stretch) {
	t := s.text
	at := strings.Index(string(t.runes), "分别")
	if at < 0 {
		return nil, nil
	}
	at = utf8.RuneCountInString(string(t.runes)[:at])
	from, to := at, at
	for from > 0 && (!isBreak(t.runes[from-1]) || t.runes[from-1] == '、') {
		from--
	}
	for to < len(t.runes) && t.runes[to] != '。' && t.runes[to] != ';' {
		to++
	}
	type said struct {
		of     *field
		start  int
		weight int
	}
	var names []said
	for _, g := range s.fields {
		best := said{of: g, weight: head - 1}
		for _, m := range s.named[g] {
			if m.start >= from && m.end <= at && m.weight > best.weight {
				best.start, best.weight = m.start, m.weight
			}
		}
		if best.weight >= head {
			names = append(names, best)
		}
	}
	var values []span
	for _, sp := range s.spans {
		if sp.kind == numeric && sp.start >= at && sp.end <= to && !s.inCode(sp.start, sp.end) && (len(values) == 0 || sp.start >= values[len(values)-1].end) {
			values = append(values, sp)
		}
	}
	if len(names) < 2 || len(names) != len(values) {
		return nil, nil
	}
	slices.SortStableFunc(names, func(a, b said) int { return cmp.Compare(a.start, b.start) })
	for i, n := range names {
		if n.of == f {
			return &values[i], &stretch{t, at, to}
		}
	}
	return nil, &stretch{t, at, to}
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
