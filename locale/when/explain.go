package when

import "fmt"

var opNames = [...]string{
	opYear: "year", opShortYear: "year of two digits", opRoundYear: "year of a round", opDecade: "decade", opCentury: "century", opRel: "distance in units",
	opCycle: "place in its round", opWeekday: "weekday", opNth: "ordinal", opNthWeekday: "weekday by number", opFirst: "first or last units",
	opPart: "part of month or year", opSeason: "season", opDayPart: "part of day", opFestival: "festival", opTerm: "solar term",
	opLunarMonth: "lunar month", opLunarDay: "lunar day", opNow: "now", opShift: "distance", opAround: "stretch beside",
	opHolidays: "days off", opWorkday: "working day", opSameDay: "same day",
	opWeekdayBeside: "weekday beside a day",
}

var (
	preferenceNames = [...]string{Ahead: "ahead", Behind: "behind", Current: "current"}
	weekdayNames    = [...]string{CalendarWeek: "calendar week", CalendarExact: "calendar week, today excluded", NextOccurrence: "next occurrence"}
	distanceNames   = [...]string{DayOf: "day", UnitOf: "whole unit", Moment: "moment", Cycles: "all units between"}
	stretchNames    = [...]string{FromToday: "from today", ByCalendar: "by the calendar", AfterCurrent: "after the current unit", FromNow: "from now"}
	hourNames       = [...]string{Awake: "awake", Nearest: "nearest", AsSaid: "as said"}
	lunarNames      = [...]string{LunarMarked: "marked", LunarGuessed: "guessed", LunarAsSolar: "as solar"}
	formNames       = [...]string{formPoint: "point", formRange: "range", formStretch: "stretch", formLength: "length", formRepeat: "repetition"}
)

// Explain says how the expression was read: its form, its steps from the largest to the smallest, and the choices that
// a [Policy] could have made otherwise. It is for logs and for people who wonder; programs must not read it.
func (m Match) Explain() string {
	if m.meaning == nil {
		return ""
	}
	mean := m.meaning
	r := &mean.resolved.r
	b := []byte(formNames[mean.form])
	choose := func(name, value string) { b = fmt.Appendf(b, "; %s: %s", name, value) }
	switch mean.form {
	case formStretch:
		choose("stretch", stretchNames[r.policy.Stretch])
	case formRepeat:
		choose("rule", m.Rule)
	case formPoint, formRange:
		b = mean.a.explain(b)
		if mean.form == formRange {
			b = append(b, " to"...)
			b = mean.b.explain(b)
		}
		if _, rounds := mean.a.round(); rounds {
			choose("prefer", preferenceNames[r.policy.Prefer])
			b = fmt.Appendf(b, ", round %+d", mean.resolved.c.round)
		}
		if mean.a.openHour() {
			choose("hours", hourNames[r.policy.Hours])
		}
		for _, s := range mean.a.steps[:mean.a.n] {
			switch s.op {
			case opWeekday:
				choose("weekday", weekdayNames[r.policy.Weekday])
			case opShift:
				choose("distance", distanceNames[r.policy.Distance])
			case opLunarMonth, opLunarDay:
				choose("lunar", lunarNames[r.policy.Lunar])
			case opDayPart:
				h := r.policy.hours(Part(s.n))
				choose("part of day", fmt.Sprintf("%d to %d o'clock", h[0], h[1]))
			}
		}
	}
	return string(b)
}

func (e *expr) explain(b []byte) []byte {
	for i, s := range e.steps[:e.n] {
		sep := ": "
		if i > 0 {
			sep = ", "
		}
		b = fmt.Appendf(b, "%s%s", sep, opNames[s.op])
		switch s.op {
		case opFestival:
			b = fmt.Appendf(b, " %s", words().festival[s.n].name)
		case opRel, opCycle, opNth, opFirst:
			b = fmt.Appendf(b, " (%s) %d", s.unit, s.n)
		case opNow:
		default:
			b = fmt.Appendf(b, " %d", s.n)
		}
	}
	return b
}
