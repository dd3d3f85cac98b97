package openaiwire

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/zhushou-ai/zhushou/assistant"
)

// echo answers with what it got.
func echo(w http.ResponseWriter, r *http.Request) {
	body, _ := io.ReadAll(r.Body)
	w.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(w).Encode(map[string]string{
		"method": r.Method, "type": r.Header.Get("Content-Type"), "auth": r.Header.Get("Authorization"),
		"own": r.Header.Get("X-Own"), "call": r.Header.Get("X-Call"), "signed": r.Header.Get("X-Signed"), "body": string(body),
	})
}

func TestExchanges(t *testing.T) {
	t.Parallel()
	own := func(c *Config) { c.Header = http.Header{"X-Own": {"o"}}; c.Key = "sk-test-1" }
	signing := func(c *Config) {
		own(c)
		c.Sign = func(method string, u *url.URL, h http.Header, body []byte) {
			h.Set("X-Signed", method+" "+u.Path+" "+h.Get("Content-Type")+" "+string(body))
		}
	}
	for _, tt := range []struct {
		name   string
		config func(*Config)
		x      Exchange
		want   map[string]string
	}{
		{"post", own, Exchange{Body: []byte(`{}`), Header: http.Header{"X-Call": {"c"}}},
			map[string]string{"method": "POST", "type": "application/json", "auth": "Bearer sk-test-1", "own": "o", "call": "c", "body": "{}"}},
		{"form", own, Exchange{Form: true, Body: []byte("a=b"), Keyless: true},
			map[string]string{"method": "POST", "type": "application/x-www-form-urlencoded", "own": "o", "body": "a=b"}},
		{"get", own, Exchange{Get: true}, map[string]string{"method": "GET", "auth": "Bearer sk-test-1", "own": "o"}},
		{"stranger", signing, Exchange{Get: true, Stranger: true}, map[string]string{"method": "GET"}},
		{"signed", signing, Exchange{Body: []byte(`{}`)},
			map[string]string{"method": "POST", "type": "application/json", "own": "o", "body": "{}", "signed": "POST /x application/json {}"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			c := serve(t, echo, tt.config)
			tt.x.URL = c.Endpoint("/x")
			o, err := c.Do(t.Context(), tt.x)
			require.NoError(t, err)
			got := map[string]string{}
			for name := range o {
				if v := object(o).string(name); v != "" {
					got[name] = v
				}
			}
			require.Equal(t, tt.want, got)
		})
	}
}

