package quantity

import (
	"strings"
	"unicode/utf8"

	"github.com/zhushou-ai/zhushou/locale/number"
)

// money reads an amount of money: 三块五, 5美元, 人民币3.14, 15k.
func (f *finder) money(m number.Match, p preface) (Quantity, int, bool) {
	if m.Number.Sign() < 0 && m.High.Sign() < 0 {
		m.Number, m.High = m.High.Neg(), m.Number.Neg()
		q, end, ok := f.money(m, p)
		q.Number, q.High = q.High.Neg(), q.Number.Neg()
		return q, end, ok
	}
	q := Quantity{Number: m.Number, High: m.High, Unit: p.money}
	a, end := f.unitAt(m.End, true)
	if k := skip(f.s, m.End, "个"); k > m.End && a.unit.Dimension() == Count { // 三个美元
		if b, e := f.unitAt(k, true); b.part > 0 && b.unit != 0 {
			a, end = b, e
		}
	}
	factor, rest := f.thousands(m.End)
	named, _ := f.unitAt(rest, true)
	switch {
	case factor > 1 && (f.Amounts || p.money != 0 || named.part == 1):
		q.Number, q.High = q.Number.Mul(factor), q.High.Mul(factor)
		end = rest
		a, rest = f.unitAt(end, true)
		if a.part == 1 {
			end = rest
		} else {
			a = alias{part: 1}
		}
	case a.part == 0:
		if p.money == 0 || a.text != "" || startsIn(f.s, m.End, "年月日号时点%度") {
			return q, 0, false
		}
		return q, m.End, true
	case a.part == 100 && a.unit == 0 && !f.Cents && p.money == 0 && !strings.HasSuffix(a.text, "钱"):
		return q, 0, false
	case a.text == "块" && !f.isMoney(end, m):
		return q, 0, false
	}
	if a.unit != 0 {
		q.Unit = a.unit
	}
	q.Number, q.High = q.Number.Div(a.part), q.High.Div(a.part)
	if q.High.Cmp(q.Number) == 0 {
		q.Number, end = f.smaller(q.Number, end, a.part)
		q.High = q.Number
	}
	end = skip(f.s, end, "整", "正", "钱")
	if b, e := f.unitAt(end, true); b.part == 1 && b.unit != 0 && a.unit == 0 && p.money == 0 { // 三万元欧元
		q.Unit, end = b.unit, e
	}
	if q.Unit == 0 {
		q.Unit = f.yuan()
	}
	return q, end, true
}

// thousands reads k or w behind a number.
func (f *finder) thousands(i int) (int64, int) {
	if i >= len(f.s) || i+1 < len(f.s) && (isLetter(f.s[i+1]) || f.s[i+1] >= '0' && f.s[i+1] <= '9') {
		return 1, i
	}
	switch f.s[i] {
	case 'k', 'K':
		return 1e3, i + 1
	case 'w', 'W':
		return 1e4, i + 1
	}
	return 1, i
}

// isMoney reports whether 块, which ends at i, counts money and not pieces: 三块五, 三块钱, 三块。, but not 三块糖.
func (f *finder) isMoney(i int, m number.Match) bool {
	r, w := utf8.DecodeRuneInString(f.s[i:])
	if w == 0 || !isHan(r) {
		return true
	}
	if strings.ContainsRune("钱半零一二两三四五六七八九整正多左上以到至出不的吧了呢啊吗呀和或及跟与一每就都够买卖给还起封港美欧日澳", r) {
		return true
	}
	return m.Number.Cmp(number.FromInt(20)) >= 0
}

// smaller reads 角 and 分 behind yuan, with their units or without: 五块六角三分, 三块五, 三蚊零六, 两毛五, 三块半. The
// amount n so far is in units of which part make a yuan.
func (f *finder) smaller(n number.Number, i int, part int64) (number.Number, int) {
	if k := skip(f.s, i, "半"); k > i && part < 100 && !startsIn(f.s, k, "个年天夜月日斤") { // 三块半
		return n.Add(number.FromInt(1).Div(2 * part)), k
	}
	end := i
	for part < 100 {
		k := skip(f.s, end, "零", "〇")
		d, w := digitAt(f.s, k)
		if w == 0 {
			d, w = f.formalDigit(k)
		}
		if w == 0 {
			break
		}
		value := int64(d)
		if e, v := digitAt(f.s, k+w); v == 1 && w == 1 { // 5元60分, but not 3块5|一斤
			value, w = value*10+int64(e), w+v
		}
		a, e := f.unitAt(k+w, false)
		if a.part == 0 && startsIn(f.s, k+w, "分仙") {
			e = k + w + len("分")
			a = alias{part: 100}
		}
		if a.part > part && a.part <= 100 {
			n, part, end = n.Add(number.FromInt(value).Div(a.part)), a.part, e
			continue
		}
		named := part >= 10 && a.part == 1 && a.unit != 0 // 九毛九RMB
		if value > 9 || !named && f.numberGoesOn(k+w) && !f.each(k+w, d) {
			break
		}
		// The last unit is left out: a tenth of the one before, or a hundredth behind 零.
		next := part * 10
		if k > end {
			next = 100
		}
		return n.Add(number.FromInt(value).Div(next)), k + w
	}
	return n, end
}

// formalDigit returns the digit at i as it is written on cheques, before 角 or 分: 柒分.
func (f *finder) formalDigit(i int) (value, width int) {
	r, w := utf8.DecodeRuneInString(f.s[i:])
	for d, c := range [...]rune{'壹', '贰', '叁', '肆', '伍', '陆', '柒', '捌', '玖'} {
		if r == c && startsIn(f.s, i+w, "角分") {
			return d + 1, w
		}
	}
	return 0, 0
}

// each reports whether an amount of what is bought stands at i, behind the digit d of a price: 一斤 in 三块五一斤,
// 两个 in 五块八两个. Digits that follow each other are rather one approximate number: 五块|八九个.
func (f *finder) each(i, d int) bool {
	one, w := digitAt(f.s, i)
	if k := skip(f.s, i, "两"); k > i {
		one, w = 2, k-i
	}
	if w < len("一") || one == 0 || one == d+1 || d == 3 && one == 5 {
		return false
	}
	k := i + w
	if m, ok := numerals.At(f.s, i); ok && one == 1 { // 一百克
		k = m.End
	}
	a, _ := f.unitAt(k, false)
	return a.unit != 0 && a.part == 0
}

// clipped returns the number behind the amount m, if that leaves out its last unit and another amount follows:
// 三块五|一斤, 一米七五|一百斤. No search for numbers finds that 一.
func (f *finder) clipped(m Match) (number.Match, bool) {
	r, w := utf8.DecodeLastRuneInString(f.s[:m.End])
	d, _ := digitAt(f.s, m.End-w)
	if d == 0 && r != '零' || !f.each(m.End, d) {
		return number.Match{}, false
	}
	return numerals.At(f.s, m.End)
}

// currencyBefore returns the currency whose name or symbol ends at i, blanks and a colon aside, and where it
// starts.
func (f *finder) currencyBefore(i int) (Unit, int) {
	head := strings.TrimRight(f.s[f.from:i], " :")
	r, _ := utf8.DecodeLastRuneInString(head)
	for _, a := range f.names.leading[r] {
		rest, ok := strings.CutSuffix(head, a.text)
		if !ok || isLetter(a.text[0]) && rest != "" && isLetter(rest[len(rest)-1]) {
			continue
		}
		return a.unit, f.from + len(rest)
	}
	return 0, i
}
