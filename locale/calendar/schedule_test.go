package calendar

import (
	"math"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

func TestOfficialSchedule(t *testing.T) {
	t.Parallel()
	s := Official()
	require.Equal(t, 23, len(s.Years()))
	require.Equal(t, 2004, s.Years()[0])
	require.Equal(t, 2026, s.Years()[22])
	for name, c := range map[string]struct {
		date    string
		kind    Kind
		holiday string
	}{
		"an ordinary Monday":            {"2026-03-02", Workday, ""},
		"an ordinary Sunday":            {"2026-03-01", Weekend, ""},
		"a Sunday worked for a holiday": {"2026-01-04", MakeUp, "元旦"},
		"before the holiday":            {"2026-09-20", MakeUp, "国庆节"},
		"after the holiday":             {"2026-10-10", MakeUp, "国庆节"},
		"the first day":                 {"2026-10-01", DayOff, "国庆节"},
		"the last day":                  {"2026-10-07", DayOff, "国庆节"},
		"the day after":                 {"2026-10-08", Workday, ""},
		"a Saturday of a holiday":       {"2026-10-03", DayOff, "国庆节"},
		"two holidays":                  {"2025-10-06", DayOff, "国庆节、中秋节"},
		"of the year after":             {"2023-12-30", DayOff, "元旦"},
		"worked for the year after":     {"2005-12-31", MakeUp, "元旦"},
		"prolonged in 2020":             {"2020-02-02", DayOff, "春节"},
		"no longer worked in 2020":      {"2020-02-03", Workday, ""},
		"only in one of the sources":    {"2013-10-12", MakeUp, "国庆节"},
		"the victory of 1945":           {"2015-09-03", DayOff, "抗战胜利70周年纪念日"},
		"the first of the notices":      {"2004-01-01", DayOff, "元旦"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, err := s.Day(day(t, c.date))
			require.NoError(t, err)
			require.Equal(t, c.kind, got.Kind)
			require.Equal(t, c.holiday, got.Holiday.Name)
			require.False(t, got.Assumed)
			works, err := s.IsWorkday(day(t, c.date))
			require.NoError(t, err)
			require.Equal(t, c.kind == Workday || c.kind == MakeUp, works)
		})
	}
	got, err := s.Day(day(t, "2026-10-10"))
	require.NoError(t, err)
	require.Equal(t, "2026-10-10 调休上班（国庆节）", got.String())
	got, err = s.Day(day(t, "2026-03-01"))
	require.NoError(t, err)
	require.Equal(t, "2026-03-01 周末", got.String())
	require.Equal(t, "放假", Kind(9).String())
}

// The seven days of the big holidays cost as many days of weekends as they take from the week.
func TestHolidaysOfEveryYear(t *testing.T) {
	t.Parallel()
	s := Official()
	for _, year := range s.Years() {
		list, err := s.Holidays(year)
		require.NoError(t, err)
		want := []string{"元旦", "春节", "清明节", "劳动节", "端午节", "中秋节", "国庆节"}
		if year < 2008 {
			want = []string{"元旦", "春节", "劳动节", "国庆节"}
		}
		for _, name := range want {
			h, err := s.Holiday(name, year)
			require.NoError(t, err)
			require.Equal(t, year, h.Year)
			f, ok := FindFestival(name, Mainland)
			require.True(t, ok)
			d, err := f.In(year)
			require.NoError(t, err)
			kept, err := s.Day(d)
			require.NoError(t, err)
			require.Equal(t, h, kept.Holiday, "%d %s", year, name)
		}
		for _, h := range list {
			weekdays := 0
			for d := h.First; !d.After(h.Last); d = d.AddDays(1) {
				if d.Weekday() != time.Saturday && d.Weekday() != time.Sunday {
					weekdays++
				}
			}
			require.LessOrEqual(t, len(h.Work), weekdays, h)
			require.LessOrEqual(t, h.Days(), 10, h)
		}
	}
}

func TestHoliday(t *testing.T) {
	t.Parallel()
	s := Official()
	for _, name := range []string{"国庆节", "国庆", "十一", "國慶節"} {
		h, err := s.Holiday(name, 2026)
		require.NoError(t, err)
		require.Equal(t, Holiday{"国庆节", 2026, day(t, "2026-10-01"), day(t, "2026-10-07"),
			[]Date{day(t, "2026-09-20"), day(t, "2026-10-10")}}, h)
		require.Equal(t, 7, h.Days())
	}
	a, err := s.Holiday("中秋", 2025)
	require.NoError(t, err)
	b, err := s.Holiday("国庆", 2025)
	require.NoError(t, err)
	require.Equal(t, a, b)
	require.Equal(t, 8, a.Days())
	_, err = s.Holiday("清明", 2007)
	require.EqualError(t, err, `calendar: no holiday "清明" in 2007`)
	_, err = s.Holiday("春节", 2003)
	require.ErrorIs(t, err, ErrNoNotice)
	h, err := s.Holiday("抗战胜利70周年纪念日", 2015)
	require.NoError(t, err)
	require.Equal(t, 3, h.Days())
}

