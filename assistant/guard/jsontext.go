package guard

import (
	"encoding/json"
	"strings"
	"unicode/utf8"

	"github.com/zhushou-ai/zhushou/internal/jsontext"
)

// What JSON says is looked at as people would read it: \n in a string is a new line and \u624b a character, or the
// number behind them would not be seen. Quotes and backslashes in strings are written as these two meanwhile, so that a
// quote is always the edge of a string.
const (
	viewQuote     = '\uF8FD'
	viewBackslash = '\uF8FE'
)

// isJSON reports whether a text is an object, a list or a string in quotes.
func isJSON(s string) bool {
	s = strings.TrimLeft(s, " \t\r\n")
	return s != "" && (s[0] == '{' || s[0] == '[' || s[0] == '"') && json.Valid([]byte(s))
}

// meanwhile takes the two out of a text that has them: they mean nothing outside the program that put them there.
var meanwhile = strings.NewReplacer(string(viewQuote), "\uFFFD", string(viewBackslash), "\uFFFD")

// readable returns JSON, which may be malformed, with the escapes in its strings resolved.
func readable(s string) string {
	s = meanwhile.Replace(s)
	var b strings.Builder
	inside := false
	for i := 0; i < len(s); {
		c := s[i]
		switch {
		case c == '"':
			inside = !inside
		case c == '\\' && inside:
			if n := escape(&b, s[i:]); n > 0 {
				i += n
			} else {
				b.WriteRune(viewBackslash)
				i++
			}
			continue
		}
		b.WriteByte(c)
		i++
	}
	return b.String()
}

