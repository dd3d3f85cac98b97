package calendar

import (
	_ "embed"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"
)

// A Schedule knows the days off and the working days of the years whose notices it has: those of the State Council of
// China on the holidays of a year (国务院办公厅关于部分节假日安排的通知), issued in autumn of the year before. The zero
// value knows none. A Schedule does not change and may be used concurrently.
//
// Where it has no notice it does not guess: the error wraps [ErrNoNotice]. A notice speaks of a year, but the holiday
// of 1 January may reach into the last days of December, and those are settled only by the notice of the next year.
type Schedule struct {
	years    []int     // of the notices, ascending
	holidays []Holiday // ascending by First
	days     []special // ascending
	assume   bool
}

// A special day is one on which a notice says something.
type special struct {
	date    Date
	holiday int32 // its place among the holidays
	work    bool
}

// A Holiday is a run of days off that a notice gives for one holiday, or for two that meet.
type Holiday struct {
	Name        string // as in 国庆节, or 国庆节、中秋节
	Year        int    // of the notice
	First, Last Date
	Work        []Date // the days of the weekend on which one works for it (调休上班), ascending; not to be changed
}

// Days returns the number of days off.
func (h Holiday) Days() int { return h.Last.Sub(h.First) + 1 }

// ErrNoNotice is the error for years whose notice a Schedule does not have.
var ErrNoNotice = errors.New("calendar: no notice of holidays")

// A Kind is the reason why one works on a day or does not.
type Kind uint8

// The kinds of days.
const (
	Workday Kind = iota // 工作日: from Monday to Friday
	MakeUp              // 调休上班: a day of the weekend on which one works for a holiday
	Weekend             // 周末: Saturday and Sunday
	DayOff              // 放假: a day of a holiday
)

// Works reports whether one works on days of the kind.
func (k Kind) Works() bool { return k == Workday || k == MakeUp }

// String returns the Chinese name of the kind, as in 调休上班.
func (k Kind) String() string {
	return [...]string{"工作日", "调休上班", "周末", "放假"}[min(k, DayOff)]
}

// A Day says whether one works on a day, and why.
type Day struct {
	Date    Date
	Kind    Kind
	Holiday Holiday // that is kept or worked for; zero if there is none
	Assumed bool    // there is no notice, and only the weekday speaks; see [Schedule.Assume]
}

// Works reports whether one works.
func (d Day) Works() bool { return d.Kind.Works() }

// String says it in Chinese: 2026-10-10 调休上班（国庆节）.
func (d Day) String() string {
	s := d.Date.String() + " " + d.Kind.String()
	switch {
	case d.Holiday.Name != "":
		s += "（" + d.Holiday.Name + "）"
	case d.Assumed:
		s += "（未见放假通知）"
	}
	return s
}

//go:embed holidays.txt
var holidayTable string

// The table is part of the program, and a test reads it.
var official = sync.OnceValue(func() *Schedule {
	s, _ := new(Schedule).Load(strings.NewReader(holidayTable))
	return s
})

// Official returns the schedule of the notices that are part of this package, those for 2004 to 2026, as they were
// amended: the Spring Festival of 2020 ends on 2 February. Later years are added with [Schedule.Load].
func Official() *Schedule { return official() }

// Assume returns a schedule that goes by the weekday alone in years without a notice, instead of giving an error.
func (s *Schedule) Assume() *Schedule {
	assuming := *s
	assuming.assume = true
	return &assuming
}

// Years returns the years whose notices the schedule has, ascending.
func (s *Schedule) Years() []int { return slices.Clone(s.years) }

func (s *Schedule) knows(year int) bool {
	_, ok := slices.BinarySearch(s.years, year)
	return ok
}

func (s *Schedule) noNotice(year int) error {
	switch n := len(s.years); {
	case n == 0:
		return fmt.Errorf("%w for %d: none is loaded", ErrNoNotice, year)
	case year < s.years[0]:
		return fmt.Errorf("%w for %d: the first that is loaded is for %d", ErrNoNotice, year, s.years[0])
	default:
		return fmt.Errorf("%w for %d: the last that is loaded is for %d", ErrNoNotice, year, s.years[n-1])
	}
}

// Day returns what is known of a day.
func (s *Schedule) Day(d Date) (Day, error) {
	kind, i, err := s.kind(d)
	if err != nil {
		return Day{}, err
	}
	day := Day{Date: d, Kind: kind}
	if i >= 0 {
		day.Holiday = s.holidays[i]
	} else {
		day.Assumed = !s.knows(d.Year())
	}
	return day, nil
}

