package speech

// percent writes what begins with 百分之 or 千分之 at i.
func (w *writer) percent(i int) match {
	mark, j := "%", i
	switch {
	case w.has(i, "百分"):
		j += len("百分")
	case w.has(i, "千分之"):
		mark, j = "‰", i+len("千分")
	default:
		return match{}
	}
	start, sign := w.sign(i, false)
	if w.has(j, "百") && mark == "%" { // 百分百
		w.piece = append(append(w.piece, sign...), "100%"...)
		return match{start: start, end: j + len("百"), kind: Percent}
	}
	named := w.has(j, "之")
	if named {
		j += len("之")
	}
	if w.has(j, "百") && named && mark == "%" && w.figureAt(j+len("百")) == figureNone {
		w.piece = append(append(w.piece, sign...), "100%"...)
		return match{start: start, end: j + len("百"), kind: Percent}
	}
	if w.has(j, "负") && sign == "" {
		sign, j = "-", j+len("负")
	}
	n := w.number(j)
	if n.form == noNumber || !named && n.form != cardinal || n.form == pair && !w.style.Pairs || w.approximate(n.end) {
		if n.form != noNumber && named {
			return match{start: i, end: n.end}
		}
		return match{}
	}
	w.piece = append(w.piece, sign...)
	w.percentNumeral(&n)
	end := n.end
	if k, to := w.rangeWord(end); k > end {
		m := k
		for _, again := range [...]string{"百分之", "千分之"} {
			if w.has(m, again) {
				m += len(again)
			}
		}
		if high := w.number(m); high.form != noNumber && high.form != pair && !w.approximate(high.end) && !w.startsDate(&high) {
			if to == "" {
				w.piece = append(w.piece, mark...)
			}
			w.rangeMark(end, k, to)
			w.percentNumeral(&high)
			end = high.end
		}
	}
	w.piece = append(w.piece, mark...)
	return match{start: start, end: end, kind: Percent}
}

// percentNumeral appends a number as it is written before a percent sign.
func (w *writer) percentNumeral(n *numeral) {
	if n.form == cardinal && !n.decimal() {
		w.integerOf(n.value, plain)
		return
	}
	w.numeral(n, plain)
}

// approximate reports whether 几 or 多 at i makes the number before it one that is better left in words.
func (w *writer) approximate(i int) bool {
	return w.has(i, "几") || w.has(i, "数") && !w.has(i, "数据")
}

// fraction writes 三分之二 and 六又五分之三.
func (w *writer) fraction(n *numeral) match {
	if n.decimal() {
		return match{}
	}
	whole, under := (*numeral)(nil), *n
	if w.has(n.end, "又") {
		whole, under = n, w.integer(n.end+len("又"))
	}
	if under.form == noNumber || under.form == pair || !w.has(under.end, "分之") {
		return match{}
	}
	over := w.number(under.end + len("分之"))
	if over.form == noNumber || over.form == pair || over.decimal() || w.approximate(over.end) {
		return match{start: n.start, end: max(under.end+len("分之"), over.end)}
	}
	start, sign := w.sign(n.start, false)
	w.piece = append(w.piece, sign...)
	if whole != nil {
		w.percentNumeral(whole)
		w.piece = append(w.piece, "又"...)
	}
	w.percentNumeral(&over)
	w.piece = append(w.piece, '/')
	w.percentNumeral(&under)
	return match{start: start, end: over.end, kind: Fraction}
}
