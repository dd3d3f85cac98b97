package when

import (
	"time"

	"github.com/zhushou-ai/zhushou/locale/calendar"
)

// holidays places the days off around a festival.
func (r *resolver) holidays(st *step, s *span, have bool) bool {
	if !have {
		return false
	}
	y, m, d := s.from.Date()
	day := calendar.NewDate(y, m, d)
	for year := y; year <= y+1; year++ {
		list, err := r.days().Holidays(year)
		if err != nil {
			continue
		}
		for _, h := range list {
			if !day.Before(h.First) && !day.After(h.Last) {
				*s = span{from: r.dateOf(h.First), to: r.dateOf(h.Last.AddDays(1)), grain: Day}
				return true
			}
		}
	}
	return true // the festival itself, in years without a notice
}

// days returns the schedule of working days.
func (r *resolver) days() *calendar.Schedule {
	if r.schedule != nil {
		return r.schedule
	}
	return calendar.Official().Assume()
}

func (r *resolver) dateOf(d calendar.Date) time.Time {
	y, m, day := d.Civil()
	return r.date(y, int(m), day)
}

// workday places the nth working day in s or from now.
func (r *resolver) workday(n int, s *span, have bool) bool {
	if n == 0 || n > 1000 || n < -1000 {
		return false
	}
	t := dayOf(r.ref)
	switch {
	case have && s.grain > Day && n > 0:
		t = s.from.AddDate(0, 0, -1)
	case have && s.grain > Day:
		t = s.to
	case have:
		t = s.from
	}
	y, m, d := t.Date()
	day, err := r.days().AddWorkdays(calendar.NewDate(y, m, d), n)
	*s = unitAt(r.dateOf(day), Day, 0)
	return err == nil
}

// festival places a festival in the year of s or of a round from now. The lunar year of now may differ from the
// year: 除夕 said in January is that of the lunar year before.
func (r *resolver) festival(n int, c choice, s *span, have bool) bool {
	f := &words().festival[n]
	year := r.base(s, have, Year, c).Year()
	if !have && f.kind == 'L' {
		year = lunarYearOf(r.ref) + c.round
	}
	if region := r.policy.Region; region > calendar.Mainland {
		if local, ok := calendar.FindFestival(f.name, region); ok && local.Region == region {
			if day, err := local.Of(year); err == nil {
				*s = unitAt(r.dateOf(day), Day, 0)
				return true
			}
		}
	}
	if r.policy.Lunar == LunarAsSolar && f.kind == 'L' && f.a <= 12 {
		year = r.base(s, have, Year, c).Year()
		f = &festival{a: f.a, b: f.b, days: 1}
	}
	y, m, d, ok := f.in(year)
	if !ok {
		return false
	}
	t := r.date(y, int(m), d)
	*s = span{from: t, to: t.AddDate(0, 0, f.length(year, calendar.NewDate(y, m, d))), grain: Day}
	if f.kind == 'W' {
		*s = span{from: hourOf(t, 20).Add(30 * time.Minute), to: hourOf(t, 21).Add(30 * time.Minute), grain: Minute, day: t}
		if r.policy.End == ThroughGrain {
			s.to = s.to.Add(time.Minute)
		}
	}
	return true
}

// lunarYearOf returns the lunar year of a day, or its Gregorian one beyond the tables.
func lunarYearOf(t time.Time) int {
	y, m, d := t.Date()
	if l, err := calendar.NewDate(y, m, d).Lunar(); err == nil {
		return l.Year
	}
	return y
}

// lunar places a lunar month or a day in it.
func (r *resolver) lunar(st *step, c choice, s *span, have bool) bool {
	n := int(st.n)
	if st.op == opLunarDay {
		if !have {
			y, m, d := r.ref.Date()
			now, err := calendar.NewDate(y, m, d).Lunar()
			if err != nil {
				return false
			}
			month := now.Month - 1 + c.round
			s.lunar, s.month = int16(now.Year+floorDiv(month, 12)), int16(month-12*floorDiv(month, 12)+1)
		}
		if r.policy.Lunar == LunarAsSolar {
			if have && n <= daysIn(s.from.Year(), s.from.Month()) {
				*s = unitAt(s.from.AddDate(0, 0, n-1), Day, 0)
				return true
			}
			return false
		}
		d, ok := lunarDay(int(s.lunar), int(s.month), n, s.leap)
		y, m, day := d.Civil()
		*s = unitAt(r.date(y, int(m), day), Day, 0)
		return ok
	}
	year := 0
	if have {
		year = s.from.Year()
	} else {
		year = lunarYearOf(r.ref) + c.round
	}
	if r.policy.Lunar == LunarAsSolar {
		*s = unitAt(r.date(r.base(s, have, Year, c).Year(), n, 1), Month, 0)
		return true
	}
	first, ok := lunarDay(year, n, 1, st.m == 1)
	if !ok {
		return false
	}
	days, err := calendar.MonthDays(year, n, st.m == 1)
	y, m, d := first.Civil()
	from := r.date(y, int(m), d)
	*s = span{from: from, to: from.AddDate(0, 0, days), grain: Month, lunar: int16(year), month: st.n, leap: st.m == 1}
	return err == nil
}

func floorDiv(a, b int) int {
	q := a / b
	if a%b < 0 {
		q--
	}
	return q
}
