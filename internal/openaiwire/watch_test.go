package openaiwire

import (
	"context"
	"io"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/zhushou-ai/zhushou/assistant"
)

// A pipeTransport answers in memory, so that time can be faked. script writes the body.
type pipeTransport struct {
	wait   time.Duration // before the header
	script func(w io.Writer)
}

func (p pipeTransport) RoundTrip(req *http.Request) (*http.Response, error) {
	_ = req.Body.Close()
	select {
	case <-time.After(p.wait):
	case <-req.Context().Done():
		return nil, req.Context().Err()
	}
	r, w := io.Pipe()
	stop := context.AfterFunc(req.Context(), func() { _ = w.CloseWithError(req.Context().Err()) })
	go func() {
		defer stop()
		p.script(w)
		_ = w.Close()
	}()
	return &http.Response{
		StatusCode: http.StatusOK, Header: http.Header{"Content-Type": streamType}, Body: r, Request: req, ContentLength: -1,
	}, nil
}

func pipeClient(t *testing.T, p pipeTransport, tweak func(*Config)) *Client {
	t.Helper()
	cfg := Config{Profile: testProfile(), BaseURL: "http://vendor.test", Model: "m", HTTPClient: &http.Client{Transport: p}}
	if tweak != nil {
		tweak(&cfg)
	}
	c, err := New(cfg)
	require.NoError(t, err)
	return c
}

func write(w io.Writer, s string) { _, _ = io.WriteString(w, s) }

func TestTimeouts(t *testing.T) {
	t.Parallel()
	alive := func(w io.Writer, n int) {
		for range n {
			time.Sleep(time.Minute)
			write(w, ": keep-alive\n\n")
		}
	}
	tests := []struct {
		name  string
		p     pipeTransport
		tweak func(*Config)
		after time.Duration // when the stream must end
		text  string
		kind  assistant.ErrorKind // empty for success
	}{
		{name: "silence before the header", p: pipeTransport{wait: time.Hour}, after: 2 * time.Minute, kind: assistant.ErrTimeout},
		{name: "silence before a whole answer", p: pipeTransport{wait: time.Hour}, tweak: whole, after: 10 * time.Minute, kind: assistant.ErrTimeout},
		{name: "silence after text", p: pipeTransport{script: func(w io.Writer) {
			write(w, text("好"))
			time.Sleep(time.Hour)
		}}, after: 2 * time.Minute, text: "好", kind: assistant.ErrTimeout},
		{name: "silence, limit of one's own", p: pipeTransport{script: func(w io.Writer) {
			write(w, text("好"))
			time.Sleep(time.Hour)
		}}, tweak: func(c *Config) { c.IdleTimeout = time.Second }, after: time.Second, text: "好", kind: assistant.ErrTimeout},
		{name: "no limits", p: pipeTransport{script: func(w io.Writer) {
			write(w, text("好"))
			time.Sleep(5 * time.Hour)
			write(w, finish("stop")+done)
		}}, tweak: func(c *Config) { c.IdleTimeout, c.FirstTokenTimeout = -1, -1 }, after: 5 * time.Hour, text: "好"},
		{name: "comments are activity", p: pipeTransport{script: func(w io.Writer) {
			alive(w, 9)
			write(w, text("好")+finish("stop")+done)
		}}, after: 9 * time.Minute, text: "好"},
		{name: "comments are not the reply", p: pipeTransport{script: func(w io.Writer) { alive(w, 60) }}, after: 10 * time.Minute, kind: assistant.ErrTimeout},
		{name: "first token in time, then comments", p: pipeTransport{script: func(w io.Writer) {
			write(w, text("好"))
			alive(w, 30)
			write(w, finish("stop")+done)
		}}, after: 30 * time.Minute, text: "好"},
		{name: "first token, limit of one's own", p: pipeTransport{script: func(w io.Writer) { alive(w, 60) }},
			tweak: func(c *Config) { c.FirstTokenTimeout = 90 * time.Second }, after: 90 * time.Second, kind: assistant.ErrTimeout},
		{name: "silence after the finish", p: pipeTransport{script: func(w io.Writer) {
			write(w, text("好")+finish("stop"))
			time.Sleep(time.Hour)
		}}, after: afterFinish, text: "好"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				start := time.Now()
				r, err := assistant.Generate(t.Context(), pipeClient(t, tt.p, tt.tweak), hello())
				require.Equal(t, tt.after, time.Since(start))
				if tt.kind != "" {
					require.ErrorIs(t, err, tt.kind)
					require.NotErrorIs(t, err, context.Canceled)
					require.NotErrorIs(t, err, context.DeadlineExceeded)
				} else {
					require.NoError(t, err)
				}
				if tt.text != "" {
					require.Equal(t, tt.text, r.Text())
				}
				time.Sleep(10 * time.Hour) // lets the scripts end
			})
		})
	}
}

func TestSlowCallerIsNotSilence(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		c := pipeClient(t, pipeTransport{script: func(w io.Writer) {
			write(w, text("你"))
			write(w, text("好"))
			write(w, finish("stop")+done)
		}}, nil)
		var got strings.Builder
		for k, err := range c.Stream(t.Context(), hello()) {
			require.NoError(t, err)
			got.WriteString(k.Text)
			time.Sleep(time.Hour)
		}
		require.Equal(t, "你好", got.String())
	})
}

func TestDeadlineOfTheCaller(t *testing.T) {
	t.Parallel()
	for name, p := range map[string]pipeTransport{
		"before the header": {wait: time.Hour},
		"after text":        {script: func(w io.Writer) { write(w, text("好")); time.Sleep(time.Hour) }},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
				defer cancel()
				start := time.Now()
				_, err := assistant.Generate(ctx, pipeClient(t, p, nil), hello())
				require.ErrorIs(t, err, context.DeadlineExceeded)
				require.NotErrorIs(t, err, assistant.ErrTimeout)
				require.Equal(t, time.Minute, time.Since(start))
				time.Sleep(2 * time.Hour)
			})
		})
	}
}

// TestDrainEnds holds the connection open after the end mark: the reply is there at once, and the
// goroutine that waits for the rest gives up.
func TestDrainEnds(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var ended time.Time
		c := pipeClient(t, pipeTransport{script: func(w io.Writer) {
			write(w, text("好")+finish("stop")+done)
			for {
				if _, err := io.WriteString(w, ": more\n\n"); err != nil {
					ended = time.Now()
					return
				}
				time.Sleep(50 * time.Millisecond)
			}
		}}, nil)
		start := time.Now()
		r, err := assistant.Generate(t.Context(), c, hello())
		require.NoError(t, err)
		require.Equal(t, "好", r.Text())
		require.Zero(t, time.Since(start))
		time.Sleep(time.Second)
		synctest.Wait()
		require.WithinDuration(t, start, ended, drainTime+50*time.Millisecond)
	})
}
