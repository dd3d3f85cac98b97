package when

import "strings"

// now reads 现在.
func (p *parser) now(i int, e *expr) int {
	if !e.empty() && e.level != Day || p.opt.Only != Everything {
		return i
	}
	if w, k, ok := p.word(i, nowWord); ok {
		if !e.empty() && w.a == 0 || e.empty() && w.a == 2 {
			return i
		}
		if e.add(Second, step{op: opNow}) {
			return k
		}
	}
	return i
}

// next reads 次日 and 翌日.
func (p *parser) next(i int, e *expr) int {
	if w, k, ok := p.word(i, nearWord); ok && (e.empty() || e.level == Day) {
		if w.word == "翌" && p.skip(k, shortPart) == k || p.before(i) == '最' {
			return i
		}
		if e.add(Day, step{op: opRel, unit: Day, n: w.a, m: 1}) {
			return k
		}
	}
	return i
}

// relative reads 明天, 今晚, 去年, 下个月, 这周, 上上周三.
func (p *parser) relative(i int, e *expr) int {
	if w, k, ok := p.word(i, relDay); ok && (e.empty() || e.level == Day && e.last().op == opRel && p.endsWith(i, "的")) {
		if p.skip(i, trapWord) > k {
			return i
		}
		e.add(Day, step{op: opRel, unit: Day, n: w.a})
		return k
	}
	if w, k, ok := p.word(i, relDay); ok && (e.level == Year || e.level == Month || e.level == Week) && e.last().op == opRel {
		e.add(Day, step{op: opSameDay, unit: Day, n: w.a}) // 去年的今天
		return k
	}
	if !e.empty() {
		return p.prefixed(i, e)
	}
	if k := p.seasonOfYear(i, e); k > i {
		return k
	}
	if w, k, ok := p.word(i, relPart); ok && p.opt.Only == Everything && p.literal(k, "鲜 廷 野") == k {
		e.add(Day, step{op: opRel, unit: Day, n: w.a})
		e.add(PartOfDay, step{op: opDayPart, unit: PartOfDay, n: w.b})
		if t := p.literal(k, "夜"); t > k && (p.closes(t) || p.pointFollows(t)) { // 今晚夜
			return t
		}
		return p.literal(k, "上 间 里 早")
	}
	if w, k, ok := p.word(i, relYear); ok {
		if next := p.at(k); next == '级' || next == '轻' {
			return i
		}
		if w.word == "年内" && (digitValue(p.before(i)) >= 0 || isNumeral(p.before(i)) || p.endsWith(i, "多 余 来 近 每 同 当 今")) {
			return i
		}
		e.add(Year, step{op: opRel, unit: Year, n: w.a})
		return k
	}
	return p.prefixed(i, e)
}

// seasonOfYear reads 今夏, 去冬 and 明春.
func (p *parser) seasonOfYear(i int, e *expr) int {
	k := p.literal(i, "今 明 去")
	if k == i {
		return i
	}
	w, t, ok := p.word(k, seasonWord)
	if !ok || len(w.word) > len("春") || p.literal(t, "天 季 日") > t || p.text[i:k] != "今" && !p.closes(t) && p.literal(t, "的 以来 今 至 到 开") == t {
		return i
	}
	n := int16(0)
	switch p.text[i:k] {
	case "明":
		n = 1
	case "去":
		n = -1
	}
	e.add(Year, step{op: opRel, unit: Year, n: n})
	e.add(Quarter, step{op: opSeason, n: w.a})
	return t
}

// direction reads 上, 下下, 这, 本, 同 before a unit and returns how many units on it is.
func (p *parser) direction(i int) (n int, end int, ok bool) {
	for k := p.literal(i, "上"); k > i && n > -4; k = p.literal(i, "上") {
		n, i = n-1, k
	}
	if n < 0 {
		return n, p.literal(i, "一个 一 个"), true
	}
	for k := p.literal(i, "下"); k > i && n < 4; k = p.literal(i, "下") {
		n, i = n+1, k
	}
	if n > 0 {
		return n, p.literal(i, "一个 一 个"), true
	}
	if k := p.literal(i, "今个 今 本 这个 这一个 这一 这 当 同 呢个 该 此"); k > i {
		return 0, k, true
	}
	return 0, i, false
}

