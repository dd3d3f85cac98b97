package when

import (
	"strings"

	"github.com/zhushou-ai/zhushou/locale/calendar"
)

// year reads 2013年, 二零一三年, 15年, 民国三年, and the years that only their place shows to be ones.
func (p *parser) year(i int, e *expr, context bool) int {
	if !e.empty() && e.level != Century {
		return i
	}
	if e.empty() {
		if w, k, ok := p.word(i, calendarWord); ok {
			if w.a == 1 {
				if t := p.newYearDay(p.spaces(k), e); t == p.spaces(k) && p.skip(i, feastWord) > k { // 农历新年
					return i
				}
				*e = newExpr()
				return p.lunarDate(k, i, e)
			}
			if t := p.beforeEra(k, e); t > k {
				return t
			}
			if t := p.plainYear(p.spaces(k), e, true); t > p.spaces(k) {
				return t
			}
			if n, t, ok := p.eraYear(p.spaces(k)); ok && n >= 1 && p.endsWith(k, "公元 西元") && p.literal(p.spaces(t), "年") > t {
				e.add(Year, step{op: opYear, n: int16(n)})
				return p.literal(p.spaces(t), "年")
			}
			if t := p.month(p.spaces(k), e); t > p.spaces(k) {
				return t
			}
			return i
		}
		if w, k, ok := p.word(i, eraWord); ok {
			n, t, ok := p.eraYear(k)
			if ok && n >= 1 {
				if t = p.literal(t, "年"); p.endsWith(t, "年") && p.literal(t, "级") == t {
					e.add(Year, step{op: opYear, n: w.a + int16(n)})
					return t
				}
			}
		}
	}
	if r := p.before(i); p.at(i) == '前' && (r == '(' || r == '-' || r == '~' || r == '至') {
		return p.beforeEra(i, e)
	}
	if k := p.roundYear(i, e); k > i {
		return k
	}
	return p.plainYear(i, e, context)
}

// eraYear reads the number of a year of an era: 三, 元, 一百零二.
func (p *parser) eraYear(i int) (n, end int, ok bool) {
	if k := p.literal(i, "元"); k > i {
		return 1, k, true
	}
	if n, k, ok := p.small(i); ok && p.literal(k, "年") > k {
		return n, k, true
	}
	if n, digits, k := p.arabic(i); digits == 3 {
		return n, k, true
	}
	v, k, ok := p.hanNumber(i)
	return int(v.v), k, ok && !v.approx && v.v < 1000
}

// beforeEra reads 前221年 and 前三世纪, which are before the common era. The year before 1 is 0 here, as in package time.
func (p *parser) beforeEra(i int, e *expr) int {
	k := p.literal(i, "前")
	if k == i {
		return i
	}
	n, t, ok := p.eraYear(p.spaces(k))
	if _, digits, u := p.arabic(p.spaces(k)); digits == 4 {
		n, _, t = p.arabic(p.spaces(k))
		ok = u == t
	}
	if !ok || n < 1 {
		n, t, ok = p.small(p.spaces(k))
	}
	u := p.spaces(t)
	switch {
	case !ok || n < 1 || !e.empty():
		return i
	case p.literal(u, "世纪") > u:
		e.add(Century, step{op: opCentury, n: int16(1 - n)})
		return p.literal(u, "世纪")
	case p.literal(u, "年") > u && p.literal(u, "年代 年级") == u && (i == 0 || p.before(i) == '元' || n > 30):
		e.add(Year, step{op: opYear, n: int16(1 - n)})
		return p.literal(u, "年")
	}
	return i
}

const (
	stems    = "甲乙丙丁戊己庚辛壬癸"
	branches = "子丑寅卯辰巳午未申酉戌亥"
	animals  = "鼠牛虎兔龙蛇马羊猴鸡狗猪"
)

// roundYear reads 甲午年 and 龙年.
func (p *parser) roundYear(i int, e *expr) int {
	if !e.empty() {
		return i
	}
	place := func(s string, i int) (n int, ok bool) {
		if i+3 > len(p.text) {
			return 0, false
		}
		n = strings.Index(s, p.text[i:i+3])
		return n / 3, n >= 0 && n%3 == 0
	}
	if stem, ok := place(stems, i); ok {
		branch, ok := place(branches, i+3)
		if k := p.literal(i+6, "年"); ok && (stem-branch)%2 == 0 && k > i+6 {
			n := (6*stem - 5*branch + 60) % 60
			e.add(Year, step{op: opRoundYear, n: int16(n), m: 60})
			return k
		}
	}
	if animal, ok := place(animals, i); ok {
		if k := p.literal(i+3, "年"); k > i+3 && p.literal(k, "轻 龄") == k {
			e.add(Year, step{op: opRoundYear, n: int16(animal), m: 12})
			return k
		}
	}
	return i
}

