package arguments

import (
	"bytes"
	"encoding/json"
	"errors"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestPartial(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ name, raw, want string }{
		{"object just opened", `{`, `{}`},
		{"half a name", `{"ci`, `{}`},
		{"name without a value", `{"city":`, `{}`},
		{"half a string", `{"city": "北`, `{"city": "北"}`},
		{"half a character", "{\"city\": \"北\xe4\xba", `{"city": "北"}`},
		{"half an escape", `{"city": "a\u4e`, `{"city": "a"}`},
		{"half a surrogate pair", `{"city": "a\ud83d\ude`, `{"city": "a"}`},
		{"half a number", `{"n": 12`, `{}`},
		{"whole number", `{"n": 12,`, `{"n": 12}`},
		{"half a literal", `{"a": [1, tru`, `{"a": [1]}`},
		{"open containers", `{"a": [{"b": 1}, {"c": "d`, `{"a": [{"b": 1}, {"c": "d"}]}`},
		{"fence", "```json\n{\"a\": \"b\"}\n```", `{"a": "b"}`},
		{"nothing", ``, ``},
		{"half a fence", "```js", ``},
		{"no JSON", `好的`, ``},
		{"wrong inside", `{"a" 1}`, ``},
		{"comma before a bracket", `[1,]`, ``},
		{"too deep", strings.Repeat("[", MaxDepth+1), ``},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			got, ok := Partial(c.raw)
			require.Equal(t, c.want != "", ok)
			require.Equal(t, c.want, string(got))
		})
	}
}

// grows reports whether b is a with more in it.
func grows(a, b any) bool {
	switch a := a.(type) {
	case string:
		s, ok := b.(string)
		return ok && strings.HasPrefix(s, a)
	case []any:
		list, ok := b.([]any)
		if !ok || len(list) < len(a) {
			return false
		}
		for i := range a {
			if !grows(a[i], list[i]) {
				return false
			}
		}
		return true
	case map[string]any:
		object, ok := b.(map[string]any)
		if !ok {
			return false
		}
		for name, v := range a {
			w, ok := object[name]
			if !ok || !grows(v, w) {
				return false
			}
		}
		return true
	}
	return a == b
}

// exact reads one document with its numbers as they are written, for 80e08888 is one.
func exact(document []byte) (v any, err error) {
	d := json.NewDecoder(bytes.NewReader(document))
	d.UseNumber()
	if err = d.Decode(&v); err == nil && d.More() {
		err = errors.New("more than one value")
	}
	return v, err
}

// checkPrefixes requires of every beginning of a document what Partial promises.
func checkPrefixes(t testing.TB, document string) {
	var last any
	seen := false
	for i := range len(document) + 1 {
		got, ok := Partial(document[:i])
		if !ok {
			require.False(t, seen, "%q", document[:i])
			continue
		}
		v, err := exact(got)
		require.NoError(t, err, "%q gave %q", document[:i], got)
		require.True(t, !seen || grows(last, v), "%q gave %q", document[:i], got)
		last, seen = v, true
	}
	if c := document[0]; c == '{' || c == '[' || c == '"' {
		v, err := exact([]byte(document))
		require.NoError(t, err)
		require.Equal(t, v, last)
	}
}

func TestPartialGrows(t *testing.T) {
	t.Parallel()
	g := generator{rand.New(rand.NewPCG(3, 4))}
	for range 2000 {
		checkPrefixes(t, g.value(3))
	}
	checkPrefixes(t, `{"a": "\u5317\"\\\ud83d\ude00 \ud83d x 😀", "b" : [ -1.5e+3 , [ ] , { } , null ] }`)
}

func FuzzPartial(f *testing.F) {
	for _, s := range []string{`{"a": [1, "b", {"c": null}]}`, `"x\ud83d\ude00"`, "```json\n[1]", `{"a":tru`, `[-0.5e1,`, "80e08888 "} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if got, ok := Partial(s); ok && !json.Valid(got) {
			t.Fatalf("%q gave %q", s, got)
		}
		if len(s) > 0 && len(s) < 500 && json.Valid([]byte(s)) && strings.ToValidUTF8(s, "") == s {
			if s = strings.TrimLeft(s, " \t\r\n"); uniqueNames(s) {
				checkPrefixes(t, s)
			}
		}
	})
}

// uniqueNames reports whether no object in s has a name twice; what becomes of the
// first is then not defined.
func uniqueNames(s string) bool {
	r := reader{src: s, depth: MaxDepth}
	_, ok := r.value(atTop)
	return ok && r.repairs == 0
}
