package middleware

import (
	"bytes"
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/zhushou-ai/zhushou/assistant"
)

// The canonical form does not depend on how JSON was written, and keeps apart what is different.
func FuzzCanonical(f *testing.F) {
	f.Add(`{"b":1,"a":[1.0,2e5,"茶"]}`, "你好", "u")
	f.Add(`{"a":{"a":null},"c":12345678901234567890}`, "", "")
	f.Fuzz(func(t *testing.T, schema, text, user string) {
		req := &assistant.Request{
			Messages: []assistant.Message{assistant.User(text)},
			Format:   assistant.Format{Schema: json.RawMessage(schema)},
			Tools:    []*assistant.ToolSpec{{Name: "f", Schema: json.RawMessage(schema)}},
		}
		one, err := canonical(req, "", user)
		if err != nil {
			require.False(t, json.Valid([]byte(schema)), "%v", err)
			return
		}
		require.True(t, json.Valid(one))

		var spaced bytes.Buffer
		if len(bytes.TrimSpace([]byte(schema))) > 0 {
			require.NoError(t, json.Indent(&spaced, []byte(schema), " ", "\t"))
		}
		respaced := *req
		respaced.Format.Schema = spaced.Bytes()
		two, err := canonical(&respaced, "", user)
		require.NoError(t, err)
		require.Equal(t, string(one), string(two))

		longer := *req
		longer.Messages = []assistant.Message{assistant.User(text + "。")}
		three, err := canonical(&longer, "", user)
		require.NoError(t, err)
		require.NotEqual(t, string(one), string(three))

		scoped, err := canonical(req, user, "")
		require.NoError(t, err)
		require.Equal(t, user == "", string(one) == string(scoped), "whose reply it is")
	})
}
