package number

import "math/big"

// follow reads what may stand behind the plain number v, which reaches from i to end, and returns what
// they mean together.
func (p *scanner) follow(v Number, i, end int) (Number, int) {
	var w Number
	var k int
	ok := false
	switch r := p.at(end); r {
	case '分', '份':
		if w, k, ok = p.parts(v, end); !ok {
			w, k, ok = p.cheque(v, end)
		}
	case '又':
		w, k, ok = p.mixed(v, end)
	case '/', '／', '⁄':
		w, k, ok = p.slash(v, i, end)
	case '%', '％', '﹪', '‰', '‱', '个', '個':
		w, k, ok = p.per(v, end)
	case '成':
		w, k, ok = p.tenths(v, end)
	case '折':
		w, k, ok = p.discount(v, end)
	case '倍':
		w, k, ok = p.multiple(v, end)
	case '元', '圆', '圓', '块', '塊', '角', '毛':
		w, k, ok = p.cheque(v, end)
	case '^', '打', 'k', 'K', 'w', 'W', 'm', 'M', 'g', 'G', 't', 'T':
		w, k, ok = p.hasty(v, i, end)
	default:
		if w, k, ok = p.spacedDiscount(v, end); !ok {
			w, k, ok = p.spacedFraction(v, i, end)
		}
	}
	if !ok {
		return v, end
	}
	return w, k
}

// parts reads the rest of 三分之二, whose denominator v ends at end.
func (p *scanner) parts(v Number, end int) (Number, int, bool) {
	j := p.skip(end, "分之", "份之")
	if j == end && p.mode == Lenient {
		j = p.skip(end, "分", "份") // 四分一, 二份一
		if j > end && (v.Cmp(FromInt(10)) > 0 || next(p.s, j).kind != digit || next(p.s, j+len("一")).kind != other) {
			return v, end, false
		}
	}
	if j == end || !v.IsInt() {
		return v, end, false
	}
	if v.Sign() == 0 {
		p.stop(end, "a fraction cannot have the denominator 0")
		return v, end, false
	}
	j = p.digitAhead(j)
	k := p.skip(j, "负", "負", "-")
	k = p.digitAhead(k)
	low, high := p.low, p.high
	w, e, ok := p.plain(k)
	if !ok {
		p.low, p.high = low, high
		p.stop(k, "分之 must be followed by a number")
		return v, end, false
	}
	approx := w.Approx
	w = w.quo(v)
	if p.skip(j, "负", "負", "-") > j {
		w = w.neg()
	}
	w.Approx = approx
	p.kind = Fraction
	return w, e, true
}

// bareParts reports whether a fraction that starts at i is a percentage: 百分之五, but not 一百分之五.
func (p *scanner) bareParts(i int) bool {
	t := next(p.s, i)
	return t.kind == unit && t.value > 10 || t.kind == large
}

// mixed reads the rest of 三又二分之一.
func (p *scanner) mixed(v Number, end int) (Number, int, bool) {
	j := p.skip(end, "又")
	if j == end || !v.IsInt() {
		return v, end, false
	}
	j = p.digitAhead(j)
	d, k, ok := p.integer(j)
	if !ok {
		return v, end, false
	}
	f, e, ok := p.parts(d, k)
	if !ok { // 3又1/4
		if f, e, ok = p.slash(d, j, k); !ok {
			return v, end, false
		}
	}
	return v.add(f), e, true
}

