package privacy

// Accounts and places, which are private by what is said of them: QQ, WeChat, coordinates, dates of birth.

func (n *number) matchAccount() {
	v := n.v
	size := len(n.digits)
	if size < 5 || size > 11 || !n.alone || n.digits[0] == 0 || n.parts > 1 && !n.loose() {
		return
	}
	switch {
	case v.labelled(n.from, cueQQ):
		v.add(QQ, n.from, n.to, Unchecked, Certain, n.reasons|ByLabel)
	case v.labelled(n.from, cueWeChat) && n.plain:
		if ok, _ := mobileSegment(n.digits); !ok || size != 11 {
			v.add(WeChat, n.from, n.to, Unchecked, Likely, n.reasons|ByLabel)
		}
	}
}

// findWeChat reads the ID after each label.
func (v *view) findWeChat() {
	for _, q := range v.cues {
		if q.kind != cueWeChat {
			continue
		}
		from, told := q.to, false
		for k := 0; k < 8; k++ {
			switch v.at(from) {
			case ':', '=', '号', '是', '为', '名', 'd', 'D':
				told = true
			case ' ', '"', '\'', '“', '(', '[', '「', '【', '|', '码', '的', 'i', 'I', '_', '-':
			case '我':
			default:
				k = 8
				continue
			}
			if v.is(from, letter) && v.is(from+1, letter) && !(v.lower(from) == 'i' && v.lower(from+1) == 'd' && !v.is(from+2, letter)) {
				break
			}
			from++
		}
		if !v.is(from, letter) || v.is(from-1, word) && !v.endsCue(from) {
			continue
		}
		to, plain := from, true
		for v.is(to, word) || (v.at(to) == '-' || v.at(to) == '_') && v.is(to+1, word) || v.at(to) == '_' {
			plain = plain && v.is(to, letter)
			to++
		}
		if size := to - from; size < 6 || size > 20 || plain && !told || v.at(to) == '.' && v.is(to+1, letter) || v.at(to) == '@' || v.at(to) == '(' {
			continue
		}
		v.add(WeChat, from, to, Unchecked, Certain, ByLabel)
	}
}

// A decimal is a number with a decimal point.
type decimal struct {
	from, to int
	whole    int // its integer part
	places   int
}

// decimal returns the decimal number of the groups at a, if there is one.
func (v *view) decimal(a int) (decimal, bool) {
	if a+1 >= len(v.groups) {
		return decimal{}, false
	}
	g, h := v.groups[a], v.groups[a+1]
	if h.join != '.' || h.from != g.to+1 || g.join == '.' || g.to-g.from > 3 || !v.is(g.from, digit) || !v.is(h.from, digit) ||
		a+2 < len(v.groups) && v.groups[a+2].join == '.' || v.is(g.from-1, word) && !v.endsCue(g.from) {
		return decimal{}, false
	}
	d := decimal{from: g.from, to: h.to, places: h.to - h.from}
	for i := g.from; i < g.to; i++ {
		d.whole = d.whole*10 + int(v.value(i))
	}
	return d, true
}

func (d decimal) latitude() bool  { return d.whole >= 3 && d.whole < 54 }
func (d decimal) longitude() bool { return d.whole >= 73 && d.whole < 136 }

// findCoordinates looks for a longitude and a latitude beside each other, or one of them after a label.
func (v *view) findCoordinates() {
	for a := 0; a+1 < len(v.groups); a++ {
		d, ok := v.decimal(a)
		if !ok || !d.latitude() && !d.longitude() {
			continue
		}
		labelled := v.labelled(d.from, cueCoordinates)
		if e, ok := v.decimal(a + 2); ok && v.between(d.to, e.from) && (d.latitude() && e.longitude() || d.longitude() && e.latitude()) &&
			(d.places >= 4 && e.places >= 4 || (labelled || v.near(d.from, cueCoordinates)) && d.places >= 2 && e.places >= 2) && d.places < 16 && e.places < 16 {
			reasons, confidence := ByForm, Likely
			if labelled {
				reasons, confidence = ByForm|ByLabel, Certain
			}
			v.add(Coordinates, d.from, e.to, Unchecked, confidence, reasons)
			a += 3
			continue
		}
		if labelled && d.places >= 3 && d.places < 16 {
			v.add(Coordinates, d.from, d.to, Unchecked, Likely, ByLabel)
		}
	}
}

