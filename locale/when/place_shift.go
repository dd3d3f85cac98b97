package when

// shift moves s, or now, by the length of the expression.
func (r *resolver) shift(e *expr, sign int, s *span, have bool) bool {
	grain := e.shift.grain()
	if e.shift.workdays {
		return r.workday(sign*int(e.shift.items[0].n), s, have)
	}
	if have && !s.instant() && s.grain < Day { // a part of the day keeps its length
		s.from, s.to = e.shift.from(s.from, sign), e.shift.from(s.to, sign)
		s.day = dayOf(s.from)
		return true
	}
	if have { // from what was said
		t := e.shift.from(s.from, sign)
		if grain >= Day && s.grain >= Day {
			*s = unitAt(t, Day, 0)
		} else {
			*s = span{from: t, to: t, grain: min(grain, s.grain), day: dayOf(t)}
		}
		return true
	}
	t := e.shift.from(r.ref, sign)
	if outOfRange(t) {
		return false
	}
	switch {
	case r.policy.Distance == Moment:
		*s = span{from: t, to: t, grain: Second, day: dayOf(t)}
	case r.policy.Distance == Cycles && e.shift.count() > 0 && e.last().op == opShift:
		n := int(e.shift.items[0].n)
		if sign > 0 {
			*s = span{from: unitAt(r.ref, grain, 1).from, to: unitAt(r.ref, grain, n).to, grain: grain}
		} else {
			*s = span{from: unitAt(r.ref, grain, -n).from, to: floor(r.ref, grain), grain: grain}
		}
	case grain >= Day && !e.shift.halfDay():
		*s = unitAt(t, Day, 0)
		if r.policy.Distance == UnitOf {
			*s = unitAt(t, grain, 0)
			if _, whole := e.shift.wholeYears(); !whole && grain == Year {
				*s = unitAt(t, Month, 0)
			}
			if e.shift.approx && e.shift.top > e.shift.items[0].n {
				far := length{n: 1, items: [4]item{{e.shift.top, grain}}}
				end := unitAt(far.from(r.ref, sign), grain, 0)
				if sign > 0 {
					s.to = end.to
				} else {
					s.from = end.from
				}
			}
		}
	default:
		*s = span{from: t, to: t, grain: grain, day: dayOf(t)}
		if grain > Hour {
			s.grain = Hour
		}
	}
	return true
}

// wholeYears returns the years in the length, and whether it is nothing else.
func (l *length) wholeYears() (years int, ok bool) {
	months, seconds := l.months()
	return months / 12, months%12 == 0 && seconds == 0
}

// halfDay reports whether the length does not end on a whole day.
func (l *length) halfDay() bool {
	_, seconds := l.months()
	return int(seconds)%(24*60*60) != 0
}

// partOf places 年初, 月底, 上旬 and their like.
func (r *resolver) partOf(st *step, c choice, s *span, have bool) {
	unit := st.unit
	from := r.base(s, have, unit, c)
	if have && s.grain == unit {
		from = s.from
	}
	whole := unitAt(from, unit, 0)
	if have && s.lunar != 0 {
		whole = *s
		s.lunar = 0
	}
	at := func(lo, hi int) { // hi is 0 for the end
		step := Day
		switch unit {
		case Year, Quarter:
			step = Month
		case Decade, Century:
			step = Year
		}
		s.from, s.to = move(whole.from, step, lo), whole.to
		if hi > 0 {
			s.to = move(whole.from, step, hi)
		}
	}
	s.grain = st.levelOf()
	switch unit {
	case Month:
		days := [...][2]int{1: {0, 5}, 2: {10, 20}, 3: {24, 0}, 11: {0, 10}, 12: {10, 20}, 13: {20, 0}, 14: {10, 0}, 15: {0, 20}, 21: {0, 15}, 22: {15, 0}}
		at(days[st.n][0], days[st.n][1])
	case Year:
		months := [...][2]int{1: {0, 2}, 2: {5, 7}, 3: {10, 0}, 21: {0, 6}, 22: {6, 0}}
		at(months[st.n][0], months[st.n][1])
	case Quarter:
		at(int(st.n)-1, int(st.n))
	case Decade:
		years := [...][2]int{1: {0, 3}, 2: {3, 7}, 3: {7, 0}}
		at(years[st.n][0], years[st.n][1])
	case Century:
		years := [...][2]int{1: {0, 20}, 2: {40, 60}, 3: {80, 0}}
		at(years[st.n][0], years[st.n][1])
	}
}
