package speech

import "strings"

// number returns the value of at most four digits, or -1.
func (p *speaker) number(i, j int) int {
	if j <= i || j-i > 4 {
		return -1
	}
	n := 0
	for _, c := range []byte(p.text[i:j]) {
		if !isArabic(c) {
			return -1
		}
		n = n*10 + int(c-'0')
	}
	return n
}

// isoDate says dates with strokes: 2026-11-22, 2026/11, 11/22.
func (p *speaker) isoDate(i, j int) int {
	sep := p.byteAt(j)
	if sep != '-' && sep != '/' && sep != '.' {
		return 0
	}
	k := p.digitsFrom(j + 1)
	if k-j-1 == 4 && sep != '.' && j-i == 2 && p.isMonth(i, j) && isYear(p.number(j+1, k)) && p.byteAt(k) != sep && !p.mathAhead(i) && (sep == '/' || p.text[i] == '0') {
		return p.sayDateOf(j+1, k, i, j, k) // 08/2008
	}
	if n := k - j - 1; n < 1 || n > 2 {
		return 0
	}
	switch {
	case j-i == 4 && p.isMonth(j+1, k) && isYear(p.number(i, j)):
		if p.byteAt(k) == sep {
			if e := p.digitsFrom(k + 1); p.isDay(k+1, e) && !(p.byteAt(e) == sep && isArabic(p.byteAt(e+1))) {
				return p.sayDate(i, j, j+1, k, k+1, e)
			}
			return 0
		}
		if isArabic(p.byteAt(k)) || p.at(k) == '年' || strings.HasPrefix(p.text[k:], "赛季") || sep == '.' && !p.monthsTo(i, k) {
			return 0
		}
		return p.sayDate(i, j, j+1, k, k, k)
	case p.byteAt(k) == sep && isArabic(p.byteAt(k+1)):
		return p.yearLast(i, j, k)
	case sep == '/' && !p.o.NoMonthDay && p.isMonth(i, j) && p.isDay(j+1, k) && (p.daysTo(i, k) || p.toDate == i && i > 0 || p.isMonthDay(i, j, k)):
		p.begin(i)
		p.sayMonthDay(i, j, j+1, k)
		p.end = k
		return p.finish(k, Date)
	}
	return 0
}

// yearLast says dates with the year behind, with the month first where that can be: 11/22/2026, 22-11-2026.
func (p *speaker) yearLast(i, j, k int) int {
	e := p.digitsFrom(k + 1)
	if e-k-1 != 4 || !isYear(p.number(k+1, e)) || p.byteAt(e) == p.text[j] {
		return 0
	}
	m, m2, d, d2 := i, j, j+1, k
	if !p.isMonth(m, m2) || p.o.DayFirst && p.isMonth(d, d2) {
		m, m2, d, d2 = d, d2, m, m2
	}
	if !p.isMonth(m, m2) || !p.isDay(d, d2) {
		return 0
	}
	p.begin(i)
	p.sayYear(k+1, e)
	p.sayMonthDay(m, m2, d, d2)
	p.end = e
	return p.finish(e, Date)
}

// monthsTo reports whether 2024.3 from i to k is the beginning or the end of a stretch of months: 2024.3-2024.5.
func (p *speaker) monthsTo(i, k int) bool {
	if p.toDate == i && i > 0 {
		return true
	}
	from := p.rangeSign(k)
	y := p.digitsFrom(from)
	m := p.digitsFrom(y + 1)
	return from > k && y-from == 4 && p.byteAt(y) == '.' && p.isMonth(y+1, m) && isYear(p.number(from, y)) && !isLatin(p.at(m))
}

// daysTo reports whether a dash and a day stand at k, after that from i on: 3/15-3/17. Days below 10 alone are fractions.
func (p *speaker) daysTo(i, k int) bool {
	from := p.rangeSign(k)
	m := p.digitsFrom(from)
	d := p.digitsFrom(m + 1)
	return (d-m == 3 || p.byteAt(k-3) == '/') && from > k && p.byteAt(m) == '/' && p.isMonth(from, m) && p.isDay(m+1, d) && !isLatin(p.at(d)) && !p.mathAhead(i)
}

// isMonthDay reports whether n/m from i to k is a date and no fraction: both are written with two digits, or words around say so.
func (p *speaker) isMonthDay(i, j, k int) bool {
	dated := p.behind(i, dateBefore) != 0
	if set, _ := p.before(i, fractionBefore); set != 0 && !dated {
		return false
	}
	if r := p.at(k); isLatin(r) || r == '%' || r == '/' || p.mathAhead(i) {
		return false
	}
	if p.longestAfter(k, countWord|numberWord|dateAfter) == countWord {
		return false
	}
	if j-i == 2 && k-j-1 == 2 {
		return true
	}
	_, end := p.after(k, dateAfter)
	return dated || end > k || p.text[j+1:k] == "1"
}

