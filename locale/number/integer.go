package number

import (
	"strings"
	"unicode/utf8"
)

// sum is a numeral with units while it is being read from left to right: 一亿二千三百万零五 passes
// through parts {一亿}, part {二千三百}, then parts {一亿, 二千三百万} and at last the pending 五.
type sum struct {
	parts  [6]part // finished by 万, 亿, 兆; units fall from left to right
	n      int
	part   Number // finished by 十, 百, 千 since
	small  int64  // last unit within part, 0 if none
	last   int64  // last unit of all, 0 if none
	joined bool   // the last character was a large unit, so that 万 may multiply it (万万)

	pending numeral // digits that wait for their unit
	wait    waiting
	zero    bool // 零 since the last unit
	closed  bool // only larger units may follow (3.5万, 十几万)
	approx  bool
	over    int64 // how much more than the last part may be meant
}

type part struct {
	value Number
	unit  int64
}

// waiting tells how the pending digits were written.
type waiting uint8

const (
	nothing   waiting = iota
	single            // one Chinese digit
	written           // Arabic digits
	spelledIn         // a Chinese digit string, 二〇二六
)

// integer reads the longest Chinese, Arabic or mixed numeral at i, without sign and without 点.
func (p *scanner) integer(i int) (v Number, end int, ok bool) {
	if p.mode == Normal {
		if k, end, ok := quick(p.s, i); ok {
			return Number{num: k}, end, true
		}
	}
	var s sum
	j := p.opening(&s, i)
	if p.overlong || p.pair {
		return v, i, false
	}
	end = j
	for {
		t := p.next(j)
		k, done := p.accept(&s, t, j)
		if k == j {
			break
		}
		j = k
		if done {
			end = j
		}
	}
	if end == i {
		return v, i, false
	}
	if p.mode == Strict && !p.complete(p.s[i:end]) {
		p.stop(i, "not written out in full")
		return v, i, false
	}
	v = s.value()
	if s.approx {
		v.Approx = true
		p.low, p.high = v.num, v.num+s.over
	}
	return v, end, true
}

// opening takes a digit string (二〇二六) or a lone zero into s. A pair such as 二三 before a unit is not one.
func (p *scanner) opening(s *sum, i int) int {
	var buf [maxDigits + 1]byte
	ds, j := p.run(buf[:0], i, digit)
	if p.mode == Lenient && !p.text {
		if mixed, k := p.run(buf[:0], i, anyDigit); k > j && hasNumeral(p.s[i:k]) {
			ds, j = mixed, k
		}
	}
	switch {
	case len(ds) > maxDigits:
		p.overlong = true
		p.stop(i, "more digits than anybody can mean")
		return i
	case len(ds) < 2 && (len(ds) == 0 || ds[0] != '0'):
		return i
	case len(ds) == 2 && neighbours(int64(ds[0]-'0'), int64(ds[1]-'0')):
		if k := p.next(j).kind; k == unit || k == large {
			return i
		}
	}
	s.pending = numeral{value: fromDigits(ds), digits: len(ds), whole: true}
	s.wait = spelledIn
	return j
}

