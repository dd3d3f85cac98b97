package number

import (
	"cmp"
	"math"
	"math/big"
	"strconv"
)

// Number is an exact rational number. The zero value is 0. Numbers are values: they are never changed
// after they are made and may be shared between goroutines. Compare them with [Number.Cmp], not with ==.
type Number struct {
	num int64    // numerator, unused if big is set; never math.MinInt64
	den int64    // denominator in lowest terms; 0 stands for 1
	big *big.Rat // set only if num/den does not fit; never changed

	// Approx tells that the text did not mean exactly this value (十几, 三十多, 大约五百).
	// The value is then the lower end of what was said.
	Approx bool
}

// FromInt returns n as a Number.
func FromInt(n int64) Number {
	if n == math.MinInt64 {
		return Number{big: new(big.Rat).SetInt64(n)}
	}
	return Number{num: n}
}

// FromRat returns the value of r, which is copied. A nil r is 0.
func FromRat(r *big.Rat) Number {
	if r == nil {
		return Number{}
	}
	if n, ok := fromSmallRat(r); ok {
		return n
	}
	return Number{big: new(big.Rat).Set(r)}
}

// Rat returns the value as a new big.Rat, which the caller may change.
func (n Number) Rat() *big.Rat {
	if n.big != nil {
		return new(big.Rat).Set(n.big)
	}
	return big.NewRat(n.num, n.denom())
}

// Float64 returns the nearest float64: ±Inf for a value beyond its range.
func (n Number) Float64() float64 {
	const exact = 1 << 53 // integers up to here have no rounding error, so one division rounds once
	switch {
	case n.big != nil:
		f, _ := n.big.Float64()
		return f
	case n.denom() == 1:
		return float64(n.num)
	case -exact <= n.num && n.num <= exact && n.den <= exact:
		return float64(n.num) / float64(n.den)
	}
	f, _ := n.Rat().Float64()
	return f
}

// Int64 returns the value as an int64. It reports false if the value is not an integer or does not fit.
func (n Number) Int64() (int64, bool) {
	switch {
	case n.big == nil:
		return n.num, n.denom() == 1
	case n.big.IsInt() && n.big.Num().IsInt64(): // math.MinInt64, which the small form does not hold
		return n.big.Num().Int64(), true
	}
	return 0, false
}

// IsInt reports whether the value is an integer of any size.
func (n Number) IsInt() bool {
	if n.big != nil {
		return n.big.IsInt()
	}
	return n.denom() == 1
}

// Sign returns -1, 0 or 1 as the value is negative, zero or positive.
func (n Number) Sign() int {
	switch {
	case n.big != nil:
		return n.big.Sign()
	case n.num < 0:
		return -1
	case n.num > 0:
		return 1
	}
	return 0
}

// Cmp returns -1, 0 or 1 as the value of n is less than, equal to or greater than that of m.
// Approx plays no part.
func (n Number) Cmp(m Number) int {
	if n.big == nil && m.big == nil {
		a, ok1 := product(n.num, m.denom())
		b, ok2 := product(m.num, n.denom())
		if ok1 && ok2 {
			return cmp.Compare(a, b)
		}
	}
	return n.Rat().Cmp(m.Rat())
}

// String returns the value in Arabic digits without separators: as a decimal if that is finite (35000,
// 0.85), otherwise as a fraction in lowest terms (2/3). Approx is not shown.
func (n Number) String() string {
	if n.big == nil && n.denom() == 1 {
		return strconv.FormatInt(n.num, 10)
	}
	r := n.Rat()
	if places, finite := r.FloatPrec(); finite {
		return r.FloatString(places)
	}
	return r.RatString()
}

func (n Number) denom() int64 {
	if n.den == 0 {
		return 1
	}
	return n.den
}
