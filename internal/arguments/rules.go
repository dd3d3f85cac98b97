package arguments

import (
	"fmt"
	"unicode/utf8"
)

// broken says which bound d breaks, or nothing.
func (r *numberRules) broken(d decimal) string {
	switch {
	case r.minimum != nil && d.compare(r.minimum.decimal) < 0:
		return "want at least " + r.minimum.literal
	case r.maximum != nil && d.compare(r.maximum.decimal) > 0:
		return "want at most " + r.maximum.literal
	case r.above != nil && d.compare(r.above.decimal) <= 0:
		return "want more than " + r.above.literal
	case r.below != nil && d.compare(r.below.decimal) >= 0:
		return "want less than " + r.below.literal
	case r.multipleOf != nil && !d.multipleOf(r.multipleOf.decimal):
		return "want a multiple of " + r.multipleOf.literal
	}
	return ""
}

// broken says which rule s breaks, or nothing.
func (r *textRules) broken(s string) string {
	if r.minLength > 0 || r.maxLength >= 0 {
		n := utf8.RuneCountInString(s)
		if n < r.minLength {
			return fmt.Sprintf("want at least %d characters", r.minLength)
		}
		if r.maxLength >= 0 && n > r.maxLength {
			return fmt.Sprintf("want at most %d characters", r.maxLength)
		}
	}
	if r.pattern != nil && !r.pattern.MatchString(s) {
		return "want text that matches " + r.pattern.String()
	}
	return ""
}
