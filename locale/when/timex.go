package when

import (
	"math"
	"strconv"
	"time"
)

// TIMEX returns the expression in the notation of TIMEX3, in which what was left unsaid is X: XXXX-03-08 for 三月八日,
// XXXX-WXX-1 for 周一, T15:30 for 下午三点半, P2Y for 两年 and (2016-01-10,2016-01-12,P2D) for a range.
func (m Match) TIMEX() string {
	if m.meaning == nil {
		return ""
	}
	var b timex
	mean := m.meaning
	switch mean.form {
	case formPoint:
		s, ok := mean.resolved.r.span(&mean.a, mean.resolved.c)
		if !ok {
			s = span{from: m.Time, to: m.EndTime, grain: m.Grain}
		}
		b.point(&mean.a, s)
	case formRange:
		b.span(mean, m)
	case formStretch:
		b.stretch(m.Time, m.EndTime, m.Grain, &mean.size)
	case formLength:
		b.length(&mean.size)
	case formRepeat:
		b.repeat(mean.repeat)
	}
	return string(b)
}

// timex is a TIMEX3 value being written.
type timex []byte

func (b *timex) text(s string) { *b = append(*b, s...) }

func (b *timex) number(n, width int) {
	s := strconv.Itoa(n)
	for k := len(s); k < width; k++ {
		*b = append(*b, '0')
	}
	b.text(s)
}

// known tells which of year and month an expression says.
func (e *expr) known() (year, month bool) {
	switch s := e.steps[0]; s.op {
	case opCycle:
		return s.unit < Day, s.unit >= Month || s.unit < Day
	case opFestival, opTerm, opLunarMonth, opSeason, opDecade:
		return false, true
	case opLunarDay:
		return false, false
	}
	return true, true
}

func (b *timex) date(t time.Time, year, month bool) {
	b.year(t, year)
	b.text("-")
	if month {
		b.number(int(t.Month()), 2)
	} else {
		b.text("XX")
	}
	b.text("-")
	b.number(t.Day(), 2)
}

func (b *timex) year(t time.Time, known bool) {
	if known {
		b.number(t.Year(), 4)
	} else {
		b.text("XXXX")
	}
}

func (b *timex) clock(t, day time.Time, grain Grain) {
	h := t.Hour()
	if !day.IsZero() && t.Equal(day.AddDate(0, 0, 1)) {
		h = 24
	}
	b.text("T")
	b.number(h%24, 2)
	if grain <= Minute {
		b.text(":")
		b.number(t.Minute(), 2)
	}
	if grain == Second {
		b.text(":")
		b.number(t.Second(), 2)
	}
}

var partCodes = [partCount]string{
	Dawn: "TDA", EarlyMorning: "TDA", Morning: "TMO", Forenoon: "TMO", Noon: "TMI", Afternoon: "TAF", Dusk: "TEV",
	Evening: "TEV", Night: "TNI", Midnight: "TNI", Daytime: "TDT", Nighttime: "TNI",
}

