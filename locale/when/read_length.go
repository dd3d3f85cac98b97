package when

import "strings"

// unitOf is a unit of time: a grain, or a number of its like (a 刻 is 15 minutes).
type unitOf struct {
	unit  Grain
	count float64
	work  bool // 工作日
}

// unit reads a unit of time at i.
func (p *parser) unit(i int) (u unitOf, end int, ok bool) {
	w, k, ok := p.word(i, unitWord)
	if !ok {
		return u, i, false
	}
	u = unitOf{unit: Grain(w.a), count: float64(w.b), work: w.word == "工作日"}
	if w.word == "时辰" {
		u.count = 2
	}
	if p.skip(i, notUnit) > k {
		return u, i, false
	}
	if isLatin(rune(w.word[0])) && (isLatin(p.at(k)) || p.at(k) == '/' || isArabic(p.at(k)) && !p.latinUnitFollows(k)) {
		return u, i, false
	}
	return u, k, true
}

// latinUnitFollows reports whether a number and another unit of the kind stand at i: the 30min of 1h30min.
func (p *parser) latinUnitFollows(i int) bool {
	_, _, k := p.arabic(i)
	w, t, ok := p.word(k, unitWord)
	return ok && isLatin(rune(w.word[0])) && !isLatin(p.at(t)) && !isArabic(p.at(t))
}

// length reads an amount of time: 一个半小时, 三年零五个月, 5 天, 半年, 十几分钟, 三天三夜.
func (p *parser) length(i int) (l length, end int, ok bool) {
	end = i
	for l.n < len(l.items) {
		j := p.spaces(end)
		if l.n > 0 {
			j = p.spaces(p.literal(j, "零 又 加 外加 and 、"))
		}
		it, k, ok := p.item(j, &l)
		if !ok {
			break
		}
		if l.n > 0 {
			last := l.items[l.n-1]
			if it.unit == last.unit && last.unit == Day && p.endsWith(end, "天 日") && p.endsWith(k, "夜 晚") && (it.n == last.n || it.n == last.n-1) {
				return l, k, true // 三天三夜, 三天两夜
			}
			if it.unit >= last.unit || l.approx || last.unit == Week && it.unit == Day && j == end {
				break // 一周五天 is five days a week
			}
		}
		l.add(it.n, it.unit)
		end = k
		if k, half := p.halfMore(end); half {
			l.items[l.n-1].n += 0.5
			end = k
			break
		}
	}
	return l, end, l.n > 0
}

// halfMore returns the offset behind 半 after a unit: 两小时半, but not 一个小时半价.
func (p *parser) halfMore(i int) (end int, ok bool) {
	k := p.literal(i, "半")
	if k == i || p.literal(k, "导体 夜 价 路") > k {
		return i, false
	}
	if t := p.literal(k, "钟"); t > k {
		return t, true
	}
	_, _, isUnit := p.unit(p.literal(k, "个"))
	return k, !isUnit
}

// item reads one number with its unit, half a unit, or a unit with 半 between: 一个半小时.
func (p *parser) item(i int, l *length) (it item, end int, ok bool) {
	if k := p.literal(i, "大半 小半 半"); k > i {
		return p.halfItem(i, k, l)
	}
	if k := p.literal(i, "个把"); k > i {
		u, t, ok := p.unit(k)
		l.approx, l.top = true, 2*u.count
		return item{u.count, u.unit}, t, ok && u.unit != Day
	}
	n, k, ok := p.number(i)
	if !ok {
		return it, i, false
	}
	if t := p.literal(k, "整"); t > k && p.literal(t, "天 年") > t { // 一整天
		k = t
	}
	j := p.spaces(k)
	measure := p.literal(j, "个")
	if measure > j {
		if t := p.literal(measure, "多 来"); t > measure {
			n.approx, n.top, measure = true, n.v+1, t
		}
		if t := p.literal(measure, "半"); t > measure {
			n.v, n.top, measure = n.v+0.5, n.top+0.5, t
		}
	}
	measured := measure > j
	measure = p.spaces(measure)
	u, t, ok := p.unit(measure)
	if !ok || !mayMeasure(p.text[measure:t], u.unit, measured, &n) {
		return it, i, false
	}
	if l.n == 0 {
		l.digits, l.workdays = n.digits, u.work
	}
	if p.literal(t, "多") > t && p.literal(t, "多少 多么 多次 多云") == t {
		n.approx, n.top, t = true, n.v+1, t+len("多")
	}
	if n.approx {
		l.approx, l.top, l.pair = true, n.top*u.count, n.pair
	}
	return item{n.v * u.count, u.unit}, t, true
}

