package speech

// clipped reads the digits at i, at most so many, that are parts of the unit before them and have lost their own: 八 in
// 一米八, 七五 in 一米七五. What is counted or bought may follow: 三块五|一斤. It returns their end, or i.
func (w *writer) clipped(i, most int) int {
	end, last := i, -1
	for n := 0; n < most; n++ {
		d, k := w.digitAt(end)
		if d < 0 || n > 0 && w.each(end, last) {
			break
		}
		end, last = k, d
	}
	if end == i || !w.unclaimed(end) && !w.each(end, last) {
		return i
	}
	return end
}

// each reports whether an amount of what is bought or measured stands at i, behind the digit d of a price or a length:
// 一斤, 两个, 一百克. Digits that follow each other are rather one number: 八九个.
func (w *writer) each(i, d int) bool {
	if w.style.RunTogether {
		return false
	}
	one, end := w.digitAt(i)
	if w.has(i, "两") {
		one, end = 2, i+len("两")
	}
	if one <= 0 || one == d+1 || d == 3 && one == 5 {
		return false
	}
	if n := w.integer(i); (one == 1 || w.has(i, "两")) && n.form == cardinal {
		end = n.end
	}
	u, size := w.lex.unit(w.text[end:])
	return size > 0 && (u.kind == counting || u.kind == measuring || u.kind == labelling && w.has(end, "斤"))
}
