package number

import "unicode/utf8"

// quick reads the numerals that most texts hold, without the bookkeeping of the rarer ones: plain Arabic
// integers, and Chinese ones whose units fall from left to right. It reports false for all others.
func quick(s string, i int) (v int64, end int, ok bool) {
	if i < len(s) && s[i] < utf8.RuneSelf {
		return quickArabic(s, i)
	}
	const none = -1
	var (
		total, part    int64        // before and since the last large unit
		small, big     int64        // the last units of either size
		last           int64        // the last unit of all
		pending        int64 = none // the digit that waits for its unit
		gap, justLarge bool
	)
	j := i
	for {
		value, role := quickRole(s, j)
		switch role {
		case digit:
			if pending != none {
				return 0, i, false
			}
			pending = value
		case unit:
			if pending == none {
				if last != 0 || value != 10 && next(s, j+len("百")).r != '分' {
					return 0, i, false
				}
				pending = 1
			}
			if small != 0 && value >= small {
				return 0, i, false
			}
			part += pending * value
			pending, small, last, gap, justLarge = none, value, value, false, false
		case large:
			if pending != none {
				if small > 10 && !gap {
					return 0, i, false
				}
				part += pending
			}
			if part == 0 || justLarge || big != 0 && value >= big {
				return 0, i, false
			}
			total += part * value
			part, pending, small, big, last, gap, justLarge = 0, none, 0, value, value, false, true
		case zero:
			if last == 0 || gap || pending != none {
				return 0, i, false
			}
			gap, justLarge = true, false
		case some:
			return 0, i, false
		default:
			if j == i || gap && pending == none {
				return 0, i, false
			}
			if pending != none {
				if last > 10 && !gap {
					pending *= last / 10
				}
				part += pending
			}
			return total + part, j, true
		}
		j += len("一")
	}
}

func quickArabic(s string, i int) (v int64, end int, ok bool) {
	j := i
	for j < len(s) && '0' <= s[j] && s[j] <= '9' {
		v = v*10 + int64(s[j]-'0')
		j++
	}
	if j == i || j-i > len("999999999999999999") {
		return 0, i, false
	}
	if j == len(s) {
		return v, j, true
	}
	switch c := s[j]; {
	case c == '.' || c == ',' || c == 'e' || c == 'E':
		return 0, i, false
	case c < utf8.RuneSelf:
		return v, j, c != ' ' || next(s, j+1).kind != large
	}
	t := next(s, j)
	return v, j, t.kind == other && t.r != '，' && t.r != '．' && t.r != 'ｅ' && t.r != 'Ｅ' && !beforeLarge(s, j, t)
}

// quickRole tells what the character at i is to quick: a digit, a unit, a zero, something that needs more
// care (some), or nothing of a numeral (other).
func quickRole(s string, i int) (int64, kind) {
	if i >= len(s) || s[i] < utf8.RuneSelf && (s[i] < '0' || s[i] > '9') {
		return 0, other
	}
	t := next(s, i)
	switch t.kind {
	case pair:
		if t.value == 2 {
			return 2, digit
		}
	case large:
		if t.value <= 1e8 {
			return t.value, large
		}
	case digit, unit, zero:
		return t.value, t.kind
	case other:
		if !beforeLarge(s, i, t) {
			return 0, other
		}
	}
	return 0, some
}

// beforeLarge reports whether t, at i, is the 个 of 两个亿.
func beforeLarge(s string, i int, t token) bool {
	return (t.r == '个' || t.r == '個') && next(s, i+t.width).kind == large
}
