package arguments

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// compiler turns the tree of a schema document into nodes.
type compiler struct {
	document value
	nodes    map[*value]*node  // by place in the document; references share nodes
	anchors  map[string]*value // by name without the number sign
	dateTime format            // what the format date-time means
}

func compile(schema string, dateTime format) (*node, error) {
	if s := strings.TrimSpace(schema); s == "" || s == "null" {
		return &node{types: typeObject}, nil
	}
	r := reader{src: schema, depth: MaxDepth}
	c := compiler{nodes: map[*value]*node{}, anchors: map[string]*value{}, dateTime: dateTime}
	document, err := r.strict()
	if err != nil {
		return nil, fmt.Errorf("schema: %w", err)
	}
	c.document = document
	c.collectAnchors(&c.document)
	root, err := c.node(&c.document, "#")
	if err != nil {
		return nil, fmt.Errorf("schema: %w", err)
	}
	if root == nil {
		return &node{types: typeObject}, nil
	}
	for _, n := range c.nodes {
		if n != nil && n.loops(n, map[*node]bool{}) {
			return nil, errors.New("schema: $ref leads back to itself without a property or item between")
		}
	}
	if root.types == 0 && !root.inPlace && root.enum == nil {
		root.types, root.order = typeObject, []types{typeObject}
	}
	return root, nil
}

// loops reports whether n is reached from m through applicators that stay in place.
func (n *node) loops(m *node, seen map[*node]bool) bool {
	next := append([]*node{m.ref, m.not}, m.allOf...)
	next = append(append(next, m.anyOf...), m.oneOf...)
	if m.when != nil {
		next = append(next, m.when.test, m.when.then, m.when.otherwise)
	}
	if m.objects != nil {
		for _, d := range m.objects.dependencies {
			next = append(next, d.node)
		}
	}
	for _, k := range next {
		if k == nil || seen[k] {
			continue
		}
		if k == n {
			return true
		}
		seen[k] = true
		if n.loops(k, seen) {
			return true
		}
	}
	return false
}

func (c *compiler) collectAnchors(v *value) {
	for i := range v.fields {
		f := &v.fields[i]
		if f.name == "$anchor" && f.value.kind == kindString {
			c.anchors[f.value.text] = v
		}
		c.collectAnchors(&f.value)
	}
	for i := range v.items {
		c.collectAnchors(&v.items[i])
	}
}

// node compiles the schema at v; at is its JSON pointer, for errors.
func (c *compiler) node(v *value, at string) (*node, error) {
	switch v.kind {
	case kindTrue:
		return nil, nil
	case kindFalse:
		return &node{never: true}, nil
	case kindObject:
	default:
		return nil, fmt.Errorf("%s: want a schema object, got %s", at, describe(v))
	}
	if n, ok := c.nodes[v]; ok {
		return n, nil
	}
	n := &node{}
	c.nodes[v] = n
	for _, read := range []func(*node, *value, string) error{
		c.types, c.values, c.applicators, c.texts, c.numbers, c.arrays, c.objects,
	} {
		if err := read(n, v, at); err != nil {
			return nil, err
		}
	}
	n.inPlace = n.ref != nil || n.allOf != nil || n.anyOf != nil || n.oneOf != nil || n.not != nil || n.when != nil
	return n, nil
}

// typeNamed returns the type of a name: JSON's own, or one that schemas written by hand
// use. The name any gives the empty set.
func typeNamed(name string) (types, bool) {
	for i, s := range typeNames {
		if s == name {
			return 1 << i, true
		}
	}
	switch strings.ToLower(name) {
	case "dict", "map", "struct":
		return typeObject, true
	case "list", "tuple", "set":
		return typeArray, true
	case "float", "double", "decimal":
		return typeNumber, true
	case "int", "long", "int32", "int64":
		return typeInteger, true
	case "bool":
		return typeBoolean, true
	case "str", "text":
		return typeString, true
	case "none", "nil":
		return typeNull, true
	case "any":
		return 0, true
	}
	for i, s := range typeNames { // some vendors write STRING, OBJECT
		if strings.EqualFold(s, name) {
			return 1 << i, true
		}
	}
	return 0, false
}