// slash reads the rest of 2/3. More slashes make it a date or a path, which is no number.
func (p *scanner) slash(v Number, i, end int) (Number, int, bool) {
	j := p.skip(end, "/", "／", "⁄")
	if k := p.spaces(j); p.mode == Lenient && j > end && next(p.s, k).kind == arabic {
		j = k
	}
	if p.mode == Lenient && j > end && !p.text { // 1.5/3, 六十/一百二十
		d, k, ok := p.plain(j)
		if !ok || d.Sign() == 0 || d.Approx || v.Approx || skip(p.s, k, "/", "／", "⁄") > k {
			return v, end, false
		}
		p.kind = Fraction
		return v.quo(d), k, true
	}
	if j == end || !v.IsInt() || next(p.s, i).kind != arabic || p.text && i > 0 && p.s[i-1] == '/' {
		return v, end, false
	}
	d, k, ok := p.arabic(j)
	if !ok || !d.whole || skip(p.s, k, "/", "／") > k {
		return v, end, false
	}
	if d.value.Sign() == 0 {
		p.stop(j, "a fraction cannot have the denominator 0")
		return v, end, false
	}
	p.kind = Fraction
	return v.quo(d.value), k, true
}

// per reads the rest of 5%, 5‰ and 12个百分点.
func (p *scanner) per(v Number, end int) (Number, int, bool) {
	for _, sign := range [...]struct {
		text   string
		places int
	}{{"%", 2}, {"％", 2}, {"﹪", 2}, {"‰", 3}, {"‱", 4}} {
		if k := p.skip(end, sign.text); k > end {
			p.kind = Percent
			return v.scale(-sign.places), k, true
		}
	}
	if k := p.skip(end, "个百分点", "個百分點", "个百分比", "個百分比"); k > end && p.kinds&Percent != 0 {
		p.kind = Percent
		return v.scale(-2), k, true
	}
	if k := p.skip(end, "个", "個"); k == len(p.s) && !p.text && p.mode == Lenient {
		return v, k, true
	}
	return v, end, false
}

// tenths reads the rest of 三成, 三成五 and 三成半.
func (p *scanner) tenths(v Number, end int) (Number, int, bool) {
	j := p.skip(end, "成")
	if p.kinds&Tenths == 0 || v.Cmp(FromInt(10)) > 0 || p.text && skip(p.s, j, afterTenth...) > j {
		return v, end, false
	}
	p.kind = Tenths
	v = v.div(10)
	if k := p.digitAhead(j); next(p.s, k).kind == digit {
		if t := next(p.s, k); next(p.s, k+t.width).kind == other {
			return v.add(FromInt(t.value).div(100)), k + t.width, true
		}
	}
	if k := p.skip(j, "半"); k > j {
		return v.add(FromInt(1).div(20)), k, true
	}
	return v, j, true
}

// discount reads the rest of 八折, 八五折 and 9.5折: what is paid, not what is saved.
func (p *scanner) discount(v Number, end int) (Number, int, bool) {
	k := p.skip(end, "折")
	if p.kinds&Discount == 0 || v.Sign() <= 0 || v.Cmp(FromInt(100)) >= 0 || p.text && skip(p.s, k, afterDiscount...) > k {
		return v, end, false
	}
	p.kind = Discount
	if v.Cmp(FromInt(10)) <= 0 {
		return v.div(10), k, true
	}
	return v.div(100), k, true
}

// spacedDiscount reads the rest of 9 5 折, whose 9 is v.
func (p *scanner) spacedDiscount(v Number, end int) (Number, int, bool) {
	ones, ok := v.Int64()
	j := p.spaces(end)
	t := next(p.s, j)
	if p.mode != Lenient || j == end || !ok || ones < 1 || ones > 9 || t.kind != arabic && t.kind != digit || p.at(j+t.width) != '折' {
		return v, end, false
	}
	return p.discount(FromInt(ones*10+t.value), j+t.width)
}

// spacedFraction reads the rest of 1 3/4, whose 1 is v.
func (p *scanner) spacedFraction(v Number, i, end int) (Number, int, bool) {
	j := p.spaces(end)
	if p.mode != Lenient || j == end || !v.IsInt() || next(p.s, i).kind != arabic {
		return v, end, false
	}
	over, k, ok := p.arabic(j)
	if !ok || !over.whole {
		return v, end, false
	}
	f, e, ok := p.slash(over.value, j, k)
	if !ok || f.Cmp(FromInt(1)) >= 0 {
		return v, end, false
	}
	return v.add(f), e, true
}

