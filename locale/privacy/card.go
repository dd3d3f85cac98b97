package privacy

// Bank cards and IMEIs, which both have a check digit by Luhn.

// luhn reports whether the last digit is the check digit of those before it.
func luhn(digits []byte) bool {
	sum := 0
	for i, d := range digits {
		if (len(digits)-i)%2 == 0 {
			d *= 2
			if d > 9 {
				d -= 9
			}
		}
		sum += int(d)
	}
	return sum%10 == 0
}

// An issuer is a range of the first digits of cards, and the lengths of its cards.
type issuer struct {
	first, last int // of the first four digits
	sizes       []int
}

var issuers = []issuer{
	{6200, 6299, []int{16, 17, 18, 19}}, // UnionPay
	{4000, 4999, []int{16}},             // Visa
	{5100, 5599, []int{16}},             // Mastercard
	{2221, 2720, []int{16}},             // Mastercard
	{3400, 3499, []int{15}},             // American Express
	{3700, 3799, []int{15}},             // American Express
	{3528, 3589, []int{16}},             // JCB
	{3600, 3699, []int{14}},             // Diners Club
	{9558, 9559, []int{19}},             // Industrial and Commercial Bank, before UnionPay
}

func issued(digits []byte) bool {
	first := int(digits[0])*1000 + int(digits[1])*100 + int(digits[2])*10 + int(digits[3])
	for _, i := range issuers {
		if first < i.first || first > i.last {
			continue
		}
		for _, size := range i.sizes {
			if size == len(digits) {
				return true
			}
		}
	}
	return false
}

func (n *number) matchCard() {
	size := len(n.digits)
	if size < 13 || size > 19 || !n.alone {
		return
	}
	v := n.v
	if size == 15 && (n.parts == 1 || n.grouped(2, 6, 6, 1) || n.grouped(6, 2, 6, 1) || n.grouped(8, 6, 1)) && v.labelled(n.from, cueIMEI) {
		check, confidence := Passed, Certain
		reasons := n.reasons | ByLabel | ByCheck
		if !luhn(n.digits) {
			check, confidence, reasons = Failed, Possible, n.reasons|ByLabel
		}
		v.add(IMEI, n.from, n.to, check, confidence, reasons)
		return
	}
	if !n.cardGroups() {
		return
	}
	labelled := v.near(n.from, cueBankCard)
	known, passed := issued(n.digits), luhn(n.digits)
	reasons := n.reasons
	if labelled {
		reasons |= ByLabel
	}
	if known {
		reasons |= ByPrefix
	}
	switch {
	case passed && labelled:
		v.add(BankCard, n.from, n.to, Passed, Certain, reasons|ByCheck)
	case passed && known && n.plain:
		v.add(BankCard, n.from, n.to, Passed, Likely, reasons|ByCheck)
	case labelled && n.plain && size >= 15 && (known || v.labelled(n.from, cueBankCard)):
		v.add(BankCard, n.from, n.to, Failed, Possible, reasons)
	}
}

// cardGroups reports whether the digits are grouped as on a card.
func (n *number) cardGroups() bool {
	if n.parts == 1 || n.loose() || n.grouped(4, 6, 5) || n.grouped(4, 6, 4) || n.grouped(6, 0) || n.grouped(5, 5, 5, 4) {
		return true
	}
	for _, size := range n.spans[:n.parts-1] {
		if size != 4 {
			return false
		}
	}
	return n.spans[n.parts-1] <= 4
}
