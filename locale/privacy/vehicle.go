package privacy

// Vehicles: licence plates and identification numbers.

// vinWeights weigh the places of a vehicle identification number (GB 16735).
var vinWeights = [17]int{8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2}

func vinValue(r rune) int {
	switch {
	case isDigit(r):
		return int(r - '0')
	case r >= 'A' && r <= 'H':
		return int(r-'A') + 1
	case r >= 'J' && r <= 'R' && r != 'O' && r != 'Q':
		return int(r-'J') + 1
	case r >= 'S' && r <= 'Z':
		return int(r-'S') + 2
	}
	return -1
}

func (t token) vehicle() {
	if t.size() != 17 || t.digits < 5 {
		return
	}
	v := t.v
	sum := 0
	for i, w := range vinWeights {
		value := vinValue(t.first(i))
		if value < 0 {
			return
		}
		sum += value * w
	}
	check := rune('0' + sum%11)
	if sum%11 == 10 {
		check = 'X'
	}
	labelled := v.near(t.from, cueVIN)
	switch passed := check == t.first(8); {
	case passed && labelled:
		v.add(VIN, t.from, t.to, Passed, Certain, ByCheck|ByLabel)
	case passed && t.letters > 2 && !t.joined() && !v.labelled(t.from, cueOther):
		v.add(VIN, t.from, t.to, Passed, Likely, ByCheck)
	case labelled:
		v.add(VIN, t.from, t.to, Failed, Possible, ByLabel)
	}
}

const plateSuffixes = "学警挂港澳使领试超"

// findPlates looks for plates at every character that one begins with.
func (v *view) findPlates() {
	for i := v.lead; i < len(v.r); i++ {
		if !v.is(i, province) {
			continue
		}
		j := i + 1
		labelled := v.near(i, cuePlate)
		embassy := v.r[i] == '使' || v.r[i] == '领'
		if embassy {
			if !labelled {
				continue
			}
		} else {
			if !v.is(j, letter) || containsRune("IO", v.upper(j)) {
				continue
			}
			j++
		}
		for k := 0; k < 2 && containsRune("·-. ", v.at(j)); k++ {
			j++
		}
		start, digits := j, 0
		for v.is(j, word) && j-start < 7 {
			if r := v.upper(j); r == 'I' || r == 'O' {
				break
			}
			if v.is(j, digit) {
				digits++
			}
			j++
		}
		size := j - start
		suffix := containsRune(plateSuffixes, v.at(j))
		if suffix && (size == 4 || embassy && size == 6) {
			j++
		} else if v.is(j, word) || embassy && size != 6 || !embassy && size != 5 && !(size == 6 && v.newEnergy(start)) {
			continue
		}
		reasons, confidence := ByForm, Likely
		if labelled {
			reasons, confidence = ByForm|ByLabel, Certain
		}
		if digits < 2 && !(labelled && digits == 1) || v.labelled(i, cueOther) {
			continue
		}
		v.add(Plate, i, j, Unchecked, confidence, reasons)
	}
}

// newEnergy reports whether the six characters at i are those of a small or large new-energy vehicle.
func (v *view) newEnergy(i int) bool {
	small, large := containsRune("ABCDEFGHJK", v.upper(i)), containsRune("ABCDEFGHJK", v.upper(i+5))
	for k := range 4 {
		small = small && v.is(i+2+k, digit)
		large = large && v.is(i+k, digit)
	}
	return small || large && v.is(i+4, digit)
}
