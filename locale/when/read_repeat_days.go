package when

// everyUnit reads the days behind 每周, 每月 and 每年.
func (p *parser) everyUnit(i int, r *rule) int {
	j := p.literal(i, "的")
	switch r.unit {
	case Week:
		if k := p.skip(j, weekWord); k > j { // 每两周的周五, 每两周周五
			if _, _, ok := p.weekdayNumber(k); ok {
				j = k
			}
		}
		if days, from, k, ok := p.weekdays(j); ok {
			r.days, r.from = days, from
			return k
		}
		if _, k, ok := p.word(j, workdayWord); ok && p.literal(k, "志 报 历 程") == k {
			r.days, r.workdays = workdays, true
			return k
		}
		if k := p.literal(j, "末"); k > j {
			r.days = weekends
			return k
		}
	case Month:
		return p.everyMonth(i, j, r)
	case Quarter:
		return p.everyQuarter(i, j, r)
	case Year:
		return p.everyYear(i, j, r)
	}
	return i
}

// everyMonth reads the days behind 每月: 1号和15号, 最后一天, 第二个周一.
func (p *parser) everyMonth(i, j int, r *rule) int {
	if k := p.literal(j, "最后一天 底 末 月底 月末"); k > j {
		r.monthDay[0] = -1
		return k
	}
	if k := p.literal(j, "第 最后 倒数第"); k > j {
		return p.nthDay(j, i, r)
	}
	marked := p.literal(j, "农历 阴历")
	if k, ok := p.lunarDays(p.literal(marked, "的"), marked > j, r); ok {
		return k
	}
	for n, words := range [...]string{"上旬", "中旬", "下旬"} {
		if k := p.literal(j, words); k > j {
			r.monthDay[0], r.dayTo = int8(10*n+1), [...]int8{10, 20, 31}[n]
			return k
		}
	}
	if k := p.literal(j, "初 月初"); k > j {
		r.monthDay[0] = 1
		return k
	}
	end := i
	for n := range r.monthDay {
		k := j
		if n > 0 {
			if k = p.literal(end, "、 和 , 跟 及"); k == end {
				break
			}
		}
		v, t, ok := p.small(k)
		if !ok || v < 1 || v > 31 {
			break
		}
		if _, k, ok := p.word(t, toWord); ok && n == 0 { // 每月5-10号
			if to, k, ok := p.small(k); ok && p.literal(k, "号 日") > k && to > v && to <= 31 {
				r.monthDay[0], r.dayTo = int8(v), int8(to)
				return p.literal(k, "号 日")
			}
		}
		u := p.literal(t, "号 日")
		if u == t && p.literal(t, "、 和 ,") == t && (isArabic(p.at(k)) || v < 10 || !p.closes(t) && !p.clockFollows(t)) {
			break // 每月十五 is a day, 每月十五元 is not
		}
		r.monthDay[n] = int8(v)
		end = u
	}
	if _, t, ok := p.word(p.spaces(end), toWord); ok && r.monthDay[0] > 0 && r.monthDay[1] == 0 { // 每月5号到10号
		v, t, ok := p.small(p.spaces(t))
		if u := p.literal(t, "号 日"); ok && u > t && v > int(r.monthDay[0]) && v <= 31 {
			r.dayTo, end = int8(v), u
		}
	}
	return end
}

// everyQuarter reads the day behind 每季度, which is in its first or last month: 初, 末, 第一天, 最后一天.
func (p *parser) everyQuarter(i, j int, r *rule) int {
	if k := p.literal(j, "初 第一天 首日"); k > j {
		r.third, r.monthDay[0] = 1, 1
		return k
	}
	if k := p.literal(j, "末 底 最后一天"); k > j {
		r.third, r.monthDay[0] = 3, -1
		return k
	}
	return i
}

