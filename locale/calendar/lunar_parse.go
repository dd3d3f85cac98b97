package calendar

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// ParseLunar reads a lunar date, with or without its year: 农历二〇二六年腊月廿三, 2026年12月23, 丙午年正月初一, 闰四月初一,
// 八月十五. Simplified and traditional characters, Chinese and Arabic numerals are read alike, and 农历 or 阴历 may stand
// in front. Names of days such as 除夕 are the matter of [FindFestival].
//
// A year that is not said is the given one, and one that is said by its pillar or its animal is the one nearest to the
// given one, the later of two. If year is 0 such dates are errors. There is also an error if there is no such day, as
// there is of Date.
func ParseLunar(s string, year int) (LunarDate, error) {
	fail := func(why string) (LunarDate, error) {
		return LunarDate{}, fmt.Errorf("calendar: %q is not a lunar date such as 二〇二六年腊月廿三: %s", s, why)
	}
	if len(s) > 100 {
		return LunarDate{}, fmt.Errorf("calendar: a lunar date of %d bytes", len(s))
	}
	p := lunarParser{rest: simplified(strings.TrimSpace(s))}
	for _, prefix := range []string{"农历", "阴历", "旧历", "夏历"} {
		if p.skip(prefix) {
			break
		}
	}
	l := LunarDate{Year: year}
	said, ok := p.year(year)
	if ok {
		l.Year = said
	}
	if l.Year == 0 {
		return fail("it does not say the year")
	}
	if !ok && strings.Contains(p.rest, "年") {
		return fail("its year is not one of four digits, and no pillar such as 丙午 or animal such as 马")
	}
	l.Leap = p.skip("闰")
	if l.Month, ok = p.month(); !ok || !p.skip("月") {
		return fail("it does not say the month")
	}
	if l.Day, ok = p.day(); !ok {
		return fail("it does not say the day")
	}
	if p.rest != "" && p.rest != "日" && p.rest != "号" {
		return fail(fmt.Sprintf("%q follows the day", p.rest))
	}
	if _, err := l.Date(); err != nil {
		return LunarDate{}, err
	}
	return l, nil
}

// A lunarParser reads what is left of a date from its beginning.
type lunarParser struct {
	rest string
}

func (p *lunarParser) skip(s string) bool {
	rest, ok := strings.CutPrefix(p.rest, s)
	p.rest = rest
	return ok
}

// year reads a year with its 年, or nothing. A year of a cycle is the one nearest to near.
func (p *lunarParser) year(near int) (year int, ok bool) {
	said, rest, found := strings.Cut(p.rest, "年")
	if !found {
		return 0, false
	}
	pillar, n := cutPillar(said)
	switch {
	case n > 0 && (said[n:] == "" || said[n:] == pillar.Zodiac()):
		year, ok = nearest(near, int(pillar)+4, 60), near != 0
	case utf8.RuneCountInString(said) == 1 && strings.Contains(animals, said):
		r, _ := utf8.DecodeRuneInString(said)
		year, ok = nearest(near, place(animals, r)+4, 12), near != 0
	default:
		count := 0
		for _, r := range said {
			d := digit(r)
			if count++; d < 0 || count > 4 {
				return 0, false
			}
			year = 10*year + d
		}
		ok = count == 4
	}
	if ok {
		p.rest = rest
	}
	return year, ok
}

// nearest returns the year nearest to near of those that are n modulo cycle, and the later of two.
func nearest(near, n, cycle int) int {
	return near + cycle/2 - floorMod(near+cycle/2-n, cycle)
}

// month reads a number, or a name of a month without its 月.
func (p *lunarParser) month() (int, bool) {
	r, size := utf8.DecodeRuneInString(p.rest)
	if n := place(monthNames, r); n >= 0 && r != '十' { // of which 十一 is another
		p.rest = p.rest[size:]
		return n + 1, true
	}
	return p.number()
}

// day reads a number, or a name of a day of the month.
func (p *lunarParser) day() (int, bool) {
	first := p.skip("初")
	n, ok := p.number()
	return n, ok && (!first || n <= 10)
}

// number reads up to two Arabic digits or a Chinese numeral up to 39, with 廿 and 卅.
func (p *lunarParser) number() (n int, ok bool) {
	r, size := utf8.DecodeRuneInString(p.rest)
	tens := 0
	switch {
	case r == '十':
		tens = 1
	case r == '廿':
		tens = 2
	case r == '卅':
		tens = 3
	case digit(r) >= 0 && strings.HasPrefix(p.rest[size:], "十"):
		tens = digit(r)
		size += han
	}
	if tens > 0 {
		n, ok = 10*tens, true
		p.rest = p.rest[size:]
		if r, size = utf8.DecodeRuneInString(p.rest); chineseDigit(r) <= 0 {
			return n, ok
		}
		p.rest = p.rest[size:]
		return n + chineseDigit(r), true
	}
	if d := chineseDigit(r); d > 0 {
		p.rest = p.rest[size:]
		return d, true
	}
	for range 2 {
		d := digit(r)
		if d < 0 {
			break
		}
		n, ok = 10*n+d, true
		p.rest = p.rest[size:]
		r, size = utf8.DecodeRuneInString(p.rest)
	}
	return n, ok
}

// digit returns the value of a digit, Chinese or Arabic, half or full width, or -1.
func digit(r rune) int {
	switch {
	case '0' <= r && r <= '9':
		return int(r - '0')
	case '０' <= r && r <= '９':
		return int(r - '０')
	}
	return chineseDigit(r)
}

func chineseDigit(r rune) int {
	if r == '零' || r == '○' {
		return 0
	}
	return place(chineseDigits, r)
}
