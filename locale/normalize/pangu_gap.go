package normalize

import "strings"

// before reports whether r has a space between it and a Chinese character that follows.
func before(r rune) bool {
	switch {
	case r == '·':
		return false
	case isWord(r), 0x370 <= r && r <= 0x3FF, 0xA1 <= r && r <= 0xFF, 0x2100 <= r && r <= 0x218F, 0x2700 <= r && r <= 0x27BF,
		r == '\uFFFD':
		return true
	}
	return strings.ContainsRune(`$%^&*-+\=`, r) || isSuperscript(r)
}

// after is the same for a Chinese character that goes before.
func after(r rune) bool { return r == '@' || before(r) && !isSuperscript(r) }

// isSuperscript reports whether r belongs to what it follows.
func isSuperscript(r rune) bool {
	switch {
	case r == '®', r == '²', r == '³', r == '¹', r == '℠', r == '™', 0x2070 <= r && r <= 0x207F && r != '⁽':
		return true
	}
	return false
}

func isQuote(r rune) bool    { return r == '"' || r == '`' || r == '״' }
func isOperator(r rune) bool { return r == '*' || r == '=' || r == '&' || r == '-' }
func isOpen(r rune) bool     { return r == '(' || r == '[' || r == '{' }
func isClose(r rune) bool    { return r == ')' || r == ']' || r == '}' }

// isPause reports whether r is one of the marks that may stand several together.
func isPause(r rune) bool { return r == '!' || r == ';' || r == ',' || r == '?' }

// gap reports whether a space comes between the characters i-1 and i, neither of which is a space.
func (p *panguText) gap(i int) bool {
	if p.opens[i-1] || p.closes[i] {
		return false
	}
	l, r := p.rune(i-1), p.rune(i)
	if l == 0 || r == 0 {
		return false
	}
	if p.pipe[i] && (l == '|') != (r == '|') {
		return p.divides(i)
	}
	if p.plus[i] && (p.separates(i) || p.separates(i-1)) {
		return true
	}
	switch {
	case isCJK(l) && isCJK(r):
		return false
	case isCJK(r):
		return p.gapBefore(i, l)
	case isCJK(l):
		return p.gapAfter(i, r)
	}
	return p.gapBetween(i, l, r)
}

// separates reports whether the plus at character i, in a line where one touches a Chinese character, stands between
// two things. It does not if it belongs to one of them: C++, 100+, +86.
func (p *panguText) separates(i int) bool {
	const marks = "+，。；：！？、（）「」『』【】《》"
	l, r := p.rune(i-1), p.rune(i+1)
	return p.rune(i) == '+' && l != 0 && r != 0 && !isBlank(l) && !isBlank(r) &&
		!strings.ContainsRune(marks, l) && !strings.ContainsRune(marks, r) &&
		!(isCJK(l) && isDigit(r)) && !(isWord(l) && isCJK(r))
}

// divides reports whether the pipes around character i have something on both sides.
func (p *panguText) divides(i int) bool {
	return p.beyond(i-1, -1) && p.beyond(i, 1)
}

// beyond reports whether something other than spaces and pipes is in the line from character i on.
func (p *panguText) beyond(i, step int) bool {
	for p.rune(i) == '|' {
		i += step
	}
	for p.rune(i) == ' ' {
		i += step
	}
	return i >= 0 && i < len(p.r) && p.r[i] != '\n' && p.r[i] != '|'
}

// gapBefore is gap before a Chinese character.
func (p *panguText) gapBefore(i int, l rune) bool {
	switch {
	case before(l):
		return true
	case isPause(l), l == ':':
		start, colon := i-1, false
		for ; isPause(p.rune(start)) || p.rune(start) == ':'; start-- {
			colon = colon || p.rune(start) == ':'
		}
		if colon && p.cjk(start) {
			return start < i-2 // a single colon may stand between the parts of a name or a list
		}
		return p.word(start) || p.cjk(start) || !colon && !isBlank(p.rune(start))
	case l == '.':
		return p.rune(i-2) == '.' || p.word(i-2) || p.cjk(i-2)
	case l == '~':
		start := i - 1
		for p.rune(start) == '~' {
			start--
		}
		return p.cjk(start)
	case l == '\'':
		return !p.simple[i-1]
	case l == '#':
		if p.slash[i] > 1 {
			return false
		}
		return p.endsTopic(i-1) || !isBlank(p.rune(i-2)) && p.rune(i-2) != '\u00A0' && !p.cjk(i-2)
	case l == '/':
		return p.endsPath(i-1) || p.slash[i] == 1 && (p.cjk(i-2) || p.word(i-2))
	}
	return l == '…' || isQuote(l) || l == '”' || l == '<' || l == '>' || isClose(l)
}

