package skills_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/zhushou-ai/zhushou/locale/calendar"
	"github.com/zhushou-ai/zhushou/providers/ondevice/skills"
)

func TestNext(t *testing.T) {
	t.Parallel()
	at := func(s string) time.Time {
		d, err := time.ParseInLocation("2006-01-02 15:04", s, calendar.Beijing())
		require.NoError(t, err)
		return d
	}
	for _, c := range []struct{ name, first, rule, after, want string }{
		{"once, to come", "2026-11-23 08:00", "", "2026-11-22 09:30", "2026-11-23 08:00"},
		{"once, over", "2026-11-22 08:00", "", "2026-11-22 09:30", ""},
		{"once, now", "2026-11-22 09:30", "", "2026-11-22 09:30", ""},
		{"daily, today", "2026-11-01 10:00", "FREQ=DAILY", "2026-11-22 09:30", "2026-11-22 10:00"},
		{"daily, tomorrow", "2026-11-01 09:00", "FREQ=DAILY;BYHOUR=9;BYMINUTE=0", "2026-11-22 09:30", "2026-11-23 09:00"},
		{"the first is to come", "2026-12-01 09:00", "FREQ=DAILY", "2026-11-22 09:30", "2026-12-01 09:00"},
		{"every third day", "2026-11-21 09:00", "FREQ=DAILY;INTERVAL=3", "2026-11-22 09:30", "2026-11-24 09:00"},
		{"holidays are no working days", "2026-09-01 07:00", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", "2026-09-30 08:00", "2026-10-08 07:00"},
		{"a Saturday that is worked", "2026-09-01 07:00", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", "2026-10-09 08:00", "2026-10-10 07:00"},
		{"beyond the notices by the weekday", "2026-09-01 07:00", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", "2031-10-03 08:00", "2031-10-06 07:00"},
		{"weekends", "2026-11-21 09:00", "FREQ=WEEKLY;BYDAY=SA,SU", "2026-11-22 09:30", "2026-11-28 09:00"},
		{"every second week", "2026-11-16 09:00", "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO", "2026-11-16 09:00", "2026-11-30 09:00"},
		{"weekly without a day", "2026-11-18 09:00", "FREQ=WEEKLY", "2026-11-22 09:30", "2026-11-25 09:00"},
		{"monthly", "2026-11-15 09:00", "FREQ=MONTHLY;BYMONTHDAY=15", "2026-11-22 09:30", "2026-12-15 09:00"},
		{"the 31st", "2026-10-31 09:00", "FREQ=MONTHLY;BYMONTHDAY=31", "2026-11-22 09:30", "2026-12-31 09:00"},
		{"29 February", "2024-02-29 09:00", "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29", "2026-11-22 09:30", "2028-02-29 09:00"},
		{"yearly without a day", "2025-03-08 09:00", "FREQ=YEARLY", "2026-11-22 09:30", "2027-03-08 09:00"},
		{"every two hours", "2026-11-22 08:00", "FREQ=HOURLY;INTERVAL=2", "2026-11-22 10:00", "2026-11-22 12:00"},
		{"never", "2026-11-22 08:00", "FREQ=MONTHLY;BYMONTH=2;BYMONTHDAY=30", "2026-11-22 10:00", ""},
		{"unknown", "2026-11-22 08:00", "FREQ=SECONDLY", "2026-11-22 10:00", ""},
	} {
		got, ok := skills.Next(at(c.first), c.rule, at(c.after))
		require.Equal(t, c.want != "", ok, c.name)
		if ok {
			require.Equal(t, c.want, got.Format("2006-01-02 15:04"), c.name)
			require.True(t, got.After(at(c.after)), c.name)
		}
	}
}

func FuzzNext(f *testing.F) {
	for _, rule := range []string{"", "FREQ=DAILY;INTERVAL=3", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR;BYHOUR=7", "FREQ=MONTHLY;BYMONTHDAY=31", "FREQ=HOURLY;INTERVAL=0", "FREQ=YEARLY;BYMONTH=,;="} {
		f.Add(rule, int64(1795311000), int32(86400))
	}
	f.Fuzz(func(t *testing.T, rule string, first int64, later int32) {
		if first < 0 || first > 4_000_000_000 { // within the years of the calendar
			return
		}
		start := time.Unix(first, 0).In(calendar.Beijing())
		after := start.Add(time.Duration(later) * time.Second)
		if next, ok := skills.Next(start, rule, after); ok {
			require.True(t, next.After(after))
			require.False(t, next.Before(start))
		}
	})
}
