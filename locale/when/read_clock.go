package when

// clockPart reads a part of the day into the expression: 早上, 晚, 凌晨.
func (p *parser) clockPart(i int, e *expr) int {
	if e.level <= PartOfDay || e.level > Weekend && !e.empty() {
		return i
	}
	if p.opt.Only == Dates || p.opt.Only == Holidays {
		return i
	}
	if k := p.literal(i, "当晚 当夜 那晚"); k > i && e.level == Day && e.add(PartOfDay, step{op: opDayPart, unit: PartOfDay, n: int16(Evening)}) {
		return k
	}
	w, k, ok := p.word(i, partWord)
	if !ok {
		if w, k, ok = p.word(i, shortPart); !ok {
			return i
		}
		if t := p.literal(k, "一点 点"); t > k && !p.minuteFollows(t) { // a little later
			return i
		}
		// A lone 早 or 晚 goes with a day before it or an hour behind it, and 最晚 and 提早 are other words.
		if p.endsWith(i, "最 更 稍 偏 提") || w.word == "朝" && p.follows(i, wordBefore) || !p.pointFollows(p.spaces(k)) && (e.empty() || !p.closes(k) && p.skip(k, toWord) == k) {
			return i
		}
	}
	if end, _, ok := p.word(k, partEnd); ok && (end.a == 0 || w.class == shortPart) && !p.hourFollows(k) {
		return i
	}
	if !e.add(PartOfDay, step{op: opDayPart, unit: PartOfDay, n: w.a}) {
		return i
	}
	return k
}

// minuteFollows reports whether 半 or a number stands at i.
func (p *parser) minuteFollows(i int) bool {
	_, _, ok := p.small(i)
	return ok || p.literal(i, "半 钟 整 到 至") > i
}

func (p *parser) hourFollows(i int) bool {
	_, _, ok := p.small(i)
	return ok
}

// pointFollows reports whether an hour stands at i, as in 早8点.
func (p *parser) pointFollows(i int) bool {
	_, k, ok := p.small(i)
	return ok && p.literal(p.spaces(k), "点 : 时 到 - ~ 至") > k
}

// clock reads a time of day into the expression: 三点半, 差五分八点, 8:30, 20时15分, 3pm.
func (p *parser) clock(i int, e *expr) int {
	if e.level <= Hour || e.level > Weekend && !e.empty() {
		return i
	}
	if p.opt.Only == Dates || p.opt.Only == Holidays {
		return i
	}
	j := i
	if p.at(i) == 't' && !e.empty() && isArabic(p.at(i+1)) { // 2026-03-08T14:30
		j++
	}
	if k := p.literal(j, "差 还差"); k > j {
		minutes, k, ok := p.minutes(k)
		if !ok {
			return i
		}
		k = p.literal(k, "到 就 就到")
		h, k, ok := p.hour(k, false)
		if !ok || h.minute != 0 {
			return i
		}
		h.minute, h.hasMinute = -minutes, true
		return p.addHour(h, k, e, i)
	}
	h, k, ok := p.hour(j, e.level == PartOfDay)
	if !ok || e.empty() && !p.freeDigits(j) {
		return i
	}
	if t := p.literal(k, "差"); t > k && !h.hasMinute { // 八点差五分
		if minutes, t, ok := p.minutes(t); ok {
			h.minute, h.hasMinute, k = -minutes, true, t
		}
	}
	return p.addHour(h, k, e, i)
}

func (p *parser) addHour(h hour, k int, e *expr, i int) int {
	before := e.n
	s := step{op: opCycle, unit: Hour, n: int16(h.hour)}
	if h.open && 1 <= h.hour && h.hour <= 12 {
		s.m = openHour
	}
	if h.part != anyPart && (e.empty() || e.last().op != opDayPart) {
		e.add(PartOfDay, step{op: opDayPart, unit: PartOfDay, n: int16(h.part)})
	}
	ok := e.add(Hour, s)
	if h.hasMinute {
		ok = ok && e.add(Minute, step{op: opCycle, unit: Minute, n: int16(h.minute)})
	}
	if h.hasSecond {
		ok = ok && e.add(Second, step{op: opCycle, unit: Second, n: int16(h.second)})
	}
	if !ok {
		e.n = before
		return i
	}
	e.about = e.about || h.about
	return k
}

// hour is a time of day as it was said.
type hour struct {
	hour, minute, second int
	hasMinute, hasSecond bool
	open                 bool // may be meant twelve hours later
	about                bool // 三点多
	part                 Part // am and pm
}

// hour reads 三点半, 8:30, 20时15分, 3pm, 零点.
func (p *parser) hour(i int, inPart bool) (h hour, end int, ok bool) {
	n, k, ok := p.small(i)
	if !ok || n > 24 {
		return h, i, false
	}
	h.hour = n
	arabic := isArabic(p.at(i))
	h.open = !(arabic && p.at(i) == '0')
	mark := p.spaces(k)
	if p.at(mark) == ':' {
		if !arabic {
			return h, i, false
		}
		return p.colon(h, i, p.spaces(mark+1))
	}
	if e := p.literal(mark, "点 时"); e > mark {
		if t := p.literal(mark, "点钟 点整 点正 时整 时正 点搭正"); t > mark && (!p.endsWith(t, "正") || p.literal(t, "在 好 式 是 值 要 当 赶 逢 准备") == t) {
			return h, t, true
		}
		if p.skip(mark, notHour) > mark {
			return h, i, false
		}
		return p.afterPoint(h, e, inPart)
	}
	if arabic {
		if part, e, ok := p.meridiem(k); ok {
			h.part, h.open = part, false
			return h, e, true
		}
	}
	return h, i, false
}

