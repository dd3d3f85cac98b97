package speech

import (
	"strings"
	"unicode/utf8"
)

// amount is a number and what belongs to it, as written.
type amount struct {
	sign      rune // '-', '+' or '±'; else 0
	num       int  // where the digits begin
	numEnd    int
	exponent  string // of ten
	half      string // the spoken fraction behind a whole number: ½
	scale     string // 万, 亿
	shift     int    // of the decimal point, by an English scale: 6 for $1.2M
	percent   string // 百分之
	money     *symbolName
	unit      *symbolName
	power     string // 平方 before the unit
	per       [2]string
	perPower  string // 二次方 behind 每
	end       int
	fraction  int  // where the denominator of n/m begins, or 0
	mixed     int  // where the numerator of a fraction behind a whole number begins, or 0
	moneyName bool // the name of the currency is written behind too
}

// decimalEnd returns where the number that begins with the digit at i ends: digits, thousands separators, decimals.
func (p *speaker) decimalEnd(i int) int {
	j := p.digitsFrom(i)
	if p.byteAt(j) == ',' && j-i <= 3 && p.text[i] != '0' {
		for k := j; k-i < 32 && p.byteAt(k) == ',' && p.sameWidth(k); {
			e := p.digitsFrom(k + 1)
			if e-k-1 != 3 {
				break
			}
			j, k = e, e
		}
	}
	if p.byteAt(j) == '.' && isArabic(p.byteAt(j+1)) {
		j = p.digitsFrom(j + 1)
	}
	return j
}

// sameWidth reports whether the character at i is as wide as the digit before it: a full-width comma is a mark.
func (p *speaker) sameWidth(i int) bool {
	a, b := p.back.Original(i), p.back.Original(i-1)
	return (p.given[a] == p.text[i]) == (p.given[b] == p.text[i-1])
}

// amountAt reads the amount that begins at i with a sign, a currency or a digit.
func (p *speaker) amountAt(i int) (a amount, ok bool) {
	k := i
	switch r := p.at(k); r {
	case '-', '−', '+', '±':
		a.sign = r
		if r == '−' {
			a.sign = '-'
		}
		k += utf8.RuneLen(r)
	}
	if !isArabic(p.byteAt(k)) {
		m, e := p.moneyAt(k)
		if m == nil {
			return a, false
		}
		a.money, k = m, p.space(e)
		if a.sign == 0 && p.byteAt(k) == '-' { // $-5
			a.sign, k = '-', k+1
		}
		if !isArabic(p.byteAt(k)) {
			return a, false
		}
	}
	a.num = k
	a.numEnd = p.decimalEnd(k)
	a.end = a.numEnd
	if a.money == nil && p.fractionAt(&a) {
		return a, true
	}
	p.exponentAt(&a)
	if half, n := vulgarFraction(p.at(a.end)); n > 0 {
		a.half, a.end = half, a.end+n
	}
	if name, n := percentSign(p.at(p.space(a.end))); n > 0 {
		a.percent, a.end = name, p.space(a.end)+n
		return a, true
	}
	scaleEnd := a.end
	for n := 0; n < 2 && strings.ContainsRune("十百千万亿兆", p.at(scaleEnd)) && p.at(scaleEnd) != 0; n++ {
		scaleEnd += 3
	}
	if a.money != nil {
		p.moneyScale(&a, scaleEnd)
		p.perAt(&a)
		return a, true
	}
	at := p.space(scaleEnd)
	if c := p.byteAt(at); (c == 'W' || c == 'w') && at == a.end && !isLatin(p.at(at+1)) && p.isModelUnit(a.num, at, at+1) && !isLatin(p.prev(i)) {
		a.scale, a.end = "万", at+1 // 10W+
		return a, true
	}
	if p.prev(i) == '′' && p.at(at) == '″' {
		return a, true // seconds of an angle
	}
	if u, e := p.unitAt(at); e > 0 && !(at > scaleEnd && u.doubtful) && !p.isModelUnit(a.num, at, e) {
		a.scale, a.unit, a.end = p.written(a.end, scaleEnd), u, e
		p.unitPower(&a)
		p.perAt(&a)
		return a, true
	}
	if m, e := p.moneyAt(at); m != nil && (e-at >= 3 || p.text[at] >= utf8.RuneSelf) && !isLatin(p.at(e)) {
		if !isArabic(p.byteAt(e)) {
			a.scale, a.money, a.end = p.written(a.end, scaleEnd), m, e
			p.perAt(&a)
		}
		return a, true
	}
	if scaleEnd > a.end && p.byteAt(scaleEnd) == '/' {
		b := amount{end: scaleEnd}
		if p.perAt(&b); b.end > scaleEnd {
			a.scale, a.end, a.per = p.written(a.end, scaleEnd), b.end, b.per
			return a, true
		}
	}
	p.countedPer(&a, scaleEnd)
	return a, true
}

