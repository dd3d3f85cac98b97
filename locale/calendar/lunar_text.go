package calendar

import (
	"strconv"
	"strings"
)

const (
	chineseDigits = "〇一二三四五六七八九"
	monthNames    = "正二三四五六七八九十冬腊"
)

// The parts of a layout of LunarDate.Format, in the order in which they are looked for.
var lunarLayout = []struct {
	part string
	of   func(l LunarDate) string
}{
	{"二〇〇六", func(l LunarDate) string { return yearName(l.Year) }},
	{"丙戌", func(l LunarDate) string { return l.YearPillar().String() }},
	{"狗", LunarDate.Zodiac},
	{"正月", func(l LunarDate) string { return monthName(l.Month, l.Leap) }},
	{"初二", func(l LunarDate) string { return dayName(l.Day) }},
}

// String returns the date in the form 二〇二六年腊月廿三.
func (l LunarDate) String() string {
	return yearName(l.Year) + "年" + monthName(l.Month, l.Leap) + dayName(l.Day)
}

// Format returns the date in the form in which the layout writes the second day of the first month of 2006, much as
// time.Format does:
//
//	二〇〇六年正月初二  二〇二五年闰六月初一
//	丙戌年         乙巳年
//	农历狗年正月初二   农历蛇年闰六月初一
//
// Its parts are 二〇〇六, 丙戌 (the pillar of the year), 狗 (its animal), 正月 (with 闰 in a leap month) and 初二.
// Everything else stays as it is. For traditional characters convert the result.
func (l LunarDate) Format(layout string) string {
	var b strings.Builder
next:
	for layout != "" {
		for _, p := range lunarLayout {
			if rest, ok := strings.CutPrefix(layout, p.part); ok {
				b.WriteString(p.of(l))
				layout = rest
				continue next
			}
		}
		b.WriteByte(layout[0])
		layout = layout[1:]
	}
	return b.String()
}

// yearName returns the digits of a year, as in 二〇二六, four at least.
func yearName(year int) string {
	digits := strconv.Itoa(year)
	if len(digits) < 4 && year >= 0 {
		digits = "000"[:4-len(digits)] + digits
	}
	var b strings.Builder
	for _, digit := range []byte(digits) {
		if digit == '-' {
			b.WriteByte(digit)
		} else {
			b.WriteString(nth(chineseDigits, int(digit-'0')))
		}
	}
	return b.String()
}

// monthName returns the name of a month, as in 腊月 or 闰四月. Without such a month it is 零月.
func monthName(month int, leap bool) string {
	name := "零"
	if 1 <= month && month <= 12 {
		name = nth(monthNames, month-1)
	}
	if leap {
		name = "闰" + name
	}
	return name + "月"
}

// dayName returns the name of a day of the month, as in 初一, 廿三 or 三十. Without such a day it is 零日.
func dayName(day int) string {
	switch {
	case day < 1 || day > 30:
		return "零日"
	case day == 10:
		return "初十"
	case day == 20:
		return "二十"
	case day == 30:
		return "三十"
	}
	return nth("初十廿", day/10) + nth(chineseDigits, day%10)
}
