package when

// recurrence reads 每天早上七点, 每周一三五, 工作日, 每隔两小时, 周一到周五每天八点.
func (p *parser) recurrence(i int, m *meaning) (int, bool) {
	if p.opt.Only != Everything {
		return i, false
	}
	if r := p.at(i); p.wordsAt(i).classes&(1<<eachWord|1<<againWord|1<<workdayWord|1<<holidayWord|1<<weekWord) == 0 && r != '隔' && r != '双' {
		return i, false
	}
	r := &rule{interval: 1}
	m.form, m.repeat = formRepeat, r
	r.clock, r.until = newExpr(), newExpr()
	j, ok := p.every(i, r)
	if !ok {
		return i, false
	}
	end := j
	j = p.spaces(p.literal(p.spaces(j), "的 都在 都是 都 在 固定"))
	j = p.literal(j, "每天 每日")
	if j > end && p.endsWith(j, "每天 每日") {
		end = j
		j = p.literal(j, "的")
	}
	if r.unit >= Day && r.clock.empty() {
		if k := p.point(j, &r.clock, true); k > j && r.clock.isClock() {
			end = k
			if _, t, until := p.word(p.spaces(k), toWord); until {
				if k := p.point(p.spaces(t), &r.until, true); k > p.spaces(t) && r.until.isClock() {
					end, r.hasUntil = k, true
				}
			}
		} else {
			r.clock = newExpr()
		}
	} else if r.unit >= Day {
		if k := p.clock(j, &r.clock); k > j {
			end = k
		}
	}
	return end, true
}

// every reads the words of repetition at i into the rule.
func (p *parser) every(i int, r *rule) (int, bool) {
	if k := p.literal(i, "每逢 每到 每一个 每个 每一 每"); k > i {
		return p.each(k, r)
	}
	if _, k, ok := p.word(i, workdayWord); ok {
		if prev := p.before(i); isNumeral(prev) || digitValue(prev) >= 0 || p.endsWith(i, "个 上 下 非") || p.literal(k, "内 后 前") > k {
			return i, false
		}
		r.unit, r.days, r.workdays = Week, workdays, true
		return k, true
	}
	if _, k, ok := p.word(i, holidayWord); ok {
		r.unit, r.days, r.holidays = Week, weekends, true
		return k, true
	}
	if w, k, ok := p.word(i, againWord); ok {
		r.unit = Grain(w.a)
		return k, p.skip(i, trapWord) <= k
	}
	if k := p.literal(i, "隔天 隔日"); k > i && p.literal(k, "一次 吃 去 来 跑 用 服") > k {
		r.unit, r.interval = Day, 2
		return k, true
	}
	if k := p.literal(i, "隔周 双周 隔星期"); k > i {
		r.unit, r.interval = Week, 2
		if days, t, ok := p.weekdays(p.skip(k, weekWord)); ok {
			r.days, k = days, t
		}
		return k, true
	}
	return p.weekdayRange(i, r)
}

// each reads what follows 每: 天, 早上, 两个小时, 隔三天, 工作日, 周一三五, 月15号, 年春节.
func (p *parser) each(i int, r *rule) (int, bool) {
	w, k, ok := p.word(i, partWord)
	if !ok {
		w, k, ok = p.word(i, shortPart)
	}
	if ok {
		r.unit = Day
		r.clock.add(PartOfDay, step{op: opDayPart, unit: PartOfDay, n: w.a})
		return k, true
	}
	if k, ok := p.everyLength(i, r); ok {
		return p.everyUnit(k, r), true
	}
	if _, k, ok := p.word(i, workdayWord); ok {
		r.unit, r.days, r.workdays = Week, workdays, true
		return k, true
	}
	if k := p.literal(i, "周末 双休日"); k > i {
		r.unit, r.days = Week, weekends
		return k, true
	}
	if p.literal(i, "初") > i {
		r.unit = Month
		k, ok := p.lunarDays(i, r)
		return k, ok
	}
	if _, k, ok := p.word(i, weekWord); ok && p.skip(i, notUnit) <= k {
		r.unit = Week
		return p.everyUnit(k, r), true
	}
	if w, k, ok := p.word(i, feastWord); ok {
		r.unit = Year
		return k, r.onFestival(&p.lex.festival[w.a])
	}
	u, k, ok := p.unit(i)
	if !ok || u.count != 1 {
		return i, false
	}
	switch p.text[i:k] {
	case "分", "秒", "时", "钟", "晚", "夜": // 每分 is of a mark
		return i, false
	}
	r.unit = u.unit
	return p.everyUnit(k, r), true
}

