package guard

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/zhushou-ai/zhushou/locale/privacy"
)

// known are the values in a vault by their first characters, longest first.
type known map[rune][]knownValue

type knownValue struct{ text, form string }

func newKnown(v *privacy.Vault) known {
	k := make(known)
	for form, text := range v.All() {
		first, _ := utf8.DecodeRuneInString(text)
		if !bracket(first) { // what only looks like a placeholder is always seen
			k[first] = append(k[first], knownValue{text, form})
		}
	}
	for _, values := range k {
		slices.SortFunc(values, func(a, b knownValue) int {
			return cmp.Or(cmp.Compare(len(b.text), len(a.text)), cmp.Compare(a.form, b.form))
		})
	}
	return k
}

// replace returns s, in which placeholders stand for what was found in it, with placeholders also for what was not.
func (k known) replace(s string) string {
	if !k.within(s) {
		return s
	}
	var b strings.Builder
	last, before := 0, rune(0)
	for i := 0; i < len(s); {
		if size := ownPlaceholder(s[i:]); size > 0 {
			i += size
			before = '〕'
			continue
		}
		r, size := utf8.DecodeRuneInString(s[i:])
		if value := k.at(s[i:], r, before); value != nil {
			b.WriteString(s[last:i])
			b.WriteString(value.form)
			i += len(value.text)
			last = i
			before = '〕'
			continue
		}
		i += size
		before = r
	}
	b.WriteString(s[last:])
	return b.String()
}

// within reports whether any of the values is in s.
func (k known) within(s string) bool {
	for _, values := range k {
		for _, v := range values {
			if strings.Contains(s, v.text) {
				return true
			}
		}
	}
	return false
}

// at returns the value at the beginning of s, which begins with r and stands after before: letters and digits only where
// they are not part of longer ones.
func (k known) at(s string, r, before rune) *knownValue {
	values := k[r]
	for i, v := range values {
		if !strings.HasPrefix(s, v.text) || alphanumeric(r) && alphanumeric(before) {
			continue
		}
		last, _ := utf8.DecodeLastRuneInString(v.text)
		after, _ := utf8.DecodeRuneInString(s[len(v.text):])
		if alphanumeric(last) && alphanumeric(after) {
			continue
		}
		return &values[i]
	}
	return nil
}

func alphanumeric(r rune) bool {
	return r >= '0' && r <= '9' || r|0x20 >= 'a' && r|0x20 <= 'z'
}

// ownPlaceholder returns the length of the placeholder at the beginning of s, as a vault writes it, or 0.
func ownPlaceholder(s string) int {
	const open, end = "〔", "〕"
	if !strings.HasPrefix(s, open) {
		return 0
	}
	n := strings.Index(s[:min(len(s), 96)], end)
	if n < 0 {
		return 0
	}
	return n + len(end)
}
