package number

import (
	"math/big"
	"strconv"
	"strings"
)

// Style says how [Format] writes a number.
type Style uint8

const (
	Lower  Style = iota // as it is said: 一万二千零五十, 两千
	Upper               // financial, on cheques and contracts: 壹万贰仟零伍拾
	Digits              // digit by digit, for years and room numbers: 一二零五零
)

// glyphs are the characters of one style.
type glyphs struct {
	digits [10]string
	units  [4]string // by the power of ten within a group of four
	ten    bool      // 十五 rather than 一十五 at the start
}

var lowerGlyphs = glyphs{
	digits: [10]string{"零", "一", "二", "三", "四", "五", "六", "七", "八", "九"},
	units:  [4]string{"", "十", "百", "千"},
	ten:    true,
}

var upperGlyphs = glyphs{
	digits: [10]string{"零", "壹", "贰", "叁", "肆", "伍", "陆", "柒", "捌", "玖"},
	units:  [4]string{"", "拾", "佰", "仟"},
}

// Format writes n in simplified Chinese. In [Lower] a leading 2 before 千, 万 and 亿 is 两, as it is
// spoken. A fraction without a finite decimal form is written 三分之二. Approx is not written.
// [Parse] reads the result back to the same value.
func Format(n Number, style Style) string {
	g := &lowerGlyphs
	if style == Upper {
		g = &upperGlyphs
	}
	var buf [96]byte
	b := buf[:0]
	if n.Sign() < 0 {
		b = append(b, "负"...)
		n = n.neg()
	}
	if n.big == nil && n.denom() == 1 {
		var ds [20]byte
		return string(g.integer(b, strconv.AppendInt(ds[:0], n.num, 10), style))
	}
	r := n.Rat()
	places, finite := r.FloatPrec()
	if !finite {
		b = g.integer(b, decimal(r.Denom()), style)
		b = append(b, "分之"...)
		return string(g.integer(b, decimal(r.Num()), style))
	}
	whole, rest, _ := strings.Cut(r.FloatString(places), ".")
	b = g.integer(b, []byte(whole), style)
	if rest != "" {
		b = append(b, "点"...)
	}
	return string(g.spell(b, []byte(rest)))
}

func decimal(n *big.Int) []byte { return n.Append(nil, 10) }

func (g *glyphs) integer(b, ds []byte, style Style) []byte {
	if style == Digits {
		return g.spell(b, ds)
	}
	if len(ds) == 1 && ds[0] == '0' {
		return append(b, g.digits[0]...)
	}
	return g.group(b, ds, style == Lower)
}

func (g *glyphs) spell(b, ds []byte) []byte {
	for _, d := range ds {
		b = append(b, g.digits[d-'0']...)
	}
	return b
}

// group writes the digits ds, which do not start with a zero: what is above 亿, then above 万, then the rest.
func (g *glyphs) group(b, ds []byte, leads bool) []byte {
	size, name := 4, "万"
	if len(ds) > 8 {
		size, name = 8, "亿"
	}
	if len(ds) <= 4 {
		return g.four(b, ds, leads)
	}
	high, low := ds[:len(ds)-size], ds[len(ds)-size:]
	if leads && len(high) == 1 && high[0] == '2' {
		b = append(b, "两"...)
	} else {
		b = g.group(b, high, leads)
	}
	b = append(b, name...)
	trimmed := trimZeros(low)
	if len(trimmed) == 0 {
		return b
	}
	if len(trimmed) < len(low) {
		b = append(b, g.digits[0]...)
	}
	return g.group(b, trimmed, false)
}

// four writes one to four digits, which do not start with a zero.
func (g *glyphs) four(b, ds []byte, leads bool) []byte {
	gap := false
	for i, d := range ds {
		power := len(ds) - 1 - i
		if d == '0' {
			gap = true
			continue
		}
		if gap {
			b, gap = append(b, g.digits[0]...), false
		}
		switch {
		case leads && i == 0 && power == 3 && d == '2':
			b = append(b, "两"...)
		case leads && g.ten && i == 0 && power == 1 && d == '1':
		default:
			b = append(b, g.digits[d-'0']...)
		}
		b = append(b, g.units[power]...)
	}
	return b
}

func trimZeros(ds []byte) []byte {
	for len(ds) > 0 && ds[0] == '0' {
		ds = ds[1:]
	}
	return ds
}
