package calendar

import (
	"bufio"
	"crypto/sha256"
	"fmt"
	"math"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

const lunarDays = lastDay - firstDay + 1

// requireDigest compares lines with those that were made by the package of the tables.
func requireDigest(t *testing.T, kind string, lines []string) {
	t.Helper()
	f, err := os.Open("testdata/lunar-javascript.txt")
	require.NoError(t, err)
	defer f.Close()
	got := fmt.Sprintf("%s %d %x", kind, len(lines), sha256.Sum256([]byte(strings.Join(lines, "\n"))))
	for digests := bufio.NewScanner(f); digests.Scan(); {
		if strings.HasPrefix(digests.Text(), kind+" ") {
			require.Equal(t, digests.Text(), got)
			return
		}
	}
	require.Fail(t, "there is no digest of "+kind)
}

// Every day of 1901 to 2099 is the lunar day that lunar-javascript says, and has its pillars: the lines are those that
// internal/tablegen/calendar.js prints.
func TestAllDaysAreThoseOfLunarJavaScript(t *testing.T) {
	t.Parallel()
	var lines []string
	for i := range int32(lunarDays) {
		d := Date{firstDay + i}
		l, err := d.Lunar()
		require.NoError(t, err)
		month, err := d.MonthPillar()
		require.NoError(t, err)
		hour := i * 7 % 24
		eight, err := EightCharacters(d.Time().Add(time.Duration(hour)*time.Hour + 20*time.Minute))
		require.NoError(t, err)
		number := l.Month
		if l.Leap {
			number = -number
		}
		lines = append(lines, fmt.Sprint(d, " ", l.Year, " ", number, " ", l.Day, " ",
			l.YearPillar(), " ", month, " ", d.DayPillar(), " ", hour, " ", eight))
	}
	require.Len(t, lines, 72674)
	requireDigest(t, "days", lines)
}

// Every day comes back from the lunar calendar and from its text, and the days count.
func TestLunarRoundTrip(t *testing.T) {
	t.Parallel()
	last := LunarDate{}
	for day := int32(firstDay); day <= lastDay; day++ {
		d := Date{day}
		l, err := d.Lunar()
		require.NoError(t, err)
		back, err := l.Date()
		if err != nil || back != d {
			require.Failf(t, "a day does not come back", "%v is %v is %v, %v", d, l, back, err)
		}
		for _, layout := range []string{"二〇〇六年正月初二", "农历丙戌年正月初二", "丙戌狗年正月初二"} {
			text := l.Format(layout)
			if parsed, err := ParseLunar(text, l.Year); err != nil || parsed != l {
				require.Failf(t, "a text does not come back", "%s is %v, %v", text, parsed, err)
			}
		}
		if l.Day != 1 && (l.Day != last.Day+1 || l.Month != last.Month) {
			require.Failf(t, "a day does not follow", "%v after %v", l, last)
		}
		last = l
	}
}

func TestLunarMonths(t *testing.T) {
	t.Parallel()
	days, leaps := 0, 0
	for year := FirstYear; year <= LastYear; year++ {
		leap, err := LeapMonth(year)
		require.NoError(t, err)
		sum := 0
		for month := 1; month <= 12; month++ {
			n, err := MonthDays(year, month, false)
			require.NoError(t, err)
			sum += n
		}
		if leap != 0 {
			leaps++
			n, err := MonthDays(year, leap, true)
			require.NoError(t, err)
			sum += n
		}
		n, err := YearDays(year)
		require.NoError(t, err)
		require.Equal(t, sum, n)
		require.True(t, 353 <= n && n <= 355 && leap == 0 || 383 <= n && n <= 385 && leap != 0, "%d has %d days", year, n)
		first, err := LunarDate{Year: year, Month: 1, Day: 1}.Date()
		require.NoError(t, err)
		require.Equal(t, int32(firstDay+days), first.day)
		days += n
	}
	require.Equal(t, lunarDays, days)
	require.Equal(t, 73, leaps)
}

// The facts here are common knowledge, and not from the table.
func TestLunarFacts(t *testing.T) {
	t.Parallel()
	for solar, lunar := range map[string]LunarDate{
		"1901-02-19": {1901, 1, 1, false},
		"1914-11-17": {1914, 10, 1, false},
		"1933-07-22": {1933, 5, 30, true},
		"1949-10-01": {1949, 8, 10, false},
		"1954-02-03": {1954, 1, 1, false},
		"1984-12-31": {1984, 11, 10, false},
		"2000-02-05": {2000, 1, 1, false},
		"2020-05-23": {2020, 4, 1, true},
		"2023-03-22": {2023, 2, 1, true},
		"2025-07-25": {2025, 6, 1, true},
		"2026-02-16": {2025, 12, 29, false},
		"2026-02-17": {2026, 1, 1, false},
		"2026-09-25": {2026, 8, 15, false},
		"2027-02-06": {2027, 1, 1, false},
		"2030-02-03": {2030, 1, 1, false},
		"2033-12-22": {2033, 11, 1, true},
		"2057-09-28": {2057, 8, 30, false},
		"2057-10-27": {2057, 9, 29, false},
		"2089-09-04": {2089, 8, 1, false},
		"2097-08-07": {2097, 7, 1, false},
		"2100-02-08": {2099, 12, 30, false},
	} {
		l, err := day(t, solar).Lunar()
		require.NoError(t, err)
		require.Equal(t, lunar, l, solar)
	}
}

func TestLunarRange(t *testing.T) {
	t.Parallel()
	for _, d := range []Date{{firstDay - 1}, {lastDay + 1}, {}, NewDate(-9999, 1, 1), NewDate(9999, 1, 1)} {
		_, err := d.Lunar()
		require.ErrorIs(t, err, ErrRange)
		require.ErrorContains(t, err, "the lunar calendar is known from 1901-02-19 to 2100-02-08")
	}
	for _, year := range []int{1900, 2100, 0, math.MinInt, math.MaxInt} {
		for name, call := range map[string]func() error{
			"Date":        func() error { _, err := LunarDate{year, 1, 1, false}.Date(); return err },
			"LeapMonth":   func() error { _, err := LeapMonth(year); return err },
			"MonthDays":   func() error { _, err := MonthDays(year, 1, false); return err },
			"YearDays":    func() error { _, err := YearDays(year); return err },
			"Anniversary": func() error { _, err := LunarDate{2026, 1, 1, false}.Anniversary(year); return err },
		} {
			require.ErrorIs(t, call(), ErrRange, name)
			require.ErrorContains(t, call(), "1901 to 2099", name)
		}
	}
}

func TestNoSuchLunarDay(t *testing.T) {
	t.Parallel()
	for l, message := range map[LunarDate]string{
		{2026, 4, 1, true}:            "no 闰四月 in 2026, which has no leap month",
		{2025, 4, 1, true}:            "no 闰四月 in 2025, whose leap month is 闰六月",
		{2026, 4, 30, false}:          "no day 30 in 四月 of 2026, which has 29 days",
		{2026, 1, 0, false}:           "no day 0 in 正月 of 2026",
		{2026, 1, -5, false}:          "no day -5",
		{2026, 13, 1, false}:          "lunar month 13, want 1 to 12",
		{2026, 0, 1, false}:           "lunar month 0, want 1 to 12",
		{2026, 0, 1, true}:            "lunar month 0, want 1 to 12",
		{2026, math.MinInt, 1, false}: "want 1 to 12",
	} {
		_, err := l.Date()
		require.ErrorContains(t, err, message)
		require.NotErrorIs(t, err, ErrRange)
	}
}

func TestAnniversary(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		born LunarDate
		year int
		want string
	}{
		"an ordinary day":                 {LunarDate{1990, 8, 15, false}, 2026, "2026-09-25"},
		"a leap month that is not there":  {LunarDate{2020, 4, 10, true}, 2026, "2026-05-26"},
		"a leap month that is there":      {LunarDate{1987, 6, 10, true}, 2025, "2025-08-03"},
		"an ordinary month beside a leap": {LunarDate{1990, 6, 10, false}, 2025, "2025-07-04"},
		"a thirtieth that is not there":   {LunarDate{2024, 4, 30, false}, 2026, "2026-06-14"},
		"the last of the year":            {LunarDate{2023, 12, 30, false}, 2025, "2026-02-16"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d, err := c.born.Anniversary(c.year)
			require.NoError(t, err)
			require.Equal(t, c.want, d.String())
		})
	}
	_, err := LunarDate{}.Anniversary(2026)
	require.ErrorContains(t, err, "lunar month 0")
}

func TestConversionsDoNotAllocate(t *testing.T) {
	d := NewDate(2026, 10, 1)
	l, err := d.Lunar()
	require.NoError(t, err)
	require.Zero(t, testing.AllocsPerRun(100, func() {
		x, _ := d.Lunar()
		y, _ := l.Date()
		p, _ := d.MonthPillar()
		on, _ := Qingming.Date(2026)
		term, _ := TermOn(d)
		work, _ := Official().IsWorkday(d)
		if x != l || y != d || p > 59 || on == d || term > Dongzhi || work {
			panic("wrong")
		}
	}))
}