// fractionAt reads n/m behind the digits of a.
func (p *speaker) fractionAt(a *amount) bool {
	j := a.numEnd
	if p.byteAt(j) == ' ' && isArabic(p.byteAt(j+1)) { // 1 1/2
		k := p.digitsFrom(j + 1)
		e := p.denominator(k)
		if e > 0 && k-j-1 <= 3 && j-a.num <= 3 && p.number(j+1, k) < p.number(k+1, e) {
			a.mixed, a.fraction, a.end = j+1, k+1, e
			return true
		}
		return false
	}
	e := p.denominator(j)
	if e == 0 {
		if p.byteAt(j) != ' ' {
			return false
		}
		if e = p.denominator(j + 1); e == 0 {
			return false
		}
		j++
	}
	a.fraction, a.end = j+1, e
	for p.byteAt(a.fraction) == ' ' {
		a.fraction++
	}
	return true
}

// denominator returns where the denominator behind the stroke at j ends, or 0.
func (p *speaker) denominator(j int) int {
	if r := p.at(j); r != '/' && r != '⁄' && r != '∕' {
		return 0
	}
	from := p.space(j + utf8.RuneLen(p.at(j)))
	e := p.decimalEnd(from)
	if e == from || p.number(from, e) == 0 || p.byteAt(e) == '/' && !isHan(p.at(e+1)) {
		return 0
	}
	return e
}

// exponentAt reads e8 and ×10²³ behind the digits of a.
func (p *speaker) exponentAt(a *amount) {
	k := a.end
	if c := p.byteAt(k) | 0x20; c == 'e' {
		k++
		if p.byteAt(k) == '-' || p.byteAt(k) == '+' {
			k++
		}
		if e := p.digitsFrom(k); e > k && e-k <= 4 && !isLatin(p.at(e)) {
			a.exponent, a.end = p.text[a.end+1:e], e
		}
		return
	}
	at := p.space(k)
	r := p.at(at)
	if r != '×' && r != '*' && r != 'x' && r != 'X' && r != '·' {
		return
	}
	at = p.space(at + utf8.RuneLen(r))
	if !strings.HasPrefix(p.text[at:], "10") {
		return
	}
	if exponent, e := p.powerAt(at + 2); e > 0 {
		a.exponent, a.end = exponent, e
	}
}

// powerAt reads an exponent at i: ²³ or ^23. It returns its digits and where it ends, or 0.
func (p *speaker) powerAt(i int) (string, int) {
	if p.byteAt(i) == '^' {
		k := i + 1
		if p.byteAt(k) == '-' || p.byteAt(k) == '+' {
			k++
		}
		if e := p.digitsFrom(k); e > k && e-k <= 4 {
			return p.text[i+1 : e], e
		}
		return "", 0
	}
	var ds []byte
	for len(ds) < 6 {
		r := p.at(i)
		d, ok := superscript(r)
		if !ok {
			break
		}
		ds, i = append(ds, d), i+utf8.RuneLen(r)
	}
	if len(ds) == 0 {
		return "", 0
	}
	return string(ds), i
}

func superscript(r rune) (byte, bool) {
	switch r {
	case '¹':
		return '1', true
	case '²', '³':
		return byte('2' + r - '²'), true
	case '⁻':
		return '-', true
	case '⁺':
		return '+', true
	case '⁰', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹':
		return byte('0' + r - '⁰'), true
	}
	return 0, false
}

