package number

import (
	"math"
	"math/big"
	"math/bits"
)

// The arithmetic that reading needs. Values stay in two machine words as long as they fit.
// Approx is not carried: the scanner sets it once at the end.

func (n Number) add(m Number) Number {
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
	if n.big == nil {
		d := n.denom()
		if g := gcd(abs(k), d); g > 1 {
			k, d = k/g, d/g
		}
		if num, ok := product(n.num, k); ok {
			return Number{num: num, den: d}
		}
	}
	return FromRat(n.Rat().Mul(n.Rat(), new(big.Rat).SetInt64(k)))
}

// div divides by k, which is positive.
func (n Number) div(k int64) Number {
	if n.big == nil {
		num := n.num
		if g := gcd(abs(num), k); g > 1 {
			num, k = num/g, k/g
		}
		if den, ok := product(n.denom(), k); ok {
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
