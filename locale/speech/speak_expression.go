package speech

import (
	"strings"
	"unicode/utf8"
)

// expression says the amount at i, or the range that begins with it, and returns where it ends.
func (p *speaker) expression(i int) int {
	if k := p.about(i); k > i {
		return k
	}
	a, ok := p.amountAt(i)
	if !ok {
		return i + 1
	}
	if k := p.rangeSign(a.end); k > a.end && a.fraction == 0 {
		b, ok := p.amountAt(k)
		if ok && p.isScoreOf(i, &a, &b, k) {
			p.begin(i)
			p.sayNumber(&a, false)
			p.say("比")
			p.sayNumber(&b, false)
			p.end = b.end
			return p.finish(b.end, Score)
		}
		if ok && p.isRange(&a, &b, i, k) {
			return p.sayRange(i, &a, &b)
		}
	}
	return p.sayAmount(i, &a)
}

// about says two neighbouring digits as one approximate number: 2、3个 is 两三个.
func (p *speaker) about(i int) int {
	const comma = "、"
	k := i + 1
	if !strings.HasPrefix(p.text[k:], comma) || p.o.NumbersOnly {
		return 0
	}
	k += len(comma)
	b := p.byteAt(k)
	if b != p.text[i]+1 || p.text[i] == '0' || isDigit(p.at(k+1)) || p.prev(i) == '、' || p.prev(i) == '第' || p.longestAfter(k+1, countWord|numberWord) != countWord {
		return 0
	}
	p.begin(i)
	for _, at := range [...]int{i, k} {
		if p.text[at] == '2' {
			p.say("两")
		} else {
			p.sayDigits(p.text[at : at+1])
		}
	}
	p.end = k + 1
	return p.finish(k+1, Cardinal)
}

// rangeSign returns the offset behind the sign of a range at i and the spaces around it, or i.
func (p *speaker) rangeSign(i int) int {
	k := p.space(i)
	r := p.at(k)
	switch r {
	case '-', '~', '–', '—', '−', '〜', '―', '‐', '‑', '‒':
	default:
		return i
	}
	k += utf8.RuneLen(r)
	if p.at(k) == r {
		return i
	}
	if k = p.space(k); isArabic(p.byteAt(k)) {
		return k
	}
	if next := p.at(k); (next == '-' || next == '−' || next == '+' || next == '$' || next >= 0x80 && !isHan(next)) && r != next {
		if _, ok := p.amountAt(k); ok {
			return k
		}
	}
	return i
}

// isRange reports whether a and b, which a dash divides, are the ends of a range. The dash ends before k.
func (p *speaker) isRange(a, b *amount, i, k int) bool {
	if next := p.at(b.end); next == '-' && isDigit(p.at(b.end+1)) || next == '=' || b.fraction > 0 {
		return false
	}
	dash := strings.TrimSpace(p.text[a.end:k])
	if dash != "-" && dash != "−" {
		return true
	}
	counted := p.longestAfter(b.end, countWord|numberWord) != 0
	if set, _ := p.before(i, figureBefore); set != 0 && b.unit == nil && !counted {
		return false
	}
	if p.mathAhead(i) || p.text[a.num] == '0' && a.numEnd-a.num > 1 && p.text[a.num+1] != '.' {
		return false
	}
	if a.unit != nil || b.unit != nil || a.money != nil || b.money != nil || b.percent != "" || b.scale != "" || b.sign == '-' {
		return true
	}
	if isLatin(p.at(b.end)) {
		return false
	}
	if !counted && (p.o.AnyMinus || p.text[a.end] == ' ') {
		return false
	}
	return p.less(a, b) || p.longestAfter(b.end, countWord) != 0
}

// less reports whether the number of a is less than that of b.
func (p *speaker) less(a, b *amount) bool {
	x, xf := p.digitsOf(a)
	y, yf := p.digitsOf(b)
	if len(x) != len(y) {
		return len(x) < len(y)
	}
	if x != y {
		return x < y
	}
	return xf < yf
}

// digitsOf returns the digits of the number of a before and behind the point.
func (p *speaker) digitsOf(a *amount) (whole, decimals string) {
	whole, decimals, _ = strings.Cut(p.text[a.num:a.numEnd], ".")
	if strings.Contains(whole, ",") {
		whole = strings.ReplaceAll(whole, ",", "")
	}
	return strings.TrimLeft(whole, "0"), decimals
}

