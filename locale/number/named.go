package number

// What names a number without numerals of its own, or with other ones than it means.

func half() Number { return Number{num: 1, den: 2} }

// ordinal reads 第三 and 倒数第二.
func (p *scanner) ordinal(i int) (Number, int, bool) {
	end := p.skip(i, "第", "倒数第", "倒數第")
	if end == i || p.kinds&Ordinal == 0 {
		return Number{}, i, false
	}
	v, k, ok := p.plain(end)
	if !ok || !v.IsInt() || v.Sign() < 0 {
		return v, i, false
	}
	p.kind = Ordinal
	if end > i+len("第") {
		v = v.neg()
	}
	return v, k, true
}

// aHalf reads 一半.
func (p *scanner) aHalf(i int) (Number, int, bool) {
	end := skip(p.s, i, "一半儿", "一半兒", "一半")
	if end == i {
		return Number{}, i, false
	}
	p.kind = Fraction
	return half(), end, true
}

// half reads 半 and what may stand behind it: 半百, 半个亿, 半成, 半打.
func (p *scanner) half(i int) (Number, int, bool) {
	end := i + len("半")
	if k := p.skip(end, "折"); k > end && p.kinds&Discount != 0 && skip(p.s, k, afterDiscount...) == k {
		p.kind = Discount
		return half(), k, true
	}
	if k := p.skip(end, "成"); k > end && p.kinds&Tenths != 0 && skip(p.s, k, afterTenth...) == k {
		p.kind = Tenths
		return half().div(10), k, true
	}
	if k := p.skip(end, "个", "個"); k > end {
		if t := next(p.s, k); t.kind == large {
			return half().mul(t.value), k + t.width, true
		}
		if k == len(p.s) && !p.text && p.mode == Lenient {
			return half(), k, true
		}
	}
	switch t := p.next(end); {
	case t.r == '打' && p.mode == Lenient:
		return FromInt(6), end + t.width, true
	case t.kind == unit && t.value >= 100 || t.kind == large:
		return half().mul(t.value), end + t.width, true
	}
	return half(), end, true
}

// all reads 百分百.
func (p *scanner) all(i int) (Number, int, bool) {
	end := skip(p.s, i, "百分百")
	if end == i {
		return Number{}, i, false
	}
	p.kind = Percent
	return FromInt(1), end, true
}

// halfPrice reads 对折.
func (p *scanner) halfPrice(i int) (Number, int, bool) {
	end := skip(p.s, i, "对折", "對折")
	if end == i || p.literal || p.kinds&Discount == 0 || skip(p.s, end, afterDiscount...) > end {
		return Number{}, i, false
	}
	p.kind = Discount
	return half(), end, true
}
