package quantity

import "strings"

// preface is what the words right before a number say about its unit.
type preface struct {
	start int
	minus bool // 零下
	scale Unit // 摄氏, 华氏
	per   Unit // 时速, 每小时: Hour; 秒速, 每秒: Second
	money Unit // 人民币
}

var prefaces = []struct {
	text  string
	scale Unit
	per   Unit
}{
	{"摄氏温度", Celsius, 0}, {"华氏温度", Fahrenheit, 0}, {"摄氏", Celsius, 0}, {"华氏", Fahrenheit, 0},
	{"每小时", 0, Hour}, {"时速", 0, Hour}, {"每秒钟", 0, Second}, {"每秒", 0, Second}, {"秒速", 0, Second}, {"每分钟", 0, Minute},
}

func (f *finder) preface(i int) preface {
	p := preface{start: i}
	f.below(&p)
	for _, w := range prefaces {
		if k := f.cutSuffix(p.start, w.text); k < p.start {
			p.start, p.scale, p.per = k, w.scale, w.per
			f.below(&p)
			return p
		}
	}
	if u, k := f.currencyBefore(p.start); u != 0 && !p.minus {
		p.start, p.money = k, u
	}
	return p
}

// below reads 零下, which may stand before and behind 摄氏.
func (f *finder) below(p *preface) {
	for _, w := range [...]string{"零下", "负的"} {
		if k := f.cutSuffix(p.start, w); k < p.start {
			p.minus, p.start = true, k
		}
	}
}

// cutSuffix returns where the word starts that ends at i, blanks aside, or i.
func (f *finder) cutSuffix(i int, word string) int {
	head := strings.TrimRight(f.s[f.from:i], " ")
	if strings.HasSuffix(head, word) {
		return f.from + len(head) - len(word)
	}
	return i
}
