package speech

import (
	"unicode/utf8"
)

// form says how a number was said.
type form uint8

const (
	noNumber form = iota
	single        // 三, 两
	digits        // 二零二六
	cardinal      // 三百零五
	pair          // 三五百, 十五六, 七八
)

// numeral is a number as it was said, with offsets in the folded text.
type numeral struct {
	start, end  int
	form        form
	value, high uint64 // high is the other number of a pair
	ones        bool   // of a pair such as 四十五六, whose high is 6
	mega        bool   // 兆 was said
	run         int    // end of the digits of a string or a pair of bare digits
	short       int    // where the last digit of 一百二 stands, or 0
	split       bool   // a digit that belongs to what follows was cut off: 一百|一个
	frac, scale [2]int // decimals, and 万 or 亿 behind decimals or a pair
}

func (n *numeral) decimal() bool { return n.frac[1] > n.frac[0] }
func (n *numeral) scaled() bool  { return n.scale[1] > n.scale[0] }

// small reports whether n is one digit and nothing else.
func (n *numeral) small() bool { return n.form == single && !n.decimal() }

// within reports whether n is an integer that was said as such, from low to high; 零八 counts as 8.
func (n *numeral) within(low, high uint64) bool {
	return (n.form == single || n.form == cardinal || n.form == digits && n.end-n.start <= 2*len("零")) &&
		!n.decimal() && n.short == 0 && low <= n.value && n.value <= high
}

// Figures are the values of characters; two and pauses are none of a string of digits.
const (
	figureNone = -1
	figureTen  = 100 + iota // units: their power of ten is figure-figureTen+1
	figureHundred
	figureThousand
	figureWan
	figureYi
	figureZhao
	figureTwenty
	figureThirty
	figureForty
	figureTwo // 两
	figureOne // 幺
)

// figure returns what the character r, which is folded, is in a number.
func figure(r rune) int {
	switch r {
	case '零', '〇', '○':
		return 0
	case '一', '壹', '弌':
		return 1
	case '二', '贰':
		return 2
	case '三', '叁':
		return 3
	case '四', '肆':
		return 4
	case '五', '伍':
		return 5
	case '六', '陆':
		return 6
	case '七', '柒':
		return 7
	case '八', '捌':
		return 8
	case '九', '玖':
		return 9
	case '十', '拾':
		return figureTen
	case '百', '佰':
		return figureHundred
	case '千', '仟':
		return figureThousand
	case '万':
		return figureWan
	case '亿':
		return figureYi
	case '兆':
		return figureZhao
	case '廿':
		return figureTwenty
	case '卅':
		return figureThirty
	case '卌':
		return figureForty
	case '两':
		return figureTwo
	case '幺':
		return figureOne
	}
	return figureNone
}

// digitAt returns the digit at i of a string of digits, or -1, and its end.
func (w *writer) digitAt(i int) (int, int) {
	r, size := w.rune(i)
	switch f := figure(r); {
	case f == figureOne:
		return 1, i + size
	case 0 <= f && f <= 9:
		return f, i + size
	}
	return -1, i
}

// rune decodes the character at i; at the end its size is 0.
func (w *writer) rune(i int) (rune, int) {
	if i >= len(w.text) {
		return 0, 0
	}
	if c := w.text[i]; c < utf8.RuneSelf {
		return rune(c), 1
	}
	return utf8.DecodeRuneInString(w.text[i:])
}

// before decodes the character that ends at i.
func (w *writer) before(i int) (rune, int) {
	if i <= 0 {
		return 0, 0
	}
	return utf8.DecodeLastRuneInString(w.text[:i])
}

// figureAt returns the figure at i.
func (w *writer) figureAt(i int) int {
	r, _ := w.rune(i)
	return figure(r)
}

// neighbours reports whether two digits in a row are an approximation: 七八, 三五.
func neighbours(a, b int) bool { return a > 0 && b <= 9 && (b == a+1 || a == 3 && b == 5) }