// multiple reads the rest of 三倍 and 两倍半.
func (p *scanner) multiple(v Number, end int) (Number, int, bool) {
	k := p.skip(end, "倍")
	if p.kinds&Multiple == 0 || p.text && skip(p.s, k, "数", "數", "率", "增", "感", "受", "儿") > k {
		return v, end, false
	}
	p.kind = Multiple
	if half := p.skip(k, "半"); half > k {
		return v.add(FromInt(1).div(2)), half, true
	}
	if more := p.skip(k, "多"); more > k && !p.literal && p.mode != Strict {
		v.Approx, k = true, more
	}
	return v, k, true
}

// hasty reads what only machines and hasty people write: 15k, 30w, 2^5, 三打.
func (p *scanner) hasty(v Number, i, end int) (Number, int, bool) {
	if p.mode != Lenient {
		return v, end, false
	}
	j := end
	if isBlank(next(p.s, j).r) {
		j = p.spaces(j)
	}
	t := next(p.s, j)
	k := j + t.width
	switch {
	case t.r == '打':
		return v.mul(12), k, v.Sign() > 0 && v.IsInt()
	case next(p.s, i).kind != arabic && next(p.s, i).r != '.':
		return v, end, false
	case t.r == '^':
		return p.power(v, k)
	case inWord(next(p.s, k).r) || next(p.s, k).kind == arabic:
		return v, end, false
	}
	switch t.r {
	case 'k', 'K':
		v = v.mul(1e3)
	case 'w', 'W':
		v = v.mul(1e4)
	case 'm', 'M':
		v = v.mul(1e6)
	case 'g', 'G':
		v = v.mul(1e9)
	case 't', 'T':
		v = v.mul(1e12)
	}
	if w, e, ok := p.per(v, k); ok {
		return w, e, true
	}
	return v, k, true
}

// power reads the exponent at j of the base v.
func (p *scanner) power(v Number, j int) (Number, int, bool) {
	k := skip(p.s, j, "-", "−")
	negative := k > j
	if !negative {
		k = skip(p.s, j, "+")
	}
	const most = 64 // keeps the result of a short text short
	e, end, ok := p.arabic(k)
	n, whole := e.value.Int64()
	if !ok || !whole || !e.whole || n > most || negative && v.Sign() == 0 {
		p.stop(j, "the exponent is not an integer up to 64")
		return v, j, false
	}
	r := v.Rat()
	x, y := new(big.Int).Exp(r.Num(), big.NewInt(n), nil), new(big.Int).Exp(r.Denom(), big.NewInt(n), nil)
	if negative {
		x, y = y, x
	}
	return FromRat(new(big.Rat).SetFrac(x, y)), end, true
}

// cheque reads the rest of 壹佰元零伍分整, whose yuan are v.
func (p *scanner) cheque(v Number, end int) (Number, int, bool) {
	if !p.yuan || p.text || !v.IsInt() && next(p.s, end).r != '元' {
		return v, end, false
	}
	sum, k := Number{}, end
	rank := 0
	for {
		t := next(p.s, k)
		unit, places := 0, 0
		switch t.r {
		case '元', '圆', '圓', '块', '塊':
			unit, places = 1, 0
		case '角', '毛':
			unit, places = 2, 1
		case '分':
			unit, places = 3, 2
		}
		if unit <= rank {
			return v, end, false
		}
		sum, rank, k = sum.add(v.scale(-places)), unit, k+t.width
		if e := skip(p.s, k, "整", "正"); e > k {
			return sum, e, true
		}
		w, e, ok := p.integer(skip(p.s, k, "零", "〇"))
		if !ok || w.Cmp(FromInt(100)) >= 0 {
			return sum, k, true
		}
		v, k = w, e
	}
}
