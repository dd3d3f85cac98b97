package calendar

import (
	"errors"
	"fmt"
	"strings"
	"time"
)

// A festivalRule says on which day of a year a festival is: that of its kind, and offset days from there.
type festivalRule struct {
	kind   ruleKind
	month  int8 // of fixedDay, nthWeekday and lunarDay
	day    int8 // of the month; endOfMonth for the last; of nthWeekday the weekday
	nth    int8 // of nthWeekday and nthStem, counting from 1
	term   Term // of onTerm and nthStem
	offset int8
}

type ruleKind uint8

const (
	fixedDay   ruleKind = iota // 公历3月8日
	nthWeekday                 // 公历5月第2个星期日
	lunarDay                   // 农历正月十五
	onTerm                     // 清明
	nthStem                    // 夏至起第3个庚日
	easter                     // 复活节
)

const endOfMonth = 31

// of returns the day in a year of the calendar of the rule.
func (r festivalRule) of(year int) (d Date, err error) {
	if err := checkYear(year); err != nil {
		return Date{}, err
	}
	switch r.kind {
	case fixedDay:
		d = NewDate(year, time.Month(r.month), int(r.day))
	case nthWeekday:
		first := NewDate(year, time.Month(r.month), 1)
		d = first.AddDays(floorMod(int(r.day)-int(first.Weekday()), 7) + 7*(int(r.nth)-1))
	case lunarDay:
		l := LunarDate{Year: year, Month: int(r.month), Day: int(r.day)}
		if l.Day == endOfMonth {
			if l.Day, err = MonthDays(year, l.Month, false); err != nil {
				return Date{}, err
			}
		}
		d, err = l.Date()
	case onTerm:
		d, err = r.term.Date(year)
	case nthStem:
		const geng = 6 // 庚
		if d, err = r.term.Date(year); err == nil {
			d = d.AddDays(floorMod(geng-int(d.DayPillar()), 10) + 10*(int(r.nth)-1))
		}
	case easter:
		d = easterOf(year)
	}
	if err != nil {
		return Date{}, err
	}
	return d.AddDays(int(r.offset)), nil
}

// checkYear returns an error for years that a Date may not be able to hold.
func checkYear(year int) error {
	if year < 1 || year > 9999 {
		return fmt.Errorf("%w: year %d, want 1 to 9999", ErrRange, year)
	}
	return nil
}

// yearAt returns the year of the calendar of the rule in which to begin to look for its first day from d on. The error
// wraps ErrRange if that cannot be known.
func (r festivalRule) yearAt(d Date) (int, error) {
	year := d.Year()
	switch {
	case r.kind == lunarDay:
		l, err := d.Lunar()
		return l.Year, err
	case r.offset > 0:
		return year - 1, nil
	}
	return year, nil
}

// A factsOfDay is a day with what the rules ask about it.
type factsOfDay struct {
	date             Date
	year, month, day int
	lunar            LunarDate // zero if out of range
}

func dayFacts(d Date) factsOfDay {
	year, month, day := d.Civil()
	lunar, _ := d.Lunar()
	return factsOfDay{d, year, int(month), day, lunar}
}

// matches reports whether it is the day of the rule. Few rules need their day computed to see that it is not.
func (r festivalRule) matches(f factsOfDay) bool {
	year := f.year
	switch {
	case r.kind == lunarDay:
		if f.lunar.Year == 0 {
			return false
		}
		if r.offset == 0 && r.day != endOfMonth {
			return int(r.month) == f.lunar.Month && int(r.day) == f.lunar.Day && !f.lunar.Leap
		}
		year = f.lunar.Year
	case r.kind == fixedDay && r.offset == 0:
		return int(r.month) == f.month && int(r.day) == f.day
	case r.kind == nthWeekday && r.offset == 0 && int(r.month) != f.month:
		return false
	}
	d, err := r.of(year)
	if r.offset > 0 && (err != nil || d.After(f.date)) { // 数九 begins in one year and ends in the next
		d, err = r.of(year - 1)
	}
	return err == nil && d == f.date
}

