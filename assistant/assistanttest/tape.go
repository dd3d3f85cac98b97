package assistanttest

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"unicode/utf8"
)

// maxTaped bounds one recorded body.
const maxTaped = 64 << 20

// A Tape is an [http.RoundTripper] that records what a vendor answers, or plays it back. Keys never
// reach the file: authorisation, cookies and whatever else looks like a secret is replaced before it
// is written, wherever it stands.
//
// A Tape plays its records in order, and a request that differs from the recorded one in method,
// address or body is an error that says where. It is safe for concurrent use.
type Tape struct {
	path   string
	record http.RoundTripper // nil while playing

	mu    sync.Mutex
	takes []take
	next  int
}

// A take is one exchange on a tape. Text is stored readably; bytes that are no text, such as sound,
// are kept whole but not searched for secrets.
type take struct {
	Method   string      `json:"method"`
	URL      string      `json:"url"`
	Request  string      `json:"request"`
	Status   int         `json:"status"`
	Header   http.Header `json:"header"`
	Response string      `json:"response"`
	Bytes    []byte      `json:"response_bytes,omitzero"` // instead of Response
}

const redacted = "REDACTED"

// OpenTape returns the tape in the named file. If the environment variable ZHUSHOU_RECORD is set, the
// tape records through next, or [http.DefaultTransport] if that is nil, and writes the file when the
// test ends without failing. Otherwise it plays, and fails the test if records are left over.
func OpenTape(tb testing.TB, path string, next http.RoundTripper) *Tape {
	tb.Helper()
	t := &Tape{path: path}
	if os.Getenv("ZHUSHOU_RECORD") != "" {
		if t.record = next; next == nil {
			t.record = http.DefaultTransport
		}
		tb.Cleanup(func() {
			if !tb.Failed() {
				if err := t.save(); err != nil {
					tb.Errorf("save tape: %v", err)
				}
			}
		})
		return t
	}
	if err := t.load(); err != nil {
		tb.Fatalf("open tape: %v", err)
	}
	tb.Cleanup(func() {
		if left := len(t.takes) - t.next; left > 0 && !tb.Failed() {
			tb.Errorf("tape %s: %d records were not played", path, left)
		}
	})
	return t
}

func (t *Tape) load() error {
	b, err := os.ReadFile(t.path)
	if errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("%w; set ZHUSHOU_RECORD=1 and the vendor's key to record it", err)
	}
	if err != nil {
		return err
	}
	return json.Unmarshal(b, &t.takes)
}

func (t *Tape) save() error {
	t.mu.Lock()
	defer t.mu.Unlock()
	if err := os.MkdirAll(filepath.Dir(t.path), 0o755); err != nil {
		return err
	}
	var buf bytes.Buffer
	enc := json.NewEncoder(&buf)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	if err := enc.Encode(t.takes); err != nil {
		return err
	}
	return os.WriteFile(t.path, buf.Bytes(), 0o644)
}

// RoundTrip implements [http.RoundTripper].
func (t *Tape) RoundTrip(req *http.Request) (*http.Response, error) {
	body, err := readBody(req.Body)
	if err != nil {
		return nil, fmt.Errorf("read request: %w", err)
	}
	scrub := newScrubber(req)
	seen := take{Method: req.Method, URL: scrub.text(req.URL.String()), Request: scrub.text(readable(body))}
	if t.record == nil {
		return t.play(req, seen)
	}
	out := req.Clone(req.Context())
	out.Body = io.NopCloser(bytes.NewReader(body))
	resp, err := t.record.RoundTrip(out)
	if err != nil {
		return nil, err
	}
	answer, err := readBody(resp.Body)
	if err != nil {
		return nil, fmt.Errorf("read response: %w", err)
	}
	seen.Status, seen.Header = resp.StatusCode, scrub.header(resp.Header)
	if utf8.Valid(answer) {
		seen.Response = scrub.text(string(answer))
	} else {
		seen.Bytes = answer
	}
	t.mu.Lock()
	t.takes = append(t.takes, seen)
	t.mu.Unlock()
	resp.Body = io.NopCloser(bytes.NewReader(answer))
	return resp, nil
}

