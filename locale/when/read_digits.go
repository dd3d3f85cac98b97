package when

// digitDate reads dates in digits: 2010-01-29, 2010/1/29, 2015.5.13, 20100129, 10/31/1974, 05/05/89, 12-11-10, 2008.03,
// 6·30, 3.3, 03/03. What is not a date by its size is left alone.
func (p *parser) digitDate(i int, e *expr, context bool) int {
	if !e.empty() && e.level != Year || !isArabic(p.at(i)) {
		return i
	}
	if r := p.before(i); isArabic(r) || isLatin(r) || r == '.' && isArabic(p.before(i-1)) || r == '/' || r == '-' && isArabic(p.before(i-1)) && !context {
		return i
	}
	a, aDigits, j := p.arabic(i)
	if e.level == Year && !e.empty() { // 2021年6/30
		return p.monthAndDay(a, aDigits, i, j, e, true)
	}
	if aDigits == 8 && !isLatin(p.at(j)) && p.at(j) != '.' {
		y, m, d := a/10000, a/100%100, a%100
		if y >= 1900 && y <= 2100 && validDay(m, d) && !p.numberGoesOn(j) {
			return p.addDate(y, 4, m, d, e, j)
		}
		return i
	}
	sep, k := p.separator(j)
	if sep == 0 {
		return i
	}
	b, bDigits, k := p.arabic(k)
	if bDigits < 1 || bDigits > 2 {
		return i
	}
	if sep2, t := p.separator(k); sep2 == sep && isArabic(p.at(t)) {
		c, cDigits, t := p.arabic(t)
		if isArabic(p.at(t)) || p.at(t) == '.' && sep == '.' && isArabic(p.at(t+1)) {
			return i
		}
		switch {
		case aDigits == 4 && cDigits <= 2 && validDay(b, c):
			return p.addDate(a, 4, b, c, e, p.dayMark(t))
		case aDigits <= 2 && cDigits == 4 && sep != '.' && (validDay(a, b) || validDay(b, a)):
			if p.monthFirst(a, b, c) {
				return p.addDate(c, 4, a, b, e, t)
			}
			return p.addDate(c, 4, b, a, e, t)
		case aDigits == 2 && bDigits == 2 && cDigits == 2 && sep == '/' && validDay(a, b):
			return p.addDate(c, 2, a, b, e, t)
		case aDigits == 2 && bDigits == 2 && cDigits == 2 && sep != ' ' && validDay(b, c):
			return p.addDate(a, 2, b, c, e, t)
		}
		if sep != '-' && sep != '.' {
			return i
		}
	}
	if sep == ' ' {
		return i
	}
	if aDigits == 4 { // 2008.03, 2010-01
		if bDigits == 2 && 1 <= b && b <= 12 && a >= 1900 && a <= 2100 && !p.numberGoesOn(k) {
			e.add(Year, step{op: opYear, n: int16(a)})
			e.add(Month, step{op: opCycle, unit: Month, n: int16(b)})
			return p.literal(k, "月份 月")
		}
		return i
	}
	return p.monthAndDay(a, aDigits, i, j, e, context)
}

// separator reads one of the signs between the numbers of a date and returns it in its plain form.
func (p *parser) separator(i int) (rune, int) {
	switch r := p.at(i); r {
	case '-', '/', '.', ' ':
		return r, i + 1
	case '·', '•', '．':
		return '·', i + len(string(r))
	}
	return 0, i
}

func (p *parser) dayMark(i int) int { return p.literal(i, "日 号") }

func validDay(m, d int) bool { return 1 <= m && m <= 12 && 1 <= d && d <= daysIn(2000, 1) && d <= 31 }

// monthFirst tells 10/31/1974 from 31/10/1974. Where both could be, the policy that writes the day first is the one
// of Recognizers.
func (p *parser) monthFirst(a, b, c int) bool {
	if !validDay(b, a) {
		return true
	}
	return validDay(a, b) && p.opt.Policy.Lunar != LunarAsSolar
}

func (p *parser) addDate(y, digits, m, d int, e *expr, end int) int {
	s := step{op: opYear, n: int16(y)}
	if digits == 2 {
		s.op = opShortYear
	}
	e.add(Year, s)
	e.add(Month, step{op: opCycle, unit: Month, n: int16(m)})
	e.add(Day, step{op: opCycle, unit: Day, n: int16(d)})
	if p.at(end) == '-' && p.opt.Only == Everything { // 2021-09-12-11:23
		if h, _, ok := p.hour(end+1, false); ok && h.hasMinute {
			return end + 1
		}
	}
	return end
}

// monthAndDay reads 6·30, 11/3号, 3.3 and 02.12 from the month a on, which ends at j.
func (p *parser) monthAndDay(a, aDigits, i, j int, e *expr, context bool) int {
	sep, k := p.separator(j)
	if sep == 0 || sep == ' ' || aDigits > 2 {
		return i
	}
	d, dDigits, t := p.arabic(k)
	if dDigits < 1 || dDigits > 2 || a < 1 || a > 12 || d < 1 || d > 31 {
		return i
	}
	mark := p.dayMark(t)
	if mark > t && sep == '-' && a < d && e.empty() {
		return i // 5-10号 is a range
	}
	if mark == t {
		if isArabic(p.at(t)) || isLatin(p.at(t)) || p.numberGoesOn(t) || p.at(t) == '/' || p.at(t) == '.' && isArabic(p.at(t+1)) || p.at(t) == '-' && !p.anotherDate(sep, t) {
			return i
		}
		if !context && !p.looksLikeDate(sep, aDigits, dDigits, d, i, t) {
			return i
		}
		if _, u, ok := p.unit(t); ok && u > t {
			return i
		}
	}
	e.add(Month, step{op: opCycle, unit: Month, n: int16(a)})
	e.add(Day, step{op: opCycle, unit: Day, n: int16(d)})
	return mark
}

// anotherDate reports whether a range goes on at i with numbers of the same kind: 10.1-10.7.
func (p *parser) anotherDate(sep rune, i int) bool {
	_, k, ok := p.word(i, toWord)
	_, digits, k := p.arabic(k)
	mark, k := p.separator(k)
	return ok && 1 <= digits && digits <= 2 && mark == sep && isArabic(p.at(k))
}

// looksLikeDate reports whether two short numbers are a date and not a decimal, a fraction or a score. A sentence that
// consists of nothing else, both numbers of two digits, 6·30, or a part of the day behind them are signs of a date.
func (p *parser) looksLikeDate(sep rune, aDigits, dDigits, day, i, t int) bool {
	switch {
	case sep == '·':
		return true
	case sep == '-':
		return false
	case p.anotherDate(sep, t):
		return true
	case i == 0 && t == len(p.text):
		return sep != '/' && aDigits == dDigits || aDigits == 2 && dDigits == 2 || sep == '/' && day > 12
	case aDigits == 2 && dDigits == 2 && p.text[i] == '0':
		return p.closes(t)
	}
	_, k, ok := p.word(t, partWord)
	return ok && k > t
}
