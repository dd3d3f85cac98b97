package route

import (
	"context"
	"errors"
	"slices"

	"github.com/zhushou-ai/zhushou/assistant"
)

// A writer hands an answer to the caller. It holds chunks without content back until content comes, so
// that nothing is seen of a tier that fails before, and puts into the answer where it comes from.
type writer struct {
	yield  func(assistant.Chunk, error) bool
	origin Origin
	notes  []assistant.Dropped // about the answer

	begun bool // content was handed over
	spoke bool // text was
	solid bool // calls, parts or a retraction were
	ended bool // the reply is complete

	usage *assistant.Usage // held back
	meta  *assistant.Meta  // latest
	held  bool             // meta was held back
}

// start forgets what was held back of a tier that has failed.
func (w *writer) start(o Origin) {
	w.origin, w.usage, w.meta, w.held = o, nil, nil, false
}

// write hands over a chunk, and returns errStopped if the caller wants no more.
func (w *writer) write(k assistant.Chunk) error {
	if k.Usage != nil {
		w.usage = k.Usage
	}
	if k.Meta != nil {
		w.meta, w.held = k.Meta, true
	}
	if !w.begun && !begins(&k) {
		return nil
	}
	if !w.begun {
		k.Usage, w.begun, w.held = w.usage, true, true
	}
	if w.held {
		m := w.lastMeta()
		m.Dropped = append(slices.Clip(m.Dropped), w.notes...)
		m.Origin = w.origin.told(&m)
		k.Meta, w.held = &m, false
	}
	w.spoke = w.spoke || k.Text != ""
	w.solid = w.solid || len(k.ToolCalls)+len(k.Parts) > 0 || k.Retract != nil
	w.ended = w.ended || k.Finish != ""
	if !w.yield(k, nil) {
		return errStopped
	}
	return nil
}

func (w *writer) lastMeta() assistant.Meta {
	if w.meta == nil {
		return assistant.Meta{}
	}
	return *w.meta
}

// begins reports whether a chunk carries content or ends the reply.
func begins(k *assistant.Chunk) bool {
	return k.Text != "" || k.Reasoning != "" || k.Finish != "" || len(k.ToolCalls) > 0 || len(k.Parts) > 0 || k.Retract != nil
}

var (
	errNoFinish   = errors.New("stream ended without a finish reason")
	errNotOffered = errors.New("a tool was called that was not offered")
)

// stream has a tier answer, and learns from it how the tier is. Calls of a cloud to tools that it was not
// offered are no part of the answer: the assistant knows these tools and would run them.
func (c *call) stream(ctx context.Context, w *writer, t *tier, req *assistant.Request, origin Origin, o *outgoing) error {
	w.start(origin)
	watch := c.shadow(t, o)
	start := c.r.now()
	calls := 0
	err := func() error {
		for k, err := range t.Model.Stream(ctx, req) {
			if w.ended { // whatever comes now is against the contract; the stream ends by itself
				continue
			}
			if err != nil {
				return err
			}
			if o != nil && len(k.ToolCalls) > 0 {
				k.ToolCalls = slices.DeleteFunc(slices.Clone(k.ToolCalls), func(called assistant.ToolCall) bool { return !o.offered[called.Name] })
				if len(k.ToolCalls) == 0 && !w.begun {
					return &assistant.Error{Kind: assistant.ErrProtocol, Vendor: t.Name, Err: errNotOffered}
				}
			}
			calls += len(k.ToolCalls)
			if k.Finish == assistant.FinishToolCalls && calls == 0 {
				m := w.lastMeta()
				m.RawFinish = errNotOffered.Error()
				k.Finish, k.Meta = assistant.FinishOther, &m
			}
			if begins(&k) && !w.begun {
				now := c.r.now()
				t.well(now, now.Sub(start))
			}
			watch.add(&k)
			if err := w.write(k); err != nil {
				return err
			}
		}
		if !w.ended {
			return &assistant.Error{Kind: assistant.ErrTruncated, Vendor: t.Name, Delivered: w.begun, Err: errNoFinish}
		}
		return nil
	}()
	switch {
	case errors.Is(err, errStopped):
	case err == nil:
		watch.tell(ctx)
	case ctx.Err() == nil:
		t.failed(c.r.now(), err)
	}
	return err
}
