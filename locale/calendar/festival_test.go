package calendar

import (
	"fmt"
	"math"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/zhushou-ai/zhushou/locale/script"
)

func TestFestivalTable(t *testing.T) {
	t.Parallel()
	list, err := parseFestivals(festivalTable)
	require.NoError(t, err)
	require.Len(t, Festivals(), len(list))
	seen := make(map[string]bool)
	for _, f := range list {
		for _, name := range append([]string{f.Name}, f.Aliases...) {
			key := f.Region.String() + name
			require.False(t, seen[key], "%s is there twice", key)
			seen[key] = true
			for _, c := range []script.Converter{script.S2T, script.S2TW, script.S2HK} {
				found, ok := FindFestival(c.String(name), f.Region)
				require.True(t, ok, c.String(name))
				require.Equal(t, f.Name, found.Name)
				require.Equal(t, f.Region, found.Region)
			}
		}
	}
}

// A day has the festivals whose rules lead to it, computed the other way round.
func TestFestivalsOnAgreesWithNext(t *testing.T) {
	t.Parallel()
	first, end := NewDate(2015, 1, 1), NewDate(2036, 1, 1)
	want := make(map[string]int)
	for _, f := range Festivals() {
		for d := first; ; d = d.AddDays(1) {
			next, err := f.Next(d)
			require.NoError(t, err)
			if !next.Before(end) {
				break
			}
			require.False(t, next.Before(d))
			want[fmt.Sprint(next, f.Region, f.Name)]++
			d = next
		}
	}
	got := make(map[string]int)
	for d := first; d.Before(end); d = d.AddDays(1) {
		for _, f := range FestivalsOn(d) {
			got[fmt.Sprint(d, f.Region, f.Name)]++
		}
	}
	require.Equal(t, want, got)
}

func TestFestivalDays(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name   string
		region Region
		want   string
	}{
		{"春节", Everywhere, "2026-02-17"},
		{"除夕", Everywhere, "2026-02-16"},
		{"大年三十", Everywhere, "2026-02-16"},
		{"元宵", Everywhere, "2026-03-03"},
		{"小年", Everywhere, "2026-02-10"},
		{"南方小年", Everywhere, "2026-02-11"},
		{"腊八", Everywhere, "2026-01-26"},
		{"端午", Everywhere, "2026-06-19"},
		{"七夕", Everywhere, "2026-08-19"},
		{"中元", Everywhere, "2026-08-27"},
		{"中秋", Everywhere, "2026-09-25"},
		{"重陽節", Taiwan, "2026-10-18"},
		{"清明", Everywhere, "2026-04-05"},
		{"寒食", Everywhere, "2026-04-04"},
		{"冬至", Everywhere, "2026-12-22"},
		{"母亲节", Everywhere, "2026-05-10"},
		{"父亲节", Everywhere, "2026-06-21"},
		{"父親節", Taiwan, "2026-08-08"},
		{"台湾父亲节", Everywhere, "2026-08-08"},
		{"父亲节", HongKong, "2026-06-21"},
		{"感恩节", Everywhere, "2026-11-26"},
		{"黑五", Everywhere, "2026-11-27"},
		{"复活节", HongKong, "2026-04-05"},
		{"耶穌受難節", HongKong, "2026-04-03"},
		{"儿童节", Everywhere, "2026-06-01"},
		{"兒童節", Taiwan, "2026-04-04"},
		{"国庆", Everywhere, "2026-10-01"},
		{"國慶", Taiwan, "2026-10-10"},
		{"双十节", Everywhere, "2026-10-10"},
		{"佛诞", HongKong, "2026-05-24"},
		{"佛诞日", Taiwan, "2026-05-10"},
		{"祖父母节", Taiwan, "2026-08-23"},
		{"小年夜", Taiwan, "2026-02-15"},
		{"中秋节翌日", HongKong, "2026-09-26"},
		{"初伏", Everywhere, "2026-07-15"},
		{"中伏", Everywhere, "2026-07-25"},
		{"末伏", Everywhere, "2026-08-14"},
		{"出伏", Everywhere, "2026-08-24"},
		{"三九", Everywhere, "2026-01-08"},
		{"丰收节", Everywhere, "2026-09-23"},
	} {
		f, ok := FindFestival(c.name, c.region)
		require.True(t, ok, c.name)
		d, err := f.In(2026)
		require.NoError(t, err)
		require.Equal(t, c.want, d.String(), c.name)
	}
	_, ok := FindFestival("没有的节", Everywhere)
	require.False(t, ok)
}

func TestEaster(t *testing.T) {
	t.Parallel()
	for _, want := range []string{"1818-03-22", "1943-04-25", "2000-04-23", "2019-04-21", "2024-03-31", "2025-04-20", "2038-04-25", "2049-04-18"} {
		require.Equal(t, want, easterOf(day(t, want).Year()).String())
	}
}

