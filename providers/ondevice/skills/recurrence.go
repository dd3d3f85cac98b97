package skills

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/zhushou-ai/zhushou/locale/calendar"
)

// workdays are the days of a rule that means the days on which one works, whatever day of the week.
const workdays = "MO,TU,WE,TH,FR"

// farthest bounds the search for a day: the 29th of February can be eight years away.
const farthest = 9 * 366

// Next returns the first time after an instant at which something happens that is first at the given
// time and repeats by a rule of RFC 5545, as the engine writes them: FREQ, INTERVAL, BYDAY, BYMONTHDAY
// and BYMONTH, at the time of day of the first. An empty rule does not repeat. A rule for Monday to
// Friday means working days: it leaves out holidays and takes in the days of the weekend that are
// worked for them, as far as they have been announced. Next returns false if there is no such time, or
// the rule is of another kind.
func Next(first time.Time, rule string, after time.Time) (time.Time, bool) {
	if after.Before(first) {
		after = first.Add(-time.Nanosecond)
	}
	if rule == "" {
		return first, first.After(after)
	}
	r := parseRule(rule)
	if r.freq == "HOURLY" {
		step := time.Duration(r.interval) * time.Hour
		n := (after.Sub(first) + step) / step
		return first.Add(n * step), true
	}
	day := after.In(first.Location())
	for range farthest {
		y, m, d := day.Date()
		at := time.Date(y, m, d, first.Hour(), first.Minute(), first.Second(), first.Nanosecond(), first.Location())
		if at.After(after) && r.on(at, first) {
			return at, true
		}
		day = day.AddDate(0, 0, 1)
	}
	return time.Time{}, false
}

type rule struct {
	freq          string
	interval      int
	days          string // as in MO,WE
	dates, months []string
}

func parseRule(s string) rule {
	r := rule{interval: 1}
	for part := range strings.SplitSeq(s, ";") {
		key, value, _ := strings.Cut(part, "=")
		switch key {
		case "FREQ":
			r.freq = value
		case "INTERVAL":
			if n, err := strconv.Atoi(value); err == nil && n > 0 && n <= 1000 {
				r.interval = n
			}
		case "BYDAY":
			r.days = value
		case "BYMONTHDAY":
			r.dates = strings.Split(value, ",")
		case "BYMONTH":
			r.months = strings.Split(value, ",")
		}
	}
	return r
}

// on reports whether the day of t is one of the rule's.
func (r rule) on(t, first time.Time) bool {
	date, start := civil(t), civil(first)
	if date.Before(start) || !r.turn(date, start) {
		return false
	}
	if len(r.months) > 0 && !slices.Contains(r.months, strconv.Itoa(int(t.Month()))) {
		return false
	}
	if len(r.dates) > 0 && !slices.Contains(r.dates, strconv.Itoa(t.Day())) {
		return false
	}
	switch {
	case r.days == workdays:
		return works(date)
	case r.days != "":
		two := strings.ToUpper(t.Weekday().String()[:2])
		return slices.Contains(strings.Split(r.days, ","), two)
	case len(r.dates) > 0:
		return true
	}
	switch r.freq { // without a part that says which day, it is that of the first
	case "WEEKLY":
		return t.Weekday() == first.Weekday()
	case "MONTHLY":
		return t.Day() == first.Day()
	case "YEARLY":
		return t.Day() == first.Day() && (len(r.months) > 0 || t.Month() == first.Month())
	}
	return true
}

// turn reports whether the period of the date is one of every interval.
func (r rule) turn(date, start calendar.Date) bool {
	n := 0
	switch r.freq {
	case "DAILY":
		n = date.Sub(start)
	case "WEEKLY":
		monday := func(d calendar.Date) calendar.Date { return d.AddDays(-(int(d.Weekday()) + 6) % 7) }
		n = monday(date).Sub(monday(start)) / 7
	case "MONTHLY":
		y, m, _ := date.Civil()
		y0, m0, _ := start.Civil()
		n = 12*(y-y0) + int(m) - int(m0)
	case "YEARLY":
		n = date.Year() - start.Year()
	default:
		return false
	}
	return n%r.interval == 0
}

// works reports whether one works on the day: by the notices, and by the weekday beyond them.
func works(d calendar.Date) bool {
	yes, err := calendar.Official().Assume().IsWorkday(d)
	return yes && err == nil
}

// civil returns the day that t shows on its own clock.
func civil(t time.Time) calendar.Date {
	y, m, d := t.Date()
	return calendar.NewDate(y, m, d)
}