// everyUnit reads the days behind 每周, 每月 and 每年.
func (p *parser) everyUnit(i int, r *rule) int {
	j := p.literal(i, "的")
	switch r.unit {
	case Week:
		if j > i {
			j = p.skip(j, weekWord)
		}
		if days, k, ok := p.weekdays(j); ok {
			r.days = days
			return k
		}
		if k := p.literal(j, "末"); k > j {
			r.days = weekends
			return k
		}
	case Month:
		return p.everyMonth(i, j, r)
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
	if k := p.literal(j, "第 最后"); k > j {
		return p.nthDay(j, i, r)
	}
	if k, ok := p.lunarDays(p.literal(p.literal(j, "农历 阴历"), "的"), r); ok {
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
		u := p.literal(t, "号 日")
		if u == t && p.literal(t, "、 和 ,") == t {
			break
		}
		r.monthDay[n] = int8(v)
		end = u
	}
	return end
}

// lunarDays reads the days of every lunar month at i, of which the first shows what they are: 初一和十五, 初一十五.
func (p *parser) lunarDays(i int, r *rule) (end int, ok bool) {
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
		if !found || v < 1 || v > 30 || n == 0 && first == k || first > k && v > 10 || n > 0 && p.literal(t, "点 时 分 个 天 号 日") > t {
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
	e := newExpr()
	k := p.point(j, &e, true)
	if e.empty() || e.steps[0].levelOf() != Month || e.shift.n > 0 {
		return i
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
	case s.op == opNth && s.unit == Day && s.n >= -1 && s.n <= 31:
		r.monthDay[0] = int8(s.n)
	default:
		return i
	}
	return k
}

// weekdays reads the days behind 每周: 一, 一三五, 一、三、五, 一到周五.
func (p *parser) weekdays(i int) (days [7]bool, end int, ok bool) {
	last := -1
	for end = i; ; {
		j := end
		if last >= 0 {
			j = p.literal(end, "、 , 和 跟 及 与")
			if _, k, week := p.word(p.literal(j, "每"), weekWord); week { // 周一到周五每天 has no Sunday
				j = k
			}
		}
		day, k, found := p.weekdayNumber(j)
		if !found || last >= 0 && (day <= last || p.literal(k, "点 个 天 次 : 十 时") > k) {
			break
		}
		if last < 0 && p.literal(k, "次") > k {
			break
		}
		days[day], last, end = true, day, k
		if _, u, found := p.word(k, toWord); found {
			_, u, _ = p.word(u, weekWord)
			if to, e, found := p.weekdayNumber(u); found && p.literal(e, "点 个 : 十 时") == e {
				for d := day; d != to; d = (d + 1) % 7 {
					days[d] = true
				}
				days[to], last, end = true, to, e
			}
		}
	}
	return days, end, last >= 0
}

// weekdayRange reads 周一到周五 before 每天, and before an hour where that is the policy.
func (p *parser) weekdayRange(i int, r *rule) (int, bool) {
	_, k, ok := p.word(i, weekWord)
	if !ok {
		return i, false
	}
	days, end, ok := p.weekdays(k)
	if !ok {
		return i, false
	}
	n := 0
	for _, on := range days {
		if on {
			n++
		}
	}
	if n < 2 {
		return i, false
	}
	if t := p.literal(end, "每天 每日 天天"); t > end {
		r.unit, r.days = Week, days
		return t, true
	}
	if !p.opt.Policy.WeekdaysOnce {
		e := newExpr()
		if t := p.point(p.literal(end, "的"), &e, true); t > end && e.hasClock() {
			r.unit, r.days = Week, days
			return end, true
		}
	}
	return i, false
}

// everyLength reads 隔一天, 两小时, 隔两周 behind 每.
func (p *parser) everyLength(i int, r *rule) (int, bool) {
	j := p.literal(i, "间隔 隔 过")
	l, end, ok := p.length(j)
	if !ok || !l.sensible() || l.approx {
		return i, false
	}
	skips := 0
	if j > i && p.endsWith(j, "隔") {
		skips = 1
	}
	r.size = l
	months, seconds := l.months()
	const day = 24 * 60 * 60
	n := int(seconds)
	switch {
	case months == 0 && n%day != 0 && n > 0:
		switch {
		case n%3600 == 0:
			r.unit, r.interval = Hour, n/3600
		case n%60 == 0:
			r.unit, r.interval = Minute, n/60
		default:
			r.unit, r.interval = Second, n
		}
	case months == 0 && l.n == 1 && l.grain() < Day:
		r.unit, r.interval = Hour, n/3600
	case months == 0 && l.grain() == Week && n%(7*day) == 0:
		r.unit, r.interval = Week, n/(7*day)+skips
	case months == 0 && n > 0:
		r.unit, r.interval = Day, n/day+skips
	case n != 0:
		return i, false
	case months%12 == 0:
		r.unit, r.interval = Year, months/12+skips
	default:
		r.unit, r.interval = Month, months+skips
		if l.grain() == Quarter {
			r.interval = months + 3*skips
		}
	}
	return end, true
}
