package main

import (
	"context"
	"encoding/binary"
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// lunarLines are the days of one lunar year as calendar.js prints them.
func lunarLines(first string, year int, months []int, lengths []int) []string {
	d, err := time.Parse(time.DateOnly, first)
	if err != nil {
		panic(err)
	}
	var lines []string
	for i, month := range months {
		for day := 1; day <= lengths[i]; day++ {
			lines = append(lines, fmt.Sprint(d.Format(time.DateOnly), " ", year, " ", month, " ", day, " 甲子"))
			d = d.AddDate(0, 0, 1)
		}
	}
	return lines
}

func TestLunarYears(t *testing.T) {
	t.Parallel()
	lines := lunarLines("2020-01-25", 2020, []int{1, 2, 3, 4, -4, 5, 6, 7, 8, 9, 10, 11, 12},
		[]int{29, 30, 30, 30, 29, 30, 29, 29, 30, 29, 30, 29, 30})
	days, err := parseDays(lines)
	require.NoError(t, err)
	table, err := lunarYears(days)
	require.NoError(t, err)
	require.Len(t, table, 3)
	packed := uint32(table[0]) | uint32(table[1])<<8 | uint32(table[2])<<16
	require.Equal(t, "1010100101110", fmt.Sprintf("%013b", packed&(1<<13-1)), "long months, the last first")
	require.Equal(t, uint32(4), packed>>13&15, "leap month")
	require.Equal(t, uint32(4), packed>>17, "days after 21 January")
}

func TestLunarYearsThatAreNone(t *testing.T) {
	t.Parallel()
	_, err := parseDays([]string{"2020-01-25 2020 1 1", "2020-01-27 2020 1 2"})
	require.ErrorContains(t, err, "does not follow the day before")
	_, err = parseDays([]string{"heute 2020 1 1"})
	require.Error(t, err)
	_, err = parseDays([]string{"2020-01-25 2020"})
	require.Error(t, err)
	for name, c := range map[string]struct {
		lines   []string
		message string
	}{
		"a long month":   {lunarLines("2020-01-25", 2020, []int{1}, []int{31}), "a month of 31 days"},
		"a late year":    {lunarLines("2020-03-25", 2020, []int{1}, []int{29}), "begins no year"},
		"half a year":    {lunarLines("2020-01-25", 2020, []int{2}, []int{29}), "begins no year"},
		"a day too many": {append(lunarLines("2020-01-25", 2020, []int{1}, []int{3}), "2020-01-28 2020 1 5"), "do not count"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			days, err := parseDays(c.lines)
			require.NoError(t, err)
			_, err = lunarYears(days)
			require.ErrorContains(t, err, c.message)
		})
	}
}

func TestParseTermsRoundsWithinTheDay(t *testing.T) {
	t.Parallel()
	instants, err := parseTerms([]string{"小寒 1901-01-06 00:00:29", "大寒 1901-01-20 12:00:30", "立春 1901-02-04 23:59:59"})
	require.NoError(t, err)
	require.Equal(t, []int{5 * 24 * 60, (19*24+12)*60 + 1, 35*24*60 - 1}, instants)
	_, err = parseTerms([]string{"小寒 1902-01-06 00:00:29"})
	require.ErrorContains(t, err, "is not in 1901")
	_, err = parseTerms([]string{"小寒"})
	require.Error(t, err)
}

func TestTermTableHoldsTheInstants(t *testing.T) {
	t.Parallel()
	var instants []int
	for year := range 200 {
		for term := range termsInYear {
			instants = append(instants, term*21915+year*525949+year*term/24+year*year%37)
		}
	}
	table, err := termTable(instants)
	require.NoError(t, err)
	require.Len(t, table, 8*termsInYear+len(instants))
	for i, want := range instants {
		year, term := i/termsInYear, i%termsInYear
		base := int(int32(binary.LittleEndian.Uint32(table[8*term:])))
		step := int(int32(binary.LittleEndian.Uint32(table[8*term+4:])))
		got := base + year*365*24*60 + year*step>>16 + int(int8(table[8*termsInYear+i]))
		require.Equal(t, want, got)
	}
	instants[100] += 1000
	_, err = termTable(instants)
	require.ErrorContains(t, err, "minutes from its line")
}

func TestHolidaysAreGrouped(t *testing.T) {
	t.Parallel()
	days, err := parseHolidays([]string{
		"2003-10-01 off 国庆节 2003-10-01",
		"2022-12-31 off 元旦节 2023-01-01",
		"2023-01-01 off 元旦节 2023-01-01",
		"2023-01-02 off 元旦节 2023-01-01",
		"2023-09-29 off 中秋节 2023-09-29",
		"2023-09-30 off 国庆节 2023-10-01",
		"2023-10-01 off 国庆节 2023-10-01",
		"2023-10-07 work 国庆节 2023-10-01",
		"2023-10-08 work 国庆节 2023-10-01",
		"2025-10-01 off 国庆中秋 2025-10-01",
	})
	require.NoError(t, err)
	holidays, err := groupHolidays(days)
	require.NoError(t, err)
	require.Contains(t, string(formatHolidays(holidays)), `
2023年
元旦 2022-12-31..01-02
中秋节、国庆节 09-29..10-01 班 10-07 10-08

2025年
国庆节、中秋节 10-01
`)
	_, err = parseHolidays([]string{"2023-01-01 frei 元旦节 2023-01-01"})
	require.ErrorContains(t, err, "is not day, work or off, name and target")
	_, err = groupHolidays(map[string]holidayDay{"2023-01-07": {work: true, name: "元旦节", target: "2023-01-01"}})
	require.ErrorContains(t, err, "belongs to no holiday")
	_, err = groupHolidays(map[string]holidayDay{"2023-13-01": {name: "元旦节", target: "2023-01-01"}})
	require.Error(t, err)
}

func TestPackagesAgree(t *testing.T) {
	t.Parallel()
	other := otherHolidays{
		Holidays: map[string]string{"2012-06-22": "端午"},
		Workdays: map[string]string{"2012-04-28": "劳动节"},
	}
	days := map[string]holidayDay{
		"2012-06-22": {}, "2012-06-23": {}, "2012-04-28": {work: true}, "2005-12-31": {work: true}, "2012-05-02": {work: true},
	}
	require.NoError(t, agree(days, other))
	require.NotContains(t, days, "2012-05-02", "a Wednesday is no make-up day")
	require.Len(t, days, 4)
	for name, c := range map[string]struct {
		day  string
		fact holidayDay
	}{
		"a weekday off":          {"2012-06-25", holidayDay{}},
		"an unknown make-up day": {"2012-06-30", holidayDay{work: true}},
		"worked here, off there": {"2012-06-22", holidayDay{work: true}},
		"off here, worked there": {"2012-04-28", holidayDay{}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			require.ErrorContains(t, agree(map[string]holidayDay{c.day: c.fact}, other), "the packages differ on "+c.day)
		})
	}
	require.ErrorContains(t, agree(map[string]holidayDay{"2012-06-22": {}}, other), "has no 2012-04-28")
}

func TestDigests(t *testing.T) {
	t.Parallel()
	require.Equal(t, "# Made by internal/tablegen from lunar-javascript 1.7.7.\n"+
		"days 1 ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb\n"+
		"terms 2 b598b3a62a3f7cedb17e66d1cb31d53dffeebaf5c07e2c60d5e31971936fd35e\n", string(digests([]string{"a"}, []int{1, 2})))
}

func TestCalendarStopsWithoutItsSource(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	_, err := calendarTables(ctx)
	require.Error(t, err)
}
