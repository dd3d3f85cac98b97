package speech

import "strings"

var powers = [...]uint64{10, 100, 1000, 1e4, 1e8, 1e12}

// reading is a number with units that is being read. Its parts are added up as they come: what is below 万 in part,
// the multiple of 万 in wan, the rest in total.
type reading struct {
	w                *writer
	n                numeral
	to               int // what is read ends here
	total, wan, part uint64
	digit, digitAt   int    // a digit that waits for its unit, or -1, and its place
	after            uint64 // the unit right before that digit, 0 if a 零 is between them
	unit, large      uint64 // the last of 十 百 千, and of 万 亿 兆
	zero, yi         bool   // 零 and 亿 were said; 零 since the last unit
	section          int    // where what is below the last of 万 亿 兆 begins
}

// cardinal reads a number with units, or a single digit.
func (w *writer) cardinal(i int) numeral {
	p := reading{w: w, n: numeral{start: i, form: single}, to: i, digit: -1, unit: 1e4, large: 1e16, section: i}
	for {
		r, size := w.rune(p.to)
		f := figure(r)
		ok := false
		switch {
		case f == 0 && p.to == i:
			return numeral{start: i, end: i + size, form: single, run: i + size}
		case f == 0:
			ok = p.nought(p.to + size)
		case 0 < f && f <= 9:
			ok = p.ones(f)
		case f == figureTwo && p.after == 10: // 四十|两: two of the ones is 二
		case f == figureTwo:
			ok = p.ones(2)
		case f == figureOne && p.to == i:
			ok = p.ones(1)
		case figureTen <= f && f <= figureThousand:
			ok = p.smallUnit(r, powers[f-figureTen])
		case figureTwenty <= f && f <= figureForty:
			ok = p.tens(uint64(f-figureTwenty+2) * 10)
		case figureWan <= f && f <= figureZhao:
			ok = p.largeUnit(f, p.to+size)
		}
		if !ok {
			return p.finish()
		}
		p.to += size
	}
}

// nought takes a 零 before i if the number goes on behind it.
func (p *reading) nought(i int) bool {
	next := p.w.figureAt(i)
	if next == figureTwo {
		next = 2
	}
	if p.zero || p.digit >= 0 || p.unit == 10 || !(0 < next && next <= 9 || next == figureTen) {
		return false
	}
	if next != figureTen {
		unit := i + len("一")
		if f := p.w.figureAt(unit); figureTen <= f && f <= figureThousand && powers[f-figureTen] >= p.unit && !p.unitOf(unit) {
			return false // 一百零二百, but 一百零二|千克
		}
	}
	p.zero, p.after = true, 0
	return true
}

// ones takes the digit d.
func (p *reading) ones(d int) bool {
	if p.digit >= 0 {
		p.pairWithin(d)
		return false
	}
	p.digit, p.digitAt = d, p.to
	return true
}

// smallUnit takes the unit u, which is one of 十 百 千.
func (p *reading) smallUnit(r rune, u uint64) bool {
	switch {
	case p.w.unitAhead(p.to) && !p.thousands(r):
		return false
	case u >= p.unit:
		if p.digit >= 0 && !p.unitOf(p.to) { // 一百|二百, but 四十一|千安
			p.to, p.digit = p.digitAt, -1
		}
		return false
	case p.digit < 0:
		if u != 10 || r == '拾' && !p.formal() || p.to > p.n.start && p.after == 0 && !p.zero {
			return false
		}
		p.digit = 1 // 十五, 一百十五
	}
	p.part += uint64(p.digit) * u
	p.digit, p.unit, p.after, p.zero, p.n.form = -1, u, u, false, cardinal
	return true
}

// unitOf reports whether the 百 or 千 at i begins the name of a unit.
func (p *reading) unitOf(i int) bool {
	_, size := p.w.lex.unit(p.w.text[i:])
	return size > len("千") || p.w.unitAhead(i)
}