// mayMeasure reports whether the number and the word of a unit, with or without 个 between, are an amount of time.
func mayMeasure(word string, unit Grain, measured bool, n *numeral) bool {
	switch word {
	case "年":
		return n.digits != 4 || n.v < 1500 || n.v >= 2500 // a year, not that many years
	case "月", "月份", "季":
		return measured // 三月 is a month of the year, 三季 may be of a series
	case "分", "日", "秒":
		return !measured
	case "刻":
		return n.v <= 3
	}
	return unit != Decade
}

// halfItem reads half a unit, whose 半 ends at k. 前半年 and 上半月 are other words, and 半天 is mostly a long while.
func (p *parser) halfItem(i, k int, l *length) (it item, end int, ok bool) {
	measured := p.literal(p.spaces(k), "个多 个")
	l.approx = l.approx || p.endsWith(measured, "多")
	u, t, ok := p.unit(p.spaces(measured))
	if !ok || u.unit == Month && measured == k {
		return it, i, false
	}
	switch p.text[i:t] {
	case "半日", "半夜", "半晚":
		return it, i, false
	case "半天":
		if l.n == 0 && (!p.halfDayMeant(i, t) || p.endsWith(i, "前 后")) {
			return it, i, false
		}
	}
	if l.n == 0 && u.unit >= Month && p.endsWith(i, "前 后 上 下") {
		return it, i, false
	}
	l.approx = l.approx || p.at(i) != '半'
	return item{u.count / 2, u.unit}, t, true
}

// halfDayMeant tells the 半天 that is twelve hours from the one that means a long while: 请半天假, 半天后.
func (p *parser) halfDayMeant(i, t int) bool {
	return p.literal(t, "假 之后 以后 后 之内 内 班 时间就 课 工作") > t && p.literal(t, "后悔") == t || p.before(i) == '每'
}

// duration reads a length that stands for itself: 十分钟, 三到五天, 一会儿.
func (p *parser) duration(i int, m *meaning) (int, bool) {
	if p.opt.Only != Everything {
		return i, false
	}
	m.form = formLength
	j := i
	if k := p.skip(j, aboutBefore); k > j {
		m.mod, j = About, p.spaces(k)
	}
	if w, k, ok := p.word(j, whileWord); ok && (len(w.word) > 6 || p.literal(k, "子 见 面 场 议") == k) {
		m.size.add(float64(w.a), Second)
		m.size.approx, m.size.top = true, float64(w.a)
		m.mod = About
		return k, true
	}
	l, end, ok := p.length(j)
	if !ok {
		return p.lengthBetween(i, j, m)
	}
	if !l.sensible() || !p.lengthStands(j, end, &l) {
		return i, false
	}
	m.size = l
	if l.approx && m.mod == Exactly {
		m.mod = About
	}
	if _, k, until := p.word(p.spaces(end), toWord); until {
		if top, t, ok := p.length(p.spaces(k)); ok && top.sensible() && (top.grain() == l.grain() || top.longer(&l)) {
			m.top = top
			return t, true
		}
	}
	if k := p.skip(end, moreWord); k > end {
		m.mod = More
		if top, t, ok := p.length(p.spaces(p.literal(p.spaces(k), ","))); ok && top.sensible() && p.skip(t, lessWord) > t {
			m.top, m.mod = top, Exactly // 十五年以上，三十年以下
			k = p.skip(t, lessWord)
		}
		return k, true
	}
	if k := p.skip(end, lessWord); k > end {
		m.mod = Less
		return k, true
	}
	if k := p.skip(end, aboutAfter); k > end {
		m.mod = About
		return k, true
	}
	return end, true
}

