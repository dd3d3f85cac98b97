package when

// stretch reads an amount of time on one side of now: 前两天, 未来三个月, 最近一周, 三天内.
func (p *parser) stretch(i int, m *meaning) (int, bool) {
	if p.opt.Only != Everything && p.opt.Only != Dates {
		return i, false
	}
	if k, ok := p.listedDays(i, m); ok {
		return k, true
	}
	m.form = formStretch
	start := p.literal(i, "在")
	j := start
	if w, k, ok := p.word(j, backWord); ok {
		m.dir, m.word, j = -1, w.a, k
	} else if w, k, ok := p.word(j, aheadWord); ok {
		m.dir, m.word, j = 1, w.a, k
	}
	if m.dir != 0 {
		m.start = start
		if m.word != 1 {
			j = p.literal(j, "的 这")
		}
		j = p.spaces(j)
		l, k, ok := p.length(j)
		if !ok {
			l, k, ok = p.bareMonths(j)
		}
		if !ok {
			l, k, ok = p.some(j)
		}
		if !ok || !l.sensible() || m.word == 1 && p.before(i) == '第' {
			return i, false
		}
		if p.text[start:j] == "前" && p.endsWith(k, "季度") && !p.endsWith(k, "个季度") || !p.mayStretch(start, k, p.text[start:j], &l) {
			return i, false
		}
		k = p.literal(k, "以来 来 内 里 之内 以内 间 之间 期间 的时间")
		m.size = l
		return k, true
	}
	l, k, ok := p.length(i)
	if !ok || !l.sensible() || p.before(i) == '第' {
		return i, false
	}
	m.size, m.dir, m.inside = l, 1, true
	k = p.spaces(k)
	if t := p.skip(k, withinWord); t > k && (p.at(k) != '里' || l.grain() >= Day && p.literal(t, "面") == t) && (p.at(k) != '内' || p.literal(t, "容 部 存 涵 衣") == t) {
		if p.literal(k, "之间") > k {
			return i, false
		}
		return t, true
	}
	if t := p.literal(k, "以来 来"); t > k && l.grain() >= Day && (t-k > 3 || p.closes(t) || l.grain() >= Month) {
		if p.text[k:t] == "来" && p.literal(t, "的 到 了 自 说 看 源 信 电 回") > t && p.literal(t, "的") == t {
			return i, false
		}
		m.dir, m.inside, m.since = -1, false, true
		return t, true
	}
	return i, false
}

// mayStretch tells 前两天 and 下三周, which begin with the word at i and end at end, from 以下三点, 上一天班, 下二十分 and
// 前62年, which is before the common era.
func (p *parser) mayStretch(i, end int, word string, l *length) bool {
	n, unit := l.items[0].n, l.grain()
	switch word {
	case "这":
		return unit >= Day && (n != 1 || p.literal(end, "来 以来") > end) // 这一年来
	case "近":
		if n == 1 && unit < Day {
			return false
		}
	case "上", "下":
		if unit == Day && i > 0 && n > 3 || p.endsWith(end, "四周") {
			return false
		}
	case "前":
		if unit == Year && l.digits > 0 && n > 30 {
			return false
		}
	case "后", "头":
	default:
		return !p.endsWith(end, "分")
	}
	return !p.follows(i, stretchBefore) && !p.endsWith(end, "分")
}

// bareMonths reads the 两月 of 前两月.
func (p *parser) bareMonths(i int) (l length, end int, ok bool) {
	n, k, ok := p.hanDigit(i)
	if t := p.literal(k, "月"); ok && t > k && n == 2 && p.at(i) == '两' {
		l.add(2, Month)
		return l, t, true
	}
	return l, i, false
}

// some reads the 些年 of 前些年, as long as 几年.
func (p *parser) some(i int) (l length, end int, ok bool) {
	k := p.literal(i, "些")
	u, t, ok := p.unit(k)
	if k == i || !ok || u.unit < Day || p.endsWith(t, "月 季 夜 晚") || p.literal(t, "份 代 级") > t {
		return l, i, false
	}
	l.add(3*u.count, u.unit)
	l.approx, l.top = true, 10*u.count
	return l, t, true
}

// listedDays reads 明后两天, 今明两年, 明天后天大后天三天: a list whose sum is said.
func (p *parser) listedDays(i int, m *meaning) (int, bool) {
	type mark struct {
		word string
		n    int16
	}
	marks := [...]mark{{"前", -2}, {"昨", -1}, {"去", -1}, {"今", 0}, {"明", 1}, {"后", 2}}
	var list [4]int16
	n, j := 0, i
	for n < len(list) {
		found := false
		k := p.literal(j, "、 和")
		if n == 0 {
			k = j
		}
		if w, t, ok := p.word(k, relDay); ok {
			list[n], n, j, found = w.a, n+1, t, true
		} else {
			for _, m := range marks {
				if t := p.literal(k, m.word); t > k {
					list[n], n, j, found = m.n, n+1, t, true
					break
				}
			}
		}
		if !found {
			break
		}
	}
	if n < 2 {
		return i, false
	}
	for k := 1; k < n; k++ {
		if list[k] != list[k-1]+1 {
			return i, false
		}
	}
	if _, whole, ok := p.word(i, relDay); !ok || whole > j {
		whole = i
		if last := p.before(j); last == '天' || last == '日' { // 明后天
			m.daySpan(Day, list[0], list[n-1])
			return j, whole == i
		}
	}
	k := p.literal(j, "这")
	count, k, ok := p.small(k)
	if !ok || count != n {
		return i, false
	}
	unit := Day
	t := p.literal(k, "天 日 晚")
	if t == k {
		if t = p.literal(k, "年"); t == k {
			return i, false
		}
		unit = Year
	}
	m.daySpan(unit, list[0], list[n-1])
	return t, true
}

// daySpan makes the meaning a range of days or years from one to another, counted from now.
func (m *meaning) daySpan(unit Grain, from, to int16) {
	m.form = formRange
	m.a.add(unit, step{op: opRel, unit: unit, n: from})
	m.b.add(unit, step{op: opRel, unit: unit, n: to})
}
