package speech

import (
	"strings"
	"unicode/utf8"
)

// operator says the signs between and before numbers.
func (p *speaker) operator(i int, r rune, next int) int {
	left := i
	if p.prev(i) == ' ' {
		left--
	}
	k := p.space(next)
	// A sign with a space on its left side only belongs to what follows: 3 -5.
	afterNumber := p.end >= 0 && p.end == left && (left == i || k > next)
	right := p.at(k)
	if (right == '-' || right == '−') && (r == '×' || r == '÷' || r == '*' || r == '+') && isArabic(p.byteAt(k+utf8.RuneLen(right))) && afterNumber {
		return p.math(i, left, k, operations[r]) // -3×-2
	}
	operand := isDigit(right) || (isLatin(right) || right == '(') && p.mathAhead(next) || right == '√' || right == '.' && isArabic(p.byteAt(k+1)) ||
		(right == '-' || right == '−') && k > next && isArabic(p.byteAt(k+1))
	switch r {
	case '+':
		if next == k && isDigit(right) && (!afterNumber || left < i) {
			if e := p.international(i); e > i {
				return e
			}
		}
		switch {
		case !afterNumber && isDigit(right) && next == k:
			if b := p.prev(i); b == ')' || p.mathBehind(i) || 'A' <= b && b <= 'Z' && !isLatin(p.prev(i-1)) { // N+1
				return p.replace(i, k, Math, "加")
			}
			if b := p.prev(i); isLatin(b) || isDigit(b) {
				return next
			}
			return p.expression(i)
		case afterNumber && operand, p.mathBehind(i) && operand:
			return p.math(i, left, k, "加")
		case afterNumber && left == i && p.text[i-1] == '0' && isHan(right):
			return p.replace(i, next, Cardinal, "多")
		case left == i && !isDigit(right) && p.end >= 0 && i-p.end >= 3 && i-p.end <= 6 && strings.Trim(p.text[p.end:i], "百千万亿") == "":
			if isHan(right) {
				return p.replace(i, next, Cardinal, "多") // 5万+阅读
			}
			return p.replace(i, next, Math, "加")
		case afterNumber && left == i:
			return p.replace(i, next, Math, "加")
		}
	case '-', '−', '–', '—':
		return p.minus(i, r, left, next, afterNumber, operand)
	case '~':
		if k := p.rangeOfWords(i, next); k > i {
			return k
		}
		if _, e := p.after(k, partBefore|dateBefore); afterNumber && p.last == Time && e > k {
			return p.math(i, left, k, "到")
		}
		if b := p.prev(i); isArabic(p.byteAt(next)) && !isLatin(b) && !isDigit(b) && b != '~' && b != '/' {
			if b == '约' || b == '近' {
				return p.replace(i, next, Symbol, "")
			}
			return p.replace(i, next, Symbol, "大约")
		}
	case '±':
		if isArabic(p.byteAt(next)) {
			return p.expression(i)
		}
	case '=', '≠', '≈', '<', '>', '≤', '≥', '⩽', '⩾', '≦', '≧', '≡':
		return p.relation(i, r, left, next, afterNumber)
	case '×', '÷', '*':
		name := "乘"
		if r == '÷' {
			name = "除以"
		}
		if afterNumber && (operand || r != '*' && isLatin(right)) || p.mathBehind(i) && operand {
			return p.math(i, left, k, name)
		}
		if r == '×' && (afterNumber && isHan(right) || isHan(p.prev(i)) && isDigit(right)) {
			return p.math(i, left, k, name)
		}
	case '^':
		if exponent, e := p.powerAt(i); e > 0 && (afterNumber || isLatin(p.prev(i)) || p.prev(i) == ')') {
			p.begin(i)
			p.say("的")
			p.say(powerName(exponent))
			p.end = e
			return p.finish(e, Math)
		}
	}
	return next
}

// math says an operator from left, spaces included, to k.
func (p *speaker) math(i, left, k int, name string) int {
	if left < p.done {
		left = i
	}
	p.begin(left)
	p.say(name)
	p.end = k
	p.formula = p.formulaEnd(k)
	return p.finish(k, Math)
}

var operations = map[rune]string{'+': "加", '×': "乘", '*': "乘", '÷': "除以"}

