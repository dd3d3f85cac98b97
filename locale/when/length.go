package when

import (
	"math"
	"time"
)

// length is a stretch of time without a place: months and days vary, so they are kept apart.
type length struct {
	months, days int
	clock        time.Duration
	grain        Grain
}

// Bounds that keep calendar arithmetic and time.Duration in range.
const (
	maxDays   = 100_000
	maxMonths = 100_000
)

func (l length) add(t time.Time, sign int) time.Time {
	if l.months != 0 {
		t = addMonths(t, sign*l.months)
	}
	return t.AddDate(0, 0, sign*l.days).Add(time.Duration(sign) * l.clock)
}

// addMonths is AddDate for months, but ends at the last day of a shorter month.
func addMonths(t time.Time, n int) time.Time {
	first := time.Date(t.Year(), t.Month()+time.Month(n), 1, t.Hour(), t.Minute(), t.Second(), t.Nanosecond(), t.Location())
	return first.AddDate(0, 0, min(t.Day(), daysIn(first.Year(), first.Month()))-1)
}

func daysIn(year int, month time.Month) int {
	return time.Date(year, month+1, 0, 0, 0, 0, 0, time.UTC).Day()
}

// rangeOK reports whether every part is within its bound.
func (l length) rangeOK() bool {
	return l.months <= maxMonths && l.days <= maxDays && l.clock <= maxDays*24*time.Hour
}

// length reads one length: 十分钟, 一个半小时, 两年零三个月, 1小时30分.
func (p *parser) length(i int) (l length, end int, ok bool) {
	if p.at(i-1) == '第' || isArabic(p.at(i-1)) && isArabic(p.at(i)) {
		return l, i, false
	}
	end = i
	for last := unitYear + 1; ; {
		j := end
		if ok {
			j = p.spaces(p.literal(j, "零", "又"))
		}
		part, unit, k, found := p.lengthPart(j, last)
		if !found || unit >= last {
			return l, end, ok
		}
		l.months, l.days, l.clock, l.grain = l.months+part.months, l.days+part.days, l.clock+part.clock, part.grain
		if !l.rangeOK() {
			return l, i, false
		}
		last, end, ok = unit, k, true
	}
}

// lengthPart reads one number with its unit. Behind hours, 分 needs no 钟.
func (p *parser) lengthPart(i, last int) (l length, unit, end int, ok bool) {
	value, j, half := 0.5, i+1, true
	if p.at(i) != '半' {
		n, k, ok := p.amount(i)
		if !ok {
			return l, 0, i, false
		}
		value, j, half = n.Float64(), k, false
	}
	j = p.spaces(j)
	counted := p.at(j) == '个'
	if counted {
		j = p.literal(j+1, "多")
		if p.at(j) == '半' {
			value, j = value+0.5, j+1
		}
	}
	e, k, ok := p.word(j, unitWord)
	switch {
	case !ok || p.literal(k, afterUnit...) > k && e.n >= unitDay:
		return l, 0, i, false
	case e.n == unitMonth || e.n == unitQuarter:
		ok = counted
	case e.n == unitDay && half: // 半天 is vague
		ok = false
	case e.n == unitDay && e.word[0] == '日':
		_, _, later := p.word(k, laterWord)
		ok = later || p.at(i) == '两'
	case e.n == unitHour && string(e.word) == "钟":
		ok = counted
	case e.n == unitMinute && string(e.word) == "分":
		ok = last == unitHour || p.literal(k, "半钟") > k || p.secondsFollow(k)
	case e.word[0] < 0x80: // 90s, 5min
		ok = isArabic(p.at(j-1)) && (p.at(k) < 'a' || 'z' < p.at(k))
	}
	if !ok {
		return l, 0, i, false
	}
	if !half && p.at(k) == '半' && p.literal(k, "半夜", "半年", "半个", "半小时") == k { // 两小时半, 一分半钟
		value, k = value+0.5, p.literal(k+1, "钟")
	}
	l, ok = lengthOf(value, e.n)
	return l, e.n, k, ok
}

func (p *parser) secondsFollow(i int) bool {
	_, k, ok := p.amount(i)
	return ok && p.at(k) == '秒'
}

// lengthOf returns value units; a fraction of a month counts 30 days.
func lengthOf(value float64, unit int) (length, bool) {
	if !(value >= 0 && value <= maxDays*24*60*60) {
		return length{}, false
	}
	clock := func(d time.Duration, g Grain) (length, bool) {
		if value*float64(d) > math.MaxInt64/2 {
			return length{}, false
		}
		return length{clock: time.Duration(math.Round(value * float64(d))), grain: g}, true
	}
	whole, fraction := math.Modf(value)
	switch unit {
	case unitSecond:
		return clock(time.Second, Second)
	case unitMinute:
		return clock(time.Minute, Minute)
	case unitQuarterHour:
		return clock(15*time.Minute, Minute)
	case unitHour:
		return clock(time.Hour, Hour)
	case unitDay, unitWeek:
		g, days := Day, value
		if unit == unitWeek {
			g, days = Week, value*7
		}
		whole, fraction = math.Modf(days)
		return length{days: int(whole), clock: time.Duration(math.Round(fraction * float64(24*time.Hour))), grain: g}, true
	case unitMonth:
		return length{months: int(whole), days: int(math.Round(fraction * 30)), grain: Month}, true
	case unitQuarter:
		return length{months: int(math.Round(value * 3)), grain: Quarter}, true
	}
	return length{months: int(math.Round(value * 12)), grain: Year}, true
}

// duration reads a length that stands for itself.
func (p *parser) duration(i int) (m Match, end int, ok bool) {
	l, end, ok := p.length(i)
	if !ok || p.at(i) == '一' && end == i+2 && p.precededBy(i, beforeLength) { // 有一天: some day
		return m, end, false
	}
	return Match{Kind: Duration, Grain: l.grain, Months: l.months, Duration: time.Duration(l.days)*24*time.Hour + l.clock}, end, true
}

// period reads a stretch before or behind now: 未来三天, 过去两小时, 三年内.
func (p *parser) period(i int) (m Match, end int, ok bool) {
	if e, j, found := p.word(i, rangeWord); found && (j > i+1 || p.at(i) == '近' || p.opensPhrase(i)) {
		l, k, ok := p.length(p.literal(j, "的"))
		if !ok {
			return m, i, false
		}
		k = p.literal(k, "之内", "以内", "内", "里")
		return p.stretch(l, e.n), k, true
	}
	l, j, ok := p.length(i)
	if !ok {
		return m, i, false
	}
	if e, k, found := p.word(j, laterWord); found && e.n == 0 {
		return p.stretch(l, 1), k, true
	}
	return m, i, false
}

// opensPhrase reports whether 前, 后, 上, 下 at i is a word of its own, unlike in 提前十分钟.
func (p *parser) opensPhrase(i int) bool {
	return p.closes(i-1) || p.literal(i-1, "的", "在", "了", "我", "把", "查", "看") == i
}

// stretch returns the interval of length l that begins (sign 1) or ends (-1) now, or today if l is in days.
func (p *parser) stretch(l length, sign int) Match {
	from := p.ref
	if l.clock == 0 {
		from = p.today
	}
	to := l.add(from, sign)
	if sign < 0 {
		from, to = to, from
	}
	return Match{Kind: Interval, Grain: l.grain, Time: from, EndTime: to}
}
