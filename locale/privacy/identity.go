package privacy

// Numbers of identity cards and permits: matchIdentity reads those with 18 or 15 digits, matchPermit those without a
// check digit, which need a label.

// identityWeights weigh the digits of an 18-character number: powers of 2 modulo 11 (ISO 7064 MOD 11-2).
var identityWeights = [17]int{7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2}

// identityCheck returns the check digit of 17 digits, 10 for X.
func identityCheck(digits []byte) byte {
	sum := 0
	for i, w := range identityWeights {
		sum += int(digits[i]) * w
	}
	return byte((12 - sum%11) % 11)
}

func daysIn(year, month int) int {
	switch month {
	case 4, 6, 9, 11:
		return 30
	case 2:
		if year%4 == 0 && (year%100 != 0 || year%400 == 0) {
			return 29
		}
		return 28
	}
	return 31
}

func (n *number) matchIdentity() {
	if !n.alone && !n.endsWithX() {
		return
	}
	switch len(n.digits) {
	case 17:
		if to := n.xEnd(); to > 0 {
			n.identity(to, 10)
		}
	case 18:
		n.identity(n.to, n.digits[17])
	case 15:
		n.oldIdentity()
	}
}

func (n *number) endsWithX() bool { return len(n.digits) == 17 && n.xEnd() > 0 }

// xEnd returns the end of the X after 17 digits, or 0.
func (n *number) xEnd() int {
	v, i := n.v, n.to
	if r := v.at(i); (r == ' ' || r == '-') && n.parts > 1 {
		i++
	}
	switch v.at(i) {
	case 'X', 'x', '×', 'Х', 'х', '╳', '✕':
		if !v.is(i+1, word) {
			return i + 1
		}
	}
	return 0
}

func (n *number) identity(to int, check byte) {
	v := n.v
	labelled := v.near(n.from, cueResidentID)
	region := divisionTable().region(n.value(0, 6))
	dated := born(n.value(6, 10), n.value(10, 12), n.value(12, 14))
	t := ResidentID
	switch {
	case n.digits[0] == 9:
		t, region = PermanentResident, regionKnown
		labelled = labelled || v.near(n.from, cuePermanentResident)
	case n.value(0, 2) >= 81 && n.value(0, 2) <= 83:
		t = ResidencePermit
		labelled = labelled || v.near(n.from, cueResidencePermit)
		if n.value(2, 6) == 0 {
			region = regionKnown
		}
	}
	if !dated || region == regionNone || n.parts > 1 && !n.identityGroups() && !n.loose() {
		return
	}
	reasons := n.reasons
	if labelled {
		reasons |= ByLabel
	}
	passed := identityCheck(n.digits[:17]) == check
	confidence := Certain
	if region == regionUnknown {
		reasons |= UnknownRegion
		confidence = Likely
	}
	switch {
	case passed:
		v.add(t, n.from, to, Passed, confidence, reasons|ByCheck)
	case labelled && !v.labelled(n.from, cueOther):
		v.add(t, n.from, to, Failed, Possible, reasons)
	}
}

func (n *number) identityGroups() bool {
	return n.grouped(6, 8, 0) || n.grouped(6, 4, 4, 0) || n.grouped(3, 3, 4, 4, 0) || n.grouped(4, 4, 4, 4, 0) ||
		n.grouped(6, 4, 2, 2, 0) || n.grouped(6, 8, 3, 1) || n.grouped(14, 0) || n.grouped(17, 1) || n.grouped(10, 8) ||
		n.grouped(6, 12) || n.grouped(6, 11) || n.grouped(3, 3, 8, 0) || n.grouped(6, 6, 0)
}

func (n *number) oldIdentity() {
	v := n.v
	if !v.near(n.from, cueResidentID) || divisionTable().region(n.value(0, 6)) == regionNone ||
		!born(1900+n.value(6, 8), n.value(8, 10), n.value(10, 12)) {
		return
	}
	v.add(OldResidentID, n.from, n.to, Unchecked, Likely, n.reasons|ByLabel)
}

// matchPermit reads the numbers that consist of letters and digits or of digits alone and have no check digit.
func (n *number) matchPermit() {
	v := n.v
	if n.parts > 1 && !n.loose() && !n.grouped(4, 4) {
		return
	}
	switch size := len(n.digits); {
	case size == 8 && n.alone && v.labelled(n.from, cueTaiwanPermit):
		v.add(TaiwanPermit, n.from, n.to, Unchecked, Certain, n.reasons|ByLabel)
	case size == 10 && v.labelled(n.from, cueTaiwanPermit) && v.at(n.to) == '(' && v.is(n.to+1, letter) && v.at(n.to+2) == ')':
		v.add(TaiwanPermit, n.from, n.to+3, Unchecked, Certain, n.reasons|ByLabel)
	case size == 10 && v.labelled(n.from, cueTaiwanPermit) && v.is(n.to, letter) && !v.is(n.to+1, word):
		v.add(TaiwanPermit, n.from, n.to+1, Unchecked, Certain, n.reasons|ByLabel)
	case size == 12 && n.alone && v.labelled(n.from, cueDriverFile):
		v.add(DriverFile, n.from, n.to, Unchecked, Certain, n.reasons|ByLabel)
	}
	n.military()
}

// militaryPrefixes are the characters before 字第: services, former regions and departments.
const militaryPrefixes = "军士文武海空南北沈兰成济广参政后装东西中火战陆天网信联勤院京官兵职"

// military reads numbers such as 军字第1234567号.
func (n *number) military() {
	v := n.v
	if size := len(n.digits); size < 6 || size > 8 || v.at(n.from-1) != '第' || v.at(n.from-2) != '字' {
		return
	}
	from := n.from - 2
	for k := 0; k < 2 && containsRune(militaryPrefixes, v.at(from-1)); k++ {
		from--
	}
	if from == n.from-2 || v.at(from-1) == '证' && !v.near(from, cueMilitaryID) || v.at(from-1) == '权' || v.at(from-1) == ')' {
		return
	}
	to := n.to
	if v.at(to) == '号' {
		to++
	}
	reasons, confidence := ByForm, Likely
	if v.near(from, cueMilitaryID) {
		reasons, confidence = ByForm|ByLabel, Certain
	}
	v.add(MilitaryID, from, to, Unchecked, confidence, reasons|n.reasons)
}

func containsRune(set string, r rune) bool {
	for _, s := range set {
		if s == r {
			return r != 0
		}
	}
	return false
}
