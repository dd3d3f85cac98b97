package speech

import "strings"

// sum writes sums, comparisons and scores, of which n is the first number.
func (w *writer) sum(n *numeral) match {
	if n.form == pair {
		return match{}
	}
	if w.has(n.end, "比") {
		return w.score(n)
	}
	op, j := w.operator(n.end)
	if before, _ := w.before(n.start); j == n.end || op == "-" && !w.style.Compare && strings.ContainsRune("满每店", before) { // 满二百减三十
		return match{}
	}
	start, sign := w.sign(n.start, false)
	w.piece = append(w.piece, sign...)
	w.percentNumeral(n)
	end := w.terms(n.end, j, op)
	if end == n.end {
		return match{}
	}
	return match{start: start, end: end, kind: Math}
}

// terms appends the rest of a sum behind the number that ends at end: the operator op, whose word ends at j, a number,
// and so on. It returns where the last number ends.
func (w *writer) terms(end, j int, op string) int {
	for {
		minus, k := "", j
		switch {
		case w.has(j, "正负"):
			minus, k = "±", j+len("正负")
		case w.has(j, "负"):
			minus, k = "-", j+len("负")
		}
		m := w.number(k)
		if m.form == noNumber || m.form == pair || w.startsDate(&m) {
			return end
		}
		w.rangeMark(end, j, op)
		w.piece = append(w.piece, minus...)
		w.percentNumeral(&m)
		end = m.end
		if op, j = w.relation(end); j == end {
			return end
		}
	}
}

// operator reads the word for an operator at i.
func (w *writer) operator(i int) (string, int) {
	for _, o := range w.lex.operators {
		if w.has(i, o.word) && (!o.compares || w.style.Compare) {
			return o.mark, i + len(o.word)
		}
	}
	return "", i
}

// relation reads the word for an operator or a comparison at i. The word for a comparison stays if the style does not
// compare. A 比 between the parts of a ratio is a comparison, too.
func (w *writer) relation(i int) (string, int) {
	for _, o := range w.lex.operators {
		if w.has(i, o.word) {
			if o.compares && !w.style.Compare && o.mark != "=" {
				return "", i + len(o.word)
			}
			return o.mark, i + len(o.word)
		}
	}
	if w.style.Compare && w.has(i, "比") {
		return ":", i + len("比")
	}
	return "", i
}

// score writes 三比二: as a score if the sentence is about a game, as a ratio if the style wants that.
func (w *writer) score(n *numeral) match {
	j := n.end + len("比")
	m := w.number(j)
	if m.form != single && m.form != cardinal || n.form != single && n.form != cardinal || m.short > 0 || w.startsDate(&m) {
		return match{}
	}
	both := !n.decimal() && !m.decimal() && n.value < 400 && m.value < 400
	switch {
	case both && w.nearSport(n.start, m.end):
		w.percentNumeral(n)
		w.piece = append(w.piece, ':')
		w.percentNumeral(&m)
		return match{start: n.start, end: m.end, kind: Score, sure: true}
	case w.style.Compare:
		start, sign := w.sign(n.start, false)
		w.piece = append(w.piece, sign...)
		w.percentNumeral(n)
		return match{start: start, end: w.terms(n.end, j, ":"), kind: Math}
	case n.small() && m.small():
		return match{start: n.start, end: m.end}
	}
	w.numeral(n, plain)
	w.piece = append(w.piece, "比"...)
	w.numeral(&m, plain)
	return match{start: n.start, end: m.end, kind: Math}
}

// sportRange is how far from a score a sport word tells what it is, in bytes.
const sportRange = 48

// nearSport reports whether a word of sport stands near the text from i to j.
func (w *writer) nearSport(i, j int) bool {
	from, to := max(i-sportRange, 0), min(j+sportRange, len(w.text))
	for k := from; k < to; k++ {
		if k == i {
			k = j
		}
		if _, size := w.lex.sport.Longest(w.text[k:]); size > 0 {
			return true
		}
	}
	return false
}
