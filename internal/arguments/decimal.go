package arguments

import (
	"math/big"
	"strconv"
	"strings"
)

// decimal is the exact value of a number literal: 0.digits × 10^point.
// Zero has no digits. Comparison is linear in the digits and never converts to binary,
// so neither 2^53+1 nor 1e999999999 is a problem.
type decimal struct {
	negative bool
	digits   string // without leading and trailing zeros
	point    int
}

// exponentLimit bounds the exponents that are told apart.
const exponentLimit = 1 << 30

// parseDecimal reads a literal of the JSON grammar.
func parseDecimal(literal string) decimal {
	d := decimal{}
	if strings.HasPrefix(literal, "-") {
		d.negative, literal = true, literal[1:]
	}
	mantissa, exponent := literal, 0
	if i := strings.IndexAny(literal, "eE"); i >= 0 {
		mantissa = literal[:i]
		n, err := strconv.Atoi(literal[i+1:])
		if err != nil { // out of range
			n = exponentLimit
			if literal[i+1] == '-' {
				n = -n
			}
		}
		exponent = min(max(n, -exponentLimit), exponentLimit)
	}
	whole, fraction, _ := strings.Cut(mantissa, ".")
	whole = strings.TrimLeft(whole, "0")
	fraction = strings.TrimRight(fraction, "0")
	d.point = len(whole) + exponent
	switch {
	case fraction == "":
		d.digits = strings.TrimRight(whole, "0")
	case whole == "":
		d.digits = strings.TrimLeft(fraction, "0")
		d.point -= len(fraction) - len(d.digits)
	default:
		d.digits = whole + fraction
	}
	if d.digits == "" {
		return decimal{}
	}
	return d
}

// compare returns -1, 0 or +1 as d is less than, equal to or greater than e.
func (d decimal) compare(e decimal) int {
	if d.digits == "" || e.digits == "" || d.negative != e.negative {
		return d.sign() - e.sign()
	}
	c := d.point - e.point
	if c == 0 {
		c = strings.Compare(d.digits, e.digits)
	}
	if d.negative {
		return -c
	}
	return c
}

func (d decimal) sign() int {
	switch {
	case d.digits == "":
		return 0
	case d.negative:
		return -1
	}
	return 1
}

// isInteger reports whether d has no fraction.
func (d decimal) isInteger() bool { return len(d.digits) <= d.point || d.digits == "" }

// integer returns d in plain digits, if it is an integer of at most 40 digits.
func (d decimal) integer() (string, bool) {
	if !d.isInteger() || d.point > 40 {
		return "", false
	}
	if d.digits == "" {
		return "0", true
	}
	s := d.digits + strings.Repeat("0", d.point-len(d.digits))
	if d.negative {
		s = "-" + s
	}
	return s, true
}

// append writes d so that equal values have equal bytes.
func (d decimal) append(dst []byte) []byte {
	if d.negative {
		dst = append(dst, '-')
	}
	dst = append(append(dst, d.digits...), 'e')
	return strconv.AppendInt(dst, int64(d.point), 10)
}

// multipleOf reports whether d is a whole multiple of e, which is not zero.
// Numbers of more digits than any real one are let pass.
func (d decimal) multipleOf(e decimal) bool {
	const most = 400
	if d.digits == "" {
		return true
	}
	// d/e = (d.digits/e.digits) × 10^shift
	shift := (d.point - len(d.digits)) - (e.point - len(e.digits))
	if len(d.digits) > most || len(e.digits) > most || shift > most {
		return true
	}
	if shift < -most {
		return false
	}
	x, _ := new(big.Int).SetString(d.digits, 10)
	y, _ := new(big.Int).SetString(e.digits, 10)
	ten := big.NewInt(10)
	if shift >= 0 {
		x.Mul(x, ten.Exp(ten, big.NewInt(int64(shift)), nil))
	} else {
		y.Mul(y, ten.Exp(ten, big.NewInt(int64(-shift)), nil))
	}
	return x.Mod(x, y).Sign() == 0
}

// numberEnd returns the end of the JSON number that starts at s[i], or -1.
func numberEnd(s string, i int) int {
	if i < len(s) && s[i] == '-' {
		i++
	}
	switch {
	case i >= len(s) || s[i] < '0' || s[i] > '9':
		return -1
	case s[i] == '0':
		i++
	default:
		i = digitsEnd(s, i)
	}
	if i < len(s) && s[i] == '.' {
		j := digitsEnd(s, i+1)
		if j == i+1 {
			return -1
		}
		i = j
	}
	if i < len(s) && (s[i] == 'e' || s[i] == 'E') {
		i++
		if i < len(s) && (s[i] == '+' || s[i] == '-') {
			i++
		}
		j := digitsEnd(s, i)
		if j == i {
			return -1
		}
		i = j
	}
	return i
}

// isNumber reports whether s is a number of the JSON grammar.
func isNumber(s string) bool { return s != "" && numberEnd(s, 0) == len(s) }

func digitsEnd(s string, i int) int {
	for i < len(s) && s[i] >= '0' && s[i] <= '9' {
		i++
	}
	return i
}
