package openaiwire

import (
	"net/http"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/stretchr/testify/require"

	"github.com/zhushou-ai/zhushou/assistant"
)

// TestEnvelopes checks that every shape of error is understood, by itself and with each status.
func TestEnvelopes(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, body string
		want       *failure
	}{
		{"nested", `{"error":{"message":"m","type":"t","param":null,"code":"c"}}`, &failure{code: "c", typ: "t", message: "m"}},
		{"nested, code null", `{"error":{"message":"m","type":"t","code":null},"request_id":"r"}`, &failure{typ: "t", message: "m", requestID: "r"}},
		{"nested, numeric code", `{"error":{"message":"m","code":1301}}`, &failure{code: "1301", message: "m"}},
		{"nested, id outside", `{"error":{"code":"c","message":"m","type":"t"},"id":"as-1"}`, &failure{code: "c", typ: "t", message: "m", requestID: "as-1"}},
		{"nested, id inside", `{"error":{"type":"t","code":"401002","message":"m","source":"gateway","upstream_status":0,"request_id":"r"}}`, &failure{code: "401002", typ: "t", message: "m", requestID: "r"}},
		{"nested and flat", `{"error":{"code":"X.1","message":"m","type":"t"},"error_code":"X.1","error_msg":"m","span_id":"s"}`, &failure{code: "X.1", typ: "t", message: "m", requestID: "s"}},
		{"text", `{"error":"m"}`, &failure{message: "m"}},
		{"flat with numbers", `{"error_code":18,"error_msg":"m"}`, &failure{code: "18", message: "m"}},
		{"flat of a gateway", `{"error_code":"APIG.0308","error_msg":"m","request_id":"r"}`, &failure{code: "APIG.0308", message: "m", requestID: "r"}},
		{"object of errors", `{"object":"error","message":"m","type":"BadRequestError","param":null,"code":400}`, &failure{code: "400", typ: "BadRequestError", message: "m"}},
		{"flat", `{"code":"c","message":"m","request_id":"r"}`, &failure{code: "c", message: "m", requestID: "r"}},
		{"cloud", `{"Response":{"Error":{"Code":"c","Message":"m"},"RequestId":"r"}}`, &failure{code: "c", message: "m", requestID: "r"}},
		{"detail", `{"detail":"m"}`, &failure{message: "m"}},
		{"detail as a list", `{"detail":[{"msg":"m"}]}`, &failure{message: `[{"msg":"m"}]`}},
		{"message alone", `{"message":"m"}`, &failure{message: "m"}},

		{"answer", `{"choices":[{"message":{"content":"m"}}]}`, nil},
		{"answer with a null error", `{"error":null,"choices":[{}]}`, nil},
		{"answer with an empty error", `{"error":{"code":0,"message":""},"choices":[{}]}`, nil},
		{"answer with a code", `{"code":"200","message":"ok","choices":[{}]}`, nil},
		{"answer with an error code of zero", `{"error_code":0,"error_msg":"","result":"x"}`, nil},
		{"usage", `{"choices":[],"usage":{}}`, nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			o, err := parseObject([]byte(tt.body))
			require.NoError(t, err)
			require.Equal(t, tt.want, parseFailure(o, len(o.objects("choices")) > 0))
			if tt.want == nil {
				return
			}
			for _, status := range []int{200, 400, 500} {
				c := serve(t, func(w http.ResponseWriter, _ *http.Request) {
					w.Header().Set("Content-Type", "application/json")
					w.WriteHeader(status)
					_, _ = w.Write([]byte(tt.body))
				})
				_, err := assistant.Generate(t.Context(), c, hello())
				var e *assistant.Error
				require.ErrorAs(t, err, &e)
				require.Equal(t, first(tt.want.code, tt.want.typ), e.Code)
				require.Equal(t, tt.want.message, e.Message)
				require.Equal(t, tt.want.requestID, e.RequestID)
				require.Equal(t, status, e.Status)
				require.False(t, e.Delivered)
			}
		})
	}
}

