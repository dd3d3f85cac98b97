package quantity

import (
	"strings"
	"unicode/utf8"

	"github.com/zhushou-ai/zhushou/locale/number"
)

// amount reads the unit behind the number m, and what words before and behind it add.
func (f *finder) amount(m number.Match) (Match, bool) {
	lead, about := aboutWord(m.Text)
	numeral := m.Start + about
	p := f.preface(numeral)
	plain := p.start == numeral // nothing stands between 约 and the number
	if plain {
		p.start = m.Start
	}
	q, end, ok := f.scaled(m, p)
	if !ok {
		q, end, ok = f.cantonese(m)
	}
	if !ok {
		q, end, ok = f.money(m, p)
	}
	if !ok {
		q, end, ok = f.physical(m, &p)
	}
	if !ok {
		return Match{}, false
	}
	before, begin := boundBefore(f.s, f.from, p.start)
	if plain {
		before = weigh(before, lead)
	}
	after, tail := f.boundBehind(m, &q, end)
	if q.High.Cmp(q.Number) != 0 {
		if from := f.cutSuffix(begin, "介于"); from < begin {
			begin = from
		} else {
			begin = f.cutSuffix(begin, "从")
		}
		tail = skip(f.s, tail, "之间")
	}
	q.bind(weigh(before, after))
	if onlyUnit(m.Text) && (q.Bound == Exact || q.Unit.Dimension() != Money) { // 千元左右, but not 千元 and 千米
		return Match{}, false
	}
	if f.Literal {
		begin, tail = p.start, end
		if plain || begin == m.Start {
			begin = numeral
		}
	}
	return Match{Start: begin, End: tail, Quantity: q}, true
}

// boundBehind returns the bound that the words behind an amount mean, and their end. 多 makes the amount
// approximate.
func (f *finder) boundBehind(m number.Match, q *Quantity, end int) (Bound, int) {
	after, tail := boundAfter(f.s, end)
	if k := skip(f.s, end, "多", "余"); k > end && !startsIn(f.s, k, "少") {
		q.Number.Approx, q.High.Approx = true, true
		if after, tail = boundAfter(f.s, k); after == Exact {
			tail = k
		}
	}
	switch {
	case strings.HasSuffix(m.Text, "左右"), strings.HasSuffix(m.Text, "上下"):
		after = About
	case after == Exact && q.Number.Approx && q.High.Cmp(q.Number) == 0:
		after = About
	}
	return after, tail
}

// bind sets the bound, which is Between for a range that no word bounds on one side.
func (q *Quantity) bind(b Bound) {
	if q.Bound = b; q.High.Cmp(q.Number) > 0 && (b == Exact || b == About) {
		q.Bound = Between
		return
	}
	q.Number.Approx = q.Number.Approx || b != Exact
	q.High = q.Number
}

// onlyUnit reports whether a number is nothing but 百, 千, 万 or 亿.
func onlyUnit(s string) bool {
	return s == "百" || s == "千" || s == "万" || s == "亿"
}

// aboutWord returns the bound that the words of approximation at the start of a number mean, and their length.
func aboutWord(s string) (Bound, int) {
	for _, w := range boundsBefore {
		if (w.bound == About || w.bound == Nearly) && strings.HasPrefix(s, w.text) {
			return w.bound, len(w.text)
		}
	}
	return Exact, 0
}

// scaled reads degrees behind 摄氏 and 华氏: 华氏80度.
func (f *finder) scaled(m number.Match, p preface) (Quantity, int, bool) {
	if p.scale == 0 {
		return Quantity{}, 0, false
	}
	j := blanks(f.s, m.End)
	end := skip(f.s, j, "度", "°")
	if end == j {
		a, k := f.unitAt(m.End, true)
		if a.unit != p.scale && a.unit != Celsius {
			return Quantity{}, 0, false
		}
		end = k
	}
	q := Quantity{Number: m.Number, High: m.High, Unit: p.scale}
	if q.High.Cmp(q.Number) == 0 {
		q.Number, end = f.fraction(end, q.Number, q.Unit)
		q.High = q.Number
	}
	if p.minus {
		q.Number, q.High = q.High.Neg(), q.Number.Neg()
	}
	return q, end, true
}

