package speech

import "strings"

// digit says what begins with the digit at i, and returns where it ends.
func (p *speaker) digit(i int) int {
	j := p.digitsFrom(i)
	r := p.prev(i)
	if p.end != i && (r == '.' || r == '_' || isLatin(r) || r == '-' && (isLatin(p.prev(i-1)) || isDigit(p.prev(i-1)))) {
		return p.plain(i, j)
	}
	for _, try := range digitRules {
		if k := try(p, i, j); k > i {
			return k
		}
	}
	return p.expression(i)
}

// digitRules are the ways in which a number is no number, the surest first. Each is given the first digits of the text
// that is left, and returns where what it has said ends, or nothing.
var digitRules = [...]func(p *speaker, i, j int) int{
	(*speaker).addressFromDigit, (*speaker).keycap, (*speaker).era, (*speaker).score, (*speaker).isoDate, (*speaker).dotted,
	(*speaker).clock, (*speaker).stopwatch, (*speaker).telephone, (*speaker).chain, (*speaker).event, (*speaker).spelled, (*speaker).years, (*speaker).model,
}

// plain says digits that nothing is known of: as one number if they are few, digit by digit otherwise.
func (p *speaker) plain(i, j int) int {
	p.begin(i)
	kind := Cardinal
	if j-i > 2 || p.text[i] == '0' && j-i > 1 {
		kind = Digits
		p.sayDigits(p.text[i:j])
	} else {
		p.sayCardinal(p.text[i:j])
	}
	p.end = j
	return p.finish(j, kind)
}

// event says days that name what happened on them: 9·11, 3.15晚会; and 24/7.
func (p *speaker) event(i, j int) int {
	if round := p.text[i:min(i+4, len(p.text))]; (round == "24/7" || round == "7/24") && !isDigit(p.at(i+4)) {
		return p.replace(i, i+4, Time, "七乘二十四")
	}
	n := len("·")
	point := strings.HasPrefix(p.text[j:], "·")
	if !point {
		if n = 1; p.byteAt(j) != '.' {
			return 0
		}
	}
	k := p.digitsFrom(j + n)
	if !p.isMonth(i, j) || !p.isDay(j+n, k) {
		return 0
	}
	if _, e := p.after(k, eventAfter); e == k && !point {
		return 0
	}
	p.begin(i)
	switch month, day := p.number(i, j), p.number(j+n, k); {
	case month == 10 && day == 1:
		p.say("十一")
	case month == day && month > 10:
		p.say("双")
		p.sayCardinal(p.text[i:j])
	default:
		p.sayDigits(p.text[i:j])
		p.sayDigits(p.text[j+n : k])
	}
	return p.finish(k, Digits)
}

// spelled says digits that words around them call a name: 尾号1234, 302室.
func (p *speaker) spelled(i, j int) int {
	if k := p.room(i, j); k > i {
		return k
	}
	next := p.byteAt(j)
	if next == '/' && p.words.words[p.text[i:j]]&soloNumber != 0 && j+4 <= len(p.text) && p.words.words[p.text[j+1:j+4]]&soloNumber != 0 {
		return p.spell(i, j, false) // 985/211
	}
	if next == '.' && isArabic(p.byteAt(j+1)) || next == ',' && isArabic(p.byteAt(j+1)) && p.sameWidth(j) || next == '%' || next == '/' {
		return 0
	}
	if p.o.NumbersOnly {
		return 0
	}
	n := j - i
	if strings.HasPrefix(p.text[j:], "**") || strings.HasSuffix(p.text[:i], "**") {
		return p.spell(i, j, true) // 138****1234
	}
	before := p.behind(i, spellBefore|dialBefore)
	switch following, _ := p.after(p.space(j), spellAfter); {
	case n >= 3 && n <= 6 && following != 0:
		return p.spell(i, j, p.at(p.space(j)) != '高' && p.at(p.space(j)) != '工')
	case (p.last == Telephone || p.last == Digits) && p.prev(i) == '转' && p.end == i-len("转"):
		return p.spell(i, j, true) // an extension
	case n >= 2 && before != 0:
		if n <= 8 && (p.longestAfter(p.space(j), countWord|numberWord) != 0 || p.counted(j)) {
			return 0
		}
		return p.spell(i, j, before&dialBefore != 0)
	case p.named(i, j):
		return p.spell(i, j, false)
	}
	if n == 2 && p.at(j) == '折' && p.text[j-1] != '0' {
		return p.spell(i, j, false) // 85折
	}
	if b := p.prev(i); n == 2 && (b == '米' || b == '秒') && p.end == i-len("米") && !p.counted(j) {
		return p.spell(i, j, false) // 1米75, 12秒88
	}
	if n == 2 && strings.HasPrefix(p.text[j:], "、") && (p.text[j-1] == '0' || p.text[j-1] == '5') {
		if k := p.digitsFrom(j + len("、")); k == j+len("、")+2 && p.at(k) == '后' {
			return p.spell(i, j, false) // 80、90后
		}
	}
	if next := p.at(p.space(j)); n == 2 && next == '后' && (p.text[j-1] == '0' || p.text[j-1] == '5') && p.at(p.space(j)+3) != '面' {
		return p.spell(i, j, false) // 90后
	}
	switch {
	case n == 5 && p.isHotline(i, j):
		return p.spell(i, j, true)
	case n >= 3 && n <= 4 && next|0x20 == 'p' && !isLatin(p.at(j+1)):
		return p.spell(i, j, false) // 1080p
	case (n == 3 || n == 4) && p.modelBefore(i) && !p.counted(j):
		return p.spell(i, j, false) // RTX 4090
	case p.text[i] == '0' && n > 1 && !p.dayAfter(i, j):
		return p.spell(i, j, false)
	case n >= 8 && !p.counted(j) && !strings.HasSuffix(p.text[i:j], "0000"), n > 16:
		return p.spell(i, j, n >= 11)
	}
	return 0
}

