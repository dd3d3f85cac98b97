package langchain_test

import (
	"context"
	"errors"
	"io"
	"net/http"
	"os/exec"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"github.com/tmc/langchaingo/llms"

	"github.com/zhushou-ai/zhushou/assistant"
	"github.com/zhushou-ai/zhushou/providers/langchain"
)

// canned is a transport that gives bodies of the test.
type canned func(req *http.Request) *http.Response

func (c canned) RoundTrip(req *http.Request) (*http.Response, error) { return c(req), nil }

func body(kind, text string) *http.Response {
	return &http.Response{
		StatusCode: 200, Header: http.Header{"Content-Type": {kind}, "X-Request-Id": {"r1"}},
		Body: io.NopCloser(strings.NewReader(text)), ContentLength: int64(len(text)),
	}
}

// fetching is an LLM that makes one call over HTTP and says what came.
func fetching(client *http.Client, path string) scripted {
	return func(ctx context.Context, _ []llms.MessageContent, _ *llms.CallOptions) (*llms.ContentResponse, error) {
		req, err := http.NewRequestWithContext(ctx, http.MethodPost, "http://example.invalid"+path, http.NoBody)
		if err != nil {
			return nil, err
		}
		resp, err := client.Do(req)
		if err != nil {
			return nil, err
		}
		defer resp.Body.Close()
		text, err := io.ReadAll(resp.Body)
		return response(&llms.ContentChoice{Content: string(text), StopReason: "stop"}), err
	}
}

// What the client sees is what came, and of other protocols nothing is taken for an error.
func TestTransport(t *testing.T) {
	t.Parallel()
	const sse = "text/event-stream; charset=utf-8"
	tests := []struct {
		name, kind, text string
		id               string
		err              error
	}{
		{"chunks", sse, "data: {\"id\":\"c1\",\"model\":\"m1\",\"choices\":[]}\r\n\r\n: hm\n\ndata: [DONE]\n\nevent: error\ndata: {\n\n", "c1", nil},
		{"Anthropic", sse, "event: message_start\ndata: {\"type\":\"message_start\",\"message\":{\"id\":\"m\"}}\n\nevent: ping\ndata: {\"type\":\"ping\"}\n\n", "", nil},
		{"Google", sse, "data: {\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"好\"}]}}]}\n\n", "", nil},
		{"no error", sse, "data: {\"id\":\"c1\",\"error\":null,\"choices\":[]}\n\n", "c1", nil},
		{"a long line", sse, "data: {\"x\":\"" + strings.Repeat("长", 1<<20) + "\n\n", "", nil},
		{"an error", sse, "data: {\"error\":{\"code\":\"insufficient_quota\",\"message\":\"没钱了\"}}\n\n", "", assistant.ErrQuota},
		{"an error of Anthropic", sse, "event: error\ndata: {\"type\":\"error\",\"error\":{\"type\":\"overloaded_error\",\"message\":\"x\"}}\n\n", "", assistant.ErrOverloaded},
		{"no JSON", sse, "data: {oops\n\ndata: [DONE]\n\n", "", assistant.ErrProtocol},
		{"JSON", "application/json", ` {"id":"c1","model":"m1","choices":[{"message":{"content":"code"}}]}`, "c1", nil},
		{"an error as JSON", "application/json", `{"code":"Arrearage","message":"没钱了","request_id":"q"}`, "", assistant.ErrServer},
		{"another list", "application/json", `[{"error":1}]`, "", nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			client := &http.Client{Transport: langchain.Transport(canned(func(*http.Request) *http.Response { return body(tt.kind, tt.text) }))}
			r, err := generate(t, fetching(client, "/chat/completions"), langchain.Config{})
			require.ErrorIs(t, err, tt.err)
			if tt.err == nil {
				require.Equal(t, tt.text, r.Text())
				require.Equal(t, tt.id, r.ID)
				require.Equal(t, "r1", r.RequestID)
			}
		})
	}
}

// A call that an LLM has tried again counts as it went the last time.
func TestTransportForgets(t *testing.T) {
	t.Parallel()
	n := 0
	client := &http.Client{Transport: langchain.Transport(canned(func(*http.Request) *http.Response {
		if n++; n == 1 {
			return body("application/json", `{"error":{"message":"not yet"}}`)
		}
		return body("application/json", `{"id":"c2","choices":[]}`)
	}))}
	once := fetching(client, "/")
	r, err := generate(t, scripted(func(ctx context.Context, m []llms.MessageContent, o *llms.CallOptions) (*llms.ContentResponse, error) {
		if _, err := once(ctx, m, o); err != nil {
			return nil, err
		}
		return once(ctx, m, o)
	}), langchain.Config{})
	require.NoError(t, err)
	require.Equal(t, "c2", r.ID)
}

