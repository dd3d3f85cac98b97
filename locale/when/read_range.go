package when

// second reads 到 and the end of a range whose beginning ends at i.
func (p *parser) second(i int, m *meaning, from bool) (int, bool) {
	j := p.spaces(i)
	if k := p.skip(j, sinceWord); k > j && (from || p.skip(p.spaces(k), toWord) > p.spaces(k)) { // 自…起至…止, 即日起至月底
		j = p.spaces(k)
	}
	_, k, ok := p.word(j, toWord)
	if !ok {
		if k, ok = p.nextWeekday(j, m); ok {
			return k, true
		}
		if k = p.literal(j, "和 与"); k == j || !p.between(k) {
			if m.a.hasDate() && !m.a.hasClock() {
				return p.bounded(j, m)
			}
			return i, false
		}
	}
	m.b = newExpr()
	end := p.point(p.spaces(k), &m.b, true)
	if end == p.spaces(k) {
		if end, ok = p.bareEnd(p.spaces(k), m); !ok {
			return i, false
		}
	}
	if !m.a.reaches(&m.b) {
		return i, false
	}
	m.form = formRange
	return end, true
}

// nextWeekday reads the 日 of 周六日 and the 二 of 周一二.
func (p *parser) nextWeekday(i int, m *meaning) (int, bool) {
	last := m.a.last()
	if last.op != opWeekday || m.a.level != Day {
		return i, false
	}
	d, k, ok := p.weekdayNumber(i)
	if !ok || d != int(last.n)+1 || isArabic(p.at(i)) || !p.closes(k) && p.literal(k, "的 都 要 休 有 去 也 不") == k {
		return i, false
	}
	m.b = newExpr()
	m.form = formRange
	return k, m.b.add(Day, step{op: opWeekday, unit: Day, n: int16(d)})
}

// bounded reads the 2018年之前 of 2010年之后2018年之前, with 2010年 ending before i.
func (p *parser) bounded(i int, m *meaning) (int, bool) {
	k := p.skip(i, afterWord)
	if k == i {
		return i, false
	}
	b := newExpr()
	end := p.point(p.spaces(k), &b, true)
	if b.empty() || !b.hasDate() {
		return i, false
	}
	if e := p.skip(end, beforeWord); e > end {
		m.form, m.b, m.mod, m.modB = formRange, b, After, Before
		return e, true
	}
	return i, false
}

// between reports whether a point and 之间 stand at i.
func (p *parser) between(i int) bool {
	e := newExpr()
	k := p.point(p.spaces(i), &e, true)
	return !e.empty() && p.literal(p.spaces(k), "之间") > p.spaces(k)
}

// bareEnd reads the end of a range that says only a number: 十月3至5, 周一至五.
func (p *parser) bareEnd(i int, m *meaning) (int, bool) {
	last := m.a.last()
	if last.op == opWeekday {
		if d, k, ok := p.weekdayNumber(i); ok && digitValue(p.at(k)) < 0 {
			return k, m.b.add(Day, step{op: opWeekday, unit: Day, n: int16(d)})
		}
	}
	if last.op == opCycle && last.unit == Day {
		if n, k, ok := p.small(i); ok && 1 <= n && n <= 31 && !p.unitFollows(k) {
			return k, m.b.add(Day, step{op: opCycle, unit: Day, n: int16(n)})
		}
	}
	return i, false
}

// unitFollows reports whether a unit of time or a measure word stands at i.
func (p *parser) unitFollows(i int) bool {
	_, k, ok := p.unit(p.literal(i, "个"))
	return ok && k > i || p.literal(i, "个 点 : . %") > i
}

