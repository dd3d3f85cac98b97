package arguments

import (
	"fmt"
	"regexp"
)

// This file compiles the keywords that speak of the parts of a value.

func (c *compiler) arrays(n *node, v *value, at string) (err error) {
	r := arrayRules{}
	if r.minItems, err = count(v, "minItems", at, 0); err != nil {
		return err
	}
	if r.maxItems, err = count(v, "maxItems", at, -1); err != nil {
		return err
	}
	rest := "items"
	if items := v.field("items"); items != nil && items.kind == kindArray && len(items.items) > 0 { // draft-07
		rest = "additionalItems"
		r.prefix, err = c.list(v, "items", at)
	} else if v.field("prefixItems") != nil {
		r.prefix, err = c.list(v, "prefixItems", at)
	}
	if err != nil {
		return err
	}
	if f := v.field(rest); f == nil || f.kind != kindArray { // an empty list constrains nothing
		if r.rest, err = c.optional(v, rest, at); err != nil {
			return err
		}
	}
	if u := v.field("uniqueItems"); u != nil && u.kind == kindTrue {
		r.unique = true
	}
	if v.field("contains") != nil {
		r.contains = &contains{}
		if r.contains.node, err = c.optional(v, "contains", at); err != nil {
			return err
		}
		if r.contains.min, err = count(v, "minContains", at, 1); err != nil {
			return err
		}
		if r.contains.max, err = count(v, "maxContains", at, -1); err != nil {
			return err
		}
	}
	if r.prefix != nil || r.rest != nil || r.minItems > 0 || r.maxItems >= 0 || r.unique || r.contains != nil {
		n.arrays = &r
	}
	return nil
}

func (c *compiler) objects(n *node, v *value, at string) (err error) {
	o := objectRules{closed: true}
	if p := v.field("properties"); p != nil && p.kind != kindNull {
		if p.kind != kindObject {
			return fmt.Errorf("%s/properties: want an object, got %s", at, describe(p))
		}
		for i := range p.fields {
			f := &p.fields[i]
			child, err := c.node(&f.value, at+"/properties/"+f.name)
			if err != nil {
				return err
			}
			o.properties = append(o.properties, property{name: f.name, node: child, declared: true})
		}
	}
	o.indexNames()
	if additional := v.field("additionalProperties"); additional != nil && additional.kind != kindNull {
		o.closed = additional.kind == kindFalse
		if o.additional, err = c.node(additional, at+"/additionalProperties"); err != nil {
			return err
		}
	}
	if p := v.field("patternProperties"); p != nil {
		o.closed = o.closed && len(p.fields) == 0
		for i := range p.fields {
			f := &p.fields[i]
			child, err := c.node(&f.value, at+"/patternProperties/"+f.name)
			if err != nil {
				return err
			}
			if re, err := regexp.Compile(f.name); err == nil {
				o.patterns = append(o.patterns, patternProperty{re, child})
			} else {
				o.additional = nil // which names it means is unknown, so all are let pass
			}
		}
	}
	c.required(&o, v)
	if o.names, err = c.optional(v, "propertyNames", at); err != nil {
		return err
	}
	if o.minFields, err = count(v, "minProperties", at, 0); err != nil {
		return err
	}
	if o.maxFields, err = count(v, "maxProperties", at, -1); err != nil {
		return err
	}
	for _, name := range []string{"dependentRequired", "dependentSchemas", "dependencies"} {
		if err := c.dependencies(&o, v.field(name), at+"/"+name); err != nil {
			return err
		}
	}
	o.closed = o.closed && len(o.properties) > 0
	if o.properties != nil || o.patterns != nil || o.additional != nil || o.names != nil ||
		o.minFields > 0 || o.maxFields >= 0 || o.dependencies != nil {
		n.objects = &o
	}
	return nil
}

// required marks the required properties; names that are not declared join as
// properties that the additional rules govern. A required that is no list (the
// draft-03 boolean) says nothing about this object.
func (c *compiler) required(o *objectRules, v *value) {
	list := v.field("required")
	if list == nil {
		return
	}
	for i := range list.items {
		name := list.items[i]
		if name.kind != kindString {
			continue
		}
		at := o.find(name.text)
		if at < 0 {
			at = len(o.properties)
			o.properties = append(o.properties, property{name: name.text, node: o.other(name.text)})
			o.indexNames()
		}
		if !o.properties[at].required {
			o.properties[at].required = true
			o.required = append(o.required, at)
		}
	}
}

// other returns the schema of a name that is not among the properties,
// as far as one node can say it: pattern properties are applied beside it.
func (o *objectRules) other(name string) *node {
	for _, p := range o.patterns {
		if p.pattern.MatchString(name) {
			return nil
		}
	}
	return o.additional
}

func (o *objectRules) indexNames() {
	o.index, o.folded = nil, make(map[string]int, len(o.properties))
	if len(o.properties) > manyProperties {
		o.index = make(map[string]int, len(o.properties))
	}
	for i := range o.properties {
		name := o.properties[i].name
		if o.index != nil {
			o.index[name] = i
		}
		key := foldName(name)
		if _, taken := o.folded[key]; taken {
			i = -1
		}
		o.folded[key] = i
	}
}

func (c *compiler) dependencies(o *objectRules, v *value, at string) error {
	if v == nil {
		return nil
	}
	for i := range v.fields {
		f := &v.fields[i]
		d := dependency{field: f.name}
		if f.value.kind == kindArray {
			for j := range f.value.items {
				d.required = append(d.required, f.value.items[j].text)
			}
		} else {
			var err error
			if d.node, err = c.node(&f.value, at+"/"+f.name); err != nil {
				return err
			}
		}
		o.dependencies = append(o.dependencies, d)
	}
	return nil
}
