package ask

import (
	"math/big"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/zhushou-ai/zhushou/locale/number"
	"github.com/zhushou-ai/zhushou/locale/quantity"
	"github.com/zhushou-ai/zhushou/recommend"
)

// maxAmount is the largest price that is read, in the smallest unit; what is more is no price.
const maxAmount = 1_000_000_000_000

// An amount is a quantity in the text.
type amount struct {
	start, end int // with the words that belong to it
	quantity.Quantity
}

// amounts returns the quantities in s from left to right, numbers without a unit that are prices among them.
func amounts(s string) []amount {
	marked, marks := markPrices(s)
	var found []amount
	for m := range quantity.Find(marked) {
		found = append(found, amount{unmark(m.Start, marks), unmark(m.End, marks), m.Quantity})
	}
	return withRound(s, found)
}

// withRound adds the prices that are named by their size alone: 百元耳机, 千元机.
func withRound(s string, found []amount) []amount {
	for word, least := range map[string]int64{"百元": 100, "千元": 1000, "万元": 10000} {
		for at := 0; ; {
			i := strings.Index(s[at:], word)
			if i < 0 {
				break
			}
			start := at + i
			at = start + len(word)
			last, _ := utf8.DecodeLastRuneInString(s[:start])
			if strings.ContainsRune("0123456789一二三四五六七八九十百千万亿两几半数上余多来.", last) && start > 0 ||
				slices.ContainsFunc(found, func(a amount) bool { return a.start < at && start < a.end }) {
				continue
			}
			n := number.FromInt(least)
			found = append(found, amount{start, at, quantity.Quantity{Number: n, High: n.Mul(2), Unit: quantity.Currency("CNY"), Bound: quantity.Between}})
		}
	}
	slices.SortFunc(found, func(a, b amount) int { return a.start - b.start })
	return found
}

const yuan = "元"

// markPrices puts 元 behind the numbers in s that are prices though they have no unit, so that they are
// read with all their bounds as if it had been said. It returns where in the result it did.
func markPrices(s string) (marked string, marks []int) {
	units := make([]int, 0, 8) // the edges of what has a unit
	for m := range quantity.Find(s) {
		if !strings.HasPrefix(s[m.End:], "顶") || !strings.HasSuffix(m.Text, "封") { // 五百封顶 are no letters
			units = append(units, m.Start, m.End)
		}
	}
	var b strings.Builder
	from := 0
	for m := range (number.Options{Ranges: true}).Find(s) {
		for len(units) > 0 && units[1] <= m.Start {
			units = units[2:]
		}
		if len(units) > 0 && units[0] < m.End || m.Kind != number.Cardinal || m.Start < from {
			continue
		}
		end, ranged := m.Start+len(trimAny(m.Text, "左右", "上下")), false
		if isShort(s[end:]) {
			end++
			m.Number, m.High, ranged = m.Number.Mul(1000), m.High.Mul(1000), inRange(s[:m.Start], s[end:])
		}
		if !ranged && !isPrice(s[:m.Start], s[end:], m) {
			continue
		}
		b.WriteString(s[from:end])
		marks = append(marks, b.Len())
		b.WriteString(yuan)
		from = end
	}
	if marks == nil {
		return s, nil
	}
	b.WriteString(s[from:])
	return b.String(), marks
}

// isShort reports whether s goes on with the letter that is short for a thousand or ten thousand: 3k, 1.5w.
func isShort(s string) bool {
	return s != "" && strings.IndexByte("kKwW", s[0]) >= 0 && !startsLatin(s[1:])
}

// inRange reports whether a number stands in a range of such: 3k到5k. Alone it may be anything: 4k电视.
func inRange(before, after string) bool {
	for _, to := range [...]string{"到", "至", "-", "~"} {
		if rest, ok := strings.CutPrefix(after, to); ok && isShort(strings.TrimLeft(rest, "0123456789.")) {
			return true
		}
		if rest, ok := strings.CutSuffix(before, to); ok && rest != "" && isShort(rest[len(rest)-1:]) {
			return true
		}
	}
	return false
}

// unmark turns an offset in marked text into one in the text itself.
func unmark(i int, marks []int) int {
	shift := 0
	for _, m := range marks {
		shift += min(max(i-m, 0), len(yuan))
	}
	return i - shift
}

