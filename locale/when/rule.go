package when

import (
	"strconv"
	"time"
)

// rule is a repetition in the terms of RFC 5545.
type rule struct {
	unit     Grain // of FREQ
	interval int
	size     length  // of an interval that was said
	days     [7]bool // of the week, Monday first
	from     int8    // first of a range of weekdays, counted from 1
	nth      int8    // of a weekday in the month or year, -1 for the last
	monthDay [4]int8 // -1 for the last
	dayTo    int8    // last of a range of days that begins with the first one
	workday  int8    // nth working day of the month, -1 for the last
	month    int8
	months   int8 // of a range that begins with the month, if more than one
	third    int8 // month of the quarter
	lunar    bool // RSCALE=CHINESE of RFC 7529
	workdays bool
	holidays bool
	clock    expr
	until    expr   // the end of its range of hours
	also     []expr // more times of day, at the same minute, at most maxAlso
	today    bool   // 每年的今天
	hasUntil bool
	term     *festival // a solar term or a festival by one, which repeats on the date of its next occurrence
}

const maxAlso = 3

var dayCodes = [7]string{"MO", "TU", "WE", "TH", "FR", "SA", "SU"}

var (
	workdays = [7]bool{true, true, true, true, true, false, false}
	weekends = [7]bool{5: true, 6: true}
)

func (r *rule) hasDays() bool { return r.days != [7]bool{} }

// text writes the rule. The minute is that of the first occurrence, shift the days from the day that was said to it.
func (r *rule) text(first span, hours []int, shift int) string {
	b := make([]byte, 0, 64)
	if r.lunar {
		b = append(b, "RSCALE=CHINESE;"...)
	}
	b = append(b, "FREQ="...)
	interval := r.interval
	switch r.unit {
	case Second:
		b = append(b, "SECONDLY"...)
	case Minute:
		b = append(b, "MINUTELY"...)
	case Hour:
		b = append(b, "HOURLY"...)
	case Day:
		b = append(b, "DAILY"...)
	case Week:
		b = append(b, "WEEKLY"...)
	case Month:
		b = append(b, "MONTHLY"...)
	case Quarter:
		b = append(b, "MONTHLY"...)
		interval *= 3
	case HalfYear:
		b = append(b, "MONTHLY"...)
		interval *= 6
	default:
		b = append(b, "YEARLY"...)
	}
	if interval > 1 {
		b = append(b, ";INTERVAL="...)
		b = strconv.AppendInt(b, int64(interval), 10)
	}
	if r.month != 0 {
		b = append(b, ";BYMONTH="...)
		b = strconv.AppendInt(b, int64(r.month), 10)
		for n := int8(1); n < r.months; n++ {
			b = append(b, ',')
			b = strconv.AppendInt(b, int64((r.month+n-1)%12+1), 10)
		}
	}
	sep := ";BYMONTHDAY="
	days := r.monthDay[:]
	if r.dayTo > 0 {
		days = make([]int8, 0, 31)
		for d := r.monthDay[0]; d <= r.dayTo; d++ {
			days = append(days, d)
		}
	}
	for _, d := range days {
		if d == 0 {
			continue
		}
		if d += int8(shift); shift > 0 && d == 0 {
			d = 1
		}
		b = append(b, sep...)
		b = strconv.AppendInt(b, int64(d), 10)
		sep = ","
	}
	sep = ";BYDAY="
	for i := range r.days {
		if !r.days[(i-shift+7)%7] {
			continue
		}
		b = append(b, sep...)
		if r.nth != 0 {
			b = strconv.AppendInt(b, int64(r.nth), 10)
		}
		b = append(b, dayCodes[i]...)
		sep = ","
	}
	if r.workday != 0 {
		b = append(b, ";BYSETPOS="...)
		b = strconv.AppendInt(b, int64(r.workday), 10)
	}
	if !r.clock.empty() {
		b = append(b, ";BYHOUR="...)
		for i, h := range hours {
			if i > 0 {
				b = append(b, ',')
			}
			b = strconv.AppendInt(b, int64(h), 10)
		}
		b = append(b, ";BYMINUTE="...)
		b = strconv.AppendInt(b, int64(first.from.Minute()), 10)
		if s := first.from.Second(); s != 0 {
			b = append(b, ";BYSECOND="...)
			b = strconv.AppendInt(b, int64(s), 10)
		}
	}
	return string(b)
}

// on reports whether the rule, if it names days, holds on the day t.
func (r *rule) on(t time.Time) bool {
	if r.month != 0 && int(t.Month()) != int(r.month) || r.third != 0 && (int(t.Month())-1)%3+1 != int(r.third) {
		return false
	}
	if r.dayTo > 0 {
		return t.Day() == int(r.monthDay[0])
	}
	if r.monthDay[0] != 0 {
		for _, d := range r.monthDay {
			if d < 0 && t.AddDate(0, 0, -int(d)).Day() == 1 || d > 0 && t.Day() == int(d) {
				return true
			}
		}
		return false
	}
	if r.workday != 0 {
		return r.nthWorkday(t)
	}
	if !r.hasDays() {
		return true
	}
	if !r.days[weekday(t)] {
		return false
	}
	switch {
	case r.nth > 0:
		return (t.Day()-1)/7 == int(r.nth)-1
	case r.nth < 0:
		return (daysIn(t.Year(), t.Month())-t.Day())/7 == -int(r.nth)-1
	}
	return true
}

// nthWorkday reports whether t is the day from Monday to Friday of its month that the rule names.
func (r *rule) nthWorkday(t time.Time) bool {
	if weekday(t) > 4 {
		return false
	}
	step, n := -1, int(r.workday)
	if n < 0 {
		step, n = 1, -n
	}
	for u := t.AddDate(0, 0, step); u.Month() == t.Month(); u = u.AddDate(0, 0, step) {
		if weekday(u) <= 4 {
			n--
		}
	}
	return n == 1
}

// onFestival makes the rule that of a festival. It reports false if no rule can say when that is.
func (r *rule) onFestival(f *festival) bool {
	switch f.kind {
	case 0:
		r.month, r.monthDay[0] = f.a, f.b
	case 'L':
		r.lunar, r.month, r.monthDay[0] = true, f.a, f.b
		if f.a > 12 {
			r.month, r.monthDay[0] = 12, -1
		}
	case 'n':
		if f.c > 7 || f.c == 5 {
			return false
		}
		r.month, r.nth = f.a, f.b
		r.days[f.c-1] = true
	case 'T':
		r.term = f
	default:
		return false
	}
	return true
}

// onMonths makes the rule that of the months of a season, a quarter or a part of the year. It reports false if the step
// is none of them.
func (r *rule) onMonths(s step) bool {
	n := int8(s.n)
	switch {
	case s.op == opSeason:
		r.month, r.months = 3*n, 3
	case s.op == opCycle && s.unit == Quarter:
		r.month, r.months = 3*n-2, 3
	case s.op == opPart && s.unit == Year:
		months := [...][2]int8{1: {1, 2}, 2: {6, 2}, 3: {11, 2}, 21: {1, 6}, 22: {7, 6}}
		r.month, r.months = months[n][0], months[n][1]
	default:
		return false
	}
	return true
}