// room says a room of a building, and rooms in a row: 3-201室, 301-305室.
func (p *speaker) room(i, j int) int {
	k := p.digitsFrom(j + 1)
	if n := k - j - 1; p.byteAt(j) != '-' || n < 1 || n > 4 || j-i > 4 || p.byteAt(k) == '-' {
		return 0
	}
	if set, _ := p.after(k, spellAfter); (set == 0 || k-j-1 < 3) && (p.behind(i, spellBefore) == 0 || p.counted(k)) {
		return 0
	}
	p.begin(i)
	p.sayDialled(p.text[i:j])
	if j-i >= 3 && k-j-1 >= j-i {
		p.say("到")
	} else {
		p.say("杠")
	}
	p.sayDialled(p.text[j+1 : k])
	p.end = k
	return p.finish(k, Digits)
}

// modelBefore reports whether a Latin word and a space stand before i, as in names of models.
func (p *speaker) modelBefore(i int) bool {
	return i > 2 && p.text[i-1] == ' ' && isLetter(p.text[i-2]) && p.end != i-1 && p.at(i-2) <= 'Z'
}

// named reports whether the digits from i to j name something: 996, 58同城.
func (p *speaker) named(i, j int) bool {
	if j-i < 2 || j-i > 4 {
		return false
	}
	if p.words.words[p.text[i:j]]&soloNumber != 0 && !p.counted(j) {
		return true
	}
	_, end := p.after(i, namedNumber)
	return end > j
}

func (p *speaker) spell(i, j int, dialled bool) int {
	p.begin(i)
	if dialled {
		p.sayDialled(p.text[i:j])
	} else {
		p.sayDigits(p.text[i:j])
	}
	p.end = j
	return p.finish(j, Digits)
}

// isHotline reports whether the five digits from i to j are a number of an operator, a bank or an office.
func (p *speaker) isHotline(i, j int) bool {
	if p.words.words[p.text[i:j]]&hotline == 0 && p.text[i:i+3] != "955" {
		return false
	}
	set, _ := p.before(i, amountBefore)
	return set == 0 && !p.counted(j)
}

// counted reports whether something that is counted or measured stands at j.
func (p *speaker) counted(j int) bool {
	if r := p.at(j); r == '万' || r == '亿' || r == '千' || r == '百' || r == '+' {
		return true
	}
	if p.longestAfter(j, countWord|numberWord) == countWord {
		return true
	}
	_, k := p.unitAt(p.space(j))
	return k > 0
}

