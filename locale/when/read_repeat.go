package when

// recurrence reads 每天早上七点, 每周一三五, 工作日, 每隔两小时, 周一到周五每天八点.
func (p *parser) recurrence(i int, m *meaning) (int, bool) {
	if p.opt.Only != Everything {
		return i, false
	}
	if r := p.at(i); p.wordsAt(i).classes&(1<<eachWord|1<<againWord|1<<workdayWord|1<<holidayWord|1<<weekWord) == 0 && r != '隔' && r != '双' && r != '单' && r != '逢' && r != '农' && r != '阴' {
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
			} else {
				end = p.moreClocks(end, r)
			}
		} else {
			r.clock = newExpr()
			if w, t, ok := p.word(j, shortPart); ok && p.closes(t) { // 每周日晚
				r.clock.add(PartOfDay, step{op: opDayPart, unit: PartOfDay, n: w.a})
				end = t
			}
		}
	} else if r.unit >= Day {
		if k := p.clock(j, &r.clock); k > j {
			end = k
		}
	}
	return end, true
}

// moreClocks reads the 和十九点 of 每天七点和十九点, of which each must be at the same minute.
func (p *parser) moreClocks(i int, r *rule) int {
	minute := func(e *expr) int16 {
		if s := e.last(); s.unit == Minute && s.op == opCycle {
			return s.n
		}
		return 0
	}
	for len(r.also) < maxAlso {
		j := p.literal(p.spaces(i), "和 与 及 以及 、 跟")
		if j == p.spaces(i) {
			break
		}
		e := newExpr()
		k := p.point(p.spaces(j), &e, true)
		if e.empty() || !e.isClock() || minute(&e) != minute(&r.clock) || (e.level == PartOfDay) != (r.clock.level == PartOfDay) {
			break
		}
		if e.level < PartOfDay && e.steps[0].op != opDayPart && r.clock.steps[0].op == opDayPart { // 每天早上七点和八点
			part := r.clock.steps[0]
			with := newExpr()
			with.add(PartOfDay, part)
			for _, s := range e.steps[:e.n] {
				with.add(s.levelOf(), s)
			}
			e = with
		}
		r.also = append(r.also, e)
		i = k
	}
	return i
}

// every reads the words of repetition at i into the rule.
func (p *parser) every(i int, r *rule) (int, bool) {
	if k := p.literal(i, "逢 每当"); k > i && !p.endsWith(i, "适 恰 正 又 再 相 重 欣 幸 巧 喜 遭 久 时 偶 躬") {
		if p.skip(k, weekWord) > k || p.literal(k, "周末 双休日 初") > k || p.skip(k, holidayWord) > k {
			return p.each(k, r)
		}
		return i, false
	}
	if k := p.literal(i, "每"); k > i {
		if t, ok := p.everyLength(k, r); ok { // 每一个半小时
			return p.everyUnit(t, r), true
		}
		return p.each(p.literal(i, "每逢 每到 每一个 每个 每一 每"), r)
	}
	if _, k, ok := p.word(i, workdayWord); ok {
		if prev := p.before(i); isNumeral(prev) || digitValue(prev) >= 0 || p.endsWith(i, "上 下 非") || p.endsWith(i, "个") && !p.anyOne(i, k) || p.literal(k, "内 后 前") > k {
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
	if k := p.literal(i, "隔"); k > i { // 隔三天一次
		if t, ok := p.everyLength(i, r); ok && p.literal(t, "一次 一回") > t {
			return t, true
		}
	}
	if k := p.literal(i, "农历 阴历 旧历"); k > i && p.literal(k, "每") > k {
		return p.every(k, r)
	}
	if k := p.literal(i, "隔周 双周 单周 隔星期"); k > i {
		r.unit, r.interval = Week, 2
		days, from, t, ok := p.weekdays(p.skip(k, weekWord))
		if ok {
			r.days, r.from, k = days, from, t
		} else if p.at(i) == '单' { // 简单周到, 单周销量
			return i, false
		}
		return k, true
	}
	return p.weekdayRange(i, r)
}

// anyOne reports whether the 个 before i belongs to what is wanted and not to the working days from i to k: 定个工作日早上
// 六点的闹钟, unlike 五个工作日 and 下个工作日.
func (p *parser) anyOne(i, k int) bool {
	clock := newExpr()
	if p.point(p.literal(k, "的"), &clock, true) <= k || !clock.isClock() {
		return false
	}
	return p.endsWith(i, "定个 设个 订个 来个 弄个 加个 建个 开个 调个 要个")
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
	if _, k, ok := p.word(i, holidayWord); ok {
		r.unit, r.days, r.holidays = Week, weekends, true
		return k, true
	}
	if p.literal(i, "初") > i {
		r.unit = Month
		k, ok := p.lunarDays(i, false, r)
		return k, ok
	}
	if _, k, ok := p.word(i, weekWord); ok && p.skip(i, notUnit) <= k {
		r.unit = Week
		return p.everyUnit(k, r), true
	}
	if w, k, ok := p.word(i, seasonWord); ok && len(w.word) > len("春") {
		r.unit = Year
		return k, r.onMonths(step{op: opSeason, n: w.a})
	}
	if w, k, ok := p.word(i, feastWord); ok {
		r.unit = Year
		return k, r.onFestival(&p.lex.festival[w.a])
	}
	u, k, ok := p.unit(i)
	if ok && p.text[i:k] == "刻钟" {
		r.unit, r.interval = Minute, int(u.count)
		return k, true
	}
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

// weekdays reads the days behind 每周: 一, 一三五, 一、三、五, 一到周五, and from which of them on a range goes, counted from 1.
func (p *parser) weekdays(i int) (days [7]bool, from int8, end int, ok bool) {
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
				days[to], last, end, from = true, to, e, int8(day)+1
			}
		}
	}
	return days, from, end, last >= 0
}

// weekdayRange reads 周一到周五 before 每天, and before an hour where that is the policy.
func (p *parser) weekdayRange(i int, r *rule) (int, bool) {
	_, k, ok := p.word(i, weekWord)
	if !ok {
		return i, false
	}
	days, from, end, ok := p.weekdays(k)
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
		r.unit, r.days, r.from = Week, days, from
		return t, true
	}
	e := newExpr()
	t := p.point(p.literal(end, "的"), &e, true)
	clock := t > end && e.hasClock()
	if clock && p.opt.Policy.WeekdaysOnce { // 周一至周五上午九点到十一点 is repeated all the same
		u := p.skip(p.spaces(t), toWord)
		to := newExpr()
		clock = u > t && p.point(p.spaces(u), &to, true) > u && to.isClock()
	}
	if listed := from == 0 && n > 2 && p.oneWeek(k, end); clock || listed { // 周一三五, 周一、三、五
		r.unit, r.days, r.from = Week, days, from
		return end, true
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
	if j > i && p.endsWith(j, "隔") && l.items[0].n >= 1 {
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

// oneWeek reports whether no second 周 stands from i to end.
func (p *parser) oneWeek(i, end int) bool {
	for ; i < end; i += len(string(p.at(i))) {
		if p.skip(i, weekWord) > i {
			return false
		}
	}
	return true
}
