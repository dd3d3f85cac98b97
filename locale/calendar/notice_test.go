package calendar

import (
	"errors"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/stretchr/testify/require"
)

// The days of 2027 here are made up.
const madeUp = "\ufeff# 编的\r\n2027年\r\n\r\n元旦 2026-12-31..01-02 班 2026-12-26 01-03\r\n春节、元宵节 02-05..02-21 班 02-27\r\n清明节 04-05\r\n"

func TestOfficialTableLoads(t *testing.T) {
	t.Parallel()
	s, err := new(Schedule).Load(strings.NewReader(holidayTable))
	require.NoError(t, err)
	require.Equal(t, s, Official())
}

func TestLoadAddsAYear(t *testing.T) {
	t.Parallel()
	before := Official()
	s, err := before.Load(strings.NewReader(madeUp))
	require.NoError(t, err)
	require.NotContains(t, before.Years(), 2027)
	require.Contains(t, s.Years(), 2027)
	require.Contains(t, s.Years(), 2004)
	for date, want := range map[string]string{
		"2026-12-31": "2026-12-31 放假（元旦）",
		"2026-12-26": "2026-12-26 调休上班（元旦）",
		"2027-02-21": "2027-02-21 放假（春节、元宵节）",
		"2027-02-27": "2027-02-27 调休上班（春节、元宵节）",
		"2027-04-05": "2027-04-05 放假（清明节）",
		"2027-04-06": "2027-04-06 工作日",
		"2026-10-01": "2026-10-01 放假（国庆节）",
	} {
		got, err := s.Day(day(t, date))
		require.NoError(t, err)
		require.Equal(t, want, got.String())
	}
	h, err := s.NextHoliday(day(t, "2026-10-08"))
	require.NoError(t, err)
	require.Equal(t, "元旦", h.Name)

	s, err = s.Load(strings.NewReader("2026年\n国庆节 10-01..10-03\n"))
	require.NoError(t, err)
	list, err := s.Holidays(2026)
	require.NoError(t, err)
	require.Len(t, list, 1)
	require.Contains(t, s.Years(), 2027)
	require.Contains(t, s.Years(), 2025)
	assuming, err := new(Schedule).Assume().Load(strings.NewReader(madeUp))
	require.NoError(t, err)
	got, err := assuming.Day(day(t, "2028-01-01"))
	require.NoError(t, err)
	require.True(t, got.Assumed)
}

// A gap between the years that are known is not taken for a time without holidays.
func TestLoadWithAGap(t *testing.T) {
	t.Parallel()
	s, err := Official().Load(strings.NewReader("2028年\n元旦 01-01\n"))
	require.NoError(t, err)
	_, err = s.NextHoliday(day(t, "2026-10-08"))
	require.ErrorIs(t, err, ErrNoNotice)
	require.ErrorContains(t, err, "for 2027")
	_, err = s.IsWorkday(day(t, "2027-06-01"))
	require.ErrorIs(t, err, ErrNoNotice)
}

func TestLoadErrors(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ text, message string }{
		"empty":                   {"", "no notice, want a line such as 2027年"},
		"only comments":           {"# 没有\n", "no notice"},
		"no year":                 {"元旦 01-01\n", `line 1: "元旦 01-01" is not a year from 1949年 to 2200年`},
		"a year too late":         {"2201年\n元旦 01-01", `line 1: "2201年" is not a year`},
		"a year of one digit":     {"2年\n元旦 01-01", `line 1: "2年" is not a year`},
		"a year without holidays": {"2027年\n# 没有\n2028年\n元旦 01-01\n", "line 3: no holiday in 2027"},
		"the last year too":       {"2027年\n元旦 01-01\n2028年\n", "line 3: no holiday in 2028"},
		"no day":                  {"2027年\n元旦\n", `line 2: "元旦" is not a holiday such as 春节 02-15..02-23 班 02-14 02-28`},
		"no make-up day":          {"2027年\n元旦 01-01 班\n", `line 2: "元旦 01-01 班" is not a holiday`},
		"another word":            {"2027年\n元旦 01-01 休 01-02\n", "is not a holiday such as"},
		"no such day":             {"2027年\n元旦 02-29\n", `line 2: "02-29" is not a day such as 02-15 or 2025-12-31`},
		"no such last day":        {"2027年\n元旦 01-01..01-32\n", `"01-32" is not a day`},
		"another form":            {"2027年\n元旦 1-1\n", `"1-1" is not a day`},
		"backwards":               {"2027年\n元旦 01-03..01-01\n", "元旦 has -1 days, want 1 to 31"},
		"too long":                {"2027年\n元旦 01-01..02-28\n", "元旦 has 59 days, want 1 to 31"},
		"far away":                {"2027年\n元旦 2029-01-01\n", "2029-01-01 is not near 2027"},
		"make-up far away":        {"2027年\n元旦 01-01 班 2025-12-27\n", "2025-12-27 is not near 2027"},
		"make-up on a Monday":     {"2027年\n元旦 01-01 班 01-04\n", "the make-up day 2027-01-04 is a Monday, want a Saturday or a Sunday"},
		"make-up without a day":   {"2027年\n元旦 01-01 班 元旦\n", `"元旦" is not a day`},
		"many make-up days":       {"2027年\n元旦 01-01 班" + strings.Repeat(" 01-02", 11), "元旦 has 11 make-up days, want at most 10"},
		"a day twice":             {"2027年\n元旦 01-01..01-03\n春节 01-03\n", "2027-01-03 is said twice, for 元旦 and for 春节"},
		"off and worked":          {"2027年\n元旦 01-01..01-03 班 01-03\n", "2027-01-03 is said twice"},
		"not UTF-8":               {"2027年\n元\xff 01-01\n", "is not a holiday"},
		"a long line":             {"2027年\n" + strings.Repeat("长", 1000), "line 2: bufio.Scanner: token too long"},
		"a long text":             {"2027年\n元旦 01-01\n" + strings.Repeat("#\n", maxNotices/2), "notices of more than 1048576 bytes"},
		"many holidays":           {"2027年\n" + strings.Repeat("元旦 01-01\n", maxHolidays+1), "line 5002: more than 5000 holidays"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s, err := Official().Load(strings.NewReader(c.text))
			require.ErrorContains(t, err, c.message)
			require.True(t, strings.HasPrefix(err.Error(), "calendar: "))
			require.True(t, s == nil)
		})
	}
	broken := errors.New("broken")
	_, err := Official().Load(iotest.ErrReader(broken))
	require.ErrorIs(t, err, broken)
}

func FuzzLoad(f *testing.F) {
	f.Add(madeUp)
	f.Add("2026年\n国庆节、中秋节 10-01..10-08 班 09-27 10-10\n2025年\n元旦 2024-12-31")
	f.Fuzz(func(t *testing.T, text string) {
		s, err := Official().Load(strings.NewReader(text))
		if err != nil {
			require.True(t, s == nil)
			return
		}
		for _, year := range s.Years() {
			list, err := s.Holidays(year)
			require.NoError(t, err)
			for _, h := range list {
				got, err := s.Day(h.First)
				require.NoError(t, err)
				require.Equal(t, h, got.Holiday)
				require.False(t, got.Works())
			}
		}
	})
}