var relations = map[rune]string{
	'=': "等于", '≠': "不等于", '≈': "约等于", '<': "小于", '>': "大于", '≤': "小于等于", '≥': "大于等于",
	'⩽': "小于等于", '⩾': "大于等于", '≦': "小于等于", '≧': "大于等于", '≡': "恒等于",
}

// relation says signs such as = and ≥.
func (p *speaker) relation(i int, r rune, left, next int, afterNumber bool) int {
	name := relations[r]
	if c := p.byteAt(next); c == '=' && (r == '<' || r == '>' || r == '=' || r == '!') {
		next++
		if r != '=' {
			name += "等于"
		}
	} else if r == '<' && c == '>' {
		name, next = "不等于", next+1
	}
	k := p.space(next)
	right := p.at(k)
	numberRight := isDigit(right) || (right == '-' || right == '−' || right == '+' || right == '±') && isArabic(p.byteAt(k+utf8.RuneLen(right))) || right == '$' || right == '¥'
	word := isLatin(right) || isHan(right) || right == '(' || right == '?'
	b := p.prev(left)
	leftOperand := afterNumber || isLatin(b) || b == '|' || isHan(b) || b == ')' || b == '²' || b == '³'
	switch {
	case r >= utf8.RuneSelf && (numberRight || word || leftOperand):
	case (r == '<' || r == '>') && numberRight && (b == 0 || leftOperand || b == ' ' || b == ',' || b == '('):
	case r == '=' && numberRight && leftOperand:
	case r == '=' && afterNumber && p.last == Math && (word || right == 0):
	case r == '=' && p.end == left && word:
	case (r == '=' || r == '<' || r == '>') && word && isLatin(b) && p.mathBehind(left):
	default:
		return next
	}
	if left < i && k == next {
		left = i // ≥60 behind a space
	}
	return p.math(i, left, k, name)
}

// mathReach is how far a formula is looked for, in bytes.
const mathReach = 32

// mathAhead reports whether a formula goes on from i: its characters, with an = or a sign that only formulas have.
func (p *speaker) mathAhead(i int) bool {
	if i < p.formula {
		return true
	}
	for k := i; k < min(len(p.text), i+mathReach); {
		r, n := utf8.DecodeRuneInString(p.text[k:])
		switch {
		case r == '=' || r == '÷' || r == '≈' || r == '≠' || r == '≤' || r == '≥' || r == '<' || r == '>':
			return true
		case isDigit(r) || strings.ContainsRune("+-−×*/^.() ²³", r):
		case isLatin(r):
			if isLatin(p.at(k+1)) && isLatin(p.at(k+2)) {
				return false
			}
		default:
			return false
		}
		k += n
	}
	return false
}

// formulaEnd returns where the characters that formulas are made of end, from i on.
func (p *speaker) formulaEnd(i int) int {
	for k := i; ; {
		r, n := utf8.DecodeRuneInString(p.text[k:])
		if k >= len(p.text) || k > i+mathReach || !isDigit(r) && !isLatin(r) && !strings.ContainsRune("+-−×÷*/^.()²³", r) || isLatin(r) && isLatin(p.at(k+1)) && isLatin(p.at(k+2)) {
			return k
		}
		k += n
	}
}

// mathBehind reports whether what ends at i is the left side of a formula: a variable, a bracket or a power.
func (p *speaker) mathBehind(i int) bool {
	for i > 0 && p.text[i-1] == ' ' {
		i--
	}
	b := p.prev(i)
	if b == ')' || b == '²' || b == '³' {
		return p.mathAhead(i)
	}
	if !isLatin(b) {
		return false
	}
	c := p.prev(i - 1)
	if isLatin(c) && isLatin(p.prev(i-2)) {
		return false
	}
	return p.mathAhead(i)
}

// superscript says an exponent behind a variable, a bracket or a number.
func (p *speaker) superscript(i, next int) int {
	exponent, e := p.powerAt(i)
	b := p.prev(i)
	if e == 0 || !isLatin(b) && !isDigit(b) && b != ')' && b != 'π' {
		return max(e, next)
	}
	p.begin(i)
	switch exponent {
	case "2":
		p.say("的平方")
	case "3":
		p.say("的立方")
	default:
		p.say("的")
		p.say(powerName(exponent))
	}
	p.end = e
	return p.finish(e, Math)
}
