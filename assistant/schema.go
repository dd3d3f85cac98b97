package assistant

import (
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"github.com/google/jsonschema-go/jsonschema"

	"github.com/zhushou-ai/zhushou/internal/jsontext"
)

// schemaFor infers the JSON Schema of T, and adds to what jsonschema-go infers what a model needs to
// know: the allowed values of a field, and the formats of times.
func schemaFor[T any]() (json.RawMessage, error) {
	t := reflect.TypeFor[T]()
	known := knownTypes()
	if err := known.learn(t); err != nil {
		return nil, err
	}
	s, err := jsonschema.For[T](&jsonschema.ForOptions{TypeSchemas: known})
	if err != nil {
		return nil, err
	}
	if err := refine(s, t); err != nil {
		return nil, err
	}
	dropNull(s) // vendors want a plain object at the root
	return jsontext.Marshal(s)
}

// isObject reports whether a schema describes an object, as vendors demand at the root.
func isObject(schema json.RawMessage) bool {
	var root struct {
		Type any `json:"type"`
	}
	return json.Unmarshal(schema, &root) == nil && (root.Type == nil || root.Type == "object")
}

// refine walks a type and its schema side by side.
func refine(s *jsonschema.Schema, t reflect.Type) error {
	t = plain(t)
	switch t.Kind() {
	case reflect.Map:
		if s.AdditionalProperties != nil {
			return refine(s.AdditionalProperties, t.Elem())
		}
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
	if !f.IsExported() || f.Anonymous {
		return nil
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
		dropNull(target) // it is not among the values
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
