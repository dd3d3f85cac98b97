package speech

// counted is a number, or a range of two, with what it counts or measures.
type counted struct {
	n, last *numeral // the number; the other end of a range, or n
	to      int      // where the other end begins
	mark    string   // what is written between them, nothing if the word that was said stays
	start   int      // with the sign
	sign    string
	ordinal bool
	unit    *word // or nil
	size    int   // bytes of the unit's name
}

func (c *counted) ranges() bool { return c.last != c.n }
func (c *counted) small() bool  { return c.n.small() && c.last.small() }

// is reports whether the unit is of one of the kinds.
func (c *counted) is(kinds ...wordKind) bool {
	for _, k := range kinds {
		if c.unit != nil && c.unit.kind == k {
			return true
		}
	}
	return false
}

// quantity writes a number, or a range of two, with what it counts or measures.
func (w *writer) quantity(n *numeral) match {
	c := counted{n: n, last: n, to: n.end}
	if k, mark := w.rangeWord(n.end); k > n.end && n.form != pair {
		if high := w.number(k); high.form != noNumber && high.form != pair && !w.startsDate(&high) {
			c.last, c.to, c.mark = &high, k, mark
		}
	}
	end := c.last.end
	if w.approximate(end) { // 十几
		return match{start: n.start, end: end + len("几")}
	}
	if !n.split || c.ranges() {
		c.unit, c.size = w.lex.unit(w.text[end:])
	}
	if c.size == len("两") && w.has(end, "两") {
		if v, size := w.lex.unit(w.text[end+c.size:]); size > 0 && v.kind != measuring { // 三两个
			return match{start: n.start, end: end + c.size}
		}
	}
	c.ordinal = w.follows(n.start, "第")
	c.start, c.sign = w.sign(n.start, c.is(measuring) && c.unit.temperature)
	if w.stays(&c) {
		return match{start: n.start, end: end}
	}
	m := match{}
	switch {
	case c.ordinal:
		m = w.plainCount(&c, Ordinal, plain)
	case c.is(paying, payingYuan, payingJiao):
		m = w.money(&c)
	case c.is(measuring):
		m = w.measure(&c)
	case n.decimal():
		m = w.plainCount(&c, Decimal, grouped)
	default:
		m = w.plainCount(&c, Cardinal, grouped)
	}
	m.reach = max(m.end, end+c.size)
	if c.size > 0 && m.end == end && w.figureAt(end) != figureNone {
		m.next = end + c.size // 二两, 五千克
	}
	m.sure = c.sign != "" || c.is(lasting) && w.lasts(end+c.size)
	return m
}

// plainCount writes the number and leaves its unit as it is.
func (w *writer) plainCount(c *counted, kind Kind, g grouping) match {
	w.piece = append(w.piece, c.sign...)
	w.countedNumerals(c, g)
	if c.ranges() {
		kind = Range
	}
	return match{start: c.start, end: max(c.last.end, w.clippedPart(c)), kind: kind}
}

// countedNumerals appends the number, or both of a range.
func (w *writer) countedNumerals(c *counted, g grouping) {
	w.numeral(c.n, g)
	if c.ranges() {
		w.rangeMark(c.n.end, c.to, c.mark)
		w.numeral(c.last, g)
	}
}

// stays reports whether the number stays words.
func (w *writer) stays(c *counted) bool {
	n, last := c.n, c.last
	all := w.style.Single == SingleAll
	switch {
	case c.sign == "±":
		return false
	case w.style.Single != SingleAll && w.behind(n.start, oldBefore): // 正月十四
		return true
	case c.sign != "" && c.unit == nil && (w.open(last.end) || w.has(last.end, "的")): // 负二的绝对值
		return false
	case n.form == pair:
		return !w.style.Pairs
	case !all && c.small() && n.start == w.done && (w.last == Money || w.last == Measure || w.last == Cardinal): // 三块五|一斤
		return true
	case n.decimal() || last.decimal():
		return w.style.KeepAlone && c.unit == nil && !n.scaled() && !all
	case c.is(measuring, paying, payingYuan, payingJiao, labelling) && !c.ordinal && n.form != digits &&
		(w.style.Single != SingleNever || !c.small()):
		return false
	case c.small() && c.unit != nil:
		return !all && !w.chained(c)
	case c.small():
		return !all || w.style.KeepAlone
	case n.form == cardinal && n.end-n.start == len("十") && !c.ranges() && c.unit == nil:
		return w.style.KeepAlone || !all && !w.alone(n)
	case n.split || c.unit != nil:
		return false
	}
	return w.style.KeepAlone && !w.has(last.end, "多") && !w.has(last.end, "余")
}

// lasts reports whether a number and a length of time stand at i.
func (w *writer) lasts(i int) bool {
	n := w.integer(i)
	u, size := w.lex.unit(w.text[n.end:])
	return n.form != noNumber && size > 0 && u.kind == lasting
}

// alone reports whether no Chinese character touches n, but for a number before it.
func (w *writer) alone(n *numeral) bool {
	start := n.start
	if w.follows(start, "第") {
		start -= len("第")
	}
	r, size := w.before(start)
	return w.open(n.end) && (size == 0 || !isHan(r) || start == w.done && w.last != 0)
}

// open reports whether no Chinese character stands at i.
func (w *writer) open(i int) bool {
	r, size := w.rune(i)
	return size == 0 || !isHan(r)
}

// chained reports whether the duration of n is one of several that are said together, one of them in digits:
// 三小时二十分钟.
func (w *writer) chained(c *counted) bool {
	n, u, size, end := c.n, c.unit, c.size, c.last.end
	if w.last != 0 && w.done < n.start && w.text[w.done:n.start] == "斤" && w.has(end, "两") { // 三斤二两
		return true
	}
	name := w.text[end : end+size]
	if name == "日" && w.last == Date && (w.text[w.done:n.start] == "到" || w.text[w.done:n.start] == "至") { // 一日至五日
		return true
	}
	if name == "栋" || name == "幢" || name == "座" { // 三栋二单元
		m := w.integer(end + size)
		return m.form == digits || m.form != noNumber && (w.has(m.end, "单元") || w.has(m.end, "室") || w.has(m.end, "号") || w.has(m.end, "楼"))
	}
	if u.kind != lasting || n.value == 1 && (name == "年" || name == "天" || name == "周") { // 一年三百六十五天
		return false
	}
	if w.last == Cardinal && w.done < n.start {
		if v, length := w.lex.unit(w.text[w.done:]); length > 0 && v.kind == lasting && w.done+length == n.start {
			return true
		}
	}
	for j := end + size; ; {
		m := w.number(j)
		v, length := w.lex.unit(w.text[m.end:])
		if m.form != single && m.form != cardinal || length == 0 || v.kind != lasting {
			return false
		}
		if m.form == cardinal || m.decimal() {
			return true
		}
		j = m.end + length
		if j > end+maxChain {
			return false
		}
	}
}

// maxChain bounds how far durations are looked for, in bytes.
const maxChain = 64
