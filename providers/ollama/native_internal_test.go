package ollama

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

func TestNativeRequest(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name     string
		cfg      NativeConfig
		in, want string
	}{
		{"plain", NativeConfig{}, `"messages":[{"role":"user","content":"你好"}],"stream":true`, `"messages":[{"role":"user","content":"你好"}],"stream":true`},
		{"whole", NativeConfig{}, `"messages":[]`, `"messages":[],"stream":false`},
		{"options", NativeConfig{ContextLength: 8192}, `"messages":[],"temperature":0,"top_p":0.5,"top_k":3,"seed":7,"stop":["完"],"max_tokens":9,"options":{"num_gpu":1,"num_ctx":1}`,
			`"messages":[],"stream":false,"options":{"temperature":0,"top_p":0.5,"top_k":3,"seed":7,"stop":["完"],"num_predict":9,"num_gpu":1,"num_ctx":8192}`},
		{"kept", NativeConfig{KeepAlive: 90 * time.Second}, `"messages":[]`, `"messages":[],"stream":false,"keep_alive":"1m30s"`},
		{"kept for ever", NativeConfig{KeepAlive: -1}, `"messages":[]`, `"messages":[],"stream":false,"keep_alive":-1`},
		{"own field", NativeConfig{}, `"messages":[],"keep_alive":0`, `"messages":[],"stream":false,"keep_alive":0`},
		{"thinking", NativeConfig{}, `"messages":[],"enable_thinking":false`, `"messages":[],"stream":false,"think":false`},
		{"effort", NativeConfig{}, `"messages":[],"reasoning_effort":"low"`, `"messages":[],"stream":false,"think":"low"`},
		{"JSON", NativeConfig{}, `"messages":[],"response_format":{"type":"json_object"}`, `"messages":[],"stream":false,"format":"json"`},
		{"schema", NativeConfig{}, `"messages":[],"response_format":{"type":"json_schema","json_schema":{"name":"n","schema":{"type":"object"}}}`, `"messages":[],"stream":false,"format":{"type":"object"}`},
		{
			"a tool's turn", NativeConfig{},
			`"messages":[{"role":"assistant","content":"","reasoning_content":"想","tool_calls":[{"id":"c1","type":"function","function":{"name":"f","arguments":"{\"a\":1}"}}]},{"role":"tool","tool_call_id":"c1","name":"f","content":"好"}]`,
			`"messages":[{"role":"assistant","content":"","thinking":"想","tool_calls":[{"id":"c1","function":{"name":"f","arguments":{"a":1}}}]},{"role":"tool","tool_call_id":"c1","tool_name":"f","content":"好"}],"stream":false`,
		},
		{
			"pictures", NativeConfig{},
			`"messages":[{"role":"user","content":[{"type":"text","text":"看"},{"type":"image_url","image_url":{"url":"data:image/png;base64,iVBO"}}]}]`,
			`"messages":[{"role":"user","content":"看","images":["iVBO"]}],"stream":false`,
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			got, err := tt.cfg.request([]byte(`{"model":"m",`+tt.in+`}`), nil)
			require.NoError(t, err)
			require.JSONEq(t, `{"model":"m",`+tt.want+`}`, string(got))
		})
	}
	for _, bad := range []string{`{`, `{"messages":7}`, `{"messages":[],"options":7}`} {
		_, err := (&NativeConfig{}).request([]byte(bad), nil)
		require.Error(t, err, bad)
	}
}

// FuzzNativeAnswer proves that what comes from the network never panics and is JSON where it was.
func FuzzNativeAnswer(f *testing.F) {
	f.Add([]byte(`{"message":{"content":"好","tool_calls":[{"function":{"name":"f","arguments":{}}}]},"done":true,"eval_count":1}`))
	f.Add([]byte(`{"error":"x"}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		require.Equal(t, json.Valid(data), json.Valid(commonAnswer(data)))
	})
}