// formal reports whether what stands behind a 拾 that begins a number is of a number, too: 拾万元, but 收拾.
func (p *reading) formal() bool {
	next, _ := p.w.rune(p.to + len("拾"))
	return strings.ContainsRune("壹贰叁肆伍陆柒捌玖万亿元圆", next)
}

// thousands reports whether the 千 that is next, r, belongs to the number although it could begin a unit: 一万五千米, and
// 五千米 where people say 公里 otherwise.
func (p *reading) thousands(r rune) bool {
	const km = "千米"
	if r != '千' || p.digit < 0 || p.zero || p.unit <= 1000 {
		return false
	}
	w := p.w
	return p.section > p.n.start || w.style.Units == UnitNames && w.has(p.to, km) && !w.has(p.to+len(km), "每")
}

// tens takes 廿 and the like.
func (p *reading) tens(v uint64) bool {
	if p.unit <= 10 || p.digit >= 0 {
		return false
	}
	p.part += v
	p.unit, p.after, p.zero, p.n.form = 10, 10, false, cardinal
	return true
}

// largeUnit takes the unit f before i, which is one of 万 亿 兆.
func (p *reading) largeUnit(f, i int) bool {
	u := powers[f-figureTen]
	if f == figureZhao { // elsewhere the megabyte
		if next := p.w.figureAt(i); !(0 <= next && next <= 9) || p.wan > 0 || p.w.unitName(p.to) {
			return false
		}
	}
	if p.digit >= 0 {
		if 10 < p.after && p.after < 1e4 { // 三百五万 is 350万
			p.part += uint64(p.digit) * p.after / 10
		} else {
			p.part += uint64(p.digit)
		}
		p.digit = -1
	}
	if p.part+p.wan == 0 || f == figureWan && (p.part == 0 || p.large <= u) || f == figureYi && p.yi || f == figureZhao && p.total > 0 {
		p.to, p.part = p.section, 0 // what is below belongs to another number
		return false
	}
	if f == figureWan {
		p.wan, p.part = p.part, 0
	} else {
		p.total, p.wan, p.part = p.total+(p.wan*1e4+p.part)*u, 0, 0
	}
	p.n.mega = p.n.mega || f == figureZhao
	p.yi = p.yi || f == figureYi
	p.section, p.unit, p.large, p.after, p.zero, p.n.form = i, 1e4, u, u, false, cardinal
	return true
}

// finish returns what was read.
func (p *reading) finish() numeral {
	n := &p.n
	if n.form == pair {
		return *n
	}
	n.end = p.to
	if p.digit >= 0 {
		switch {
		case n.form == single || p.zero || p.after <= 10:
			p.part += uint64(p.digit)
		case p.w.text[p.digitAt:p.to] == "两" || p.w.lex.cutters(p.w.text[p.to:]):
			n.end, n.split = p.digitAt, true // 一百|一个
		default:
			p.part += uint64(p.digit) * p.after / 10
			n.short = p.digitAt
		}
	}
	if n.end == n.start {
		return numeral{}
	}
	n.value = p.total + p.wan*1e4 + p.part
	n.run = n.end
	return *n
}

// pairWithin takes the digit b, which follows another one: 四十五六, 一百七八十.
func (p *reading) pairWithin(b int) {
	w, end := p.w, p.to+len("一")
	if d, _ := w.digitAt(end); d >= 0 || !neighbours(p.digit, b) || p.n.form != cardinal {
		return
	}
	n, u := p.n, uint64(1)
	n.form, n.end, n.run = pair, end, end
	switch f := w.figureAt(end); {
	case figureTen <= f && f <= figureThousand:
		if u = powers[f-figureTen]; u >= p.unit || w.unitAhead(end) {
			return
		}
		n.end += len("十")
	case p.unit > 10:
		return
	default:
		n.ones = true
	}
	above := p.total + p.wan*1e4
	n.value, n.high = above+p.part+uint64(p.digit)*u, above+p.part+uint64(b)*u
	if n.ones {
		n.high = uint64(b)
	}
	if to := w.scaleAt(n.end); to > n.end && above == 0 {
		n.scale, n.end = [2]int{n.end, to}, to
	}
	p.n = n
}
