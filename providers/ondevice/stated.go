package ondevice

import (
	"cmp"
	"encoding/json"
	"slices"
	"sync"

	"github.com/zhushou-ai/zhushou/locale/number"
	"github.com/zhushou-ai/zhushou/locale/when"
)

// A finding is a value of a field, as a sentence states it.
type finding struct {
	field      *field
	start, end int // runes
	json       json.RawMessage
	source     string
	from, to   int // bytes of source
	weight     int // how surely it is that
	place      int // of the field in the schema
	err        error
	heard      float64 // of a name: how far it is from what was said
	listed     bool    // of a name: it stands at a place in what a tool listed
}

// stating reads what a sentence states of the fields of a tool that has no phrases: each value that it finds
// goes to the field that is named beside it, or whose kind, unit or examples it has. What nothing speaks for is
// left alone.
type stating struct {
	*reading
	text   *text
	tool   *tool
	spans  []span
	codes  []stretch
	words  []cutWord
	quotes []stretch
	fields []*field
	asked  *field
	named  map[*field][]mention
	all    []finding
}

func (r *reading) stating(t *text, tool *tool, spans []span) *stating {
	return &stating{reading: r, text: t, tool: tool, spans: spans, codes: t.codes(), words: t.words(), quotes: t.quotations(), named: make(map[*field][]mention)}
}

// read returns the values of fields in the text, in its order. The user may have been asked for one of them.
func (s *stating) read(fields []*field, asked *field) []finding {
	s.fields, s.asked = fields, asked
	for _, f := range fields {
		s.named[f] = s.text.mentions(f)
		for g := f.within; g != nil; g = g.within {
			if s.named[g] == nil {
				s.named[g] = s.text.mentions(g)
			}
		}
	}
	for place, f := range fields {
		from := len(s.all)
		s.find(f)
		for i := from; i < len(s.all); i++ {
			s.all[i].place = place
			s.all[i].weight += s.belongs(f, s.all[i].start)
		}
	}
	return s.choose()
}

// find collects what may be values of a field.
func (s *stating) find(f *field) {
	s.listed(f)
	switch f.form {
	case choice, boolean:
		s.options(f)
	case decimal, integer:
		s.numbers(f)
	case dateTime, date, clock, timeText, duration, rule:
		s.times(f)
		if f.form == timeText {
			s.texts(f)
		}
	case freeText:
		s.texts(f)
	}
}

// listed finds the names of the lists for an argument.
func (s *stating) listed(f *field) {
	if f.within != nil {
		return
	}
	ai := s.tool.arg(f.name)
	if len(s.listsOf(s.tool, ai)) == 0 {
		return
	}
	for _, sp := range s.spans {
		if sp.kind == named && sp.arg == ai {
			s.add(f, sp.start, sp.end, json.RawMessage(sp.json), 110)
			s.all[len(s.all)-1].heard, s.all[len(s.all)-1].listed = sp.heard, sp.listed
		}
	}
}

// belongs is what speaks for a field, of several of one name, by the object that was named last before rune i.
func (s *stating) belongs(f *field, i int) int {
	most := 0
	for g := f.within; g != nil; g = g.within {
		for _, m := range s.named[g] {
			if m.end <= i {
				most = max(most, min(m.weight, 12)+m.start/8)
			}
		}
	}
	return min(most, 28)
}

func (s *stating) add(f *field, from, to int, v json.RawMessage, weight int) {
	if v == nil || from >= to {
		return
	}
	source, start, end := s.text.slice(from, to)
	s.all = append(s.all, finding{field: f, start: from, end: to, json: v, source: source, from: start, to: end, weight: weight})
}

// options finds the values of an enumeration by their names, and those of a boolean by what is switched.
func (s *stating) options(f *field) {
	if f.form == boolean {
		s.yesOrNo(f)
	}
	for _, o := range f.options {
		for _, w := range o.words {
			if f.form == boolean && len(w) < 2 {
				continue
			}
			for _, n := range appendNames(nil, s.text, w, 0, "") {
				near, _ := s.text.evidence(s.named[f], n.start, n.end)
				if f.form == boolean && near == 0 || len(w) == 1 && near == 0 && f.form != boolean && isLatin(w[0]) {
					continue
				}
				s.add(f, n.start, n.end, o.json, 60+len(w)+near/2)
			}
		}
	}
}