// accept adds the character t at j to s and returns the offset behind what it took: j if t cannot
// continue the number. done reports that the number may end there.
func (p *scanner) accept(s *sum, t token, j int) (end int, done bool) {
	switch t.kind {
	case arabic:
		return p.acceptArabic(s, j)
	case digit, pair:
		return p.acceptDigit(s, t, j)
	case zero:
		if s.last == 0 || s.zero || s.closed || s.wait != nothing {
			return j, false
		}
		s.zero, s.joined = true, false
		return j + t.width, false
	case tens:
		if s.wait != nothing || s.closed || s.small != 0 && s.small <= 10 {
			return j, false
		}
		s.part = s.part.add(FromInt(t.value))
		s.follow(10)
		return j + t.width, true
	case unit:
		if s.wait == spelledIn && s.pending.digits == 1 { // 零十, 零百
			s.wait = nothing
		}
		if !s.takes(t.value) {
			return j, false
		}
		s.addUnit(t.value)
		return j + t.width, true
	case large:
		if !s.addLarge(t.value) {
			return j, false
		}
		return j + t.width, true
	case some:
		return p.acceptSome(s, t, j)
	case more:
		return p.acceptMore(s, t, j)
	}
	if isBlank(t.r) && s.wait == written { // 177.1 亿
		if u := next(p.s, j+t.width); u.kind == large {
			u.width += t.width
			return p.accept(s, u, j)
		}
	}
	if (t.r == '.' || t.r == '．') && s.last == 0 {
		return p.acceptArabic(s, j)
	}
	if t.r == '个' || t.r == '個' { // 两个亿
		if k := p.next(j + t.width); k.kind == large && (s.wait == single || s.wait == written) {
			return j + t.width, false
		}
	}
	return j, false
}

func (p *scanner) acceptArabic(s *sum, j int) (int, bool) {
	if s.wait != nothing || s.closed {
		return j, false
	}
	n, end, ok := p.arabic(j)
	if !ok || s.last != 0 && (!n.whole || n.value.Cmp(FromInt(s.last)) >= 0) {
		return j, false
	}
	s.pending, s.wait, s.joined = n, written, false
	s.closed = !n.value.IsInt()
	return end, true
}

func (p *scanner) acceptDigit(s *sum, t token, j int) (int, bool) {
	if s.closed {
		return j, false
	}
	if s.wait == nothing {
		s.pending, s.wait, s.joined = numeral{value: FromInt(t.value), digits: 1}, single, false
		return j + t.width, true
	}
	// 二三十, 十七八, 两三: two neighbouring digits name a range.
	if s.wait != single || s.approx || !neighbours(s.pending.value.num, t.value) || isBlank(next(p.s, j).r) {
		return j, false
	}
	if p.literal {
		p.pair = true
		return j, false
	}
	if after := p.next(j + t.width); after.kind == unit && !s.takes(after.value) {
		return j, false
	}
	s.approx, s.closed, s.over = true, true, t.value-s.pending.value.num
	return j + t.width, true
}

func (p *scanner) acceptSome(s *sum, t token, j int) (int, bool) {
	if s.wait != nothing || s.closed {
		return j, false
	}
	after := p.next(j + t.width)
	if beforeLarge(p.s, j+t.width, after) { // 几个亿
		after = next(p.s, j+t.width+after.width)
	}
	switch {
	case after.kind == unit && (s.small == 0 || after.value < s.small), after.kind == large && s.small == 0:
		s.pending, s.wait, s.joined = numeral{value: FromInt(1), digits: 1}, single, false
		s.approx, s.over = true, 9
		return j + t.width, false
	case s.last == 10 && (t.r == '几' || t.r == '幾'): // 十几: nothing certain beyond the ten
		s.approx, s.closed, s.over = true, true, 10
		return j + t.width, true
	case p.single && s.last == 0 && (t.r == '几' || t.r == '幾'):
		s.pending, s.wait = numeral{value: FromInt(1), digits: 1}, single
		s.approx, s.closed, s.over = true, true, 9
		return j + t.width, true
	}
	return j, false
}

func (p *scanner) acceptMore(s *sum, t token, j int) (int, bool) {
	ready := s.wait == nothing && s.last != 0 || s.wait == written && s.pending.whole && s.pending.digits > 1
	if !ready || s.zero || s.approx && s.closed {
		return j, false
	}
	k := j + t.width
	if (t.r == '来' || t.r == '來') && s.last > 100 { // 十来个, 百来人, 一千来个, but not 五千来
		if after, w := utf8.DecodeRuneInString(p.s[k:]); w == 0 || !strings.ContainsRune(afterThousand, after) {
			return j, false
		}
	}
	if p.skip(k, afterMore(t.r)...) > k {
		return j, false
	}
	if p.literal { // 500余万, but 四百 of 四百多
		if after := p.next(k); after.kind != large {
			return j, false
		}
	}
	if !s.approx {
		s.over = lowestPlace(s.value())
	}
	s.approx, s.closed = true, true
	return k, true
}

