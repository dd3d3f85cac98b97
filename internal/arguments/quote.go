package arguments

import (
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// isQuote reports whether c can delimit a string where JSON needs a delimiter.
func isQuote(c rune) bool {
	switch c {
	case '"', '\'', '`', '“', '”', '‘', '’', '「', '『', '＂', '＇':
		return true
	}
	return false
}

// isCloser reports whether c can close a string that open began.
func isCloser(open, c rune) bool {
	switch open {
	case '“', '”':
		return c == '”' || c == '“' || c == '"'
	case '‘', '’':
		return c == '’' || c == '‘' || c == '\''
	case '「':
		return c == '」'
	case '『':
		return c == '』'
	}
	return c == open
}

// quoted reads a string, from its opening quote. A quote inside that cannot be the end,
// because nothing of an object follows it, is content.
func (r *reader) quoted(in int, key bool) string {
	open, size := r.peek()
	if open == '`' && strings.HasPrefix(r.src[r.pos:], "```") {
		size = 3
	}
	if open != '"' {
		r.note(repairQuotes)
	}
	if (open == '"' || open == '\'') && strings.HasPrefix(r.src[r.pos:], strings.Repeat(string(open), 3)) {
		if s, ok := r.tripleQuoted(string(open)); ok {
			return s
		}
	}
	r.pos += size
	var b []byte // the content so far, where it differs from the source
	from := r.pos
	separator := -1 // where a comma stood before the last quote taken as content
	for r.pos < len(r.src) {
		c := rune(r.src[r.pos])
		size := 1
		if c >= utf8.RuneSelf {
			if c, size = utf8.DecodeRuneInString(r.src[r.pos:]); c == utf8.RuneError && size == 1 {
				r.note(repairEscape)
			}
		}
		switch {
		case c == '\\':
			b = append(b, r.src[from:r.pos]...)
			b = r.escape(b, open)
			from = r.pos
			continue
		case c < ' ':
			r.note(repairEscape)
		case isCloser(open, c):
			end := r.closes(r.pos+size, in, key)
			if end == closesHere {
				s := r.src[from:r.pos]
				r.pos += size
				return join(b, s)
			}
			r.note(repairEscape)
			if end == closesName && separator >= from {
				// The quotes were a field's name, so a closing quote is missing before it.
				r.pos = separator
				return join(b, strings.TrimSpace(r.src[from:separator]))
			}
			separator = separatorBefore(r.src, from, r.pos)
		}
		r.pos += size
	}
	r.note(repairBrackets)
	return r.cut(join(b, r.src[from:]))
}

func join(b []byte, s string) string {
	if b == nil {
		return s
	}
	return string(append(b, s...))
}

// tripleQuoted reads a Python long string.
func (r *reader) tripleQuoted(open string) (string, bool) {
	fence := strings.Repeat(open, 3)
	start := r.pos + 3
	n := strings.Index(r.src[start:], fence)
	if n < 0 {
		return "", false
	}
	r.note(repairQuotes)
	r.pos = start + n + 3
	return r.src[start : start+n], true
}

// separatorBefore returns where the comma or line break stands that comes right before
// the quote at s[i], or -1.
func separatorBefore(s string, from, i int) int {
	head := strings.TrimRight(s[max(from, i-keyLimit):i], " \t\r")
	for _, mark := range []string{",", "，", "\n"} {
		if strings.HasSuffix(head, mark) {
			return max(from, i-keyLimit) + len(head) - len(mark)
		}
	}
	return -1
}

// ending says what a quote inside a string can be.
type ending int

const (
	closesNot  ending = iota
	closesHere        // the string ends
	closesName        // not the end of a value, but of the name after it
)

// closes judges a quote by what follows it at s[i].
func (r *reader) closes(i, in int, key bool) ending {
	s := r.src
	space := i
	i = spaceEnd(s, i)
	c, size := punctuation(s, i)
	yes := func(ok bool) ending {
		if ok {
			return closesHere
		}
		return closesNot
	}
	switch {
	case c == -1:
		return closesHere
	case in == atTop:
		return yes(i > space || c == ':')
	case c == ':' || c == '=' && (key || in == inCall):
		if key || in == inArray {
			return closesHere
		}
		return closesName
	case key:
		return yes(c == ',' || c == '}')
	case c == '}' || c == ']' || c == ')':
		return closesHere
	case c == ',' || c == ';' || c == '、':
		return yes(in == inArray && elementAhead(s, i+size) || in != inArray && nameAhead(s, i+size))
	case strings.HasPrefix(s[i:], "//") || strings.HasPrefix(s[i:], "/*") || c == '#' ||
		strings.HasPrefix(s[i:], "```") || strings.HasPrefix(s[i:], "</"):
		return closesHere
	case isQuote(c):
		if in == inArray {
			return yes(i > space)
		}
		return yes(quotedNameAhead(s, i))
	case strings.Contains(s[space:i], "\n"):
		return yes(nameAhead(s, i))
	}
	return closesNot
}

// elementAhead reports whether what follows s[i] can begin the next element of an array.
func elementAhead(s string, i int) bool {
	i = spaceEnd(s, i)
	c, _ := punctuation(s, i)
	return c == -1 || isQuote(c) || strings.ContainsRune("{[(-+.0123456789tfnTFNuI]})/#,", c)
}

// quotedNameAhead reports whether a quoted name and a colon stand at s[i].
func quotedNameAhead(s string, i int) bool {
	open, size := punctuation(s, i)
	for j := i + size; j < len(s) && j-i < keyLimit; {
		c, size := punctuation(s, j)
		j += size
		if isCloser(open, c) {
			c, _ = punctuation(s, spaceEnd(s, j))
			return c == ':'
		}
	}
	return false
}

// cut removes what closed the containers around from a string that lacks its own end:
// the brackets that nothing in the string opened.
func (r *reader) cut(s string) string {
	s = strings.TrimSuffix(strings.TrimRight(s, " \r\n\t"), "```")
	depth := r.open[inObject] + r.open[inArray]
	braces := strings.Count(s, "}") - strings.Count(s, "{")
	brackets := strings.Count(s, "]") - strings.Count(s, "[")
	for ; depth > 0; depth-- {
		t := strings.TrimRight(s, " \r\n\t")
		switch {
		case braces > 0 && strings.HasSuffix(t, "}"):
			braces--
		case brackets > 0 && strings.HasSuffix(t, "]"):
			brackets--
		default:
			return s
		}
		s = t[:len(t)-1]
	}
	return s
}

// escape appends what the escape at r.pos stands for; one that means nothing in JSON
// or Python keeps its backslash.
func (r *reader) escape(b []byte, open rune) []byte {
	rest := r.src[r.pos+1:]
	if rest == "" {
		r.pos++
		r.note(repairBrackets)
		return b
	}
	r.pos += 2
	switch c := rest[0]; c {
	case '"', '\\', '/':
		return append(b, c)
	case 'b':
		return append(b, '\b')
	case 'f':
		return append(b, '\f')
	case 'n':
		return append(b, '\n')
	case 'r':
		return append(b, '\r')
	case 't':
		return append(b, '\t')
	case 'u':
		if u, ok := hex(rest[1:], 4); ok {
			r.pos += 4
			if utf16.IsSurrogate(u) {
				low, ok := rune(0), false
				if strings.HasPrefix(rest[5:], `\u`) {
					low, ok = hex(rest[7:], 4)
				}
				if u = utf16.DecodeRune(u, low); ok && u != utf8.RuneError {
					r.pos += 6
				} else {
					r.note(repairEscape)
				}
			}
			return utf8.AppendRune(b, u)
		}
	case 'x':
		if u, ok := hex(rest[1:], 2); ok {
			r.note(repairEscape)
			r.pos += 2
			return utf8.AppendRune(b, u)
		}
	case '\n':
		r.note(repairEscape)
		return b
	case '\'', '`':
		r.note(repairEscape)
		return append(b, c)
	}
	r.note(repairEscape)
	r.pos-- // read on with the character itself
	if c, size := utf8.DecodeRuneInString(rest); isCloser(open, c) {
		r.pos += size
		return utf8.AppendRune(b, c)
	}
	return append(b, '\\')
}

// hex reads exactly n hexadecimal digits.
func hex(s string, n int) (rune, bool) {
	if len(s) < n {
		return 0, false
	}
	u, err := strconv.ParseUint(s[:n], 16, 32)
	return rune(u), err == nil
}
