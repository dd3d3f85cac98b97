package quantity

import (
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/zhushou-ai/zhushou/locale/number"
)

const maxRunes = 256 // of a text given to Parse

// ErrUnit is wrapped by the error of [Parse] and [ParseUnit] for a unit that is missing or unknown.
var ErrUnit = errors.New("no known unit")

// Parse reads s, which must be one quantity from end to end, white space around it aside. The error wraps
// [ErrUnit] or a [*number.ParseError]. The text may have at most 256 characters.
func Parse(s string) (Quantity, error) {
	text := strings.TrimSpace(s)
	if utf8.RuneCountInString(text) > maxRunes {
		return Quantity{}, fmt.Errorf("parse quantity %q: longer than %d characters", brief(s), maxRunes)
	}
	for m := range Find(text) {
		if m.Start == 0 && m.End == len(text) {
			return m.Quantity, nil
		}
		break
	}
	// What Find is too careful for: a number that only the unit at the end sets free.
	for i := range text {
		if u, end := unitAt(text, i); i > 0 && u != 0 && end == len(text) {
			n, err := number.Parse(text[:i])
			if err != nil {
				return Quantity{}, fmt.Errorf("parse quantity %q: %w", brief(s), err)
			}
			return Quantity{n, u}, nil
		}
	}
	return Quantity{}, fmt.Errorf("parse quantity %q: %w at its end", brief(s), ErrUnit)
}

// ParseUnit returns the unit with the given Chinese name or symbol. The error wraps [ErrUnit].
func ParseUnit(s string) (Unit, error) {
	text := strings.TrimSpace(s)
	if u, end := unitAt(text, 0); u != 0 && end == len(text) {
		return u, nil
	}
	return 0, fmt.Errorf("parse unit %q: %w", brief(s), ErrUnit)
}

// brief cuts s to a length fit for an error.
func brief(s string) string {
	const keep = 64
	n := 0
	for i := range s {
		if n++; n > keep {
			return s[:i] + "…"
		}
	}
	return s
}
