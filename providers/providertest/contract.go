package providertest

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"reflect"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/zhushou-ai/zhushou/assistant"
)

// Options adapt [Run] to the model under test. The zero Options suit a model that answers any
// request.
type Options struct {
	// Request returns the request to send; it must get an answer of some text, parts or calls. It is
	// called often and must return a new but equal request each time. If nil, a conversation of a
	// few turns with two tools is sent.
	Request func() *assistant.Request

	// Failing returns a model whose every stream ends with an error. If nil, failures other than a
	// cancelled context are not checked.
	Failing func() assistant.Model

	// Settle is called before goroutines are counted, to close what outlives a stream on purpose,
	// such as idle connections. If nil, nothing does.
	Settle func()

	// Patience is how long one stream may take. If zero, 30 seconds.
	Patience time.Duration
}

// Run checks that the models returned by newModel keep the contract of [assistant.Model], whatever
// they are: vendor adapters, middleware, engines on the device. Each rule is a subtest:
//
//   - a stream ends with exactly one finish chunk or exactly one error, and yields nothing after it,
//     nor after the loop was left;
//   - leaving the loop is clean after every chunk;
//   - a context that ends gives the context's own error, and none that blames the vendor;
//   - ranging again sends the request again;
//   - the request is not modified, not even behind the length of its slices;
//   - one model serves many goroutines (run the tests with -race);
//   - chunks stay as they were yielded, their texts are whole characters, their counts not negative;
//   - no goroutine stays behind.
//
// newModel is called for every subtest.
func Run(t *testing.T, newModel func() assistant.Model, opt Options) {
	t.Helper()
	for _, c := range contract {
		t.Run(c.name, func(t *testing.T) {
			if c.failing && opt.Failing == nil {
				t.Skip("Options.Failing is nil")
			}
			if err := c.run(newModel, opt.withDefaults()); err != nil {
				t.Error(err)
			}
		})
	}
}

func (o Options) withDefaults() Options {
	if o.Request == nil {
		o.Request = conversation
	}
	o.Patience = cmp.Or(o.Patience, defaultPatience)
	return o
}

const defaultPatience = 30 * time.Second

type contractCheck struct {
	name    string
	run     func(newModel func() assistant.Model, opt Options) error
	failing bool // needs Options.Failing
}

// contract lists the checks, so that the package can prove that each of them fails for some model.
var contract = []contractCheck{
	{name: "answer", run: checkAnswer},
	{name: "break", run: checkBreak},
	{name: "cancelled before", run: checkCancelledBefore},
	{name: "deadline before", run: checkDeadlineBefore},
	{name: "cancelled midway", run: checkCancelledMidway},
	{name: "range again", run: checkRangeAgain},
	{name: "request untouched", run: checkRequestUntouched},
	{name: "concurrent", run: checkConcurrent},
	{name: "failure", run: checkFailure, failing: true},
	{name: "goroutines", run: checkGoroutines},
}

func checkAnswer(newModel func() assistant.Model, opt Options) error {
	t := record(context.Background(), newModel(), opt.Request(), all, opt.Patience)
	if err := t.whole(); err != nil {
		return err
	}
	if t.collect().Empty() {
		return errors.New("the stream succeeded but the reply is empty")
	}
	return nil
}

func checkBreak(newModel func() assistant.Model, opt Options) error {
	m := newModel()
	full := record(context.Background(), m, opt.Request(), all, opt.Patience)
	if err := full.whole(); err != nil {
		return err
	}
	for k := 1; k <= len(full.chunks); k++ {
		t := record(context.Background(), m, opt.Request(), k, opt.Patience)
		if err := t.whole(); err != nil {
			return fmt.Errorf("left after chunk %d: %w", k, err)
		}
	}
	if err := record(context.Background(), m, opt.Request(), all, opt.Patience).whole(); err != nil {
		return fmt.Errorf("the model is of no use after loops were left: %w", err)
	}
	return nil
}

func checkCancelledBefore(newModel func() assistant.Model, opt Options) error {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	return wantContextError(record(ctx, newModel(), opt.Request(), all, opt.Patience), context.Canceled)
}

func checkDeadlineBefore(newModel func() assistant.Model, opt Options) error {
	ctx, cancel := context.WithDeadline(context.Background(), time.Unix(0, 0))
	defer cancel()
	return wantContextError(record(ctx, newModel(), opt.Request(), all, opt.Patience), context.DeadlineExceeded)
}

func wantContextError(t *transcript, want error) error {
	if err := t.broken(); err != nil {
		return err
	}
	if !errors.Is(t.err, want) {
		return fmt.Errorf("the context ended but the error is %q; it must match %q", fmt.Sprint(t.err), want)
	}
	for _, k := range assistantKinds {
		if k.Retryable() && errors.Is(t.err, k) {
			return fmt.Errorf("the caller's own %q is reported as %q, which is the vendor's fault", want, k)
		}
	}
	return nil
}

