package when

import (
	"slices"
	"time"

	"github.com/zhushou-ai/zhushou/locale/calendar"
)

// repeat places the first occurrence of a rule.
func (r *resolver) repeat(m *meaning, out *Match) bool {
	rule := m.repeat
	out.Kind, out.Grain = Recurrence, max(rule.unit, Second)
	if rule.unit < Day {
		out.Time, out.Rule = move(r.ref, rule.unit, rule.interval), rule.text(span{}, nil, 0)
		return true
	}
	if out.Grain > Day {
		out.Grain = Day
	}
	if rule.today {
		rule.month, rule.monthDay[0] = int8(r.ref.Month()), int8(r.ref.Day())
	}
	var buf [1 + maxAlso]int
	day, first, hours, ok := r.earliest(rule, buf[:0])
	if !ok {
		return false
	}
	out.Time, out.Grain = first.from, first.grain
	if !first.instant() {
		out.EndTime = first.to
	}
	switch {
	case rule.dayTo > 0 && rule.clock.empty():
		out.EndTime = first.from.AddDate(0, 0, int(rule.dayTo-rule.monthDay[0])+1)
	case rule.months > 0 && rule.clock.empty():
		out.EndTime, out.Grain = addMonths(first.from, int(rule.months)), Month
	}
	shift := 0
	if !dayOf(first.from).Equal(day) {
		shift = 1
	}
	out.Rule = rule.text(first, hours, shift)
	if rule.hasUntil {
		on := resolver{ref: day, policy: r.policy}
		b, ok := on.endOf(&rule.clock, &rule.until, &first, choice{})
		if !ok {
			return false
		}
		for !b.from.After(first.from) {
			b.from, b.to = b.from.AddDate(0, 0, 1), b.to.AddDate(0, 0, 1)
		}
		for b.from.Sub(first.from) > 24*time.Hour {
			b.from, b.to = b.from.AddDate(0, 0, -1), b.to.AddDate(0, 0, -1)
		}
		for b.from.AddDate(0, 0, -1).After(first.from) {
			b.from, b.to = b.from.AddDate(0, 0, -1), b.to.AddDate(0, 0, -1)
		}
		out.EndTime = r.rangeEnd(&b)
	}
	return true
}

// earliest returns the first of the times of day of the rule that comes, and the hours of all of them in hours.
func (r *resolver) earliest(rule *rule, hours []int) (day time.Time, s span, all []int, ok bool) {
	if day, s, ok = r.first(rule); !ok || len(rule.also) == 0 {
		return day, s, append(hours, s.from.Hour()), ok
	}
	hours = append(hours, s.from.Hour())
	other := *rule
	for _, other.clock = range rule.also {
		d, t, found := r.first(&other)
		if !found {
			continue
		}
		hours = append(hours, t.from.Hour())
		if t.from.Before(s.from) {
			day, s = d, t
		}
	}
	slices.Sort(hours)
	return day, s, hours, true
}

// first returns the first occurrence at or after now, and the day it was said for.
func (r *resolver) first(rule *rule) (day time.Time, s span, ok bool) {
	today := dayOf(r.ref)
	try := func(day time.Time) bool {
		s = unitAt(day, Day, 0)
		if !rule.clock.empty() {
			if s, ok = r.clockOn(&rule.clock, day); !ok {
				return false
			}
		}
		return !s.from.Before(r.ref) || rule.clock.empty() && s.to.After(r.ref)
	}
	if rule.lunar && rule.month == 0 {
		const farthest = 62 // days; two months
		for n := -1; n < farthest; n++ {
			day = today.AddDate(0, 0, n)
			y, m, d := day.Date()
			l, err := calendar.NewDate(y, m, d).Lunar()
			if err == nil && slices.Contains(rule.monthDay[:], int8(l.Day)) && try(day) {
				return day, s, true
			}
		}
		return day, s, false
	}
	if rule.lunar {
		f := festival{kind: 'L', a: rule.month, b: max(rule.monthDay[0], 1)}
		if rule.monthDay[0] == -1 {
			f.a, f.b = 13, 0
		}
		for y := r.ref.Year() - 1; y < r.ref.Year()+maxRounds; y++ {
			if y, m, d, found := f.in(y); found {
				if day = r.date(y, int(m), d); try(day) {
					return day, s, true
				}
			}
		}
		return day, s, false
	}
	if rule.term != nil {
		for y := r.ref.Year(); y < r.ref.Year()+maxRounds; y++ {
			if y, m, d, found := rule.term.in(y); found {
				if day = r.date(y, int(m), d); try(day) {
					rule.month, rule.monthDay[0] = int8(m), int8(d)
					return day, s, true
				}
			}
		}
		return day, s, false
	}
	if rule.month != 0 && rule.nth == 0 {
		d := max(int(rule.monthDay[0]), 1)
		for y := r.ref.Year(); y < r.ref.Year()+9; y++ {
			if day = r.date(y, int(rule.month), d); day.Day() == d && try(day) {
				return day, s, true
			}
		}
		return day, s, false
	}
	const farthest = 400 // days; the nth weekday of a month comes in every year
	for n := -1; n < farthest; n++ {
		day = today.AddDate(0, 0, n)
		if r.policy.WeekdayRuns && rule.from > 0 && weekday(day) != int(rule.from)-1 {
			continue
		}
		if rule.on(day) && try(day) {
			return day, s, true
		}
	}
	return day, s, false
}

// clockOn places a time of day on a day.
func (r *resolver) clockOn(e *expr, day time.Time) (span, bool) {
	on := resolver{ref: day, policy: r.policy}
	s, ok := on.span(e, choice{})
	if ok && e.openHour() && r.policy.Hours == Awake && s.from.Hour() < 6 {
		return on.span(e, choice{late: true})
	}
	return s, ok
}
