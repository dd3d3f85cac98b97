package providertest

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/zhushou-ai/zhushou/assistant"
)

// timingChecks are about silence, leaving early and connections.
var timingChecks = []wireCheck{
	{"timing/break closes the stream", checkBreakCloses},
	{"timing/break at the finish chunk keeps the connection", patiently(checkBreakAtFinish)},
	{"timing/cancelled during silence", func(r *rig) error { return checkCancelDuringSilence(r, silentAfterText) }},
	{"timing/cancelled before the header", func(r *rig) error { return checkCancelDuringSilence(r, silentBeforeHeader) }},
	{"timing/deadline during silence", patiently(deadlineDuring(silentAfterText))},
	{"timing/deadline before the header", patiently(deadlineDuring(silentBeforeHeader))},
	{"timing/silence before the header", patiently(idleDuring(silentBeforeHeader, "", false))},
	{"timing/silence after the header", patiently(idleDuring(silentAfterHeader, "", false))},
	{"timing/silence after text", patiently(idleDuring(silentAfterText, "你好", false))},
	{"timing/silence inside an event", patiently(idleDuring(silentInsideEvent, "你好", false))},
	{"timing/silence before a whole answer", patiently(idleDuring(silentBeforeHeader, "", true))},
	{"timing/comments are activity", patiently(checkCommentsAreActivity)},
	{"timing/slow but alive", patiently(checkSlowButAlive)},
	{"timing/connections are used again", patiently(checkConnections)},
	{"timing/connections are used again after errors", checkConnectionsAfterErrors},
}

// patiently gives a check that depends on the clock a second chance with more time, because a busy
// machine can stop any program for some tenths of a second. The check gets the factor.
func patiently(check func(r *rig, factor time.Duration) error) func(*rig) error {
	return func(r *rig) error {
		if check(r, 1) == nil {
			return nil
		}
		return check(r, 5)
	}
}

func silentBeforeHeader(*Vendor) Response { return Response{Delay: Forever} }
func silentAfterHeader(*Vendor) Response  { return SSE().Ending(EndStall) }

func silentAfterText(v *Vendor) Response {
	return SSE(v.text("你"), v.text("好")).Ending(EndStall)
}

func silentInsideEvent(v *Vendor) Response {
	return SSE(v.text("你"), v.text("好"), v.text("啊")[:40]).Ending(EndStall)
}

func one(r func(v *Vendor) Response) func(v *Vendor) []Script {
	return func(v *Vendor) []Script { return []Script{r(v)} }
}

// awaitAbort waits a little until the server has noticed that the client is gone.
func (b *bench) awaitAbort() error {
	ctx, cancel := context.WithTimeout(context.Background(), b.patience/2)
	defer cancel()
	if err := b.srv.AwaitAbort(ctx); err != nil {
		return fmt.Errorf("the server's stream is still open: %w", err)
	}
	return nil
}

func checkBreakCloses(r *rig) error {
	b, err := r.start(bench{script: one(silentAfterText)})
	if err != nil {
		return err
	}
	defer b.close()
	t := record(context.Background(), b.model, greeting(), 1, b.patience)
	if err := t.whole(); err != nil {
		return err
	}
	return b.awaitAbort()
}

// checkBreakAtFinish leaves the loop at the chunk after which nothing comes anyway.
func checkBreakAtFinish(r *rig, _ time.Duration) error {
	b, err := r.start(bench{})
	if err != nil {
		return err
	}
	defer b.close()
	full := b.ask(greeting())
	if err := full.whole(); err != nil {
		return err
	}
	const streams = 6
	for range streams {
		if err := record(context.Background(), b.model, greeting(), len(full.chunks), b.patience).whole(); err != nil {
			return err
		}
	}
	if _, err := b.sent(1 + streams); err != nil {
		return err
	}
	if n := b.srv.Connections(); n > 2 {
		return fmt.Errorf("%d streams, each left at its finish chunk, took %d connections", streams, n)
	}
	return nil
}

func checkCancelDuringSilence(r *rig, silent func(*Vendor) Response) error {
	b, err := r.start(bench{script: one(silent)})
	if err != nil {
		return err
	}
	defer b.close()
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	go func() {
		b.srv.awaitSilence(ctx)
		cancel()
	}()
	t := record(ctx, b.model, greeting(), all, b.patience)
	if err := wantContextError(t, context.Canceled); err != nil {
		return err
	}
	return b.awaitAbort()
}