// number reads the longest number at i, with its decimals.
func (w *writer) number(i int) numeral {
	n := w.integer(i)
	if n.form == noNumber || n.form == pair {
		return n
	}
	r, size := w.rune(n.end)
	if r != '点' {
		return n
	}
	from := n.end + size
	to, last := from, from
	for {
		d, end := w.digitAt(to)
		if d < 0 {
			break
		}
		last, to = to, end
	}
	if to == from {
		return n
	}
	switch f := w.figureAt(to); f {
	case figureTen, figureTwo, figureTwenty, figureThirty, figureForty:
		return n // a time: 三点二十
	case figureHundred, figureThousand:
		if end := w.scaleAt(to); end > to {
			n.scale = [2]int{to, end}
		} else if !w.unitAhead(to) {
			if last == from {
				return n
			}
			to = last
		}
	case figureWan, figureYi:
		n.scale = [2]int{to, w.scaleAt(to)}
	}
	n.frac, n.end, n.short = [2]int{from, to}, to, 0
	if n.scaled() {
		n.end = n.scale[1]
	}
	return n
}

// scaleAt returns the end of 万, 亿, 万亿, 百万 or 千万 at i, or i.
func (w *writer) scaleAt(i int) int {
	end := i
	if f := w.figureAt(end); f == figureHundred || f == figureThousand {
		end += len("百")
	}
	f := w.figureAt(end)
	switch f {
	case figureWan:
		end += len("万")
		if w.figureAt(end) == figureYi {
			end += len("亿")
		}
	case figureYi:
		end += len("亿")
	default:
		return i
	}
	return end
}

// unitAhead reports whether the 千 or 百 at i begins the name of a unit: 千克, 百帕.
func (w *writer) unitAhead(i int) bool {
	r, size := w.rune(i)
	next, _ := w.rune(i + size)
	switch r {
	case '千':
		switch next {
		case '克', '米', '瓦', '卡', '赫', '焦', '伏', '帕':
			return true
		}
		return w.unitName(i) && next != '欧'
	case '百':
		return next == '帕'
	}
	return false
}

// unitName reports whether a unit of three or more characters has its name at i.
func (w *writer) unitName(i int) bool {
	_, size := w.lex.unit(w.text[i:])
	return size > len("千万")
}

// integer reads an integer: a string of digits, a pair, or a number with units.
func (w *writer) integer(i int) numeral {
	to, count, value := i, 0, uint64(0)
	a, b, last := -1, -1, i
	for {
		d, end := w.digitAt(to)
		if d < 0 {
			break
		}
		if count++; count == 1 {
			a = d
		} else if count == 2 {
			b = d
		}
		if count <= 18 {
			value = value*10 + uint64(d)
		}
		last, to = to, end
	}
	if count == 1 && w.figureAt(to) == figureTwo { // 一两, or 三 and 两
		if a == 1 {
			end := to + len("两")
			if d, _ := w.digitAt(end); d < 0 {
				return w.pairOf(i, end, 1, 2)
			}
		}
		return numeral{start: i, end: to, form: single, value: value, run: to}
	}
	if count == 0 && w.figureAt(i) == figureTwo {
		end := i + len("两")
		if d, next := w.digitAt(end); d == 3 {
			if e, _ := w.digitAt(next); e < 0 {
				return w.pairOf(i, next, 2, 3)
			}
		}
	}
	if count >= 2 {
		f := w.figureAt(to)
		unit := f >= figureTen && f <= figureZhao && !w.unitAhead(to)
		switch {
		case count == 2 && neighbours(a, b):
			if f == figureTen && !w.tenEnds(to) {
				break // 一二十三
			}
			return w.pairOf(i, to, uint64(a), uint64(b))
		case unit && count == 2:
			return numeral{start: i, end: last, form: single, value: uint64(a), run: last}
		case unit: // the last digit belongs to a number that follows
			return numeral{start: i, end: last, form: digits, value: value / 10, run: last}
		}
		return numeral{start: i, end: to, form: digits, value: value, run: to}
	}
	return w.cardinal(i)
}

// tenEnds reports whether no digit follows the 十 at i.
func (w *writer) tenEnds(i int) bool {
	_, size := w.rune(i)
	d, _ := w.digitAt(i + size)
	return d < 0
}

// pairOf finishes a pair of bare digits, which ends at end, with its units.
func (w *writer) pairOf(start, end int, a, b uint64) numeral {
	n := numeral{start: start, end: end, form: pair, value: a, high: b, run: end}
	if f := w.figureAt(end); f >= figureTen && f <= figureThousand && !w.unitAhead(end) {
		for ; f >= figureTen; f-- {
			n.value *= 10
			n.high *= 10
		}
		n.end += len("十")
	}
	if to := w.scaleAt(n.end); to > n.end {
		n.scale, n.end = [2]int{n.end, to}, to
	}
	return n
}