// sharedUnit reads 下午两到四点, 3-5月, 三到五号, 2015-2018年, 三四月份: a number whose unit stands behind the second one.
// The time before the number ends at j.
func (p *parser) sharedUnit(i, j int, m *meaning) (int, bool) {
	if j > i {
		j = p.literal(j, "的")
	}
	j = p.spaces(j)
	if r := p.at(j); digitValue(r) < 0 && r != '十' {
		return i, false
	}
	a, b := newExpr(), newExpr()
	if j > i {
		p.point(i, &a, true)
	}
	if !a.empty() && (a.level < PartOfDay || a.last().op == opCycle && a.last().unit == Day) {
		return i, false
	}
	first, end, ok := p.listedNumbers(j, a.empty(), &b)
	if !ok {
		return i, false
	}
	s := b.steps[0]
	switch {
	case s.op == opYear && a.empty() && first >= 1000:
	case s.op == opDecade && (a.empty() || a.level == Century):
	case s.op != opCycle || a.level <= s.unit || s.unit < Hour:
		return i, false
	case s.unit == Hour:
		if s.m = 0; 1 <= first && first <= 12 {
			s.m = openHour
		}
		ok = first <= 24
	case s.unit == Day:
		ok = 1 <= first && first <= 31 && !(a.empty() && p.follows(i, dayBefore))
	case s.unit == Month:
		ok = 1 <= first && first <= 12
	}
	s.n = int16(first)
	if !ok || !a.add(s.levelOf(), s) {
		return i, false
	}
	m.a, m.b, m.form = a, b, formRange
	return end, true
}

// listedNumbers reads the first number, what joins it to the second, and the second with its unit, into b.
func (p *parser) listedNumbers(i int, alone bool, b *expr) (first, end int, ok bool) {
	if alone && !p.freeDigits(i) {
		return 0, i, false
	}
	if n, k, ok := p.hanDigit(i); ok { // 三四月份
		if u := p.neighbours(n, k, alone, b); u > k {
			if b.steps[0].op == opDecade {
				n *= 10
			}
			return n, u, true
		}
	}
	first, k, ok := p.small(i)
	if !ok {
		if first, k, ok = p.fourDigits(i); !ok {
			return 0, i, false
		}
	}
	_, t, ok := p.word(p.spaces(k), toWord)
	if !ok {
		if t = p.literal(k, "、"); t == k {
			return 0, i, false
		}
	}
	t = p.spaces(t)
	end = p.point(t, b, true)
	return first, end, end > t
}

// neighbours reads the second of two numbers that follow each other, and their unit, behind the first, n: 三四月份,
// 三四季度, 五六号, 下午两三点, 七八十年代.
func (p *parser) neighbours(n, i int, alone bool, b *expr) int {
	if n < 1 {
		return i
	}
	if h, k, ok := p.hour(i, true); ok && h.hour == n+1 && !h.hasMinute {
		if alone && (p.skip(k, pointAfter) > k || p.follows(i-len("两"), pointBefore)) {
			return i
		}
		return p.addHour(h, k, b, i)
	}
	next, t, ok := p.hanDigit(i)
	if !ok || next != n+1 {
		return i
	}
	if u := p.literal(t, "月份 月"); u > t {
		b.add(Month, step{op: opCycle, unit: Month, n: int16(next)})
		return u
	}
	if u := p.literal(t, "季度"); u > t && next <= 4 {
		b.add(Quarter, step{op: opCycle, unit: Quarter, n: int16(next)})
		return u
	}
	if u := p.literal(t, "号"); u > t && p.skip(u, dayAfter) == u {
		b.add(Day, step{op: opCycle, unit: Day, n: int16(next)})
		return u
	}
	if u := p.literal(t, "十年代"); u > t {
		b.add(Decade, step{op: opDecade, n: int16(10 * next)})
		return u
	}
	return i
}

// fourDigits reads a year without 年.
func (p *parser) fourDigits(i int) (v, end int, ok bool) {
	if isArabic(p.at(i)) {
		v, digits, end := p.arabic(i)
		return v, end, digits == 4
	}
	end = i
	for range 4 {
		d, k, ok := p.hanDigit(end)
		if !ok {
			return 0, i, false
		}
		v, end = v*10+d, k
	}
	return v, end, true
}

// reaches reports whether b may end a range that a begins: both are days or both are hours.
func (e *expr) reaches(b *expr) bool {
	if b.empty() || e.empty() {
		return false
	}
	if e.hasClock() == b.hasClock() || e.steps[0].op == opNow || b.steps[0].op == opNow {
		return true
	}
	return e.hasClock() && b.hasDate() && e.hasDate() || b.hasClock() && e.level == Day && b.hasDate()
}
