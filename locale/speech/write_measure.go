package speech

// measure writes an amount of something that is measured.
func (w *writer) measure(c *counted) match {
	symbol := w.symbol(c.unit)
	if symbol == "" {
		m := w.plainCount(c, Measure, grouped)
		if end := w.clippedPart(c); end > m.end {
			m.end = end
		}
		return m
	}
	start, end := c.start, c.last.end+c.size
	each, rate := w.rate(start)
	w.piece = append(w.piece, c.sign...)
	w.countedNumerals(c, grouped)
	w.piece = append(w.piece, symbol...)
	if rate == "" {
		rate, end = w.rateBehind(end)
	} else {
		start = each
	}
	w.piece = append(w.piece, rate...)
	m := match{start: start, end: end, kind: Measure}
	if c.ranges() {
		m.kind = Range
	}
	return m
}

// clippedPart appends 米 or 度 and the decimals behind it, as in 一米七五 and 三十七度二, and returns their end, or 0.
func (w *writer) clippedPart(c *counted) int {
	i := c.last.end
	if c.ranges() || c.n.decimal() || !w.has(i, "米") && !w.has(i, "度") {
		return 0
	}
	from := i + len("米")
	end := w.clipped(from, 2)
	if end == from || w.text[from:end] == "零" || w.has(i, "度") && end > from+len("一") {
		return 0
	}
	w.source(i, from)
	w.figures(from, end)
	return end
}

// symbol returns the symbol of a unit, or nothing if its name stays.
func (w *writer) symbol(u *word) string {
	switch {
	case w.style.Units == UnitSymbols:
		return u.symbol
	case u.symbol == "°C":
		return "℃"
	case u.symbol == "°F":
		return "℉"
	}
	return ""
}

// rate returns where 每小时 before i begins, and how it is written behind a unit.
func (w *writer) rate(i int) (int, string) {
	if w.style.Units != UnitSymbols {
		return i, ""
	}
	for _, r := range rates {
		if w.follows(i, r.word) {
			return i - len(r.word), r.mark
		}
	}
	return i, ""
}

// rateBehind returns what is written for 每小时 at i, and its end.
func (w *writer) rateBehind(i int) (string, int) {
	for _, r := range rates {
		if w.has(i, r.word) && w.style.Units == UnitSymbols {
			return r.mark, i + len(r.word)
		}
	}
	return "", i
}

var rates = [...]struct{ word, mark string }{{"每小时", "/h"}, {"每分钟", "/min"}, {"每分", "/min"}, {"每秒", "/s"}, {"每秒钟", "/s"}}
