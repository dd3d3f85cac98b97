package skills_test

import (
	"encoding/json"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/zhushou-ai/zhushou/providers/ondevice/internal/pattern"
)

// TestDeclarations checks what the skills say of themselves: names that differ, phrases that can be
// read, slots that are arguments, and names for arguments only.
func TestDeclarations(t *testing.T) {
	t.Parallel()
	seen := make(map[string]bool)
	for _, s := range everySkill() {
		spec := s.Tool.Spec()
		require.False(t, seen[spec.Name], spec.Name)
		seen[spec.Name] = true
		var schema struct {
			Properties map[string]json.RawMessage `json:"properties"`
		}
		require.NoError(t, json.Unmarshal(spec.Schema, &schema), spec.Name)
		require.NotEmpty(t, spec.Answer, spec.Name)
		require.NotEmpty(t, s.Not, spec.Name)
		require.GreaterOrEqual(t, len(spec.Examples)+len(s.Phrases), 10, spec.Name)
		for name := range s.Names {
			require.Contains(t, schema.Properties, name, spec.Name)
		}
		scope := &pattern.Scope{Rules: s.Rules}
		if len(s.Lists) > 0 {
			scope.Lists, scope.Kinds = make(map[string][]string), make(map[string][]pattern.Kind)
			for list, values := range s.Lists {
				for _, v := range values {
					scope.Lists[list] = append(scope.Lists[list], v.Text)
				}
			}
			for name := range schema.Properties {
				scope.Kinds[name] = []pattern.Kind{1}
			}
		}
		for _, phrases := range [][]string{spec.Examples, s.Phrases, s.Not} {
			for _, phrase := range phrases {
				e, err := pattern.Parse(pattern.Phrase{Text: phrase, Scope: scope})
				require.NoError(t, err, "%s: %s", spec.Name, phrase)
				for _, slot := range e.Slots() {
					assert.Contains(t, schema.Properties, slot.Name, "%s: %s", spec.Name, phrase)
				}
			}
		}
	}
}

// TestSets checks that the sentences ask for what the tools can do.
func TestSets(t *testing.T) {
	t.Parallel()
	type schema struct {
		Properties map[string]json.RawMessage `json:"properties"`
		Required   []string                   `json:"required"`
	}
	schemas := make(map[string]schema)
	for _, s := range everySkill() {
		var x schema
		require.NoError(t, json.Unmarshal(s.Tool.Spec().Schema, &x))
		schemas[s.Tool.Spec().Name] = x
	}
	for _, file := range []string{"sentences.jsonl", "blind.jsonl", "strangers.jsonl"} {
		for _, s := range readSentences(t, file) {
			require.NotEmpty(t, s.Say, file)
			for _, c := range s.Calls {
				x, ok := schemas[c.Tool]
				assert.True(t, ok, "%s: %s: no tool %s", file, s.Say, c.Tool)
				for name := range c.Args {
					assert.Contains(t, x.Properties, name, "%s: %s", file, s.Say)
				}
				for _, name := range x.Required {
					assert.True(t, c.Args[name] != nil || slices.Contains(s.Missing, name), "%s: %s: %s is neither said nor missing", file, s.Say, name)
				}
			}
		}
	}
}