// lengthBetween reads 3到5天, whose unit stands behind the second number, from j on.
func (p *parser) lengthBetween(i, j int, m *meaning) (int, bool) {
	least, k, ok := p.number(j)
	if !ok {
		return i, false
	}
	_, t, ok := p.word(p.spaces(k), toWord)
	if !ok {
		return i, false
	}
	top, end, ok := p.length(p.spaces(t))
	if !ok || top.n != 1 || top.items[0].n <= least.v || !top.sensible() || !p.lengthStands(j, end, &top) {
		return i, false
	}
	m.size.add(least.v, top.grain())
	m.top = top
	return end, m.size.sensible()
}

// lengthStands tells lengths from what is written like one: 五分 of a mark, 三天 of 第三天, 20日 of the month.
func (p *parser) lengthStands(i, end int, l *length) bool {
	r := p.before(i)
	if digitValue(r) >= 0 || p.endsWith(i, "第 星 零 十 初 几 数 .") || r == '点' && l.n == 1 {
		return false
	}
	if first := p.at(i); first == '几' || first == '数' || r == '好' && l.approx {
		return false // 几天 is no length but some days
	}
	if l.n > 1 {
		return true
	}
	n := l.items[0].n
	if n == 1 && p.endsWith(i, "那 某 同 这 最后 另 首") {
		return false // 那一年
	}
	word := p.text[i:end]
	if n == 1 && p.at(i) == '一' && p.someDay(i, end) {
		return false
	}
	switch unit := lastUnit(word); unit {
	case "分":
		return l.grain() != Minute // of a mark
	case "刻", "季", "钟":
		return false
	case "周年":
		return p.literal(end, "纪 庆") == end
	case "载":
		return n >= 2
	case "日":
		return n > 31 || word == "两日" || p.literal(end, "游 内 后 前 之 以") > end || n <= 10 && n > 2 && !isArabic(p.at(i))
	case "夜", "晚":
		_, _, numeral := p.hanDigit(end) // 朝九晚五
		return word != "一夜" && !numeral && !isArabic(p.at(end)) && p.literal(end, "情 上") == end
	case "秒":
		return p.literal(end, "杀 表 懂 回 变") == end
	case "d":
		return n < 2 || n > 4 // 2D, 3D
	case "s":
		return p.at(end-2) != '0' // the 90s
	case "年":
		return p.literal(end, "级 纪 份") == end
	case "天":
		return word != "一天" || p.literal(end, "到晚 下第一 王") == end
	case "周":
		if word == "四周" && !p.closes(end) && p.skip(end, withinWord) == end && p.literal(end, "后 前 时间 左右 以 之") == end {
			return false // all around
		}
		fallthrough
	case "星期", "礼拜":
		// 一周三次, but not the Wednesday in 第一周三
		return p.literal(end, "一 二 三 四 五 六 日 天 末") == end || p.literal(end, "一次 两次 三次 二次 一到 一直 五次 四次 六次 三天 五天 两天") > end
	}
	return true
}

// someDay reports whether 一天 from i to end is one among many and no length: 有一天, 一天比一天, 一天坏似一天.
func (p *parser) someDay(i, end int) bool {
	if p.endsWith(i, "有") && !p.endsWith(i, "还有 只有 仅有 没有 共有 尚有 已有 足有 才有 就有 都有 约有 各有 拥有 大有 含有 带有 享有") &&
		p.literal(end, "假 时间 空 课 班 休 的 多 以 半") == end {
		return true
	}
	word := p.text[i:end]
	const near = 12 // bytes: a word or two between
	ahead := p.text[end:min(len(p.text), end+near)]
	return p.endsWith(i, "似 比 复 胜过") || strings.Contains(ahead, "似"+word) || strings.HasPrefix(ahead, "比"+word) || strings.HasPrefix(ahead, "又"+word)
}

// lastUnit returns the word at the end of a length that it depends on whether it is one.
func lastUnit(word string) string {
	for _, unit := range [...]string{"分钟", "秒钟", "刻钟", "半钟", "个钟", "工作日", "周年", "星期", "礼拜", "分", "刻", "季", "钟", "载", "日", "夜", "晚", "秒", "d", "s", "年", "天", "周"} {
		if strings.HasSuffix(word, unit) {
			return unit
		}
	}
	return ""
}
