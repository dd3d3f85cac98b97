package number

import (
	"iter"
	"strings"
	"unicode/utf8"
)

// Match is a number found in a text.
type Match struct {
	Start, End int    // byte offsets, half open
	Text       string // the bytes from Start to End
	Kind       Kind
	Number     Number

	// High is the most that may be meant where Number is the least: 20 of 十几, 800 of 七八百, 5 of 三到五.
	// If the text means one number, or tells nothing of how much more it may be, High equals Number.
	High Number
}

// Find yields the numbers in running text from left to right, without overlap, each as long as possible.
// It is careful where [Parse] is generous: a single digit or 半 counts only before a measure word or
// standing alone, words and names that merely hold a numeral (一起, 万一, 十分, 四川), ordinals (第三),
// versions (1.2.3) and digits inside Latin words (mp3) are passed over, and 三点二十 is a time, not a decimal.
func Find(s string) iter.Seq[Match] { return Options{}.Find(s) }

// Find is [Find] under these options.
func (o Options) Find(s string) iter.Seq[Match] {
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
			m, next := o.findAt(s, i)
			if o.Ranges {
				m = o.joined(s, i, m)
				next = max(next, m.End)
			}
			if m.End > 0 && !yield(m) {
				return
			}
			i = next
		}
	}
}

// mayStart reports whether a number can begin with the byte c.
func mayStart(c byte) bool {
	return c >= 0xE2 || '0' <= c && c <= '9' || c == '-' || c == '+' || c == '.' || c == '@'
}

// At reads the longest number that starts at byte i of s, whatever stands around it. It reports false if none
// does.
func (o Options) At(s string, i int) (Match, bool) {
	if i < 0 || i >= len(s) {
		return Match{}, false
	}
	p := o.scanner(s, true)
	v, end, ok := p.number(i)
	if !ok || p.kind&p.kinds == 0 {
		return Match{}, false
	}
	if p.kind == Fraction && p.bareParts(p.unsigned(i)) {
		p.kind = Percent
	}
	low, high := p.ends(v)
	return Match{Start: i, End: end, Text: s[i:end], Kind: p.kind, Number: low, High: high}, true
}

// findAt looks for a number at i, which is a character boundary or inside a character of other scripts.
// It returns the match, whose End is 0 if there is none, and where to look next.
func (o Options) findAt(s string, i int) (Match, int) {
	t := next(s, i)
	before, _ := utf8.DecodeLastRuneInString(s[:i])
	switch {
	case t.kind == other && !o.leads(s, i, t.r, before):
		if t.r == '@' {
			return Match{}, afterRun(s, i+1)
		}
		return Match{}, i + max(t.width, 1)
	case t.kind == arabic && inWord(before):
		return Match{}, afterRun(s, i)
	case t.r == '.' && (inWord(before) || before == '.' || before == '/'):
		return Match{}, afterRun(s, i+1)
	}
	p := o.scanner(s, true)
	j := i // of the numeral itself
	if t.kind == other && t.r != '半' && t.r != '第' && t.r != '倒' && t.r != '.' {
		j = p.unsigned(i)
	}
	v, end, ok := p.number(i)
	if !ok {
		if p.overlong || p.pair {
			return Match{}, max(afterDigits(s, j), i+t.width)
		}
		return Match{}, i + t.width
	}
	if p.kind == Fraction && p.bareParts(j) {
		p.kind = Percent
	}
	head := t
	if j > i {
		head = next(s, j)
		before, _ = utf8.DecodeLastRuneInString(s[:j])
	}
	if (before == '第' || before == ' ' && strings.HasSuffix(strings.TrimRight(s[:j], " "), "第")) && !o.Literal || p.kind&p.kinds == 0 {
		return Match{}, end
	}
	if w, ok := wordOver(s, j, head.r); ok && !w.number && (w.offset > 0 || end <= j+len(w.text)) {
		return Match{}, max(j-w.offset+len(w.text), i+t.width)
	}
	if (head.kind == arabic || head.r == '.') && dotted(s, end) {
		return Match{}, afterRun(s, j)
	}
	if j == i && !o.plausible(s, j, end, head, before) {
		return Match{}, end
	}
	if head.kind != arabic && !v.Approx && end == i+2*len("三") && countedRange(s, i, end) && !o.Literal {
		a, b := next(s, i).value, next(s, i+len("三")).value
		v, p.low, p.high = FromInt(a), a, b
		v.Approx = true
	}
	low, high := p.ends(v)
	return Match{Start: i, End: end, Text: s[i:end], Kind: p.kind, Number: low, High: high}, end
}

