package calendar

import (
	"fmt"
	"time"
	"unicode/utf8"
)

// A Pillar (干支) is one of the sixty pairs of a heavenly stem and an earthly branch, from 0 for 甲子 to 59 for 癸亥.
// Years, months, days and double hours are counted in them.
type Pillar uint8

const (
	stems    = "甲乙丙丁戊己庚辛壬癸"
	branches = "子丑寅卯辰巳午未申酉戌亥"
	animals  = "鼠牛虎兔龙蛇马羊猴鸡狗猪"
	han      = len("甲") // bytes of a character
)

// nth returns the nth character of a string of Chinese characters.
func nth(s string, n int) string { return s[han*n : han*n+han] }

// pillar returns the pillar of a count that is 0 at 甲子.
func pillar(n int) Pillar { return Pillar(floorMod(n, 60)) }

// String returns the two characters, as in 丙午. Values from 60 on begin again.
func (p Pillar) String() string { return p.Stem() + p.Branch() }

// Stem returns the heavenly stem (天干), as in 丙.
func (p Pillar) Stem() string { return nth(stems, int(p%10)) }

// Branch returns the earthly branch (地支), as in 午.
func (p Pillar) Branch() string { return nth(branches, int(p%12)) }

// Zodiac returns the animal of the branch (生肖), as in 马.
func (p Pillar) Zodiac() string { return nth(animals, int(p%12)) }

// ParsePillar reads two characters such as 丙午.
func ParsePillar(s string) (Pillar, error) {
	if p, n := cutPillar(s); n == len(s) && n > 0 {
		return p, nil
	}
	return 0, fmt.Errorf("calendar: %q is not one of the sixty pairs from 甲子 to 癸亥", s)
}

// cutPillar reads the pillar that s begins with, of n bytes, or none of 0 bytes.
func cutPillar(s string) (p Pillar, n int) {
	stem, size := utf8.DecodeRuneInString(s)
	branch, size2 := utf8.DecodeRuneInString(s[size:])
	a, b := place(stems, stem), place(branches, branch)
	if a < 0 || b < 0 || a%2 != b%2 {
		return 0, 0
	}
	return pillar(6*a - 5*b), size + size2
}

// place returns the place of a character in a string of Chinese characters, or -1.
func place(s string, r rune) int {
	n := 0
	for _, c := range s {
		if c == r {
			return n
		}
		n++
	}
	return -1
}

// YearPillar returns the pillar of a lunar year: 丙午 of 2026. Every year has one, in the tables or not.
func YearPillar(year int) Pillar { return pillar(floorMod(year, 60) - 4) }

// YearPillar returns the pillar of the lunar year. In fortune-telling the year begins at 立春 instead; see
// [EightCharacters].
func (l LunarDate) YearPillar() Pillar { return YearPillar(l.Year) }

// Zodiac returns the animal of the lunar year (生肖), as in 马.
func (l LunarDate) Zodiac() string { return l.YearPillar().Zodiac() }

// MonthPillar returns the pillar of the month that the day is in. These months do not follow the moon: they begin on
// the days of 立春, 惊蛰, 清明 and every second solar term from there. The error wraps ErrRange if the year is not from
// 1901 to 2100.
func (d Date) MonthPillar() (Pillar, error) {
	year, month, _ := d.Civil()
	begin, err := Term(2 * (month - 1)).Date(year)
	if err != nil {
		return 0, err
	}
	return monthPillar(year, month, d.Before(begin)), nil
}

// monthPillar returns the pillar of the month that begins in a Gregorian month, or of the one before.
func monthPillar(year int, month time.Month, before bool) Pillar {
	n := 12*year + int(month) + 12
	if before {
		n--
	}
	return pillar(n)
}

// DayPillar returns the pillar of the day, from midnight to midnight. Every day has one, in the tables or not.
func (d Date) DayPillar() Pillar { return pillar(int(d.day) + 15) }

// HourPillar returns the pillar of the double hour (时辰) in Beijing. The hour 子 begins at 23 o'clock, and that of the
// next day's pillar with it.
func HourPillar(t time.Time) Pillar {
	hours := floorDiv(t.Unix()+beijingOffset, 60*60) + 1
	day := Date{int32(floorDiv(hours, 24) + unixEpoch)}
	return pillar(12*int(day.DayPillar()) + int(floorMod(hours, 24))/2)
}

// Pillars are the four pillars of an instant (八字).
type Pillars struct {
	Year, Month, Day, Hour Pillar
}

// String returns the eight characters, as in 丙午 己亥 庚子 戊子.
func (p Pillars) String() string {
	return p.Year.String() + " " + p.Month.String() + " " + p.Day.String() + " " + p.Hour.String()
}

// EightCharacters returns the four pillars of an instant as fortune-tellers count them: the year begins at the minute
// of 立春 and the month at that of its solar term, in Beijing. The day begins at midnight and the hour 子 an hour
// before (晚子时); schools that begin the day at 23 o'clock too take the day pillar of the next day there. The error
// wraps ErrRange if the year is not from 1901 to 2100.
func EightCharacters(t time.Time) (Pillars, error) {
	d := DateOf(t)
	year, month, _ := d.Civil()
	spring, err := Lichun.minute(year)
	if err != nil {
		return Pillars{}, err
	}
	now := floorDiv(t.Unix()-termEpoch, 60)
	p := Pillars{Year: YearPillar(year), Day: d.DayPillar(), Hour: HourPillar(t)}
	if now < int64(spring) {
		p.Year = YearPillar(year - 1)
	}
	begin, err := Term(2 * (month - 1)).minute(year)
	if err != nil {
		return Pillars{}, err
	}
	p.Month = monthPillar(year, month, now < int64(begin))
	return p, nil
}