func (c *compiler) types(n *node, v *value, at string) error {
	for _, name := range []string{"title", "description"} {
		if d := v.field(name); d != nil && d.kind == kindString {
			n.description += d.text + "\n"
		}
	}
	t := v.field("type")
	if t == nil || t.kind == kindNull {
		return nil
	}
	list := t.items
	if t.kind == kindString {
		list = []value{*t}
	}
	if len(list) == 0 {
		return fmt.Errorf("%s/type: want a type name or a list of them", at)
	}
	for i := range list {
		one, ok := typeNamed(list[i].text)
		if !ok || list[i].kind != kindString {
			return fmt.Errorf("%s/type: unknown type %s, want one of %s", at, quoted(&list[i]), strings.Join(typeNames[:], ", "))
		}
		if one == 0 {
			n.types, n.order = 0, nil
			return nil
		}
		n.types |= one
		n.order = append(n.order, one)
	}
	if yes := v.field("nullable"); yes != nil && yes.kind == kindTrue { // OpenAPI 3.0
		n.types |= typeNull
		n.order = append(n.order, typeNull)
	}
	return nil
}

// values reads enum and const, and derives the type where the schema names none.
func (c *compiler) values(n *node, v *value, at string) error {
	if e := v.field("enum"); e != nil && e.kind != kindNull {
		if e.kind != kindArray {
			return fmt.Errorf("%s/enum: want a list, got %s", at, describe(e))
		}
		n.enum = append([]value{}, e.items...)
	}
	if k := v.field("const"); k != nil {
		keep := []value{*k}
		if n.enum != nil && !contained(n.enum, k) {
			keep = []value{}
		}
		n.enum = keep
	}
	if n.enum == nil {
		return nil
	}
	if n.types != 0 { // a value of another type can never be meant
		n.enum = slices.DeleteFunc(n.enum, func(e value) bool { return !n.types.has(&e) })
		return nil
	}
	if v.field("type") != nil {
		return nil
	}
	for i := range n.enum {
		t := typeOf(&n.enum[i])
		if n.types&t == 0 {
			n.types |= t
			n.order = append(n.order, t)
		}
	}
	return nil
}

func contained(list []value, v *value) bool {
	for i := range list {
		if equal(&list[i], v) {
			return true
		}
	}
	return false
}

// typeOf returns the JSON Schema type of v; numbers are never narrowed to integer.
func typeOf(v *value) types {
	switch v.kind {
	case kindNull:
		return typeNull
	case kindFalse, kindTrue:
		return typeBoolean
	case kindString:
		return typeString
	case kindArray:
		return typeArray
	case kindObject:
		return typeObject
	}
	return typeNumber
}

func (c *compiler) applicators(n *node, v *value, at string) (err error) {
	if n.ref, err = c.reference(v, at); err != nil {
		return err
	}
	for _, list := range []struct {
		name string
		to   *[]*node
	}{{"allOf", &n.allOf}, {"anyOf", &n.anyOf}, {"oneOf", &n.oneOf}} {
		if *list.to, err = c.list(v, list.name, at); err != nil {
			return err
		}
	}
	if f := v.field("not"); f != nil {
		if n.not, err = c.node(f, at+"/not"); err != nil {
			return err
		}
		if n.not == nil { // not true
			n.never = true
		}
	}
	test := v.field("if")
	if test == nil {
		return nil
	}
	n.when = &condition{}
	if n.when.test, err = c.node(test, at+"/if"); err != nil {
		return err
	}
	if n.when.then, err = c.optional(v, "then", at); err != nil {
		return err
	}
	n.when.otherwise, err = c.optional(v, "else", at)
	return err
}

// optional compiles the schema under name, if there is one.
func (c *compiler) optional(v *value, name, at string) (*node, error) {
	f := v.field(name)
	if f == nil || f.kind == kindNull {
		return nil, nil
	}
	return c.node(f, at+"/"+name)
}

