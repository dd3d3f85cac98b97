package quantity

import (
	"iter"
	"strings"
	"unicode/utf8"

	"github.com/zhushou-ai/zhushou/locale/number"
)

// Quantity is an amount of a unit.
type Quantity struct {
	Number number.Number
	Unit   Unit
}

// String writes the amount in Arabic digits and the Chinese name of the unit: 3.2斤.
func (q Quantity) String() string { return q.Number.String() + q.Unit.String() }

// Match is a quantity found in a text.
type Match struct {
	Start, End int    // byte offsets, half open
	Text       string // the bytes from Start to End
	Quantity   Quantity
}

// Find yields the quantities in running text from left to right, without overlap. Like [number.Find], on
// which it builds, it is careful: 三里屯 is a place and 一百八十度转弯 no temperature.
func Find(s string) iter.Seq[Match] {
	return func(yield func(Match) bool) {
		var held Match // complete, unless a smaller unit follows
		for m := range number.Find(s) {
			if m.Start < held.End {
				continue
			}
			q, ok := quantityAt(s, m)
			if !ok {
				continue
			}
			if sum, ok := joined(held, q); ok {
				sum.Text = s[sum.Start:sum.End]
				held = sum
				continue
			}
			if held.End > 0 && !yield(held) {
				return
			}
			held = q
		}
		if held.End > 0 {
			yield(held)
		}
	}
}

// joined adds b to a if it continues it in a smaller unit: 三斤二两, 1小时30分钟.
func joined(a, b Match) (Match, bool) {
	d := a.Quantity.Unit.Dimension()
	if a.End == 0 || a.End != b.Start || d == Temperature || d == Speed || b.Quantity.Number.Sign() < 0 {
		return a, false
	}
	one, err := Convert(number.FromInt(1), a.Quantity.Unit, b.Quantity.Unit)
	if err != nil || one.Cmp(b.Quantity.Number) <= 0 {
		return a, false
	}
	more, err := Convert(b.Quantity.Number, b.Quantity.Unit, a.Quantity.Unit)
	if err != nil {
		return a, false
	}
	a.Quantity.Number = plus(a.Quantity.Number, more)
	a.End = b.End
	return a, true
}

func plus(a, b number.Number) number.Number {
	r := a.Rat()
	out := number.FromRat(r.Add(r, b.Rat()))
	out.Approx = a.Approx || b.Approx
	return out
}

// quantityAt reads the unit behind the number m, and what words before and behind it add.
func quantityAt(s string, m number.Match) (Match, bool) {
	n, u, end := m.Number, Unit(0), m.End
	before := wordsBefore(s, m.Start)
	if before.scale != 0 {
		k := skip(s, blanks(s, end), "度", "°")
		if u, end = before.scale, k; k == blanks(s, m.End) {
			u, end = unitAt(s, m.End)
		}
	} else if n, u, end = unitBehind(s, m); u == 0 {
		return Match{}, false
	}
	switch {
	case u == 0, before.scale != 0 && u != before.scale && u != Celsius:
		return Match{}, false
	case before.scale != 0:
		u = before.scale
	case before.per == Hour && u == Kilometre:
		u = KilometrePerHour
	case before.per == Hour && u == Mile:
		u = MilePerHour
	case before.per == Second && u == Metre:
		u = MetrePerSecond
	case before.per != 0:
		before.start = m.Start
	}
	if before.minus {
		if u.Dimension() != Temperature {
			return Match{}, false
		}
		approx := n.Approx
		n = number.FromRat(n.Rat().Neg(n.Rat()))
		n.Approx = approx
	}
	if n.IsInt() && n.Sign() >= 0 {
		n, end = fraction(s, end, n, u)
	}
	if k := skip(s, end, "多", "左右", "上下"); k > end {
		n.Approx, end = true, k
	}
	return Match{Start: before.start, End: end, Text: s[before.start:end], Quantity: Quantity{n, u}}, true
}

// preface is what the words right before a number say about its unit.
type preface struct {
	start int
	minus bool // 零下
	scale Unit // 摄氏, 华氏
	per   Unit // 时速, 每小时: Hour; 秒速, 每秒: Second
}

func wordsBefore(s string, i int) preface {
	p := preface{start: i}
	if w := cutSuffix(s[:i], "零下"); w < i {
		p.minus, p.start = true, w
	}
	switch w := cutSuffix(s[:p.start], "摄氏", "攝氏", "华氏", "華氏", "每小时", "每小時", "时速", "時速", "每秒", "秒速"); {
	case w == p.start:
	case strings.HasPrefix(s[w:], "摄") || strings.HasPrefix(s[w:], "攝"):
		p.scale, p.start = Celsius, w
	case strings.HasPrefix(s[w:], "华") || strings.HasPrefix(s[w:], "華"):
		p.scale, p.start = Fahrenheit, w
	case strings.Contains(s[w:p.start], "秒"):
		p.per, p.start = Second, w
	default:
		p.per, p.start = Hour, w
	}
	return p
}

