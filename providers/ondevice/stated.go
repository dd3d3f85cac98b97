package ondevice

import (
	"cmp"
	"encoding/json"
	"slices"
	"strings"
	"unicode/utf8"
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
	listed     bool    // of a name: it is in a list of names
	answers    bool    // it is of what the user was asked for
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

// stating prepares a text for being read by the fields of a tool.
func (r *reading) stating(t *text, tool *tool, spans []span) *stating {
	if n := countOf(leaves(nil, tool.fields), func(f *field) bool { return f.form == date || f.form == dateTime || f.form == clock }); n > 1 {
		spans = parted(t, spans)
	}
	return &stating{reading: r, text: t, tool: tool, spans: spans, codes: t.codes(), words: t.words(spans), quotes: t.quotations(), named: make(map[*field][]mention)}
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
		s.numbered(f)
	case dateTime, date, clock, timeText, duration, rule:
		s.times(f)
		if f.form == timeText {
			s.texts(f)
		}
	case freeText:
		s.texts(f)
		s.amounts(f)
		s.numbered(f)
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
			s.all[len(s.all)-1].heard, s.all[len(s.all)-1].listed = sp.heard, true
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

// add notes that the runes [from, to) may say the value v of a field.
func (s *stating) add(f *field, from, to int, v json.RawMessage, weight int) {
	if v == nil || from >= to {
		return
	}
	source, start, end := s.text.slice(from, to)
	s.all = append(s.all, finding{field: f, start: from, end: to, json: v, source: source, from: start, to: end, weight: weight, answers: f == s.asked})
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
				if near == 0 && (f.form == boolean || len(w) == 1 && isLatin(w[0]) && !s.labelled(f, n.end)) {
					continue
				}
				s.add(f, n.start, n.end, o.json, 60+len(w)+near/2)
			}
		}
	}
}

// labelled reports whether the end of the field's name stands at rune i: the 型 of 血型 in O型血.
func (s *stating) labelled(f *field, i int) bool {
	return i < len(s.text.runes) && slices.ContainsFunc(f.labels, func(l []rune) bool { return l[len(l)-1] == s.text.runes[i] })
}

// yesOrNo reads a boolean whose name says what it is about: 不要公开手机号 for 是否公开手机号.
func (s *stating) yesOrNo(f *field) {
	for _, m := range s.named[f] {
		if m.weight < head || !f.whole(m) {
			continue
		}
		value, from := json.RawMessage("true"), m.start
		for i := m.start - 1; i >= max(0, m.start-maxNegated) && !isBreak(s.text.runes[i]); i-- {
			asks := i > 0 && i+1 < len(s.text.runes) && s.text.runes[i-1] == s.text.runes[i+1] // 能不能
			if n := s.text.prefix(i, m.start, refusals()); n > 0 && !asks {
				value, from = json.RawMessage("false"), i
			}
		}
		s.add(f, from, m.end, value, 60+m.weight)
	}
}

// whole reports whether a mention has half of what a boolean is about, or more.
func (f *field) whole(m mention) bool {
	about := strings.TrimPrefix(string(f.labels[0]), "是否")
	return 2*(m.end-m.start) >= utf8.RuneCountInString(about)
}

// maxNegated is how far before what is refused the refusal may stand.
const maxNegated = 8

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
		if _, end := s.text.unitAt(f.end); end > 0 {
			mark(f.end, end)
		}
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