func (v *view) between(from, to int) bool {
	if to-from > 4 || to == from {
		return false
	}
	for i := from; i < to; i++ {
		if !containsRune(" ,，、/;NEne°度", v.r[i]) {
			return false
		}
	}
	return true
}

// findBirths looks for dates that are said to be of birth.
func (v *view) findBirths() {
	for i := v.lead; i < len(v.r); i++ {
		if !v.is(i, digit|numeral) || v.is(i-1, digit|numeral) {
			continue
		}
		to := v.dateEnd(i)
		if to == 0 {
			continue
		}
		reasons, confidence := ByLabel, Certain
		switch {
		case v.labelled(i, cueBirth):
		case v.bornAfter(to):
			confidence = Likely
		default:
			continue
		}
		v.add(BirthDate, i, to, Unchecked, confidence, reasons)
	}
}

// bornAfter reports whether the words after a date say that it is one of birth: 1990年5月1日出生.
func (v *view) bornAfter(i int) bool {
	if v.at(i) == ' ' {
		i++
	}
	return v.at(i) == '出' && v.at(i+1) == '生' || v.at(i) == '生' && !isHan(v.at(i+1)) || v.at(i) == '生' && v.at(i+1) == '人' ||
		v.at(i) == '生' && v.at(i+1) == '于'
}

// dateEnd returns the end of the date at i, or 0.
func (v *view) dateEnd(i int) int {
	year, j := v.few(i, 4)
	size := j - i
	switch {
	case size == 4 && v.is(j, digit): // 19900501
		rest, k := v.few(j, 4)
		if k-j != 4 || v.is(k, word) || !born(year, rest/100, rest%100) {
			return 0
		}
		return k
	case size == 4, size == 2 && v.at(j) == '年':
	default:
		return 0
	}
	if size == 2 {
		year += 1900
		if year < 1930 {
			year += 100
		}
	}
	separator := v.at(j)
	if !containsRune("年-/.", separator) {
		if separator != ' ' || v.at(j+1) != '年' {
			return 0
		}
		j, separator = j+1, '年'
	}
	j = v.skipBlank(j + 1)
	month, k := v.upTo(j)
	if k == j || month < 1 || month > 12 {
		return 0
	}
	k2 := v.skipBlank(k)
	switch {
	case separator == '年' && v.at(k2) == '月':
		k = k2 + 1
	case separator != '年' && v.at(k) == separator:
		k++
	default:
		return 0
	}
	start := v.skipBlank(k)
	day, end := v.upTo(start)
	if end == start || !born(year, month, day) || v.is(end, digit) {
		if separator == '年' && end == start && born(year, month, 1) {
			return k
		}
		return 0
	}
	if r := v.at(end); separator == '年' && (r == '日' || r == '号') {
		end++
	}
	return end
}

// born reports whether the date exists and somebody with a card or an account can have been born then.
func born(year, month, day int) bool {
	return year >= 1880 && year < 2100 && month >= 1 && month <= 12 && day >= 1 && day <= daysIn(year, month)
}

func (v *view) skipBlank(i int) int {
	if v.at(i) == ' ' {
		i++
	}
	return i
}

// few reads at most so many digits.
func (v *view) few(i, most int) (value, end int) {
	for end = i; end-i < most && v.is(end, digit|numeral); end++ {
		value = value*10 + int(v.value(end))
	}
	return value, end
}

// upTo reads a number below 100: digits, or Chinese ones with 十.
func (v *view) upTo(i int) (value, end int) {
	if v.is(i, digit) {
		return v.few(i, 2)
	}
	value, end = v.few(i, 1)
	switch v.at(end) {
	case '十':
		value, end = max(value, 1)*10, end+1
	case '廿':
		value, end = 20, end+1
	default:
		return value, end
	}
	if v.is(end, numeral) {
		value += int(v.value(end))
		end++
	}
	return value, end
}
