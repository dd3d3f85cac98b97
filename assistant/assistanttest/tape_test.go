package assistanttest_test

import (
	"bytes"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/zhushou-ai/zhushou/assistant/assistanttest"
)

const secret = "sk-0123456789abcdef"

func ask(t *testing.T, rt http.RoundTripper, url, body string) (string, error) {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, url, strings.NewReader(body))
	require.NoError(t, err)
	req.Header.Set("Authorization", "Bearer "+secret)
	req.Header.Set("X-Custom-Token", "opaque-custom-secret")
	resp, err := rt.RoundTrip(req)
	if err != nil {
		return "", err
	}
	defer resp.Body.Close()
	b, err := io.ReadAll(resp.Body)
	require.NoError(t, err)
	return string(b), nil
}

func record(t *testing.T, path string) (url string) {
	t.Helper()
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		w.Header().Set("Set-Cookie", "session=private")
		// A careless server that echoes the secrets.
		w.Write([]byte("你说" + string(body) + " " + r.Header.Get("Authorization") + " " + r.Header.Get("X-Custom-Token")))
	}))
	t.Cleanup(srv.Close)
	t.Run("record", func(t *testing.T) {
		t.Setenv("ZHUSHOU_RECORD", "1")
		tape := assistanttest.OpenTape(t, path, nil)
		for _, body := range []string{"一", "二"} {
			got, err := ask(t, tape, srv.URL+"/chat?api_key=url-secret-value", body)
			require.NoError(t, err)
			require.Contains(t, got, secret, "the caller sees what the server sent")
		}
	})
	return srv.URL
}

func TestTapePlaysWhatItRecorded(t *testing.T) {
	path := filepath.Join(t.TempDir(), "tapes", "chat.json")
	url := record(t, path)
	tape := assistanttest.OpenTape(t, path, nil)
	for _, body := range []string{"一", "二"} {
		got, err := ask(t, tape, url+"/chat?api_key=url-secret-value", body)
		require.NoError(t, err)
		require.Contains(t, got, "你说"+body)
	}
	_, err := ask(t, tape, url+"/chat", "三")
	require.ErrorContains(t, err, "has 2 records, but request 3 came")
}

func TestTapeHoldsNoSecret(t *testing.T) {
	path := filepath.Join(t.TempDir(), "chat.json")
	record(t, path)
	b, err := os.ReadFile(path)
	require.NoError(t, err)
	for _, leak := range []string{secret, "opaque-custom-secret", "url-secret-value", "session=private"} {
		require.False(t, bytes.Contains(b, []byte(leak)), leak)
	}
	require.True(t, bytes.Contains(b, []byte("你说一")), "the rest is readable")
}

func TestTapeSaysWhereARequestDiffers(t *testing.T) {
	path := filepath.Join(t.TempDir(), "chat.json")
	url := record(t, path)
	rec := &recorder{TB: t}
	tape := assistanttest.OpenTape(rec, path, nil)
	_, err := ask(t, tape, url+"/chat?api_key=url-secret-value", "别的")
	require.ErrorContains(t, err, "body differs at byte 0")
	rec.finish()
	require.Contains(t, rec.failure, "2 records were not played")

	rec = &recorder{TB: t}
	func() {
		defer func() { _ = recover() }()
		assistanttest.OpenTape(rec, path+".missing", nil)
	}()
	require.Contains(t, rec.failure, "ZHUSHOU_RECORD")
}

func TestForbidNetwork(t *testing.T) {
	assistanttest.ForbidNetwork(t)
	_, err := http.Get("http://example.com/")
	require.ErrorIs(t, err, assistanttest.ErrNetwork)
	srv := httptest.NewServer(http.NotFoundHandler())
	defer srv.Close()
	resp, err := http.Get(srv.URL)
	require.NoError(t, err)
	resp.Body.Close()
}

func TestCheckLeaksFindsOne(t *testing.T) {
	stop := make(chan struct{})
	defer close(stop)
	rec := &recorder{TB: t}
	assistanttest.CheckLeaks(rec)
	go func() { <-stop }()
	rec.finish()
	require.Contains(t, rec.failure, "found unexpected goroutines")
}

// exchange records one request through a tape, plays it, and returns both answers and the file.
func exchange(t *testing.T, request, response string) (recorded, played, file string) {
	t.Helper()
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		_, _ = io.WriteString(w, response)
	}))
	t.Cleanup(srv.Close)
	path := filepath.Join(t.TempDir(), "tape.json")
	t.Run("record", func(t *testing.T) {
		t.Setenv("ZHUSHOU_RECORD", "1")
		var err error
		recorded, err = ask(t, assistanttest.OpenTape(t, path, nil), srv.URL, request)
		require.NoError(t, err)
	})
	played, err := ask(t, assistanttest.OpenTape(t, path, nil), srv.URL, request)
	require.NoError(t, err)
	b, err := os.ReadFile(path)
	require.NoError(t, err)
	return recorded, played, string(b)
}

func TestTapeKeepsBytes(t *testing.T) {
	const sound = "RIFF\xff\xfe\x00\x80"
	recorded, played, _ := exchange(t, "\xff一", sound)
	require.Equal(t, sound, recorded)
	require.Equal(t, sound, played)
}

func TestTapeHoldsNoTokenThatAVendorHandsOut(t *testing.T) {
	const answer = `{"access_token": "24.abc\"def", "expires_in":2592000, "usage":{"prompt_tokens":3}, "token":"你", "session_secret":"s3 & cr3t"}`
	recorded, played, file := exchange(t, "grant_type=client_credentials&client_id=ID&client_secret=f0rm&x=1", answer)
	require.Equal(t, answer, recorded)
	for _, leak := range []string{"24.abc", "def", "s3", "cr3t", "f0rm"} {
		require.NotContains(t, file, leak)
	}
	require.JSONEq(t, `{"access_token":"REDACTED","expires_in":2592000,"usage":{"prompt_tokens":3},"token":"你","session_secret":"REDACTED"}`, played)
	require.Contains(t, file, "client_id=ID&client_secret=REDACTED&x=1")
}
