package privacy

// Numbers of letters and digits: documents, organisations, vehicles, devices.

// findTokens looks at all runs of letters and digits that have both, or enough of them.
func (v *view) findTokens() {
	for i := v.lead; i < len(v.r); {
		if !v.is(i, word) {
			i++
			continue
		}
		from, letters, digits := i, 0, 0
		for v.is(i, word) {
			if v.is(i, letter) {
				letters++
			} else {
				digits++
			}
			i++
		}
		if from == v.lead && v.is(from-1, word) || digits == 0 && letters < 8 {
			continue
		}
		t := token{v, from, i, letters, digits}
		t.document()
		t.organisation()
		t.vehicle()
		t.device()
	}
}

// A token is letters and digits in succession.
type token struct {
	v        *view
	from, to int
	letters  int
	digits   int
}

func (t token) size() int { return t.to - t.from }

// shaped reports whether the token has the shape: A for a letter, 0 for a digit.
func (t token) shaped(shape string) bool {
	if t.size() != len(shape) {
		return false
	}
	for i := range len(shape) {
		if t.v.is(t.from+i, letter) != (shape[i] == 'A') {
			return false
		}
	}
	return true
}

func (t token) first(k int) rune { return t.v.upper(t.from + k) }

// joined reports whether the token is a part of something longer, such as a path or a file's name.
func (t token) joined() bool {
	v := t.v
	for _, side := range [2][2]int{{t.from - 1, t.from - 2}, {t.to, t.to + 1}} {
		switch v.at(side[0]) {
		case '-', '_', '.', '/', '=', '#', '+', '@', '\\', '&', '%':
			if v.is(side[1], word) {
				return true
			}
		}
	}
	return v.at(t.from-1) == '#'
}

func (t token) document() {
	v := t.v
	if t.letters == 0 || t.letters > 3 || t.size() < 8 || t.size() > 15 {
		return
	}
	passport, permit := v.near(t.from, cuePassport), v.near(t.from, cueHongKongMacauPermit)
	switch {
	case t.shaped("A00000000") || t.shaped("A0000000000") || t.shaped("AA0000000"):
		switch a := t.first(0); {
		case permit && (a == 'H' || a == 'M' || a == 'C' || a == 'W'):
			v.add(HongKongMacauPermit, t.from, t.to, Unchecked, Certain, ByForm|ByLabel)
		case t.size() == 11:
		case passport && t.passportForm():
			v.add(Passport, t.from, t.to, Unchecked, Certain, ByForm|ByLabel)
		case a == 'E' && t.passportForm() && !t.joined() && !v.labelled(t.from, cueOther):
			v.add(Passport, t.from, t.to, Unchecked, Possible, ByForm)
		}
	case t.shaped("AAA000000000000"):
		if v.near(t.from, cuePermanentResident) || v.near(t.from, cueResidentID) {
			v.add(PermanentResident, t.from, t.to, Unchecked, Certain, ByForm|ByLabel)
		}
	case t.shaped("A000000000"):
		if v.near(t.from, cueRegionalID) || v.near(t.from, cueResidentID) {
			t.taiwanID()
		}
	case t.shaped("A0000000") || t.shaped("AA0000000") || t.shaped("A000000A"):
		if v.near(t.from, cueRegionalID) || v.near(t.from, cueResidentID) {
			t.hongKongID(t.to-1, t.to)
		} else if passport && t.shaped("A0000000") && containsRune("PSD", t.first(0)) {
			v.add(Passport, t.from, t.to, Unchecked, Certain, ByForm|ByLabel)
		}
	}
}

// passportForm reports whether nine characters are those of a Chinese passport: of the mainland, Hong Kong or Macau.
func (t token) passportForm() bool {
	a, b := t.first(0), t.first(1)
	if isDigit(b) {
		return containsRune("EGHKMPSD", a)
	}
	switch a {
	case 'E':
		return b != 'I' && b != 'O'
	case 'D', 'S', 'P':
		return b == 'E'
	case 'K':
		return b == 'J'
	case 'H':
		return b == 'J' || b == 'A' || b == 'B'
	case 'M':
		return b >= 'A' && b <= 'C'
	}
	return false
}

// findBracketed looks for A123456(7) and 1234567(8): the brackets are those of the check digit.
func (v *view) findBracketed() {
	for i := v.lead; i+2 < len(v.r); i++ {
		if v.r[i] != '(' || v.at(i+2) != ')' || !v.is(i+1, word) || !v.is(i-1, digit) {
			continue
		}
		from := i
		for from > v.lead && v.is(from-1, word) && i-from < 9 {
			from--
		}
		t := token{v: v, from: from, to: i}
		switch {
		case v.is(from-1, word):
		case t.shaped("A000000") || t.shaped("AA000000"):
			t.hongKongID(i+1, i+3)
		case t.shaped("0000000") && containsRune("157", t.first(0)) && v.is(i+1, digit) &&
			(v.near(from, cueRegionalID) || v.near(from, cueResidentID)):
			v.add(RegionalID, from, i+3, Unchecked, Certain, ByForm|ByLabel)
		}
	}
}

