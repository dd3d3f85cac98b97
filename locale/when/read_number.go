package when

import (
	"strings"
	"unicode/utf8"
)

// numeral is a number as it was said.
type numeral struct {
	v, top  float64 // top is the upper end of an approximate number, otherwise v
	digits  int     // of a number written digit by digit: 2013, 二零一三, 06
	arabic  bool
	decimal bool
	approx  bool // 几, 十几, 三十多
	pair    bool // 两三, 二三十: the upper end is named too
}

// digitValue returns the value of one Arabic or Chinese digit, or -1.
func digitValue(r rune) int {
	switch r {
	case '零', '〇', '○':
		return 0
	case '一':
		return 1
	case '二', '两':
		return 2
	case '三':
		return 3
	case '四':
		return 4
	case '五':
		return 5
	case '六':
		return 6
	case '七':
		return 7
	case '八':
		return 8
	case '九':
		return 9
	}
	if '0' <= r && r <= '9' {
		return int(r - '0')
	}
	return -1
}

func isArabic(r rune) bool { return '0' <= r && r <= '9' }

func isLatin(r rune) bool { return 'a' <= r && r <= 'z' }

// hanDigit returns the value of the Chinese digit at i and the offset behind it.
func (p *parser) hanDigit(i int) (d, end int, ok bool) {
	r := p.at(i)
	if r < utf8.RuneSelf {
		return 0, i, false
	}
	d = digitValue(r)
	return d, i + utf8.RuneLen(r), d >= 0
}

// arabic reads a run of Arabic digits.
func (p *parser) arabic(i int) (v, digits, end int) {
	for end = i; isArabic(p.at(end)); end++ {
		if end-i < 9 {
			v = v*10 + int(p.at(end)-'0')
		}
	}
	return v, end - i, end
}

// small reads a whole number of at most two digits, as clocks and calendars have: 8, 08, 八, 二十三, 零五.
func (p *parser) small(i int) (v, end int, ok bool) {
	r := p.at(i)
	if isArabic(r) {
		v, n, end := p.arabic(i)
		prev := p.before(i)
		return v, end, n <= 2 && !isArabic(prev)
	}
	switch r {
	case '十':
		v, end = 10, i+3
	case '廿':
		v, end = 20, i+3
	case '卅':
		v, end = 30, i+3
	default:
		d, k, ok := p.hanDigit(i)
		if !ok {
			return 0, i, false
		}
		if p.at(k) == '十' {
			if d == 0 {
				return 0, i, false
			}
			v, end = d*10, k+3
			break
		}
		if d2, k2, ok := p.hanDigit(k); ok {
			if _, _, more := p.hanDigit(k2); d != 0 || more { // 零五 is five, 二三 is no number of a clock
				return 0, i, false
			}
			return d2, k2, true
		}
		return d, k, !p.bigUnit(k)
	}
	if d, k, ok := p.hanDigit(end); ok && d > 0 {
		if _, _, more := p.hanDigit(k); more {
			return 0, i, false
		}
		return v + d, k, !p.bigUnit(k)
	}
	return v, end, !p.bigUnit(end) && p.at(end) != '几' && p.at(end) != '多'
}

func (p *parser) bigUnit(i int) bool {
	switch p.at(i) {
	case '十', '百', '千', '万', '亿':
		return true
	}
	return false
}

// longest bounds the characters of a number: nobody counts time in longer ones.
const longest = 24

// number reads any number that a unit of time may follow: 90, 一百二十, 1.5, 三点五, 几, 十几, 三十多, 35,000.
func (p *parser) number(i int) (n numeral, end int, ok bool) {
	if isArabic(p.at(i)) {
		n, end, ok = p.arabicNumber(i)
	} else {
		n, end, ok = p.hanNumber(i)
	}
	if !ok {
		return n, i, false
	}
	if k := p.literal(end, "来 余 多"); k > end && n.v >= 10 {
		n.approx, end = true, k
		if !n.decimal {
			n.top = n.v + magnitude(n.v)
		}
	}
	return n, end, true
}

// magnitude returns the value of the last digit of v that is not zero: 10 for 30, 100 for 1500.
func magnitude(v float64) float64 {
	m := 1.0
	for n := int64(v); n > 0 && n%10 == 0; n /= 10 {
		m *= 10
	}
	return m
}

func (p *parser) arabicNumber(i int) (n numeral, end int, ok bool) {
	if prev := p.before(i); isArabic(prev) || prev == '.' || prev == ',' && i >= 2 && isArabic(rune(p.text[i-2])) || prev == '/' {
		return n, i, false
	}
	n.arabic = true
	for end = i; end-i < longest; {
		if r := p.at(end); isArabic(r) {
			n.v = n.v*10 + float64(r-'0')
			n.digits++
			end++
			continue
		}
		if _, group, k := p.arabic(end + 1); p.at(end) == ',' && group == 3 && n.digits > 0 && n.digits <= 3+(end-i) && !isArabic(p.at(k)) {
			end++
			continue
		}
		break
	}
	if isArabic(p.at(end)) {
		return n, i, false
	}
	if p.at(end) == '.' && isArabic(p.at(end+1)) {
		unit := 0.1
		for end++; isArabic(p.at(end)) && end-i < longest; end++ {
			n.v += float64(p.at(end)-'0') * unit
			unit /= 10
		}
		n.decimal = true
		n.digits = 0
	}
	for {
		switch p.at(end) {
		case '百':
			n.v *= 100
		case '千':
			n.v *= 1000
		case '万':
			n.v *= 1e4
		case '亿':
			n.v *= 1e8
		default:
			n.top = n.v
			return n, end, true
		}
		end += 3
		n.digits = 0
	}
}