func TestKinds(t *testing.T) {
	t.Parallel()
	profile := testProfile()
	profile.Errors = []ErrorRule{
		{Code: "insufficient_quota", Kind: assistant.ErrRateLimited},
		{Code: "x.*", Message: "poisoned", Status: 403, Kind: assistant.ErrBlocked, DropTurn: true},
	}
	profile.RequestIDs = []string{"X-Ours"}
	profile.RequestIDMark = "Request id: "
	c, err := New(Config{Profile: profile, BaseURL: "http://vendor.test"})
	require.NoError(t, err)
	tests := []struct {
		name   string
		f      failure
		status int
		want   assistant.ErrorKind
		drop   bool
	}{
		{"the vendor's rule is first", failure{code: "insufficient_quota"}, 429, assistant.ErrRateLimited, false},
		{"all conditions hold", failure{code: "X.7", message: "History is Poisoned"}, 403, assistant.ErrBlocked, true},
		{"one does not", failure{code: "X.7", message: "no"}, 403, assistant.ErrPermission, false},
		{"the type counts like the code", failure{typ: "X.7", message: "poisoned"}, 403, assistant.ErrBlocked, true},
		{"context", failure{message: "This model's maximum context length is 8192 tokens"}, 400, assistant.ErrContextLength, false},
		{"blocked", failure{message: "Content Exists Risk"}, 400, assistant.ErrBlocked, false},
		{"balance", failure{message: "Insufficient Balance", code: "invalid_request_error"}, 402, assistant.ErrQuota, false},
		{"billing", failure{code: "billing_hard_limit_reached"}, 400, assistant.ErrQuota, false},
		{"status of an event", failure{typ: "BadRequestError", code: "400"}, 200, assistant.ErrInvalid, false},
		{"word of an event", failure{typ: "overloaded_error"}, 200, assistant.ErrOverloaded, false},
		{"nothing known", failure{message: "boom"}, 200, assistant.ErrServer, false},
		{"301", failure{}, 301, assistant.ErrProtocol, false},
		{"400", failure{}, 400, assistant.ErrInvalid, false},
		{"401", failure{}, 401, assistant.ErrAuth, false},
		{"402", failure{}, 402, assistant.ErrQuota, false},
		{"403", failure{}, 403, assistant.ErrPermission, false},
		{"404", failure{}, 404, assistant.ErrNotFound, false},
		{"408", failure{}, 408, assistant.ErrTimeout, false},
		{"422", failure{}, 422, assistant.ErrInvalid, false},
		{"429", failure{}, 429, assistant.ErrRateLimited, false},
		{"451", failure{}, 451, assistant.ErrBlocked, false},
		{"500", failure{}, 500, assistant.ErrServer, false},
		{"502", failure{}, 502, assistant.ErrOverloaded, false},
		{"503", failure{}, 503, assistant.ErrOverloaded, false},
		{"504", failure{}, 504, assistant.ErrTimeout, false},
		{"599", failure{}, 599, assistant.ErrServer, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			e := c.failed(&tt.f, tt.status, http.Header{})
			require.Equal(t, tt.want, e.Kind)
			require.Equal(t, tt.drop, e.DropTurn)
		})
	}

	t.Run("hint", func(t *testing.T) {
		t.Parallel()
		p := testProfile()
		p.Errors = []ErrorRule{{Code: "poisoned", Kind: assistant.ErrBlocked, DropTurn: true, Hint: "begin a new session"}}
		c, err := New(Config{Profile: p, BaseURL: "http://vendor.test"})
		require.NoError(t, err)
		e := c.failed(&failure{code: "poisoned", message: "try again"}, 403, nil)
		require.EqualError(t, e, "test: blocked by the vendor's content filter (status 403) [poisoned]: try again: begin a new session")
		require.ErrorIs(t, e, assistant.ErrBlocked)
	})

	t.Run("request ids", func(t *testing.T) {
		t.Parallel()
		h := http.Header{"X-Ours": {"r1"}, "X-Request-Id": {"r2"}}
		require.Equal(t, "r0", c.failed(&failure{requestID: "r0"}, 400, h).RequestID)
		require.Equal(t, "r3", c.failed(&failure{message: "no. Request id: r3."}, 400, h).RequestID)
		require.Equal(t, "r1", c.failed(&failure{}, 400, h).RequestID)
		delete(h, "X-Ours")
		require.Equal(t, "r2", c.failed(&failure{}, 400, h).RequestID)
	})
}

func TestErrorBodiesThatAreNoJSON(t *testing.T) {
	t.Parallel()
	c := serve(t, func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(http.StatusBadGateway)
		_, _ = w.Write([]byte("<html>\n<h1>网关\x00错误\xff</h1>" + strings.Repeat("长", 100_000)))
	})
	_, err := assistant.Generate(t.Context(), c, hello())
	require.ErrorIs(t, err, assistant.ErrOverloaded)
	var e *assistant.Error
	require.ErrorAs(t, err, &e)
	require.Contains(t, e.Message, "<html> <h1>网关 错误\ufffd</h1>长")
	require.Less(t, len(e.Message), 2*maxMessage)
	require.True(t, utf8.ValidString(e.Message))
}

func TestRetryAfter(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 11, 22, 8, 0, 0, 0, time.UTC)
	tests := []struct {
		name string
		h    http.Header
		want time.Duration
	}{
		{"none", http.Header{}, 0},
		{"seconds", http.Header{"Retry-After": {"3"}}, 3 * time.Second},
		{"part of a second", http.Header{"Retry-After": {"0.5"}}, 500 * time.Millisecond},
		{"date", http.Header{"Retry-After": {"Sun, 22 Nov 2026 08:00:30 GMT"}}, 30 * time.Second},
		{"date gone by", http.Header{"Retry-After": {"Sun, 22 Nov 2026 07:00:00 GMT"}}, 0},
		{"milliseconds", http.Header{"Retry-After-Ms": {"250"}, "Retry-After": {"1"}}, 250 * time.Millisecond},
		{"negative", http.Header{"Retry-After": {"-3"}}, 0},
		{"for ever", http.Header{"Retry-After": {"1e300"}}, maxRetryAfter},
		{"no number", http.Header{"Retry-After": {"NaN"}}, 0},
		{"nonsense", http.Header{"Retry-After": {"later"}}, 0},
	}
	for _, tt := range tests {
		require.Equal(t, tt.want, retryAfter(tt.h, now), tt.name)
	}
}

func FuzzEnvelope(f *testing.F) {
	f.Add(`{"error":{"message":"m","type":"t","code":7},"request_id":"r"}`)
	f.Add(`{"Response":{"Error":{"Code":"c","Message":"m"}}}`)
	f.Add(`{"detail":[1]}`)
	f.Add("<html>")
	c, err := New(Config{Profile: testProfile(), BaseURL: "http://vendor.test", Key: testKey})
	require.NoError(f, err)
	f.Fuzz(func(t *testing.T, body string) {
		for _, status := range []int{200, 429} {
			e := c.failed(failureOf([]byte(body)), status, http.Header{})
			require.NotEmpty(t, e.Kind)
			for _, s := range []string{e.Code, e.Message, e.RequestID} {
				require.True(t, utf8.ValidString(s))
				require.LessOrEqual(t, len(s), 4*maxMessage)
				require.NotContains(t, s, testKey)
				require.NotContains(t, s, "\n")
			}
		}
	})
}