func deadlineDuring(silent func(*Vendor) Response) func(*rig, time.Duration) error {
	return func(r *rig, factor time.Duration) error {
		b, err := r.start(bench{script: one(silent)})
		if err != nil {
			return err
		}
		defer b.close()
		ctx, cancel := context.WithTimeout(context.Background(), factor*200*time.Millisecond)
		defer cancel()
		t := record(ctx, b.model, greeting(), all, b.patience)
		if err := wantContextError(t, context.DeadlineExceeded); err != nil {
			return err
		}
		return b.awaitAbort()
	}
}

// idleDuring wants ErrTimeout, after the text that came before the silence.
func idleDuring(silent func(*Vendor) Response, text string, whole bool) func(*rig, time.Duration) error {
	return func(r *rig, factor time.Duration) error {
		b, err := r.start(bench{script: one(silent), idle: factor * 150 * time.Millisecond, whole: whole})
		if err != nil {
			return err
		}
		defer b.close()
		t := b.ask(greeting())
		if err := (Want{Text: text, Error: failing(assistant.ErrTimeout)}).check(t, r.vendor, b.srv.Key); err != nil {
			return err
		}
		if errors.Is(t.err, context.DeadlineExceeded) || errors.Is(t.err, context.Canceled) {
			return fmt.Errorf("the vendor's silence is reported as the end of the caller's context: %w", t.err)
		}
		if got, want := assistant.Retryable(t.err), text == ""; got != want {
			return fmt.Errorf("the error's Retryable is %v, want %v", got, want)
		}
		return b.awaitAbort()
	}
}

func checkCommentsAreActivity(r *rig, factor time.Duration) error {
	return checkAlive(r, factor, func(*Vendor) string { return ": keep-alive\n\n" }, "你好")
}

func checkSlowButAlive(r *rig, factor time.Duration) error {
	return checkAlive(r, factor, func(v *Vendor) string { return v.text("慢") }, strings.Repeat("慢", alivePauses)+"你好")
}

const alivePauses = 15

// checkAlive sends signs of life at a tenth of the idle timeout, for longer than the timeout.
func checkAlive(r *rig, factor time.Duration, sign func(v *Vendor) string, want string) error {
	pause := factor * 30 * time.Millisecond
	b, err := r.start(bench{idle: 10 * pause, script: one(func(v *Vendor) Response {
		resp := SSE()
		for range alivePauses {
			resp.Body = append(resp.Body, Piece{pause, sign(v)})
		}
		resp.Body = append(resp.Body, Piece{0, v.text("你好") + v.finish("stop") + done})
		return resp
	})})
	if err != nil {
		return err
	}
	defer b.close()
	t := b.ask(greeting())
	if _, err := b.sent(1); err != nil {
		return err
	}
	return Want{Text: want}.check(t, r.vendor, b.srv.Key)
}

// checkConnections plays streams whose last HTTP chunk is late. A client that closes the body at the
// end mark throws the connection away and pays for a TLS handshake with every request.
func checkConnections(r *rig, _ time.Duration) error {
	const streams = 8
	b, err := r.start(bench{script: func(v *Vendor) []Script {
		return repeat(streams, SSE(v.text("好"), v.finish("stop"), v.usage(stdUsage), done).Ending(EndLate))
	}})
	if err != nil {
		return err
	}
	defer b.close()
	for range streams {
		if err := b.ask(greeting()).whole(); err != nil {
			return err
		}
	}
	if _, err := b.sent(streams); err != nil {
		return err
	}
	if n := b.srv.Connections(); n > 2 {
		return fmt.Errorf("%d streams took %d connections: read the body to its end, for a bounded time, before closing it", streams, n)
	}
	return nil
}

func checkConnectionsAfterErrors(r *rig) error {
	const calls = 8
	b, err := r.start(bench{script: func(v *Vendor) []Script { return repeat(calls, v.Fail(v.Faults[0])) }})
	if err != nil {
		return err
	}
	defer b.close()
	for range calls {
		t := b.ask(greeting())
		if err := t.broken(); err != nil {
			return err
		}
		if t.err == nil {
			return errors.New("a refused request succeeded")
		}
	}
	if n := b.srv.Connections(); n > 2 {
		return fmt.Errorf("%d failed calls took %d connections", calls, n)
	}
	return nil
}

func repeat(n int, r Response) []Script {
	out := make([]Script, n)
	for i := range out {
		out[i] = r
	}
	return out
}
