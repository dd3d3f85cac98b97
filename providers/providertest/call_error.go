package providertest

import (
	"context"
	"errors"
	"fmt"
	"net"
	"slices"
	"strings"

	"github.com/zhushou-ai/zhushou/assistant"
)

// callErrors are the scenarios of chat that are failed calls of any kind: the vendor's errors in all
// its envelopes, those of its gateways, and errors with a status that says success.
func callErrors(v *Vendor) []Scenario {
	scenarios := slices.Concat(errorScenarios(v), acceptedErrorScenarios(), faultScenarios(v))
	if v.Scenarios != nil {
		scenarios = append(scenarios, v.Scenarios(v)...)
	}
	return slices.DeleteFunc(scenarios, func(sc Scenario) bool {
		r, fixed := sc.Whole.(Response)
		stream := fixed && r.Status == 0 && strings.HasPrefix(r.Header.Get("Content-Type"), "text/event-stream")
		return sc.Whole == nil || sc.Want.Error == nil || stream || strings.HasPrefix(sc.Name, "native/")
	})
}

var notUnderstood = failing(assistant.ErrProtocol, assistant.ErrTruncated)

// brokenChecks are answers with a status that says success and a body that holds nothing of use.
func brokenChecks[C any]() []check[*callRig[C]] {
	cut := JSON(200, `{"data":[{"index":0,`).With("Content-Length", "5000").Ending(EndShort)
	reset := JSON(200, `{"data":[`).With("Content-Length", "5000").Ending(EndReset)
	broken := failing(assistant.ErrTruncated, assistant.ErrProtocol, assistant.ErrNetwork)
	return []check[*callRig[C]]{
		fails[C]("answer/HTML page", JSON(200, "<html></html>").With("Content-Type", "text/html"), notUnderstood),
		fails[C]("answer/empty body", JSON(200, ""), notUnderstood),
		fails[C]("answer/null", JSON(200, "null"), notUnderstood),
		fails[C]("answer/a list", JSON(200, "[]"), notUnderstood),
		fails[C]("answer/empty object", JSON(200, "{}"), notUnderstood),
		fails[C]("answer/nothing but null", JSON(200, `{"data":null,"results":null,"output":null}`), notUnderstood),
		fails[C]("answer/numbers for lists", JSON(200, `{"data":1,"results":1,"output":1}`), notUnderstood),
		fails[C]("answer/broken JSON", JSON(200, `{"data":[{"index":0,`), notUnderstood),
		fails[C]("answer/cut by the connection", cut, broken),
		fails[C]("answer/connection reset", reset, broken),
	}
}

func callEndpointChecks[C any]() []check[*callRig[C]] {
	return []check[*callRig[C]]{
		{"endpoint/wrong key", checkCallWrongKey[C]},
		{"endpoint/slash after the address", checkCallSlash[C]},
		{"endpoint/connection refused", checkCallRefused[C]},
		{"endpoint/recovers on the third call", checkCallRecovers[C]},
	}
}

func checkCallWrongKey[C any](r *callRig[C]) error {
	const key = "sk-of-another-region-0123456789"
	b, err := r.start(func(e *Endpoint) { e.Key = key })
	if err != nil {
		return err
	}
	defer b.close()
	callErr := b.plain(context.Background())
	if err := b.mustFail(callErr, &WantError{Kinds: []assistant.ErrorKind{assistant.ErrAuth}, Status: r.vendor.BadKey.Status}); err != nil {
		return err
	}
	return checkSecret(callErr, key)
}

func checkCallSlash[C any](r *callRig[C]) error {
	b, err := r.start(func(e *Endpoint) { e.BaseURL += "/" })
	if err != nil {
		return err
	}
	defer b.close()
	callErr := b.plain(context.Background())
	if sent, err := b.sent(); err != nil || len(sent) == 0 {
		return fmt.Errorf("%d requests were sent (%v)", len(sent), err)
	}
	return callErr
}

func checkCallRefused[C any](r *callRig[C]) error {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	nobody := "http://" + l.Addr().String() + r.vendor.Base
	l.Close()
	b, err := r.start(func(e *Endpoint) { e.BaseURL = nobody })
	if err != nil {
		return err
	}
	defer b.close()
	callErr := b.plain(context.Background())
	if err := b.mustFail(callErr, failing(assistant.ErrNetwork)); err != nil {
		return err
	}
	var opErr *net.OpError
	if !errors.As(callErr, &opErr) {
		return fmt.Errorf("the error %q does not wrap its cause, a *net.OpError", callErr)
	}
	return nil
}

func checkCallRecovers[C any](r *callRig[C]) error {
	limited, err := rateLimit(r.vendor)
	if err != nil {
		return err
	}
	b, err := r.start(nil, r.vendor.Fail(limited).With("Retry-After", "1"), r.vendor.Fail(limited))
	if err != nil {
		return err
	}
	defer b.close()
	for n := 1; n <= 2; n++ {
		if err := b.plain(context.Background()); !assistant.Retryable(err) {
			return fmt.Errorf("call %d: error %v is not retryable", n, err)
		}
	}
	return b.plain(context.Background())
}
