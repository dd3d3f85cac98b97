package arguments

import (
	"strings"
	"unicode/utf8"
)

// matcher checks raw text against a schema in one strict pass, without a tree. It
// answers only yes or do not know: whatever is rare, and whatever the fitting could
// improve though it is valid, is left to the slower way.
type matcher struct {
	src    string
	budget int // visits left, which bounds what alternatives cost
}

// match reports whether src is JSON that root accepts as it is.
func match(root *node, src string) bool {
	m := matcher{src: src, budget: visits(src)}
	end := m.value(root, m.space(0), 0)
	return end >= 0 && m.space(end) == len(src) && utf8.ValidString(src)
}

// visits is how many times a schema is applied to a place before the work is given up.
func visits(src string) int { return 1<<12 + 16*len(src) }

func (m *matcher) space(i int) int {
	for i < len(m.src) && (m.src[i] == ' ' || m.src[i] == '\n' || m.src[i] == '\r' || m.src[i] == '\t') {
		i++
	}
	return i
}

// value returns the end of the value at i if n accepts it, else -1.
func (m *matcher) value(n *node, i, depth int) int {
	if m.budget--; i >= len(m.src) || depth > MaxDepth || m.budget < 0 {
		return -1
	}
	if n == nil {
		n = &anything
	}
	if n.inPlace {
		if !m.inPlace(n, i, depth) {
			return -1
		}
	} else if n.never {
		return -1
	}
	switch c := m.src[i]; c {
	case '{':
		if !n.types.accepts(typeObject) || n.enum != nil || depth == MaxDepth {
			return -1
		}
		return m.object(n.objects, i+1, depth+1)
	case '[':
		if !n.types.accepts(typeArray) || n.enum != nil || depth == MaxDepth {
			return -1
		}
		return m.array(n.arrays, i+1, depth+1)
	case '"':
		return m.string(n, i+1)
	case 't':
		return m.literal(n, i, "true", typeBoolean)
	case 'f':
		return m.literal(n, i, "false", typeBoolean)
	case 'n':
		return m.literal(n, i, "null", typeNull)
	}
	return m.number(n, i)
}

// anything is what a nil node means.
var anything node

// inPlace checks the applicators for which finding one way that fits is proof.
func (m *matcher) inPlace(n *node, i, depth int) bool {
	if n.never || n.oneOf != nil || n.not != nil || n.when != nil {
		return false
	}
	if n.ref != nil && m.value(n.ref, i, depth) < 0 {
		return false
	}
	for _, k := range n.allOf {
		if m.value(k, i, depth) < 0 {
			return false
		}
	}
	for _, k := range n.anyOf {
		if m.value(k, i, depth) >= 0 {
			return true
		}
	}
	return n.anyOf == nil
}

func (m *matcher) literal(n *node, i int, word string, t types) int {
	if !n.types.accepts(t) || n.enum != nil || !strings.HasPrefix(m.src[i:], word) {
		return -1
	}
	return i + len(word)
}

func (m *matcher) number(n *node, i int) int {
	end := numberEnd(m.src, i)
	if end < 0 {
		return -1
	}
	literal := m.src[i:end]
	if !n.types.accepts(typeNumber) {
		if n.types&typeInteger == 0 || strings.ContainsAny(literal, ".eE") {
			return -1
		}
	}
	if n.numbers == nil && n.enum == nil {
		return end
	}
	if n.enum != nil && !contained(n.enum, &value{kind: kindNumber, text: literal}) {
		return -1
	}
	if n.numbers != nil && n.numbers.broken(parseDecimal(literal)) != "" {
		return -1
	}
	return end
}

// stringEnd returns the place of the closing quote of the string whose content starts
// at i, or -1, and whether the content has no escape.
func (m *matcher) stringEnd(i int) (end int, plain bool) {
	plain = true
	for i < len(m.src) {
		switch c := m.src[i]; {
		case c == '"':
			return i, plain
		case c < ' ':
			return -1, false
		case c == '\\':
			plain = false
			if i = escapeEnd(m.src, i); i < 0 {
				return -1, false
			}
		default:
			i++
		}
	}
	return -1, false
}

