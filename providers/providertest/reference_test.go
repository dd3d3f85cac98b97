package providertest

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/zhushou-ai/zhushou/assistant"
)

// reference is a deliberately plain adapter that passes the suite. With a bug it breaks one rule, so
// that the suite can be shown to notice. Each bug is looked up by name where the rule is kept.
type reference struct {
	e      Endpoint
	vendor string
	bug    string
	native bool // speaks DashScope's own protocol
	// incremental asks for pieces in place of everything so far.
	incremental bool
}

// has reports a bug; a reference can have several, joined by "+".
func (m *reference) has(bug string) bool { return slices.Contains(strings.Split(m.bug, "+"), bug) }

func (m *reference) Stream(ctx context.Context, req *assistant.Request) iter.Seq2[assistant.Chunk, error] {
	if m.has("eager") {
		early := m.begin(ctx, req)
		early.open()
		early.watchdog.Stop()
		if early.resp != nil {
			early.resp.Body.Close()
		}
		early.cancel(nil)
	}
	return func(yield func(assistant.Chunk, error) bool) {
		r := m.begin(ctx, req)
		r.yield = yield
		r.run()
	}
}

// pass is one pass over a stream.
type pass struct {
	m     *reference
	req   *assistant.Request
	yield func(assistant.Chunk, error) bool

	outer     context.Context // the caller's
	ctx       context.Context
	cancel    context.CancelCauseFunc
	watchdog  *time.Timer
	resp      *http.Response
	openErr   error
	stopped   bool
	delivered bool
	told      bool // Meta has been sent
	meta      assistant.Meta
	calls     []*assistant.ToolCall
	indexes   []int
	finish    string
	ended     bool
	usage     *assistant.Usage
	scratch   []byte
	seen      nativeSeen
	sources   []assistant.Part
}

var errIdle = errors.New("nothing came for too long")

func (m *reference) begin(ctx context.Context, req *assistant.Request) *pass {
	r := &pass{m: m, req: req, outer: ctx}
	r.meta.Vendor = m.vendor
	if m.has("ignores context") {
		ctx = context.WithoutCancel(ctx)
	}
	r.ctx, r.cancel = context.WithCancelCause(ctx)
	return r
}

func (r *pass) run() {
	defer r.cancel(nil)
	err := r.exchange()
	if r.m.has("yields after break") && r.stopped {
		r.yield(assistant.Chunk{Text: "又来"}, nil)
	}
	if r.m.has("yields after finish") && !r.stopped && err == nil {
		r.yield(assistant.Chunk{Text: "又来"}, nil)
	}
	if err == nil || r.stopped {
		if r.m.has("leaks on break") && r.stopped {
			go func() { select {} }()
		}
		return
	}
	var c assistant.Chunk
	if r.m.has("chunk beside error") {
		c.Text = "x"
	}
	if !r.m.has("silent errors") && !r.yield(c, r.translate(err)) {
		return
	}
	if r.m.has("silent errors") {
		r.yield(assistant.Chunk{Finish: assistant.FinishStop, Meta: &r.meta}, nil)
	}
	if r.m.has("yields after error") {
		r.yield(assistant.Chunk{Finish: assistant.FinishStop}, nil)
	}
}

func (r *pass) exchange() error {
	r.open()
	if r.watchdog != nil {
		defer r.watchdog.Stop()
	}
	if r.openErr != nil {
		return r.failure(assistant.ErrNetwork, r.openErr)
	}
	defer r.close()
	r.meta.RequestID = r.resp.Header.Get("X-Request-Id")
	if r.resp.StatusCode != 200 {
		return r.httpError()
	}
	kind := r.resp.Header.Get("Content-Type")
	switch {
	case strings.HasPrefix(kind, "text/event-stream"), r.m.has("all is a stream"):
		return r.stream()
	case strings.HasPrefix(kind, "application/json"):
		return r.whole()
	}
	return r.failure(assistant.ErrProtocol, fmt.Errorf("content type %q", kind))
}