// lowestPlace returns the power of ten of the last digit of n that is not zero: 1000 for 35000.
func lowestPlace(n Number) int64 {
	place := int64(1)
	for n.den <= 1 && n.num != 0 && n.num%(place*10) == 0 && place < 1e17 {
		place *= 10
	}
	return place
}

// takes reports whether the unit u (十, 百, 千) may follow.
func (s *sum) takes(u int64) bool {
	if s.small != 0 && u >= s.small {
		return false
	}
	switch s.wait {
	case nothing: // a bare unit: 十五, 一百十五, 零百, 百二
		return !s.closed && (u == 10 || s.last == 0 || s.zero)
	case single:
		return true
	case written:
		if u == 10 && s.pending.digits > 1 { // 360十二
			return false
		}
		return s.small == 0 && (s.last == 0 || s.pending.digits == 1) || s.pending.digits == 1 && !s.closed
	}
	return false
}

// addUnit finishes the pending digits with 十, 百 or 千.
func (s *sum) addUnit(u int64) {
	c := FromInt(1)
	if s.wait != nothing {
		c = s.pending.value
	}
	s.part = s.part.add(c.mul(u))
	s.grow(u)
	s.follow(u)
}

// grow multiplies what may be meant beyond the number by a unit that follows it.
func (s *sum) grow(u int64) {
	over, ok := product(s.over, u)
	if !ok {
		over = 0
	}
	s.over = over
}

func (s *sum) follow(u int64) {
	s.small, s.last, s.wait, s.zero, s.joined = u, u, nothing, false, false
}

// addLarge finishes everything smaller than u (万, 亿, 兆) with it.
func (s *sum) addLarge(u int64) bool {
	if s.joined && s.n > 0 && s.parts[s.n-1].unit == u { // 万万, 亿亿
		top := &s.parts[s.n-1]
		if u > 1e8 {
			return false
		}
		top.value, top.unit = top.value.mul(u), u*u
		s.last = top.unit
		return true
	}
	v, n := s.part, s.n
	for n > 0 && s.parts[n-1].unit < u {
		n--
		v = v.add(s.parts[n].value)
	}
	if s.wait != nothing {
		v = v.add(s.tail(s.part.Sign() != 0 && s.wait == single && !s.zero && s.last > 10))
	} else if v.Sign() == 0 && s.last == 0 {
		v = FromInt(1) // 万 for 一万
	}
	if v.Sign() == 0 || n > 0 && s.parts[n-1].unit <= u || n == len(s.parts) {
		return false
	}
	s.parts[n] = part{v.mul(u), u}
	s.grow(u)
	s.n = n + 1
	s.part, s.small = Number{}, 0
	s.last, s.wait, s.zero, s.joined = u, nothing, false, true
	return true
}

// tail returns the pending digits. With short set they stand for a multiple of the next unit down,
// which is left out: the 五 of 三万五.
func (s *sum) tail(short bool) Number {
	if short {
		s.grow(s.last / 10)
		return s.pending.value.mul(s.last / 10)
	}
	return s.pending.value
}

func (s *sum) value() Number {
	v := s.part
	for i := s.n - 1; i >= 0; i-- {
		v = v.add(s.parts[i].value)
	}
	if s.wait == nothing {
		return v
	}
	oneDigit := s.wait == single || s.wait == written && s.pending.whole && s.pending.digits == 1
	return v.add(s.tail(oneDigit && !s.zero && s.last > 10))
}

// neighbours reports whether two digits written side by side name a range: 二三十, 三五百.
func neighbours(a, b int64) bool {
	return a > 0 && (b == a+1 || a == 3 && b == 5)
}