// isScoreOf reports whether a and b are a score, such as 21-19.
func (p *speaker) isScoreOf(i int, a, b *amount, k int) bool {
	if a.sign != 0 || b.sign != 0 || a.unit != nil || b.unit != nil || a.money != nil || b.money != nil ||
		a.percent != "" || b.percent != "" || a.numEnd-a.num > 3 || b.numEnd-b.num > 3 || a.end != a.numEnd || b.end != b.numEnd ||
		strings.TrimSpace(p.text[a.end:k]) != "-" || p.prev(i) == '-' || p.at(b.end) == '-' {
		return false
	}
	_, counted := p.after(b.end, countWord|numberWord)
	if _, won := p.after(b.end, scoreAfter); strings.Contains(p.text[a.num:b.end], ".") || counted > max(b.end, won) {
		return false
	}
	return p.isScore(i, b.end)
}

func (p *speaker) sayRange(i int, a, b *amount) int {
	p.begin(i)
	per := b.per
	if per[0] == "" {
		per = a.per
	}
	if !p.o.PerBehind {
		p.sayPer(per)
	}
	a.per, b.per = [2]string{}, [2]string{}
	if a.money != nil && b.money == nil && b.unit == nil {
		b.money, b.moneyName = a.money, p.namesMoney(b.end, a.money)
	}
	if a.money != nil && a.money == b.money {
		a.moneyName = true // said once, behind the second amount
	}
	counted := p.countedAfter(b, i)
	if b.percent != "" && a.percent == "" && a.unit == nil {
		a.percent = b.percent
	}
	temperature := p.isTemperature(b)
	p.saySigned(a, counted || b.unit != nil || b.money != nil, temperature)
	p.sayUnit(a)
	p.say("到")
	p.saySigned(b, counted, temperature)
	p.sayUnit(b)
	if p.o.PerBehind {
		p.sayPer(per)
	}
	p.end = b.end
	return p.finish(b.end, Range)
}

// countedAfter reports whether a measure word stands behind a, and no ordinal before i.
func (p *speaker) countedAfter(a *amount, i int) bool {
	if p.ordinalGoesOn(i) {
		return false
	}
	k := p.space(a.end)
	if r := p.at(k); (r == '到' || r == '至') && a.end == a.numEnd { // 2到3个
		if from := p.space(k + len("到")); isArabic(p.byteAt(from)) {
			k = p.decimalEnd(from)
			if _, e := p.unitAt(p.space(k)); e > 0 {
				return true
			}
		}
	}
	switch next := p.at(k); {
	case next == '对' && isArabic(p.byteAt(k+len("对"))): // 2对2
		return false
	case next == '年' && isArabic(p.byteAt(k+len("年"))): // 2年3班
		e := p.digitsFrom(k + len("年"))
		if p.at(e) == '班' {
			return false
		}
	}
	return p.prev(i) != '第' && p.longestAfter(k, countWord|numberWord) == countWord
}

// ordinalGoesOn reports whether the number at i is one of several behind a 第: 第1、2章.
func (p *speaker) ordinalGoesOn(i int) bool {
	return p.last == Ordinal && p.end >= 0 && p.end < i && strings.Contains("、和及与", p.text[p.end:i])
}

func (p *speaker) sayAmount(i int, a *amount) int {
	p.negative = a.sign == '-'
	ordinal := p.prev(i) == '第' || p.ordinalGoesOn(i)
	p.begin(i)
	if a.fraction > 0 {
		return p.sayFraction(i, a)
	}
	perBehind := p.o.PerBehind || a.perPower != ""
	if !perBehind {
		p.sayPer(a.per)
	}
	p.saySigned(a, p.countedAfter(a, i), p.isTemperature(a))
	p.sayUnit(a)
	switch {
	case a.perPower != "":
		p.say("每")
		p.say(powerName(a.perPower))
		p.say(a.per[0])
	case perBehind:
		p.sayPer(a.per)
	}
	p.end = a.end
	if p.o.FormalDays && p.isDayNumber(i, a) {
		p.say("日")
		return p.finish(a.end+len("号"), Date)
	}
	kind := Cardinal
	switch {
	case a.percent != "":
		kind = Percent
	case a.money != nil:
		kind = Money
	case a.unit != nil || a.per[0] != "":
		kind = Measure
	case a.exponent != "":
		kind = Math
	case ordinal:
		kind = Ordinal
	case strings.Contains(p.text[a.num:a.numEnd], "."):
		kind = Decimal
	}
	return p.finish(a.end, kind)
}

func (p *speaker) sayFraction(i int, a *amount) int {
	p.saySign(a, false)
	n, e := a.num, a.numEnd
	if a.mixed > 0 {
		p.sayDecimal(n, e)
		p.say("又")
		n, e = a.mixed, a.fraction-1
	}
	p.sayDecimal(a.fraction, a.end)
	p.say("分之")
	p.sayDecimal(n, e)
	p.end = a.end
	return p.finish(a.end, Fraction)
}

// sayPer says what an amount is for: /h is 每小时.
func (p *speaker) sayPer(per [2]string) {
	for _, u := range per {
		if u != "" {
			p.say("每")
			p.say(u)
		}
	}
}

