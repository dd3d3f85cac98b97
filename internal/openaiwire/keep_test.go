package openaiwire

import (
	"context"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/zhushou-ai/zhushou/assistant"
)

// TestConnectionsAreUsedAgain lets the last HTTP chunk come 20 ms after the end mark, as it does in
// real traffic.
func TestConnectionsAreUsedAgain(t *testing.T) {
	t.Parallel()
	for name, stream := range map[string]func(c *Client) error{
		"to the end": func(c *Client) error {
			_, err := assistant.Generate(context.Background(), c, hello())
			return err
		},
		"left at the finish chunk": func(c *Client) error {
			for k, err := range c.Stream(context.Background(), hello()) {
				if err != nil || k.Finish != "" {
					return err
				}
			}
			return io.ErrUnexpectedEOF
		},
		"context cancelled at the end": func(c *Client) error {
			ctx, cancel := context.WithCancel(context.Background())
			defer cancel()
			_, err := assistant.Generate(ctx, c, hello())
			return err
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var conns atomic.Int32
			srv := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
				w.Header().Set("Content-Type", "text/event-stream")
				_, _ = io.WriteString(w, text("好")+finish("stop")+done)
				_ = http.NewResponseController(w).Flush()
				time.Sleep(20 * time.Millisecond) // this is what the test is about
			}))
			srv.Config.ConnState = func(_ net.Conn, s http.ConnState) {
				if s == http.StateNew {
					conns.Add(1)
				}
			}
			srv.Start()
			t.Cleanup(srv.Close)
			tr := &http.Transport{}
			t.Cleanup(tr.CloseIdleConnections)
			c, err := New(Config{Profile: testProfile(), BaseURL: srv.URL, Model: "m", HTTPClient: &http.Client{Transport: tr}})
			require.NoError(t, err)
			for range 10 {
				require.NoError(t, stream(c))
			}
			require.LessOrEqual(t, conns.Load(), int32(2))
		})
	}
}
