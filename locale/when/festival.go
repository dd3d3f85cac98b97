package when

import (
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/zhushou-ai/zhushou/locale/calendar"
)

// festival is a line of festivals.txt.
type festival struct {
	name    string
	kind    byte // 0 for a day of the year, 'n' for the nth weekday of a month, or the letter of the table
	a, b, c int8
	days    uint8
	full    bool // the full moon
}

func (l *lexicon) addFestivals() {
	for line := range strings.Lines(festivalTable) {
		f := strings.Fields(line)
		if len(f) < 3 || f[0][0] == '#' {
			continue
		}
		v, ok := parseFestival(f[0])
		days, err := strconv.Atoi(f[1])
		if !ok || err != nil {
			panic("when: festivals.txt: " + line)
		}
		v.name, v.days = f[2], uint8(days)
		l.addFestival(v, f[2:])
		if v.kind == 'E' { // the Orthodox keep the same feasts by another Easter
			v.kind = 'O'
			orthodox := make([]string, 0, len(f)-2)
			for _, name := range f[2:] {
				orthodox = append(orthodox, "东正教"+name)
			}
			v.name = orthodox[0]
			l.addFestival(v, orthodox)
		}
	}
}

// addFestival adds a festival with its names, and for names with a day of the week the other ways to say that.
func (l *lexicon) addFestival(f festival, names []string) {
	for _, name := range names {
		l.add(name, feastWord, len(l.festival), 0)
		for _, faith := range faiths[f.kind] {
			l.add(faith+name, feastWord, len(l.festival), 0)
		}
		for _, week := range [...]string{"星期", "礼拜", "周"} {
			before, day, ok := strings.Cut(name, week)
			if r, _ := utf8.DecodeRuneInString(day); !ok || digitValue(r) < 0 && r != '日' {
				continue
			}
			for _, other := range [...]string{"星期", "礼拜", "周"} {
				if other != week {
					l.add(before+other+day, feastWord, len(l.festival), 0)
				}
			}
			break
		}
	}
	l.festival = append(l.festival, f)
}

// faiths may stand before the names of the festivals of a calendar.
var faiths = map[byte][]string{'I': {"伊斯兰", "伊斯兰教", "穆斯林"}, 'H': {"犹太", "犹太教"}, 'M': {"印度", "印度教"}}

// parseFestival reads the day of a festival as festivals.txt writes it.
func parseFestival(s string) (f festival, ok bool) {
	number := func(s string) int8 {
		n, err := strconv.Atoi(s)
		ok = ok && err == nil
		return int8(n)
	}
	ok = true
	if parts := strings.Split(s, "/"); len(parts) == 3 {
		f = festival{kind: 'n', a: number(parts[0]), b: number(parts[1]), c: number(parts[2])}
		return f, ok
	}
	if s[0] <= '9' {
		s = "0" + s
	} else {
		f.kind = s[0]
		s = "0" + s[1:]
	}
	switch f.kind {
	case 0, 'L', 'I', 'H':
		if len(s) != 5 {
			return f, false
		}
		f.a, f.b = number(s[1:3]), number(s[3:])
	case 'T':
		if term, shift, shifted := strings.Cut(s[1:], "+"); shifted {
			f.a, f.b = number(term), number(shift)
			break
		}
		term, shift, shifted := strings.Cut(s[1:], "-")
		f.a = number(term)
		if shifted {
			f.b = -number(shift)
		}
	case 'G':
		term, nth, _ := strings.Cut(s[1:], ".")
		f.a, f.b = number(term), number(nth)
	case 'W':
	case 'M':
		if len(s) < 7 {
			return f, false
		}
		f.a, f.b, f.full = number(s[1:3]), number(s[3:5]), s[5] == '+'
		f.c = number(s[6:])
	default:
		f.b = number(s[1:])
	}
	return f, ok
}

