package quantity

import (
	"iter"
	"strings"
	"unicode/utf8"

	"github.com/zhushou-ai/zhushou/locale/number"
)

// Quantity is an amount of a unit.
type Quantity struct {
	Number number.Number // the amount that is named; the least one if the bound is Between
	High   number.Number // the most that may be meant if the bound is Between, otherwise Number
	Unit   Unit
	Bound  Bound
}

// String writes the amount in Arabic digits and the Chinese name of the unit: 3.2斤, 5~6公里, 12美元. The bound
// is not shown.
func (q Quantity) String() string {
	amount, unit := q.Number.String(), q.Unit.String()
	if q.Bound == Between {
		amount += "~" + q.High.String()
	}
	if q.Unit.Code() == "CNY" {
		unit = "元"
	}
	return amount + unit
}

// Match is a quantity found in a text.
type Match struct {
	Start, End int    // byte offsets, half open
	Text       string // the bytes from Start to End
	Quantity   Quantity
	Bare       bool // a unit without a number, which only Options.Bare asks for
}

// Find yields the quantities in running text from left to right, without overlap. Like [number.Find], on
// which it builds, it is careful: 三里屯 is a place and 一百八十度转弯 no temperature.
func Find(s string) iter.Seq[Match] { return Options{}.Find(s) }

// Find is [Find] under these options.
func (o Options) Find(s string) iter.Seq[Match] {
	return func(yield func(Match) bool) {
		text, back := view.String(strings.ReplaceAll(s, "，", "、")) // a pause between numbers, no separator in one
		for m := range o.find(text) {
			m.Start, m.End = back.Original(m.Start), back.Original(m.End)
			m.Text = s[m.Start:m.End]
			if !yield(m) {
				return
			}
		}
	}
}

// A finder finds quantities in a folded text.
type finder struct {
	Options
	s     string
	names *lexicon
	from  int // where the last match ended
	seen  int // up to where coded has looked
}

// numerals are the numbers that may stand before a unit.
var numerals = number.Options{Single: true, Ranges: true}

// find is Find for a folded text.
func (o Options) find(s string) iter.Seq[Match] {
	return func(yield func(Match) bool) {
		f := &finder{Options: o, s: s, names: names()}
		var held Match // complete, unless something that continues it follows
		send := func(until int) bool {
			if held.End > 0 && !yield(held) {
				return false
			}
			end := held.End
			held = Match{}
			return o.Bare == 0 || f.bare(end, until, yield)
		}
		next := func(m number.Match) bool {
			for more := true; more && m.Start >= f.from; m, more = f.clipped(held) {
				q, ok := f.amount(m)
				if !ok {
					return true
				}
				if sum, ok := f.joined(held, q); ok {
					held, f.from = sum, sum.End
					continue
				}
				f.from = q.End
				if !send(q.Start) {
					return false
				}
				held = q
			}
			return true
		}
		for m := range numerals.Find(s) {
			if coded, ok := f.coded(m.Start); ok && !next(coded) || !next(m) {
				return
			}
		}
		if coded, ok := f.coded(len(s)); ok && !next(coded) {
			return
		}
		send(len(s))
	}
}

// coded looks before until for a number behind the code of a currency, USD20, which no search for numbers finds.
func (f *finder) coded(until int) (number.Match, bool) {
	const letters = 3
	for i := max(f.from, f.seen) + letters; i < until; i++ {
		f.seen = i - letters
		if c := f.s[i]; c < '0' || c > '9' || !isLetter(f.s[i-1]) || !isLetter(f.s[i-2]) {
			continue
		}
		if u, start := f.currencyBefore(i); u == 0 || start > 0 && isLetter(f.s[start]) && isLetter(f.s[start-1]) {
			continue
		}
		if m, ok := numerals.At(f.s, i); ok {
			f.seen = m.End
			return m, true
		}
	}
	return number.Match{}, false
}

// bare yields the units of the wanted dimension between from and until.
func (f *finder) bare(from, until int, yield func(Match) bool) bool {
	for i := from; i < until; {
		a, end := f.unitAt(i, false)
		if a.unit.Dimension() != f.Bare || end > until || utf8.RuneCountInString(a.text) < 2 {
			_, w := utf8.DecodeRuneInString(f.s[i:])
			i += max(w, 1)
			continue
		}
		if !yield(Match{Start: i, End: end, Quantity: Quantity{Unit: a.unit}, Bare: true}) {
			return false
		}
		i = end
	}
	return true
}

// joined adds b to a if it continues it in a smaller unit (三斤二两, 1小时30分钟) or is the end of a range that
// a begins (2m-5m).
func (f *finder) joined(a, b Match) (Match, bool) {
	d := a.Quantity.Unit.Dimension()
	if a.End == 0 || a.Bare {
		return a, false
	}
	if f.s[b.Start] == '-' && connector(f.s, a.End) == b.Start+1 && a.Quantity.Number.Sign() >= 0 { // 五元-六元
		b.Start++
		b.Quantity.Number, b.Quantity.High = b.Quantity.Number.Neg(), b.Quantity.High.Neg()
	}
	if k := connector(f.s, a.End); k > a.End && k == b.Start && a.Quantity.Bound != Between && b.Quantity.Bound != Between {
		low, err := Convert(a.Quantity.Number, a.Quantity.Unit, b.Quantity.Unit)
		if err == nil && low.Cmp(b.Quantity.Number) <= 0 {
			low.Approx = true
			if strings.HasSuffix(f.s[:a.Start], "从") {
				a.Start -= len("从")
			}
			b.Start, b.Quantity.High, b.Quantity.Number, b.Quantity.Bound = a.Start, b.Quantity.Number, low, Between
			b.Quantity.High.Approx = true
			b.End = skip(f.s, b.End, "之间", "间")
			return b, true
		}
	}
	if a.End != b.Start || d == Temperature || d == Speed || d == Money || d == Count || b.Quantity.Number.Sign() < 0 || a.Quantity.Bound == Between {
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
	a.Quantity.Number = a.Quantity.Number.Add(more)
	a.Quantity.High = a.Quantity.Number
	a.Quantity.Bound = weigh(a.Quantity.Bound, b.Quantity.Bound)
	a.End = b.End
	return a, true
}

// connector returns the offset behind the word that joins the ends of a range at i, or i.
func connector(s string, i int) int {
	k := blanks(s, i)
	if j := skip(s, k, "到", "至", "——", "--", "-", "–", "—", "~~", "~", "〜", "∼"); j > k {
		return blanks(s, j)
	}
	return i
}

func blanks(s string, i int) int {
	for i < len(s) && (s[i] == ' ' || s[i] == '\t') {
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

// startsIn reports whether a character of set stands at i; endsIn, whether s ends in one.
func startsIn(s string, i int, set string) bool {
	r, w := utf8.DecodeRuneInString(s[i:])
	return w > 0 && strings.ContainsRune(set, r)
}

func endsIn(s, set string) bool {
	r, w := utf8.DecodeLastRuneInString(s)
	return w > 0 && strings.ContainsRune(set, r)
}