// close reads what is left, for a bounded time, so that the connection can be used again.
func (r *pass) close() {
	if r.stopped && !r.ended {
		if r.m.has("reads on after break") {
			io.Copy(io.Discard, r.resp.Body)
		}
		r.cancel(nil)
	} else if !r.m.has("closes at the end mark") {
		drain := time.AfterFunc(100*time.Millisecond, func() { r.cancel(nil) })
		io.Copy(io.Discard, io.LimitReader(r.resp.Body, 64<<10))
		drain.Stop()
	}
	r.resp.Body.Close()
}

func (r *pass) emit(c assistant.Chunk) bool {
	if r.stopped {
		return false
	}
	if !r.told || c.Finish != "" {
		m := r.meta
		if r.m.has("late meta") && !r.told && c.Finish == "" {
			c.Meta = nil
		} else {
			c.Meta = &m
		}
		r.told = true
	}
	if r.m.has("reuses memory") && c.Text != "" {
		r.scratch = append(r.scratch[:0], c.Text...)
		c.Text = unsafeString(r.scratch)
	}
	if c.Text != "" || c.Reasoning != "" || len(c.ToolCalls) > 0 || len(c.Parts) > 0 {
		r.delivered = true
	}
	if !r.yield(c, nil) {
		r.stopped = true
	}
	return !r.stopped
}

// end is called at the end mark with nil, or with the error that ended the body.
func (r *pass) end(err error) error {
	if r.stopped {
		return nil
	}
	if r.finish == "" && !r.m.has("trusts the end") {
		switch {
		case err == nil && (r.delivered || r.m.has("empty success")):
			r.finish = "stop"
		case err == nil:
			return r.failure(assistant.ErrTruncated, errors.New("nothing came"))
		default:
			return r.failure(assistant.ErrTruncated, err)
		}
	}
	if r.finish == "" {
		r.finish = "stop"
	}
	if err != nil && r.m.has("wants [DONE]") {
		return r.failure(assistant.ErrTruncated, err)
	}
	r.ended = true
	return r.last()
}

// last yields the calls and the finish reason.
func (r *pass) last() error {
	c := assistant.Chunk{Usage: r.usage, Parts: r.sources}
	for i, call := range r.calls {
		if call.ID == "" && !r.m.has("no ids") {
			call.ID = fmt.Sprintf("made_%d", i)
			if r.m.has("same ids") {
				call.ID = "made"
			}
		}
		if (call.Arguments == "" || call.Arguments == "null") && !r.m.has("empty arguments") {
			call.Arguments = "{}"
		}
		if r.m.has("drops broken arguments") && !json.Valid([]byte(call.Arguments)) {
			continue
		}
		c.ToolCalls = append(c.ToolCalls, *call)
	}
	switch r.finish {
	case "stop", "normal", "eos", "tool_calls", "function_call":
		c.Finish = assistant.FinishStop
		if len(r.calls) > 0 && !(r.m.has("stop is stop") && r.finish == "stop") {
			c.Finish = assistant.FinishToolCalls
		}
	case "length":
		c.Finish = assistant.FinishLength
	case "content_filter", "sensitive":
		c.Finish = assistant.FinishFiltered
	case "insufficient_system_resource":
		if !r.m.has("resource is other") {
			return r.failure(assistant.ErrOverloaded, errors.New(r.finish))
		}
		fallthrough
	default:
		c.Finish = assistant.FinishOther
		if !r.m.has("no raw finish") {
			r.meta.RawFinish = r.finish
		}
	}
	if r.m.has("unknown finish") {
		c.Finish = "done"
	}
	if r.m.has("negative usage") && c.Usage != nil {
		c.Usage.Input = -1
	}
	if r.m.has("finish apart") {
		r.emit(assistant.Chunk{Finish: c.Finish})
		c.Finish = ""
	}
	r.emit(c)
	return nil
}
