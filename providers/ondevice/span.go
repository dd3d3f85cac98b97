package ondevice

import (
	"cmp"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

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
	named // an option or a name of a list
	prose
)

// symbol is the word that stands for the kind in the view that sentences are compared by.
func (k kind) symbol() symbol { return -symbol(k) }

// A span is a stretch of text that denotes a value.
type span struct {
	start, end int // runes
	kind       kind
	share      bool           // of numeric: it is a part of a whole, such as 50% and 一半
	listed     bool           // of name: it stands at a place in what a tool listed
	when       *when.Match    // of moment, period, repeat
	number     *number.Number // of numeric
	arg        int            // of name: the argument that it is a value of
	json       string         // of name: the value
	heard      float64        // of name: how far it is from what was said, 0 if it is just that
	doubt      int            // of name: as many characters are in doubt
	ceiling    int            // of numeric: where the number begins behind words that say it is the most something may be, or 0
}

// sampleTime is when example phrases are read; only the kinds of what is found in them matter.
var sampleTime = time.Date(2026, time.January, 7, 10, 0, 0, 0, time.FixedZone("", 8*60*60))

// findSpans returns the times and numbers in t by start, longer ones first.
func findSpans(t *text, now time.Time) []span {
	return slices.Clone(t.values(now))
}

// A found is the values in a text, as of an instant.
type found struct {
	at     time.Time
	values []span
}

// values is findSpans for those who change nothing.
func (t *text) values(now time.Time) []span {
	if t.found == nil || t.found.at != now {
		t.found = &found{now, slices.Clip(readSpans(t, now))}
	}
	return t.found.values
}

func readSpans(t *text, now time.Time) []span {
	var out []span
	all := entity.Read(t.raw, now, entity.Times{}, entity.Quantities{}, entity.Numbers{}).All()
	amount := 0 // where the last amount that replaces its numbers ends
	for i, e := range all {
		s := span{start: t.at(e.Start), end: t.at(e.End)}
		switch v := e.Value.(type) {
		case when.Match:
			s.kind, s.when = moment, &v
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
			s.kind, s.number, amount = numeric, &v.Quantity.Number, e.End
		case number.Match:
			if e.End <= amount {
				continue
			}
			s.kind, s.number = numeric, &v.Number
			s.share = v.Kind&(number.Fraction|number.Percent|number.Tenths) != 0
		}
		if s.start >= s.end { // beyond the bound of the text
			continue
		}
		if m, ok := t.weekly(s, now); ok {
			s.kind, s.when = repeat, &m
		}
		out = append(out, s)
		if around, _ := t.ceiling(&s); s.kind == numeric && around.from < s.start {
			s.start, s.end, s.ceiling = around.from, around.to, s.start
			out = append(out, s)
		}
		if s.kind == period && s.when.Workdays == 1 {
			out = t.appendWorkdays(out, s, now)
		}
		if s.kind == moment && s.start > 0 && t.runes[s.start] == '下' && t.runes[s.start-1] == '一' {
			out = appendWithout(out, t, s, now)
		}
	}
	return t.appendOnce(out)
}

// weekly reads days of the week and an hour as what repeats: 周一到周五六点四十 does not end on Friday at 6:40.
func (t *text) weekly(s span, now time.Time) (when.Match, bool) {
	if s.kind != moment || s.when.Kind != when.Interval || !hourly(*s.when) || s.start > 0 && t.runes[s.start-1] == '从' {
		return when.Match{}, false
	}
	for at := s.end - 2; at > s.start+3; at-- {
		days, _, _ := t.slice(s.start, at)
		hour, _, _ := t.slice(at, s.end)
		if !weekdays(days) || !instant(hour, now) {
			continue
		}
		for _, part := range []string{"早上", "中午", "下午"} {
			words := days + part + hour
			for _, m := range when.Parse(words, now, when.Options{}) {
				if m.Start == 0 && m.End == len(words) && m.Kind == when.Recurrence {
					return m, true
				}
			}
		}
	}
	return when.Match{}, false
}

// weekdays reports whether words are a stretch of days of the week: 周一到周五.
func weekdays(words string) bool {
	first, last, ok := strings.Cut(strings.ReplaceAll(words, "至", "到"), "到")
	for _, day := range []string{first, last} {
		rest := strings.TrimLeft(day, "周星期礼禮拜")
		ok = ok && rest != day && utf8.RuneCountInString(rest) == 1
	}
	return ok
}

// instant reports whether words are one point in time.
func instant(words string, now time.Time) bool {
	return slices.ContainsFunc(when.Parse(words, now, when.Options{}), func(m when.Match) bool {
		return m.Start == 0 && m.End == len(words) && m.Kind == when.Instant
	})
}

// appendOnce adds the number in 高一度, which is also the word for once: where nothing follows it that was done once.
func (t *text) appendOnce(out []span) []span {
	for i := 1; i+1 < len(t.runes); i++ {
		if t.runes[i] != '一' || t.runes[i+1] != '度' || slices.ContainsFunc(out, func(s span) bool { return s.start <= i && i < s.end }) {
			continue
		}
		if next := i + 2; next == len(t.runes) || isMark(t.runes[next]) || t.tokens[next].class&filler != 0 {
			one := number.FromInt(1)
			out = append(out, span{start: i, end: i + 1, kind: numeric, number: &one})
		}
	}
	return out
}

