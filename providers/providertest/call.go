package providertest

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"time"
)

// A callRig makes adapters and servers for checks of a service beside chat. C is the service's
// interface.
type callRig[C any] struct {
	open    func(Endpoint) (C, error)
	vendor  *Vendor
	service Service
	model   string
	// plain makes one ordinary call and looks at what comes back: a *wrongResult is the checker's
	// verdict, every other error the adapter's.
	plain    func(ctx context.Context, b *callBench[C]) error
	patience time.Duration // how long one call may take before it counts as hung; if zero, 10 s
}

// A wrongResult is what is wrong with the result of a call that succeeded.
type wrongResult struct{ text string }

func (w *wrongResult) Error() string { return w.text }

func wrong(format string, args ...any) error { return &wrongResult{fmt.Sprintf(format, args...)} }

// A callBench is one adapter in front of one server.
type callBench[C any] struct {
	rig      *callRig[C]
	adapter  C
	srv      *Server
	client   *http.Client
	patience time.Duration
}

// start sets up a bench; tweak, if it is not nil, changes the endpoint.
func (r *callRig[C]) start(tweak func(*Endpoint), script ...Script) (*callBench[C], error) {
	srv, err := Start(Config{Vendor: r.vendor, Strict: true})
	if err != nil {
		return nil, err
	}
	srv.ScriptFor(r.service, script...)
	b := &callBench[C]{
		rig: r, srv: srv, client: &http.Client{Transport: &http.Transport{}}, patience: cmp.Or(r.patience, defaultPatience),
	}
	e := Endpoint{BaseURL: srv.URL, Key: srv.Key, Model: r.model, HTTPClient: b.client, PollInterval: time.Millisecond}
	if tweak != nil {
		tweak(&e)
	}
	if b.adapter, err = r.open(e); err != nil {
		b.close()
		return nil, fmt.Errorf("open: %w", err)
	}
	return b, nil
}

func (b *callBench[C]) close() {
	b.client.CloseIdleConnections()
	b.srv.Close()
}

// plain makes the service's ordinary call.
func (b *callBench[C]) plain(ctx context.Context) error {
	return b.call(func() error { return b.rig.plain(ctx, b) })
}

// call runs do, but not for ever, and turns a panic into a verdict.
func (b *callBench[C]) call(do func() error) error {
	done := make(chan error, 1)
	go func() {
		defer func() {
			if p := recover(); p != nil {
				done <- wrong("the call panicked: %v", p)
			}
		}()
		done <- do()
	}()
	timer := time.NewTimer(b.patience)
	defer timer.Stop()
	select {
	case err := <-done:
		return err
	case <-timer.C:
		return wrong("the call did not return within %v", b.patience)
	}
}

// sent returns the calls that the server has seen, none of them refused. Pictures that were fetched
// are no calls.
func (b *callBench[C]) sent() ([]*Request, error) {
	if refused := b.srv.Refusals(); len(refused) > 0 {
		return nil, fmt.Errorf("the server refused the request: %s", strings.Join(refused, "; "))
	}
	return slices.DeleteFunc(b.srv.Requests(), func(r *Request) bool { return strings.HasPrefix(r.Path, pictures) }), nil
}

// mustFail compares the error of a call with the one that is wanted.
func (b *callBench[C]) mustFail(err error, want *WantError) error {
	var verdict *wrongResult
	switch {
	case err == nil:
		return fmt.Errorf("the call succeeded; it must fail with %q", want.Kinds)
	case errors.As(err, &verdict):
		return fmt.Errorf("the call must fail with %q, but: %w", want.Kinds, verdict)
	}
	if err := checkSecret(err, b.srv.Key); err != nil {
		return err
	}
	return want.check(err, false, b.rig.vendor.Name)
}

// fails is a check that the ordinary call fails if it is answered so, after one request.
func fails[C any](name string, answer Script, want *WantError) check[*callRig[C]] {
	return check[*callRig[C]]{name, func(r *callRig[C]) error {
		b, err := r.start(nil, answer)
		if err != nil {
			return err
		}
		defer b.close()
		err = b.plain(context.Background())
		sent, refused := b.sent()
		if refused != nil {
			return refused
		}
		if len(sent) != 1 { // trying again is the middleware's task
			return fmt.Errorf("%d requests were sent, want 1", len(sent))
		}
		return b.mustFail(err, want)
	}}
}

// callChecks are those that every service beside chat has.
func callChecks[C any](v *Vendor) []check[*callRig[C]] {
	checks := []check[*callRig[C]]{
		{"call/right", checkRight[C]},
		{"call/concurrent", checkConcurrentCalls[C]},
	}
	for _, sc := range callErrors(v) {
		checks = append(checks, fails[C](sc.Name, sc.Whole, sc.Want.Error))
	}
	return slices.Concat(checks, brokenChecks[C](), callEndpointChecks[C](), callTimingChecks[C]())
}

func checkRight[C any](r *callRig[C]) error {
	b, err := r.start(nil)
	if err != nil {
		return err
	}
	defer b.close()
	if n := len(b.srv.Requests()); n != 0 {
		return fmt.Errorf("making the adapter sent %d requests", n)
	}
	callErr := b.plain(context.Background())
	if sent, err := b.sent(); err != nil {
		return err
	} else if callErr == nil && len(sent) == 0 {
		return errors.New("the call succeeded but no request was sent")
	}
	return callErr
}

func checkConcurrentCalls[C any](r *callRig[C]) error {
	b, err := r.start(nil)
	if err != nil {
		return err
	}
	defer b.close()
	const calls = 8
	errs := make(chan error, calls)
	for range calls {
		go func() { errs <- b.plain(context.Background()) }()
	}
	for range calls {
		err = errors.Join(err, <-errs)
	}
	if sent, refused := b.sent(); refused != nil {
		return refused
	} else if err == nil && len(sent) < calls {
		return fmt.Errorf("%d calls sent %d requests", calls, len(sent))
	}
	return err
}