// physical reads a unit of fixed size or a measure word.
func (f *finder) physical(m number.Match, p *preface) (Quantity, int, bool) {
	q, end := f.unitBehind(m)
	u := q.Unit
	if u == 0 || p.scale != 0 {
		return Quantity{}, 0, false
	}
	switch {
	case u == Celsius && follows(f.s[:m.Start], sighted), u == Minute && f.pastHour(m):
		return Quantity{}, 0, false
	case u == Celsius && follows(f.s[:m.Start], metered):
		q.Unit = KilowattHour
	case u == Celsius && follows(f.s[:m.Start], turned):
		q.Unit = Degree
	case p.per == Hour && u == Kilometre:
		q.Unit = KilometrePerHour
	case p.per == Hour && u == Mile:
		q.Unit = MilePerHour
	case p.per == Hour && u == NauticalMile:
		q.Unit = Knot
	case p.per == Second && u == Metre:
		q.Unit = MetrePerSecond
	case p.per == Second && u == Kilometre:
		q.Unit = KilometrePerSecond
	case p.per == Minute && u == Metre:
		q.Unit = MetrePerMinute
	case p.per != 0 || p.money != 0:
		p.start = m.Start
	}
	if p.minus && u.Dimension() != Temperature {
		return Quantity{}, 0, false
	}
	if u.Dimension() == Count && (!countable(m) || strings.HasPrefix(f.s[end:], "半月")) {
		return Quantity{}, 0, false
	}
	if q.High.Cmp(q.Number) == 0 {
		q.Number, end = f.fraction(end, q.Number, q.Unit)
		q.High = q.Number
	}
	if p.minus {
		q.Number, q.High = q.High.Neg(), q.Number.Neg()
	}
	return q, end, true
}

// pastHour reports whether the number m of minutes belongs to a time of day: 两点|五十分钟.
func (f *finder) pastHour(m number.Match) bool {
	hour, ok := strings.CutSuffix(f.s[:m.Start], "点")
	r, w := utf8.DecodeLastRuneInString(hour)
	d, _ := digitAt(hour, len(hour)-w)
	return ok && (d > 0 || w > 0 && strings.ContainsRune("0零两十", r))
}

// Words before an amount in 度 that show what it is: degrees of an angle (转了180度, 北纬30度), of spectacles, or
// kilowatt hours.
const (
	turned  = "转 转了 转过 旋转 倾斜 倾角 夹角 仰角 俯角 东经 西经 北纬 南纬 经度 纬度 视角 角度"
	sighted = "近视 远视 散光 老花 左眼 右眼"
	metered = "用电 用电量 耗电 耗电量 省电 发电 用了电"
)

// follows reports whether s ends in one of the words, blanks aside.
func follows(s, words string) bool {
	s = strings.TrimRight(s, " ")
	for w := range strings.FieldsSeq(words) {
		if strings.HasSuffix(s, w) {
			return true
		}
	}
	return false
}

// countable reports whether things can be counted with the number m: not with 3.5, 百分之三 or nothing.
func countable(m number.Match) bool {
	if m.Number.IsInt() {
		return m.Number.Sign() >= 0
	}
	return m.Number.Sign() > 0 && (m.Kind == number.Fraction || strings.HasSuffix(m.Text, "半"))
}

// unitBehind finds the unit of m and its end. The last character of a number may belong to the unit instead:
// 五千克, 十兆, 一两.
func (f *finder) unitBehind(m number.Match) (Quantity, int) {
	s := f.s
	j := blanks(s, m.End)
	if k := skip(s, j, "个"); k > j { // 三个小时, 一个半小时, 三个多小时
		half := skip(s, k, "半", "多")
		if t, e := f.unitAt(half, true); t.unit.Dimension() == Time {
			n, high := m.Number, m.High
			switch {
			case half > k && s[k:half] == "半":
				n, high = n.Add(oneHalf()), high.Add(oneHalf())
			case half > k:
				n.Approx, high.Approx = true, true
			}
			return Quantity{Number: n, High: high, Unit: t.unit}, e
		}
	}
	a, end := f.unitAt(m.End, true)
	r, w := utf8.DecodeLastRuneInString(m.Text)
	if r == '百' || r == '千' || r == '仟' || r == '兆' || r == '两' {
		if t, e := f.unitAt(m.End-w, true); t.unit != 0 && e >= end && t.unit.Dimension() != Count {
			low, high, err := number.Options{}.ParseRange(m.Text[:len(m.Text)-w])
			if err == nil {
				return Quantity{Number: low, High: high, Unit: t.unit}, e
			}
		}
	}
	return Quantity{Number: m.Number, High: m.High, Unit: a.unit}, end
}

