package when

import (
	"time"
)

// resolve places the meaning in time.
func (m *meaning) resolve(ref time.Time, opt *Options) (Match, bool) {
	policy := &opt.Policy
	m.resolved.r = resolver{ref: ref, policy: policy, schedule: opt.Schedule}
	r := &m.resolved.r
	out := Match{Mod: m.mod, meaning: m}
	var ok bool
	switch m.form {
	case formPoint:
		var s span
		prefer := policy.Prefer
		if m.since {
			prefer = Behind
		}
		if s, m.resolved.c, ok = r.pick(&m.a, prefer); !ok {
			return out, false
		}
		if m.mod == Exactly && (m.a.about || m.a.shift.approx) {
			out.Mod = About
		}
		out.point(s)
		if last := m.a.last(); last.op == opShift && last.m != 0 && policy.Distance == UnitOf && m.a.shift.grain() != Week && !m.a.shift.vague() {
			out.Mod = Since // 半年之后, not 半年后
			if last.n < 0 {
				out.Mod = Until
			}
		}
	case formRange:
		var a span
		prefer := policy.Prefer
		if !m.a.hasDate() && m.b.hasDate() && m.a.hasClock() { // 两点到明天四点 begins today
			prefer = Current
		}
		if b := m.b.steps[0]; b.op == opNow || b.op == opRel && b.unit == Day && b.n <= 0 && b.m == 0 { // 一月一号到今天
			prefer = Behind
		}
		if a, m.resolved.c, ok = r.pick(&m.a, prefer); ok {
			ok = r.between(m, &out, a, m.resolved.c)
		}
	case formStretch:
		ok = r.stretch(m, &out)
	case formLength:
		months, seconds := m.size.months()
		out.Kind, out.Grain, ok = Duration, m.size.grain(), true
		out.Months, out.Duration = months, time.Duration(seconds)*time.Second
		if m.size.workdays {
			out.Workdays = int(m.size.items[0].n)
		}
		top := m.top
		if top.n == 0 && m.size.n == 1 && m.size.pair { // 两三天
			top.add(m.size.top, m.size.items[0].unit)
		}
		if top.n > 0 {
			months, seconds = top.months()
			out.MostMonths, out.Most = months, time.Duration(seconds)*time.Second
		}
	case formRepeat:
		ok = r.repeat(m, &out)
	}
	return out, ok && !outOfRange(out.Time.Add(48*time.Hour))
}

// point sets the match to s.
func (m *Match) point(s span) {
	m.Kind, m.Grain, m.Time = Interval, s.grain, s.from
	if s.instant() {
		m.Kind = Instant
	} else {
		m.EndTime = s.to
	}
}

// stretch places an amount of time on one side of now.
func (r *resolver) stretch(m *meaning, out *Match) bool {
	unit := m.size.grain()
	out.Kind, out.Grain = Interval, unit
	dir := m.dir
	if m.word == recentWord && r.policy.Recent == RecentFuture {
		dir = 1
	}
	count, named := m.size.count(), m.word == namedWord
	switch {
	case named && dir < 0 && count == 2 && r.policy.PairMeansFew:
		out.Time, out.EndTime = r.fewAgo(unit)
	case count > 0 && r.wholeUnits(unit, named):
		out.Time, out.EndTime = r.unitsBeside(unit, count, dir)
	case dir < 0:
		out.Time, out.EndTime = r.back(m, unit)
	default:
		out.Time, out.EndTime = r.onward(m, unit, named)
		if r.policy.Stretch == ByCalendar && unit == Week {
			out.Grain = Day
		}
	}
	return !outOfRange(out.Time) && !outOfRange(out.EndTime)
}

// Words of a stretch, see words.txt.
const (
	namedWord  = 1 // 上两周, 前三天
	recentWord = 2 // 最近三天
)

// count returns the number of units, or 0 if the length is not a whole number of one unit.
func (l *length) count() int {
	if n := l.items[0].n; l.n == 1 && n == float64(int(n)) {
		return int(n)
	}
	return 0
}

// wholeUnits reports whether a stretch of the unit goes by the calendar.
func (r *resolver) wholeUnits(unit Grain, named bool) bool {
	switch r.policy.Stretch {
	case AfterCurrent:
		return true
	case ByCalendar:
		return unit != Week || named
	case FromToday:
		return named && unit >= Week
	}
	return false
}

// unitsBeside returns the units before the current one, or from it on.
func (r *resolver) unitsBeside(unit Grain, count int, dir int8) (from, to time.Time) {
	now := floor(r.ref, unit)
	if dir < 0 {
		return move(now, unit, -count), now
	}
	if r.policy.Stretch != ByCalendar {
		now = move(now, unit, 1)
	}
	return now, move(now, unit, count)
}

// fewAgo returns where 前两天 lies if that means a few days ago.
func (r *resolver) fewAgo(unit Grain) (from, to time.Time) {
	far := 5
	switch unit {
	case Second, Minute:
		far = 9
	case Hour:
		far = 6
	case Day:
		far = 7
	}
	now := floor(r.ref, unit)
	return move(now, unit, -far), move(now, unit, -1)
}

// startOf returns now for a stretch of hours, and the beginning of today for one of days.
func (r *resolver) startOf(m *meaning, unit Grain) time.Time {
	if unit < Day || unit < Week && m.size.halfDay() {
		return r.ref
	}
	return dayOf(r.ref)
}

// back returns the stretch behind now.
func (r *resolver) back(m *meaning, unit Grain) (from, to time.Time) {
	to = r.startOf(m, unit)
	from = m.size.from(to, -1)
	switch {
	case m.since && unit >= Month && r.policy.Distance == UnitOf: // 三年以来
		if _, whole := m.size.wholeYears(); !whole && unit == Year {
			unit = Month
		}
		from, to = floor(from, unit), unitAt(to, unit, 0).to
	case m.since:
		to = to.AddDate(0, 0, 1)
	case m.word == recentWord && unit >= Day && r.policy.Stretch == FromToday:
		to = to.AddDate(0, 0, 1)
		from = m.size.from(to, -1)
	}
	return from, to
}

// onward returns the stretch ahead.
func (r *resolver) onward(m *meaning, unit Grain, named bool) (from, to time.Time) {
	from = r.startOf(m, unit)
	if unit >= Day && (named && r.policy.Stretch == FromToday || !m.inside && r.policy.Stretch == FromNow) {
		from = from.AddDate(0, 0, 1)
	}
	to = m.size.from(from, 1)
	if m.inside && unit >= Day && r.policy.End == ThroughMinute {
		to = to.AddDate(0, 0, 1)
	}
	return from, to
}