// point writes one time.
func (b *timex) point(e *expr, s span) {
	year, month := e.known()
	first := e.steps[0]
	if first.op == opNow && e.n == 1 {
		b.text("PRESENT_REF")
		return
	}
	if s.grain < Day && (e.hasDate() || first.op == opShift || first.op == opNow) {
		day := s.day
		if day.IsZero() {
			day = s.from
		}
		if !s.instant() || day.IsZero() {
			b.onDay(e, day, year, month)
			b.text(partCodes[s.part])
			return
		}
		if first.op == opShift || first.op == opNow {
			b.date(s.from, true, true)
			b.clock(s.from, time.Time{}, Second)
			return
		}
		b.onDay(e, s.from, year, month)
		b.clock(s.from, time.Time{}, s.grain)
		return
	}
	switch {
	case first.op == opRel && s.grain < Day:
		b.stretch(s.from, s.to, s.grain, &length{n: 1, items: [4]item{{1, s.grain}}})
	case s.grain < PartOfDay:
		b.clock(s.from, s.day, s.grain)
	case s.grain == PartOfDay:
		b.text(partCodes[s.part])
	case s.grain == Day && s.to.Sub(s.from) <= 25*time.Hour:
		b.onDay(e, s.from, year, month)
	case s.grain == Month && e.last().op != opFirst:
		b.year(s.from, year)
		b.text("-")
		b.number(int(s.from.Month()), 2)
	case s.grain == Week && e.last().op != opPart, s.grain == Weekend:
		y, w := s.from.ISOWeek()
		b.number(y, 4)
		b.text("-W")
		b.number(w, 2)
		if s.grain == Weekend {
			b.text("-WE")
		}
	case s.grain == Year && e.last().op != opFirst:
		b.year(s.from, year)
	case e.last().op == opSeason:
		b.year(s.from, year)
		b.text([...]string{1: "-SP", 2: "-SU", 3: "-FA", 4: "-WI"}[e.last().n])
	default:
		b.bounds(s, year)
	}
}

// bounds writes a stretch by its ends.
func (b *timex) bounds(s span, year bool) {
	b.text("(")
	for k, t := range [...]time.Time{s.from, s.to} {
		if k > 0 {
			b.text(",")
		}
		if year {
			b.date(t, true, true)
		} else if s.grain == Decade {
			b.text("XX")
			b.number(t.Year()%100, 2)
			b.text("-01-01")
		} else {
			b.date(t, false, true)
		}
	}
	b.text(",")
	months := (s.to.Year()-s.from.Year())*12 + int(s.to.Month()-s.from.Month())
	switch {
	case s.grain >= Year && months%12 == 0:
		b.text("P")
		b.number(months/12, 1)
		b.text("Y")
	case s.grain >= Month && s.from.Day() == s.to.Day():
		b.text("P")
		b.number(months, 1)
		b.text("M")
	default:
		b.days(s.from, s.to)
	}
	b.text(")")
}

func (b *timex) days(from, to time.Time) {
	b.text("P")
	b.number(int(to.Sub(from).Hours()/24+0.5), 1)
	b.text("D")
}

// onDay writes the day of a time: by its weekday, its date, or the weekday of a month that a festival is on.
func (b *timex) onDay(e *expr, t time.Time, year, month bool) {
	s := e.steps[0]
	if s.op == opWeekday && s.m == plainWeekday {
		b.text("XXXX-WXX-")
		b.number(int(s.n)+1, 1)
		return
	}
	if s.op == opFestival {
		if f := &words().festival[s.n]; f.kind == 'n' {
			b.text("XXXX-")
			b.number(int(f.a), 2)
			b.text("-WXX-")
			b.number(int(f.c), 1)
			b.text("-")
			b.number(int(f.b), 1)
			return
		}
	}
	if !year && s.op == opCycle && s.unit == Month && e.n > 1 && e.steps[1].op == opNthWeekday && e.steps[1].n > 0 { // 十月第二个周一
		b.text("XXXX-")
		b.number(int(s.n), 2)
		b.text("-WXX-")
		b.number(int(e.steps[1].m)+1, 1)
		b.text("-#")
		b.number(int(e.steps[1].n), 1)
		return
	}
	b.date(t, year, month)
}

