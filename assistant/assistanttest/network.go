package assistanttest

import (
	"errors"
	"fmt"
	"net/http"
	"net/netip"
	"testing"
)

// ErrNetwork is the error of requests that [LoopbackOnly] refuses.
var ErrNetwork = errors.New("network is forbidden in tests")

// ForbidNetwork makes every HTTP request of the test that goes through [http.DefaultTransport], and
// so every adapter without a client of its own, fail with [ErrNetwork] unless it stays on this
// machine. It cannot be used in tests that run in parallel.
func ForbidNetwork(tb testing.TB) {
	tb.Helper()
	old := http.DefaultTransport
	http.DefaultTransport = LoopbackOnly(old)
	tb.Cleanup(func() { http.DefaultTransport = old })
}

// LoopbackOnly returns a transport that hands requests to this machine on to next, and refuses all
// others with [ErrNetwork].
func LoopbackOnly(next http.RoundTripper) http.RoundTripper { return loopbackOnly{next} }

type loopbackOnly struct{ next http.RoundTripper }

func (t loopbackOnly) RoundTrip(req *http.Request) (*http.Response, error) {
	host := req.URL.Hostname()
	if addr, err := netip.ParseAddr(host); host == "localhost" || err == nil && addr.IsLoopback() {
		return t.next.RoundTrip(req)
	}
	if req.Body != nil {
		req.Body.Close()
	}
	return nil, fmt.Errorf("%w: request to %s", ErrNetwork, host)
}
