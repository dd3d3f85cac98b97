package ondevice

import (
	"cmp"
	"slices"
	"time"

	"github.com/zhushou-ai/zhushou/locale/entity"
	"github.com/zhushou-ai/zhushou/locale/number"
	"github.com/zhushou-ai/zhushou/locale/quantity"
	"github.com/zhushou-ai/zhushou/locale/when"
)

// A kind is what a stretch of text denotes by itself, before any tool is considered.
type kind uint8

const (
	noKind kind = iota
	moment
	period // a length of time
	repeat
	numeric
	name // of an option or an entity
	prose
)

// symbol is the word that stands for the kind in the view that sentences are compared by.
func (k kind) symbol() symbol { return -symbol(k) }

// A span is a stretch of text that denotes a value.
type span struct {
	start, end int // runes
	kind       kind
	when       when.Match    // of moment, period, repeat
	number     number.Number // of numeric
	arg        int           // of name: the argument that it is a value of
	json       string        // of name: the value
}

// sampleTime is when example phrases are read; only the kinds of what is found in them matter.
var sampleTime = time.Date(2026, time.January, 7, 10, 0, 0, 0, time.FixedZone("", 8*60*60))

// findSpans returns the times and numbers in t by start, longer ones first.
func findSpans(t *text, now time.Time) []span {
	var out []span
	all := entity.Read(t.raw, now, entity.Times{}, entity.Quantities{}, entity.Numbers{}).All()
	amount := 0 // where the last amount that replaces its numbers ends
	for i, e := range all {
		s := span{start: t.at(e.Start), end: t.at(e.End)}
		switch v := e.Value.(type) {
		case when.Match:
			s.kind, s.when = moment, v
			switch v.Kind {
			case when.Duration:
				s.kind = period
			case when.Recurrence:
				s.kind = repeat
			}
		case quantity.Match:
			if !saysMore(v, all[i+1:]) {
				continue
			}
			s.kind, s.number, amount = numeric, v.Quantity.Number, e.End
		case number.Match:
			if e.End <= amount {
				continue
			}
			s.kind, s.number = numeric, v.Number
		}
		if s.start < s.end { // not beyond the bound of the text
			out = append(out, s)
		}
	}
	return out
}

// saysMore reports whether an amount is another one than the number in it with the rest for a unit, as in 三块五, 零下五度
// and 五到六斤. Otherwise the unit is left to the words of the phrases: 调到{number}度.
func saysMore(m quantity.Match, behind []entity.Entity) bool {
	q := m.Quantity
	if q.Unit.Dimension() == quantity.Time {
		return false
	}
	for _, e := range behind {
		if e.Start >= m.End {
			break
		}
		n, ok := e.Value.(number.Match)
		if !ok || n.End > m.End {
			continue
		}
		same := n.Number
		if unit, err := quantity.ParseUnit(m.Text[n.End-m.Start:]); err == nil { // 两千米 is 2 km, and 2000 m
			if same, err = quantity.Convert(n.Number, unit, q.Unit); err != nil {
				same = n.Number
			}
		}
		if same.Cmp(q.Number) == 0 {
			return false
		}
	}
	return true
}

func sortSpans(spans []span) {
	slices.SortStableFunc(spans, func(a, b span) int {
		return cmp.Or(cmp.Compare(a.start, b.start), cmp.Compare(b.end, a.end))
	})
}

// longest returns the longest span that starts at i, or nil.
func longest(spans []span, i int) *span {
	for k := range spans {
		if spans[k].start == i {
			return &spans[k]
		}
	}
	return nil
}

// findNames returns where the options of a tool's arguments, and the entities known for them, stand
// in t.
func findNames(t *text, args []argument, entities map[string][]knownName) []span {
	var out []span
	for ai := range args {
		for _, o := range args[ai].options {
			for _, w := range o.words {
				out = appendNames(out, t, w, ai, string(o.json))
			}
		}
		for _, e := range entities[args[ai].name] {
			out = appendNames(out, t, e.word, ai, e.json)
		}
	}
	return out
}

func appendNames(out []span, t *text, w []rune, arg int, json string) []span {
	for i := 0; i+len(w) <= len(t.runes); i++ {
		if t.runes[i] != w[0] || !slices.Equal(t.runes[i:i+len(w)], w) {
			continue
		}
		end := i + len(w)
		if t.tokens[i].end > end || isLatin(w[0]) && i > 0 && isLatin(t.runes[i-1]) {
			continue // the beginning of another word, or the middle of a Latin one
		}
		out = append(out, span{start: i, end: end, kind: name, arg: arg, json: json})
	}
	return out
}

// A knownName is a name that the application knows, and the argument value it stands for.
type knownName struct {
	word []rune
	json string
}

// kind returns what fills the argument in the first place.
func (a argument) kind() kind {
	switch a.form {
	case timeText, dateTime, date, clock:
		return moment
	case duration:
		return period
	case rule:
		return repeat
	case decimal, integer:
		if a.unit != 0 {
			return period
		}
		return numeric
	case boolean, choice:
		return name
	}
	return prose
}

// accepts reports whether the span can be the value of argument ai.
func accepts(args []argument, ai int, s *span) bool {
	if s.kind == name {
		return s.arg == ai
	}
	switch args[ai].form {
	case timeText:
		return s.kind == moment || s.kind == repeat || s.kind == period
	case dateTime, date, clock:
		return s.kind == moment
	case duration:
		return s.kind == period || s.kind == moment && s.later()
	case rule:
		return s.kind == repeat
	case decimal, integer:
		return s.kind == numeric || args[ai].unit != 0 && (s.kind == period || s.kind == moment && s.later())
	}
	return false
}

// later reports whether the moment is said as a length of time from now: 十分钟后.
func (s *span) later() bool {
	rs := foldString(s.when.Text)
	return len(rs) > 0 && (rs[len(rs)-1] == '后' || rs[0] == '过')
}
