package calendar

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// day reads a date that the test is sure of.
func day(t testing.TB, s string) Date {
	t.Helper()
	d, err := ParseDate(s)
	require.NoError(t, err)
	return d
}

func TestDateCountsLikeTime(t *testing.T) {
	t.Parallel()
	at := time.Date(-9999, 1, 1, 0, 0, 0, 0, time.UTC)
	d := NewDate(-9999, 1, 1)
	for d.Year() <= 9999 {
		year, month, day := at.Date()
		y, m, dd := d.Civil()
		if y != year || m != month || dd != day || d.Weekday() != at.Weekday() || NewDate(year, month, day) != d {
			require.Failf(t, "a day differs", "%v is %v", d, at)
		}
		at, d = at.AddDate(0, 0, 13), d.AddDays(13)
	}
	require.Equal(t, Date{}, NewDate(1, time.January, 1))
}

func TestNewDateCarries(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		year  int
		month time.Month
		day   int
		want  string
	}{
		"day zero":       {2024, time.March, 0, "2024-02-29"},
		"day 31 of June": {2026, time.June, 31, "2026-07-01"},
		"month 13":       {2026, 13, 1, "2027-01-01"},
		"month 0":        {2026, 0, 1, "2025-12-01"},
		"month -12":      {2026, -12, 1, "2024-12-01"},
		"many days":      {1970, 1, 20000, "2024-10-03"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			require.Equal(t, c.want, NewDate(c.year, c.month, c.day).String())
		})
	}
}

func TestDateOfIsTheDayInBeijing(t *testing.T) {
	t.Parallel()
	require.Equal(t, "2026-02-17", DateOf(time.Date(2026, 2, 16, 16, 0, 0, 0, time.UTC)).String())
	require.Equal(t, "2026-02-16", DateOf(time.Date(2026, 2, 16, 15, 59, 59, 999, time.UTC)).String())
	require.Equal(t, "1901-01-01", DateOf(time.Unix(termEpoch, 0)).String())
	require.Equal(t, "1900-12-31", DateOf(time.Unix(termEpoch-1, 0)).String())
	d := NewDate(1988, time.July, 1) // in a summer time that is not kept
	require.Equal(t, d, DateOf(d.Time()))
	require.Equal(t, "1988-07-01T00:00:00+08:00", d.Time().Format(time.RFC3339))
}

func TestParseDate(t *testing.T) {
	t.Parallel()
	for _, s := range []string{"2026-10-01", "2024-02-29", "0001-01-01", "9999-12-31"} {
		require.Equal(t, s, day(t, s).String())
	}
	for _, s := range []string{"", "2026-1-1", "2026-02-29", "2026-13-01", "2026-00-01", "2026-01-00", "2026/01/01", "+026-01-01", "２026-01", "2026-10-01 "} {
		_, err := ParseDate(s)
		require.ErrorContains(t, err, "is not a date such as 2026-10-01", s)
	}
	require.Equal(t, "-0044-03-15", NewDate(-44, time.March, 15).String())
}

func TestDateInJSON(t *testing.T) {
	t.Parallel()
	in := map[Date]Date{NewDate(2026, 10, 1): NewDate(2026, 10, 7)}
	text, err := json.Marshal(in)
	require.NoError(t, err)
	require.JSONEq(t, `{"2026-10-01":"2026-10-07"}`, string(text))
	var out map[Date]Date
	require.NoError(t, json.Unmarshal(text, &out))
	require.Equal(t, in, out)
	require.Error(t, json.Unmarshal([]byte(`{"2026-10-01":"国庆"}`), &out))
}

func TestDateOrder(t *testing.T) {
	t.Parallel()
	a, b := NewDate(2026, 12, 31), NewDate(2027, 1, 1)
	require.Equal(t, 1, b.Sub(a))
	require.Equal(t, b, a.AddDays(1))
	require.Equal(t, []int{-1, 0, 1}, []int{a.Compare(b), a.Compare(a), b.Compare(a)})
	require.True(t, a.Before(b) && b.After(a) && !a.Before(a) && !a.After(a))
}

func FuzzParseDate(f *testing.F) {
	f.Add("2026-10-01")
	f.Fuzz(func(t *testing.T, s string) {
		if d, err := ParseDate(s); err == nil {
			require.Equal(t, s, d.String())
		}
	})
}
