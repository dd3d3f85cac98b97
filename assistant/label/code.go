package label

import (
	"errors"
	"fmt"
	"strings"
)

// A Code is the code of a provider, 27 characters long, for ContentProducer and ContentPropagator. It is a
// value to be configured: this package checks codes and makes up none.
type Code struct {
	Subject  byte   // '1' is an organisation
	Binding  byte   // '1' is bound by the unified social credit code
	USCC     string // that code, 18 characters
	Service  byte   // '1' generates, '2' passes on, '0' if the extension is not used
	Model    string // four characters of the provider's own, for a model or an app
	extended bool
}

const (
	codeLength = 27
	codeFormat = "00"
)

// ErrCode is matched by errors about codes.
var ErrCode = errors.New("not a provider code")

// ParseCode reads a code and verifies the check digits in it.
func ParseCode(s string) (Code, error) {
	bad := func(what string, args ...any) (Code, error) {
		return Code{}, fmt.Errorf("%w: %s", ErrCode, fmt.Sprintf(what, args...))
	}
	if len(s) != codeLength {
		return bad("it has %d characters and not %d", len(s), codeLength)
	}
	if i := strings.IndexFunc(s, func(r rune) bool { return !isCodeCharacter(r) }); i >= 0 {
		return bad("the character %q is neither a digit nor an upper-case letter", []rune(s[i:])[0])
	}
	if s[:2] != codeFormat {
		return bad("it begins with %s and not with %s", s[:2], codeFormat)
	}
	c := Code{Subject: s[2], Binding: s[3], USCC: s[4:22], Service: s[22], Model: s[23:]}
	if c.Binding == '1' {
		if err := CheckUSCC(c.USCC); err != nil {
			return bad("%v", err)
		}
	}
	switch c.Service {
	case '1', '2':
		c.extended = true
	case '0':
		if c.Model != "0000" {
			return bad("without an extension it ends with 00000 and not with %s", s[22:])
		}
	default:
		return bad("the service type %c is not 1 (generates), 2 (passes on) or 0", c.Service)
	}
	return c, nil
}

// Extended reports whether the code says what the service does.
func (c Code) Extended() bool { return c.extended }

// String returns the 27 characters. Of the zero Code it returns nothing.
func (c Code) String() string {
	if c.USCC == "" {
		return ""
	}
	return codeFormat + string([]byte{c.Subject, c.Binding}) + c.USCC + string(c.Service) + c.Model
}

func isCodeCharacter(r rune) bool { return r >= '0' && r <= '9' || r >= 'A' && r <= 'Z' }

// looksLikeCode reports whether a value is meant to be a code and not a name.
func looksLikeCode(s string) bool {
	return len(s) == codeLength && strings.HasPrefix(s, codeFormat) && strings.IndexFunc(s, func(r rune) bool { return !isCodeCharacter(r) }) < 0
}

// usccAlphabet are the 31 characters of the unified social credit code, in the order of their values.
const usccAlphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY"

// CheckUSCC verifies a unified social credit code (GB 32100): its length, its characters and its check
// digit.
func CheckUSCC(s string) error {
	if len(s) != 18 {
		return fmt.Errorf("the credit code has %d characters and not 18", len(s))
	}
	sum, weight := 0, 1
	for i := range 17 {
		v := strings.IndexByte(usccAlphabet, s[i])
		if v < 0 {
			return fmt.Errorf("the credit code has the character %q, which such codes do not use", s[i])
		}
		sum += v * weight
		weight = weight * 3 % 31
	}
	if want := usccAlphabet[(31-sum%31)%31]; s[17] != want {
		return fmt.Errorf("the check digit of the credit code is %c and should be %c", s[17], want)
	}
	return nil
}
