package when

import (
	"time"

	"github.com/zhushou-ai/zhushou/locale/calendar"
)

// resolver places expressions in time.
type resolver struct {
	ref      time.Time
	policy   *Policy
	schedule *calendar.Schedule // nil for the official one
}

// choice picks one reading of an expression that comes round: the round, counted from the one that holds now, and
// the half of the day.
type choice struct {
	round int
	late  bool // an open hour is meant after noon
}

// round returns the unit that the first step comes round in, or false if there is only one reading.
func (e *expr) round() (Grain, bool) {
	s := e.steps[0]
	switch s.op {
	case opDecade:
		return Century, true
	case opCycle:
		switch s.unit {
		case Second:
			return Minute, true
		case Minute:
			return Hour, true
		case Hour:
			return Day, true
		case Day:
			return Month, true
		}
		return Year, true
	case opWeekday:
		return Week, s.m == plainWeekday || s.m == thisWeekday
	case opDayPart:
		return Day, true
	case opFestival, opTerm, opLunarMonth, opSeason:
		return Year, true
	case opPart:
		return s.unit, s.unit <= Year
	case opLunarDay:
		return Month, true
	}
	return 0, false
}

// openHour reports whether the half of the day is open.
func (e *expr) openHour() bool {
	for _, s := range e.steps[:e.n] {
		if s.op == opDayPart {
			return false
		}
		if s.op == opCycle && s.unit == Hour {
			return s.m&openHour != 0
		}
	}
	return false
}

// span returns the stretch of time of one reading of the expression, if there is one.
func (r *resolver) span(e *expr, c choice) (s span, ok bool) {
	have := false
	for i := range e.steps[:e.n] {
		if !r.narrow(e, &e.steps[i], c, &s, have) || outOfRange(s.from) || outOfRange(s.to) {
			return s, false
		}
		have = true
	}
	return s, have
}

// base returns the beginning of the unit that holds s, or if there is nothing yet of that round from now.
func (r *resolver) base(s *span, have bool, unit Grain, c choice) time.Time {
	if have {
		return s.from
	}
	return move(floor(r.ref, unit), unit, c.round)
}

func (r *resolver) narrow(e *expr, st *step, c choice, s *span, have bool) bool {
	n := int(st.n)
	switch st.op {
	case opYear:
		*s = unitAt(r.date(n, 1, 1), Year, 0)
	case opShortYear:
		*s = unitAt(r.date(r.century(n), 1, 1), Year, 0)
	case opRoundYear:
		*s = unitAt(r.date(r.roundYear(n, int(st.m)), 1, 1), Year, 0)
	case opCentury:
		if st.m != 0 { // relative
			n += r.ref.Year()/100 + 1
		}
		*s = span{from: r.date((n-1)*100, 1, 1), to: r.date(n*100, 1, 1), grain: Century}
	case opDecade:
		y := r.base(s, have, Century, c).Year()/100*100 + n
		*s = span{from: r.date(y, 1, 1), to: r.date(y+10, 1, 1), grain: Decade}
	case opRel:
		t := r.ref
		if have {
			t = s.from
		}
		if st.unit < Day && n != 0 && r.policy.Stretch == FromNow {
			other := move(t, st.unit, n)
			*s = span{from: other, to: t, grain: st.unit, day: dayOf(other)}
			if n > 0 {
				s.from, s.to = t, other
			}
			break
		}
		*s = unitAt(t, st.unit, n)
		if st.unit == Weekend && r.policy.Weekend == FromFridayEvening {
			s.from = s.from.AddDate(0, 0, -1).Add(18 * time.Hour)
		}
	case opCycle:
		return r.cycle(st, c, s, have)
	case opWeekday:
		return r.weekday(st, c, s, have)
	case opNth:
		return r.nth(st, s, have)
	case opNthWeekday:
		return nthWeekdayIn(s, have, n, int(st.m))
	case opFirst:
		if !have {
			return false
		}
		whole := *s
		if n > 0 {
			s.to = move(s.from, st.unit, n)
		} else {
			s.from = move(s.to, st.unit, n)
		}
		s.grain = st.unit
		return !s.from.Before(whole.from) && !s.to.After(whole.to)
	case opPart:
		r.partOf(st, c, s, have)
	case opSeason:
		y := r.base(s, have, Year, c).Year()
		from := r.date(y, 3*n, 1)
		*s = span{from: from, to: addMonths(from, 3), grain: Quarter}
	case opDayPart:
		day := r.base(s, have, Day, c)
		if have && s.grain < Day && !s.day.IsZero() {
			day = s.day
		}
		h := r.policy.hours(Part(n))
		*s = span{from: hourOf(day, int(h[0])), to: hourOf(day, int(h[1])), grain: PartOfDay, day: dayOf(day), part: Part(n)}
	case opFestival:
		return r.festival(n, c, s, have)
	case opTerm:
		d, err := calendar.Term(n - 1).Date(r.base(s, have, Year, c).Year())
		y, m, day := d.Civil()
		*s = unitAt(r.date(y, int(m), day), Day, 0)
		return err == nil
	case opLunarMonth, opLunarDay:
		return r.lunar(st, c, s, have)
	case opNow:
		t := r.ref
		if have {
			y, m, d := s.from.Date()
			t = time.Date(y, m, d, r.ref.Hour(), r.ref.Minute(), r.ref.Second(), 0, r.ref.Location())
		}
		*s = span{from: t, to: t, grain: Second, day: dayOf(t)}
	case opShift:
		return r.shift(e, n, s, have)
	case opAround:
		if !have {
			return false
		}
		if n < 0 {
			s.to = s.from
			s.from = e.shift.from(s.from, -1)
		} else {
			s.from = s.to
			s.to = e.shift.from(s.to, 1)
		}
		s.grain = e.shift.grain()
	case opSameDay:
		day := dayOf(r.ref).AddDate(0, 0, n)
		if s.grain == Week {
			*s = unitAt(s.from.AddDate(0, 0, weekday(day)), Day, 0)
			break
		}
		y, m, d := s.from.Year(), int(s.from.Month()), day.Day()
		if s.grain == Year {
			m = int(day.Month())
		}
		*s = unitAt(r.date(y, m, min(d, daysIn(y, time.Month(m)))), Day, 0)
	case opWeekdayBeside:
		if !have {
			return false
		}
		t := s.to
		if n > 0 {
			t = t.AddDate(0, 0, (int(st.m)-weekday(t)+7)%7+7*(n-1))
		} else {
			t = s.from.AddDate(0, 0, -1)
			t = t.AddDate(0, 0, -(weekday(t)-int(st.m)+7)%7+7*(n+1))
		}
		*s = unitAt(t, Day, 0)
	case opHolidays:
		return r.holidays(st, s, have)
	case opWorkday:
		return r.workday(n, s, have)
	}
	return true
}

