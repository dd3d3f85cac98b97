package match

import (
	"strings"
	"unicode/utf8"
)

// Mask returns s with every character of every hit replaced by mask, and with them what stands between the characters of
// a hit, so that the text keeps its length in characters. If there is no hit it returns s itself.
func (m *Matcher) Mask(s string, mask rune) string {
	var spans []Hit // that do not overlap
	for h := range m.Find(s) {
		for len(spans) > 0 && spans[len(spans)-1].End > h.Start {
			h.Start = min(h.Start, spans[len(spans)-1].Start)
			spans = spans[:len(spans)-1]
		}
		spans = append(spans, h)
	}
	if len(spans) == 0 {
		return s
	}
	var b strings.Builder
	b.Grow(len(s))
	end := 0
	for _, h := range spans {
		b.WriteString(s[end:h.Start])
		for range utf8.RuneCountInString(s[h.Start:h.End]) {
			b.WriteRune(mask)
		}
		end = h.End
	}
	b.WriteString(s[end:])
	return b.String()
}

// Replace returns s with the hits of [Matcher.Longest] replaced by what with returns for each of them. If there is no
// hit it returns s itself.
func (m *Matcher) Replace(s string, with func(Hit) string) string {
	var b strings.Builder
	end := 0
	for h := range m.Longest(s) {
		if end == 0 {
			b.Grow(len(s))
		}
		b.WriteString(s[end:h.Start])
		b.WriteString(with(h))
		end = h.End
	}
	if end == 0 {
		return s
	}
	b.WriteString(s[end:])
	return b.String()
}