// saySigned says the sign, the percentage and the number of a.
func (p *speaker) saySigned(a *amount, counted, temperature bool) {
	p.saySign(a, temperature)
	p.say(a.percent)
	if a.percent == "百分之" && !p.o.WholeHundred && p.text[a.num:a.numEnd] == "100" {
		p.say("百")
		return
	}
	p.sayNumber(a, counted)
}

// isTemperature reports whether a is a number of degrees that can be below zero.
func (p *speaker) isTemperature(a *amount) bool {
	return a.unit != nil && a.unit.temperature || a.unit == nil && p.degrees(a.end)
}

// degrees reports whether 度 stands at i, or behind the other end of a range: 2到6度.
func (p *speaker) degrees(i int) bool {
	if r := p.at(i); r == '到' || r == '至' {
		i += len("到")
		if p.byteAt(i) == '-' {
			i++
		}
		i = p.decimalEnd(i)
		if u, e := p.unitAt(i); e > 0 {
			return u.temperature
		}
	}
	return p.at(i) == '度'
}

func (p *speaker) saySign(a *amount, temperature bool) {
	switch {
	case a.sign == '-' && temperature && !p.o.PlainMinus:
		p.say("零下")
	case a.sign == '-':
		p.say("负")
	case a.sign == '+':
		p.say("正")
	case a.sign == '±':
		p.say("正负")
	}
}

// sayNumber says the number of a. Two of what is counted are 两.
func (p *speaker) sayNumber(a *amount, counted bool) {
	ds := p.text[a.num:a.numEnd]
	if next := p.at(a.numEnd); strings.ContainsRune("百千万亿", next) && next != 0 {
		counted = p.o.Two != TwoNever
	}
	counted = counted || a.unit != nil || a.money != nil || a.per[0] != ""
	switch {
	case ds == "2" && counted && a.half == "" && a.percent == "" && p.o.Two != TwoPlain:
		p.say("两")
	case a.shift > 0:
		p.out = appendCardinal(p.out, shifted(ds, a.shift), p.o.Two)
	case (a.money != nil || p.namesYuan(a.end)) && !p.o.AllDecimals && strings.Contains(ds, "."):
		if ds = strings.TrimRight(strings.TrimRight(ds, "0"), "."); ds == "2" && p.o.Two != TwoPlain { // 2.00元
			p.say("两")
			break
		}
		p.sayDecimal(a.num, a.num+len(ds))
	default:
		p.sayDecimal(a.num, a.numEnd)
	}
	if a.half != "" {
		p.say("又")
		p.say(a.half)
	}
	if a.exponent != "" {
		p.say("乘以十的")
		p.say(powerName(a.exponent))
	}
}

// shifted returns the digits of a whole number with its decimal point n places further right: 1.2M is 1200000.
func shifted(ds string, n int) string {
	whole, decimals, _ := strings.Cut(ds, ".")
	return whole + decimals + strings.Repeat("0", max(0, n-len(decimals)))
}

// powerName says an exponent: 二次方, 负三次方.
func powerName(exponent string) string {
	var b []byte
	if exponent[0] == '-' {
		b = append(b, "负"...)
	}
	b = appendCardinal(b, exponent, TwoNever)
	return string(append(b, "次方"...))
}

// sayDecimal says the number from i to j: an integer, or one with decimals.
func (p *speaker) sayDecimal(i, j int) {
	whole, decimals, point := strings.Cut(p.text[i:j], ".")
	if len(whole) > 1 && whole[0] == '0' && !point && !p.dayAfter(i, j) {
		p.sayDigits(whole)
		return
	}
	p.sayCardinal(whole)
	if point {
		p.say("点")
		p.sayDigits(decimals)
	}
}

// isDayNumber reports whether a is the day of a month: 30号.
func (p *speaker) isDayNumber(i int, a *amount) bool {
	_, end := p.after(a.end, countWord|numberWord)
	return p.at(a.end) == '号' && end == a.end+len("号") && a.end == a.numEnd && a.numEnd-a.num <= 2 && p.prev(i) != '第'
}

// dayAfter reports whether the two digits from i to j are a month, a day or an hour, whose zero is not said: 02月.
func (p *speaker) dayAfter(i, j int) bool {
	if j-i != 2 {
		return false
	}
	r := p.at(j)
	if (r == '分' || r == '秒') && p.o.PlainMinutes {
		return true
	}
	return r == '月' || r == '日' || r == '点' || r == '时' || r == '号' && (p.prev(i) == '月' || p.o.FormalDays)
}

// sayUnit says the scale and the unit of a.
func (p *speaker) sayUnit(a *amount) {
	p.say(a.scale)
	switch {
	case a.money != nil && !a.moneyName:
		p.say(p.unitName(a.money))
	case a.unit != nil:
		p.say(a.power)
		p.say(p.unitName(a.unit))
	}
}
