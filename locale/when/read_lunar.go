package when

// lunarDayAhead reports whether the day at i belongs to a lunar month: 初八, or 十五 without 日 where that is the policy.
func (p *parser) lunarDayAhead(i int, guess bool) bool {
	if p.literal(i, "初") > i {
		_, k, ok := p.small(i + 3)
		return ok && k > i
	}
	if !guess || p.opt.Policy.Lunar != LunarGuessed || isArabic(p.at(i)) {
		return false
	}
	n, k, ok := p.small(i)
	return ok && n >= 10 && n <= 30 && p.literal(p.spaces(k), "日 号 月 点 时 年 周 天 个 到 至 - ~") == p.spaces(k)
}

// lunarMonthAt adds a lunar month, and the day that follows it at i.
func (p *parser) lunarMonthAt(n int, leap bool, i int, e *expr) int {
	s := step{op: opLunarMonth, n: int16(n)}
	if leap {
		s.m = 1
	}
	e.add(Month, s)
	return p.lunarDayIn(i, e)
}

// lunarDate reads what follows 农历: a year, a month and a day.
func (p *parser) lunarDate(i, start int, e *expr) int {
	j := p.spaces(i)
	k := j
	before := *e
	if t := p.newYearDay(j, e); t > j { // 农历年初一
		return t
	}
	if e.empty() {
		k = p.plainYear(j, e, true)
		if k == j {
			if w, t, ok := p.word(j, relYear); ok {
				e.add(Year, step{op: opRel, unit: Year, n: w.a})
				k = t
			}
		}
		k = p.spaces(k)
	}
	if w, t, ok := p.word(k, lunarMonth); ok {
		return p.lunarMonthAt(int(w.a), false, t, e)
	}
	leap := p.literal(k, "闰")
	n, t, ok := p.small(leap)
	if u := p.literal(t, "月"); ok && u > t && 1 <= n && n <= 12 {
		return p.lunarMonthAt(n, leap > k, u, e)
	}
	if t := p.lunarDayIn(k, e); t > k && !e.empty() && e.last().op == opLunarDay {
		return t
	}
	if t := p.festivalName(k, e); t > k {
		return t
	}
	*e = before
	return start
}

// lunarDayIn reads the day of a lunar month: 初八, 十五, 廿三, 三十日.
func (p *parser) lunarDayIn(i int, e *expr) int {
	j := p.spaces(p.literal(i, "的"))
	k := p.literal(j, "初")
	if isArabic(p.at(k)) {
		_, digits, t := p.arabic(k)
		if digits > 2 || p.numberGoesOn(t) {
			return i
		}
	}
	n, t, ok := p.small(k)
	if !ok || n < 1 || n > 30 || k > j && n > 10 {
		return i
	}
	if k == j && p.skip(t, measure) > t && p.skip(t, feastWord) == t || k == j && p.literal(t, "月 点 时 天 年 周 : 分 到 多") > t {
		return i
	}
	e.add(Day, step{op: opLunarDay, n: int16(n)})
	return p.literal(t, "日 号 那天")
}