// isPrice reports whether the words around a number without a unit say that it is a price.
func isPrice(before, after string, m number.Match) bool {
	low := m.Number.Float64()
	if low < 1 || endsAny(before, "满", "减", "返", "省", "第", "-", "—", ".") {
		return false
	}
	lead := trimAny(before, " ", "：", ":", "，", ",", "是", "在", "为", "大概", "大约", "约", "就", "只有")
	if endsAny(lead, "预算", "价格", "价位", "价钱", "售价", "单价", "总价", "控制") {
		return true
	}
	if low < 10 { // 5以内 may be anything
		return false
	}
	follow := strings.TrimLeft(after, " ")
	if startsAny(follow, "以内", "之内", "以下", "之下", "以上", "之上", "左右", "上下", "出头", "封顶", "起步", "预算", "的预算", "价位", "的价位", "不到") ||
		strings.HasPrefix(follow, "内") && !strings.HasPrefix(follow, "内存") || strings.Contains(m.Text, "左右") || strings.Contains(m.Text, "上下") {
		return true
	}
	if endsAny(lead, "不超过", "不超", "超过", "不到", "低于", "少于", "小于", "高于", "大于", "多于", "最多", "至多", "顶多", "最少", "至少", "起码",
		"最高", "最低", "上限", "下限") && !startsNoun(follow) {
		return true
	}
	if m.High.Cmp(m.Number) > 0 { // a range, 两三百, 三百多
		return !isYears(m) && !endsLatin(before) && (follow == "" || startsAny(follow, "的", "之间", "，", "。", ",", "！", "？", "吧", "吗", "价"))
	}
	return low >= 20 && int64(low)%10 == 0 && strings.HasPrefix(follow, "的") && // 找个两百的
		(strings.TrimSpace(before) == "" || endsAny(before, "个", "款", "件", "双", "条", "只", "台", "部", "买", "找", "要", "来", "选", "挑", "，", ",", " "))
}

// isYears reports whether a range is one of years: 2024-2026.
func isYears(m number.Match) bool {
	low, high := m.Number.Float64(), m.High.Float64()
	return low >= 1950 && high <= 2050 && high-low <= 10
}

// startsNoun reports whether a number that s follows counts something: 不超过20字.
func startsNoun(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.Is(unicode.Han, r) && !startsAny(s, "的", "就", "不", "以", "之", "左", "上", "吧", "吗", "要", "最", "至", "低", "高", "小", "大", "超", "少", "多", "送", "给", "适", "元")
}

// price reads an amount of money with the words around it, and reports whether it is a price at all.
// The amount grows over those of them that must not be read again.
func price(s string, a *amount) (low, high recommend.Money, ok bool) {
	before, after := s[:a.start], strings.TrimLeft(s[a.end:], " ")
	if isOtherMoney(before, after) {
		return low, high, false
	}
	bound := boundOf(s, *a, before, after)
	if a.refused(s) {
		if bound, ok = opposite(bound); !ok {
			return low, high, false
		}
	}
	if bound == quantity.Over && (strings.HasPrefix(after, "出头") || strings.HasSuffix(s[:a.end], "出头")) {
		low, high = limits(quantity.Between, a.Number, a.Number.Mul(6).Div(5), a.Unit)
	} else {
		low, high = limits(bound, a.Number, a.High, a.Unit)
	}
	return low, high, !low.IsZero() || !high.IsZero()
}

// isOtherMoney reports whether an amount of money is not what a thing costs: a discount, a voucher, a
// rate.
func isOtherMoney(before, after string) bool {
	return endsAny(before, "满", "减", "返", "省", "运费", "邮费", "优惠", "领", "便宜", "每斤", "每公斤", "每两") ||
		startsAny(strings.TrimPrefix(after, "的"), "代金", "优惠", "红包", "话费", "购物卡", "礼品卡", "充值", "券", "面值") ||
		startsAny(after, "/", "每", "一斤", "一公斤", "一克", "一两")
}

