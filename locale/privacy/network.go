package privacy

// Addresses of machines and people in networks, and identities of devices.

// findIPv4 looks for four groups of digits that dots join.
func (v *view) findIPv4() {
	for a := 0; a+3 < len(v.groups); a++ {
		ok := a == 0 || v.groups[a].join != '.' && v.groups[a].join != '-'
		for k := 0; k < 4 && ok; k++ {
			g := v.groups[a+k]
			size := g.to - g.from
			ok = size <= 3 && v.is(g.from, digit) && (k == 0 || g.join == '.' && g.from == v.groups[a+k-1].to+1) &&
				(size == 1 || v.r[g.from] != '0')
			value := 0
			for i := g.from; i < g.to; i++ {
				value = value*10 + int(v.value(i))
			}
			ok = ok && value < 256
		}
		if !ok {
			continue
		}
		from, to := v.groups[a].from, v.groups[a+3].to
		if a+4 < len(v.groups) && (v.groups[a+4].join == '.' || v.groups[a+4].join == '-') || v.is(from-1, letter) && !v.endsCue(from) ||
			v.is(to, letter) || v.labelled(from, cueOther) || v.at(from-1) == '/' && v.is(from-2, word) ||
			v.at(to) == '-' && v.is(to+1, letter) || v.at(from-1) == '-' && v.is(from-2, letter) || v.at(from-1) == '.' {
			continue
		}
		v.add(IPv4, from, to, Unchecked, Likely, ByForm)
	}
}

// findHexadecimal looks for what colons or hyphens join: IPv6 and MAC addresses.
func (v *view) findHexadecimal() {
	part := func(i int) bool { return isHex(v.at(i)) || v.at(i) == ':' }
	for i := v.lead; i < len(v.r); {
		if !part(i) {
			i++
			continue
		}
		if v.r[i] == ':' && (v.at(i+1) != ':' || v.at(i+2) == ':') { // the colon of a label
			i++
			continue
		}
		from, colons := i, 0
		for part(i) {
			if v.r[i] == ':' {
				colons++
			}
			i++
		}
		to := i
		if v.mac(from) {
			continue
		}
		if colons < 2 || i-from > 64 {
			continue
		}
		dotted := v.at(to) == '.' && v.is(to-1, digit)
		if dotted { // the last 32 bits as in IPv4
			for dots := 0; v.is(to, digit) || v.at(to) == '.' && v.is(to+1, digit) && dots < 3; to++ {
				if v.r[to] == '.' {
					dots++
				}
			}
			i = to
		}
		if v.at(to-1) == ':' && v.at(to-2) != ':' {
			to--
		}
		if !v.is(from-1, word) && !v.is(to, word) && v.ipv6(from, to) {
			v.add(IPv6, from, to, Unchecked, Likely, ByForm)
		}
	}
}

// ipv6 reports whether the characters are an IPv6 address, and not an operator or a name with colons.
func (v *view) ipv6(from, to int) bool {
	groups, gap, digits, size := 0, false, 0, 0
	for i := from; i <= to; i++ {
		switch r := v.at(i); {
		case i < to && isHex(r):
			if isDigit(r) {
				digits++
			}
			if size++; size > 4 {
				return false
			}
		case i == to || r == ':':
			if size > 0 {
				groups++
			}
			size = 0
			if i < to && v.at(i+1) == ':' && i+1 < to {
				if gap || v.at(i+2) == ':' {
					return false
				}
				gap = true
			}
		case r == '.':
			return groups <= 6 && (gap || groups == 6) && v.dotted(i-size, to)
		default:
			return false
		}
	}
	if gap {
		return groups < 8 && groups > 0 && (digits > 0 && (groups > 2 || digits > 1 || groups == 1 && digits == 1) || groups > 3)
	}
	return groups == 8
}

// dotted reports whether the characters are an IPv4 address.
func (v *view) dotted(from, to int) bool {
	parts, value, size := 1, 0, 0
	for i := from; i < to; i++ {
		if v.r[i] == '.' {
			if size == 0 {
				return false
			}
			parts, value, size = parts+1, 0, 0
			continue
		}
		if !isDigit(v.r[i]) {
			return false
		}
		size++
		if value = value*10 + int(v.r[i]-'0'); value > 255 || size > 3 {
			return false
		}
	}
	return parts == 4 && size > 0
}

// mac adds the MAC address that begins at i: six pairs of hexadecimal digits.
func (v *view) mac(i int) bool {
	separator := v.at(i + 2)
	if separator != ':' && separator != '-' || v.is(i-1, word) || v.at(i-1) == separator && v.is(i-2, word) && !v.endsCue(i-1) {
		return false
	}
	for k := range 6 {
		at := i + 3*k
		if !isHex(v.at(at)) || !isHex(v.at(at+1)) || k > 0 && v.at(at-1) != separator {
			return false
		}
	}
	to := i + 17
	if v.is(to, word) || v.at(to) == separator && v.is(to+1, word) || v.labelled(i, cueOther) {
		return false
	}
	reasons, confidence := ByForm, Likely
	if v.near(i, cueMAC) {
		reasons, confidence = ByForm|ByLabel, Certain
	}
	v.add(MAC, i, to, Unchecked, confidence, reasons)
	return true
}

// device reads OAID, IDFA and the like, and MAC addresses without separators, all of which need a label.
func (t token) device() {
	v := t.v
	for i := t.from; i < t.to; i++ {
		if !isHex(v.r[i]) {
			return
		}
	}
	switch size := t.size(); {
	case size == 12 && v.labelled(t.from, cueMAC):
		v.add(MAC, t.from, t.to, Unchecked, Certain, ByLabel)
	case (size == 16 || size == 32 || size == 64) && v.labelled(t.from, cueDevice):
		v.add(DeviceID, t.from, t.to, Unchecked, Certain, ByLabel)
	case size == 8 && v.labelled(t.from, cueDevice):
		i := t.from
		for k, part := range [5]int{8, 4, 4, 4, 12} {
			if k > 0 {
				if v.at(i) != '-' {
					return
				}
				i++
			}
			for range part {
				if !isHex(v.at(i)) {
					return
				}
				i++
			}
		}
		if !v.is(i, word) {
			v.add(DeviceID, t.from, i, Unchecked, Certain, ByForm|ByLabel)
		}
	}
}

// findOpenIDs looks for o and 27 characters of base64url.
func (v *view) findOpenIDs() {
	for i := v.lead; i < len(v.r); i++ {
		if v.r[i] == 'o' && !v.is(i-1, word) {
			v.openID(i)
		}
	}
}

func (v *view) openID(from int) {
	labelled := v.labelled(from, cueOpenID)
	if containsRune("-_", v.at(from-1)) && !labelled {
		return
	}
	upper, lower, digits, i := 0, 0, 0, from
	for v.is(i, word) || v.at(i) == '-' || v.at(i) == '_' {
		switch r := v.r[i]; {
		case isDigit(r):
			digits++
		case r >= 'A' && r <= 'Z':
			upper++
		case r >= 'a' && r <= 'z':
			lower++
		}
		i++
		if i-from > 28 {
			return
		}
	}
	if i-from != 28 || v.at(i) == '=' || v.at(i) == '+' || v.at(i) == '/' || v.at(from-1) == '/' || v.at(from-1) == '+' {
		return
	}
	switch {
	case labelled:
		v.add(OpenID, from, i, Unchecked, Certain, ByForm|ByLabel)
	case upper > 2 && lower > 2 && digits > 1 && !v.labelled(from, cueOther):
		v.add(OpenID, from, i, Unchecked, Possible, ByForm)
	}
}
