package speech

import "strings"

// sign returns where the words for a sign before i begin, and the sign. Of temperatures 零下 is one, too.
func (w *writer) sign(i int, temperature bool) (int, string) {
	switch {
	case w.follows(i, "正负"):
		return i - len("正负"), "±"
	case temperature && w.follows(i, "零下"):
		return i - len("零下"), "-"
	}
	if w.style.Compare {
		for _, o := range w.lex.operators {
			if o.compares && o.mark != "=" && w.follows(i, o.word) {
				return i - len(o.word), o.mark
			}
		}
	}
	k := i
	if w.follows(k, "的") {
		k -= len("的")
	}
	if !w.follows(k, "负") {
		return i, ""
	}
	k -= len("负")
	if r, _ := w.before(k); k > w.floor && (strings.ContainsRune(w.lex.notMinus, r) || figure(r) != figureNone) {
		return i, ""
	}
	return k, "-"
}

// rangeWord returns the end of the word for a range at i, or i, and what is written for it, nothing if the word stays.
func (w *writer) rangeWord(i int) (int, string) {
	for _, word := range [...]string{"到", "至"} {
		if w.has(i, word) {
			return i + len(word), w.style.RangeMark
		}
	}
	return i, ""
}

// rangeMark appends the mark, or the words from i to j if there is none.
func (w *writer) rangeMark(i, j int, mark string) {
	if mark == "" {
		w.source(i, j)
	}
	w.piece = append(w.piece, mark...)
}

// startsDate reports whether the number is the beginning of a date, a time, a fraction or a percentage.
func (w *writer) startsDate(n *numeral) bool {
	switch r, size := w.rune(n.end); r {
	case '点', '时':
		return true
	case '年':
		return n.form == digits
	case '月':
		return w.integer(n.end+size).form != noNumber
	case '分':
		return w.has(n.end, "分之")
	}
	return false
}