// escapeEnd returns the end of the escape at s[i], or -1. Surrogates are left to the
// reader, which knows what to make of a lone one.
func escapeEnd(s string, i int) int {
	if i+1 >= len(s) {
		return -1
	}
	if strings.IndexByte(`"\/bfnrt`, s[i+1]) >= 0 {
		return i + 2
	}
	if s[i+1] != 'u' {
		return -1
	}
	if u, ok := hex(s[i+2:], 4); !ok || u >= 0xD800 && u <= 0xDFFF {
		return -1
	}
	return i + 6
}

func (m *matcher) string(n *node, i int) int {
	end, plain := m.stringEnd(i)
	if end < 0 || !n.types.accepts(typeString) {
		return -1
	}
	if n.enum == nil && n.strings == nil {
		return end + 1
	}
	if !plain {
		return -1
	}
	content := m.src[i:end]
	if n.enum != nil && !contained(n.enum, &value{kind: kindString, text: content}) {
		return -1
	}
	if n.strings != nil {
		if n.strings.broken(content) != "" {
			return -1
		}
		if _, ok := n.strings.format.rewrite(content); ok {
			return -1
		}
	}
	return end + 1
}

func (m *matcher) array(a *arrayRules, i, depth int) int {
	if a == nil {
		a = &anyArray
	}
	if a.unique || a.contains != nil {
		return -1
	}
	count := 0
	if i = m.space(i); i < len(m.src) && m.src[i] == ']' {
		return m.counted(i+1, count, a.minItems, a.maxItems)
	}
	for {
		if i = m.value(a.at(count), i, depth); i < 0 {
			return -1
		}
		count++
		if i = m.space(i); i >= len(m.src) {
			return -1
		}
		switch m.src[i] {
		case ']':
			return m.counted(i+1, count, a.minItems, a.maxItems)
		case ',':
			i = m.space(i + 1)
		default:
			return -1
		}
	}
}

var (
	anyArray  = arrayRules{maxItems: -1}
	anyObject = objectRules{maxFields: -1}
)

// at returns the schema of the element at place i.
func (a *arrayRules) at(i int) *node {
	if i < len(a.prefix) {
		return a.prefix[i]
	}
	return a.rest
}

// counted returns end if the count is within the limits.
func (m *matcher) counted(end, count, least, most int) int {
	if count < least || most >= 0 && count > most {
		return -1
	}
	return end
}

// object checks the members. Names that the schema does not declare are left to the
// fitting, unless the schema invites them, for they may be declared ones misspelt.
func (m *matcher) object(o *objectRules, i, depth int) int {
	if o == nil {
		o = &anyObject
	}
	if o.names != nil || o.patterns != nil || o.dependencies != nil || len(o.properties) > 64 {
		return -1
	}
	var seen uint64 // by place in o.properties
	count := 0
	if i = m.space(i); i < len(m.src) && m.src[i] == '}' {
		return m.objectEnd(o, i+1, count, seen)
	}
	for {
		if i >= len(m.src) || m.src[i] != '"' {
			return -1
		}
		end, plain := m.stringEnd(i + 1)
		if end < 0 || !plain {
			return -1
		}
		child := o.additional
		if at := o.find(m.src[i+1 : end]); at >= 0 {
			if seen&(1<<at) != 0 {
				return -1
			}
			seen |= 1 << at
			child = o.properties[at].node
		} else if o.closed {
			return -1
		}
		if i = m.space(end + 1); i >= len(m.src) || m.src[i] != ':' {
			return -1
		}
		if i = m.value(child, m.space(i+1), depth); i < 0 {
			return -1
		}
		count++
		if i = m.space(i); i >= len(m.src) {
			return -1
		}
		switch m.src[i] {
		case '}':
			return m.objectEnd(o, i+1, count, seen)
		case ',':
			i = m.space(i + 1)
		default:
			return -1
		}
	}
}

func (m *matcher) objectEnd(o *objectRules, end, count int, seen uint64) int {
	for _, at := range o.required {
		if seen&(1<<at) == 0 {
			return -1
		}
	}
	return m.counted(end, count, o.minFields, o.maxFields)
}