func (t *Tape) play(req *http.Request, seen take) (*http.Response, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.next == len(t.takes) {
		return nil, fmt.Errorf("tape %s has %d records, but request %d came", t.path, len(t.takes), t.next+1)
	}
	want := t.takes[t.next]
	for _, f := range []struct{ name, want, got string }{
		{"method", want.Method, seen.Method}, {"address", want.URL, seen.URL}, {"body", want.Request, seen.Request},
	} {
		if f.want != f.got {
			return nil, fmt.Errorf("tape %s, record %d: %s differs at %s", t.path, t.next+1, f.name, firstDifference(f.want, f.got))
		}
	}
	t.next++
	body := want.Bytes
	if body == nil {
		body = []byte(want.Response)
	}
	return &http.Response{
		Status:        fmt.Sprintf("%d %s", want.Status, http.StatusText(want.Status)),
		StatusCode:    want.Status,
		Proto:         "HTTP/1.1",
		ProtoMajor:    1,
		ProtoMinor:    1,
		Header:        want.Header.Clone(),
		Body:          io.NopCloser(bytes.NewReader(body)),
		ContentLength: int64(len(body)),
		Request:       req,
	}, nil
}

func firstDifference(want, got string) string {
	i := 0
	for i < len(want) && i < len(got) && want[i] == got[i] {
		i++
	}
	cut := func(s string) string { return s[max(0, i-20):min(len(s), i+20)] }
	return fmt.Sprintf("byte %d: recorded %q, now %q", i, cut(want), cut(got))
}

func readBody(r io.ReadCloser) ([]byte, error) {
	if r == nil {
		return nil, nil
	}
	defer r.Close()
	b, err := io.ReadAll(io.LimitReader(r, maxTaped+1))
	if len(b) > maxTaped {
		return nil, fmt.Errorf("body is larger than %d bytes", maxTaped)
	}
	return b, err
}

// readable returns a body for comparison.
func readable(body []byte) string {
	if utf8.Valid(body) {
		return string(body)
	}
	return "base64:" + base64.StdEncoding.EncodeToString(body)
}

// secretName matches headers and query parameters that hold secrets.
var secretName = regexp.MustCompile(`(?i)(authorization|cookie|token|secret|signature|credential|password|api[-_]?key|access[-_]?key)`)

// secretValue matches what keys of the known vendors look like, wherever they stand.
var secretValue = regexp.MustCompile(`(?i)\b(sk-[\w-]{8,}|bce-v3/[\w./-]{8,}|AKID\w{10,}|LTAI\w{10,}|Bearer\s+[\w./+=-]{8,})`)

// secretField begins the match of a field of JSON or of a form that holds a secret, such as the answer
// of a vendor who hands out tokens. A bare "token" is no secret: models speak of tokens.
const secretField = `(?i)([\w-]*(?:secret|password|credential|api[-_]?key|access[-_]?key|(?:access|refresh|session|id)[-_]?token)[\w-]*`

var (
	jsonSecret = regexp.MustCompile(secretField + `"\s*:\s*")(?:[^"\\]|\\.)+`)
	formSecret = regexp.MustCompile(secretField + `=)[^&\s"]+`)
)

// keptHeader are the response headers that behaviour can depend on; all others are dropped.
var keptHeader = []string{"Content-Type", "Retry-After", "X-Request-Id", "X-Dashscope-Request-Id"}

// A scrubber knows the secrets of one request, and removes them wherever they come up.
type scrubber struct{ secrets *strings.Replacer }

func newScrubber(req *http.Request) scrubber {
	var pairs []string
	add := func(secret string) {
		if len(secret) >= 6 { // anything shorter would tear up ordinary text
			pairs = append(pairs, secret, redacted)
		}
	}
	for name, values := range req.Header {
		if secretName.MatchString(name) {
			for _, v := range values {
				_, token, _ := strings.Cut(v, " ")
				add(v)
				add(token)
			}
		}
	}
	for name, values := range req.URL.Query() {
		if secretName.MatchString(name) || name == "key" {
			for _, v := range values {
				add(v)
				add(url.QueryEscape(v))
			}
		}
	}
	return scrubber{strings.NewReplacer(pairs...)}
}

func (s scrubber) text(v string) string {
	v = secretValue.ReplaceAllString(s.secrets.Replace(v), redacted)
	v = jsonSecret.ReplaceAllString(v, "${1}"+redacted)
	return formSecret.ReplaceAllString(v, "${1}"+redacted)
}

func (s scrubber) header(h http.Header) http.Header {
	kept := http.Header{}
	for name, values := range h {
		if slices.Contains(keptHeader, http.CanonicalHeaderKey(name)) {
			for _, v := range values {
				kept.Add(name, s.text(v))
			}
		}
	}
	return kept
}
