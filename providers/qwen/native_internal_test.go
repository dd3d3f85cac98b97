package qwen

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestCommonAnswer(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct{ in, want string }{
		"event": {`{"output":{"choices":[{"message":{"content":"好"},"finish_reason":"null"}]},"usage":{"input_tokens":1,"output_tokens":2,"output_tokens_details":{"reasoning_tokens":1}},"request_id":"r"}`,
			`{"choices":[{"message":{"content":"好"},"finish_reason":"null"}],"request_id":"r","usage":{"input_tokens":1,"output_tokens":2,"output_tokens_details":{"reasoning_tokens":1},"completion_tokens_details":{"reasoning_tokens":1}}}`},
		"sources": {`{"output":{"choices":[],"search_info":{"search_results":[]}}}`, `{"choices":[],"request_id":null,"search_info":{"search_results":[]}}`},
		"error":   {`{"code":"InvalidApiKey","message":"m","request_id":"r"}`, `{"code":"InvalidApiKey","message":"m","request_id":"r"}`},
		"nothing": {`{"output":{}}`, `{"output":{}}`},
	} {
		require.JSONEq(t, tt.want, string(commonAnswer([]byte(tt.in))), name)
	}
	require.Equal(t, "<html>", string(commonAnswer([]byte("<html>"))))
}

func TestNativeRequestFails(t *testing.T) {
	t.Parallel()
	for _, bad := range []string{`{`, `{"messages":7}`} {
		_, err := nativeRequest([]byte(bad), nil)
		require.Error(t, err, bad)
	}
}

// FuzzNativeAnswer proves that what comes from the network never panics and is JSON where it was.
func FuzzNativeAnswer(f *testing.F) {
	f.Add([]byte(`{"output":{"choices":[{"message":{"content":"好"}}],"search_info":null},"usage":{"output_tokens_details":null}}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		require.Equal(t, json.Valid(data), json.Valid(commonAnswer(data)))
	})
}
