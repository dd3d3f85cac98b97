package speech

// date writes a date that begins with n, its year, month or, before 日, day.
func (w *writer) date(n *numeral) match {
	switch r, size := w.rune(n.end); r {
	case '年':
		return w.year(n, n.end+size)
	case '月':
		return w.monthDay(n, n.start, nil)
	case '号':
		if end := n.end + size; w.style.FormalDays && n.within(1, 31) && w.open(end) && !w.follows(n.start, "第") {
			w.integerOf(n.value, plain)
			w.piece = append(w.piece, "日"...)
			return match{start: n.start, end: end, kind: Date}
		}
	}
	return match{}
}

// year writes a date whose year n ends before j, with its month and day if they were said.
func (w *writer) year(n *numeral, j int) match {
	era := w.follows(n.start, "公元") || w.follows(n.start, "公元前") || w.follows(n.start, "纪元") || w.follows(n.start, "纪元前")
	said := n.form == digits || n.form == pair && n.run == n.end && w.text[n.start:n.start+len("两")] != "两" || era && n.form != noNumber
	month, day := w.month(j)
	if n.form == cardinal && w.style.Single != SingleAll && w.behind(n.start, oldBefore) { // 乾隆三十年
		if month.form != noNumber {
			j = month.end + len("月")
		}
		return match{start: n.start, end: max(j, day.end)}
	}
	switch {
	case n.decimal() || n.scaled():
		return match{}
	case said && n.run-n.start <= 4*len("零"):
	case n.form == cardinal && 1000 <= n.value && n.value < 3000 && month.form != noNumber && w.style.Date == DateWords:
	default:
		return match{}
	}
	if n.form == pair && month.form == noNumber && !era && !w.has(j, "级") && !w.has(j, "款") {
		return match{} // 三五年, some years
	}
	if month.form == noNumber {
		w.yearDigits(n)
		return match{start: n.start, end: n.end, reach: j, kind: Date}
	}
	return w.monthDayOf(n, j, month, day)
}

func (w *writer) yearDigits(n *numeral) {
	switch {
	case n.form == cardinal:
		w.integerOf(n.value, plain)
	default:
		w.figures(n.start, n.run)
	}
}

// month reads a month at i, and the day behind it, whose form is noNumber if none was said. Their ends are those of the
// numerals.
func (w *writer) month(i int) (month, day numeral) {
	m := w.integer(i)
	if !m.within(1, 12) || !w.has(m.end, "月") {
		return numeral{}, numeral{}
	}
	d := w.integer(m.end + len("月"))
	if !d.within(1, 31) {
		d = numeral{}
	}
	return m, d
}

// monthDay writes a month without a year.
func (w *writer) monthDay(n *numeral, start int, year *numeral) match {
	if !n.within(1, 12) || n.form == single && w.text[n.start:n.end] == "两" {
		return match{}
	}
	_, day := w.month(n.start)
	return w.monthDayOf(nil, start, *n, day)
}

// monthDayOf writes a date with a year, or none if it is nil, whose month begins at i.
func (w *writer) monthDayOf(year *numeral, i int, month, day numeral) match {
	start, after := i, month.end+len("月")
	if year != nil {
		start = year.start
	}
	end, mark := day.end, 0
	if day.form != noNumber {
		switch r, size := w.rune(day.end); r {
		case '日', '号':
			end, mark = day.end+size, size
		}
	}
	if year == nil {
		if w.behind(i, lunarBefore) || w.has(after, "初") { // 九月初六
			return match{start: start, end: max(after, end)}
		}
		if day.form != noNumber && mark == 0 && w.lex.feast(month.value, day.value) {
			return match{start: start, end: end} // 八月十五 is a day of the moon
		}
	}
	if w.style.Single == SingleNever && year == nil && mark == 0 && month.form == single {
		return match{}
	}
	if w.style.Date == DateSlashes && (year != nil || mark != 0) {
		if year != nil {
			w.yearDigits(year)
			w.piece = append(w.piece, '/')
		}
		w.padded(month.value)
		if mark == 0 {
			return match{start: start, end: after, kind: Date}
		}
		w.piece = append(w.piece, '/')
		w.padded(day.value)
		return match{start: start, end: end, kind: Date}
	}
	if year != nil {
		w.yearDigits(year)
		w.piece = append(w.piece, "年"...)
	}
	w.integerOf(month.value, plain)
	w.piece = append(w.piece, "月"...)
	if day.form == noNumber || day.form == single && mark == 0 {
		return match{start: start, end: after, kind: Date}
	}
	w.integerOf(day.value, plain)
	if mark != 0 {
		w.piece = append(w.piece, "日"...)
	}
	return match{start: start, end: end, kind: Date}
}

// padded appends v in two digits.
func (w *writer) padded(v uint64) {
	w.piece = append(w.piece, byte('0'+v/10%10), byte('0'+v%10))
}