// in returns the day on which the festival begins in the year: the lunar year for lunar festivals, the Gregorian
// year for others. It reports false if there is none.
func (f *festival) in(year int) (y int, m time.Month, d int, ok bool) {
	if year < 1 || year > 9999 {
		return 0, 0, 0, false
	}
	switch f.kind {
	case 0:
		return year, time.Month(f.a), int(f.b), true
	case 'n':
		m, d := nthWeekday(year, int(f.a), int(f.b), int(f.c))
		return year, m, d, true
	case 'L':
		date, ok := lunarDay(year, int(f.a), int(f.b), false)
		y, m, d = date.Civil()
		return y, m, d, ok
	case 'G':
		date, ok := gengDay(year, f.a, f.b)
		y, m, d = date.Civil()
		return y, m, d, ok
	case 'T':
		if f.b > 0 {
			year--
		}
		date, err := calendar.Term(f.a - 1).Date(year)
		y, m, d = date.AddDays(int(f.b)).Civil()
		return y, m, d, err == nil
	case 'E':
		m, d = easter(year)
	case 'O':
		m, d = orthodoxEaster(year)
	case 'I':
		return dayNumber(islamicIn(year, int(f.a), int(f.b)))
	case 'H':
		return dayNumber(hebrewIn(year, int(f.a), int(f.b)))
	case 'W':
		m, d = nthWeekday(year, 3, -1, 6)
		if em, ed := easter(year); time.Date(year, em, ed-1, 0, 0, 0, 0, time.UTC).Equal(time.Date(year, 3, d, 0, 0, 0, 0, time.UTC)) {
			d -= 7 // not on the Saturday before Easter
		}
		return year, m, d, true
	case 'M':
		return dayNumber(f.moonIn(year))
	}
	t := time.Date(year, m, d+int(f.b), 0, 0, 0, 0, time.UTC)
	return t.Year(), t.Month(), t.Day(), true
}

// gengDay returns the nth day of the stem 庚, of which one comes every ten days, from a solar term on.
func gengDay(year int, term, nth int8) (calendar.Date, bool) {
	date, err := calendar.Term(term - 1).Date(year)
	if err != nil {
		return date, false
	}
	y, m, d := date.Civil()
	const geng = 9 // 10 January 1970 was one
	days := int(time.Date(y, m, d, 0, 0, 0, 0, time.UTC).Unix() / (24 * 60 * 60))
	ahead := ((geng-days)%10 + 10) % 10
	return date.AddDays(ahead + 10*(int(nth)-1)), true
}

// length returns how many days the festival of the year that begins on first lasts.
func (f *festival) length(year int, first calendar.Date) int {
	if f.kind != 'G' || f.days > 0 {
		return int(f.days)
	}
	const beginningOfAutumn, last = 15, 10
	end, _ := gengDay(year, beginningOfAutumn, 1)
	if f.b == 3 {
		end = end.AddDays(last)
	}
	return end.Sub(first)
}

// lunarDay returns a day of the lunar year; month 13 day 0 is the last day of the year.
func lunarDay(year, month, day int, leap bool) (calendar.Date, bool) {
	if month == 13 {
		n, err := calendar.YearDays(year)
		first, err2 := calendar.LunarDate{Year: year, Month: 1, Day: 1}.Date()
		return first.AddDays(n - 1), err == nil && err2 == nil
	}
	d, err := calendar.LunarDate{Year: year, Month: month, Day: day, Leap: leap}.Date()
	return d, err == nil
}

// nthWeekday returns the nth weekday of a month, from its end if n is negative; weekday 7 is Sunday, and 8 the
// Monday after the nth Thursday.
func nthWeekday(year, month, n, weekday int) (time.Month, int) {
	extra := 0
	switch weekday {
	case 8:
		weekday, extra = 4, 4
	case 5:
		if month == 11 {
			weekday, extra = 4, 1 // the day after the nth Thursday
		}
	}
	if n < 0 {
		last := time.Date(year, time.Month(month)+1, 0, 0, 0, 0, 0, time.UTC)
		back := (int(last.Weekday()) - weekday%7 + 7) % 7
		return time.Month(month), last.Day() - back + 7*(n+1)
	}
	first := time.Date(year, time.Month(month), 1, 0, 0, 0, 0, time.UTC)
	day := 1 + (weekday%7-int(first.Weekday())+7)%7 + 7*(n-1) + extra
	t := time.Date(year, time.Month(month), day, 0, 0, 0, 0, time.UTC)
	return t.Month(), t.Day()
}
