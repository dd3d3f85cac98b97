package authority

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"github.com/zhushou-ai/zhushou/internal/arguments"
	"github.com/zhushou-ai/zhushou/internal/jsontext"
)

// A leaf is a text or number in the arguments of a call, by its path, such as "to" or "items.name": places in lists do not
// count.
type leaf struct {
	path string
	text string
}

// at reports whether the leaf stands at a path. Go's JSON does not tell upper from lower case in names.
func (l leaf) at(path string) bool { return strings.EqualFold(l.path, path) }

// readArguments reads the arguments of a call as the tool will, and returns them in the one form that the tool is to get,
// so that nothing can be read in two ways.
func readArguments(schema *arguments.Schema, raw string) (canonical string, values []leaf, err error) {
	if schema != nil {
		fixed, err := schema.Repair(raw)
		if err != nil {
			return "", nil, fmt.Errorf("the arguments do not fit; call again with them corrected: %w", err)
		}
		raw = fixed.JSON
	}
	if strings.TrimSpace(raw) == "" {
		raw = "{}"
	}
	d := json.NewDecoder(strings.NewReader(raw))
	d.UseNumber()
	var object map[string]any
	if err := d.Decode(&object); err != nil {
		return "", nil, fmt.Errorf("the arguments are no JSON object: %w", err)
	}
	if _, err := d.Token(); err != io.EOF {
		return "", nil, errors.New("there is something behind the arguments")
	}
	if err := once(object); err != nil {
		return "", nil, err
	}
	if canonical, err = jsontext.MarshalString(object); err != nil {
		return "", nil, err
	}
	return canonical, walk(nil, "", object), nil
}

// once refuses names that Go's JSON takes for the same.
func once(v any) error {
	switch v := v.(type) {
	case []any:
		for _, one := range v {
			if err := once(one); err != nil {
				return err
			}
		}
	case map[string]any:
		names := slices.Sorted(maps.Keys(v))
		for i, name := range names {
			if slices.ContainsFunc(names[:i], func(other string) bool { return strings.EqualFold(name, other) }) {
				return fmt.Errorf("the argument %q is there twice", name)
			}
			if err := once(v[name]); err != nil {
				return err
			}
		}
	}
	return nil
}

// walk appends the texts and numbers in a value, in order.
func walk(out []leaf, path string, v any) []leaf {
	switch v := v.(type) {
	case string:
		out = append(out, leaf{path, v})
	case json.Number:
		out = append(out, leaf{path, v.String()})
	case []any:
		for _, one := range v {
			out = walk(out, path, one)
		}
	case map[string]any:
		for _, name := range slices.Sorted(maps.Keys(v)) {
			inner := name
			if path != "" {
				inner = path + "." + name
			}
			out = walk(out, inner, v[name])
		}
	}
	return out
}
