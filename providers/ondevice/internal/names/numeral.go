package names

import (
	"slices"
	"strconv"
	"strings"
)

func isDigit(r rune) bool { return '0' <= r && r <= '9' }

// isNumeral reports whether r can be part of a number.
func isNumeral(r rune) bool { return isDigit(digit(r)) || strings.ContainsRune("十百千万", r) }

// digit returns the Arabic form of a Chinese digit, others as they are.
func digit(r rune) rune {
	switch r {
	case '零', '〇':
		return '0'
	case '一', '幺':
		return '1'
	case '二', '两':
		return '2'
	case '三':
		return '3'
	case '四':
		return '4'
	case '五':
		return '5'
	case '六':
		return '6'
	case '七':
		return '7'
	case '八':
		return '8'
	case '九':
		return '9'
	}
	return r
}

// numerals returns text with Arabic digits for Chinese ones.
func numerals(text []rune) []rune {
	out := make([]rune, len(text))
	for i, r := range text {
		out[i] = digit(r)
	}
	return out
}

// respell returns the other way in which numbers from 10 to 99 are written and read, if there are any in a name with Arabic
// digits: 15路 of 十5路, which is 十五路, and the other way round.
func respell(name []rune) []rune {
	if !slices.ContainsFunc(name, isCounted) {
		return nil
	}
	var out []rune
	for i := 0; i < len(name); {
		n := i
		for n < len(name) && isCounted(name[n]) {
			n++
		}
		if n == i {
			out = append(out, name[i])
			i++
			continue
		}
		out = append(out, respellNumber(name[i:n])...)
		i = n
	}
	if slices.Equal(out, name) {
		return nil
	}
	return out
}

func isCounted(r rune) bool { return isDigit(r) || r == '十' }

func respellNumber(number []rune) []rune {
	ten := slices.Index(number, '十')
	switch {
	case ten < 0 && len(number) == 2 && number[0] != '0':
		var out []rune
		if number[0] != '1' {
			out = append(out, number[0])
		}
		if out = append(out, '十'); number[1] != '0' {
			out = append(out, number[1])
		}
		return out
	case ten >= 0 && ten <= 1 && len(number) <= ten+2 && !slices.Contains(number[ten+1:], '十'):
		n := 10
		if ten == 1 {
			n = 10 * int(number[0]-'0')
		}
		if len(number) > ten+1 {
			n += int(number[ten+1] - '0')
		}
		return []rune(strconv.Itoa(n))
	}
	return number
}