// cantonese reads a fraction such as 三分一, but only before a unit: 三分一磅.
func (f *finder) cantonese(m number.Match) (Quantity, int, bool) {
	k := skip(f.s, m.End, "分", "份")
	d, w := digitAt(f.s, k)
	whole, ok := m.Number.Int64()
	if k == m.End || !ok || whole < 2 || whole > 10 || d < 1 || int64(d) >= whole {
		return Quantity{}, 0, false
	}
	a, end := f.unitAt(k+w, true)
	if dim := a.unit.Dimension(); dim == 0 || dim == Time || dim == Money {
		return Quantity{}, 0, false
	}
	n := number.FromInt(int64(d)).Div(whole)
	return Quantity{Number: n, High: n, Unit: a.unit}, end, true
}

// fraction reads what follows the unit u of a whole number n: 三斤半, 一米八, 1米75, 三十六度五.
func (f *finder) fraction(i int, n number.Number, u Unit) (number.Number, int) {
	s := f.s
	if !n.IsInt() || n.Sign() < 0 {
		return n, i
	}
	degrees := u.Dimension() == Temperature && strings.HasSuffix(s[:i], "度") && !strings.HasSuffix(s[:i], "氏度")
	if k := skip(s, i, "半"); k > i && (degrees || u.Dimension() != Temperature) {
		if t, _ := f.unitAt(k, true); t.unit == 0 && skip(s, k, "个", "年", "夜", "路", "月", "天") == k {
			return n.Add(oneHalf()), k
		}
	}
	if u != Metre && u != Chi && u != Zhang && u != Jin && !degrees {
		return n, i
	}
	digits, last, k := int64(0), 0, i
	scale := int64(1)
	for range 2 {
		d, w := digitAt(s, k)
		if w == 0 || k > i && f.each(k, last) { // 一米八|一百斤
			break
		}
		digits, scale, last, k = digits*10+int64(d), scale*10, d, k+w
	}
	if k == i || f.numberGoesOn(k) && !f.each(k, last) {
		return n, i
	}
	return n.Add(number.FromInt(digits).Div(scale)), k
}

// numberGoesOn reports whether the digits before i belong to a number or amount of their own.
func (f *finder) numberGoesOn(i int) bool {
	if a, _ := f.unitAt(i, true); a.text != "" {
		return true
	}
	_, w := digitAt(f.s, i)
	return w > 0 || startsIn(f.s, i, "十百千万亿.%点成折月年日号次")
}

// digitAt returns the digit at i and its length, 0 if there is none.
func digitAt(s string, i int) (value, width int) {
	r, w := utf8.DecodeRuneInString(s[i:])
	if '0' <= r && r <= '9' {
		return int(r - '0'), w
	}
	for d, c := range [...]rune{'零', '一', '二', '三', '四', '五', '六', '七', '八', '九'} {
		if r == c || d == 0 && r == '〇' {
			return d, w
		}
	}
	return 0, 0
}

func oneHalf() number.Number { return number.FromInt(1).Div(2) }

// unitAt returns the longest unit at i, behind blanks if there is a number before it, and its end.
func (f *finder) unitAt(i int, counted bool) (alias, int) {
	j := i
	if counted {
		j = blanks(f.s, i)
	}
	r, w := utf8.DecodeRuneInString(f.s[j:])
	if w == 0 {
		return alias{}, i
	}
	lists := [2][]alias{f.names.starting[r]}
	if 'A' <= r && r <= 'Z' {
		lists[1] = f.names.starting[r+'a'-'A']
	}
	best, end := alias{}, i
	for _, list := range lists {
		for _, a := range list {
			k := j + len(a.text)
			if k <= end || k > len(f.s) || !a.matches(f.s[j:k]) {
				continue
			}
			if e, ok := a.bounded(f.s, k, j > i); ok {
				best, end = a, e
				break
			}
		}
	}
	return best, end
}

// matches compares a symbol without regard to case, unless it has only one letter or is one of money.
func (a alias) matches(s string) bool {
	return s == a.text || a.latin && strings.EqualFold(s, a.text)
}

// bounded reports whether the unit a, which stands before k, ends where its word ends, and where: an s more
// makes an English plural.
func (a alias) bounded(s string, k int, apart bool) (int, bool) {
	last := a.text[len(a.text)-1]
	if last < utf8.RuneSelf && last != '/' {
		if len(a.text) > 3 && k < len(s) && s[k]|0x20 == 's' {
			k++
		}
		alnum := k < len(s) && (s[k] >= '0' && s[k] <= '9' && isLetter(last) || isLetter(s[k]) && isLetter(last))
		return k, !alnum && !(apart && a.text == "in")
	}
	if utf8.RuneCountInString(a.text) > 1 && a.unit < firstCounter && a.part == 0 && a.unit != Bit { // 比特, but not 比特币
		return k, true
	}
	r, _ := utf8.DecodeLastRuneInString(a.text)
	return k, !isHan(r) || !startsIn(s, k, a.limit)
}

func isLetter(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' }
