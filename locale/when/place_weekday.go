package when

import "time"

func (r *resolver) weekday(st *step, c choice, s *span, have bool) bool {
	n := int(st.n)
	today := dayOf(r.ref)
	if have {
		switch {
		case s.grain <= Day && st.m == thisWeekday:
			*s = unitAt(floor(s.from, Week).AddDate(0, 0, n), Day, 0)
		case s.grain <= Day:
			return weekday(s.from) == n
		case s.grain == Week:
			*s = unitAt(s.from.AddDate(0, 0, n), Day, 0)
		default:
			return nthWeekdayIn(s, true, 1, n)
		}
		return true
	}
	t := today.AddDate(0, 0, n-weekday(today)+7*c.round)
	if st.m == nextWeekday || st.m == lastWeekday {
		t = today.AddDate(0, 0, n-weekday(today))
		switch {
		case r.policy.Weekday != NextOccurrence && st.m == nextWeekday:
			t = t.AddDate(0, 0, 7)
		case r.policy.Weekday != NextOccurrence:
			t = t.AddDate(0, 0, -7)
		case st.m == nextWeekday && !t.After(today):
			t = t.AddDate(0, 0, 7)
		case st.m == lastWeekday && !t.Before(today):
			t = t.AddDate(0, 0, -7)
		}
	}
	*s = unitAt(t, Day, 0)
	return true
}

func nthWeekdayIn(s *span, have bool, n, day int) bool {
	if !have || s.grain < Week {
		return false
	}
	whole := *s
	var t time.Time
	if n > 0 {
		t = s.from.AddDate(0, 0, (day-weekday(s.from)+7)%7+7*(n-1))
	} else {
		last := s.to.AddDate(0, 0, -1)
		t = last.AddDate(0, 0, -(weekday(last)-day+7)%7+7*(n+1))
	}
	*s = unitAt(t, Day, 0)
	return !t.Before(whole.from) && t.Before(whole.to)
}

// nth places the nth unit in s, or counted from now.
func (r *resolver) nth(st *step, s *span, have bool) bool {
	n := int(st.n)
	if !have {
		if !r.policy.OrdinalsFromNow || n < 1 {
			return false
		}
		*s = unitAt(r.ref, st.unit, n-1)
		return true
	}
	whole := *s
	switch {
	case st.unit == Week && s.grain > Week:
		first := s.from.AddDate(0, 0, (7-weekday(s.from))%7)
		if r.policy.Week == FirstThursday {
			first = s.from.AddDate(0, 0, 3).AddDate(0, 0, -weekday(s.from.AddDate(0, 0, 3)))
			if weekday(s.from) > 3 {
				first = s.from.AddDate(0, 0, 7-weekday(s.from))
			}
		}
		if n < 0 {
			last := floor(s.to.AddDate(0, 0, -1), Week)
			*s = unitAt(last, Week, n+1)
			return true
		}
		*s = unitAt(first, Week, n-1)
		return s.from.Before(whole.to)
	case n > 0:
		*s = unitAt(move(s.from, st.unit, n-1), st.unit, 0)
	default:
		*s = unitAt(move(s.to, st.unit, n), st.unit, 0)
	}
	if st.unit == Day && whole.grain <= Day { // 国庆第二天
		return true
	}
	return !s.from.Before(whole.from) && s.from.Before(whole.to)
}