func isYear(n int) bool { return 1000 <= n && n < 2200 }

func (p *speaker) isMonth(i, j int) bool {
	n := p.number(i, j)
	return j-i <= 2 && 1 <= n && n <= 12
}

func (p *speaker) isDay(i, j int) bool {
	n := p.number(i, j)
	return j-i <= 2 && 1 <= n && n <= 31
}

// sayDate says the year from y to y2, the month from m to m2 and the day, if there is one.
func (p *speaker) sayDate(y, y2, m, m2, d, d2 int) int {
	p.begin(y)
	p.sayYear(y, y2)
	end := m2
	if d2 > d {
		end = d2
	}
	p.sayMonthDay(m, m2, d, d2)
	if r := p.at(end); r == '日' || r == '号' || r == '月' && d2 == d {
		p.out = p.out[:len(p.out)-len("日")] // it is written too
	}
	p.end = end
	if p.byteAt(end) == 'T' && isArabic(p.byteAt(end+1)) {
		end++ // the T of ISO 8601
		p.end = end
	}
	return p.finish(end, Date)
}

// sayDateOf says a month and its year that stand the other way round, up to end.
func (p *speaker) sayDateOf(y, y2, m, m2, end int) int {
	p.begin(m)
	p.sayYear(y, y2)
	p.sayMonthDay(m, m2, end, end)
	p.end = end
	return p.finish(end, Date)
}

func (p *speaker) sayYear(i, j int) {
	p.sayDigits(p.text[i:j])
	p.say("年")
}

func (p *speaker) sayMonthDay(m, m2, d, d2 int) {
	p.out = appendCardinal(p.out, p.text[m:m2], TwoNever)
	p.say("月")
	if d2 > d {
		p.out = appendCardinal(p.out, p.text[d:d2], TwoNever)
		p.say("日")
	}
}

// years says years and stretches of years: 2026年, 05年, 2026-2028年.
func (p *speaker) years(i, j int) int {
	n := j - i
	k := p.space(j)
	next := p.at(k)
	if sep := p.rangeSign(j); sep > j && n == 4 && isYear(p.number(i, j)) {
		e := p.digitsFrom(sep)
		if m := e - sep; m == 4 || m == 2 && (p.at(e) == '年' || p.text[sep:e] > p.text[i+2:j]) && p.yearFollows(e) {
			after := p.at(p.space(e))
			if m == 4 && !(isYear(p.number(sep, e)) && p.text[i:j] < p.text[sep:e] && (after == '年' || p.text[i] <= '2' && p.number(i, j) >= 1900 && !p.counted(e) || p.yearFollows(e))) {
				return 0
			}
			p.begin(i)
			p.sayDigits(p.text[i:j])
			p.say("到")
			p.sayDigits(p.text[sep:e])
			p.end = e
			return p.finish(e, Date)
		}
	}
	if sep := p.rangeSign(j); sep == j+1 && n == 2 && p.digitsFrom(sep) == sep+2 {
		// 98-99赛季
		if set, _ := p.after(sep+2, yearAfter); set != 0 && p.at(sep+2) != '级' && p.at(sep+2) != '届' || p.at(sep+2) == '年' && p.text[i] >= '5' {
			p.begin(i)
			p.sayDigits(p.text[i:j])
			p.say("到")
			p.sayDigits(p.text[sep : sep+2])
			p.end = sep + 2
			return p.finish(p.end, Date)
		}
	}
	if p.byteAt(j) == '/' && n == 4 && isYear(p.number(i, j)) {
		e := p.digitsFrom(j + 1)
		if later := p.text[j+1 : e]; (len(later) == 4 && p.text[i:j] < later || len(later) == 2 && p.text[i+2:j] < later) && p.yearFollows(e) {
			p.begin(i)
			p.sayDigits(p.text[i:j])
			p.say("到")
			p.sayDigits(p.text[j+1 : e])
			p.end = e
			return p.finish(e, Date)
		}
	}
	switch {
	case next == '年' && n == 4:
		if b := p.prev(i); b == '前' || b == '元' || p.o.PlainYears || p.monthAt(k+len("年")) {
			break
		}
		if p.text[i] == '0' || p.text[i] > '2' || p.text[j-2:j] == "00" && !p.isTwoThousand(i, j, k+len("年")) || p.text[i:j] > "2200" {
			if p.text[i:j] > "2200" || p.text[i:j] == "1000" {
				return 0
			}
			if set, _ := p.after(k+len("年"), stretchAfter); set != 0 {
				return 0
			}
		}
		if set, _ := p.before(i, stretchBefore); set != 0 && p.text[j-2:j] == "00" {
			return 0
		}
	case next == '年' && n == 2 && p.text[i] == '0':
	case next == '年' && n == 2 && p.monthAt(k+len("年")):
	case next == '年' && n == 2 && p.shortYear(i, k+len("年")):
	case next == '年' && n == 3 && (p.prev(i) == '元' || p.prev(i) == '前'):
	case next == '年' && n == 1 && (strings.HasSuffix(p.text[:i], "公元") || strings.HasSuffix(p.text[:i], "公元前")):
	case (next == '级' || next == '届') && n == 2 && (p.text[i] == '0' || p.text[i] >= '5') && p.prev(i) != '第':
	case p.o.PlainYears:
		return 0
	case n == 4 && 1900 <= p.number(i, j) && p.number(i, j) < 2100 && p.yearFollows(j):
	case n == 4 && 1900 < p.number(i, j) && p.number(i, j) < 2100 && p.text[j-2:j] != "00" && p.bareYear(i, j):
	default:
		return 0
	}
	p.begin(i)
	p.sayDigits(p.text[i:j])
	p.end = j
	return p.finish(j, Date)
}

