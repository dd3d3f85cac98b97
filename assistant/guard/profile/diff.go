package profile

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
)

// A Change is one thing in which two profiles differ.
type Change struct {
	Path     string // such as "words.total" or "categories[A.2.e].label"
	From, To string // as JSON; "" for what one of the profiles does not say
}

func (c Change) String() string {
	switch {
	case c.From == "":
		return "+ " + c.Path + ": " + c.To
	case c.To == "":
		return "- " + c.Path + ": " + c.From
	}
	return c.Path + ": " + c.From + " → " + c.To
}

// Diff returns what changes for a service that goes over from one profile to the other, in order of the paths. What
// has a name, such as a category or a bank, is compared with what has the same name, wherever it stands; the order of
// actions means something, so that they are compared place by place.
func Diff(from, to *Profile) []Change {
	a, b := from.leaves(), to.leaves()
	paths := slices.Collect(maps.Keys(a))
	for path := range b {
		if _, both := a[path]; !both {
			paths = append(paths, path)
		}
	}
	slices.Sort(paths)
	var out []Change
	for _, path := range paths {
		if a[path] != b[path] {
			out = append(out, Change{path, a[path], b[path]})
		}
	}
	return out
}

// leaves returns every value of the profile that is no object, as JSON, by its path.
func (p *Profile) leaves() map[string]string {
	b, err := json.Marshal(p)
	if err != nil { // an action or stage of no name, which no file has
		return map[string]string{"error": err.Error()}
	}
	d := json.NewDecoder(bytes.NewReader(b))
	d.UseNumber()
	var tree map[string]any
	_ = d.Decode(&tree) // was just written
	out := make(map[string]string)
	collect(out, "", tree)
	return out
}

func collect(out map[string]string, path string, v any) {
	switch v := v.(type) {
	case map[string]any:
		for key, value := range v {
			collect(out, strings.TrimPrefix(path+"."+key, "."), value)
		}
	case []any:
		if len(v) > 0 {
			if _, objects := v[0].(map[string]any); objects {
				for i, value := range v {
					collect(out, path+"["+name(value, i)+"]", value)
				}
				return
			}
		}
		out[path] = string(marshal(v))
	default:
		out[path] = string(marshal(v))
	}
}

// name returns what an element of a list is called: its id, its name, or its place.
func name(v any, place int) string {
	object, _ := v.(map[string]any)
	for _, key := range [...]string{"id", "name"} {
		if s, ok := object[key].(string); ok {
			return s
		}
	}
	return fmt.Sprint(place)
}

func marshal(v any) []byte {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	_ = e.Encode(v) // came from JSON
	return bytes.TrimSpace(b.Bytes())
}
