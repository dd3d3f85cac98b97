package privacy

// Phone numbers: mobile phones, fixed lines, foreign numbers, 400 and 800 numbers.

// mobilePrefixes are the first three digits of the allocated segments, a row of third digits for each second one.
var mobilePrefixes = [10]string{3: "0123456789", 4: "56789", 5: "012356789", 6: "2567", 7: "012345678", 8: "0123456789", 9: "012356789"}

// mobileSegment reports whether eleven digits begin as a mobile phone's, and whether with a virtual operator.
func mobileSegment(d []byte) (ok, virtual bool) {
	if d[0] != 1 {
		return false, false
	}
	for _, third := range mobilePrefixes[d[1]] {
		if third == rune('0'+d[2]) {
			switch [2]byte{d[1], d[2]} {
			case [2]byte{6, 2}, [2]byte{6, 5}, [2]byte{6, 7}, [2]byte{7, 0}, [2]byte{7, 1}:
				virtual = true
			}
			return true, virtual
		}
	}
	return false, false
}

func (n *number) matchPhone() {
	if !n.plain {
		return
	}
	v := n.v
	digits, skip := n.digits, 0
	plus := v.at(n.from-1) == '+'
	switch {
	case plus && v.is(n.from-2, word):
		return
	case n.beginsWith(8, 6):
		skip = 2
	case !plus && n.beginsWith(0, 0, 8, 6):
		skip = 4
	}
	from := n.from
	if plus {
		from--
	}
	if skip > 0 && (len(digits) == skip+11 && n.phoneGroups(skip) && n.mobile(skip, from) || n.landline(skip, from)) {
		return
	}
	if plus {
		n.foreign(from, 0)
		return
	}
	if n.beginsWith(0, 0) {
		n.foreign(from, 2)
	}
	if len(digits) == 11 && n.phoneGroups(0) && n.mobile(0, from) {
		return
	}
	n.landline(0, from)
	n.hotline()
	n.unknownPhone()
}

// unknownPhone reads a number of an unknown place: what is labelled as a phone number, or written as in North America.
func (n *number) unknownPhone() {
	v, size := n.v, len(n.digits)
	american := size == 10 && n.grouped(3, 3, 4) && v.groups[n.first+1].join != ' ' ||
		size == 11 && n.grouped(1, 3, 3, 4) && n.digits[0] == 1
	if size < 7 || size > 14 || !n.alone || !n.whole() || n.looksLikeDate() {
		return
	}
	to, _ := n.extension()
	from := n.openBracket(n.from)
	switch {
	case v.labelled(n.from, cuePhone):
		v.add(ForeignPhone, from, to, Unchecked, Possible, n.reasons|ByLabel)
	case american:
		v.add(ForeignPhone, from, to, Unchecked, Possible, n.reasons|ByForm)
	}
}

// looksLikeDate reports whether the digits are those of a date.
func (n *number) looksLikeDate() bool {
	if n.parts == 3 && n.spans[0] == 4 {
		return born(n.value(0, 4), n.value(4, 4+n.spans[1]), n.value(4+n.spans[1], len(n.digits)))
	}
	return n.parts == 1 && len(n.digits) == 8 && born(n.value(0, 4), n.value(4, 6), n.value(6, 8))
}

func (n *number) beginsWith(digits ...byte) bool {
	if len(n.digits) < len(digits) {
		return false
	}
	for i, d := range digits {
		if n.digits[i] != d {
			return false
		}
	}
	return true
}