// escape writes what the escape at the beginning of s stands for, and returns its length, 0 if it is none.
func escape(b *strings.Builder, s string) int {
	if len(s) < 2 {
		return 0
	}
	switch s[1] {
	case '"':
		b.WriteRune(viewQuote)
	case '\\':
		b.WriteRune(viewBackslash)
	case '/':
		b.WriteByte('/')
	case 'b', 'f', 'n', 'r', 't':
		b.WriteByte("\b\f\n\r\t"[strings.IndexByte("bfnrt", s[1])])
	case 'u':
		n := 6
		if len(s) >= 12 && s[6] == '\\' && s[7] == 'u' { // perhaps a pair
			n = 12
		}
		var text string
		if len(s) >= n && json.Unmarshal([]byte(`"`+s[:n]+`"`), &text) != nil {
			n = 6
		}
		if len(s) < n || json.Unmarshal([]byte(`"`+s[:n]+`"`), &text) != nil {
			return 0
		}
		if _, size := utf8.DecodeRuneInString(text); n == 12 && size < len(text) { // it was not
			n, text = 6, text[:size]
		}
		switch text {
		case `"`:
			b.WriteRune(viewQuote)
		case `\`:
			b.WriteRune(viewBackslash)
		case string(viewQuote), string(viewBackslash):
			b.WriteRune(utf8.RuneError)
		default:
			b.WriteString(text)
		}
		return n
	default:
		return 0
	}
	return 2
}

// written makes JSON of a readable view. What stands bare where a number stood becomes a string.
func written(view string) string {
	b := make([]byte, 0, len(view)+16)
	for view != "" {
		open := strings.IndexByte(view, '"')
		if open < 0 {
			open = len(view)
		}
		b = appendBare(b, view[:open])
		if view = view[open:]; view == "" {
			break
		}
		text, rest, ends := strings.Cut(view[1:], `"`)
		b = appendString(append(b, '"'), text)
		if view = rest; ends {
			b = append(b, '"')
		}
	}
	return string(b)
}

// viewBreak stands behind a new line or tab that was written as an escape.
const viewBreak = '\uF8FC'

// unescaped returns prose, in which JSON may be quoted, with the escapes resolved that would hide the number behind them.
func unescaped(s string) string {
	s = strings.ReplaceAll(s, string(viewBreak), "\uFFFD")
	var b strings.Builder
	for {
		i := strings.IndexByte(s, '\\')
		if i < 0 || i+1 == len(s) {
			b.WriteString(s)
			return b.String()
		}
		b.WriteString(s[:i])
		s = s[i:]
		size := 0
		switch s[1] {
		case 'n', 'r', 't':
			size = escape(&b, s)
			b.WriteRune(viewBreak)
		case 'u':
			size = escape(&b, s)
		}
		if size == 0 {
			b.WriteByte('\\')
			size = 1
		}
		s = s[size:]
	}
}

// reescaped writes new lines and tabs as escapes again.
var reescaped = strings.NewReplacer("\n"+string(viewBreak), `\n`, "\r"+string(viewBreak), `\r`, "\t"+string(viewBreak), `\t`, string(viewBreak), "")

// appendString appends what stands between the quotes of a string.
func appendString(b []byte, s string) []byte {
	for {
		n := strings.IndexFunc(s, func(r rune) bool { return r == viewQuote || r == viewBackslash })
		if n < 0 {
			return jsontext.AppendEscaped(b, s)
		}
		b = jsontext.AppendEscaped(b, s[:n])
		r, size := utf8.DecodeRuneInString(s[n:])
		if r == viewQuote {
			b = append(b, `\"`...)
		} else {
			b = append(b, `\\`...)
		}
		s = s[n+size:]
	}
}

// appendBare appends what stands between strings, with quotes around what can only be text.
func appendBare(b []byte, s string) []byte {
	for s != "" {
		n := strings.IndexAny(s, "{}[],: \t\r\n")
		switch {
		case n == 0:
			b = append(b, s[0])
			s = s[1:]
			continue
		case n < 0:
			n = len(s)
		}
		if token := s[:n]; strings.IndexFunc(token, func(r rune) bool { return r >= utf8.RuneSelf || r == '*' }) >= 0 {
			b = jsontext.AppendString(b, token)
		} else {
			b = append(b, token...)
		}
		s = s[n:]
	}
	return b
}

// restoreJSON applies restore to the strings of JSON that a model wrote, and to what stands bare between them, as it
// does where the model puts a placeholder in the place of a number.
func restoreJSON(s string, restore func(string) string) string {
	b := make([]byte, 0, len(s)+16)
	for s != "" {
		open := strings.IndexByte(s, '"')
		if open < 0 {
			open = len(s)
		}
		b = restoreBare(b, s[:open], restore)
		if s = s[open:]; s == "" {
			break
		}
		end := stringEnd(s)
		var text string
		if json.Unmarshal([]byte(s[:end]), &text) != nil { // malformed: whoever repairs it shall find what it was
			b = append(b, restore(s[:end])...)
		} else if restored := restore(text); restored != text {
			b = jsontext.AppendString(b, restored)
		} else {
			b = append(b, s[:end]...)
		}
		s = s[end:]
	}
	return string(b)
}

func restoreBare(b []byte, s string, restore func(string) string) []byte {
	for i := strings.IndexAny(s, "〔【"); i >= 0; i = strings.IndexAny(s, "〔【") {
		n := strings.IndexAny(s[i:], "〕】")
		if n < 0 {
			break
		}
		end := i + n + len("〕")
		b = append(b, s[:i]...)
		switch form := s[i:end]; {
		case restore(form) == form:
			b = append(b, form...)
		case json.Valid([]byte(restore(form))):
			b = append(b, restore(form)...)
		default:
			b = jsontext.AppendString(b, restore(form))
		}
		s = s[end:]
	}
	return append(b, s...)
}

// stringEnd returns the offset behind the string that begins s, or the length of s if it does not end.
func stringEnd(s string) int {
	for i := 1; i < len(s); i++ {
		switch s[i] {
		case '\\':
			i++
		case '"':
			return i + 1
		}
	}
	return len(s)
}
