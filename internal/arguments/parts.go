package arguments

import (
	"fmt"
	"slices"
	"strconv"
)

// parts applies the rules of v's own type.
func (f *fitter) parts(n *node, v *value) {
	switch v.kind {
	case kindNumber:
		f.number(n, v)
	case kindString:
		f.text(n, v)
	case kindArray:
		a := n.arrays
		if a == nil {
			a = &anyArray
		}
		f.array(a, v)
	case kindObject:
		o := n.objects
		if o == nil {
			o = &anyObject
		}
		f.object(o, v)
	}
}

// number writes an integer without a fraction, as programs read it.
func (f *fitter) number(n *node, v *value) {
	d := parseDecimal(v.text)
	if !f.strict && n.types&typeInteger != 0 && n.types&typeNumber == 0 {
		if s, ok := d.integer(); ok && s != v.text && v.text != "-0" {
			v.text = s
			f.note("written as an integer")
		}
	}
	if n.numbers != nil {
		if reason := n.numbers.broken(d); reason != "" {
			f.want(reason, v)
		}
	}
}

func (f *fitter) text(n *node, v *value) {
	if n.strings == nil {
		return
	}
	if s, ok := n.strings.format.rewrite(v.text); ok && !f.strict {
		if n.strings.broken(s) == "" {
			v.text = s
			f.note("date written as the format says")
		}
	}
	if reason := n.strings.broken(v.text); reason != "" {
		f.want(reason, v)
	}
}

func (f *fitter) array(a *arrayRules, v *value) {
	for i := range v.items {
		f.push(place{index: i})
		f.fit(a.at(i), &v.items[i])
		f.pop()
	}
	if n := len(v.items); n < a.minItems {
		f.problem(func() string { return fmt.Sprintf("want at least %d items, got %d", a.minItems, n) })
	} else if a.maxItems >= 0 && n > a.maxItems {
		f.problem(func() string { return fmt.Sprintf("want at most %d items, got %d", a.maxItems, n) })
	}
	if a.unique {
		f.unique(v)
	}
	if a.contains != nil {
		f.contains(a.contains, v)
	}
}

func (f *fitter) unique(v *value) {
	seen := make(map[string]int, len(v.items))
	for i := range v.items {
		key := string(v.items[i].canonical([]byte{byte('0' + v.items[i].kind)}))
		if j, ok := seen[key]; ok {
			f.problem(func() string { return fmt.Sprintf("want no item twice, but items %d and %d are equal", j, i) })
			return
		}
		seen[key] = i
	}
}

func (f *fitter) contains(c *contains, v *value) {
	n := 0
	for i := range v.items {
		if f.accepts(c.node, &v.items[i]) {
			n++
		}
	}
	if n < c.min || c.max >= 0 && n > c.max {
		f.problem(func() string {
			return fmt.Sprintf("%d items are of the kind that the schema counts, want %s", n, between(c.min, c.max))
		})
	}
}

func between(least, most int) string {
	if most < 0 {
		return "at least " + strconv.Itoa(least)
	}
	return strconv.Itoa(least) + " to " + strconv.Itoa(most)
}

func (f *fitter) object(o *objectRules, v *value) {
	if !f.strict {
		f.rename(o, v)
		v.fields = slices.DeleteFunc(v.fields, func(m field) bool { return f.drops(o, &m) })
	}
	for i := range v.fields {
		f.push(place{name: v.fields[i].name, index: -1})
		f.field(o, &v.fields[i])
		f.pop()
	}
	f.required(o, v)
	if n := len(v.fields); n < o.minFields {
		f.problem(func() string { return fmt.Sprintf("want at least %d fields, got %d", o.minFields, n) })
	} else if o.maxFields >= 0 && n > o.maxFields {
		f.problem(func() string { return fmt.Sprintf("want at most %d fields, got %d", o.maxFields, n) })
	}
	for _, d := range o.dependencies {
		if v.field(d.field) == nil {
			continue
		}
		for _, name := range d.required {
			f.present(v, name, "required together with "+d.field)
		}
		if d.node != nil {
			f.fit(d.node, v)
		}
	}
}

// field fits one member to every schema that governs it.
func (f *fitter) field(o *objectRules, m *field) {
	if o.names != nil {
		name := text(m.name)
		if !f.accepts(o.names, &name) {
			f.problem(func() string { return "a field of this name is not allowed" })
		}
	}
	for _, n := range o.schemas(m.name) {
		f.fit(n, &m.value)
	}
}

// schemas returns the schemas that govern the member called name, at least one.
func (o *objectRules) schemas(name string) []*node {
	at := o.find(name)
	if o.patterns == nil {
		if at >= 0 {
			return []*node{o.properties[at].node}
		}
		return []*node{o.additional}
	}
	var nodes []*node
	if at >= 0 && o.properties[at].declared {
		nodes = append(nodes, o.properties[at].node)
	}
	for _, p := range o.patterns {
		if p.pattern.MatchString(name) {
			nodes = append(nodes, p.node)
		}
	}
	if nodes == nil {
		nodes = append(nodes, o.additional)
	}
	return nodes
}

// drops reports whether a member is better left out: one the schema has no place for,
// and an optional one that is null where null is not a value.
func (f *fitter) drops(o *objectRules, m *field) bool {
	at := o.find(m.name)
	if at >= 0 && o.properties[at].required {
		return false
	}
	for _, n := range o.schemas(m.name) {
		if n == nil {
			continue
		}
		if n.never || m.value.kind == kindNull && !f.accepts(n, &m.value) {
			f.push(place{name: m.name, index: -1})
			f.note("dropped")
			f.pop()
			if m.value.kind != kindNull {
				f.lost++
			}
			return true
		}
	}
	return false
}

func (f *fitter) required(o *objectRules, v *value) {
	if len(o.required) == 0 {
		return
	}
	if len(v.fields) <= manyProperties {
		for _, at := range o.required {
			f.present(v, o.properties[at].name, "required field is missing")
		}
		return
	}
	seen := make([]bool, len(o.properties))
	for i := range v.fields {
		if at := o.find(v.fields[i].name); at >= 0 {
			seen[at] = true
		}
	}
	for _, at := range o.required {
		if !seen[at] {
			f.missing(o.properties[at].name, "required field is missing")
		}
	}
}

func (f *fitter) present(v *value, name, reason string) {
	if v.field(name) == nil {
		f.missing(name, reason)
	}
}

func (f *fitter) missing(name, reason string) {
	f.push(place{name: name, index: -1})
	f.problem(func() string { return reason })
	f.pop()
}

// rename gives members the declared names that differ from theirs only in spelling.
func (f *fitter) rename(o *objectRules, v *value) {
	if len(o.folded) == 0 {
		return
	}
	var meant []int // by member: the place in properties of the name that it means, or -1
	var claims map[int]int
	for i := range v.fields {
		name := v.fields[i].name
		if o.find(name) >= 0 {
			continue
		}
		at, ok := o.folded[foldName(name)]
		if !ok || at < 0 || !o.closed && !o.properties[at].required {
			continue
		}
		if meant == nil {
			meant, claims = slices.Repeat([]int{-1}, len(v.fields)), map[int]int{}
		}
		meant[i] = at
		claims[at]++
	}
	for i := range meant { // a member that has the name itself claims it too
		if at := o.find(v.fields[i].name); at >= 0 {
			claims[at]++
		}
	}
	for i, at := range meant {
		if at < 0 || claims[at] > 1 {
			continue
		}
		v.fields[i].name = o.properties[at].name
		f.push(place{name: v.fields[i].name, index: -1})
		f.note("name respelt")
		f.pop()
	}
}