// IsWorkday reports whether one works on the day.
func (s *Schedule) IsWorkday(d Date) (bool, error) {
	kind, _, err := s.kind(d)
	return err == nil && kind.Works(), err
}

// kind returns the kind of a day and the place of its holiday, or -1.
func (s *Schedule) kind(d Date) (Kind, int, error) {
	i, ok := slices.BinarySearchFunc(s.days, d, func(s special, d Date) int { return s.date.Compare(d) })
	switch w := d.Weekday(); {
	case ok && s.days[i].work:
		return MakeUp, int(s.days[i].holiday), nil
	case ok:
		return DayOff, int(s.days[i].holiday), nil
	case !s.assume && !s.knows(d.Year()):
		return 0, -1, s.noNotice(d.Year())
	case w == time.Saturday || w == time.Sunday:
		return Weekend, -1, nil
	}
	return Workday, -1, nil
}

// NextWorkday returns the first working day after d.
func (s *Schedule) NextWorkday(d Date) (Date, error) { return s.AddWorkdays(d, 1) }

// AddWorkdays returns the nth working day after d, or before d if n is negative; d itself is never counted and n of 0
// returns d, whether one works on it or not. The time it takes is linear in n. There is an error if the way leads into a
// year without a notice.
func (s *Schedule) AddWorkdays(d Date, n int) (Date, error) {
	const limit = 100_000 // more than two hundred years have
	step := 1
	if n < 0 {
		step, n = -1, -n
	}
	if n < 0 || n > limit {
		return Date{}, fmt.Errorf("calendar: more than %d working days from %v", limit, d)
	}
	for n > 0 {
		d = d.AddDays(step)
		works, err := s.IsWorkday(d)
		if err != nil {
			return Date{}, err
		}
		if works {
			n--
		}
	}
	return d, nil
}

// Workdays returns the number of working days from a day up to another, which is not counted itself. It is negative if
// they are in reverse order. The time it takes is linear in their distance, which is at most two hundred years.
func (s *Schedule) Workdays(from, to Date) (int, error) {
	if to.Before(from) {
		n, err := s.Workdays(to, from)
		return -n, err
	}
	if to.Sub(from) > 200*366 {
		return 0, fmt.Errorf("calendar: more than two hundred years from %v to %v", from, to)
	}
	n := 0
	for d := from; d.Before(to); d = d.AddDays(1) {
		works, err := s.IsWorkday(d)
		if err != nil {
			return 0, err
		}
		if works {
			n++
		}
	}
	return n, nil
}

// Holidays returns the holidays of the notice for a year, in order. The first may begin in the year before.
func (s *Schedule) Holidays(year int) ([]Holiday, error) {
	if !s.knows(year) {
		return nil, s.noNotice(year)
	}
	var found []Holiday
	for _, h := range s.holidays {
		if h.Year == year {
			found = append(found, h)
		}
	}
	return found, nil
}

// Holiday returns the holiday of a name in the notice for a year: 国庆节, or by another of its names, 国庆 or 十一. There
// is an error if the notice does not have it.
func (s *Schedule) Holiday(name string, year int) (Holiday, error) {
	list, err := s.Holidays(year)
	if err != nil {
		return Holiday{}, err
	}
	official := simplified(name)
	if f, ok := FindFestival(name, Mainland); ok {
		official = f.Name
	}
	for _, h := range list {
		for part := range strings.SplitSeq(h.Name, nameSeparator) {
			if part == official {
				return h, nil
			}
		}
	}
	return Holiday{}, fmt.Errorf("calendar: no holiday %q in %d", name, year)
}

// NextHoliday returns the first holiday that is not over on d: the one that is kept on d, or else the next to come.
// There is an error if that is in a year without a notice.
func (s *Schedule) NextHoliday(d Date) (Holiday, error) {
	i, _ := slices.BinarySearchFunc(s.holidays, d, func(h Holiday, d Date) int { return h.Last.Compare(d) })
	year := d.Year()
	switch {
	case !s.knows(year):
		return Holiday{}, s.noNotice(year)
	case i == len(s.holidays) || s.holidays[i].Year > year+1:
		return Holiday{}, s.noNotice(year + 1)
	}
	return s.holidays[i], nil
}