// Failures are read whatever stands where others have a key, which never shows.
func TestTransportKeys(t *testing.T) {
	t.Parallel()
	for name, value := range map[string]string{
		"Authorization": "AWS4-HMAC-SHA256 Credential=geheim/1, Signature=geheim", "X-Api-Key": "geheim", "X-Goog-Api-Key": "geheim", "X-Other": "",
	} {
		client := &http.Client{Transport: langchain.Transport(canned(func(*http.Request) *http.Response {
			resp := body("application/json", `{"error":{"type":"throttled","message":"too fast for geheim"}}`)
			resp.StatusCode = http.StatusTooManyRequests
			resp.Header.Set("Retry-After", "3")
			return resp
		}))}
		_, err := generate(t, scripted(func(ctx context.Context, _ []llms.MessageContent, _ *llms.CallOptions) (*llms.ContentResponse, error) {
			req, err := http.NewRequestWithContext(ctx, http.MethodPost, "http://example.invalid/", http.NoBody)
			if err != nil {
				return nil, err
			}
			req.Header.Set(name, value)
			resp, err := client.Do(req)
			if err != nil {
				return nil, err
			}
			return nil, errors.Join(resp.Body.Close(), errors.New("something went wrong"))
		}), langchain.Config{})
		var e *assistant.Error
		require.ErrorAs(t, err, &e)
		require.Equal(t, assistant.ErrRateLimited, e.Kind)
		require.Equal(t, 3*time.Second, e.RetryAfter)
		require.Contains(t, e.Message, "too fast")
		require.Equal(t, value == "geheim", !strings.Contains(e.Error(), "geheim"))
	}
}

// An LLM that gets on without what it was refused has not failed.
func TestTransportTolerates(t *testing.T) {
	t.Parallel()
	client := &http.Client{Transport: langchain.Transport(canned(func(*http.Request) *http.Response {
		resp := body("text/plain", "not here")
		resp.StatusCode = http.StatusNotFound
		return resp
	}))}
	_, err := generate(t, fetching(client, "/optional"), langchain.Config{})
	require.NoError(t, err)
}

// Calls that are not ours pass through untouched.
func TestTransportPasses(t *testing.T) {
	t.Parallel()
	original := body("application/json", `{"data":[{"index":1,"embedding":[1]},{"index":0,"embedding":[2]}]}`)
	req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, "http://example.invalid/embeddings", http.NoBody)
	require.NoError(t, err)
	resp, err := langchain.Transport(canned(func(*http.Request) *http.Response { return original })).RoundTrip(req)
	require.NoError(t, err)
	defer resp.Body.Close()
	require.Same(t, original, resp)
	text, err := io.ReadAll(resp.Body)
	require.NoError(t, err)
	require.Contains(t, string(text), `"index":1,"embedding":[1]},{"index":0`)
}

// A client that is closed closes its connections behind Transport too.
func TestTransportCloses(t *testing.T) {
	t.Parallel()
	inner := new(closing)
	(&http.Client{Transport: langchain.Transport(inner)}).CloseIdleConnections()
	require.True(t, inner.closed)
}

type closing struct {
	http.Transport
	closed bool
}

func (c *closing) CloseIdleConnections() { c.closed = true }

// The package brings no client, no interpreter and no template engine along.
func TestDependsOnLittle(t *testing.T) {
	t.Parallel()
	out, err := exec.CommandContext(t.Context(), "go", "list", "-deps", "-f", "{{if not .Standard}}{{.ImportPath}}{{end}}", ".").Output()
	require.NoError(t, err)
	var got []string
	for pkg := range strings.FieldsSeq(string(out)) {
		if !strings.HasPrefix(pkg, "github.com/zhushou-ai/") {
			got = append(got, pkg)
		}
	}
	require.Subset(t, []string{
		"github.com/google/jsonschema-go/jsonschema", "github.com/tmc/langchaingo/llms", "github.com/tmc/langchaingo/embeddings",
		"github.com/tmc/langchaingo/vectorstores", "github.com/tmc/langchaingo/schema", "github.com/tmc/langchaingo/callbacks",
		"github.com/tmc/langchaingo/internal/sliceutil", "github.com/pkoukk/tiktoken-go", "github.com/dlclark/regexp2",
		"github.com/dlclark/regexp2/syntax", "github.com/google/uuid",
	}, got)
}
