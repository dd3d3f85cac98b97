package number

// complete reports whether s, a numeral without sign and decimals, is written out in full: as Format would
// write it, apart from 两 for 二 and the 一 before 十.
func (p *scanner) complete(s string) bool {
	var buf [64]byte
	given, arabicDigits, ok := standard(buf[:0], s)
	if !ok {
		return false
	}
	if arabicDigits {
		return ok
	}
	loose := scanner{s: s}
	v, _, ok := loose.integer(0)
	if !ok || v.Approx {
		return false
	}
	var written, again [96]byte
	want, _, _ := standard(written[:0], string(Form{Style: Lower, Plain: true}.append(again[:0], v)))
	return string(given) == string(want)
}

// standard appends one letter for every numeral of s, without those that may be left out. It reports false
// for characters that do not belong into a full number. Arabic digits may only have 万 and 亿 behind them.
func standard(b []byte, s string) (out []byte, arabicDigits, ok bool) {
	mixed := false
	for i := 0; i < len(s); {
		t := next(s, i)
		i += t.width
		c := byte('0' + t.value)
		switch t.kind {
		case arabic:
			if mixed {
				return b, arabicDigits, false
			}
			arabicDigits = true
			continue
		case zero:
		case digit, pair:
			if after := next(s, i); t.value == 1 && after.kind == unit && (after.value == 10 || len(b) > 0 && b[len(b)-1] == '0') {
				continue // 一十, and 零一百
			}
			if t.r == '俩' || t.r == '倆' || t.r == '仨' || t.kind == pair && (next(s, i).kind == other || next(s, i).value == 10) {
				return b, arabicDigits, false
			}
		case unit, large:
			c = unitLetter(t.value)
			if arabicDigits {
				if t.kind == unit {
					return b, arabicDigits, false
				}
				mixed = true
			}
		case other:
			if !arabicDigits || mixed || t.r != '.' && t.r != ',' && t.r != '．' && t.r != '，' {
				return b, arabicDigits, false
			}
			continue
		default:
			return b, arabicDigits, false
		}
		if arabicDigits && t.kind != large {
			return b, arabicDigits, false
		}
		b = append(b, c)
	}
	return b, arabicDigits, true
}

func unitLetter(u int64) byte {
	switch u {
	case 10:
		return 's'
	case 100:
		return 'b'
	case 1000:
		return 'q'
	case 1e4:
		return 'w'
	case 1e8:
		return 'y'
	}
	return 'z'
}
