package speech

import "strings"

// letter says the Latin word at i, as far as it is said otherwise, and returns where it ends.
func (p *speaker) letter(i int) int {
	if k := p.address(i); k > i {
		return k
	}
	j := i
	for j < len(p.text) && isLetter(p.text[j]) {
		j++
	}
	word := p.text[i:j]
	if len(word) <= 5 {
		if k := p.moneyBefore(i); k > i && !isLatin(p.prev(i)) {
			return k
		}
	}
	if long, ok := p.words.longForm[p.alnum(i)]; ok && p.o.Abbreviation && !isLatin(p.prev(i)) {
		return p.replace(i, i+len(p.alnum(i)), Phrase, long)
	}
	if p.o.Capitals && !isLatin(p.prev(i)) && !isDigit(p.prev(i)) {
		if all := p.alnum(i); p.words.words[all]&capitals != 0 {
			return p.replace(i, i+len(all), Phrase, strings.ToUpper(all))
		}
	}
	switch {
	case len(word) == 2 && p.words.words[word]&(amAfter|pmAfter) != 0 && !isLatin(p.prev(i)) && !isDigit(p.prev(i)) && isArabic(p.byteAt(p.space(j))):
		if k := p.halfDay(i, j); k > i {
			return k
		}
	case p.plate(i):
		return p.vehicle(j)
	case len(word) <= 2 && isArabic(p.byteAt(j)) && p.isVehicle(i, j):
		return p.vehicle(j)
	case (word == "No" || word == "NO" || word == "no" && p.byteAt(j) == '.') && p.numberSign(j) > 0:
		return p.replace(i, p.numberSign(j), Ordinal, "第")
	case (word == "x" || word == "X") && p.end == i && isDigit(p.prev(i)) && isArabic(p.byteAt(j)) && !(p.prev(i) == '0' && !isDigit(p.prev(i-1))):
		p.end = j
		return p.replace(i, j, Math, "乘")
	case len(word) <= 4 && isUpperRoman(word) && p.romanContext(i, j):
		p.begin(i)
		p.out = appendCardinal(p.out, romanDigits(word), TwoNever)
		return p.finish(j, Ordinal)
	case len(word) <= 4 && p.byteAt(j) == '/' && !isDigit(p.prev(i)):
		if u, e := p.unitAt(i); e == j {
			b := amount{end: e}
			if p.perAt(&b); b.end > e {
				p.begin(i)
				p.say(p.unitName(u))
				p.sayPer(b.per)
				return p.finish(b.end, Measure)
			}
		}
	case p.o.SpellAcronyms && p.isAcronym(i, j):
		p.begin(i)
		for k := range len(word) {
			if k > 0 {
				p.out = append(p.out, ' ')
			}
			p.out = append(p.out, word[k])
		}
		return p.finish(j, Latin)
	}
	return p.modelDigits(i, j)
}

// alnum returns the letters and digits that begin at i, at most eight.
func (p *speaker) alnum(i int) string {
	const longest = 9
	j := i
	for j < len(p.text) && j-i < longest && (isLetter(p.text[j]) || isArabic(p.text[j])) {
		j++
	}
	return p.text[i:j]
}

// modelDigits says the digits of a word of letters and digits: GPT-4, H2O, PM2.5, v1.2.3.
func (p *speaker) modelDigits(i, j int) int {
	k := j
	if c := p.byteAt(k); (c == '-' || c == '.' && strings.EqualFold(p.text[i:j], "vol")) && isArabic(p.byteAt(k+1)) {
		k++
	}
	if zone := p.text[i:j]; (zone == "UTC" || zone == "GMT") && (p.byteAt(j) == '+' || p.byteAt(j) == '-') && isArabic(p.byteAt(j+1)) {
		name := "加"
		if p.text[j] == '-' {
			name = "减"
		}
		return p.replace(j, j+1, Math, name)
	}
	if !isArabic(p.byteAt(k)) {
		return j
	}
	e := p.digitsFrom(k)
	if p.o.KeepLatin {
		for e < len(p.text) && (isLetter(p.text[e]) || isArabic(p.text[e])) {
			e++
		}
		return e
	}
	if p.byteAt(e) == '.' && isArabic(p.byteAt(e+1)) {
		if n := p.dotted(k, e); n > k {
			return n
		}
		d := p.digitsFrom(e + 1)
		if p.byteAt(d) == '.' && isArabic(p.byteAt(d+1)) {
			return p.plain(k, e)
		}
		p.begin(k)
		p.sayDecimal(k, d)
		p.end = d
		return p.finish(d, Latin)
	}
	if e-k >= 3 && p.behind(i, dialBefore) != 0 {
		p.spell(k, e, true) // 会员号A00123
	} else {
		p.plain(k, e)
	}
	p.end = -1
	if p.byteAt(e) == '+' && e < p.formula || p.mathAhead(e) || strings.ContainsRune("×x*", p.at(e)) {
		p.end = e
	}
	return e
}