func percentSign(r rune) (string, int) {
	switch r {
	case '%':
		return "百分之", 1
	case '‰':
		return "千分之", 3
	case '‱':
		return "万分之", 3
	}
	return "", 0
}

// moneyScale reads what stands between an amount of money and its end: 1.5万, 3K, 2M.
func (p *speaker) moneyScale(a *amount, scaleEnd int) {
	a.scale, a.end = p.written(a.end, scaleEnd), scaleEnd
	if a.scale == "" {
		if next := p.at(a.end + 1); p.byteAt(a.end)|0x20 == 'w' && !isLatin(next) && !isDigit(next) {
			a.scale, a.end = "万", a.end+1
		}
		if places, e := p.englishScale(a.end); e > 0 && len(p.decimals(a)) <= places {
			a.shift, a.end = places, e
		}
	}
	a.moneyName = p.namesMoney(a.end, a.money)
}

// decimals returns the digits of a behind the point.
func (p *speaker) decimals(a *amount) string {
	_, ds, _ := strings.Cut(p.text[a.num:a.numEnd], ".")
	return ds
}

// englishScale returns the places that the English scale at i moves the point, and where it ends, or 0: 5k, 1.2M, 3bn.
func (p *speaker) englishScale(i int) (places, end int) {
	from := p.space(i)
	j := from
	for j < len(p.text) && j-from < 9 && isLetter(p.text[j]) {
		j++
	}
	if next := p.at(j); isLatin(next) || isDigit(next) {
		return 0, 0
	}
	switch word := strings.ToLower(p.text[from:j]); {
	case word == "million":
		return 6, j
	case word == "billion":
		return 9, j
	case word == "trillion":
		return 12, j
	case from > i:
	case word == "k":
		return 3, j
	case word == "m" || word == "mn" || word == "mm" || word == "mil":
		return 6, j
	case word == "b" || word == "bn":
		return 9, j
	case word == "t" || word == "tn":
		return 12, j
	}
	return 0, 0
}

// namesYuan reports whether the name of a currency stands at i.
func (p *speaker) namesYuan(i int) bool {
	for _, name := range []string{"元", "块", "美元", "欧元", "日元", "港元", "港币", "英镑", "韩元", "澳元", "加元"} {
		if strings.HasPrefix(p.text[i:], name) {
			return true
		}
	}
	return false
}

// namesMoney reports whether the name of the currency stands at i.
func (p *speaker) namesMoney(i int, m *symbolName) bool {
	rest := p.text[i:]
	for _, name := range []string{m.formal, m.everyday, "元", "块", "人民币"} {
		if strings.HasPrefix(rest, name) {
			return true
		}
	}
	return false
}

// unitAt returns the unit whose symbol stands at i and where it ends, or 0.
func (p *speaker) unitAt(i int) (*symbolName, int) {
	if i >= len(p.text) {
		return nil, 0
	}
	table := p.words.symbols[p.text[i]]
	for k := range table {
		u := &table[k]
		if !strings.HasPrefix(p.text[i:], u.symbol) {
			continue
		}
		end := i + len(u.symbol)
		last := u.symbol[len(u.symbol)-1]
		if isArabic(last) && isArabic(p.byteAt(end)) { // 1m20cm
			continue
		}
		if isLetter(last) {
			if next := p.byteAt(end); isLetter(next) || next == '_' || next == '+' && !isArabic(p.byteAt(end+1)) || isArabic(next) && !(u.symbol == "h" && p.minutesAt(end)) && !p.unitAgain(end) {
				continue
			}
		}
		if u.doubtful {
			return nil, 0
		}
		return u, end
	}
	return nil, 0
}

// minutesAt reports whether minutes stand behind hours: 2h30min.
func (p *speaker) minutesAt(i int) bool {
	j := p.digitsFrom(i)
	return j-i <= 2 && strings.HasPrefix(p.text[j:], "m")
}