// plainYear reads a year in digits.
func (p *parser) plainYear(i int, e *expr, context bool) int {
	if !e.empty() {
		return i
	}
	r := p.before(i)
	if p.endsWith(i, "公元前") || isArabic(r) || r == '.' || r == '第' || r == '-' && isArabic(p.before(i-1)) && !context {
		return i
	}
	n, digits, k := 0, 0, i
	if isArabic(p.at(i)) {
		n, digits, k = p.arabic(i)
	} else {
		for {
			d, next, ok := p.hanDigit(k)
			if !ok || digits == 5 || p.at(k) == '两' {
				break
			}
			n, digits, k = n*10+d, digits+1, next
		}
	}
	mark := p.spaces(k)
	t := p.literal(mark, "年 年度 年份")
	if t > mark {
		t = p.literal(mark, "年度 年份 年版 年")
	}
	if u := p.literal(mark, "年代"); u > mark {
		if digits != 4 || n%10 != 0 || n < 1000 {
			return i
		}
		e.add(Century, step{op: opCentury, n: int16(n/100 + 1)})
		e.add(Decade, step{op: opDecade, n: int16(n % 100)})
		return u
	}
	switch {
	case digits == 4 && t > mark && n > 0:
		if p.literal(mark, "年级 年前 年后 年来 年间") > mark && n < 1900 {
			return i
		}
		e.add(Year, step{op: opYear, n: int16(n)})
		return t
	case digits == 4 && isArabic(p.at(i)) && n >= 1500 && n <= 2100:
		return p.bareYear(i, k, n, e, context)
	case digits == 3 && t > mark && p.opt.Policy.Region == calendar.Taiwan && n < 200:
		e.add(Year, step{op: opYear, n: int16(n) + 1911})
		return t
	case digits == 3 && t > mark && (p.endsWith(i, "公元") || n%10 != 0 && isArabic(p.at(i)) && p.literal(t, "前 后 多 以 间 来 内 之 的 历史 老") == t):
		e.add(Year, step{op: opYear, n: int16(n)})
		return t
	case digits == 2 && t > mark:
		if !p.shortYear(i, n, mark, t, context) {
			return i
		}
		e.add(Year, step{op: opShortYear, n: int16(n)})
		return t
	case digits == 2 && p.opt.Policy.ShortYears && p.literal(k, "版 款") > k:
		e.add(Year, step{op: opShortYear, n: int16(n)})
		return k + 3
	case digits != 1 && digits != 0:
		return i
	}
	// 两千零四年八月: a number in words is a year if a month follows.
	v, k, ok := p.hanNumber(i)
	if !ok || v.approx || v.v < 1000 || v.v > 2999 {
		return i
	}
	t = p.literal(k, "年")
	if t == k {
		return i
	}
	next := newExpr()
	if p.month(t, &next) == t && p.part(t, &next) == t && v.v < 2001 || p.literal(t, "前 后 以 之 来 间 多") > t {
		return i
	}
	e.add(Year, step{op: opYear, n: int16(v.v)})
	return t
}

// shortYear reports whether the two digits before 年 are a year and not a length of time.
func (p *parser) shortYear(i, n, mark, t int, context bool) bool {
	if p.literal(t, "前 后 以前 以后 之前 之后 来 间 内 多 半 以内 之内 级 期 了 以来 以上 以下 工龄 老") > t && !(p.zeroLed(i) && p.literal(t, "级 期 多 半") == t) {
		return false
	}
	r := p.before(i)
	if r == '近' || r == '第' || r == '过' || r == '每' || r == '了' || r == '去' && p.endsWith(i, "过去") || r == '前' || r == '后' || r == '来' && p.endsWith(i, "未来") || r == '约' || r == '满' {
		return false
	}
	if p.zeroLed(i) || p.opt.Policy.ShortYears || p.at(i) == '零' || p.at(i) == '〇' {
		return true
	}
	next := newExpr()
	if p.month(p.spaces(t), &next) > p.spaces(t) || p.part(mark, &next) > mark || p.skip(t, yearPart) > t || p.stretchOfYear(p.spaces(t), &next) > p.spaces(t) || p.festivalName(t, &next) > t || p.ordinal(p.literal(t, "的"), &next) > p.literal(t, "的") {
		return true
	}
	if !isArabic(p.at(i)) { // 九八年, but 八九年 may be eight or nine
		a, b := n/10, n%10
		return n >= 50 && b != a+1 || b == 0 // 二零年 is not twenty years
	}
	return n >= 49 && context
}

