package arguments

import (
	"slices"
	"strings"
)

// readings returns what a candidate can mean, the likeliest first: what a wrapper such
// as {"name": …, "arguments": {…}} holds, and the candidate itself.
func (s *Schema) readings(c candidate) []candidate {
	if c.value.kind != kindObject || s.root.wants()&typeObject == 0 {
		return []candidate{c}
	}
	inner, named := s.unwrap(&c.value)
	if inner == nil {
		return []candidate{c}
	}
	w := c
	w.value, w.wrapped = *inner, true
	if named {
		return []candidate{w, c}
	}
	return []candidate{c, w}
}

// unwrap returns the object inside v that v only carries, through any layers. Named means
// that its key says so; else it is the only member of v.
func (s *Schema) unwrap(v *value) (inner *value, named bool) {
	for range 4 {
		next, ok := s.layer(v)
		if next == nil {
			break
		}
		inner, named, v = next, ok, next
	}
	return inner, named
}

// layer returns the object that one of v's members holds instead of v itself.
func (s *Schema) layer(v *value) (inner *value, named bool) {
	declared := s.declared
	if len(declared) == 0 {
		return nil, false
	}
	for i := range v.fields {
		m := &v.fields[i]
		if declared[foldName(m.name)] {
			if !isLabel(m.name) {
				return nil, false
			}
			continue
		}
		if isWrapper(m.name) {
			if o := carried(&m.value); o != nil {
				inner, named = o, true
			}
		}
	}
	if inner == nil && len(v.fields) == 1 && !declared[foldName(v.fields[0].name)] {
		inner = carried(&v.fields[0].value)
	}
	if inner == nil {
		return nil, false
	}
	return inner, named || s.declaresAny(inner)
}

// carried returns the object that v is or holds.
func carried(v *value) *value {
	f := fitter{}
	c := v.clone()
	if c.kind != kindObject && !f.asObject(&c) {
		return nil
	}
	return &c
}

// declared returns the property names of the schema, folded, its alternatives' included.
func (n *node) declared() map[string]bool {
	names := map[string]bool{}
	n.declare(names)
	return names
}

func (n *node) declare(names map[string]bool) {
	if n == nil {
		return
	}
	if n.objects != nil {
		for _, p := range n.objects.properties {
			names[foldName(p.name)] = true
		}
	}
	n.ref.declare(names)
	for _, list := range [][]*node{n.allOf, n.anyOf, n.oneOf} {
		for _, k := range list {
			k.declare(names)
		}
	}
}

// declares reports whether the schema knows every field of v.
func (s *Schema) declares(v *value) bool {
	return !slices.ContainsFunc(v.fields, func(m field) bool { return !s.declared[foldName(m.name)] })
}

// declaresAny reports whether the schema knows some field of v.
func (s *Schema) declaresAny(v *value) bool {
	return slices.ContainsFunc(v.fields, func(m field) bool { return s.declared[foldName(m.name)] })
}

// isWrapper reports whether a field of this name holds the arguments of a call.
func isWrapper(name string) bool {
	switch foldName(name) {
	case "arguments", "args", "kwargs", "parameters", "params", "input", "inputs", "toolinput", "actioninput",
		"function", "functioncall", "toolcall", "properties", "参数":
		return true
	}
	return false
}

// isLabel reports whether a field of this name may stand beside the arguments of a call.
func isLabel(name string) bool {
	switch strings.ToLower(name) {
	case "name", "id", "type", "tool", "function", "action", "index", "tool_name", "function_name":
		return true
	}
	return false
}
