package arguments

import (
	"encoding/json"
	"slices"
	"strings"

	"github.com/zhushou-ai/zhushou/internal/jsontext"
)

// kind is the JSON type of a value.
type kind uint8

const (
	kindNull kind = iota
	kindFalse
	kindTrue
	kindNumber
	kindString
	kindArray
	kindObject
	kindNonFinite // NaN or Infinity: readable, but no JSON value
)

// value is one node of a read document. Numbers keep the digits that were written.
type value struct {
	kind   kind
	text   string // the string's content, or the number's literal
	items  []value
	fields []field
}

// field is one member of an object, in the order written.
type field struct {
	name  string
	value value
}

func text(s string) value    { return value{kind: kindString, text: s} }
func numeral(s string) value { return value{kind: kindNumber, text: s} }

func boolean(b bool) value {
	if b {
		return value{kind: kindTrue}
	}
	return value{kind: kindFalse}
}

// scalar returns how v is written outside quotes, for values without parts.
func (v *value) scalar() (string, bool) {
	switch v.kind {
	case kindNull:
		return "null", true
	case kindTrue:
		return "true", true
	case kindFalse:
		return "false", true
	case kindNumber, kindString:
		return v.text, true
	}
	return "", false
}

// field returns the member called name, or nil.
func (v *value) field(name string) *value {
	for i := range v.fields {
		if v.fields[i].name == name {
			return &v.fields[i].value
		}
	}
	return nil
}

// clone returns a copy that shares no slice with v.
func (v *value) clone() value {
	c := *v
	c.items = slices.Clone(v.items)
	for i := range c.items {
		c.items[i] = c.items[i].clone()
	}
	c.fields = slices.Clone(v.fields)
	for i := range c.fields {
		c.fields[i].value = c.fields[i].value.clone()
	}
	return c
}

// append writes v as compact JSON.
func (v *value) append(dst []byte) []byte {
	switch v.kind {
	case kindString:
		return jsontext.AppendString(dst, v.text)
	case kindArray:
		dst = append(dst, '[')
		for i := range v.items {
			if i > 0 {
				dst = append(dst, ',')
			}
			dst = v.items[i].append(dst)
		}
		return append(dst, ']')
	case kindObject:
		dst = append(dst, '{')
		for i := range v.fields {
			if i > 0 {
				dst = append(dst, ',')
			}
			dst = jsontext.AppendString(dst, v.fields[i].name)
			dst = append(dst, ':')
			dst = v.fields[i].value.append(dst)
		}
		return append(dst, '}')
	case kindNonFinite:
		return append(dst, "null"...)
	}
	s, _ := v.scalar()
	return append(dst, s...)
}

// canonical writes v so that equal values, and only those, have equal bytes:
// numbers by value, object members by name.
func (v *value) canonical(dst []byte) []byte {
	switch v.kind {
	case kindNumber:
		return parseDecimal(v.text).append(dst)
	case kindArray:
		dst = append(dst, '[')
		for i := range v.items {
			dst = append(v.items[i].canonical(dst), ',')
		}
		return append(dst, ']')
	case kindObject:
		fields := slices.Clone(v.fields)
		slices.SortFunc(fields, func(a, b field) int { return strings.Compare(a.name, b.name) })
		dst = append(dst, '{')
		for i := range fields {
			dst = append(jsontext.AppendString(dst, fields[i].name), ':')
			dst = append(fields[i].value.canonical(dst), ',')
		}
		return append(dst, '}')
	}
	return v.append(dst)
}

// equal reports whether a and b are the same JSON value.
func equal(a, b *value) bool {
	if a.kind != b.kind {
		return false
	}
	switch a.kind {
	case kindString:
		return a.text == b.text
	case kindNumber:
		return a.text == b.text || parseDecimal(a.text).compare(parseDecimal(b.text)) == 0
	case kindArray, kindObject:
		return string(a.canonical(nil)) == string(b.canonical(nil))
	}
	return true
}

// tree returns v in the types of encoding/json, numbers as [json.Number].
func (v *value) tree() any {
	switch v.kind {
	case kindFalse, kindTrue:
		return v.kind == kindTrue
	case kindNumber:
		return json.Number(v.text)
	case kindString:
		return v.text
	case kindArray:
		list := make([]any, len(v.items))
		for i := range v.items {
			list[i] = v.items[i].tree()
		}
		return list
	case kindObject:
		object := make(map[string]any, len(v.fields))
		for i := range v.fields {
			object[v.fields[i].name] = v.fields[i].value.tree()
		}
		return object
	}
	return nil
}
