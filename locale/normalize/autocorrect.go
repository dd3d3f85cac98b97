package normalize

import (
	"strings"
	"unicode"
)

// A correction is a block that is corrected by the rules of AutoCorrect.
type correction struct {
	*block
	code []bool // fenced, or between backticks, and these
	link []bool // in a link of Markdown
}

func autoCorrect(b *block) {
	n := len(b.r) + 1
	flags := make([]bool, 2*n)
	c := correction{b, flags[:n], flags[n:]}
	if b.holds("`~") {
		c.findCode()
	}
	if b.holds("<]") {
		c.findLinks()
	}
	c.narrowWords()
	chinese := false
	for start := 0; start < len(c.r); {
		end := start
		for end < len(c.r) && c.r[end] != '\n' {
			end++
		}
		if c.hasChinese(start, end) {
			chinese = true
			for at := start; at < end; {
				word := at
				for word < end && c.r[word] != ' ' && c.r[word] != '\r' {
					word++
				}
				if !c.isPath(at, word) {
					c.spaceWord(at, word)
					c.widenMarks(at, word, end)
				}
				at = word + 1
			}
		} else if c.isEnglish(start, end) {
			c.narrowMarks(start, end)
		}
		start = end + 1
	}
	if chinese {
		c.tightenMarks()
	}
}

func isEastAsian(r rune) bool { return isCJK(r) || unicode.Is(unicode.Hangul, r) }

// isOpening and isClosing are the full-width marks that a symbol keeps a space from.
func isOpening(r rune) bool { return r != 0 && strings.ContainsRune("（【「《“‘", r) }
func isClosing(r rune) bool { return r != 0 && strings.ContainsRune("）】」”’》", r) }

// isWordRune reports whether r is what regular expressions call a word character.
func isWordRune(r rune) bool {
	return isWord(r) || r == '_' || r >= 0x80 && (unicode.IsLetter(r) || unicode.IsMark(r) || unicode.Is(unicode.Nd, r))
}

// set has r instead of character i.
func (c correction) set(i int, r rune) {
	c.replace(i, string(r))
	c.r[i] = r
}

func (c correction) hasChinese(start, end int) bool {
	for _, r := range c.r[start:end] {
		if isEastAsian(r) {
			return true
		}
	}
	return false
}

// narrowWords makes full-width letters and digits half-width, the ideographic space a space, and the colon of a time.
func (c correction) narrowWords() {
	for i, r := range c.r {
		if c.code[i] || c.link[i] {
			continue
		}
		switch {
		case '０' <= r && r <= '９', 'Ａ' <= r && r <= 'Ｚ', 'ａ' <= r && r <= 'ｚ':
			c.set(i, r-'０'+'0')
		case r == '\u3000':
			c.set(i, ' ')
		}
	}
	for i, r := range c.r {
		if r == '：' && !c.code[i] && !c.link[i] && isDigit(c.rune(i-1)) && isDigit(c.rune(i+1)) {
			c.set(i, ':')
		}
	}
}

// isPath reports whether a word is a link or a path, or has an anchor with Chinese characters.
func (c correction) isPath(start, end int) bool {
	i := start
	for i < end && isWord(c.r[i]) {
		i++
	}
	if i > start && c.rune(i) == ':' && c.rune(i+1) == '/' && c.rune(i+2) == '/' {
		return true
	}
	i = start
	if c.rune(i) == '/' {
		i++
	}
	name := i
	for i < end && isFileRune(c.r[i]) {
		i++
	}
	if i >= name+2 && i < end && c.r[i] == '/' {
		return true
	}
	for i = start + 1; i < end; i++ {
		if c.r[i] != '#' || !isFileRune(c.r[i-1]) {
			continue
		}
		for j := i + 1; j < end && (isWordRune(c.r[j]) || isFileRune(c.r[j])); j++ {
			if unicode.Is(unicode.Han, c.r[j]) {
				return true
			}
		}
	}
	return false
}

func isFileRune(r rune) bool { return isWord(r) || r == '-' || r == '_' || r == '.' }

// findLinks finds the links of Markdown, which may have Chinese characters in them.
func (c correction) findLinks() {
	for i := range c.r {
		if end := c.linkEnd(i); end > i && c.destinationEnd(i) == end {
			for ; i < end; i++ {
				c.link[i] = true
			}
		}
	}
}

// findCode finds fenced code and what stands between two backticks in a line.
func (c correction) findCode() {
	c.fenced(func(from, to int) {
		for ; from < to; from++ {
			c.code[from] = true
		}
	})
	open := -1
	for i, r := range c.r {
		switch {
		case c.code[i]:
			open = -1
		case r == '\n':
			open = -1
		case r != '`':
		case open < 0 || i == open+1:
			open = i
		default:
			for ; open <= i; open++ {
				c.code[open] = true
			}
			open = -1
		}
	}
}

// spaceWord spaces what stands between two spaces.
func (c correction) spaceWord(start, end int) {
	for i := start + 1; i < end; i++ {
		if c.link[i-1] && c.link[i] {
			continue
		}
		if l, r := c.code[i-1], c.code[i]; l != r && isEastAsian(c.r[i-1]) != isEastAsian(c.r[i]) || !l && !r && c.gap(i, start, end) {
			c.insert(i)
		}
	}
}

// gap reports whether a space comes between characters i-1 and i of the word [start, end).
func (c correction) gap(i, start, end int) bool {
	l, r := c.r[i-1], c.r[i]
	var before, after rune // the characters around both
	if i-2 >= start {
		before = c.r[i-2]
	}
	if i+1 < end {
		after = c.r[i+1]
	}
	switch {
	case isEastAsian(l) || l == '”' || l == '’':
		switch {
		case isWord(r), r == '[', r == '(':
			return isEastAsian(l)
		case (r == '-' || r == '+') && isDigit(after) && isEastAsian(l):
			return true
		case r == '|', r == '+', r == '-':
			return isEastAsian(after) || isOpening(after) || isBlank(after) && after != 0 || i+1 == end && c.rune(end) == ' '
		}
	case isWord(l):
		if !isEastAsian(r) {
			return false
		}
		return before != '%' && before != '$' && before != '\\'
	case l == '%':
		return isEastAsian(r) && isDigit(before)
	case l == '|', l == '+', l == '#', l == '-':
		if isEastAsian(r) && (l == '+' || l == '#') {
			j := i - 1
			for j > start && (c.r[j-1] == '+' || c.r[j-1] == '#') {
				j--
			}
			if j > start && isWord(c.r[j-1]) {
				return true
			}
		}
		return l != '#' && (isEastAsian(r) || r == '“' || r == '‘') &&
			(isEastAsian(before) || isClosing(before) || before == 0 && c.rune(i-2) == ' ')
	case l == '!', l == ']', l == ')':
		return isEastAsian(r)
	}
	return false
}
