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
	Cheque              // an amount of yuan as on a cheque: 壹万贰仟零伍拾元整, 伍角, 壹元零贰分
)

// Form says more exactly how to write a number. The zero value writes as Format does in the style Lower.
type Form struct {
	Style    Style
	Plain    bool // 二 for two everywhere: 二千, not 两千
	Decimals int  // the least number of decimals to write: 十二点零
}

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
// [Parse] reads the result back to the same value, apart from [Cheque], which rounds to 分 and needs
// [Options.Yuan].
func Format(n Number, style Style) string { return Form{Style: style}.Format(n) }

// Format writes n in this form. See [Format].
func (f Form) Format(n Number) string {
	var buf [96]byte
	return string(f.append(buf[:0], n))
}

func (f Form) append(b []byte, n Number) []byte {
	if f.Style == Cheque {
		return f.cheque(b, n)
	}
	g := f.glyphs()
	if n.Sign() < 0 {
		b = append(b, "负"...)
		n = n.neg()
	}
	if n.big == nil && n.denom() == 1 && f.Decimals <= 0 {
		var ds [20]byte
		return g.integer(b, strconv.AppendInt(ds[:0], n.num, 10), f)
	}
	r := n.Rat()
	places, finite := r.FloatPrec()
	if !finite {
		b = g.integer(b, decimal(r.Denom()), f)
		b = append(b, "分之"...)
		return g.integer(b, decimal(r.Num()), f)
	}
	const most = 1000
	whole, rest, _ := strings.Cut(r.FloatString(max(places, min(f.Decimals, most))), ".")
	b = g.integer(b, []byte(whole), f)
	if rest != "" {
		b = append(b, "点"...)
	}
	return g.spell(b, []byte(rest))
}

func (f Form) glyphs() *glyphs {
	if f.Style == Upper || f.Style == Cheque {
		return &upperGlyphs
	}
	return &lowerGlyphs
}

// cheque writes n yuan, rounded to the nearest 分, halves away from zero.
func (f Form) cheque(b []byte, n Number) []byte {
	if n.Sign() < 0 {
		b = append(b, "负"...)
		n = n.neg()
	}
	whole, cents, _ := strings.Cut(n.Rat().FloatString(2), ".")
	jiao, fen := cents[0]-'0', cents[1]-'0'
	g := f.glyphs()
	if whole != "0" || cents == "00" {
		b = g.integer(b, []byte(whole), f)
		b = append(b, "元"...)
	}
	if cents == "00" {
		return append(b, "整"...)
	}
	if jiao > 0 {
		b = append(append(b, g.digits[jiao]...), "角"...)
	} else if whole != "0" {
		b = append(b, g.digits[0]...)
	}
	if fen > 0 {
		b = append(append(b, g.digits[fen]...), "分"...)
	}
	return b
}

// digits writes the digits in s, of either width, one by one.
func (f Form) digits(s string) string {
	var b []byte
	for i := 0; i < len(s); {
		t := next(s, i)
		i += t.width
		if t.kind == arabic {
			b = append(b, f.glyphs().digits[t.value]...)
		}
	}
	return string(b)
}

func decimal(n *big.Int) []byte { return n.Append(nil, 10) }

func (g *glyphs) integer(b, ds []byte, f Form) []byte {
	if f.Style == Digits {
		return g.spell(b, ds)
	}
	if len(ds) == 1 && ds[0] == '0' {
		return append(b, g.digits[0]...)
	}
	return g.group(b, ds, f.Style == Lower, f.Plain)
}

func (g *glyphs) spell(b, ds []byte) []byte {
	for _, d := range ds {
		b = append(b, g.digits[d-'0']...)
	}
	return b
}

// group writes the digits ds, which do not start with a zero: what is above 亿, then above 万, then the rest.
func (g *glyphs) group(b, ds []byte, leads, plain bool) []byte {
	size, name := 4, "万"
	if len(ds) > 8 {
		size, name = 8, "亿"
	}
	if len(ds) <= 4 {
		return g.four(b, ds, leads, plain)
	}
	high, low := ds[:len(ds)-size], ds[len(ds)-size:]
	if leads && !plain && len(high) == 1 && high[0] == '2' {
		b = append(b, "两"...)
	} else {
		b = g.group(b, high, leads, plain)
	}
	b = append(b, name...)
	trimmed := trimZeros(low)
	if len(trimmed) == 0 {
		return b
	}
	if len(trimmed) < len(low) {
		b = append(b, g.digits[0]...)
	}
	return g.group(b, trimmed, false, plain)
}

// four writes one to four digits, which do not start with a zero.
func (g *glyphs) four(b, ds []byte, leads, plain bool) []byte {
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
		case leads && !plain && i == 0 && power == 3 && d == '2':
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