// easterOf returns Easter Sunday by the Gregorian rule of Gauss as Meeus and others have written it down.
func easterOf(year int) Date {
	golden := year % 19
	century, rest := year/100, year%100
	epact := (19*golden + century - century/4 - (century-(century+8)/25+1)/3 + 15) % 30
	sunday := (32 + 2*(century%4) + 2*(rest/4) - epact - rest%4) % 7
	late := (golden + 11*epact + 22*sunday) / 451
	n := epact + sunday - 7*late + 114
	return NewDate(year, time.Month(n/31), n%31+1)
}

var errRule = errors.New("want a rule such as 公历5月第2个星期日, 农历腊月末 or 清明前1天")

// parseFestivalRule reads a rule and the year after 自, or 0.
func parseFestivalRule(s string) (r festivalRule, since int, err error) {
	if rule, year, ok := strings.Cut(s, "自"); ok {
		s = rule
		if since, ok = digits(strings.TrimSuffix(year, "年")); !ok {
			return r, 0, errRule
		}
	}
	for _, sign := range []string{"前", "后"} {
		if rule, days, ok := strings.Cut(s, sign); ok {
			s = rule
			n, ok := digits(strings.TrimSuffix(days, "天"))
			if !ok || n > 100 {
				return r, 0, errRule
			}
			if r.offset = int8(n); sign == "前" {
				r.offset = int8(-n)
			}
		}
	}
	if solar, ok := strings.CutPrefix(s, "公历"); ok {
		err = r.parseSolar(solar)
		return r, since, err
	}
	if lunar, ok := strings.CutPrefix(s, "农历"); ok {
		err = r.parseLunar(lunar)
		return r, since, err
	}
	if s == "复活节" {
		r.kind = easter
		return r, since, nil
	}
	r.kind = onTerm
	if term, count, ok := strings.Cut(s, "起第"); ok {
		n, ok := digits(strings.TrimSuffix(count, "个庚日"))
		if !ok || n < 1 || n > 9 {
			return r, 0, errRule
		}
		r.kind, r.nth, s = nthStem, int8(n), term
	}
	r.term, err = ParseTerm(s)
	return r, since, err
}

// parseSolar reads 3月8日 or 5月第2个星期日.
func (r *festivalRule) parseSolar(s string) error {
	month, day, _ := strings.Cut(s, "月")
	m, ok := digits(month)
	if !ok || m < 1 || m > 12 {
		return errRule
	}
	r.month = int8(m)
	if nth, weekday, ok := strings.Cut(day, "个星期"); ok {
		n, ok := digits(strings.TrimPrefix(nth, "第"))
		w := strings.Index("日一二三四五六", weekday)
		if !ok || n < 1 || n > 4 || w < 0 || len(weekday) != han {
			return errRule
		}
		r.kind, r.nth, r.day = nthWeekday, int8(n), int8(w/han)
		return nil
	}
	d, ok := digits(strings.TrimSuffix(day, "日"))
	if _, exists := civil(2000, m, d); !ok || !exists {
		return errRule
	}
	r.day = int8(d)
	return nil
}

// parseLunar reads 正月十五 or 腊月末.
func (r *festivalRule) parseLunar(s string) error {
	r.kind = lunarDay
	month, last := strings.CutSuffix(s, "月末")
	if last {
		s = month + "月初一"
	}
	p := lunarParser{rest: s}
	m, ok := p.month()
	ok = ok && p.skip("月")
	d, ok2 := p.day()
	if !ok || !ok2 || p.rest != "" || m > 12 || d < 1 || d > 30 {
		return fmt.Errorf("%w: %q", errRule, s)
	}
	if last {
		d = endOfMonth
	}
	r.month, r.day = int8(m), int8(d)
	return nil
}