// phoneGroups reports whether the groups after the country code are those of a mobile phone.
func (n *number) phoneGroups(skip int) bool {
	sizes := n.spans[:n.parts]
	if skip > 0 && sizes[0] == skip {
		sizes = sizes[1:]
	} else if skip > 0 && len(sizes) > 1 {
		if sizes[0] < skip+3 {
			return n.whole()
		}
		first := sizes[0] - skip
		return n.loose() || len(sizes) == 2 && (first == 3 || first == 7) || len(sizes) == 3 && first <= 4
	}
	switch len(sizes) {
	case 1:
		return true
	case 2:
		return sizes[0] == 3 || sizes[0] == 7 || sizes[0] == 5 && sizes[1] == 6 || n.loose()
	case 3:
		return sizes[0] >= 3 && sizes[0] <= 4 && sizes[1] >= 3 && sizes[2] >= 3 || n.loose()
	}
	return n.loose()
}

func (n *number) mobile(skip, from int) bool {
	if !n.alone {
		return false
	}
	v := n.v
	ok, virtual := mobileSegment(n.digits[skip:])
	if !ok {
		return false
	}
	reasons, confidence := n.reasons|ByPrefix, Likely
	if virtual {
		reasons |= VirtualCarrier
	}
	if v.near(n.from, cuePhone) {
		reasons |= ByLabel
		confidence = Certain
	}
	if skip > 0 {
		reasons |= ByForm
		confidence = Certain
	}
	from = n.openBracket(from)
	v.add(Mobile, from, n.to, Unchecked, confidence, reasons)
	return true
}

// openBracket returns the beginning of a number whose country or area code stands in brackets.
func (n *number) openBracket(from int) int {
	if n.v.at(from-1) != '(' {
		return from
	}
	for i := n.from; i < n.to; i++ {
		switch n.v.r[i] {
		case ')':
			return from - 1
		case '(':
			return from
		}
	}
	return from
}

// areaCodes are the area codes without their 0, by their first digits: 31 followed by any of 0 to 9.
var areaCodes = [100]string{
	31: "0123456789", 33: "5", 34: "9", 35: "0123456789", 37: "0123456789", 39: "1234568",
	41: "0123456789", 42: "1479", 43: "1234567896", 44: "0", 45: "123456789", 46: "46789", 47: "0123456789", 48: "23",
	51: "0123456789", 52: "37", 53: "0123456789", 54: "36", 55: "0123456789", 56: "123456", 57: "0123456789", 58: "0", 59: "123456789",
	63: "12345", 66: "02389", 69: "12",
	70: "1", 71: "0123456789", 72: "248", 73: "0123456789", 74: "3456", 75: "0123456789", 76: "02356789", 77: "0123456789", 79: "0123456789",
	81: "23678", 82: "567", 83: "0123456789", 85: "123456789", 87: "0123456789", 88: "36780", 89: "123456789",
	90: "123689", 91: "0123456789", 93: "0123456789", 94: "13", 95: "123456", 97: "0123456789", 99: "0123456789",
}

// areaSize returns how many of the digits, which follow the 0, are an area code, or 0.
func areaSize(d []byte) int {
	switch {
	case len(d) < 2:
		return 0
	case d[0] == 1 && d[1] == 0, d[0] == 2 && d[1] != 6:
		return 2
	case len(d) < 3 || d[0] < 3:
		return 0
	}
	for _, third := range areaCodes[int(d[0])*10+int(d[1])] {
		if third == rune('0'+d[2]) {
			return 3
		}
	}
	return 0
}

func (n *number) landline(skip, from int) bool {
	v, d := n.v, n.digits[skip:]
	sizes := n.spans[:n.parts]
	if skip > 0 && sizes[0] == skip {
		sizes = sizes[1:]
	} else if skip > 0 && len(sizes) > 1 {
		return false
	}
	labelled := v.near(n.from, cuePhone)
	zero := 0
	if len(d) > 0 && d[0] == 0 {
		zero = 1
	} else if skip == 0 {
		return n.localLine(labelled)
	}
	area := areaSize(d[zero:])
	if area == 0 {
		return false
	}
	local := len(d) - zero - area
	if local < 7 || local > 8 || area == 2 && local != 8 || d[zero+area] < 2 {
		return false
	}
	reasons, confidence := n.reasons|ByPrefix, Likely
	if len(sizes) > 1 {
		if sizes[0] != zero+area && !n.loose() {
			return false
		}
		confidence = Certain
		if len(sizes) > 2 && sizes[1] < 3 && !n.loose() {
			return false
		}
	}
	if labelled {
		reasons |= ByLabel
		confidence = Certain
	}
	to, extended := n.extension()
	if !extended && !n.alone {
		return false
	}
	if len(sizes) == 1 && local == 7 && !labelled {
		confidence = Possible
	}
	v.add(Landline, n.openBracket(from), to, Unchecked, confidence, reasons)
	return true
}

