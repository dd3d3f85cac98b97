package when

// distance reads 三天后 from now, and behind a time the distance from it: 国庆后三天, 9月1号的14天11小时后.
func (p *parser) distance(i int, e *expr) int {
	if p.opt.Only != Everything || e.shift.n > 0 {
		return i
	}
	if w, k, ok := p.word(i, soonWord); ok && e.empty() && !(p.literal(i, "头先 方才") > i && p.follows(i, wordBefore)) {
		sign := int16(1)
		if w.a < 0 {
			sign = -1
		}
		e.add(Second, step{op: opShift, unit: Second, n: sign})
		e.shift.add(float64(w.a*sign), Second)
		e.about = true
		return k
	}
	if !e.empty() && e.level <= Day {
		if k := p.beside(i, e); k > i {
			return k
		}
	}
	j := i
	passed := i
	if e.empty() && !p.follows(i, passBefore) {
		if passed = p.literal(i, "再过 过了 过 再等 等"); passed > i {
			j = p.spaces(p.skip(passed, aboutBefore))
		}
	}
	l, k, ok := p.length(j)
	if !ok || !l.sensible() || e.empty() && p.before(i) == '第' {
		return i
	}
	k = p.spaces(k)
	s := step{op: opShift, unit: min(l.grain(), Day)}
	t := k
	if w, u, ok := p.word(k, afterWord); ok && p.mayClose(w.word, u) {
		s.n, t = 1, u
	} else if w, u, ok := p.word(k, beforeWord); ok && p.mayClose(w.word, u) {
		s.n, t = -1, u
	} else if passed > i && !p.endsWith(passed, "过了") {
		s.n = 1
	}
	if t-k >= len("之后") {
		s.m = 1 // 之后 and 以后 may leave the end open
	}
	if s.n == 0 || !e.add(s.unit, s) {
		return i
	}
	e.shift = l
	if e.n == 1 {
		p.countedUnits(p.literal(t, "的"), int(s.n), &l, e)
	}
	return t
}

// countedUnits makes 三年前 the whole year where a month or a day of it follows at i: 三年前的五月, 一年前的今天, 两周后的周五.
func (p *parser) countedUnits(i, sign int, l *length, e *expr) {
	n := l.items[0].n
	if l.n != 1 || l.grain() < Week || n > 1000 || n != float64(int(n)) {
		return
	}
	unit := newExpr()
	unit.add(l.grain(), step{op: opRel, unit: l.grain(), n: int16(sign) * int16(n)})
	try := unit
	if p.element(i, &try, true) > i {
		*e = unit
	}
}

// beside reads 后三天 and 前两周 behind a day: the stretch beside it, or with 第 the last day of that.
func (p *parser) beside(i int, e *expr) int {
	sign := int16(1)
	k := p.literal(i, "后的 后 之后的 之后 过后")
	if k == i {
		sign = -1
		if k = p.literal(i, "前的 前 之前的 之前"); k == i {
			return i
		}
	}
	if t := p.weekdayBeside(k, sign, e); t > k {
		return t
	}
	j := p.literal(k, "第")
	l, t, ok := p.length(p.spaces(j))
	if !ok || !l.sensible() {
		return i
	}
	s := step{op: opAround, unit: l.grain(), n: sign}
	if _, _, day := p.weekdayNumber(t); j > k && day {
		return i // 春节后第二个周一
	}
	if j > k || l.grain() < Day {
		s.op = opShift
	}
	if !e.add(min(l.grain(), Day), s) {
		return i
	}
	e.shift = l
	return t
}

// weekdayBeside reads the 第一个周一 of 国庆后第一个周一 and the 最后一个周五 of 春节前最后一个周五.
func (p *parser) weekdayBeside(i int, sign int16, e *expr) int {
	n, k := 1, p.literal(i, "最后一个 最近的一个 最近一个 首个")
	if k == i {
		j := p.literal(i, "第")
		var ok bool
		if n, k, ok = p.small(j); j == i || !ok || n < 1 {
			return i
		}
		k = p.literal(k, "个")
	}
	if t := p.literal(k, "工作日 交易日"); t > k && e.add(Day, step{op: opWorkday, unit: Day, n: sign * int16(n)}) {
		return t
	}
	_, k, ok := p.word(k, weekWord)
	d, t, isDay := p.weekdayNumber(k)
	if !ok || !isDay || !e.add(Day, step{op: opWeekdayBeside, unit: Day, n: sign * int16(n), m: int16(d)}) {
		return i
	}
	return t
}
