package calendar

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"slices"
	"sort"
	"strings"
	"time"
	"unicode/utf8"
)

// Bounds of what Load reads.
const (
	maxNotices     = 1 << 20 // bytes
	maxNoticeLine  = 1000    // bytes
	maxHolidayDays = 31
	maxWorkDays    = 10
	minNoticeYear  = 1949
	maxNoticeYear  = 2200
	maxHolidays    = 5000

	nameSeparator = "、"
)

// Load returns a schedule with the notices of r added to those of s, and in the place of those for the same years. The
// form is a text in UTF-8:
//
//	# 国办发明电〔2025〕7号
//	2026年
//	元旦 01-01..01-03 班 01-04
//	春节 02-15..02-23 班 02-14 02-28
//	清明节 04-04..04-06
//	国庆节、中秋节 10-01..10-08 班 09-28 10-11
//
// A line with a year begins its notice. Each of the lines below has the name of a holiday, the first and the last day
// off, or only the one, and after 班 the days of the weekend on which one works for it. A day of the year before or
// after is written with its year, 2025-12-31. Empty lines and lines that begin with # say nothing.
//
// Errors name the line. A text of more than 1 MiB or of more than 5000 holidays is an error, as are a holiday of more
// than 31 days, a day that is said twice, and a make-up day that is not a Saturday or a Sunday.
func (s *Schedule) Load(r io.Reader) (*Schedule, error) {
	holidays, err := readNotices(r)
	if err != nil {
		return nil, err
	}
	replaced := make(map[int]bool)
	for _, h := range holidays {
		replaced[h.Year] = true
	}
	loaded := &Schedule{assume: s.assume, holidays: holidays}
	for _, h := range s.holidays {
		if !replaced[h.Year] {
			loaded.holidays = append(loaded.holidays, h)
		}
	}
	if err := loaded.index(); err != nil {
		return nil, err
	}
	return loaded, nil
}

// index sorts the holidays and derives the rest. It uses package sort, which programs have anyway, because the functions
// of slices would be compiled anew for each type.
func (s *Schedule) index() error {
	sort.Slice(s.holidays, func(i, j int) bool { return s.holidays[i].First.Before(s.holidays[j].First) })
	for i, h := range s.holidays {
		s.years = append(s.years, h.Year)
		for d := h.First; !d.After(h.Last); d = d.AddDays(1) {
			s.days = append(s.days, special{d, int32(i), false})
		}
		for _, d := range h.Work {
			s.days = append(s.days, special{d, int32(i), true})
		}
	}
	sort.Ints(s.years)
	s.years = slices.Compact(s.years)
	sort.Slice(s.days, func(i, j int) bool { return s.days[i].date.Before(s.days[j].date) })
	for i := 1; i < len(s.days); i++ {
		if a, b := s.days[i-1], s.days[i]; a.date == b.date {
			return fmt.Errorf("calendar: %v is said twice, for %s and for %s",
				a.date, s.holidays[min(a.holiday, b.holiday)].Name, s.holidays[max(a.holiday, b.holiday)].Name)
		}
	}
	return nil
}

func readNotices(r io.Reader) ([]Holiday, error) {
	limited := &io.LimitedReader{R: r, N: maxNotices + 1}
	lines := bufio.NewScanner(limited)
	lines.Buffer(make([]byte, 0, 256), maxNoticeLine)
	var holidays []Holiday
	var year, number int
	follows := true // whether a holiday stands below the line of the year
	for lines.Scan() {
		number++
		line := strings.TrimSpace(strings.TrimPrefix(lines.Text(), "\ufeff"))
		if line == "" || line[0] == '#' {
			continue
		}
		if digitsOfYear, ok := strings.CutSuffix(line, "年"); ok || year == 0 {
			if !follows {
				break
			}
			if year, ok = digits(digitsOfYear); !ok || year < minNoticeYear || year > maxNoticeYear {
				return nil, fmt.Errorf("calendar: line %d: %q is not a year from %d年 to %d年", number, line, minNoticeYear, maxNoticeYear)
			}
			follows = false
			continue
		}
		h, err := parseHoliday(line, year)
		if err != nil {
			return nil, fmt.Errorf("calendar: line %d: %w", number, err)
		}
		if holidays = append(holidays, h); len(holidays) > maxHolidays {
			return nil, fmt.Errorf("calendar: line %d: more than %d holidays", number, maxHolidays)
		}
		follows = true
	}
	switch err := lines.Err(); {
	case err != nil:
		return nil, fmt.Errorf("calendar: line %d: %w", number+1, err)
	case limited.N == 0:
		return nil, fmt.Errorf("calendar: notices of more than %d bytes", maxNotices)
	case year == 0:
		return nil, errors.New("calendar: no notice, want a line such as 2027年 and below it its holidays")
	case !follows:
		return nil, fmt.Errorf("calendar: line %d: no holiday in %d", number, year)
	}
	return holidays, nil
}

// parseHoliday reads a line such as 春节 02-15..02-23 班 02-14 02-28.
func parseHoliday(line string, year int) (Holiday, error) {
	fields := strings.Fields(line)
	if !utf8.ValidString(line) || len(fields) < 2 || len(fields) == 3 || len(fields) > 3 && fields[2] != "班" {
		return Holiday{}, fmt.Errorf("%q is not a holiday such as 春节 02-15..02-23 班 02-14 02-28", line)
	}
	h := Holiday{Name: fields[0], Year: year}
	first, last, isRun := strings.Cut(fields[1], "..")
	if !isRun {
		last = first
	}
	var err error
	if h.First, err = dayOfNotice(first, year); err != nil {
		return Holiday{}, err
	}
	if h.Last, err = dayOfNotice(last, year); err != nil {
		return Holiday{}, err
	}
	if n := h.Days(); n < 1 || n > maxHolidayDays {
		return Holiday{}, fmt.Errorf("%s has %d days, want 1 to %d", h.Name, n, maxHolidayDays)
	}
	if len(fields) <= 3 {
		return h, nil
	}
	if n := len(fields) - 3; n > maxWorkDays {
		return Holiday{}, fmt.Errorf("%s has %d make-up days, want at most %d", h.Name, n, maxWorkDays)
	}
	for _, field := range fields[3:] {
		d, err := dayOfNotice(field, year)
		if err != nil {
			return Holiday{}, err
		}
		if w := d.Weekday(); w != time.Saturday && w != time.Sunday {
			return Holiday{}, fmt.Errorf("the make-up day %v is a %v, want a Saturday or a Sunday", d, w)
		}
		h.Work = append(h.Work, d)
	}
	sort.Slice(h.Work, func(i, j int) bool { return h.Work[i].Before(h.Work[j]) })
	return h, nil
}

// dayOfNotice reads 02-15, a day of the year, or 2025-12-31, a day of that year or its neighbours.
func dayOfNotice(s string, year int) (Date, error) {
	full := s
	if len(s) == len("01-02") {
		full = fmt.Sprintf("%04d-%s", year, s)
	}
	d, ok := parseISO(full)
	if !ok {
		return Date{}, fmt.Errorf("%q is not a day such as 02-15 or 2025-12-31", s)
	}
	if y := d.Year(); y < year-1 || y > year+1 {
		return Date{}, fmt.Errorf("%v is not near %d", d, year)
	}
	return d, nil
}
