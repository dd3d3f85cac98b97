package arguments

import (
	"encoding/json"
	"fmt"
	"strings"
	"unicode/utf8"
)

// MaxInput is how many bytes of text are read.
const MaxInput = 1 << 20

// Result is a value that satisfies the schema.
type Result struct {
	// JSON is the value. It is the text as given where that was right already.
	JSON string
	// Notes says what was changed, for logs, as field and change; empty where nothing
	// was. Notes name fields, and never contain values. There are no more than about
	// [MaxProblems].
	Notes []string
}

// Repair returns what raw says as JSON that satisfies the schema, or an error of type
// [Problems]. Empty text and null are the empty object. Of several objects in the text
// the first that fits is taken, and one with a field that the schema names before one
// without; objects are not merged.
func (s *Schema) Repair(raw string) (Result, error) {
	if len(raw) > MaxInput {
		return Result{}, Problems{{"", fmt.Sprintf("the arguments are %d bytes long, the most that is read is %d", len(raw), MaxInput)}}
	}
	if match(s.root, raw) {
		return Result{JSON: raw}, nil
	}
	if !utf8.ValidString(raw) { // first of all: two bad names may become the same
		result, err := s.Repair(strings.ToValidUTF8(raw, "\ufffd"))
		if err == nil {
			result.Notes = append(result.Notes, "bytes that are not UTF-8 replaced")
		}
		return result, err
	}
	budget := visits(raw)
	var nearest Problems
	var spare *Result // fits, but has nothing that the schema names
	for c := range candidates(raw, s.root.wants()) {
		if c.err != nil {
			if nearest == nil {
				nearest = Problems{{"", c.err.Error()}}
			}
			break
		}
		if c.loose && !s.declares(&c.value) {
			continue
		}
		for _, reading := range s.readings(c) {
			f := fitter{budget: &budget}
			f.fit(s.root, &reading.value)
			f.confirm(s.root, &reading.value)
			if !f.failed {
				result := f.result(raw, reading)
				if !reading.prose || len(s.declared) == 0 || s.declaresAny(&reading.value) {
					return result, nil
				}
				if spare == nil {
					spare = &result
				}
				continue
			}
			if nearest == nil || len(f.problems) < len(nearest) {
				nearest = f.problems
			}
		}
	}
	if spare != nil {
		return *spare, nil
	}
	if nearest == nil {
		nearest = Problems{{"", "no " + s.root.wants().names() + " found, write the arguments as one JSON " + s.root.wants().names()}}
	}
	return Result{}, nearest
}

// result writes what was fitted, or gives the text back where nothing was changed.
func (f *fitter) result(raw string, c candidate) Result {
	notes := f.notes
	if c.prose {
		notes = append(notes, "text around the value left out")
	}
	if c.wrapped {
		notes = append(notes, "wrapper left out")
	}
	for i, name := range repairNames {
		if c.repairs&(1<<i) != 0 {
			notes = append(notes, "syntax: "+name)
		}
	}
	if notes == nil && json.Valid([]byte(raw)) {
		return Result{JSON: raw}
	}
	return Result{JSON: string(c.value.append(nil)), Notes: notes}
}

// wants returns the types that the root allows, as far as the schema says at once.
func (n *node) wants() types {
	if n == nil || n.never {
		return typeObject
	}
	switch {
	case n.types != 0:
		return n.types
	case n.ref != nil:
		return n.ref.wants()
	case n.allOf != nil:
		return n.allOf[0].wants()
	}
	var t types
	for _, k := range append(n.anyOf[:len(n.anyOf):len(n.anyOf)], n.oneOf...) {
		t |= k.wants()
	}
	if t == 0 {
		return typeObject
	}
	return t
}

// Value reads the first value in raw that is an object or an array, or raw as a whole,
// with the leniency of [Schema.Repair] but without a schema. Objects are map[string]any,
// arrays []any, numbers [json.Number].
func Value(raw string) (any, error) {
	if len(raw) > MaxInput {
		return nil, fmt.Errorf("text of %d bytes is longer than %d", len(raw), MaxInput)
	}
	raw = strings.ToValidUTF8(raw, "\ufffd")
	for c := range candidates(raw, typeObject|typeArray|typeString|typeNumber|typeBoolean|typeNull) {
		if c.loose {
			continue
		}
		if c.err != nil {
			return nil, c.err
		}
		if !c.value.finite() {
			return nil, fmt.Errorf("NaN and Infinity are no JSON values")
		}
		return c.value.tree(), nil
	}
	return nil, fmt.Errorf("no JSON value in the text")
}

// finite reports whether v has no NaN or Infinity in it.
func (v *value) finite() bool {
	for i := range v.items {
		if !v.items[i].finite() {
			return false
		}
	}
	for i := range v.fields {
		if !v.fields[i].value.finite() {
			return false
		}
	}
	return v.kind != kindNonFinite
}