// prefixed reads a unit or a weekday with 上, 下 or 这 before it.
func (p *parser) prefixed(i int, e *expr) int {
	n, k, ok := p.direction(i)
	if !ok {
		return i
	}
	if e.empty() {
		if _, j, ok := p.word(k, weekWord); ok {
			return p.prefixedWeek(i, k, j, n, e)
		}
		if w, t, ok := p.word(k, partWord); ok && p.text[i:k] == "这个" { // 这个下午
			e.add(Day, step{op: opRel, unit: Day})
			e.add(PartOfDay, step{op: opDayPart, unit: PartOfDay, n: w.a})
			return t
		}
		if t := p.literal(k, "周末"); t > k {
			e.add(Weekend, step{op: opRel, unit: Weekend, n: int16(n)})
			return t
		}
		if t := p.literal(k, "工作日 交易日"); t > k && n != 0 && p.opt.Only == Everything {
			e.add(Day, step{op: opWorkday, unit: Day, n: int16(n)})
			return t
		}
	}
	u, t, ok := p.unit(p.spaces(k))
	if !ok || u.count != 1 || !e.empty() || !p.mayPrefix(p.text[i:k], p.text[p.spaces(k):t], u.unit, n) {
		return i
	}
	s := step{op: opRel, unit: u.unit, n: int16(n)}
	if u.unit == Century {
		s = step{op: opCentury, n: int16(n), m: 1}
	}
	e.add(u.unit, s)
	return p.literal(t, "份")
}

// prefixedWeek reads 上周, 下周三 and 这周末, with 上 at i, 周 at k and what follows at j.
func (p *parser) prefixedWeek(i, k, j, n int, e *expr) int {
	prefix := p.text[i:k]
	kind := int16(thisWeekday)
	if n > 0 {
		kind = nextWeekday
	} else if n < 0 {
		kind = lastWeekday
	}
	if d, t, ok := p.weekdayNumber(p.literal(j, "的周 的星期")); ok && prefix != "同" && prefix != "当" && prefix != "此" {
		if n < -1 || n > 1 {
			e.add(Week, step{op: opRel, unit: Week, n: int16(n)})
			kind = plainWeekday
		}
		e.add(Day, step{op: opWeekday, unit: Day, n: int16(d), m: kind})
		return t
	}
	if t := p.literal(j, "末"); t > j {
		e.add(Weekend, step{op: opRel, unit: Weekend, n: int16(n)})
		return t
	}
	if p.text[k:j] == "拜" || p.skip(j-len("周"), notUnit) > j && !p.endsWith(p.skip(j-len("周"), notUnit), "周到") {
		return i
	}
	e.add(Week, step{op: opRel, unit: Week, n: int16(n)})
	return j
}

// mayPrefix reports whether the prefix and the unit, n units on, are words that go together: 下个月 and 本年度, not 下年
// (the rest of the year) or 这天 (any day).
func (p *parser) mayPrefix(prefix, unit string, grain Grain, n int) bool {
	ends := func(s string) bool { return strings.HasSuffix(prefix, s) }
	switch grain {
	case Century:
		return true
	case Year:
		return unit == "年度" || unit == "年" && (prefix == "同" || prefix == "该" || prefix == "此" || prefix == "这一" || n > 0 && ends("一") || n < -1)
	case Quarter:
		return prefix != "今" && (unit == "季度" || n != 0 || prefix == "本")
	case Month:
		return prefix != "今" && (unit == "月" || n != 0 || prefix == "本")
	case Hour, Minute:
		return n != 0 && (ends("个") || ends("一"))
	case Day:
		return unit == "天" && n != 0 && ends("一")
	}
	return false
}