// dotted says network addresses and versions: at least three groups of digits with dots.
func (p *speaker) dotted(i, j int) int {
	groups, k, address := 1, j, j-i <= 3
	for groups < 8 && p.byteAt(k) == '.' && isArabic(p.byteAt(k+1)) {
		e := p.digitsFrom(k + 1)
		address = address && e-k-1 <= 3
		groups, k = groups+1, e
	}
	if groups < 3 || p.byteAt(k) == '.' && isArabic(p.byteAt(k+1)) {
		return 0
	}
	address = address && groups == 4
	p.begin(i)
	for from := i; ; {
		e := p.digitsFrom(from)
		switch {
		case address:
			p.sayDigits(p.text[from:e])
		case e-from > 2 || p.text[from] == '0':
			p.sayDigits(p.text[from:e])
		default:
			p.sayCardinal(p.text[from:e])
		}
		if e >= k {
			break
		}
		p.say("点")
		from = e + 1
	}
	if e := p.digitsFrom(k + 1); address && p.byteAt(k) == ':' && e > k+1 {
		p.say("冒号")
		p.sayDigits(p.text[k+1 : e])
		k = e
	}
	p.end = k
	return p.finish(k, Address)
}

// chain says three and more groups of digits with hyphens or spaces that are no date and no telephone number:
// numbers of orders, books and cards.
func (p *speaker) chain(i, j int) int {
	sep := p.byteAt(j)
	if sep != '-' && sep != ' ' {
		return 0
	}
	groups, k := 1, j
	for groups < 12 && p.byteAt(k) == sep && isArabic(p.byteAt(k+1)) {
		e := p.digitsFrom(k + 1)
		short := sep == ' ' && (e-k-1 != 4 || j-i != 4)
		if short && (groups < 4 || e-k-1 > 4) {
			break
		}
		groups, k = groups+1, e
		if short { // the last digits of a card
			break
		}
	}
	if groups < 3 || p.mathAhead(i) {
		return 0
	}
	p.begin(i)
	for from := i; from < k; {
		e := p.digitsFrom(from)
		p.sayDialled(p.text[from:e])
		if e < k && sep == '-' {
			p.say("杠")
		}
		from = e + 1
	}
	p.end = k
	return p.finish(k, Digits)
}

// model says digits with letters behind them that are no unit: 3D, 5G, 1v1.
func (p *speaker) model(i, j int) int {
	if !isLatin(p.at(j)) || j-i > 4 {
		return 0
	}
	if p.text[j] == 's' && j-i == 4 && p.text[j-1] == '0' && !isLatin(p.at(j+1)) {
		p.begin(i)
		p.sayDigits(p.text[i:j])
		p.say("年代")
		return p.finish(j+1, Date)
	}
	if m, _ := p.moneyAt(j); m != nil || p.text[j]|0x20 == 'w' && p.isModelUnit(i, j, j+1) {
		return 0
	}
	if _, k := p.unitAt(j); k > 0 {
		return 0
	}
	k := j
	for k < len(p.text) && k < j+12 && isLetter(p.text[k]) {
		k++
	}
	if word := strings.ToLower(p.text[j:k]); word == "x" && isArabic(p.byteAt(k)) || word == "e" && (isArabic(p.byteAt(k)) || p.byteAt(k) == '-' || p.byteAt(k) == '+') {
		return 0
	} else if word == "st" || word == "nd" || word == "rd" || word == "th" {
		return p.replace(i, k, Ordinal, "第"+string(appendCardinal(nil, p.text[i:j], p.o.Two)))
	}
	if p.o.KeepLatin {
		p.end = -1
		return k
	}
	if e := p.digitsFrom(j + 1); j-i == 1 && e-j > 3 && p.words.words[p.text[i:j+1]]&airline != 0 {
		p.spell(i, j, true)
		return p.vehicle(j)
	}
	if p.text[i] == '0' || j-i == 4 && isYear(p.number(i, j)) && p.text[i:j] >= "1900" {
		return p.plain(i, j)
	}
	p.begin(i)
	p.sayCardinal(p.text[i:j])
	if from := p.rangeSign(j + 1); k == j+1 && from > k {
		e := p.digitsFrom(from)
		if p.byteAt(e) == p.text[j] && !isLatin(p.at(e+1)) && !isDigit(p.at(e+1)) && p.number(i, j) < p.number(from, e) { // 15k-25k
			p.say(p.text[j:k])
			p.say("到")
			p.sayCardinal(p.text[from:e])
			p.end = e
			return p.finish(e, Range)
		}
	}
	p.end = j
	return p.finish(j, Latin)
}
