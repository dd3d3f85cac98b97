package jsontext

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestMarshal(t *testing.T) {
	t.Parallel()
	v := map[string]any{"a": "<龙&井>", "b": 1}
	b, err := Marshal(v)
	require.NoError(t, err)
	require.Equal(t, `{"a":"<龙&井>","b":1}`, string(b))
	s, err := MarshalString(strings.Repeat("长", maxPooled))
	require.NoError(t, err)
	require.Len(t, s, 3*maxPooled+2)
	_, err = Marshal(make(chan int))
	require.Error(t, err)
	again, err := Marshal(v)
	require.NoError(t, err)
	require.Equal(t, b, again, "a failure leaves nothing behind")
}

func FuzzAppendString(f *testing.F) {
	for _, s := range []string{"", "你好\n\"\\\t\r\x00\x1f", "\xff\xe4\xbd", "\u2028<>&", "😀"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		var back string
		require.NoError(t, json.Unmarshal(AppendString(nil, s), &back))
		require.Equal(t, runewise(s), back)
	})
}

// runewise replaces each byte that is not UTF-8 by itself, as encoding/json does.
func runewise(s string) string {
	var b strings.Builder
	for _, r := range s {
		b.WriteRune(r)
	}
	return b.String()
}