func TestPictures(t *testing.T) {
	t.Parallel()
	const data = png + "rest"
	c := serve(t, func(w http.ResponseWriter, r *http.Request) {
		switch {
		case r.Header.Get("Authorization") != "" || r.Header.Get("X-Own") != "":
			w.WriteHeader(http.StatusTeapot) // the key has come along
		case strings.HasSuffix(r.URL.Path, "png"):
			w.Header().Set("Content-Type", "image/png")
			_, _ = io.WriteString(w, data)
		case strings.HasSuffix(r.URL.Path, "untyped"):
			w.Header().Set("Content-Type", "application/octet-stream")
			_, _ = io.WriteString(w, data)
		case strings.HasSuffix(r.URL.Path, "page"):
			_, _ = io.WriteString(w, "<html>expired</html>")
		case strings.HasSuffix(r.URL.Path, "broken"):
			w.WriteHeader(http.StatusBadGateway)
		default:
			w.WriteHeader(http.StatusForbidden)
		}
	}, func(c *Config) { c.Key, c.Header = "sk-test-1", http.Header{"X-Own": {"o"}} })

	for path, want := range map[string]error{
		"/a.png": nil, "/untyped": nil, "/page": assistant.ErrProtocol, "/expired": assistant.ErrNotFound, "/broken": assistant.ErrServer,
	} {
		got, err := c.FetchPictures(t.Context(), []assistant.Image{{Media: assistant.Media{URL: c.Endpoint(path).String()}}, {Media: assistant.Media{Data: []byte("kept")}}})
		require.ErrorIs(t, err, want, path)
		if want == nil {
			require.Equal(t, assistant.Media{MIME: "image/png", Data: []byte(data)}, got[0].Media, path)
			require.Equal(t, []byte("kept"), got[1].Data)
		}
	}
	for _, link := range []string{"file:///etc/passwd", "ftp://example.com/a.png", "http://", "://"} {
		_, err := c.FetchPictures(t.Context(), []assistant.Image{{Media: assistant.Media{URL: link}}})
		require.ErrorIs(t, err, assistant.ErrProtocol, link)
	}
	failures := 2
	flaky := serve(t, func(w http.ResponseWriter, _ *http.Request) {
		if failures--; failures >= 0 {
			w.WriteHeader(http.StatusServiceUnavailable)
			return
		}
		_, _ = io.WriteString(w, data)
	})
	got, err := flaky.FetchPictures(t.Context(), []assistant.Image{{Media: assistant.Media{URL: flaky.Endpoint("/a.png").String()}}})
	require.NoError(t, err, "a picture is paid for")
	require.Equal(t, []byte(data), got[0].Data)

	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, err = c.FetchPictures(ctx, []assistant.Image{{Media: assistant.Media{URL: c.Endpoint("/a.png").String()}}})
	require.ErrorIs(t, err, context.Canceled)

	for _, tt := range []struct {
		answer string
		want   []assistant.Image
		err    error
	}{
		{`{"data":[{"url":"https://example.com/a"},{"b64_json":"iVBORw0KGgo="}]}`,
			[]assistant.Image{{Media: assistant.Media{URL: "https://example.com/a"}}, {Media: assistant.Media{MIME: "image/png", Data: []byte(png)}}}, nil},
		{`{"data":[{"url":"https://example.com/a"},{"error":{"code":"content_filter"}}]}`, []assistant.Image{{Media: assistant.Media{URL: "https://example.com/a"}}}, nil},
		{`{"data":[{"error":{"code":"content_filter","message":"不行"}}]}`, nil, assistant.ErrBlocked},
		{`{"data":[{"b64_json":"?"}]}`, nil, assistant.ErrProtocol},
		{`{"data":[]}`, nil, assistant.ErrProtocol},
		{`{"data":3}`, nil, assistant.ErrProtocol},
	} {
		var o object
		require.NoError(t, json.Unmarshal([]byte(tt.answer), &o))
		got, err := c.Pictures(o)
		require.ErrorIs(t, err, tt.err, tt.answer)
		require.Equal(t, tt.want, got)
	}
}

// TestTranslation speaks a protocol in which everything is shouted.
func TestTranslation(t *testing.T) {
	t.Parallel()
	shouting := &Translation{
		Path: "/shout",
		Request: func(body []byte, drop func(field, reason string)) ([]byte, error) {
			drop("Temperature", "nobody is calm here")
			return bytes.ReplaceAll(body, []byte(`"messages"`), []byte(`"MESSAGES"`)), nil
		},
		Answer: func(data []byte) []byte { return bytes.ReplaceAll(data, []byte(`"CHOICES"`), []byte(`"choices"`)) },
	}
	for name, whole := range map[string]bool{"stream": false, "whole": true} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := serve(t, func(w http.ResponseWriter, r *http.Request) {
				body, _ := io.ReadAll(r.Body)
				if r.URL.Path != "/shout" || !bytes.Contains(body, []byte(`"MESSAGES":[`)) {
					w.WriteHeader(http.StatusBadRequest)
				} else if whole {
					w.Header().Set("Content-Type", "application/json")
					_, _ = io.WriteString(w, `{"CHOICES":[{"message":{"content":"好"},"finish_reason":"stop"}]}`)
				} else {
					w.Header().Set("Content-Type", "text/event-stream")
					_, _ = io.WriteString(w, `data: {"CHOICES":[{"delta":{"content":"好"},"finish_reason":"stop"}]}`+"\n\n")
				}
			}, func(c *Config) { c.Translation, c.DisableStreaming = shouting, whole })
			r, err := assistant.Generate(t.Context(), c, hello())
			require.NoError(t, err)
			require.Equal(t, "好", r.Text())
			require.Equal(t, "Temperature", r.Dropped[0].Field)
		})
	}
}
