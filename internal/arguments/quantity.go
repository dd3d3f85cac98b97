package arguments

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/zhushou-ai/zhushou/locale/number"
)

// readNumber returns the literal of the number that s writes, in digits of either width
// or in Chinese. Approximate numbers are refused. A unit after the number is passed over
// where the schema names it, for then the number is counted in it.
func readNumber(s string, n *node) (string, bool) {
	s = strings.TrimSpace(strings.Map(narrow, s))
	if s == "" {
		return "", false
	}
	if literal, ok := plainNumber(s); ok {
		return literal, true
	}
	digits, unit := cutUnit(s)
	if strings.ContainsAny(s, "%‰折成") || strings.Contains(s, "百分") || strings.Contains(s, "千分之") {
		return ratio(s, digits, n)
	}
	if literal, ok := spokenNumber(s); ok {
		return literal, true
	}
	// The unit may be a tail of what cutUnit found, as in 3万元.
	for i := range unit {
		if !named(unit[i:], n) {
			continue
		}
		head := strings.TrimSpace(strings.TrimSuffix(s, unit[i:]))
		if literal, ok := plainNumber(head); ok {
			return literal, true
		}
		if literal, ok := spokenNumber(head); ok {
			return literal, true
		}
	}
	return "", false
}

// plainNumber reads digits, with signs and points as JSON does not write them and
// with thousands separators.
func plainNumber(s string) (string, bool) {
	if isNumber(s) {
		return s, true
	}
	sign := ""
	switch s[0] {
	case '-':
		sign, s = "-", s[1:]
	case '+':
		s = s[1:]
	}
	s = ungroup(s)
	whole, fraction, point := strings.Cut(s, ".")
	if whole+fraction == "" {
		return "", false
	}
	whole = strings.TrimLeft(whole, "0")
	if whole == "" || whole[0] == 'e' || whole[0] == 'E' {
		whole = "0" + whole
	}
	if point && fraction != "" {
		whole += "." + fraction
	}
	if whole[0] == '-' || !isNumber(whole) { // a second sign makes it no number
		return "", false
	}
	return sign + whole, true
}

// ungroup removes separators that stand before every third digit.
func ungroup(s string) string {
	whole, fraction, point := strings.Cut(s, ".")
	for _, mark := range []string{",", "_", " ", "'"} {
		groups := strings.Split(whole, mark)
		if len(groups) < 2 || len(groups[0]) == 0 || len(groups[0]) > 3 || digitsEnd(groups[0], 0) != len(groups[0]) {
			continue
		}
		for _, g := range groups[1:] {
			if len(g) != 3 || digitsEnd(g, 0) != 3 {
				return s
			}
		}
		s = strings.Join(groups, "")
		if point {
			s += "." + fraction
		}
		return s
	}
	return s
}

// longestNumeral bounds, in bytes, what is read as a number in words.
const longestNumeral = 256

// spokenNumber reads a Chinese number that is exact.
func spokenNumber(s string) (string, bool) {
	if len(s) > longestNumeral {
		return "", false
	}
	n, err := number.Parse(s)
	if err != nil || n.Approx {
		return "", false
	}
	literal := n.String()
	return literal, isNumber(literal)
}

// ratio reads 25% as 25 where the schema speaks of percent, and as 0.25 where it
// allows no more than 1. Otherwise it may be either. 八五折 may be 8.5, 85 or 0.85.
func ratio(s, digits string, n *node) (string, bool) {
	if n.numbers != nil && n.numbers.maximum != nil && n.numbers.maximum.compare(parseDecimal("1")) <= 0 {
		return spokenNumber(s)
	}
	if !strings.Contains(s, "%") && !strings.HasPrefix(s, "百分之") {
		return "", false
	}
	if !strings.Contains(n.description, "%") && !strings.Contains(n.description, "％") && !strings.Contains(n.description, "百分") {
		return "", false
	}
	digits = strings.TrimPrefix(digits, "百分之")
	if literal, ok := plainNumber(digits); ok {
		return literal, true
	}
	return spokenNumber(digits)
}

// cutUnit parts a number from what is written after its last digit.
func cutUnit(s string) (digits, unit string) {
	i := len(s)
	for i > 0 {
		c, size := utf8.DecodeLastRuneInString(s[:i])
		if unicode.IsDigit(c) || len(s)-i > 24 {
			break
		}
		if strings.ContainsRune("零〇一二三四五六七八九十百千两", c) {
			break
		}
		i -= size
	}
	return strings.TrimSpace(s[:i]), strings.TrimSpace(s[i:])
}

// named reports whether the schema's own words contain the unit.
func named(unit string, n *node) bool {
	unit = strings.TrimSpace(unit)
	return unit != "" && strings.Contains(n.description, unit)
}
