package arguments

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// keyLimit bounds, in bytes, how far the reader looks ahead for a field's name.
const keyLimit = 128

// name reads a member's name, quoted or not.
func (r *reader) name(in int) (string, bool) {
	c, _ := r.peek()
	if isQuote(c) {
		return r.quoted(in, true), true
	}
	r.note(repairQuotes)
	start := r.pos
	for !r.eof() && r.pos-start < keyLimit {
		c, size := r.peek()
		if strings.ContainsRune(":={}[](),;\n", c) || isQuote(c) {
			break
		}
		r.pos += size
	}
	name := strings.TrimSpace(r.src[start:r.pos])
	return name, name != ""
}

// bare reads a value without quotes: a literal, a call, or text up to where the
// member ends.
func (r *reader) bare(in int) (value, bool) {
	start := r.pos
	if word := wordEnd(r.src, start); word > start && word < len(r.src) {
		switch c, size := punctuation(r.src, word); {
		case c == '(':
			r.pos = word + size
			return r.call()
		case (c == '"' || c == '\'') && word-start <= 2 && strings.Trim(r.src[start:word], "rfbuRFBU") == "":
			r.note(repairLiteral)
			r.pos = word
			return text(r.quoted(in, false)), true
		}
	}
	for !r.eof() && !r.bareEnds(start, in) {
		_, size := r.peek()
		r.pos += size
	}
	token := strings.TrimSpace(r.src[start:r.pos])
	if token == "" {
		r.pos = start
		return value{}, false
	}
	return r.literal(token), true
}

// bareEnds reports whether the text that began at start ends before r.pos.
func (r *reader) bareEnds(start, in int) bool {
	c, size := r.peek()
	switch c {
	case '}', ']', ')', '\n':
		return true
	case ',', ';':
		return in != inObject || nameAhead(r.src, r.pos+size)
	case '、':
		return in == inArray
	case ':', '=':
		return r.pos == start || in == inArray
	case '`':
		return strings.HasPrefix(r.src[r.pos:], "```")
	case '<':
		return strings.HasPrefix(r.src[r.pos:], "</")
	case '/':
		return strings.HasPrefix(r.src[r.pos:], "/*")
	case ' ', '\t':
		rest := r.src[r.pos+1:]
		if strings.HasPrefix(rest, "//") || strings.HasPrefix(rest, "#") {
			return true
		}
		return r.pos-start < 32 && isLiteral(r.src[start:r.pos]) && nameAhead(r.src, r.pos)
	}
	return isQuote(c) && c != '\''
}

func isLiteral(token string) bool {
	switch token {
	case "true", "True", "TRUE", "false", "False", "FALSE", "null", "None", "NULL", "nil", "undefined":
		return true
	}
	return isNumber(token)
}

// literal gives an unquoted token its value.
func (r *reader) literal(token string) value {
	switch {
	case isNumber(token):
		return numeral(token)
	case token != "true" && token != "false" && token != "null":
		r.note(repairLiteral)
	}
	if r.pos >= len(r.src) && len(token) > 1 { // cut off inside a literal
		for _, word := range []string{"true", "false", "null", "True", "False", "None"} {
			if strings.HasPrefix(word, token) {
				token = word
			}
		}
	}
	switch token {
	case "true", "True", "TRUE":
		return value{kind: kindTrue}
	case "false", "False", "FALSE":
		return value{kind: kindFalse}
	case "null", "None", "NULL", "nil", "undefined":
		return value{}
	}
	switch strings.ToLower(strings.TrimLeft(token, "+-")) {
	case "nan", "inf", "infinity":
		return value{kind: kindNonFinite, text: token}
	}
	return text(token)
}

// wordEnd returns the end of the identifier at s[i], dots included.
func wordEnd(s string, i int) int {
	for j := i; j < len(s) && j-i < keyLimit; j++ {
		c := s[j]
		letter := c|0x20 >= 'a' && c|0x20 <= 'z' || c == '_'
		if !letter && (j == i || (c < '0' || c > '9') && c != '.') {
			return j
		}
	}
	return min(len(s), i+keyLimit)
}

// spaceEnd returns the end of the white space at s[i], looking at most keyLimit far.
func spaceEnd(s string, i int) int {
	for end := min(len(s), i+keyLimit); i < end; {
		c, size := utf8.DecodeRuneInString(s[i:])
		if !unicode.IsSpace(c) {
			break
		}
		i += size
	}
	return i
}

// nameAhead reports whether what follows s[i] begins the next member, or ends the object.
func nameAhead(s string, i int) bool {
	i = spaceEnd(s, i)
	c, _ := punctuation(s, i)
	if c == -1 || isQuote(c) || strings.ContainsRune("{}])#,", c) || strings.HasPrefix(s[i:], "//") ||
		strings.HasPrefix(s[i:], "/*") || strings.HasPrefix(s[i:], "```") || strings.HasPrefix(s[i:], "...") {
		return true
	}
	for j := i; j < len(s) && j-i < keyLimit; {
		c, size := punctuation(s, j)
		if c == ':' || c == '=' {
			return j > i
		}
		if strings.ContainsRune("{}[](),;\n", c) || isQuote(c) {
			return false
		}
		j += size
	}
	return false
}
