package speech

var spokenDigits = [10]string{"零", "一", "二", "三", "四", "五", "六", "七", "八", "九"}

var places = [4]string{"", "十", "百", "千"}

// maxCardinal is the most digits that are said as one number. Longer ones are said digit by digit.
const maxCardinal = 20

// appendDigits appends the digits of ds one by one; what else is in ds is skipped.
func appendDigits(b []byte, ds, one string) []byte {
	for i := range len(ds) {
		switch c := ds[i]; {
		case c == '1':
			b = append(b, one...)
		case isArabic(c):
			b = append(b, spokenDigits[c-'0']...)
		}
	}
	return b
}

// appendCardinal appends the integer ds, whose separators and leading zeros do not count.
func appendCardinal(b []byte, ds string, two Two) []byte {
	var buf [maxCardinal]byte
	n := 0
	for i := range len(ds) {
		switch c := ds[i]; {
		case !isArabic(c) || n == 0 && c == '0':
		case n == len(buf):
			return appendDigits(b, ds, "一")
		default:
			buf[n] = c
			n++
		}
	}
	if n == 0 {
		return append(b, "零"...)
	}
	return appendGroups(b, buf[:n], true, two)
}

// appendGroups appends digits that do not begin with a zero: what is above 亿, what is above 万, and the rest.
func appendGroups(b, ds []byte, leads bool, two Two) []byte {
	size, name := 4, "万"
	if len(ds) > 8 {
		size, name = 8, "亿"
	}
	if len(ds) <= 4 {
		return appendThousands(b, ds, leads, two)
	}
	high, low := ds[:len(ds)-size], ds[len(ds)-size:]
	if len(high) == 1 && high[0] == '2' && (leads && two == TwoLeading || two == TwoAll) {
		b = append(b, "两"...)
	} else {
		b = appendGroups(b, high, leads, two)
	}
	b = append(b, name...)
	zeros := 0
	for zeros < len(low) && low[zeros] == '0' {
		zeros++
	}
	if zeros == len(low) {
		return b
	}
	if zeros > 0 {
		b = append(b, "零"...)
	}
	// 零十万 and not 零一十万, but 一万零一十.
	return appendGroups(b, low[zeros:], zeros > 0 && len(low)-zeros > 4, two)
}

// appendThousands appends one to four digits that do not begin with a zero.
func appendThousands(b, ds []byte, leads bool, two Two) []byte {
	gap := false
	for i, d := range ds {
		power := len(ds) - 1 - i
		if d == '0' {
			gap = true
			continue
		}
		if gap {
			b, gap = append(b, "零"...), false
		}
		switch {
		case d == '2' && power >= 2 && (two == TwoAll || two == TwoLeading && leads && i == 0):
			b = append(b, "两"...)
		case d == '1' && power == 1 && i == 0 && leads:
		default:
			b = append(b, spokenDigits[d-'0']...)
		}
		b = append(b, places[power]...)
	}
	return b
}

func isArabic(c byte) bool { return '0' <= c && c <= '9' }
