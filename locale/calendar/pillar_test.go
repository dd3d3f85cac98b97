package calendar

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

func TestPillarsParse(t *testing.T) {
	t.Parallel()
	seen := make(map[string]bool)
	for p := range Pillar(60) {
		seen[p.String()] = true
		parsed, err := ParsePillar(p.String())
		require.NoError(t, err)
		require.Equal(t, p, parsed)
	}
	require.Len(t, seen, 60)
	require.Equal(t, []string{"甲子", "乙丑", "癸亥", "甲子"}, []string{Pillar(0).String(), Pillar(1).String(), Pillar(59).String(), Pillar(60).String()})
	for _, s := range []string{"", "甲", "甲丑", "子甲", "甲子年", "\xff\xff"} {
		_, err := ParsePillar(s)
		require.ErrorContains(t, err, "is not one of the sixty pairs from 甲子 to 癸亥", s)
	}
}

func TestYearPillar(t *testing.T) {
	t.Parallel()
	for year, want := range map[int]string{4: "甲子鼠", 1911: "辛亥猪", 1984: "甲子鼠", 2024: "甲辰龙", 2026: "丙午马", 0: "庚申猴", -1: "己未羊"} {
		require.Equal(t, want, YearPillar(year).String()+YearPillar(year).Zodiac())
	}
	// The year of an animal begins with the lunar year.
	l, err := NewDate(2026, time.February, 16).Lunar()
	require.NoError(t, err)
	require.Equal(t, "蛇", l.Zodiac())
}

func TestPillarsOfDays(t *testing.T) {
	t.Parallel()
	require.Equal(t, "戊午", day(t, "2000-01-01").DayPillar().String())
	require.Equal(t, "甲子", day(t, "1949-10-01").DayPillar().String())
	for date, want := range map[string]string{
		"1901-01-05": "戊子", "1901-01-06": "己丑", "2026-02-03": "己丑", "2026-02-04": "庚寅", "2026-11-22": "己亥", "2100-12-31": "戊子",
	} {
		p, err := day(t, date).MonthPillar()
		require.NoError(t, err)
		require.Equal(t, want, p.String(), date)
	}
	for _, date := range []string{"1900-12-31", "2101-01-01"} {
		_, err := day(t, date).MonthPillar()
		require.ErrorIs(t, err, ErrRange)
		require.ErrorContains(t, err, "1901 to 2100")
	}
}

func TestPillarsOfHours(t *testing.T) {
	t.Parallel()
	at := func(hour, minute int) time.Time {
		return day(t, "2026-11-22").Time().Add(time.Duration(hour)*time.Hour + time.Duration(minute)*time.Minute)
	}
	for want, when := range map[string]time.Time{
		"丙子": at(0, 59), "丁丑": at(1, 0), "壬午": at(12, 30), "丁亥": at(22, 59), "戊子": at(23, 0),
	} {
		require.Equal(t, want, HourPillar(when).String(), when)
		require.Equal(t, want, HourPillar(when.UTC()).String(), when)
	}
	require.Equal(t, HourPillar(time.Unix(-3600*9, 0)), HourPillar(time.Unix(-3600*9+7199, 0)))
}

func TestEightCharacters(t *testing.T) {
	t.Parallel()
	for when, want := range map[string]string{
		"2026-11-22T23:30:00+08:00": "丙午 己亥 庚子 戊子",
		"2026-02-04T04:01:59+08:00": "乙巳 己丑 己酉 丙寅",
		"2026-02-04T04:02:00+08:00": "丙午 庚寅 己酉 丙寅",
		"2026-02-03T20:02:00Z":      "丙午 庚寅 己酉 丙寅",
	} {
		at, err := time.Parse(time.RFC3339, when)
		require.NoError(t, err)
		p, err := EightCharacters(at)
		require.NoError(t, err)
		require.Equal(t, want, p.String(), when)
	}
	for _, year := range []int{1900, 2101} {
		_, err := EightCharacters(time.Date(year, 6, 1, 0, 0, 0, 0, time.UTC))
		require.ErrorIs(t, err, ErrRange)
	}
}
