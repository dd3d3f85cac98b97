package number

// scanner reads the longest number that starts at a given offset of s.
type scanner struct {
	s        string
	text     bool // s is a sentence, not one number: refuse what is more likely something else
	overlong bool // the digits at the offset ran past maxDigits

	off    int    // how far reading got
	reason string // what stopped it there, if that is known
}

// stop notes why reading ended at off. The reason furthest to the right is the one reported.
func (p *scanner) stop(off int, reason string) {
	if p.reason == "" || off > p.off {
		p.off, p.reason = off, reason
	}
}

// number reads words of approximation, sign, value and what may follow it (成, 折, %, 左右).
func (p *scanner) number(i int) (v Number, end int, ok bool) {
	j := p.spaces(skip(p.s, i, approxBefore...))
	about := j > i
	v, end, ok = p.signed(j)
	if !ok {
		return v, i, false
	}
	if k := skip(p.s, end, approxAfter...); k > end {
		about, end = true, k
	}
	v.Approx = v.Approx || about
	return v, end, true
}

func (p *scanner) signed(i int) (Number, int, bool) {
	j := skip(p.s, i, "负", "負", "-", "－", "−", "﹣")
	negative := j > i
	if !negative {
		j = skip(p.s, i, "+", "＋")
	}
	if j > i {
		j = p.spaces(j)
	}
	v, end, ok := p.value(j)
	if ok && negative {
		approx := v.Approx
		v = v.neg()
		v.Approx = approx
	}
	return v, end, ok
}

// value reads an unsigned number: plain, half, fraction, percentage, tenths or discount.
func (p *scanner) value(i int) (Number, int, bool) {
	if end := skip(p.s, i, "一半"); end > i {
		return FromInt(1).div(2), end, true
	}
	if end := skip(p.s, i, "半"); end > i {
		if k := skip(p.s, end, "百"); k > end {
			return FromInt(50), k, true
		}
		return FromInt(1).div(2), end, true
	}
	if end := skip(p.s, i, "百分百"); end > i {
		return FromInt(1), end, true
	}
	v, end, ok := p.plain(i)
	if !ok {
		return v, i, false
	}
	w, k := v, end
	switch next(p.s, end).r {
	case '分':
		w, k, ok = p.parts(v, end)
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
	}
	if !ok {
		return v, end, true
	}
	w.Approx = w.Approx || v.Approx
	return w, k, true
}

// plain reads an integer or a decimal, Chinese or Arabic: 一百零五, 三点一四, 3.5万, 二点五亿.
func (p *scanner) plain(i int) (Number, int, bool) {
	v, end, ok := p.integer(i)
	if !ok {
		return v, i, false
	}
	j := skip(p.s, end, "点", "點")
	if j == end || v.Approx || !v.IsInt() {
		return v, end, true
	}
	var buf [maxDigits + 1]byte
	as := digit
	if next(p.s, j).kind == arabic && !p.text { // in a sentence 3点5 is a time
		as = arabic
	}
	ds, k := p.run(buf[:0], j, as)
	after := next(p.s, k)
	switch {
	case len(ds) == 0 || len(ds) > maxDigits:
		p.stop(j, "the decimal point must be followed by digits")
		return v, end, true
	case after.kind == unit && next(p.s, k+after.width).kind != large, after.kind == pair:
		p.stop(k, "a unit cannot follow decimals here") // 八点三十: a time
		return v, end, true
	case p.text && skip(p.s, k, "分", "刻") > k && skip(p.s, k, "分之") == k:
		return v, end, true
	}
	approx := v.Approx
	v, end = v.add(fromDigits(ds).scale(-len(ds))), k
	if after.kind == unit { // 三点五百万
		v, end = v.mul(after.value), k+after.width
		after = next(p.s, end)
	}
	for range 2 { // 三点五万亿
		if after.kind == large {
			v, end = v.mul(after.value), end+after.width
			after = next(p.s, end)
		}
	}
	v.Approx = approx
	return v, end, true
}

// parts reads the rest of 三分之二, whose denominator v ends at end.
func (p *scanner) parts(v Number, end int) (Number, int, bool) {
	j := skip(p.s, end, "分之")
	if j == end || !v.IsInt() {
		return v, end, false
	}
	if v.Sign() == 0 {
		p.stop(end, "a fraction cannot have the denominator 0")
		return v, end, false
	}
	k := skip(p.s, j, "负", "負", "-")
	w, e, ok := p.plain(k)
	if !ok {
		p.stop(k, "分之 must be followed by a number")
		return v, end, false
	}
	approx := w.Approx
	w = w.quo(v)
	if k > j {
		w = w.neg()
	}
	w.Approx = approx
	return w, e, true
}

// mixed reads the rest of 三又二分之一.
func (p *scanner) mixed(v Number, end int) (Number, int, bool) {
	j := skip(p.s, end, "又")
	if j == end || !v.IsInt() {
		return v, end, false
	}
	d, k, ok := p.integer(j)
	if !ok {
		return v, end, false
	}
	f, e, ok := p.parts(d, k)
	if !ok {
		return v, end, false
	}
	return v.add(f), e, true
}

// slash reads the rest of 2/3. More slashes make it a date or a path, which is no number.
func (p *scanner) slash(v Number, i, end int) (Number, int, bool) {
	j := skip(p.s, end, "/", "／", "⁄")
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
	return v.quo(d.value), k, true
}

// per reads the rest of 5%, 5‰ and 12个百分点.
func (p *scanner) per(v Number, end int) (Number, int, bool) {
	if k := skip(p.s, end, "%", "％", "﹪", "个百分点", "個百分點"); k > end {
		return v.scale(-2), k, true
	}
	if k := skip(p.s, end, "‰"); k > end {
		return v.scale(-3), k, true
	}
	if k := skip(p.s, end, "‱"); k > end {
		return v.scale(-4), k, true
	}
	return v, end, false
}

// tenths reads the rest of 三成, 三成五 and 三成半.
func (p *scanner) tenths(v Number, end int) (Number, int, bool) {
	j := skip(p.s, end, "成")
	if j == end || v.Cmp(FromInt(10)) > 0 || skip(p.s, j, afterTenth...) > j {
		return v, end, false
	}
	v = v.div(10)
	if t := next(p.s, j); t.kind == digit && next(p.s, j+t.width).kind == other {
		return v.add(FromInt(t.value).div(100)), j + t.width, true
	}
	if k := skip(p.s, j, "半"); k > j {
		return v.add(FromInt(1).div(20)), k, true
	}
	return v, j, true
}

// discount reads the rest of 八折, 八五折 and 9.5折: what is paid, not what is saved.
func (p *scanner) discount(v Number, end int) (Number, int, bool) {
	k := skip(p.s, end, "折")
	if k == end || v.Sign() <= 0 || v.Cmp(FromInt(100)) >= 0 || skip(p.s, k, afterDiscount...) > k {
		return v, end, false
	}
	if v.Cmp(FromInt(10)) <= 0 {
		return v.div(10), k, true
	}
	return v.div(100), k, true
}

func (p *scanner) spaces(i int) int {
	for k := i; ; i = k {
		if k = skip(p.s, i, " ", "\t", "\u00a0", "\u3000"); k == i {
			return i
		}
	}
}
