package privacy

import (
	"strings"
	"unicode/utf8"
)

// Replace returns s with everything that [Detector.Find] finds replaced by what with returns for it.
func (d Detector) Replace(s string, with func(f Finding, text string) string) string {
	var b strings.Builder
	last := 0
	for f := range d.Find(s) {
		b.WriteString(s[last:f.Start])
		b.WriteString(with(f, s[f.Start:f.End]))
		last = f.End
	}
	if last == 0 {
		return s
	}
	b.WriteString(s[last:])
	return b.String()
}

// A Masker hides private data for display. It cannot be undone. The zero value masks as is customary in China:
// 138****1234, 张*三, 110101********1234. It is safe for concurrent use.
type Masker struct {
	Detector Detector
	// Styles are the ways to mask the types that they name, instead of the customary ones.
	Styles map[Type]Style
	// Char stands for a hidden character; * if zero.
	Char rune
}

// Mask returns s with the private data in it masked as is customary.
func Mask(s string) string { return Masker{}.Mask(s) }

// Mask returns s with the private data in it masked.
func (m Masker) Mask(s string) string {
	return m.Detector.Replace(s, func(f Finding, text string) string { return m.Value(f.Type, text) })
}

// Value returns the text, which is private data of the type, masked.
func (m Masker) Value(t Type, text string) string {
	style, ok := m.Styles[t]
	if !ok {
		style = customary(t)
	}
	char := m.Char
	if char == 0 {
		char = '*'
	}
	return style(text, char)
}

// A Style masks a text with a character.
type Style func(text string, char rune) string

// Keep returns a style that leaves so many letters, digits and Chinese characters at the beginning and at the end, and
// hides those between; separators stay. At least a third of them are hidden.
func Keep(first, last int) Style {
	return func(text string, char rune) string {
		count := 0
		for _, r := range text {
			if hideable(r) {
				count++
			}
		}
		first, last := max(first, 0), max(last, 0)
		if kept := count - (count+2)/3; first+last > kept {
			first, last = kept*first/(first+last), kept*last/(first+last)
		}
		return hide(text, char, first, count-last)
	}
}

// Plain is the style that hides nothing.
func Plain(text string, _ rune) string { return text }

// Whole is the style that hides everything, and the length too.
func Whole(_ string, char rune) string { return strings.Repeat(string(char), 6) }

func hideable(r rune) bool {
	switch r {
	case ' ', '-', '.', '·', '(', ')', '（', '）', '_', ':', '@', '，', ',', '、', '/', '－', '—', '　', '+', '〔', '〕':
		return false
	}
	return true
}

// hide writes char for the characters from:to, counted among those that can be hidden.
func hide(text string, char rune, from, to int) string {
	var b strings.Builder
	i := 0
	for _, r := range text {
		if hideable(r) {
			if i >= from && i < to {
				r = char
			}
			i++
		}
		b.WriteRune(r)
	}
	return b.String()
}

// customary returns the style that is usual for the type.
func customary(t Type) Style {
	switch t {
	case ResidentID, ResidencePermit, PermanentResident:
		return Keep(6, 4)
	case OldResidentID:
		return Keep(6, 3)
	case BankCard:
		return Keep(6, 4)
	case Mobile, ForeignPhone:
		return maskPhone
	case Landline:
		return maskLandline
	case Hotline:
		return Plain
	case Name:
		return maskName
	case Email:
		return maskEmail
	case Address:
		return maskAddress
	case Plate:
		return Keep(2, 2)
	case IPv4:
		return func(text string, char rune) string { return maskAfter(text, char, ".", 3) }
	case IPv6:
		return func(text string, char rune) string { return maskAfter(text, char, ":", 3) }
	case MAC:
		return Keep(6, 0)
	case Coordinates, BirthDate, OpenID, DeviceID:
		return maskDigits
	}
	return Keep(2, 2)
}

// maskPhone leaves the country code, three digits and the last four: +86 138****1234.
func maskPhone(text string, char rune) string {
	count := 0
	for _, r := range text {
		if hideable(r) {
			count++
		}
	}
	first := max(3, count-8)
	return hide(text, char, min(first, count), max(count-4, first))
}

// maskLandline leaves the area code and the last four digits: 010-****5678.
func maskLandline(text string, char rune) string {
	count := 0
	for _, r := range text {
		if hideable(r) {
			count++
		}
	}
	return hide(text, char, max(count-8, 0), count-4)
}

// maskName hides the given name but for its last character, if there is more than one: 张*, 张*三, 欧阳**.
func maskName(text string, char rune) string {
	count := utf8.RuneCountInString(text)
	if strings.ContainsAny(text, "·•・") {
		return hide(text, char, 1, count)
	}
	runes := []rune(text)
	folded := make([]rune, len(runes))
	for i, r := range runes {
		folded[i] = folding(r)
	}
	switch table := nameTable(); {
	case count == 1:
		return string(char)
	case count > 2 && table.compound[[2]rune(folded[:2])]:
		return hide(text, char, 2, count)
	case count > 2:
		return hide(text, char, 1, count-1)
	}
	return hide(text, char, 1, count)
}

// maskEmail leaves the first character and the domain: z***@qq.com.
func maskEmail(text string, char rune) string {
	local, domain, ok := strings.Cut(text, "@")
	if !ok {
		if local, domain, ok = strings.Cut(text, "＠"); !ok {
			return Whole(text, char)
		}
	}
	_, size := utf8.DecodeRuneInString(local)
	return local[:size] + strings.Repeat(string(char), 3) + "@" + domain
}

// maskAddress leaves the divisions down to the district, and hides the rest and its length.
func maskAddress(text string, char rune) string {
	var v view
	v.table, v.words = classTable(), cueTable()
	v.read(text, 0, len(text))
	table, i := divisionTable(), 0
	for {
		p, ok := table.longest(&v, i)
		if !ok {
			break
		}
		i += len(p.name)
		if p.short && (v.at(i) == '省' || v.at(i) == '市') {
			i++
		}
		for v.at(i) == ' ' || v.at(i) == '-' {
			i++
		}
	}
	if i >= len(v.r) {
		return text
	}
	return text[:v.from[i]] + Whole("", char)
}

// maskAfter leaves so many parts.
func maskAfter(text string, char rune, separator string, parts int) string {
	at := 0
	for range parts {
		next := strings.Index(text[at:], separator)
		if next < 0 {
			return Keep(2, 0)(text, char)
		}
		at += next + len(separator)
	}
	return text[:at] + string(char)
}

// maskDigits hides letters and digits and leaves the rest.
func maskDigits(text string, char rune) string {
	return strings.Map(func(r rune) rune {
		if classTable().of(r)&(word|numeral) != 0 || r == '十' || r == '廿' {
			return char
		}
		return r
	}, text)
}