// unitAgain reports whether a smaller or another amount with a unit stands at i, as behind the first unit of 1m20cm
// and 48V20Ah.
func (p *speaker) unitAgain(i int) bool {
	j := p.decimalEnd(i)
	if j >= len(p.text) {
		return false
	}
	for _, u := range p.words.symbols[p.text[j]] {
		if strings.HasPrefix(p.text[j:], u.symbol) {
			return !u.doubtful && !isLatin(p.at(j+len(u.symbol)))
		}
	}
	return false
}

// isModelUnit reports whether the letter from i to j is part of a name: iPhone 5s, 10W粉丝.
func (p *speaker) isModelUnit(num, i, j int) bool {
	if j-i != 1 || !isLetter(p.text[i]) {
		return false
	}
	k := num
	for k > 0 && p.text[k-1] == ' ' {
		k--
	}
	if isLatin(p.prev(k)) && (p.end != k || k == num && p.last != Measure) {
		return true
	}
	if p.text[i] == 'w' {
		return true
	}
	if p.text[i] == 'W' {
		if p.byteAt(j) == '+' || strings.HasPrefix(p.text[j:], "粉") || strings.HasPrefix(p.text[j:], "人") || strings.HasPrefix(p.text[j:], "元") {
			return true
		}
	}
	return p.byteAt(j) == '-' && isLatin(p.at(j+1))
}

// written returns the characters from i to j, which are words that stay, as they are in the text.
func (p *speaker) written(i, j int) string {
	if p.o.Simplify {
		return p.text[i:j]
	}
	return p.given[p.back.Original(i):p.back.Original(j)]
}

// unitPower reads m^2 and m³ where the table has no symbol for it.
func (p *speaker) unitPower(a *amount) {
	power, e := p.powerAt(a.end)
	switch {
	case e == 0:
	case power == "2":
		a.power, a.end = "平方", e
	case power == "3":
		a.power, a.end = "立方", e
	}
}

// perAt reads what an amount is for: /h, /kg/天.
func (p *speaker) perAt(a *amount) {
	for n := range a.per {
		k := p.space(a.end)
		if p.byteAt(k) != '/' {
			return
		}
		k = p.space(k + 1)
		from := k
		if k = p.digitsFrom(k); k-from > 4 || k > from && p.text[from] == '0' {
			return
		}
		if u, e := p.unitAt(k); e > 0 && !u.currency {
			if k > from && strings.TrimRight(p.text[from:k], "0") != "1" && !u.time { // 220V/50Hz
				return
			}
			a.per[n], a.end = p.unitName(u), e
			if k > from { // 8L/100km, 500mg/8h
				a.per[n] = string(appendCardinal(nil, p.text[from:k], p.o.Two)) + a.per[n]
			}
			if power, e := p.powerAt(e); e > 0 && len(power) == 1 {
				a.perPower, a.end = power, e
			}
			continue
		}
		set, e := p.after(k, perUnit)
		if set == 0 || k > from {
			return
		}
		a.per[n], a.end = p.written(k, e), e
	}
}

// countedPer reads a Chinese unit with a stroke behind the number: 10元/斤.
func (p *speaker) countedPer(a *amount, scaleEnd int) {
	const longest = 12 // bytes
	_, e := p.after(scaleEnd, perUnit|countWord)
	if e == scaleEnd || e-scaleEnd > longest || p.byteAt(e) != '/' {
		return
	}
	b := amount{end: e}
	if p.perAt(&b); b.end > e {
		a.scale, a.end, a.per = p.written(a.end, e), b.end, b.per
		a.moneyName = true
	}
}

func (p *speaker) unitName(u *symbolName) string {
	if p.o.FormalUnits {
		return u.formal
	}
	return u.everyday
}

// moneyAt returns the currency whose symbol or code stands at i and where it ends, or nil.
func (p *speaker) moneyAt(i int) (*symbolName, int) {
	if i >= len(p.text) {
		return nil, 0
	}
	table := p.words.money[p.text[i]]
	for k := range table {
		if strings.HasPrefix(p.text[i:], table[k].symbol) {
			return &table[k], i + len(table[k].symbol)
		}
	}
	return nil, 0
}