// gapAfter is gap after a Chinese character.
func (p *panguText) gapAfter(i int, r rune) bool {
	switch {
	case after(r), isQuote(r), isOpen(r), r == '<', r == '>', r == '“':
		return true
	case r == '”':
		return p.opens[i]
	case r == '\'':
		return p.rune(i+1) != 0 && p.rune(i+1) != 's' && !p.simple[i]
	case r == '#':
		if p.slash[i] > 1 {
			return p.finalTopic(i) && p.rune(i-2) != 0 && p.rune(i-2) != '/'
		}
		next := p.rune(i + 1)
		return !p.endsTopic(i) && next != 0 && next != ' ' && next != '\u00A0'
	case r == '~':
		return p.rune(i+1) == '='
	case r == '/':
		return p.startsPath(i) || p.slash[i] == 1 && (p.cjk(i+1) || p.word(i+1))
	case r == '.':
		return p.startsPath(i)
	}
	return false
}

// gapBetween is gap between two characters neither of which is Chinese.
func (p *panguText) gapBetween(i int, l, r rune) bool {
	switch {
	case l == '=' && p.rune(i-2) == '~':
		return p.cjk(i - 3)
	case isWord(r):
		switch {
		case isOperator(l):
			return p.cjk(i-2) && !(l == '-' && p.sign(i))
		case l == '<', l == '>':
			return p.cjk(i - 2)
		case isPause(l), l == ':', l == '~':
			start := i - 1
			for s := p.rune(start); isPause(s) || s == l || l != '~' && s == ':'; s = p.rune(start) {
				start--
			}
			return p.cjk(start)
		case isClose(l), l == '”':
			return true
		case l == '"':
			return p.closes[i-1] && p.cjk(i-2)
		case l == '/':
			return p.slash[i] == 1 && p.cjk(i-2) && !p.startsPath(i-1)
		case l == '%':
			return isLetter(r) && isDigit(p.rune(i-2))
		}
	case isWord(l) && isOpen(r):
		for i--; p.word(i); i-- {
		}
		return p.rune(i) != '.'
	case isWord(l) && r == '“':
		return p.simple[i]
	case (isWord(l) || isClose(l)) && isOperator(r):
		return p.cjk(i+1) && !(r == '-' || r == '*') || p.cjk(i+1) && !p.grade(i)
	case isWord(l) && (r == '<' || r == '>'):
		return p.cjk(i + 1)
	case isWord(l) && r == '/':
		return p.slash[i] == 1 && p.cjk(i+1) && !p.endsPath(i)
	}
	return false
}

// sign reports whether the hyphen before character i belongs to what follows it: -5, or -m for a flag.
func (p *panguText) sign(i int) bool {
	r := p.rune(i)
	return isDigit(r) || 'a' <= r && r <= 'z' && !p.word(i+1) && p.rune(i+1) != '_'
}

// grade reports whether the operator at character i belongs to the single letter before it, as in D-.
func (p *panguText) grade(i int) bool {
	return isLetter(p.rune(i-1)) && !p.word(i-2) && p.rune(i-2) != '_'
}

// endsTopic reports whether the hash at character i ends a #topic# of Chinese characters that touches others.
func (p *panguText) endsTopic(i int) bool {
	start := i - 1
	for p.cjk(start) {
		start--
	}
	return start < i-1 && p.rune(start) == '#' && p.cjk(start-1) && p.cjk(i+1)
}

// finalTopic reports whether the hash at character i begins a word that ends the line.
func (p *panguText) finalTopic(i int) bool {
	end := i + 1
	for p.word(end) {
		end++
	}
	return end > i+1 && (end == len(p.r) || p.r[end] == '\n')
}