// leads reports whether the character r at i, no numeral itself, begins a number: a sign, 半, 第 or 大约.
func (o Options) leads(s string, i int, r, before rune) bool {
	switch r {
	case '-', '+', '−', '－', '＋':
		if k := len(strings.TrimRight(s[:i], " ")); k < i && k > 0 && '0' <= s[k-1] && s[k-1] <= '9' { // 1546 -1610
			return false
		}
		return !inWord(before) && !strings.ContainsRune("0123456789０１２３４５６７８９)）]％%", before) && classify(before).kind == other
	case '负', '負':
		return !strings.ContainsRune(beforeMinus, before)
	case '.':
		return next(s, i+1).kind == arabic && next(s, i+1).width == 1 && classify(before).kind == other && (before < '0' || before > '9')
	case '半':
		return true
	case '第', '倒':
		return o.Kinds&Ordinal != 0 && !ordinalWord(s[i:])
	case '对', '對':
		return o.kinds()&Discount != 0
	case '约', '約', '近':
		return !strings.ContainsRune(beforeAbout, before)
	case '大', '差', '将', '將', '接', '上', '好':
		p := scanner{s: s}
		return p.before(i) > i && !strings.ContainsRune("以网網早晚", before)
	}
	return false
}

func ordinalWord(s string) bool {
	for _, w := range notOrdinal {
		if strings.HasPrefix(s, w) {
			return true
		}
	}
	return false
}

// plausible reports whether what was read from i to end, beginning with t, is meant as a number.
func (o Options) plausible(s string, i, end int, t token, before rune) bool {
	after, w := utf8.DecodeRuneInString(s[end:])
	one := end == i+t.width
	switch {
	case t.kind == other && t.r != '半' || t.kind == arabic: // 对折, a sign, 约, or digits
		return true
	case !one:
		return true
	case t.r == '俩' || t.r == '倆' || t.r == '仨':
		return false
	case t.r == '一' && strings.ContainsRune("下上另每某哪", before) && strings.ContainsRune("个個位种種次条條项項步页頁章节節代届屆", after) && !o.Literal: // 下一个
		return false
	case o.Single:
		return true
	case t.r == '半':
		return strings.ContainsRune(counted, after) && w > 0 && !strings.ContainsRune(beforeHalf, before)
	case t.kind == pair && after == '半':
		return true
	case t.kind == some || t.kind == tens && !strings.ContainsRune(counted, after) || t.kind == large:
		return false
	case t.kind == unit && t.value > 10: // 百万, 千亿; a bare 百 is a word
		return false
	}
	return alone(s, i, end, t, before, after, w > 0) ||
		w > 0 && strings.ContainsRune(counted, after) && !strings.ContainsRune(seals, t.r)
}

// alone reports whether the one numeral t from i to end stands for itself: between marks, in a sum, or as
// what something is said to be.
func alone(s string, i, end int, t token, before, after rune, more bool) bool {
	open, closed := !isHan(before), !more || !isHan(after)
	said := strings.ContainsRune("是为為", before)
	switch {
	case open && closed:
		return true
	case said:
		return closed && t.value != 1 || strings.ContainsRune("这這那而和与與跟", after)
	case open && after == '的':
		return true
	case open || strings.ContainsRune("加减減乘除", before):
		if closed && !open {
			return true
		}
		if strings.ContainsRune("加减減乘除", after) { // 三加五, but not 一加手机
			k := skip(s, end, "加上", "减去", "減去", "乘以", "除以", "加", "减", "減", "乘", "除")
			return next(s, k).kind != other
		}
		return !open && after == '等'
	case before == '于' || before == '於':
		return closed && i >= 2*len("于") && strings.ContainsRune("等大小高低多少", lastBefore(s, i-len("于")))
	}
	return false
}

func lastBefore(s string, i int) rune {
	r, _ := utf8.DecodeLastRuneInString(s[:i])
	return r
}

func isHan(r rune) bool {
	return '\u4e00' <= r && r <= '\u9fff' || '\u3400' <= r && r <= '\u4dbf' || r >= 0x20000 && r < utf8.MaxRune
}

// countedRange reports whether the digits from i to end are a range before a measure word, 三四个, or 三五 before any
// word: 三五好友.
func countedRange(s string, i, end int) bool {
	a := next(s, i)
	b := next(s, i+a.width)
	after, w := utf8.DecodeRuneInString(s[end:])
	if w == 0 || strings.ContainsRune("年号號折路", after) {
		return false
	}
	return a.kind == digit && b.kind == digit && neighbours(a.value, b.value) &&
		(strings.ContainsRune(counted, after) || a.value == 3 && b.value == 5 && isHan(after))
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