// boundOf returns the bound of an amount, also where only the language of shops has one: 预算300, 300封顶.
func boundOf(s string, a amount, before, after string) quantity.Bound {
	lead := trimAny(before, " ", "：", ":", "是", "在", "为", "就", "只有")
	switch {
	case a.Bound == quantity.About && startsAny(s[a.start:], "上百", "上千", "上万"):
		return quantity.AtLeast
	case a.Bound != quantity.Exact:
	case endsAny(lead, "预算", "最高", "上限", "控制", "不超", "顶多", "至多") || startsAny(after, "封顶", "预算", "的预算", "之内", "内"):
		return quantity.AtMost
	case endsAny(lead, "最低", "下限", "起码") || startsAny(after, "起", "打底"):
		return quantity.AtLeast
	case strings.HasPrefix(after, "出头"):
		return quantity.Over
	}
	return a.Bound
}

// refused reports whether the words around an amount refuse it: 不要超过三百, 超过三百的不要. They are then
// part of it.
func (a *amount) refused(s string) bool {
	before := strings.TrimRight(s[:a.start], " ")
	for _, no := range [...]string{"不要", "不想要", "别要", "不能", "不想", "不会", "不可以", "不可", "千万别", "别", "不考虑", "不买"} {
		if rest, ok := strings.CutSuffix(before, no); ok && !strings.HasSuffix(before, "要不要") {
			a.start = len(rest)
			return true
		}
	}
	after := strings.TrimPrefix(strings.TrimPrefix(strings.TrimLeft(s[a.end:], " "), "的"), "就")
	for _, no := range refusals {
		if rest, ok := strings.CutPrefix(after, no); ok && endsClause(rest) {
			a.end = len(s) - len(rest)
			return true
		}
	}
	return false
}

// refusals say behind something that it is not wanted: 超过三百的不要.
var refusals = [...]string{"不要", "不考虑", "不行", "免谈", "算了", "除外", "不看", "别推荐", "别来", "别", "不需要", "不用"}

// opposite returns the bound of what is left when one is refused, and false if that is no bound.
func opposite(b quantity.Bound) (quantity.Bound, bool) {
	switch b {
	case quantity.AtLeast:
		return quantity.Under, true
	case quantity.Over:
		return quantity.AtMost, true
	case quantity.AtMost:
		return quantity.Over, true
	case quantity.Under, quantity.Nearly:
		return quantity.AtLeast, true
	}
	return b, false
}

// limits returns the least and the most that a price may be; zero is no bound.
func limits(b quantity.Bound, n, most number.Number, unit quantity.Unit) (low, high recommend.Money) {
	at := func(n number.Number, percent, off int64) recommend.Money {
		return money(n.Mul(percent).Div(100), unit, off)
	}
	switch b {
	case quantity.Exact, quantity.About:
		return at(n, 80, 0), at(n, 120, 0)
	case quantity.Nearly:
		return at(n, 80, 0), at(n, 100, 0)
	case quantity.AtLeast:
		return at(n, 100, 0), high
	case quantity.Over:
		return at(n, 100, 1), high
	case quantity.AtMost:
		return low, at(n, 100, 0)
	case quantity.Under:
		return low, at(n, 100, -1)
	case quantity.Between:
		if most.Cmp(n) < 0 {
			n, most = most, n
		}
		return at(n, 100, 0), at(most, 100, 0)
	}
	return low, high
}

// money turns an amount of a currency into the smallest unit, rounded down, plus off; an amount that is
// not positive or beyond reason is none.
func money(n number.Number, unit quantity.Unit, off int64) recommend.Money {
	code := unit.Code()
	var minor int64 = 100
	switch code {
	case "CNY":
		code = ""
	case "JPY", "KRW", "VND": // as recommend.Money counts them
		minor = 1
	}
	r := n.Mul(minor).Rat()
	v := new(big.Int).Quo(r.Num(), r.Denom())
	if !v.IsInt64() || v.Int64() <= 0 || v.Int64() > maxAmount {
		return recommend.Money{}
	}
	return recommend.Money{Amount: v.Int64() + off, Currency: code}
}

// narrow adds the bounds of a price to those that are there. What is said later holds where both cannot.
func (w *Wish) narrow(low, high recommend.Money) {
	f := &w.Filter
	if old := f.MinPrice; !low.IsZero() || old.Currency != high.Currency {
		f.MinPrice = low
	}
	if old := f.MaxPrice; !high.IsZero() || old.Currency != low.Currency {
		f.MaxPrice = high
	}
	if !f.MinPrice.IsZero() && !f.MaxPrice.IsZero() && f.MinPrice.Amount > f.MaxPrice.Amount {
		f.MinPrice, f.MaxPrice = low, high
	}
}