// lunarDays reads the days of every lunar month at i, of which the first shows what they are, unless 农历 before them
// has: 初一和十五, 初一十五.
func (p *parser) lunarDays(i int, marked bool, r *rule) (end int, ok bool) {
	end = i
	for n := range r.monthDay {
		k := end
		if n > 0 {
			k = p.literal(k, "、 和 跟 与 及 或")
		}
		first := p.literal(k, "初")
		v, t, found := p.hanDigit(first)
		if first == k || !found {
			v, t, found = p.small(first)
		}
		if !found || v < 1 || v > 30 || n == 0 && first == k && !marked || first > k && v > 10 || n > 0 && p.literal(t, "点 时 分 个 天 号 日") > t {
			break
		}
		r.monthDay[n], r.lunar, end = int8(v), true, t
	}
	return end, end > i
}

// everyYear reads the days behind 每年: 春节, 五月一日, 农历八月十五, 3月的第二个周日.
func (p *parser) everyYear(i, j int, r *rule) int {
	if w, k, ok := p.word(j, feastWord); ok {
		saved := *r
		if r.onFestival(&p.lex.festival[w.a]) {
			return k
		}
		*r = saved
		return i
	}
	if w, k, ok := p.word(j, termWord); ok {
		r.onFestival(&festival{kind: 'T', a: int8(w.a)})
		return p.literal(k, "那天")
	}
	e := newExpr()
	k := p.point(j, &e, true)
	if e.empty() || e.shift.n > 0 {
		shared := meaning{a: newExpr(), b: newExpr()}
		if k, ok := p.sharedUnit(j, j, &shared); ok && shared.a.n == 1 && shared.b.n == 1 && shared.b.level == Month { // 每年6-8月
			from, to := shared.a.steps[0], shared.b.steps[0]
			if to.n > from.n {
				r.month, r.months = int8(from.n), int8(to.n-from.n)+1
				return k
			}
		}
		return i
	}
	if e.n == 1 && e.steps[0] == (step{op: opRel, unit: Day}) {
		r.today = true
		return k
	}
	if e.n == 1 && r.onMonths(e.steps[0]) {
		return k
	}
	if e.steps[0].levelOf() != Month {
		return i
	}
	if e.n == 1 && e.steps[0].op == opCycle { // 每年三月到五月
		if _, t, ok := p.word(p.spaces(k), toWord); ok {
			to := newExpr()
			if u := p.point(p.spaces(t), &to, true); to.n == 1 && to.steps[0].op == opCycle && to.level == Month && to.steps[0].n > e.steps[0].n {
				r.month, r.months = int8(e.steps[0].n), int8(to.steps[0].n-e.steps[0].n)+1
				return u
			}
		}
	}
	month := e.steps[0]
	clock := 1
	if e.n > 1 {
		clock = 2
		switch s := e.steps[1]; {
		case s.op == opCycle && s.unit == Day, s.op == opLunarDay:
			r.monthDay[0] = int8(s.n)
		case s.op == opNthWeekday:
			r.nth = int8(s.n)
			r.days[s.m] = true
		default:
			return i
		}
	}
	r.month, r.lunar = int8(month.n), month.op == opLunarMonth
	for _, s := range e.steps[clock:e.n] {
		r.clock.add(s.levelOf(), s)
	}
	return k
}

// nthDay reads 第二个周一, 第三天, 最后一个周五 behind 每月.
func (p *parser) nthDay(j, i int, r *rule) int {
	e := newExpr()
	e.level = Month
	e.n = 1
	k := p.ordinal(j, &e)
	if k == j || e.n != 2 {
		return i
	}
	switch s := e.steps[1]; {
	case s.op == opNthWeekday:
		r.nth = int8(s.n)
		r.days[s.m] = true
	case s.op == opWorkday && s.n != 0 && s.n >= -9 && s.n <= 9:
		r.days, r.workday = workdays, int8(s.n)
	case s.op == opNth && s.unit == Day && s.n >= -28 && s.n <= 31:
		r.monthDay[0] = int8(s.n)
	default:
		return i
	}
	return k
}
