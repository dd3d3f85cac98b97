package middleware_test

import (
	"bytes"
	"context"
	"encoding/json"
	"log/slog"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/zhushou-ai/zhushou/assistant"
	"github.com/zhushou-ai/zhushou/assistant/assistanttest"
	"github.com/zhushou-ai/zhushou/assistant/middleware"
)

// logged returns what one call leaves in the log.
func logged(t *testing.T, l middleware.Log, m assistant.Model) (line map[string]any, raw string) {
	t.Helper()
	var b bytes.Buffer
	l.Logger = slog.New(slog.NewJSONHandler(&b, &slog.HandlerOptions{Level: slog.LevelDebug}))
	_, _ = ask(t.Context(), l.Wrap(m))
	require.NoError(t, json.Unmarshal(b.Bytes(), &line), "%s", b.String()) // one line
	return line, b.String()
}

func TestLogTellsHowACallWent(t *testing.T) {
	bubble(t, func(t *testing.T) {
		v := turns(after(2*time.Second, from("甲", "秘方")))
		line, raw := logged(t, middleware.Log{Name: "前台"}, v)
		delete(line, "time")
		require.Equal(t, map[string]any{"level": "INFO", "msg": "model call", "name": "前台", "vendor": "甲", "model": "甲-1", "request_id": "",
			"dropped": 1.0, "messages": 1.0, "took": 2e9, "first": 2e9, "input_tokens": 1.0, "output_tokens": 1.0, "finish": "stop"}, line)
		require.NotContains(t, raw, "秘方")
		require.NotContains(t, raw, "茶")
	})
}

func TestLogNeverTellsKeys(t *testing.T) {
	const key = "sk-0123456789abcdef0123456789abcdef"
	for name, tc := range map[string]struct {
		err   error
		has   []string
		quiet []string // only with Content
	}{
		"a vendor that repeats the key": {
			&assistant.Error{Kind: assistant.ErrAuth, Vendor: "甲", Status: 401, Code: "invalid_key", RequestID: "r1", Message: "key " + key + " 无效"},
			[]string{"authentication failed", "401", "invalid_key", "r1"}, []string{"无效"}},
		"an address with a key": {
			&assistant.Error{Kind: assistant.ErrNetwork, Err: errText(`Get "https://u:` + key + `@example.com/v1/茶?key=` + key + `&a=b": connection reset`)},
			[]string{"connection reset", "example.com/v1/"}, nil},
		"a key in a path":      {&assistant.Error{Kind: assistant.ErrNetwork, Err: errText("https://example.com/" + key + "/x")}, []string{"example.com/[secret]/x"}, nil},
		"a bearer":             {&assistant.Error{Kind: assistant.ErrNetwork, Err: errText("header Bearer " + key)}, []string{"Bearer [secret]"}, nil},
		"an answer in a cause": {&assistant.Error{Kind: assistant.ErrProtocol, Err: errText("near 机密")}, []string{"answer not understood"}, []string{"机密"}},
		"an unknown error":     {errText("机密 " + key), []string{"errText"}, []string{"机密"}},
		"a refusal":            {&assistant.Error{Kind: assistant.ErrOverloaded, RetryAfter: time.Second, Err: middleware.ErrOpen}, []string{"circuit is open", "retry_after"}, nil},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for _, content := range []bool{false, true} {
				line, raw := logged(t, middleware.Log{Content: content}, turns(assistanttest.Break(tc.err)))
				require.Equal(t, "WARN", line["level"])
				require.NotContains(t, raw, key)
				require.NotContains(t, raw, "0123456789")
				for _, s := range tc.has {
					if s != "errText" || !content {
						require.Contains(t, raw, s)
					}
				}
				for _, s := range tc.quiet {
					require.Equal(t, content, bytes.Contains([]byte(raw), []byte(s)), s)
				}
			}
		})
	}
}

type errText string

func (e errText) Error() string { return string(e) }

func TestLogOfContentAndOfCallsThatWereLeft(t *testing.T) {
	t.Parallel()
	line, _ := logged(t, middleware.Log{Content: true, Level: slog.LevelDebug}, turns(from("甲", "龙井")))
	require.Equal(t, "DEBUG", line["level"])
	require.Equal(t, "龙井", line["answer"])
	require.Equal(t, greeting.Messages[0].Text(), line["question"])

	var b bytes.Buffer
	m := middleware.Log{Logger: slog.New(slog.NewJSONHandler(&b, nil))}.Wrap(turns(from("甲", "龙井")))
	for range m.Stream(t.Context(), greeting) {
		break
	}
	require.Contains(t, b.String(), `"level":"INFO"`)
	require.Contains(t, b.String(), `"finish":"left"`)

	b.Reset()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, err := ask(ctx, middleware.Log{Logger: slog.New(slog.NewJSONHandler(&b, nil))}.Wrap(turns(assistanttest.Hang())))
	require.ErrorIs(t, err, context.Canceled)
	require.Contains(t, b.String(), `"level":"INFO"`)
	require.Contains(t, b.String(), "context canceled")

	b.Reset()
	m = middleware.Log{Logger: slog.New(slog.NewJSONHandler(&b, &slog.HandlerOptions{Level: slog.LevelError}))}.Wrap(turns(fail(assistant.ErrServer)))
	_, err = ask(t.Context(), m)
	require.Error(t, err)
	require.Empty(t, b.String())
	v := turns(from("甲", "龙井"))
	require.Same(t, v, middleware.Log{}.Wrap(v))
}
