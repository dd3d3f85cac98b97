package speech

// measure writes an amount of something that is measured.
func (w *writer) measure(c *counted) match {
	symbol := w.symbol(c.unit)
	if symbol == "" {
		return w.plainCount(c, Measure, grouped)
	}
	start, end := c.start, c.last.end+c.size
	each, rate := w.rate(start)
	w.piece = append(w.piece, c.sign...)
	w.countedNumerals(c, grouped)
	w.piece = append(w.piece, symbol...)
	if to := w.clipped(end, 2); to > end && symbol == "m" && !c.ranges() && !c.n.decimal() { // 一米七八
		w.figures(end, to)
		return match{start: start, end: to, kind: Measure}
	}
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

// clippedPart appends 米, 度 or 秒 and the decimals behind it, as in 一米七五, 三十七度二 and 十秒二, and returns their end,
// or 0.
func (w *writer) clippedPart(c *counted) int {
	i := c.last.end
	if c.ranges() || c.ordinal || c.n.decimal() || !w.has(i, "米") && !w.has(i, "度") && !w.has(i, "秒") {
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

// rate returns where 每小时 or 每千克 before i begins, and how it is written behind a unit.
func (w *writer) rate(i int) (int, string) {
	if w.style.Units != UnitSymbols {
		return i, ""
	}
	for k := i; k > max(w.done, i-longestRate); {
		_, size := w.before(k)
		if k -= size; w.has(k, "每") {
			if mark, end := w.rateBehind(k); end == i {
				return k, mark
			}
			break
		}
	}
	return i, ""
}

// longestRate bounds how far 每 is looked for, in bytes.
const longestRate = 24

// rateBehind returns what is written for 每小时 or 每千克 at i, and its end.
func (w *writer) rateBehind(i int) (string, int) {
	if w.style.Units != UnitSymbols || !w.has(i, "每") {
		return "", i
	}
	for _, r := range rates {
		if w.has(i, r.word) {
			return r.mark, i + len(r.word)
		}
	}
	k := i + len("每")
	if u, size := w.lex.unit(w.text[k:]); size > 0 && u.kind == measuring && u.symbol != "" {
		return "/" + u.symbol, k + size
	}
	return "", i
}

// rates are those of time, the longest name first.
var rates = [...]struct{ word, mark string }{{"每小时", "/h"}, {"每分钟", "/min"}, {"每分", "/min"}, {"每秒钟", "/s"}, {"每秒", "/s"}}
