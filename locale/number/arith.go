package number

import (
	"math"
	"math/big"
	"math/bits"
)

// Add returns n + m, approximate if one of them is.
func (n Number) Add(m Number) Number {
	sum := n.add(m)
	sum.Approx = n.Approx || m.Approx
	return sum
}

// Neg returns -n, approximate if n is.
func (n Number) Neg() Number {
	m := n.neg()
	m.Approx = n.Approx
	return m
}

// Mul returns n times k, approximate if n is.
func (n Number) Mul(k int64) Number {
	m := n.mul(k)
	m.Approx = n.Approx
	return m
}

// Div returns n divided by k, approximate if n is, and 0 if k is 0.
func (n Number) Div(k int64) Number {
	var m Number
	switch {
	case k > 0:
		m = n.div(k)
	case k < 0:
		m = n.quo(FromInt(k))
	}
	m.Approx = n.Approx
	return m
}

// The arithmetic that reading needs. Values stay in two machine words as long as they fit.
// Approx is not carried: the scanner sets it once at the end.

func (n Number) add(m Number) Number {
	if n.big == nil && m.big == nil && n.den <= 1 && m.den <= 1 {
		if sum := n.num + m.num; (sum > n.num) == (m.num > 0) && sum != math.MinInt64 {
			return Number{num: sum}
		}
	}
	if n.big == nil && m.big == nil {
		b, d := n.denom(), m.denom()
		g := gcd(uint64(b), d)
		x, ok1 := product(n.num, d/g)
		y, ok2 := product(m.num, b/g)
		den, ok3 := product(b/g, d)
		if num := x + y; ok1 && ok2 && ok3 && (num > x) == (y > 0) && num != math.MinInt64 {
			if g = gcd(abs(num), den); g > 1 {
				num, den = num/g, den/g
			}
			return Number{num: num, den: den}
		}
	}
	return FromRat(n.Rat().Add(n.Rat(), m.Rat()))
}

func (n Number) mul(k int64) Number {
	if n.big == nil && n.den <= 1 {
		if num, ok := product(n.num, k); ok {
			return Number{num: num}
		}
	} else if n.big == nil {
		d, by := n.denom(), k
		if g := gcd(abs(k), d); g > 1 {
			by, d = k/g, d/g
		}
		if num, ok := product(n.num, by); ok {
			return Number{num: num, den: d}
		}
	}
	return FromRat(n.Rat().Mul(n.Rat(), new(big.Rat).SetInt64(k)))
}

// div divides by k, which is positive.
func (n Number) div(k int64) Number {
	if n.big == nil {
		num, by := n.num, k
		if g := gcd(abs(num), k); g > 1 {
			num, by = num/g, k/g
		}
		if den, ok := product(n.denom(), by); ok {
			return Number{num: num, den: den}
		}
	}
	return FromRat(n.Rat().Quo(n.Rat(), new(big.Rat).SetInt64(k)))
}

// quo divides by m, which is not zero.
func (n Number) quo(m Number) Number {
	if m.big == nil && m.num > 0 && m.denom() == 1 {
		return n.div(m.num)
	}
	return FromRat(n.Rat().Quo(n.Rat(), m.Rat()))
}

func (n Number) neg() Number {
	if n.big == nil {
		n.num = -n.num
		return n
	}
	return FromRat(n.Rat().Neg(n.big))
}

// scale multiplies by 10 to the power of exp.
func (n Number) scale(exp int) Number {
	if exp >= 0 && exp < len(pow10) {
		return n.mul(pow10[exp])
	}
	if exp < 0 && -exp < len(pow10) {
		return n.div(pow10[-exp])
	}
	p := new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(max(exp, -exp))), nil)
	r := new(big.Rat).SetInt(p)
	if exp < 0 {
		r.Inv(r)
	}
	return FromRat(r.Mul(r, n.Rat()))
}

func fromSmallRat(r *big.Rat) (Number, bool) {
	if !r.Num().IsInt64() || !r.Denom().IsInt64() || r.Num().Int64() == math.MinInt64 {
		return Number{}, false
	}
	return Number{num: r.Num().Int64(), den: r.Denom().Int64()}, true
}

// product reports whether a*b fits, with math.MinInt64 left out.
func product(a, b int64) (int64, bool) {
	hi, lo := bits.Mul64(abs(a), abs(b))
	return a * b, hi == 0 && lo <= math.MaxInt64
}

func abs(k int64) uint64 {
	if k < 0 {
		return -uint64(k)
	}
	return uint64(k)
}

func gcd(a uint64, b int64) int64 {
	x, y := a, uint64(b)
	for y != 0 {
		x, y = y, x%y
	}
	return int64(x)
}

// pow10 holds the powers of ten that fit an int64.
var pow10 = [...]int64{1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18}
