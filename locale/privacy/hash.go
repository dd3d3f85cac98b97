package privacy

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"log/slog"
	"strings"
)

// A Hasher turns private data into codes that are the same for the same data, for joining and counting what must not
// be seen: HMAC-SHA256 under a key, without which a phone number could be found by trying all of them. It is safe for
// concurrent use. Printing it does not show the key.
type Hasher struct {
	key      string
	detector Detector
}

// minKey is the least size of a key in bytes.
const minKey = 16

// NewHasher returns a hasher with a key of at least 16 bytes, which should be random and secret. It finds what the
// detector finds.
func NewHasher(key []byte, d Detector) (*Hasher, error) {
	if len(key) < minKey {
		return nil, errors.New("privacy: the key of a hasher has at least 16 bytes")
	}
	return &Hasher{key: string(key), detector: d}, nil
}

// Value returns the code of a text, which is private data of the type: 64 hexadecimal digits. Different ways to write
// the same number have the same code.
func (h *Hasher) Value(t Type, text string) string {
	mac := hmac.New(sha256.New, []byte(h.key))
	mac.Write([]byte{byte(len(t.String()))})
	mac.Write([]byte(t.String()))
	mac.Write([]byte(Canonical(t, text)))
	return hex.EncodeToString(mac.Sum(nil))
}

// Replace returns s with its private data replaced by its type and the first 16 digits of its code: 〔手机号#0a1b…〕.
func (h *Hasher) Replace(s string) string {
	return h.detector.Replace(s, func(f Finding, text string) string {
		return "〔" + f.Type.String() + "#" + h.Value(f.Type, text)[:16] + "〕"
	})
}

// String does not show the key.
func (h *Hasher) String() string { return "privacy.Hasher" }

// GoString does not show the key.
func (h *Hasher) GoString() string { return h.String() }

// LogValue does not show the key.
func (h *Hasher) LogValue() slog.Value { return slog.StringValue(h.String()) }

// Canonical returns the one way to write private data of a type: half width, simplified, Arabic digits, no separators;
// phone numbers without +86, letters of numbers in upper case, those of e-mail in lower case.
func Canonical(t Type, text string) string {
	var b strings.Builder
	for _, r := range text {
		if invisible(r) {
			continue
		}
		if v := circledValue(r); v >= 0 {
			r = '0' + rune(v)
		}
		r = unify(folding(r))
		switch t {
		case Name, Address:
			if r != ' ' {
				b.WriteRune(r)
			}
			continue
		case Email, IPv4, IPv6, WeChat, Coordinates:
			b.WriteRune(r)
			continue
		case OpenID: // upper and lower case differ
			b.WriteRune(r)
			continue
		}
		if v := numeralValue(r); v >= 0 && t != MilitaryID {
			r = '0' + rune(v)
		}
		switch {
		case isLatin(r):
			b.WriteRune(r - 'a' + 'A')
		case isDigit(r), r == '+', isHan(r):
			b.WriteRune(r)
		case r == '×':
			b.WriteRune('X')
		}
	}
	s := b.String()
	if t == Mobile || t == Landline {
		for _, prefix := range []string{"+86", "0086"} {
			s = strings.TrimPrefix(s, prefix)
		}
		if t == Mobile && len(s) == 13 {
			s = strings.TrimPrefix(s, "86")
		}
	}
	return s
}
