package speech

import (
	"strconv"
	"strings"
)

// grouping says whether digits are grouped with commas.
type grouping bool

const (
	plain   grouping = false
	grouped grouping = true
)

// numeral appends n to the piece, grouped only if the style wants groups.
func (w *writer) numeral(n *numeral, g grouping) {
	g = g && grouping(w.style.Thousands)
	switch {
	case n.form == pair:
		w.pairNumeral(n, g)
	case n.form == digits && !n.decimal():
		w.figures(n.start, n.end)
	case n.decimal():
		if n.form == digits {
			w.figures(n.start, n.frac[0]-len("点"))
		} else {
			w.integerOf(n.value, g)
		}
		w.piece = append(w.piece, '.')
		w.figures(n.frac[0], n.frac[1])
		w.source(n.scale[0], n.scale[1])
	default:
		w.amount(n.value, n, g)
	}
}

// pairNumeral appends a pair: 300~500, 3~4万, 45-6.
func (w *writer) pairNumeral(n *numeral, g grouping) {
	w.amount(n.value, n, g)
	mark := byte('~')
	if n.ones {
		mark = '-'
	}
	w.piece = append(w.piece, mark)
	w.amount(n.high, n, g)
	w.source(n.scale[0], n.scale[1])
}

// figures appends the string of digits from i to j.
func (w *writer) figures(i, j int) {
	for i < j {
		d, end := w.digitAt(i)
		if d < 0 {
			d, end = 2, i+len("两")
		}
		w.piece = append(w.piece, byte('0'+d))
		i = end
	}
}

// integerOf appends v in digits.
func (w *writer) integerOf(v uint64, g grouping) {
	from := len(w.piece)
	w.piece = strconv.AppendUint(w.piece, v, 10)
	if !g {
		return
	}
	count := len(w.piece) - from
	commas := (count - 1) / 3
	if commas == 0 {
		return
	}
	w.piece = append(w.piece, "........"[:commas]...)
	for to, k := len(w.piece)-1, from+count-1; commas > 0; {
		for range 3 {
			w.piece[to] = w.piece[k]
			to, k = to-1, k-1
		}
		w.piece[to] = ','
		to--
		commas--
	}
}

// amount appends the integer v of n, with 万 and 亿 as the style wants them.
func (w *writer) amount(v uint64, n *numeral, g grouping) {
	const wan, yi, zhao = 1e4, 1e8, 1e12
	style := w.style.Large
	switch {
	case v < wan || style == LargeDigits:
	case style == LargeWhole:
		if v%yi == 0 {
			w.integerOf(v/yi, g)
			w.large(n, "亿", "億")
			return
		} else if v < yi && v%wan == 0 {
			w.integerOf(v/wan, g)
			w.large(n, "万", "萬")
			return
		}
	case style == LargeMixed && (v >= 100*wan):
		if n.mega {
			w.integerOf(v/zhao, g)
			w.piece = append(w.piece, "兆"...)
			v %= zhao
		}
		if v >= yi {
			w.integerOf(v/yi, g)
			w.large(n, "亿", "億")
			v %= yi
		}
		if v >= 100*wan {
			w.integerOf(v/wan, g)
			w.large(n, "万", "萬")
			v %= wan
		}
		if v == 0 {
			return
		}
	case style == LargeExact && v%wan == 0:
		if v >= zhao && v%zhao == 0 {
			w.integerOf(v/zhao, g)
			if n.mega {
				w.piece = append(w.piece, "兆"...)
			} else {
				w.large(n, "万亿", "萬億")
			}
			return
		}
		if v >= yi {
			w.integerOf(v/yi, g)
			w.large(n, "亿", "億")
			v %= yi
		}
		if v > 0 {
			w.integerOf(v/wan, g)
			w.large(n, "万", "萬")
		}
		return
	}
	w.integerOf(v, g)
}

// large appends a large unit of n in the script of the text.
func (w *writer) large(n *numeral, simplified, traditional string) {
	if said := w.given[w.origin(n.start):w.origin(n.end)]; strings.Contains(said, "億") || strings.Contains(said, "萬") {
		simplified = traditional
	}
	w.piece = append(w.piece, simplified...)
}
