package number

import "math/big"

const (
	maxDigits   = 256  // in one run of digits; longer runs are not numbers anybody means
	maxExponent = 1000 // of scientific notation, so that a short text cannot ask for a huge value
)

// numeral is a run of Arabic or Chinese digits as it was written.
type numeral struct {
	value  Number
	digits int  // before the decimal point
	padded bool // starts with a zero that adds nothing (01)
	whole  bool // digits only: no point, separator or exponent
}

// arabic reads digits with thousands separators, decimals and an exponent, without a sign.
func (p *scanner) arabic(i int) (n numeral, end int, ok bool) {
	var buf [maxDigits + 1]byte
	ds, j := p.run(buf[:0], i, arabic)
	if len(ds) == 0 && (skip(p.s, i, ".", "．") == i || next(p.s, skip(p.s, i, ".", "．")).kind != arabic) {
		return n, i, false
	}
	n = numeral{digits: len(ds), padded: len(ds) > 1 && ds[0] == '0', whole: true}
	if ds2, k := p.groups(ds, i, j); k > j {
		ds, j, n.whole, n.digits = ds2, k, false, len(ds2)
	}
	places := 0
	if k := skip(p.s, j, ".", "．"); k > j {
		if ds2, e := p.run(ds, k, arabic); e > k {
			places, ds, j, n.whole = len(ds2)-len(ds), ds2, e, false
		}
	}
	if len(ds) > maxDigits {
		p.overlong = true
		p.stop(i, "more digits than anybody can mean")
		return n, i, false
	}
	n.value = fromDigits(ds)
	exp, j2 := p.exponent(j)
	if j2 > j {
		j, n.whole = j2, false
	}
	if exp -= places; exp != 0 {
		n.value = n.value.scale(exp)
	}
	return n, j, true
}

// groups reads the thousands groups behind a first run of digits from i to j.
func (p *scanner) groups(ds []byte, i, j int) ([]byte, int) {
	if len(ds) > 3 || len(ds) == 0 || ds[0] == '0' {
		return ds, j
	}
	for {
		k := skip(p.s, j, ",")
		if k == j && (!p.text || p.s[i] >= 0x80) { // between half-width digits of a sentence ， is a pause
			k = skip(p.s, j, "，")
		}
		if k == j {
			return ds, j
		}
		next, e := p.run(ds, k, arabic)
		if len(next)-len(ds) != 3 || len(next) > maxDigits {
			p.stop(j, "a thousands separator must be followed by exactly three digits")
			return ds, j
		}
		ds, j = next, e
	}
}

// exponent reads e5, E+5 or e-5. It returns i itself as end if there is none.
func (p *scanner) exponent(i int) (exp, end int) {
	j := skip(p.s, i, "e", "E", "ｅ", "Ｅ")
	if j == i {
		return 0, i
	}
	k := skip(p.s, j, "-", "－", "−")
	negative := k > j
	if !negative {
		k = skip(p.s, j, "+", "＋")
	}
	var buf [8]byte
	ds, e := p.run(buf[:0], k, arabic)
	if len(ds) == 0 {
		return 0, i
	}
	for _, d := range ds {
		if exp = exp*10 + int(d-'0'); exp > maxExponent {
			p.stop(i, "the exponent is beyond 1000")
			return 0, i
		}
	}
	if negative {
		exp = -exp
	}
	return exp, e
}

// run appends the ASCII form of the digits at i to ds: Arabic ones, or Chinese ones as in 二〇二六.
// It stops one past maxDigits, which the caller takes for "too long".
func (p *scanner) run(ds []byte, i int, as kind) ([]byte, int) {
	for len(ds) <= maxDigits {
		t := next(p.s, i)
		if !as.has(t.kind) {
			break
		}
		ds = append(ds, '0'+byte(t.value))
		i += t.width
	}
	return ds, i
}

// has reports whether a character of kind k belongs to a run of digits of the kind as.
func (as kind) has(k kind) bool {
	switch k {
	case arabic:
		return as != digit
	case digit, zero, spoken:
		return as != arabic
	}
	return false
}

func fromDigits(ds []byte) Number {
	if len(ds) > 18 {
		v, _ := new(big.Int).SetString(string(ds), 10)
		return FromRat(new(big.Rat).SetInt(v))
	}
	var v int64
	for _, d := range ds {
		v = v*10 + int64(d-'0')
	}
	return Number{num: v}
}