func TestFestivalYears(t *testing.T) {
	t.Parallel()
	eve, _ := FindFestival("除夕", Everywhere)
	d, err := eve.Of(2026)
	require.NoError(t, err)
	require.Equal(t, "2027-02-05", d.String())
	d, err = eve.Next(day(t, "2026-02-17"))
	require.NoError(t, err)
	require.Equal(t, "2027-02-05", d.String())
	d, err = eve.In(2100)
	require.NoError(t, err)
	require.Equal(t, "2100-02-08", d.String())

	porridge, _ := FindFestival("腊八", Everywhere)
	d, err = porridge.In(2022)
	require.NoError(t, err)
	require.Equal(t, "2022-01-10", d.String())
	d, err = porridge.Next(d.AddDays(1))
	require.NoError(t, err)
	require.Equal(t, "2022-12-30", d.String())
	_, err = porridge.In(2023)
	require.EqualError(t, err, "calendar: 腊八节 is not in 2023, the next is on 2024-01-18")

	moon, _ := FindFestival("中秋", Everywhere)
	d, err = moon.In(1901)
	require.NoError(t, err)
	require.Equal(t, "1901-09-27", d.String())

	teachers, _ := FindFestival("教师节", Mainland)
	for name, call := range map[string]func(int) (Date, error){"Of": teachers.Of, "In": teachers.In} {
		_, err = call(1984)
		require.EqualError(t, err, "calendar: 教师节 is kept since 1985, not in 1984", name)
		d, err = call(1985)
		require.NoError(t, err)
		require.Equal(t, "1985-09-10", d.String())
	}
	d, err = teachers.Next(Date{})
	require.NoError(t, err)
	require.Equal(t, "1985-09-10", d.String())
	harvest, _ := FindFestival("丰收节", Mainland)
	d, err = harvest.Next(Date{})
	require.NoError(t, err)
	require.Equal(t, "2018-09-23", d.String())
}

func TestFestivalRange(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"中秋", "除夕", "清明", "三九", "初伏"} {
		f, _ := FindFestival(name, Everywhere)
		for _, year := range []int{1900, 2102, -5000, 1 << 20, math.MinInt, math.MaxInt} {
			_, err := f.In(year)
			require.ErrorIs(t, err, ErrRange, name)
			_, err = f.Of(year)
			require.ErrorIs(t, err, ErrRange, name)
		}
	}
	mothers, _ := FindFestival("母亲节", Everywhere)
	for _, from := range []Date{{math.MinInt32}, {math.MaxInt32}, NewDate(9999, 12, 31)} {
		_, err := mothers.Next(from)
		require.ErrorIs(t, err, ErrRange)
	}
	for _, year := range []int{0, 10000, math.MinInt, math.MaxInt} {
		_, err := mothers.In(year)
		require.ErrorIs(t, err, ErrRange)
		require.ErrorContains(t, err, "want 1 to 9999")
	}
	d, err := mothers.In(3000)
	require.NoError(t, err)
	require.Equal(t, time.Sunday, d.Weekday())
	require.Empty(t, FestivalsOn(NewDate(1900, 1, 30)))
}

func TestFestivalTableErrors(t *testing.T) {
	t.Parallel()
	for _, line := range []string{
		"某节", "某节:", ":清明", "[火星]", "[]", "[大陆台湾]", "[陆台]", "某节:公历", "某节:公历13月1日", "某节:公历2月30日", "某节:公历5月第5个星期日",
		"某节:公历5月第2个星期八", "某节:公历5月第2个星期", "某节:农历", "某节:农历正月", "某节:农历正月初十五", "某节:农历13月1",
		"某节:农历正月三十一", "某节:农历正月末末", "某节:谷风", "某节:清明前天", "某节:清明后101天", "某节:夏至起第0个庚日",
		"某节:夏至起第三个庚日", "某节:清明自某年", "某节:清明\xff",
	} {
		_, err := parseFestivals("# 注\n\n" + line)
		require.Error(t, err, line)
		require.True(t, strings.HasPrefix(err.Error(), "calendar: "), err)
	}
}

func FuzzFestivals(f *testing.F) {
	f.Add("[台湾]\n父亲节 八八节:公历8月8日自1950年\n末伏:立秋起第1个庚日后10天\n除夕:农历腊月末")
	f.Add("母亲节:公历5月第2个星期日前100天\n复活节:复活节后1天")
	f.Fuzz(func(t *testing.T, text string) {
		list, err := parseFestivals(text)
		if err != nil {
			return
		}
		for _, festival := range list {
			if d, err := festival.Next(NewDate(2026, 1, 1)); err == nil {
				require.GreaterOrEqual(t, d.Year(), 2026)
			}
		}
	})
}