// unitBehind finds the unit of m. The last character of a number may belong to the unit instead: 五千克,
// 十兆, 一两.
func unitBehind(s string, m number.Match) (number.Number, Unit, int) {
	n := m.Number
	j := blanks(s, m.End)
	if k := skip(s, j, "个", "個"); k > j { // 三个小时, 一个半小时
		half := skip(s, k, "半")
		if t, e := unitAt(s, half); t.Dimension() == Time {
			if half > k {
				n = plus(n, oneHalf())
			}
			return n, t, e
		}
	}
	u, end := unitAt(s, m.End)
	r, w := utf8.DecodeLastRuneInString(m.Text)
	if r == '千' || r == '仟' || r == '兆' || r == '两' || r == '兩' {
		if t, e := unitAt(s, m.End-w); t != 0 && e >= end {
			if shorter, err := number.Parse(m.Text[:len(m.Text)-w]); err == nil {
				return shorter, t, e
			}
		}
	}
	return n, u, end
}

// fraction reads what follows a whole number with its unit: 三斤半, 一米八, 1米75.
func fraction(s string, i int, n number.Number, u Unit) (number.Number, int) {
	if k := skip(s, i, "半"); k > i && u.Dimension() != Temperature {
		if t, _ := unitAt(s, k); t == 0 && skip(s, k, "个", "個", "年", "夜", "路", "月") == k {
			return plus(n, oneHalf()), k
		}
	}
	if u != Metre && u != Chi && u != Zhang {
		return n, i
	}
	k := i
	for range 2 {
		r, w := utf8.DecodeRuneInString(s[k:])
		if !strings.ContainsRune("0123456789零一二三四五六七八九", r) || w == 0 {
			break
		}
		k += w
	}
	if k == i {
		return n, i
	}
	r, w := utf8.DecodeRuneInString(s[k:])
	if t, _ := unitAt(s, k); t != 0 || w > 0 && strings.ContainsRune("0123456789零一二三四五六七八九十百千万萬亿億个個只隻条條根张張块塊.%点點成", r) {
		return n, i
	}
	digits := s[i:k]
	f, err := number.Parse("零点" + digits)
	if s[i] < utf8.RuneSelf {
		f, err = number.Parse("0." + digits)
	}
	if err != nil {
		return n, i
	}
	return plus(n, f), k
}

func oneHalf() number.Number {
	r := number.FromInt(1).Rat()
	return number.FromRat(r.SetFrac64(1, 2))
}

// unitAt returns the longest unit at i, behind blanks if any, and its end; or 0 and i.
func unitAt(s string, i int) (Unit, int) {
	j := blanks(s, i)
	r, w := utf8.DecodeRuneInString(s[j:])
	if w == 0 {
		return 0, i
	}
	as := aliasesAt()
	lists := [2][]alias{as[r]}
	if 'A' <= r && r <= 'Z' {
		lists[1] = as[r+'a'-'A']
	}
	best, end := Unit(0), i
	for _, list := range lists {
		for _, a := range list {
			k := j + len(a.text)
			if k <= end || k > len(s) || !matches(s[j:k], a.text) || !bounded(s, j, k, a, j > i) {
				continue
			}
			best, end = a.unit, k
			break
		}
	}
	return best, end
}

// matches compares a symbol without regard to case, unless it has only one letter.
func matches(s, text string) bool {
	return s == text || len(text) > 1 && strings.EqualFold(s, text)
}

// bounded reports whether the unit a, from j to k, ends where its word ends.
func bounded(s string, j, k int, a alias, apart bool) bool {
	after, w := utf8.DecodeRuneInString(s[k:])
	last := a.text[len(a.text)-1]
	if last < utf8.RuneSelf && last != '/' {
		alnum := after < utf8.RuneSelf && w > 0 && (after >= '0' && after <= '9' || after|0x20 >= 'a' && after|0x20 <= 'z')
		return !alnum && !(apart && (a.text == "in" || len(a.text) == 1))
	}
	return w == 0 || !strings.ContainsRune(notAfter[a.unit], after) || utf8.RuneCountInString(a.text) > 1
}

func blanks(s string, i int) int {
	for i < len(s) && s[i] == ' ' {
		i++
	}
	return i
}

// skip returns the offset behind the first of the words at i, or i.
func skip(s string, i int, words ...string) int {
	for _, w := range words {
		if strings.HasPrefix(s[i:], w) {
			return i + len(w)
		}
	}
	return i
}

// cutSuffix returns the length of s without the first of the words that it ends with, blanks aside.
func cutSuffix(s string, words ...string) int {
	t := strings.TrimRight(s, " ")
	for _, w := range words {
		if strings.HasSuffix(t, w) {
			return len(t) - len(w)
		}
	}
	return len(s)
}
