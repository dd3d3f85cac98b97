package speech

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

// symbol says the sign at i, if there is anything to say, and returns where it ends.
func (p *speaker) symbol(i int) int {
	r, n := utf8.DecodeRuneInString(p.text[i:])
	next := i + n
	if r == utf8.RuneError {
		return next
	}
	if p.o.DropErhua || p.o.DropFillers || p.o.MarkUnknown {
		if k := p.character(i, r); k > i {
			return k
		}
	}
	if isHan(r) {
		return next
	}
	if k := p.emoji(i, r); k > i {
		return k
	}
	switch r {
	case '+', '-', '−', '–', '—', '±', '~', '=', '×', '÷', '*', '<', '>', '≤', '≥', '≠', '≈', '^', '⩽', '⩾', '≦', '≧', '≡':
		return p.operator(i, r, next)
	case '/', '⁄', '∕', ':', '∶':
		return p.stroke(i, r, next)
	case '√':
		if isArabic(p.byteAt(next)) || isLetter(p.byteAt(next)) {
			return p.replace(i, next, Math, "根号")
		}
	case '∠':
		return p.replace(i, next, Math, "角")
	case '²', '³', '⁻', '⁰', '¹', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹':
		return p.superscript(i, next)
	case '№':
		if k := p.space(next); isArabic(p.byteAt(k)) {
			return p.replace(i, k, Ordinal, "第")
		}
	case '#':
		if j := p.digitsFrom(next); j > next && !isLatin(p.prev(i)) && !isLatin(p.at(j)) && j-next < 5 {
			p.begin(i)
			p.sayCardinal(p.text[next:j])
			p.say("号")
			return p.finish(j, Ordinal)
		}
		if p.end == i && isHan(p.at(next)) {
			return p.replace(i, next, Symbol, "号")
		}
	case '&':
		k := p.space(next)
		if b, a := p.prev(p.trim(i)), p.at(k); (isHan(b) || isHan(a) || k > next && p.prev(i) == ' ') && a != 0 && b != 0 && a != '&' && b != '&' {
			return p.replace(i, next, Symbol, "和")
		}
	case '@':
		if a := p.at(next); isHan(a) || isLatin(a) || isDigit(a) {
			if !p.o.KeepAddresses {
				return p.replace(i, next, Symbol, "艾特")
			}
		}
	case '′':
		if p.end == i {
			return p.replace(i, next, Measure, "分")
		}
	case '″':
		if p.end == i {
			return p.replace(i, next, Measure, "秒")
		}
	case '\'', '’', '‘':
		if j := p.digitsFrom(next); j-next == 2 && !isLatin(p.prev(i)) && p.yearFollows(j) {
			p.begin(i)
			p.sayDigits(p.text[next:j])
			return p.finish(j, Date)
		}
	case '.':
		if b := p.prev(i); isArabic(p.byteAt(next)) && b != '.' && !isLatin(b) && !isDigit(b) && b != ')' && b != '_' {
			j := p.digitsFrom(next)
			if p.byteAt(j) != '.' {
				p.begin(i)
				p.say("零点")
				p.sayDigits(p.text[next:j])
				p.end = j
				return p.finish(j, Decimal)
			}
		}
	case '%':
		return next
	}
	if r < utf8.RuneSelf && r != '$' {
		return next
	}
	if k := p.moneyBefore(i); k > i {
		return k
	}
	if name, n := vulgarFraction(r); n > 0 {
		return p.replace(i, next, Fraction, name)
	}
	if n, ok := enclosed(r); ok {
		p.begin(i)
		p.sayCardinal(strconv.Itoa(n))
		return p.finish(next, Cardinal)
	}
	if n, ok := romanRune(r); ok {
		p.begin(i)
		p.sayCardinal(strconv.Itoa(n))
		return p.finish(next, Ordinal)
	}
	if u, e := p.unitAt(i); e > 0 && !isLatin(p.prev(i)) && r != '″' {
		p.end = e
		return p.replace(i, e, Measure, p.unitName(u))
	}
	if '₀' <= r && r <= '₉' {
		return p.replace(i, next, Latin, spokenDigits[r-'₀'])
	}
	return next
}

// moneyBefore says an amount of money that begins with the symbol or the code of a currency at i.
func (p *speaker) moneyBefore(i int) int {
	m, e := p.moneyAt(i)
	if m == nil {
		return 0
	}
	k := p.space(e)
	if p.byteAt(k) == '-' { // $-5
		k++
	}
	if isArabic(p.byteAt(k)) {
		return p.expression(i)
	}
	if r, n := utf8.DecodeRuneInString(p.text[i:]); n == len(m.symbol) && r >= utf8.RuneSelf && (isHan(p.prev(i)) || isHan(p.at(e))) {
		return p.replace(i, e, Money, p.unitName(m))
	}
	return 0
}

// stroke says / between units and : between numbers.
func (p *speaker) stroke(i int, r rune, next int) int {
	k := p.space(next)
	switch r {
	case ':', '∶':
		if (p.end == i || p.end == i-1 && p.prev(i) == ' ') && isArabic(p.byteAt(k)) && (r == '∶' || p.prev(i) == ' ' && k > next) {
			return p.math(i, p.end, k, "比")
		}
		return next
	}
	if p.end == i && isLatin(p.prev(i)) {
		return next
	}
	// A Chinese unit on both sides: 元/斤, 次/分钟.
	if set, _ := p.before(i, countWord|perUnit); set != 0 {
		if _, e := p.after(k, perUnit); e > k {
			return p.replace(i, k, Measure, "每")
		}
		if u, e := p.unitAt(k); e > 0 {
			return p.replace(i, e, Measure, "每"+p.unitName(u))
		}
	}
	return next
}

// vulgarFraction returns how a fraction of one character is said, and its length.
func vulgarFraction(r rune) (string, int) {
	const all = "½二分之一¼四分之一¾四分之三⅓三分之一⅔三分之二⅕五分之一⅖五分之二⅗五分之三⅘五分之四⅙六分之一⅚六分之五⅛八分之一⅜八分之三⅝八分之五⅞八分之七⅐七分之一⅑九分之一⅒十分之一↉三分之零"
	if r < 0xBC || r > 0xBE && r < 0x2150 || r > 0x2189 {
		return "", 0
	}
	i := strings.IndexRune(all, r)
	if i < 0 {
		return "", 0
	}
	n := utf8.RuneLen(r)
	return all[i+n : i+n+len("二分之一")], n
}

// enclosed returns the number in a circle or in brackets, or with a stop.
func enclosed(r rune) (int, bool) {
	for _, f := range [...]struct{ from, to, first rune }{
		{'①', '⑳', 1}, {'⑴', '⒇', 1}, {'⒈', '⒛', 1}, {'㉑', '㉟', 21}, {'㊱', '㊿', 36}, {'❶', '❿', 1}, {'➀', '➉', 1},
		{'➊', '➓', 1}, {'㈠', '㈩', 1}, {'㊀', '㊉', 1}, {'⓪', '⓪', 0}, {'⓿', '⓿', 0}, {'⓫', '⓴', 11}, {'⓵', '⓾', 1},
	} {
		if f.from <= r && r <= f.to {
			return int(r - f.from + f.first), true
		}
	}
	return 0, false
}

// romanRune returns the number of a Roman numeral of one character.
func romanRune(r rune) (int, bool) {
	switch {
	case 'Ⅰ' <= r && r <= 'Ⅻ':
		return int(r-'Ⅰ') + 1, true
	case 'ⅰ' <= r && r <= 'ⅻ':
		return int(r-'ⅰ') + 1, true
	}
	return 0, false
}