// list compiles the schemas listed under name.
func (c *compiler) list(v *value, name, at string) ([]*node, error) {
	f := v.field(name)
	if f == nil || f.kind == kindNull {
		return nil, nil
	}
	if f.kind != kindArray || len(f.items) == 0 {
		return nil, fmt.Errorf("%s/%s: want a list of schemas", at, name)
	}
	nodes := make([]*node, len(f.items))
	for i := range f.items {
		var err error
		if nodes[i], err = c.node(&f.items[i], at+"/"+name+"/"+strconv.Itoa(i)); err != nil {
			return nil, err
		}
	}
	return nodes, nil
}

// reference resolves $ref inside the document.
func (c *compiler) reference(v *value, at string) (*node, error) {
	if v.field("$dynamicRef") != nil {
		return nil, fmt.Errorf("%s: $dynamicRef is not supported, use $ref", at)
	}
	f := v.field("$ref")
	if f == nil {
		return nil, nil
	}
	name, local := strings.CutPrefix(f.text, "#")
	if f.kind != kindString || !local {
		return nil, fmt.Errorf("%s/$ref: %s is not in this document, put the schema under $defs", at, quoted(f))
	}
	target := &c.document
	if name != "" && name[0] != '/' {
		if target = c.anchors[name]; target == nil {
			return nil, fmt.Errorf("%s/$ref: no $anchor %q", at, name)
		}
		return c.node(target, f.text)
	}
	for _, step := range strings.Split(name, "/")[1:] {
		step = strings.NewReplacer("~1", "/", "~0", "~").Replace(step)
		if i, err := strconv.Atoi(step); err == nil && target.kind == kindArray && i >= 0 && i < len(target.items) {
			target = &target.items[i]
			continue
		}
		if target = target.field(step); target == nil {
			return nil, fmt.Errorf("%s/$ref: nothing at %q", at, f.text)
		}
	}
	return c.node(target, f.text)
}

func (c *compiler) texts(n *node, v *value, at string) error {
	t := textRules{maxLength: -1}
	var err error
	if t.minLength, err = count(v, "minLength", at, 0); err != nil {
		return err
	}
	if t.maxLength, err = count(v, "maxLength", at, -1); err != nil {
		return err
	}
	if p := v.field("pattern"); p != nil && p.kind == kindString {
		t.pattern, _ = regexp.Compile(p.text)
	}
	if f := v.field("format"); f != nil {
		switch f.text {
		case "date":
			t.format = formatDate
		case "date-time":
			t.format = c.dateTime
		}
	}
	if t != (textRules{maxLength: -1}) {
		n.strings = &t
	}
	return nil
}

func (c *compiler) numbers(n *node, v *value, at string) error {
	var r numberRules
	for _, limit := range []struct {
		name string
		to   **bound
	}{
		{"minimum", &r.minimum}, {"maximum", &r.maximum},
		{"exclusiveMinimum", &r.above}, {"exclusiveMaximum", &r.below}, {"multipleOf", &r.multipleOf},
	} {
		f := v.field(limit.name)
		if f == nil || f.kind == kindNull || f.kind == kindTrue || f.kind == kindFalse { // draft-04 booleans
			continue
		}
		if !isNumber(f.text) || f.kind != kindNumber && f.kind != kindString {
			return fmt.Errorf("%s/%s: want a number, got %s", at, limit.name, describe(f))
		}
		*limit.to = &bound{decimal: parseDecimal(f.text), literal: f.text}
	}
	if r.multipleOf != nil && r.multipleOf.sign() <= 0 {
		return fmt.Errorf("%s/multipleOf: want a positive number", at)
	}
	if r != (numberRules{}) {
		n.numbers = &r
	}
	return nil
}

// count reads a size limit.
func count(v *value, name, at string, none int) (int, error) {
	f := v.field(name)
	if f == nil || f.kind == kindNull {
		return none, nil
	}
	s, ok := parseDecimal("0"), false
	if isNumber(f.text) && (f.kind == kindNumber || f.kind == kindString) {
		s, ok = parseDecimal(f.text), true
	}
	digits, whole := s.integer()
	i, err := strconv.Atoi(digits)
	if !ok || !whole || err != nil || i < 0 {
		return 0, fmt.Errorf("%s/%s: want a count, got %s", at, name, quoted(f))
	}
	return i, nil
}