func TestNextHoliday(t *testing.T) {
	t.Parallel()
	s := Official()
	for from, want := range map[string]string{
		"2026-02-24": "清明节", "2026-04-06": "清明节", "2026-04-07": "劳动节", "2025-10-09": "元旦", "2023-12-29": "元旦",
	} {
		h, err := s.NextHoliday(day(t, from))
		require.NoError(t, err)
		require.Equal(t, want, h.Name, from)
	}
	_, err := s.NextHoliday(day(t, "2026-10-08"))
	require.ErrorIs(t, err, ErrNoNotice)
	require.EqualError(t, err, "calendar: no notice of holidays for 2027: the last that is loaded is for 2026")
	_, err = s.NextHoliday(day(t, "2003-12-31"))
	require.EqualError(t, err, "calendar: no notice of holidays for 2003: the first that is loaded is for 2004")
	_, err = new(Schedule).NextHoliday(day(t, "2026-01-01"))
	require.EqualError(t, err, "calendar: no notice of holidays for 2026: none is loaded")
}

func TestWorkdayArithmetic(t *testing.T) {
	t.Parallel()
	s := Official()
	for _, c := range []struct {
		from string
		n    int
		want string
	}{
		{"2026-09-30", 1, "2026-10-08"},
		{"2026-09-30", 3, "2026-10-10"},
		{"2026-09-30", 4, "2026-10-12"},
		{"2026-10-08", -1, "2026-09-30"},
		{"2026-10-03", 1, "2026-10-08"},
		{"2026-10-03", -1, "2026-09-30"},
		{"2026-10-03", 0, "2026-10-03"},
		{"2026-02-13", 1, "2026-02-14"},
		{"2026-02-14", 1, "2026-02-24"},
	} {
		got, err := s.AddWorkdays(day(t, c.from), c.n)
		require.NoError(t, err)
		require.Equal(t, c.want, got.String(), c.from)
	}
	next, err := s.NextWorkday(day(t, "2026-04-03"))
	require.NoError(t, err)
	require.Equal(t, "2026-04-07", next.String())

	n, err := s.Workdays(day(t, "2026-01-01"), day(t, "2027-01-01"))
	require.NoError(t, err)
	require.Equal(t, 248, n)
	n, err = s.Workdays(day(t, "2026-10-12"), day(t, "2026-10-01"))
	require.NoError(t, err)
	require.Equal(t, -3, n)

	_, err = s.AddWorkdays(day(t, "2026-12-31"), 1)
	require.ErrorIs(t, err, ErrNoNotice)
	_, err = s.Workdays(day(t, "2026-12-01"), day(t, "2027-02-01"))
	require.ErrorIs(t, err, ErrNoNotice)
	for _, n := range []int{math.MaxInt32, math.MinInt, math.MaxInt} {
		_, err = s.AddWorkdays(day(t, "2026-12-31"), n)
		require.ErrorContains(t, err, "more than 100000 working days")
	}
	_, err = s.Workdays(NewDate(-9999, 1, 1), NewDate(9999, 1, 1))
	require.ErrorContains(t, err, "more than two hundred years")
}

func TestNoNoticeIsNoGuess(t *testing.T) {
	t.Parallel()
	for _, d := range []Date{NewDate(2027, 1, 1), NewDate(2003, 12, 31), {}} {
		got, err := Official().Day(d)
		require.ErrorIs(t, err, ErrNoNotice)
		require.Zero(t, got)
		works, err := Official().IsWorkday(d)
		require.ErrorIs(t, err, ErrNoNotice)
		require.False(t, works)
	}
	assuming := Official().Assume()
	for date, want := range map[string]Kind{"2027-01-01": Workday, "2027-01-02": Weekend, "2027-10-01": Workday} {
		got, err := assuming.Day(day(t, date))
		require.NoError(t, err)
		require.Equal(t, Day{Date: day(t, date), Kind: want, Assumed: true}, got)
	}
	got, err := assuming.Day(day(t, "2027-01-01"))
	require.NoError(t, err)
	require.Equal(t, "2027-01-01 工作日（未见放假通知）", got.String())
	got, err = assuming.Day(day(t, "2026-10-01"))
	require.NoError(t, err)
	require.False(t, got.Assumed)
	_, err = Official().Day(NewDate(2027, 1, 1))
	require.ErrorIs(t, err, ErrNoNotice, "Assume changed the schedule")
}