// span writes a range of two points.
func (b *timex) span(m *meaning, match Match) {
	a := span{from: match.Time, to: match.Time, grain: match.Grain}
	year, month := m.a.known()
	end := match.EndTime
	b.text("(")
	if !m.a.hasDate() && !m.b.hasDate() && m.a.steps[0].op != opNow {
		b.clock(a.from, time.Time{}, clockGrain(&m.a))
		b.text(",")
		b.clock(end, time.Time{}, clockGrain(&m.b))
		b.text(",")
		d := end.Sub(a.from)
		if d > 24*time.Hour {
			d -= 24 * time.Hour
		}
		b.duration(d)
		b.text(")")
		return
	}
	if match.Grain < Day {
		b.onDay(&m.a, a.from, year, month)
		b.clock(a.from, time.Time{}, clockGrain(&m.a))
		b.text(",")
		b.onDay(&m.a, end, year, month)
		b.clock(end, time.Time{}, clockGrain(&m.b))
		b.text(",")
		b.duration(end.Sub(a.from))
		b.text(")")
		return
	}
	b.date(a.from, year, month)
	b.text(",")
	b.date(end, year, month)
	b.text(",")
	if match.Grain >= Year {
		b.text("P")
		b.number(end.Year()-a.from.Year(), 1)
		b.text("Y")
	} else if match.Grain == Month {
		b.text("P")
		b.number((end.Year()-a.from.Year())*12+int(end.Month()-a.from.Month()), 1)
		b.text("M")
	} else {
		b.days(a.from, end)
	}
	b.text(")")
}

// clockGrain returns the precision in which the hour of an expression was said.
func clockGrain(e *expr) Grain {
	if e.level > Hour {
		return Hour
	}
	return e.level
}

func (b *timex) duration(d time.Duration) {
	b.text("PT")
	h, m, s := int(d.Hours()), int(d.Minutes())%60, int(d.Seconds())%60
	if h > 0 {
		b.number(h, 1)
		b.text("H")
	}
	if m > 0 {
		b.number(m, 1)
		b.text("M")
	}
	if s > 0 {
		b.number(s, 1)
		b.text("S")
	}
}

func (b *timex) stretch(from, to time.Time, grain Grain, l *length) {
	b.text("(")
	b.date(from, true, true)
	if grain < Day {
		b.clock(from, time.Time{}, Second)
	}
	b.text(",")
	b.date(to, true, true)
	if grain < Day {
		b.clock(to, time.Time{}, Second)
	}
	b.text(",")
	b.length(l)
	b.text(")")
}

var unitCodes = [...]string{Second: "S", Minute: "M", Hour: "H", PartOfDay: "D", Day: "D", Weekend: "WE", Week: "W", Month: "M",
	Quarter: "M", HalfYear: "M", Year: "Y", Decade: "Y", Century: "Y"}

// length writes an amount of time in the units that were said: P2Y, PT0.5H.
func (b *timex) length(l *length) {
	b.text("P")
	inDay := false
	for _, it := range l.items[:l.n] {
		n := it.n
		switch it.unit {
		case Quarter:
			n *= 3
		case HalfYear:
			n *= 6
		case Decade:
			n *= 10
		case Century:
			n *= 100
		}
		if it.unit < PartOfDay && !inDay {
			inDay = true
			b.text("T")
		}
		*b = strconv.AppendFloat(*b, math.Round(n*1e6)/1e6, 'f', -1, 64)
		b.text(unitCodes[it.unit])
	}
}

// repeat writes a set: the length of its round, or the day in it.
func (b *timex) repeat(r *rule) {
	switch {
	case r.monthDay[0] > 0:
		b.text("XXXX-")
		if r.month > 0 {
			b.number(int(r.month), 2)
		} else {
			b.text("XX")
		}
		b.text("-")
		b.number(int(r.monthDay[0]), 2)
	case r.hasDays() && r.days != workdays && r.days != weekends:
		for i, on := range r.days {
			if on {
				b.text("XXXX-WXX-")
				b.number(i+1, 1)
				break
			}
		}
	case r.clock.empty() || r.unit != Day:
		if r.size.n > 0 {
			b.length(&r.size)
			break
		}
		b.text("P")
		if r.unit < Day {
			b.text("T")
		}
		b.number(r.interval, 1)
		b.text(unitCodes[r.unit])
	}
	if e := &r.clock; !e.empty() {
		on := resolver{ref: time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC), policy: &Policy{Hours: AsSaid}}
		if s, ok := on.span(e, choice{}); ok {
			b.point(e, s)
		}
	}
}
