package when

import "time"

// between places a range that begins with a.
func (r *resolver) between(m *meaning, out *Match, a span, c choice) bool {
	b, ok := r.endOf(&m.a, &m.b, &a, c)
	if !ok {
		return false
	}
	out.Kind, out.Grain, out.Time = Interval, min(a.grain, b.grain), a.from
	out.EndTime = r.rangeEnd(&b)
	if r.policy.SinceEndsNow && b.grain == Day && m.b.steps[0] == (step{op: opRel, unit: Day}) && a.from.Before(r.ref) {
		out.EndTime = r.ref.Add(time.Second)
	}
	return out.EndTime.After(out.Time)
}

// rangeEnd returns where a range that b ends is over.
func (r *resolver) rangeEnd(b *span) time.Time {
	if !b.instant() {
		if r.policy.End == DaysAtEnd {
			return b.from
		}
		return b.to
	}
	switch r.policy.End {
	case ThroughMinute:
		if b.grain == Minute {
			return b.from.Add(time.Minute)
		}
		return b.from.Add(time.Second)
	case ThroughGrain:
		return move(b.from, b.grain, 1)
	}
	return b.from
}

// endOf places the end of a range that begins with a. What b leaves unsaid it takes from a: first with the part of the
// day (下午三点到五点), then without it (晚上十点到六点).
func (r *resolver) endOf(ea, eb *expr, a *span, c choice) (b span, ok bool) {
	if !eb.steps[0].inherits() {
		return r.ownEnd(eb, a)
	}
	for _, withPart := range [...]bool{true, false} {
		full, inherited := endExpr(ea, eb, withPart)
		if b, ok = r.endAfter(ea, &full, inherited, a, c); ok {
			return b, true
		}
		if !withPart || !ea.hasPart() {
			return r.endInNextRound(&full, eb.steps[0], a, c)
		}
	}
	return b, false
}

// inherits reports whether a range that ends with an expression that begins with the step takes over what is larger from
// its beginning.
func (s step) inherits() bool {
	switch s.op {
	case opYear, opShortYear, opRoundYear, opCentury, opNow, opShift, opAround, opHolidays, opWorkday:
		return false
	case opWeekday:
		return s.m == plainWeekday
	case opRel:
		return s.m == 1 // 次日
	}
	return true
}

// ownEnd places an end that says all by itself.
func (r *resolver) ownEnd(e *expr, a *span) (b span, ok bool) {
	b, _, ok = r.pick(e, r.policy.Prefer)
	if ok && e.openHour() && !b.from.After(a.from) {
		if late, lateOK := r.span(e, choice{late: true}); lateOK {
			b = late
		}
	}
	return b, ok && (b.to.After(a.from) || b.from.After(a.from))
}

// endExpr returns b with the steps of a that are larger than what b begins with, and the number of these.
func endExpr(a, b *expr, withPart bool) (full expr, inherited int) {
	full = newExpr()
	first := b.steps[0]
	for _, s := range a.steps[:a.n] {
		larger := s.levelOf() > first.levelOf()
		if first.op == opRel {
			larger = s.levelOf() >= Day
		}
		if larger && (withPart || s.op != opDayPart) {
			full.add(s.levelOf(), s)
		}
	}
	inherited = full.n
	for _, s := range b.steps[:b.n] {
		if s.op == opWeekday && a.steps[0].op == opWeekday {
			s.m = a.steps[0].m // 下周一到周五
		}
		full.add(s.levelOf(), s)
	}
	if full.shift = b.shift; b.shift.n == 0 {
		full.shift = a.shift
	}
	return full, inherited
}

// endAfter places the end in the round of a, or if it takes over nothing from a in one of the next, so that it is after a.
func (r *resolver) endAfter(ea, full *expr, inherited int, a *span, c choice) (b span, ok bool) {
	start, rounds := c.round, 1
	if inherited == 0 {
		rounds = 3
		if _, ok := ea.round(); !ok {
			start = -1
		}
	}
	for round := start; round < start+rounds; round++ {
		for _, late := range [...]bool{c.late, !c.late} {
			if late != c.late && inherited == 0 && !full.openHour() {
				continue
			}
			b, ok = r.span(full, choice{round: round, late: late})
			if !ok || !b.to.After(a.from) || !b.from.After(a.from) && !b.to.After(a.to) {
				continue
			}
			if late && !c.late && full.openHour() && r.policy.Hours == AsSaid && b.from.Sub(a.from) > 12*time.Hour {
				continue
			}
			return b, true
		}
	}
	return b, false
}

// endInNextRound places the end one round of its first step on: 晚上十点到六点, 周五到周一.
func (r *resolver) endInNextRound(full *expr, first step, a *span, c choice) (b span, ok bool) {
	if b, ok = r.span(full, choice{round: c.round}); !ok {
		return b, false
	}
	unit := Day
	switch level := first.levelOf(); {
	case first.op == opWeekday:
		unit = Week
	case level == Day:
		unit = Month
	case level > Day:
		unit = Year
	}
	b.from, b.to = move(b.from, unit, 1), move(b.to, unit, 1)
	return b, b.to.After(a.from)
}

func (e *expr) hasPart() bool {
	for _, s := range e.steps[:e.n] {
		if s.op == opDayPart {
			return true
		}
	}
	return false
}
