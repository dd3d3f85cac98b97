package ondevice

import (
	"slices"
	"strings"
	"unicode"
)

// A tool with required arguments that are objects or lists of objects is never called by this engine: words
// do not fill them. It is chosen all the same, so that somebody else can be asked to call it, and
// what the user has not said is named.

// unsaid names what a sentence does not say of what the tool needs: arguments, and the properties of
// objects of which something is said. An object of which nothing is said is named itself, but for one that is
// all that the tool takes.
func (t *tool) unsaid(text *text, filled func(name string) bool) []string {
	w := wanting{text, filled, findSpans(text, sampleTime)}
	only := len(t.root.Properties) == 1
	var out []string
	for _, p := range t.root.Properties {
		if only || slices.Contains(t.root.Required, p.name) {
			out = append(out, w.missing(p, only)...)
		}
	}
	if len(out) > 0 {
		return out
	}
	for _, p := range t.root.Properties { // then what would help
		out = append(out, w.helpful(p)...)
	}
	return out
}

// helpful names the properties of an object that need not be said, and are not: the simple ones, or the
// objects if there are none.
func (w wanting) helpful(p namedProperty) []string {
	var simple, objects []string
	for _, q := range p.Properties {
		switch {
		case slices.Contains(p.Required, q.name):
		case len(q.Properties) == 0 && !w.said(q):
			simple = append(simple, q.name)
		case len(q.Properties) > 0 && !w.anything(q):
			objects = append(objects, q.name)
		}
	}
	if len(simple) > 0 {
		return simple
	}
	return objects
}

// A wanting looks for what is said of nested properties.
type wanting struct {
	text   *text
	filled func(name string) bool
	values []span
}

func (w wanting) missing(p namedProperty, open bool) []string {
	if w.filled(p.name) {
		return nil
	}
	if len(p.Properties) == 0 {
		if w.said(p) {
			return nil
		}
		return []string{p.name}
	}
	if !open && !w.anything(p) {
		return []string{p.name}
	}
	var out []string
	for _, q := range p.Properties {
		if slices.Contains(p.Required, q.name) {
			out = append(out, w.missing(q, false)...)
		}
	}
	return out
}

// anything reports whether something is said of an object.
func (w wanting) anything(p namedProperty) bool {
	return slices.ContainsFunc(p.Properties, func(q namedProperty) bool {
		if len(q.Properties) > 0 {
			return w.anything(q)
		}
		return w.said(q)
	})
}

// said reports whether a sentence seems to give a value for a property: a number beside its name or unit, a code for
// an identifier, one of the values that its description names.
func (w wanting) said(p namedProperty) bool {
	about := foldString(p.Description)
	if p.Items != nil && p.Items.Type != nil && len(p.Items.Properties) > 0 {
		return false
	}
	for _, o := range optionsOf(p.property, p.Description) {
		if slices.ContainsFunc(o.words, func(word []rune) bool { return w.text.has(word) }) {
			return true
		}
	}
	if slices.Equal(p.Type, typeNames{"number"}) || slices.Equal(p.Type, typeNames{"integer"}) {
		return slices.ContainsFunc(w.values, func(s span) bool {
			return s.kind != moment && w.named(about, max(0, s.start-maxBefore), min(len(w.text.runes), s.end+maxBehind))
		})
	}
	name := strings.ToLower(p.name)
	if strings.HasSuffix(name, "id") || strings.Contains(p.Description, "标识") || strings.Contains(p.Description, "编号") {
		return w.text.code()
	}
	for piece := range strings.FieldsFuncSeq(p.Description, func(r rune) bool { return strings.ContainsRune("，。、：；,;:（）() ", r) }) {
		for _, lead := range []string{"例如", "比如", "如"} {
			piece = strings.TrimPrefix(piece, lead)
		}
		if word := foldString(strings.TrimSuffix(piece, "等")); len(word) > 1 && w.text.has(word) {
			return true
		}
	}
	return false
}

// How far before a number its name may stand, and how far behind it its unit.
const (
	maxBefore = 7
	maxBehind = 3
)

// named reports whether two characters that follow each other in the description do so in the runes
// [from, to), too.
func (w wanting) named(about []rune, from, to int) bool {
	for i := from; i+1 < to; i++ {
		pair := w.text.runes[i : i+2]
		for k := 0; k+1 < len(about); k++ {
			if unicode.Is(unicode.Han, pair[0]) && slices.Equal(pair, about[k:k+2]) {
				return true
			}
		}
	}
	return false
}

func (t *text) has(word []rune) bool {
	for i := 0; i+len(word) <= len(t.runes); i++ {
		if len(word) > 0 && slices.Equal(t.runes[i:i+len(word)], word) {
			return true
		}
	}
	return false
}

// code reports whether there is an identifier in the text: letters and digits.
func (t *text) code() bool {
	for i := 0; i < len(t.runes); i = t.tokens[i].end {
		letters, digits := false, false
		for _, r := range t.runes[i:t.tokens[i].end] {
			letters = letters || isLatin(r) && unicode.IsLetter(r)
			digits = digits || unicode.IsDigit(r)
		}
		if letters && digits {
			return true
		}
	}
	return false
}
