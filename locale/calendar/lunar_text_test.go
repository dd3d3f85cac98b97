package calendar

import (
	"math"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/require"
)

func TestLunarString(t *testing.T) {
	t.Parallel()
	for want, l := range map[string]LunarDate{
		"二〇二六年十月十四":  {2026, 10, 14, false},
		"二〇二六年腊月廿三":  {2026, 12, 23, false},
		"二〇二〇年闰四月初一": {2020, 4, 1, true},
		"二〇二五年冬月初十":  {2025, 11, 10, false},
		"二〇三三年闰冬月二十": {2033, 11, 20, true},
		"一九〇一年正月三十":  {1901, 1, 30, false},
		"〇〇〇〇年零月零日":  {},
		"-一年零月零日":    {-1, 13, 31, false},
		"一二〇二六年零月零日": {12026, math.MaxInt, math.MinInt, false},
	} {
		require.Equal(t, want, l.String())
	}
}

func TestLunarFormat(t *testing.T) {
	t.Parallel()
	l := LunarDate{2025, 6, 1, true}
	for layout, want := range map[string]string{
		"二〇〇六年正月初二":    "二〇二五年闰六月初一",
		"丙戌年":          "乙巳年",
		"农历丙戌狗年 正月初二。": "农历乙巳蛇年 闰六月初一。",
		"正月":           "闰六月",
		"":             "",
		"年月日\xff":      "年月日\xff",
	} {
		require.Equal(t, want, l.Format(layout))
	}
}

func TestAnyYearHasAName(t *testing.T) {
	t.Parallel()
	for _, year := range []int{math.MinInt, math.MaxInt} {
		require.Equal(t, len(strconv.Itoa(year)), utf8.RuneCountInString(LunarDate{Year: year}.Format("二〇〇六")))
	}
}

func TestParseLunar(t *testing.T) {
	t.Parallel()
	for s, want := range map[string]LunarDate{
		"二〇二六年十月十四":     {2026, 10, 14, false},
		"农历2026年12月23日": {2026, 12, 23, false},
		"２０２６年８月１５":     {2026, 8, 15, false},
		"丙午年腊月廿三":       {2026, 12, 23, false},
		"丙午馬年臘月二十三":     {2026, 12, 23, false},
		"龙年正月初一":        {2024, 1, 1, false},
		"甲子年正月初一":       {2044, 1, 1, false},
		"農曆閏四月初一":       {2020, 4, 1, true},
		"二零二五年闰六月廿九":    {2025, 6, 29, true},
		"八月十五":          {2026, 8, 15, false},
		" 阴历八月十五号 ":     {2026, 8, 15, false},
		"腊月十八":          {2026, 12, 18, false},
		"十二月初十":         {2026, 12, 10, false},
		"十一月十一":         {2026, 11, 11, false},
		"冬月三十":          {2026, 11, 30, false},
		"一月一":           {2026, 1, 1, false},
		"正月卅":           {2026, 1, 30, false},
		"十月二十":          {2026, 10, 20, false},
		"一九〇一年正月初一":     {1901, 1, 1, false},
		"二○九九年腊月三十":     {2099, 12, 30, false},
		"夏历三月初3":        {2026, 3, 3, false},
		"二〇三三年闰十一月初一":   {2033, 11, 1, true},
	} {
		near := 2026
		if want.Year == 2020 {
			near = 2020
		}
		got, err := ParseLunar(s, near)
		require.NoError(t, err)
		require.Equal(t, want, got, s)
	}
}

func TestParseLunarErrors(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		text    string
		year    int
		message string
	}{
		"empty":              {"", 2026, "does not say the month"},
		"no year":            {"八月十五", 0, "does not say the year"},
		"a year of a cycle":  {"丙午年八月十五", 0, "does not say the year"},
		"only a month":       {"闰六月", 2025, "does not say the day"},
		"初 before a ten":     {"正月初十五", 2026, "does not say the day"},
		"more after the day": {"正月初一晚上", 2026, `"晚上" follows the day`},
		"no such day":        {"四月三十", 2026, "no day 30 in 四月 of 2026"},
		"day 31":             {"正月三十一", 2026, "no day 31"},
		"no such month":      {"十三月初一", 2026, "lunar month 13"},
		"no such leap month": {"闰四月初一", 2026, "2026, which has no leap month"},
		"no such pillar":     {"甲丑年正月初一", 2026, "its year is not one of four digits"},
		"pillar and animal":  {"丙午羊年正月初一", 2026, "its year is not one of four digits"},
		"two digits":         {"26年正月初一", 2026, "its year is not one of four digits"},
		"five digits":        {"20260年正月初一", 2026, "its year is not one of four digits"},
		"out of range":       {"二一〇〇年正月初一", 2026, "lunar year 2100, known are 1901 to 2099"},
		"not UTF-8":          {"\xff正月初一", 2026, "does not say the month"},
		"far too long":       {strings.Repeat("十", 1000), 2026, "a lunar date of 3000 bytes"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := ParseLunar(c.text, c.year)
			require.ErrorContains(t, err, c.message)
		})
	}
}

func TestYearOfACycleIsTheNearest(t *testing.T) {
	t.Parallel()
	for near := 1931; near <= 2069; near++ {
		for year := near - 29; year <= near+30; year++ {
			l, err := ParseLunar(YearPillar(year).String()+"年二月初一", near)
			require.NoError(t, err)
			require.Equal(t, year, l.Year)
		}
		for year := near - 5; year <= near+6; year++ {
			l, err := ParseLunar(YearPillar(year).Zodiac()+"年二月初一", near)
			require.NoError(t, err)
			require.Equal(t, year, l.Year)
		}
	}
}

func FuzzParseLunar(f *testing.F) {
	for _, s := range []string{"农历二〇二六年腊月廿三", "丙午马年正月初一", "閏四月初1", "2026年12月23号", "卅月卅"} {
		f.Add(s, 2026)
	}
	f.Fuzz(func(t *testing.T, s string, year int) {
		l, err := ParseLunar(s, year)
		if err != nil {
			require.Zero(t, l)
			return
		}
		d, err := l.Date()
		require.NoError(t, err)
		back, err := d.Lunar()
		require.NoError(t, err)
		require.Equal(t, l, back)
		again, err := ParseLunar(l.String(), 0)
		require.NoError(t, err)
		require.Equal(t, l, again)
	})
}

func TestTraditionalIsInOrder(t *testing.T) {
	t.Parallel()
	runes := []rune(traditional)
	require.Len(t, traditional, han*len(runes))
	for i := 0; i < len(runes); i += 2 {
		require.Equal(t, string(runes[i+1]), simplified(string(runes[i])))
		require.True(t, i == 0 || runes[i-2] < runes[i], "%c", runes[i])
	}
	require.Equal(t, "Ａ国", simplified("Ａ國"))
}
