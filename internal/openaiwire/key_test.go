package openaiwire

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/zhushou-ai/zhushou/assistant"
)

// forms prints v in every way that ends up in logs.
func forms(v any) string {
	var b bytes.Buffer
	fmt.Fprintf(&b, "%v %+v %#v %s %q %x %d ", v, v, v, v, v, v, v)
	j, _ := json.Marshal(v)
	b.Write(j)
	slog.New(slog.NewTextHandler(&b, nil)).Info("x", "v", v)
	slog.New(slog.NewJSONHandler(&b, nil)).Info("x", "v", v)
	return b.String()
}

func TestKeyIsNeverShown(t *testing.T) {
	t.Parallel()
	c, err := New(Config{Profile: testProfile(), BaseURL: "https://vendor.test", Key: testKey})
	require.NoError(t, err)
	hexKey := fmt.Sprintf("%x", testKey)
	for _, v := range []any{
		Config{Key: testKey}, &Config{Key: testKey}, c, *c.base,
	} {
		got := forms(v)
		require.NotContains(t, got, testKey, "%T", v)
		require.NotContains(t, got, hexKey, "%T", v)
	}
	require.NotContains(t, forms(c), testKey)
}

func TestKeyIsNotInErrors(t *testing.T) {
	t.Parallel()
	echo := func(status int) http.HandlerFunc {
		return func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("X-Request-Id", r.Header.Get("Authorization"))
			w.Header().Set("Content-Type", "application/json")
			w.WriteHeader(status)
			fmt.Fprintf(w, `{"error":{"message":"wrong key %s","code":"%[1]s"}}`, r.Header.Get("Authorization"))
		}
	}
	gone := serve(t, echo(200), func(c *Config) {
		c.BaseURL = "http://user:" + testKey + "@127.0.0.1:1/v1?token=" + testKey
	})
	for name, c := range map[string]*Client{
		"echoed": serve(t, echo(401)), "echoed with 200": serve(t, echo(200)), "in the address": gone,
		"in broken JSON": serve(t, events("data: {"+testKey+"}\n\n")),
		"in HTML":        serve(t, answering("text/html", "<p>"+testKey+"</p>")),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := assistant.Generate(t.Context(), c, hello())
			require.Error(t, err)
			require.NotContains(t, forms(err), testKey)
			for e := err; e != nil; e = errors.Unwrap(e) {
				require.NotContains(t, e.Error(), testKey)
			}
		})
	}
}

func TestBadConfigs(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		cfg  Config
		want string
	}{
		"no address":             {Config{}, "is not an http or https address"},
		"no scheme":              {Config{BaseURL: "vendor.test/v1"}, "is not an http or https address"},
		"other scheme":           {Config{BaseURL: "ftp://vendor.test"}, "is not an http or https address"},
		"broken address":         {Config{BaseURL: "http://a:" + testKey + "@b\n"}, "cannot be parsed"},
		"password in an address": {Config{BaseURL: "ws://a:" + testKey + "@b"}, "is not an http or https address"},
		"line break in the key":  {Config{BaseURL: "http://vendor.test", Key: testKey + "\nx"}, "line break"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			tt.cfg.Profile = testProfile()
			_, err := New(tt.cfg)
			require.ErrorContains(t, err, tt.want)
			require.NotContains(t, err.Error(), testKey)
		})
	}
}

func TestRequestsOnTheWire(t *testing.T) {
	t.Parallel()
	var got *http.Request
	c := serve(t, func(w http.ResponseWriter, r *http.Request) {
		got = r
		events(finish("stop")+done)(w, r)
	}, func(c *Config) {
		c.BaseURL += "/any/v3/?version=7"
		c.Key = " " + testKey + "\n"
		c.Header = http.Header{"X-App": {"a"}}
	})
	_, err := assistant.Generate(t.Context(), c, hello())
	require.NoError(t, err)
	require.Equal(t, "/any/v3/chat/completions?version=7", got.URL.String())
	require.Equal(t, "Bearer "+testKey, got.Header.Get("Authorization"))
	require.Equal(t, "application/json", got.Header.Get("Content-Type"))
	require.Equal(t, "text/event-stream", got.Header.Get("Accept"))
	require.Equal(t, "a", got.Header.Get("X-App"))
	require.Positive(t, got.ContentLength)

	c = serve(t, func(w http.ResponseWriter, r *http.Request) {
		got = r
		answering("application/json", benchWhole)(w, r)
	}, whole, func(c *Config) { c.Key = "" })
	_, err = assistant.Generate(t.Context(), c, hello())
	require.NoError(t, err)
	require.NotContains(t, got.Header, "Authorization")
}
