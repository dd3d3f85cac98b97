package providertest

import (
	"context"
	"errors"
	"fmt"
	"net"
	"slices"

	"github.com/zhushou-ai/zhushou/assistant"
)

// endpointChecks are about addresses, keys, models and calls that follow each other.
var endpointChecks = []wireCheck{
	{"endpoint/wrong key", checkWrongKey},
	{"endpoint/no such model", checkNoModel},
	{"endpoint/model of the request", checkRequestModel},
	{"endpoint/slash after the address", checkTrailingSlash},
	{"endpoint/connection refused", checkRefused},
	{"endpoint/lazy and sent again", checkLazy},
	{"endpoint/recovers on the third call", checkRecovers},
}

func checkWrongKey(r *rig) error {
	const wrong = "sk-of-another-region-0123456789"
	b, err := r.start(bench{tweak: func(e *Endpoint) { e.Key = wrong }})
	if err != nil {
		return err
	}
	defer b.close()
	w := Want{Error: &WantError{Kinds: []assistant.ErrorKind{assistant.ErrAuth}, Status: r.vendor.BadKey.Status}}
	return w.check(b.ask(greeting()), r.vendor, wrong)
}

func checkNoModel(r *rig) error {
	b, err := r.start(bench{serves: r.vendor.Model, tweak: func(e *Endpoint) { e.Model = "no-such-model" }})
	if err != nil {
		return err
	}
	defer b.close()
	w := Want{Error: &WantError{Kinds: r.vendor.NoModel.Kinds, Status: r.vendor.NoModel.Status, Message: "no-such-model"}}
	return w.check(b.ask(greeting()), r.vendor, b.srv.Key)
}

func checkRequestModel(r *rig) error {
	b, err := r.start(bench{serves: r.vendor.Model, tweak: func(e *Endpoint) { e.Model = "no-such-model" }})
	if err != nil {
		return err
	}
	defer b.close()
	req := greeting()
	req.Model = r.vendor.Model
	if err := b.ask(req).whole(); err != nil {
		return fmt.Errorf("Request.Model does not win over the adapter's own: %w", err)
	}
	_, err = b.sent(1)
	return err
}

func checkTrailingSlash(r *rig) error {
	b, err := r.start(bench{tweak: func(e *Endpoint) { e.BaseURL += "/" }})
	if err != nil {
		return err
	}
	defer b.close()
	t := b.ask(greeting())
	if _, err := b.sent(1); err != nil {
		return err
	}
	return t.whole()
}

func checkRefused(r *rig) error {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	nobody := "http://" + l.Addr().String() + r.vendor.Base
	l.Close()
	b, err := r.start(bench{tweak: func(e *Endpoint) { e.BaseURL = nobody }})
	if err != nil {
		return err
	}
	defer b.close()
	t := b.ask(greeting())
	if err := (Want{Error: failing(assistant.ErrNetwork)}).check(t, r.vendor, b.srv.Key); err != nil {
		return err
	}
	var opErr *net.OpError
	if !errors.As(t.err, &opErr) {
		return fmt.Errorf("the error %q does not wrap its cause, a *net.OpError", t.err)
	}
	return nil
}

// checkLazy wants no request before the loop starts, and one for each time it starts.
func checkLazy(r *rig) error {
	b, err := r.start(bench{})
	if err != nil {
		return err
	}
	defer b.close()
	seq := b.model.Stream(context.Background(), greeting())
	for sent := range 3 {
		if n := len(b.srv.Requests()); n != sent {
			return fmt.Errorf("after %d loops over one stream the server has seen %d requests", sent, n)
		}
		if err := replay(seq, all, b.patience).whole(); err != nil {
			return err
		}
	}
	return nil
}

// rateLimit returns the vendor's way to say that a request came too soon.
func rateLimit(v *Vendor) (Fault, error) {
	i := slices.IndexFunc(v.Faults, func(f Fault) bool { return slices.Contains(f.Kinds, assistant.ErrRateLimited) })
	if i < 0 {
		return Fault{}, errors.New("the vendor's description has no rate limit")
	}
	return v.Faults[i], nil
}

func checkRecovers(r *rig) error {
	limited, err := rateLimit(r.vendor)
	if err != nil {
		return err
	}
	b, err := r.start(bench{script: func(v *Vendor) []Script {
		return []Script{v.Fail(limited).With("Retry-After", "1"), v.Fail(limited), Answer{Text: "好"}}
	}})
	if err != nil {
		return err
	}
	defer b.close()
	for call := 1; call <= 2; call++ {
		t := b.ask(greeting())
		if err := t.broken(); err != nil {
			return err
		}
		if !assistant.Retryable(t.err) {
			return fmt.Errorf("call %d: error %v is not retryable", call, t.err)
		}
	}
	return Want{Text: "好"}.check(b.ask(greeting()), r.vendor, b.srv.Key)
}