// yesOrNo reads a boolean whose name says what it is about: 不要公开手机号 for 是否公开手机号.
func (s *stating) yesOrNo(f *field) {
	for _, m := range s.named[f] {
		if m.weight < 6 || m.end-m.start < 2 {
			continue
		}
		value, from := json.RawMessage("true"), m.start
		for i := max(0, m.start-maxNegated); i < m.start; i++ {
			if n := s.text.prefix(i, m.start, refusals()); n > 0 {
				value, from = json.RawMessage("false"), i
				break
			}
		}
		s.add(f, from, m.end, value, 60+m.weight)
	}
}

const maxNegated = 5

// numbers finds the numbers that are named, or counted in a unit of the field.
func (s *stating) numbers(f *field) {
	alone := s.alone(f, func(g *field) bool { return g.form == integer || g.form == decimal })
	asked := f == s.asked
	for k := range s.spans {
		sp := s.withoutUnit(f, &s.spans[k])
		if !accepts([]argument{f.argument}, 0, sp) && !(sp.kind == period && slices.ContainsFunc(f.units, unit.calendar)) || s.inCode(sp.start, sp.end) {
			continue
		}
		near, _ := s.text.evidence(s.named[f], sp.start, sp.end)
		match, foreign := s.counted(f, sp)
		if !match && s.inTime(sp) {
			continue
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
	}
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
func (s *stating) withoutUnit(f *field, sp *span) *span {
	if sp.kind != numeric || sp.end-sp.start < 2 {
		return sp
	}
	found, end := s.text.unitAt(sp.end - 1)
	if end <= sp.end || !slices.ContainsFunc(found, func(u unit) bool { return slices.Contains(f.units, u) }) {
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

// times finds the times that are named, and gives those that are not in their order.
func (s *stating) times(f *field) {
	ofKind := func(g *field) bool { return g.kind() == f.kind() }
	alone := s.alone(f, ofKind)
	place := 0
	for _, g := range s.fields {
		if g == f {
			break
		}
		if ofKind(g) {
			place++
		}
	}
	n := 0
	for k := range s.spans {
		sp := &s.spans[k]
		if !accepts([]argument{f.argument}, 0, sp) || s.inCode(sp.start, sp.end) || slices.ContainsFunc(s.spans, func(o span) bool {
			return o.kind == sp.kind && o.start <= sp.start && sp.end <= o.end && o.end-o.start > sp.end-sp.start
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
		case alone && sp.kind == f.kind() && near > 0:
			weight += 40
		case n == place && (f.within == nil || near > 0):
			weight += 20
		}
		if sp.kind == f.kind() {
			n++
		}
		if weight == 0 {
			continue
		}
		if v, err := s.value(f.argument, sp); err == nil {
			s.add(f, sp.start, sp.end, v, weight)
		}
	}
}

// explained reports whether most of what the text says is what was found, or names it.
func (s *stating) explained(found []finding) bool {
	known := make([]bool, len(s.text.runes))
	mark := func(from, to int) {
		for i := max(0, from); i < to; i++ {
			known[i] = true
		}
	}
	for _, f := range found {
		mark(f.start, f.end)
		for g := f.field; g != nil; g = g.within {
			for _, m := range s.named[g] {
				mark(m.start, m.end)
			}
		}
	}
	in, out := 0, 0
	for i := 0; i < len(s.text.runes); i = s.text.stepAt(i) {
		switch n := s.text.stepAt(i) - i; {
		case known[i]:
			in += n
		case s.text.tokens[i].class&filler == 0 && s.text.prefix(i, len(s.text.runes), copulas()) == 0 && s.text.prefix(i, len(s.text.runes), links()) == 0:
			out += n
		}
	}
	return in > 0 && out <= in
}

// nowWords say that something is so now, and no time for anything.
var nowWords = sync.OnceValue(func() [][]rune {
	return folded("现在 当前 目前 最近 近期 如今 眼下 此刻 近来 这段时间 最近一段时间")
})

// choose takes the surest findings that do not lie across each other, one for each field or as many as it lists.
func (s *stating) choose() []finding {
	slices.SortStableFunc(s.all, func(a, b finding) int {
		return cmp.Or(cmp.Compare(b.weight, a.weight), cmp.Compare(b.end-b.start, a.end-a.start), cmp.Compare(a.start, b.start), cmp.Compare(a.place, b.place))
	})
	var out []finding
	for _, f := range s.all {
		many := f.field.list || f.field.repeated()
		if slices.ContainsFunc(out, func(g finding) bool {
			return g.start < f.end && f.start < g.end || g.field == f.field && !many
		}) {
			continue
		}
		out = append(out, f)
	}
	slices.SortStableFunc(out, func(a, b finding) int { return cmp.Compare(a.start, b.start) })
	return out
}
