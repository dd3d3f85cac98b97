package providertest

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/zhushou-ai/zhushou/assistant"
)

// An Endpoint is what an adapter under test is to be made from.
type Endpoint struct {
	BaseURL    string // append paths such as /chat/completions to it
	Key        string // send it as a bearer token
	Model      string // used by requests that name none
	HTTPClient *http.Client

	// Dimensions is the length of the vectors to ask for. If zero, the model's own. Only [RunEmbedder]
	// sets it.
	Dimensions int

	// PollInterval is how long to wait between questions about an order. Only [RunImageGenerator]
	// sets it.
	PollInterval time.Duration

	// IdleTimeout is how long the vendor may be silent before the adapter gives up with
	// [assistant.ErrTimeout]. If zero, the adapter's default.
	IdleTimeout time.Duration

	// DisableStreaming asks the adapter to fetch whole answers.
	DisableStreaming bool
}

// WireOptions adapt [RunWire] to an adapter.
type WireOptions struct {
	// Vendor is whose protocol the adapter speaks. If nil, [OpenAI].
	Vendor *Vendor

	// StreamingOnly says that the adapter ignores Endpoint.DisableStreaming.
	StreamingOnly bool

	// Skip names subtests that the adapter does not pass, with the reason.
	Skip map[string]string
}

// RunWire checks that an adapter for a vendor with a compatible protocol makes the right thing of
// everything that such vendors send, and sends nothing that they refuse. It plays all [Scenarios] of
// the vendor against a [Server], checks timeouts, cancellation, connections and requests, and runs
// the checks of [Run]. Each is a parallel subtest.
//
// open makes an adapter; it is called for every subtest.
func RunWire(t *testing.T, open func(Endpoint) (assistant.Model, error), opts WireOptions) {
	t.Helper()
	if opts.Vendor == nil {
		opts.Vendor = OpenAI()
	}
	r := &rig{open: open, vendor: opts.Vendor}
	runChecks(t, r, wireChecks(opts), opts.Skip)
}

type wireCheck = check[*rig]

func wireChecks(opts WireOptions) []wireCheck {
	var out []wireCheck
	for _, sc := range Scenarios(opts.Vendor) {
		if sc.Stream != nil {
			out = append(out, wireCheck{"stream/" + sc.Name, func(r *rig) error { return r.scenario(sc, sc.Stream, false) }})
		}
		if sc.Whole != nil && !opts.StreamingOnly {
			out = append(out, wireCheck{"whole/" + sc.Name, func(r *rig) error { return r.scenario(sc, sc.Whole, true) }})
		}
	}
	if opts.Vendor.native() {
		out = slices.Concat(out, endpointChecks, nativeRequestChecks)
	} else {
		out = slices.Concat(out, timingChecks, endpointChecks, requestChecks)
	}
	for _, c := range contract {
		out = append(out, wireCheck{"contract/" + c.name, func(r *rig) error { return r.contract(c) }})
	}
	return out
}

// A rig makes adapters and servers for checks.
type rig struct {
	open     func(Endpoint) (assistant.Model, error)
	vendor   *Vendor
	patience time.Duration // how long one stream may take before it counts as hung; if zero, 10 s
}

// A bench is one adapter in front of one server. The first fields say how to set it up.
type bench struct {
	whole  bool
	idle   time.Duration
	serves string // the only model that the server has; if empty, any
	script func(v *Vendor) []Script
	tweak  func(*Endpoint)

	srv      *Server
	client   *http.Client
	model    assistant.Model
	patience time.Duration
}

func (r *rig) start(b bench) (*bench, error) {
	b.patience = cmp.Or(r.patience, defaultPatience)
	var err error
	b.srv, err = Start(Config{Vendor: r.vendor, Model: b.serves, Strict: true})
	if err != nil {
		return nil, err
	}
	if b.script != nil {
		b.srv.Script(b.script(r.vendor)...)
	}
	b.client = &http.Client{Transport: &http.Transport{}}
	e := Endpoint{
		BaseURL: b.srv.URL, Key: b.srv.Key, Model: r.vendor.Model, HTTPClient: b.client,
		IdleTimeout: b.idle, DisableStreaming: b.whole,
	}
	if b.tweak != nil {
		b.tweak(&e)
	}
	b.model, err = r.open(e)
	if err == nil && b.model == nil {
		err = errors.New("open returned no model and no error")
	}
	if err != nil {
		b.srv.Close()
		return nil, fmt.Errorf("open: %w", err)
	}
	return &b, nil
}

func (b *bench) close() {
	b.client.CloseIdleConnections()
	b.srv.Close()
}

// ask sends one request and collects the answer.
func (b *bench) ask(req *assistant.Request) *transcript {
	return record(context.Background(), b.model, req, all, b.patience)
}

// contract runs a check that holds for every model.
func (r *rig) contract(c contractCheck) error {
	b, err := r.start(bench{})
	if err != nil {
		return err
	}
	defer b.close()
	opt := Options{Settle: b.client.CloseIdleConnections, Patience: b.patience}
	if c.failing {
		b.srv.Script(repeat(2, r.vendor.Fail(r.vendor.Faults[0]))...)
		opt.Failing = func() assistant.Model { return b.model }
	}
	return c.run(func() assistant.Model { return b.model }, opt.withDefaults())
}

// sent returns the requests that the server has seen, which must be so many and none of them refused.
func (b *bench) sent(want int) ([]*Request, error) {
	if refused := b.srv.Refusals(); len(refused) > 0 {
		return nil, fmt.Errorf("the server refused the request: %s", strings.Join(refused, "; "))
	}
	got := b.srv.Requests()
	if len(got) != want {
		return nil, fmt.Errorf("%d requests were sent, want %d", len(got), want)
	}
	return got, nil
}

// scenario plays one scenario.
func (r *rig) scenario(sc Scenario, answer Script, whole bool) error {
	b, err := r.start(bench{whole: whole, script: func(*Vendor) []Script { return []Script{answer} }})
	if err != nil {
		return err
	}
	defer b.close()
	req := greeting
	if sc.Request != nil {
		req = sc.Request
	}
	t := b.ask(req())
	sent, err := b.sent(1) // trying again is the middleware's task
	if err != nil {
		return err
	}
	if err := sc.Want.check(t, r.vendor, b.srv.Key); err != nil {
		return err
	}
	if sent[0].Stream() == whole {
		return fmt.Errorf("the request has stream:%v, want %v", sent[0].Stream(), !whole)
	}
	return nil
}
