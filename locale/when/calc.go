package when

import "time"

// span is a stretch of time: a step further narrows it.
type span struct {
	from, to time.Time // equal for an instant
	grain    Grain
	day      time.Time // the day a clock time belongs to
	part     Part
	lunar    int16 // lunar year, if the span is a lunar month
	month    int16
	leap     bool
}

func (s *span) instant() bool { return s.from.Equal(s.to) }

// weekday counts from Monday, 0.
func weekday(t time.Time) int { return (int(t.Weekday()) + 6) % 7 }

func dayOf(t time.Time) time.Time {
	y, m, d := t.Date()
	return time.Date(y, m, d, 0, 0, 0, 0, t.Location())
}

// floor returns the beginning of the unit that holds t.
func floor(t time.Time, unit Grain) time.Time {
	y, m, d := t.Date()
	switch unit {
	case Second:
		return time.Date(y, m, d, t.Hour(), t.Minute(), t.Second(), 0, t.Location())
	case Minute:
		return time.Date(y, m, d, t.Hour(), t.Minute(), 0, 0, t.Location())
	case Hour:
		return time.Date(y, m, d, t.Hour(), 0, 0, 0, t.Location())
	case Week:
		d -= weekday(t)
	case Weekend:
		d += 5 - weekday(t)
	case Month:
		d = 1
	case Quarter:
		m, d = (m-1)/3*3+1, 1
	case HalfYear:
		m, d = (m-1)/6*6+1, 1
	case Year:
		m, d = 1, 1
	case Decade:
		y, m, d = y/10*10, 1, 1
	case Century:
		y, m, d = y/100*100, 1, 1
	}
	return time.Date(y, m, d, 0, 0, 0, 0, t.Location())
}

// move returns t n units on. The day of a month that is too short is its last.
func move(t time.Time, unit Grain, n int) time.Time {
	switch unit {
	case Second:
		return t.Add(time.Duration(n) * time.Second)
	case Minute:
		return t.Add(time.Duration(n) * time.Minute)
	case Hour:
		return t.Add(time.Duration(n) * time.Hour)
	case PartOfDay, Day:
		return t.AddDate(0, 0, n)
	case Weekend, Week:
		return t.AddDate(0, 0, 7*n)
	case Month:
		return addMonths(t, n)
	case Quarter:
		return addMonths(t, 3*n)
	case HalfYear:
		return addMonths(t, 6*n)
	case Decade:
		return addMonths(t, 120*n)
	case Century:
		return addMonths(t, 1200*n)
	}
	return addMonths(t, 12*n)
}

// addMonths adds months and keeps the day within the month: a month after 31 January is the last of February.
func addMonths(t time.Time, n int) time.Time {
	y, m, d := t.Date()
	first := time.Date(y, m+time.Month(n), 1, t.Hour(), t.Minute(), t.Second(), 0, t.Location())
	return first.AddDate(0, 0, min(d, daysIn(first.Year(), first.Month()))-1)
}

func daysIn(y int, m time.Month) int { return time.Date(y, m+1, 0, 0, 0, 0, 0, time.UTC).Day() }

// unitAt returns the nth unit on from the one that holds t.
func unitAt(t time.Time, unit Grain, n int) span {
	from := move(floor(t, unit), unit, n)
	s := span{from: from, to: move(from, unit, 1), grain: unit}
	if unit == Weekend {
		s.to = from.AddDate(0, 0, 2)
	}
	return s
}

func (l *length) from(t time.Time, sign int) time.Time {
	months, seconds := l.months()
	if months != 0 {
		t = addMonths(t, sign*months)
	}
	const day = 24 * 60 * 60
	days := int(seconds) / day
	if days != 0 {
		t = t.AddDate(0, 0, sign*days)
	}
	return t.Add(time.Duration(sign) * time.Duration(int64(seconds)-int64(days)*day) * time.Second)
}

// outOfRange reports whether t is not in the years that calendars write with four digits.
func outOfRange(t time.Time) bool { return t.Year() < 1 || t.Year() > 9999 }
