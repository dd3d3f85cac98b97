package assistant

import (
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/google/jsonschema-go/jsonschema"
)

// schemaFor infers the JSON Schema of T, and adds to what jsonschema-go infers what a model needs to
// know: the allowed values of a field, and the formats of times.
func schemaFor[T any]() (json.RawMessage, error) {
	t := reflect.TypeFor[T]()
	if containsType(t, reflect.TypeFor[time.Duration](), nil) {
		return nil, errors.New("time.Duration would be nanoseconds to a model: use assistant.Duration")
	}
	s, err := jsonschema.For[T](&jsonschema.ForOptions{TypeSchemas: map[reflect.Type]*jsonschema.Schema{
		reflect.TypeFor[time.Time](): {Type: "string", Format: "date-time"},
		reflect.TypeFor[Duration]():  {Type: "string", Format: "duration"},
	}})
	if err != nil {
		return nil, err
	}
	if err := refine(s, t); err != nil {
		return nil, err
	}
	return marshal(s)
}

// refine walks a type and its schema side by side.
func refine(s *jsonschema.Schema, t reflect.Type) error {
	for t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	switch t.Kind() {
	case reflect.Slice, reflect.Array:
		if s.Items == nil {
			return nil
		}
		dropNull(s) // a nil slice is Go's business, not the model's
		return refine(s.Items, t.Elem())
	case reflect.Struct:
		for _, f := range reflect.VisibleFields(t) {
			if err := refineField(s, f); err != nil {
				return fmt.Errorf("field %s: %w", f.Name, err)
			}
		}
	}
	return nil
}

func refineField(s *jsonschema.Schema, f reflect.StructField) error {
	name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
	if name == "" {
		name = f.Name
	}
	field := s.Properties[name]
	if field == nil {
		return nil
	}
	if !slices.Contains(s.Required, name) {
		dropNull(field) // leaving the field out says the same
	}
	target := field
	if field.Items != nil {
		target = field.Items
	}
	if v := f.Tag.Get("format"); v != "" {
		target.Format = v
	}
	if v := f.Tag.Get("pattern"); v != "" {
		target.Pattern = v
	}
	for value := range strings.SplitSeq(f.Tag.Get("enum"), ",") {
		if value == "" {
			continue
		}
		v, err := enumValue(value, target.Type)
		if err != nil {
			return err
		}
		target.Enum = append(target.Enum, v)
	}
	return refine(field, f.Type)
}

func enumValue(text, schemaType string) (any, error) {
	switch schemaType {
	case "integer", "number":
		v, err := strconv.ParseFloat(text, 64)
		if err != nil {
			return nil, fmt.Errorf("enum value %q is not a number", text)
		}
		return v, nil
	case "string":
		return text, nil
	}
	return nil, fmt.Errorf("enum tag on a %s", schemaType)
}

func dropNull(s *jsonschema.Schema) {
	rest := slices.DeleteFunc(slices.Clone(s.Types), func(t string) bool { return t == "null" })
	if len(rest) == 1 {
		s.Type, s.Types = rest[0], nil
	}
}

// containsType reports whether want occurs in t.
func containsType(t, want reflect.Type, seen []reflect.Type) bool {
	if t == want {
		return true
	}
	if slices.Contains(seen, t) || t == reflect.TypeFor[Duration]() {
		return false
	}
	seen = append(seen, t)
	switch t.Kind() {
	case reflect.Pointer, reflect.Slice, reflect.Array, reflect.Map:
		return containsType(t.Elem(), want, seen)
	case reflect.Struct:
		for i := range t.NumField() {
			if f := t.Field(i); f.IsExported() && containsType(f.Type, want, seen) {
				return true
			}
		}
	}
	return false
}
