package assistant_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"log/slog"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/zhushou-ai/zhushou/assistant"
)

func TestSecretIsNeverShown(t *testing.T) {
	t.Parallel()
	const key = assistant.Secret("sk-0123456789")
	for _, v := range []any{
		key, []assistant.Secret{key}, map[string]assistant.Secret{"k": key},
		struct{ Key assistant.Secret }{key}, &struct{ K assistant.Secret }{key},
	} {
		var b bytes.Buffer
		fmt.Fprintf(&b, "%v %+v %#v %s %q %x %d ", v, v, v, v, v, v, v)
		j, err := json.Marshal(v)
		require.NoError(t, err)
		b.Write(j)
		slog.New(slog.NewTextHandler(&b, nil)).Info("x", "v", v)
		slog.New(slog.NewJSONHandler(&b, nil)).Info("x", "v", v)
		require.NotContains(t, b.String(), "0123", "%T", v)
		require.NotContains(t, b.String(), fmt.Sprintf("%x", "0123"), "%T", v)
		require.Contains(t, b.String(), "[secret]")
	}
	require.Equal(t, "sk-0123456789", string(key))
}
