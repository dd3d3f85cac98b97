package arguments

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// recursive is a schema with alternatives inside themselves.
const recursive = `{"$ref": "#/$defs/tree", "$defs": {"tree": {
	"type": "object",
	"properties": {
		"name": {"type": "string"},
		"left": {"anyOf": [{"$ref": "#/$defs/tree"}, {"type": "null"}, {"type": "array", "items": {"$ref": "#/$defs/tree"}}]},
		"right": {"oneOf": [{"$ref": "#/$defs/tree"}, {"type": "integer"}]}
	},
	"additionalProperties": false
}}}`

func FuzzRepair(f *testing.F) {
	for _, s := range []string{
		`{"city": "北京", "days": 3}`, `{'city': '北京', 'direct': True,}`, "```json\n{\"city\": \"北京\"", `f(city="a", days=1,000)`,
		`{“city”：“北京”，“seats”：“1、2”}`, `"{\"city\": \"x\"}"`, `{"name": "t", "arguments": {"city": 1}}`, `{\"city\": \"x\"}`,
		`{"city": "a "b" c", "guest": "{'age': '8'}"}`, `{"left": [{"right": "3"}], "right": {"left": null}}`, `city: x`, `[`, `{"a`, `{"city": """x"""}`,
		`{"city": "x", "limit": 1e400, "price": "五折", "date": "2026年1月2日", "ratio": "50%"}`, "{\"city\": \"\xff\\ud800\"}", `[--0`, "{\xa8=)\x83=(0\x00:0", `{"city": "x", "days": +-3, "price": "--5"}`,
	} {
		f.Add(s)
	}
	schemas := []string{trip, recursive, ``, `{"type": "array", "items": {"type": "number"}}`}
	compiled := make([]*Schema, len(schemas))
	validate := make([]func(testing.TB, string) error, len(schemas))
	for i, s := range schemas {
		compiled[i] = mustCompile(f, s)
		if s == "" {
			s = `{"type": "object"}`
		}
		validate[i] = oracle(f, s)
	}
	f.Fuzz(func(t *testing.T, raw string) {
		for i, s := range compiled {
			got, err := s.Repair(raw)
			if err != nil {
				require.NotEmpty(t, err.Error())
				continue
			}
			require.True(t, json.Valid([]byte(got.JSON)), "%q gave %q", raw, got.JSON)
			if !strings.ContainsAny(got.JSON, "eE") { // 1e400 is beyond the oracle
				require.NoError(t, validate[i](t, got.JSON), "%q gave %q", raw, got.JSON)
			}
			again, err := s.Repair(got.JSON)
			require.NoError(t, err, "%q gave %q", raw, got.JSON)
			require.Equal(t, got.JSON, again.JSON)
		}
		_, _ = Value(raw)
	})
}

// TestHostileText reads long texts of what makes careless readers quadratic, at a length
// where such a reader would outlast the test's own time limit.
func TestHostileText(t *testing.T) {
	t.Parallel()
	const size = MaxInput / 4
	for name, unit := range map[string]string{
		"braces": "{", "brackets": "[", "backquotes": "`", "double quotes": `"`, "single quotes": "'", "opened fields": `{"a":`,
		"opened names": `{"a`, "broken objects": "{a}", "objects": "{}", "objects in prose": "x {\"a\": 1} ", "comments": `"//`, "block comments": `"/*`,
		"commas": `"a,`, "backslashes": `\`, "escaped objects": `{\"a`, "calls": "f(", "calls with arguments": "f(a=1)", "thinking": "<think>",
		"long quotes": `{"""`, "lists": "[{", "quotes and names": `"a, "b": `, "spaces": `" `, "numbers": `{"a":1e9,`, "digits": "9", "full-width": "｛“", "words": "a b ",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for _, text := range []string{
				strings.Repeat(unit, size/len(unit)),
				`{"city": ` + strings.Repeat(unit, size/len(unit)),
				`{"city": "` + strings.Repeat(unit, size/len(unit)),
				`{"seats": [` + strings.Repeat(unit, size/len(unit)),
			} {
				s := mustCompile(t, trip)
				got, err := s.Repair(text)
				require.True(t, err != nil || json.Valid([]byte(got.JSON)))
				require.Less(t, len(got.JSON), 8*size)
				Partial(text)
			}
		})
	}
}

func TestHostileAlternatives(t *testing.T) {
	t.Parallel()
	s := mustCompile(t, recursive)
	deep := strings.Repeat(`{"left":`, 150) + `"x"` + strings.Repeat("}", 150)
	_, err := s.Repair(deep)
	require.Error(t, err)
}

func BenchmarkValid(b *testing.B) {
	s := mustCompile(b, trip)
	raw := `{"city": "北京", "days": 3, "direct": true}`
	b.ReportAllocs()
	for b.Loop() {
		if _, err := s.Repair(raw); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkRepair(b *testing.B) {
	s := mustCompile(b, trip)
	raw := "```json\n{'city': '北京', 'days': '三', 'direct': True,}\n```"
	b.ReportAllocs()
	for b.Loop() {
		if _, err := s.Repair(raw); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkPartial(b *testing.B) {
	raw := `{"city": "北京", "days": 3, "tags": ["a", "b", "c`
	b.ReportAllocs()
	for b.Loop() {
		if _, ok := Partial(raw); !ok {
			b.Fatal(raw)
		}
	}
}

func TestValidTextAllocations(t *testing.T) {
	s := mustCompile(t, trip)
	n := testing.AllocsPerRun(100, func() {
		if _, err := s.Repair(`{"city": "北京", "days": 3, "cabin": "Economy"}`); err != nil {
			t.Fatal(err)
		}
	})
	require.LessOrEqual(t, n, 1.0)
}
