package speech

// money writes an amount of money.
func (w *writer) money(c *counted) match {
	n, end := c.n, c.last.end+c.size
	if c.is(paying) || c.ranges() {
		sign := w.currency(c.unit)
		w.piece = append(append(w.piece, c.sign...), sign...)
		w.countedNumerals(c, plain)
		if sign == "" {
			end = c.last.end
		}
		return match{start: c.start, end: end, kind: Money}
	}
	all, count, end := w.coins(end, c.unit)
	coins := all[:count]
	if sign := w.currency(c.unit); sign != "" {
		w.piece = append(append(w.piece, c.sign...), sign...)
		w.numeral(n, plain)
		if len(coins) > 0 && !n.decimal() {
			places := [2]byte{'0', '0'}
			for _, coin := range coins {
				places[coin.place] = byte('0' + coin.number.value%10)
			}
			w.piece = append(w.piece, '.', places[0])
			if places[1] != '0' {
				w.piece = append(w.piece, places[1])
			}
		}
		if c.sign == "" && w.follows(c.start, "人民币") {
			c.start -= len("人民币")
		}
		return match{start: c.start, end: end, kind: Money}
	}
	if name := w.text[n.end : n.end+c.size]; len(coins) == 0 && n.small() && w.style.Single != SingleAll && (name == "角" || name == "块") {
		return match{start: n.start, end: n.end} // 三角, 五块
	}
	w.piece = append(w.piece, c.sign...)
	w.numeral(n, plain)
	from := n.end + c.size
	w.source(n.end, from)
	for _, coin := range coins {
		w.source(from, coin.number.start) // 零
		w.piece = append(w.piece, byte('0'+coin.number.value%10))
		w.source(coin.number.end, coin.end)
		from = coin.end
	}
	return match{start: c.start, end: end, kind: Money}
}

// currency returns the sign that the style writes before an amount in a currency, nothing if its name stays.
func (w *writer) currency(u *word) string {
	switch w.style.Money {
	case MoneySigns:
		return u.sign
	case MoneyCodes:
		return u.code
	}
	return ""
}

// coin is a part of an amount below the yuan.
type coin struct {
	number numeral
	place  int // 0 for 角, 1 for 分
	end    int
}

// coins reads what follows the unit u of an amount, which ends at i: 五毛, 五 (of 十二块五), 五角八分.
func (w *writer) coins(i int, u *word) (all [2]coin, count, end int) {
	place := 0
	if u.kind == payingJiao {
		place = 1
	}
	for place < 2 {
		j := i
		if w.has(j, "零") { // 二十块零五毛
			j += len("零")
		}
		n := w.integer(j)
		digit, k := w.digitAt(j)
		sold := u.spoken && digit > 0 && w.each(k, digit)
		if sold {
			n = numeral{start: j, end: k, form: single, value: uint64(digit)}
		}
		if n.form != single || w.text[n.start:n.end] == "两" && w.open(n.end) {
			break
		}
		c := coin{number: n, place: place, end: n.end}
		switch {
		case w.has(n.end, "毛"), w.has(n.end, "角"):
			if place > 0 {
				return all, count, i
			}
			c.end += len("毛")
		case w.has(n.end, "分") && !w.has(n.end, "分之") && !w.has(n.end, "分钟"):
			c.place, c.end = 1, c.end+len("分")
		case sold, u.spoken && n.value > 0 && w.unclaimed(n.end):
			if i != j { // 十块零五
				c.place = 1
			}
		default:
			return all, count, i
		}
		all[count], i, place = c, c.end, c.place+1
		count++
	}
	return all, count, i
}

// unclaimed reports whether what stands at i does not claim the number before it: no unit and no further numeral.
func (w *writer) unclaimed(i int) bool {
	if _, size := w.lex.unit(w.text[i:]); size > 0 && !w.has(i, "包邮") {
		return false
	}
	return w.figureAt(i) == figureNone && !w.has(i, "点") && !w.has(i, "年") && !w.has(i, "月")
}
