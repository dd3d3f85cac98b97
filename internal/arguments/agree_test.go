package arguments

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/google/jsonschema-go/jsonschema"
	"github.com/stretchr/testify/require"
)

// generator makes small schemas and values that meet often.
type generator struct{ *rand.Rand }

func (g generator) pick(list ...string) string { return list[g.IntN(len(list))] }

func (g generator) list(n int, one func() string) string {
	parts := make([]string, n)
	for i := range parts {
		parts[i] = one()
	}
	return strings.Join(parts, ",")
}

func (g generator) scalar() string {
	return g.pick("null", "true", "false", "0", "1", "-2", "2.5", "3.0", "1e1", `""`, `"a"`, `"ab"`, `"北京"`, `"5"`)
}

func (g generator) value(depth int) string {
	switch k := g.IntN(6); {
	case depth == 0 || k < 3:
		return g.scalar()
	case k == 3:
		return "[" + g.list(g.IntN(4), func() string { return g.value(depth - 1) }) + "]"
	}
	var members []string
	for _, name := range []string{"a", "b", "c", "x1"} {
		if g.IntN(2) == 0 {
			members = append(members, `"`+name+`":`+g.value(depth-1))
		}
	}
	return "{" + strings.Join(members, ",") + "}"
}

func (g generator) schema(depth int) string {
	if g.IntN(12) == 0 {
		return g.pick("true", "false", `{"$ref": "#/$defs/d"}`)
	}
	var words []string
	add := func(format string, args ...any) { words = append(words, fmt.Sprintf(format, args...)) }
	if g.IntN(3) > 0 {
		add(`"type": %s`, g.pick(`"integer"`, `"number"`, `"string"`, `"boolean"`, `"array"`, `"object"`, `"object"`, `["string","null"]`, `["integer","array"]`))
	}
	for range 1 + g.IntN(2) {
		sub := func() string { return g.schema(max(depth-1, 0)) }
		n := 16
		if depth == 0 {
			n = 9
		}
		switch g.IntN(n) {
		case 0:
			add(`"enum": [%s]`, g.list(1+g.IntN(3), g.scalar))
		case 1:
			add(`"const": %s`, g.value(1))
		case 2:
			add(`"minimum": %s`, g.pick("0", "2.5", "-3"))
		case 3:
			add(`"exclusiveMaximum": %s`, g.pick("1", "10", "2.5"))
		case 4:
			add(`"multipleOf": %s`, g.pick("1", "2", "0.5"))
		case 5:
			add(`"minLength": %d, "maxLength": %d`, g.IntN(2), 1+g.IntN(2))
		case 6:
			add(`"pattern": %s`, g.pick(`"^a"`, `"b$"`, `"[0-9]"`))
		case 7:
			add(`"minItems": %d, "uniqueItems": %s`, g.IntN(3), g.pick("true", "false"))
		case 8:
			add(`"required": [%s]`, g.pick(`"a"`, `"a","b"`, `"x1"`))
		case 9:
			add(`"items": %s`, sub())
		case 10:
			add(`"properties": {"a": %s, "b": %s}`, sub(), sub())
		case 11:
			add(`"additionalProperties": %s`, g.pick("false", sub()))
		case 12:
			add(`"%s": [%s]`, g.pick("allOf", "anyOf", "oneOf"), g.list(1+g.IntN(3), sub))
		case 13:
			add(`"not": %s`, sub())
		case 14:
			add(`"if": %s, "then": %s, "else": %s`, sub(), sub(), sub())
		case 15:
			add(g.pick(`"patternProperties": {"^x": %s}`, `"contains": %s`, `"propertyNames": %s`,
				`"dependentSchemas": {"a": %s}`, `"prefixItems": [%s]`), sub())
		}
	}
	seen := map[string]bool{}
	var unique []string
	for _, w := range words { // no keyword twice
		key, _, _ := strings.Cut(w, ":")
		if !seen[key] {
			seen[key] = true
			unique = append(unique, w)
		}
	}
	return "{" + strings.Join(unique, ",") + "}"
}

