package skills_test

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// TestArguments checks what becomes of words that could be the value of more than one argument, or of none.
func TestArguments(t *testing.T) {
	t.Parallel()
	h := builtIn(t)
	for _, c := range []struct {
		say, tool string
		args      map[string]any
		missing   []string
	}{
		{"一亩地是多少平方米", "convert", map[string]any{"amount": "一亩", "to": "平方米"}, nil},
		{"三十畝地係幾多平方米", "convert", map[string]any{"amount": "三十畝", "to": "平方米"}, nil},
		{"臥室冷氣換個模式", "set_mode", map[string]any{"device": "空调", "room": []any{"卧室"}}, []string{"mode"}},
		{"卧室空调开冷气", "set_mode", map[string]any{"device": "空调", "room": []any{"卧室"}, "mode": "cool"}, nil},
	} {
		t.Run(c.say, func(t *testing.T) {
			t.Parallel()
			calls, missing := said(h.hear(t, sentence{Say: c.say}))
			require.Equal(t, []call{{c.tool, c.args}}, calls)
			require.Equal(t, c.missing, missing)
		})
	}
}
