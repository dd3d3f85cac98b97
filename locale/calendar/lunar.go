package calendar

import (
	_ "embed"
	"fmt"
	"math/bits"
)

// The lunar years that are known.
const (
	FirstYear = 1901 // begins on 1901-02-19
	LastYear  = 2099 // ends on 2100-02-08
)

// A LunarDate is a day of the lunar calendar (农历). The year is counted as the Gregorian year in which it begins, so
// that 腊月 of 2026 is in January 2027. Month 1 is 正月, 11 is 冬月 and 12 is 腊月. Two dates are the same day if they
// are ==. The zero value is no day.
type LunarDate struct {
	Year, Month, Day int
	Leap             bool // the month is the second of its number, 闰月
}

// Three bytes for each year, the lowest first: thirteen bits that say which months have thirty days, four for the
// month that is repeated, and five for the days from 21 January to the first day of the year.
//
//go:embed years.bin
var years string

// A lunarYear is an entry of years.
type lunarYear uint32

func yearOf(year int) (lunarYear, error) {
	if year < FirstYear || year > LastYear {
		return 0, fmt.Errorf("%w: lunar year %d, known are %d to %d", ErrRange, year, FirstYear, LastYear)
	}
	return knownYear(year), nil
}

func knownYear(year int) lunarYear {
	entry := years[3*(year-FirstYear):][:3]
	return lunarYear(entry[0]) | lunarYear(entry[1])<<8 | lunarYear(entry[2])<<16
}

// first returns the first day of the lunar year.
func (y lunarYear) first(year int) int32 {
	last := year - 1
	return int32(365*last + last/4 - last/100 + last/400 + 20 + int(y>>17))
}

// leap returns the month that is repeated, or 0.
func (y lunarYear) leap() int { return int(y >> 13 & 15) }

// months returns the number of months.
func (y lunarYear) months() int {
	if y.leap() == 0 {
		return 12
	}
	return 13
}

// before returns the number of days before the nth month of the year, counting from 0.
func (y lunarYear) before(n int) int { return 29*n + bits.OnesCount32(uint32(y)&(1<<n-1)) }

// length returns the number of days of the nth month of the year, counting from 0.
func (y lunarYear) length(n int) int { return 29 + int(y>>n&1) }

// index returns the place of a month in the year, counting from 0.
func (y lunarYear) index(month int, leap bool) (n int, ok bool) {
	if month < 1 || month > 12 || leap && month != y.leap() {
		return 0, false
	}
	if leap || y.leap() != 0 && month > y.leap() {
		return month, true
	}
	return month - 1, true
}

// The first and the last day of the lunar years that are known, as in Date.
const (
	firstDay = 694009 // 1901-02-19
	lastDay  = 766682 // 2100-02-08
)

// Lunar returns the day in the lunar calendar. The error wraps ErrRange if the day is not from 1901-02-19 to
// 2100-02-08.
func (d Date) Lunar() (LunarDate, error) {
	if d.day < firstDay || d.day > lastDay {
		return LunarDate{}, fmt.Errorf("%w: %v, the lunar calendar is known from %v to %v", ErrRange, d, Date{firstDay}, Date{lastDay})
	}
	year := int(d.day)*400/146097 + 1 // the Gregorian year, or the next on its last day
	y := knownYear(min(year, LastYear))
	if year > LastYear || d.day < y.first(year) {
		year--
		y = knownYear(year)
		if d.day < y.first(year) {
			year--
			y = knownYear(year)
		}
	}
	offset := int(d.day - y.first(year))
	n := offset / 30
	if offset >= y.before(n+1) {
		n++
	}
	l := LunarDate{Year: year, Month: n + 1, Day: offset - y.before(n) + 1}
	if leap := y.leap(); leap != 0 && n >= leap {
		l.Month = n
		l.Leap = n == leap
	}
	return l, nil
}

// Date returns the day in the Gregorian calendar. There is an error if there is no such day, which wraps ErrRange if
// that is because of the year.
func (l LunarDate) Date() (Date, error) {
	y, err := yearOf(l.Year)
	if err != nil {
		return Date{}, err
	}
	n, err := y.find(l.Year, l.Month, l.Leap)
	if err != nil {
		return Date{}, err
	}
	if l.Day < 1 || l.Day > y.length(n) {
		return Date{}, fmt.Errorf("calendar: no day %d in %s of %d, which has %d days", l.Day, monthName(l.Month, l.Leap), l.Year, y.length(n))
	}
	return Date{y.first(l.Year) + int32(y.before(n)+l.Day-1)}, nil
}

// find returns the place of a month in the year or an error that says why there is none.
func (y lunarYear) find(year, month int, leap bool) (int, error) {
	n, ok := y.index(month, leap)
	switch {
	case ok:
		return n, nil
	case month < 1 || month > 12:
		return 0, fmt.Errorf("calendar: lunar month %d, want 1 to 12", month)
	case y.leap() == 0:
		return 0, fmt.Errorf("calendar: no %s in %d, which has no leap month", monthName(month, leap), year)
	}
	return 0, fmt.Errorf("calendar: no %s in %d, whose leap month is %s", monthName(month, leap), year, monthName(y.leap(), true))
}

// LeapMonth returns the month that is repeated in the lunar year, or 0 if there is none. The error wraps ErrRange if
// the year is not known.
func LeapMonth(year int) (int, error) {
	y, err := yearOf(year)
	return y.leap(), err
}

// MonthDays returns the number of days of a month, 29 (小月) or 30 (大月). There is an error if there is no such month.
func MonthDays(year, month int, leap bool) (int, error) {
	y, err := yearOf(year)
	if err != nil {
		return 0, err
	}
	n, err := y.find(year, month, leap)
	if err != nil {
		return 0, err
	}
	return y.length(n), nil
}

// YearDays returns the number of days of the lunar year, from 353 to 385. The error wraps ErrRange if the year is not
// known.
func YearDays(year int) (int, error) {
	y, err := yearOf(year)
	if err != nil {
		return 0, err
	}
	return y.before(y.months()), nil
}

// Anniversary returns the day in another lunar year on which one keeps the anniversary of l, such as a birthday: a
// leap month is kept in the month of its number if the year does not repeat it, and the thirtieth on the last day of
// a month of twenty-nine. There is an error as there is of Date.
func (l LunarDate) Anniversary(year int) (Date, error) {
	y, err := yearOf(year)
	if err != nil {
		return Date{}, err
	}
	l.Year = year
	l.Leap = l.Leap && l.Month == y.leap()
	if n, ok := y.index(l.Month, l.Leap); ok && l.Day == 30 {
		l.Day = y.length(n)
	}
	return l.Date()
}