// isTwoThousand reports whether the digits from i to j are the year 2000, whose 年 ends at k, and not so many years:
// 2000年以后, but 2000年历史.
func (p *speaker) isTwoThousand(i, j, k int) bool {
	_, stretch := p.after(k, stretchAfter)
	_, open := p.after(k, sinceAfter)
	return p.text[i:j] == "2000" && open >= stretch
}

// shortYear reports whether two digits at i and 年, which ends at k, are a year and not that many: 98年抗洪, but 活了98年.
func (p *speaker) shortYear(i, k int) bool {
	if p.o.PlainYears || p.text[i] < '7' || p.text[i+1] == '0' {
		return false
	}
	if head := p.text[:i]; p.last == Date && (strings.HasSuffix(head, "年到") || strings.HasSuffix(head, "年至")) { // 95年到98年
		return true
	}
	if b := p.prev(i); isHan(b) && !strings.ContainsRune("在于自从到至是我你他她们", b) || !isHan(p.at(k)) {
		return false
	}
	set, _ := p.after(k, stretchAfter)
	return set == 0
}

// bareYear reports whether four digits stand where a year would.
func (p *speaker) bareYear(i, j int) bool {
	next := p.at(j)
	if isLatin(next) || next != 0 && strings.ContainsRune("%/+=*-~×÷", next) || (next == '.' || next == ',' && p.sameWidth(j)) && isArabic(p.byteAt(j+1)) {
		return false
	}
	if p.counted(p.space(j)) || p.mathAhead(i) {
		return false
	}
	if r := p.prev(i); r != 0 && strings.ContainsRune("-+=.~×", r) {
		return false
	}
	set, _ := p.before(i, amountBefore)
	return set == 0
}

// yearFollows reports whether a word that goes with years stands at i.
func (p *speaker) yearFollows(i int) bool {
	set, _ := p.after(p.space(i), yearAfter)
	return set != 0 || p.at(i) == '年'
}

// monthAt reports whether a month in digits stands at i.
func (p *speaker) monthAt(i int) bool {
	j := p.digitsFrom(i)
	return p.isMonth(i, j) && p.at(j) == '月'
}

// era says dates with the era behind: 2334 BC, 1823年3月bc.
func (p *speaker) era(i, j int) int {
	k := p.space(j)
	if j-i > 4 || k >= len(p.text) || p.text[k]|0x20 != 'b' && p.text[k]|0x20 != 'a' && p.at(k) != '年' {
		return 0
	}
	parts := [3]string{"年", "月", "日"}
	var from, to [3]int
	n, at := 0, i
	for n < len(parts) {
		e := p.digitsFrom(at)
		from[n], to[n] = at, e
		if e == at || !strings.HasPrefix(p.text[e:], parts[n]) {
			break
		}
		n, at = n+1, e+3
	}
	named := at
	if n == 0 {
		named, n = j, 1
	}
	set, end := p.after(p.space(named), beforeEra|sinceEra)
	if set == 0 || isLatin(p.at(end)) {
		return 0
	}
	p.begin(i)
	if set&beforeEra != 0 {
		p.say("公元前")
	} else {
		p.say("公元")
	}
	p.sayYear(from[0], to[0])
	for m := 1; m < n; m++ {
		p.out = appendCardinal(p.out, p.text[from[m]:to[m]], TwoNever)
		p.say(parts[m])
	}
	return p.finish(end, Date)
}
