package when

// festivalName reads a festival or a solar term.
func (p *parser) festivalName(i int, e *expr) int {
	if k, ok := p.apposition(i, e); ok {
		return k
	}
	if !e.empty() && e.level != Year || p.opt.Only == Clocks {
		return i
	}
	j := i
	if e.empty() {
		j = p.literal(i, "下一个 下个 上一个 上个 今年的 这个")
	}
	if w, k, ok := p.word(j, feastWord); ok {
		if w.word == "国庆" && p.follows(i, surname) || p.skip(j, trapWord) > k || p.numeralGoesOn(k) && !(p.at(j) == '双' && p.pointFollows(k)) {
			return i
		}
		if j > i {
			if p.at(i) == '上' {
				e.add(Day, step{op: opFestival, n: w.a, m: -1})
			} else {
				e.add(Day, step{op: opFestival, n: w.a, m: 1})
			}
		} else {
			e.add(Day, step{op: opFestival, n: w.a})
		}
		if t := p.spaces(k); p.endsWith(k, "夜") && p.pointFollows(t) { // 除夕夜八点
			e.add(PartOfDay, step{op: opDayPart, unit: PartOfDay, n: int16(Evening)})
			return t
		}
		if t := p.literal(k, "前夜 前夕"); t > k {
			e.add(Day, step{op: opRel, unit: Day, n: -1, m: 1})
			return t
		}
		if t := p.literal(k, "期间"); t > k && p.opt.Only == Everything {
			if p.holidayName(w.a) {
				e.add(Day, step{op: opHolidays})
			}
			return t
		}
		t := p.literal(k, "假期 黄金周 小长假 长假 连假 放假期间 放假")
		if t > k && p.holidayName(w.a) {
			e.add(Day, step{op: opHolidays})
			k = t
		}
		return p.literal(k, "当天 当日 那天 那一天")
	}
	if w, k, ok := p.word(i, termWord); ok {
		if p.skip(i, trapWord) > k || p.skip(i, notTerm) > k {
			return i
		}
		k = p.literal(k, "节气 节 当天 当日 那天 日 时节")
		e.add(Day, step{op: opTerm, n: w.a})
		return k
	}
	return i
}

// apposition reads the name of the day behind its date, which adds nothing: 正月十五元宵节, 10月1日国庆节.
func (p *parser) apposition(i int, e *expr) (int, bool) {
	if e.empty() || e.level != Day || e.n < 2 || p.opt.Only != Everything {
		return i, false
	}
	w, k, ok := p.word(i, feastWord)
	if !ok || p.numeralGoesOn(k) {
		return i, false
	}
	f, month, day := &p.lex.festival[w.a], e.steps[e.n-2], e.last()
	if f.kind == 'L' && month.op == opCycle && month.unit == Month && month.n == int16(f.a) && day.op == opCycle && day.n == int16(f.b) {
		e.steps[e.n-2], e.steps[e.n-1] = step{op: opLunarMonth, n: month.n}, step{op: opLunarDay, n: day.n} // 八月十五中秋节
		return k, true
	}
	same := f.kind == 0 && month == step{op: opCycle, unit: Month, n: int16(f.a)} && day.op == opCycle ||
		f.kind == 'L' && month.op == opLunarMonth && month.n == int16(f.a) && day.op == opLunarDay
	return k, same && day.n == int16(f.b)
}

// numeralGoesOn reports whether the name of a festival that ends at i in a number (十一, 三月三) is part of something
// else: 十一月, 三月三十, 五一路.
func (p *parser) numeralGoesOn(i int) bool {
	r := p.before(i)
	if digitValue(r) < 0 && r != '十' {
		return false
	}
	next := p.at(i)
	return digitValue(next) >= 0 || isNumeral(next) && next != '第' && next != '最' || p.skip(i, measure) > i || p.literal(i, "号 日 月 点 时 年 天 班 分 : .") > i
}

func (p *parser) holidayName(n int16) bool {
	switch p.lex.festival[n].name {
	case "元旦", "春节", "清明节", "劳动节", "端午节", "中秋节", "国庆节", "十一":
		return true
	}
	return false
}
