package when

// ordinal reads 第三天, 第二周, 第二个周日, 最后一天, 前三个季度, 头两周, 后两天 in what is before it.
func (p *parser) ordinal(i int, e *expr) int {
	if !e.empty() && e.level < Day {
		return i
	}
	if k := p.literal(i, "第"); k > i {
		n, t, ok := p.small(k)
		if u := p.literal(k, "首"); !ok && u > k {
			n, t, ok = 1, u, true
		}
		if !ok || n < 1 {
			return i
		}
		return p.nth(n, i, p.spaces(t), e)
	}
	if k := p.literal(i, "倒数第"); k > i {
		n, t, ok := p.small(k)
		if !ok || n < 1 {
			return i
		}
		return p.nth(-n, i, p.spaces(t), e)
	}
	if k := p.literal(i, "最后"); k > i {
		n, t, ok := p.small(k)
		if ok && n > 1 && !e.empty() {
			return p.several(-n, i, p.literal(t, "个"), e)
		}
		if !ok {
			t = k
		}
		return p.nth(-1, i, p.spaces(t), e)
	}
	if k := p.literal(i, "前"); k > i && e.empty() { // 前三季度, which is not the last 前三个季度
		if n, t, ok := p.small(k); ok && 1 < n && n < 4 && p.literal(t, "季度") > t {
			e.add(Year, step{op: opRel, unit: Year})
			return p.several(n, i, t, e)
		}
	}
	if k := p.literal(i, "前 头"); k > i && !e.empty() && e.level > Day {
		if n, t, ok := p.small(k); ok {
			return p.several(n, i, p.literal(t, "个"), e)
		}
	}
	if k := p.literal(i, "后"); k > i && !e.empty() && e.level > Day {
		if n, t, ok := p.small(k); ok {
			return p.several(-n, i, p.literal(t, "个"), e)
		}
	}
	return i
}

// several reads the unit of the first n or the last -n ones in what is before.
func (p *parser) several(n, start, i int, e *expr) int {
	u, k, ok := p.unit(i)
	if !ok || u.count != 1 || u.unit >= e.level || u.unit < Day || n == 0 {
		return start
	}
	e.add(u.unit, step{op: opFirst, unit: u.unit, n: int16(n)})
	return k
}

// nth reads the unit or the weekday of the nth one, or of the nth from the end if n is negative.
func (p *parser) nth(n, start, i int, e *expr) int {
	i = p.literal(p.literal(i, "个"), "的")
	long := !e.empty() && e.level >= Month
	if _, w, ok := p.word(i, weekWord); ok {
		if d, k, ok := p.weekdayNumber(w); ok && (long || n < 0 && e.empty()) {
			if e.empty() {
				e.add(Month, step{op: opRel, unit: Month}) // 最后一个周五 is of this month
			}
			e.add(Day, step{op: opNthWeekday, unit: Day, n: int16(n), m: int16(d)})
			return k
		}
	}
	if k := p.literal(i, "周末"); k > i && long {
		e.add(Weekend, step{op: opNth, unit: Weekend, n: int16(n)})
		return k
	}
	if k := p.literal(i, "工作日 交易日"); k > i && long && e.level <= Year {
		e.add(Day, step{op: opWorkday, unit: Day, n: int16(n)})
		return k
	}
	u, k, ok := p.unit(i)
	switch {
	case !ok || u.count != 1 || u.unit < Day || n < -400 || n > 400:
		return start
	case !e.empty() && u.unit >= e.level && !(e.level == Day && u.unit == Day):
		return start
	case !e.empty(), n > 0 && p.opt.Policy.OrdinalsFromNow:
		e.add(u.unit, step{op: opNth, unit: u.unit, n: int16(n)})
	case n == 2 && u.unit == Day && p.clockFollows(p.literal(k, "的")): // 第二天早上
		e.add(Day, step{op: opRel, unit: Day, n: 1, m: 1})
	default:
		return start
	}
	return k
}

// clockFollows reports whether a part of the day or an hour stands at i.
func (p *parser) clockFollows(i int) bool {
	if p.skip(i, partWord) > i {
		return true
	}
	return p.pointFollows(p.skip(i, shortPart))
}
