package middleware

import (
	"fmt"
	"math"
	"math/bits"
	"strings"
)

// Money is a sum in billionths of the currency of a price table: of a yuan, say. It is exact, and
// reaches to nine billion units.
type Money int64

// Unit is one unit of the currency, such as one yuan.
const Unit Money = 1e9

// String writes the sum as a decimal number of units, such as "0.0008".
func (m Money) String() string {
	sign, n := "", uint64(m)
	if m < 0 {
		sign, n = "-", -n
	}
	s := fmt.Sprintf("%s%d.%09d", sign, n/uint64(Unit), n%uint64(Unit))
	return strings.TrimSuffix(strings.TrimRight(s, "0"), ".")
}

// ParseMoney reads what String writes: a decimal number with at most nine decimal places.
func ParseMoney(s string) (Money, error) {
	rest, negative := strings.CutPrefix(s, "-")
	whole, part, point := strings.Cut(rest, ".")
	if whole == "" || point && part == "" || len(part) > 9 {
		return 0, fmt.Errorf("amount %.40q: want a number such as 0.8, with at most nine decimal places", s)
	}
	var n uint64
	for _, r := range whole + part + strings.Repeat("0", 9-len(part)) {
		if r < '0' || r > '9' {
			return 0, fmt.Errorf("amount %.40q: %q is not a digit", s, r)
		}
		digit := uint64(r - '0')
		if n > (math.MaxInt64-digit)/10 {
			return 0, fmt.Errorf("amount %.40q is too large", s)
		}
		n = n*10 + digit
	}
	if negative {
		return -Money(n), nil
	}
	return Money(n), nil
}

// forTokens returns the price of so many tokens at m a million, rounded up, at most the largest sum.
func (m Money) forTokens(tokens int) Money {
	if m <= 0 || tokens <= 0 {
		return 0
	}
	hi, lo := bits.Mul64(uint64(m), uint64(tokens))
	if hi >= 1e6 {
		return math.MaxInt64
	}
	q, rest := bits.Div64(hi, lo, 1e6)
	if rest > 0 {
		q++
	}
	return Money(min(q, math.MaxInt64))
}

// plus adds without overflow.
func (m Money) plus(n Money) Money {
	switch sum := m + n; {
	case n > 0 && sum < m:
		return math.MaxInt64
	case n < 0 && sum > m:
		return math.MinInt64
	default:
		return sum
	}
}
