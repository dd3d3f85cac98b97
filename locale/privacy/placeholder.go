package privacy

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

// What a placeholder looks like: 〔手机号1〕, with a tag 〔手机号1·甲〕. Models rewrite brackets, widths and blanks, so that
// these count as the same; and what a text has of this look before private data is replaced becomes private data of a
// kind of its own, original.
const original = "原文"

// placeholder writes a placeholder.
func placeholder(t Type, number int, tag string) string {
	label := original
	if t != 0 {
		label = t.String()
	}
	if tag != "" {
		tag = "·" + tag
	}
	return "〔" + label + strconv.Itoa(number) + tag + "〕"
}

const (
	openers = "〔【[［(（{「『《<＜〈〖｛"
	closers = "〕】]］)）}」』》>＞〉〗｝"
	maxLook = 96 // bytes of a placeholder
)

// readPlaceholder reads what looks like a placeholder at the beginning of s. It returns its canonical form without
// brackets and its length, or 0; cut tells that s ends where one may go on.
func readPlaceholder(s string) (form string, size int, cut bool) {
	r, n := utf8.DecodeRuneInString(s)
	if !strings.ContainsRune(openers, r) {
		return "", 0, !utf8.FullRuneInString(s) && s != ""
	}
	var b strings.Builder
	for i := n; i < maxLook; {
		if !utf8.FullRuneInString(s[i:]) {
			return "", 0, true
		}
		r, n := utf8.DecodeRuneInString(s[i:])
		if n == 0 {
			return "", 0, true
		}
		i += n
		if strings.ContainsRune(closers, r) {
			form := b.String()
			if !wellFormed(form) {
				return "", 0, false
			}
			return form, i, false
		}
		switch r = unify(folding(r)); {
		case r == ' ' || invisible(r) || r == '#' || r == '_':
			continue
		case !isHan(r) && !isDigit(r) && !isLatin(r) && r != '·':
			return "", 0, false
		}
		b.WriteRune(r)
	}
	return "", 0, false
}

// wellFormed reports whether the form is a label, a number and perhaps a tag.
func wellFormed(form string) bool {
	form, _, _ = strings.Cut(form, "·")
	digits := len(form)
	for digits > 0 && isDigit(rune(form[digits-1])) {
		digits--
	}
	if digits == len(form) || len(form)-digits > 9 {
		return false
	}
	for t := range typeCount {
		label := original
		if t > 0 {
			label = typeNames[t]
		}
		if canonical(label) == form[:digits] {
			return true
		}
	}
	return false
}

// canonical folds a label or tag as readPlaceholder does.
func canonical(s string) string {
	var b strings.Builder
	for _, r := range s {
		b.WriteRune(folding(r))
	}
	return b.String()
}