// document returns a schema for objects with definitions to refer to.
func (g generator) document() string {
	return `{"type": "object", "properties": {"a": ` + g.schema(g.IntN(3)) + `, "b": ` + g.schema(g.IntN(3)) + `}, "required": ["a"], "$defs": {"d": ` +
		strings.ReplaceAll(g.schema(1), `"$ref": "#/$defs/d"`, `"type": "integer"`) + `}}`
}

// oracle validates with another implementation.
func oracle(t testing.TB, schema string) func(t testing.TB, raw string) error {
	t.Helper()
	var s jsonschema.Schema
	require.NoError(t, json.Unmarshal([]byte(schema), &s), schema)
	resolved, err := s.Resolve(nil)
	require.NoError(t, err, schema)
	return func(t testing.TB, raw string) error {
		t.Helper()
		var v any
		require.NoError(t, json.Unmarshal([]byte(raw), &v), raw)
		return resolved.Validate(v)
	}
}

func TestAgreesWithJSONSchema(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("long")
	}
	g := generator{rand.New(rand.NewPCG(1, 2))}
	valid, repaired := 0, 0
	for range 4000 {
		document := g.document()
		s := mustCompile(t, document)
		validate := oracle(t, document)
		for range 8 {
			raw := `{"a": ` + g.value(g.IntN(3)) + `, "b": ` + g.value(g.IntN(2)) + `}`
			want := validate(t, raw)
			r := reader{src: raw, depth: MaxDepth}
			v, err := r.strict()
			require.NoError(t, err)
			budget := visits(raw)
			f := fitter{strict: true, budget: &budget}
			f.fit(s.root, &v)
			require.Equal(t, want == nil, !f.failed, "schema %s\nvalue %s\n%v", document, raw, want)
			if match(s.root, raw) {
				require.NoError(t, want, "schema %s\nvalue %s", document, raw)
			}
			if want == nil {
				valid++
			}
			got, err := s.Repair(raw)
			if err != nil {
				require.Error(t, want, "schema %s\nvalue %s\n%v", document, raw, err)
				continue
			}
			repaired++
			require.NoError(t, validate(t, got.JSON), "schema %s\nvalue %s\ngot %s", document, raw, got.JSON)
			again, err := s.Repair(got.JSON)
			require.NoError(t, err)
			require.Equal(t, got.JSON, again.JSON, "schema %s\nvalue %s", document, raw)
		}
	}
	t.Logf("%d valid, %d repaired", valid, repaired-valid)
	require.Greater(t, valid, 3000)
	require.Greater(t, repaired-valid, 500)
}

func TestDecimal(t *testing.T) {
	t.Parallel()
	ordered := []string{"-1e999999999999", "-12", "-1.5", "-1e-9", "0", "1e-999999999999", "0.001", "1", "1.0000000000000000000001", "9007199254740992", "9007199254740993", "1e400", "1.1e400"}
	for i, a := range ordered {
		for j, b := range ordered {
			got := parseDecimal(a).compare(parseDecimal(b))
			require.Equal(t, i < j, got < 0, "%s %s", a, b)
			require.Equal(t, i == j, got == 0, "%s %s", a, b)
		}
	}
	for _, same := range [][2]string{{"1", "1.0"}, {"100", "1e2"}, {"0", "-0"}, {"0.5", "5e-1"}, {"0", "0e9"}, {"1200", "0.012E+5"}} {
		require.Zero(t, parseDecimal(same[0]).compare(parseDecimal(same[1])), "%s %s", same[0], same[1])
	}
	require.True(t, parseDecimal("19.99").multipleOf(parseDecimal("0.01")))
	require.False(t, parseDecimal("19.995").multipleOf(parseDecimal("0.01")))
	require.True(t, parseDecimal("1e30").multipleOf(parseDecimal("3e2")) == false)
}
