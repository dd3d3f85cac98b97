package number

import (
	"iter"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Match is a number found in a text.
type Match struct {
	Start, End int    // byte offsets, half open
	Text       string // the bytes from Start to End
	Number     Number
}

// Find yields the numbers in running text from left to right, without overlap, each as long as possible.
// It is careful where [Parse] is generous: a single digit or 半 counts only before a measure word or
// standing alone, words and names that merely hold a numeral (一起, 万一, 十分, 四川), ordinals (第三),
// versions (1.2.3) and digits inside Latin words (mp3) are passed over, and 三点二十 is a time, not a decimal.
func Find(s string) iter.Seq[Match] {
	return func(yield func(Match) bool) {
		for i := 0; i < len(s); {
			if !mayStart(s[i]) {
				if strings.HasPrefix(s[i:], "://") {
					i = afterLink(s, i)
				} else {
					i++
				}
				continue
			}
			m, next := findAt(s, i)
			if m.End > 0 && !yield(m) {
				return
			}
			i = next
		}
	}
}

// mayStart reports whether a number can begin with the byte c.
func mayStart(c byte) bool {
	return c >= 0xE2 || '0' <= c && c <= '9' || c == '-' || c == '+'
}

// findAt looks for a number at i, which is a character boundary or inside a character of other scripts.
// It returns the match, whose End is 0 if there is none, and where to look next.
func findAt(s string, i int) (Match, int) {
	t := next(s, i)
	if t.kind == other && !leads(s, i, t.r) {
		return Match{}, i + max(t.width, 1)
	}
	before, _ := utf8.DecodeLastRuneInString(s[:i])
	if t.kind == arabic && inWord(before) {
		return Match{}, afterRun(s, i)
	}
	p := scanner{s: s, text: true}
	v, end, ok := p.number(i)
	if !ok {
		if p.overlong {
			return Match{}, afterDigits(s, i)
		}
		return Match{}, i + t.width
	}
	if before == '第' {
		return Match{}, end
	}
	if w, ok := wordOver(s, i, t.r); ok && !w.number && (w.offset > 0 || end <= i+len(w.text)) {
		return Match{}, i - w.offset + len(w.text)
	}
	if t.kind == arabic && dotted(s, end) {
		return Match{}, afterRun(s, i)
	}
	if !plausible(s, i, end, t, before) {
		return Match{}, end
	}
	if t.kind != arabic && !v.Approx && end == i+2*len("三") && countedRange(s, i, end) {
		v, _, _ = (&scanner{s: s}).signed(i)
		v = FromInt(t.value)
		v.Approx = true
	}
	return Match{Start: i, End: end, Text: s[i:end], Number: v}, end
}

// leads reports whether the character r at i, no numeral itself, begins a number: a sign, 半 or 大约.
func leads(s string, i int, r rune) bool {
	before, _ := utf8.DecodeLastRuneInString(s[:i])
	switch r {
	case '-', '+', '−', '－', '＋':
		return !inWord(before) && !unicode.IsDigit(before) && !strings.ContainsRune(")）]％%", before) && classify(before).kind == other
	case '负', '負':
		return !strings.ContainsRune(beforeMinus, before)
	case '约', '約':
		return !strings.ContainsRune(beforeAbout, before)
	case '半':
		return true
	case '大', '差', '将', '將':
		return skip(s, i, approxBefore...) > i
	}
	return false
}

// plausible reports whether what was read from i to end, beginning with t, is meant as a number.
func plausible(s string, i, end int, t token, before rune) bool {
	after, w := utf8.DecodeRuneInString(s[end:])
	one := end == i+t.width
	switch {
	case t.kind == other && t.r != '半', t.kind == arabic: // a sign, 约, or digits
		return true
	case t.r == '半':
		return !one || strings.ContainsRune(counted, after) && w > 0 && !strings.ContainsRune(beforeHalf, before)
	case t.kind == some || t.kind == tens || t.kind == large:
		return !one
	case t.seal && one:
		return false
	case t.kind == unit && t.value > 10: // 百万, 千亿; a bare 百 is a word
		return !one
	case !one:
		return true
	}
	alone := !unicode.Is(unicode.Han, after) && (!unicode.Is(unicode.Han, before) || before == '是' && t.value != 1)
	return alone || w > 0 && strings.ContainsRune(counted, after)
}

// countedRange reports whether the digits from i to end are a range before a measure word: 三四个.
func countedRange(s string, i, end int) bool {
	a := next(s, i)
	b := next(s, i+a.width)
	after, w := utf8.DecodeRuneInString(s[end:])
	return a.kind == digit && b.kind == digit && neighbours(a.value, b.value) && w > 0 &&
		strings.ContainsRune(counted, after) && after != '年' && after != '号' && after != '號' && after != '折'
}

// inWord reports whether r is a character that Latin words and codes are made of.
func inWord(r rune) bool {
	return 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' || r == '_' || r == '%'
}

// afterLink returns the end of the printable ASCII that i lies in.
func afterLink(s string, i int) int {
	for i < len(s) && ' ' < s[i] && s[i] < utf8.RuneSelf {
		i++
	}
	return i
}

// dotted reports whether a second decimal point follows, as in versions and addresses.
func dotted(s string, end int) bool {
	return end+1 < len(s) && s[end] == '.' && '0' <= s[end+1] && s[end+1] <= '9'
}

// afterRun returns the end of the Latin word, code or version that i lies in.
func afterRun(s string, i int) int {
	for i < len(s) {
		t := next(s, i)
		if t.kind != arabic && !inWord(t.r) && !dotted(s, i) {
			break
		}
		i += t.width
	}
	return i
}

// afterDigits returns the end of a run of numerals that is too long to be a number.
func afterDigits(s string, i int) int {
	for i < len(s) {
		t := next(s, i)
		if t.kind == other {
			break
		}
		i += t.width
	}
	return i
}