// localLine reads a number without its area code, which only a label tells.
func (n *number) localLine(labelled bool) bool {
	size := len(n.digits)
	if size < 7 || size > 8 || !n.alone || !n.v.labelled(n.from, cuePhone) || n.digits[0] < 2 || n.parts > 2 || n.parts == 2 && n.spans[1] != 4 {
		return false
	}
	n.v.add(Landline, n.from, n.to, Unchecked, Possible, n.reasons|ByLabel)
	return labelled
}

var extensionWord = []rune{'e', 'x', 't'}

// extension returns the end of the number with its extension, and whether it has one.
func (n *number) extension() (to int, ok bool) {
	v := n.v
	i := n.to
	for k := 0; k < 2 && (v.at(i) == ' ' || v.at(i) == '('); k++ {
		i++
	}
	switch {
	case v.at(i) == '-' || v.at(i) == '转':
		i++
	case v.at(i) == '分' && v.at(i+1) == '机':
		i += 2
	case v.has(i, extensionWord):
		i += len(extensionWord)
	case v.lower(i) == 'x' && i == n.to:
		i++
	default:
		return n.to, false
	}
	for k := 0; k < 2 && (v.at(i) == ' ' || v.at(i) == '.' || v.at(i) == ':' || v.at(i) == '：'); k++ {
		i++
	}
	start := i
	for v.is(i, digit) {
		i++
	}
	if i == start || i-start > 6 || v.is(i, letter) || v.at(i) == '-' && v.is(i+1, digit) {
		return n.to, false
	}
	if v.at(i) == ')' && v.at(n.to) == '(' {
		i++
	}
	return i, true
}

// foreign reads a number with another country's code after + or 00.
func (n *number) foreign(from, skip int) {
	d := n.digits[skip:]
	if !n.alone || len(d) < 8 || len(d) > 15 || d[0] == 0 || !n.whole() {
		return
	}
	labelled := n.v.near(n.from, cuePhone)
	reasons, confidence := n.reasons|ByForm, Likely
	if labelled {
		reasons |= ByLabel
		confidence = Certain
	}
	neighbour := n.digits[skip] == 8 && n.digits[skip+1] == 5 || n.digits[skip] == 8 && n.digits[skip+1] == 8 // Hong Kong, Macau, Taiwan
	if skip > 0 && !labelled && !neighbour || len(d) < 11 && n.parts == 1 && !labelled || len(d) < 10 && !labelled {
		return
	}
	n.v.add(ForeignPhone, n.openBracket(from), n.to, Unchecked, confidence, reasons)
}

// hotline reads 400 and 800 numbers.
func (n *number) hotline() {
	if len(n.digits) != 10 || !n.alone || n.digits[0] != 4 && n.digits[0] != 8 || n.digits[1] != 0 || n.digits[2] != 0 {
		return
	}
	switch {
	case n.parts > 1 && n.spans[0] == 3 || n.grouped(4, 3, 3):
		n.v.add(Hotline, n.from, n.to, Unchecked, Certain, n.reasons|ByPrefix)
	case n.parts == 1:
		confidence, reasons := Likely, n.reasons|ByPrefix
		if n.v.near(n.from, cuePhone) {
			confidence, reasons = Certain, reasons|ByLabel
		}
		n.v.add(Hotline, n.from, n.to, Unchecked, confidence, reasons)
	}
}
