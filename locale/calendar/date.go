package calendar

import (
	"errors"
	"fmt"
	"strconv"
	"sync"
	"time"
)

// A Date is a day of the Gregorian calendar, without a time and without a place. It is four bytes, and two dates are
// the same day if they are ==. The zero value is 1 January of the year 1, as it is of time.Time.
type Date struct {
	day int32 // since 1 January of the year 1
}

// ErrRange is the error for what lies outside the tables. The text of an error that wraps it names the range.
var ErrRange = errors.New("calendar: out of range")

var beijing = sync.OnceValue(func() *time.Location { return time.FixedZone("Asia/Shanghai", beijingOffset) })

const (
	beijingOffset = 8 * 60 * 60
	unixEpoch     = 719162 // 1970-01-01, as in Date
)

// Beijing returns the time zone of the times in this package: eight hours ahead of UTC, always. The summer times of
// 1940–1949 and 1986–1991 are not kept, and no time zone database is needed.
func Beijing() *time.Location { return beijing() }

// NewDate returns the day. Like time.Date it takes values beyond their range for the days that they count to:
// 0 March is the last of February. Years from -9999 to 9999 are good.
func NewDate(year int, month time.Month, day int) Date {
	months := int(month) - 1
	year += floorDiv(months, 12)
	months -= 12 * floorDiv(months, 12)
	// The year begins in March, so that the leap day is its last.
	months -= 2
	if months < 0 {
		months += 12
		year--
	}
	century := floorDiv(year, 100)
	days := 365*year + floorDiv(year, 4) - century + floorDiv(century, 4) + (153*months+2)/5 + day
	return Date{int32(days - 307)}
}

// DateOf returns the day that it is in Beijing at t.
func DateOf(t time.Time) Date {
	return Date{int32(floorDiv(t.Unix()+beijingOffset, 24*60*60) + unixEpoch)}
}

// ParseDate reads a date such as 2026-10-01.
func ParseDate(s string) (Date, error) {
	d, ok := parseISO(s)
	if !ok {
		return Date{}, fmt.Errorf("calendar: %q is not a date such as 2026-10-01", s)
	}
	return d, nil
}

func parseISO(s string) (Date, bool) {
	if len(s) != len("2006-01-02") || s[4] != '-' || s[7] != '-' {
		return Date{}, false
	}
	year, ok1 := digits(s[:4])
	month, ok2 := digits(s[5:7])
	day, ok3 := digits(s[8:])
	if !ok1 || !ok2 || !ok3 {
		return Date{}, false
	}
	return civil(year, month, day)
}

// civil returns the date unless there is no such day.
func civil(year, month, day int) (Date, bool) {
	d := NewDate(year, time.Month(month), day)
	y, m, dd := d.Civil()
	return d, y == year && int(m) == month && dd == day
}

// digits reads a decimal number without a sign.
func digits(s string) (n int, ok bool) {
	if len(s) == 0 || len(s) > 4 {
		return 0, false
	}
	for _, c := range []byte(s) {
		if c < '0' || '9' < c {
			return 0, false
		}
		n = 10*n + int(c-'0')
	}
	return n, true
}

// Civil returns the year, the month and the day of the month.
func (d Date) Civil() (year int, month time.Month, day int) {
	days := int(d.day) + 306 // since 1 March of the year 0
	era := floorDiv(days, 146097)
	days -= era * 146097
	year = (days - days/1460 + days/36524 - days/146096) / 365
	days -= 365*year + year/4 - year/100
	months := (5*days + 2) / 153
	day = days - (153*months+2)/5 + 1
	year += 400 * era
	if months += 3; months > 12 {
		months -= 12
		year++
	}
	return year, time.Month(months), day
}

// Year returns the year.
func (d Date) Year() int {
	year, _, _ := d.Civil()
	return year
}

// Weekday returns the day of the week.
func (d Date) Weekday() time.Weekday { return time.Weekday(floorMod(int(d.day)+1, 7)) }

// AddDays returns the day n days later, or earlier if n is negative.
func (d Date) AddDays(n int) Date { return Date{d.day + int32(n)} }

// Sub returns the number of days from other to d.
func (d Date) Sub(other Date) int { return int(d.day) - int(other.day) }

// Before reports whether d is an earlier day than other.
func (d Date) Before(other Date) bool { return d.day < other.day }

// After reports whether d is a later day than other.
func (d Date) After(other Date) bool { return d.day > other.day }

// Compare returns -1, 0 or +1 as d is before, the same as or after other.
func (d Date) Compare(other Date) int {
	switch {
	case d.day < other.day:
		return -1
	case d.day > other.day:
		return +1
	}
	return 0
}

// Time returns the beginning of the day in Beijing.
func (d Date) Time() time.Time {
	year, month, day := d.Civil()
	return time.Date(year, month, day, 0, 0, 0, 0, Beijing())
}

// String returns the date in the form 2026-10-01.
func (d Date) String() string { return string(d.append(nil)) }

func (d Date) append(b []byte) []byte {
	year, month, day := d.Civil()
	if year < 0 {
		b = append(b, '-')
		year = -year
	}
	for limit := 1000; year < limit && limit > 1; limit /= 10 {
		b = append(b, '0')
	}
	b = strconv.AppendInt(b, int64(year), 10)
	return append(b, '-', byte('0'+month/10), byte('0'+month%10), '-', byte('0'+day/10), byte('0'+day%10))
}

// MarshalText returns the date in the form 2026-10-01.
func (d Date) MarshalText() ([]byte, error) { return d.append(nil), nil }

// UnmarshalText reads the form 2026-10-01.
func (d *Date) UnmarshalText(text []byte) error {
	parsed, err := ParseDate(string(text))
	if err == nil {
		*d = parsed
	}
	return err
}

func floorDiv[T int | int64](a, b T) T {
	q := a / b
	if a%b < 0 {
		q--
	}
	return q
}

func floorMod[T int | int64](a, b T) T { return a - b*floorDiv(a, b) }
