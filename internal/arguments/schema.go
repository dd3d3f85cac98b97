package arguments

import (
	"encoding/json"
	"regexp"
	"strings"
)

// Schema is a compiled JSON Schema. It is immutable and safe for concurrent use.
type Schema struct {
	root     *node
	declared map[string]bool // the root's property names, folded
}

// Compile reads a JSON Schema once for any number of repairs. An empty schema or null
// is an object without constraints. The error names the place in the schema.
func Compile(schema json.RawMessage) (*Schema, error) { return newSchema(schema, formatDateTime) }

// CompileGo is Compile for a schema inferred from a Go type: a date-time is completed to
// what time.Time reads, and one without a zone is Beijing time, which all of China keeps.
func CompileGo(schema json.RawMessage) (*Schema, error) { return newSchema(schema, formatGoTime) }

func newSchema(schema json.RawMessage, dateTime format) (*Schema, error) {
	root, err := compile(string(schema), dateTime)
	if err != nil {
		return nil, err
	}
	return &Schema{root: root, declared: root.declared()}, nil
}

// types is a set of kinds; the empty set stands for every type.
type types uint8

const (
	typeBoolean types = 1 << iota
	typeInteger
	typeNumber
	typeString
	typeArray
	typeObject
	typeNull
)

// typeNames lists the JSON Schema types in the order of their bits.
var typeNames = [...]string{"boolean", "integer", "number", "string", "array", "object", "null"}

// node is one compiled schema. A nil node accepts everything.
type node struct {
	never       bool // the schema false
	types       types
	order       []types // the types one by one as the schema lists them
	description string  // title and description, for units

	ref   *node
	allOf []*node
	anyOf []*node
	oneOf []*node
	not   *node
	when  *condition

	enum    []value // nil without enum and const
	strings *textRules
	numbers *numberRules
	arrays  *arrayRules
	objects *objectRules

	inPlace bool // has ref, allOf, anyOf, oneOf, not or when
}

// condition is if, then and else.
type condition struct{ test, then, otherwise *node }

type textRules struct {
	minLength, maxLength int // maxLength -1: no limit
	pattern              *regexp.Regexp
	format               format
}

// format is a notation that a string is brought into.
type format uint8

const (
	formatNone format = iota
	formatDate
	formatDateTime
	formatGoTime
)

// numberRules holds the bounds; a nil one does not apply.
type numberRules struct {
	minimum, maximum, above, below, multipleOf *bound
}

// bound is a limit as compared and as written.
type bound struct {
	decimal
	literal string
}

type arrayRules struct {
	prefix             []*node
	rest               *node // items after the prefix
	minItems, maxItems int   // maxItems -1: no limit
	unique             bool
	contains           *contains
}

type contains struct {
	node     *node
	min, max int // max -1: no limit
}

type objectRules struct {
	properties   []property
	index        map[string]int // name to place in properties; nil for few
	folded       map[string]int // spelling-insensitive name to place; -1 where ambiguous
	required     []int          // places in properties, in the schema's order
	patterns     []patternProperty
	additional   *node
	closed       bool // additionalProperties is not given or false: an unknown name is a slip
	names        *node
	minFields    int
	maxFields    int // -1: no limit
	dependencies []dependency
}

type property struct {
	name     string
	node     *node
	declared bool // under "properties", not only under "required"
	required bool
}

type patternProperty struct {
	pattern *regexp.Regexp
	node    *node
}

// dependency applies where the object has the field.
type dependency struct {
	field    string
	required []string
	node     *node
}

// manyProperties is where a map beats a scan.
const manyProperties = 8

// find returns the place of the property called name, or -1.
func (o *objectRules) find(name string) int {
	if o.index != nil {
		if i, ok := o.index[name]; ok {
			return i
		}
		return -1
	}
	for i := range o.properties {
		if o.properties[i].name == name {
			return i
		}
	}
	return -1
}

// has reports whether v has one of the types.
func (t types) has(v *value) bool {
	if t == 0 {
		return v.kind != kindNonFinite
	}
	switch v.kind {
	case kindNull:
		return t&typeNull != 0
	case kindFalse, kindTrue:
		return t&typeBoolean != 0
	case kindNumber:
		return t&typeNumber != 0 || t&typeInteger != 0 && parseDecimal(v.text).isInteger()
	case kindString:
		return t&typeString != 0
	case kindArray:
		return t&typeArray != 0
	case kindObject:
		return t&typeObject != 0
	}
	return false
}

// accepts reports whether the set holds one of want; the empty set holds all.
func (t types) accepts(want types) bool { return t == 0 || t&want != 0 }

// names lists the types of the set.
func (t types) names() string {
	var names []string
	for i, name := range typeNames {
		if t&(1<<i) != 0 {
			names = append(names, name)
		}
	}
	return strings.Join(names, " or ")
}