func (r *resolver) date(y, m, d int) time.Time {
	return time.Date(y, time.Month(m), d, 0, 0, 0, 0, r.ref.Location())
}

func hourOf(day time.Time, h int) time.Time {
	y, m, d := day.Date()
	return time.Date(y, m, d, h, 0, 0, 0, day.Location())
}

// roundYear returns the nth year of a round of years, of twelve the nearest to now and of sixty, which are for history, at
// most ten years ahead. Both rounds began in the year 4.
func (r *resolver) roundYear(n, round int) int {
	y := r.ref.Year()
	ahead := ((n+4-y)%round + round) % round
	if ahead > min(round/2, 10) {
		ahead -= round
	}
	return y + ahead
}

// century returns the year that two digits mean: from eighty years ago to twenty years on.
func (r *resolver) century(n int) int {
	y := r.ref.Year()
	year := y/100*100 + n
	if year > y+20 {
		year -= 100
	}
	if year <= y-80 {
		year += 100
	}
	return year
}

func (r *resolver) cycle(st *step, c choice, s *span, have bool) bool {
	n := int(st.n)
	switch st.unit {
	case Second:
		t := r.base(s, have, Minute, c)
		t = floor(t, Minute).Add(time.Duration(n) * time.Second)
		s.from, s.to, s.grain = t, t, Second
	case Minute:
		t := r.base(s, have, Hour, c)
		t = floor(t, Hour).Add(time.Duration(n) * time.Minute)
		s.from, s.to, s.grain = t, t, Minute
	case Hour:
		day := r.base(s, have, Day, c)
		if have && !s.day.IsZero() {
			day = s.day
		}
		h := n
		if s.part != anyPart {
			h = r.inPart(s.part, n)
		} else if c.late && st.m&openHour != 0 {
			h += 12
		}
		t := hourOf(day, h)
		*s = span{from: t, to: t, grain: Hour, day: dayOf(day), part: s.part}
	case Day:
		t := floor(r.base(s, have, Month, c), Month)
		if n > daysIn(t.Year(), t.Month()) {
			return false
		}
		*s = unitAt(t.AddDate(0, 0, n-1), Day, 0)
	case Month:
		*s = unitAt(r.date(r.base(s, have, Year, c).Year(), n, 1), Month, 0)
	case Quarter:
		*s = unitAt(r.date(r.base(s, have, Year, c).Year(), 3*n-2, 1), Quarter, 0)
	case HalfYear:
		*s = unitAt(r.date(r.base(s, have, Year, c).Year(), 6*n-5, 1), HalfYear, 0)
	default:
		return false
	}
	return true
}

// inPart returns the hour of the day that h is in a part of the day; more than 24 is on the next day.
func (r *resolver) inPart(of Part, h int) int {
	switch of {
	case Dawn, EarlyMorning, Morning, Forenoon:
		if h == 12 && of == Dawn {
			return 0
		}
	case Noon:
		if h <= 6 {
			return h + 12
		}
	case Afternoon, Dusk:
		if h < 12 {
			return h + 12
		}
	case Daytime:
		if h < 6 {
			return h + 12
		}
	case Evening, Night, Midnight, Nighttime:
		switch {
		case h < 5 && r.policy.NightIsMorning && (h > 0 || of != Evening):
		case h == 12, h < 5:
			return h%12 + 24
		case h < 12:
			return h + 12
		}
	}
	return h
}
