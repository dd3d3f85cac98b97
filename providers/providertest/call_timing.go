package providertest

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/zhushou-ai/zhushou/assistant"
)

// callTimingChecks are about silence, leaving early and connections.
func callTimingChecks[C any]() []check[*callRig[C]] {
	before, inside := Response{Delay: Forever}, JSON(200, `{"data":[`).Ending(EndStall)
	return []check[*callRig[C]]{
		{"timing/cancelled before", func(r *callRig[C]) error { return checkEnded(r, context.Canceled) }},
		{"timing/deadline before", func(r *callRig[C]) error { return checkEnded(r, context.DeadlineExceeded) }},
		{"timing/cancelled before the header", func(r *callRig[C]) error { return checkCallCancelled(r, before) }},
		{"timing/cancelled inside the body", func(r *callRig[C]) error { return checkCallCancelled(r, inside) }},
		{"timing/deadline before the header", func(r *callRig[C]) error { return checkCallDeadline(r, before) }},
		{"timing/silence before the header", patientCall(func(r *callRig[C], d time.Duration) error { return checkCallIdle(r, before, d) })},
		{"timing/silence inside the body", patientCall(func(r *callRig[C], d time.Duration) error { return checkCallIdle(r, inside, d) })},
		{"timing/connections are used again", func(r *callRig[C]) error { return checkCallConnections(r, nil) }},
		{"timing/connections are used again after errors", func(r *callRig[C]) error {
			f := r.vendor.Fail(r.vendor.Faults[0])
			return checkCallConnections(r, &f)
		}},
		{"timing/goroutines", checkCallGoroutines[C]},
	}
}

// patientCall gives a check that depends on the clock a second chance with more time, as patiently
// does.
func patientCall[C any](check func(*callRig[C], time.Duration) error) func(*callRig[C]) error {
	const idle = 150 * time.Millisecond
	return func(r *callRig[C]) error {
		if check(r, idle) == nil {
			return nil
		}
		return check(r, 5*idle)
	}
}

// wantContext wants the end of the caller's context and nothing that blames the vendor.
func wantContext(err, want error) error {
	var verdict *wrongResult
	if errors.As(err, &verdict) {
		return err
	}
	return wantContextError(&transcript{err: err}, want)
}

func checkEnded[C any](r *callRig[C], want error) error {
	b, err := r.start(nil)
	if err != nil {
		return err
	}
	defer b.close()
	ctx, cancel := context.WithCancel(context.Background())
	if errors.Is(want, context.DeadlineExceeded) {
		ctx, cancel = context.WithDeadline(context.Background(), time.Unix(0, 0))
	}
	cancel()
	return wantContext(b.plain(ctx), want)
}

func checkCallCancelled[C any](r *callRig[C], silent Response) error {
	b, err := r.start(nil, silent)
	if err != nil {
		return err
	}
	defer b.close()
	ctx, cancel := context.WithTimeout(context.Background(), b.patience)
	defer cancel()
	asked, stop := context.WithCancel(context.Background())
	defer stop()
	go func() {
		b.srv.awaitSilence(ctx)
		stop()
	}()
	if err := wantContext(b.plain(asked), context.Canceled); err != nil {
		return err
	}
	return b.awaitAbort(ctx)
}

func (b *callBench[C]) awaitAbort(ctx context.Context) error {
	if err := b.srv.AwaitAbort(ctx); err != nil {
		return fmt.Errorf("the server's answer is still open: %w", err)
	}
	return nil
}

func checkCallDeadline[C any](r *callRig[C], silent Response) error {
	b, err := r.start(nil, silent)
	if err != nil {
		return err
	}
	defer b.close()
	ctx, cancel := context.WithTimeout(context.Background(), 50*time.Millisecond)
	defer cancel()
	return wantContext(b.plain(ctx), context.DeadlineExceeded)
}

func checkCallIdle[C any](r *callRig[C], silent Response, idle time.Duration) error {
	b, err := r.start(func(e *Endpoint) { e.IdleTimeout = idle }, silent)
	if err != nil {
		return err
	}
	defer b.close()
	callErr := b.plain(context.Background())
	if err := b.mustFail(callErr, failing(assistant.ErrTimeout)); err != nil {
		return err
	}
	if errors.Is(callErr, context.DeadlineExceeded) || errors.Is(callErr, context.Canceled) {
		return fmt.Errorf("the vendor's silence is reported as the end of the caller's context: %w", callErr)
	}
	ctx, cancel := context.WithTimeout(context.Background(), b.patience/2)
	defer cancel()
	return b.awaitAbort(ctx)
}

// checkCallConnections makes calls one after the other, all of them answered by fail if it is not nil.
func checkCallConnections[C any](r *callRig[C], fail *Response) error {
	const calls = 6
	b, err := r.start(nil)
	if err != nil {
		return err
	}
	defer b.close()
	for range calls {
		if fail != nil {
			b.srv.ScriptFor(r.service, *fail)
		}
		err := b.plain(context.Background())
		if fail == nil && err != nil {
			return err
		}
		if fail != nil {
			if err := b.mustFail(err, failing()); err != nil {
				return err
			}
		}
	}
	if n := len(b.srv.Requests()); n < calls {
		return fmt.Errorf("%d calls sent %d requests", calls, n)
	}
	if n := b.srv.Connections(); n > 2 {
		return fmt.Errorf("%d calls took %d connections: read the body to its end before closing it", calls, n)
	}
	return nil
}

func checkCallGoroutines[C any](r *callRig[C]) error {
	b, err := r.start(nil, nil, Response{Delay: Forever})
	if err != nil {
		return err
	}
	defer b.close()
	var callErr error
	left := leaked(func() {
		callErr = b.plain(context.Background())
		ctx, cancel := context.WithTimeout(context.Background(), 20*time.Millisecond)
		defer cancel()
		callErr = errors.Join(callErr, wantContext(b.plain(ctx), context.DeadlineExceeded))
	}, b.client.CloseIdleConnections, b.patience)
	return errors.Join(callErr, left)
}
