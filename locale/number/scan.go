package number

// scanner reads the longest number that starts at a given offset of s.
type scanner struct {
	s       string
	text    bool // s is a sentence, not one number: refuse what is more likely something else
	mode    Mode
	kinds   Kind
	literal bool
	single  bool
	yuan    bool

	kind      Kind  // of the number read
	low, high int64 // an approximate integer in it may be as much as high; 0 if nothing is known
	overlong  bool  // the digits at the offset ran past maxDigits
	pair      bool  // a pair such as 二三十 was met, and is not wanted

	off    int    // how far reading got
	reason string // what stopped it there, if that is known
}

func (o Options) scanner(s string, text bool) scanner {
	return scanner{s: s, text: text, mode: o.Mode, kinds: o.kinds(), literal: o.Literal, single: o.Single, yuan: o.Yuan}
}

// stop notes why reading ended at off. The reason furthest to the right is the one reported.
func (p *scanner) stop(off int, reason string) {
	if p.reason == "" || off > p.off {
		p.off, p.reason = off, reason
	}
}

// next classifies the character at i. In lenient mode it looks behind blanks for a numeral or unit in
// Chinese characters, whose width then includes them.
func (p *scanner) next(i int) token {
	t := next(p.s, i)
	if p.mode == Lenient && isBlank(t.r) {
		k := p.spaces(i)
		if u := next(p.s, k); u.kind != other && u.kind != arabic {
			u.width += k - i
			return u
		}
	}
	return t
}

// skip returns the offset behind the first of the words that follow at i, or i.
func (p *scanner) skip(i int, words ...string) int {
	for _, w := range words {
		if len(p.s)-i >= len(w) && p.s[i:i+len(w)] == w {
			return i + len(w)
		}
	}
	if p.mode != Lenient || i >= len(p.s) {
		return i
	}
	for _, w := range words {
		if k := p.skipSpread(i, w); k > i {
			return k
		}
	}
	return i
}

// skipSpread is skip for one word whose characters may have blanks before them.
func (p *scanner) skipSpread(i int, w string) int {
	k := i
	for _, r := range w {
		k = p.spaces(k)
		t := next(p.s, k)
		if t.r != r || t.width == 0 {
			return i
		}
		k += t.width
	}
	return k
}

func (p *scanner) spaces(i int) int {
	for i < len(p.s) {
		t := next(p.s, i)
		if !isBlank(t.r) {
			break
		}
		i += t.width
	}
	return i
}

func isBlank(r rune) bool { return r == ' ' || r == '\t' || r == '\u00a0' || r == '\u3000' }

// number reads words of approximation, sign, value and what may follow it (成, 折, %, 左右).
func (p *scanner) number(i int) (v Number, end int, ok bool) {
	j := i
	if next(p.s, i).kind == other && !(p.literal && p.text) {
		j = p.before(i)
	}
	about := j > i
	if about && p.mode == Strict {
		p.stop(i, "not exact")
		return v, i, false
	}
	p.kind = Cardinal
	v, end, ok = p.signed(j)
	if !ok || p.pair {
		return v, i, false
	}
	if end == len(p.s) {
		v.Approx = v.Approx || about
		return v, end, true
	}
	if k := skip(p.s, end, approxAfter...); k > end && !p.literal && p.mode != Strict {
		about, end = true, k
	}
	v.Approx = v.Approx || about
	return v, end, true
}

// before returns the offset behind the words of approximation at i.
func (p *scanner) before(i int) int {
	j := p.spaces(skip(p.s, i, approxBefore...))
	k := skip(p.s, j, "上", "好")
	if t := next(p.s, k); k > j && (t.kind == unit && t.value > 10 || t.kind == large || t.kind == some && p.s[j:k] == "好") {
		return k
	}
	return j
}

// ends returns the least and the most that v, the number just read, may mean.
func (p *scanner) ends(v Number) (low, high Number) {
	if !v.Approx || p.low == 0 || p.high <= p.low {
		return v, v
	}
	far := v.mul(p.high).div(p.low)
	far.Approx = true
	if v.Sign() < 0 {
		return far, v
	}
	return v, far
}

func (p *scanner) signed(i int) (Number, int, bool) {
	if next(p.s, i).kind != other {
		return p.value(i)
	}
	j := p.skip(i, "负", "負", "-", "－", "−", "﹣")
	negative := j > i
	if !negative {
		j = p.skip(i, "+", "＋")
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
	var v Number
	end, ok := i, false
	switch next(p.s, i).r {
	case '一':
		v, end, ok = p.aHalf(i)
	case '半':
		v, end, ok = p.half(i)
	case '百':
		v, end, ok = p.all(i)
	case '对', '對':
		v, end, ok = p.halfPrice(i)
	case '第', '倒':
		v, end, ok = p.ordinal(i)
	}
	if ok {
		return v, end, true
	}
	v, end, ok = p.plain(i)
	if !ok {
		return v, i, false
	}
	if end == len(p.s) {
		return v, end, true
	}
	w, k := p.follow(v, i, end)
	w.Approx = w.Approx || v.Approx
	return w, k, true
}

const hoursPerDay = 24

// plain reads an integer or a decimal, Chinese or Arabic: 一百零五, 三点一四, 3.5万, 二点五亿.
func (p *scanner) plain(i int) (Number, int, bool) {
	p.low, p.high = 0, 0
	v, end, ok := p.integer(i)
	if !ok {
		return v, i, false
	}
	j := end
	if r := p.at(end); r == '点' || r == '點' {
		j = p.skip(end, "点", "點")
	}
	if j == end || v.Approx || !v.IsInt() {
		return v, end, true
	}
	var buf [maxDigits + 1]byte
	as := digit
	j = p.digitAhead(j)
	if next(p.s, j).kind == arabic && !p.text { // in a sentence 3点5 is a time
		as = arabic
	}
	ds, k := p.run(buf[:0], j, as)
	after := next(p.s, k)
	switch {
	case p.mode == Strict && len(ds) > 0 && ds[len(ds)-1] == '0':
		p.stop(k, "the last of the decimals is 零")
		return v, end, true
	case len(ds) == 0 || len(ds) > maxDigits:
		p.stop(j, "the decimal point must be followed by digits")
		return v, end, true
	case after.kind == unit && next(p.s, k+after.width).kind != large && (after.value == 10 || next(p.s, k+after.width).r != '分'), after.kind == pair:
		p.stop(k, "a unit cannot follow decimals here") // 八点三十: a time
		return v, end, true
	case p.text && skip(p.s, k, "分", "刻") > k && skip(p.s, k, "分之") == k && v.Cmp(FromInt(hoursPerDay)) <= 0:
		return v, end, true // 八点五分: a time
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

// at returns the character at i, in lenient mode the one behind blanks.
func (p *scanner) at(i int) rune {
	t := next(p.s, i)
	if p.mode == Lenient && isBlank(t.r) {
		t = next(p.s, p.spaces(i))
	}
	return t.r
}

// digitAhead returns the offset of the digit behind blanks at i, in lenient mode, or i.
func (p *scanner) digitAhead(i int) int {
	if p.mode != Lenient {
		return i
	}
	if k := p.spaces(i); next(p.s, k).kind != other {
		return k
	}
	return i
}
