package arguments

import (
	"strings"
	"unicode"
)

// fold returns s without differences of case, width and outer space.
func fold(s string) string {
	return strings.TrimSpace(strings.Map(func(c rune) rune {
		return unicode.ToLower(narrow(c))
	}, s))
}

// foldName returns s also without the marks that part words: city_name, cityName,
// city-name and "City Name" are one.
func foldName(s string) string {
	return strings.Map(func(c rune) rune {
		c = unicode.ToLower(narrow(c))
		if c == '_' || c == '-' || unicode.IsSpace(c) {
			return -1
		}
		return c
	}, s)
}

// narrow returns the ASCII form of a full-width character.
func narrow(c rune) rune {
	switch {
	case c >= '！' && c <= '～':
		return c - '！' + '!'
	case c == '　':
		return ' '
	case c == '－' || c == '−':
		return '-'
	}
	return c
}
