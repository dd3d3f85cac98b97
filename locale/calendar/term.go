package calendar

import (
	_ "embed"
	"fmt"
	"time"
)

// A Term is one of the 24 solar terms (节气), in the order in which they come in a Gregorian year, from Xiaohan in the
// first days of January to Dongzhi in the last of December. Other values are no terms.
type Term uint8

// The solar terms.
const (
	Xiaohan     Term = iota // 小寒
	Dahan                   // 大寒
	Lichun                  // 立春
	Yushui                  // 雨水
	Jingzhe                 // 惊蛰
	Chunfen                 // 春分
	Qingming                // 清明
	Guyu                    // 谷雨
	Lixia                   // 立夏
	Xiaoman                 // 小满
	Mangzhong               // 芒种
	Xiazhi                  // 夏至
	Xiaoshu                 // 小暑
	Dashu                   // 大暑
	Liqiu                   // 立秋
	Chushu                  // 处暑
	Bailu                   // 白露
	Qiufen                  // 秋分
	Hanlu                   // 寒露
	Shuangjiang             // 霜降
	Lidong                  // 立冬
	Xiaoxue                 // 小雪
	Daxue                   // 大雪
	Dongzhi                 // 冬至
)

const (
	termNames = "小寒大寒立春雨水惊蛰春分清明谷雨立夏小满芒种夏至小暑大暑立秋处暑白露秋分寒露霜降立冬小雪大雪冬至"

	terms         = 24 // in a year
	firstTermYear = 1901
	lastTermYear  = 2100
	termEpoch     = -2177481600 // 1901-01-01 in Beijing, in seconds of time.Unix
)

// For each term its minute in 1901, counted from the beginning of the year, and the minutes from year to year beyond
// 365 days, in units of 2^-16, both four bytes with the lowest first; then, year by year, by how many minutes each term
// differs from that, one signed byte.
//
//go:embed terms.bin
var termTable string

// minute returns the instant of the term, rounded to minutes, in minutes since 1901 began in Beijing.
func (t Term) minute(year int) (int, error) {
	if t >= terms {
		return 0, fmt.Errorf("calendar: no solar term %d, want 0 to %d", uint8(t), terms-1)
	}
	if year < firstTermYear || year > lastTermYear {
		return 0, fmt.Errorf("%w: solar terms of %d, known are those of %d to %d", ErrRange, year, firstTermYear, lastTermYear)
	}
	n := year - firstTermYear
	base, step := int(fourBytes(8*int(t))), int64(fourBytes(8*int(t)+4))
	difference := int(int8(termTable[8*terms+terms*n+int(t)]))
	return base + n*365*24*60 + int(int64(n)*step>>16) + difference, nil
}

func fourBytes(at int) int32 {
	b := termTable[at : at+4]
	return int32(b[0]) | int32(b[1])<<8 | int32(b[2])<<16 | int32(b[3])<<24
}

// Time returns the instant of the term in a Gregorian year, to the minute. The error wraps ErrRange if the year is not
// from 1901 to 2100.
func (t Term) Time(year int) (time.Time, error) {
	minute, err := t.minute(year)
	if err != nil {
		return time.Time{}, err
	}
	return time.Unix(termEpoch+60*int64(minute), 0).In(Beijing()), nil
}

// Date returns the day of the term in a Gregorian year, with the errors of Time.
func (t Term) Date(year int) (Date, error) {
	minute, err := t.minute(year)
	if err != nil {
		return Date{}, err
	}
	const epoch = 693960 // 1901-01-01
	return Date{int32(epoch + minute/(24*60))}, nil
}

// String returns the name of the term, as in 清明.
func (t Term) String() string {
	if t >= terms {
		return fmt.Sprintf("Term(%d)", uint8(t))
	}
	return termNames[2*han*int(t) : 2*han*int(t)+2*han]
}

// ParseTerm returns the term of a name such as 清明, in simplified or traditional characters.
func ParseTerm(name string) (Term, error) {
	simple := simplified(name)
	for t := range Term(terms) {
		if t.String() == simple {
			return t, nil
		}
	}
	return 0, fmt.Errorf("calendar: %q is not the name of a solar term", name)
}

// TermOn returns the term whose day it is. On most days, and outside 1901 to 2100, there is none.
func TermOn(d Date) (t Term, ok bool) {
	year, month, day := d.Civil()
	t = Term(2 * (month - 1))
	if day > 15 {
		t++
	}
	on, err := t.Date(year)
	return t, err == nil && on == d
}

// NextTerm returns the term whose day is d or the first after it, and that day. The error wraps ErrRange if it is not
// in the years 1901 to 2100.
func NextTerm(d Date) (Term, Date, error) {
	year, month, _ := d.Civil()
	for n := 2 * int(month-1); ; n++ {
		t := Term(n % terms)
		on, err := t.Date(year + n/terms)
		if err != nil {
			return 0, Date{}, err
		}
		if !on.Before(d) {
			return t, on, nil
		}
	}
}