// appendWithout adds the time that remains without the first character, which belongs to another word: 查一下周五
// is no 下周五.
func appendWithout(out []span, t *text, s span, now time.Time) []span {
	words, _, _ := t.slice(s.start+1, s.end)
	for _, m := range when.Parse(words, now, when.Options{}) {
		if m.Start == 0 && m.End == len(words) {
			s.start++
			s.when = &m
			return append(out, s)
		}
	}
	return out
}

// appendWorkdays adds the repetition in 一个工作日七点的闹钟, whose first words are also a length of time.
func (t *text) appendWorkdays(out []span, s span, now time.Time) []span {
	words, _, _ := t.slice(s.start, len(t.runes))
	one := strings.TrimPrefix(words, "一个")
	if one == words {
		return out
	}
	for _, m := range when.Parse(one, now, when.Options{}) {
		if m.Start == 0 && m.Kind == when.Recurrence && m.Grain <= when.Hour {
			from := t.offset[s.start] + len(words) - len(one)
			out = append(out, span{start: t.at(from), end: t.at(from + m.End), kind: repeat, when: &m})
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

// findNames returns where the options of a tool's arguments, and the names of its lists, stand in t.
//
// With alike, names that something in t sounds like count, too.
func findNames(t *text, tool *tool, lists [][]*Names, alike bool) []span {
	var out []span
	for ai := range tool.args {
		for _, o := range tool.args[ai].options {
			for _, w := range o.words {
				out = appendNames(out, t, w, ai, string(o.json))
			}
		}
		for _, o := range tool.only[tool.args[ai].name] {
			for _, w := range o.words {
				if len(w) > 0 {
					out = appendNames(out, t, w, ai, string(o.json))
				}
			}
		}
		for _, list := range lists[ai] {
			out = list.find(out, t, ai, &tool.args[ai], alike)
		}
	}
	return out
}

// longerName returns a fill with the longest name that ends where its own does, if no other argument has a part of that:
// 平方米, which is also 平方 and 米.
func longerName(l fill, all []fill, spans []span, t *tool) fill {
	if l.span == nil || l.span.kind != named || l.span.listed || t.args[l.span.arg].list {
		return l
	}
	for k := range spans {
		s := &spans[k]
		if s.kind != named || s.arg != l.span.arg || s.heard > 0 || s.end != l.end || s.start >= l.start {
			continue
		}
		if !slices.ContainsFunc(all, func(o fill) bool {
			return o.start < l.start && o.end > s.start && (o.span == nil || o.span.kind != named || o.span.arg != s.arg)
		}) {
			l.span, l.start = s, s.start
		}
	}
	return l
}

// subject returns a fill as that of another argument without a value, if its words are a name of both, and the sentence
// begins with them and goes on with words that do not speak of the first: 冷气换个模式 speaks of the device 冷气, 冷气模式
// of the mode.
func (t *text) subject(l fill, all []fill, spans []span, of *tool) fill {
	if l.span == nil || l.span.kind != named {
		return l
	}
	given := func(i int) *fill {
		k := slices.IndexFunc(all, func(o fill) bool { return o.span != nil && o.span.kind == named && o.start <= i && i < o.end })
		if k < 0 {
			return nil
		}
		return &all[k]
	}
	for i := 0; i < l.start; {
		if o := given(i); o != nil {
			i = o.end
		} else if t.tokens[i].class&filler != 0 {
			i = t.tokens[i].end
		} else {
			return l
		}
	}
	if behind := min(l.end+2, len(t.runes)); behind == l.end || strings.Contains(string(foldString(of.args[l.span.arg].about)), string(t.runes[l.end:behind])) {
		return l
	}
	for k := range spans {
		s := &spans[k]
		if s.kind != named || s.arg == l.span.arg || s.heard > 0 || s.start != l.start || s.end != l.end {
			continue
		}
		if of.args[s.arg].form == freeText && !slices.ContainsFunc(all, func(o fill) bool {
			return o.arg == s.arg || o.span != nil && o.span.kind == named && o.span.arg == s.arg
		}) {
			l.span = s
			if l.arg >= 0 {
				l.arg = s.arg
			}
			break
		}
	}
	return l
}

func appendNames(out []span, t *text, w []rune, arg int, json string) []span {
	for i := 0; i+len(w) <= len(t.runes); i++ {
		if t.standsAt(w, i) {
			out = append(out, span{start: i, end: i + len(w), kind: named, arg: arg, json: json})
		}
	}
	return out
}

// standsAt reports whether the word stands at rune i, and is not the beginning of another word or the
// middle of a Latin one.
func (t *text) standsAt(w []rune, i int) bool {
	end := i + len(w)
	return t.runes[i] == w[0] && end <= len(t.runes) && slices.Equal(t.runes[i:end], w) &&
		t.tokens[i].end <= end && !(isLatin(w[0]) && i > 0 && isLatin(t.runes[i-1]))
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
		return named
	}
	return prose
}

// accepts reports whether the span can be the value of argument ai.
func accepts(args []argument, ai int, s *span) bool {
	if s.kind == named {
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
		return s.kind == numeric && (s.ceiling == 0 || args[ai].bounded()) || args[ai].unit != 0 && (s.kind == period || s.kind == moment && s.later())
	}
	return false
}

// later reports whether the moment is said as a length of time from now: 十分钟后.
func (s *span) later() bool {
	rs := foldString(s.when.Text)
	return len(rs) > 0 && (rs[len(rs)-1] == '后' || rs[0] == '过')
}
