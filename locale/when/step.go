package when

// op is how a step narrows the stretch of time before it. The first step narrows all time.
type op uint8

const (
	opYear          op = iota // the year n
	opShortYear               // the year n of two digits
	opRoundYear               // the year n of a round of m: 甲午年 is 30 of 60, 龙年 4 of 12, counted from 0
	opDecade                  // the years from n of the century
	opCentury                 // the nth century
	opRel                     // n units on from the one that holds now, or what is before
	opCycle                   // the nth unit in what comes round: month 3, day 15, hour 8
	opWeekday                 // the weekday n, Monday is 0; m is the kind of reference
	opNth                     // the nth unit, from the end if negative
	opNthWeekday              // the nth weekday m
	opFirst                   // the first n units, the last if negative
	opPart                    // the part n of a month or year
	opSeason                  // the season n
	opDayPart                 // the part n of the day
	opFestival                // the festival n
	opTerm                    // the solar term n
	opLunarMonth              // the lunar month n, leap if m is 1
	opLunarDay                // its day n
	opNow                     // this moment, on the day before it
	opShift                   // the length of the expression, n is its sign
	opAround                  // the stretch of that length before or after
	opHolidays                // the days off of the festival before it
	opWorkday                 // the nth working day
	opWeekdayBeside           // the nth weekday m after the day before it, or before that if negative
	opSameDay                 // the day n days from now, in the year or month before it
)

// References of a weekday.
const (
	plainWeekday = iota
	thisWeekday
	nextWeekday
	lastWeekday
)

// Flags of an hour.
const (
	openHour = 1 << iota // may be meant twelve hours later
)

// step narrows a stretch of time.
type step struct {
	op   op
	unit Grain
	n, m int16
}

const maxSteps = 12

// expr is a time as it was said, before it is placed in time: steps from the largest to the smallest.
type expr struct {
	steps [maxSteps]step
	n     int
	level Grain // of the last step; more than Century if there is none
	shift length
	about bool
}

const open = Century + 1

func newExpr() expr { return expr{level: open} }

func (e *expr) empty() bool { return e.n == 0 }

// add appends a step, which leaves the expression at the level. It reports false if there is no room.
func (e *expr) add(level Grain, s step) bool {
	if e.n == maxSteps {
		return false
	}
	e.steps[e.n] = s
	e.n++
	e.level = level
	return true
}

func (e *expr) last() *step { return &e.steps[e.n-1] }

// hasClock reports whether the expression has an hour or a part of the day.
func (e *expr) hasClock() bool { return !e.empty() && e.level < Day }

// isClock reports whether it is a time of day and nothing else.
func (e *expr) isClock() bool {
	return !e.hasDate() && !e.empty() && e.steps[0].op != opNow && e.shift.n == 0
}

// hasDate reports whether it begins with a day or something longer.
func (e *expr) hasDate() bool { return !e.empty() && e.steps[0].levelOf() >= Day }

// levelOf returns the grain of what the step leaves.
func (s step) levelOf() Grain {
	switch s.op {
	case opYear, opShortYear, opRoundYear:
		return Year
	case opDecade:
		return Decade
	case opCentury:
		return Century
	case opWeekday, opNthWeekday, opFestival, opTerm, opLunarDay, opWorkday, opHolidays, opSameDay, opWeekdayBeside:
		return Day
	case opLunarMonth:
		return Month
	case opSeason:
		return Quarter
	case opPart:
		switch {
		case s.n > 20 && s.unit == Year:
			return HalfYear
		case s.unit == Year:
			return Quarter
		case s.unit > Year:
			return Decade
		case s.unit == Quarter:
			return Month
		}
		return Week
	case opDayPart:
		return PartOfDay
	case opNow:
		return Second
	}
	return s.unit
}

// item is a part of a length: n units.
type item struct {
	n    float64
	unit Grain
}

// length is a stretch of time without a place: 一个半小时, 三年零五个月.
type length struct {
	items    [4]item
	n        int
	top      float64 // of the last item, if it is approximate
	approx   bool
	pair     bool // top was named: 两三天
	workdays bool
	digits   int // of a first number written as digits
}

func (l *length) add(n float64, unit Grain) bool {
	if l.n == len(l.items) {
		return false
	}
	l.items[l.n] = item{n, unit}
	l.n++
	return true
}

// grain returns the finest unit that was said.
func (l *length) grain() Grain { return l.items[max(l.n, 1)-1].unit }

// longer reports whether l is longer than other, counting 30 days to a month.
func (l *length) longer(other *length) bool {
	const month = 30 * 24 * 60 * 60
	a, s := l.months()
	b, t := other.months()
	return float64(a)*month+s > float64(b)*month+t
}

// vague reports whether the upper end of the length is as good as named: 两三年, 几十年, but not 三十多年.
func (l *length) vague() bool { return l.pair || l.approx && l.n == 1 && l.top > 2*l.items[0].n }

// months returns the whole months in the length, and the seconds of the rest; half a month counts 15 days and
// half a week three and a half.
func (l *length) months() (months int, seconds float64) {
	const day = 24 * 60 * 60
	for _, it := range l.items[:l.n] {
		per := 0.0
		switch it.unit {
		case Second:
			seconds += it.n
		case Minute:
			seconds += it.n * 60
		case Hour:
			seconds += it.n * 3600
		case Day, PartOfDay:
			seconds += it.n * day
		case Week:
			seconds += it.n * 7 * day
		case Month:
			per = 1
		case Quarter:
			per = 3
		case HalfYear:
			per = 6
		case Year:
			per = 12
		case Decade:
			per = 120
		case Century:
			per = 1200
		}
		whole := int(it.n*per + 1e-9)
		months += whole
		seconds += (it.n*per - float64(whole)) * 30 * day
	}
	return months, float64(int64(seconds + 0.5))
}

// longestLength bounds lengths, in months and in seconds: ten thousand years.
const (
	longestMonths  = 12 * 10000
	longestSeconds = 290 * 366 * 24 * 3600
)

// sensible reports whether the length is positive and fits a time.Duration.
func (l *length) sensible() bool {
	if l.n == 0 {
		return false
	}
	for _, it := range l.items[:l.n] {
		if it.n > 1e10 {
			return false
		}
	}
	months, seconds := l.months()
	return (months > 0 || seconds > 0) && months <= longestMonths && seconds <= longestSeconds
}
