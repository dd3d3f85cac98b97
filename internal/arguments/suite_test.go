package arguments

import (
	"encoding/json"
	"path/filepath"
	"testing"

	"github.com/google/jsonschema-go/jsonschema"
	"github.com/stretchr/testify/require"

	"github.com/zhushou-ai/zhushou/internal/practice"
)

// lines decodes a file of one JSON document per line.
func lines[T any](t *testing.T, name string) []T {
	t.Helper()
	var list []T
	scanner := practice.Lines(t, name)
	for scanner.Scan() {
		var one T
		require.NoError(t, json.Unmarshal(scanner.Bytes(), &one))
		list = append(list, one)
	}
	require.NoError(t, scanner.Err())
	return list
}

// same reports whether two documents are equal, numbers by value.
func same(t *testing.T, a, b []byte) bool {
	t.Helper()
	var x, y any
	require.NoError(t, json.Unmarshal(a, &x))
	require.NoError(t, json.Unmarshal(b, &y))
	return jsonschema.Equal(x, y)
}

func TestPracticeCoercions(t *testing.T) {
	t.Parallel()
	type coercion struct {
		ID, Kind, Raw string
		Schema, Want  json.RawMessage
	}
	cases := lines[coercion](t, "suites/toolcall/coercion/cases.jsonl")
	require.NotEmpty(t, cases)
	passed := 0
	for _, c := range cases {
		schema, err := Compile(c.Schema)
		require.NoError(t, err, c.ID)
		got, err := schema.Repair(c.Raw)
		switch {
		case err != nil:
			t.Logf("%s: %v\n raw  %s", c.ID, err, c.Raw)
		case !same(t, c.Want, []byte(got.JSON)):
			t.Logf("%s:\n raw  %s\n want %s\n got  %s", c.ID, c.Raw, c.Want, got.JSON)
		default:
			passed++
		}
	}
	t.Logf("%d of %d", passed, len(cases))
	require.GreaterOrEqual(t, float64(passed)/float64(len(cases)), 0.99)
}

func TestPracticeCallsAreUnchanged(t *testing.T) {
	t.Parallel()
	type dialogue struct {
		ID    string
		Tools []struct {
			Name       string
			Parameters json.RawMessage
		}
		Gold []struct {
			Name      string
			Arguments json.RawMessage
		}
	}
	files, err := filepath.Glob(filepath.Join(practice.Path(t, "suites/toolcall/acebench-zh"), "*.jsonl"))
	require.NoError(t, err)
	require.NotEmpty(t, files)
	calls, fast := 0, 0
	for _, file := range files {
		for _, c := range lines[dialogue](t, "suites/toolcall/acebench-zh/"+filepath.Base(file)) {
			schemas := map[string]*Schema{}
			for _, tool := range c.Tools {
				schema, err := Compile(tool.Parameters)
				require.NoError(t, err, "%s %s", c.ID, tool.Name)
				schemas[tool.Name] = schema
			}
			for _, call := range c.Gold {
				schema := schemas[call.Name]
				require.NotNil(t, schema, "%s %s", c.ID, call.Name)
				calls++
				if match(schema.root, string(call.Arguments)) {
					fast++
				}
				got, err := schema.Repair(string(call.Arguments))
				if err != nil || got.JSON != string(call.Arguments) {
					t.Errorf("%s %s: %v %v\n want %s\n got  %s", c.ID, call.Name, err, got.Notes, call.Arguments, got.JSON)
				}
			}
		}
	}
	t.Logf("%d calls, %d of them without a tree", calls, fast)
	require.NotZero(t, calls)
}