// hanNumber reads a number in characters, which may be vague (几, 十几, 两三, 二三十), and its decimals.
func (p *parser) hanNumber(i int) (n numeral, end int, ok bool) {
	plain, count := true, 0
	for end = i; count <= longest; count++ {
		r := p.at(end)
		if _, isUnit := unitValue(r); isUnit {
			plain = false
		} else if _, _, isDigit := p.hanDigit(end); !isDigit && r != '几' && (r != '数' || !p.countsOn(end+3)) {
			break
		}
		end += utf8.RuneLen(r)
	}
	if count == 0 || count > longest {
		return n, i, false
	}
	if plain {
		n, ok = p.spelled(i, end, count)
	} else {
		n, ok = p.counted(i, end)
	}
	if !ok {
		return n, i, false
	}
	if k := p.decimalPoint(end); k > end && !n.approx {
		for unit := 0.1; ; unit /= 10 {
			d, e, ok := p.hanDigit(k)
			if !ok {
				break
			}
			n.v += float64(d) * unit
			k = e
		}
		n.top, n.decimal, n.digits, end = n.v, true, 0, k
	}
	return n, end, true
}

// countsOn reports whether 数 before i may be a digit: 数十, 数天.
func (p *parser) countsOn(i int) bool {
	if _, ok := unitValue(p.at(i)); ok {
		return true
	}
	u, _, ok := p.unit(p.literal(i, "个"))
	return ok && u.unit >= Day
}

func unitValue(r rune) (float64, bool) {
	switch r {
	case '十':
		return 10, true
	case '廿':
		return 20, true
	case '卅':
		return 30, true
	case '百':
		return 100, true
	case '千':
		return 1000, true
	case '万':
		return 1e4, true
	case '亿':
		return 1e8, true
	}
	return 0, false
}

// spelled reads digits without units: 五, 二零一三, 两三, 几.
func (p *parser) spelled(i, end, count int) (n numeral, ok bool) {
	first := 0
	for k := i; k < end; {
		d, next, isDigit := p.hanDigit(k)
		if !isDigit { // 几, 数
			return numeral{v: 3, top: 10, approx: true}, count == 1
		}
		if k == i {
			first = d
		}
		n.v = n.v*10 + float64(d)
		k = next
	}
	n.top, n.digits = n.v, count
	if count > 1 && strings.HasSuffix(p.text[:end], "两") { // 三两天
		if first == 1 { // 一两天
			return numeral{v: 1, top: 2, approx: true, pair: true}, count == 2
		}
		return numeral{v: 2, top: 3, approx: true, pair: true}, count == 2 && first == 3
	}
	if last := int(n.v) % 10; count == 2 && first > 0 && (last == first+1 || first == 3 && last == 5) {
		n.v, n.top, n.approx, n.pair = float64(first), float64(last), true, true
	}
	return n, true
}

// counted reads a numeral with units: 一百零五, 十几, 二三十, 两千年.
func (p *parser) counted(i, end int) (n numeral, ok bool) {
	var total, section float64
	const none, vague = -1, -2
	pending, pair, unit := none, 0.0, 0.0
	for k := i; k < end; {
		r := p.at(k)
		k += utf8.RuneLen(r)
		u, isUnit := unitValue(r)
		if !isUnit {
			d := digitValue(r)
			switch {
			case d < 0 && pending == none: // 几
				pending, n.approx = vague, true
			case d == 0:
				unit = 0
			case pending == none:
				pending = d
			case d == pending+1:
				pair, n.approx, n.pair = 1, true, true
			default:
				return n, false
			}
			continue
		}
		v := float64(pending)
		switch {
		case pending == vague:
			v, pair = 2, 8
		case pending == none && (u == 10 || u == 20 || u == 30):
			v = 1
		case pending == none && u < 1e4:
			return n, false
		case pending == none:
			v = 0
		}
		if u == 20 || u == 30 {
			section += u
		} else if u < 1e4 {
			section += v * u
		} else {
			if section+v == 0 {
				return n, false
			}
			total = (total + section + v) * u
			section = 0
		}
		pair *= u
		pending, unit = none, u
	}
	n.v = total + section
	switch {
	case pending == vague:
		pair = 10
	case pending > 0 && unit >= 100: // 一百二
		n.v += float64(pending) * unit / 10
	case pending > 0:
		n.v += float64(pending)
	}
	n.top = n.v + pair
	return n, true
}

// decimalPoint returns the offset behind a 点 that stands for the decimal point of a number that a unit follows: 三点五小时.
func (p *parser) decimalPoint(i int) int {
	k := p.literal(i, "点")
	if k == i {
		return i
	}
	e := k
	for range longest {
		_, next, ok := p.hanDigit(e)
		if !ok {
			break
		}
		e = next
	}
	if e == k {
		return i
	}
	if u, _, ok := p.unit(p.literal(e, "个")); ok && (u.unit != Minute && u.unit != Second || p.literal(e, "分钟 秒钟") > e) {
		return k
	}
	return i
}
