package openaiwire

import (
	"net/http"
	"net/http/httptest"
	"os"
	"testing"

	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"

	"github.com/zhushou-ai/zhushou/assistant"
)

func TestMain(m *testing.M) {
	if os.Getenv(benchServerVar) != "" {
		os.Exit(benchServer())
	}
	goleak.VerifyTestMain(m)
}

const testKey = "sk-secret-0123456789"

// testProfile is a vendor that takes everything.
func testProfile() *Profile {
	return &Profile{
		Vendor: "test",
		Rules: Rules{
			Params:            1<<16 - 1,
			User:              "user",
			ToolModes:         AllModes,
			ThinkingToolModes: AllModes,
			Formats:           FormatJSON | FormatSchema,
			Parts:             1<<8 - 1,
			Prefix:            "prefix",
			Thinking:          Thinking{Form: EnableThinking, Budget: "thinking_budget"},
		},
	}
}

// serve starts a server and returns a client for it, changed by tweak.
func serve(t testing.TB, h http.HandlerFunc, tweak ...func(*Config)) *Client {
	t.Helper()
	srv := httptest.NewServer(h)
	tr := &http.Transport{}
	t.Cleanup(srv.Close)
	t.Cleanup(tr.CloseIdleConnections)
	cfg := Config{
		Profile: testProfile(), BaseURL: srv.URL, Key: testKey, Model: "m-1", HTTPClient: &http.Client{Transport: tr},
	}
	for _, f := range tweak {
		f(&cfg)
	}
	c, err := New(cfg)
	require.NoError(t, err)
	return c
}

func whole(c *Config) { c.DisableStreaming = true }

// answering returns a handler that sends body as it is.
func answering(contentType, body string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", contentType)
		_, _ = w.Write([]byte(body))
	}
}

func events(body string) http.HandlerFunc { return answering("text/event-stream", body) }

func hello() *assistant.Request {
	return &assistant.Request{Messages: []assistant.Message{assistant.User("你好")}}
}