// hongKongID reads one or two letters and six digits, with the check digit at check.
func (t token) hongKongID(check, to int) {
	v := t.v
	sum, weight := 0, 9
	if v.is(t.from+1, digit) {
		sum, weight = 36*9, 8 // a blank stands for the first letter
	}
	i := t.from
	for ; weight > 1; weight-- {
		switch {
		case v.is(i, digit):
			sum += int(v.r[i]-'0') * weight
		default:
			sum += int(v.upper(i)-'A'+10) * weight
		}
		i++
	}
	if to == t.to && i != check {
		return
	}
	last := 10
	if v.is(check, digit) {
		last = int(v.r[check] - '0')
	} else if v.upper(check) != 'A' {
		return
	}
	labelled := v.near(t.from, cueRegionalID) || v.near(t.from, cueResidentID)
	reasons := ByForm
	if labelled {
		reasons |= ByLabel
	}
	switch {
	case (sum+last)%11 == 0 && labelled:
		v.add(RegionalID, t.from, to, Passed, Certain, reasons|ByCheck)
	case (sum+last)%11 == 0:
		v.add(RegionalID, t.from, to, Passed, Likely, reasons|ByCheck)
	case labelled:
		v.add(RegionalID, t.from, to, Failed, Possible, reasons)
	}
}

// taiwanLetters are the letters in the order of the numbers 10 to 35 that stand for them.
const taiwanLetters = "ABCDEFGHJKLMNPQRSTUVXYWZIO"

// taiwanID reads a letter and nine digits.
func (t token) taiwanID() {
	v := t.v
	number := 0
	for i, r := range taiwanLetters {
		if r == t.first(0) {
			number = 10 + i
		}
	}
	if !containsRune("1289", t.first(1)) {
		return
	}
	sum := number/10 + number%10*9
	for k := 1; k < 9; k++ {
		sum += int(v.r[t.from+k]-'0') * (9 - k)
	}
	sum += int(v.r[t.from+9] - '0')
	if sum%10 == 0 {
		v.add(RegionalID, t.from, t.to, Passed, Certain, ByForm|ByLabel|ByCheck)
	} else {
		v.add(RegionalID, t.from, t.to, Failed, Possible, ByForm|ByLabel)
	}
}

// creditAlphabet are the characters of a social credit code by their value.
const creditAlphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY"

func creditValue(r rune) int {
	for i, c := range creditAlphabet {
		if c == r {
			return i
		}
	}
	return -1
}

// creditCheck returns the check character's value for the 17 before it, -1 if one of them cannot be there.
func creditCheck(at func(int) rune) int {
	sum, weight := 0, 1
	for i := range 17 {
		value := creditValue(at(i))
		if value < 0 {
			return -1
		}
		sum += value * weight
		weight = weight * 3 % 31
	}
	return (31 - sum%31) % 31
}

// organisationWeights weigh the first eight characters of an organisation code.
var organisationWeights = [8]int{3, 7, 9, 10, 5, 8, 4, 2}

// organisationCheck returns the check character of the eight characters, 0 if one of them cannot be there.
func organisationCheck(at func(int) rune) rune {
	sum := 0
	for i, w := range organisationWeights {
		r := at(i)
		switch {
		case isDigit(r):
			sum += int(r-'0') * w
		case r >= 'A' && r <= 'Z':
			sum += int(r-'A'+10) * w
		default:
			return 0
		}
	}
	switch check := 11 - sum%11; check {
	case 10:
		return 'X'
	case 11:
		return '0'
	default:
		return '0' + rune(check)
	}
}

func (t token) organisation() {
	v := t.v
	switch t.size() {
	case 18:
		code := 0
		for k := 2; k < 8; k++ {
			if !v.is(t.from+k, digit) {
				return
			}
			code = code*10 + int(v.r[t.from+k]-'0')
		}
		region := divisionTable().region(code)
		if region == regionNone && code/10000 != 10 || !containsRune("123456789ANY", t.first(0)) || !containsRune("123459", t.first(1)) {
			return
		}
		check := creditCheck(t.first)
		labelled := v.near(t.from, cueCreditCode)
		reasons := ByForm
		if labelled {
			reasons |= ByLabel
		}
		if region == regionUnknown {
			reasons |= UnknownRegion
		}
		switch {
		case check < 0:
		case check == creditValue(t.first(17)):
			confidence := Certain
			if region == regionUnknown && !labelled || t.letters == 0 && !labelled {
				confidence = Likely
			}
			v.add(CreditCode, t.from, t.to, Passed, confidence, reasons|ByCheck)
		case labelled:
			v.add(CreditCode, t.from, t.to, Failed, Possible, reasons)
		}
	case 8, 9:
		to, check := t.to, t.to-1
		if t.size() == 8 {
			if v.at(t.to) != '-' || !v.is(t.to+1, word) || v.is(t.to+2, word) {
				return
			}
			to, check = t.to+2, t.to+1
		}
		if !v.near(t.from, cueOrganisationCode) {
			return
		}
		switch organisationCheck(t.first) {
		case 0:
		case v.upper(check):
			v.add(OrganisationCode, t.from, to, Passed, Certain, ByLabel|ByCheck)
		default:
			v.add(OrganisationCode, t.from, to, Failed, Possible, ByLabel)
		}
	}
}