// isAcronym reports whether the word from i to j is a short one in capitals, alone.
func (p *speaker) isAcronym(i, j int) bool {
	if j-i < 2 || j-i > 5 || isDigit(p.prev(i)) || isArabic(p.byteAt(j)) || p.prev(i) == '-' || p.byteAt(j) == '-' {
		return false
	}
	for _, c := range []byte(p.text[i:j]) {
		if c < 'A' || c > 'Z' {
			return false
		}
	}
	return true
}

// numberSign returns where the digits behind No. begin, or 0.
func (p *speaker) numberSign(j int) int {
	if p.byteAt(j) == '.' {
		j++
	}
	if k := p.space(j); isArabic(p.byteAt(k)) {
		return k
	}
	return 0
}

// plate reports whether the letter at i is the second character of a number plate: 京A12345.
func (p *speaker) plate(i int) bool {
	set, _ := p.before(i, plateBefore)
	if set == 0 || p.text[i] > 'Z' {
		return false
	}
	k := i + 1
	if strings.HasPrefix(p.text[k:], "·") {
		k += len("·")
	}
	n, digits := 0, 0
	for k+n < len(p.text) && n < 7 && (isArabic(p.text[k+n]) || isLetter(p.text[k+n])) {
		if isArabic(p.text[k+n]) {
			digits++
		}
		n++
	}
	return (n == 5 || n == 6) && digits >= 2 && (isArabic(p.text[k]) || isArabic(p.text[k+1]))
}

// vehicle says the digits of a plate, a train or a flight from j on.
func (p *speaker) vehicle(j int) int {
	if strings.HasPrefix(p.text[j:], "·") {
		j = p.replace(j, j+len("·"), Digits, "")
	}
	for j < len(p.text) && (isArabic(p.text[j]) || isLetter(p.text[j])) {
		if !isArabic(p.text[j]) {
			j++
			continue
		}
		e := p.digitsFrom(j)
		j = p.spell(j, e, true)
	}
	p.end = -1
	return j
}

// isVehicle reports whether the letters from i to j and the digits behind them are a train or a flight.
func (p *speaker) isVehicle(i, j int) bool {
	if b := p.prev(i); isLatin(b) || isDigit(b) || b == '-' {
		return false
	}
	e := p.digitsFrom(j)
	n := e - j
	if n > 4 || isLatin(p.at(e)) || p.text[j-1] > 'Z' {
		return false
	}
	if j-i == 1 && strings.IndexByte("GDCKTZSYL", p.text[i]) < 0 || j-i == 2 && n < 3 {
		return false
	}
	if set, _ := p.after(p.space(e), vehicleAfter); set != 0 {
		return true
	}
	set, _ := p.before(p.trim(i), vehicleBefore)
	return set != 0 && n > 1 || j-i == 2 && n >= 3 && p.words.words[p.text[i:j]]&airline != 0
}

func isUpperRoman(word string) bool { return strings.Trim(word, "IVX") == "" && word != "" }

// romanContext reports whether Roman numerals stand where a number does: 第III章, II型.
func (p *speaker) romanContext(i, j int) bool {
	_, end := p.after(j, romanAfter)
	if p.prev(i) == '第' {
		return true
	}
	return end > j && (p.text[i] == 'I' || j-i > 1) && !isDigit(p.prev(i)) && p.text[i:j] != "X" && p.prev(i) != '-'
}

// romanDigits returns the value of a Roman numeral below 40 in digits.
func romanDigits(word string) string {
	value := func(c byte) int {
		switch c {
		case 'I':
			return 1
		case 'V':
			return 5
		}
		return 10
	}
	n := 0
	for k := range len(word) {
		v := value(word[k])
		if k+1 < len(word) && value(word[k+1]) > v {
			v = -v
		}
		n += v
	}
	n = max(n, 1)
	return string([]byte{byte('0' + n/10), byte('0' + n%10)})
}