// freeDigits reports whether the number at i is not the tail of something longer: a word, a version, a decimal.
func (p *parser) freeDigits(i int) bool {
	r := p.before(i)
	if isArabic(p.at(i)) && (isArabic(r) || r == '.' || r == ':' && isArabic(p.before(i-1)) || r == '#' || isLatin(r) && r != 't') {
		return false
	}
	return r != '第' && (!isNumeral(r) || r == '差' || r == '半') && (digitValue(r) < 0 || isArabic(r) != isArabic(p.at(i)))
}

// colon reads the minutes and seconds of 8:30:15 from i on, behind the first colon.
func (p *parser) colon(h hour, start, i int) (hour, int, bool) {
	m, digits, k := p.arabic(i)
	if digits != 2 || m > 59 {
		return h, start, false
	}
	h.minute, h.hasMinute = m, true
	if p.at(k) == ':' {
		s, digits, e := p.arabic(k + 1)
		if digits != 2 || s > 59 {
			return h, start, false
		}
		h.second, h.hasSecond, k = s, true, e
		if p.at(k) == '.' && isArabic(p.at(k+1)) { // parts of a second
			_, _, k = p.arabic(k + 1)
		}
	}
	if part, e, ok := p.meridiem(k); ok {
		h.part, h.open, k = part, false, e
	}
	if isArabic(p.at(k)) || p.at(k) == ':' {
		return h, start, false
	}
	return h, p.zone(k), true
}

// zone skips the zone of an ISO 8601 time, Z or +08:00; times are read as the wall clock says.
func (p *parser) zone(i int) int {
	if p.at(i) == 'z' && !isLatin(p.at(i+1)) {
		return i + 1
	}
	if p.at(i) == '+' {
		if _, digits, k := p.arabic(i + 1); digits == 2 && p.at(k) == ':' {
			if _, digits, k = p.arabic(k + 1); digits == 2 {
				return k
			}
		}
	}
	return i
}

// meridiem reads am, a.m., pm, p.
func (p *parser) meridiem(i int) (Part, int, bool) {
	j := p.spaces(i)
	for _, m := range [...]struct {
		word string
		part Part
	}{{"am", Dawn}, {"a.m.", Dawn}, {"pm", Afternoon}, {"p.m.", Afternoon}, {"a.m", Dawn}, {"p.m", Afternoon}, {"p", Afternoon}, {"a", Dawn}} {
		if k := p.literal(j, m.word); k > j && !isLatin(p.at(k)) && !isArabic(p.at(k)) {
			return m.part, k, true
		}
	}
	return anyPart, i, false
}

// afterPoint reads the minutes behind 点 or 时: 半, 一刻, 零五, 三十五分二十秒, 一个字.
func (p *parser) afterPoint(h hour, i int, inPart bool) (hour, int, bool) {
	if k := p.literal(i, "多 来钟 多钟"); k > i && p.literal(k, "少 种 个 余") == k {
		h.about = true
		return h, p.literal(k, "钟"), true
	}
	if k := p.literal(i, "几"); k > i && p.closes(k) { // 五点几
		h.about = true
		return h, k, true
	}
	j := p.literal(p.spaces(i), "过 搭")
	if k := p.literal(j, "半"); k > j && p.literal(k, "小时 天 个 年 月 分 价 数") == k {
		h.minute, h.hasMinute = 30, true
		return h, p.literal(k, "钟"), true
	}
	if m, k, ok := p.minutes(j); ok && !p.endsWith(k, "分钟") {
		h.minute, h.hasMinute = m, true
		if s, t, ok := p.small(p.spaces(k)); ok && s < 60 {
			if e := p.literal(p.spaces(t), "秒"); e > t {
				h.second, h.hasSecond, k = s, true, e
			}
		}
		return h, k, true
	}
	if j > p.spaces(i) && p.at(j-3) == '搭' { // 搭一: five minutes past
		if d, k, ok := p.hanDigit(j); ok && 1 <= d && d <= 11 {
			h.minute, h.hasMinute = 5*d, true
			return h, k, true
		}
	}
	if d, k, ok := p.hanDigit(j); ok && inPart && 1 <= d && d <= 11 && (k == len(p.text) || p.closes(k)) { // 下午三点三: Cantonese
		h.minute, h.hasMinute = 5*d, true
		return h, k, true
	}
	if m, k, ok := p.small(j); ok && m < 60 {
		_, digits, _ := p.arabic(j)
		followed := p.skip(p.spaces(k), measure) > p.spaces(k) || p.literal(p.spaces(k), "秒 点 : - 号 月 日 年 天 小时 .") > p.spaces(k)
		if !followed && (digits == 2 || digits == 0 && (m >= 10 || p.at(j) == '零' || p.at(j) == '〇')) {
			h.minute, h.hasMinute = m, true
			return h, k, true
		}
	}
	return h, i, true
}

// minutes reads 三十五分, 一刻, 三刻钟, 05分, 一个字.
func (p *parser) minutes(i int) (v, end int, ok bool) {
	j := p.spaces(i)
	n, k, ok := p.small(j)
	if !ok {
		return 0, i, false
	}
	k = p.spaces(k)
	switch {
	case p.literal(k, "刻") > k && 1 <= n && n <= 3:
		return n * 15, p.literal(p.literal(k, "刻"), "钟"), true
	case p.literal(k, "个字") > k && n <= 11:
		return n * 5, p.literal(k, "个字"), true
	case p.literal(k, "分") > k && n < 60 && p.literal(k, "分之") == k:
		e := p.literal(k, "分钟 分")
		return n, e, true
	}
	return 0, i, false
}