// checkCancelledMidway lets the rest of a reply pass that was already there when the context ended,
// but not another error in place of the context's.
func checkCancelledMidway(newModel func() assistant.Model, opt Options) error {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	t := replayWith(newModel().Stream(ctx, opt.Request()), all, opt.Patience, func(n int) {
		if n == 1 {
			cancel()
		}
	})
	if err := t.broken(); err != nil {
		return err
	}
	if t.err != nil {
		return wantContextError(t, context.Canceled)
	}
	return nil
}

func checkRangeAgain(newModel func() assistant.Model, opt Options) error {
	seq := newModel().Stream(context.Background(), opt.Request())
	for pass := 1; pass <= 3; pass++ {
		t := replay(seq, all, opt.Patience)
		if err := t.whole(); err != nil {
			return fmt.Errorf("pass %d over one stream: %w", pass, err)
		}
		if t.collect().Empty() {
			return fmt.Errorf("pass %d over one stream gave no content", pass)
		}
	}
	return nil
}

func checkRequestUntouched(newModel func() assistant.Model, opt Options) error {
	req, want := roomy(opt.Request()), roomy(opt.Request())
	if !reflect.DeepEqual(req, want) {
		return errors.New("Options.Request returns requests that are not equal")
	}
	m := newModel()
	for _, stop := range []int{all, 1} {
		if err := record(context.Background(), m, req, stop, opt.Patience).whole(); err != nil {
			return err
		}
		if !reflect.DeepEqual(req, want) {
			return fmt.Errorf("the request was modified: it was %+v and is %+v", want, req)
		}
		if !reflect.DeepEqual(behind(req), behind(want)) {
			return errors.New("the request's slices were appended to in place: copy them first")
		}
	}
	return nil
}

// roomy gives the slices of a request spare capacity, so that an append in place can be seen.
func roomy(r *assistant.Request) *assistant.Request {
	r.Messages = grow(r.Messages)
	for i := range r.Messages {
		r.Messages[i].Parts = grow(r.Messages[i].Parts)
	}
	r.Tools = grow(r.Tools)
	r.Stop = grow(r.Stop)
	return r
}

func grow[T any](s []T) []T { return append(make([]T, 0, len(s)+4), s...) }

// behind returns what stands in the spare capacity.
func behind(r *assistant.Request) []any {
	out := []any{spare(r.Messages), spare(r.Tools), spare(r.Stop)}
	for _, m := range r.Messages {
		out = append(out, spare(m.Parts))
	}
	return out
}

func spare[T any](s []T) []T { return s[len(s):cap(s)] }

func checkConcurrent(newModel func() assistant.Model, opt Options) error {
	const streams = 8
	m, req := newModel(), opt.Request()
	errs := make([]error, streams)
	var wg sync.WaitGroup
	for i := range errs {
		wg.Go(func() {
			stop := all
			if i%4 == 3 {
				stop = 1
			}
			errs[i] = record(context.Background(), m, req, stop, opt.Patience).whole()
		})
	}
	wg.Wait()
	return errors.Join(errs...)
}

func checkFailure(_ func() assistant.Model, opt Options) error {
	m := opt.Failing()
	for range 2 {
		t := record(context.Background(), m, opt.Request(), all, opt.Patience)
		if err := t.broken(); err != nil {
			return err
		}
		if t.err == nil {
			return errors.New("Options.Failing returned a model that succeeds")
		}
		if strings.TrimSpace(t.err.Error()) == "" {
			return errors.New("the error has no text")
		}
		var e *assistant.Error
		if errors.As(t.err, &e) && e.Kind == "" {
			return fmt.Errorf("the error %q has no Kind", t.err)
		}
	}
	return nil
}

func checkGoroutines(newModel func() assistant.Model, opt Options) error {
	m := newModel()
	for name, stop := range map[string]int{"read to the end": all, "left after the first chunk": 1} {
		var t *transcript
		err := leaked(func() { t = record(context.Background(), m, opt.Request(), stop, opt.Patience) }, opt.Settle, opt.Patience)
		if err := errors.Join(err, t.whole()); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
	}
	err := leaked(func() {
		ctx, cancel := context.WithCancel(context.Background())
		defer cancel()
		replayWith(m.Stream(ctx, opt.Request()), all, opt.Patience, func(int) { cancel() })
	}, opt.Settle, opt.Patience)
	if err != nil {
		return fmt.Errorf("cancelled: %w", err)
	}
	return nil
}
