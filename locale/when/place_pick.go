package when

import "time"

const maxRounds = 20 // leap months come round in nineteen years, 29 February in eight

// pick chooses the reading of e on the side of now that is preferred.
func (r *resolver) pick(e *expr, prefer Preference) (s span, c choice, ok bool) {
	_, rounds := e.round()
	if e.steps[0].op == opWeekday && e.steps[0].m == thisWeekday && r.policy.Weekday != NextOccurrence {
		rounds = false
	}
	if first := e.steps[0]; first.op == opFestival && first.m != 0 {
		prefer = Ahead
		if first.m < 0 {
			prefer = Behind
		}
	}
	if e.steps[0].op == opDecade {
		prefer = Behind // 九十年代
	}
	halves := 1
	if e.openHour() && r.policy.Hours != AsSaid {
		halves = 2
	}
	if e.last().op == opWeekday && e.n > 1 && e.steps[e.n-2].levelOf() <= Day { // 10月12日，星期一
		return r.withWeekday(e, prefer, rounds)
	}
	if !rounds {
		return r.pickHalf(e, halves, prefer)
	}
	switch prefer {
	case Ahead:
		for round := 0; round <= maxRounds; round++ {
			for half := range halves {
				c = choice{round: round, late: half > 0}
				if s, ok = r.span(e, c); ok && r.ahead(e, &s, c) {
					return s, c, true
				}
			}
		}
	case Behind:
		for round := 0; round >= -maxRounds; round-- {
			for half := halves - 1; half >= 0; half-- {
				c = choice{round: round, late: half > 0}
				if s, ok = r.span(e, c); ok && !s.from.After(r.ref) {
					return s, c, true
				}
			}
		}
	}
	for _, round := range [...]int{0, 1, -1, 2, 3, -2, -3, 4, 5, 6, 7, 8, -4, -5, -6, -7, -8} {
		c = choice{round: round}
		if s, ok = r.span(e, c); ok {
			c.late = halves == 2 && r.policy.Hours == Awake && s.from.Hour() < 6
			s, ok = r.span(e, c)
			return s, c, ok
		}
	}
	return s, c, false
}

// ahead reports whether the reading is one to come: not over, and not an hour that people sleep through.
func (r *resolver) ahead(e *expr, s *span, c choice) bool {
	if s.instant() {
		if s.from.Before(r.ref) {
			return false
		}
	} else if !s.to.After(r.ref) {
		return false
	}
	first := e.steps[0]
	if first.op == opWeekday && r.policy.Weekday != CalendarWeek && first.m == plainWeekday && !s.from.After(r.ref) && e.n == 1 {
		return false
	}
	if r.policy.Hours == Awake && e.openHour() && !c.late && r.asleep(s.from) {
		return false
	}
	return true
}

// asleep reports whether few people would mean t without saying 凌晨, given that it is now awake time.
func (r *resolver) asleep(t time.Time) bool {
	Midnight := t.Hour() == 0 && t.Sub(r.ref) < 6*time.Hour // 十二点 said in the evening
	return t.Hour() < 6 && r.ref.Hour() >= 6 && !Midnight
}

// pickHalf chooses the half of the day on a day that is settled.
func (r *resolver) pickHalf(e *expr, halves int, prefer Preference) (s span, c choice, ok bool) {
	if s, ok = r.span(e, c); !ok || halves == 1 {
		return s, c, ok
	}
	late, lateOK := r.span(e, choice{late: true})
	today := s.day.Equal(dayOf(r.ref))
	switch {
	case !lateOK:
	case today && prefer == Ahead && (s.from.Before(r.ref) || r.policy.Hours == Awake && r.asleep(s.from)) && !late.from.Before(r.ref):
		return late, choice{late: true}, true
	case today && prefer == Behind && !late.from.After(r.ref):
		return late, choice{late: true}, true
	case !today && r.policy.Hours == Awake && s.from.Hour() < 6 && s.from.Sub(s.day) < 12*time.Hour:
		return late, choice{late: true}, true
	}
	return s, c, true
}

// withWeekday chooses the round in which the day is the weekday that was said, or ignores it.
func (r *resolver) withWeekday(e *expr, prefer Preference, rounds bool) (s span, c choice, ok bool) {
	if rounds {
		for _, round := range [...]int{0, 1, -1} {
			c = choice{round: round}
			if s, ok = r.span(e, c); ok {
				return s, c, true
			}
		}
	} else if s, ok = r.span(e, c); ok {
		return s, c, true
	}
	e.n-- // the weekday is wrong, and the date counts
	return r.pick(e, prefer)
}
