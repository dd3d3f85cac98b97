package when

// weekdayNumber reads the 三 of 周三, 日, 天, 1 to 7.
func (p *parser) weekdayNumber(i int) (day, end int, ok bool) {
	r := p.at(i)
	if r == '日' || r == '天' {
		return 6, i + 3, true
	}
	d := digitValue(r)
	if d < 1 || d > 7 || r == '两' {
		return 0, i, false
	}
	if isArabic(r) {
		if isArabic(p.at(i + 1)) {
			return 0, i, false
		}
		return d - 1, i + 1, true
	}
	if d == 7 {
		return 6, i + 3, p.at(i) == '七'
	}
	return d - 1, i + 3, true
}

// weekday reads 周三, 星期天, 礼拜五 alone, behind a week (下周周三) or behind a date, there also in brackets.
func (p *parser) weekday(i int, e *expr, context bool) int {
	if p.at(i) == '(' && !e.empty() { // 10月12日(星期一)
		if k := p.weekday(i+1, e, true); k > i+1 && p.at(k) == ')' {
			return k + 1
		}
		return i
	}
	_, k, ok := p.word(i, weekWord)
	if !ok {
		return i
	}
	d, t, ok := p.weekdayNumber(k)
	if !ok {
		return p.weekendIn(i, k, e)
	}
	if p.at(t) == '月' && e.empty() || !p.weekdayStands(i, k, t, context || !e.empty()) {
		return i
	}
	if !e.empty() && e.level != Week && (e.level != Day || e.last().op == opWeekday || e.last().op == opFestival) {
		return i
	}
	s := step{op: opWeekday, unit: Day, n: int16(d)}
	if !e.empty() && e.last().op == opShift {
		s.m = thisWeekday // 半个月后的周六 is in the week of that day
	}
	e.add(Day, s)
	if e.n == 1 {
		return p.weekdayThenDate(t, e)
	}
	return t
}

// weekendIn reads the 末 of 周末 at k, behind nothing or a month.
func (p *parser) weekendIn(i, k int, e *expr) int {
	t := p.literal(k, "末")
	switch {
	case t == k, e.empty() && p.ofAWeek(i):
		return i
	case e.empty():
		e.add(Weekend, step{op: opRel, unit: Weekend})
	case e.level == Week, e.level == Month:
		e.add(Weekend, step{op: opNth, unit: Weekend, n: 1})
	default:
		return i
	}
	return t
}

// ofAWeek reports whether the words before the 周末 at i say which week it is of: 次周末, 第四周末.
func (p *parser) ofAWeek(i int) bool {
	return p.endsWith(i, "每 次 第一 第二 第三 第四 第五")
}

// weekdayStands tells 周一 from the names and words that begin like it: 周一围, 周五行.
func (p *parser) weekdayStands(i, k, t int, context bool) bool {
	if p.at(i) != '周' {
		return true
	}
	r := p.before(i)
	if r == '一' && !context || r == '四' || r == '姓' || r == '圆' || r == '半' && p.at(k) == '岁' {
		return false
	}
	if isArabic(p.at(k)) && p.literal(t, "天 年 岁 个 次 期 周 . 人 %") > t {
		return false
	}
	if p.skip(t, notWeekday) > t {
		return false
	}
	if p.at(k) == '日' && p.literal(t, "报 均 本") > t {
		return false
	}
	return true
}

// weekdayThenDate reads the date behind a weekday: 周日, 二月十号. The date then leads.
func (p *parser) weekdayThenDate(i int, e *expr) int {
	j := p.spaces(i)
	if p.at(j) == ',' {
		j = p.spaces(j + 1)
	} else if j == i {
		return i
	}
	date := newExpr()
	k := p.point(j, &date, false)
	if date.empty() || date.level != Day || date.steps[0].op == opWeekday || date.steps[0].op == opRel || date.steps[0].op == opFestival {
		return i
	}
	date.add(Day, e.steps[0])
	*e = date
	return k
}

// weekend reads 周末.
func (p *parser) weekend(i int, e *expr) int {
	if t := p.literal(i, "周末 双休日 周末两天"); t > i && e.empty() {
		if p.ofAWeek(i) || p.literal(t, "狂欢 画报") > t {
			return i
		}
		e.add(Weekend, step{op: opRel, unit: Weekend})
		return t
	}
	return i
}
