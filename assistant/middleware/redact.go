package middleware

import "strings"

const mask = "[secret]"

// longWord is the length from which a word of letters and digits may be a key.
const longWord = 20

// withoutKeys masks what may be a key in a text: the query and the user of an address, and every long word
// that mixes letters and digits.
func withoutKeys(text string) string {
	var b strings.Builder
	for text != "" {
		n := strings.IndexAny(text, " \t\r\n\"'<>,;()[]{}")
		if n == 0 {
			b.WriteByte(text[0])
			text = text[1:]
			continue
		}
		if n < 0 {
			n = len(text)
		}
		b.WriteString(maskWord(text[:n]))
		text = text[n:]
	}
	return b.String()
}

func maskWord(word string) string {
	scheme, rest, ok := strings.Cut(word, "://")
	if !ok {
		return maskRuns(word)
	}
	rest, _, query := strings.Cut(rest, "?")
	host, path, slash := strings.Cut(rest, "/")
	out := maskRuns(scheme) + "://"
	if i := strings.LastIndexByte(host, '@'); i >= 0 {
		out, host = out+mask+"@", host[i+1:]
	}
	out += maskRuns(host)
	if slash {
		out += "/" + maskRuns(path)
	}
	if query {
		out += "?" + mask
	}
	return out
}

// maskRuns masks the long runs of letters, digits, hyphens and underscores that have both letters and
// digits in them.
func maskRuns(word string) string {
	var b strings.Builder
	start, letters, digits := 0, false, false
	flush := func(end int) {
		if run := word[start:end]; len(run) >= longWord && letters && digits {
			b.WriteString(mask)
		} else {
			b.WriteString(run)
		}
		letters, digits = false, false
	}
	for i := range len(word) {
		switch c := word[i]; {
		case c >= '0' && c <= '9':
			digits = true
		case c|0x20 >= 'a' && c|0x20 <= 'z':
			letters = true
		case c == '-' || c == '_':
		default:
			flush(i)
			b.WriteByte(c)
			start = i + 1
		}
	}
	flush(len(word))
	return b.String()
}
