package normalize

import "strings"

// wide has the full-width form of the marks that become full-width next to Chinese.
var wide = map[rune]rune{',': '，', '?': '？', '.': '。', ':': '：', '!': '！'}

// widenMarks makes marks of the word [start, end) in a line up to lineEnd full-width: comma and question mark after
// Chinese and between a word and Chinese, the others between Chinese and at the end of what is said.
func (c correction) widenMarks(start, end, lineEnd int) {
	for i := start + 1; i < end; i++ {
		r := c.r[i]
		full := wide[r]
		if full == 0 || c.code[i] || c.link[i] {
			continue
		}
		l := c.r[i-1]
		next := i + 1
		for next < lineEnd && c.r[next] == ' ' {
			next++
		}
		after := c.rune(next)
		switch r {
		case ',', '?':
			if !isCJK(l) && !(isWordRune(l) && isCJK(after)) {
				continue
			}
		default:
			quoted := next == i+1 && (after == '"' || after == '\'')
			if quoted {
				after = c.rune(next + 1)
			}
			if !isCJK(l) || !isCJK(after) && !isBlank(after) || quoted && !isBlank(after) {
				continue
			}
		}
		c.set(i, full)
		c.space[i+1] = false
		c.dropAll(i+1, min(next, lineEnd))
	}
}

// tightenMarks takes the spaces between full-width marks and words out.
func (c correction) tightenMarks() {
	for i := 0; i < len(c.r); i++ {
		if c.r[i] != ' ' || c.code[i] {
			continue
		}
		end := i
		for c.rune(end) == ' ' {
			end++
		}
		if l, r := c.rune(i-1), c.rune(end); isMark(l) && joins(r) || isMark(r) && joins(l) {
			c.dropAll(i, end)
		}
		i = end
	}
}

func isMark(r rune) bool {
	return r != 0 && strings.ContainsRune("，。、！？：；（）「」《》【】", r)
}
func joins(r rune) bool { return isWordRune(r) || r == '`' }

// isEnglish reports whether a line without Chinese is a text of two words or more, and not code.
func (c correction) isEnglish(start, end int) bool {
	for start < end && isBlank(c.r[start]) {
		start++
	}
	for start < end && isBlank(c.r[end-1]) {
		end--
	}
	if start == end {
		return false
	}
	if isWordRune(c.r[start]) {
		for i := start + 1; i < end; i++ {
			if !isSeparator(c.r[i]) || !isWordRune(c.r[i-1]) {
				continue
			}
			for i < end && isSeparator(c.r[i]) {
				i++
			}
			if i < end && isWordRune(c.r[i]) {
				return true
			}
		}
	}
	if !isStraight(c.r[start]) || !isStraight(c.r[end-1]) || end-start < 3 {
		return false
	}
	letters := false
	for i := start; i+1 < end; i++ {
		letters = letters || isLetter(c.r[i]) && isLetter(c.r[i+1])
		if c.r[i+1] == '{' && strings.ContainsRune("#%$", c.r[i]) || c.r[i] == '(' && i > start && isWordRune(c.r[i-1]) {
			return false
		}
	}
	return letters
}

// isSeparator reports whether r stands between words of English.
func isSeparator(r rune) bool {
	switch r {
	case ' ', ',', '.', '\'', '?', '!', '&', ':':
		return true
	}
	return false
}

func isStraight(r rune) bool { return r == '"' || r == '\'' || r == '`' }

// narrow has the half-width form of marks; what opens has its space in front, the others behind.
var narrow = map[rune]rune{
	'，': ',', '、': ',', '。': '.', '：': ':', '；': ';', '！': '!', '？': '?',
	'“': '"', '”': '"', '‘': '\'', '’': '\'', '（': '(', '）': ')', '【': '[', '】': ']', '「': '[', '」': ']', '《': '"', '》': '"',
}

// narrowMarks makes the marks of an English line half-width.
func (c correction) narrowMarks(start, end int) {
	var wrapped rune // the quotes around it all
	for i := start; i < end && wrapped == 0; i++ {
		if !isBlank(c.r[i]) {
			wrapped = c.r[i]
		}
	}
	for i := start; i < end; i++ {
		half := narrow[c.r[i]]
		if half == 0 || c.code[i] || c.link[i] || isStraight(half) && half == wrapped {
			continue
		}
		opening, closing := isOpening(c.r[i]), isClosing(c.r[i])
		l, r := c.rune(i-1), c.rune(i+1)
		if opening && (i+1 == end || isBlank(r)) || !opening && (i == start || isBlank(l)) {
			continue
		}
		apostrophe := c.r[i] == '‘' || c.r[i] == '’'
		c.set(i, half)
		switch {
		case apostrophe:
		case opening && isWord(l):
			c.insert(i)
		case !opening && isWord(r), closing && isWord(r):
			c.insert(i + 1)
		}
	}
}
