package speech

import (
	"strings"
	"unicode/utf8"
)

// minus says a dash: a minus, the sign of a range, or nothing.
func (p *speaker) minus(i int, r rune, left, next int, afterNumber, operand bool) int {
	k := p.space(next)
	if b := p.prev(left); r != '—' && k == next && isArabic(p.byteAt(next)) && b != 0 && strings.ContainsRune("=≠≈<>≤≥×÷*", b) && p.last == Math {
		return p.expression(i) // x=-3, -3×-2
	}
	if (afterNumber || p.mathBehind(i)) && operand {
		switch {
		case r == '−', p.mathAhead(next), p.last == Math && afterNumber, p.mathBehind(i):
			return p.math(i, left, k, "减")
		case r == '-' && left == i && k == next:
			if (p.o.AnyMinus || p.negative) && p.last != Time && p.last != Date {
				return p.math(i, left, k, "减")
			}
			if p.last == Time || p.last == Fraction || p.last == Date || p.last == Money || p.last == Measure || p.last == Percent {
				p.end = next
				if p.last == Date {
					p.toDate = next
				}
				return p.replace(i, next, Range, "到")
			}
			return p.replace(i, next, Symbol, "杠")
		case (r != '—' || k == next) && (p.last == Time || p.last == Date):
			return p.math(i, left, k, "到")
		case r == '-' && left < i && k > next:
			return p.math(i, left, k, "减")
		}
		return next
	}
	if afterNumber && p.last == Time {
		if _, e := p.after(k, partBefore|dateBefore); e > k {
			return p.math(i, left, k, "到")
		}
	}
	if e := p.rangeOfWords(i, next); e > i {
		return e
	}
	if r == '—' || !isArabic(p.byteAt(next)) && !p.moneyFollows(next) {
		return next
	}
	switch b := p.prev(i); {
	case b == r || isLatin(b) || isDigit(b) || b == ')' || b == '_' || b == '/':
		return next
	case isHan(b):
		if set, _ := p.before(i, minusBefore); set == 0 && r == '-' && !p.o.AnyMinus {
			// What is not exact, or money or a temperature, is an amount and no part of a name.
			a, _ := p.amountAt(i)
			if a.percent == "" && !p.isTemperature(&a) && a.money == nil && !strings.Contains(p.text[a.num:a.numEnd], ".") &&
				!strings.ContainsRune("万亿元", p.at(a.end)) {
				return next
			}
		}
		if r == '–' {
			return next
		}
	}
	return p.expression(i)
}

func (p *speaker) moneyFollows(i int) bool {
	m, e := p.moneyAt(i)
	return m != nil && isArabic(p.byteAt(e))
}

// rangeOfWords says the dash between what is written with Chinese units: 5月1日-3日, 100元-200元, 周一-周五.
func (p *speaker) rangeOfWords(i, next int) int {
	b := p.prev(i)
	if !isHan(b) && b != ' ' || p.at(next) == '-' || p.at(next) == '~' || p.at(next) == '—' {
		return 0
	}
	left := i
	if b == ' ' {
		left = i - 1
		b = p.prev(left)
	}
	k := p.space(next)
	unit := p.end >= 0 && p.end < left && left-p.end <= 12 && p.isUnitWord(p.text[p.end:left])
	weekday := func(at int) bool {
		return strings.HasPrefix(p.text[at:], "周") || strings.HasPrefix(p.text[at:], "星期") || strings.HasPrefix(p.text[at:], "礼拜")
	}
	if strings.ContainsRune("一二三四五六日天", b) && b != 0 && weekday(k) {
		for _, n := range []int{6, 9} {
			if left >= n && weekday(left-n) {
				return p.replace(left, k, Range, "到")
			}
		}
	}
	if !unit {
		return 0
	}
	if isArabic(p.byteAt(k)) {
		return p.replace(left, k, Range, "到")
	}
	if _, e := p.after(k, partBefore); e > k && isArabic(p.byteAt(e)) {
		return p.replace(left, k, Range, "到")
	}
	if m, e := p.moneyAt(k); m != nil && isArabic(p.byteAt(e)) {
		return p.replace(left, k, Range, "到")
	}
	return 0
}

// isUnitWord reports whether a number can be counted by the word, such as 日, 万元.
func (p *speaker) isUnitWord(word string) bool {
	for scaled := false; ; scaled = true {
		if p.words.words[word]&(countWord|numberWord|perUnit) != 0 || scaled && word == "" {
			return true
		}
		r, n := utf8.DecodeRuneInString(word)
		if word == "" || !strings.ContainsRune("十百千万亿兆", r) {
			return false
		}
		word = word[n:]
	}
}