func (p *parser) zeroLed(i int) bool { return p.at(i) == '0' }

// bareYear reads a year of four digits without 年, where a month or its place shows what it is: 从2016到2018.
func (p *parser) bareYear(i, k, n int, e *expr, context bool) int {
	if p.at(k) == 'q' && p.stretchOfYear(k, &expr{n: 1, level: Year}) > k { // 2026Q2
		e.add(Year, step{op: opYear, n: int16(n)})
		return k
	}
	if isLatin(p.before(i)) || isLatin(p.at(k)) || p.at(k) == '.' && isArabic(p.at(k+1)) || p.at(k) == '%' || p.at(k) == ':' {
		return i
	}
	next := newExpr()
	if t := p.spaces(k); !isArabic(p.at(t)) && (p.month(t, &next) > t) {
		e.add(Year, step{op: opYear, n: int16(n)})
		return k
	}
	if !p.opt.Policy.BareYears && !context {
		return i
	}
	if _, t, ok := p.unit(p.literal(p.spaces(k), "个 多")); ok && t > k || p.skip(k, measure) > k || p.literal(k, "号 - /") > k {
		return i
	}
	e.add(Year, step{op: opYear, n: int16(n)})
	return k
}

// stretchOfYear reads 18世纪, 90年代, 第三季度, 上半年, 春天.
func (p *parser) stretchOfYear(i int, e *expr) int {
	if e.level <= Quarter {
		return i
	}
	if w, k, ok := p.word(i, seasonWord); ok && (e.level == Year || e.empty() && len(w.word) > 3 && !p.endsWith(i, "新 立 青 回")) {
		if len(w.word) == 3 && !p.closes(k) && p.literal(k, "的 之 招 运 晚 节") == k || p.literal(k, "节 晚 游 招 运会") > k && len(w.word) == 3 {
			return i
		}
		e.add(Quarter, step{op: opSeason, n: w.a})
		return k
	}
	j := p.literal(i, "第")
	first := p.literal(i, "首季度 首季")
	if first > i && e.level > Quarter {
		e.add(Quarter, step{op: opCycle, unit: Quarter, n: 1})
		return first
	}
	if p.at(i) == 'q' && (e.level == Year || e.empty()) {
		if n := int(p.at(i+1) - '0'); 1 <= n && n <= 4 && !isArabic(p.at(i+2)) && !isLatin(p.at(i+2)) && !isLatin(p.before(i)) {
			e.add(Quarter, step{op: opCycle, unit: Quarter, n: int16(n)})
			return i + 2
		}
	}
	n, k, ok := p.small(j)
	if !ok {
		return i
	}
	counted := p.literal(k, "个")
	if counted > k && j == i {
		return i // 三个季度
	}
	k = p.spaces(counted)
	switch {
	case 1 <= n && n <= 4 && p.literal(k, "季度 季") > k:
		t := p.literal(k, "季度 季")
		if p.text[k:t] == "季" && (j == i || e.empty()) {
			return i
		}
		e.add(Quarter, step{op: opCycle, unit: Quarter, n: int16(n)})
		return t
	case p.literal(k, "世纪") > k && e.empty() && n >= 1:
		if p.at(k-3) == '个' || p.before(i) == '前' {
			return i
		}
		e.add(Century, step{op: opCentury, n: int16(n)})
		return p.literal(k, "世纪")
	case p.literal(k, "年代") > k && n%10 == 0 && (e.empty() || e.level == Century) && (n >= 10 || !e.empty()):
		e.add(Decade, step{op: opDecade, n: int16(n)})
		return p.literal(k, "年代")
	}
	return i
}
