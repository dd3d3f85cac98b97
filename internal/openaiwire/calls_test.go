package openaiwire

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/zhushou-ai/zhushou/assistant"
)

// frag makes a fragment; an index of -1 stands for none.
func frag(index int, id, name, args string) callDelta {
	d := callDelta{id: []byte(id), name: []byte(name), args: []byte(args)}
	if index >= 0 {
		d.index, d.hasIndex = index, true
	}
	return d
}

func TestAssembly(t *testing.T) {
	t.Parallel()
	type pieces [][]callDelta
	tests := []struct {
		name   string
		pieces pieces
		want   []assistant.ToolCall // an empty ID stands for a new one
	}{
		{"by index", pieces{{frag(0, "a", "f", "")}, {frag(0, "", "", `{"x":`)}, {frag(0, "", "", `1}`)}}, []assistant.ToolCall{call("a", "f", `{"x":1}`)}},
		{"empty ids later", pieces{{frag(0, "a", "f", "")}, {frag(0, "", "", `{}`)}, {frag(0, "", "", "")}}, []assistant.ToolCall{call("a", "f", `{}`)}},
		{"id and name on every piece", pieces{{frag(0, "a", "f", `{"x"`)}, {frag(0, "a", "f", `:1`)}, {frag(0, "a", "f", `}`)}}, []assistant.ToolCall{call("a", "f", `{"x":1}`)}},
		{"new id on every piece", pieces{{frag(0, "a", "f", `{"x"`)}, {frag(0, "b", "f", `:1`)}, {frag(0, "c", "f", `}`)}}, []assistant.ToolCall{call("a", "f", `{"x":1}`)}},
		{"new id on every piece, no name", pieces{{frag(0, "a", "f", "")}, {frag(0, "b", "", `{}`)}}, []assistant.ToolCall{call("a", "f", `{}`)}},
		{"name only later", pieces{{frag(0, "a", "", "")}, {frag(0, "", "f", "")}, {frag(0, "", "", "{}")}}, []assistant.ToolCall{call("a", "f", `{}`)}},
		{"interleaved", pieces{{frag(0, "a", "f", `{"x"`), frag(1, "b", "g", `{"y"`)}, {frag(1, "", "", `:2}`), frag(0, "", "", `:1}`)}}, []assistant.ToolCall{call("a", "f", `{"x":1}`), call("b", "g", `{"y":2}`)}},
		{"index 0 for all, ids differ", pieces{{frag(0, "a", "f", `{"x":1}`)}, {frag(0, "b", "f", `{"x":2}`)}, {frag(0, "c", "g", "")}, {frag(0, "", "", "{}")}},
			[]assistant.ToolCall{call("a", "f", `{"x":1}`), call("b", "f", `{"x":2}`), call("c", "g", `{}`)}},
		{"one id for all, indexes differ", pieces{{frag(0, "f", "f", `{"x":1}`)}, {frag(1, "f", "f", `{"x":2}`)}}, []assistant.ToolCall{call("f", "f", `{"x":1}`), call("", "f", `{"x":2}`)}},
		{"indexes from 1", pieces{{frag(1, "a", "f", "{}")}, {frag(2, "b", "g", "{}")}}, []assistant.ToolCall{call("a", "f", `{}`), call("b", "g", `{}`)}},
		{"no index, ids", pieces{{frag(-1, "a", "f", `{"x":1}`)}, {frag(-1, "b", "f", `{"x":`)}, {frag(-1, "b", "", `2}`)}}, []assistant.ToolCall{call("a", "f", `{"x":1}`), call("b", "f", `{"x":2}`)}},
		{"no index, id first only", pieces{{frag(-1, "a", "f", "")}, {frag(-1, "", "", `{"x":`)}, {frag(-1, "", "", `1}`)}}, []assistant.ToolCall{call("a", "f", `{"x":1}`)}},
		{"no index, no id", pieces{{frag(-1, "", "f", `{"x":1}`)}, {frag(-1, "", "f", `{"x":2}`)}}, []assistant.ToolCall{call("", "f", `{"x":1}`), call("", "f", `{"x":2}`)}},
		{"no index, no id, name repeated", pieces{{frag(-1, "", "f", "")}, {frag(-1, "", "f", `{"x":1}`)}}, []assistant.ToolCall{call("", "f", `{"x":1}`)}},
		{"no index, no id, side by side", pieces{{frag(-1, "", "f", ""), frag(-1, "", "f", "")}}, []assistant.ToolCall{call("", "f", `{}`), call("", "f", `{}`)}},
		{"index missing at first", pieces{{frag(-1, "a", "f", "")}, {frag(0, "", "", `{}`)}}, []assistant.ToolCall{call("a", "f", `{}`)}},
		{"whole in one piece", pieces{{frag(0, "a", "f", "{}"), frag(1, "b", "g", "{}")}}, []assistant.ToolCall{call("a", "f", `{}`), call("b", "g", `{}`)}},
		{"arguments never sent", pieces{{frag(0, "a", "f", "")}}, []assistant.ToolCall{call("a", "f", `{}`)}},
		{"arguments null", pieces{{frag(0, "a", "f", "null")}}, []assistant.ToolCall{call("a", "f", `{}`)}},
		{"arguments broken", pieces{{frag(0, "a", "f", `{"x":`)}}, []assistant.ToolCall{call("a", "f", `{"x":`)}},
		{"nothing in it", pieces{{frag(0, "", "", "")}, {}}, nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			var a assembly
			for _, p := range tt.pieces {
				a.add(p, false)
			}
			got, complete := a.finish()
			require.Equal(t, len(tt.want) > 0 && tt.name != "arguments broken", complete)
			require.Len(t, got, len(tt.want))
			seen := map[string]bool{}
			for i := range got {
				require.NotEmpty(t, got[i].ID)
				require.False(t, seen[got[i].ID], "ids repeat")
				seen[got[i].ID] = true
				if tt.want[i].ID == "" {
					tt.want[i].ID = got[i].ID
				}
			}
			require.Equal(t, tt.want, got)
		})
	}
}

// TestCutsOfArguments cuts the arguments of two calls anywhere: the calls are the same.
func TestCutsOfArguments(t *testing.T) {
	t.Parallel()
	args := []string{`{"城市":"杭州","天":[1,2]}`, `{"a":"\"}{"}`}
	for n := 1; n < 12; n++ {
		var a assembly
		a.add([]callDelta{frag(0, "a", "f", ""), frag(1, "b", "g", "")}, false)
		rest := []string{args[0], args[1]}
		for rest[0] != "" || rest[1] != "" {
			for i := range rest {
				cut := min(n, len(rest[i]))
				a.add([]callDelta{frag(i, "", "", rest[i][:cut])}, false)
				rest[i] = rest[i][cut:]
			}
		}
		calls, complete := a.finish()
		require.True(t, complete)
		require.Equal(t, []assistant.ToolCall{call("a", "f", args[0]), call("b", "g", args[1])}, calls)
	}
}
